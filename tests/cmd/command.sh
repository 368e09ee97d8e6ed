# SPDX-License-Identifier: ISC
# The command line itself: help, version, what is refused, and how it is said.
. "${SRCDIR:?}/tests/cmd/run.sh"

run --version
is 0 "--version" "$(lines out 2; lacks out '^cuttings [0-9]' '^confinement: '; lines err 0)"
run --help
is 0 "--help names every command" "$(lacks out '^usage: cuttings ' ' index ' ' list ' ' search ' ' show ' ' parse ' ' shelf ' ' rules '
	awk 'length > 79' "$work/out")"
for command in index list search show parse export shelf state rules check; do
	run "$command" --help
	is 0 "$command --help" "$(lacks out "^usage: cuttings $command \[OPTION\]" '--help' '--version'; lines err 0
		awk 'length > 79 || / $/' "$work/out")"
done

run --nonesuch
is 2 "an unknown option" "$(one_complaint; lacks err "unknown option '--nonesuch'"; lines out 0)"
run -Z
is 2 "an unknown letter" "$(one_complaint; lacks err "unknown option '-Z'")"
run list --limit
is 2 "an option without its argument" "$(one_complaint; lacks err "'--limit' needs an argument" 'cuttings list --help')"
run list -n
is 2 "a letter without its argument" "$(one_complaint; lacks err "needs an argument")"
run list --reverse=yes .
is 2 "an argument where none belongs" "$(one_complaint; lacks err "'--reverse' takes no argument")"
run parse
is 2 "an operand is missing" "$(one_complaint; lacks err "'parse' needs an operand")"
run parse --format=prose x
is 2 "an unknown format" "$(one_complaint; lacks err "unknown format 'prose'")"
run parse --sort=date x
is 2 "an option of another command" "$(one_complaint; lacks err "unknown option '--sort'")"
run parse --explain --format=json x
is 2 "options that exclude each other" "$(one_complaint; lacks err 'not json')"
run list --sort=colour "$SRCDIR/share/sample"
is 2 "an unknown order" "$(one_complaint; lacks err "unknown order 'colour'")"
for count in 0 -3 x 3x 99999999999999999999; do
	run list --limit="$count" "$SRCDIR/share/sample"
	is 2 "--limit=$count" "$(one_complaint; lacks err "no number of articles")"
done
printf 'x' >"$work/in/plain"
run "$(printf 'a\033[31mb')"
is 3 "a control in a name is shown, not sent" "$(one_complaint; grep -q "$(printf '\033')" "$work/err" && echo 'an escape got out')"

# As it stands in the folder where it was built, and as a copy that lost what belongs to it.
article "Ferry to Run Twice a Day" | put ferry.txt
mkdir "$work/elsewhere"
cp "$cuttings" "$work/elsewhere/cuttings"
elsewhere() {
	status=0
	env -u CUTTINGS_DATADIR "$@" "$work/elsewhere/cuttings" parse --format=json "$work/in/ferry.txt" \
		>"$work/out" 2>"$work/err" || status=$?
	ran="the program elsewhere"
}
elsewhere CUTTINGS_DATADIR="$work/nothing"
is 3 "says that its data is missing" "$(one_complaint; lacks err 'cannot open' nothing)"
ln -s "$SRCDIR/share" "$work/elsewhere/data"
echo 'not code' >"$work/elsewhere/readers.so"
elsewhere
is 3 "says that its readers are missing" "$(one_complaint; lacks err 'not wholly installed' 'readers[.]so')"
cp "$(dirname "$cuttings")/readers.so" "$work/elsewhere"
elsewhere
is 0 "finds what belongs to it beside itself" "$(lacks out 'Ferry to Run Twice a Day')"

finish
