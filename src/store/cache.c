/* SPDX-License-Identifier: ISC */
#include "store/cache.h"

#include "base/mem.h"
#include "store/body.h"
#include "store/codec.h"
#include "store/facts.h"
#include "store/rank.h"
#include "store/schema.h"
#include "store/slot.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

enum {
    PIECE_BYTES = 16 << 20,           /* words of a piece of the index */
    TURN_BYTES = 1 << 20,             /* that come in before such a turn of others goes out */
    PLACES_MOST = 16384 * ORDER_COUNT, /* that wait: many at once, so that few pages are written twice */
};

/* The words of an article on their way into the index or out of it. FTS5 writes out what it has gathered whenever
 * a number is lower than the last one: so they wait until many can be put in order. */
struct pending {
    int64_t slot;
    size_t number; /* the first of what is done to one slot is done first */
    bool add;
    char *bytes; /* the columns side by side; owned */
    size_t end[ENTRY_COLUMNS];
};

/* Those that are gathered, or are written since they were put in order. */
struct queue {
    struct pending *list;
    size_t count, cap, written;
    size_t bytes; /* of all that came in */
};

struct cache {
    struct db *db;
    int64_t next;         /* the id of the next article */
    struct place *places; /* of this transaction: sorted and counted in at its end */
    size_t place_count, place_cap;
    struct queue gathered, ordered;
    struct entry_maker *maker; /* what unindex makes: the words and beginnings of the article that it took out */
    struct buf text;
    struct begins_log *begins;
};

struct cache *cache_open(const char *path, bool *damaged, struct err *e)
{
    struct cache *c = mem_zalloc(1, sizeof *c);

    buf_init(&c->text);
    c->begins = begins_log_new();
    c->maker = entry_maker_new(false);
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

static void queue_clear(struct queue *q)
{
    for (; q->written < q->count; q->written++)
        free(q->list[q->written].bytes);
    q->count = q->written = q->bytes = 0;
}

static void forget_words(struct cache *c)
{
    queue_clear(&c->gathered);
    queue_clear(&c->ordered);
}

void cache_close(struct cache **c)
{
    if (!*c)
        return;
    forget_words(*c);
    free((*c)->gathered.list);
    free((*c)->ordered.list);
    db_close(&(*c)->db);
    entry_maker_free(&(*c)->maker);
    buf_release(&(*c)->text);
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
    forget_words(c);
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

static int by_slot(const void *a, const void *b)
{
    const struct pending *x = a, *y = b;

    if (x->slot != y->slot)
        return x->slot < y->slot ? -1 : 1;
    return (x->number > y->number) - (x->number < y->number);
}

static bool index_one(struct cache *c, const struct pending *p)
{
    const char *sql = p->add ? "INSERT INTO words(rowid, title, body, comment, author, site, facts)"
                               " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)"
                             : "INSERT INTO words(words, rowid, title, body, comment, author, site, facts)"
                               " VALUES('delete', ?1, ?2, ?3, ?4, ?5, ?6, ?7)";
    const size_t *end = p->end;
    const char *s = p->bytes;

    return db_run(c->db, sql, "issssss", p->slot, (const void *)s, end[0], (const void *)(s + end[0]),
                  end[1] - end[0], (const void *)(s + end[1]), end[2] - end[1], (const void *)(s + end[2]),
                  end[3] - end[2], (const void *)(s + end[3]), end[4] - end[3], (const void *)(s + end[4]),
                  end[5] - end[4]);
}

/* Writes words in order, at least so many bytes of them if there are. */
static bool write_words(struct cache *c, size_t bytes)
{
    struct queue *q = &c->ordered;
    size_t done = 0;
    bool ok = true;

    while (q->written < q->count && done < bytes && ok) {
        struct pending *p = &q->list[q->written++];

        ok = index_one(c, p);
        done += p->end[ENTRY_COLUMNS - 1] + 1;
        free(p->bytes);
    }
    return ok;
}

/* What was gathered becomes the next piece, once the one before is written. */
static bool order_words(struct cache *c)
{
    bool ok = write_words(c, SIZE_MAX);
    struct queue empty;

    queue_clear(&c->ordered);
    empty = c->ordered;
    c->ordered = c->gathered;
    c->gathered = empty;
    if (c->ordered.count > 1)
        qsort(c->ordered.list, c->ordered.count, sizeof *c->ordered.list, by_slot);
    return ok;
}

bool cache_commit(struct cache *c)
{
    if (cache_flush(c) && order_words(c) && write_words(c, SIZE_MAX) && begins_log_save(c->begins, c->db) &&
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

/* Lets words wait for their turn: len bytes, which the caller puts there, as it sets the ends of their columns. */
static struct pending *wait_words(struct cache *c, int64_t slot, size_t len, bool add)
{
    struct queue *q = &c->gathered;
    struct pending *p;

    mem_grow(&q->list, &q->cap, q->count + 1, sizeof *q->list);
    p = &q->list[q->count];
    *p = (struct pending){.slot = slot, .number = q->count++, .add = add, .bytes = mem_alloc(len + 1)};
    q->bytes += len;
    return p;
}

/* A piece is written while the next one is gathered, in half the time: neither do other threads wait for a whole one to
 * be written, nor does all of it come when the transaction ends. */
static bool pass_words(struct cache *c, size_t came)
{
    size_t due = c->gathered.bytes / TURN_BYTES - (c->gathered.bytes - came) / TURN_BYTES;

    return write_words(c, due * TURN_BYTES * 2) && (c->gathered.bytes < PIECE_BYTES || order_words(c));
}

static bool index_words(struct cache *c, int64_t slot, const struct entry *en)
{
    struct pending *p = wait_words(c, slot, en->packed.len, true);

    memcpy(p->bytes, en->packed.at, en->packed.len);
    memcpy(p->end, en->column, sizeof p->end);
    return pass_words(c, en->packed.len);
}

/* A contentless index forgets an article only when it is told its words once more. */
static bool unindex(struct cache *c, int64_t id, int64_t slot)
{
    const struct buf *column = c->maker->column;
    struct article a;
    struct pending *p;
    size_t len = 0;
    bool ok;
    int i;

    article_init(&a);
    ok = body_article(c->db, cache_codec(c), id, &a, &c->text) == BODY_FOUND;
    if (ok)
        entry_index(c->maker, &a);
    if (ok && !pieces_lost(&a)) {
        for (i = 0; i < ENTRY_COLUMNS; i++)
            len += column[i].len;
        p = wait_words(c, slot, len, false);
        for (i = 0, len = 0; i < ENTRY_COLUMNS; i++) {
            memcpy(p->bytes + len, column[i].data, column[i].len);
            p->end[i] = len += column[i].len;
        }
        ok = pass_words(c, len);
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

    begins_reset(&c->maker->begins);
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
    index_words(c, f.slot, en);
    forms_save(c->db, en->stems.at, en->stems.len);
    begins_log_put(c->begins, f.id, en->begins, en->begins_count, &c->maker->begins);
    if (begins_log_full(c->begins))
        begins_log_save(c->begins, c->db);
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
