/* SPDX-License-Identifier: ISC */
/*
 * What the cache costs and what the list and the search take, at some sizes of corpus, in one table:
 *     bench [-d FOLDER] [-r FTSLOAD] [-f] [-k] COUNT...
 * FOLDER keeps the corpora and caches between runs (else they are made below /tmp and removed by hand);
 * FTSLOAD is a program "FTSLOAD DIR DB fts-tuned" that loads the same text files into a plain FTS5 table, the
 * reference for indexing; -f measures the corpus as a folder of files too; -k measures the list and the
 * search on what an earlier run left. Each step runs in a process of its own, so that its memory can be told.
 */
#include "generate.h"

#include "base/buf.h"
#include "base/mem.h"
#include "corpus/corpus.h"
#include "corpus/view.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

struct bench {
    const char *folder, *loader;
    bool files, keep;
    long count;
    size_t text; /* bytes */
    char jsonl[300], tree[300], cache[300], tree_cache[300];
};

static double now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void row(const struct bench *b, const char *what, const char *format, ...)
{
    char text[200];
    va_list args;

    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    printf("%8ld  %-34s %s\n", b->count, what, text);
    fflush(stdout);
}

/* Runs fn in a process of its own; its wall time and peak memory. */
static void apart(const struct bench *b, const char *what, void (*fn)(const struct bench *b))
{
    struct rusage used;
    double start = now();
    int status;
    pid_t pid;

    fflush(stdout);
    pid = fork();
    if (pid == 0) {
        fn(b);
        exit(0);
    }
    wait4(pid, &status, 0, &used);
    row(b, what, "%.2f s wall, %.2f s cpu, peak %.1f MB%s", now() - start,
        (double)used.ru_utime.tv_sec + (double)used.ru_utime.tv_usec / 1e6 + (double)used.ru_stime.tv_sec +
            (double)used.ru_stime.tv_usec / 1e6,
        (double)used.ru_maxrss / 1024, status ? "  FAILED" : "");
}

static struct corpus *open_corpus(const char *path, const char *cache, bool foreground)
{
    struct corpus_options o = {.cache = cache, .foreground = foreground, .wake = -1};
    struct err e = ERR_INIT;
    struct corpus *c;
    const char *notice;

    if (!corpus_open(&c, &path, 1, &o, &e)) {
        fprintf(stderr, "bench: %s\n", e.text);
        exit(3);
    }
    while (foreground && (notice = corpus_notice(c)))
        fprintf(stderr, "bench: %s\n", notice);
    return c;
}

static void index_file(const struct bench *b)
{
    struct corpus *c = open_corpus(b->jsonl, b->cache, true);

    corpus_close(&c);
}

static void index_tree(const struct bench *b)
{
    struct corpus *c = open_corpus(b->tree, b->tree_cache, true);

    corpus_close(&c);
}

static int visit(const char *path, const struct stat *st, int type, struct FTW *where)
{
    (void)path;
    (void)st;
    (void)type;
    (void)where;
    return 0;
}

static void stat_tree(const struct bench *b)
{
    nftw(b->tree, visit, 16, FTW_PHYS);
}

static void load(const struct bench *b)
{
    char db[320];

    snprintf(db, sizeof db, "%s.reference", b->tree_cache);
    unlink(db);
    execl(b->loader, b->loader, b->tree, db, "fts-tuned", (char *)NULL);
    exit(1);
}

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

enum { TURNS = 400, WINDOW = 24 };

static double resident(void)
{
    FILE *f = fopen("/proc/self/statm", "r");
    long size = 0, pages = 0;

    if (!f)
        return 0;
    if (fscanf(f, "%ld %ld", &size, &pages) != 2)
        pages = 0;
    fclose(f);
    return (double)pages * (double)sysconf(_SC_PAGESIZE) / 1048576;
}

static void release(struct corpus_row *rows, int n)
{
    while (n-- > 0)
        corpus_row_release(&rows[n]);
}

struct move {
    const char *name;
    enum corpus_from from;
};

/* Times one kind of move at random places of a view. */
static void time_move(const struct bench *b, struct corpus_view *v, const char *order, const struct move *m)
{
    static double took[TURNS];
    struct corpus_row rows[WINDOW];
    char what[80];
    long total, unread;
    int i, n;

    corpus_view_counts(v, &total, &unread);
    srand(5);
    for (i = 0; i < TURNS; i++) {
        int64_t at = 1 + rand() % b->count;
        double start = now();

        if (m->from == CORPUS_NUMBER && m->name[0] == 'w')
            n = (int)corpus_view_number(v, at) * 0;
        else
            n = corpus_view_rows(v, m->from, at, rows, WINDOW);
        took[i] = (now() - start) * 1e3;
        release(rows, n);
    }
    qsort(took, TURNS, sizeof *took, compare);
    snprintf(what, sizeof what, "list by %s, %s", order, m->name);
    row(b, what, "p50 %.3f ms, p99 %.3f ms, most %.3f ms", took[TURNS / 2], took[TURNS * 99 / 100],
        took[TURNS - 1]);
}

static void time_list(const struct bench *b)
{
    static const struct move moves[] = {{"Home", CORPUS_FIRST},       {"End", CORPUS_LAST},
                                        {"page down", CORPUS_AFTER},  {"page up", CORPUS_BEFORE},
                                        {"to number", CORPUS_NUMBER}, {"what number", CORPUS_NUMBER}};
    struct corpus_row rows[WINDOW];
    struct corpus_view *v;
    struct err e = ERR_INIT;
    double start = now();
    struct corpus *c = open_corpus(b->jsonl, b->cache, false);
    long total, unread;
    size_t m;
    int o, n;

    corpus_view_new(c, NULL, CORPUS_BY_DATE, false, &v, &e);
    corpus_view_counts(v, &total, &unread);
    n = corpus_view_rows(v, CORPUS_FIRST, 0, rows, WINDOW);
    row(b, "open to first rows", "%.2f ms, resident %.1f MB", (now() - start) * 1e3, resident());
    release(rows, n);
    corpus_view_free(&v);
    for (o = 0; o < CORPUS_ORDER_COUNT; o++) {
        corpus_view_new(c, NULL, (enum corpus_order)o, false, &v, &e);
        for (m = 0; m < sizeof moves / sizeof moves[0]; m++)
            time_move(b, v, corpus_order_info((enum corpus_order)o)->name, &moves[m]);
        corpus_view_free(&v);
    }
    row(b, "resident after all moves", "%.1f MB", resident());
    corpus_close(&c);
}

/* From the query to the first rows, as one sees them who types it. */
static void time_query(const struct bench *b, struct corpus *c, const char *query, enum corpus_order order)
{
    enum { QUERY_TURNS = 9 };
    struct corpus_row rows[WINDOW];
    double took[QUERY_TURNS];
    struct corpus_view *v;
    struct err e = ERR_INIT;
    long total = 0, unread;
    char what[80];
    int i, n;

    for (i = 0; i < QUERY_TURNS; i++) {
        double start = now();

        if (!corpus_view_new(c, query, order, false, &v, &e))
            return;
        n = corpus_view_rows(v, CORPUS_FIRST, 0, rows, WINDOW);
        corpus_view_counts(v, &total, &unread);
        took[i] = (now() - start) * 1e3;
        release(rows, n);
        corpus_view_free(&v);
    }
    qsort(took, QUERY_TURNS, sizeof *took, compare);
    snprintf(what, sizeof what, "search %s, by %s", query, corpus_order_info(order)->name);
    row(b, what, "p50 %.2f ms, most %.2f ms, %ld found", took[QUERY_TURNS / 2], took[QUERY_TURNS - 1], total);
}

static void time_search(const struct bench *b)
{
    static const char *const queries[] = {
        "the",        "people",       "president", "the president", "\"of the\"",      "p*", "re*", "gov*",
        "nosuchword", "title:people", "date:2016", "is:unread",     "people is:unread"};
    struct corpus *c = open_corpus(b->jsonl, b->cache, true);
    size_t i;

    for (i = 0; i < sizeof queries / sizeof queries[0]; i++) {
        time_query(b, c, queries[i], CORPUS_BY_DATE);
        time_query(b, c, queries[i], CORPUS_BY_RELEVANCE);
    }
    row(b, "resident after all searches", "%.1f MB", resident());
    corpus_close(&c);
}

static void show_size(const struct bench *b)
{
    struct stat st;

    if (stat(b->cache, &st) == 0)
        row(b, "cache over text", "%.1f MB / %.1f MB = %.2f", (double)st.st_size / 1e6, (double)b->text / 1e6,
            (double)st.st_size / (double)b->text);
}

static void measure(struct bench *b)
{
    double start = now();

    snprintf(b->jsonl, sizeof b->jsonl, "%s/%ld.jsonl", b->folder, b->count);
    snprintf(b->tree, sizeof b->tree, "%s/%ld", b->folder, b->count);
    snprintf(b->cache, sizeof b->cache, "%s/%ld.db", b->folder, b->count);
    snprintf(b->tree_cache, sizeof b->tree_cache, "%s/%ld-tree.db", b->folder, b->count);
    if (b->keep) {
        apart(b, "list", time_list);
        apart(b, "search", time_search);
        return;
    }
    generate(b->count, 1, b->jsonl, b->files || b->loader ? b->tree : NULL, &b->text);
    row(b, "corpus made", "%.1f s, %.1f MB of text", now() - start, (double)b->text / 1e6);
    if (b->loader)
        apart(b, "reference: plain FTS5 loader", load);
    unlink(b->cache);
    apart(b, "index, JSON Lines", index_file);
    show_size(b);
    apart(b, "open again, nothing new", index_file);
    if (b->files) {
        unlink(b->tree_cache);
        apart(b, "index, folder", index_tree);
        apart(b, "reference: walk and stat", stat_tree);
        apart(b, "check of the unchanged folder", index_tree);
    }
    apart(b, "list", time_list);
    apart(b, "search", time_search);
}

int main(int argc, char **argv)
{
    struct bench b = {.folder = "/tmp/cuttings-bench"};
    int option;

    while ((option = getopt(argc, argv, "d:r:fk")) != -1) {
        if (option == 'd')
            b.folder = optarg;
        else if (option == 'r')
            b.loader = optarg;
        else if (option == 'k')
            b.keep = true;
        else
            b.files = true;
    }
    mkdir(b.folder, 0755);
    setenv("XDG_DATA_HOME", b.folder, 1);
    for (; optind < argc; optind++) {
        b.count = strtol(argv[optind], NULL, 10);
        if (b.count > 0)
            measure(&b);
    }
    return 0;
}
