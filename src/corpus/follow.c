/* SPDX-License-Identifier: ISC */
#include "corpus/follow.h"

#include "store/known.h"
#include "store/schema.h"
#include "store/tags.h"

struct follower {
    struct cache *cache;
    unsigned flags;
    bool changed;
};

static void set(void *ctx, int64_t id)
{
    struct follower *f = ctx;

    cache_set_flags(f->cache, id, f->flags);
    f->changed = true;
}

static void on_mark(void *ctx, const struct digest *d, unsigned flags)
{
    struct follower *f = ctx;

    f->flags = flags;
    cache_flush(f->cache);
    known_each_digest(cache_db(f->cache), d, set, f);
}

/* The marks of a reading state that is not this one, or is no more. */
static void forget_all(struct follower *f)
{
    int64_t id;

    f->flags = 0;
    while ((id = db_int(cache_db(f->cache), 0, "SELECT id FROM article WHERE flags <> 0 LIMIT 1", "")) != 0 &&
           cache_set_flags(f->cache, id, 0))
        f->changed = true;
}

bool follow_marks(struct cache *c, struct state *state)
{
    struct follower f = {c, 0, false};
    int64_t last, since;
    bool tagged;
    int faults;

    if (!state)
        return false;
    faults = db_clear(state_db(state));
    last = state_last(state);
    since = schema_number(cache_db(c), "state", 0);
    tagged = tags_any(state);
    if (last == since && tagged == (schema_number(cache_db(c), "tagged", 0) != 0) &&
        schema_number(cache_db(c), "state-name", 0) == state_name(state))
        return false;
    if (!cache_begin(c))
        return false;
    if (schema_number(cache_db(c), "state-name", 0) != state_name(state)) {
        forget_all(&f);
        since = 0;
    }
    state_each(state, since, on_mark, &f);
    if (db_clear(state_db(state)) == faults) { /* else it is done again: nothing tells how far it went */
        schema_set_number(cache_db(c), "state", last);
        schema_set_number(cache_db(c), "tagged", tagged);
        schema_set_number(cache_db(c), "state-name", state_name(state));
    }
    return cache_commit(c) && f.changed;
}
