/* SPDX-License-Identifier: ISC */
#include "parse/parse.h"

#include "base/mem.h"
#include "base/unicode.h"
#include "base/utf8.h"
#include "parse/dateline.h"
#include "parse/fields.h"
#include "parse/form.h"
#include "parse/given.h"
#include "parse/kinds.h"
#include "parse/label.h"
#include "parse/mend.h"
#include "parse/model.h"
#include "parse/page.h"
#include "parse/shape.h"
#include "parse/phrases.h"

#include <math.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum { IDLE_PAGES = 8, IDLE_BYTES = 1 << 18 /* a longer page's memory is not kept */ };

/* Pages between two parses: their memory is taken and grown once, not for every record. */
struct idle {
    pthread_mutex_t lock;
    struct page page[IDLE_PAGES];
    size_t count;
};

struct parser {
    struct phrases *phrases;
    struct features_table *table;
    struct model *model;
    struct platform_rules *platforms;
    struct forest *title, *author, *date;
    struct idle *idle;
};

/* A page as page_init leaves it. */
static void take_page(const struct parser *parser, struct page *p)
{
    bool found;

    pthread_mutex_lock(&parser->idle->lock);
    found = parser->idle->count > 0;
    if (found)
        *p = parser->idle->page[--parser->idle->count];
    pthread_mutex_unlock(&parser->idle->lock);
    if (!found)
        page_init(p, parser->phrases, parser->platforms);
}

static void leave_page(const struct parser *parser, struct page *p)
{
    bool kept = false;

    page_reset(p);
    pthread_mutex_lock(&parser->idle->lock);
    if (parser->idle->count < IDLE_PAGES && p->lines.len < IDLE_BYTES && p->lines.count < IDLE_BYTES / 64) {
        parser->idle->page[parser->idle->count++] = *p;
        kept = true;
    }
    pthread_mutex_unlock(&parser->idle->lock);
    if (!kept)
        page_release(p);
}

static struct forest *open_forest(const char *name, const char *const *(*names)(size_t *), struct err *e)
{
    size_t count;
    const char *const *list = names(&count);

    return forest_open(name, list, count, e);
}

struct parser *parse_open(struct err *e)
{
    struct parser *p = mem_zalloc(1, sizeof *p);

    p->idle = mem_zalloc(1, sizeof *p->idle);
    pthread_mutex_init(&p->idle->lock, NULL);
    p->table = features_table_new();
    p->phrases = phrases_open(e);
    p->model = p->phrases ? model_open(e) : NULL;
    p->platforms = p->model ? platform_open(e) : NULL;
    p->title = p->platforms ? open_forest("title.txt", title_names, e) : NULL;
    p->author = p->title ? open_forest("author.txt", byline_names, e) : NULL;
    p->date = p->author ? open_forest("date.txt", published_names, e) : NULL;
    if (p->date == NULL)
        parse_close(&p);
    return p;
}

void parse_close(struct parser **p)
{
    if (*p == NULL)
        return;
    while ((*p)->idle->count > 0)
        page_release(&(*p)->idle->page[--(*p)->idle->count]);
    pthread_mutex_destroy(&(*p)->idle->lock);
    free((*p)->idle);
    forest_free(&(*p)->title);
    forest_free(&(*p)->author);
    forest_free(&(*p)->date);
    platform_close(&(*p)->platforms);
    model_free(&(*p)->model);
    phrases_free(&(*p)->phrases);
    free((*p)->table);
    free(*p);
    *p = NULL;
}

/* Whether line i goes on in line i + 1: text broken at a fixed width. */
static bool is_broken_after(const struct page *p, size_t i)
{
    const struct features_line *a = page_line(p, i), *b = page_line(p, i + 1);
    size_t len;
    const char *s = page_text(p, i + 1, &len), *end = page_text(p, i, &len) + len;

    if (p->kind[i] != KIND_PARAGRAPH || p->kind[i + 1] != KIND_PARAGRAPH || p->lines.line[i + 1].blank_before)
        return false;
    if (a->length < 45 || a->length > 100 || b->length > 100 || shape_is_item(s, len))
        return false;
    return strchr(".!?:", end[-1]) == NULL && (*s >= 'a' && *s <= 'z');
}

/* Where the line that holds byte `at` ends, without the white space there; in *next where that ends too. */
static size_t end_of_line(const struct article *a, size_t at, size_t *next)
{
    const char *line = at < a->len ? memchr(a->text + at, '\n', a->len - at) : NULL;
    size_t end = *next = line ? (size_t)(line - a->text) : a->len, step;
    uint32_t cp;

    while (end > 0 && (step = utf8_prev(a->text, end, &cp), unicode_is_space(cp)))
        end -= step;
    return end;
}

/* The text from byte `at` on, which was not taken apart, as paragraphs: whole lines, as many as one reads at once. */
static void add_rest(size_t at, struct article *a)
{
    enum { AT_ONCE = 16 * 1024 };
    struct article_block *first = a->blocks;
    uint32_t cp;

    if (a->block_count == 1 && at < a->len && !memchr(a->text + first->start, '\n', at - first->start))
        first->end = first->source_end = end_of_line(a, at, &at); /* a line of which only the beginning was */
    while (at < a->len) {
        size_t step = utf8_next(a->text + at, a->len - at, &cp), next, end;

        if (unicode_is_space(cp)) {
            at += step;
            continue;
        }
        end = end_of_line(a, at + AT_ONCE, &next);
        article_add_block(a, KIND_PARAGRAPH, at, end, 0);
        at = next;
    }
}

static void add_blocks(const struct page *p, const struct record *r, struct article *a)
{
    size_t n = p->lines.count, i, k;

    for (i = 0; i < n; i++) {
        size_t start = p->lines.line[i].start;
        enum kind kind = p->kind[i];
        unsigned flags = p->flags[i];

        while (i + 1 < n && p->flags[i + 1] == flags && is_broken_after(p, i))
            i++;
        article_add_block(a, kind, start, p->lines.line[i].end, flags);
    }
    add_rest(p->lines.len, a);
    if (r->map.count == 0)
        return;
    for (k = 0; k < a->block_count; k++) {
        a->blocks[k].source_start = charset_source(&r->map, a->blocks[k].start);
        a->blocks[k].source_end = charset_source(&r->map, a->blocks[k].end);
    }
}

static void set_standfirst(const struct page *p, struct article *a)
{
    size_t i, len;

    for (i = 0; i < p->lines.count; i++) {
        if (p->kind[i] == KIND_STANDFIRST) {
            const char *s = page_text(p, i, &len);

            a->standfirst = article_str(a, s, len);
            return;
        }
    }
}

static void set_dateline(const struct page *p, struct article *a)
{
    const char *text = p->lines.text;
    struct dateline d;
    char date[DATES_ROOM];
    size_t i, seen = 0;

    for (i = p->first_body; i < p->lines.count && seen < 3; i++) {
        if (p->part[i] != MODEL_BODY)
            continue;
        seen++;
        if (!dateline_find(p, i, &d))
            continue;
        a->dateline.place = article_str(a, text + d.place, d.place_end - d.place);
        if (d.agency_end > d.agency)
            a->dateline.agency = article_str(a, text + d.agency, d.agency_end - d.agency);
        if (d.date.year && dates_format(&d.date, date))
            a->dateline.date = article_str(a, date, 10);
        return;
    }
}

static const char *copy(struct article *a, const char *s)
{
    return article_str(a, s, strlen(s));
}

/* What the format gave wins; the rest is found. */
static void set_fields(const struct parser *parser, const struct page *p, const struct record *r, struct article *a)
{
    size_t i;

    a->given = r->given;
    if (r->given & RECORD_TITLE)
        a->title = copy(a, r->title);
    else
        title_set(p, a);
    if (r->given & RECORD_STANDFIRST)
        a->standfirst = copy(a, r->standfirst);
    else
        set_standfirst(p, a);
    if (r->given & RECORD_SITE)
        a->site = copy(a, r->site);
    else
        site_set(p, a);
    if (r->given & RECORD_PUBLISHED)
        a->published = copy(a, r->published);
    else
        published_set(p, parser->date, a);
    if (r->given & RECORD_AUTHORS) {
        for (i = 0; i < r->author_count; i++)
            article_add_author(a, r->authors[i], strlen(r->authors[i]));
    } else {
        byline_set(p, parser->author, a);
    }
    if (r->given & RECORD_URL)
        a->url = copy(a, r->url);
    if (r->given & RECORD_LANGUAGE)
        a->language = copy(a, r->language);
    else if (p->language)
        a->language = copy(a, p->language);
    set_dateline(p, a);
}

static bool is_said(const struct page *p, size_t i, const char *given)
{
    size_t len;
    const char *s = page_text(p, i, &len);

    return given && len == strlen(given) && memcmp(s, given, len) == 0;
}

/* The first line may be the headline that the format gave; where nothing else is left of a post, its address is. */
static void take_given(struct page *p, const struct record *r)
{
    size_t n = p->lines.count, i = 0, k, len;

    /* What was posted has its items marked. */
    for (k = 0; p->post && k < n; k++) {
        const char *s = page_text(p, k, &len);

        if (p->kind[k] == KIND_LIST_ITEM && !shape_is_item(s, len))
            p->kind[k] = KIND_PARAGRAPH;
    }
    if (r->given & RECORD_TITLE && n > 0 && is_said(p, 0, r->title)) {
        p->kind[i++] = KIND_TITLE;
        if (r->given & RECORD_URL && n == 2 && is_said(p, 1, r->url))
            p->kind[i] = KIND_PARAGRAPH;
    }
}

/* A sentence that stands where a headline would is none where the format gave another one. */
static void keep_given(struct article *a)
{
    size_t i;

    for (i = 0; i < a->block_count; i++) {
        struct article_block *b = &a->blocks[i];

        if (b->kind == KIND_TITLE && strchr(".!?", a->text[b->end - 1]) && !article_is_headline(a, i))
            b->kind = KIND_PARAGRAPH;
    }
}

static bool fill(const struct parser *parser, const struct record *r, const struct parse_site *site,
                 struct article *a, struct page *p)
{
    take_page(parser, p);
    p->post = r->given & RECORD_TITLE && r->comment_count > 0;
    if (!label_look(p, parser->table, r->text.data, r->text.len, site))
        return false;
    a->text = r->text.data;
    a->len = r->text.len;
    label_judge(p, parser->model);
    label_decide(p, parser->title);
    take_given(p, r);
    add_blocks(p, r, a);
    set_fields(parser, p, r, a);
    keep_given(a);
    if (r->comment_count > 0)
        given_comments(r, a);
    else
        parse_thread_build(p->thread, p->kind, a);
    article_count_words(a);
    return true;
}

bool parse_article(const struct parser *parser, const struct record *r, const struct parse_site *site,
                   struct article *a)
{
    struct page p;
    bool wanted = fill(parser, r, site, a, &p);

    leave_page(parser, &p);
    return wanted;
}

static void form_of(const struct page *p, size_t i, enum form_how how, struct buf *out)
{
    struct form_line l = mend_line(p, i);

    buf_clear(out);
    form_add(out, &l, how);
}

/* A name without capitals is one all the same, where the reader says so. */
static bool is_handle(const struct page *p, size_t i)
{
    const struct lines_line *l = &p->lines.line[i];

    return l->words <= 2 && (l->words == 1 || l->capital == 0) && !page_line(p, i)->has_date &&
           l->count[LINES_STOP] + l->count[LINES_PUNCT] + l->count[LINES_COMMA] == 0;
}

/* What a comment's first line shows is enough where it has words of its own; else its neighbours must. */
static bool form_comment(const struct page *p, size_t i, enum fix_answer answer, struct buf *before, struct buf *line,
                         struct buf *after)
{
    form_of(p, i, mend_line(p, i).prose && answer == FIX_NOT_COMMENT ? FORM_WORDS : FORM_NAMES, line);
    if (answer == FIX_AUTHOR && is_handle(p, i)) {
        buf_clear(line);
        buf_add_str(line, "{name}");
    }
    if (form_is_own(line->data))
        return true;
    form_of(p, i + 1, FORM_NAMES, after);
    if (form_is_own(after->data))
        return true;
    form_of(p, i - 1, FORM_NAMES, before);
    return form_is_own(before->data);
}

static bool form_headline(const struct page *p, size_t i, struct buf *before, struct buf *line, struct buf *after)
{
    bool text = mend_line(p, i - 1).prose;

    form_of(p, i - 1, text ? FORM_NAMES : FORM_WORDS, before);
    form_of(p, i + 1, FORM_NAMES, after);
    buf_add_str(line, "{line}");
    return i == 0 || form_is_own(before->data) || form_is_own(after->data);
}

bool parse_form(const struct parser *parser, const struct record *r, size_t at, enum fix_answer answer,
                struct buf *before, struct buf *line, struct buf *after)
{
    struct form_line here;
    struct page p;
    size_t i = 0;
    bool good;

    take_page(parser, &p);
    label_look(&p, parser->table, r->text.data, r->text.len, NULL);
    while (i < p.lines.count && p.lines.line[i].end <= at)
        i++;
    good = i < p.lines.count;
    if (good && answer == FIX_HEADLINE)
        good = form_headline(&p, i, before, line, after);
    else if (good && answer == FIX_BOILERPLATE)
        form_of(&p, i, FORM_WORDS, line);
    else if (good)
        good = form_comment(&p, i, answer, before, line, after);
    if (good) {
        here = mend_line(&p, i);
        good = form_fits(line->data, &here); /* a line of too many words has none */
    }
    leave_page(parser, &p);
    return good;
}

/* What a row of weights says for one part against another. */
struct reason {
    float weight;
    size_t feature;
    int offset;
};

enum { REASONS = 5 };

struct reasons {
    int part, other;
    struct reason top[REASONS];
};

static void weigh_row(void *ctx, float *row, size_t feature, int offset)
{
    struct reasons *r = ctx;
    struct reason new = {row[r->part] - row[r->other], feature, offset};
    int i;

    for (i = 0; i < REASONS; i++) {
        if (fabsf(new.weight) > fabsf(r->top[i].weight)) {
            struct reason old = r->top[i];

            r->top[i] = new;
            new = old;
        }
    }
}

static int runner_up(const struct page *p, size_t i)
{
    int best = -1, k;

    for (k = 0; k < MODEL_PARTS; k++) {
        float chance = page_chance(p, i, (enum model_part)k);

        if (k != p->part[i] && (best < 0 || chance > page_chance(p, i, (enum model_part)best)))
            best = k;
    }
    return best;
}

static void explain_line(struct model *m, const struct page *p, size_t i, struct buf *out)
{
    struct reasons r = {p->part[i], runner_up(p, i), {{0, 0, 0}}};
    float first = page_chance(p, i, (enum model_part)r.part), second = page_chance(p, i, (enum model_part)r.other);
    int k;

    model_each_row(m, &p->features, i, weigh_row, &r);
    buf_add_str(out, kind_info(p->kind[i])->name);
    buf_add_fmt(out, ": %s %.2f, not %s %.2f, by", model_part_name((enum model_part)r.part), (double)first,
                model_part_name((enum model_part)r.other), (double)second);
    for (k = 0; k < REASONS && fabsf(r.top[k].weight) > 0; k++) {
        buf_add_char(out, ' ');
        if (r.top[k].offset)
            buf_add_fmt(out, "%+d:", r.top[k].offset);
        features_name(r.top[k].feature, out);
        buf_add_fmt(out, " %+.2f", (double)r.top[k].weight);
    }
    buf_add_str(out, "; kind by");
    kinds_explain(p, i, out);
}

void parse_explain(const struct parser *parser, const struct record *r, const struct parse_site *site,
                   struct article *a, struct buf *out)
{
    struct page p;
    size_t i;

    fill(parser, r, site, a, &p);
    for (i = 0; i < p.lines.count; i++) {
        size_t len;
        const char *s = page_text(&p, i, &len);

        buf_add_fmt(out, "%zu ", i + 1);
        explain_line(parser->model, &p, i, out);
        buf_add_str(out, ": ");
        buf_add(out, s, len);
        buf_add_char(out, '\n');
    }
    leave_page(parser, &p);
}

bool parse_explain_at(const struct parser *parser, const struct record *r, const struct parse_site *site,
                      struct article *a, size_t at, struct buf *out)
{
    struct page p;
    bool found = false;

    fill(parser, r, site, a, &p);
    for (size_t i = 0; i < p.lines.count && !found; i++) {
        size_t len;
        const char *s = page_text(&p, i, &len);
        size_t start = (size_t)(s - r->text.data);

        found = start <= at && at < start + len;
        if (found)
            explain_line(parser->model, &p, i, out);
    }
    leave_page(parser, &p);
    return found;
}
