/* SPDX-License-Identifier: ISC */
#include "corpus/marks_hold.h"

#include "base/mem.h"
#include "base/moment.h"
#include "store/catalog_parts.h"
#include "store/known.h"
#include "store/schema.h"
#include "store/sift.h"
#include "store/state_hold.h"
#include "store/tags.h"

#include <stdlib.h>
#include <string.h>

enum { AGAIN = 5000 }; /* ms before the reading state is tried again: it may take a while to fail */

/* A mark that the cache does not show yet. */
struct overlay {
    int64_t id, seq;
    unsigned cached, flags;
};

/* A mark that could not be written yet. */
struct pending {
    struct state_id id;
    char *locator;
    bool place;
    unsigned mask, flags;
    struct corpus_place at;
};

struct marks {
    bool tagged; /* there are tags at all: the reading state need not be opened where there are none */
    bool held; /* marks are gathered, to be written at once */
    char *path;
    int64_t failed; /* at which moment_ms the reading state could not be opened: told once, tried again; 0 for never */
    struct notices *notices;
    void (*on_commit)(void *ctx);
    void *ctx;
    struct state *state;
    struct overlay *overlay;
    size_t count, cap;
    uint32_t *slots; /* open addressing by id: a place in the overlay, counted from 1 */
    size_t slot_count;
    int live;         /* the part that follows; of the others the overlay has all marks */
    int64_t followed; /* what it had followed when the overlay's cached flags were read */
    long unread;      /* by how much the overlay changes the number of unread articles, where it was counted */
    bool counted;
    struct sift_known lent[CATALOG_PARTS]; /* of the parts that do not follow */
    bool lent_all;
    bool adopted;
    int64_t adopted_to; /* up to which entry of the reading state */
    struct pending *pending;
    size_t pending_count, pending_cap;
};

struct marks *marks_new(const char *path, int live, struct notices *notices, void (*on_commit)(void *ctx), void *ctx)
{
    struct marks *m = mem_zalloc(1, sizeof *m);

    m->path = mem_strdup(path);
    m->live = live;
    m->followed = -1;
    m->notices = notices;
    m->on_commit = on_commit;
    m->ctx = ctx;
    return m;
}

static bool write_pending(struct marks *m, const struct pending *p, struct err *e)
{
    if (p->place)
        return state_set_place(m->state, &p->id, p->locator, p->at.comment, p->at.offset, e);
    return state_set_flags(m->state, &p->id, p->locator, p->mask, p->flags, e);
}

/* Writes what is waiting, in order, as far as it goes. */
static bool flush(struct marks *m, struct err *e)
{
    size_t done = 0;

    while (done < m->pending_count && write_pending(m, &m->pending[done], e))
        free(m->pending[done++].locator);
    m->pending_count -= done;
    memmove(m->pending, m->pending + done, m->pending_count * sizeof *m->pending);
    return m->pending_count == 0;
}

static struct state *open_state(struct marks *m, struct err *e)
{
    char *aside = NULL;

    if (!m->state) {
        m->state = state_open(m->path, false, &aside, e);
        if (m->state)
            state_on_commit(m->state, m->on_commit, m->ctx);
    }
    if (aside)
        notices_add(m->notices, "the reading state was damaged; it is kept as '%s'", aside);
    free(aside);
    return m->state;
}

void marks_free(struct marks **m)
{
    struct err e = ERR_INIT;
    size_t i;

    if (!*m)
        return;
    if ((*m)->pending_count && open_state(*m, &e))
        flush(*m, &e);
    for (i = 0; i < (*m)->pending_count; i++)
        free((*m)->pending[i].locator);
    free((*m)->pending);
    free((*m)->overlay);
    for (i = 0; i < CATALOG_PARTS; i++)
        free((*m)->lent[i].marks);
    free((*m)->slots);
    free((*m)->path);
    state_close(&(*m)->state);
    free(*m);
    *m = NULL;
}

struct state *marks_state(struct marks *m)
{
    struct err e = ERR_INIT;
    int64_t now;

    if (m->state)
        return m->state;
    now = moment_ms();
    if (m->failed && now - m->failed < AGAIN)
        return NULL;
    if (!open_state(m, &e) && !m->failed)
        notices_add(m->notices, "marks are not kept: %s", e.text);
    m->failed = m->state ? 0 : now;
    return m->state;
}

/* ---- the overlay ---- */

static size_t slot_of(const struct marks *m, int64_t id)
{
    return (size_t)((uint64_t)id * UINT64_C(0x9E3779B97F4A7C15) >> 20) & (m->slot_count - 1);
}

static void enter(struct marks *m, size_t i)
{
    size_t at = slot_of(m, m->overlay[i].id);

    while (m->slots[at])
        at = (at + 1) & (m->slot_count - 1);
    m->slots[at] = (uint32_t)i + 1;
}

/* Makes the table anew for what the overlay holds, with room for as much again. */
static void enter_all(struct marks *m)
{
    size_t i, want = 64;

    while (want < 4 * m->count)
        want *= 2;
    if (want != m->slot_count) {
        free(m->slots);
        m->slots = mem_zalloc(want, sizeof *m->slots);
        m->slot_count = want;
    } else {
        memset(m->slots, 0, want * sizeof *m->slots);
    }
    for (i = 0; i < m->count; i++)
        enter(m, i);
}

static struct overlay *find(const struct marks *m, int64_t id)
{
    size_t at;

    if (m->count == 0)
        return NULL;
    for (at = slot_of(m, id); m->slots[at]; at = (at + 1) & (m->slot_count - 1)) {
        if (m->overlay[m->slots[at] - 1].id == id)
            return &m->overlay[m->slots[at] - 1];
    }
    return NULL;
}

static struct overlay *lay(struct marks *m, int64_t id, unsigned cached, unsigned flags)
{
    m->counted = m->lent_all = false;
    mem_grow(&m->overlay, &m->cap, m->count + 1, sizeof *m->overlay);
    m->overlay[m->count++] = (struct overlay){.id = id, .cached = cached, .flags = flags};
    if (2 * m->count > m->slot_count)
        enter_all(m);
    else
        enter(m, m->count - 1);
    return &m->overlay[m->count - 1];
}

static bool is_followed(const struct marks *m, const struct overlay *o)
{
    return catalog_part(o->id) == m->live;
}

/* How far the cache has followed this reading state: it may have followed one that is no more. */
static int64_t followed_by(const struct marks *m, struct db *db)
{
    return m->state && schema_number(db, "state-name", 0) == state_name(m->state) ? schema_number(db, "state", 0) : 0;
}

void marks_refresh(struct marks *m, struct catalog *list)
{
    struct db *db = m->live < 0 ? NULL : catalog_db(list, m->live);
    int64_t followed;
    size_t i, kept = 0;

    m->tagged = m->tagged || (db && schema_number(db, "tagged", 0) != 0);
    followed = db && m->count > 0 ? followed_by(m, db) : -1;
    if (followed == m->followed)
        return;
    for (i = 0; i < m->count; i++) {
        const struct overlay *o = &m->overlay[i];

        if (!is_followed(m, o) || o->seq == 0 || o->seq > followed)
            m->overlay[kept++] = *o;
    }
    if (m->count != kept) {
        m->count = kept;
        enter_all(m);
    }
    /* The cache may have followed an older mark of an article of which a newer one is still on its way. */
    for (i = 0; i < kept; i++) {
        if (is_followed(m, &m->overlay[i]))
            catalog_flags(list, m->overlay[i].id, &m->overlay[i].cached);
    }
    m->counted = false;
    m->followed = followed;
}

struct adoption {
    struct marks *m;
    struct catalog *list;
    int part; /* whose foreign flags are voided */
    unsigned flags;
};

static void adopt_article(void *ctx, int64_t id)
{
    struct adoption *a = ctx;
    struct overlay *o = find(a->m, id);

    if (catalog_part(id) == a->m->live)
        return;
    if (!o)
        o = lay(a->m, id, 0, a->flags);
    o->flags = a->flags;
    a->m->counted = a->m->lent_all = false;
}

static void adopt_mark(void *ctx, const struct digest *d, unsigned flags)
{
    struct adoption *a = ctx;

    a->flags = flags;
    catalog_each_digest(a->list, d, adopt_article, a);
}

static void adopt_foreign(void *ctx, int64_t local)
{
    struct adoption *a = ctx;
    int64_t id = catalog_id(a->part, local);
    unsigned cached = 0;

    if (catalog_flags(a->list, id, &cached))
        lay(a->m, id, cached, 0);
}

static int by_id(const void *a, const void *b)
{
    const struct sift_mark *x = a, *y = b;

    return (x->id > y->id) - (x->id < y->id);
}

/* Lets searches of the parts that do not follow know the marks. */
static void lend(struct marks *m, struct catalog *list)
{
    int part;
    size_t i;

    for (part = 0; part < catalog_parts(list); part++) {
        m->lent[part].count = 0;
        catalog_lend(list, part, part == m->live ? NULL : &m->lent[part]);
    }
    for (i = 0; i < m->count; i++) {
        const struct overlay *o = &m->overlay[i];
        struct sift_known *to = &m->lent[catalog_part(o->id)];

        if (is_followed(m, o) || !o->flags)
            continue;
        mem_grow(&to->marks, &to->cap, to->count + 1, sizeof *to->marks);
        to->marks[to->count++] = (struct sift_mark){catalog_local(o->id), o->flags};
    }
    for (part = 0; part < catalog_parts(list); part++) {
        if (m->lent[part].count > 1)
            mem_sort(m->lent[part].marks, m->lent[part].count, sizeof *m->lent[part].marks, by_id);
    }
    m->lent_all = true;
}

static void adopt(struct marks *m, struct catalog *list)
{
    struct adoption a = {m, list, 0, 0};
    int64_t last = marks_state(m) ? state_last(m->state) : 0;

    for (; a.part < catalog_parts(list) && !m->adopted; a.part++) {
        if (a.part != m->live)
            known_each_flagged(catalog_db(list, a.part), adopt_foreign, &a);
    }
    if (m->state && (!m->adopted || last != m->adopted_to))
        state_each(m->state, m->adopted_to, adopt_mark, &a);
    m->adopted = true;
    m->adopted_to = last;
    m->tagged = m->tagged || (m->state && tags_any(m->state));
}

void marks_adopt(struct marks *m, struct catalog *list)
{
    if (catalog_parts(list) == (m->live >= 0))
        return;
    /* What waits to be written is newer than what was. */
    if (m->pending_count == 0)
        adopt(m, list);
    if (!m->lent_all)
        lend(m, list);
}

unsigned marks_flags(const struct marks *m, int64_t id, unsigned flags)
{
    const struct overlay *o = find(m, id);

    return o ? o->flags : flags;
}

/* Whether the cache, which does not follow, counts an article that is hidden. */
static bool is_hidden_there(const struct marks *m, const struct overlay *o)
{
    return !is_followed(m, o) && (o->flags & ~o->cached & RANK_HIDDEN);
}

/* By how much an article counts as unread other than the cache has it; hidden ones are in no count. */
static long difference(const struct marks *m, const struct overlay *o)
{
    bool counts = !is_hidden_there(m, o) && !(o->flags & RANK_READ);

    if (o->cached & RANK_HIDDEN)
        return 0;
    return (long)counts - (long)!(o->cached & RANK_READ);
}

long marks_unread(struct marks *m)
{
    size_t i;

    if (!m->counted)
        m->unread = 0;
    for (i = 0; i < m->count && !m->counted; i++)
        m->unread += difference(m, &m->overlay[i]);
    m->counted = true;
    return m->unread;
}

void marks_each(const struct marks *m, void (*fn)(void *ctx, int64_t id, bool hidden, long unread), void *ctx)
{
    size_t i;

    for (i = 0; i < m->count; i++)
        fn(ctx, m->overlay[i].id, is_hidden_there(m, &m->overlay[i]), difference(m, &m->overlay[i]));
}

bool marks_identify(struct catalog *list, int64_t id, struct state_id *out, struct catalog_row *row)
{
    const char *root;

    if (!catalog_row(list, id, row))
        return false;
    root = catalog_root(list, row->root);
    *out = state_id(&row->digest, root ? root : "", row->locator);
    return true;
}

/* Writes p, after what waits before it; takes its locator. The number of its log entry, 0 where it has to
 * wait. */
static int64_t put(struct marks *m, struct pending p)
{
    struct err e = ERR_INIT;

    mem_grow(&m->pending, &m->pending_cap, m->pending_count + 1, sizeof *m->pending);
    m->pending[m->pending_count++] = p;
    if (m->held || !marks_state(m))
        return 0;
    if (flush(m, &e))
        return state_last(m->state);
    notices_add(m->notices, "marks wait until they can be written: %s", e.text);
    return 0;
}

/* All that waits, in the transaction that is begun; where it cannot be written all of it waits on. */
static bool write_held(struct marks *m, struct err *e)
{
    size_t done = 0, i;
    int64_t last;

    while (done < m->pending_count && write_pending(m, &m->pending[done], e))
        done++;
    if (!state_let(m->state, e) || done < m->pending_count)
        return false;
    for (i = 0; i < m->pending_count; i++)
        free(m->pending[i].locator);
    m->pending_count = 0;
    last = state_last(m->state);
    for (i = 0; i < m->count; i++)
        m->overlay[i].seq = m->overlay[i].seq ? m->overlay[i].seq : last;
    return true;
}

/* All that was gathered, as one transaction. */
static void let(struct marks *m)
{
    struct err e = ERR_INIT;

    if (m->pending_count == 0 || !marks_state(m))
        return;
    if (!state_hold(m->state, &e) || !write_held(m, &e))
        notices_add(m->notices, "marks wait until they can be written: %s", e.text);
}

void marks_retry(struct marks *m)
{
    struct err e = ERR_INIT;

    if (m->pending_count > 0 && !m->held && marks_state(m) && state_hold_at_once(m->state))
        write_held(m, &e);
}

void marks_hold(struct marks *m, bool hold)
{
    m->held = hold;
    if (!hold)
        let(m);
}

/* A mark that is laid over articles. */
struct laying {
    struct marks *m;
    struct catalog *list;
    int64_t id; /* the one that it was made on */
    unsigned mask, flags;
    int64_t seq;
    bool spread;
};

static void lay_mark(void *ctx, int64_t id)
{
    struct laying *l = ctx;
    struct overlay *o = find(l->m, id);
    unsigned cached;

    if (!o && !catalog_flags(l->list, id, &cached))
        return;
    if (!o)
        o = lay(l->m, id, cached, cached);
    o->flags = (o->flags & ~l->mask) | (l->flags & l->mask);
    o->seq = l->seq;
    l->m->counted = l->m->lent_all = false;
    l->spread = l->spread || id != l->id;
}

bool marks_set(struct marks *m, struct catalog *list, int64_t id, unsigned mask, unsigned flags, bool *spread)
{
    struct laying l = {.m = m, .list = list, .id = id, .mask = mask, .flags = flags};
    struct catalog_row row;
    struct pending p = {.mask = mask, .flags = flags};
    bool known;

    catalog_begin(list);
    marks_refresh(m, list);
    known = marks_identify(list, id, &p.id, &row);
    if (known && ((marks_flags(m, id, row.flags) ^ flags) & mask)) {
        p.locator = row.locator;
        row.locator = NULL;
        l.seq = put(m, p);
        lay_mark(&l, id);
        catalog_each_digest(list, &row.digest, lay_mark, &l);
    } else {
        known = false;
    }
    catalog_end(list);
    if (row.id)
        catalog_row_release(&row);
    *spread = l.spread;
    return known;
}

bool marks_tag(struct marks *m, struct catalog *list, int64_t id, const char *name, bool on, struct err *e)
{
    struct catalog_row row;
    struct state_id known;
    bool done;

    if (!marks_state(m))
        return err_set(e, ERR_IO, "marks are not kept");
    if (!marks_identify(list, id, &known, &row))
        return err_set(e, ERR_NOMATCH, "there is no such article");
    done = tags_set(m->state, &known, row.locator, name, on, e);
    m->tagged = m->tagged || (done && on);
    catalog_row_release(&row);
    return done;
}

static void add_name(void *ctx, const char *name)
{
    struct buf *out = ctx;

    buf_add_fmt(out, "%s%s", out->len ? " " : "", name);
}

char *marks_tags(struct marks *m, const struct digest *d)
{
    struct buf out;

    if (!m->tagged || !marks_state(m))
        return NULL;
    buf_init(&out);
    tags_get(m->state, d, add_name, &out);
    if (out.len > 0)
        return buf_steal(&out);
    buf_release(&out);
    return NULL;
}

void marks_set_place(struct marks *m, struct catalog *list, int64_t id, struct corpus_place place)
{
    struct catalog_row row;
    struct pending p = {.place = true, .at = place};

    if (!marks_identify(list, id, &p.id, &row))
        return;
    p.locator = row.locator;
    row.locator = NULL;
    put(m, p);
    catalog_row_release(&row);
}

bool marks_get_place(struct marks *m, struct catalog *list, int64_t id, struct corpus_place *place)
{
    struct state_mark mark = {.placed = false};
    struct state_id known;
    struct catalog_row row;
    size_t i;

    if (!marks_identify(list, id, &known, &row))
        return false;
    catalog_row_release(&row);
    if (marks_state(m))
        state_get(m->state, &known, &mark);
    if (mark.placed)
        *place = (struct corpus_place){mark.comment, mark.offset};
    for (i = 0; i < m->pending_count; i++) {
        if (m->pending[i].place && memcmp(&m->pending[i].id, &known, sizeof known) == 0) {
            *place = m->pending[i].at;
            mark.placed = true;
        }
    }
    return mark.placed;
}
