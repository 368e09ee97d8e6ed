/* SPDX-License-Identifier: ISC */
/*
 * Pages of the sample corpus as they are set, at two widths and in ASCII, against reviewed files. The blocks
 * come from what tests/parse/gold says of each line, so that only layout/ decides what stands here.
 * `make accept T=tests/layout/golden` rewrites the files.
 */
#include "../check.h"

#include "layout/page.h"
#include "made.h"
#include "show.h"

enum { LINES_MAX = 2048 };

struct sample {
    struct made made;
    struct buf source, gold;
    size_t starts[LINES_MAX], ends[LINES_MAX]; /* of lines, from 1 */
    int lines;
};

static void read_into(struct buf *b, const char *folder, const char *name)
{
    char path[512], bytes[4096];
    size_t got;
    FILE *f;

    snprintf(path, sizeof path, "%s/%s/%s", getenv("SRCDIR"), folder, name);
    f = fopen(path, "rb");
    if (!f)
        return;
    while ((got = fread(bytes, 1, sizeof bytes, f)) > 0)
        buf_add(b, bytes, got);
    fclose(f);
}

static void find_lines(struct sample *s)
{
    size_t at = 0;

    while (at < s->source.len) {
        size_t end = at + strcspn(s->source.data + at, "\n");

        assert_true(s->lines + 1 < LINES_MAX);
        s->lines++;
        s->starts[s->lines] = at;
        s->ends[s->lines] = end > at && s->source.data[end - 1] == '\r' ? end - 1 : end;
        at = end + 1;
    }
}

static enum kind kind_called(const char *name)
{
    int k = 0;

    while (k < KIND_COUNT && strcmp(kind_info((enum kind)k)->name, name) != 0)
        k++;
    assert_int_not_equal(k, KIND_COUNT);
    return (enum kind)k;
}

/* Lines first to last are of one kind: each that is not blank becomes a block. */
static void add_blocks(struct sample *s, int first, int last, const char *kinds)
{
    char name[32];
    enum kind kind;
    int line;

    snprintf(name, sizeof name, "%.*s", (int)strcspn(kinds, "|"), kinds);
    kind = kind_called(name);
    for (line = first; line <= last; line++) {
        if (s->ends[line] > s->starts[line])
            article_add_block(&s->made.article, kind, s->starts[line], s->ends[line],
                              strstr(kinds, "|title") ? ARTICLE_DOUBLE : 0);
    }
}

static void add_comment(struct sample *s, const char *row)
{
    char published[32], author[64];
    int id, parent, line;
    struct article *a = &s->made.article;
    struct article_comment *c;

    assert_int_equal(sscanf(row, "%d %d %d %31s %63[^\n]", &id, &parent, &line, published, author), 5);
    c = made_comment(&s->made, parent, parent > 0, article_str(a, author, strlen(author)),
                     article_str(a, s->source.data + s->starts[line], s->ends[line] - s->starts[line]));
    if (published[0] != '-')
        c->published = article_str(a, published, strlen(published));
    c->start = s->starts[line];
    c->end = s->ends[line];
}

static void set_field(struct article *a, const char *name, const char *value)
{
    const char *copy = strcmp(value, "-") == 0 ? NULL : article_str(a, value, strlen(value));

    if (strcmp(name, "site") == 0)
        a->site = copy;
    else if (strcmp(name, "published") == 0)
        a->published = copy;
    else if (strcmp(name, "authors") == 0 && copy)
        article_add_author(a, copy, strlen(copy));
    else if (strcmp(name, "comment_count") == 0 && copy)
        a->stated_comments = strtol(copy, NULL, 10);
    else if (strcmp(name, "dateline") == 0 && copy)
        a->dateline.place = article_str(a, copy, strcspn(copy, ";"));
}

static void read_gold_line(struct sample *s, char *line, bool *comments)
{
    char *equals = strstr(line, " = ");
    int first, last, used = 0;

    if (strcmp(line, "comments") == 0) {
        *comments = true;
    } else if (*comments) {
        add_comment(s, line);
    } else if (equals && !(*line >= '0' && *line <= '9')) {
        *equals = '\0';
        set_field(&s->made.article, line, equals + 3);
    } else if (sscanf(line, "%d-%d %n", &first, &last, &used) == 2 && used) {
        add_blocks(s, first, last, line + used);
    } else if (sscanf(line, "%d %n", &first, &used) == 1 && used) {
        add_blocks(s, first, first, line + used);
    }
}

static bool sample_open(struct sample *s, const char *folder, const char *name)
{
    char file[256];
    bool comments = false;
    char *line, *rest;

    memset(s, 0, sizeof *s);
    made_init(&s->made);
    buf_init(&s->source);
    buf_init(&s->gold);
    snprintf(file, sizeof file, "share/sample/%s", folder);
    {
        char text[256];

        snprintf(text, sizeof text, "%s.txt", name);
        read_into(&s->source, file, text);
    }
    snprintf(file, sizeof file, "%s-%s.gold", folder, name);
    read_into(&s->gold, "tests/parse/gold", file);
    if (!s->source.len || !s->gold.len)
        return false;
    find_lines(s);
    s->made.article.text = s->source.data;
    s->made.article.len = s->source.len;
    for (line = strtok_r(s->gold.data, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest))
        read_gold_line(s, line, &comments);
    article_count_words(&s->made.article);
    return true;
}

static void sample_close(struct sample *s)
{
    made_release(&s->made);
    buf_release(&s->source);
    buf_release(&s->gold);
}

/* Each line with the styles of its runs before it. */
static void print_page(struct buf *out, struct page *p, int columns)
{
    int n, i;

    for (n = 0; n < page_count(p); n++) {
        const struct line *l = page_line(p, n);
        struct buf styles;

        show_check(l, columns);
        buf_init(&styles);
        for (i = 0; i < l->run_count; i++) {
            if (i == 0 || l->runs[i].style != l->runs[i - 1].style)
                buf_add_fmt(&styles, "%s%s", i ? " " : "", style_info((enum style)l->runs[i].style)->name);
        }
        buf_add_fmt(out, "%-16s|", styles.data);
        show_line(out, l);
        buf_add_char(out, '\n');
        buf_release(&styles);
    }
}

static void compare(const char *file, const struct buf *got)
{
    struct buf expected;
    char path[512];

    if (getenv("ACCEPT")) {
        FILE *f;

        snprintf(path, sizeof path, "%s/tests/layout/pages/%s", getenv("SRCDIR"), file);
        f = fopen(path, "wb");
        assert_non_null(f);
        assert_int_equal(fwrite(got->data, 1, got->len, f), got->len);
        fclose(f);
        return;
    }
    buf_init(&expected);
    read_into(&expected, "tests/layout/pages", file);
    if (strcmp(expected.data, got->data) != 0) {
        size_t at = 0, line = 1;

        while (expected.data[at] && expected.data[at] == got->data[at])
            line += expected.data[at++] == '\n';
        fail_msg("%s differs from line %zu on; `make accept T=tests/layout/golden` if that is right", file,
                 line);
    }
    buf_release(&expected);
}

static void golden(const char *folder, const char *name)
{
    static const struct {
        const char *suffix;
        struct page_options o;
    } forms[] = {
        {"80", {.columns = 80, .measure = 72, .comments = true, .fold_hint = "zo opens"}},
        {"38", {.columns = 38, .measure = 72, .comments = true, .fold_hint = "zo opens"}},
        {"ascii", {.columns = 60, .measure = 50, .comments = true, .ascii = true, .justified = true}},
    };
    struct sample s;
    size_t i;

    if (!getenv("SRCDIR"))
        skip();
    assert_true(sample_open(&s, folder, name));
    for (i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        struct page *p = page_new(&s.made.article, &forms[i].o, NULL);
        char file[256];
        struct buf out;

        buf_init(&out);
        print_page(&out, p, forms[i].o.columns);
        snprintf(file, sizeof file, "%s.%s", name, forms[i].suffix);
        compare(file, &out);
        buf_release(&out);
        page_free(&p);
    }
    sample_close(&s);
}

CHECK(a_news_page_with_a_thread)
{
    golden("press", "harbour-post-2021-03-14-cranes");
}

CHECK(a_page_of_sections_quotes_and_lists)
{
    golden("abroad", "brackwieser-anzeiger-2019-05-17-turmuhr");
}

CHECK(an_agency_page)
{
    golden("press", "lanternwire-2017-02-10-weather-stations");
}

CHECK(a_page_in_japanese)
{
    golden("abroad", "kirigaura-2023-03-12-toudai-no-neko");
}

CHECK(a_page_in_arabic)
{
    golden("abroad", "norasse-2022-10-03-saat-al-maqha");
}

CHECK(a_page_in_russian)
{
    golden("abroad", "vestnik-2020-12-18-snegovik");
}

CHECK_MAIN(T(a_news_page_with_a_thread), T(a_page_of_sections_quotes_and_lists), T(an_agency_page),
           T(a_page_in_japanese), T(a_page_in_arabic), T(a_page_in_russian))
