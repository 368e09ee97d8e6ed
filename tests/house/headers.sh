# SPDX-License-Identifier: ISC
# Each header compiles alone, and opens with its licence, what it is, knows, owns, and how it fails.
. "${SRCDIR:?}/tests/house/tap.sh"

report "each header compiles alone, and twice" "$(find src -name '*.h' | sort | while read -r h; do
	# shellcheck disable=SC2086 # the compiler and its flags are words
	printf '#include "%s"\n#include "%s"\n' "${h#src/}" "${h#src/}" |
		${CC:-cc} ${CPPFLAGS-} -std=c11 -Wall -Werror -Isrc -fsyntax-only -x c - 2>&1 | sed "s|^|$h: |"
done)"

report "each header says what it is, knows, owns, and how it fails" "$(find src -name '*.h' | sort | while read -r h; do
	head -n 3 "$h" | tr '\n' '~' | grep -q '^/\* SPDX-License-Identifier: ISC \*/~/\*~ \* ' ||
		echo "$h: does not open with its licence and a comment"
	for word in Knows Owns Fails; do
		head -n 14 "$h" | grep -q "$word:" || echo "$h: does not say '$word:'"
	done
done)"

report "guards are named after their files" "$(find src -name '*.h' | sort | while read -r h; do
	guard=$(echo "${h#src/}" | tr 'a-z/.' 'A-Z__')
	grep -q "^#ifndef $guard\$" "$h" && grep -q "^#define $guard\$" "$h" || echo "$h: its guard is not $guard"
done)"

finish
