/* SPDX-License-Identifier: ISC */
/*
 * What the cache costs and what the list and the search take, at some sizes of corpus, in one table; beside
 * each figure, where there is one, what the least program takes in the same run (reference.h), and their
 * ratio: make tests/bench/bench && tests/bench/bench [-d FOLDER] [-p PROGRAM] [-s BYTES] [-n PARTS] [-jk] [COUNT]...
 * COUNT is 1000 and 100000 where none is given; 1000000 takes 12 GB of disk and a quarter of an hour. FOLDER
 * keeps the corpora and caches between runs (else they are made below /tmp and removed by hand); PROGRAM is
 * painted as a whole, ./cuttings where it is not given; half the articles are longer than BYTES; with -n the list
 * and the search are those of the same corpus cut into so many catalogues, article by article; -j leaves
 * out the corpus as a folder of files; -k measures the list and the search on what an earlier run left. Each
 * step runs in a process of its own, so that its memory can be told. On a machine that does other things too,
 * only CPU time and ratios mean anything.
 */
#include "generate.h"
#include "reference.h"

#include "base/buf.h"
#include "base/mem.h"
#include "corpus/corpus.h"
#include "corpus/view.h"

#include <ftw.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

struct bench {
    const char *folder, *program;
    bool jsonl_only, keep;
    long count, median;
    int parts;
    size_t text; /* bytes */
    char jsonl[300], tree[300], cache[300], tree_cache[300], reference[300];
};

/* What a process took. */
struct cost {
    double wall, cpu, memory; /* seconds, seconds, MB */
    bool failed;
};

static double now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* One line of the table; reference 0 where there is none. */
static void row(const struct bench *b, const char *what, const char *unit, double ours, double reference,
                const char *format, ...)
{
    char more[160], against[40] = "";
    va_list args;

    va_start(args, format);
    vsnprintf(more, sizeof more, format, args);
    va_end(args);
    if (reference > 0)
        snprintf(against, sizeof against, "%10.2f %7.2f", reference, ours / reference);
    printf("%8ld  %-38s %-3s %10.2f %18s  %s\n", b->count, what, unit, ours, against, more);
    fflush(stdout);
}

/* Runs fn in a process of its own. */
static struct cost apart(const struct bench *b, void (*fn)(const struct bench *b))
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
    return (struct cost){now() - start,
                         (double)used.ru_utime.tv_sec + (double)used.ru_utime.tv_usec / 1e6 +
                             (double)used.ru_stime.tv_sec + (double)used.ru_stime.tv_usec / 1e6,
                         (double)used.ru_maxrss / 1024, status != 0};
}

static void show_cost(const struct bench *b, const char *what, struct cost ours, struct cost reference)
{
    char name[80];

    snprintf(name, sizeof name, "%s: wall", what);
    row(b, name, "s", ours.wall, reference.wall, ours.failed || reference.failed ? "FAILED" : "");
    snprintf(name, sizeof name, "%s: CPU", what);
    row(b, name, "s", ours.cpu, reference.cpu, "");
    snprintf(name, sizeof name, "%s: peak memory", what);
    row(b, name, "MB", ours.memory, reference.memory, "");
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

/* Part number i of the corpus cut into parts, its source or its catalogue. */
static void name_part(const struct bench *b, int i, const char *suffix, char name[340])
{
    snprintf(name, 340, "%s/%ld-%d-of-%d.%s", b->folder, b->count, i, b->parts, suffix);
}

/* The corpus, whole or as the catalogues of its parts. */
static struct corpus *open_list(const struct bench *b, bool foreground)
{
    const char *paths[60];
    char names[60][340];
    struct corpus_options o = {.foreground = foreground, .wake = -1};
    struct err e = ERR_INIT;
    struct corpus *c;
    int i;

    if (b->parts == 1)
        return open_corpus(b->jsonl, b->cache, foreground);
    for (i = 0; i < b->parts; i++) {
        name_part(b, i, "db", names[i]);
        paths[i] = names[i];
    }
    if (!corpus_open(&c, paths, b->parts, &o, &e)) {
        fprintf(stderr, "bench: %s\n", e.text);
        exit(3);
    }
    return c;
}

/* Deals the articles out like cards, and indexes each part. */
static void make_parts(const struct bench *b)
{
    FILE *from = fopen(b->jsonl, "r"), *to[60];
    char name[340], cache[340], *line = NULL;
    size_t cap = 0;
    long n;
    int i;

    for (i = 0; i < b->parts; i++) {
        name_part(b, i, "jsonl", name);
        to[i] = fopen(name, "w");
        if (!to[i] || !from)
            exit(1);
    }
    for (n = 0; getline(&line, &cap, from) >= 0; n++)
        fputs(line, to[n % b->parts]);
    free(line);
    fclose(from);
    for (i = 0; i < b->parts; i++) {
        struct corpus *c;

        fclose(to[i]);
        name_part(b, i, "jsonl", name);
        name_part(b, i, "db", cache);
        c = open_corpus(name, cache, true);
        corpus_close(&c);
    }
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
    if (!reference_load(b->tree, b->reference))
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

/* One kind of move at random places of a view of so many rows: the medium, and the longest. */
static void time_move(struct corpus_view *v, long count, const struct move *m, double *medium, double *longest)
{
    static double took[TURNS];
    struct corpus_row rows[WINDOW];
    bool number = m->from == CORPUS_NUMBER && m->name[0] == 't';
    int i, n;

    srand(5);
    for (i = 0; i < TURNS; i++) {
        int64_t at = 1 + rand() % count;
        double start;

        if (!number && corpus_view_rows(v, CORPUS_NUMBER, at, rows, 1) == 1) {
            at = rows[0].id;
            corpus_row_release(rows);
        }
        start = now();

        if (m->from == CORPUS_NUMBER && m->name[0] == 'w')
            n = (int)corpus_view_number(v, at) * 0;
        else
            n = corpus_view_rows(v, m->from, at, rows, WINDOW);
        took[i] = (now() - start) * 1e3;
        release(rows, n);
    }
    qsort(took, TURNS, sizeof *took, compare);
    *medium = took[TURNS / 2];
    *longest = took[TURNS - 1];
}

/* The slowest kind of move, by its medium, and the longest of all. */
struct slowest {
    double medium, longest;
    const char *move, *order;
};

static void time_moves(struct corpus_view *v, long count, enum corpus_order order, struct slowest *s)
{
    static const struct move moves[] = {{"Home", CORPUS_FIRST},       {"End", CORPUS_LAST},
                                        {"page down", CORPUS_AFTER},  {"page up", CORPUS_BEFORE},
                                        {"to number", CORPUS_NUMBER}, {"what number", CORPUS_NUMBER}};
    double medium, longest;
    size_t m;

    for (m = 0; m < sizeof moves / sizeof moves[0]; m++) {
        time_move(v, count, &moves[m], &medium, &longest);
        if (medium > s->medium) {
            s->medium = medium;
            s->move = moves[m].name;
            s->order = corpus_order_info(order)->name;
        }
        s->longest = longest > s->longest ? longest : s->longest;
    }
}

static void time_orders(const struct bench *b, struct corpus *c)
{
    struct corpus_view *v;
    struct err e = ERR_INIT;
    char what[80];
    int o;

    for (o = 0; o < CORPUS_BY_RELEVANCE; o++) {
        struct slowest s = {0};

        corpus_view_new(c, NULL, (enum corpus_order)o, false, &v, &e);
        time_moves(v, b->count, (enum corpus_order)o, &s);
        corpus_view_free(&v);
        snprintf(what, sizeof what, "list by %s, slowest move", s.order);
        row(b, what, "ms", s.medium, 0, "must 1; %s, longest of all %.2f", s.move, s.longest);
    }
}

/* Moves among what a filter or a search has left, when all of it is found; in the order where they take longest. */
static void time_filtered(const struct bench *b, struct corpus *c, const char *query)
{
    struct slowest s = {0};
    struct corpus_view *v;
    struct err e = ERR_INIT;
    long total = 0, unread;
    char what[80];
    int o;

    for (o = 0; o < CORPUS_BY_RELEVANCE; o++) {
        if (!corpus_view_new(c, query, (enum corpus_order)o, false, &v, &e))
            return;
        corpus_view_search(v, LONG_MAX, -1);
        corpus_view_counts(v, &total, &unread);
        if (total > 0)
            time_moves(v, total, (enum corpus_order)o, &s);
        corpus_view_free(&v);
    }
    snprintf(what, sizeof what, "list of %s, slowest move", query);
    row(b, what, "ms", s.medium, 0, "must 1; %s by %s of %ld, longest of all %.2f", total ? s.move : "none",
        total ? s.order : "none", total, s.longest);
}

static void time_list(const struct bench *b)
{
    struct corpus_row rows[WINDOW];
    struct corpus_view *v;
    struct err e = ERR_INIT;
    double start = now();
    struct corpus *c = open_list(b, false);
    long total, unread;
    int n;

    corpus_view_new(c, NULL, CORPUS_BY_DATE, false, &v, &e);
    corpus_view_counts(v, &total, &unread);
    n = corpus_view_rows(v, CORPUS_FIRST, 0, rows, WINDOW);
    row(b, "open to first rows", "ms", (now() - start) * 1e3, 0, "%ld articles", total);
    row(b, "resident with the list open", "MB", resident(), 0, "must 16");
    release(rows, n);
    corpus_view_free(&v);
    time_orders(b, c);
    row(b, "resident after all moves", "MB", resident(), 0, "");
    corpus_close(&c);
}

/* From the query to the first rows, as one sees them who types it. */
static void time_query(const struct bench *b, struct corpus *c, const char *query, enum corpus_order order)
{
    enum { QUERY_TURNS = 9, LEAST_TURNS = 3, LONG_ENOUGH = 2 /* seconds */ };
    struct corpus_row rows[WINDOW];
    double took[QUERY_TURNS];
    struct corpus_view *v;
    struct err e = ERR_INIT;
    long total = 0, unread;
    char what[80];
    double began = now();
    int i, n;

    for (i = 0; i < QUERY_TURNS && (i < LEAST_TURNS || now() - began < LONG_ENOUGH); i++) {
        double start = now();

        if (!corpus_view_new(c, query, order, false, &v, &e))
            return;
        corpus_view_search(v, order == CORPUS_BY_RELEVANCE ? LONG_MAX : WINDOW, -1);
        n = corpus_view_rows(v, CORPUS_FIRST, 0, rows, WINDOW);
        took[i] = (now() - start) * 1e3;
        corpus_view_search(v, LONG_MAX, -1);
        corpus_view_counts(v, &total, &unread);
        release(rows, n);
        corpus_view_free(&v);
    }
    qsort(took, (size_t)i, sizeof *took, compare);
    snprintf(what, sizeof what, "search %s, by %s", query, corpus_order_info(order)->name);
    row(b, what, "ms", took[i / 2], reference_query(b->reference, query, order == CORPUS_BY_RELEVANCE),
        "must %d; most %.2f, %ld found", order == CORPUS_BY_RELEVANCE ? 100 : 10, took[i - 1], total);
}

/* For how long a key waits that is pressed while a search goes on step by step. */
static void time_steps(const struct bench *b, struct corpus *c, const char *query)
{
    double *took = NULL;
    size_t count = 0, cap = 0;
    struct corpus_view *v;
    struct err e = ERR_INIT;
    char what[80];
    bool done = false;

    if (!corpus_view_new(c, query, CORPUS_BY_RELEVANCE, false, &v, &e))
        return;
    while (!done) {
        double start = now();

        done = corpus_view_search(v, LONG_MAX, 0);
        mem_grow(&took, &cap, count + 1, sizeof *took);
        took[count++] = (now() - start) * 1e3;
    }
    corpus_view_free(&v);
    qsort(took, count, sizeof *took, compare);
    snprintf(what, sizeof what, "search %s, step of it, p99", query);
    row(b, what, "ms", took[count * 99 / 100], 0, "must 5; longest %.2f of %zu", took[count - 1], count);
    free(took);
}

static void time_search(const struct bench *b)
{
    static const char *const queries[] = {
        "the", "people", "president", "the president", "\"of the\"", "p*", "re*", "gov*", "gove*", "nosuchword",
        "title:people", "date:2016", "is:unread", "people is:unread", "\"the p\"*", "a OR p*", "people NEAR president",
        "the in:nowhere"};
    static const char *const filters[] = {"is:unread", "date:2016", "has:comments", "people", "people date:2016",
                                          "\"the president\"", "-is:starred"};
    struct corpus *c = open_list(b, true);
    size_t i;

    for (i = 0; i < sizeof filters / sizeof filters[0]; i++)
        time_filtered(b, c, filters[i]);
    for (i = 0; i < sizeof queries / sizeof queries[0]; i++) {
        time_query(b, c, queries[i], CORPUS_BY_DATE);
        time_query(b, c, queries[i], CORPUS_BY_RELEVANCE);
        time_steps(b, c, queries[i]);
    }
    row(b, "resident after all searches", "MB", resident(), 0, "");
    corpus_close(&c);
}

static double size_of(const char *path)
{
    struct stat st;

    return stat(path, &st) == 0 ? (double)st.st_size / 1e6 : 0;
}

static void show_size(const struct bench *b, const char *what, const char *cache)
{
    row(b, what, "MB", size_of(cache), size_of(b->reference), "%.2f of the text",
        size_of(cache) * 1e6 / (double)b->text);
}

/* The whole program from exec to the painted list, against less on one article. */
static void time_paint(const struct bench *b)
{
    char article[400], program[400], corpus[400], cache[400], pager[] = "less", option[] = "--cache";
    char *ours[] = {program, corpus, option, cache, NULL}, *less[] = {pager, article, NULL};
    double memory = 0, less_memory = 0, took, reference;

    snprintf(program, sizeof program, "%s", b->program);
    snprintf(corpus, sizeof corpus, "%s", b->jsonl);
    snprintf(cache, sizeof cache, "%s", b->cache);
    snprintf(article, sizeof article, "%s/0000/0000001.txt", b->tree);
    took = reference_paint(ours, &memory);
    reference = reference_paint(less, &less_memory);
    if (took < 0)
        return;
    row(b, "exec to the painted list (less)", "ms", took, reference, "must 4 x");
    row(b, "peak memory of that", "MB", memory, less_memory, "");
}

static void measure_index(const struct bench *b)
{
    struct cost reference, none = {0};

    reference = apart(b, load);
    unlink(b->cache);
    show_cost(b, "index, JSON Lines", apart(b, index_file), reference);
    show_size(b, "cache, JSON Lines", b->cache);
    show_cost(b, "open again, nothing new", apart(b, index_file), none);
    if (b->jsonl_only)
        return;
    unlink(b->tree_cache);
    show_cost(b, "index, folder", apart(b, index_tree), reference);
    show_size(b, "cache, folder", b->tree_cache);
    reference = apart(b, stat_tree);
    show_cost(b, "check of the folder (walk, stat)", apart(b, index_tree), reference);
}

static void measure(struct bench *b)
{
    double start = now();

    snprintf(b->jsonl, sizeof b->jsonl, "%s/%ld.jsonl", b->folder, b->count);
    snprintf(b->tree, sizeof b->tree, "%s/%ld", b->folder, b->count);
    snprintf(b->cache, sizeof b->cache, "%s/%ld.db", b->folder, b->count);
    snprintf(b->tree_cache, sizeof b->tree_cache, "%s/%ld-tree.db", b->folder, b->count);
    snprintf(b->reference, sizeof b->reference, "%s/%ld-reference.db", b->folder, b->count);
    if (!b->keep) {
        if (!generate(b->count, 1, b->median, b->jsonl, b->tree, &b->text)) {
            fprintf(stderr, "bench: cannot write the corpus below '%s'\n", b->folder);
            exit(3);
        }
        row(b, "corpus made", "s", now() - start, 0, "%.1f MB of text", (double)b->text / 1e6);
        measure_index(b);
    }
    if (b->parts == 1)
        apart(b, time_paint);
    else if (!b->keep)
        apart(b, make_parts);
    apart(b, time_list);
    apart(b, time_search);
}

int main(int argc, char **argv)
{
    static const long usual[] = {1000, 100000};
    struct bench b = {.folder = "/tmp/cuttings-bench", .program = "./cuttings", .median = GENERATE_MEDIAN, .parts = 1};
    int option;
    size_t i;

    setenv("CUTTINGS_DATADIR", BENCH_DATADIR, 0); /* this source's own, where no other is asked for */
    while ((option = getopt(argc, argv, "d:p:s:n:jk")) != -1) {
        switch (option) {
        case 'd':
            b.folder = optarg;
            break;
        case 'p':
            b.program = optarg;
            break;
        case 's':
            b.median = strtol(optarg, NULL, 10);
            break;
        case 'n':
            b.parts = (int)strtol(optarg, NULL, 10);
            b.parts = b.parts < 1 ? 1 : b.parts > 60 ? 60 : b.parts;
            break;
        case 'j':
            b.jsonl_only = true;
            break;
        case 'k':
            b.keep = true;
            break;
        default:
            fputs("usage: bench [-d FOLDER] [-p PROGRAM] [-s BYTES] [-n PARTS] [-jk] [COUNT]...\n", stderr);
            return 2;
        }
    }
    mkdir(b.folder, 0755);
    setenv("XDG_DATA_HOME", b.folder, 1);
    printf("%8s  %-38s %-3s %10s %10s %7s\n", "articles", "what", "", "cuttings", "reference", "ratio");
    for (i = 0; optind == argc && i < sizeof usual / sizeof usual[0]; i++) {
        b.count = usual[i];
        measure(&b);
    }
    for (; optind < argc; optind++) {
        b.count = strtol(argv[optind], NULL, 10);
        if (b.count > 0)
            measure(&b);
    }
    return 0;
}
