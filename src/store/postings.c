/* SPDX-License-Identifier: ISC */
#include "store/postings.h"

#include "base/buf.h"
#include "base/mem.h"
#include "store/entry.h"
#include "store/phrases.h"
#include "store/score.h"
#include "store/tokenizer.h"
#include "store/varint.h"

#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

/* The index is some segments, the newest ones first where several say something of one article. A segment is a row of
 * leaves with words in the order of their bytes, each with its articles by rising number ("rowid") and the places in
 * them. A word's articles may go on over leaves on which no word begins. */
enum {
    STRUCTURE = 10,    /* the key of the list of segments */
    SEGMENT_BITS = 37, /* of a leaf's key, below the segment's number */
    HEADER = 4,        /* of a leaf: where its first rowid before any word stands, and where its words are listed */
    WORD_MOST = 256,
    DEPTH = 16,        /* two to this power are more segments than there are */
    NOT_WANTED = -1,
    GONE = -1, /* as least: an article has it no more, whatever older segments say */
};

/* A word's articles in one segment. */
struct run {
    int64_t segment;
    int64_t page, last;    /* leaves: where they begin, and where they end at the latest */
    size_t at, end;        /* bytes of the first leaf */
};

struct list {
    struct posting *at;
    size_t count, cap;
};

struct word_runs {
    char word[WORD_MOST]; /* as the index has it */
    size_t len;
    struct run *runs;
    size_t count, cap;
};

struct postings {
    double weight[ENTRY_COLUMNS]; /* of an occurrence; NOT_WANTED: in this column it is none */
    struct word_runs *words;
    size_t count, cap;
    bool column;          /* places are looked at even where no weights are asked for */
    bool weights;         /* they are asked for */
    struct buf structure; /* that the runs are of */
    struct list all, merged, depth[DEPTH];
};

/* ---- the phrase ---- */

/* Words that stand at one place, each a byte with its length and its bytes; the first alone has no sign before it. */
static bool add_words(struct postings *p, const struct buf *packed)
{
    size_t at = 0, i, len;

    while (at < packed->len) {
        bool same = (unsigned char)packed->data[at] == TOKENIZER_SAME_PLACE;
        struct word_runs *w;

        at += same;
        len = at < packed->len ? (unsigned char)packed->data[at++] : 0;
        if (same != (p->count > 0) || len == 0 || len >= WORD_MOST || len > packed->len - at)
            return false;
        mem_grow(&p->words, &p->cap, p->count + 1, sizeof *p->words);
        w = &p->words[p->count];
        *w = (struct word_runs){.word = "0", .len = 1 + len}; /* 0: a word and not the beginning of some */
        memcpy(w->word + 1, packed->data + at, len);
        for (i = 0; i < p->count && (p->words[i].len != w->len || memcmp(p->words[i].word, w->word, w->len) != 0); i++)
            ;
        p->count += i == p->count;
        at += len;
    }
    return p->count > 0;
}

static int column_of(const char *name, size_t len)
{
    static const char *const names[ENTRY_COLUMNS] = {
        [ENTRY_TITLE] = "title",   [ENTRY_BODY] = "body", [ENTRY_COMMENT] = "comment",
        [ENTRY_AUTHOR] = "author", [ENTRY_SITE] = "site", [ENTRY_FACTS] = "facts",
    };
    int i;

    for (i = 0; i < ENTRY_COLUMNS; i++) {
        if (strlen(names[i]) == len && memcmp(names[i], name, len) == 0)
            break;
    }
    return i;
}

struct postings *postings_new(const char *phrase)
{
    struct postings *p = mem_zalloc(1, sizeof *p);
    size_t named = strcspn(phrase, " \"");
    int column = column_of(phrase, named), i;
    struct buf packed;
    bool prefix;

    buf_init(&packed);
    buf_init(&p->structure);
    for (i = 0; i < ENTRY_COLUMNS; i++)
        p->weight[i] = column == ENTRY_COLUMNS || column == i ? score_weight(i) : NOT_WANTED;
    phrases_words(phrase, &packed, &prefix);
    p->column = named > 0;
    if (prefix || (named > 0 && column == ENTRY_COLUMNS) || !add_words(p, &packed))
        postings_free(&p);
    buf_release(&packed);
    return p;
}

void postings_free(struct postings **p)
{
    size_t i;

    if (!*p)
        return;
    for (i = 0; i < (*p)->count; i++)
        free((*p)->words[i].runs);
    free((*p)->words);
    buf_release(&(*p)->structure);
    free((*p)->all.at);
    free((*p)->merged.at);
    for (i = 0; i < DEPTH; i++)
        free((*p)->depth[i].at);
    free(*p);
    *p = NULL;
}

/* ---- leaves ---- */

/* A leaf, valid until the next one is read. */
struct leaf {
    sqlite3_stmt *st;
    const uint8_t *bytes;
    size_t words_end, size; /* its words, and the list of where they begin */
    size_t first;           /* where its first rowid before any word stands; 0 for none */
};

static size_t get16(const uint8_t *at)
{
    return (size_t)at[0] << 8 | at[1];
}

static bool open_leaf(struct db *db, int64_t segment, int64_t page, struct leaf *leaf)
{
    *leaf = (struct leaf){.st = db_query(db, "SELECT block FROM words_data WHERE id = ?1", "i",
                                         (segment << SEGMENT_BITS) + page)};
    if (!db_row(db, leaf->st)) {
        leaf->st = NULL;
        return false;
    }
    leaf->bytes = sqlite3_column_blob(leaf->st, 0);
    leaf->size = (size_t)sqlite3_column_bytes(leaf->st, 0);
    if (leaf->size < HEADER)
        return false;
    leaf->first = get16(leaf->bytes);
    leaf->words_end = get16(leaf->bytes + 2);
    return leaf->words_end >= HEADER && leaf->words_end <= leaf->size && leaf->first < leaf->words_end &&
           (leaf->first == 0 || leaf->first >= HEADER);
}

static void close_leaf(struct leaf *leaf)
{
    db_done(leaf->st);
    leaf->st = NULL;
}

/* Where the next word begins, of which *listed is the place in the list; the end of the words after the last one. */
static size_t next_word(const struct leaf *leaf, size_t before, size_t *listed)
{
    uint64_t further;
    size_t len = varint_get(leaf->bytes + *listed, leaf->bytes + leaf->size, &further);

    *listed += len;
    return len == 0 || further > leaf->words_end - before ? leaf->words_end : before + (size_t)further;
}

/* Looks for a word on a leaf: where its articles begin and where they end, which is the end of the leaf's words where
 * they may go on on the next one. */
static bool find_word(const struct leaf *leaf, const struct word_runs *w, size_t *begin, size_t *end)
{
    size_t listed = leaf->words_end, at = next_word(leaf, 0, &listed), known = 0;
    const uint8_t *words_end = leaf->bytes + leaf->words_end;
    uint8_t word[WORD_MOST];
    bool first = true;

    while (at < leaf->words_end) {
        const uint8_t *s = leaf->bytes + at;
        uint64_t same = 0, len;

        if (!first)
            s += varint_get(s, words_end, &same);
        s += varint_get(s, words_end, &len);
        if (same > known || same + len > sizeof word || len > (uint64_t)(words_end - s))
            return false;
        memcpy(word + same, s, (size_t)len);
        known = (size_t)(same + len);
        *begin = (size_t)(s - leaf->bytes) + (size_t)len;
        at = *end = next_word(leaf, at, &listed);
        if (known == w->len && memcmp(word, w->word, known) == 0)
            return *begin <= *end;
        first = false;
    }
    return false;
}

/* Notes where a segment has the word's articles, if it has any; false where the leaf that would tell cannot be read. */
static bool find_run(struct word_runs *w, struct db *db, int64_t segment, int64_t first, int64_t last)
{
    struct run run = {.segment = segment};
    struct leaf leaf;
    bool good;

    run.page = db_int(db, 0, "SELECT pgno FROM words_idx WHERE segid = ?1 AND term <= ?2 ORDER BY term DESC LIMIT 1",
                      "ib", segment, (const void *)w->word, w->len) >> 1;
    run.page = run.page < first ? first : run.page;
    good = open_leaf(db, segment, run.page, &leaf);
    if (good && find_word(&leaf, w, &run.at, &run.end)) {
        run.last = run.page;
        if (run.end == leaf.words_end)
            run.last = db_int(db, last << 1,
                              "SELECT pgno FROM words_idx WHERE segid = ?1 AND term > ?2 ORDER BY term LIMIT 1", "ib",
                              segment, (const void *)w->word, w->len) >> 1;
        mem_grow(&w->runs, &w->cap, w->count + 1, sizeof *w->runs);
        w->runs[w->count++] = run;
    }
    close_leaf(&leaf);
    return good;
}

/* ---- segments ---- */

struct segment {
    int64_t number, first, last; /* leaves; first 0: none is left */
    int64_t level;
};

struct segments {
    struct segment *at;
    size_t count, cap;
};

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

/* Reads the list of segments: level by level from the youngest on, the segments of each from the oldest on. */
static bool read_structure(const struct buf *structure, struct segments *out)
{
    enum { COOKIE = 4, FORM = 4 };
    static const uint8_t later[FORM] = {0xFF, 0, 0, 1};
    struct numbers n = {.at = (const uint8_t *)structure->data, .bad = structure->len < COOKIE + FORM};
    int64_t levels, level, count;

    if (n.bad || memcmp(n.at + COOKIE, later, FORM) == 0)
        return false;
    n.end = n.at + structure->len;
    n.at += COOKIE;
    levels = get(&n);
    get(&n); /* segments in all */
    get(&n); /* pages written so far */
    for (level = 0; level < levels && !n.bad; level++) {
        get(&n); /* segments that are being merged */
        for (count = get(&n); count > 0 && !n.bad; count--) {
            mem_grow(&out->at, &out->cap, out->count + 1, sizeof *out->at);
            out->at[out->count].level = level;
            out->at[out->count].number = get(&n);
            out->at[out->count].first = get(&n);
            out->at[out->count++].last = get(&n);
        }
    }
    return !n.bad;
}

static bool find_words_in(struct postings *p, struct db *db, const struct segment *segment)
{
    bool good = true;
    size_t w;

    for (w = 0; w < p->count && segment->first > 0 && good; w++)
        good = find_run(&p->words[w], db, segment->number, segment->first, segment->last);
    return good;
}

/* Finds the words in all segments, the newest first. */
static bool find_runs(struct postings *p, struct db *db)
{
    struct segments all = {NULL, 0, 0};
    size_t i, k, next;
    bool good = read_structure(&p->structure, &all);

    for (i = 0; i < p->count; i++)
        p->words[i].count = 0;
    for (i = 0; i < all.count && good; i = next) {
        for (next = i; next < all.count && all.at[next].level == all.at[i].level; next++)
            ;
        for (k = next; k > i && good; k--)
            good = find_words_in(p, db, &all.at[k - 1]);
    }
    free(all.at);
    return good;
}

/* Reads the structure, which another connection may have changed since. */
static bool follow_structure(struct postings *p, struct db *db)
{
    sqlite3_stmt *st = db_query(db, "SELECT block FROM words_data WHERE id = ?1", "i", (int64_t)STRUCTURE);
    const void *bytes;
    size_t len;
    bool same;

    if (!db_row(db, st))
        return false;
    bytes = sqlite3_column_blob(st, 0);
    len = (size_t)sqlite3_column_bytes(st, 0);
    same = p->structure.len == len && len > 0 && memcmp(p->structure.data, bytes, len) == 0;
    if (!same) {
        buf_clear(&p->structure);
        buf_add(&p->structure, bytes, len);
    }
    db_done(st);
    if (same || find_runs(p, db))
        return db_fault(db) == DB_FINE;
    buf_clear(&p->structure);
    return false;
}

/* ---- articles ---- */

/* The reading of one run. */
struct reading {
    struct db *db;
    const struct run *run;
    int64_t page;
    struct leaf leaf;
    const uint8_t *at, *end; /* on the leaf, of what is the word's */
    bool last;               /* it ends on this leaf */
    bool bad;
};

static void turn_to(struct reading *r, int64_t page)
{
    bool begins = page == r->run->page;
    size_t listed, from = HEADER, end;

    close_leaf(&r->leaf);
    r->page = page;
    r->bad = !open_leaf(r->db, r->run->segment, page, &r->leaf);
    if (r->bad)
        return;
    listed = r->leaf.words_end;
    end = begins ? r->run->end : next_word(&r->leaf, 0, &listed);
    from = begins ? r->run->at : from;
    r->bad = end < from || end > r->leaf.words_end;
    r->at = r->leaf.bytes + from;
    r->end = r->leaf.bytes + end;
    r->last = page >= r->run->last || (!begins && r->leaf.size > r->leaf.words_end);
}

static bool turn_on(struct reading *r)
{
    while (!r->bad && r->at == r->end && !r->last)
        turn_to(r, r->page + 1);
    return !r->bad && r->at < r->end;
}

/* Whether something of it is left, be it on the next leaf. */
static inline bool has_more(struct reading *r)
{
    return r->at < r->end ? !r->bad : turn_on(r);
}

static inline uint64_t read_number(struct reading *r)
{
    uint64_t n = 0;
    size_t len = has_more(r) ? varint_get(r->at, r->end, &n) : 0;

    r->bad = r->bad || len == 0;
    r->at += len;
    return n;
}

/* The first rowid that the leaf has before any word; 0 where it has none. */
static int64_t first_rowid(const struct reading *r)
{
    uint64_t rowid = 0;

    if (r->leaf.first > 0 && r->leaf.bytes + r->leaf.first < r->end)
        varint_get(r->leaf.bytes + r->leaf.first, r->end, &rowid);
    return (int64_t)rowid;
}

/* Goes to the last leaf on which no rowid stands before the first one that is wanted. */
static void go_to(struct reading *r, int64_t from)
{
    int64_t low = r->run->page, high = r->run->last, middle, rowid = 0;

    while (low < high && !r->bad) {
        int64_t at = middle = low + (high - low + 1) / 2;

        for (turn_to(r, at); !r->bad && !(rowid = first_rowid(r)) && at < high; turn_to(r, at))
            at++;
        if (rowid > 0 && rowid <= from)
            low = at;
        else
            high = middle - 1;
    }
    if (!r->bad)
        turn_to(r, low);
    if (!r->bad && low > r->run->page)
        r->at = r->leaf.bytes + r->leaf.first;
}

/* An article's places are added up: numbers, each 2 more than what a place is past the one before, and before those of
 * each column but the first a 1 and the column. */
struct tally {
    const struct postings *p;
    double weight, frequency;
    uint64_t places, last, least; /* in this column; words of the columns before it at least */
    bool any, column_follows;
};

static void begin_column(struct tally *t, uint64_t column)
{
    double weight = column < ENTRY_COLUMNS ? t->p->weight[column] : NOT_WANTED;

    if (t->places > 0 && t->weight >= 0) {
        t->frequency += t->weight * (double)t->places;
        t->least += t->last + 1;
        t->any = true;
    }
    t->places = t->last = 0;
    t->weight = weight;
}

static inline uint64_t load8(const uint8_t *at)
{
    return (uint64_t)at[0] | (uint64_t)at[1] << 8 | (uint64_t)at[2] << 16 | (uint64_t)at[3] << 24 |
           (uint64_t)at[4] << 32 | (uint64_t)at[5] << 40 | (uint64_t)at[6] << 48 | (uint64_t)at[7] << 56;
}

/* Adds up places as long as each is one byte, eight at a time. */
static const uint8_t *tally_short(struct tally *t, const uint8_t *at, const uint8_t *end)
{
    const uint64_t highest = UINT64_C(0x8080808080808080), twos = UINT64_C(0x0202020202020202);
    const uint64_t odd = UINT64_C(0x00FF00FF00FF00FF), ones = UINT64_C(0x0001000100010001);
    const uint8_t *begin = at;
    uint64_t sum = 0, x, other = 0;
    int n;

    for (; end - at >= 8 && !other; at += n) {
        x = load8(at);
        other = (x | (x - twos)) & highest; /* right as far as the first one, which is all that is asked for */
        n = other ? __builtin_ctzll(other) / 8 : 8;
        x = n < 8 ? x & ((UINT64_C(1) << 8 * n) - 1) : x;
        sum += ((x & odd) + (x >> 8 & odd)) * ones >> 48;
    }
    for (; !other && at < end && *at >= 2 && *at < 0x80; at++)
        sum += *at;
    t->places += (uint64_t)(at - begin);
    t->last += sum - 2 * (uint64_t)(at - begin);
    return at;
}

static bool tally_bytes(struct tally *t, const uint8_t *at, const uint8_t *end)
{
    uint64_t n;
    size_t len;

    while (at < end) {
        len = varint_get(at, end, &n);
        at += len;
        if (len == 0)
            return false;
        if (t->column_follows) {
            begin_column(t, n);
            t->column_follows = false;
        } else if (n == 1) {
            t->column_follows = true;
            continue;
        } else {
            t->last += n - 2;
            t->places++;
        }
        at = tally_short(t, at, end);
    }
    return true;
}

/* Passes an article's places, of so many bytes, and adds them up if need be. */
static void pass_places(struct reading *r, uint64_t bytes, struct tally *t)
{
    while (bytes > 0 && has_more(r)) {
        size_t here = (size_t)(r->end - r->at);

        here = bytes < here ? (size_t)bytes : here;
        r->bad = t && !tally_bytes(t, r->at, r->at + here);
        r->at += here;
        bytes -= here;
    }
    r->bad = r->bad || bytes > 0;
}

static inline void append(struct list *to, const struct posting *one)
{
    if (to->count == to->cap)
        mem_grow(&to->at, &to->cap, to->count + 1, sizeof *to->at);
    to->at[to->count++] = *one;
}

/* Reads what a run says of the articles in a span: also that one has the word no more, or in no column that counts. */
static bool read_run(const struct postings *p, struct db *db, const struct run *run, struct slot_span span,
                     struct list *out)
{
    struct reading r = {.db = db, .run = run};
    int64_t rowid = 0;

    go_to(&r, span.from);
    while (has_more(&r)) {
        bool anew = rowid == 0 || r.at == r.leaf.bytes + r.leaf.first;
        uint64_t number = read_number(&r), bytes = read_number(&r) >> 1;
        struct tally t = {.p = p, .weight = p->weight[ENTRY_TITLE], .any = !p->weights && bytes > 0};
        int64_t next = anew ? (int64_t)number : (int64_t)((uint64_t)rowid + number);

        r.bad = r.bad || next <= rowid;
        rowid = next;
        if (r.bad || rowid > span.to)
            break;
        pass_places(&r, bytes, p->weights && rowid >= span.from ? &t : NULL);
        if (rowid < span.from)
            continue;
        begin_column(&t, ENTRY_COLUMNS);
        append(out, &(struct posting){rowid, t.frequency, t.any ? (int)t.least : GONE});
    }
    close_leaf(&r.leaf);
    return !r.bad;
}

static void swap(struct list *a, struct list *b)
{
    struct list was = *a;

    *a = *b;
    *b = was;
}

/* Puts two lists together in the first; the other one is spent. What both have of an article is added up, or the first
 * is right. */
static void merge(struct postings *p, struct list *into, struct list *from, bool add)
{
    size_t i = 0, k = 0;

    if (from->count == 0)
        return;
    if (into->count == 0) {
        swap(into, from);
        return;
    }
    p->merged.count = 0;
    while (i < into->count || k < from->count) {
        bool mine = k == from->count || (i < into->count && into->at[i].slot <= from->at[k].slot);
        bool both = mine && k < from->count && into->at[i].slot == from->at[k].slot;
        struct posting one = mine ? into->at[i++] : from->at[k++];

        if (both && add) {
            one.frequency += from->at[k].frequency;
            one.least = one.least > from->at[k].least ? one.least : from->at[k].least;
        }
        k += both;
        append(&p->merged, &one);
    }
    swap(into, &p->merged);
}

static void drop_gone(struct list *l)
{
    size_t i, kept = 0;

    for (i = 0; i < l->count; i++) {
        if (l->at[i].least != GONE)
            l->at[kept++] = l->at[i];
    }
    l->count = kept;
}

/* Reads count of a word's runs, the newest first, into the list of this depth: one half, and then the other one that is
 * put together with it. */
static bool read_runs(struct postings *p, struct db *db, const struct run *runs, size_t count, struct slot_span span,
                      int depth)
{
    size_t half = count / 2;

    p->depth[depth].count = 0;
    if (count < 2)
        return count == 0 || read_run(p, db, runs, span, &p->depth[depth]);
    if (depth + 1 == DEPTH || !read_runs(p, db, runs, half, span, depth) ||
        !read_runs(p, db, runs + half, count - half, span, depth + 1))
        return false;
    merge(p, &p->depth[depth], &p->depth[depth + 1], false);
    return true;
}

bool postings_read(struct postings *p, struct db *db, struct slot_span span, bool weights,
                   const struct posting **found, size_t *count)
{
    size_t w;

    p->all.count = 0;
    p->weights = weights || p->column;
    if (!follow_structure(p, db))
        return false;
    for (w = 0; w < p->count; w++) {
        if (!read_runs(p, db, p->words[w].runs, p->words[w].count, span, 0))
            return false;
        drop_gone(&p->depth[0]);
        merge(p, &p->all, &p->depth[0], true);
    }
    *found = p->all.at;
    *count = p->all.count;
    return true;
}
