# SPDX-License-Identifier: ISC
# cuttings parse: its output, its statuses, and what it does with files that are no plain UTF-8 text.
. "${SRCDIR:?}/tests/cmd/run.sh"

# json FILTER: whether the output's one record makes FILTER true (python3 reads it; no reader, no doubt).
if command -v python3 >/dev/null; then
	json() {
		python3 -c '
import json, sys
for line in open(sys.argv[1], encoding="utf-8"):
    r = json.loads(line)
    if not eval(sys.argv[2]):
        print(sys.argv[2], "does not hold of", line[:300])
' "$work/out" "$1" 2>&1
	}
else
	json() { :; }
fi

article 'Ferry Returns to Low Island in April' | put ferry.txt
cd "$work/in" || exit 99

run parse --format=json ferry.txt
is 0 "the contract as JSON" "$(lines out 1; lines err 0
	json 'r["path"] == "ferry.txt" and r["title"] == "Ferry Returns to Low Island in April"'
	json 'r["authors"] == ["Jane Harrow"] and r["published"] == "2019-03-14" and r["language"] == "en"'
	json 'set(r) >= {"standfirst", "site", "url", "dateline", "blocks", "comments", "comment_count"}'
	json 'r["blocks"][0] == {"kind": "title", "start": 0, "end": 36, "text": r["title"]}')"
printf '{"headline": "A Boat", "story_html": "<p>One.</p><p>Two.</p>"}\n' >boat.jsonl
mkdir -p "$HOME/.config/cuttings"
printf 'set measure 60\nfield text "Story HTML"\nfield colour x\n' >"$HOME/.config/cuttings/config"
run parse --format=json boat.jsonl
is 0 "names of fields from the configuration" "$(lines out 1
	json '[b["text"] for b in r["blocks"]] == ["One.", "Two."] and r["title"] == "A Boat"'
	lacks err "config:3: .*no field is called .colour.")"
rm -r "$HOME/.config/cuttings" boat.jsonl

run parse ferry.txt
is 0 "the same for people" "$(lacks out '^# title: Ferry' '^# author: Jane Harrow' '^title: Ferry' '^paragraph: Repairs')"
run parse --explain ferry.txt
is 0 "--explain" "$(lacks out 'paragraph' 'title')"

mkdir dashes
cp ferry.txt ./-f
run parse --format=json -- -f ferry.txt
is 0 "-- ends the options" "$(lines out 2; lacks out '"path": "-f"')"
ran='parse - <ferry.txt'
status=0
"$cuttings" parse --format=json - <ferry.txt >"$work/out" 2>"$work/err" || status=$?
is 0 "- is standard input" "$(lines out 1; json 'r["title"].startswith("Ferry")')"

mkdir -p folder
run parse folder ferry.txt
is 3 "a folder is none" "$(one_complaint; lacks err "'folder': a folder, where a file is wanted"; lacks out 'title:')"
run parse --format=json nowhere.txt ferry.txt
is 3 "a file that is not there costs no other one" "$(one_complaint; lacks err "nowhere.txt" 'No such file'; lines out 1)"
run parse --format=json dashes
is 3 "a folder is no file" "$(one_complaint; lacks err dashes)"
: >empty.txt
run parse --format=json empty.txt
is 3 "an empty file" "$(one_complaint; lacks err 'empty.txt'; lines out 0)"
head -c 4096 "$cuttings" >program
run parse --format=json program ferry.txt
is 3 "a binary file is passed over" "$(one_complaint; lacks err 'program'; lines out 1)"
if [ "$(id -u)" -ne 0 ]; then
	cp ferry.txt secret.txt
	chmod 0 secret.txt
	run parse --format=json secret.txt ferry.txt
	is 3 "a file that may not be read" "$(one_complaint; lacks err 'secret.txt' 'Permission denied'; lines out 1)"
elif command -v setpriv >/dev/null; then
	cp ferry.txt secret.txt
	chmod 600 secret.txt
	chmod 777 "$work" "$work/in"
	ran='parse secret.txt as nobody'
	status=0
	GCOV_PREFIX=$work/in LLVM_PROFILE_FILE=/dev/null setpriv --reuid=65534 --regid=65534 --clear-groups "$cuttings" parse --format=json secret.txt ferry.txt \
		>"$work/out" 2>"$work/err" </dev/null || status=$?
	if grep -q -e 'ermission denied' -e 'not wholly installed' "$work/err" && ! grep -q 'secret.txt' "$work/err"; then
		skip "a file that may not be read" "another user cannot run the program where it was built"
	else
		is 3 "a file that may not be read" "$(one_complaint; lacks err 'secret.txt' 'Permission denied'; lines out 1)"
	fi
else
	skip "a file that may not be read" "root may read everything, and setpriv is not here"
fi
run parse --format=json /dev/null
is 3 "a device" "$(one_complaint; lacks err '/dev/null'; lines out 0)"

# Encodings: the text comes out as what was meant, offsets stay those of the file.
encoded() { # NAME CHARSET TITLE TEXT
	printf '%s\n\n%s\n\n%s\n' "$3" "$4" "$4" | iconv -f UTF-8 -t "$2" >"$1" 2>/dev/null
}
if command -v iconv >/dev/null; then
	encoded cp1252.txt WINDOWS-1252 'Café owners “relieved” as the bridge reopens' \
		'The café on the quay — shut since June — has reopened, its owner Zoë Müller said, and “half the town” came.'
	encoded cp1251.txt WINDOWS-1251 'Городской мост открыли после ремонта' \
		'Мост через реку снова открыт для движения, сообщили в мэрии города в четверг. Ремонт продолжался полгода и обошёлся дороже, чем ожидалось.'
	encoded koi8r.txt KOI8-R 'Городской мост открыли после ремонта' \
		'Мост через реку снова открыт для движения, сообщили в мэрии города в четверг. Ремонт продолжался полгода и обошёлся дороже, чем ожидалось.'
	for order in LE BE; do
		mark='\377\376'
		[ $order = LE ] || mark='\376\377'
		{
			# shellcheck disable=SC2059 # the mark is a format
			printf "$mark"
			article 'Ferry Returns to Low Island in April' | iconv -f UTF-8 -t UTF-16$order
		} >"utf16$order.txt"
		run parse --format=json "utf16$order.txt"
		is 0 "UTF-16$order with a mark" "$(json 'r["title"] == "Ferry Returns to Low Island in April" and r["authors"] == ["Jane Harrow"]'
			json "r['blocks'][-1]['end'] <= $(wc -c <"utf16$order.txt")")"
	done
	run parse --format=json cp1252.txt
	is 0 "windows-1252" "$(json 'r["title"] == "Café owners “relieved” as the bridge reopens" and "Zoë Müller" in r["blocks"][-1]["text"]'
		json "r['blocks'][-1]['end'] == $(wc -c <cp1252.txt) - 1")"
	for name in cp1251 koi8r; do
		run parse --format=json $name.txt
		is 0 "$name" "$(json 'r["title"] == "Городской мост открыли после ремонта" and r["language"] == "ru"'
			json "r['blocks'][-1]['end'] == $(wc -c <$name.txt) - 1")"
	done
else
	skip "other encodings" "iconv is not here"
fi

article 'Ferry Returns to Low Island in April' | sed 's/$/\r/' >crlf.txt
run parse --format=json crlf.txt
is 0 "CRLF" "$(json 'r["title"] == "Ferry Returns to Low Island in April" and r["published"] == "2019-03-14"'
	json 'not any("\r" in b["text"] for b in r["blocks"])')"
article 'Ferry Returns to Low Island in April' | tr '\n' '\r' >cr.txt
run parse --format=json cr.txt
is 0 "CR" "$(json 'r["title"] == "Ferry Returns to Low Island in April"'; json 'len(r["blocks"]) >= 4')"
{
	article 'Ferry Returns to Low Island in April'
	printf 'one\000two and some more words to read\n'
} >nul.txt
run parse --format=json nul.txt
is 0 "a NUL in the text" "$(json 'r["title"].startswith("Ferry") and any("two and some" in b["text"] for b in r["blocks"])')"
printf 'just one line of lower case words without any title at all' >bare.txt
run parse --format=json bare.txt
is 0 "no title" "$(json 'len(r["blocks"]) == 1 and r["blocks"][0]["end"] == 58')"
{
	article 'Ferry Returns to Low Island in April'
	awk 'BEGIN { for (i = 0; i < 4000; i++) s = s "thirteen bytes"; for (i = 0; i < 900; i++) printf "%s", s; print "" }'
} >long.txt
run parse --format=json long.txt
is 3 "a line of 50 MB" "$(json 'r["title"].startswith("Ferry") and r["blocks"][-1]["end"] - r["blocks"][-1]["start"] == 50400000')"

# Controls of a page do not reach the terminal; in JSON they are escaped.
{
	article 'Ferry Returns to Low Island in April'
	printf 'A line with \033[31mred\007 in it, and a good many words more, so that it is read as text.\n'
} >controls.txt
run parse controls.txt
is 0 "text output passes the door" "$(LC_ALL=C grep -q "$(printf '[\033\007]')" "$work/out" && echo 'a control got out')"
run parse --format=json controls.txt
is 0 "JSON output escapes controls" "$(LC_ALL=C grep -q "$(printf '[\033\007]')" "$work/out" && echo 'a control got out'; lacks out 'u001b')"

# A reader that has seen enough is no fault.
for i in 1 2 3 4 5 6 7 8; do cp ferry.txt "many$i.txt"; done
head -c 8000000 long.txt >wide.txt
"$cuttings" parse --format=json wide.txt many*.txt 2>"$work/err" | head -c 100 >/dev/null
status=0
ran='parse | head'
is 0 "a closed pipe is quiet" "$(lines err 0)"
if [ -w /dev/full ]; then
	ran='parse >/dev/full'
	status=0
	"$cuttings" parse --format=json ferry.txt >/dev/full 2>"$work/err" || status=$?
	is 3 "a full disk is said" "$(one_complaint; lacks err 'standard output')"
else
	skip "a full disk is said" "there is no /dev/full"
fi

finish
