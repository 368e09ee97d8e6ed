# SPDX-License-Identifier: ISC
# The program on real terminals: in tmux, and over ssh to a server of our own on 127.0.0.1.
. "${SRCDIR:?}/tests/cmd/run.sh"

if ! command -v tmux >/dev/null; then
	skip "the program in tmux" "tmux is not here"
	finish
	exit
fi

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

article 'Ferry Returns to Low Island in April' | put press/ferry.txt
article 'Lighthouse Keepers Look Back on a Stormy Decade' | put press/light.txt

begin 80 24 "$cuttings $work/in/press"
report "the list comes" "$(shows 'Ferry Returns' 'Lighthouse Keepers')"
key Enter
report "Enter reads" "$(shows 'Jane Harrow' 'northern pier')"
mux resize-window -x 40 -y 10 2>/dev/null
report "a narrow terminal shows the text too" "$(shows 'ferry')"
mux resize-window -x 120 -y 40 2>/dev/null
report "a wide one shows list and text" "$(shows 'Lighthouse Keepers' 'northern pier')"
key '?'
report "? shows the keys" "$(shows 'help\|keys\|Keys')"
key q
key q
key q
report "q leaves, with status 0" "$(shows 'status 0')"

begin 80 24 "$cuttings $work/in/nowhere"
report "what is not there is said before the screen is touched" "$(shows "cuttings: .*nowhere" 'status 3')"
begin 80 24 "TERM=nonesuch $cuttings $work/in/press"
report "an unknown terminal" "$(shows 'cuttings: .*nonesuch' 'status 2')"
begin 80 24 "TERM=dumb $cuttings $work/in/press"
report "a dumb terminal" "$(shows 'cuttings: .*dumb' 'status 2')"
begin 80 24 "LC_ALL=C $cuttings $work/in/press"
report "a locale without UTF-8" "$(shows 'Ferry Returns')"
key q

# All that the sample configuration offers can be taken up.
sed -n 's/^# \(set\|bind\|color\) /\1 /p' "$SRCDIR/share/config.sample" >"$work/config"
begin 80 24 "CUTTINGS_CONFIG=$work/config $cuttings $work/in/press"
report "the sample configuration is taken without a word" "$(shows 'Ferry Returns'; screen | grep -F "$work")"
key Q
echo 'set nonsense 1' >"$work/config"
begin 80 24 "CUTTINGS_CONFIG=$work/config $cuttings $work/in/press"
report "a wrong line is told, and reading goes on" "$(shows 'Ferry Returns' 'nonsense')"
key Q

sshd=$(command -v sshd || ls /usr/sbin/sshd 2>/dev/null)
if [ -z "$sshd" ] || ! command -v ssh >/dev/null || ! command -v ssh-keygen >/dev/null; then
	skip "the same over ssh" "sshd or ssh is not here"
	finish
	exit
fi
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
END
"$sshd" -f "$work/sshd_config" -D -e 2>"$work/sshd.log" &
sshd_pid=$!
tries=0
until grep -q 'listening on' "$work/sshd.log" 2>/dev/null || ! kill -0 $sshd_pid 2>/dev/null || [ $tries -gt 3000 ]; do
	tries=$((tries + 1))
done
begin 80 24 "ssh -tt -q -p $port -i $work/user -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null \
	-o ConnectTimeout=10 127.0.0.1 HOME=$work/home CUTTINGS_DATADIR=${CUTTINGS_DATADIR-} TERM=screen-256color LC_ALL=C.UTF-8 $cuttings $work/in/press"
report "over ssh the list comes" "$(shows 'Ferry Returns')"
key j
key Enter
report "and the article" "$(shows 'northern pier')"
key Q
report "and the end" "$(shows 'status 0')"

finish
