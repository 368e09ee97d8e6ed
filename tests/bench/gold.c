/* SPDX-License-Identifier: ISC */
#include "gold.h"

#include "base/digest.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/unicode.h"
#include "base/utf8.h"
#include "parse/fields.h"
#include "parse/table.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#define BIT(part) (1u << MODEL_##part)

enum {
    ALL_PARTS = (1 << MODEL_PARTS) - 1,
    THREAD_PARTS = BIT(CONTROL) | BIT(HEADER) | BIT(COMMENT),
    SAID = BIT(HEADER) | BIT(COMMENT),
};

/* White space runs made one blank. */
static char *collapse(const char *s, size_t len)
{
    struct buf b;
    size_t at = 0;
    bool gap = false;

    buf_init(&b);
    while (at < len) {
        uint32_t cp;
        size_t step = utf8_next(s + at, len - at, &cp);

        if (unicode_is_space(cp)) {
            gap = b.len > 0;
        } else {
            if (gap)
                buf_add_char(&b, ' ');
            gap = false;
            buf_add(&b, s + at, step);
        }
        at += step;
    }
    return buf_steal(&b);
}

static char *collapse_json(json_t *s)
{
    return json_is_string(s) ? collapse(json_string_value(s), json_string_length(s)) : NULL;
}

/* The letters and digits of a name, folded. */
static void name_of(const char *s, size_t len, struct buf *out)
{
    struct buf folded;
    size_t at = 0;

    buf_init(&folded);
    unicode_fold(s, len, &folded);
    while (at < folded.len) {
        uint32_t cp;
        size_t step = utf8_next(folded.data + at, folded.len - at, &cp);
        enum lines_class class = lines_class(cp);

        if (class == LINES_UPPER || class == LINES_LOWER || class == LINES_LETTER || class == LINES_DIGIT)
            buf_add(out, folded.data + at, step);
        at += step;
    }
    buf_release(&folded);
}

bool gold_same_name(const char *a, size_t a_len, const char *b)
{
    struct buf x, y;
    bool same;

    buf_init(&x);
    buf_init(&y);
    name_of(a, a_len, &x);
    name_of(b, strlen(b), &y);
    same = x.len == y.len && memcmp(x.data, y.data, x.len) == 0;
    buf_release(&x);
    buf_release(&y);
    return same;
}

static char *line_text(const struct gold_page *p, size_t i)
{
    const struct lines_line *line = &p->page.lines.line[i];

    return collapse(p->text.data + line->start, line->end - line->start);
}

static bool is_status(json_t *o, const char *key, const char *status)
{
    const char *s = json_string_value(json_object_get(o, key));

    return s && strcmp(s, status) == 0;
}

static void forbid(struct gold_page *p, size_t i, unsigned parts)
{
    if (p->allowed[i] & ~parts & ALL_PARTS)
        p->allowed[i] = (uint16_t)(p->allowed[i] & ~parts);
}

static void demand(struct gold_page *p, size_t i, unsigned parts)
{
    if (p->allowed[i] & parts)
        p->allowed[i] = (uint16_t)(p->allowed[i] & parts);
}

/* The first line that is the title is; the others that are may be something else; all the rest is not. */
static void mark_title(struct gold_page *p, char **text)
{
    size_t i, n = p->page.lines.count, found = n, len;
    bool *same = mem_zalloc(n + 1, sizeof *same);

    for (i = 0; i < n; i++) {
        const char *s = title_text(&p->page, i, &len);

        same[i] = gold_same_name(s, len, p->title);
        if (same[i] && found == n)
            found = i;
    }
    for (i = 0; i < n; i++) {
        if (i == found)
            demand(p, i, BIT(TITLE));
        else if (found < n ? !same[i] : strstr(text[i], p->title) == NULL)
            forbid(p, i, BIT(TITLE));
        if (same[i])
            forbid(p, i, BIT(BODY) | THREAD_PARTS);
    }
    free(same);
}

/* The body is given whole: lines are looked up in it one after the other. */
static void mark_body(struct gold_page *p, char **text, const char *body)
{
    size_t n = p->page.lines.count, i, first = n, last = 0;
    char *whole = collapse(body, strlen(body));
    const char *at = whole;
    char *state = mem_zalloc(n + 1, 1); /* 'b' body, '?' unclear */

    for (i = 0; i < n; i++) {
        size_t len = strlen(text[i]);
        const char *hit = strstr(at, text[i]);

        if (hit && len < 40 && hit - at > 200)
            hit = NULL;
        if (hit && len < 15 && hit - at > 2)
            hit = NULL;
        if (hit) {
            state[i] = 'b';
            at = hit + len;
            first = first == n ? i : first;
            last = i;
        } else if (len > 100) {
            char head[61] = "";

            memcpy(head, text[i], 60);
            state[i] = strstr(whole, head) || strstr(whole, text[i] + len - 60) ? '?' : 0;
        } else if (strstr(whole, text[i])) {
            state[i] = '?';
        }
    }
    for (i = 0; i < n; i++) {
        if (state[i] == 'b')
            demand(p, i, BIT(BODY));
        else if (state[i] == 0)
            forbid(p, i, BIT(BODY));
        if (i < first)
            forbid(p, i, BIT(INSIDE) | BIT(AFTER));
        else if (i > last)
            forbid(p, i, BIT(INSIDE) | BIT(BEFORE) | BIT(TITLE));
        else
            forbid(p, i, BIT(BEFORE) | BIT(AFTER) | BIT(TITLE) | SAID);
    }
    free(state);
    free(whole);
}

/* Some sentences that the body holds and some that it does not. */
static void mark_segments(struct gold_page *p, char **text, json_t *with, json_t *without, json_t *said)
{
    size_t k, i, n = p->page.lines.count;
    json_t *s;

    json_array_foreach(without, k, s) {
        char *t = collapse_json(s);

        for (i = 0; i < n; i++) {
            if (strstr(text[i], t))
                forbid(p, i, BIT(BODY));
        }
        free(t);
    }
    json_array_foreach(with, k, s) {
        char *t = collapse_json(s);
        size_t hits = 0, where = 0;

        for (i = 0; i < n; i++) {
            if (strstr(text[i], t))
                hits++, where = i;
        }
        if (hits == 1 && p->allowed[where] & BIT(BODY))
            demand(p, where, BIT(BODY));
        free(t);
    }
    json_array_foreach(said, k, s) {
        char *t = collapse_json(s);

        for (i = 0; i < n; i++) {
            if (strstr(text[i], t) && strlen(text[i]) > 10)
                demand(p, i, SAID);
        }
        free(t);
    }
}

/* Short lines near the headline that hold the author or the date. */
static void mark_meta(struct gold_page *p, char **text)
{
    size_t n = p->page.lines.count, i, k, title = n;

    for (i = 0; i < n && title == n; i++) {
        if (p->allowed[i] == BIT(TITLE))
            title = i;
    }
    if (title == n)
        return;
    for (i = title > 6 ? title - 6 : 0; i < n && i < title + 10; i++) {
        size_t len = strlen(text[i]);

        for (k = 0; k < p->author_count; k++) {
            if (strstr(text[i], p->authors[k]) && len < strlen(p->authors[k]) + 50 && len < 120)
                demand(p, i, BIT(META));
        }
        if (p->dated && p->page.features.line[i].has_date && len < 50) {
            char date[DATES_ROOM];

            if (dates_format(&p->page.features.line[i].date, date) && strncmp(date, p->date, 10) == 0)
                demand(p, i, BIT(META));
        }
    }
}

static bool overlaps(const struct lines_line *line, size_t from, size_t to)
{
    return line->start < to && line->end > from;
}

static size_t offset(json_t *o, const char *key)
{
    return (size_t)json_integer_value(json_object_get(o, key));
}

static void mark_comments(struct gold_page *p, char **text, json_t *o)
{
    json_t *comments = json_object_get(o, "comments"), *c;
    size_t n = p->page.lines.count, i, k, region = offset(o, "region_start"), end = 0;
    size_t ends = 0;

    json_array_foreach(comments, k, c) {
        if (offset(c, "end") > ends)
            ends = offset(c, "end");
    }
    for (i = 0; i < n; i++) {
        if (p->page.lines.line[i].start < region)
            forbid(p, i, SAID);
        else
            demand(p, i, THREAD_PARTS | BIT(AFTER));
        if (p->page.lines.line[i].start >= ends)
            forbid(p, i, SAID);
    }
    json_array_foreach(comments, k, c) {
        size_t start = offset(c, "start"), head = offset(c, "container_start");
        char *author = collapse_json(json_object_get(c, "author"));

        end = offset(c, "end");
        for (i = 0; i < n; i++) {
            if (overlaps(&p->page.lines.line[i], start, end))
                p->allowed[i] = BIT(COMMENT);
            else if (overlaps(&p->page.lines.line[i], head, start))
                demand(p, i, author && *author && strstr(text[i], author) ? BIT(HEADER) : BIT(HEADER) | BIT(CONTROL));
        }
        free(author);
    }
    json_array_foreach(json_object_get(o, "optional"), k, c) {
        for (i = 0; i < n; i++) {
            if (overlaps(&p->page.lines.line[i], offset(c, "start"), offset(c, "end")))
                p->allowed[i] = THREAD_PARTS | BIT(AFTER);
        }
    }
}

static void read_fields(struct gold_page *p, json_t *o)
{
    json_t *a;
    size_t k;

    if (is_status(o, "title_status", "in_text"))
        p->title = collapse_json(json_object_get(o, "title"));
    p->named = is_status(o, "authors_status", "in_text");
    p->no_author = is_status(o, "authors_status", "none");
    p->dated = is_status(o, "date_status", "in_text");
    p->no_date = is_status(o, "date_status", "none");
    p->dated_elsewhere = is_status(o, "date_status", "not_in_text");
    if (p->dated || p->dated_elsewhere)
        snprintf(p->date, sizeof p->date, "%s", json_string_value(json_object_get(o, "date")));
    if (!p->named)
        return;
    json_array_foreach(json_object_get(o, "authors"), k, a) {
        p->authors = mem_resize(p->authors, p->author_count + 1, sizeof *p->authors);
        p->authors[p->author_count++] = collapse_json(a);
    }
}

/* What the gold never tells is kept to where it can be at all: without this the parts that no gold names
 * would be free to mean anything. */
static void mark_likely(struct gold_page *p)
{
    const uint64_t meta = UINT64_C(1) << PHRASES_BY | UINT64_C(1) << PHRASES_PUBLISHED |
                          UINT64_C(1) << PHRASES_UPDATED | UINT64_C(1) << PHRASES_GIVEN_NAME;
    const uint64_t thread = UINT64_C(1) << PHRASES_COMMENT_COUNT | UINT64_C(1) << PHRASES_COMMENT_FORM |
                            UINT64_C(1) << PHRASES_COMMENT_HEAD | UINT64_C(1) << PHRASES_COMMENT_SORT |
                            UINT64_C(1) << PHRASES_REPLY;
    const struct features *f = &p->page.features;
    size_t n = p->page.lines.count, i, commenting = 0;

    for (i = 0; i < n; i++) {
        const struct features_line *x = &f->line[i];
        bool head = x->length < 140 && (x->has_date || (x->hits.start & meta) || x->name_shaped);

        if (x->length < 120 && (x->hits.start | x->hits.whole) & thread)
            commenting = i + 5;
        if (!head)
            forbid(p, i, BIT(META));
        if (i >= commenting || x->prose)
            forbid(p, i, BIT(CONTROL));
        if (i < f->core_from)
            forbid(p, i, BIT(INSIDE) | BIT(AFTER));
        else
            forbid(p, i, BIT(BEFORE));
        if (x->length > 250 || x->length < 4 || (p->title == NULL && i > f->core_from + 3))
            forbid(p, i, BIT(TITLE));
    }
}

static void mark(struct gold_page *p, json_t *o)
{
    size_t n = p->page.lines.count, i;
    char **text = mem_alloc((n + 1) * sizeof *text);
    const char *body = json_string_value(json_object_get(o, "body"));

    for (i = 0; i < n; i++) {
        text[i] = line_text(p, i);
        p->allowed[i] = ALL_PARTS;
        if (json_is_true(json_object_get(o, "no_comments")))
            forbid(p, i, SAID);
    }
    mark_likely(p);
    if (p->title)
        mark_title(p, text);
    if (body)
        mark_body(p, text, body);
    else if (json_object_get(o, "with"))
        mark_segments(p, text, json_object_get(o, "with"), json_object_get(o, "without"),
                      json_object_get(o, "comments_with"));
    mark_meta(p, text);
    if (json_object_get(o, "comments"))
        mark_comments(p, text, o);
    for (i = 0; i < n; i++)
        free(text[i]);
    free(text);
}

static void read_page(struct gold *g, const char *folder, const char *name, const struct phrases *phrases)
{
    char *path = path_join(folder, name), *text = mem_strdup(path);
    json_t *o = json_load_file(path, 0, NULL);
    struct gold_page *p;

    mem_grow(&g->page, &g->cap, g->count + 1, sizeof *g->page);
    p = &g->page[g->count];
    memset(p, 0, sizeof *p);
    memcpy(text + strlen(text) - 5, ".txt", 5);
    buf_init(&p->text);
    if (o && table_read(text, &p->text, NULL)) {
        g->count++;
        p->path = text;
        p->domain = mem_strdup(json_string_value(json_object_get(o, "domain")));
        page_init(&p->page, phrases, g->platforms);
        label_look(&p->page, g->table, p->text.data, p->text.len, NULL);
        p->allowed = mem_zalloc(p->page.lines.count + 1, sizeof *p->allowed);
        read_fields(p, o);
        mark(p, o);
        p->weight = 1;
    }
    json_decref(o);
    free(path);
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static void read_set(struct gold *g, const char *folder, const struct phrases *p)
{
    DIR *d = opendir(folder);
    struct dirent *entry;
    char **names = NULL;
    size_t count = 0, cap = 0, i;

    while (d && (entry = readdir(d)) != NULL) {
        size_t len = strlen(entry->d_name);

        if (len < 6 || strcmp(entry->d_name + len - 5, ".json") != 0)
            continue;
        mem_grow(&names, &cap, count + 1, sizeof *names);
        names[count++] = mem_strdup(entry->d_name);
    }
    if (d)
        closedir(d);
    if (count)
        qsort(names, count, sizeof *names, by_name);
    for (i = 0; i < count; i++) {
        read_page(g, folder, names[i], p);
        free(names[i]);
    }
    free(names);
}

void gold_read(struct gold *g, const char *folder, const struct phrases *p, const struct platform_rules *platforms)
{
    static const char *const sets[] = {"pages", "pages_all", "comments", "comments_all", "comments_bare"};
    size_t i;

    memset(g, 0, sizeof *g);
    g->table = features_table_new();
    g->platforms = platforms;
    for (i = 0; i < sizeof sets / sizeof sets[0]; i++) {
        char *set = path_join(folder, sets[i]);
        size_t from = g->count;

        read_set(g, set, p);
        for (; from < g->count && i >= 2; from++)
            g->page[from].weight = 2;
        free(set);
    }
    for (i = 0; i < g->count; i++) /* the pages have moved while the array grew */
        g->page[i].page.features.lines = &g->page[i].page.lines;
}

void gold_release(struct gold *g)
{
    size_t i, k;

    for (i = 0; i < g->count; i++) {
        struct gold_page *p = &g->page[i];

        for (k = 0; k < p->author_count; k++)
            free(p->authors[k]);
        free(p->authors);
        free(p->path);
        free(p->domain);
        free(p->title);
        free(p->allowed);
        page_release(&p->page);
        buf_release(&p->text);
    }
    free(g->page);
    free(g->table);
}

int gold_fold(const char *domain, int folds)
{
    return (int)(digest_short(domain, strlen(domain)) % (unsigned)folds);
}
