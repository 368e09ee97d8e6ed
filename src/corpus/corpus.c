/* SPDX-License-Identifier: ISC */
#include "corpus/corpus.h"

#include "base/buf.h"
#include "base/mem.h"
#include "base/path.h"
#include "corpus/check.h"
#include "corpus/inside.h"
#include "corpus/marks_hold.h"
#include "corpus/own.h"
#include "corpus/scratch.h"
#include "store/heal.h"
#include "store/state.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static void make_parent(const char *path, struct err *e)
{
    char *folder = mem_strndup(path, (size_t)(path_base(path) - path));

    if (*folder)
        path_make_folder(folder, e);
    free(folder);
}

/* In files of their own: SQLite's databases in memory let no one read while one thread writes. */
static bool make_scratch(struct corpus *c, struct err *e)
{
    if (!c->scratch)
        c->scratch = scratch_make_anywhere(e);
    return c->scratch != NULL;
}

static bool use_memory(struct corpus *c, struct err *e)
{
    if (!make_scratch(c, e))
        return false;
    free(c->cache_path);
    c->cache_path = path_join(c->scratch, "cache.db");
    return heal_prepare(c->cache_path, e) <= HEAL_HEALED;
}

/* The cache of the sources, found or made, as a part; where it cannot be had reading goes on in memory. */
static struct catalog *open_sources(struct corpus *c, const struct corpus_options *o, const struct operands *ops,
                                    struct err *e)
{
    struct err why = ERR_INIT;
    struct catalog *part = NULL;
    enum heal_state state;

    if (!c->scratch && (strcmp(ops->sources[0], "-") != 0 || o->cache)) {
        c->cache_path = mem_strdup(ops->cache);
        /* In its own place a damaged cache is made again; what a person names may be anything of theirs. */
        if (o->cache && heal_is_no_database(c->cache_path)) {
            err_set(e, ERR_IO, "'%s' is no cache; --cache wants one, or a file that is not there yet", c->cache_path);
            return NULL;
        }
        make_parent(c->cache_path, &why);
        state = heal_prepare(c->cache_path, &why);
        if (state == HEAL_FOREIGN) {
            err_set(e, ERR_IO, "%s", why.text);
            return NULL;
        }
        if (state == HEAL_HEALED)
            notices_add(c->notices, "the cache was damaged and is made again");
        if (state != HEAL_FAILED && access(c->cache_path, W_OK) != 0)
            err_sys(&why, "cannot write '%s'", c->cache_path);
        else if (state != HEAL_FAILED)
            part = catalog_open(c->cache_path, false, &why);
        if (part)
            return part;
        notices_add(c->notices, "reading goes on in memory: %s", why.text);
    }
    return use_memory(c, e) ? catalog_open(c->cache_path, false, e) : NULL;
}

/* Opens a cache that stands alone, for reading only: sources, an index and a lock are none of its reader's.
 * On a read-only mount SQLite cannot share it, and need not. */
static struct catalog *open_catalogue(const char *path, struct err *e)
{
    struct err first = ERR_INIT;
    struct catalog *part = catalog_open(path, false, &first);

    return part ? part : catalog_open(path, true, e);
}

/* The cache of sources is read as it stands too where nothing may be written and it is there. */
static bool is_standing(const struct corpus_options *o, const struct operands *ops, int i)
{
    return ops->parts[i] || (o->ephemeral && !o->memory && heal_is_cache(ops->cache));
}

static void add_part(struct corpus *c, struct catalog *part)
{
    if (c->list)
        catalog_join(c->list, &part);
    else
        c->list = part;
}

/* Opens all parts; what cannot be opened beside others is lost. */
static bool open_parts(struct corpus *c, const struct corpus_options *o, struct operands *ops, struct err *e)
{
    int i;

    if (ops->part_count > CATALOG_PARTS)
        return err_set(e, ERR_USAGE, "%d catalogues are too many to be opened as one; the most are %d",
                       ops->part_count, CATALOG_PARTS);
    for (i = 0; i < ops->part_count; i++) {
        struct err why = ERR_INIT;
        bool standing = is_standing(o, ops, i);
        struct catalog *part = standing ? open_catalogue(operands_file(ops, i), &why) : open_sources(c, o, ops, &why);

        if (!part) {
            operands_lose(ops, why.text);
            if (e->status == ERR_NONE)
                *e = why;
            continue;
        }
        if (!standing)
            c->live = c->list ? catalog_parts(c->list) : 0;
        add_part(c, part);
    }
    for (i = 0; i < ops->lost_count && c->list; i++)
        notices_add(c->notices, "%s", ops->lost[i]);
    if (c->list)
        err_clear(e);
    return c->list != NULL;
}

/* In memory only where that was asked for: a cache that cannot be had is no reason to lose marks. */
static char *state_place(struct corpus *c, const struct corpus_options *o)
{
    struct err e = ERR_INIT;
    char *home, *place;

    if (o->memory || o->ephemeral)
        return path_join(c->scratch, "reading.db");
    home = path_data_home();
    if (!path_make_folder(home, &e))
        notices_add(c->notices, "marks are not kept: %s", e.text);
    place = path_join(home, "reading.db");
    free(home);
    return place;
}

/* What is indexed the indexer shelves. */
static void shelve_catalogues(struct corpus *c)
{
    struct err e = ERR_INIT;
    int i;

    for (i = 0; i < c->operands.part_count; i++) {
        if (c->operands.parts[i] && marks_state(c->marks) &&
            !state_opened(marks_state(c->marks), c->operands.parts[i], (int64_t)time(NULL), &e))
            notices_add(c->notices, "%s", e.text);
    }
}

void corpus_index(struct corpus *c)
{
    if (c->indexer)
        indexer_start(c->indexer);
}

static void on_commit(void *ctx)
{
    struct corpus *c = ctx;

    if (c->indexer)
        indexer_kick(c->indexer);
    else
        settler_kick(c->settler);
}

static void start(struct corpus *c, const struct corpus_options *o, const struct operands *ops)
{
    char *state = state_place(c, o);
    struct indexer_options options = {.paths = (const char *const *)ops->sources,
                                      .count = ops->source_count,
                                      .cache_path = c->cache_path,
                                      .state_path = state,
                                      .shelve = !o->memory && !o->ephemeral,
                                      .beside = !o->foreground,
                                      .wake = o->wake,
                                      .notices = c->notices};

    if (c->live >= 0)
        c->indexer = indexer_new(&options);
    else
        c->settler = settler_new(state, c->notices);
    c->marks = marks_new(state, c->live, c->notices, on_commit, c);
    marks_adopt(c->marks, c->list);
    if (options.shelve)
        shelve_catalogues(c);
    if (!o->later)
        corpus_index(c);
    if (c->indexer && o->foreground)
        indexer_wait(c->indexer);
    free(state);
}

bool corpus_open(struct corpus **out, const char *const *paths, int count, const struct corpus_options *o,
                 struct err *e)
{
    struct corpus *c = mem_zalloc(1, sizeof *c);
    bool ok;

    *out = NULL;
    c->live = -1;
    c->wake = o->wake;
    c->notices = notices_new();
    ok = operands_init(&c->operands, paths, count, o->cache, e) &&
         (!(o->memory || o->ephemeral) || make_scratch(c, e)) && open_parts(c, o, &c->operands, e);
    if (ok) {
        c->name = operands_name(&c->operands, paths, count);
        start(c, o, &c->operands);
        *out = c;
    } else {
        corpus_close(&c);
    }
    return ok;
}

void corpus_close(struct corpus **c)
{
    struct corpus *old = *c;

    if (!old)
        return;
    marks_free(&old->marks);
    settler_free(&old->settler);
    repair_free(&old->repair);
    /* The writer last: whoever closes last puts the WAL away, and a reader cannot. */
    catalog_close(&old->list);
    indexer_stop(&old->indexer);
    scratch_remove(&old->scratch);
    notices_free(&old->notices);
    operands_release(&old->operands);
    free(old->cache_path);
    free(old->name);
    free(old);
    *c = NULL;
}

const char *corpus_name(const struct corpus *c)
{
    return c->name;
}

const char *corpus_notice(struct corpus *c)
{
    return notices_take(c->notices);
}

/* The cache under its path is another file now: what was read from the old one is void. */
static void open_again(struct corpus *c)
{
    struct err e = ERR_INIT;
    struct catalog *part = catalog_open(c->cache_path, false, &e);

    if (part)
        catalog_replace(c->list, c->live, &part);
    else
        notices_add(c->notices, "%s", e.text);
}

void corpus_heed(struct corpus *c)
{
    int i;

    for (i = 0; i < catalog_parts(c->list); i++) {
        struct err e = ERR_INIT;
        enum db_fault fault = catalog_part_fault(c->list, i, &e);

        if (fault == DB_CORRUPT && i == c->live)
            indexer_damaged(c->indexer);
        else if (fault != DB_FINE)
            notices_add(c->notices, "%s", e.text);
    }
}

bool corpus_poll(struct corpus *c, struct corpus_progress *p)
{
    bool changed = false;

    memset(p, 0, sizeof *p);
    marks_retry(c->marks);
    if (c->indexer)
        changed = indexer_poll(c->indexer, p);
    if (c->indexer && indexer_healed(c->indexer)) {
        open_again(c);
        changed = true;
    }
    corpus_heed(c);
    changed = c->spread || changed;
    c->spread = false;
    return catalog_changed(c->list) || changed;
}

void corpus_faults(const struct corpus *c, void (*fn)(void *ctx, const char *text), void *ctx)
{
    if (c->indexer)
        indexer_faults(c->indexer, fn, ctx);
}

void corpus_row_take(struct corpus *c, struct corpus_row *to, struct catalog_row *from)
{
    unsigned flags = marks_flags(c->marks, from->id, from->flags);

    *to = (struct corpus_row){.id = from->id,
                              .title = from->title,
                              .site = from->site,
                              .published = from->published,
                              .locator = from->locator,
                              .comments = from->comments > INT32_MAX ? INT32_MAX : (int)from->comments,
                              .minutes = from->minutes,
                              .unread = !(flags & RANK_READ),
                              .starred = flags & RANK_STARRED,
                              .hidden = flags & RANK_HIDDEN,
                              .tags = marks_tags(c->marks, &from->digest)};
    memset(from, 0, sizeof *from);
}

void corpus_row_release(struct corpus_row *row)
{
    free(row->title);
    free(row->site);
    free(row->published);
    free(row->locator);
    free(row->tags);
    memset(row, 0, sizeof *row);
}

bool corpus_article(struct corpus *c, int64_t id, struct article *a, char **text, struct err *e)
{
    struct buf bytes;
    bool ok;

    if (repair_article(c, id, a, text))
        return true;
    buf_init(&bytes);
    ok = catalog_article(c->list, id, a, &bytes, e);
    *text = NULL;
    if (ok) {
        /* The article borrows the bytes where they end up. */
        *text = buf_steal(&bytes);
        a->text = *text;
    } else {
        article_reset(a);
        corpus_heed(c);
    }
    buf_release(&bytes);
    return ok;
}

int64_t corpus_find(struct corpus *c, const char *ref, struct err *e)
{
    int64_t id = catalog_find(c->list, ref);

    if (id == 0 && catalog_fault(c->list, e) == DB_FINE)
        err_set(e, ERR_NOMATCH, "there is no article '%s'", ref);
    return id;
}

bool corpus_facts(struct corpus *c, int64_t id, struct corpus_row *row, struct err *e)
{
    struct catalog_row found;
    bool known;

    catalog_begin(c->list);
    marks_refresh(c->marks, c->list);
    known = catalog_row(c->list, id, &found);
    catalog_end(c->list);
    if (known) {
        corpus_row_take(c, row, &found);
        return true;
    }
    if (catalog_fault(c->list, e) == DB_FINE)
        err_set(e, ERR_NOMATCH, "there is no article %lld", (long long)id);
    return false;
}

void corpus_mark(struct corpus *c, int64_t id, unsigned mask, bool on)
{
    bool spread = false;

    if (!marks_set(c->marks, c->list, id, mask, on ? mask : 0, &spread))
        return;
    if (spread)
        c->spread = true;
    if (spread && c->wake >= 0 && write(c->wake, "m", 1) < 0)
        return; /* a full pipe says it already */
}

void corpus_set_read(struct corpus *c, int64_t id, bool read)
{
    corpus_mark(c, id, STATE_READ, read);
}

void corpus_set_starred(struct corpus *c, int64_t id, bool starred)
{
    corpus_mark(c, id, STATE_STARRED, starred);
}

void corpus_set_place(struct corpus *c, int64_t id, struct corpus_place place)
{
    marks_set_place(c->marks, c->list, id, place);
}

bool corpus_get_place(struct corpus *c, int64_t id, struct corpus_place *place)
{
    return marks_get_place(c->marks, c->list, id, place);
}

bool corpus_shelf(void (*fn)(void *ctx, const char *path, int64_t opened), void *ctx, struct err *e)
{
    bool none; /* nothing was ever opened */
    struct state *state = own_state(&none, e);
    bool ok = none || (state && state_shelf(state, fn, ctx, e));

    state_close(&state);
    return ok;
}
