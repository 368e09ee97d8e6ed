# SPDX-License-Identifier: ISC
# Many readers at once, over ssh to a server of our own, on one cache and one reading state, while the corpus is being
# indexed: all come to their end. `sh tests/cmd/many.sh "SESSIONS..." PAGES THINK` (with SRCDIR, BUILDDIR and CUTTINGS
# set) tries as many as are wanted, each of whom looks at a page for THINK ms, and holds what they wait against one alone.
. "${SRCDIR:?}/tests/cmd/run.sh"
. "$SRCDIR/tests/cmd/terminal.sh"

sessions=${1:-8} pages=${2:-6} think=${3:-40}
if ! sshd_is_here; then
	skip "many readers over ssh" "sshd or ssh is not here"
	finish
	exit
fi

# A corpus of long articles, so that there is always a page more, no two lines of which are alike; and one more folder
# that changes all the time.
awk -v folder="$work/in" -v lines=$((pages * 24 + 60)) 'BEGIN {
	split("the ferry runs twice a day from April after winter storms closed a crossing that islanders had used since " \
		"war years while harbour boards argued about repairs costing more than anyone planned", word)
	for (n = 1; n <= 20; n++) {
		file = folder "/long" n ".txt"
		printf "Article number %d of this press\nBy Jane Harrow\n%d March 2020\n", n, n > file
		for (i = 1; i <= lines; i++) {
			printf "\nLine %d of %d", i, n > file
			for (w = 0; w < 11; w++)
				printf " %s", word[1 + int(rand() * 28)] > file
			printf ".\n" > file
		}
		close(file)
	}
}'
run index -q "$work/in"

# Until the file "enough" is there: files are written anew, and indexed.
indexes() {
	turn=0
	while [ ! -e "$work/enough" ]; do
		turn=$((turn + 1))
		for n in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
			article "Pier $n is mended for the time number $turn" >"$work/in/short$n.txt"
		done
		"$cuttings" index -q "$work/in" || echo "indexing ends with $?"
	done
}

sshd_begin 'MaxStartups 1000
MaxSessions 1000
LogLevel INFO'
indexes >"$work/indexed" 2>&1 &
indexing=$!

# reads SESSIONS: what the sessions say, into $work/said.
reads() {
	# shellcheck disable=SC2086 # words are words
	CUTTINGS=$cuttings "${BUILDDIR:?}/tests/bench/readers" "$1" "$pages" "$think" -- $over_ssh -tt 127.0.0.1 \
		"HOME=$work/home CUTTINGS_DATADIR=${CUTTINGS_DATADIR-} TERM=xterm-256color LC_ALL=C.UTF-8 $cuttings $work/in" \
		>"$work/said" 2>"$work/err"
}

reads 1
read -r _ _ alone most _ <"$work/said"
echo "# one session: 95 of 100 pages within $alone us, all within $most us"
for n in $sessions; do
	reads "$n"
	status=$?
	read -r good _ p95 most processes pss rss <"$work/said"
	echo "# $good of $n sessions, $pages pages each: 95 of 100 pages within $p95 us, all within $most us; one alone $alone us"
	echo "# memory of each of $processes sessions: PSS $pss KiB, RSS $rss KiB"
	report "$n readers all read $pages pages" "$([ $status -eq 0 ] || cat "$work/err" "$work/said")"
	[ -z "${1-}" ] ||
		report "none waits for another" "$([ "$p95" -le $((3 * alone)) ] || echo "$p95 us are more than 3 times $alone us")"
done
: >"$work/enough"
wait $indexing
report "and indexing goes on" "$(sort -u "$work/indexed" | head -n 5)"
run check -q "$work/in"
is 0 "the cache is whole"
run state check
is 0 "and so is the reading state"

finish
