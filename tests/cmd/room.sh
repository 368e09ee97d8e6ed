# SPDX-License-Identifier: ISC
# A public reading room: whoever comes in through sshd's ForceCommand reads, and reaches nothing else.
. "${SRCDIR:?}/tests/cmd/run.sh"
. "$SRCDIR/tests/cmd/terminal.sh"

run --version
if ! sshd_is_here || ! command -v tmux >/dev/null || ! grep -q 'Landlock.*seccomp' "$work/out"; then
	skip "a reading room over ssh" "sshd, ssh, tmux or what confines a program is not here"
	finish
	exit
fi

article 'Ferry Returns to Low Island in April' | put room/ferry.txt
printf '%s\n' 'Notes of the keeper' '' 'hunter2 opens the safe.' | put secret.txt
ln -s "$work/in/secret.txt" "$work/in/room/link.txt"
cat >"$work/editor" <<END
#!/bin/sh
echo reached >$work/reached
END
chmod +x "$work/editor"

# The room as the manual describes it, with what a careless keeper might leave in the environment.
cat >"$work/room" <<END
#!/bin/sh
HOME=$work/home CUTTINGS_DATADIR=${CUTTINGS_DATADIR-} TERM=screen-256color LC_ALL=C.UTF-8 SHELL=$work/editor
EDITOR=$work/editor VISUAL=$work/editor BROWSER=$work/editor PAGER=$work/editor ASAN_OPTIONS=detect_leaks=0
GCOV_ERROR_FILE=/dev/null
export HOME CUTTINGS_DATADIR TERM LC_ALL SHELL EDITOR VISUAL BROWSER PAGER ASAN_OPTIONS GCOV_ERROR_FILE
exec $cuttings --restricted --ephemeral $work/in/room
END
chmod +x "$work/room"
sshd_begin "ForceCommand $work/room
DisableForwarding yes"

# Says where anything of what must not be reached was reached.
reached() {
	[ ! -e "$work/reached" ] || echo "a program was started: $(cat "$work/reached")"
	if [ -f "$work/said" ] && grep -q 'hunter2\|uid=' "$work/said"; then
		echo "a file outside was read, or a shell:"
		cat "$work/said"
	fi
	[ -z "$(find "$work" -name 'taken*')" ] || echo "a file was written"
	rm -f "$work/reached"
}

# Goes in without a terminal; what comes back, and the time it takes at most, are for `reached`.
goes_in() {
	# shellcheck disable=SC2086 # words are words
	timeout 60 $over_ssh "$@" >"$work/said" 2>&1 </dev/null
}

goes_in 127.0.0.1
report "without a terminal the list is printed" "$(reached; grep -q 'Ferry Returns' "$work/said" || cat "$work/said")"
goes_in 127.0.0.1 "id; cat $work/in/secret.txt; echo x >$work/taken1; $work/editor"
report "a command of the caller's is not run" "$(reached)"
echo "id; $work/editor; cat $work/in/secret.txt" | timeout 60 $over_ssh 127.0.0.1 >"$work/said" 2>&1
report "nor are lines on standard input" "$(reached)"
goes_in -s 127.0.0.1 sftp
report "no file transfer" "$(reached)"
goes_in -o "SetEnv=EDITOR=$work/editor CUTTINGS_CONFIG=$work/in/secret.txt LD_PRELOAD=$work/editor CUTTINGS_SECURE=0" 127.0.0.1
report "no environment of the caller's" "$(reached; grep -q 'Ferry Returns' "$work/said" || cat "$work/said")"
goes_in -W 127.0.0.1:$port 127.0.0.1
report "no socket to this machine's ports" "$(reached; ! grep -q 'SSH-2' "$work/said" || cat "$work/said")"
goes_in -o ExitOnForwardFailure=yes -R "$work/taken2:127.0.0.1:$port" 127.0.0.1
report "no socket left behind" "$(reached)"

begin 80 24 "$over_ssh -tt 127.0.0.1"
report "on a terminal the room opens" "$(shows 'Ferry Returns')"
pid=$(pgrep -f "^$cuttings --restricted --ephemeral $work/in/room")
report "the kernel holds it" "$(for line in 'NoNewPrivs:.1' 'Seccomp:.2'; do
	grep -q "^$line" "/proc/$pid/status" || echo "not $line"
done)"
key Enter
shows 'northern pier' >/dev/null
for keys in 'B' 'v N' 'C-z' ': ! i d Enter' '! i d Enter' '| i d Enter' \
	": e x p o r t Space a r t i c l e Space $work/taken3 Enter" ": e x p o r t Space n o t e s Space $work/taken4 Enter" \
	"q L" ": o p e n Space $work/in/secret.txt Enter" ": s h e l l Enter" "E" ": s o u r c e Space $work/in/secret.txt Enter" \
	": s e t Space t h e m e Space $work/in/secret.txt Enter" ": s e t Space n a m e s Space \$(id) Enter" \
	": m a c r o Space z Space : e x p o r t Enter" ": b i n d Space r e a d e r Space z Space e d i t o r Enter" \
	": c o l o r Space $work/in/secret.txt Enter" ": i n c l u d e Space $work/in/secret.txt Enter" "W" "e" "L 1 Enter"; do
	# shellcheck disable=SC2086 # words are keys
	key $keys
	key C-g
	screen >>"$work/said"
	report "refused: $keys" "$(reached; [ -z "$(pgrep -P "$pid")" ] || echo "it has a child")"
done
key Q
report "it can be left, and nothing was reached" "$(shows 'status 0'; reached)"
report "and is gone" "$([ ! -e "/proc/$pid" ] || echo "it lives")"

finish
