/* SPDX-License-Identifier: ISC */
#include "store/cache.h"

#include "base/mem.h"
#include "store/codec.h"
#include "store/facts.h"
#include "store/rank.h"
#include "store/schema.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

struct cache {
    struct db *db;
    int64_t next;         /* the id of the next article */
    struct place *places; /* of this transaction: sorted and counted in at its end */
    size_t place_count, place_cap;
    struct codec *codec;
    struct words words;
    struct buf column[ENTRY_COLUMNS];
    struct buf text;
    struct begins before; /* of the article that unindex took out last */
    struct begins_log *begins;
};

struct cache *cache_open(const char *path, bool *damaged, struct err *e)
{
    struct cache *c = mem_zalloc(1, sizeof *c);
    int i;

    words_init(&c->words, "", 0);
    buf_init(&c->text);
    for (i = 0; i < ENTRY_COLUMNS; i++)
        buf_init(&c->column[i]);
    begins_init(&c->before);
    c->begins = begins_log_new();
    c->codec = codec_new();
    c->db = db_open(path, DB_WRITE, e);
    if (c->db && schema_tune_writer(c->db)) {
        c->next = schema_number(c->db, "next", 1);
        if (db_fault(c->db) == DB_FINE)
            return c;
    }
    if (damaged)
        *damaged = c->db && db_fault(c->db) == DB_CORRUPT;
    if (c->db)
        db_report(c->db, e);
    cache_close(&c);
    return NULL;
}

void cache_close(struct cache **c)
{
    int i;

    if (!*c)
        return;
    db_close(&(*c)->db);
    codec_free(&(*c)->codec);
    words_release(&(*c)->words);
    buf_release(&(*c)->text);
    for (i = 0; i < ENTRY_COLUMNS; i++)
        buf_release(&(*c)->column[i]);
    begins_release(&(*c)->before);
    begins_log_free(&(*c)->begins);
    free((*c)->places);
    free(*c);
    *c = NULL;
}

struct db *cache_db(struct cache *c)
{
    return c->db;
}

struct codec *cache_codec(struct cache *c)
{
    return c->codec;
}

bool cache_begin(struct cache *c)
{
    c->place_count = 0;
    begins_log_clear(c->begins);
    if (!db_exec(c->db, "BEGIN IMMEDIATE"))
        return false;
    /* Another process may have written since. */
    c->next = schema_number(c->db, "next", 1);
    return true;
}

bool cache_flush(struct cache *c)
{
    bool ok = rank_insert(c->db, c->places, c->place_count);

    c->place_count = 0;
    return ok;
}

bool cache_commit(struct cache *c)
{
    if (cache_flush(c) && begins_log_save(c->begins, c->db) && schema_set_number(c->db, "next", c->next) &&
        db_exec(c->db, "COMMIT"))
        return true;
    sqlite3_exec(db_handle(c->db), "ROLLBACK", NULL, NULL, NULL);
    return false;
}

int64_t cache_root(struct cache *c, const char *path)
{
    int64_t id = db_int(c->db, 0, "SELECT id FROM root WHERE path = ?1", "t", path);

    if (id == 0 && db_run(c->db, "INSERT INTO root(path) VALUES(?1)", "t", path))
        id = db_int(c->db, 0, "SELECT id FROM root WHERE path = ?1", "t", path);
    return id;
}

static void add_place(struct cache *c, const struct facts *f, enum order ord)
{
    struct place *p;

    if (ord < ORDER_COUNT && (f->flags & RANK_HIDDEN))
        return;
    mem_grow(&c->places, &c->place_cap, c->place_count + 1, sizeof *c->places);
    p = &c->places[c->place_count++];
    p->id = f->id;
    p->ord = (uint8_t)ord;
    p->flags = (uint8_t)f->flags;
    p->key = facts_key(c->db, f, ord);
}

static void add_places(struct cache *c, const struct facts *f)
{
    int ord;

    for (ord = 0; ord <= ORDER_IDENTITY; ord++)
        add_place(c, f, (enum order)ord);
}

static struct place place_of(struct cache *c, const struct facts *f, enum order ord)
{
    return (struct place){
        .id = f->id, .ord = (uint8_t)ord, .flags = (uint8_t)f->flags, .key = facts_key(c->db, f, ord)};
}

static bool index_words(struct cache *c, int64_t id, const struct buf column[ENTRY_COLUMNS], bool add)
{
    const char *sql = add ? "INSERT INTO words(rowid, title, body, comment, author, site, facts)"
                            " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)"
                          : "INSERT INTO words(words, rowid, title, body, comment, author, site, facts)"
                            " VALUES('delete', ?1, ?2, ?3, ?4, ?5, ?6, ?7)";

    return db_run(c->db, sql, "issssss", id, (const void *)column[0].data, column[0].len,
                  (const void *)column[1].data, column[1].len, (const void *)column[2].data, column[2].len,
                  (const void *)column[3].data, column[3].len, (const void *)column[4].data, column[4].len,
                  (const void *)column[5].data, column[5].len);
}

/* A contentless index forgets an article only when it is told its words once more. */
static bool unindex(struct cache *c, int64_t id)
{
    sqlite3_stmt *st = db_query(c->db, "SELECT data FROM body WHERE id = ?1", "i", id);
    struct article a;
    bool ok;

    if (!db_row(c->db, st))
        return false;
    article_init(&a);
    ok =
        codec_decode(c->codec, sqlite3_column_blob(st, 0), (size_t)sqlite3_column_bytes(st, 0), &a, &c->text);
    db_done(st);
    if (ok) {
        entry_pack(c->column, &c->before, &c->words, &a);
        ok = index_words(c, id, c->column, false);
    }
    article_release(&a);
    return ok;
}

bool cache_remove(struct cache *c, int64_t id)
{
    struct facts f;
    struct place p;
    int ord;

    if (!cache_flush(c) || !facts_read(c->db, id, &f))
        return false;
    for (ord = 0; ord <= ORDER_IDENTITY; ord++) {
        p = place_of(c, &f, (enum order)ord);
        rank_remove(c->db, &p);
    }
    unindex(c, id);
    return db_run(c->db, "DELETE FROM article WHERE id = ?1", "i", id) &&
           db_run(c->db, "DELETE FROM body WHERE id = ?1", "i", id);
}

int64_t cache_put(struct cache *c, const struct entry *en, int64_t id)
{
    struct facts f = {
        .file = en->file,
        .seq = en->seq,
        .words = en->words,
        .comments = en->comments,
        .flags = en->flags,
        .title_key = en->title_key,
        .site_key = en->site_key,
        .digest = en->digest,
    };
    const char *tail = en->name_len <= en->locator.len ? en->locator.data + en->name_len : "";

    begins_reset(&c->before);
    if (id)
        cache_remove(c, id);
    f.id = id ? id : c->next++;
    if (en->published)
        snprintf(f.published, sizeof f.published, "%s", en->published);
    db_run(
        c->db,
        "INSERT INTO article VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16,"
        " ?17, ?18, ?19)",
        "iiiitttttiiibbbiiii", f.id, (int64_t)en->flags, en->file, (int64_t)en->seq, tail,
        (const char *)en->title, (const char *)en->site, (const char *)en->published,
        (const char *)en->language, (int64_t)en->words, (int64_t)en->comments, (int64_t)en->minutes,
        (const void *)en->digest.byte, sizeof en->digest.byte, (const void *)en->title_key.bytes,
        (size_t)en->title_key.len, (const void *)en->site_key.bytes, (size_t)en->site_key.len,
        (int64_t)en->parser, en->origin, en->turn, (int64_t)en->voice);
    db_run(c->db, "INSERT INTO body VALUES(?1, ?2)", "ib", f.id, (const void *)en->body.data, en->body.len);
    index_words(c, f.id, en->column, true);
    begins_log_put(c->begins, f.id, &en->begins, &c->before);
    add_places(c, &f);
    return db_fault(c->db) == DB_FINE ? f.id : 0;
}

int cache_remove_file(struct cache *c, int64_t file, int max)
{
    int removed = 0;
    int64_t id;

    while (removed < max) {
        id = db_int(c->db, 0, "SELECT id FROM article WHERE file = ?1 LIMIT 1", "i", file);
        if (id == 0) {
            db_run(c->db, "DELETE FROM fault WHERE file = ?1", "i", file);
            db_run(c->db, "DELETE FROM file WHERE id = ?1", "i", file);
            break;
        }
        if (!cache_remove(c, id))
            break;
        removed++;
    }
    return removed;
}

bool cache_renumber(struct cache *c, int64_t id, long seq, const char *tail)
{
    struct facts f;
    struct place p;

    if (!cache_flush(c) || !facts_read(c->db, id, &f))
        return false;
    p = place_of(c, &f, ORDER_FILE);
    rank_remove(c->db, &p);
    f.seq = seq;
    add_place(c, &f, ORDER_FILE);
    return db_run(c->db, "UPDATE article SET seq = ?2, tail = ?3 WHERE id = ?1", "iit", id, (int64_t)seq,
                  tail);
}

bool cache_rename_file(struct cache *c, int64_t file, const char *name, const void *key, size_t key_len)
{
    int64_t *ids = NULL;
    size_t count = 0, cap = 0, i;
    struct facts f;
    struct place p;
    sqlite3_stmt *st;

    cache_flush(c);
    st = db_query(c->db, "SELECT id FROM article WHERE file = ?1", "i", file);
    while (db_row(c->db, st)) {
        mem_grow(&ids, &cap, count + 1, sizeof *ids);
        ids[count++] = sqlite3_column_int64(st, 0);
    }
    for (i = 0; i < count; i++) {
        facts_read(c->db, ids[i], &f);
        p = place_of(c, &f, ORDER_FILE);
        rank_remove(c->db, &p);
    }
    db_run(c->db, "UPDATE file SET name = ?2, key = ?3 WHERE id = ?1", "itb", file, name, key, key_len);
    for (i = 0; i < count; i++) {
        facts_read(c->db, ids[i], &f);
        add_place(c, &f, ORDER_FILE);
    }
    free(ids);
    return cache_flush(c);
}

bool cache_set_flags(struct cache *c, int64_t id, unsigned flags)
{
    struct facts f;
    struct place p;
    bool hides;
    int ord;

    if (!cache_flush(c) || !facts_read(c->db, id, &f))
        return false;
    hides = ((f.flags ^ flags) & RANK_HIDDEN) != 0;
    for (ord = 0; ord < ORDER_COUNT && f.flags != flags; ord++) {
        p = place_of(c, &f, (enum order)ord);
        if (hides)
            rank_remove(c->db, &p);
        else
            rank_set_flags(c->db, &p, flags);
    }
    f.flags = flags;
    for (ord = 0; ord < ORDER_COUNT && hides; ord++)
        add_place(c, &f, (enum order)ord);
    return db_run(c->db, "UPDATE article SET flags = ?2 WHERE id = ?1 AND flags <> ?2", "ii", id,
                  (int64_t)flags);
}

bool cache_merge(struct cache *c, int pages)
{
    int before = sqlite3_total_changes(db_handle(c->db));

    /* Fewer than two changes say that there was nothing to merge (FTS5's manual, the 'merge' command). */
    return db_run(c->db, "INSERT INTO words(words, rank) VALUES('merge', ?1)", "i", (int64_t)pages) &&
           sqlite3_total_changes(db_handle(c->db)) - before >= 2;
}
