/* SPDX-License-Identifier: ISC */
#include "../check.h"

#include "paged.h"

static int count_hyphens(struct page *p, const char *end)
{
    int n, found = 0;

    for (n = 0; n < page_count(p); n++) {
        const struct line *l = page_line(p, n);
        const struct line_run *r = l->run_count ? &l->runs[l->run_count - 1] : NULL;
        size_t len = strlen(end);

        show_check(l, 80);
        if (r && r->len >= len && memcmp(l->text + r->start + r->len - len, end, len) == 0)
            found++;
    }
    return found;
}

CHECK(marks_hits)
{
    struct page_mark hits[3];
    struct made m;
    struct page *p;
    const char *at;

    made_newspaper(&m);
    p = page_new(&m.article, &usual, NULL);
    at = strstr(m.article.text, "timetable is");
    hits[0] =
        (struct page_mark){0, (size_t)(at - m.article.text), (size_t)(at - m.article.text) + 9, STYLE_HIT};
    /* Over the end of a line. */
    at = strstr(m.article.text, "Friday that");
    hits[1] = (struct page_mark){0, (size_t)(at - m.article.text), (size_t)(at - m.article.text) + 11,
                                 STYLE_HIT_HERE};
    hits[2] = (struct page_mark){2, 13, 19, STYLE_HIT};
    page_set_marks(p, hits, 3);
    assert_int_equal(style_of(p, "timetable"), STYLE_HIT);
    assert_int_equal(style_of(p, "Friday"), STYLE_HIT_HERE);
    assert_int_equal(style_of(p, "that"), STYLE_HIT_HERE);
    assert_int_equal(style_of(p, "its two ships"), STYLE_TEXT);
    assert_int_equal(style_of(p, "clock."), STYLE_HIT);
    show_check(page_line(p, find_line(p, "timetable is")), 80);
    page_set_marks(p, NULL, 0);
    assert_int_equal(style_of(p, "A new timetable is"), STYLE_STANDFIRST);
    page_free(&p);
    made_release(&m);
}

CHECK(makes_controls_stand_out)
{
    struct made m;
    struct page *p;

    made_init(&m);
    made_block(&m, KIND_PARAGRAPH, "red \x1B[31m text and \xFF bytes");
    p = page_new(&m.article, &usual, NULL);
    has_line(p, "    red ␛[31m text and <FF> bytes");
    assert_int_equal(style_of(p, "␛"), STYLE_VISIBLE);
    assert_int_equal(style_of(p, "<FF>"), STYLE_VISIBLE);
    assert_int_equal(style_of(p, "[31m text"), STYLE_TEXT);
    page_free(&p);
    made_release(&m);
}

CHECK(spreads_justified_lines)
{
    struct page_options o = usual;
    struct made m;
    struct page *p;
    const struct line *l;

    made_newspaper(&m);
    o.justified = true;
    p = page_new(&m.article, &o, NULL);
    l = page_line(p, find_line(p, "PORT ISBELL"));
    assert_int_equal(l->runs[l->run_count - 1].column + l->runs[l->run_count - 1].columns, 76);
    page_free(&p);
    made_release(&m);
}

CHECK(divides_at_soft_hyphens)
{
    struct page_options o = usual;
    struct made m;
    struct page *p;

    made_init(&m);
    made_block(&m, KIND_PARAGRAPH,
               "a Donau\xC2\xAD"
               "dampf\xC2\xAD"
               "schiff\xC2\xAD"
               "fahrt");
    o.columns = 14;
    p = page_new(&m.article, &o, NULL);
    show_expect(page_line(p, 0), 14, "a Donaudampf-");
    show_expect(page_line(p, 1), 14, "schifffahrt");
    check_page(p, 14, m.article.len);
    page_free(&p);
    made_release(&m);
}

CHECK(divides_by_patterns_what_would_be_ragged)
{
    struct page_options o = usual;
    struct made m;
    struct page *p;
    struct hyphen *english = hyphen_open("en", NULL);

    if (!english)
        skip();
    made_newspaper(&m);
    made_block(&m, KIND_PARAGRAPH,
               "Representatives of municipal administrations congratulated meteorologists extraordinarily.");
    o.columns = 26;
    p = page_new(&m.article, &o, NULL);
    assert_int_equal(count_hyphens(p, "admin-") + count_hyphens(p, "meteo-") + count_hyphens(p, "rol-"), 0);
    page_free(&p);
    o.hyphens = english;
    p = page_new(&m.article, &o, NULL);
    assert_true(count_hyphens(p, "-") >= 2);
    check_page(p, 26, m.article.len);
    page_free(&p);
    hyphen_free(&english);
    made_release(&m);
}

CHECK_MAIN(T(marks_hits), T(makes_controls_stand_out), T(spreads_justified_lines), T(divides_at_soft_hyphens),
           T(divides_by_patterns_what_would_be_ragged))
