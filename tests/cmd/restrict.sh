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
# Other ways to name a file that is not of the corpus.
printf '%s\n' 'Notes of the keeper' '' 'hunter2 opens the safe.' | put closed/secret.txt
try() {
	name=$1
	shift
	run "$@"
	report "$name" "$(cat "$work/out" "$work/err" | grep 'hunter2\|Lighthouse\|root:\|PATH=')"
}
for where in "$work/in/closed/secret.txt" ../closed/secret.txt closed/secret.txt "ferry.txt/../../closed/secret.txt" \
	"ferry.txt#../../closed/secret.txt" "/proc/self/cwd/in/closed/secret.txt" '|cat /etc/passwd' "\$(id)"; do
	try "show $where" show "$where" "$work/in/open"
done
for link in "$work/in/closed" "$work/in/closed/secret.txt" /etc/passwd /proc/self/environ /proc/1/environ \
	/proc/self/cwd /dev/fd/0; do
	ln -s "$link" "$work/in/open/link.txt"
	try "a link to $link" search 'hunter2 OR root OR PATH' "$work/in/open"
	try "what it leads to, named" show link.txt "$work/in/open"
	try "and below it" show link.txt/closed/secret.txt "$work/in/open"
	rm "$work/in/open/link.txt"
done
try "a reading state that is another file" state merge "$work/in/closed/secret.txt"
try "a state that is written elsewhere" state export
for name in TERMINFO LOCPATH LESSOPEN EDITOR PAGER BROWSER TMPDIR SQLITE_TMPDIR CUTTINGS_CONFIG XDG_CONFIG_HOME; do
	run_env=$(env "$name=$work/in/closed" "$cuttings" list "$work/in/open" 2>&1)
	report "$name names a folder that is not of the corpus" "$(printf '%s\n' "$run_env" | grep 'hunter2')"
done
report "and nothing was written there" "$(find "$work/in/closed" -type f ! -name light.txt ! -name secret.txt)"
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
