/* SPDX-License-Identifier: ISC */
#include "store/forms.h"

#include "base/digest.h"
#include "base/mem.h"
#include "base/unicode.h"
#include "base/utf8.h"
#include "store/column.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <libstemmer.h>
#include <sqlite3.h>

enum {
    SHORTEST = 3, /* bytes of a word that is stemmed */
    LONGEST = 40,
    FORMS_MOST = 24, /* words that a query is widened by */
    STEMS_MOST = 16,
    SEEN = 1 << 12, /* words remembered at first, and at most: then all are met anew */
    SEEN_MOST = 1 << 19,
    LAST = 1 << 12,
    AT_ONCE = 16, /* words that are looked up side by side */
};

/* The languages that Snowball has, by their codes; "porter" is an older English. */
static const char *const codes[] = {"ar", "ca", "da", "de", "el", "en", "es", "eu", "fi", "fr",
                                    "ga", "hi", "hu", "hy", "id", "it", "lt", "ne", "nl", "no",
                                    "pt", "ro", "ru", "sr", "sv", "ta", "tr", "yi"};

enum { CODES = sizeof codes / sizeof codes[0] };

struct stemmers {
    struct sb_stemmer *of[CODES];
};

/* A word that is to be looked up: its place in memory is on its way. */
struct waiting {
    uint64_t hash;
    const char *raw;
    size_t raw_len;
    uint8_t len;
    char folded[LONGEST];
};

struct forms {
    struct stemmers stemmers;
    int language; /* -1: none */
    struct buf *out;
    uint32_t last[LAST]; /* the half of the hash that does not say where */
    uint64_t *seen;      /* by hash; 0: free */
    size_t count, size;
    struct waiting waiting[AT_ONCE];
    size_t waits;
    struct buf lower, stem;
};

/* ---- stems ---- */

static int language_of(const char *code)
{
    size_t len = code ? strcspn(code, "-_") : 0;
    int i;

    /* Both written Norwegians. */
    if (len == 2 && (strncmp(code, "nb", 2) == 0 || strncmp(code, "nn", 2) == 0))
        code = "no";
    for (i = 0; i < CODES && len == 2; i++) {
        if (strncmp(codes[i], code, 2) == 0)
            return i;
    }
    return -1;
}

static struct sb_stemmer *stemmer_of(struct stemmers *s, int language)
{
    if (!s->of[language])
        s->of[language] = sb_stemmer_new(codes[language], NULL);
    return s->of[language];
}

static void release_stemmers(struct stemmers *s)
{
    int i;

    for (i = 0; i < CODES; i++)
        sb_stemmer_delete(s->of[i]);
}

/* Snowball wants words in lower case with their accents; what is put into the index has none. */
static void make_stem(struct stemmers *s, int language, const char *raw, size_t len, struct buf *lower,
                      struct buf *stem)
{
    struct sb_stemmer *stemmer = stemmer_of(s, language);
    const sb_symbol *found;
    size_t at = 0;
    uint32_t cp;

    buf_clear(lower);
    buf_clear(stem);
    while (at < len) {
        at += utf8_next(raw + at, len - at, &cp);
        if (!unicode_is_joint(cp))
            buf_add_cp(lower, unicode_lower(cp));
    }
    found = stemmer ? sb_stemmer_stem(stemmer, (const sb_symbol *)lower->data, (int)lower->len) : NULL;
    if (found)
        unicode_fold((const char *)found, (size_t)sb_stemmer_length(stemmer), stem);
}

static bool can_have_forms(const char *folded, size_t len)
{
    size_t i;

    if (len < SHORTEST || len > LONGEST)
        return false;
    for (i = 0; i < len && !(folded[i] >= '0' && folded[i] <= '9'); i++)
        ;
    return i == len;
}

/* ---- while articles are made ready ---- */

struct forms *forms_new(void)
{
    struct forms *f = mem_zalloc(1, sizeof *f);

    buf_init(&f->lower);
    buf_init(&f->stem);
    f->language = -1;
    f->size = SEEN;
    f->seen = mem_zalloc(f->size, sizeof *f->seen);
    return f;
}

void forms_free(struct forms **f)
{
    if (!*f)
        return;
    release_stemmers(&(*f)->stemmers);
    buf_release(&(*f)->lower);
    buf_release(&(*f)->stem);
    free((*f)->seen);
    free(*f);
    *f = NULL;
}

void forms_begin(struct forms *f, const char *language, struct buf *out)
{
    f->language = language_of(language);
    f->out = out;
    f->waits = 0;
}

static uint32_t four_at(const char *s)
{
    uint32_t n;

    memcpy(&n, s, sizeof n);
    return n;
}

/* Words of up to eight bytes, which most are, stand for themselves. */
static uint64_t hash_of(const char *s, size_t len, uint64_t salt)
{
    uint64_t n;

    if (len > 8)
        n = digest_short(s, len);
    else if (len >= 4)
        n = four_at(s) | (uint64_t)four_at(s + len - 4) << 32;
    else
        n = (uint64_t)(unsigned char)s[0] << 16 | (uint64_t)(unsigned char)s[1] << 8 | (unsigned char)s[2];
    n = (n ^ salt << 8 ^ len) * UINT64_C(0x9E3779B97F4A7C15);
    return (n ^ n >> 29) | 1;
}

static size_t find(const struct forms *f, uint64_t hash)
{
    size_t at = (size_t)(hash >> 8) & (f->size - 1);

    while (f->seen[at] && f->seen[at] != hash)
        at = (at + 1) & (f->size - 1);
    return at;
}

static void grow(struct forms *f)
{
    uint64_t *old = f->seen;
    size_t i, size = f->size;
    bool full = size >= SEEN_MOST;

    f->size = full ? SEEN_MOST : size * 4;
    f->seen = mem_zalloc(f->size, sizeof *f->seen);
    f->count = 0;
    for (i = 0; i < size && !full; i++) {
        if (old[i]) {
            f->seen[find(f, old[i])] = old[i];
            f->count++;
        }
    }
    free(old);
}

/* Whether the word was met before. */
static bool is_seen(struct forms *f, uint64_t hash)
{
    size_t at;
    bool seen;

    if (f->count * 2 >= f->size)
        grow(f);
    at = find(f, hash);
    seen = f->seen[at] != 0;
    f->seen[at] = hash;
    f->count += !seen;
    return seen;
}

static void add_packed(struct buf *out, const char *s, size_t len)
{
    buf_add_char(out, (char)len);
    buf_add(out, s, len);
}

static void meet(struct forms *f, const struct waiting *w)
{
    if (is_seen(f, w->hash) || !can_have_forms(w->folded, w->len))
        return;
    make_stem(&f->stemmers, f->language, w->raw, w->raw_len, &f->lower, &f->stem);
    if (f->stem.len == 0 || f->stem.len > LONGEST ||
        (f->stem.len == w->len && memcmp(f->stem.data, w->folded, w->len) == 0))
        return;
    add_packed(f->out, codes[f->language], 2);
    add_packed(f->out, f->stem.data, f->stem.len);
    add_packed(f->out, w->folded, w->len);
}

void forms_end(struct forms *f)
{
    for (size_t i = 0; i < f->waits; i++)
        meet(f, &f->waiting[i]);
    f->waits = 0;
}

void forms_see(struct forms *f, const char *folded, size_t len, const char *raw, size_t raw_len)
{
    struct waiting *w;
    uint64_t hash;
    uint32_t *last;

    if (f->language < 0 || len < SHORTEST || len > LONGEST)
        return;
    /* The same folded word with and without accents may have two stems. */
    hash = hash_of(folded, len, (uint64_t)f->language * 2 + (len == raw_len));
    /* The words met last are asked first: they fit in the nearest cache. */
    last = &f->last[hash >> 8 & (LAST - 1)];
    if (*last == (uint32_t)(hash >> 32))
        return;
    *last = (uint32_t)(hash >> 32);
    __builtin_prefetch(&f->seen[hash >> 8 & (f->size - 1)]);
    w = &f->waiting[f->waits++];
    w->hash = hash;
    w->raw = raw;
    w->raw_len = raw_len;
    w->len = (uint8_t)len;
    memcpy(w->folded, folded, len);
    if (f->waits == AT_ONCE)
        forms_end(f);
}

bool forms_save(struct db *db, const char *stems, size_t len)
{
    const char *s[3];
    size_t n[3], at = 0;
    bool ok = true;
    int i;

    while (ok && at < len) {
        for (i = 0; i < 3; i++) {
            n[i] = (unsigned char)stems[at];
            s[i] = stems + at + 1;
            at += n[i] + 1;
        }
        ok = db_run(db, "INSERT OR IGNORE INTO form VALUES(?1, ?2, ?3)", "sss", (const void *)s[0], n[0],
                    (const void *)s[1], n[1], (const void *)s[2], n[2]);
    }
    return ok;
}

/* ---- asking ---- */

/* What a query's word is widened by: words, packed, the word itself first. */
struct found {
    struct db *const *dbs;
    int db_count;
    struct buf words;
    int count;
};

static bool has(const struct buf *packed, const char *s, size_t len)
{
    size_t at;

    for (at = 0; at < packed->len; at += 1 + (size_t)(unsigned char)packed->data[at]) {
        if ((size_t)(unsigned char)packed->data[at] == len && memcmp(packed->data + at + 1, s, len) == 0)
            return true;
    }
    return false;
}

static void add_word(struct found *f, const char *word, size_t len)
{
    if (len > LONGEST || f->count >= FORMS_MOST || has(&f->words, word, len))
        return;
    add_packed(&f->words, word, len);
    f->count++;
}

struct few {
    char word[FORMS_MOST][LONGEST + 1];
    int count;
};

static int compare(const char *a, const char *b)
{
    size_t x = strlen(a), y = strlen(b);

    return x != y ? (x > y) - (x < y) : strcmp(a, b);
}

/* Keeps the shortest words in order. */
static void keep(struct few *few, const char *word)
{
    int at = few->count;

    while (at > 0 && compare(word, few->word[at - 1]) < 0)
        at--;
    if (at == FORMS_MOST || strlen(word) > LONGEST || (at > 0 && strcmp(word, few->word[at - 1]) == 0))
        return;
    if (few->count < FORMS_MOST)
        few->count++;
    memmove(few->word[at + 1], few->word[at], (size_t)(few->count - 1 - at) * sizeof few->word[0]);
    memcpy(few->word[at], word, strlen(word) + 1);
}

/* The words of a stem; the stem itself is one too, if it is a word. */
static void add_stem(struct found *f, const char *language, const char *stem, size_t len)
{
    struct few few = {.count = 0};
    int i;

    for (i = 0; i < f->db_count; i++) {
        sqlite3_stmt *st = db_query(f->dbs[i],
                                    "SELECT word FROM form WHERE language = ?1 AND stem = ?2"
                                    " ORDER BY length(word) LIMIT ?3",
                                    "tsi", language, (const void *)stem, len, (int64_t)FORMS_MOST);

        while (db_row(f->dbs[i], st))
            keep(&few, column_text(st, 0));
    }
    if (few.count > 0)
        add_word(f, stem, len);
    for (i = 0; i < few.count; i++)
        add_word(f, few.word[i], strlen(few.word[i]));
}

struct stem {
    char language[4], stem[LONGEST + 1];
};

static int by_language(const void *a, const void *b)
{
    const struct stem *x = a, *y = b;
    int c = strcmp(x->language, y->language);

    return c ? c : strcmp(x->stem, y->stem);
}

/* By the stems that the table knows of the word; false where it knows none. */
static bool add_known(struct found *f, const char *folded, size_t len)
{
    struct stem known[STEMS_MOST];
    int count = 0, i;

    for (i = 0; i < f->db_count; i++) {
        sqlite3_stmt *st = db_query(f->dbs[i], "SELECT language, stem FROM form WHERE word = ?1 LIMIT ?2", "si",
                                    (const void *)folded, len, (int64_t)STEMS_MOST);

        while (count < STEMS_MOST && db_row(f->dbs[i], st)) {
            snprintf(known[count].language, sizeof known[count].language, "%s", column_text(st, 0));
            snprintf(known[count].stem, sizeof known[count].stem, "%s", column_text(st, 1));
            count++;
        }
        db_done(st);
    }
    mem_sort(known, (size_t)count, sizeof known[0], by_language);
    for (i = 0; i < count; i++) {
        if (i == 0 || by_language(&known[i - 1], &known[i]) != 0)
            add_stem(f, known[i].language, known[i].stem, strlen(known[i].stem));
    }
    return count > 0;
}

static bool has_language(const struct found *f, const char *code)
{
    int i;

    for (i = 0; i < f->db_count; i++) {
        if (db_int(f->dbs[i], 0, "SELECT 1 FROM form WHERE language = ?1 LIMIT 1", "t", code))
            return true;
    }
    return false;
}

/* By the word as a stem; and where no article has it, by the stem it would have. */
static void add_languages(struct found *f, const char *folded, size_t len, const char *raw, size_t raw_len,
                          bool known)
{
    struct stemmers stemmers = {{NULL}};
    struct buf lower, stem;
    int i;

    buf_init(&lower);
    buf_init(&stem);
    for (i = 0; i < CODES; i++) {
        if (!has_language(f, codes[i]))
            continue;
        add_stem(f, codes[i], folded, len);
        if (known)
            continue;
        make_stem(&stemmers, i, raw, raw_len, &lower, &stem);
        if (stem.len && !(stem.len == len && memcmp(stem.data, folded, len) == 0))
            add_stem(f, codes[i], stem.data, stem.len);
    }
    release_stemmers(&stemmers);
    buf_release(&lower);
    buf_release(&stem);
}

void forms_each(struct db *const *dbs, int count, const char *folded, size_t len, const char *raw, size_t raw_len,
                void (*fn)(void *ctx, const char *form, size_t len), void *ctx)
{
    struct found f = {.dbs = dbs, .db_count = count};
    size_t at, n;

    if (!can_have_forms(folded, len))
        return;
    buf_init(&f.words);
    add_packed(&f.words, folded, len);
    add_languages(&f, folded, len, raw, raw_len, add_known(&f, folded, len));
    for (at = 1 + len; at < f.words.len; at += 1 + n) {
        n = (unsigned char)f.words.data[at];
        fn(ctx, f.words.data + at + 1, n);
    }
    buf_release(&f.words);
}
