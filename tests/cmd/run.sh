# SPDX-License-Identifier: ISC
# What tests of the program as a whole share: a home of their own, running it, and looking at what came.
# Usage: . run.sh; run ARGUMENTS...; is STATUS "name"; out|err MATCHES...; finish_run

. "${SRCDIR:?}/tests/house/tap.sh"

work=$(mktemp -d "${TMPDIR:-/tmp}/cuttings-XXXXXX") || exit 99
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
mkdir "$work/home" "$work/in"
HOME=$work/home
TZ=UTC
export HOME TZ
unset XDG_CONFIG_HOME XDG_DATA_HOME XDG_CACHE_HOME
cuttings=${CUTTINGS:?}

# Runs the program; its output, its complaints and its status wait in $work.
run() {
	ran="cuttings $*"
	status=0
	"$cuttings" "$@" >"$work/out" 2>"$work/err" </dev/null || status=$?
}

# One test: the last run ended with status $1, and the faults in $3 (of `lacks` and others) are none.
is() {
	faults=
	[ "$status" -eq "$1" ] || faults="$ran: status $status, not $1"
	faults="$faults${3:+
$3}"
	[ -z "$faults" ] || faults="$faults
$(sed 's/^/err: /' "$work/err")"
	report "$2" "$(printf '%s\n' "$faults" | sed '/^$/d')"
}

# Says what of the file $1 (out or err) does not match the basic regular expressions that follow.
lacks() {
	lacks_file=$1
	shift
	for pattern; do
		grep -q -e "$pattern" "$work/$lacks_file" || echo "$lacks_file has no '$pattern'"
	done
}

# Says where the file $1 has not just $2 lines.
lines() {
	got=$(wc -l <"$work/$1")
	[ "$got" -eq "$2" ] || echo "$1 has $got lines, not $2"
}

# Makes in/$1 of standard input, and the folders on the way.
put() {
	mkdir -p "$work/in/$(dirname "$1")"
	cat >"$work/in/$1"
}

# Says where not exactly one complaint came, or it does not begin as all do.
one_complaint() {
	lines err 1
	lacks err '^cuttings: '
}

# An article that leaves no doubt.
article() {
	printf '%s\n' "$1" 'By Jane Harrow' '14 March 2019' '' "The ferry to Low Island will run twice a day again from\
 April, the harbour board said on Thursday after a winter in which the crossing was closed for longer than in any year\
 since the war." '' "Repairs to the northern pier have cost more than was planned, but the board says that fares will\
 stay as they are until the autumn."
}
