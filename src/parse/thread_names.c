/* SPDX-License-Identifier: ISC */
/*
 * Bare names: where nothing but a name parts one comment from the next, the names are chosen all at once, so
 * that what speaks for each of them, less a price for each, is greatest in sum and no two are neighbours. The
 * price is set so that there are as many as the heading says.
 */
#include "parse/thread_plan.h"

#include <stdlib.h>

#include "base/digest.h"
#include "base/mem.h"

enum { NAME_LIKELY = 3 };

/* For each line of the region: how many lines of it say the same, 1 to 3, in t->scratch. */
static void count_repeats(struct parse_thread *t, const struct plan *p)
{
    enum { ROUND = 4096 };
    uint8_t *seen = mem_zalloc(ROUND, 1);
    size_t i;

    mem_grow(&t->scratch, &t->scratch_cap, t->marks + 1, sizeof *t->scratch);
    for (i = p->from; i < p->to; i++) {
        const struct lines_line *n = &t->lines->line[i];

        t->scratch[i] = (size_t)digest_short(t->lines->text + n->start, n->end - n->start) % ROUND;
        if (t->mark[i].kind == MARK_TEXT && seen[t->scratch[i]] < 3)
            seen[t->scratch[i]]++;
    }
    for (i = p->from; i < p->to; i++)
        t->scratch[i] = seen[t->scratch[i]];
    free(seen);
}

static bool blanks_divide(const struct parse_thread *t, const struct plan *p)
{
    size_t i, blank = 0;

    for (i = p->from; i < p->to; i++)
        blank += t->lines->line[i].blank_before > 0;
    return blank * 3 >= p->to - p->from;
}

/* Line number i of the region, counted from the end where names begin. */
static size_t side_line(const struct plan *p, enum plan_side side, size_t i)
{
    return side == PLAN_NAME_ABOVE ? p->from + i : p->to - 1 - i;
}

/* How much line i, with its neighbours, looks like the name of a text. */
static float name_weight(const struct parse_thread *t, const struct plan *p, size_t i, bool blanks,
                         enum plan_side side)
{
    const struct mark *m = &t->mark[i];
    const struct lines_line *n = &t->lines->line[i];
    float w = (float)m->name;
    bool more = side == PLAN_NAME_ABOVE ? i + 1 < p->to : i > p->from;
    size_t said = side == PLAN_NAME_ABOVE ? i + 1 : i - 1;

    if ((m->kind != MARK_TEXT && m->kind != MARK_BADGE && m->kind != MARK_NUMBER) || !more)
        return -100;
    if (t->scratch[i] >= 2 && m->name > 0)
        w += 4;
    if (blanks) {
        bool alone = (n->blank_before > 0 || i == p->from) &&
                     (i + 1 >= p->to || t->lines->line[i + 1].blank_before > 0);

        w += alone ? 3 : n->blank_before == 0 && i > p->from ? -5 : 0;
    }
    /* a name below "Best wishes" signs the text above it */
    if (side == PLAN_NAME_ABOVE && i > p->from && t->mark[i - 1].leave)
        w -= 6;
    w += t->mark[said].prose ? 3 : t->lines->line[said].chars <= n->chars ? -3 : 0;
    if (side == PLAN_NAME_ABOVE && i > p->from && t->mark[i - 1].kind == MARK_TEXT && !t->mark[i - 1].prose &&
        t->lines->line[i - 1].chars < 12)
        w -= 1;
    return w;
}

/* Chooses names so that no two are neighbours and the sum of weight - price is greatest; the choice is left
 * in t->scratch (1: a name), its size is returned. */
static size_t choose_names(struct parse_thread *t, const struct plan *p, const float *weight, float price,
                           enum plan_side side)
{
    size_t n = p->to - p->from, i, chosen = 0;
    float name = weight[0] - price, text = -50; /* a text in the first line has no author */
    uint8_t *came = mem_zalloc(n + 1, 1);
    bool is_name;

    for (i = 1; i < n; i++) {
        float next_name = text + weight[i] - price;
        float next_text = name > text ? name : text;

        came[i] = name > text; /* a text at i comes from a name at i - 1 */
        name = next_name;
        text = next_text;
    }
    is_name = false;
    for (i = n; i-- > 0;) {
        t->scratch[side_line(p, side, i)] = is_name;
        chosen += is_name;
        is_name = !is_name && came[i];
    }
    free(came);
    return chosen;
}

/* Makes the records of the names chosen in t->scratch. */
static void records_of_names(struct parse_thread *t, const struct plan *p, enum plan_side side)
{
    size_t i, k;

    for (i = p->from; i < p->to; i = k) {
        struct found_comment *c;
        size_t name = i, from = i + 1, to;

        for (k = i + 1; k < p->to && t->scratch[side == PLAN_NAME_ABOVE ? k : k - 1] == 0; k++)
            ;
        to = k;
        if (side == PLAN_NAME_BELOW) {
            name = k - 1;
            from = i;
            to = name;
        }
        if (t->scratch[name] == 0 || k == i + 1)
            continue;
        c = plan_add_comment(t, i, k);
        c->author = (struct platform_span){t->lines->line[name].start, t->lines->line[name].end};
        plan_set_body(t, c, from, to);
        if (c->text_from == c->text_to)
            t->comments--;
    }
}

/* Whether the region begins with a text and ends with a name, as it does where names stand below. */
static bool ends_with_name(const struct parse_thread *t, const struct plan *p)
{
    const struct mark *first = &t->mark[p->from], *last = &t->mark[p->to - 1];

    return first->kind == MARK_TEXT && (first->prose || first->name < NAME_LIKELY) &&
           last->kind == MARK_TEXT && !last->prose && last->name >= NAME_LIKELY;
}

bool plan_read_names(struct parse_thread *t, struct plan *p, enum plan_side side)
{
    static const float prices[] = {5, 3, 4, 6, 7, 8, 2, 1, 9, 10};
    float *weight;
    size_t i, n = p->to - p->from, best = 0, k;
    float price = prices[0];
    bool blanks = blanks_divide(t, p);

    p->name_quality = 0;
    if (n < 2 || (side == PLAN_NAME_BELOW && !ends_with_name(t, p)))
        return false;
    count_repeats(t, p);
    weight = mem_alloc(n * sizeof *weight);
    for (i = 0; i < n; i++)
        weight[i] = name_weight(t, p, side_line(p, side, i), blanks, side);
    best = choose_names(t, p, weight, price, side);
    for (k = 1; p->count > 0 && k < sizeof prices / sizeof prices[0] && best != (size_t)p->count; k++) {
        size_t got = choose_names(t, p, weight, prices[k], side);
        long was = (long)best - p->count, is = (long)got - p->count;

        if ((is < 0 ? -is : is) < (was < 0 ? -was : was)) {
            best = got;
            price = prices[k];
        }
    }
    best = choose_names(t, p, weight, price, side);
    for (i = 0; i < n; i++)
        if (t->scratch[side_line(p, side, i)] != 0)
            p->name_quality += weight[i] / (float)best;
    free(weight);
    records_of_names(t, p, side);
    return true;
}

/* What the record says for the thread going on up to it: talk does, a headline where a text should be does
 * not. */
static float says_more(const struct parse_thread *t, const struct found_comment *c)
{
    const struct lines_line *last = &t->lines->line[c->text_to > c->text_from ? c->text_to - 1 : c->from];

    if (plan_hears_talk(t, c))
        return 1;
    return c->text_to > c->text_from + 1 || last->count[LINES_STOP] > 0 ? 0.1F : -0.6F;
}

/* Drops the records that say that the thread is over. */
static void drop_records(struct parse_thread *t, const struct plan *p)
{
    float sum = 0, most = 0;
    size_t k, keep = 1;

    if (p->count > 0 && t->comments <= (size_t)p->count)
        return;
    for (k = 0; k < t->comments; k++) {
        sum += says_more(t, &t->comment[k]);
        if (sum >= most) {
            most = sum;
            keep = k + 1;
        }
    }
    while (keep > 1 && (long)keep > p->count && !plan_hears_talk(t, &t->comment[keep - 1]))
        keep--;
    if (p->count > 0 && keep < (size_t)p->count)
        keep = (size_t)p->count;
    if (keep < t->comments)
        t->comments = keep;
}

void plan_drop_lists(struct parse_thread *t, const struct plan *p)
{
    struct found_comment *last;
    size_t longest = 0, k, end;

    if (t->comments == 0)
        return;
    drop_records(t, p);
    for (k = 0; k + 1 < t->comments; k++)
        if (t->comment[k].text_to - t->comment[k].text_from > longest)
            longest = t->comment[k].text_to - t->comment[k].text_from;
    last = &t->comment[t->comments - 1];
    end = plan_last_end(t, p, last->text_from, longest);
    if (end > last->text_from && end < last->text_to)
        last->to = last->text_to = end;
}
