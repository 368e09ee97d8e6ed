# SPDX-License-Identifier: ISC
# Functions fit a screen, files stay one subject, headers stay small. What is over stands in exceptions, with
# its size: it may only shrink, and an entry that is no longer needed has to go.
. "${SRCDIR:?}/tests/house/tap.sh"

# SIZE LIMIT WHAT, for everything that is measured.
sizes() {
	find src tests -name '*.[ch]' | sort | xargs awk '
		function close_file() { if (name) print lines, 800, name }
		FNR == 1 { close_file(); name = FILENAME; lines = 0; head = "" }
		{ lines++ }
		/^[A-Za-z_].*\(/ && !/;$/ { head = $0; sub(/\(.*/, "", head); sub(/.*[ *]/, "", head) }
		/^\{/ { start = FNR }
		/^\}/ && start { if (head) print FNR - start + 1, 100, FILENAME ":" head; start = 0; head = "" }
		END { close_file() }'
	find src -name '*.h' | sort | xargs awk '
		function close_file() { if (name) print count, 15, name ":functions" }
		FNR == 1 { close_file(); name = FILENAME; count = 0 }
		/^[a-z].*\(/ && !/^(typedef|extern|static) / && !/^ / { count++ }
		END { close_file() }'
}

report "functions up to 100 lines, files up to 800, headers up to 15 functions" "$({
	sed 's/#.*//; /^[ \t]*$/d; s/^/allowed /' tests/house/exceptions
	sizes
} | awk '
	$1 == "allowed" { allowed[$3] = $2; next }
	$3 in allowed {
		if ($1 > allowed[$3]) print $3 ": has grown from " allowed[$3] " to " $1
		else if ($1 <= $2) print $3 ": is within its budget now: strike it from tests/house/exceptions"
		else if ($1 < allowed[$3]) print $3 ": has shrunk to " $1 ": say so in tests/house/exceptions"
		delete allowed[$3]
		next
	}
	$1 > $2 { print $3 ": " $1 " is over its budget of " $2 }
	END { for (name in allowed) print name ": is gone: strike it from tests/house/exceptions" }
')"

# Columns are characters: bytes that continue one are not counted.
report "lines of C up to 120 columns, four spaces a step, nothing at the end" "$(
find src tests -name '*.[ch]' | sort | LC_ALL=C xargs awk '
	{ gsub(/[\200-\277]/, "") }
	length($0) > 120 { print FILENAME ":" FNR ": " length($0) " columns" }
	/\t/ { print FILENAME ":" FNR ": a tab" }
	/[ \r]$/ { print FILENAME ":" FNR ": white space at the end" }
')"

finish
