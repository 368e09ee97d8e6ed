/* SPDX-License-Identifier: ISC */
/*
 * What keys cost on the screen: bytes written and time until the last of them, as a person at the terminal has it.
 * Usage: CUTTINGS=build/cuttings screen CORPUS [ROUNDS]. The corpus should be indexed, and have some hundred
 * articles. A screen is taken for settled when nothing came for QUIET ms; that wait is not counted.
 * For comparison the same terminal is given `less` on a file: a line down in it.
 *
 * screen -w CORPUS [ROUNDS]: the corpus should not be indexed, and take long to be. Keys are pressed while it is.
 *
 * screen -s QUERY CORPUS [ROUNDS]: the corpus should be indexed, and the query take a second or more to be searched for
 * whole. Keys are pressed while it is.
 *
 * screen -t FOLDER [COUNT]... makes threads of so many comments below FOLDER (500, 50000) and tells what keys cost
 * in each, and how many times what they cost in the first.
 */
#define _GNU_SOURCE

#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { QUIET = 120, FIRST = 3000, SAMPLES = 2000, PAUSE = 10, BEGIN = 50, TAIL = 64 };

struct sample {
    double ms;
    long bytes;
};

struct run {
    int master;
    pid_t pid;
    struct sample samples[SAMPLES];
    int count;
};

static double now_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

/* Reads until nothing more comes: bytes, and ms from `began` to the last of them. */
static struct sample settle(struct run *r, double began)
{
    struct sample s = {0, 0};
    char bytes[65536];

    for (;;) {
        struct pollfd p = {r->master, POLLIN, 0};
        ssize_t n;

        if (poll(&p, 1, s.bytes ? QUIET : FIRST) <= 0 || (n = read(r->master, bytes, sizeof bytes)) <= 0)
            return s;
        s.bytes += n;
        s.ms = now_ms() - began;
    }
}

static void start(struct run *r, const char *program, const char *argument, int rows, int columns)
{
    struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns};

    r->pid = forkpty(&r->master, NULL, NULL, &size);
    if (r->pid == 0) {
        setenv("TERM", "xterm-256color", 1);
        setenv("LC_ALL", "C.UTF-8", 1);
        execlp(program, program, argument, (char *)NULL);
        _exit(127);
    }
}

static void stop(struct run *r, const char *keys)
{
    if (write(r->master, keys, strlen(keys)) < 0)
        kill(r->pid, SIGTERM);
    settle(r, now_ms());
    close(r->master);
    waitpid(r->pid, NULL, 0);
}

static int by_ms(const void *a, const void *b)
{
    const struct sample *x = a, *y = b;

    return (x->ms > y->ms) - (x->ms < y->ms);
}

static int by_bytes(const void *a, const void *b)
{
    const struct sample *x = a, *y = b;

    return (x->bytes > y->bytes) - (x->bytes < y->bytes);
}

static void print(struct run *r, const char *what)
{
    struct sample *s = r->samples;
    int n = r->count;

    if (n == 0)
        return;
    qsort(s, (size_t)n, sizeof *s, by_bytes);
    printf("%-34s %4d %8ld %8ld", what, n, s[n / 2].bytes, s[n - 1].bytes);
    qsort(s, (size_t)n, sizeof *s, by_ms);
    printf(" %8.2f %8.2f\n", s[n / 2].ms, s[(n * 99 + 99) / 100 - 1].ms);
    fflush(stdout);
    r->count = 0;
}

static void press(struct run *r, const char *keys, size_t len)
{
    double began = now_ms();

    if (write(r->master, keys, len) != (ssize_t)len)
        return;
    if (r->count < SAMPLES)
        r->samples[r->count++] = settle(r, began);
}

static void each(struct run *r, const char *key, int times, const char *what)
{
    for (int i = 0; i < times; i++)
        press(r, key, strlen(key));
    if (what)
        print(r, what);
    r->count = 0;
}

static void resize(struct run *r, int rows, int columns)
{
    struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns};
    double began = now_ms();

    ioctl(r->master, TIOCSWINSZ, &size);
    if (r->count < SAMPLES)
        r->samples[r->count++] = settle(r, began);
}

static void play(struct run *r, int rounds)
{
    char held[100];

    each(r, "g", 1, NULL);
    each(r, "j", 10, "list: down in the page");
    each(r, "j", 6, NULL);
    each(r, "j", 10 * rounds, "list: down, scrolling");
    memset(held, 'j', sizeof held);
    press(r, held, sizeof held);
    print(r, "list: 100 downs at once");
    each(r, "\033[6~", rounds, "list: page down");
    each(r, "\033[5~", rounds, "list: page up");
    for (int i = 0; i < rounds; i++) {
        press(r, "\r", 1);
        r->count--; /* opening is told below */
        press(r, "q", 1);
    }
    print(r, "article: back to the list");
    each(r, "\r", 1, "article: open");
    each(r, "j", 10, "article: a line down");
    each(r, " ", 1, "article: a page on");
    for (int i = 0; i < rounds; i++) {
        resize(r, 40, 120);
        resize(r, 24, 80);
    }
    print(r, "article: other size");
    each(r, ":", 1, NULL);
    each(r, "a", 20, "prompt: a character");
    each(r, "\025", 1, NULL);
    each(r, "\177", 1, NULL);
}

/* ---- while something else goes on ---- */

/* Reads until sign has come: bytes, and ms from `began`. Signs that are cut by a read are found. */
static struct sample await(struct run *r, double began, const char *sign)
{
    struct sample s = {0, 0};
    char bytes[TAIL + 65536];
    size_t kept = 0;

    for (;;) {
        struct pollfd p = {r->master, POLLIN, 0};
        ssize_t n;

        if (poll(&p, 1, FIRST) <= 0 || (n = read(r->master, bytes + kept, sizeof bytes - kept)) <= 0) {
            fprintf(stderr, "no '%s' came in %d ms\n", sign, FIRST);
            exit(1);
        }
        s.bytes += n;
        s.ms = now_ms() - began;
        if (memmem(bytes, kept + (size_t)n, sign, strlen(sign)))
            return s;
        n += (ssize_t)kept;
        kept = n < TAIL ? (size_t)n : TAIL;
        memmove(bytes, bytes + n - kept, kept);
    }
}

/* Takes what came by itself. */
static void pause_keys(struct run *r, int ms)
{
    double until = now_ms() + ms;
    char bytes[65536];

    for (int left = ms; left > 0; left = (int)(until - now_ms())) {
        struct pollfd p = {r->master, POLLIN, 0};

        if (poll(&p, 1, left) > 0 && read(r->master, bytes, sizeof bytes) <= 0)
            return;
    }
}

static void answered(struct run *r, const char *key, const char *sign, int times, const char *what)
{
    for (int i = 0; i < times && r->count < SAMPLES; i++) {
        pause_keys(r, PAUSE);
        if (write(r->master, &key[(size_t)i % strlen(key)], 1) == 1)
            r->samples[r->count++] = await(r, now_ms(), sign);
    }
    if (what)
        print(r, what);
}

static const char marker[] = "\xE2\x80\xBA", anything[] = ""; /* a key's picture comes in one write */

static void play_beside(struct run *r, int rounds)
{
    static struct run opened, closed;

    await(r, now_ms(), marker);
    answered(r, "jk", marker, 50 * rounds, "beside indexing: down and up");
    opened.master = closed.master = r->master;
    for (int i = 0; i < 10 * rounds; i++) {
        pause_keys(r, PAUSE);
        if (write(r->master, "\r", 1) == 1)
            opened.samples[opened.count++] = await(r, now_ms(), anything);
        pause_keys(r, PAUSE);
        if (write(r->master, "q", 1) == 1)
            closed.samples[closed.count++] = await(r, now_ms(), anything);
    }
    print(&opened, "beside indexing: open an article");
    print(&closed, "beside indexing: back to the list");
}

/* Presses j until the marker moves: there are rows, and not those that stood there before. */
static void await_rows(struct run *r)
{
    char bytes[65536];
    ssize_t n = 0;

    pause_keys(r, 5 * BEGIN);
    do {
        struct pollfd p = {r->master, POLLIN, 0};

        pause_keys(r, BEGIN);
        n = write(r->master, "j", 1) == 1 && poll(&p, 1, BEGIN) > 0 ? read(r->master, bytes, sizeof bytes) : 0;
    } while (n <= 0 || !memmem(bytes, (size_t)n, marker, strlen(marker)));
}

/* A search is begun anew for every KEYS keys, so that one always runs. */
static void play_searching(struct run *r, const char *query, int rounds)
{
    enum { KEYS = 20 };
    static struct run moved;

    await(r, now_ms(), marker);
    moved.master = r->master;
    for (int i = 0; i < rounds; i++) {
        if (write(r->master, "s", 1) == 1)
            pause_keys(r, PAUSE);
        if (write(r->master, "\025", 1) == 1)
            pause_keys(r, PAUSE);
        if (write(r->master, query, strlen(query)) < 0 || write(r->master, "\r", 1) < 0)
            return;
        await_rows(r);
        answered(&moved, "jk", marker, KEYS, NULL);
    }
    print(&moved, "beside a search: down and up");
}

static void play_plain(struct run *r, const char *program, const char *corpus, int rounds)
{
    double began = now_ms();

    start(r, program, corpus, 24, 80);
    r->samples[r->count++] = settle(r, began);
    print(r, "start");
    play(r, rounds);
    stop(r, "Q");
    start(r, "less", "/usr/share/common-licenses/GPL-3", 24, 80);
    settle(r, now_ms());
    r->count = 0;
    each(r, "j", 10, "less: a line down");
    stop(r, "q");
}

/* ---- threads ---- */

struct key {
    const char *what, *keys;
    int times;
    const char *back; /* pressed between two times */
};

enum { THREADS_MOST = 4 };

/* A story and its comments, as Hacker News gives them: most answer one of the fifty before. */
static bool write_thread(const char *path, long count)
{
    static const char *const words[] = {"the",   "harbour", "newspapers", "of",  "timetable", "a",  "weather", "and",
                                        "whale", "council", "never",      "in",  "money",     "to", "because", "vote"};
    FILE *f = fopen(path, "w");
    unsigned seed = 1;

    if (!f)
        return false;
    fprintf(f, "{\"id\":1,\"type\":\"story\",\"by\":\"pilot\",\"time\":1500000000,\"title\":\"A harbour\"}\n");
    for (long i = 2; i < count + 2; i++) {
        long near = i < 51 ? i - 1 : 50, parent = 1;

        seed = seed * 1664525u + 1013904223u;
        if ((seed >> 9) % 5)
            parent = i - 1 - (long)(seed >> 12) % near;
        fprintf(f, "{\"id\":%ld,\"type\":\"comment\",\"by\":\"reader%u\",\"time\":%ld,\"parent\":%ld,\"text\":\"",
                i, (seed >> 8) % 5000, 1500000000 + i * 30, parent);
        for (unsigned n = 10 + (seed >> 16) % 90; n > 0; n--) {
            seed = seed * 1664525u + 1013904223u;
            fprintf(f, "%s ", words[(seed >> 12) % 16]);
        }
        fprintf(f, "%s\"}\n", i % 100 == 99 ? "lighthouse" : "");
    }
    return fclose(f) == 0;
}

/* The median of each step's time, in ms. */
static void play_thread(const char *program, const char *path, const struct key *keys, size_t count, double *ms)
{
    static struct run r;

    start(&r, program, path, 24, 80);
    settle(&r, now_ms());
    for (size_t i = 0; i < count; i++) {
        r.count = 0;
        for (int n = 0; n < keys[i].times; n++) {
            press(&r, keys[i].keys, strlen(keys[i].keys));
            if (keys[i].back && n + 1 < keys[i].times) {
                press(&r, keys[i].back, strlen(keys[i].back));
                r.count--;
            }
        }
        qsort(r.samples, (size_t)r.count, sizeof *r.samples, by_ms);
        ms[i] = r.samples[r.count / 2].ms;
    }
    stop(&r, "Q");
}

static int threads(const char *program, const char *folder, int count, char **counts)
{
    static const struct key keys[] = {
        {"open", "\r", 7, "q"},
        {"line down", "j", 9, NULL},
        {"page down", " ", 9, NULL},
        {"page up", "\033[5~", 9, NULL},
        {"to the comments", "c", 1, NULL},
        {"next sibling", "]s", 3, NULL},
        {"end", "G", 1, NULL},
        {"page up at the end", "\033[5~", 9, NULL},
        {"top", "g", 1, NULL},
        {"find: first letter", "/l", 1, NULL},
        {"find: the rest", "ighthouse\r", 1, NULL},
        {"find: next", "n", 5, NULL},
        {"by time", "o", 1, NULL},
        {"end", "G", 1, NULL},
        {"by score", "o", 1, NULL},
        {"end", "G", 1, NULL},
        {"collapse one", "zc", 1, NULL},
        {"close all", "zM", 1, NULL},
        {"open all", "zR", 1, NULL},
        {"hide", "x", 1, NULL},
        {"other width", "w", 3, NULL},
    };
    enum { KEYS = sizeof keys / sizeof keys[0] };
    static double ms[THREADS_MOST][KEYS];
    char path[400];
    int i;

    for (i = 0; i < count && i < THREADS_MOST; i++) {
        pid_t pid;

        snprintf(path, sizeof path, "%s/thread-%s.jsonl", folder, counts[i]);
        if (access(path, R_OK) != 0 && !write_thread(path, strtol(counts[i], NULL, 10)))
            return 3;
        pid = fork();
        if (pid == 0) {
            execlp(program, program, "index", "-q", path, (char *)NULL);
            _exit(127);
        }
        waitpid(pid, NULL, 0);
        play_thread(program, path, keys, KEYS, ms[i]);
    }
    printf("%-24s", "ms, with comments:");
    for (int k = 0; k < i; k++)
        printf(" %16s", counts[k]);
    for (size_t n = 0; n < KEYS; n++) {
        printf("\n%-24s", keys[n].what);
        for (int k = 0; k < i; k++)
            printf(k ? " %8.2f (%4.1f)" : " %16.2f", ms[k][n], ms[k][n] / ms[0][n]);
    }
    printf("\n");
    return 0;
}

int main(int argc, char **argv)
{
    static struct run r;
    const char *program = getenv("CUTTINGS") ? getenv("CUTTINGS") : "cuttings", *query = NULL;
    bool beside = argc > 1 && strcmp(argv[1], "-w") == 0;
    int rounds;

    if (argc > 2 && strcmp(argv[1], "-t") == 0) {
        static char few[] = "500", many[] = "50000";
        char *usual[] = {few, many};

        return argc > 3 ? threads(program, argv[2], argc - 3, argv + 3) : threads(program, argv[2], 2, usual);
    }
    if (argc > 3 && strcmp(argv[1], "-s") == 0)
        query = argv[2];
    argv += query ? 2 : beside;
    argc -= query ? 2 : beside;
    rounds = argc > 2 ? (int)strtol(argv[2], NULL, 10) : 5;
    if (argc < 2 || rounds < 1) {
        fprintf(stderr, "usage: screen [-w] CORPUS [ROUNDS]\n       screen -s QUERY CORPUS [ROUNDS]\n"
                        "       screen -t FOLDER [COUNT]...\n");
        return 2;
    }
    printf("%-34s %4s %8s %8s %8s %8s\n", "what", "n", "bytes50", "most", "ms50", "ms99");
    if (!beside && !query) {
        play_plain(&r, program, argv[1], rounds);
        return 0;
    }
    start(&r, program, argv[1], 24, 80);
    if (query)
        play_searching(&r, query, rounds);
    else
        play_beside(&r, rounds);
    stop(&r, "Q");
    return 0;
}
