/* SPDX-License-Identifier: ISC */
#include "reference.h"

#include <dirent.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <sqlite3.h>

enum { LONGEST = 1 << 20, TURNS = 9, QUIET_MS = 20 };

static double now_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

static double median(double *took, int n)
{
    qsort(took, (size_t)n, sizeof *took, compare);
    return took[n / 2];
}

static bool run(sqlite3 *db, const char *sql)
{
    if (sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK)
        return true;
    fprintf(stderr, "bench: reference: %s\n", sqlite3_errmsg(db));
    return false;
}

static bool insert(sqlite3_stmt *st, sqlite3_int64 id, const char *text, size_t len)
{
    const char *end = memchr(text, '\n', len);

    sqlite3_bind_int64(st, 1, id);
    sqlite3_bind_text(st, 2, text, end ? (int)(end - text) : (int)len, SQLITE_STATIC);
    sqlite3_bind_text(st, 3, text, (int)len, SQLITE_STATIC);
    return sqlite3_step(st) == SQLITE_DONE && sqlite3_reset(st) == SQLITE_OK;
}

struct loading {
    sqlite3_stmt *text, *words;
    sqlite3_int64 id;
    char *buffer;
};

static bool load_file(struct loading *l, const char *path)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t len = fd < 0 ? -1 : read(fd, l->buffer, LONGEST);

    if (fd >= 0)
        close(fd);
    l->id++;
    return len >= 0 && insert(l->text, l->id, l->buffer, (size_t)len) &&
           insert(l->words, l->id, l->buffer, (size_t)len);
}

/* What lies in a folder in the order of names, and so on downwards. */
static bool load_folder(struct loading *l, const char *folder, int depth)
{
    struct dirent **names;
    int i, count = scandir(folder, &names, NULL, alphasort);
    char path[600];
    bool ok = count >= 0;

    for (i = 0; i < count; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, names[i]->d_name);
        if (ok && names[i]->d_name[0] != '.')
            ok = depth > 0 ? load_folder(l, path, depth - 1) : load_file(l, path);
        free(names[i]);
    }
    if (count >= 0)
        free(names);
    return ok;
}

bool reference_load(const char *folder, const char *database)
{
    struct loading l = {.buffer = malloc(LONGEST)};
    sqlite3 *db;
    bool ok;

    unlink(database);
    if (sqlite3_open(database, &db) != SQLITE_OK)
        return false;
    ok = run(db, "PRAGMA page_size=8192; PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;"
                 "PRAGMA cache_size=-200000; PRAGMA locking_mode=EXCLUSIVE;"
                 "CREATE TABLE text(id INTEGER PRIMARY KEY, title TEXT, body TEXT);"
                 "CREATE VIRTUAL TABLE words USING fts5(title, body, content='', tokenize='unicode61');"
                 "INSERT INTO words(words, rank) VALUES('hashsize', 134217728);"
                 "INSERT INTO words(words, rank) VALUES('pgsz', 16000); BEGIN") &&
         sqlite3_prepare_v2(db, "INSERT INTO text VALUES(?1, ?2, ?3)", -1, &l.text, NULL) == SQLITE_OK &&
         sqlite3_prepare_v2(db, "INSERT INTO words(rowid, title, body) VALUES(?1, ?2, ?3)", -1, &l.words,
                            NULL) == SQLITE_OK &&
         load_folder(&l, folder, 1) && run(db, "COMMIT");
    sqlite3_finalize(l.text);
    sqlite3_finalize(l.words);
    sqlite3_close(db);
    free(l.buffer);
    return ok;
}

double reference_query(const char *database, const char *match, bool best)
{
    const char *sql = best
                          ? "SELECT rowid FROM words WHERE words MATCH ?1 ORDER BY bm25(words, 8, 1) LIMIT 50"
                          : "SELECT rowid FROM words WHERE words MATCH ?1 ORDER BY rowid DESC LIMIT 50";
    double took[TURNS], start;
    sqlite3_stmt *st = NULL;
    sqlite3 *db = NULL;
    int i, rc = SQLITE_DONE;

    if (sqlite3_open_v2(database, &db, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK ||
        sqlite3_prepare_v2(db, sql, -1, &st, NULL) != SQLITE_OK)
        rc = SQLITE_ERROR;
    for (i = 0; i < TURNS && rc == SQLITE_DONE; i++) {
        start = now_ms();
        sqlite3_bind_text(st, 1, match, -1, SQLITE_STATIC);
        while ((rc = sqlite3_step(st)) == SQLITE_ROW)
            ;
        sqlite3_reset(st);
        took[i] = now_ms() - start;
    }
    sqlite3_finalize(st);
    sqlite3_close(db);
    return rc == SQLITE_DONE ? median(took, TURNS) : -1;
}

/* Reads what the program paints until it has been quiet for a while; when the last byte came. */
static double watch(int fd, double start)
{
    struct pollfd wait = {.fd = fd, .events = POLLIN};
    double last = -1;
    char bytes[4096];

    while (poll(&wait, 1, last < 0 ? 5000 : QUIET_MS) > 0 && read(fd, bytes, sizeof bytes) > 0)
        last = now_ms() - start;
    return last;
}

double reference_paint(char *const argv[], double *memory)
{
    struct winsize size = {.ws_row = 24, .ws_col = 80};
    struct rusage used = {.ru_maxrss = 0};
    double took[TURNS];
    int i, fd, status;
    pid_t pid;

    for (i = 0; i < TURNS; i++) {
        double start = now_ms();

        pid = forkpty(&fd, NULL, NULL, &size);
        if (pid == 0) {
            setenv("TERM", "xterm-256color", 1);
            execvp(argv[0], argv);
            _exit(127);
        }
        if (pid < 0)
            return -1;
        took[i] = watch(fd, start);
        if (write(fd, "q", 1) != 1)
            kill(pid, SIGTERM);
        watch(fd, start);
        kill(pid, SIGHUP);
        close(fd);
        wait4(pid, &status, 0, &used);
        if (WIFEXITED(status) && WEXITSTATUS(status) == 127)
            return -1;
    }
    *memory = (double)used.ru_maxrss / 1024;
    return median(took, TURNS);
}
