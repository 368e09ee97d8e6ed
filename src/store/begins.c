/* SPDX-License-Identifier: ISC */
#include "store/begins.h"

#include "base/mem.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

enum {
    TABLE = 2048,
    CHARACTER_BITS = 21,
    BLOCKS_MOST = (1 << 30) / BEGINS_BLOCK,
};

enum form { LIST, BITS }; /* the first byte of a row */

/* ---- an article's ---- */

void begins_init(struct begins *b)
{
    memset(b, 0, sizeof *b);
}

void begins_release(struct begins *b)
{
    free(b->keys);
    free(b->table);
    begins_init(b);
}

void begins_reset(struct begins *b)
{
    if (b->others)
        memset(b->table, 0, b->size * sizeof *b->table);
    if (b->count)
        memset(b->plain, 0, sizeof b->plain);
    b->count = b->others = 0;
}

static size_t place_of(uint64_t key, size_t size)
{
    return (size_t)(key * UINT64_C(0x9E3779B97F4A7C15) >> 32) & (size - 1);
}

static size_t find(const uint64_t *table, size_t size, uint64_t key)
{
    size_t at = place_of(key, size);

    while (table[at] && table[at] != key)
        at = (at + 1) & (size - 1);
    return at;
}

/* What a byte counts in the place of a beginning in plain, nothing there too; 0 for one that has none. */
static const uint8_t codes[256] = {
    [0] = 1,    ['0'] = 2,  ['1'] = 3,  ['2'] = 4,  ['3'] = 5,  ['4'] = 6,  ['5'] = 7,  ['6'] = 8,
    ['7'] = 9,  ['8'] = 10, ['9'] = 11, ['a'] = 12, ['b'] = 13, ['c'] = 14, ['d'] = 15, ['e'] = 16,
    ['f'] = 17, ['g'] = 18, ['h'] = 19, ['i'] = 20, ['j'] = 21, ['k'] = 22, ['l'] = 23, ['m'] = 24,
    ['n'] = 25, ['o'] = 26, ['p'] = 27, ['q'] = 28, ['r'] = 29, ['s'] = 30, ['t'] = 31, ['u'] = 32,
    ['v'] = 33, ['w'] = 34, ['x'] = 35, ['y'] = 36, ['z'] = 37,
};

/* The place in plain of a beginning of these characters, zeros behind the last; 0 where it has none. */
static inline size_t plain_of(unsigned char one, unsigned char two, unsigned char three)
{
    size_t x = codes[one], y = codes[two], z = codes[three];

    return x && y && z ? (x * BEGINS_CODES + y) * BEGINS_CODES + z : 0;
}

static size_t plain_of_key(uint64_t key)
{
    uint64_t ascii = 0x7F | 0x7F << CHARACTER_BITS | UINT64_C(0x7F) << 2 * CHARACTER_BITS;

    return key & ~ascii ? 0
                        : plain_of((unsigned char)(key >> 2 * CHARACTER_BITS),
                                   (unsigned char)(key >> CHARACTER_BITS & 0x7F), (unsigned char)(key & 0x7F));
}

/* at: plain_of_key of key. */
static inline bool has_at(const struct begins *b, size_t at, uint64_t key)
{
    return at ? b->plain[at / 64] >> at % 64 & 1 : b->others && b->table[find(b->table, b->size, key)];
}

bool begins_has_key(const struct begins *b, uint64_t key)
{
    return b && b->count && has_at(b, plain_of_key(key), key);
}

/* Puts one into the table that is not there yet. */
static void add_other(struct begins *b, uint64_t key)
{
    uint64_t *old = b->table;
    size_t i, size = b->size;

    if (b->others * 2 >= size) {
        b->size = size ? size * 2 : TABLE;
        b->table = mem_zalloc(b->size, sizeof *b->table);
        for (i = 0; i < size; i++) {
            if (old[i])
                b->table[find(b->table, b->size, old[i])] = old[i];
        }
        free(old);
    }
    b->table[find(b->table, b->size, key)] = key;
    b->others++;
}

/* False where it was there. */
static bool add(struct begins *b, uint64_t key)
{
    size_t at = plain_of_key(key);

    if (has_at(b, at, key))
        return false;
    mem_grow(&b->keys, &b->cap, b->count + 1, sizeof *b->keys);
    b->keys[b->count++] = key;
    if (at)
        b->plain[at / 64] |= UINT64_C(1) << at % 64;
    else
        add_other(b, key);
    return true;
}

/* The first characters of a word, at most BEGINS_LONGEST: the characters after the last are 0. */
static uint64_t key_of(const char *s, size_t len)
{
    uint64_t key = 0;
    uint32_t cp;
    size_t at = 0;
    int i;

    if (len >= 3 && !((s[0] | s[1] | s[2]) & 0x80)) /* most of all that is indexed */
        return (uint64_t)s[0] << 2 * CHARACTER_BITS | (uint64_t)s[1] << CHARACTER_BITS | (uint64_t)s[2];
    for (i = 0; i < BEGINS_LONGEST; i++) {
        cp = 0;
        if (at < len)
            at += utf8_next(s + at, len - at, &cp);
        key = key << CHARACTER_BITS | cp;
    }
    return key;
}

bool begins_key(const char *text, size_t len, uint64_t *key)
{
    *key = key_of(text, len);
    return len > 0 && utf8_count(text, len) <= BEGINS_LONGEST;
}

uint64_t begins_shorter(uint64_t key)
{
    uint64_t last = (UINT64_C(1) << CHARACTER_BITS) - 1;

    while (!(key & last))
        last <<= CHARACTER_BITS;
    return key & ~last;
}

void begins_add(struct begins *b, const char *packed, size_t len)
{
    size_t at = 0;

    while (at < len) {
        size_t length = (unsigned char)packed[at++], plain;
        const unsigned char *word = (const unsigned char *)packed + at; /* zero bytes are no words' */
        uint64_t key;

        plain = plain_of(word[0], length > 1 ? word[1] : 0, length > 2 ? word[2] : 0);
        if (!plain || !has_at(b, plain, 0)) {
            /* Where one is known its own beginnings are too. */
            for (key = key_of(packed + at, length); key && add(b, key); key = begins_shorter(key))
                ;
        }
        at += length;
    }
}

/* ---- rows ---- */

void begins_unpack(const void *bytes, size_t len, uint64_t *bits)
{
    const unsigned char *row = bytes;
    size_t at = 1, id = 0, i, n;

    if (len > 0 && row[0] == BITS) {
        for (i = 0; i + 1 < len && i < BEGINS_BLOCK / 8; i++)
            bits[i / 8] |= (uint64_t)row[i + 1] << (i % 8 * 8);
        return;
    }
    for (; at < len; bits[id / 64] |= UINT64_C(1) << (id % 64)) {
        n = row[at++];
        if (n >= 0x80 && at < len)
            n = (n & 0x7F) | (size_t)row[at++] << 7;
        id += n;
        if (id >= BEGINS_BLOCK)
            return;
    }
}

void begins_pack(const uint64_t *bits, struct buf *out)
{
    size_t i, id, last = 0, from = out->len, most = from + BEGINS_BLOCK / 8;

    buf_add_char(out, LIST);
    for (i = 0; i < BEGINS_WORDS && out->len <= most; i++) {
        uint64_t left = bits[i];

        for (; left; left &= left - 1, last = id) {
            id = i * 64 + (size_t)__builtin_ctzll(left);
            if (id - last < 0x80) {
                buf_add_char(out, (char)(id - last));
            } else {
                buf_add_char(out, (char)((id - last) | 0x80));
                buf_add_char(out, (char)((id - last) >> 7));
            }
        }
    }
    if (out->len <= most)
        return;
    buf_truncate(out, from);
    buf_add_char(out, BITS);
    for (i = 0; i < BEGINS_BLOCK / 8; i++)
        buf_add_char(out, (char)(bits[i / 8] >> (i % 8 * 8)));
}

bool begins_row(struct db *db, int64_t block, uint64_t key, uint64_t *bits)
{
    sqlite3_stmt *st =
        db_query(db, "SELECT ids FROM begins WHERE block = ?1 AND key = ?2", "ii", block, (int64_t)key);

    if (!db_row(db, st))
        return false;
    begins_unpack(sqlite3_column_blob(st, 0), (size_t)sqlite3_column_bytes(st, 0), bits);
    db_done(st);
    return true;
}

bool begins_set_row(struct db *db, int64_t block, uint64_t key, const char *row, size_t len)
{
    return db_run(db, "INSERT OR REPLACE INTO begins VALUES(?1, ?2, ?3)", "iib", block, (int64_t)key,
                  (const void *)row, len);
}

/* ---- reading ---- */

void begins_ids_release(struct begins_ids *ids)
{
    free(ids->bits);
    *ids = (struct begins_ids){0};
}

bool begins_find(struct db *db, uint64_t key, struct begins_ids *ids)
{
    int64_t last = db_int(db, -1, "SELECT max(block) FROM begins", ""), block;
    int64_t blocks = last >= 0 && last < BLOCKS_MOST ? last + 1 : 0; /* else it is not this program that wrote them */

    begins_ids_release(ids);
    ids->bits = mem_zalloc((size_t)blocks * BEGINS_WORDS, sizeof *ids->bits);
    ids->size = (size_t)blocks * BEGINS_BLOCK;
    for (block = 0; block < blocks; block++)
        begins_row(db, block, key, ids->bits + block * BEGINS_WORDS);
    return db_fault(db) == DB_FINE;
}

bool begins_holds(struct db *db, uint64_t key, int64_t id)
{
    uint64_t bits[BEGINS_WORDS] = {0};
    size_t at = (size_t)(id % BEGINS_BLOCK);

    if (id < 0)
        return false;
    begins_row(db, id / BEGINS_BLOCK, key, bits);
    return bits[at / 64] >> (at % 64) & 1;
}
