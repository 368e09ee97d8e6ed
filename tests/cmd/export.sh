# SPDX-License-Identifier: ISC
# export: articles as Markdown, text and JSON; notes are made on the screen (tests/ui), here there are none.
. "${SRCDIR:?}/tests/cmd/run.sh"

article 'Ferry *Returns* to Low Island in April' | put press/ferry.txt
article 'Lighthouse Keepers Look Back on a Stormy Decade' | put press/light.txt
cd "$work/in" || exit 99

run export
is 1 "no notes" "$(lines out 0; lines err 0)"
run export --corpus=press
is 1 "no notes on a corpus" "$(lines out 0; lines err 0)"
run export press/ferry.txt
is 0 "an article as Markdown" "$(lacks out '^# Ferry \\\*Returns\\\* to Low Island in April$' '2019-03-14'; lines err 0)"
run export --format=text press/ferry.txt
is 0 "as text" "$(lacks out 'Ferry \*Returns\* to Low Island in April$')"
run export --format=json --corpus=press ferry.txt light.txt
is 0 "several, as JSON Lines" "$(lines out 2; lacks out '"title": "Lighthouse' '"title": "Ferry')"
run export --corpus=press ferry.txt nothing.txt
is 1 "one that is not there is said, the rest is done" "$(one_complaint; lacks out '^# Ferry' ; lacks err 'nothing.txt')"
run export press/ferry.txt press/light.txt
is 0 "several, an empty line apart" "$(lacks out '^# Ferry' '^# Lighthouse'; grep -B 1 '^# Lighthouse' "$work/out" | sed -n 1p | grep .)"
mkdir nothing
run export nothing press/ferry.txt press/light.txt
is 3 "a path without an article costs no other" "$(lacks err "no articles in 'nothing'"; lacks out '^# Ferry' '^# Lighthouse')"
run export press/ferry.txt nothing.txt nothing.txt press/light.txt
is 1 "nor does a name that means nothing" "$(lines err 2; lacks out '^# Ferry' '^# Lighthouse')"
run index --quiet --cache="$work/light.db" press/light.txt
run export --format=json --corpus="$work/light.db" --corpus=press/ferry.txt ferry.txt light.txt
is 0 "articles of several corpora" "$(lines out 2; lacks out 'Ferry' 'Lighthouse')"
run export --corpus=nowhere ferry.txt
is 3 "a corpus that is not there" "$(one_complaint; lines out 0)"
run export --format=html
is 2 "a format that is none" "$(one_complaint; lines out 0)"
finish
