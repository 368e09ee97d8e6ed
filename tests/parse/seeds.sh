#!/bin/sh
# SPDX-License-Identifier: ISC
# The five pages that the program must understand whole, where they lie beside the repository.
# shellcheck disable=SC1091 # tap.sh says what a test prints
seeds=$SRCDIR/../shared/seeds
echo 1..1
if [ ! -f "$seeds/check.py" ]; then
	echo "ok 1 - every line and field of the seeds # SKIP no ../shared/seeds beside the repository"
	exit 0
fi
if ! command -v python3 >/dev/null; then
	echo "ok 1 - every line and field of the seeds # SKIP no python3"
	exit 0
fi
if python3 "$seeds/check.py" "$CUTTINGS" >seeds.out 2>&1; then
	echo "ok 1 - every line and field of the seeds"
else
	sed 's/^/# /' seeds.out
	echo "not ok 1 - every line and field of the seeds"
fi
rm -f seeds.out
