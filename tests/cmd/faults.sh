# SPDX-License-Identifier: ISC
# What the system can refuse: descriptors, room on the disk, folders that cannot be written, a corpus that is gone. Always
# a message and a status, never a crash; and the reading state is whole afterwards.
. "${SRCDIR:?}/tests/cmd/run.sh"

article 'Ferry Returns to Low Island in April' | put press/a.txt
article 'Lighthouse Keepers Look Back' | put press/b.txt
mark='{"kind": "search", "at": 5, "writer": "0000000000000001", "name": "mine", "query": "is:starred"}'
cd "$work/in" || exit 99

# whole: what is wrong with the reading state, and whether the mark is in it.
whole() {
	"$cuttings" state check >"$work/checked" 2>&1 || cat "$work/checked"
	"$cuttings" state export | grep -q '"name": "mine"' || echo "the mark is lost"
}

# limited LIMIT WORDS...: the program under a limit of the shell's ulimit.
limited() {
	limit=$1
	shift
	ran="cuttings $* (ulimit $limit)"
	status=0
	# shellcheck disable=SC3045,SC2086 # the limit is an option and a number
	(ulimit $limit && exec "$cuttings" "$@") >"$work/out" 2>"$work/err" </dev/null || status=$?
}

# sane: a status that the manual knows, with a message where it is no success; or 127, where the system could not load it.
sane() {
	[ "$status" -le 3 ] || [ "$status" -eq 127 ] || echo "$ran: status $status"
	[ "$status" -eq 0 ] || [ -s "$work/err" ] || echo "$ran: status $status and no word"
}

echo "$mark" >mark
run state merge -q mark
report "no descriptors" "$(for n in 4 5 6 7 8 9 10 11 12 14 16 20; do
	rm -rf "$HOME/.cache"
	limited "-n $n" index -q press
	sane
	limited "-n $n" list press
	sane
	limited "-n $n" state merge mark
	sane
done; whole)"
report "no room for files" "$(for n in 1 2 8 40 100 300 1000; do
	rm -rf "$HOME/.cache"
	limited "-f $n" index -q press
	sane
	limited "-f $n" state merge mark
	sane
	limited "-f $n" state export
	sane
done; whole)"
limited "-f 2" state merge mark
is 3 "and the system's words say it" "$(lacks err "reading.db': File too large")"
run list press
is 0 "and all is well again" "$(lines out 2; lines err 0)"

# As where there is no memory to load them.
rm -rf "$HOME/.cache"
cp "$cuttings" "$work/alone"
status=0
"$work/alone" index press >"$work/out" 2>"$work/err" || status=$?
ran="cuttings index press (without its readers)"
is 3 "a program without its readers says so" "$(lacks err 'nothing can be indexed: .*not wholly installed')"
run list press
is 0 "and takes no file for one that cannot be read" "$(lines out 2; lines err 0)"

run state export
cp "$work/out" "$work/first"
export XDG_CACHE_HOME=/dev/null/cache
run list press
is 0 "no cache can be written" "$(lines out 2; lacks err 'reading goes on in memory')"
export XDG_DATA_HOME=/dev/null/data
run list press
is 0 "nor a reading state" "$(lines out 2)"
run state merge mark
is 3 "which merging says" "$(one_complaint)"
unset XDG_CACHE_HOME XDG_DATA_HOME
mv press gone
run list press
is 3 "the corpus is gone" "$(one_complaint; lacks err "press.*No such file")"
run state export
is 0 "the reading state is not" "$(cmp "$work/first" "$work/out")"
mv gone press
rm -rf "$HOME/.cache"
run list press
is 0 "it is there again, the cache is not" "$(lines out 2; lines err 0)"

finish
