# SPDX-License-Identifier: ISC
# What the house's tests and those of the commands share: TAP with the faults of each test under it.
# Usage: . tap.sh; report "what must hold" "faults, one a line; none: it holds"; ...; finish

tap_count=0
tap_failed=0

# The test named $1 passes where $2 is empty.
report() {
	tap_count=$((tap_count + 1))
	if [ -z "$2" ]; then
		echo "ok $tap_count - $1"
	else
		tap_failed=$((tap_failed + 1))
		echo "not ok $tap_count - $1"
		printf '%s\n' "$2" | sed 's/^/# /'
	fi
}

# Counts the test named $1 as skipped because of $2.
skip() {
	tap_count=$((tap_count + 1))
	echo "ok $tap_count - $1 # SKIP $2"
}

finish() {
	echo "1..$tap_count"
	[ "$tap_failed" -eq 0 ]
}

cd "${SRCDIR:?}" || exit 99
