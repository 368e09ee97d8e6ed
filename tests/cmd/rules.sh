# SPDX-License-Identifier: ISC
# rules: listed, tried on a corpus, exported; from the rules file, which is how a rule comes in without a screen.
. "${SRCDIR:?}/tests/cmd/run.sh"

# A page whose comments nobody would take for some: NAME... begin them.
page() {
	article 'Ferry Returns to Low Island in April'
	for name; do
		printf '\n%s\n%s\n' "$name schrieb's" 'We waited a long winter for that ferry, and now it comes only twice.'
	done
}

run rules
is 1 "no rules" "$(lines out 0; lines err 0)"

page 'Anna Holm' Bob | put press/one.example/a.txt
article 'Lighthouse Keepers Look Back on a Stormy Decade' | put press/one.example/b.txt
page Eve | put press/two.example/a.txt
mkdir -p "$HOME/.config/cuttings"
cat >"$HOME/.config/cuttings/rules" <<'END'
# SITE ANSWER LINE
one.example comment-author "{name} schrieb's"
one.example headline "{line}" '' 'By {name}'
END
cd "$work/in" || exit 99

run rules
is 0 "rules for people" "$(lines out 2; lines err 0; lacks out "^file	one.example	.{name} schrieb's. is the author of a comment$" \
	'is the headline, above .By {name}.$')"
run rules --format=json
is 0 "rules as JSON Lines" "$(lines out 2; lacks out '"number": null, "site": "one.example", "answer": "comment-author"' \
	'"line": "{line}", "before": "", "after": "By {name}"')"
run rules --format=rules
is 0 "rules for a rules file" "$(lines out 2; lacks out "^\"one.example\" comment-author \"{name} schrieb's\"$" \
	'^"one.example" headline "{line}" "" "By {name}"$')"
cp "$work/out" "$HOME/.config/cuttings/rules"
mv "$work/out" "$work/first"
run rules --format=rules
is 0 "what is printed is read again" "$(cmp "$work/first" "$work/out")"
run rules press
is 0 "rules tried" "$(lines err 0; lacks out 'one.example/a.txt: [0-9]* lines, 2 comments instead of 0$' \
	'changes 1 of 2 articles of this site$'; grep two.example "$work/out"; grep 'b.txt' "$work/out")"
run rules --format=json press
is 0 "rules tried, as JSON Lines" "$(lines out 1; lacks out '"rule": null' '"locator": "one.example/a.txt"' \
	'"comments": \[0, 2\]')"
run rules --format=rules press
is 2 "what they change is no rule" "$(one_complaint)"
run show --format=json one.example/a.txt press
is 0 "pages are read by them" "$(lacks out "\"author\": \"Anna Holm")"
run rules --drop=1
is 1 "there is no rule 1" "$(one_complaint; lacks err 'no rule 1')"
run rules --drop=x
is 2 "x is no number" "$(one_complaint)"
echo 'one.example what "is this"' >>"$HOME/.config/cuttings/rules"
run rules
is 3 "a line that is no rule" "$(lines out 2; one_complaint; lacks err 'rules:[0-9]*: there is no answer')"

finish
