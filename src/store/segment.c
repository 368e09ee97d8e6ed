/* SPDX-License-Identifier: ISC */
/*
 * Articles come in any order; a word's places are put behind each other as they come, in a chain of chunks, each half
 * as long again as the one before: for each article the difference of its number to the one before, its places as FTS5
 * writes them, and a zero, which no place begins with. Only when a word is written are its articles put in the order
 * of their rowids.
 */
#include "store/segment.h"

#include "base/mem.h"
#include "base/way.h"
#include "base/word.h"
#include "store/varint.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum {
    UNIT = 8, /* all memory is taken in units, so that 32 bits name a place in it */
    BLOCK_BITS = 17,
    BLOCK_UNITS = 1 << BLOCK_BITS,
    CHUNK_FIRST = 16,
    CHUNK_MOST = 4096,
    TABLE_FIRST = 1 << 12,
    PLACE_MOST = 4 * VARINT_MOST, /* bytes that one more place can take */
    LITTLE = 1 << 14,             /* numbers below take two bytes at most */
    NEAR_MOST = 8,                /* bytes that one more place writes where its numbers are little */
    SLACK = 16,                   /* bytes that may be read behind what was put into a block */
    COLUMN_SIGN = 1,
    FEW = 24, /* articles that are put in order by insertion */
    AHEAD = 24, /* words that are looked up side by side */
    WRITTEN_AT_ONCE = 32, /* words, before others may run */
    WORD_HEAD = '0', /* what FTS5 puts before each word (the words' beginnings have other heads) */
};

struct term {
    uint8_t *at, *end; /* where the next place goes, and where the link to the next chunk lies */
    uint8_t *first;
    uint32_t article, place; /* of the last one */
    uint32_t chunk;          /* length of the last chunk */
    uint8_t column, len;
    char text[]; /* zeros up to the next unit */
};

struct slot {
    uint32_t tag, term;
};

/* For sorting: the first bytes of a word, the first one highest. */
struct sorted {
    uint64_t head;
    uint32_t term;
};

/* An article of the word that is being written. */
struct posting {
    uint32_t rank, len;
    const uint8_t *places;
};

struct segment {
    char **blocks;
    size_t block_count, block_cap, used; /* units in use */

    struct slot *table;
    size_t table_size, terms;

    struct segment_article *articles;
    size_t count, cap;
    uint32_t *rank; /* of each article, by its number, once they are in order */

    struct sorted *order;
    size_t written; /* terms */
    struct posting *postings, *spare;
    size_t posting_cap, spare_cap;
    struct buf stream; /* of the word that is being written */
};

struct segment *segment_new(void)
{
    struct segment *s = mem_zalloc(1, sizeof *s);

    buf_init(&s->stream);
    s->table_size = TABLE_FIRST;
    s->table = mem_zalloc(s->table_size, sizeof *s->table);
    s->used = 1; /* 0 names nothing */
    return s;
}

void segment_free(struct segment **s)
{
    if (!*s)
        return;
    for (size_t i = 0; i < (*s)->block_count; i++)
        free((*s)->blocks[i]);
    free((*s)->blocks);
    free((*s)->table);
    free((*s)->articles);
    free((*s)->rank);
    free((*s)->order);
    free((*s)->postings);
    free((*s)->spare);
    buf_release(&(*s)->stream);
    free(*s);
    *s = NULL;
}

void segment_clear(struct segment *s)
{
    memset(s->table, 0, s->table_size * sizeof *s->table);
    s->used = 1;
    s->terms = s->count = s->written = 0;
    free(s->order);
    free(s->rank);
    s->order = NULL;
    s->rank = NULL;
}

size_t segment_count(const struct segment *s)
{
    return s->count;
}

size_t segment_size(const struct segment *s)
{
    return s->used * UNIT + s->table_size * sizeof *s->table + s->count * sizeof *s->articles;
}

const struct segment_article *segment_articles(const struct segment *s, size_t *count)
{
    *count = s->count;
    return s->articles;
}

static void *place_of(const struct segment *s, size_t unit)
{
    return s->blocks[unit >> BLOCK_BITS] + (unit & (BLOCK_UNITS - 1)) * UNIT;
}

/* Units for so many bytes, in one block. */
static size_t take(struct segment *s, size_t bytes)
{
    size_t units = (bytes + UNIT - 1) / UNIT, left = BLOCK_UNITS - (s->used & (BLOCK_UNITS - 1)), unit;

    if (left < units)
        s->used += left;
    unit = s->used;
    s->used += units;
    assert(unit >> BLOCK_BITS < UINT32_MAX >> BLOCK_BITS);
    if (unit >> BLOCK_BITS == s->block_count) {
        mem_grow(&s->blocks, &s->block_cap, s->block_count + 1, sizeof *s->blocks);
        s->blocks[s->block_count++] = mem_alloc((size_t)BLOCK_UNITS * UNIT + SLACK);
    }
    return unit;
}

/* ---- words ---- */

/* Eight bytes of a word from at on, zeros behind its end; left bytes may be read. */
static inline uint64_t eight(const char *word, size_t at, size_t len, size_t left)
{
    if (left - at >= sizeof(uint64_t))
        return word_low(word_load(word + at, sizeof(uint64_t)), len - at);
    return word_load(word + at, len - at);
}

/* A word that is looked up. How long it is cannot be foretold: the first sixteen bytes, which hold nearly all words,
 * are read and compared whatever it has. */
struct sought {
    const char *word;
    size_t len, left;
    uint64_t first, second; /* eight bytes each, zeros behind its end */
};

static inline uint32_t seek(struct sought *w)
{
    size_t len = w->len, at;
    uint64_t hash;

    if (w->left >= SLACK) {
        w->first = word_low(word_load(w->word, 8), len);
        w->second = word_low(word_load(w->word + 8, 8), len > 8 ? len - 8 : 0);
    } else {
        w->first = eight(w->word, 0, len, w->left);
        w->second = len > 8 ? eight(w->word, 8, len, w->left) : 0;
    }
    hash = word_mix(word_mix(len ^ w->first) ^ w->second);
    for (at = SLACK; at < len; at += sizeof hash)
        hash = word_mix(hash ^ eight(w->word, at, len, w->left));
    return (uint32_t)word_mix(hash);
}

static bool same_word(const struct term *t, const struct sought *w)
{
    uint64_t beyond = t->len > 8 ? ~UINT64_C(0) : 0;
    uint64_t differs = (t->len ^ w->len) | (word_load(t->text, 8) ^ w->first) |
                       ((word_load(t->text + 8, 8) & beyond) ^ w->second);

    return !differs && (w->len <= SLACK || memcmp(t->text + SLACK, w->word + SLACK, w->len - SLACK) == 0);
}

static void widen_table(struct segment *s)
{
    size_t old = s->table_size, i, at;
    struct slot *from = s->table;

    s->table_size *= 2;
    s->table = mem_zalloc(s->table_size, sizeof *s->table);
    for (i = 0; i < old; i++) {
        if (!from[i].term)
            continue;
        for (at = from[i].tag & (s->table_size - 1); s->table[at].term; at = (at + 1) & (s->table_size - 1))
            ;
        s->table[at] = from[i];
    }
    free(from);
}

static struct term *new_term(struct segment *s, struct slot *slot, uint32_t tag, const char *word, size_t len)
{
    size_t text = (len + UNIT - 1) / UNIT * UNIT, unit = take(s, sizeof(struct term) + text);
    struct term *t = place_of(s, unit);

    memset(t, 0, sizeof *t + text);
    t->len = (uint8_t)len;
    memcpy(t->text, word, len);
    t->chunk = CHUNK_FIRST;
    t->first = t->at = place_of(s, take(s, CHUNK_FIRST + sizeof(uint8_t *)));
    t->end = t->at + CHUNK_FIRST;
    *slot = (struct slot){tag, (uint32_t)unit};
    s->terms++;
    return t;
}

static struct term *find_term(struct segment *s, uint32_t tag, const struct sought *w)
{
    size_t mask = s->table_size - 1, at;

    for (at = tag & mask; s->table[at].term; at = (at + 1) & mask) {
        if (s->table[at].tag == tag) {
            struct term *t = place_of(s, s->table[at].term);

            if (same_word(t, w))
                return t;
        }
    }
    return new_term(s, &s->table[at], tag, w->word, w->len);
}

/* ---- places ---- */

static void spill(struct segment *s, struct term *t, const uint8_t *bytes, size_t len)
{
    while (len > 0) {
        size_t n = (size_t)(t->end - t->at);

        n = n < len ? n : len;
        memcpy(t->at, bytes, n);
        t->at += n;
        bytes += n;
        len -= n;
        if (t->at == t->end) {
            uint32_t longer = (t->chunk + t->chunk / 2 + UNIT - 1) / UNIT * UNIT;
            uint8_t *next;

            t->chunk = longer < CHUNK_MOST ? longer : CHUNK_MOST;
            next = place_of(s, take(s, t->chunk + sizeof next));
            memcpy(t->end, &next, sizeof next);
            t->at = next;
            t->end = next + t->chunk;
        }
    }
}

/* varint_put of a number below LITTLE, without asking how long it gets; a byte too many may be written. */
static inline size_t put_little(uint8_t *to, uint32_t n)
{
    bool two = n >= 0x80;

    to[0] = (uint8_t)(two ? n >> 7 | 0x80 : n);
    to[1] = (uint8_t)(n & 0x7F);
    return 1 + (size_t)two;
}

/* Where a place goes: behind others of its article and column, or as the first one there. Which it is cannot be
 * foretold; what may be needed is written in any case and kept where it is. */
static uint8_t *put_near(struct term *t, uint8_t *to, uint32_t article, uint8_t column, uint32_t place)
{
    bool first = t->article != article, moves = first ? column != 0 : column != t->column;
    size_t len;

    *to = 0;
    to += first & (t->article != 0);
    len = put_little(to, article - t->article);
    to += first ? len : 0;
    to[0] = COLUMN_SIGN;
    to[1] = column;
    to += moves ? 2 : 0;
    return to + put_little(to, place - ((first | moves) ? 0 : t->place) + 2);
}

static uint8_t *put_far(struct term *t, uint8_t *to, uint32_t article, uint8_t column, uint32_t place)
{
    bool first = t->article != article, moves = first ? column != 0 : column != t->column;

    if (first) {
        if (t->article)
            *to++ = 0;
        to += varint_put(to, article - t->article);
    }
    if (moves) {
        *to++ = COLUMN_SIGN;
        *to++ = column;
    }
    return to + varint_put(to, (uint64_t)(place - ((first | moves) ? 0 : t->place)) + 2);
}

/* article: its number and one, so that none is 0. */
static inline void put_place(struct segment *s, struct term *t, uint32_t article, uint8_t column, uint32_t place)
{
    uint8_t bytes[PLACE_MOST], *to;

    if (place < LITTLE - 2 && article - t->article < LITTLE && t->end - t->at > NEAR_MOST) {
        t->at = put_near(t, t->at, article, column, place);
    } else {
        to = put_far(t, bytes, article, column, place);
        spill(s, t, bytes, (size_t)(to - bytes));
    }
    t->article = article;
    t->column = column;
    t->place = place;
}

/* Words that are looked up side by side. Each leads by way of the table and the term to the end of a chain, three
 * places in memory that are far from each other: all words take each step before the first takes the next one. */
struct window {
    struct sought word[AHEAD];
    uint32_t tag[AHEAD];
    struct term *term[AHEAD];
    int count;
};

static void find_window(struct segment *s, struct window *w)
{
    int i;

    while ((s->terms + AHEAD) * 2 >= s->table_size)
        widen_table(s);
    for (i = 0; i < w->count; i++) {
        w->tag[i] = seek(&w->word[i]);
        __builtin_prefetch(&s->table[w->tag[i] & (s->table_size - 1)]);
    }
    for (i = 0; i < w->count; i++) {
        uint32_t unit = s->table[w->tag[i] & (s->table_size - 1)].term;

        if (unit)
            __builtin_prefetch(place_of(s, unit));
    }
    for (i = 0; i < w->count; i++) {
        w->term[i] = find_term(s, w->tag[i], &w->word[i]);
        __builtin_prefetch(w->term[i]->at, 1);
    }
}

void segment_add(struct segment *s, int64_t rowid, int64_t id, const char *packed, const size_t end[ENTRY_COLUMNS])
{
    size_t at = 0, all = end[ENTRY_COLUMNS - 1];
    struct segment_article *a;
    struct window w;
    int column, i;

    assert(!s->order);
    mem_grow(&s->articles, &s->cap, s->count + 1, sizeof *s->articles);
    a = &s->articles[s->count++];
    *a = (struct segment_article){.rowid = rowid, .id = id};
    for (column = 0; column < ENTRY_COLUMNS; column++) {
        while (at < end[column]) {
            for (w.count = 0; w.count < AHEAD && at < end[column]; at += w.word[w.count++].len) {
                size_t len = (uint8_t)packed[at++];

                w.word[w.count] = (struct sought){.word = packed + at, .len = len, .left = all - at};
            }
            find_window(s, &w);
            for (i = 0; i < w.count; i++)
                put_place(s, w.term[i], (uint32_t)s->count, (uint8_t)column, a->words[column]++);
        }
    }
}

/* ---- what was gathered, in order ---- */

static int by_rowid(const void *a, const void *b)
{
    const struct segment_article *x = a, *y = b;

    return (x->rowid > y->rowid) - (x->rowid < y->rowid);
}

/* An article's number is kept in its rank while the articles are sorted: each rowid is there once. */
static void rank_articles(struct segment *s)
{
    struct segment_article *sorted = mem_alloc((s->count + 1) * sizeof *sorted);
    size_t i, low, high;

    memcpy(sorted, s->articles, s->count * sizeof *sorted);
    mem_sort(sorted, s->count, sizeof *sorted, by_rowid);
    s->rank = mem_alloc((s->count + 1) * sizeof *s->rank);
    for (i = 0; i < s->count; i++) {
        for (low = 0, high = s->count; high - low > 1;) {
            size_t middle = low + (high - low) / 2;

            if (sorted[middle].rowid <= s->articles[i].rowid)
                low = middle;
            else
                high = middle;
        }
        s->rank[i] = (uint32_t)low;
    }
    memcpy(s->articles, sorted, s->count * sizeof *sorted);
    free(sorted);
}

static int compare_heads(const void *a, const void *b)
{
    const struct sorted *x = a, *y = b;

    return (x->head > y->head) - (x->head < y->head);
}

static bool comes_before(const struct term *a, const struct term *b)
{
    size_t len = a->len < b->len ? a->len : b->len;
    int c = memcmp(a->text, b->text, len);

    return c ? c < 0 : a->len < b->len;
}

/* Words with the same first bytes, which the heads cannot tell apart: few, as a rule. */
static void sort_longer(struct segment *s, size_t from, size_t to)
{
    size_t gap, i, at;

    for (gap = to - from; gap > 1;) {
        gap = gap * 5 / 11 > 1 ? gap * 5 / 11 : 1;
        for (i = from + gap; i < to; i++) {
            struct sorted one = s->order[i];

            for (at = i; at >= from + gap && comes_before(place_of(s, one.term), place_of(s, s->order[at - gap].term));
                 at -= gap)
                s->order[at] = s->order[at - gap];
            s->order[at] = one;
        }
    }
}

void segment_seal(struct segment *s)
{
    size_t i, n = 0, from;

    rank_articles(s);
    s->order = mem_alloc((s->terms + 1) * sizeof *s->order);
    for (i = 0; i < s->table_size; i++) {
        struct term *t = s->table[i].term ? place_of(s, s->table[i].term) : NULL;
        uint64_t head = 0;
        int byte;

        if (!t)
            continue;
        for (byte = 0; byte < (int)sizeof head; byte++)
            head = head << 8 | (byte < t->len ? (unsigned char)t->text[byte] : 0);
        s->order[n++] = (struct sorted){head, s->table[i].term};
    }
    mem_sort(s->order, n, sizeof *s->order, compare_heads);
    for (i = from = 0; i <= n; i++) {
        if (i < n && s->order[i].head == s->order[from].head)
            continue;
        sort_longer(s, from, i);
        from = i;
    }
}

/* The word's chain as one run of bytes, with zeros behind. */
static void join_chunks(struct segment *s, const struct term *t)
{
    struct buf *out = &s->stream;
    uint32_t chunk = CHUNK_FIRST;
    const uint8_t *from = t->first;

    buf_clear(out);
    buf_reserve(out, CHUNK_FIRST + SLACK);
    memcpy(out->data, from, CHUNK_FIRST); /* most words have no other */
    while (from + chunk != t->end) {
        out->len += chunk;
        memcpy(&from, from + chunk, sizeof from);
        chunk = (chunk + chunk / 2 + UNIT - 1) / UNIT * UNIT;
        chunk = chunk < CHUNK_MOST ? chunk : CHUNK_MOST;
        buf_reserve(out, chunk + SLACK);
        memcpy(out->data + out->len, from, chunk);
    }
    out->len += (size_t)(t->at - from);
    memset(out->data + out->len, 0, SLACK);
}

/* Where the article's places that begin at at end: at the first zero that does not end a longer number. Behind end
 * zeros can be read. */
static const uint8_t *places_end(const uint8_t *at, const uint8_t *end)
{
    uint64_t x, ends;

    for (;; at += sizeof x) {
        x = word_load((const char *)at, sizeof x);
        /* the lowest bit that is set is right; those above may not be */
        ends = (x - WORD_ONES) & ~x & WORD_ONES * 0x80;
        if (ends)
            break;
    }
    at += __builtin_ctzll(ends) / 8;
    while (at < end && at[-1] >= 0x80) {
        for (at++; at < end && *at; at++)
            ;
    }
    return at;
}

/* Takes the stream apart into its articles. */
static size_t cut_postings(struct segment *s)
{
    const uint8_t *at = (const uint8_t *)s->stream.data, *end = at + s->stream.len;
    uint64_t number = 0, step;
    size_t n = 0;

    while (at < end) {
        const uint8_t *from = at += varint_get(at, end, &step);

        number += step;
        at = places_end(at, end);
        mem_grow(&s->postings, &s->posting_cap, n + 1, sizeof *s->postings);
        s->postings[n++] = (struct posting){s->rank[number - 1], (uint32_t)(at - from), from};
        at++;
    }
    return n;
}

static void sort_few(struct posting *p, size_t n)
{
    size_t i, at;

    for (i = 1; i < n; i++) {
        struct posting one = p[i];

        for (at = i; at > 0 && p[at - 1].rank > one.rank; at--)
            p[at] = p[at - 1];
        p[at] = one;
    }
}

/* By the lowest byte of the rank, then by the next, and so on: each time those that are equal stay as they were. */
static void sort_many(struct segment *s, size_t n)
{
    int shift;

    mem_grow(&s->spare, &s->spare_cap, n, sizeof *s->spare);
    for (shift = 0; s->count >> shift; shift += 8) {
        size_t begin[257] = {0}, i, cap = s->posting_cap;
        struct posting *sorted = s->spare;

        for (i = 0; i < n; i++)
            begin[(s->postings[i].rank >> shift & 0xFF) + 1]++;
        for (i = 1; i < 257; i++)
            begin[i] += begin[i - 1];
        for (i = 0; i < n; i++)
            sorted[begin[s->postings[i].rank >> shift & 0xFF]++] = s->postings[i];
        s->spare = s->postings;
        s->posting_cap = s->spare_cap;
        s->postings = sorted;
        s->spare_cap = cap;
    }
}

static void write_term(struct segment *s, const struct term *t, struct leaves *l, struct prefixes *p)
{
    char word[1 + UINT8_MAX] = {WORD_HEAD};
    size_t n, i;

    memcpy(word + 1, t->text, t->len);
    leaves_word(l, word, 1 + (size_t)t->len);
    join_chunks(s, t);
    n = cut_postings(s);
    if (n > FEW)
        sort_many(s, n);
    else
        sort_few(s->postings, n);
    for (i = 0; i < n; i++)
        leaves_article(l, s->articles[s->postings[i].rank].rowid, s->postings[i].places, s->postings[i].len);
    if (t->text[0] == ENTRY_FACT)
        return;
    prefixes_word(p, t->text, t->len);
    for (i = 0; i < n; i++)
        prefixes_article(p, s->articles[s->postings[i].rank].id);
}

bool segment_write(struct segment *s, struct leaves *l, struct prefixes *p, size_t bytes)
{
    assert(s->order);
    while (s->written < s->terms && l->done.bytes.len < bytes) {
        size_t later = s->written + AHEAD / 2;

        if (later < s->terms) {
            const char *next = place_of(s, s->order[later].term);

            __builtin_prefetch(next);
            __builtin_prefetch(next + sizeof(struct term) + CHUNK_FIRST); /* its first chunk follows it, as a rule */
        }
        write_term(s, place_of(s, s->order[s->written++].term), l, p);
        if (s->written % WRITTEN_AT_ONCE == 0)
            way_let();
    }
    if (s->written < s->terms)
        return true;
    leaves_end(l);
    return false;
}
