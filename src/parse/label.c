/* SPDX-License-Identifier: ISC */
#include "parse/label.h"

#include "base/mem.h"
#include "parse/fields.h"
#include "parse/kinds.h"
#include "parse/mend.h"

#include <stdlib.h>

/* The strength from which a line's role in the thread is no question any more. */
static const float SURE = 0.9f, CERTAIN = 0.95f, BONUS = 1.0f, DOUBT = 3.0f;

/* Prose is known by its small words; in a language whose words nobody wrote down, a line this long is text too. */
enum { MOST_TURNS = 5, LONG_LINE = 120 };

bool label_look(struct page *p, const struct features_table *table, const char *text, size_t len,
                const struct parse_site *site)
{
    lines_split(&p->lines, text, len);
    page_make_room(p);
    features_look(&p->features, p->phrases, &p->lines, site);
    if (site && site->wants && !site->wants(site->ctx))
        return false;
    p->language = language_of(p);
    mend_find(p, site);
    parse_thread_find(p->thread, &p->lines, &p->features, p->language);
    kinds_find_tails(p);
    features_take(&p->features, table, p->thread);
    return true;
}

/* What the thread says for sure weighs more than the model has learned to give it; a thread before any text of
 * an article is none. */
static void add_evidence(const struct page *p, bool headless, size_t i, float *scores)
{
    struct parse_thread_line tl = parse_thread_line(p->thread, i);
    bool doubted = headless && tl.strength < CERTAIN;
    float said = doubted ? -DOUBT : 0;

    if (tl.strength >= SURE && !doubted) {
        if (tl.role == THREAD_CONTROL)
            scores[MODEL_CONTROL] += BONUS;
        else if (tl.role != THREAD_NONE)
            said = BONUS;
    }
    scores[MODEL_HEADER] += said;
    scores[MODEL_COMMENT] += said;
}

/* Whether any of the page's prose is likely to be its body, or there is none. */
static bool has_body(const struct page *p)
{
    bool prose = false;
    size_t i;

    for (i = 0; i < p->lines.count; i++) {
        if (!page_line(p, i)->prose)
            continue;
        prose = true;
        if (page_chance(p, i, MODEL_BODY) > 0.5f)
            return true;
    }
    return !prose;
}

void label_judge(struct page *p, const struct model *m)
{
    const unsigned all = (1u << MODEL_PARTS) - 1, said = 1u << MODEL_HEADER | 1u << MODEL_COMMENT;
    size_t n = p->lines.count, from = n, to = n, i, turns;
    float *scores = mem_alloc((n + 1) * MODEL_WIDTH * sizeof *scores);
    float *room = mem_alloc((n + 1) * MODEL_WIDTH * sizeof *room);
    uint16_t *allowed = mem_alloc((n + 1) * sizeof *allowed);
    bool headless = true;

    model_score(m, &p->features, scores);
    /* Comments are looked for in the thread's region alone. */
    parse_thread_region(p->thread, &from, &to);
    for (i = 0; i < n; i++) {
        headless = headless && !(i < from && (page_line(p, i)->prose || page_line(p, i)->length >= LONG_LINE));
        allowed[i] = (uint16_t)(i >= from && i < to ? all : all & ~said);
        if (p->post)
            allowed[i] = 1u << MODEL_BODY;
        if (!mend_allow(p, i, &allowed[i]) && i >= from && i < to)
            add_evidence(p, headless, i, scores + i * MODEL_WIDTH);
    }
    model_marginals(m, scores, n, allowed, room, p->marginals);
    /* A page of prose has a body. */
    for (turns = 0; turns < MOST_TURNS && !has_body(p); turns++) {
        for (i = 0; i < n; i++)
            scores[i * MODEL_WIDTH + MODEL_BODY] += BONUS;
        model_marginals(m, scores, n, allowed, room, p->marginals);
    }
    free(allowed);
    free(scores);
    free(room);
}

void label_decide(struct page *p, const struct forest *title)
{
    size_t n = p->lines.count, i;

    p->title = mend_headline(p);
    if (p->title == n && !p->post)
        p->title = title_choose(p, title);
    kinds_choose_parts(p);
    mend_parts(p);
    if (p->title < n)
        p->part[p->title] = MODEL_TITLE;
    for (i = 0; i < n && p->part[i] != MODEL_BODY;)
        i++;
    p->first_body = i;
    kinds_set(p);
    mend_kinds(p);
}
