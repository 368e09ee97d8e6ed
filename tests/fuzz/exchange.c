/* SPDX-License-Identifier: ISC */
/*
 * libFuzzer target: any bytes as lines of another machine's reading state. A line that is refused is refused with a
 * reason and changes nothing; what is taken is written as lines that are taken; two files that take the same lines in
 * opposite orders hold the same.
 */
#include "must.h"

#include "base/mem.h"
#include "store/db.h"
#include "store/exchange_line.h"

#include <sqlite3.h>
#include <string.h>
#include <unistd.h>

enum { FILES = 3, LINES = 32, TABLES = 32 };

static struct state *state[FILES];

static struct state *make(void)
{
    struct err e = ERR_INIT;
    char *aside = NULL;
    struct state *s = state_open(":memory:", false, &aside, &e);

    MUST(s && !aside);
    unlink(":memory:"); /* the name was taken for a file's too */
    return s;
}

/* All but what the file knows of itself. */
static void empty(struct state *s)
{
    static char *sql[TABLES];
    struct db *db = state_db(s);

    if (!sql[0]) {
        struct sqlite3_stmt *st = db_query(db, "SELECT 'DELETE FROM ' || name FROM sqlite_master WHERE type = 'table'"
                                               " AND name <> 'self' AND name NOT LIKE 'sqlite%'", "");

        for (int i = 0; db_row(db, st); i++) {
            MUST(i < TABLES);
            sql[i] = mem_strdup((const char *)sqlite3_column_text(st, 0));
        }
    }
    for (int i = 0; i < TABLES && sql[i]; i++)
        MUST(db_run(db, sql[i], ""));
}

static bool take(struct state *s, const char *line, size_t len)
{
    struct err e = ERR_INIT;
    bool mark = false, news = false, again = false, taken = exchange_line_take(s, line, len, &mark, &news, &e);

    MUST(taken || (e.text[0] && !mark));
    MUST(mark || !news);
    if (taken)
        MUST(exchange_line_take(s, line, len, &mark, &again, &e) && !again);
    return taken;
}

static void add_mark(void *ctx, const struct exchange_mark *m)
{
    exchange_line_add(ctx, m);
}

static void write_all(struct state *s, struct buf *out)
{
    struct err e = ERR_INIT;

    buf_init(out);
    MUST(exchange_each(s, add_mark, out, &e));
}

static void read_all(struct state *s, const struct buf *from)
{
    size_t at = 0, end;

    for (; at < from->len; at = end + 1) {
        end = (size_t)((const char *)memchr(from->data + at, '\n', from->len - at) - from->data);
        MUST(take(s, from->data + at, end - at));
    }
}

static bool equal(const struct buf *a, const struct buf *b)
{
    return a->len == b->len && memcmp(a->data, b->data, a->len) == 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *line[LINES], *s = (const char *)data;
    size_t len[LINES], count = 0, at = 0, i;
    struct buf written[FILES];
    bool any = false;

    for (i = 0; i < FILES; i++) {
        if (!state[i])
            state[i] = make();
    }
    for (; at < size && count < LINES; at += len[count++] + 1) {
        const char *lf = memchr(s + at, '\n', size - at);

        line[count] = s + at;
        len[count] = lf ? (size_t)(lf - line[count]) : size - at;
    }
    for (i = 0; i < count; i++)
        any = take(state[0], line[i], len[i]) || any;
    if (!any)
        return 0;
    for (i = count; i > 0; i--)
        take(state[1], line[i - 1], len[i - 1]);
    write_all(state[0], &written[0]);
    write_all(state[1], &written[1]);
    MUST(equal(&written[0], &written[1]));
    read_all(state[2], &written[0]);
    write_all(state[2], &written[2]);
    MUST(equal(&written[0], &written[2]));
    for (i = 0; i < FILES; i++) {
        buf_release(&written[i]);
        empty(state[i]);
    }
    return 0;
}
