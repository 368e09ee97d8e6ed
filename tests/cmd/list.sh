# SPDX-License-Identifier: ISC
# index, list, search, show and shelf, on a corpus of our own and on ones that are none.
. "${SRCDIR:?}/tests/cmd/run.sh"

article 'Ferry Returns to Low Island in April' | put press/ferry.txt
article 'Lighthouse Keepers Look Back on a Stormy Decade' | sed 's/14 March 2019/2 May 2021/' | put press/light.txt
article 'A Third Story Without a Date Line to Speak Of' | sed '/14 March/d' | put press/sub/third.txt
head -c 4096 "$cuttings" >"$work/in/press/program"
cd "$work/in" || exit 99

run
is 2 "before anything was opened: what to name" "$(one_complaint; lacks err 'no corpus is named' '/sample.*--help'; lines out 0)"
run list
is 2 "and so for commands" "$(one_complaint; lacks err 'no corpus is named')"
run lst press
is 3 "a command that is none" "$(one_complaint; lacks err "file, folder or command 'lst' (see 'cuttings --help')"; lines out 0)"
run list press
is 0 "the list, newest first, undated last" "$(lines out 3; lines err 0
	[ "$(cut -f 2,4 out.txt 2>/dev/null || cut -f 2,4 "$work/out")" = "2021-05-02	Lighthouse Keepers Look Back on a Stormy Decade
2019-03-14	Ferry Returns to Low Island in April
-	A Third Story Without a Date Line to Speak Of" ] || cat "$work/out")"
run press
is 0 "without a terminal the corpus is its list" "$(lines out 3; lines err 0)"
run list --sort=title press
is 0 "--sort" "$(sed -n 1p "$work/out" | grep -q 'A Third Story' || cat "$work/out")"
run list --sort=title --reverse press
is 0 "--reverse" "$(sed -n 1p "$work/out" | grep -q 'Lighthouse' || cat "$work/out")"
run list --limit=1 press
is 0 "--limit" "$(lines out 1; lacks out 'Lighthouse')"
run list --format=json press
is 0 "the list as JSON Lines" "$(lines out 3; lacks out '"title": "Ferry Returns to Low Island in April"' \
	'"published": "2019-03-14"' '"locator": ".*ferry.txt"' '"unread": true' '"comment_count": null' '"published": null')"
run list press/ferry.txt
is 0 "a file is a corpus of one" "$(lines out 1; lacks out 'Ferry')"
run list press/sub press/ferry.txt
is 0 "several corpora are one list" "$(lines out 2)"

mkdir -p mail/cur mail/new mail/tmp
printf 'From: Ann <a@y.example>\nSubject: The boat\nMessage-ID: <a@y>\n\nIt is gone.\n' >mail/cur/1:2,S
run list mail
is 0 "a Maildir is a corpus" "$(lines out 1; lacks out 'The boat	mail#1'; lines err 0)"
run show 1 mail
is 0 "and its articles are read again from it" "$(lacks out 'It is gone')"

# Catalogues, and a folder beside them, against one corpus of the same files.
run index --quiet --cache="$work/first.db" press/sub
run index --quiet --cache="$work/second.db" press/ferry.txt
mkdir only && cp press/light.txt only
for command in list 'list --sort=title' 'list --reverse' 'search the' 'search lighthouse' 'search --sort=date story'; do
	# shellcheck disable=SC2086
	run $command press/sub press/ferry.txt only
	cut -f 2- "$work/out" >"$work/one"
	# shellcheck disable=SC2086
	run $command "$work/first.db" "$work/second.db" only
	is 0 "$command of several catalogues is that of one corpus" "$(cut -f 2- "$work/out" | diff - "$work/one")"
done
run show light.txt "$work/first.db" "$work/second.db" only
is 0 "show finds the article in its part" "$(lacks out 'Lighthouse Keepers')"
run check "$work/first.db" "$work/second.db" only
is 0 "check looks through all of them" "$(lacks err '3 files, 3 articles' 'sound')"
run list "$work/first.db" none.db "$work/second.db"
is 3 "what is missing is said, and the rest listed" "$(one_complaint; lacks err 'none.db'; lines out 2)"
run list none.db press
is 3 "sources alone are all there or refused" "$(one_complaint; lines out 0)"

cache=$work/elsewhere.db
run index --cache="$cache" press
is 0 "index says what it did" "$(one_complaint; lacks err '3 added' '1 skipped'; lines out 0; [ -s "$cache" ] || echo 'there is no cache')"
run index --cache="$cache" --quiet press
is 0 "--quiet" "$(lines err 0; lines out 0)"
run index --cache="$cache" press
is 0 "nothing is read again" "$(lacks err 'nothing changed\|skipped'; grep added "$work/err")"
article 'A Fourth Story Arrives While Nobody Looks' | put press/fourth.txt
rm press/sub/third.txt
mv press/light.txt press/lamp.txt
run index --cache="$cache" press
is 0 "new, moved and removed files are taken up" "$(lacks err '1 added' '1 removed' '1 moved')"
run list --cache="$cache" press
is 0 "and listed" "$(lines out 3; lacks out 'Fourth' 'lamp.txt')"

run search --cache="$cache" lighthouse press
is 0 "search: the row, and the words in context" "$(lines out 2; lacks out 'Lighthouse')"
run search --cache="$cache" --format=json ferry press
is 0 "search as JSON Lines" "$(lacks out '"title": "Ferry')"
mkdir menus && printf 'Home\n\nSign up for our newsletter\n' >menus/page.txt
run search newsletter menus
is 0 "a page of menus alone is found by them" "$(lines out 2; lacks out '\[newsletter\]')"
run search --cache="$cache" zyzzyva press
is 1 "nothing found" "$(lines out 0; lines err 0)"
run search --cache="$cache" '"unclosed' press
is 2 "a malformed query is said, and where" "$(one_complaint; lines out 0; lacks err 'quote')"
run search --cache="$cache" '' press
is 2 "an empty query" "$(one_complaint; lines out 0)"

found() { # QUERY TITLE...: the query finds these, in any order
	query=$1
	shift
	run search --format=json --cache="$cache" "$query" press
	is 0 "search $query" "$(lines out $#; for title; do lacks out "\"title\": \"$title"; done)"
}
found 'ferry' Ferry Lighthouse 'A Fourth'
found 'title:ferry' Ferry
found 'returning' Ferry
run search --cache="$cache" '"returning"' press
is 1 'what is in quotes is meant as it is written' "$(lines out 0)"
found '"low island"' Ferry Lighthouse 'A Fourth'
found 'light*' Lighthouse
found 'title:ferry OR title:fourth' Ferry 'A Fourth'
found 'ferry -title:ferry -title:fourth' Lighthouse
found 'author:harrow date:2020..' Lighthouse
found 'date:2019-03 is:unread title:fourth' 'A Fourth'
found 'in:lamp' Lighthouse
run search --cache="$cache" --limit=1 'ferry' press
is 0 "a snippet marks the hits" "$(lines out 2; lacks out '\[[Ff]erry\]')"

id=$("$cuttings" list --cache="$cache" press 2>/dev/null | grep Ferry | cut -f 1)
run show --cache="$cache" "$id" press
is 0 "show by id" "$(lacks out 'Ferry Returns to Low Island in April' 'The ferry to Low Island'
	LC_ALL=C awk '{ gsub(/[\200-\277]/, "") } length($0) > 72 { print "a line of " length($0) " columns" }' "$work/out")"
run show --format=json --cache="$cache" "$id" press
is 0 "show as JSON" "$(lines out 1; lacks out "\"id\": $id" '"authors": \["Jane Harrow"\]' '"kind": "paragraph"')"
run show press/ferry.txt
is 0 "show a path" "$(lacks out 'Ferry Returns')"
run show --cache="$cache" 999999 press
is 1 "an id that is not there" "$(one_complaint; lacks err 999999)"
run show --cache="$cache" nonesuch.txt press
is 1 "a path that is not there" "$(one_complaint; lacks err 'nonesuch.txt')"

run shelf
is 0 "the shelf knows what was opened" "$(lacks out "$work/in/press")"
run
is 0 "without a corpus and a terminal, the shelf" "$(lacks out "$work/in/press")"
run list
is 0 "without a corpus, the one opened last"

mkdir "$work/in/nothing" "$work/in/pictures"
head -c 4096 "$cuttings" >"$work/in/pictures/a.png"
: >empty
mkfifo pipe
for corpus in nowhere nothing pictures empty pipe /dev/null /dev/zero; do
	for command in index list search; do
		if [ $command = search ]; then run search ferry $corpus; else run $command $corpus; fi
		is 3 "$command of '$corpus'" "$(one_complaint; lacks err "$(basename $corpus)"; lines out 0)"
	done
done
run list nowhere press
is 3 "one corpus that is not there is said" "$(lacks err nowhere)"

# What cannot be written costs no reading.
mkdir "$work/ro"
: >"$work/ro/file"
ran='list with no place for the cache'
status=0
XDG_CACHE_HOME=$work/ro/file XDG_DATA_HOME=$work/ro/file "$cuttings" list press >"$work/out" 2>"$work/err" </dev/null || status=$?
is 0 "no place for cache and state" "$(lines out 3; lacks err '^cuttings: ')"
run list --cache="$work/ro/file/cache.db" press
is 0 "no place for --cache" "$(lines out 3; lacks err "in memory: cannot make folder '$work/ro/file'")"
printf 'this is no database, though it stands where one should, and is long enough to be one%01000d' 0 >"$work/mine"
cp "$work/mine" "$work/kept"
run list --cache="$work/mine" press
is 3 "a file that is no cache is not made one" "$(one_complaint; lacks err 'is no cache'; lines out 0; cmp "$work/mine" "$work/kept" 2>&1; ls "$work"/mine.* 2>/dev/null)"
run list press
for default in "$work"/home/.cache/cuttings/*.db; do
	rm -f "$default"-*
	size=$(wc -c <"$default")
	head -c 100 "$default" >"$work/head"
	{ cat "$work/head"; head -c $((size - 100)) /dev/zero | tr '\0' 'x'; } >"$default"
done
run list press
is 0 "a corrupt cache is made again" "$(lines out 3; lacks err 'cuttings: ')"
run list press
is 0 "and is whole then" "$(lines out 3; lines err 0)"
state=$work/home/.local/share/cuttings/reading.db
[ -f "$state" ] || echo "# there is no $state"
rm -f "$state"-*
printf 'no database either%01000d' 0 >"$state"
run list press
is 0 "a corrupt reading state is set aside" "$(lines out 3; lacks err 'cuttings: '
	grep -l 'no database either' "$work"/home/.local/share/cuttings/* >/dev/null || echo 'it was thrown away')"
run list --memory press
is 0 "--memory" "$(lines out 3; lines err 0)"

run check --cache="$cache" press
is 0 "check: a sound cache" "$(lines out 0; one_complaint; lacks err '4 files, 3 articles' 'sound')"
run check --cache="$cache" --quiet press
is 0 "check --quiet" "$(lines out 0; lines err 0)"
run check --cache="$work/none.db" press
is 3 "check: nothing is indexed for it" "$(one_complaint; lacks err 'not indexed'; [ ! -e "$work/none.db" ] || echo 'it made a cache')"
mkdir bad
printf '{"text": "A line that can be read, with a headline and words."}\n{"text": \n{"text": "And another one that can be read."}\n' >bad/some.jsonl
run index --cache="$work/bad.db" bad
is 3 "index lists what it could not read" "$(lacks err 'some.jsonl' '2 added' '1 not readable')"
run index --cache="$work/bad.db" bad
is 0 "a fault is said once" "$(lacks err 'nothing changed')"
run check --cache="$work/bad.db" bad
is 3 "check lists it again" "$(lines out 1; lacks out 'some.jsonl'; lacks err '1 not readable' 'sound')"
run check --cache="$work/bad.db" --format=json bad
is 3 "check as JSON Lines" "$(lines out 1; lacks out '{"fault": ".*some.jsonl')"
cp "$cache" "$work/damaged.db"
for page in 4 6 8 10; do
	printf 'xxxxxxxxxxxxxxxx' | dd of="$work/damaged.db" bs=1 seek=$((16384 * page)) conv=notrunc 2>"$work/dd"
done
run check --cache="$work/damaged.db" --quiet press
is 3 "check: a damaged cache" "$([ -s "$work/out" ] || echo 'nothing was said')"

finish
