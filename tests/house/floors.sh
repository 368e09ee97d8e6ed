# SPDX-License-Identifier: ISC
# A folder includes headers of its own and of strictly lower floors; each library is known in one room.
. "${SRCDIR:?}/tests/house/tap.sh"

# FILE ROOM-OF-FILE INCLUDED-NAME system|ours, a line for each #include.
includes=$(find src -name '*.[ch]' | sort | xargs awk '
	/^[ \t]*#[ \t]*include/ {
		name = $0
		gsub(/^[^"<]*["<]|[">].*$/, "", name)
		room = FILENAME
		sub(/^src\//, "", room)
		if (!sub(/\/.*/, "", room)) room = "main"
		print FILENAME, room, name, index($0, "<") ? "system" : "ours"
	}')

report "folders know only lower floors" "$(echo "$includes" | awk '
	BEGIN {
		split("base doc source corpus ui cmd main", names, " ")
		for (i in names) floor[names[i]] = i
		floor["conf"] = floor["doc"]
		floor["parse"] = floor["store"] = floor["layout"] = floor["term"] = floor["source"]
	}
	!($2 in floor) { print $1 ": is in no room of the house"; next }
	$4 == "ours" {
		room = $3
		if (!sub(/\/.*/, "", room)) { print $1 ": include \"" $3 "\" does not name its room"; next }
		if (!(room in floor)) print $1 ": there is no room \"" room "\""
		else if (room != $2 && floor[room] + 0 >= floor[$2] + 0) print $1 ": must not know " $3
	}')"

# HEADER (or the start of its name), a tab, and the files that may know it.
rooms='sqlite3	^src/store/
uni	^src/base/(unicode|charset)[.]c$
xxhash	^src/base/digest[.]c$
seccomp	^src/base/confine[.]c$
linux/	^src/base/confine[.]c$
curses	^src/term/
ncurses	^src/term/
term.h	^src/term/
archive	^src/source/
jansson	^src/source/
libxml	^src/source/
gmime	^src/source/
zstd	^src/(source|store)/
zstd	^src/(source|store)/
gmime	^src/source/
libstemmer	^src/store/
hyphen	^src/layout/'
report "one library, one room" "$({ echo "$rooms"; echo "$includes"; } | awk '
	NF == 2 { home[$1] = $2; next }
	$4 == "system" && $3 != "unistd.h" {
		for (start in home)
			if (index($3, start) == 1 && $1 !~ home[start]) print $1 ": <" $3 "> is known in another room alone"
	}')"

report "only the door makes what may be shown" "$(grep -nE '\(struct shown\)|struct shown [a-z]+ = \{' \
	$(find src -name '*.[ch]' ! -path src/base/door.c) /dev/null)"

finish
