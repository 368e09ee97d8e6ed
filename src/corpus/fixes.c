/* SPDX-License-Identifier: ISC */
#include "corpus/fixes.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/digest.h"
#include "base/mem.h"
#include "base/path.h"
#include "conf/config.h"
#include "store/db.h"
#include "store/sites.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct line {
    struct state_id id;
    struct fix fix;
    size_t turn; /* how many came before it */
};

struct rule {
    int64_t number, site;
    const char *name;
    struct fix fix;
};

struct fixes {
    atomic_int holders;
    struct arena arena;
    struct line *line; /* by digest, then turn */
    const struct line **by_origin;
    size_t lines, line_cap;
    struct rule *rule;
    size_t rules, rule_cap;
    int64_t last, last_rule, file;
    void (*fault)(void *ctx, const char *text); /* while it is made */
    void *ctx;
};

static const char *keep(struct fixes *f, const char *s)
{
    return arena_strndup(&f->arena, s, strlen(s));
}

static struct fix keep_fix(struct fixes *f, const struct fix *from)
{
    struct fix fix = *from;

    fix.line = keep(f, from->line);
    if (fix.formed) {
        fix.before = keep(f, from->before);
        fix.after = keep(f, from->after);
    }
    return fix;
}

static void take_line(void *ctx, const struct repairs_line *r)
{
    struct fixes *f = ctx;

    mem_grow(&f->line, &f->line_cap, f->lines + 1, sizeof *f->line);
    f->line[f->lines] = (struct line){r->id, keep_fix(f, &r->fix), f->lines};
    f->lines++;
}

static void take_rule(void *ctx, const struct repairs_rule *r)
{
    struct fixes *f = ctx;

    mem_grow(&f->rule, &f->rule_cap, f->rules + 1, sizeof *f->rule);
    f->rule[f->rules++] =
        (struct rule){r->number, sites_id(r->site, strlen(r->site)), keep(f, r->site), keep_fix(f, &r->fix)};
}

static bool read_rule(void *ctx, int count, char *const *word, struct err *e)
{
    struct repairs_rule r = {.fix = {.formed = true, .before = "", .after = ""}};

    if (count < 3 || count > 5)
        return err_set(e, ERR_USAGE, "a rule is a site, an answer, a line, and perhaps the lines before and after");
    if (!fix_find(word[1], strlen(word[1]), &r.fix.answer))
        return err_set(e, ERR_USAGE, "there is no answer '%s'", word[1]);
    r.site = word[0];
    r.fix.line = word[2];
    if (count > 3)
        r.fix.before = word[3];
    if (count > 4)
        r.fix.after = word[4];
    take_rule(ctx, &r);
    return true;
}

static void tell(void *ctx, const char *text)
{
    struct fixes *f = ctx;

    if (f->fault)
        f->fault(f->ctx, text);
}

static char *rules_path(void)
{
    char *home = path_config_home(), *path = path_join(home, "rules");

    free(home);
    return path;
}

/* A digest of the bytes of the rules file, 0 where there is none. */
static int64_t file_digest(const char *path)
{
    FILE *f = fopen(path, "r");
    struct buf b;
    char part[4096];
    size_t n;
    int64_t digest;

    if (!f)
        return 0;
    buf_init(&b);
    while ((n = fread(part, 1, sizeof part, f)) > 0)
        buf_add(&b, part, n);
    fclose(f);
    digest = b.len ? (int64_t)digest_short(b.data, b.len) : 0;
    buf_release(&b);
    return digest;
}

static int compare_turns(const struct line *a, const struct line *b)
{
    return (a->turn > b->turn) - (a->turn < b->turn);
}

static int by_digest(const void *a, const void *b)
{
    const struct line *x = a, *y = b;
    int order = memcmp(x->id.digest.byte, y->id.digest.byte, sizeof x->id.digest.byte);

    return order ? order : compare_turns(x, y);
}

static int by_origin(const void *a, const void *b)
{
    const struct line *x = *(const struct line *const *)a, *y = *(const struct line *const *)b;
    int order = memcmp(x->id.origin.byte, y->id.origin.byte, sizeof x->id.origin.byte);

    return order ? order : compare_turns(x, y);
}

static void sort_lines(struct fixes *f)
{
    size_t i;

    if (f->lines == 0)
        return;
    mem_sort(f->line, f->lines, sizeof *f->line, by_digest);
    f->by_origin = mem_zalloc(f->lines, sizeof *f->by_origin);
    for (i = 0; i < f->lines; i++)
        f->by_origin[i] = &f->line[i];
    mem_sort(f->by_origin, f->lines, sizeof *f->by_origin, by_origin);
}

struct fixes *fixes_new(struct state *state, void (*fault)(void *ctx, const char *text), void *ctx)
{
    struct fixes *f = mem_zalloc(1, sizeof *f);
    char *path = rules_path();
    int faults = state ? db_clear(state_db(state)) : 0;

    atomic_init(&f->holders, 1);
    arena_init(&f->arena);
    f->fault = fault;
    f->ctx = ctx;
    f->file = file_digest(path);
    if (f->file)
        config_read(path, true, read_rule, tell, f);
    free(path);
    if (state) {
        /* Asked for before what they number, so that what comes in between is read again. */
        f->last = repairs_last(state);
        f->last_rule = repairs_last_rule(state);
        repairs_each_rule(state, take_rule, f);
        repairs_each(state, take_line, f);
        if (db_clear(state_db(state)) != faults) /* to be read again */
            f->last = f->last_rule = 0;
    }
    sort_lines(f);
    return f;
}

struct fixes *fixes_of_rule(const struct repairs_rule *r)
{
    struct fixes *f = mem_zalloc(1, sizeof *f);

    atomic_init(&f->holders, 1);
    arena_init(&f->arena);
    take_rule(f, r);
    return f;
}

struct fixes *fixes_hold(struct fixes *f)
{
    if (f)
        atomic_fetch_add(&f->holders, 1);
    return f;
}

void fixes_drop(struct fixes **f)
{
    if (*f && atomic_fetch_sub(&(*f)->holders, 1) == 1) {
        arena_release(&(*f)->arena);
        free((*f)->by_origin);
        free((*f)->line);
        free((*f)->rule);
        free(*f);
    }
    *f = NULL;
}

bool fixes_are_old(const struct fixes *f, struct state *state)
{
    return state && (repairs_last(state) != f->last || repairs_last_rule(state) != f->last_rule);
}

int64_t fixes_last(const struct fixes *f)
{
    return f->last;
}

int64_t fixes_last_rule(const struct fixes *f)
{
    return f->last_rule;
}

int64_t fixes_file(const struct fixes *f)
{
    return f->file;
}

void fixes_list_release(struct fixes_list *l)
{
    free(l->fix);
    memset(l, 0, sizeof *l);
}

static void add(struct fixes_list *l, const struct fix *fix)
{
    mem_grow(&l->fix, &l->cap, l->count + 1, sizeof *l->fix);
    l->fix[l->count++] = *fix;
}

/* The n-th line by digest or by origin. */
static const struct line *line_at(const struct fixes *f, bool origin, size_t n)
{
    return origin ? f->by_origin[n] : &f->line[n];
}

/* Its digest or origin against d. */
static int compare_at(const struct fixes *f, bool origin, size_t n, const struct digest *d)
{
    const struct state_id *id = &line_at(f, origin, n)->id;

    return memcmp(origin ? id->origin.byte : id->digest.byte, d->byte, sizeof d->byte);
}

static void add_lines(const struct fixes *f, bool origin, const struct digest *d, struct fixes_list *l)
{
    size_t low = 0, high = f->lines;

    while (low < high) {
        size_t mid = low + (high - low) / 2;

        if (compare_at(f, origin, mid, d) < 0)
            low = mid + 1;
        else
            high = mid;
    }
    for (; low < f->lines && compare_at(f, origin, low, d) == 0; low++)
        add(l, &line_at(f, origin, low)->fix);
}

void fixes_find(const struct fixes *f, const struct state_id *id, int64_t site, struct fixes_list *l)
{
    size_t rules;

    l->count = 0;
    if (!f)
        return;
    for (size_t i = 0; i < f->rules && site; i++)
        if (f->rule[i].site == site)
            add(l, &f->rule[i].fix);
    rules = l->count;
    add_lines(f, false, &id->digest, l);
    if (l->count == rules)
        add_lines(f, true, &id->origin, l);
}

bool fixes_bear(const struct fixes *f, const struct state_id *id, int64_t site)
{
    struct fixes_list l = {0};
    bool any;

    fixes_find(f, id, site, &l);
    any = l.count > 0;
    fixes_list_release(&l);
    return any;
}

bool fixes_any(const struct fixes *f)
{
    return f && f->lines + f->rules > 0;
}

void fixes_each_rule(const struct fixes *f, void (*fn)(void *ctx, const struct repairs_rule *r), void *ctx)
{
    size_t i;

    for (i = 0; i < f->rules; i++) {
        struct repairs_rule r = {f->rule[i].number, f->rule[i].name, f->rule[i].fix};

        fn(ctx, &r);
    }
}
