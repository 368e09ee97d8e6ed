/* SPDX-License-Identifier: ISC */
#include "store/runs.h"

#include "base/mem.h"
#include "base/word.h"
#include "store/leaf.h"
#include "store/varint.h"

#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

enum { STRUCTURE = 10 }; /* the key of the list of segments */

void runs_init(struct runs *r)
{
    *r = (struct runs){.segments = NULL};
    buf_init(&r->structure);
}

void runs_release(struct runs *r)
{
    free(r->segments);
    buf_release(&r->structure);
}

/* ---- segments ---- */

struct numbers {
    const uint8_t *at, *end;
    bool bad;
};

static int64_t get(struct numbers *n)
{
    uint64_t number;
    size_t len = varint_get(n->at, n->end, &number);

    n->at += len;
    n->bad = n->bad || len == 0 || number > INT64_MAX;
    return n->bad ? 0 : (int64_t)number;
}

/* Turns the segments of a level, which are listed from the oldest on. */
static void turn_level(struct runs *r, size_t from)
{
    size_t to = r->count;

    for (; from + 1 < to; from++, to--) {
        struct runs_segment was = r->segments[from];

        r->segments[from] = r->segments[to - 1];
        r->segments[to - 1] = was;
    }
}

static void add_segment(struct runs *r, struct numbers *n)
{
    struct runs_segment s;

    s.number = get(n);
    s.first = get(n);
    s.last = get(n);
    if (s.first == 0) /* nothing is left of it */
        return;
    mem_grow(&r->segments, &r->cap, r->count + 1, sizeof *r->segments);
    r->segments[r->count++] = s;
}

/* Reads the list of segments: level by level from the youngest on. */
static bool read_structure(struct runs *r)
{
    enum { COOKIE = 4, FORM = 4 };
    static const uint8_t later[FORM] = {0xFF, 0, 0, 1};
    struct numbers n = {.at = (const uint8_t *)r->structure.data, .bad = r->structure.len < COOKIE + FORM};
    int64_t levels, level, count;
    size_t from;

    r->count = 0;
    if (n.bad || memcmp(n.at + COOKIE, later, FORM) == 0)
        return false;
    n.end = n.at + r->structure.len;
    n.at += COOKIE;
    levels = get(&n);
    get(&n); /* segments in all */
    get(&n); /* pages written so far */
    for (level = 0; level < levels && !n.bad; level++) {
        get(&n); /* segments that are being merged */
        from = r->count;
        for (count = get(&n); count > 0 && !n.bad; count--)
            add_segment(r, &n);
        turn_level(r, from);
    }
    return !n.bad;
}

bool runs_follow(struct runs *r, struct db *db)
{
    sqlite3_stmt *st = db_query(db, "SELECT block FROM words_data WHERE id = ?1", "i", (int64_t)STRUCTURE);
    const void *bytes;
    size_t len;
    bool same;

    if (!db_row(db, st))
        return false;
    bytes = sqlite3_column_blob(st, 0);
    len = (size_t)sqlite3_column_bytes(st, 0);
    same = len > 0 && r->structure.len == len && memcmp(r->structure.data, bytes, len) == 0;
    if (!same) {
        buf_clear(&r->structure);
        buf_add(&r->structure, bytes, len);
        r->version++;
    }
    db_done(st);
    if (same || read_structure(r))
        return true;
    buf_clear(&r->structure);
    return false;
}

/* ---- words ---- */

/* What is looked for, as the index has it. */
struct sought {
    uint8_t word[1 + RUNS_WORD_MOST];
    size_t len;
    bool begins;
};

/* The words of a leaf, one after the other. */
struct walk {
    const struct leaf *leaf;
    uint8_t word[LEAF_WORD_MOST];
    size_t len, listed, at;
    size_t begin, end; /* bytes of its articles; end: the leaf's where they may go on on the next one */
    bool any, bad;
};

static bool next_word(struct walk *w)
{
    const uint8_t *words_end = w->leaf->bytes + w->leaf->words_end, *s = w->leaf->bytes + w->at;
    uint64_t same = 0, len;

    if (w->at >= w->leaf->words_end)
        return false;
    if (w->any)
        s += varint_get(s, words_end, &same);
    s += varint_get(s, words_end, &len);
    w->bad = same > w->len || len > sizeof w->word - same || len > (uint64_t)(words_end - s);
    if (w->bad)
        return false;
    memcpy(w->word + same, s, (size_t)len);
    w->len = (size_t)(same + len);
    w->begin = (size_t)(s - w->leaf->bytes) + (size_t)len;
    w->at = w->end = leaf_next_word(w->leaf, w->at, &w->listed);
    w->any = true;
    w->bad = w->begin > w->end;
    return !w->bad;
}

/* Less than, equal to or greater than 0 as the word stands before those sought, is one, or stands behind them. */
static int compare(const struct walk *w, const struct sought *s)
{
    size_t least = w->len < s->len ? w->len : s->len;
    int order = memcmp(w->word, s->word, least);

    if (order == 0 && (w->len == s->len || (s->begins && w->len > s->len)))
        return 0;
    return order ? order : w->len < s->len ? -1 : 1;
}

/* The leaf on which the first word begins that stands behind this one, and that is not on its leaf; 0 for none. */
static int64_t page_behind(struct db *db, int64_t segment, const uint8_t *word, size_t len)
{
    return db_int(db, 0, "SELECT pgno FROM words_idx WHERE segid = ?1 AND term > ?2 ORDER BY term LIMIT 1", "ib",
                  segment, (const void *)word, len) >> 1;
}

/* Notes the runs on a leaf; *next is the leaf on which more may begin, 0 for none. */
static bool find_on(struct db *db, const struct runs_segment *segment, uint32_t number, const struct leaf *leaf,
                    const struct sought *sought, struct run_list *out, int64_t *next)
{
    struct walk w = {.leaf = leaf, .listed = leaf->words_end};
    int order = -1;

    *next = 0;
    w.at = leaf_next_word(leaf, 0, &w.listed);
    while (order <= 0 && next_word(&w)) {
        order = compare(&w, sought);
        if (order != 0)
            continue;
        mem_grow(&out->at, &out->cap, out->count + 1, sizeof *out->at);
        out->at[out->count++] = (struct run){.word = word_hash_of((const char *)w.word, w.len),
                                             .page = leaf->page,
                                             .last = leaf->page,
                                             .segment = number,
                                             .at = (uint16_t)w.begin,
                                             .end = (uint16_t)w.end,
                                             .before = INT64_MAX};
    }
    if (w.bad || order > 0)
        return !w.bad;
    *next = page_behind(db, segment->number, w.word, w.len);
    if (order == 0)
        out->at[out->count - 1].last = *next ? *next : segment->last;
    if (!sought->begins)
        *next = 0;
    return *next == 0 || *next > leaf->page;
}

/* The leaf of a segment on which the first of the words sought begins, if one does. */
static int64_t first_page(const struct runs_segment *segment, struct db *db, const struct sought *sought)
{
    int64_t page = db_int(db, 0,
                          "SELECT pgno FROM words_idx WHERE segid = ?1 AND term <= ?2 ORDER BY term DESC LIMIT 1", "ib",
                          segment->number, (const void *)sought->word, sought->len) >> 1;

    return page < segment->first ? segment->first : page;
}

bool runs_find(const struct runs *r, struct db *db, const char *word, size_t len, bool begins,
               struct runs_place *place, struct run_list *out)
{
    struct sought sought = {.word = "0", .len = 1 + len, .begins = begins}; /* 0: the index of whole words */
    const struct runs_segment *segment;
    struct leaf leaf = {.st = NULL};
    bool good;

    if (place->segment >= r->count)
        return true;
    segment = &r->segments[place->segment];
    memcpy(sought.word + 1, word, len);
    if (place->page == 0)
        place->page = first_page(segment, db, &sought);
    good = leaf_open(&leaf, db, segment->number, place->page) &&
           find_on(db, segment, place->segment, &leaf, &sought, out, &place->page);
    leaf_close(&leaf);
    place->segment += place->page == 0;
    return good;
}
