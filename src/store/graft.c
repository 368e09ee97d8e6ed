/* SPDX-License-Identifier: ISC */
#include "store/graft.h"

#include "base/way.h"
#include "store/varint.h"

#include <string.h>

#include <sqlite3.h>

enum {
    AVERAGES = 1, /* rows of the table words_data */
    STRUCTURE = 10,
    SEGMENT_BIT = 37,
    COOKIE = 4,
    SEGMENTS_MOST = 2000, /* that FTS5 bears */
    CROWD = 16,           /* segments of a level, as many as FTS5 is told to merge (store/schema) */
    FORMAT = 4,
};

/* FTS5's record of its segments, read number by number. */
struct structure {
    uint8_t *bytes; /* borrowed */
    const uint8_t *at, *end;
    uint64_t levels, segments, written;
    bool bad;
};

static uint64_t get(struct structure *st)
{
    uint64_t n;
    size_t len = varint_get(st->at, st->end, &n);

    st->bad = st->bad || len == 0;
    st->at += len;
    return n;
}

static void put(struct buf *out, uint64_t n)
{
    uint8_t bytes[VARINT_MOST];

    buf_add(out, bytes, varint_put(bytes, n));
}

static bool read_row(struct db *db, int64_t id, struct buf *out)
{
    sqlite3_stmt *st = db_query(db, "SELECT block FROM words_data WHERE id = ?1", "i", id);

    buf_clear(out);
    if (!db_row(db, st))
        return false;
    buf_add(out, sqlite3_column_blob(st, 0), (size_t)sqlite3_column_bytes(st, 0));
    db_done(st);
    return true;
}

static bool write_row(struct db *db, int64_t id, const struct buf *block)
{
    return db_run(db, "REPLACE INTO words_data(id, block) VALUES(?1, ?2)", "ib", id, (const void *)block->data,
                  block->len);
}

static struct structure begin_structure(struct buf *record)
{
    struct structure st = {.bytes = (uint8_t *)record->data};

    st.end = st.bytes + record->len;
    st.at = record->len < COOKIE ? st.end : st.bytes + COOKIE;
    st.levels = get(&st);
    st.segments = get(&st);
    st.written = get(&st);
    return st;
}

bool graft_fits(struct db *db)
{
    return db_int(db, 0, "SELECT v FROM words_config WHERE k = 'version'", "") == FORMAT;
}

/* FTS5 keeps its record of segments in memory, and reads it again after a savepoint that it took part in was undone. A
 * savepoint also makes it write what it holds, before it; so nothing is lost by undoing it at once. */
static bool make_forget(struct db *db)
{
    return db_run(db, "INSERT INTO words(words, rank) VALUES('merge', 0)", "") && db_exec(db, "SAVEPOINT graft") &&
           db_exec(db, "ROLLBACK TO graft") && db_exec(db, "RELEASE graft");
}

/* The lowest number that no segment has; 0 where there is none, or the record cannot be read. */
static int64_t free_segment(struct structure *st)
{
    bool used[SEGMENTS_MOST + 1] = {true};
    uint64_t level, count, i, id;
    int64_t n = 0;

    if (st->segments >= SEGMENTS_MOST)
        return 0;
    for (level = 0; level < st->levels && !st->bad; level++) {
        get(st); /* how many are being merged */
        count = get(st);
        for (i = 0; i < count && !st->bad; i++) {
            id = get(st);
            get(st);
            get(st);
            if (id <= SEGMENTS_MOST)
                used[id] = true;
        }
    }
    while (n <= SEGMENTS_MOST && used[n])
        n++;
    return st->bad || n > SEGMENTS_MOST ? 0 : n;
}

static bool is_damaged(struct db *db)
{
    return db_damaged(db, "the full-text index has a record that cannot be read");
}

bool graft_begin(struct graft *g, struct db *db)
{
    struct buf record;
    struct structure st;

    *g = (struct graft){.db = db};
    buf_init(&record);
    if (make_forget(db) && read_row(db, STRUCTURE, &record)) {
        st = begin_structure(&record);
        g->segment = free_segment(&st);
    }
    buf_release(&record);
    return g->segment > 0 || is_damaged(db);
}

/* The tables in which FTS5 keeps its index are shut to others (store/db) but for these moments. */
static void let_write(struct db *db, bool let)
{
    sqlite3_db_config(db_handle(db), SQLITE_DBCONFIG_DEFENSIVE, !let, NULL);
}

bool graft_pages(struct graft *g, const struct leaves_done *d)
{
    size_t i;
    bool ok = true;

    let_write(g->db, true);
    for (i = 0; i < d->page_count && ok; i++, way_let())
        ok = db_run(g->db, "REPLACE INTO words_data(id, block) VALUES(?1, ?2)", "ib",
                    g->segment << SEGMENT_BIT | d->pages[i].key, (const void *)(d->bytes.data + d->pages[i].at),
                    d->pages[i].len);
    for (i = 0; i < d->first_count && ok; i++)
        ok = db_run(g->db, "INSERT INTO words_idx(segid, term, pgno) VALUES(?1, ?2, ?3)", "ibi", g->segment,
                    (const void *)(d->bytes.data + d->firsts[i].at), d->firsts[i].len, d->firsts[i].page);
    let_write(g->db, false);
    return ok;
}

/* Adds to FTS5's record that the newest segment of the lowest level is this one. */
static void add_segment(struct graft *g, struct structure *st, int64_t leaves, struct buf *out)
{
    uint64_t level, count, i;

    buf_add(out, st->bytes, COOKIE);
    put(out, st->levels ? st->levels : 1);
    put(out, st->segments + 1);
    put(out, st->written + (uint64_t)leaves);
    for (level = 0; level == 0 || level < st->levels; level++) {
        uint64_t merging = st->levels ? get(st) : 0;

        count = st->levels ? get(st) : 0;
        put(out, merging);
        put(out, count + (level == 0));
        for (i = 0; i < 3 * count && !st->bad; i++)
            put(out, get(st));
        if (level == 0) {
            put(out, (uint64_t)g->segment);
            put(out, 1);
            put(out, (uint64_t)leaves);
        }
        g->crowded = g->crowded || merging > 0 || count + (level == 0) >= CROWD;
    }
}

static bool write_structure(struct graft *g, int64_t leaves)
{
    struct buf record, now;
    struct structure st;
    bool ok;

    buf_init(&record);
    buf_init(&now);
    ok = read_row(g->db, STRUCTURE, &record);
    if (ok) {
        st = begin_structure(&record);
        add_segment(g, &st, leaves, &now);
        ok = st.bad ? is_damaged(g->db) : write_row(g->db, STRUCTURE, &now);
    }
    buf_release(&record);
    buf_release(&now);
    return ok;
}

/* How many articles the index has, and how many words their columns have. */
static bool write_averages(struct graft *g, const struct segment_article *articles, size_t count)
{
    uint64_t sum[1 + ENTRY_COLUMNS] = {count};
    struct structure st = {0};
    struct buf record;
    size_t i;
    int column;
    bool ok;

    buf_init(&record);
    if (read_row(g->db, AVERAGES, &record)) {
        st.at = (const uint8_t *)record.data;
        st.end = st.at + record.len;
        for (i = 0; i < 1 + ENTRY_COLUMNS && st.at < st.end; i++)
            sum[i] += get(&st);
    }
    for (i = 0; i < count; i++) {
        for (column = 0; column < ENTRY_COLUMNS; column++)
            sum[1 + column] += articles[i].words[column];
    }
    buf_clear(&record);
    for (i = 0; i < 1 + ENTRY_COLUMNS; i++)
        put(&record, sum[i]);
    ok = st.bad ? is_damaged(g->db) : write_row(g->db, AVERAGES, &record);
    buf_release(&record);
    return ok;
}

static bool write_sizes(struct graft *g, const struct segment_article *articles, size_t count)
{
    uint8_t size[ENTRY_COLUMNS * VARINT_MOST];
    bool ok = true;
    size_t i, len;
    int column;

    for (i = 0; i < count && ok; i++) {
        for (len = 0, column = 0; column < ENTRY_COLUMNS; column++)
            len += varint_put(size + len, articles[i].words[column]);
        ok = db_run(g->db, "REPLACE INTO words_docsize(id, sz) VALUES(?1, ?2)", "ib", articles[i].rowid,
                    (const void *)size, len);
    }
    return ok;
}

bool graft_end(struct graft *g, const struct leaves *l, const struct segment *s)
{
    size_t count;
    const struct segment_article *articles = segment_articles(s, &count);
    bool ok;

    let_write(g->db, true);
    ok = write_sizes(g, articles, count) && write_averages(g, articles, count) &&
         (leaves_count(l) == 0 || write_structure(g, leaves_count(l)));
    let_write(g->db, false);
    return ok;
}
