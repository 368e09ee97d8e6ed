/* SPDX-License-Identifier: ISC */
#include "screen.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"

enum {
    PATIENCE = 20000, /* ms for what must come */
    MORE = 10000,      /* ms for what may still come */
    IDLE_FD = 19,
    TRACE_FD = 20,
};

void screen_drive_init(struct screen_drive *d)
{
    char path[] = "/tmp/cuttings-screen-XXXXXX";

    memset(d, 0, sizeof *d);
    d->rows = 24;
    d->columns = 80;
    d->master = d->idle = d->errors = d->trace = -1;
    buf_init(&d->env);
    buf_init(&d->args);
    buf_init(&d->raw);
    buf_init(&d->complaint);
    buf_init(&d->actions);
    d->home = mkdtemp(path) ? mem_strdup(path) : NULL;
    if (!d->home) {
        perror("mkdtemp");
        exit(99);
    }
}

static int on_property(VTermProp prop, VTermValue *value, void *user)
{
    struct screen_drive *d = user;

    if (prop == VTERM_PROP_ALTSCREEN)
        d->alternate = value->boolean;
    return 1;
}

static const VTermScreenCallbacks callbacks = {.settermprop = on_property};

static void close_run(struct screen_drive *d)
{
    int *fds[] = {&d->master, &d->idle, &d->errors, &d->trace};

    for (size_t i = 0; i < sizeof fds / sizeof fds[0]; i++) {
        if (*fds[i] >= 0)
            close(*fds[i]);
        *fds[i] = -1;
    }
    if (d->vt)
        vterm_free(d->vt);
    d->vt = NULL;
}

static int remove_entry(const char *path, const struct stat *st, int kind, struct FTW *at)
{
    (void)st;
    (void)kind;
    (void)at;
    return remove(path);
}

void screen_drive_release(struct screen_drive *d)
{
    if (d->pid)
        screen_drive_end(d, SIGKILL);
    close_run(d);
    if (nftw(d->home, remove_entry, 16, FTW_DEPTH | FTW_PHYS) != 0)
        fprintf(stderr, "cannot remove '%s'\n", d->home);
    buf_release(&d->env);
    buf_release(&d->args);
    buf_release(&d->raw);
    buf_release(&d->complaint);
    buf_release(&d->actions);
    free(d->home);
}

static long now_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (long)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* In the child: a clean environment, and the program. */
static void run_program(struct screen_drive *d, int idle, int errors, int trace)
{
    static const char *const kept[] = {"PATH",         "CUTTINGS",      "CUTTINGS_DATADIR",
                                       "ASAN_OPTIONS", "UBSAN_OPTIONS", "GCOV_PREFIX"};
    const char *program = getenv("CUTTINGS");
    char *values[sizeof kept / sizeof kept[0]], *args[32], number[16];
    int count = 0;

    for (size_t i = 0; i < sizeof kept / sizeof kept[0]; i++)
        values[i] = mem_strdup(getenv(kept[i]));
    program = program ? mem_strdup(program) : "cuttings";
    dup2(idle, IDLE_FD);
    dup2(trace, TRACE_FD);
    dup2(errors, STDERR_FILENO);
    clearenv();
    for (size_t i = 0; i < sizeof kept / sizeof kept[0]; i++)
        if (values[i])
            setenv(kept[i], values[i], 1);
    snprintf(number, sizeof number, "%d", IDLE_FD);
    setenv("CUTTINGS_IDLE_FD", number, 1);
    snprintf(number, sizeof number, "%d", TRACE_FD);
    setenv("CUTTINGS_TRACE_FD", number, 1);
    setenv("HOME", d->home, 1);
    setenv("TZ", "UTC", 1);
    setenv("TERM", "xterm-256color", 1);
    setenv("LC_ALL", "C.UTF-8", 1);
    for (size_t at = 0; at < d->env.len; at += strlen(d->env.data + at) + 1)
        putenv(mem_strdup(d->env.data + at));
    args[count++] = mem_strdup("cuttings");
    for (size_t at = 0; at < d->args.len && count < 30; at += strlen(d->args.data + at) + 1)
        args[count++] = mem_strdup(d->args.data + at);
    args[count] = NULL;
    execv(program, args);
    fprintf(stderr, "cannot run '%s': %s\n", program, strerror(errno));
    _exit(99);
}

static void drain(int fd, struct buf *into)
{
    char bytes[8192];
    ssize_t n;

    while ((n = read(fd, bytes, sizeof bytes)) > 0)
        buf_add(into, bytes, (size_t)n);
}

/* Takes in what the program has written. */
static void take_output(struct screen_drive *d)
{
    size_t before = d->raw.len;

    drain(d->master, &d->raw);
    if (d->raw.len > before)
        vterm_input_write(d->vt, d->raw.data + before, d->raw.len - before);
    drain(d->errors, &d->complaint);
    drain(d->trace, &d->actions);
}

static bool reap(struct screen_drive *d, int flags)
{
    int status;

    if (d->pid == 0)
        return true;
    if (waitpid(d->pid, &status, flags) != d->pid)
        return false;
    take_output(d);
    d->status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    d->pid = 0;
    return true;
}

/* Waits for an idle mark, at most so many ms; true where it came, or the program ended. A mark that was on its way when
 * the last bytes were sent tells of fewer: such ones come whenever something wakes the program, its corpus perhaps. */
static bool await(struct screen_drive *d, long ms)
{
    long end = now_ms() + ms;

    for (;;) {
        struct pollfd fds[2] = {{d->idle, POLLIN, 0}, {d->master, POLLIN, 0}};
        long left = end - now_ms();
        char marks[64];

        if (poll(fds, 2, left > 0 ? (int)left : 0) <= 0)
            return reap(d, WNOHANG);
        if (fds[1].revents & POLLIN)
            take_output(d);
        if (fds[0].revents & POLLIN) {
            ssize_t n = read(d->idle, marks, sizeof marks);

            take_output(d);
            if (n > 0 && (unsigned char)marks[n - 1] == d->sent)
                return true;
        }
        if ((fds[0].revents | fds[1].revents) & (POLLHUP | POLLERR))
            return reap(d, 0);
    }
}

void screen_drive_start(struct screen_drive *d)
{
    struct winsize size = {.ws_row = (unsigned short)d->rows, .ws_col = (unsigned short)d->columns};
    int idle[2], errors[2], trace[2];

    close_run(d);
    buf_clear(&d->raw);
    buf_clear(&d->complaint);
    d->alternate = false;
    d->sent = 0;
    d->vt = vterm_new(d->rows, d->columns);
    vterm_set_utf8(d->vt, 1);
    d->cells = vterm_obtain_screen(d->vt);
    vterm_screen_set_callbacks(d->cells, &callbacks, d);
    vterm_screen_enable_altscreen(d->cells, 1);
    vterm_screen_reset(d->cells, 1);
    if (pipe(idle) != 0 || pipe(errors) != 0 || pipe(trace) != 0) {
        perror("pipe");
        exit(99);
    }
    d->pid = forkpty(&d->master, NULL, NULL, &size);
    if (d->pid == 0)
        run_program(d, idle[1], errors[1], trace[1]);
    close(idle[1]);
    close(errors[1]);
    close(trace[1]);
    d->idle = idle[0];
    d->errors = errors[0];
    d->trace = trace[0];
    fcntl(d->master, F_SETFL, O_NONBLOCK);
    fcntl(d->errors, F_SETFL, O_NONBLOCK);
    fcntl(d->trace, F_SETFL, O_NONBLOCK);
    await(d, PATIENCE);
}

/* Marks that came before are of no use. */
static void forget_marks(struct screen_drive *d)
{
    struct pollfd p = {d->idle, POLLIN, 0};
    char marks[64];

    while (poll(&p, 1, 0) > 0 && (p.revents & POLLIN) && read(d->idle, marks, sizeof marks) > 0)
        ;
    take_output(d);
    d->mark = d->raw.len;
}

void screen_drive_send(struct screen_drive *d, const char *bytes, size_t len)
{
    if (d->pid == 0)
        return;
    forget_marks(d);
    while (len > 0) {
        ssize_t n = write(d->master, bytes, len);

        if (n < 0 && errno != EAGAIN)
            break;
        if (n > 0) {
            bytes += n;
            len -= (size_t)n;
            d->sent = (unsigned char)(d->sent + n);
        } else
            take_output(d);
    }
    await(d, PATIENCE);
}

void screen_drive_resize(struct screen_drive *d, int rows, int columns)
{
    struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns};

    forget_marks(d);
    d->rows = rows;
    d->columns = columns;
    vterm_set_size(d->vt, rows, columns);
    ioctl(d->master, TIOCSWINSZ, &size);
    await(d, PATIENCE);
}

bool screen_drive_wait(struct screen_drive *d)
{
    return d->pid != 0 && await(d, MORE);
}

void screen_drive_end(struct screen_drive *d, int number)
{
    if (number > 0 && d->pid)
        kill(d->pid, number);
    else if (number == 0) {
        close(d->master);
        d->master = -1;
    }
    if (!screen_drive_ended(d)) {
        kill(d->pid, SIGKILL);
        reap(d, 0);
    }
}

bool screen_drive_ended(struct screen_drive *d)
{
    long end = now_ms() + PATIENCE;

    while (!reap(d, WNOHANG) && now_ms() < end) {
        struct pollfd fds[2] = {{d->idle, POLLIN, 0}, {d->master, POLLIN, 0}};
        char marks[64];

        /* The pipe's other end closes when the program ends: that wakes us. */
        poll(fds, d->master >= 0 ? 2 : 1, 1000);
        if (d->master >= 0)
            take_output(d);
        if (fds[0].revents & POLLIN)
            (void)!read(d->idle, marks, sizeof marks);
        else if (fds[0].revents & POLLHUP)
            return reap(d, 0);
    }
    return d->pid == 0;
}

static void cell_at(const struct screen_drive *d, int row, int column, VTermScreenCell *cell)
{
    vterm_screen_get_cell(d->cells, (VTermPos){row, column}, cell);
}

void screen_drive_row(const struct screen_drive *d, int row, struct buf *out)
{
    size_t end = out->len;

    for (int c = 0; c < d->columns; c++) {
        VTermScreenCell cell;

        cell_at(d, row, c, &cell);
        if (cell.chars[0] == (uint32_t)-1)
            continue;
        if (cell.chars[0] == 0)
            buf_add_char(out, ' ');
        for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell.chars[i]; i++)
            buf_add_cp(out, cell.chars[i]);
        if (cell.chars[0] != 0 && cell.chars[0] != ' ')
            end = out->len;
    }
    buf_truncate(out, end);
}

/* What nobody can see has no look: a blank in bold. */
static char look_of(const VTermScreenCell *cell)
{
    if ((cell->chars[0] == 0 || cell->chars[0] == ' ') && !cell->attrs.reverse && !cell->attrs.underline)
        return ' ';
    if (cell->attrs.reverse)
        return cell->attrs.bold ? 'B' : 'r';
    if (cell->attrs.bold)
        return cell->attrs.underline ? 'U' : 'b';
    return cell->attrs.underline ? 'u' : cell->attrs.italic ? 'i' : '.';
}

void screen_drive_looks(const struct screen_drive *d, int row, struct buf *out)
{
    for (int c = 0; c < d->columns; c++) {
        VTermScreenCell cell;

        cell_at(d, row, c, &cell);
        buf_add_char(out, look_of(&cell));
    }
}

void screen_drive_picture(const struct screen_drive *d, struct buf *out)
{
    VTermPos cursor = {0, 0};

    if (!d->vt)
        return;
    vterm_state_get_cursorpos(vterm_obtain_state(d->vt), &cursor);
    for (int r = 0; r < d->rows; r++) {
        buf_add_fmt(out, "%3d|", r);
        screen_drive_row(d, r, out);
        buf_add_char(out, '\n');
    }
    buf_add_fmt(out, "    cursor %d %d", cursor.row, cursor.col);
    if (d->pid == 0)
        buf_add_fmt(out, ", ended with %d", d->status);
    if (d->complaint.len)
        buf_add_fmt(out, ", said: %s", d->complaint.data);
    buf_add_char(out, '\n');
}
