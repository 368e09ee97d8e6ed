# SPDX-License-Identifier: ISC
# The restricted mode: what may still be read, what may not, and what is left behind.
. "${SRCDIR:?}/tests/cmd/run.sh"

# A confined program can neither be searched for leaks by its sanitizer nor write down which lines ran.
ASAN_OPTIONS=detect_leaks=0
GCOV_ERROR_FILE=/dev/null
export ASAN_OPTIONS GCOV_ERROR_FILE

run --version
if ! grep -q 'Landlock.*seccomp' "$work/out"; then
	run --restricted "$work/in"
	is 3 "where it cannot be had it refuses" "$(one_complaint; lacks err 'cannot confine')"
	skip "the restricted mode" "this system cannot confine a program"
	finish
	exit
fi

article 'Ferry Returns to Low Island in April' | put open/ferry.txt
article 'Lighthouse Keepers Look Back on a Stormy Decade' | put closed/light.txt
ln -s "$work/in/closed/light.txt" "$work/in/open/light.txt"
run --restricted
is 2 "a corpus has to be named" "$(one_complaint; lacks err 'restricted mode')"
run --restricted "$work/in/open"
is 3 "what a link leads to outside is not read" "$(lines out 1; lacks out 'Ferry Returns'; lacks err 'light.txt.*denied')"
rm "$work/in/open/light.txt"
run --restricted "$work/in/open"
is 0 "the corpus is read" "$(lines out 1; lacks out 'Ferry Returns')"
CUTTINGS_SECURE=1
export CUTTINGS_SECURE
run parse --format=json "$work/in/open/ferry.txt"
is 0 "the environment asks for it" "$(lacks out 'Ferry Returns')"
run list "$work/in/open"
is 0 "for every command" "$(lacks out 'Ferry Returns')"
unset CUTTINGS_SECURE

# Nothing is written by a reader who leaves nothing behind.
run index --cache="$work/room.db" "$work/in/open"
is 0 "a catalogue for everybody" ""
before=$(find "$work/home" -type f -exec cksum {} + | sort)
run --restricted --ephemeral "$work/room.db"
is 0 "is read" "$(lines out 1; lacks out 'Ferry Returns')"
after=$(find "$work/home" -type f -exec cksum {} + | sort)
report "and leaves no trace" "$([ "$before" = "$after" ] || printf '%s\n' "$before" "$after")"
rm -rf "$work/home/.cache" "$work/home/.local"
run --restricted --ephemeral "$work/in/open"
is 0 "without a cache one is made in memory" "$(lacks out 'Ferry Returns')"
report "and is gone" "$(find "$work/home" -type f)"

finish
