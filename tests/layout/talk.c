/* SPDX-License-Identifier: ISC */
#include "../check.h"

#include "paged.h"

CHECK(says_how_many_comments_there_are)
{
    struct page_options o = usual;
    struct made m;
    struct page *p;

    made_newspaper(&m);
    o.comments = false;
    p = page_new(&m.article, &o, NULL);
    has_line(p, "    4 comments");
    assert_int_equal(page_comments_line(p), -1);
    assert_int_equal(page_comment_line(p, 1), -1);
    assert_int_equal(find_line(p, "What a surprise"), -1);
    page_free(&p);
    m.article.stated_comments = 604;
    p = page_new(&m.article, &usual, NULL);
    has_line(p, "    4 comments of 604 · answers below what they answer");
    page_free(&p);
    m.article.comment_count = 0;
    p = page_new(&m.article, &usual, NULL);
    has_line(p, "    604 comments, not captured");
    assert_int_equal(page_comments_line(p), -1);
    page_free(&p);
    m.article.stated_comments = 0;
    p = page_new(&m.article, &usual, NULL);
    assert_int_equal(find_line(p, " comments"), -1);
    page_free(&p);
    made_release(&m);
}

CHECK(goes_from_comment_to_comment)
{
    struct made m;
    struct page *p;
    int n, comments;

    made_newspaper(&m);
    p = page_new(&m.article, &usual, NULL);
    comments = page_comments_line(p);
    assert_int_equal(comments, find_line(p, "4 comments"));
    n = page_next_comment(p, 0, 1);
    assert_int_equal(n, page_comment_line(p, 1));
    n = page_next_comment(p, n, 1);
    assert_int_equal(n, page_comment_line(p, 2));
    n = page_next_comment(p, n, 1);
    assert_int_equal(n, page_comment_line(p, 4));
    n = page_next_comment(p, n, 1);
    assert_int_equal(n, page_comment_line(p, 3));
    assert_int_equal(page_next_comment(p, n, 1), -1);
    assert_int_equal(page_next_comment(p, n, -1), page_comment_line(p, 4));
    assert_int_equal(page_next_comment(p, 0, -1), -1);
    assert_int_equal(page_comment_line(p, 99), -1);
    assert_int_equal(page_next_section(p, 0, 1), find_line(p, "What passengers say"));
    assert_int_equal(page_next_section(p, page_next_section(p, 0, 1), 1), comments);
    assert_int_equal(page_next_section(p, comments, -1), find_line(p, "What passengers say"));
    page_free(&p);
    made_release(&m);
}

CHECK(names_what_has_no_words)
{
    struct made m;
    struct page *p;

    made_init(&m);
    m.article.title = "A headline that only the format knew";
    m.article.text = "";
    made_comment(&m, 0, false, "Gull", "")->removed = true;
    made_comment(&m, 0, false, "Tern", " \n ");
    made_comment(&m, 0, false, NULL, "x");
    p = page_new(&m.article, &usual, NULL);
    show_expect(page_line(p, 0), 80, "    A headline that only the format knew");
    has_line(p, "    (removed)");
    has_line(p, "    (no text)");
    has_line(p, "    anonymous");
    has_line(p, "    3 comments · as on the page");
    page_free(&p);
    made_release(&m);
}

CHECK(collapses_and_hides_threads)
{
    unsigned char flags[4] = {PAGE_COLLAPSED, PAGE_NEW, PAGE_OWN | PAGE_NEW, PAGE_NEW};
    struct page_options o = usual;
    struct made m;
    struct page *p;

    made_newspaper(&m);
    o.comment_flags = flags;
    p = page_new(&m.article, &o, NULL);
    has_line(p, "    ▸ Gull  +2, 2 new");
    has_line(p, "    ● Ann Quayle (you)");
    assert_int_equal(find_line(p, "Penrose →"), -1);
    assert_int_equal(page_comment_line(p, 4), find_line(p, "▸ Gull"));
    assert_int_equal(page_find(p, (struct line_place){2, 7}), find_line(p, "▸ Gull"));
    assert_int_equal(page_next_comment(p, page_comment_line(p, 1), 1), page_comment_line(p, 3));
    check_page(p, 80, m.article.len);
    page_free(&p);
    flags[0] = 0;
    flags[1] = PAGE_HIDDEN;
    p = page_new(&m.article, &o, NULL);
    has_line(p, "    ┆ ⋯ hidden by you  +1");
    page_free(&p);
    o.ascii = true;
    flags[1] = PAGE_COLLAPSED;
    p = page_new(&m.article, &o, NULL);
    has_line(p, "    : > Penrose  +1, 1 new");
    page_free(&p);
    made_release(&m);
}

CHECK(shows_the_thread_by_itself)
{
    struct page_options o = usual;
    struct made m;
    struct page *p;

    made_newspaper(&m);
    o.thread_only = true;
    o.order = THREAD_BY_TIME;
    p = page_new(&m.article, &o, NULL);
    show_expect(page_line(p, 0), 80, "    4 comments · answers below what they answer");
    assert_int_equal(page_find(p, (struct line_place){0, 100}), 0);
    assert_int_equal(page_comments_line(p), 0);
    assert_int_equal(page_thread(p)->count, 4);
    check_page(p, 80, m.article.len);
    page_free(&p);
    o.source = true;
    p = page_new(&m.article, &o, NULL);
    check_page(p, 80, m.article.len);
    assert_true(page_count(p) > 10);
    page_free(&p);
    o.thread_only = o.comments = o.source = false;
    p = page_new(&m.article, &o, NULL);
    assert_null(page_thread(p));
    page_free(&p);
    made_release(&m);
}

/* Deep threads: two columns a level while the text keeps forty, then one, then only the deepest levels. */
CHECK(keeps_deep_threads_readable)
{
    struct page_options o = usual;
    struct made m;
    struct page *p;
    int i;

    made_newspaper(&m);
    for (i = 4; i < 60; i++)
        made_comment(&m, i, i % 2, "someone", "Some words to read, and some more of them.");
    p = page_new(&m.article, &o, NULL);
    for (i = 1; i <= 60; i++) {
        const struct line *l = page_line(p, page_comment_line(p, i) + 1);

        assert_true(l->runs[0].style != STYLE_BAR || l->runs[0].columns <= 32);
    }
    check_page(p, 80, m.article.len);
    page_free(&p);
    for (o.columns = 1; o.columns < 50; o.columns += 3) {
        p = page_new(&m.article, &o, NULL);
        check_page(p, o.columns, m.article.len);
        page_free(&p);
    }
    made_release(&m);
}

/* A page is set only as far as it is looked at. */
CHECK(opens_a_long_thread_without_setting_it)
{
    struct made m;
    struct page *p;
    int i;

    made_newspaper(&m);
    for (i = 0; i < 50000; i++)
        made_comment(&m, i % 7 ? i : 0, false, "someone", "Some words to read, and some more of them.");
    p = page_new(&m.article, &usual, NULL);
    assert_true(page_has(p, 60));
    assert_false(page_share(p, 60) > 10);
    assert_true(page_comment_line(p, 40000) > 40000);
    show_check(page_line(p, page_comment_line(p, 40000)), 80);
    page_free(&p);
    made_release(&m);
}

CHECK_MAIN(T(says_how_many_comments_there_are), T(goes_from_comment_to_comment), T(names_what_has_no_words),
           T(collapses_and_hides_threads), T(shows_the_thread_by_itself), T(keeps_deep_threads_readable),
           T(opens_a_long_thread_without_setting_it))
