/* SPDX-License-Identifier: ISC */
#include "parse/mend.h"

#include "base/mem.h"
#include "parse/form.h"
#include "parse/kinds.h"

#include <stdlib.h>
#include <string.h>

/* Characters from which on a line is text, whatever else it is; and words, where it has no date. */
enum { LINE_LONG = 300, LINE_WORDS = 7 };

struct form_line mend_line(const struct page *p, size_t i)
{
    struct form_line l = {.first = i == SIZE_MAX};
    const struct features_line *x;

    if (i >= p->lines.count)
        return l;
    x = page_line(p, i);
    l.s = page_text(p, i, &l.len);
    l.prose = x->prose || x->length > LINE_LONG || (!x->has_date && p->lines.line[i].words >= LINE_WORDS);
    if (x->has_date) {
        l.date = x->date.start;
        l.date_end = x->date.end;
    }
    return l;
}

static bool same_text(const struct page *p, size_t i, const char *text, size_t len)
{
    size_t n;
    const char *s = page_text(p, i, &n);

    return n == len && memcmp(s, text, len) == 0;
}

static size_t distance(const struct page *p, size_t i, size_t start)
{
    size_t at = p->lines.line[i].start;

    return at > start ? at - start : start - at;
}

/* form: of the line. */
static void say(struct page *p, size_t i, enum fix_answer answer, bool sure, const char *form)
{
    struct form_line l = mend_line(p, i);
    size_t start = 0, end = 0;

    /* What was said of this very line stands above rules, what was said later above what came before. */
    if (!sure && p->mend[i].answer && p->mend[i].sure)
        return;
    p->mend[i] = (struct page_mend){
        .answer = (unsigned char)(answer + 1), .sure = sure, .worded = !sure && form_has_word(form)};
    if (form_name(form, &l, &start, &end))
        p->mend[i].name = (struct platform_span){p->lines.line[i].start + start, p->lines.line[i].start + end};
}

/* The line with this text nearest to where it stood. */
static void find_line(struct page *p, const struct fix *fix)
{
    size_t len = strlen(fix->line), i, best = p->lines.count;
    struct form_line l;
    struct buf form;

    for (i = 0; i < p->lines.count; i++) {
        if (!same_text(p, i, fix->line, len))
            continue;
        if (best == p->lines.count || distance(p, i, fix->start) < distance(p, best, fix->start))
            best = i;
    }
    if (best == p->lines.count)
        return;
    l = mend_line(p, best);
    buf_init(&form);
    form_add(&form, &l, FORM_NAMES);
    say(p, best, fix->answer, true, form.data);
    buf_release(&form);
}

static void find_form(struct page *p, const struct fix *fix)
{
    size_t i;

    for (i = 0; i < p->lines.count; i++) {
        struct form_line here = mend_line(p, i), above = mend_line(p, i - 1), below = mend_line(p, i + 1);

        if (!form_fits(fix->line, &here) || !form_fits(fix->before, &above) || !form_fits(fix->after, &below))
            continue;
        say(p, i, fix->answer, false, fix->line);
        if (fix->answer == FIX_HEADLINE)
            return;
    }
}

/* A page has one headline: what was said of a line, else of lines like it; of several the last said. */
static void keep_one_headline(struct page *p, const struct parse_site *site)
{
    size_t i, k, keep = p->lines.count;

    for (k = 0; k < site->fix_count; k++) {
        const struct fix *fix = &site->fix[k];

        if (fix->answer != FIX_HEADLINE || fix->formed)
            continue;
        for (i = 0; i < p->lines.count; i++) {
            if (p->mend[i].answer == FIX_HEADLINE + 1 && p->mend[i].sure &&
                same_text(p, i, fix->line, strlen(fix->line)))
                keep = i;
        }
    }
    if (keep == p->lines.count)
        keep = mend_headline(p);
    for (i = 0; i < p->lines.count; i++) {
        if (i != keep && p->mend[i].answer == FIX_HEADLINE + 1)
            p->mend[i] = (struct page_mend){0};
    }
}

void mend_find(struct page *p, const struct parse_site *site)
{
    size_t i;

    if (!site || site->fix_count == 0 || p->lines.count == 0)
        return;
    p->mend = mem_zalloc(p->lines.count, sizeof *p->mend);
    for (i = 0; i < site->fix_count; i++) {
        if (site->fix[i].formed)
            find_form(p, &site->fix[i]);
        else
            find_line(p, &site->fix[i]);
    }
    keep_one_headline(p, site);
    for (i = 0; i < p->lines.count; i++) {
        if (p->mend[i].answer)
            parse_thread_tell(p->thread, i, (enum fix_answer)(p->mend[i].answer - 1),
                              p->mend[i].sure || p->mend[i].worded, p->mend[i].name);
    }
}

/* What the reader said that line i is, -1 for nothing. */
static int answer_of(const struct page *p, size_t i)
{
    return p->mend ? (int)p->mend[i].answer - 1 : -1;
}

bool mend_allow(const struct page *p, size_t i, uint16_t *allowed)
{
    const unsigned said = 1u << MODEL_HEADER | 1u << MODEL_COMMENT;
    const unsigned outside = 1u << MODEL_BEFORE | 1u << MODEL_INSIDE | 1u << MODEL_AFTER;

    switch (answer_of(p, i)) {
    case FIX_BEGINS:
    case FIX_AUTHOR:
        /* A rule's lines are comments where there is a thread; on a page without one they are not. */
        if (!p->mend[i].sure && !(*allowed & said))
            return false;
        *allowed = (uint16_t)said;
        return true;
    case FIX_NOT_COMMENT:
        *allowed &= (uint16_t)~said;
        return true;
    case FIX_BOILERPLATE:
        *allowed = (uint16_t)outside;
        return true;
    case FIX_HEADLINE:
        *allowed = 1u << MODEL_TITLE;
        return true;
    default:
        if (!p->mend || !parse_thread_line(p->thread, i).barred)
            return false;
        *allowed &= (uint16_t)~said;
        return true;
    }
}

size_t mend_headline(const struct page *p)
{
    size_t i, found = p->lines.count;

    for (i = 0; p->mend && i < p->lines.count; i++) {
        if (p->mend[i].answer == FIX_HEADLINE + 1 && (found == p->lines.count || p->mend[i].sure))
            found = i;
    }
    return found;
}

bool mend_is_other(const struct page *p, size_t i)
{
    int answer = answer_of(p, i);

    return answer == FIX_BEGINS || answer == FIX_AUTHOR || answer == FIX_BOILERPLATE;
}

void mend_parts(struct page *p)
{
    size_t i;

    for (i = 0; p->mend && i < p->lines.count; i++) {
        switch (answer_of(p, i)) {
        case FIX_BEGINS:
        case FIX_AUTHOR:
            if ((p->mend[i].sure || p->mend[i].worded) && p->part[i] != MODEL_COMMENT)
                p->part[i] = MODEL_HEADER;
            break;
        case FIX_BOILERPLATE:
            p->part[i] = MODEL_AFTER;
            break;
        default:
            break;
        }
    }
}

void mend_kinds(struct page *p)
{
    size_t i;

    for (i = 0; p->mend && i < p->lines.count; i++) {
        if (answer_of(p, i) != FIX_BOILERPLATE)
            continue;
        p->kind[i] = KIND_BOILERPLATE;
        p->flags[i] |= ARTICLE_SITE;
    }
}
