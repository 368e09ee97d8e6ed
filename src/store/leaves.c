/* SPDX-License-Identifier: ISC */
#include "store/leaves.h"

#include "base/mem.h"
#include "store/varint.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum {
    HEADER = 4,      /* of a leaf: where its first rowid before any word is, and where its footer begins */
    HEIGHT_BIT = 31, /* of a key: above the page's number */
    INDEX_BIT = 36,
    INDEX_LEAVES = 4, /* so many leaves without a word make an index worth while */
    ROOM = 3 * VARINT_MOST, /* for a rowid, the length of its places, and the first of these */
};

void leaves_done_init(struct leaves_done *d)
{
    memset(d, 0, sizeof *d);
    buf_init(&d->bytes);
}

void leaves_done_release(struct leaves_done *d)
{
    buf_release(&d->bytes);
    free(d->pages);
    free(d->firsts);
    leaves_done_init(d);
}

static void clear(struct leaves_done *d)
{
    buf_clear(&d->bytes);
    d->page_count = d->first_count = 0;
}

void leaves_take(struct leaves *l, struct leaves_done *done)
{
    struct leaves_done mine = l->done;

    l->done = *done;
    *done = mine;
    clear(&l->done);
}

void leaves_init(struct leaves *l)
{
    memset(l, 0, sizeof *l);
    leaves_done_init(&l->done);
    leaves_reset(l);
}

void leaves_release(struct leaves *l)
{
    leaves_done_release(&l->done);
}

static void begin_page(struct leaves *l)
{
    memset(l->page, 0, HEADER);
    l->len = HEADER;
    l->footer_len = l->word_at = 0;
    l->no_word = l->no_rowid = true;
}

void leaves_reset(struct leaves *l)
{
    int i;

    clear(&l->done);
    l->number = l->first_page = 1; /* the first leaf is found by every word */
    l->word_len = l->first_len = 0;
    l->wordless = 0;
    for (i = 0; i < LEAVES_DEPTH; i++)
        l->level[i].len = 0;
    begin_page(l);
}

static void put16(uint8_t *to, size_t n)
{
    to[0] = (uint8_t)(n >> 8);
    to[1] = (uint8_t)n;
}

static void give_page(struct leaves *l, int64_t key, const uint8_t *bytes, size_t len)
{
    struct leaves_done *d = &l->done;

    mem_grow(&d->pages, &d->page_cap, d->page_count + 1, sizeof *d->pages);
    d->pages[d->page_count++] = (struct leaves_page){key, d->bytes.len, len};
    buf_add(&d->bytes, bytes, len);
}

static void give_level(struct leaves *l, int height)
{
    const struct leaves_level *level = &l->level[height];

    give_page(l, (int64_t)1 << INDEX_BIT | (int64_t)height << HEIGHT_BIT | level->number, level->bytes, level->len);
}

static void put_level(struct leaves_level *level, uint64_t n)
{
    level->len += varint_put(level->bytes + level->len, n);
}

static void begin_level(struct leaves_level *level, bool below, int64_t page, int64_t rowid)
{
    level->len = 0;
    put_level(level, below);
    put_level(level, (uint64_t)page);
    put_level(level, (uint64_t)rowid);
    level->first = level->last = rowid;
}

/* Tells the word's index that this rowid is the first on the page that is being written. A page of the index that is
 * full goes out, and the first rowid of the next one is told to the index's next height, and so on. */
static void index_rowid(struct leaves *l, int64_t rowid)
{
    int64_t page = l->number;
    bool full = true;
    int i;

    for (i = 0; full; i++) {
        struct leaves_level *level = &l->level[i];

        assert(i < LEAVES_DEPTH);
        full = level->len >= LEAVES_PAGE;
        if (full) {
            assert(i + 1 < LEAVES_DEPTH);
            level->bytes[0] = 1; /* something is above */
            give_level(l, i);
            if (level[1].len == 0) {
                level[1].number = level->number;
                begin_level(&level[1], false, level->number, level->first);
            }
            level->number++;
            begin_level(level, true, page, rowid);
            page = level->number;
        } else if (level->len == 0) {
            begin_level(level, false, page, rowid);
        } else {
            put_level(level, (uint64_t)rowid - (uint64_t)level->last);
            level->last = rowid;
        }
    }
}

/* The page that is being written is full. */
static void turn_page(struct leaves *l)
{
    put16(l->page + 2, l->len);
    if (l->no_word) {
        if (l->no_rowid && l->level[0].len > 0)
            put_level(&l->level[0], 0);
        l->wordless++;
    } else {
        memcpy(l->page + l->len, l->footer, l->footer_len);
        l->len += l->footer_len;
    }
    give_page(l, l->number++, l->page, l->len);
    begin_page(l);
}

/* All is known of the word that began last on the leaf that first leads to. */
static void give_first(struct leaves *l)
{
    struct leaves_done *d = &l->done;
    bool indexed = l->level[0].len > 0 && l->wordless >= INDEX_LEAVES;
    int i;

    for (i = 0; i < LEAVES_DEPTH && l->level[i].len > 0; i++) {
        if (indexed)
            give_level(l, i);
        l->level[i].len = 0;
    }
    l->wordless = 0;
    mem_grow(&d->firsts, &d->first_cap, d->first_count + 1, sizeof *d->firsts);
    d->firsts[d->first_count++] = (struct leaves_first){l->first_page * 2 + indexed, d->bytes.len, l->first_len};
    buf_add(&d->bytes, l->first, l->first_len);
}

static size_t common(const uint8_t *a, size_t a_len, const uint8_t *b, size_t b_len)
{
    size_t n = 0;

    while (n < a_len && n < b_len && a[n] == b[n])
        n++;
    return n;
}

static size_t used(const struct leaves *l)
{
    return l->len + l->footer_len;
}

void leaves_word(struct leaves *l, const char *word, size_t len)
{
    const uint8_t *bytes = (const uint8_t *)word;
    size_t same = common(l->word, l->word_len, bytes, len);

    assert(len <= LEAVES_WORD_MOST && (same < len || len == 0));
    if (used(l) + len + 3 * VARINT_MOST + ROOM > LEAVES_PAGE && l->len > HEADER)
        turn_page(l);
    l->footer_len += varint_put(l->footer + l->footer_len, l->len - l->word_at);
    l->word_at = l->len;
    if (l->no_word) {
        if (l->number > 1) {
            give_first(l);
            l->first_page = l->number;
            l->first_len = same + 1;
            memcpy(l->first, bytes, l->first_len);
        }
        same = 0;
    } else {
        l->len += varint_put(l->page + l->len, same);
    }
    l->len += varint_put(l->page + l->len, len - same);
    memcpy(l->page + l->len, bytes + same, len - same);
    l->len += len - same;
    memcpy(l->word, bytes, len);
    l->word_len = len;
    l->no_word = l->no_rowid = false;
    l->word_begun = true;
    l->level[0].number = l->number;
}

/* How many of the bytes, at most room, are whole numbers. */
static size_t whole(const uint8_t *places, size_t room)
{
    while (room > 0 && places[room - 1] >= 0x80)
        room--;
    return room;
}

void leaves_article(struct leaves *l, int64_t rowid, const uint8_t *places, size_t len)
{
    uint64_t number = (uint64_t)rowid;
    size_t n;

    if (used(l) + ROOM > LEAVES_PAGE)
        turn_page(l);
    if (l->no_rowid) {
        put16(l->page, l->len);
        index_rowid(l, rowid);
    } else if (!l->word_begun) {
        number -= (uint64_t)l->rowid;
    }
    l->no_rowid = l->word_begun = false;
    l->rowid = rowid;
    l->len += varint_put(l->page + l->len, number);
    l->len += varint_put(l->page + l->len, (uint64_t)len * 2);
    while (used(l) + len > LEAVES_PAGE) {
        n = used(l) < LEAVES_PAGE ? whole(places, LEAVES_PAGE - used(l)) : 0;
        memcpy(l->page + l->len, places, n);
        l->len += n;
        places += n;
        len -= n;
        turn_page(l);
    }
    if (len <= LEAVES_SLACK) /* as most are; so many bytes at once are quicker than to ask how many there are */
        memcpy(l->page + l->len, places, LEAVES_SLACK);
    else
        memcpy(l->page + l->len, places, len);
    l->len += len;
}

void leaves_end(struct leaves *l)
{
    if (l->len > HEADER)
        turn_page(l);
    if (l->number > 1)
        give_first(l);
}
