# SPDX-License-Identifier: ISC
# The manual's tables and the completion are the program's own, the map has every file, the manual is clean.
. "${SRCDIR:?}/tests/house/tap.sh"

for file in man/cuttings.1 share/completions/cuttings share/config.sample; do
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
	' 2>&1)"
else
	skip "the completion is good bash" "bash is not here"
fi

finish
