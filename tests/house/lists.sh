# SPDX-License-Identifier: ISC
# Makefile.am's lists have every file: what they leave out is in no release and in no build.
. "${SRCDIR:?}/tests/house/tap.sh"

# Folders that are shipped whole.
whole=$(sed -n 's/^EXTRA_DIST +*= *//p' Makefile.am | tr ' ' '\n' | while read -r name; do
	[ -d "$name" ] && echo "$name"
done)

report "every file is in a list of Makefile.am" "$(find src tests man share -type f ! -name '*~' ! -name '.*' | sort |
	while read -r file; do
		for folder in $whole; do
			case $file in "$folder"/*) continue 2 ;; esac
		done
		grep -qE "(^|[[:space:]])$file([[:space:]]|\$)" Makefile.am || echo "$file"
	done)"

report "no folder has the name of a test program, which an in-tree build puts there" "$(find tests -type d | while read -r folder; do
	[ ! -f "$folder.c" ] || echo "$folder"
done)"

# bootstrap's lists of packages, but for what builds anything.
packages=$(sed -n "/_packages='/,/'\$/p" bootstrap | sed "/^tool_packages/,\$d; s/.*_packages=//; s/'//g" | tr ' \t' '\n\n' |
	grep -vxE 'gcc|make|autoconf|automake|pkg-config|libc6-dev|')
report "README says what each package is for" "$(for package in $packages; do
	grep -q "$package" README || echo "$package"
done)"
report "bootstrap installs each library that README names" "$(grep -o 'lib[a-z0-9.+-]*-dev' README | sort -u | while read -r package; do
	echo "$packages" | grep -qx "$package" || echo "$package"
done)"

finish
