/* SPDX-License-Identifier: ISC */
#include "corpus/batch.h"

#include "base/mem.h"
#include "base/moment.h"
#include "corpus/fixes.h"
#include "corpus/making.h"
#include "store/known.h"
#include "store/rank.h"
#include "store/schema.h"
#include "store/sites.h"
#include "store/tags.h"

#include <stdlib.h>
#include <string.h>

enum {
    FIRST_RECORDS = 100, /* so many are shown at once */
    MOST_BYTES = 28 << 20, /* each commit ends a segment of the full-text index, and its memory */
    LAST_BYTES = 1 << 20,  /* of files: less is left for the last commit */
    FIRST_MS = 300,
    MOST_MS = 5000,
    MEND_AT_ONCE = 100,
};

struct batch {
    struct cache *cache;
    struct state *state;
    bool marked; /* the reading state knows any article at all */
    int faults;  /* of the reading state, when the transaction began */
    bool tagged; /* and has any tag */

    struct sites *sites; /* NULL until they are needed */
    struct voice *voice; /* what they say, made when it is asked for */
    bool heard;          /* batch_voice gave it away */
    struct fixes *fixes; /* NULL until they are needed */

    bool begun, first;
    size_t records, bytes; /* since the last commit */
    uint64_t left; /* bytes of files that are still to be read (batch_expect) */
    int64_t began_ms, patience_ms;

    int64_t file;   /* the one being read, 0 for none */
    long number;    /* of its last record */
    uint64_t at;    /* how much of it has been told as read */
    bool resumable; /* that number is kept on the way */

    int64_t reparsed; /* the last article that an older parser made and this one parsed; 0 where it is known */
};

struct batch *batch_new(struct cache *cache, struct state *state)
{
    struct batch *b = mem_zalloc(1, sizeof *b);

    b->cache = cache;
    b->state = state;
    b->first = true;
    b->patience_ms = FIRST_MS;
    return b;
}

void batch_free(struct batch **b)
{
    if (*b) {
        voice_drop(&(*b)->voice);
        sites_free(&(*b)->sites);
        fixes_drop(&(*b)->fixes);
    }
    free(*b);
    *b = NULL;
}

static bool begin(struct batch *b)
{
    if (b->begun)
        return true;
    b->begun = cache_begin(b->cache);
    b->began_ms = moment_ms();
    b->records = b->bytes = 0;
    b->faults = b->state ? db_clear(state_db(b->state)) : 0;
    b->marked = b->state && state_last(b->state) > 0;
    b->tagged = b->state && tags_any(b->state);
    return b->begun;
}

bool batch_commit(struct batch *b, struct batch_counts *n)
{
    if (!b->begun)
        return db_fault(cache_db(b->cache)) == DB_FINE;
    b->begun = false;
    /* Articles may have come in without their marks: all marks are followed again. */
    if (b->state && db_clear(state_db(b->state)) != b->faults)
        schema_set_number(cache_db(b->cache), "state", 0);
    if (b->file && b->resumable)
        files_progress(b->cache, b->file, b->number, false);
    if (b->reparsed)
        schema_set_number(cache_db(b->cache), "reparsed", b->reparsed);
    b->reparsed = 0;
    if (b->sites)
        sites_save(b->sites, cache_db(b->cache));
    if (!cache_commit(b->cache)) /* which undoes all where a fault sticks */
        return false;
    b->first = false;
    b->patience_ms = b->patience_ms * 2 < MOST_MS ? b->patience_ms * 2 : MOST_MS;
    n->committed = true;
    return true;
}

bool batch_is_open(const struct batch *b)
{
    return b->begun;
}

bool batch_tick(struct batch *b, struct batch_counts *n)
{
    return !b->begun || moment_ms() - b->began_ms < b->patience_ms || batch_commit(b, n);
}

void batch_expect(struct batch *b, uint64_t bytes)
{
    b->left = bytes;
}

static bool is_full(const struct batch *b)
{
    if (b->bytes >= MOST_BYTES || (b->first && b->records >= FIRST_RECORDS))
        return true;
    /* A commit is written while what follows is parsed, but the last one is waited for: towards the end each comes when
     * half as much as it holds is left. */
    if (b->left >= LAST_BYTES && b->bytes / 2 >= b->left)
        return true;
    /* Asking the clock for each record would be seen in a profile. */
    return b->records % 16 == 0 && moment_ms() - b->began_ms >= b->patience_ms;
}

/* They are read when a batch first counts or asks, and are its own from then on: it is the one that indexes. */
static struct sites *sites_of(struct batch *b)
{
    if (!b->sites) {
        b->sites = sites_new();
        sites_load(b->sites, cache_db(b->cache));
    }
    return b->sites;
}

static struct voice *voice_of(struct batch *b)
{
    if (!b->voice) {
        b->voice = sites_voice(sites_of(b));
        b->heard = false;
    }
    return b->voice;
}

struct voice *batch_voice(struct batch *b, bool fresh)
{
    struct voice *voice = voice_of(b);

    if (fresh && b->heard)
        return NULL;
    b->heard = true;
    return voice_hold(voice);
}

static unsigned flags_of(struct batch *b, const struct entry *en, const char *root_path)
{
    struct state_mark mark;
    struct state_id id;

    if (!b->marked && !b->tagged)
        return 0;
    id = state_id(&en->digest, root_path, en->locator.at);
    state_get(b->state, &id, &mark);
    if (b->tagged)
        tags_inherit(b->state, &id, en->locator.at);
    return mark.flags;
}

/* Bytes as they lie on disk: what is packed is counted packed, as the size of what there is to read is. */
static void tell_read(struct batch *b, uint64_t at, struct batch_counts *n)
{
    if (at <= b->at)
        return;
    n->bytes += at - b->at;
    b->left -= b->left < at - b->at ? b->left : at - b->at;
    b->at = at;
}

static bool take_record(struct batch *b, struct job *job, struct batch_counts *n)
{
    bool ok = true;

    if (job->kind == JOB_RECORD) {
        job->entry.flags = flags_of(b, &job->entry, job->root_path);
        ok = cache_put(b->cache, &job->entry, job->old) != 0;
        if (sites_count(sites_of(b), job->entry.origin, job->line, job->line_count))
            voice_drop(&b->voice);
        n->added += job->old == 0;
        n->changed += job->old != 0;
    } else if (job->moved) {
        ok = cache_renumber(b->cache, job->old, job->number, job->text);
    }
    b->number = job->number;
    b->records++;
    b->bytes += job->len;
    n->records++;
    tell_read(b, job->file_at, n);
    return ok;
}

static bool open_file(struct batch *b, const struct job *job)
{
    b->file = job->file.id;
    b->number = job->file.records;
    b->at = 0;
    /* A file with articles whose reading begins anew is matched as a whole: numbers would say nothing. */
    b->resumable = job->fresh || job->file.records > 0;
    return !job->file.faults || files_forget(b->cache, job->file.id);
}

static bool close_file(struct batch *b, const struct job *job, struct batch_counts *n)
{
    tell_read(b, job->file.size, n);
    b->file = 0;
    n->files++;
    n->skipped += job->skipped;
    files_progress(b->cache, job->file.id, job->number, job->done);
    return job->steady || files_doubt(b->cache, job->file.id);
}

/* What stays as it was is not asked again before its site says something else. */
static bool take_again(struct batch *b, struct job *job, struct batch_counts *n)
{
    struct known now;
    bool ok = true;

    b->file = 0;
    b->records++;
    b->bytes += job->len;
    if (!job->turn)
        b->reparsed = job->from.id;
    if (job->same) {
        ok = !job->turn || known_settle(b->cache, job->from.id, job->turn);
    } else if (known_article(cache_db(b->cache), job->from.id, &now)) {
        job->entry.flags = now.flags; /* the reader may have set some since it was given */
        ok = cache_put(b->cache, &job->entry, job->from.id) != 0;
        n->changed += job->turn == 0;
    }
    return ok;
}

static bool settled(struct batch *b, const struct job *job)
{
    struct db *db = cache_db(b->cache);

    if (job->turn) {
        sites_settled(sites_of(b), (struct sites_turn){job->from.origin, job->turn});
        return true;
    }
    b->reparsed = 0;
    return schema_set_number(db, "reparsed", 0) && schema_set_number(db, "parser", PARSE_VERSION);
}

bool batch_take(struct batch *b, struct job *job, struct batch_counts *n)
{
    bool ok = begin(b);

    if (job->opens)
        ok = ok && open_file(b, job);
    switch (job->kind) {
    case JOB_RECORD:
    case JOB_SAME:
        ok = ok && take_record(b, job, n);
        break;
    case JOB_GONE:
        ok = ok && cache_remove(b->cache, job->old);
        n->removed++;
        break;
    case JOB_FAULT:
        ok = ok && files_add_fault(b->cache, job->file.id, job->text);
        break;
    case JOB_CLOSE:
        b->records++; /* so that a folder of empty files is committed too */
        break;
    case JOB_AGAIN:
        ok = ok && take_again(b, job, n);
        break;
    case JOB_SETTLED:
        ok = ok && settled(b, job);
        break;
    }
    if (job->closes)
        ok = ok && close_file(b, job, n);
    return ok && (!is_full(b) || batch_commit(b, n));
}

/* ---- what the reader said ---- */

struct fixes *batch_fixes(struct batch *b)
{
    if (b->fixes && fixes_are_old(b->fixes, b->state))
        fixes_drop(&b->fixes);
    if (!b->fixes)
        b->fixes = fixes_new(b->state, NULL, NULL);
    return b->fixes;
}

bool batch_mend_due(struct batch *b)
{
    const struct fixes *f = batch_fixes(b);
    struct db *db = cache_db(b->cache);

    return schema_number(db, "repair", 0) != fixes_last(f) || schema_number(db, "rule", 0) != fixes_last_rule(f) ||
           schema_number(db, "rules-file", 0) != fixes_file(f);
}

/* What is being mended. */
struct mending {
    struct batch *b;
    struct making making;
    struct record record;
    struct entry entry;
    bool (*stop)(void *ctx);
    void *ctx;
    struct batch_counts *n;
    bool ok;
};

/* Whatever cannot be decoded stays as it is. */
static bool reparse(struct mending *m, const struct known *from)
{
    struct batch *b = m->b;
    struct known_place place;
    struct site_known known;

    record_reset(&m->record);
    if (!known_record(cache_db(b->cache), cache_codec(b->cache), from->id, &m->record, &place))
        return false;
    m->record.number = from->seq;
    known = (struct site_known){.voice = voice_of(b), .fixes = batch_fixes(b), .root = place.root};
    making_fill(&m->making, &known, from, &m->record, &m->entry);
    m->entry.file = place.file;
    m->entry.name_len = place.name_len;
    m->entry.flags = from->flags;
    return cache_put(b->cache, &m->entry, from->id) != 0;
}

static void mend_article(void *ctx, int64_t id)
{
    struct mending *m = ctx;
    struct known from;

    if (!m->ok || m->stop(m->ctx) || !begin(m->b)) {
        m->ok = false;
        return;
    }
    if (known_article(cache_db(m->b->cache), id, &from))
        m->n->changed += reparse(m, &from);
    m->b->records++;
    m->b->bytes += m->record.text.len;
    if (is_full(m->b))
        m->ok = batch_commit(m->b, m->n);
}

static void mend_digest(void *ctx, const struct state_id *id)
{
    struct mending *m = ctx;

    if (begin(m->b) && cache_flush(m->b->cache))
        known_each_digest(cache_db(m->b->cache), &id->digest, mend_article, m);
}

static void mend_site(struct mending *m, int64_t site)
{
    struct known_cursor cursor = {0};
    int64_t ids[MEND_AT_ONCE];
    size_t count, i;

    do {
        count = known_of_site(cache_db(m->b->cache), site, &cursor, ids, MEND_AT_ONCE);
        for (i = 0; i < count && m->ok; i++)
            mend_article(m, ids[i]);
    } while (m->ok && count == MEND_AT_ONCE);
}

static void mend_named(void *ctx, const char *site)
{
    mend_site(ctx, sites_id(site, strlen(site)));
}

static void mend_filed(void *ctx, const struct repairs_rule *r)
{
    if (r->number == 0)
        mend_named(ctx, r->site);
}

/* The sites that the rules file named when it was read last: kept, since a rule taken out of it names none. */
static void mend_filed_before(struct mending *m)
{
    struct db *db = cache_db(m->b->cache);
    struct buf list;
    const char *at;

    buf_init(&list);
    schema_text(db, "rules-sites", &list);
    for (at = list.data; at && *at && m->ok; at += strcspn(at, " "), at += *at == ' ')
        mend_site(m, (int64_t)strtoll(at, NULL, 10));
    buf_release(&list);
}

static void list_site(void *ctx, const struct repairs_rule *r)
{
    if (r->number == 0)
        buf_add_fmt(ctx, "%lld ", (long long)sites_id(r->site, strlen(r->site)));
}

static bool note_mended(struct batch *b, const struct fixes *f)
{
    struct db *db = cache_db(b->cache);
    struct buf sites;
    bool ok;

    buf_init(&sites);
    buf_add_str(&sites, "");
    fixes_each_rule(f, list_site, &sites);
    ok = begin(b) && schema_set_number(db, "repair", fixes_last(f)) &&
         schema_set_number(db, "rule", fixes_last_rule(f)) && schema_set_number(db, "rules-file", fixes_file(f)) &&
         schema_set_text(db, "rules-sites", sites.data);
    buf_release(&sites);
    return ok;
}

bool batch_mend_new(struct batch *b, struct batch_counts *n)
{
    struct fixes *f;
    bool ok;

    if (db_int(cache_db(b->cache), 1, "SELECT EXISTS(SELECT 1 FROM article)", "") != 0)
        return true;
    f = fixes_hold(batch_fixes(b));
    ok = note_mended(b, f) && batch_commit(b, n);
    fixes_drop(&f);
    return ok;
}

bool batch_mend(struct batch *b, const struct parser *parser, bool (*stop)(void *ctx), void *ctx,
                struct batch_counts *n)
{
    struct fixes *f = fixes_hold(batch_fixes(b)); /* the reader may say more while articles are parsed */
    struct db *db = cache_db(b->cache);
    struct mending m = {.b = b, .stop = stop, .ctx = ctx, .n = n, .ok = true};
    int faults = b->state ? db_clear(state_db(b->state)) : 0;

    b->file = 0;
    making_init(&m.making, parser);
    record_init(&m.record);
    entry_init(&m.entry);
    if (b->state) {
        repairs_since(b->state, schema_number(db, "repair", 0), mend_digest, &m);
        repairs_rules_since(b->state, schema_number(db, "rule", 0), mend_named, &m);
    }
    if (m.ok && schema_number(db, "rules-file", 0) != fixes_file(f)) {
        mend_filed_before(&m);
        fixes_each_rule(f, mend_filed, &m);
    }
    entry_release(&m.entry);
    record_release(&m.record);
    making_release(&m.making);
    m.ok = m.ok && (!b->state || db_clear(state_db(b->state)) == faults);
    if (m.ok)
        m.ok = note_mended(b, f);
    fixes_drop(&f);
    return batch_commit(b, n) && m.ok;
}

bool batch_has_work(struct batch *b)
{
    struct db *db = cache_db(b->cache);

    return batch_mend_due(b) || schema_number(db, "parser", 0) < PARSE_VERSION || sites_any_due(db) ||
           db_int(db, 0, "SELECT EXISTS(SELECT 1 FROM file WHERE state = 0)", "") != 0;
}

bool batch_outdated(struct batch *b, struct again *again)
{
    struct db *db = cache_db(b->cache);

    *again = (struct again){0};
    if (schema_number(db, "parser", 0) >= PARSE_VERSION)
        return false;
    again->parser = PARSE_VERSION;
    again->above = schema_number(db, "reparsed", 0);
    return true;
}

bool batch_unsettled(struct batch *b, struct again *again)
{
    *again = (struct again){0};
    again->site = sites_due(sites_of(b), &again->count);
    return again->count > 0;
}
