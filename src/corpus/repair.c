/* SPDX-License-Identifier: ISC */
#include "corpus/repair.h"

#include "base/confine.h"
#include "base/mem.h"
#include "corpus/fixes.h"
#include "corpus/inside.h"
#include "corpus/own.h"
#include "corpus/site.h"
#include "doc/comment.h"
#include "store/known.h"
#include "store/schema.h"
#include "store/sites.h"

#include <stdlib.h>
#include <string.h>

/* What is needed to parse beside the indexer. */
struct repair {
    struct parser *parser;
    struct voice *voice[CATALOG_PARTS]; /* of each part, NULL where it has none or was not asked yet */
    bool asked[CATALOG_PARTS];
    struct fixes *fixes;
    struct codec *codec;
};

void repair_free(struct repair **r)
{
    int part;

    if (!*r)
        return;
    parse_close(&(*r)->parser);
    for (part = 0; part < CATALOG_PARTS; part++)
        voice_drop(&(*r)->voice[part]);
    fixes_drop(&(*r)->fixes);
    codec_free(&(*r)->codec);
    free(*r);
    *r = NULL;
}

static void note(void *ctx, const char *text)
{
    struct corpus *c = ctx;

    notices_add(c->notices, "%s", text);
}

/* What the reader said up to now. */
static const struct fixes *fixes_now(struct corpus *c)
{
    struct state *state = marks_state(c->marks);

    if (!c->repair) {
        c->repair = mem_zalloc(1, sizeof *c->repair);
        c->repair->codec = codec_new();
    }
    if (c->repair->fixes && fixes_are_old(c->repair->fixes, state))
        fixes_drop(&c->repair->fixes);
    if (!c->repair->fixes)
        c->repair->fixes = fixes_new(state, note, c);
    return c->repair->fixes;
}

static bool can_parse(struct corpus *c, struct err *e)
{
    if (!c->repair->parser)
        c->repair->parser = parse_open(e);
    return c->repair->parser != NULL;
}

/* The voices of the sites of a part. */
static struct voice *voice_of(struct corpus *c, int part)
{
    struct repair *r = c->repair;
    struct sites *sites;

    if (!r->asked[part]) {
        sites = sites_new();
        if (sites_load(sites, catalog_db(c->list, part)))
            r->voice[part] = sites_voice(sites);
        sites_free(&sites);
        r->asked[part] = true;
    }
    return r->voice[part];
}

/* The connection that knows article id, by catalog_local(id). */
static struct db *db_of(struct corpus *c, int64_t id)
{
    return catalog_db(c->list, catalog_part(id));
}

/* The record of article id, and what it is known by. */
static bool record_of(struct corpus *c, int64_t id, struct record *r, struct known_place *place, struct state_id *sid,
                      struct err *e)
{
    fixes_now(c);
    if (!known_record(db_of(c, id), c->repair->codec, catalog_local(id), r, place)) {
        if (catalog_fault(c->list, e) == DB_FINE)
            err_set(e, ERR_NOMATCH, "there is no article %lld", (long long)id);
        return false;
    }
    *sid = state_id(&r->key, place->root, r->locator);
    return true;
}

/* Whether the cache has still to follow: what was taken back stands in it. */
static bool is_behind(struct db *db, const struct fixes *fixes)
{
    return schema_number(db, "repair", 0) != fixes_last(fixes) ||
           schema_number(db, "rule", 0) != fixes_last_rule(fixes);
}

/* Whether the reader's word bears on the article: asked before its text is read, which may be long. */
static bool is_borne_on(struct corpus *c, int64_t id, const struct fixes *fixes)
{
    struct catalog_row row;
    struct state_id sid;
    struct known known;
    const char *root;

    if (!fixes_any(fixes) || !known_article(db_of(c, id), catalog_local(id), &known) ||
        !catalog_row(c->list, id, &row))
        return false;
    root = catalog_root(c->list, row.root);
    sid = state_id(&row.digest, root ? root : "", row.locator);
    catalog_row_release(&row);
    return fixes_bear(fixes, &sid, known.origin);
}

/* ---- asking the parser ---- */

/* What the parser is asked of one article; which members are set depends on what that is. */
struct question {
    struct corpus *c;
    int64_t id;
    struct article *a; /* read anew */
    char **text;
    size_t at; /* byte of the text: explained, or made a rule of */
    struct buf *out;
    enum fix_answer answer;
    struct repair_rule *rule;
    const struct repair_rule *tried; /* on all articles of its site */
    void (*tell)(void *ctx, const struct repair_trial *t);
    void *ctx;
    long *seen;
    bool done;
    struct err *e;
};

/* Asks it while this thread waits, in one that can do no more than read the caches and the program's own: what stands
 * in a record is somebody else's (corpus/indexer confines its threads the same way). */
static bool ask(struct question *q, void (*parse)(void *ctx))
{
    const struct operands *ops = &q->c->operands;
    struct confine *set = confine_new();
    struct err e = ERR_INIT;
    bool asked;
    int i;

    fixes_now(q->c); /* the reading state could not be opened there */
    confine_let_program(set);
    if (q->c->cache_path)
        confine_let_beside(set, q->c->cache_path, true);
    for (i = 0; i < ops->part_count; i++)
        confine_let_beside(set, operands_file(ops, i), true);
    asked = confine_run(set, parse, q, &e);
    if (e.text[0])
        notices_add(q->c->notices, "%s", e.text);
    confine_free(&set);
    return asked && q->done;
}

static void read_anew(void *ctx)
{
    struct question *q = ctx;
    struct corpus *c = q->c;
    struct site_page page = {0};
    struct known_place place;
    struct state_id sid;
    struct record r;

    record_init(&r);
    q->done = record_of(c, q->id, &r, &place, &sid, q->e) && can_parse(c, q->e);
    if (q->done) {
        struct site_known known = {
            .voice = voice_of(c, catalog_part(q->id)), .fixes = fixes_now(c), .root = place.root};

        site_parse(c->repair->parser, &known, place.origin, &r, q->a, &page);
        *q->text = buf_steal(&r.text);
        q->a->text = *q->text;
    }
    site_page_release(&page);
    record_release(&r);
}

bool repair_article(struct corpus *c, int64_t id, struct article *a, char **text)
{
    const struct fixes *fixes = fixes_now(c);
    struct err e = ERR_INIT;
    struct question q = {.c = c, .id = id, .a = a, .text = text, .e = &e};

    if (!is_behind(db_of(c, id), fixes) && !is_borne_on(c, id, fixes))
        return false;
    ask(&q, read_anew);
    if (e.status != ERR_NONE && e.status != ERR_NOMATCH)
        notices_add(c->notices, "%s", e.text);
    return q.done;
}

uint64_t repair_stamp(struct corpus *c, int64_t id)
{
    struct known known = {0};
    uint64_t stamp = 0;

    if (known_article(db_of(c, id), catalog_local(id), &known))
        memcpy(&stamp, known.digest.byte, sizeof stamp);
    return stamp ^ known.extra;
}

/* The screen's connection to the reading state. */
static struct state *writable(struct corpus *c, struct err *e)
{
    struct state *s = marks_state(c->marks);

    if (!s)
        err_set(e, ERR_IO, "the reading state cannot be written");
    return s;
}

int64_t repair_line(struct corpus *c, int64_t id, enum fix_answer answer, const char *line, size_t len, size_t start,
                    struct err *e)
{
    struct repairs_line kept = {.fix = {.answer = answer, .start = start}};
    struct state *s = writable(c, e);
    struct known_place place;
    struct record r;
    char *copy;
    int64_t number = 0;

    if (!s)
        return 0;
    record_init(&r);
    copy = mem_strndup(line, len);
    if (record_of(c, id, &r, &place, &kept.id, e)) {
        kept.locator = r.locator;
        kept.fix.line = copy;
        number = repairs_add(s, &kept, e);
    }
    free(copy);
    record_release(&r);
    return number;
}

bool repair_take_back(struct corpus *c, int64_t number, struct err *e)
{
    struct state *s = writable(c, e);

    return s && repairs_drop(s, number, e);
}

static void explain(void *ctx)
{
    struct question *q = ctx;
    struct corpus *c = q->c;
    struct known_place place;
    struct state_id sid;
    struct article a;
    struct record r;

    record_init(&r);
    article_init(&a);
    if (record_of(c, q->id, &r, &place, &sid, q->e) && can_parse(c, q->e)) {
        struct site_known known = {
            .voice = voice_of(c, catalog_part(q->id)), .fixes = fixes_now(c), .root = place.root};

        q->done = site_explain(c->repair->parser, &known, place.origin, &r, &a, q->at, q->out) ||
                  err_set(q->e, ERR_NOMATCH, "nothing is known of this line");
    }
    article_release(&a);
    record_release(&r);
}

bool repair_explain(struct corpus *c, int64_t id, size_t at, struct buf *out, struct err *e)
{
    struct question q = {.c = c, .id = id, .at = at, .out = out, .e = e};

    return ask(&q, explain);
}

/* ---- rules ---- */

void repair_rule_release(struct repair_rule *r)
{
    free(r->site);
    free(r->before);
    free(r->line);
    free(r->after);
    memset(r, 0, sizeof *r);
}

static struct repairs_rule kept_rule(const struct repair_rule *r)
{
    struct fix fix = {
        .answer = r->answer, .formed = true, .before = r->before, .line = r->line, .after = r->after};

    return (struct repairs_rule){r->number, r->site, fix};
}

/* The site's name in words; NULL where nothing names it. */
static char *site_of_record(struct corpus *c, const struct record *r)
{
    struct article a;
    struct buf name;
    bool known;

    buf_init(&name);
    known = site_name(r, NULL, &name);
    if (!known) {
        article_init(&a);
        parse_article(c->repair->parser, r, NULL, &a);
        known = site_name(r, a.site, &name);
        article_release(&a);
    }
    if (known)
        return buf_steal(&name);
    buf_release(&name);
    return NULL;
}

static void propose(void *ctx)
{
    struct question *q = ctx;
    struct repair_rule *rule = q->rule;
    struct buf before, line, after;
    struct known_place place;
    struct state_id sid;
    struct record r;
    bool good;

    record_init(&r);
    buf_init(&before);
    buf_init(&line);
    buf_init(&after);
    good = record_of(q->c, q->id, &r, &place, &sid, q->e) && can_parse(q->c, q->e);
    if (good) {
        rule->site = site_of_record(q->c, &r);
        good = rule->site || err_set(q->e, ERR_NOMATCH, "nothing says of which site this article is");
    }
    if (good)
        good = parse_form(q->c->repair->parser, &r, q->at, q->answer, &before, &line, &after) ||
               err_set(q->e, ERR_NOMATCH, "this line looks like any other: no rule can be made of it");
    rule->before = buf_steal(&before);
    rule->line = buf_steal(&line);
    rule->after = buf_steal(&after);
    record_release(&r);
    q->done = good;
}

bool repair_propose(struct corpus *c, int64_t id, enum fix_answer answer, size_t start, struct repair_rule *out,
                    struct err *e)
{
    struct question q = {.c = c, .id = id, .answer = answer, .at = start, .rule = out, .e = e};

    *out = (struct repair_rule){.answer = answer};
    return ask(&q, propose);
}

int64_t repair_add_rule(struct corpus *c, const struct repair_rule *r, struct err *e)
{
    struct repairs_rule kept = kept_rule(r);
    struct state *s = writable(c, e);

    return s ? repairs_add_rule(s, &kept, e) : 0;
}

bool repair_drop_rule(struct corpus *c, int64_t number, struct err *e)
{
    struct state *s = writable(c, e);

    return s && repairs_drop_rule(s, number, e);
}

struct teller {
    void (*fn)(void *ctx, const struct repair_rule *r);
    void *ctx;
};

static void tell_rule(void *ctx, const struct repairs_rule *r)
{
    const struct teller *t = ctx;
    struct repair_rule told = {.number = r->number,
                               .site = mem_strdup(r->site),
                               .before = mem_strdup(r->fix.before),
                               .line = mem_strdup(r->fix.line),
                               .after = mem_strdup(r->fix.after),
                               .answer = r->fix.answer};

    t->fn(t->ctx, &told);
    repair_rule_release(&told);
}

static void keep_fault(void *ctx, const char *text)
{
    struct err *e = ctx;

    if (e->status == ERR_NONE)
        err_set(e, ERR_IO, "%s", text);
}

bool repair_each_rule(void (*fn)(void *ctx, const struct repair_rule *r), void *ctx, struct err *e)
{
    struct teller t = {fn, ctx};
    struct fixes *fixes;
    struct state *s;
    bool none;

    s = own_state(&none, e);
    if (!s && !none)
        return false;
    fixes = fixes_new(s, keep_fault, e);
    fixes_each_rule(fixes, tell_rule, &t);
    fixes_drop(&fixes);
    state_close(&s);
    return e->status == ERR_NONE;
}

bool repair_forget_rule(int64_t number, struct err *e)
{
    bool none, done;
    struct state *s = own_state(&none, e);

    if (none)
        return err_set(e, ERR_NOMATCH, "there is no rule %lld", (long long)number);
    done = s && repairs_drop_rule(s, number, e);
    state_close(&s);
    return done;
}

/* ---- trying a rule ---- */

static enum kind kind_at(const struct article *a, size_t at, size_t *block)
{
    while (*block < a->block_count && a->blocks[*block].end <= at)
        (*block)++;
    return *block < a->block_count ? a->blocks[*block].kind : KIND_COUNT;
}

/* How many lines the two took for different kinds. */
static size_t differing_lines(const struct article *a, const struct article *b)
{
    size_t at = 0, in_a = 0, in_b = 0, lines = 0;

    while (at < a->len) {
        const char *end = memchr(a->text + at, '\n', a->len - at);

        at += strspn(a->text + at, " \t\r");
        if (at < a->len && a->text[at] != '\n')
            lines += kind_at(a, at, &in_a) != kind_at(b, at, &in_b);
        at = end ? (size_t)(end - a->text) + 1 : a->len;
    }
    return lines;
}

static bool same_comments(const struct article *a, const struct article *b)
{
    size_t i;

    if (a->comment_count != b->comment_count)
        return false;
    for (i = 0; i < a->comment_count; i++) {
        const struct article_comment *c = comment_glance(a, (int)i + 1), *d = comment_glance(b, (int)i + 1);

        if (!mem_same(c->author, d->author) || !mem_same(c->text, d->text))
            return false;
    }
    return true;
}

struct trial {
    struct corpus *c;
    const struct fixes *with;
    void (*fn)(void *ctx, const struct repair_trial *t);
    void *ctx;
    struct article before, after;
};

static bool try_article(struct trial *t, int64_t id, struct err *e)
{
    struct voice *voice = voice_of(t->c, catalog_part(id));
    struct site_known without = {.voice = voice}, with = {.voice = voice, .fixes = t->with};
    struct site_page page = {0};
    struct repair_trial told;
    struct known_place place;
    struct state_id sid;
    struct record r;
    bool ok;

    record_init(&r);
    article_reset(&t->before);
    article_reset(&t->after);
    ok = record_of(t->c, id, &r, &place, &sid, e);
    if (ok) {
        with.root = without.root = place.root;
        site_parse(t->c->repair->parser, &without, place.origin, &r, &t->before, &page);
        site_parse(t->c->repair->parser, &with, place.origin, &r, &t->after, &page);
        told = (struct repair_trial){.id = id,
                                     .locator = r.locator,
                                     .title_before = t->before.title,
                                     .title = t->after.title,
                                     .comments_before = t->before.comment_count,
                                     .comments = t->after.comment_count,
                                     .lines = differing_lines(&t->before, &t->after)};
        if (told.lines || !mem_same(told.title, told.title_before) || !same_comments(&t->before, &t->after))
            t->fn(t->ctx, &told);
    }
    site_page_release(&page);
    record_release(&r);
    return ok;
}

/* The articles of the rule's site that a part has. */
static bool try_part(struct trial *t, int part, const char *site, long *seen, struct err *e)
{
    enum { AT_ONCE = 256 };
    struct known_cursor cursor = {0};
    int64_t ids[AT_ONCE];
    size_t count, i;
    bool ok = true;

    do {
        count = known_of_site(catalog_db(t->c->list, part), sites_id(site, strlen(site)), &cursor, ids, AT_ONCE);
        for (i = 0; i < count && ok; i++, (*seen)++)
            ok = try_article(t, catalog_id(part, ids[i]), e);
    } while (ok && count == AT_ONCE);
    return ok;
}

static void try_all(void *ctx)
{
    struct question *q = ctx;
    struct repairs_rule kept = kept_rule(q->tried);
    struct trial t = {.c = q->c, .fn = q->tell, .ctx = q->ctx};
    struct fixes *with;
    bool ok;
    int part;

    fixes_now(q->c);
    ok = can_parse(q->c, q->e);
    with = fixes_of_rule(&kept);
    t.with = with;
    article_init(&t.before);
    article_init(&t.after);
    for (part = 0; part < catalog_parts(q->c->list) && ok; part++)
        ok = try_part(&t, part, q->tried->site, q->seen, q->e);
    article_release(&t.before);
    article_release(&t.after);
    fixes_drop(&with);
    q->done = ok;
}

bool repair_try(struct corpus *c, const struct repair_rule *r, void (*fn)(void *ctx, const struct repair_trial *t),
                void *ctx, long *seen, struct err *e)
{
    struct question q = {.c = c, .tried = r, .tell = fn, .ctx = ctx, .seen = seen, .e = e};

    *seen = 0;
    return ask(&q, try_all);
}
