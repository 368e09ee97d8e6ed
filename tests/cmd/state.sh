# SPDX-License-Identifier: ISC
# state: exported, merged in any order, checked; a copy is kept of what a newer version changes.
. "${SRCDIR:?}/tests/cmd/run.sh"

state=$HOME/.local/share/cuttings/reading.db

# mark KIND AT WRITER FIELDS: one line of an export.
mark() {
	printf '{"kind": "%s", "at": %s, "writer": "00000000000000%s", %s}\n' "$1" "$2" "$3" "$4"
}

x='"digest": "000102030405060708090a0b0c0d0e0f", "origin": "f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff", "locator": "a.txt"'

run state
is 2 "what is wanted must be said" "$(one_complaint)"
run state burn
is 2 "no other work" "$(one_complaint; lacks err "'burn' is not export, merge or check")"
run state export
is 0 "nothing was read yet" "$(lines out 1; lines err 0; lacks out '^{"kind": "reading-state", "version": 1}$')"
run state check
is 0 "nothing is sound" "$(lines out 0; lacks err '0 marks, 0 notes; it is sound$')"
run state merge
is 2 "merge wants a file" "$(one_complaint)"
run state merge "$work/none"
is 3 "a file that is not there" "$(one_complaint; lacks err "cannot open '.*/none': No such file")"

{
	mark starred 2000 01 "$x, \"on\": true"
	mark search 2000 01 '"name": "trams", "query": "tram OR rail"'
} | put one
{
	mark starred 3000 02 "$x, \"on\": false"
	mark read 1000 02 "$x, \"on\": true"
	mark search 2000 02 '"name": "trams", "query": "tram"'
} | put two
run state merge "$work/in/two" "$work/in/one"
is 0 "merged" "$(lines out 0; lines err 2; lacks err 'two: 3 marks, 3 of them new here$' 'one: 2 marks, 0 of them new here$')"
run state export
mv "$work/out" "$work/first"
run state merge "$work/first"
is 0 "the first line is no mark" "$(lines out 0; lines err 1; lacks err 'first: 3 marks, 0 of them new here$')"
mv "$state" "$work/other.db"
rm -f "$state"-*
run state merge --quiet "$work/in/one" "$work/in/two" "$work/in/one"
is 0 "merged quietly" "$(lines out 0; lines err 0)"
run state export
is 0 "in whatever order" "$(cmp "$work/first" "$work/out"; lines out 4; lacks out '"kind": "read", .*"on": true' \
	'"kind": "starred", .*"on": false' '"query": "tram"')"
rm -f "$state"*
run state merge "$work/other.db"
is 0 "a reading state is merged as a file of lines is" "$(lacks err '3 marks, 3 of them new here$')"
run state export
is 0 "and comes out the same" "$(cmp "$work/first" "$work/out")"
report "what is merged is left alone, and nothing else is left" "$(ls "$work"/other.db-* "$HOME"/.local/share/cuttings/merged* 2>/dev/null)"

{
	echo 'no JSON'
	mark liked 1 01 '"on": true'
	mark tag 4000 01 "$x, \"on\": true, \"name\": \"work\""
} | put some
"$cuttings" state merge - <"$work/in/some" >"$work/out" 2>"$work/err"
status=$?
is 3 "lines that are no marks cost no other" "$(lines err 3; lacks err "input:1: not a JSON object$" \
	"input:2: nothing is known of marks of kind 'liked'$" '1 mark, 1 of them new here$')"
run state check
is 0 "sound" "$(lines out 0; lacks err '4 marks, 0 notes; it is sound$')"

mark tag 4000 01 "$x, \"on\": true, \"name\": \"two words\"" | put bad
mark note 1 01 '"name": "00112233445566778899aabbccddeeff", "removed": false, "made": 5, "words": "a passage", "text": "x"' >>"$work/in/bad"
run state merge -q "$work/in/bad"
run state check
is 3 "not sound" "$(lines out 2; lacks out "^'two words' is no name for a tag$" "^the note on 'a passage' in ''" ; \
	lacks err '6 marks, 1 note; not all is well$')"
printf 'garbage garbage garbage garbage' | dd of="$state" bs=1 seek=4096 conv=notrunc 2>/dev/null
rm -f "$state"-wal "$state"-shm
run state check
is 3 "a damaged file" "$(lacks err 'not all is well$'; [ -s "$work/out" ] || echo 'nothing said'; ls "$state".damaged* 2>/dev/null)"

finish
