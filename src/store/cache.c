/* SPDX-License-Identifier: ISC */
#include "store/cache.h"

#include "base/mem.h"
#include "store/begins_log.h"
#include "store/body.h"
#include "store/codec.h"
#include "store/facts.h"
#include "store/intake.h"
#include "store/rank.h"
#include "store/schema.h"
#include "store/slot.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

enum { PLACES_MOST = 16384 * ORDER_COUNT }; /* that wait: many at once, so that few pages are written twice */

struct cache {
    struct db *db;
    int64_t next;         /* the id of the next article */
    int64_t first;        /* that of the first one of this transaction */
    struct place *places; /* of this transaction: sorted and counted in at its end */
    size_t place_count, place_cap;
    struct intake *intake;
    struct entry_maker *maker; /* what unindex makes: the words of the article that it took out */
    struct buf text;
    struct begins before, now; /* of an article that is written anew */
    struct begins_log *begins;
};

struct cache *cache_open(const char *path, bool *damaged, struct err *e)
{
    struct cache *c = mem_zalloc(1, sizeof *c);

    buf_init(&c->text);
    begins_init(&c->before);
    begins_init(&c->now);
    c->begins = begins_log_new();
    c->maker = entry_maker_new(false);
    c->db = db_open(path, DB_WRITE, e);
    c->intake = intake_new(c->db, c->begins);
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
    if (!*c)
        return;
    intake_free(&(*c)->intake);
    db_close(&(*c)->db);
    entry_maker_free(&(*c)->maker);
    buf_release(&(*c)->text);
    begins_release(&(*c)->before);
    begins_release(&(*c)->now);
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
    return c->maker->codec;
}

bool cache_begin(struct cache *c)
{
    c->place_count = 0;
    begins_log_clear(c->begins);
    intake_clear(c->intake);
    if (!db_exec(c->db, "BEGIN IMMEDIATE"))
        return false;
    /* Another process may have written since. */
    c->first = c->next = schema_number(c->db, "next", 1);
    return true;
}

bool cache_flush(struct cache *c)
{
    bool ok = rank_insert(c->db, c->places, c->place_count);

    c->place_count = 0;
    return ok;
}

static bool save_words(struct cache *c)
{
    return intake_finish(c->intake) && begins_log_save(c->begins, c->db);
}

bool cache_commit(struct cache *c)
{
    /* The words come late: what SQLite takes out of its memory to make room for them must not change once more, or it
     * reads all of the log again that it wrote since. */
    if (intake_seal(c->intake) && cache_flush(c) && save_words(c) &&
        schema_set_number(c->db, "next", c->next) && db_exec(c->db, "COMMIT"))
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
    p->slot = f->slot;
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
    return (struct place){.id = f->id,
                          .slot = f->slot,
                          .ord = (uint8_t)ord,
                          .flags = (uint8_t)f->flags,
                          .key = facts_key(c->db, f, ord)};
}

/* A contentless index forgets an article only when it is told its words once more; before has their beginnings then. */
static bool unindex(struct cache *c, int64_t id, int64_t slot)
{
    const struct buf *column = c->maker->column;
    size_t end[ENTRY_COLUMNS];
    struct article a;
    bool ok;
    int i;

    article_init(&a);
    ok = body_article(c->db, cache_codec(c), id, &a, &c->text) == BODY_FOUND;
    if (ok)
        entry_index(c->maker, &a);
    if (ok && !pieces_lost(&a)) {
        buf_clear(&c->text);
        for (i = 0; i < ENTRY_COLUMNS; i++) {
            buf_add(&c->text, column[i].data, column[i].len);
            end[i] = c->text.len;
        }
        begins_reset(&c->before);
        begins_add(&c->before, c->text.data, end[ENTRY_FACTS - 1]);
        ok = intake_put(c->intake, slot, false, 0, c->text.data, end);
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
    unindex(c, id, f.slot);
    return db_run(c->db, "DELETE FROM article WHERE id = ?1", "i", id) && body_remove(c->db, id);
}

/* A slot of that date that no article has: below those that came before it. A minute that is full in all
 * generations, which takes millions of articles, spills into the one before. */
static int64_t free_slot(struct cache *c, int64_t minutes)
{
    for (;; minutes--) {
        int generation;

        for (generation = 0; generation < SLOT_GENERATIONS; generation++) {
            struct slot_span span = slot_span(generation, minutes);
            int64_t lowest = db_int(c->db, span.to + 1,
                                    "SELECT slot FROM article WHERE slot BETWEEN ?1 AND ?2 ORDER BY slot LIMIT 1",
                                    "ii", span.from, span.to);

            if (lowest > span.from)
                return lowest - 1;
        }
    }
}

/* The slot of an article that is written anew stays where its date stays. */
static int64_t choose_slot(struct cache *c, const char *published, int64_t old)
{
    int64_t minutes = order_minutes(published);
    struct slot_span span = slot_span(old ? slot_generation(old) : 0, minutes);

    return old >= span.from && old <= span.to ? old : free_slot(c, minutes);
}

int64_t cache_put(struct cache *c, const struct entry *en, int64_t id)
{
    struct facts old = {.slot = 0};
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
    const char *tail = en->name_len <= en->locator.len ? en->locator.at + en->name_len : "";

    begins_reset(&c->before);
    if (id && cache_flush(c) && facts_read(c->db, id, &old))
        cache_remove(c, id);
    f.id = id ? id : c->next++;
    if (en->published)
        snprintf(f.published, sizeof f.published, "%s", en->published);
    f.slot = choose_slot(c, en->published, old.slot);
    db_run(
        c->db,
        "INSERT INTO article VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16,"
        " ?17, ?18, ?19, ?20, ?21)",
        "iiiitttttiiibbbiiiiii", f.id, (int64_t)en->flags, en->file, (int64_t)en->seq, tail,
        en->title, en->site, en->published, en->language, (int64_t)en->words, (int64_t)en->comments,
        (int64_t)en->minutes, (const void *)en->digest.byte, sizeof en->digest.byte, (const void *)en->title_key.bytes,
        (size_t)en->title_key.len, (const void *)en->site_key.bytes, (size_t)en->site_key.len,
        (int64_t)en->parser, en->origin, en->turn, (int64_t)en->voice, f.slot,
        (int64_t)en->extra);
    body_put(c->db, f.id, en->body.at, en->body.len, &en->pieces);
    /* What it had of an article of this transaction it may have dropped. */
    intake_put(c->intake, f.slot, true, f.id >= c->first ? f.id : 0, en->packed.at, en->column);
    forms_save(c->db, en->stems.at, en->stems.len);
    if (id) {
        begins_reset(&c->now);
        begins_add(&c->now, en->packed.at, en->column[ENTRY_FACTS - 1]);
        begins_log_put(c->begins, id, &c->now, &c->before);
        if (begins_log_full(c->begins))
            save_words(c);
    }
    add_places(c, &f);
    if (c->place_count >= PLACES_MOST)
        cache_flush(c);
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
