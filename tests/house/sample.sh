# SPDX-License-Identifier: ISC
# The sample corpus is what a newcomer needs to try all of the program, and each page of it is tested.
. "${SRCDIR:?}/tests/house/tap.sh"

report "every page of the sample corpus has its gold" "$(find share/sample -name '*.txt' | sort | while read -r f; do
	gold=tests/parse/gold/$(echo "${f#share/sample/}" | sed 's,/,-,; s,\.txt$,.gold,')
	[ -f "$gold" ] || echo "$f: no $gold"
	head -n 1 "$gold" 2>/dev/null | grep -qxF "page = ${f#share/sample/}" || echo "$gold: not of $f"
done)"

report "the sample corpus has one article of 6,000 words and more" "$(find share/sample -name '*.txt' -exec wc -w {} + |
	awk '$2 != "total" && $1 > most { most = $1 } END { if (most < 6000) print "the longest has " most }')"

report "the sample corpus is in at least six languages" "$(cat tests/parse/gold/*.gold | sed -n 's/^language = //p' | sort -u |
	awk 'END { if (NR < 6) print NR }')"

finish
