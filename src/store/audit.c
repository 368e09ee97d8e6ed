/* SPDX-License-Identifier: ISC */
#include "store/audit.h"

#include "base/mem.h"
#include "store/begins.h"
#include "store/body.h"
#include "store/codec.h"
#include "store/entry.h"
#include "store/facts.h"
#include "store/files.h"
#include "store/rank.h"
#include "store/schema.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

enum {
    DAMAGE_MOST = 100, /* sentences said */
    TURN = 256,        /* articles between two questions whether to stop */
    SAMPLE = 64,       /* of so many articles one has its beginnings looked up */
};

struct auditor {
    const struct audit_options *o;
    struct audit *a;
    struct db *db;
    struct entry_maker *maker;
    struct begins begins;
    struct article article;
    struct buf text;
};

static void damage(struct auditor *u, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void damage(struct auditor *u, const char *format, ...)
{
    struct buf text;
    va_list args;

    if (++u->a->damage > DAMAGE_MOST)
        return;
    buf_init(&text);
    va_start(args, format);
    buf_add_vfmt(&text, format, args);
    va_end(args);
    u->o->damage(u->o->ctx, text.data);
    buf_release(&text);
}

static int64_t count(struct auditor *u, const char *sql)
{
    return db_int(u->db, 0, sql, "");
}

/* What SQLite itself finds: pages, the order of keys, indexes against their tables. */
static void check_file(struct auditor *u)
{
    sqlite3_stmt *st = db_query(u->db, "PRAGMA integrity_check(20)", "");

    while (db_row(u->db, st)) {
        const char *text = (const char *)sqlite3_column_text(st, 0);

        if (text && strcmp(text, "ok") != 0)
            damage(u, "%s", text);
    }
}

static void check_counts(struct auditor *u)
{
    static const struct {
        const char *sql, *what;
    } none[] = {
        {"SELECT count(*) FROM article WHERE id NOT IN (SELECT id FROM body)", "articles have no text"},
        {"SELECT count(*) FROM body WHERE id NOT IN (SELECT id FROM article)", "texts have no article"},
        {"SELECT count(*) FROM talk WHERE id >> 24 NOT IN (SELECT id FROM article)", "comments have no article"},
        {"SELECT count(*) FROM article WHERE file NOT IN (SELECT id FROM file)", "articles have no file"},
        {"SELECT count(*) FROM file WHERE root NOT IN (SELECT id FROM root)", "files have no corpus"},
        {"SELECT count(*) FROM place WHERE id NOT IN (SELECT id FROM article)", "places have no article"},
        {"SELECT count(*) FROM article WHERE id >= coalesce((SELECT value FROM meta WHERE name = 'next'), 1)",
         "articles have numbers that are still to be given"},
    };
    int64_t hidden = db_int(u->db, 0, "SELECT count(*) FROM article WHERE flags & ?1", "i", (int64_t)RANK_HIDDEN);
    long listed = u->a->articles - (long)hidden;
    size_t i;
    int ord;

    for (i = 0; i < sizeof none / sizeof none[0]; i++) {
        int64_t n = count(u, none[i].sql);

        if (n != 0)
            damage(u, "%lld %s", (long long)n, none[i].what);
    }
    for (ord = 0; ord < ORDER_COUNT; ord++) {
        long all, unread;
        int64_t places = db_int(u->db, 0, "SELECT count(*) FROM place WHERE ord = ?1", "i", (int64_t)ord);
        int64_t read =
            db_int(u->db, 0, "SELECT count(*) FROM place WHERE ord = ?1 AND flags & 1", "i", (int64_t)ord);

        rank_counts(u->db, (enum order)ord, &all, &unread);
        if (places != listed)
            damage(u, "order %d lists %lld of %ld articles", ord, (long long)places, listed);
        if (all != places || unread != places - read)
            damage(u, "order %d counts %ld articles and %ld unread, and has %lld and %lld", ord, all, unread,
                   (long long)places, (long long)(places - read));
    }
}

/* Whether the article stands where its facts say, in every order: a hidden one has its identity alone. */
static void check_places(struct auditor *u, int64_t id)
{
    struct facts f;
    int ord;

    if (!facts_read(u->db, id, &f))
        return;
    for (ord = 0; ord <= ORDER_IDENTITY; ord++) {
        struct order_key key = facts_key(u->db, &f, (enum order)ord);
        bool listed = ord >= ORDER_COUNT || !(f.flags & RANK_HIDDEN);

        if (listed != !!db_int(u->db, 0, "SELECT 1 FROM place WHERE ord = ?1 AND key = ?2 AND id = ?3", "ibi",
                               (int64_t)ord, (const void *)key.bytes, (size_t)key.len, id))
            damage(u, "article %lld %s order %d", (long long)id,
                   listed ? "is not in its place in" : "is hidden, and stands in", ord);
    }
}

static size_t count_words(const struct buf *packed)
{
    size_t at, n = 0;

    for (at = 0; at < packed->len; n++)
        at += 1 + (size_t)(unsigned char)packed->data[at];
    return n;
}

/* FTS5 keeps of each article how many words its columns have, as varints of SQLite (most significant group
 * first). */
static void check_words(struct auditor *u, int64_t id, int64_t slot)
{
    sqlite3_stmt *st = db_query(u->db, "SELECT sz FROM words_docsize WHERE id = ?1", "i", slot);
    const unsigned char *at, *end;
    int i;

    if (!db_row(u->db, st)) {
        damage(u, "article %lld is not in the full-text index", (long long)id);
        return;
    }
    at = sqlite3_column_blob(st, 0);
    end = at + sqlite3_column_bytes(st, 0);
    for (i = 0; i < ENTRY_COLUMNS; i++) {
        size_t n = 0;

        while (at < end && *at & 0x80)
            n = n << 7 | (*at++ & 0x7F);
        n = at < end ? n << 7 | *at++ : n;
        if (n != count_words(&u->maker->column[i])) {
            damage(u, "article %lld has %zu words in column %d and is indexed with %zu", (long long)id,
                   count_words(&u->maker->column[i]), i, n);
            break;
        }
    }
    db_done(st);
}

static void check_begins(struct auditor *u, int64_t id)
{
    size_t i, missing = 0;

    begins_reset(&u->begins);
    for (i = 0; i < ENTRY_FACTS; i++)
        begins_add(&u->begins, u->maker->column[i].data, u->maker->column[i].len);
    for (i = 0; i < u->begins.count; i++)
        missing += !begins_holds(u->db, u->begins.keys[i], id);
    if (missing)
        damage(u, "article %lld is not found by %zu of its words' beginnings", (long long)id, missing);
}

static bool check_article(struct auditor *u, int64_t id)
{
    article_reset(&u->article);
    if (body_article(u->db, u->maker->codec, id, &u->article, &u->text) != BODY_FOUND) {
        damage(u, "the text of article %lld cannot be read", (long long)id);
        return false;
    }
    entry_index(u->maker, &u->article);
    if (pieces_lost(&u->article)) {
        damage(u, "the comments of article %lld cannot be read", (long long)id);
        return false;
    }
    return true;
}

static void check_articles(struct auditor *u)
{
    sqlite3_stmt *st =
        db_query(u->db, "SELECT b.id, a.slot FROM body b JOIN article a ON a.id = b.id ORDER BY b.id", "");
    long seen = 0;

    while (db_row(u->db, st)) {
        int64_t id = sqlite3_column_int64(st, 0);

        if (check_article(u, id))
            check_words(u, id, sqlite3_column_int64(st, 1));
        check_places(u, id);
        if (seen % SAMPLE == 0)
            check_begins(u, id);
        if (++seen % TURN == 0 && u->o->stop && u->o->stop(u->o->ctx)) {
            db_done(st);
            return;
        }
    }
}

static void say_fault(void *ctx, const char *text)
{
    struct auditor *u = ctx;

    u->a->faults++;
    u->o->fault(u->o->ctx, text);
}

static bool open_cache(struct auditor *u, struct err *e)
{
    struct err first = ERR_INIT;

    u->db = db_open(u->o->path, DB_READ, &first);
    if (u->db && schema_state(u->db) == SCHEMA_READY)
        return true;
    /* A read-only mount has no room for what SQLite shares among readers. */
    db_close(&u->db);
    u->db = db_open(u->o->path, DB_READ | DB_FIXED, e);
    if (!u->db)
        return false;
    switch (schema_state(u->db)) {
    case SCHEMA_READY:
        return true;
    case SCHEMA_FOREIGN:
        return db_fault(u->db) == DB_FINE ? err_set(e, ERR_IO, "'%s' is no cache of cuttings", u->o->path)
                                          : db_report(u->db, e);
    default:
        return err_set(e, ERR_IO, "'%s' is a cache of another version", u->o->path);
    }
}

bool audit_run(const struct audit_options *o, struct audit *a, struct err *e)
{
    struct auditor u = {.o = o, .a = a};
    bool ok;

    *a = (struct audit){0};
    ok = open_cache(&u, e);
    if (ok) {
        u.maker = entry_maker_new(false);
        begins_init(&u.begins);
        article_init(&u.article);
        buf_init(&u.text);
        schema_tune_reader(u.db);
        db_exec(u.db, "BEGIN"); /* all of one moment, while others write */
        a->articles = (long)count(&u, "SELECT count(*) FROM article");
        a->files = (long)count(&u, "SELECT count(*) FROM file");
        a->waiting = (long)count(&u, "SELECT count(*) FROM file WHERE state = 0");
        files_each_fault(u.db, say_fault, &u);
        check_file(&u);
        check_counts(&u);
        check_articles(&u);
        db_exec(u.db, "COMMIT");
        if (db_fault(u.db) != DB_FINE) {
            struct err why = ERR_INIT;

            db_report(u.db, &why);
            damage(&u, "%s", why.text);
        }
        buf_release(&u.text);
        article_release(&u.article);
        entry_maker_free(&u.maker);
        begins_release(&u.begins);
    }
    db_close(&u.db);
    return ok;
}
