/* SPDX-License-Identifier: ISC */
#include "terminal.h"

#include "must.h"

#include "base/buf.h"
#include "base/mem.h"
#include "base/unicode.h"
#include "base/utf8.h"
#include "../ui/wire.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <ucontext.h>
#include <unistd.h>
#include <vterm.h>

enum {
    RESIZE = 0xFF,
    LOOK = 0xFE,
    BURST = 0xFD,
    HASTE = 0xFC,
    AT_ONCE = 12,
    IDLE_FD = 900,
    SIGNALS = 32,
    ROWS = 60,
    COLUMNS = 200,
    TYPES = 4,
    STACK = 8 << 20,
};

struct cell {
    uint32_t chars[VTERM_MAX_CHARS_PER_CELL];
    VTermScreenCellAttrs attrs;
    VTermColor fg, bg;
    char width;
};

static struct terminal {
    struct terminal_options options;
    const char *typed;
    size_t len;
    size_t ready;  /* of what is typed, so many bytes can be read */
    bool closing;  /* nothing more will be typed */
    bool over;     /* it has hung up, or the program was told */
    bool ended;    /* the program */
    VTerm *vt;
    VTermScreen *cells;
    struct wire *wire;
    struct buf sent; /* since the last rest */
    bool alternate;
    struct termios modes;
    void (*handler[SIGNALS])(int);
    struct cell *looked; /* what stood there when it was asked for anew; NULL where it was not */
} *terminal;

/* The functions that the linker puts in place of the C library's, and those. */
int __real_poll(struct pollfd *fds, nfds_t count, int timeout);
ssize_t __real_read(int fd, void *bytes, size_t size);
ssize_t __real_write(int fd, const void *bytes, size_t len);
int __real_isatty(int fd);
int __real_tcgetattr(int fd, struct termios *modes);
int __real_tcsetattr(int fd, int when, const struct termios *modes);
int __real_sigaction(int number, const struct sigaction *new, struct sigaction *old);
int __real_fcntl(int fd, int command, long argument);
int __wrap_poll(struct pollfd *fds, nfds_t count, int timeout);
ssize_t __wrap_read(int fd, void *bytes, size_t size);
ssize_t __wrap_write(int fd, const void *bytes, size_t len);
int __wrap_isatty(int fd);
int __wrap_tcgetattr(int fd, struct termios *modes);
int __wrap_tcsetattr(int fd, int when, const struct termios *modes);
int __wrap_ioctl(int fd, unsigned long request, ...);
int __wrap_sigaction(int number, const struct sigaction *new, struct sigaction *old);
int __wrap_fcntl(int fd, int command, ...);

/* ---- what the program sends ---- */

static int on_property(VTermProp prop, VTermValue *value, void *user)
{
    struct terminal *t = user;

    if (prop == VTERM_PROP_ALTSCREEN)
        t->alternate = value->boolean;
    return 1;
}

static const VTermScreenCallbacks callbacks = {.settermprop = on_property};

static struct wire *wire_of(const char *type)
{
    static struct known {
        const char *type;
        struct wire *wire;
    } known[TYPES];
    struct known *k = known;

    while (k->type && strcmp(k->type, type) != 0)
        k++;
    MUST(k < known + TYPES);
    if (!k->type)
        *k = (struct known){type, wire_new(type)};
    MUST(k->wire);
    return k->wire;
}

static int columns_in_vterm(const char *bytes, size_t len)
{
    static VTerm *scratch; /* as long as the program lives */
    VTermPos at;

    if (!scratch) {
        scratch = vterm_new(1, 8);
        vterm_set_utf8(scratch, 1);
    }
    vterm_state_reset(vterm_obtain_state(scratch), 1);
    vterm_input_write(scratch, "a", 1);
    vterm_input_write(scratch, bytes, len);
    vterm_state_get_cursorpos(vterm_obtain_state(scratch), &at);
    return at.col - 1;
}

/* libvterm's widths are those of an old table. What takes other columns there is told to it as a character of the
 * right width that it knows; NULL where it agrees. */
static const char *stand_in(const char *bytes, size_t len, uint32_t cp)
{
    enum { PLACES = 1024 };
    static const char *const of_width[] = {"\xCC\x81", "\xC2\xA1", "\xE4\xB8\x80"};
    static struct {
        uint32_t cp;
        const char *as;
    } known[PLACES];
    int columns;

    if (known[cp % PLACES].cp != cp) {
        columns = unicode_columns(bytes, len);
        known[cp % PLACES].cp = cp;
        known[cp % PLACES].as = columns == columns_in_vterm(bytes, len) ? NULL : of_width[columns];
    }
    return known[cp % PLACES].as;
}

static void show_to_vterm(struct terminal *t)
{
    const char *s = t->sent.data;
    size_t len = t->sent.len, at = 0, begin = 0;

    while (at < len) {
        const char *as = NULL;
        size_t step = 1;
        uint32_t cp;

        if ((unsigned char)s[at] >= 0xCC) { /* from U+0300 on */
            step = utf8_next(s + at, len - at, &cp);
            as = stand_in(s + at, step, cp);
        }
        if (as) {
            vterm_input_write(t->vt, s + begin, at - begin);
            vterm_input_write(t->vt, as, strlen(as));
            begin = at + step;
        }
        at += step;
    }
    vterm_input_write(t->vt, s + begin, len - begin);
}

/* The program rests: what it has sent is whole. */
static void check_sent(struct terminal *t)
{
    struct buf why;

    buf_init(&why);
    if (!wire_check(t->wire, t->sent.data, t->sent.len, &why))
        fprintf(stderr, "%s\n", why.data);
    MUST(why.len == 0);
    show_to_vterm(t);
    buf_clear(&t->sent);
    buf_release(&why);
}

/* ---- pictures ---- */

static void read_cell(const struct terminal *t, int row, int column, struct cell *out)
{
    VTermScreenCell cell;

    memset(out, 0, sizeof *out);
    if (!vterm_screen_get_cell(t->cells, (VTermPos){row, column}, &cell))
        return;
    for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell.chars[i]; i++)
        out->chars[i] = cell.chars[i];
    if (!out->chars[0])
        out->chars[0] = ' ';
    out->attrs = cell.attrs;
    out->fg = cell.fg;
    out->bg = cell.bg;
    out->width = cell.width;
}

/* Of a blank only some of the looks can be seen; of a wide character's second half, for which libvterm keeps what stood
 * there before, none. */
static bool look_equal(const struct cell *a, const struct cell *b)
{
    enum { SECOND_HALF = -1 };
    bool blank = a->chars[0] == ' ' && !a->attrs.underline && !a->attrs.reverse;

    if (a->chars[0] == (uint32_t)SECOND_HALF)
        return true;
    return a->attrs.underline == b->attrs.underline && a->attrs.reverse == b->attrs.reverse &&
           vterm_color_is_equal(&a->bg, &b->bg) &&
           (blank || (a->attrs.bold == b->attrs.bold && a->attrs.italic == b->attrs.italic &&
                      vterm_color_is_equal(&a->fg, &b->fg)));
}

static bool cells_equal(const struct cell *a, const struct cell *b)
{
    return memcmp(a->chars, b->chars, sizeof a->chars) == 0 && a->width == b->width && look_equal(a, b);
}

static void look(struct terminal *t)
{
    int rows = t->options.rows, columns = t->options.columns;

    t->looked = mem_zalloc((size_t)(rows * columns), sizeof *t->looked);
    for (int row = 0; row < rows; row++)
        for (int column = 0; column < columns; column++)
            read_cell(t, row, column, &t->looked[row * columns + column]);
}

static void print_row(const struct terminal *t, const char *when, int row)
{
    struct buf b;

    buf_init(&b);
    for (int column = 0; column < t->options.columns; column++) {
        struct cell cell;

        if (t->looked)
            cell = t->looked[row * t->options.columns + column];
        else
            read_cell(t, row, column, &cell);
        for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell.chars[i] && cell.chars[i] < 0x110000; i++)
            buf_add_cp(&b, cell.chars[i]);
    }
    fprintf(stderr, "%s row %d: %s\n", when, row, b.data);
    buf_release(&b);
}

static void print_cell(const char *when, int column, const struct cell *c)
{
    fprintf(stderr, "%s column %d: U+%04X U+%04X width %d bold %d italic %d underline %d reverse %d\n", when, column,
            (unsigned)c->chars[0], (unsigned)c->chars[1], c->width, c->attrs.bold, c->attrs.italic, c->attrs.underline,
            c->attrs.reverse);
}

/* The program has drawn all anew: the same must stand there. */
static void check_looked(struct terminal *t)
{
    int columns = t->options.columns, cells = t->options.rows * columns;

    for (int i = 0; i < cells; i++) {
        struct cell now;
        bool same;

        read_cell(t, i / columns, i % columns, &now);
        same = cells_equal(&now, &t->looked[i]);
        if (!same) {
            print_cell("before", i % columns, &t->looked[i]);
            print_cell("anew", i % columns, &now);
            print_row(t, "before", i / columns);
            free(t->looked);
            t->looked = NULL;
            print_row(t, "anew", i / columns);
        }
        MUST(same);
    }
    free(t->looked);
    t->looked = NULL;
}

/* ---- two stacks ---- */

static ucontext_t typist, program;
static char *stack;

static void run_program(void)
{
    terminal->options.program();
    terminal->ended = true;
}

static void rest(void)
{
    MUST(swapcontext(&program, &typist) == 0);
}

static void go_to_program(void)
{
    if (!terminal->ended)
        MUST(swapcontext(&typist, &program) == 0);
}

static void start_program(void)
{
    if (!stack) /* of the heap, where who looks for leaks follows what stands on it */
        stack = mem_alloc(STACK);
    MUST(getcontext(&program) == 0);
    program.uc_stack.ss_sp = stack;
    program.uc_stack.ss_size = STACK;
    program.uc_link = &typist;
    makecontext(&program, run_program, 0);
    go_to_program();
}

/* ---- what is typed ---- */

static void tell(struct terminal *t, int number)
{
    MUST(t->handler[number]);
    t->handler[number](number);
}

static void take(struct terminal *t, size_t len)
{
    t->typed += len;
    t->len -= len;
}

static int byte_at(const struct terminal *t, size_t i)
{
    return i < t->len ? (unsigned char)t->typed[i] : 0;
}

static void resize(struct terminal *t)
{
    t->options.rows = 1 + byte_at(t, 1) % ROWS;
    t->options.columns = 1 + byte_at(t, 2) % COLUMNS;
    take(t, t->len < 3 ? t->len : 3);
    vterm_set_size(t->vt, t->options.rows, t->options.columns);
    tell(t, SIGWINCH);
}

static void deal(struct terminal *t, size_t some)
{
    t->ready = some < t->len ? some : t->len;
}

static void end(struct terminal *t)
{
    if (!t->over && !t->options.hangs_up)
        tell(t, SIGTERM);
    t->over = true;
}

/* What happens next at the terminal of a program that waits. */
static void go_on(struct terminal *t)
{
    int first = byte_at(t, 0);

    if (first == RESIZE) {
        resize(t);
    } else if (first == LOOK) {
        take(t, 1);
        look(t);
        tell(t, SIGWINCH);
    } else if (first == BURST && t->len > 1) {
        deal(t, (size_t)byte_at(t, 1) % 64 + 2);
        t->typed += 2;
        t->len -= 2;
        t->ready -= 2;
    } else if (t->len > 0) {
        if (first == HASTE)
            take(t, 1);
        deal(t, 1 + (size_t)(byte_at(t, 0) % AT_ONCE));
    } else if (t->closing) {
        end(t);
    } else {
        rest();
    }
}

/* ---- what the program asks for ---- */

static int ready(struct terminal *t, struct pollfd *fds, nfds_t count)
{
    int others = __real_poll(fds + 1, count - 1, 0), own = t->ready > 0 || (t->over && t->options.hangs_up);

    fds[0].revents = own ? POLLIN : 0;
    return (others > 0 ? others : 0) + own;
}

int __wrap_poll(struct pollfd *fds, nfds_t count, int timeout)
{
    struct terminal *t = terminal;
    int found;

    if (!t || count == 0 || fds[0].fd != STDIN_FILENO)
        return __real_poll(fds, count, timeout);
    if (timeout == 0 && t->ready == 0 && !t->looked && byte_at(t, 0) == HASTE)
        go_on(t);
    for (;;) {
        found = ready(t, fds, count);
        if (found > 0 || timeout >= 0)
            return found;
        check_sent(t);
        if (t->looked)
            check_looked(t);
        go_on(t);
    }
}

ssize_t __wrap_read(int fd, void *bytes, size_t size)
{
    struct terminal *t = terminal;

    if (!t || fd != STDIN_FILENO)
        return __real_read(fd, bytes, size);
    size = size < t->ready ? size : t->ready;
    memcpy(bytes, t->typed, size);
    take(t, size);
    t->ready -= size;
    return (ssize_t)size;
}

ssize_t __wrap_write(int fd, const void *bytes, size_t len)
{
    struct terminal *t = terminal;

    if (t && fd == IDLE_FD)
        return (ssize_t)len;
    if (!t || fd != STDOUT_FILENO)
        return __real_write(fd, bytes, len);
    if (t->options.short_writes)
        len -= len / 2;
    buf_add(&t->sent, bytes, len);
    return (ssize_t)len;
}

int __wrap_isatty(int fd)
{
    return terminal && fd <= STDOUT_FILENO ? 1 : __real_isatty(fd);
}

int __wrap_tcgetattr(int fd, struct termios *modes)
{
    if (!terminal || fd != STDIN_FILENO)
        return __real_tcgetattr(fd, modes);
    *modes = terminal->modes;
    return 0;
}

int __wrap_tcsetattr(int fd, int when, const struct termios *modes)
{
    if (!terminal || fd != STDIN_FILENO)
        return __real_tcsetattr(fd, when, modes);
    terminal->modes = *modes;
    return 0;
}

int __wrap_ioctl(int fd, unsigned long request, ...)
{
    struct winsize *size;
    va_list args;

    MUST(terminal && fd == STDOUT_FILENO && request == TIOCGWINSZ);
    va_start(args, request);
    size = va_arg(args, struct winsize *);
    va_end(args);
    *size = (struct winsize){.ws_row = (unsigned short)terminal->options.rows,
                             .ws_col = (unsigned short)terminal->options.columns};
    return 0;
}

/* libFuzzer keeps its own handlers; the terminal calls the program's. */
int __wrap_sigaction(int number, const struct sigaction *new, struct sigaction *old)
{
    if (!terminal)
        return __real_sigaction(number, new, old);
    MUST(number < SIGNALS && new && !old);
    terminal->handler[number] = new->sa_handler;
    return 0;
}

int __wrap_fcntl(int fd, int command, ...)
{
    va_list args;
    long argument;

    va_start(args, command);
    argument = va_arg(args, long);
    va_end(args);
    return terminal && fd == IDLE_FD ? 0 : __real_fcntl(fd, command, argument);
}

/* ---- beginning and end ---- */

void terminal_begin(void)
{
    setenv("VTE_VERSION", "7006", 1);
    setenv("CUTTINGS_IDLE_FD", "900", 1);
}

void terminal_open(const struct terminal_options *o, const char *typed, size_t len)
{
    static struct terminal t;

    MUST(!terminal);
    t = (struct terminal){.options = *o, .typed = typed, .len = len};
    t.modes.c_lflag = ECHO | ICANON | ISIG;
    setenv("TERM", o->type, 1);
    t.wire = wire_of(o->type);
    t.vt = vterm_new(o->rows, o->columns);
    vterm_set_utf8(t.vt, 1);
    t.cells = vterm_obtain_screen(t.vt);
    vterm_screen_set_callbacks(t.cells, &callbacks, &t);
    vterm_screen_enable_altscreen(t.cells, 1);
    vterm_screen_reset(t.cells, 1);
    buf_init(&t.sent);
    terminal = &t;
    start_program();
}

bool terminal_is_open(void)
{
    return terminal != NULL;
}

void terminal_type(const char *typed, size_t len)
{
    terminal->typed = typed;
    terminal->len = len;
    go_to_program();
}

bool terminal_runs(void)
{
    return terminal && !terminal->ended;
}

void terminal_close(void)
{
    struct terminal *t = terminal;

    t->closing = true;
    terminal_type("", 0);
    MUST(t->ended);
    check_sent(t);
    MUST(!t->alternate);
    MUST(t->modes.c_lflag == (ECHO | ICANON | ISIG));
    terminal = NULL;
    free(t->looked);
    buf_release(&t->sent);
    vterm_free(t->vt);
}
