# SPDX-License-Identifier: ISC
# Words that must not stand in the sources, and the one that must stand in all of them.
. "${SRCDIR:?}/tests/house/tap.sh"

# The C files without comments and strings, each line with its file and number before it.
code() {
	find "$@" -name '*.[ch]' | sort | xargs awk '
		{
			line = $0
			gsub(/\\"/, "", line)
			gsub(/"[^"]*"/, "\"\"", line)
			gsub(/\/\*[^*]*\*\//, "", line)
			if (open) { if (sub(/^.*\*\//, "", line)) open = 0; else line = "" }
			if (sub(/\/\*.*/, "", line)) open = 1
			print FILENAME ":" FNR ": " line
		}'
}

report "no function that overruns, hides errors or runs a shell" "$(code src tests |
	grep -E '[^a-z_0-9](strcpy|strcat|strncpy|strncat|sprintf|vsprintf|strtok|gets|atoi|atol|atof|alloca|tmpnam|mktemp|system|popen)\(')"

report "memory comes from base/mem" "$(code src | grep -E '[^a-z_0-9](malloc|calloc|realloc|strdup|strndup)\(' | grep -v '^src/base/mem\.c:')"

report "nothing below ui/ and cmd/ prints or exits" "$(code src/base src/doc src/conf src/source src/parse src/store src/layout src/term src/corpus |
	grep -E '[^a-z_0-9](printf|puts|putchar|perror|exit|_exit|abort)\(|[^a-z_](stdout|stderr)[^a-z_]' |
	grep -v '^src/base/mem\.c:')"

report "no typedefs of structs" "$(code src | grep -E '^[^ ]*: *typedef +(struct|enum|union)')"

report "nothing sleeps" "$(code src tests | grep -E '[^a-z_0-9](sleep|usleep|nanosleep)\(')"

report "each source file names its licence" "$(find src tests bootstrap man share .ci -name '*.c' -o -name '*.h' -o -name '*.sh' -o -name '*.1' -o -name bootstrap \
	-o -path .ci/run 2>/dev/null | sort | while read -r f; do
	head -n 5 "$f" | grep -q 'SPDX-License-Identifier: ISC' || echo "$f"
done)"

report "no machine's path" "$(grep -rnIE '/(wor[k]|roo[t]|hom[e]|far[m])/[a-z]' src tests man bootstrap README NEWS Makefile.am configure.ac 2>/dev/null |
	grep -v '^share/sample/')"

report "nothing is left for later by its own words" "$(grep -rnIwE 'T[O]DO|FIX[M]E|X[X]X' src tests man bootstrap README Makefile.am configure.ac 2>/dev/null)"

# What nm calls sysv has the section: constants that need relocation are in .data.rel.ro and are no variables.
lib=${BUILDDIR:?}/libcuttings.a
if [ -f "$lib" ] && command -v nm >/dev/null 2>&1; then
	report "no variable is shared between files" "$(nm -g -f sysv "$lib" 2>/dev/null | awk -F'|' '
		{ gsub(/ /, "") }
		$1 !~ /^__|^$/ && ($7 ~ /^\.(data|bss)$/ || $7 ~ /^\.(data|bss)\.[^r]/ || $7 == "*COM*") { print $1 " in " $7 }
	')"
else
	skip "no variable is shared between files" "nm or the library is not here"
fi

finish
