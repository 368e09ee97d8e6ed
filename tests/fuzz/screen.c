/* SPDX-License-Identifier: ISC */
/*
 * libFuzzer target: types any keys into the program on a corpus of any bytes. The first two bytes choose the size of
 * the terminal, what follows up to a zero byte is typed, a few bytes at a time, and the rest is the corpus's one file.
 * Each byte that the terminal is sent is held against what it may be sent (tests/ui/wire.h) and shown to libvterm, and
 * at the end the terminal is as it was.
 */
#include "must.h"

#include "base/buf.h"
#include "base/mem.h"
#include "base/path.h"
#include "corpus/corpus.h"
#include "ui/ui.h"
#include "../ui/wire.h"

#include <fcntl.h>
#include <ftw.h>
#include <locale.h>
#include <poll.h>
#include <pthread.h>
#include <pty.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>
#include <vterm.h>

const char *__asan_default_options(void);

/* The program's handlers of fatal signals would keep libFuzzer from writing down what led to them. */
const char *__asan_default_options(void)
{
    return "handle_abort=2:handle_segv=2:handle_sigbus=2:handle_sigfpe=2:handle_sigill=2";
}

enum { IDLE_FD = 19, AT_ONCE = 6, SIGNALS = 32 };

struct typist {
    int master, idle;
    const char *keys;
    size_t len;
    VTerm *vt;
    struct wire *wire;
    struct buf sent; /* what came since the last rest */
    bool alternate;
};

static void take_output(struct typist *t)
{
    char bytes[8192];
    ssize_t n;

    while ((n = read(t->master, bytes, sizeof bytes)) > 0)
        buf_add(&t->sent, bytes, (size_t)n);
}

/* The program rests: what it has sent is whole. */
static void check_sent(struct typist *t)
{
    struct buf why;

    buf_init(&why);
    if (!wire_check(t->wire, t->sent.data, t->sent.len, &why))
        fprintf(stderr, "%s\n", why.data);
    MUST(why.len == 0);
    vterm_input_write(t->vt, t->sent.data, t->sent.len);
    buf_clear(&t->sent);
    buf_release(&why);
}

static int on_property(VTermProp prop, VTermValue *value, void *user)
{
    struct typist *t = user;

    if (prop == VTERM_PROP_ALTSCREEN)
        t->alternate = value->boolean;
    return 1;
}

static const VTermScreenCallbacks callbacks = {.settermprop = on_property};

/* Types the next few bytes each time that the program waits for some, and hangs up after the last. */
static void *type(void *ctx)
{
    struct typist *t = ctx;

    for (;;) {
        struct pollfd fds[2] = {{t->idle, POLLIN, 0}, {t->master, POLLIN, 0}};
        char marks[64];
        size_t some;

        poll(fds, 2, -1);
        take_output(t);
        if (!(fds[0].revents & (POLLIN | POLLHUP)))
            continue;
        if (read(t->idle, marks, sizeof marks) <= 0)
            return NULL; /* one of the keys was to quit */
        take_output(t);
        check_sent(t);
        if (t->len == 0)
            break;
        some = 1 + (unsigned char)t->keys[0] % AT_ONCE;
        some = some < t->len ? some : t->len;
        MUST(write(t->master, t->keys, some) == (ssize_t)some);
        t->keys += some;
        t->len -= some;
    }
    raise(SIGTERM);
    return NULL;
}

static void read_here(struct corpus *c, const struct winsize *size, const char *keys, size_t len)
{
    struct typist t = {.keys = keys, .len = len};
    struct sigaction before[SIGNALS];
    struct ui_options options = {.wake = -1, .restricted = true};
    struct err e = ERR_INIT;
    int slave, ends[2];
    pthread_t typist;
    char *next = NULL;

    MUST(openpty(&t.master, &slave, NULL, NULL, size) == 0 && pipe(ends) == 0);
    MUST(dup2(slave, 0) == 0 && dup2(slave, 1) == 1 && dup2(ends[1], IDLE_FD) == IDLE_FD);
    fcntl(t.master, F_SETFL, O_NONBLOCK);
    close(ends[1]);
    t.idle = ends[0];
    t.wire = wire_new("xterm-256color");
    t.vt = vterm_new(size->ws_row, size->ws_col);
    vterm_set_utf8(t.vt, 1);
    vterm_screen_set_callbacks(vterm_obtain_screen(t.vt), &callbacks, &t);
    vterm_screen_enable_altscreen(vterm_obtain_screen(t.vt), 1);
    vterm_screen_reset(vterm_obtain_screen(t.vt), 1);
    buf_init(&t.sent);
    for (int i = 1; i < SIGNALS; i++)
        sigaction(i, NULL, &before[i]);
    MUST(pthread_create(&typist, NULL, type, &t) == 0);
    MUST(ui_run(c, &options, &next, &e));
    close(IDLE_FD);
    pthread_join(typist, NULL);
    for (int i = 1; i < SIGNALS; i++)
        sigaction(i, &before[i], NULL);
    take_output(&t);
    check_sent(&t);
    MUST(!t.alternate);
    buf_release(&t.sent);
    vterm_free(t.vt);
    wire_free(&t.wire);
    free(next);
    close(slave);
    close(t.master);
    close(t.idle);
}

static char home[] = "/tmp/cuttings-fuzz-XXXXXX";

static int remove_entry(const char *path, const struct stat *st, int kind, struct FTW *at)
{
    (void)st;
    (void)kind;
    (void)at;
    return remove(path);
}

static void remove_home(void)
{
    nftw(home, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
}

static void begin(void)
{
    MUST(mkdtemp(home));
    atexit(remove_home);
    setenv("HOME", home, 1);
    setenv("TERM", "xterm-256color", 1);
    setenv("VTE_VERSION", "7006", 1);
    setenv("TZ", "UTC", 1);
    setenv("CUTTINGS_IDLE_FD", "19", 1);
    setlocale(LC_ALL, "C.UTF-8");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *path;
    struct corpus_options options = {.memory = true, .foreground = true, .wake = -1};
    struct winsize window = {.ws_row = 24, .ws_col = 80};
    const char *keys = (const char *)data + 2, *end;
    struct err e = ERR_INIT;
    struct corpus *c;
    FILE *f;

    if (size < 4 || !(end = memchr(keys, '\0', size - 2)))
        return 0;
    if (!path) {
        begin();
        path = path_join(home, "corpus");
    }
    if (data[0])
        window = (struct winsize){.ws_row = 1 + data[0] % 60, .ws_col = 1 + data[1] % 200};
    f = fopen(path, "w");
    MUST(f && fwrite(end + 1, 1, size - (size_t)(end + 1 - (const char *)data), f) <= size && fclose(f) == 0);
    if (!corpus_open(&c, &path, 1, &options, &e)) {
        MUST(e.text[0]);
        return 0;
    }
    read_here(c, &window, keys, (size_t)(end - keys));
    corpus_close(&c);
    return 0;
}
