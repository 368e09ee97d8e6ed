/* SPDX-License-Identifier: ISC */
#include "corpus/batch.h"

#include "base/mem.h"
#include "store/entry.h"
#include "store/known.h"
#include "store/rank.h"
#include "store/schema.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "store/db.h"

enum {
    FIRST_RECORDS = 100, /* so many are shown at once */
    MOST_BYTES = 24 << 20,
    FIRST_MS = 300,
    MOST_MS = 5000,
    REPARSE_AT_ONCE = 100,
};

struct batch {
    struct cache *cache;
    const struct parser *parser;
    struct state *state;
    bool marked; /* the reading state knows any article at all */

    struct codec *codec;
    struct words words;
    struct article article;
    struct entry entry;

    bool begun;
    size_t records, bytes; /* since the last commit */
    uint64_t began_ms, patience_ms;
    bool first;

    const char *root_path;
    int64_t file;
    size_t name_len;
    long number;       /* of the last record */
    bool resumable;    /* the numbers of what was read are kept on the way */
    struct known *old; /* what the file held before, by id */
    size_t old_count, old_cap;
};

static uint64_t now_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000 + (uint64_t)t.tv_nsec / 1000000;
}

struct batch *batch_new(struct cache *cache, const struct parser *parser, struct state *state)
{
    struct batch *b = mem_zalloc(1, sizeof *b);

    b->cache = cache;
    b->parser = parser;
    b->state = state;
    b->first = true;
    b->patience_ms = FIRST_MS;
    b->codec = codec_new();
    words_init(&b->words, "", 0);
    article_init(&b->article);
    entry_init(&b->entry);
    return b;
}

void batch_free(struct batch **b)
{
    if (!*b)
        return;
    codec_free(&(*b)->codec);
    words_release(&(*b)->words);
    article_release(&(*b)->article);
    entry_release(&(*b)->entry);
    free((*b)->old);
    free(*b);
    *b = NULL;
}

static bool begin(struct batch *b)
{
    if (b->begun)
        return true;
    b->begun = cache_begin(b->cache);
    b->began_ms = now_ms();
    b->records = b->bytes = 0;
    b->marked = b->state && state_last(b->state) > 0;
    return b->begun;
}

bool batch_commit(struct batch *b, struct batch_counts *n)
{
    if (!b->begun)
        return db_fault(cache_db(b->cache)) == DB_FINE;
    b->begun = false;
    if (b->file && b->resumable)
        files_progress(b->cache, b->file, b->number, false);
    if (!cache_commit(b->cache))
        return false;
    b->first = false;
    b->patience_ms = b->patience_ms * 2 < MOST_MS ? b->patience_ms * 2 : MOST_MS;
    n->committed = true;
    return true;
}

static bool is_full(const struct batch *b)
{
    if (b->bytes >= MOST_BYTES || (b->first && b->records >= FIRST_RECORDS))
        return true;
    /* Asking the clock for each record would be seen in a profile. */
    return b->records % 16 == 0 && now_ms() - b->began_ms >= b->patience_ms;
}

void batch_open_file(struct batch *b, const struct file *f, const char *root_path)
{
    size_t i;

    b->root_path = root_path;
    b->file = f->id;
    b->name_len = strlen(f->name);
    b->number = f->records;
    begin(b);
    b->old_count = known_in_file(b->cache, f->id, &b->old, &b->old_cap);
    /* A file with articles whose reading begins anew is matched as a whole: numbers would say nothing. */
    b->resumable = f->records > 0 || b->old_count == 0;
    for (i = 0; i < b->old_count; i++)
        b->old[i].kept = f->records > 0;
    files_forget(b->cache, f->id);
}

static struct known *find_old(struct batch *b, const struct record *r)
{
    struct known *same_place = NULL;
    size_t i;

    for (i = 0; i < b->old_count; i++) {
        if (b->old[i].kept)
            continue;
        if (memcmp(&b->old[i].digest, &r->key, sizeof r->key) == 0)
            return &b->old[i];
        if (b->old[i].seq == r->number && !same_place)
            same_place = &b->old[i];
    }
    return same_place;
}

static unsigned flags_of(struct batch *b, const struct record *r)
{
    struct state_mark mark;
    struct state_id id;

    if (!b->marked)
        return 0;
    id = state_id(&r->key, b->root_path, r->locator);
    state_get(b->state, &id, &mark);
    return mark.flags;
}

static bool put(struct batch *b, struct record *r, int64_t id)
{
    struct entry *en = &b->entry;

    article_reset(&b->article);
    parse_article(b->parser, r, NULL, &b->article);
    entry_fill(en, b->codec, &b->words, r, &b->article);
    en->file = b->file;
    en->parser = PARSE_VERSION;
    en->seq = r->number;
    en->name_len = b->name_len;
    en->flags = flags_of(b, r);
    return cache_put(b->cache, en, id) != 0;
}

bool batch_add(struct batch *b, struct record *r, struct batch_counts *n)
{
    struct known *old;
    const char *tail;
    bool ok = begin(b);

    old = b->old_count ? find_old(b, r) : NULL;
    tail = strlen(r->locator) >= b->name_len ? r->locator + b->name_len : "";
    if (old && memcmp(&old->digest, &r->key, sizeof r->key) == 0) {
        if (old->seq != r->number)
            ok = ok && cache_renumber(b->cache, old->id, r->number, tail);
    } else {
        ok = ok && put(b, r, old ? old->id : 0);
        n->added += !old;
        n->changed += old != NULL;
    }
    if (old)
        old->kept = true;
    b->number = r->number;
    b->records++;
    b->bytes += r->text.len;
    n->records++;
    n->bytes += r->source_len;
    return ok && (!is_full(b) || batch_commit(b, n));
}

bool batch_close_file(struct batch *b, bool done, bool same, struct batch_counts *n)
{
    size_t i;
    bool ok = begin(b);

    for (i = 0; i < b->old_count && done; i++) {
        if (b->old[i].kept)
            continue;
        ok = ok && cache_remove(b->cache, b->old[i].id);
        n->removed++;
    }
    if (done)
        files_progress(b->cache, b->file, b->number, true);
    else if (b->resumable)
        files_progress(b->cache, b->file, b->number, false);
    if (done && !same)
        files_doubt(b->cache, b->file);
    b->file = 0;
    return ok && (!is_full(b) || batch_commit(b, n));
}

/* One article parsed again; whatever cannot be decoded stays as it is. */
static void reparse(struct batch *b, const struct known *from, struct record *r, struct batch_counts *n)
{
    record_reset(r);
    if (!known_record(b->cache, from->id, r, &b->file, &b->name_len))
        return;
    r->key = from->digest;
    r->number = from->seq;
    b->root_path = "";
    if (put(b, r, from->id))
        n->changed++;
    b->bytes += r->text.len;
    b->records++;
}

bool batch_reparse(struct batch *b, struct batch_counts *n)
{
    struct known some[REPARSE_AT_ONCE];
    struct record r;
    size_t i, count;
    int64_t from;

    if (!begin(b))
        return false;
    if (schema_number(cache_db(b->cache), "parser", 0) >= PARSE_VERSION) {
        batch_commit(b, n);
        return false;
    }
    record_init(&r);
    from = schema_number(cache_db(b->cache), "reparsed", 0);
    count = known_outdated(b->cache, from, PARSE_VERSION, some, REPARSE_AT_ONCE);
    for (i = 0; i < count; i++) {
        reparse(b, &some[i], &r, n);
        from = some[i].id;
    }
    schema_set_number(cache_db(b->cache), "reparsed", count ? from : 0);
    if (count == 0)
        schema_set_number(cache_db(b->cache), "parser", PARSE_VERSION);
    b->file = 0;
    record_release(&r);
    return batch_commit(b, n) && count > 0;
}
