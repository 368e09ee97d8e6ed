# SPDX-License-Identifier: ISC
# program.sh COMMAND...: runs a test as it is, but for two things. A test skipped is not said to have failed: cmocka
# 1.1.5 writes "not ok 1 # SKIP". And what stands still has failed: after TEST_SECONDS (10 minutes where it is not set)
# it is ended with what it started; where it stood is after the last test that it told of. All faults take hours.
seconds=${TEST_SECONDS:-600}
if [ -z "${CUTTINGS_FAULTS:-}" ] && command -v timeout >/dev/null; then
	set -- timeout --kill-after=5 "$seconds" "$@"
fi
exec 4>&1
status=$({ { "$@" 3>&- 4>&-; echo $? >&3; } | sed 's/^not ok \([0-9]*\) # SKIP/ok \1 # SKIP/' >&4; } 3>&1)
[ "$status" -ne 124 ] || echo "Bail out! it was not at its end after $seconds seconds"
exit "$status"
