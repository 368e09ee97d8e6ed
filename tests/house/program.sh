# SPDX-License-Identifier: ISC
# program.sh TEST: runs a test program as it is, but that a test skipped is not said to have failed: cmocka 1.1.5
# writes "not ok 1 # SKIP".
exec 4>&1
status=$({ { "$@" 3>&- 4>&-; echo $? >&3; } | sed 's/^not ok \([0-9]*\) # SKIP/ok \1 # SKIP/' >&4; } 3>&1)
exit "$status"
