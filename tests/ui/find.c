/* SPDX-License-Identifier: ISC */
#include "../check.h"

#include "ui/find.h"

/* A page of one article with the paragraphs given, at a width. */
struct sheet {
    struct article article;
    struct page *page;
};

static void open_sheet(struct sheet *s, const char *text, int columns)
{
    struct page_options o = {.columns = columns, .measure = columns};

    article_init(&s->article);
    s->article.text = text;
    s->article.len = strlen(text);
    for (size_t at = 0; at < s->article.len;) {
        size_t len = strcspn(text + at, "\n");

        if (len)
            article_add_block(&s->article, KIND_PARAGRAPH, at, at + len, 0);
        at += len + (text[at + len] == '\n');
    }
    s->page = page_new(&s->article, &o, NULL);
}

static void close_sheet(struct sheet *s)
{
    page_free(&s->page);
    article_release(&s->article);
}

static int matches(const char *text, int columns, const char *pattern)
{
    struct sheet s;
    struct find f;
    int n;

    open_sheet(&s, text, columns);
    find_init(&f);
    find_set(&f, pattern);
    find_lines(&f, s.page, 0, page_count(s.page), false);
    n = f.matches;
    find_release(&f);
    close_sheet(&s);
    return n;
}

CHECK(capitals_count_where_the_pattern_has_some)
{
    assert_int_equal(matches("The lamp and the Lamp and THE LAMP.", 60, "lamp"), 3);
    assert_int_equal(matches("The lamp and the Lamp and THE LAMP.", 60, "Lamp"), 1);
    assert_int_equal(matches("Ein Café, ein CAFÉ, ein cafe.", 60, "cafe"), 3);
    assert_int_equal(matches("Фонарь и фонарь", 60, "фонарь"), 2);
    assert_int_equal(matches("nothing of it", 60, "lamp"), 0);
    assert_int_equal(matches("anything", 60, ""), 0);
}

CHECK(a_match_goes_over_the_end_of_a_line)
{
    struct sheet s;
    struct find f;

    open_sheet(&s, "one two three four five six seven eight", 14);
    find_init(&f);
    find_set(&f, "three four");
    find_lines(&f, s.page, 0, page_count(s.page), false);
    assert_int_equal(f.matches, 1);
    for (size_t i = 0; i < f.count; i++) {
        const struct find_part *p = &f.parts[i];

        assert_int_equal(p->match, 0);
        assert_true(p->columns > 0 && p->column + p->columns <= 14);
        assert_true(i == 0 || p->line > f.parts[i - 1].line);
    }
    find_release(&f);
    close_sheet(&s);
}

CHECK(columns_are_those_of_wide_and_marked_characters)
{
    struct sheet s;
    struct find f;
    const struct find_part *part;

    open_sheet(&s, "漢字e\xcc\x81 lamp here", 40);
    find_init(&f);
    find_set(&f, "lamp");
    find_lines(&f, s.page, 0, page_count(s.page), false);
    assert_int_equal(f.matches, 1);
    part = find_part(&f, 0);
    assert_non_null(part);
    assert_int_equal(part->columns, 4);
    assert_int_equal(part->column, page_line(s.page, part->line)->runs[0].column + 6);
    find_release(&f);
    close_sheet(&s);
}

CHECK(goes_from_a_line_either_way)
{
    struct sheet s;
    struct find f;
    int line;

    open_sheet(&s, "a lamp\n\nnone\n\na lamp\n\nnone\n\na lamp", 20);
    find_init(&f);
    find_set(&f, "lamp");
    find_lines(&f, s.page, 0, page_count(s.page), false);
    assert_int_equal(f.matches, 3);
    line = find_part(&f, 1)->line;
    assert_int_equal(find_from_line(&f, line, 1), 1);
    assert_int_equal(find_from_line(&f, line + 1, 1), 2);
    assert_int_equal(find_from_line(&f, line, -1), 0);
    assert_int_equal(find_from_line(&f, 0, -1), -1);
    assert_int_equal(find_from_line(&f, 1000, 1), -1);
    find_release(&f);
    close_sheet(&s);
}

CHECK_MAIN(T(capitals_count_where_the_pattern_has_some), T(a_match_goes_over_the_end_of_a_line),
           T(columns_are_those_of_wide_and_marked_characters), T(goes_from_a_line_either_way))
