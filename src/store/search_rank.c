/* SPDX-License-Identifier: ISC */
#include "store/search_rank.h"

#include "base/mem.h"
#include "store/parts.h"

static void finish_scores(struct search *s)
{
    size_t i;

    best_finish(&s->best);
    s->best_row = mem_zalloc(s->best.count + 1, sizeof *s->best_row);
    for (i = 0; i < s->best.count; i++)
        s->best_row[i] = rising_below(&s->hits, s->best.kept[i].number);
    mem_sort(s->best_row, s->best.count, sizeof *s->best_row, search_by_number);
    s->stage = STAGE_DONE;
}

void search_take_scores(void *search, int part, struct lane *lane)
{
    struct search *s = search;
    size_t i;

    for (i = 0; i < lane->count; i++) {
        struct scored one = {lane->scores[i], search_number_of(s, part, lane->slots[i])};

        best_offer(&s->best, one);
    }
    s->score.floor = best_floor(&s->best);
}

void search_score_window(struct search *s, struct catalog *l)
{
    const struct lanes_taker taker = {search_take_scores, s};

    if (!lanes_look(&s->lanes, l, &s->score, &s->hits, &taker))
        finish_scores(s);
}

/* The next phrase that is to be counted, from `from` on. */
static size_t next_phrase(const struct search *s, size_t from)
{
    const char *phrase;

    while (from < SCORE_PHRASES && (phrase = query_phrase(s->query, from)) && !*phrase)
        from++;
    return from;
}

/* How long an article is on the average is of all parts, as a phrase's weight is. */
static void begin_scores(struct search *s, struct catalog *l)
{
    double articles = 0, words = 0;
    int part;

    for (part = 0; part < s->lanes.parts; part++)
        score_extent(catalog_db(l, part), &articles, &words);
    s->score.average = articles > 0 && words > 0 ? words / articles : 1;
    best_init(&s->best, SEARCH_RANKED);
}

static bool is_phrase(const struct search *s, size_t n)
{
    return n < SCORE_PHRASES && query_phrase(s->query, n);
}

/* One phrase's weight is the same for all, so that its hits are scored when they are found. */
void search_plan_scores(struct search *s, struct catalog *l)
{
    s->phrase = next_phrase(s, 0);
    if (!is_phrase(s, s->phrase) || is_phrase(s, next_phrase(s, s->phrase + 1)))
        return;
    s->score.idf[s->phrase] = 1;
    s->scores = s->stage == STAGE_FIND;
    begin_scores(s, l);
}

static void sweep_for_scores(struct search *s)
{
    lanes_begin(&s->lanes, false);
    s->stage = STAGE_SCORE;
}

/* All hits are known. */
void search_rank(struct search *s)
{
    if (!is_phrase(s, s->phrase)) { /* nothing says what is better */
        s->stage = STAGE_DONE;
    } else if (s->scores) {
        finish_scores(s);
    } else if (s->score.idf[s->phrase] > 0) {
        sweep_for_scores(s);
    } else {
        lanes_begin(&s->lanes, false);
        s->stage = STAGE_COUNT;
    }
}

void search_count_window(struct search *s, struct catalog *l)
{
    const char *phrase = s->phrase < SCORE_PHRASES ? query_phrase(s->query, s->phrase) : NULL;
    long all, unread;

    if (!phrase) {
        begin_scores(s, l);
        sweep_for_scores(s);
    } else if (!lanes_count(&s->lanes, l, s->phrase, &s->phrase_found)) {
        parts_counts(l, ORDER_DATE, &all, &unread);
        s->score.idf[s->phrase] = score_idf(all, s->phrase_found);
        s->phrase = next_phrase(s, s->phrase + 1);
        s->phrase_found = 0;
        lanes_begin(&s->lanes, false);
    }
}

/* The row by date that is the n-th of those that were not ranked. */
static size_t unranked(const struct search *s, size_t n)
{
    size_t i;

    for (i = 0; i < s->best.count && s->best_row[i] <= n; i++)
        n++;
    return n;
}

int64_t search_ranked_at(const struct search *s, struct catalog *l, size_t n)
{
    if (s->reverse)
        n = s->hits.count - 1 - n;
    if (s->best_row && n < s->best.count)
        return search_id_of(s, l, s->best.kept[n].number);
    return search_id_of(s, l, rising_at(&s->hits, s->best_row ? unranked(s, n - s->best.count) : n));
}

long search_ranked_row(const struct search *s, uint64_t number)
{
    size_t row = rising_below(&s->hits, number), n, before = 0;

    for (n = 0; n < s->best.count && s->best_row && s->best.kept[n].number != number; n++)
        before += s->best_row[n] < row;
    if (s->best_row)
        row = n < s->best.count ? n : s->best.count + row - before;
    return (long)(s->reverse ? s->hits.count - 1 - row : row);
}
