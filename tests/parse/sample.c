/* SPDX-License-Identifier: ISC */
/*
 * Holds the parser to what a careful reader says of every page of the sample corpus: tests/parse/gold/NAME.gold.
 * A gold file has `name = value` lines ("-" where the page does not say), then, after `lines`, the kinds of the
 * page's lines ("12 caption", "14-18 paragraph", "3 caption|title" where either is fair), then, after `comments`,
 * one line a comment: its id, its parent's id or 0, the lines of its text, its date or "-", its author.
 * ALLOWED is how many faults there still are in all; it may only be lowered.
 */
#include "../check.h"

#include <dirent.h>

#include "base/charset.h"
#include "base/mem.h"
#include "base/path.h"
#include "parse/parse.h"

enum { ALLOWED = 78, MAX_LINES = 600, MAX_GOLD = 60 };

struct page {
    struct record record;
    struct article article;
    size_t start[MAX_LINES + 1], end[MAX_LINES + 1]; /* of each line, by its number, white space trimmed */
    int lines;
    const char *name;
    int faults;
};

static struct parser *parser;

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static void read_bytes(const char *path, struct buf *out)
{
    char chunk[4096];
    size_t n;
    FILE *f = fopen(path, "rb");

    if (!f)
        fail_msg("cannot open %s", path);
    while ((n = fread(chunk, 1, sizeof chunk, f)) > 0)
        buf_add(out, chunk, n);
    fclose(f);
}

static void find_lines(struct page *p)
{
    const char *text = p->record.text.data;
    size_t at = 0;

    p->lines = 0;
    while (at < p->record.text.len) {
        const char *nl = memchr(text + at, '\n', p->record.text.len - at);
        size_t next = nl ? (size_t)(nl - text) + 1 : p->record.text.len, end = next;

        assert_true(p->lines < MAX_LINES);
        while (end > at && is_space(text[end - 1]))
            end--;
        while (at < end && is_space(text[at]))
            at++;
        p->lines++;
        p->start[p->lines] = at;
        p->end[p->lines] = end;
        at = next;
    }
}

static void page_open(struct page *p, const char *name)
{
    struct buf in_sample, bytes;
    char *path;

    buf_init(&in_sample);
    buf_add_fmt(&in_sample, "sample/%s", name);
    path = path_program_data(in_sample.data);
    buf_init(&bytes);
    read_bytes(path, &bytes);
    record_init(&p->record);
    record_set_bytes(&p->record, charset_guess(bytes.data, bytes.len), bytes.data, bytes.len);
    article_init(&p->article);
    parse_article(parser, &p->record, NULL, &p->article);
    assert_true(article_check(&p->article));
    p->name = name;
    p->faults = 0;
    find_lines(p);
    free(path);
    buf_release(&bytes);
    buf_release(&in_sample);
}

static void page_close(struct page *p)
{
    article_release(&p->article);
    record_release(&p->record);
}

static void fault(struct page *p, const char *what, const char *got, const char *want)
{
    print_message("# %s: %s: '%s', not '%s'\n", p->name, what, got, want);
    p->faults++;
}

/* Whether kinds ("caption|title") names k. */
static bool allows(const char *kinds, enum kind k)
{
    const char *name = kind_info(k)->name;
    size_t len = strlen(name);

    for (; *kinds; kinds += *kinds == '|') {
        size_t span = strcspn(kinds, "|");

        if (span == len && memcmp(kinds, name, len) == 0)
            return true;
        kinds += span;
    }
    return false;
}

static void check_line(struct page *p, int n, const char *kinds)
{
    const struct article *a = &p->article;
    char what[40];
    size_t i;

    assert_in_range(n, 1, p->lines);
    if (p->start[n] == p->end[n])
        return;
    snprintf(what, sizeof what, "line %d", n);
    for (i = 0; i < a->block_count; i++) {
        const struct article_block *b = &a->blocks[i];

        if (b->start > p->start[n] || b->end < p->end[n])
            continue;
        if (!allows(kinds, b->kind))
            fault(p, what, kind_info(b->kind)->name, kinds);
        return;
    }
    fault(p, what, "no one block", kinds);
}

static void check_lines(struct page *p, char *spec)
{
    char *kinds = spec;
    int from = (int)strtol(spec, &kinds, 10), to = from;

    if (*kinds == '-')
        to = (int)strtol(kinds + 1, &kinds, 10);
    assert_int_equal(*kinds, ' ');
    for (; from <= to; from++)
        check_line(p, from, kinds + 1);
}

/* The same but for how many line ends and spaces stand between words. */
static bool same_words(const char *a, const char *b)
{
    for (;;) {
        bool gap_a = is_space(*a), gap_b = is_space(*b);

        a += strspn(a, " \t\r\n");
        b += strspn(b, " \t\r\n");
        if (!*a || !*b)
            return !*a && !*b;
        if (gap_a != gap_b || *a++ != *b++)
            return false;
    }
}

static void check_text(struct page *p, const char *what, const char *got, const char *want)
{
    if (!same_words(got && *got ? got : "-", want))
        fault(p, what, got ? got : "-", want);
}

static void check_comment(struct page *p, char *spec)
{
    char what[40], *at = spec, *date;
    int id = (int)strtol(at, &at, 10), parent = (int)strtol(at, &at, 10);
    int from = (int)strtol(at, &at, 10), to = *at == '-' ? (int)strtol(at + 1, &at, 10) : from;
    const struct article_comment *c;
    struct buf text;

    assert_int_equal(*at, ' ');
    at++;
    date = strsep(&at, " ");
    snprintf(what, sizeof what, "comment %d", id);
    if ((size_t)id > p->article.comment_count) {
        fault(p, what, "not found", at);
        return;
    }
    c = &p->article.comments[id - 1];
    buf_init(&text);
    for (; from <= to; from++) {
        buf_add(&text, p->record.text.data + p->start[from], p->end[from] - p->start[from]);
        buf_add_char(&text, '\n');
    }
    check_text(p, what, c->text, text.data);
    check_text(p, what, c->author, at);
    if (strcmp(date, "-") != 0)
        check_text(p, what, c->published, date);
    if (c->parent != parent)
        fault(p, what, "another parent", at);
    buf_release(&text);
}

static void check_number(struct page *p, const char *what, long got, const char *want)
{
    char digits[24] = "-";

    if (got >= 0)
        snprintf(digits, sizeof digits, "%ld", got);
    check_text(p, what, digits, want);
}

static void check_authors(struct page *p, const char *want)
{
    struct buf all;
    size_t i;

    buf_init(&all);
    for (i = 0; i < p->article.author_count; i++)
        buf_add_fmt(&all, "%s%s", i ? "; " : "", p->article.authors[i]);
    check_text(p, "authors", all.data, want);
    buf_release(&all);
}

static void check_dateline(struct page *p, const char *want)
{
    const struct article_dateline *d = &p->article.dateline;
    struct buf all;

    buf_init(&all);
    if (d->place)
        buf_add_fmt(&all, "%s; %s; %s", d->place, d->agency ? d->agency : "-", d->date ? d->date : "-");
    check_text(p, "dateline", all.data, want);
    buf_release(&all);
}

static void check_field(struct page *p, const char *name, const char *want)
{
    const struct article *a = &p->article;

    if (strcmp(name, "authors") == 0)
        check_authors(p, want);
    else if (strcmp(name, "dateline") == 0)
        check_dateline(p, want);
    else if (strcmp(name, "comment_count") == 0)
        check_number(p, name, a->stated_comments, want);
    else {
        const struct {
            const char *name, *value;
        } fields[] = {{"title", a->title}, {"standfirst", a->standfirst}, {"site", a->site}, {"url", a->url},
                      {"published", a->published}, {"language", a->language}};
        size_t i;

        for (i = 0; i < sizeof fields / sizeof fields[0] && strcmp(fields[i].name, name) != 0; i++)
            ;
        if (i == sizeof fields / sizeof fields[0])
            fail_msg("%s: no field '%s'", p->name, name);
        check_text(p, name, fields[i].value, want);
    }
}

/* Checks one page against its gold and returns how many faults it has. */
static int check_page(char *gold)
{
    struct page *p = mem_alloc(sizeof *p);
    enum { FIELDS, LINES, COMMENTS } part = FIELDS;
    int comments = 0, faults;
    char *line, *rest = gold;

    line = strsep(&rest, "\n");
    assert_int_equal(strncmp(line, "page = ", 7), 0);
    page_open(p, line + 7);
    while ((line = strsep(&rest, "\n")) && *line) {
        char *equals = strstr(line, " = ");

        if (strcmp(line, "lines") == 0)
            part = LINES;
        else if (strcmp(line, "comments") == 0)
            part = COMMENTS;
        else if (part == LINES)
            check_lines(p, line);
        else if (part == COMMENTS)
            check_comment(p, line), comments++;
        else if (!equals)
            fail_msg("%s: cannot read '%s'", p->name, line);
        else {
            *equals = '\0';
            check_field(p, line, equals + 3);
        }
    }
    if ((size_t)comments < p->article.comment_count)
        fault(p, "comments", "more than there are", "none");
    faults = p->faults;
    page_close(p);
    free(p);
    return faults;
}

static int is_gold(const struct dirent *d)
{
    size_t len = strlen(d->d_name);

    return len > 5 && strcmp(d->d_name + len - 5, ".gold") == 0;
}

CHECK(understands_the_sample_corpus)
{
    char *folder = path_join(getenv("SRCDIR"), "tests/parse/gold");
    struct dirent **names;
    struct err e = ERR_INIT;
    int count = scandir(folder, &names, is_gold, alphasort), i, faults = 0;

    parser = parse_open(&e);
    if (!parser)
        fail_msg("%s", e.text);
    assert_in_range(count, 14, MAX_GOLD);
    for (i = 0; i < count; i++) {
        char *path = path_join(folder, names[i]->d_name);
        struct buf gold;

        buf_init(&gold);
        read_bytes(path, &gold);
        faults += check_page(gold.data);
        buf_release(&gold);
        free(path);
        free(names[i]);
    }
    free(names);
    free(folder);
    parse_close(&parser);
    print_message("# %d faults, allowed %d\n", faults, ALLOWED);
    assert_in_range(faults, 0, ALLOWED);
}

CHECK_MAIN(T(understands_the_sample_corpus))
