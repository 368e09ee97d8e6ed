/* SPDX-License-Identifier: ISC */
/*
 * Static state, for the signal handlers alone: the terminal that is taken, the pipe that wakes the reader, and
 * the bytes and modes that put the terminal back when the program dies.
 */
#include "term/term.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <langinfo.h>
#include <locale.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include "base/mem.h"
#include "term/input.h"
#include "term/term_window.h"

enum {
    ESCAPE_WAIT = 50, /* ms after which ESC is a key and not the start of a sequence */
    SIZE_MAX_CELLS = 1000,
    RESTORE_MOST = 256,
};

struct term {
    int in, out;
    bool own_in; /* in was opened here */
    int idle;    /* descriptor of the idle mark, -1 for none */
    struct term_facts facts;
    bool mouse;  /* it reports its mouse */
    char *title; /* that was set, NULL for the terminal's own */
    struct termios modes, saved;
    struct caps caps;
    struct input input;
    struct screen *screen;
    struct buf frame;
    int rows, columns;
};

static struct term *taken;
static int signal_pipe[2] = {-1, -1};
static struct buf restore_bytes;
static volatile sig_atomic_t end_wanted;
static unsigned char read_so_far; /* bytes of input since the program began, in eight bits: what the idle mark tells */

static const int fatal_signals[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGQUIT};
static const int told_signals[] = {SIGWINCH, SIGTERM, SIGHUP, SIGINT, SIGCONT};

static void write_all(int fd, const char *bytes, size_t len)
{
    while (len > 0) {
        ssize_t n = write(fd, bytes, len);

        if (n < 0 && errno == EAGAIN) {
            struct pollfd p = {fd, POLLOUT, 0};

            poll(&p, 1, -1);
        } else if (n < 0 && errno != EINTR)
            return;
        if (n > 0) {
            bytes += n;
            len -= (size_t)n;
        }
    }
}

/* Puts the terminal back from a signal handler or where memory is out: no allocation, no locks. */
static void restore_now(void)
{
    if (!taken)
        return;
    write_all(taken->out, restore_bytes.data, restore_bytes.len);
    tcsetattr(taken->in, TCSANOW, &taken->saved);
}

/* Waits for what was written to be shown; a signal meanwhile must not keep the old modes. */
static void set_modes(const struct term *t, const struct termios *modes)
{
    while (tcsetattr(t->in, TCSADRAIN, modes) != 0 && errno == EINTR)
        continue;
}

static void on_fatal(int number)
{
    restore_now();
    signal(number, SIG_DFL);
    raise(number);
}

static void on_told(int number)
{
    int saved = errno;
    ssize_t told;

    if (number != SIGWINCH && number != SIGCONT)
        end_wanted = 1;
    told = write(signal_pipe[1], "", 1);
    (void)told; /* the pipe is full only when the reader has been told already */
    errno = saved;
}

static void catch(const int *numbers, size_t count, void (*handler)(int))
{
    struct sigaction action;

    memset(&action, 0, sizeof action);
    action.sa_handler = handler;
    sigemptyset(&action.sa_mask);
    for (size_t i = 0; i < count; i++)
        sigaction(numbers[i], &action, NULL);
}

static bool open_signals(struct err *e)
{
    if (pipe(signal_pipe) != 0)
        return err_sys(e, "cannot make a pipe");
    for (int i = 0; i < 2; i++) {
        fcntl(signal_pipe[i], F_SETFD, FD_CLOEXEC);
        fcntl(signal_pipe[i], F_SETFL, O_NONBLOCK);
    }
    end_wanted = 0;
    catch (fatal_signals, sizeof fatal_signals / sizeof fatal_signals[0], on_fatal);
    catch (told_signals, sizeof told_signals / sizeof told_signals[0], on_told);
    return true;
}

static void close_signals(void)
{
    catch (fatal_signals, sizeof fatal_signals / sizeof fatal_signals[0], SIG_DFL);
    catch (told_signals, sizeof told_signals / sizeof told_signals[0], SIG_DFL);
    for (int i = 0; i < 2; i++) {
        if (signal_pipe[i] >= 0)
            close(signal_pipe[i]);
        signal_pipe[i] = -1;
    }
}

static int number_from(const char *text)
{
    long n = text ? strtol(text, NULL, 10) : 0;

    return n > 0 && n <= SIZE_MAX_CELLS ? (int)n : 0;
}

static void read_size(struct term *t)
{
    struct winsize size = {0, 0, 0, 0};
    int rows = 0, columns = 0;

    if (ioctl(t->out, TIOCGWINSZ, &size) == 0) {
        rows = size.ws_row;
        columns = size.ws_col;
    }
    if (rows == 0)
        rows = number_from(getenv("LINES"));
    if (columns == 0)
        columns = number_from(getenv("COLUMNS"));
    rows = rows <= 0 ? 24 : rows > SIZE_MAX_CELLS ? SIZE_MAX_CELLS : rows;
    columns = columns <= 0 ? 80 : columns > SIZE_MAX_CELLS ? SIZE_MAX_CELLS : columns;
    t->rows = rows;
    t->columns = columns;
    screen_resize(t->screen, rows, columns);
}

void term_set_look(struct term *t, enum style style, unsigned attr, int foreground, int background)
{
    unsigned can = caps_attributes(&t->caps);
    struct screen_look look = {attr & can, foreground, background};

    if (attr & ~can)
        look.attr |= style_info(style)->fallback & can;
    screen_set_look(t->screen, style, look);
}

static void make_restore_bytes(const struct caps *c)
{
    buf_init(&restore_bytes);
    buf_reserve(&restore_bytes, RESTORE_MOST); /* a fatal signal may come while a title is added */
    caps_add(c, CAP_PLAIN, 0, 0, &restore_bytes);
    caps_add(c, CAP_NO_PASTE, 0, 0, &restore_bytes);
    caps_add(c, CAP_NO_MOUSE, 0, 0, &restore_bytes);
    caps_add(c, CAP_NO_KEYPAD, 0, 0, &restore_bytes);
    caps_add(c, CAP_LEAVE, 0, 0, &restore_bytes);
    if (!c->text[CAP_LEAVE])
        caps_add(c, CAP_CLEAR, 0, 0, &restore_bytes);
}

/* xterm's stack of titles (ctlseqs, "Window manipulation"): what knows none of it leaves it out. */
static const char push_title[] = "\033[22;2t", pop_title[] = "\033[23;2t";

static void add_title(struct term *t, const char *text) /* that was shown */
{
    buf_add_str(&t->frame, "\033]2;");
    buf_add_str(&t->frame, text);
    buf_add_str(&t->frame, "\033\\");
}

void term_set_title(struct term *t, const struct shown *title)
{
    char *text = title ? mem_strndup(title->bytes, title->len) : NULL;

    if (!t->caps.titles || (text && t->title && strcmp(text, t->title) == 0) || (!text && !t->title)) {
        free(text);
        return;
    }
    if (!t->title) {
        buf_add_str(&t->frame, push_title);
        buf_add_str(&restore_bytes, pop_title);
    }
    if (text)
        add_title(t, text);
    else {
        buf_add_str(&t->frame, pop_title);
        buf_truncate(&restore_bytes, restore_bytes.len - strlen(pop_title));
    }
    free(t->title);
    t->title = text;
}

/* The descriptor that the environment names for the idle mark. */
static int idle_descriptor(void)
{
    const char *text = getenv("CUTTINGS_IDLE_FD");
    char *end;
    long fd;

    if (!text || !*text)
        return -1;
    fd = strtol(text, &end, 10);
    return *end == '\0' && fd > 2 && fd < 1024 && fcntl((int)fd, F_GETFD) >= 0 ? (int)fd : -1;
}

static bool open_descriptors(struct term *t, struct err *e)
{
    t->out = STDOUT_FILENO;
    t->in = STDIN_FILENO;
    if (!isatty(t->out))
        return err_set(e, ERR_USAGE, "standard output is no terminal");
    if (!isatty(t->in)) {
        t->in = open("/dev/tty", O_RDWR | O_CLOEXEC);
        if (t->in < 0)
            return err_sys(e, "cannot open '/dev/tty'");
        t->own_in = true;
    }
    if (tcgetattr(t->in, &t->saved) != 0)
        return err_sys(e, "cannot read the terminal's modes");
    t->modes = t->saved;
    t->modes.c_iflag &= ~(tcflag_t)(BRKINT | ICRNL | IGNCR | INLCR | INPCK | ISTRIP | IXON);
    t->modes.c_oflag &= ~(tcflag_t)OPOST;
    t->modes.c_lflag &= ~(tcflag_t)(ECHO | ECHONL | ICANON | IEXTEN | ISIG);
    t->modes.c_cc[VMIN] = 1;
    t->modes.c_cc[VTIME] = 0;
    return true;
}

bool term_open(struct term **out, struct err *e)
{
    struct term *t = mem_zalloc(1, sizeof *t);
    const char *colorless = getenv("NO_COLOR");

    assert(!taken);
    *out = NULL;
    setlocale(LC_CTYPE, "");
    if (!open_descriptors(t, e) || !caps_init(&t->caps, getenv("TERM"), e) || !open_signals(e)) {
        caps_release(&t->caps);
        if (t->own_in && t->in >= 0)
            close(t->in);
        free(t);
        return false;
    }
    t->facts.ascii = strcmp(nl_langinfo(CODESET), "UTF-8") != 0;
    t->facts.colors = colorless && *colorless ? 0 : t->caps.colors;
    t->facts.links = t->caps.links;
    t->idle = idle_descriptor();
    t->screen = screen_new(&t->caps);
    input_init(&t->input, &t->caps);
    buf_init(&t->frame);
    for (int i = 0; i < STYLE_COUNT; i++)
        term_set_look(t, (enum style)i, style_info((enum style)i)->attr, -1, -1);
    make_restore_bytes(&t->caps);
    taken = t;
    mem_on_exhausted(restore_now);
    term_enter(t);
    *out = t;
    return true;
}

void term_close(struct term **t)
{
    if (!*t)
        return;
    term_leave(*t);
    mem_on_exhausted(NULL);
    close_signals();
    taken = NULL;
    buf_release(&restore_bytes);
    buf_release(&(*t)->frame);
    input_release(&(*t)->input);
    screen_free(&(*t)->screen);
    caps_release(&(*t)->caps);
    if ((*t)->own_in)
        close((*t)->in);
    free((*t)->title);
    free(*t);
    *t = NULL;
}

void term_leave(struct term *t)
{
    write_all(t->out, restore_bytes.data, restore_bytes.len);
    set_modes(t, &t->saved);
}

/* The bytes that take the terminal wait for the first frame, so that the start is one write. */
void term_enter(struct term *t)
{
    set_modes(t, &t->modes);
    buf_clear(&t->frame);
    caps_add(&t->caps, CAP_ENTER, 0, 0, &t->frame);
    caps_add(&t->caps, CAP_KEYPAD, 0, 0, &t->frame);
    caps_add(&t->caps, CAP_PASTE, 0, 0, &t->frame);
    if (t->mouse)
        caps_add(&t->caps, CAP_MOUSE, 0, 0, &t->frame);
    if (t->title) {
        buf_add_str(&t->frame, push_title);
        add_title(t, t->title);
    }
    read_size(t);
}

void term_suspend(struct term *t)
{
    term_leave(t);
    kill(0, SIGTSTP); /* the whole job, as the terminal's own key would */
    term_enter(t);
}

const struct term_facts *term_facts(const struct term *t)
{
    return &t->facts;
}

void term_size(const struct term *t, int *rows, int *columns)
{
    *rows = t->rows;
    *columns = t->columns;
}

struct screen *term_screen(struct term *t)
{
    return t->screen;
}

void term_update(struct term *t, int cursor_row, int cursor_column)
{
    enum { WORTH_HOLDING = 400 }; /* bytes: smaller frames do not tear */
    struct buf held;
    size_t before = t->frame.len;

    screen_update(t->screen, cursor_row, cursor_column, &t->frame);
    if (t->caps.text[CAP_SYNC] && before == 0 && t->frame.len > WORTH_HOLDING) {
        buf_init(&held);
        caps_add(&t->caps, CAP_SYNC, 1, 0, &held);
        buf_add(&held, t->frame.data, t->frame.len);
        caps_add(&t->caps, CAP_SYNC, 2, 0, &held);
        write_all(t->out, held.data, held.len);
        buf_release(&held);
    } else
        write_all(t->out, t->frame.data, t->frame.len);
    buf_clear(&t->frame);
}

/* Reads what has come; false where the terminal is gone. */
static bool read_input(struct term *t)
{
    char bytes[4096];
    ssize_t n = read(t->in, bytes, sizeof bytes);

    if (n > 0) {
        input_feed(&t->input, bytes, (size_t)n);
        read_so_far = (unsigned char)(read_so_far + n);
    }
    return n > 0 || (n < 0 && (errno == EINTR || errno == EAGAIN));
}

static enum term_event read_signals(struct term *t)
{
    char bytes[64];

    while (read(signal_pipe[0], bytes, sizeof bytes) > 0)
        ;
    if (end_wanted)
        return TERM_END;
    /* After a stop that nobody announced the shell may have changed the modes. */
    set_modes(t, &t->modes);
    read_size(t);
    return TERM_RESIZED;
}

static void mark_idle(const struct term *t)
{
    if (t->idle >= 0)
        write_all(t->idle, (const char *)&read_so_far, 1);
}

static void drain(int fd)
{
    struct pollfd p = {fd, POLLIN, 0};
    char bytes[256];

    while (poll(&p, 1, 0) > 0 && (p.revents & POLLIN) && read(fd, bytes, sizeof bytes) > 0)
        ;
}

enum term_event term_next(struct term *t, int wait, int wake, uint32_t *key)
{
    bool over = false;

    for (;;) {
        struct pollfd fds[3] = {{t->in, POLLIN, 0}, {signal_pipe[0], POLLIN, 0}, {wake, POLLIN, 0}};
        enum input_event event = input_next(&t->input, over, key);
        int time = wait, n;

        over = false;
        if (event == INPUT_KEY)
            return TERM_KEY;
        if (event == INPUT_PASTE)
            return TERM_PASTE;
        if (event == INPUT_MOUSE)
            return TERM_MOUSE;
        if (end_wanted)
            return TERM_END;
        n = poll(fds, wake >= 0 ? 3 : 2, 0);
        if (n == 0) {
            if (event == INPUT_PARTIAL)
                time = ESCAPE_WAIT;
            else if (wait == 0 || (wait > 0 && t->idle >= 0))
                return TERM_NOTHING;
            else
                mark_idle(t);
            n = poll(fds, wake >= 0 ? 3 : 2, time);
        }
        if (n == 0 && event != INPUT_PARTIAL)
            return TERM_NOTHING;
        over = n == 0;
        if (n <= 0)
            continue;
        if (fds[1].revents)
            return read_signals(t);
        if (fds[0].revents && !read_input(t))
            return TERM_END;
        if (wake >= 0 && fds[2].revents && !fds[0].revents) {
            drain(wake);
            return TERM_WAKE;
        }
    }
}

const char *term_pasted(const struct term *t, size_t *len)
{
    *len = t->input.paste.len;
    return t->input.paste.data;
}

const struct input_mouse *term_mouse(const struct term *t)
{
    return &t->input.mouse;
}

bool term_set_mouse(struct term *t, bool on)
{
    if (!t->caps.text[CAP_MOUSE])
        return !on;
    if (on != t->mouse)
        caps_add(&t->caps, on ? CAP_MOUSE : CAP_NO_MOUSE, 0, 0, &t->frame);
    t->mouse = on;
    return true;
}

static void add_base64(struct buf *out, const char *bytes, size_t len)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    for (size_t i = 0; i < len; i += 3) {
        size_t have = len - i < 3 ? len - i : 3;
        uint32_t v = 0;

        for (size_t k = 0; k < 3; k++)
            v = v << 8 | (k < have ? (unsigned char)bytes[i + k] : 0u);
        for (size_t k = 0; k < 4; k++)
            buf_add_char(out, k <= have ? digits[v >> (18 - 6 * k) & 63] : '=');
    }
}

bool term_copy(struct term *t, const char *text, size_t len)
{
    struct buf safe, coded;

    if (!t->caps.text[CAP_CLIPBOARD])
        return false;
    buf_init(&safe);
    buf_init(&coded);
    door_add(&safe, text, len, DOOR_KEEP_ENDS);
    add_base64(&coded, safe.data, safe.len);
    if (safe.len > 0) /* no bytes would empty the clipboard */
        caps_add_clipboard(&t->caps, coded.data, &t->frame);
    buf_release(&coded);
    buf_release(&safe);
    return true;
}
