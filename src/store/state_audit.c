/* SPDX-License-Identifier: ISC */
#include "store/state_audit.h"

#include "base/buf.h"
#include "doc/fix.h"
#include "store/db.h"
#include "store/exchange.h"
#include "store/tags.h"

#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

struct auditor {
    struct state_audit *a;
    void (*fn)(void *ctx, const char *text);
    void *ctx;
};

static void damage(struct auditor *u, const char *text)
{
    u->a->damage++;
    u->fn(u->ctx, text);
}

/* What SQLite itself finds: pages, the order of keys, indexes against their tables. */
static bool check_file(struct auditor *u, const char *path, struct err *e)
{
    struct db *db = db_open(path, DB_READ, e);
    sqlite3_stmt *st = db ? db_query(db, "PRAGMA integrity_check(20)", "") : NULL;
    bool read;

    while (db && db_row(db, st)) {
        const char *text = (const char *)sqlite3_column_text(st, 0);

        if (text && strcmp(text, "ok") != 0)
            damage(u, text);
    }
    if (!db)
        return false;
    read = db_fault(db) == DB_FINE;
    if (!read)
        db_report(db, e);
    if (db_fault(db) == DB_CORRUPT) {
        damage(u, e->text);
        err_clear(e);
        read = true;
    }
    db_close(&db);
    return read;
}

/* The value of the field of that name as text; "" where the kind has none. */
static void text_of(const struct exchange_mark *m, const char *field, struct buf *out)
{
    buf_clear(out);
    for (int i = 0; i < m->kind->count; i++)
        if (strcmp(m->kind->field[i].name, field) == 0 && m->value[i].known)
            buf_add(out, m->value[i].bytes, m->value[i].len);
}

static void check_mark(void *ctx, const struct exchange_mark *m)
{
    struct auditor *u = ctx;
    struct err e = ERR_INIT;
    enum fix_answer answer;
    struct buf text, name;

    buf_init(&text);
    buf_init(&name);
    u->a->marks++;
    if (!exchange_check(m, &e))
        damage(u, e.text);
    text_of(m, "answer", &text);
    if (text.len && !fix_find(text.data, text.len, &answer)) {
        err_set(&e, ERR_IO, "a correction says '%s', which this version does not know", text.data);
        damage(u, e.text);
    }
    text_of(m, "name", &text);
    if (strcmp(m->kind->name, "tag") == 0 &&
        !(tags_name(text.data, text.len, &name) && strcmp(name.data, text.data) == 0)) {
        err_set(&e, ERR_IO, "'%s' is no name for a tag", text.data);
        damage(u, e.text);
    }
    buf_release(&name);
    buf_release(&text);
}

static void check_log(struct auditor *u, struct state *s)
{
    int64_t count = db_int(state_db(s), 0, "SELECT count(*) FROM entry WHERE kind NOT IN (1, 2)", "");
    struct err e = ERR_INIT;

    if (count == 0)
        return;
    err_set(&e, ERR_IO, "%lld records of the log are of a kind that this version does not know", (long long)count);
    damage(u, e.text);
}

bool state_audit_run(const char *path, void (*fn)(void *ctx, const char *text), void *ctx, struct state_audit *a,
                     struct err *e)
{
    struct auditor u = {a, fn, ctx};
    struct state *s;
    char *aside = NULL;
    bool done;

    memset(a, 0, sizeof *a);
    if (!check_file(&u, path, e))
        return false;
    a->whole = a->damage == 0;
    if (!a->whole)
        return true;
    s = state_open(path, false, &aside, e);
    free(aside);
    if (!s)
        return false;
    check_log(&u, s);
    done = exchange_each(s, check_mark, &u, e);
    state_close(&s);
    return done;
}
