/* SPDX-License-Identifier: ISC */
#include "store/matcher.h"

#include "base/buf.h"
#include "base/mem.h"
#include "store/passage.h"
#include "store/phrases.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum node_kind { NEAR, AND, OR, NOT }; /* NEAR: passages near one another, or one alone */

/* A part of the expression. */
struct node {
    enum node_kind kind;
    struct node **parts;      /* of NOT the second is what must not be there */
    size_t part_count, part_cap;
    struct passage **passages; /* of NEAR */
    size_t passage_count, passage_cap;
    size_t first;             /* the number of its first one, of all */
    uint64_t within;
    bool none;                /* no article can have it */
    bool weighs;
    int64_t *slots;           /* what was found, by rising slot */
    size_t count, cap;
    size_t at;                /* how much of it was passed */
    long turn;                /* in which it was found */
};

struct matcher {
    struct runs runs;
    struct node *whole;
    struct node **phrases; /* of each the node that it stands in */
    size_t phrase_count, phrase_cap;
    double *scores;
    size_t score_cap;
    long turn;
    bool half; /* what the turn is for was half read, of these segments and this span */
    int version;
    struct slot_span span;
};

/* ---- the expression ---- */

struct reading {
    struct matcher *m;
    const char *at;
    bool without; /* in what must not be there */
};

static struct node *read_or(struct reading *r);

static struct node *new_node(enum node_kind kind, struct node *first)
{
    struct node *n = mem_zalloc(1, sizeof *n);

    n->kind = kind;
    n->weighs = true;
    if (first) {
        mem_grow(&n->parts, &n->part_cap, 1, sizeof *n->parts);
        n->parts[n->part_count++] = first;
    }
    return n;
}

static void add_part(struct node *n, struct node *part)
{
    mem_grow(&n->parts, &n->part_cap, n->part_count + 1, sizeof *n->parts);
    n->parts[n->part_count++] = part;
}

/* Whether the word stands here; passes it, and what is blank. */
static bool take(struct reading *r, const char *word)
{
    size_t len = strlen(word);

    r->at += strspn(r->at, " ");
    if (strncmp(r->at, word, len) != 0)
        return false;
    r->at += len;
    return true;
}

static void add_passage(struct reading *r, struct node *n, const char *column, size_t column_len)
{
    const char *end = phrases_end(r->at);
    struct matcher *m = r->m;
    struct buf phrase;

    buf_init(&phrase);
    buf_add(&phrase, column, column_len);
    buf_add(&phrase, r->at, (size_t)(end - r->at));
    r->at = end;
    mem_grow(&m->phrases, &m->phrase_cap, m->phrase_count + 1, sizeof *m->phrases);
    m->phrases[m->phrase_count++] = n;
    mem_grow(&n->passages, &n->passage_cap, n->passage_count + 1, sizeof *n->passages);
    n->passages[n->passage_count] = passage_new(phrase.data);
    n->none = n->none || !n->passages[n->passage_count];
    n->passage_count++;
    buf_release(&phrase);
}

/* A phrase, or some near one another, in a column or in all. */
static struct node *read_near(struct reading *r)
{
    struct node *n = new_node(NEAR, NULL);
    const char *column = r->at;
    size_t len = 0;
    bool near;

    while (isalpha((unsigned char)column[len]))
        len++;
    if (column[len + strspn(column + len, " ")] == ':')
        r->at = strchr(column + len, ':') + 1;
    else
        len = 0;
    n->first = r->m->phrase_count;
    near = take(r, "NEAR(");
    do {
        r->at += strspn(r->at, " ");
        add_passage(r, n, column, len);
    } while (near && !take(r, ","));
    if (near) {
        n->within = strtoul(r->at, (char **)(uintptr_t)&r->at, 10);
        take(r, ")");
    }
    n->weighs = !r->without && !(n->passage_count > 0 && n->passages[0] && n->passages[0]->column == ENTRY_FACTS);
    return n;
}

static struct node *read_one(struct reading *r)
{
    struct node *n;

    if (!take(r, "("))
        return read_near(r);
    n = read_or(r);
    take(r, ")");
    return n;
}

static struct node *read_not(struct reading *r)
{
    struct node *n = read_one(r);
    bool without = r->without;

    while (take(r, "NOT")) {
        r->without = true;
        n = new_node(NOT, n);
        add_part(n, read_one(r));
        r->without = without;
    }
    return n;
}

static struct node *read_and(struct reading *r)
{
    struct node *n = read_not(r);

    while (take(r, "AND")) {
        n = n->kind == AND ? n : new_node(AND, n);
        add_part(n, read_not(r));
    }
    return n;
}

static struct node *read_or(struct reading *r)
{
    struct node *n = read_and(r);

    while (take(r, "OR")) {
        n = n->kind == OR ? n : new_node(OR, n);
        add_part(n, read_and(r));
    }
    return n;
}

struct matcher *matcher_new(const char *match)
{
    struct matcher *m = mem_zalloc(1, sizeof *m);
    struct reading r = {.m = m, .at = match};

    runs_init(&m->runs);
    m->whole = read_or(&r);
    return m;
}

static void free_node(struct node *n)
{
    size_t i;

    for (i = 0; i < n->part_count; i++)
        free_node(n->parts[i]);
    for (i = 0; i < n->passage_count; i++)
        passage_free(&n->passages[i]);
    free(n->parts);
    free(n->passages);
    free(n->slots);
    free(n);
}

void matcher_free(struct matcher **m)
{
    if (!*m)
        return;
    free_node((*m)->whole);
    runs_release(&(*m)->runs);
    free((*m)->phrases);
    free((*m)->scores);
    free(*m);
    *m = NULL;
}

/* ---- finding ---- */

/* What is asked of the parts. */
struct asked {
    struct postings_from from;
    const struct score *score; /* NULL: nothing is weighed */
    bool again;                /* half of it was read */
};

static enum postings_state find(struct node *n, const struct asked *asked, const struct slots *only);

static void make_room(struct node *n, size_t slots)
{
    mem_grow(&n->slots, &n->cap, slots + 1, sizeof *n->slots);
    n->count = 0;
}

static void take_hits(struct node *n, const struct passage *p)
{
    size_t i;

    make_room(n, p->count);
    for (i = 0; i < p->count; i++)
        n->slots[n->count++] = p->hits[i].slot;
}

static bool is_weighed(const struct node *n, const struct asked *asked)
{
    size_t i;

    for (i = n->first; asked->score && n->weighs && i < n->first + n->passage_count && i < SCORE_PHRASES; i++) {
        if (asked->score->idf[i] > 0)
            return true;
    }
    return false;
}

static enum postings_state find_near(struct node *n, const struct asked *asked, const struct slots *only)
{
    enum postings_want want = n->passage_count > 1     ? POSTINGS_PLACES
                              : is_weighed(n, asked) ? POSTINGS_WEIGHT
                                                     : POSTINGS_ARTICLE;
    struct postings_from from = asked->from;
    struct slots found;
    size_t i;

    make_room(n, 0);
    if (n->none)
        return POSTINGS_READ;
    from.only = only;
    for (i = 0; i < n->passage_count; i++) {
        enum postings_state state = passage_find(n->passages[i], &from, want);

        if (state != POSTINGS_READ)
            return state;
        take_hits(n, n->passages[i]);
        found = (struct slots){n->slots, n->count};
        from.only = &found;
    }
    if (n->passage_count > 1) {
        passage_near(n->passages, n->passage_count, n->within);
        take_hits(n, n->passages[0]);
    }
    return POSTINGS_READ;
}

/* Of all that must be there the rarest is looked for first, as it was the last time, and the others where it is. */
static enum postings_state find_and(struct node *n, const struct asked *asked, const struct slots *only)
{
    struct slots found = {NULL, 0};
    size_t i, k;

    for (i = 1; i < n->part_count && !asked->again; i++) {
        struct node *part = n->parts[i];

        for (k = i; k > 0 && n->parts[k - 1]->count > part->count; k--)
            n->parts[k] = n->parts[k - 1];
        n->parts[k] = part;
    }
    for (i = 0; i < n->part_count; i++) {
        enum postings_state state = find(n->parts[i], asked, only);

        if (state != POSTINGS_READ)
            return state;
        found = (struct slots){n->parts[i]->slots, n->parts[i]->count};
        only = &found;
    }
    make_room(n, found.count);
    memcpy(n->slots, found.at, found.count * sizeof *n->slots);
    n->count = found.count;
    return POSTINGS_READ;
}

/* Adds what a part has to what others had. */
static void unite(struct node *n, const struct node *part)
{
    size_t i = n->count, k = part->count, to = i + k, both = 0;

    mem_grow(&n->slots, &n->cap, to + 1, sizeof *n->slots);
    n->count = to;
    while (k > 0) {
        bool mine = i > 0 && n->slots[i - 1] >= part->slots[k - 1];

        if (mine && n->slots[i - 1] == part->slots[k - 1]) {
            k--;
            both++;
        }
        n->slots[--to] = mine ? n->slots[--i] : part->slots[--k];
    }
    if (both > 0 && i < to)
        memmove(n->slots + i, n->slots + to, (n->count - to) * sizeof *n->slots);
    n->count -= both;
}

static enum postings_state find_or(struct node *n, const struct asked *asked, const struct slots *only)
{
    size_t i;

    make_room(n, 0);
    for (i = 0; i < n->part_count; i++) {
        enum postings_state state = find(n->parts[i], asked, only);

        if (state != POSTINGS_READ)
            return state;
        unite(n, n->parts[i]);
    }
    return POSTINGS_READ;
}

static enum postings_state find_not(struct node *n, const struct asked *asked, const struct slots *only)
{
    const struct node *with = n->parts[0], *without = n->parts[1];
    enum postings_state state = find(n->parts[0], asked, only);
    struct slots found;
    size_t i, k = 0;

    found = (struct slots){with->slots, with->count};
    state = state == POSTINGS_READ ? find(n->parts[1], asked, &found) : state;
    if (state != POSTINGS_READ)
        return state;
    make_room(n, with->count);
    for (i = 0; i < with->count; i++) {
        while (k < without->count && without->slots[k] < with->slots[i])
            k++;
        if (k == without->count || without->slots[k] != with->slots[i])
            n->slots[n->count++] = with->slots[i];
    }
    return POSTINGS_READ;
}

static enum postings_state find(struct node *n, const struct asked *asked, const struct slots *only)
{
    static enum postings_state (*const finds[])(struct node *, const struct asked *, const struct slots *) = {
        [NEAR] = find_near, [AND] = find_and, [OR] = find_or, [NOT] = find_not};
    enum postings_state state = POSTINGS_READ;

    n->at = 0;
    if (n->turn != asked->from.turn)
        state = finds[n->kind](n, asked, only);
    if (state == POSTINGS_READ)
        n->turn = asked->from.turn;
    return state;
}

/* ---- scores ---- */

/* What an article has of each phrase: of those alone whose part of the expression finds it. */
struct found {
    double frequency[SCORE_PHRASES];
    int least;
};

static void gather(struct node *n, const struct score *score, int64_t slot, struct found *f)
{
    size_t i, number;

    while (n->at < n->count && n->slots[n->at] < slot)
        n->at++;
    if (n->at == n->count || n->slots[n->at] != slot)
        return;
    for (i = 0; i < n->part_count && (n->kind != NOT || i == 0); i++)
        gather(n->parts[i], score, slot, f);
    for (i = 0; i < n->passage_count && n->weighs; i++) {
        const struct passage_hit *hit = &n->passages[i]->hits[n->at];

        number = n->first + i;
        if (number >= SCORE_PHRASES || score->idf[number] <= 0)
            continue;
        f->frequency[number] = (double)hit->frequency;
        f->least = hit->least > f->least ? hit->least : f->least;
    }
}

static void score_all(struct matcher *m, struct db *db, const struct score *score)
{
    size_t phrases = m->phrase_count < SCORE_PHRASES ? m->phrase_count : SCORE_PHRASES, i;

    mem_grow(&m->scores, &m->score_cap, m->whole->count + 1, sizeof *m->scores);
    for (i = 0; i < m->whole->count; i++) {
        struct found f;

        memset(f.frequency, 0, phrases * sizeof *f.frequency);
        f.least = 0;
        gather(m->whole, score, m->whole->slots[i], &f);
        m->scores[i] = score_words(score, db, m->whole->slots[i], f.frequency, phrases, f.least);
    }
}

/* ---- the matcher ---- */

static bool damaged(struct db *db)
{
    return db_damaged(db, "the pages of the full-text index cannot be read");
}

/* Begins a turn, or goes on with one. */
static bool begin_turn(struct matcher *m, struct db *db, struct asked *asked)
{
    const struct slot_span span = asked->from.span;

    if (!runs_follow(&m->runs, db))
        return false;
    asked->again = m->half && m->version == m->runs.version && m->span.from == span.from && m->span.to == span.to;
    asked->from.turn = asked->again ? m->turn : ++m->turn;
    m->version = m->runs.version;
    m->span = span;
    return true;
}

struct matches matcher_find(struct matcher *m, struct db *db, struct slot_span span, const struct slots *only,
                            const struct score *score, int64_t until)
{
    struct asked asked = {.from = {.db = db, .runs = &m->runs, .span = span, .until = until}, .score = score};
    enum postings_state state = begin_turn(m, db, &asked) ? find(m->whole, &asked, only) : POSTINGS_BAD;

    m->half = state == POSTINGS_HALF;
    if (state == POSTINGS_BAD)
        damaged(db);
    if (state != POSTINGS_READ)
        return (struct matches){.half = m->half};
    if (score)
        score_all(m, db, score);
    return (struct matches){.slots = m->whole->slots, .scores = score ? m->scores : NULL, .count = m->whole->count};
}

long matcher_count(struct matcher *m, struct db *db, struct slot_span span, size_t n, int64_t until)
{
    struct asked asked = {.from = {.db = db, .runs = &m->runs, .span = span, .until = until}};
    const struct node *in = n < m->phrase_count ? m->phrases[n] : NULL;
    struct passage *p = in ? in->passages[n - in->first] : NULL;
    enum postings_state state;

    if (!p)
        return 0;
    state = begin_turn(m, db, &asked) ? passage_find(p, &asked.from, POSTINGS_ARTICLE) : POSTINGS_BAD;
    m->half = state == POSTINGS_HALF;
    if (state == POSTINGS_BAD)
        damaged(db);
    return m->half ? -1 : state == POSTINGS_READ ? (long)p->count : 0;
}
