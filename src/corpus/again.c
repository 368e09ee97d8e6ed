/* SPDX-License-Identifier: ISC */
#include "corpus/again.h"

#include "base/mem.h"
#include "store/codec.h"
#include "store/known.h"

#include <stdlib.h>

enum { AT_ONCE = 100 };

struct rereading {
    struct pipeline *p;
    struct db *db;
    struct codec *codec;
};

void again_release(struct again *again)
{
    free(again->site);
    *again = (struct again){0};
}

/* Gives an article; turn as in struct job. False where the pipeline is to stop. */
static bool give(struct rereading *r, const struct known *from, int64_t turn)
{
    struct job *job = pipeline_take(r->p, JOB_AGAIN);
    struct known_place place;

    if (!job)
        return false;
    job->from = *from;
    job->turn = turn;
    record_reset(&job->record);
    job->same = !known_record(r->db, r->codec, from->id, &job->record, &place);
    if (!job->same) {
        job->root_path = place.root;
        job->entry.file = place.file;
        job->entry.name_len = place.name_len;
        job->record.number = from->seq;
    }
    job->len = job->record.text.len;
    pipeline_give(r->p, job);
    return true;
}

/* Says that all articles were given that were parsed before this turn of a site (0: by an older parser). */
static bool give_end(struct rereading *r, struct sites_turn site)
{
    struct job *job = pipeline_take(r->p, JOB_SETTLED);

    if (!job)
        return false;
    job->from = (struct known){.origin = site.id};
    job->turn = site.turn;
    pipeline_give(r->p, job);
    return true;
}

static bool give_outdated(struct rereading *r, const struct again *again)
{
    struct known some[AT_ONCE];
    int64_t above = again->above;
    size_t count, i;

    do {
        count = known_outdated(r->db, above, again->parser, some, AT_ONCE);
        for (i = 0; i < count; i++) {
            if (!give(r, &some[i], 0))
                return false;
            above = some[i].id;
        }
    } while (count == AT_ONCE);
    return db_fault(r->db) == DB_FINE && give_end(r, (struct sites_turn){0});
}

static bool give_site(struct rereading *r, struct sites_turn site)
{
    struct known_cursor cursor = {0};
    struct known some[AT_ONCE];
    size_t count, i;

    do {
        count = known_unsettled(r->db, site.id, site.turn, &cursor, some, AT_ONCE);
        for (i = 0; i < count; i++) {
            if (!give(r, &some[i], site.turn))
                return false;
        }
    } while (count == AT_ONCE);
    return db_fault(r->db) == DB_FINE && give_end(r, site);
}

static void report(struct pipeline *p, const struct err *e)
{
    struct job *job = pipeline_take(p, JOB_FAULT);

    if (!job)
        return;
    job->text = mem_strdup(e->text);
    pipeline_give(p, job);
}

void again_run(struct pipeline *p)
{
    const struct again *again = pipeline_options(p)->again;
    struct rereading r = {.p = p};
    struct err e = ERR_INIT;
    bool go_on = true;
    size_t i;

    r.db = db_open(pipeline_options(p)->cache_path, DB_READ, &e);
    if (!r.db) {
        report(p, &e);
        return;
    }
    r.codec = codec_new();
    if (again->parser)
        go_on = give_outdated(&r, again);
    for (i = 0; go_on && i < again->count; i++)
        go_on = give_site(&r, again->site[i]);
    if (db_fault(r.db) != DB_FINE) {
        db_report(r.db, &e);
        report(p, &e);
    }
    codec_free(&r.codec);
    db_close(&r.db);
}
