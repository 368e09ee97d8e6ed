/* SPDX-License-Identifier: ISC */
/*
 * What speaks for records being comments. Headings, words of speech, buttons to reply and the form below
 * speak for it; repetition alone says little, and empty texts, headlines and one name throughout speak
 * against it.
 */
#include "parse/thread_plan.h"

#include <limits.h>
#include <math.h>
#include <string.h>

enum { FAR_BELOW = 20, MANY = 4, FORM_NEAR = 8, ABOVE_ENOUGH = 2 };

struct tally {
    size_t n;
    size_t replies, chromes;          /* records with a button to reply; with a score or a rank */
    size_t dates;                     /* date lines in texts: headers that were not seen */
    size_t talk;                      /* in which somebody talks to somebody */
    size_t named, dated, timed;       /* with an author, a date, a time of day */
    size_t prose, sentences;          /* with text, with more than a sentence */
    size_t empty, headline, same;     /* without text, with a headline for text, by the same author */
    size_t verbs, worded;             /* units with a word of speech, with "posted by" */
    size_t prose_above, prose_inside; /* lines of prose above the first record and in the records */
    size_t skipped;                   /* lines of prose of the region before the first record */
    size_t rising, falling, numbered; /* records later, earlier than the one before; with the next number */
    size_t mixed;                     /* of later and earlier ones, the fewer */
    size_t tweets;                    /* by "NAME (@ACCOUNT)": articles quote them */
    size_t empty_said;                /* lines of the region that say that there are no comments */
};

static bool same_author(const struct parse_thread *t, const struct found_comment *a,
                        const struct found_comment *b)
{
    size_t len = a->author.end - a->author.start;

    return len > 0 && b->author.end - b->author.start == len &&
           memcmp(t->lines->text + a->author.start, t->lines->text + b->author.start, len) == 0;
}

static bool has_smiley(const char *s, size_t len)
{
    size_t k;

    for (k = 0; k + 1 < len; k++)
        if ((s[k] == ':' || s[k] == ';') &&
            (s[k + 1] == ')' || s[k + 1] == '-' || s[k + 1] == 'D' || s[k + 1] == '('))
            return true;
    return false;
}

bool plan_is_talk(const struct parse_thread *t, size_t i)
{
    const struct lines_line *n = &t->lines->line[i];
    const char *s = t->lines->text + n->start;
    size_t len = n->end - n->start < THREAD_TALK_BYTES ? n->end - n->start : THREAD_TALK_BYTES;
    uint8_t *talk = &t->talk[i];

    if (*talk == TALK_UNKNOWN) {
        struct platform_line line;

        platform_read_line(t->rules, s, len, &line);
        *talk = parse_thread_talk_words(&line) ? TALK_YES : TALK_NO_WORD;
    }
    if (*talk == TALK_NO_WORD)
        *talk = s[0] == '@' || has_smiley(s, len) ? TALK_YES : TALK_NO;
    return *talk == TALK_YES;
}

bool plan_hears_talk(const struct parse_thread *t, const struct found_comment *c)
{
    size_t i;

    for (i = c->text_from; i < c->text_to && i < c->text_from + 3; i++)
        if (plan_is_talk(t, i))
            return true;
    return false;
}

static bool is_tweet(const struct parse_thread *t, const struct found_comment *c)
{
    size_t i;

    for (i = c->author.start; i + 1 < c->author.end; i++)
        if (t->lines->text[i] == '(' && t->lines->text[i + 1] == '@')
            return true;
    return false;
}

static void tally_record(const struct parse_thread *t, const struct found_comment *c, struct tally *y)
{
    bool reply = false, chrome = false, prose = false;
    const struct lines_line *first = &t->lines->line[c->text_from < t->marks ? c->text_from : t->marks - 1];
    size_t i;

    for (i = c->from; i < c->to; i++) {
        const struct mark *m = &t->mark[i];

        reply |= m->reply;
        y->dates += m->kind == MARK_DATE && i >= c->text_from && i < c->text_to;
        chrome |= m->has_score || m->kind == MARK_BADGE;
        if (m->kind == MARK_TEXT && m->prose && i >= c->text_from && i < c->text_to) {
            prose = true;
            y->prose_inside++;
        }
    }
    y->replies += reply;
    y->chromes += chrome && !reply;
    y->prose += prose;
    y->named += c->author.end > c->author.start;
    y->tweets += is_tweet(t, c);
    y->dated += c->date != THREAD_NO_DATE;
    y->timed += c->date != THREAD_NO_DATE && (t->dates[c->date].hour >= 0 || t->dates[c->date].relative);
    if (c->text_from == c->text_to) {
        y->empty += !c->pingback;
        return;
    }
    y->talk += plan_hears_talk(t, c);
    y->headline += c->text_to == c->text_from + 1 && first->count[LINES_STOP] == 0 && first->words > 3;
    y->sentences += c->text_to > c->text_from + 1 || first->count[LINES_STOP] > 1;
}

/* The number of the record, where its header or a line beside it gives one; -1 where none does. */
static long record_number(const struct parse_thread *t, const struct found_comment *c)
{
    long number = parse_thread_number(t, c->from, c->text_from, c->author);

    return number >= 0 ? number : parse_thread_number(t, c->text_to, c->to, c->author);
}

/* Minutes, by which records are put in order of time; -1 where that is not known. */
static long record_minute(const struct parse_thread *t, const struct found_comment *c)
{
    const struct dates_found *d;

    if (c->date == THREAD_NO_DATE)
        return -1;
    d = &t->dates[c->date];
    if (d->relative)
        return LONG_MAX / 2 - d->ago;
    if (d->year == 0)
        return -1;
    return (dates_day_number(d) * 24 + (d->hour > 0 ? d->hour : 0)) * 60 + (d->minute > 0 ? d->minute : 0);
}

/* Time and numbers run on in a thread; lists of articles begin with the newest. */
static void tally_order(const struct parse_thread *t, struct tally *y)
{
    long minute = -1, number = -1, was;
    size_t k, same = 0;

    for (k = 0; k < t->comments; k++) {
        was = minute;
        minute = record_minute(t, &t->comment[k]);
        y->rising += was >= 0 && minute > was;
        y->falling += was >= 0 && minute >= 0 && minute < was;
        same += was >= 0 && minute == was;
        was = number;
        number = record_number(t, &t->comment[k]);
        y->numbered += was >= 0 && number == was + 1;
    }
    /* many on one day are in order too, if others rise */
    y->mixed = y->rising < y->falling ? y->rising : y->falling;
    y->rising = y->rising > y->falling ? y->rising - y->falling : 0;
    if (y->rising >= 2)
        y->rising += same < y->rising ? same : y->rising;
}

static void tally_up(const struct parse_thread *t, const struct plan *p, struct tally *y)
{
    size_t k, i;

    memset(y, 0, sizeof *y);
    y->n = t->comments;
    for (k = 0; k < t->comments; k++) {
        tally_record(t, &t->comment[k], y);
        y->same += k > 0 && same_author(t, &t->comment[k], &t->comment[0]);
    }
    tally_order(t, y);
    for (k = 0; k < t->units; k++) {
        y->verbs += t->unit[k].verb;
        y->worded += (t->unit[k].shape & UNIT_WORDED) != 0;
    }
    for (i = p->heading == SIZE_MAX ? p->to : p->heading; i < p->to; i++)
        y->empty_said += t->mark[i].kind == MARK_EMPTY;
    for (i = 0; i < t->comment[0].from; i++) {
        y->prose_above += t->mark[i].prose;
        y->skipped += t->mark[i].prose && i >= p->from;
    }
}

static float share(size_t part, size_t all)
{
    return (float)part / (float)all;
}

/* What the heading says for it: its count most of all. Of bare names nothing else is known. */
static float heading_weight(const struct parse_thread *t, const struct plan *p, size_t n, bool names)
{
    size_t count = p->count > 0 ? (size_t)p->count : 0, pingbacks = 0, others = 0, i;

    if (p->heading == SIZE_MAX)
        return 0;
    if (count > n)
        for (i = p->heading; i < p->to; i++)
            pingbacks += t->mark[i].kind == MARK_PINGBACK;
    n += pingbacks;
    for (i = 0; i < t->marks; i++)
        others += t->mark[i].kind == MARK_HEADING && t->mark[i].count < 0 && t->mark[i].words <= 2;
    if (p->count == 0 || others >= 3)
        return -4; /* none are stated; or each teaser of a list has the word below it */
    if (count == n)
        return p->by_form ? 3 : 4;
    if (p->by_form)
        return 0;
    if (count > 0 && 5 * n >= 4 * count && 4 * n <= 5 * count)
        return 3;
    if (count > n && (!names || parse_thread_is_pager(t, p->to) || parse_thread_is_pager(t, p->to + 1)))
        return 2; /* the others stand on another page */
    if (names)
        return count > 0 ? -1 : 0.5F;
    return count > 0 ? 1 : 2;
}

static bool form_below(const struct parse_thread *t)
{
    size_t i, from = t->comment[t->comments - 1].to;

    for (i = from; i < t->marks && i < from + FORM_NEAR; i++)
        if (t->mark[i].kind == MARK_FORM || t->mark[i].kind == MARK_CLOSED)
            return true;
    return false;
}

/* Without a heading it must not be the article with its byline, nor a list by one hand. ends: the last record
 * ends the page, or a form stands below it. */
static float headless_weight(const struct parse_thread *t, const struct tally *y, bool ends)
{
    float w = 0;

    w -= 0.8F + 0.8F * share(y->n - y->timed, y->n);
    if (t->units == 0 && y->replies < 2 && 2 * y->chromes < y->n)
        w -= 2;
    if ((y->prose_above < ABOVE_ENOUGH && (y->n < 3 || 2 * (y->verbs + y->replies) < y->n)) ||
        (y->n == 1 && y->prose_inside > y->prose_above))
        w -= 3;
    if (y->n <= 2 && y->prose_above == 0)
        w -= 3; /* the first of them is the article's own byline */
    if (y->n == 1 && (y->prose == 0 || y->talk + y->verbs + y->replies == 0))
        w -= y->prose == 0 ? 1.5F : 1.0F;
    if (y->n == 1 && (y->verbs + y->worded + y->replies == 0 || y->timed == 0) && !(ends && y->dated == 1))
        w -= 1.5F;
    if (y->n == 1 && y->dated + y->replies == 0)
        w -= 1.5F; /* "The mayor says:", and what he says */
    if (y->n >= 2 && y->same + 1 == y->n)
        w -= 3;
    return w;
}

float plan_weigh(const struct parse_thread *t, const struct plan *p, bool names)
{
    struct tally y;
    bool closes, ends; /* the last text ends the page; or a form stands below it */
    float w;

    tally_up(t, p, &y);
    w = heading_weight(t, p, y.n, names);
    w += 2.5F * share(y.replies, y.n) + 1.5F * share(y.chromes, y.n);
    w += 1.0F * share(y.prose, y.n) + 0.7F * share(y.sentences, y.n);
    w -= 2.5F * share(y.empty, y.n) + 1.5F * share(y.headline, y.n) + 1.5F * share(y.n - y.named, y.n);
    if (!names) {
        w += 2.5F * share(y.verbs, y.n) + 1.5F * share(y.worded, y.n) + 0.8F * share(y.timed, y.n);
        if (y.n >= 2 && y.verbs + y.replies == 0)
            w -= share(y.falling + y.falling / 2 + 2 * y.mixed, y.n - 1) *
                 (y.n >= 3 && 10 * y.talk > 9 * y.n ? 0.4F : 1); /* or all talk, the newest first */
        w += y.n >= 3 ? 0.5F + 1.5F * share(y.rising, y.n - 1) + 2.0F * share(y.numbered, y.n - 1) : 0;
    }
    w += 2.0F * share(y.talk, y.n);
    if (y.n > MANY && 2 * y.talk > y.n) /* so many people talking */
        w += share(y.talk, y.n) * fminf(1.5F, 0.5F * log2f((float)y.n / MANY));
    if (names) {
        w -= 0.5F;
        w -= 2.0F * (y.dates < y.n ? share(y.dates, y.n) : 1);
        w -= y.n == 1 && p->count < 0 && y.replies == 0 ? 1.0F : 0;
        w += p->name_quality < 4 ? -2.0F : p->name_quality < 8 ? 0.5F * (p->name_quality - 8) : 0;
    }
    if (y.empty_said > 0 && p->count <= 0 && y.n <= 2)
        w -= 3.0F;
    w -= 3.0F * share(y.tweets, y.n);
    ends = form_below(t) && !p->by_form;
    if (ends)
        w += 1.5F;
    closes = t->comment[y.n - 1].to == t->marks;
    ends |= closes;
    if (closes)
        w += p->heading == SIZE_MAX ? 1.4F : 0.5F;
    if (p->heading != SIZE_MAX && y.prose_above < ABOVE_ENOUGH && 2 * (y.verbs + y.replies) < y.n)
        w -= names ? 5.0F : 2.5F; /* a count at the head of the page, and the article below it */
    if (y.n == 1 && p->heading != SIZE_MAX && t->comment[0].from - p->from > FAR_BELOW)
        w -= 2; /* a thread begins below its heading */
    if (!names && t->units == 0 && y.n == 1 && y.prose + y.replies == 0)
        w -= 2; /* short lines down to a date */
    if (p->heading != SIZE_MAX && (!p->by_form || p->count == (long)y.n))
        return w - 3.0F * share(y.skipped, y.skipped + y.prose_inside + 1);
    return w + headless_weight(t, &y, ends);
}
