# SPDX-License-Identifier: ISC
# Terminals for tests of the program as a whole: in tmux, and over ssh to a server of our own on 127.0.0.1.
# Usage, after run.sh: . terminal.sh; begin COLUMNS ROWS COMMAND; shows PATTERN...; key KEYS...

sessions=0
mux() { tmux -S "$work/tmux$sessions" -f /dev/null "$@"; }
trap 'mux kill-server 2>/dev/null; [ -z "${sshd_pid:-}" ] || kill "$sshd_pid"; rm -rf "$work"' EXIT

# begin COLUMNS ROWS COMMAND: a terminal of its own that runs the command and then shows its status.
begin() {
	mux kill-server 2>/dev/null
	sessions=$((sessions + 1))
	mux new-session -d -x "$1" -y "$2" "TERM=screen-256color LC_ALL=C.UTF-8 sh -c '$3; echo \"status \$?\"; read x'"
}

screen() { mux capture-pane -p; }

# Waits until the screen matches each of the patterns; says which it did not, with the screen. Nothing here
# sleeps: each look is a program started, and a screen that does not come ends the waiting.
shows() {
	for pattern; do
		looks=0
		until screen 2>/dev/null | grep -q -e "$pattern"; do
			looks=$((looks + 1))
			if [ $looks -gt 1500 ]; then
				echo "the screen never shows '$pattern':"
				screen
				return
			fi
		done
	done
}

key() { mux send-keys "$@"; }

sshd_is_here() {
	sshd=$(command -v sshd || ls /usr/sbin/sshd 2>/dev/null)
	[ -n "$sshd" ] && command -v ssh >/dev/null && command -v ssh-keygen >/dev/null
}

# Starts the server, with more lines for its configuration; $over_ssh is then how to go there, but for the host.
sshd_begin() {
	ssh-keygen -q -t ed25519 -N '' -f "$work/host"
	ssh-keygen -q -t ed25519 -N '' -f "$work/user"
	cp "$work/user.pub" "$work/authorized"
	[ "$(id -u)" -ne 0 ] || mkdir -p /run/sshd
	port=$((20000 + $$ % 20000))
	cat >"$work/sshd_config" <<END
ListenAddress 127.0.0.1
Port $port
HostKey $work/host
AuthorizedKeysFile $work/authorized
PidFile $work/sshd.pid
StrictModes no
PermitRootLogin yes
PasswordAuthentication no
UsePAM no
$1
END
	"$sshd" -f "$work/sshd_config" -D -e 2>"$work/sshd.log" &
	sshd_pid=$!
	tries=0
	until grep -q 'listening on' "$work/sshd.log" 2>/dev/null || ! kill -0 $sshd_pid 2>/dev/null || [ $tries -gt 3000 ]; do
		tries=$((tries + 1))
	done
	over_ssh="ssh -q -p $port -i $work/user -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null \
		-o ConnectTimeout=10"
}
