# SPDX-License-Identifier: ISC
# update.sh COMMAND FILE: FILE on standard output, each of its fenced regions made anew by COMMAND NAME.
# A region begins with a line that has "table NAME begins" and ends with one that has "table NAME ends".
set -eu
awk -v tables="$1" '
	!inside { print }
	/table [a-z]+ begins/ {
		name = $0
		sub(/.*table /, "", name)
		sub(/ begins.*/, "", name)
		inside = 1
		command = tables " " name
		while ((command | getline line) > 0) print line
		if (close(command) != 0) exit 1
	}
	/table [a-z]+ ends/ { inside = 0; print }
	END { if (inside) exit 1 }
' "$2"
