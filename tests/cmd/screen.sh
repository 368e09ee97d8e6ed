# SPDX-License-Identifier: ISC
# The program on real terminals: in tmux, and over ssh to a server of our own on 127.0.0.1.
. "${SRCDIR:?}/tests/cmd/run.sh"

if ! command -v tmux >/dev/null; then
	skip "the program in tmux" "tmux is not here"
	finish
	exit
fi

. "$SRCDIR/tests/cmd/terminal.sh"

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

if ! sshd_is_here; then
	skip "the same over ssh" "sshd or ssh is not here"
	finish
	exit
fi
sshd_begin ''
begin 80 24 "$over_ssh -tt 127.0.0.1 HOME=$work/home CUTTINGS_DATADIR=${CUTTINGS_DATADIR-} \
	TERM=screen-256color LC_ALL=C.UTF-8 $cuttings $work/in/press"
report "over ssh the list comes" "$(shows 'Ferry Returns')"
key j
key Enter
report "and the article" "$(shows 'northern pier')"
key Q
report "and the end" "$(shows 'status 0')"

finish
