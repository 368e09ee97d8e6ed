/* SPDX-License-Identifier: ISC */
/*
 * libFuzzer target: types any keys into the whole program, in this process, at a terminal of memory (terminal.h). Each
 * byte that the terminal is sent is held against what it may be sent and shown to libvterm; what stands there after
 * many small changes must be what is drawn when all is asked for anew; at the end the terminal is as it was.
 *
 * Bytes of the input: rows, columns (0: 24 and 80), a struct setting of bits, which corpus, what is typed up to a zero
 * byte; behind that a corpus of its own, if any. With GO_ON it is typed into the session at hand, if there is one;
 * else that ends, and one of the input's own begins. The corpora stay open from one session to the next, with what was
 * marked in them, and are made anew every so often: where CUTTINGS_FUZZ_HISTORY names a file, it holds the runs since
 * then, and is itself an input that does them all.
 */
#include "corpora.h"
#include "must.h"
#include "terminal.h"

#include "base/buf.h"
#include "base/mem.h"
#include "base/path.h"
#include "corpus/corpus.h"
#include "ui/ui.h"

#include <fcntl.h>
#include <ftw.h>
#include <locale.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t most);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t most, unsigned seed);

enum { HEAD = 4, CORPORA = 8, TYPED_MOST = 200000, GO_ON = 0x80 /* of the byte that names the corpus */ };

enum setting { ASCII = 1, SHELF = 2, OPEN = 4, QUERY = 8, REVERSE = 16, HANGUP = 32, SHORT = 64, PLAIN = 128 };

static struct corpus *corpora[CORPORA];
static char home[] = "/tmp/cuttings-fuzz-XXXXXX";
static int history = -1;
static const char magic[] = "cuttings runs:"; /* begins it */

/* ---- sessions ---- */

/* Mostly small: there lines are cut and panes give way, and a picture is drawn sooner. */
static int extent(uint8_t byte, int small, int most)
{
    return 1 + byte % 64 * (byte < 192 ? small : most) / 64;
}

static struct session {
    struct corpus *corpus, *own; /* the latter owned */
    struct ui_options options;
} session;

static void read_here(void)
{
    struct err e = ERR_INIT;
    char *next = NULL;

    MUST(ui_run(session.corpus, &session.options, &next, &e));
    free(next);
}

static void leave(void)
{
    if (terminal_is_open())
        terminal_close();
    corpus_close(&session.own);
}

static void enter(struct corpus *c, const uint8_t *head, const char *typed, size_t len)
{
    unsigned set = head[2];
    struct terminal_options terminal = {.type = set & PLAIN ? "vt220" : "xterm-256color",
                                        .rows = head[0] ? extent(head[0], 16, 60) : 24,
                                        .columns = head[0] ? extent(head[1], 48, 200) : 80,
                                        .hangs_up = set & HANGUP,
                                        .short_writes = set & SHORT,
                                        .program = read_here};
    struct err e = ERR_INIT;

    session.corpus = c;
    session.options = (struct ui_options){.wake = -1,
                                          .restricted = true,
                                          .ascii = set & ASCII,
                                          .shelf = set & SHELF,
                                          .sorted = set & REVERSE,
                                          .reverse = set & REVERSE,
                                          .query = set & QUERY ? "the" : NULL};
    if (set & OPEN)
        session.options.article = corpus_find(c, "1", &e);
    terminal_open(&terminal, typed, len);
}

/* ---- the corpora ---- */

static struct corpus *open_corpus(const char *path)
{
    struct corpus_options options = {.memory = true, .foreground = true, .wake = -1};
    struct corpus *c = NULL;
    struct err e = ERR_INIT;

    MUST(corpus_open(&c, &path, 1, &options, &e) || e.text[0]);
    return c;
}

static char *write_file(const char *name, const char *bytes, size_t len)
{
    char *path = path_join(home, name);
    FILE *f = fopen(path, "w");

    MUST(f && fwrite(bytes, 1, len, f) == len && fclose(f) == 0);
    return path;
}

static void make_corpus(unsigned n)
{
    const char *data = getenv("CUTTINGS_DATADIR");
    struct buf text;
    char name[32], *path;

    if (n == 0 && data) {
        path = path_join(data, "sample");
    } else {
        buf_init(&text);
        corpora_make(&text, n);
        snprintf(name, sizeof name, "%u.jsonl", n);
        path = write_file(name, text.data, text.len);
        buf_release(&text);
    }
    corpora[n] = open_corpus(path);
    MUST(corpora[n]);
    free(path);
}

static void renew_corpora(void)
{
    leave();
    for (unsigned n = 0; n < CORPORA; n++) {
        corpus_close(&corpora[n]);
        make_corpus(n);
    }
    if (history >= 0)
        MUST(ftruncate(history, 0) == 0 && pwrite(history, magic, sizeof magic, 0) == sizeof magic &&
             lseek(history, 0, SEEK_END) > 0);
}

static void close_corpora(void)
{
    for (unsigned n = 0; n < CORPORA; n++)
        corpus_close(&corpora[n]);
}

/* ---- beginning and end ---- */

static int remove_entry(const char *path, const struct stat *st, int kind, struct FTW *at)
{
    (void)st;
    (void)kind;
    (void)at;
    return remove(path);
}

static void end(void)
{
    leave();
    close_corpora();
    nftw(home, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
}

static void begin(void)
{
    const char *kept = getenv("CUTTINGS_FUZZ_HISTORY");

    MUST(mkdtemp(home));
    setenv("HOME", home, 1);
    setenv("TZ", "UTC", 1);
    unsetenv("XDG_CONFIG_HOME");
    unsetenv("XDG_DATA_HOME");
    unsetenv("XDG_CACHE_HOME");
    setlocale(LC_ALL, "C.UTF-8");
    terminal_begin();
    if (kept)
        history = open(kept, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    atexit(end);
}

/* ---- runs ---- */

static void enter_own(const uint8_t *head, const char *typed, size_t len, const char *bytes, size_t count)
{
    char *path = write_file("own", bytes, count);

    session.own = open_corpus(path);
    if (session.own)
        enter(session.own, head, typed, len);
    free(path);
}

static void run(const uint8_t *data, size_t size)
{
    const char *typed = (const char *)data + HEAD, *stop = memchr(typed, '\0', size - HEAD);
    size_t len = stop ? (size_t)(stop - typed) : size - HEAD, rest = size - HEAD - len;
    bool goes_on = data[3] & GO_ON && rest < 2;

    if (!goes_on || !terminal_runs())
        leave();
    if (terminal_runs())
        terminal_type(typed, len);
    else if (rest < 2)
        enter(corpora[data[3] % CORPORA], data, typed, len);
    else
        enter_own(data, typed, len, stop + 1, rest - 1);
    if (!goes_on)
        leave();
}

static void keep(const uint8_t *data, size_t size)
{
    uint16_t length = (uint16_t)size;

    if (history >= 0)
        MUST(write(history, &length, sizeof length) == sizeof length && write(history, data, size) == (ssize_t)size);
}

/* A file as keep leaves it: all its runs. */
static void run_all(const uint8_t *data, size_t size)
{
    uint16_t length;

    while (size >= sizeof length) {
        memcpy(&length, data, sizeof length);
        data += sizeof length;
        size -= sizeof length;
        MUST(length >= HEAD && length <= size);
        run(data, length);
        data += length;
        size -= length;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static size_t typed = TYPED_MOST;

    bool all = size > sizeof magic && memcmp(data, magic, sizeof magic) == 0;

    if (!all && (size < HEAD || size > UINT16_MAX))
        return -1;
    if (!corpora[0])
        begin();
    if (typed >= TYPED_MOST) {
        renew_corpora();
        typed = 0;
    }
    typed += size;
    if (all) {
        run_all(data + sizeof magic, size - sizeof magic);
    } else {
        keep(data, size);
        run(data, size);
    }
    return 0;
}

/* Mostly what is typed; a corpus of its own, to open which takes a hundred times as long as to type, seldom. */
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t most, unsigned seed)
{
    size_t len, rest;
    uint8_t *stop;

    if (size <= HEAD || seed % 4096 == 0)
        return LLVMFuzzerMutate(data, size, most);
    data[3] = (uint8_t)(seed / 4096 % 32 ? data[3] | GO_ON : data[3] & ~GO_ON);
    if (seed % 32 == 0) {
        data[seed / 32 % HEAD] = (uint8_t)(seed >> 16);
        return size;
    }
    stop = memchr(data + HEAD, '\0', size - HEAD);
    len = stop ? (size_t)(stop - data) - HEAD : size - HEAD;
    rest = size - HEAD - len;
    if (rest > 0 && seed % 256 == 1)
        return HEAD + LLVMFuzzerMutate(data + HEAD, len, len); /* what lies behind stays where it is */
    len = LLVMFuzzerMutate(data + HEAD, len, most - HEAD);
    for (size_t i = 0; i < len; i++)
        if (!data[HEAD + i])
            data[HEAD + i] = 1;
    return HEAD + len;
}
