# SPDX-License-Identifier: ISC
# The manual's tables and the completions are the program's own, the map has every file, the manual is clean.
. "${SRCDIR:?}/tests/house/tap.sh"

for file in man/cuttings.1 share/completions/* share/config.sample; do
	report "$file has the program's tables (make update)" \
		"$(sh tests/house/update.sh "${BUILDDIR:?}/tests/house/tables" $file | diff $file - 2>&1)"
done
report "src/README has every file (make update)" \
	"$(sh tests/house/update.sh 'sh tests/house/map.sh' src/README | diff src/README - 2>&1)"
for table in synopsis commands options keys kinds formats orders lines marks settings styles; do
	report "the manual has the table of $table" "$(grep -q "table $table begins" man/cuttings.1 || echo "it has not")"
done
report "the manual names every variable that is looked at" "$(grep -rhoE '(getenv|home_of)\("[A-Z_]+"' src | cut -d '"' -f 2 | sort -u |
	while read -r name; do
		grep -q "^\.It Ev.*$name" man/cuttings.1 || echo "$name"
	done)"
if command -v mandoc >/dev/null; then
	report "mandoc -Tlint finds nothing" "$(mandoc -Tlint -Wwarning man/cuttings.1 2>&1)"
	report "no line of the manual is lost" "$(mandoc -Tutf8 -O width=100 man/cuttings.1 2>&1 >/dev/null)"
else
	skip "mandoc -Tlint finds nothing" "mandoc is not here"
fi
if command -v bash >/dev/null; then
	report "the completion is good bash" "$(bash -n share/completions/cuttings 2>&1)"
	report "it completes commands, options and values" "$(bash -c '
		. share/completions/cuttings
		try() { # EXPECTED WORDS...
			want=$1
			shift
			COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMPREPLY=()
			_cuttings
			case " ${COMPREPLY[*]} " in *" $want "*) ;; *) echo "$*: no $want in ${COMPREPLY[*]}" ;; esac
		}
		try show cuttings sh
		try share cuttings sha
		try --format= cuttings parse --f
		try json cuttings parse --format = j
		try --format=json cuttings parse --format=j
		try site cuttings list --sort = s
		try --version cuttings --v
		try merge cuttings state m
	' 2>&1)"
else
	skip "the completion is good bash" "bash is not here"
fi
if command -v fish >/dev/null; then
	report "so does the one for fish" "$(HOME=${BUILDDIR:?}/tests fish --no-config -c '
		source share/completions/cuttings.fish
		function try # EXPECTED LINE
			set -l got (complete -C $argv[2] | string split -f 1 \t)
			string match -q -- "$argv[1]*" $got
			or echo "$argv[2]: no $argv[1] in $got"
		end
		try show "cuttings sh"
		try share/ "cuttings sha"
		try --format "cuttings parse --f"
		try --format=json "cuttings parse --format=j"
		try site "cuttings list --sort s"
		try --version "cuttings --v"
		try merge "cuttings state m"
	' 2>&1)"
else
	skip "so does the one for fish" "fish is not here"
fi
if command -v zsh >/dev/null; then
	report "so does the one for zsh" "$(zsh -f -c '
		_arguments() { print -r -- "$@"; [[ $CURRENT == 2 ]] && state=first && return 1 }
		_describe() { print -r -- ${(P)4} }
		_files() { print files }
		try() { # EXPECTED WORDS...
			local want=$1 got
			words=("${@:2}") CURRENT=$(($# - 1))
			got=$(. share/completions/_cuttings)
			[[ $got == *$want* ]] || print -r -- "${words}: no $want in $got"
		}
		try "show:print one article" cuttings sh
		try files cuttings sha
		try "--format=[how to print]:NAME:(text json)" cuttings parse --f
		try "--sort=[how the articles are ordered]:ORDER:(date site" cuttings list --sort =
		try "--version" cuttings --v
		try "1:operand:(export merge check)" cuttings state m
	' 2>&1)"
else
	skip "so does the one for zsh" "zsh is not here"
fi

finish
