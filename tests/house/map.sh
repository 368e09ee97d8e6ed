# SPDX-License-Identifier: ISC
# map.sh files: the table of src/README, a line a file, made from what each file says of itself: the first sentence
# of its header or, where it has none, of the comment that it opens with; a long one up to its first colon.
set -eu
cd "${SRCDIR:-.}"

# The first sentence of the first comment after the licence in file $1.
says() {
	awk '
		FNR == 1 || done { next }
		!begun && /^\/\*/ { begun = 1 }
		begun {
			line = $0
			sub(/^[ \t]*\/?\*+\/?[ \t]*/, "", line)
			ends = sub(/[ \t]*\*\/.*$/, "", line)
			if (line != "") text = text (text == "" ? "" : " ") line
			if (ends || text ~ /[.]( |$)/) done = 1
		}
		!begun && /^(#|struct|static|enum)/ { done = 1 }
		END {
			if (match(text, /[.]( |$)/)) text = substr(text, 1, RSTART - 1)
			if (length(text) > 94 && match(text, /[:;] /)) text = substr(text, 1, RSTART - 1)
			print text
		}' "$1"
}

[ "${1:-}" = files ] || exit 2
for room in base doc conf source parse store layout term corpus ui cmd; do
	[ -d src/$room ] || continue
	printf '\n%s/\n' $room
	also=
	for stem in $(find src/$room -name '*.[ch]' | sed 's,.*/,,; s/\.[ch]$//' | sort -u); do
		said=
		if [ -f src/$room/$stem.h ]; then
			said=$(says src/$room/$stem.h)
		elif [ -f src/$room/$stem.c ]; then
			said=$(says src/$room/$stem.c)
		fi
		if [ -n "$said" ]; then
			printf '  %-15s %s\n' "$stem" "$said"
		else
			also="$also $stem"
		fi
	done
	[ -z "$also" ] || printf '  and%s\n' "$also"
done
