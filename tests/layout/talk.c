/* SPDX-License-Identifier: ISC */
#include "../check.h"

#include "layout/jump.h"
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
    n = jump_comment(p, 0, 1);
    assert_int_equal(n, page_comment_line(p, 1));
    n = jump_comment(p, n, 1);
    assert_int_equal(n, page_comment_line(p, 2));
    n = jump_comment(p, n, 1);
    assert_int_equal(n, page_comment_line(p, 4));
    n = jump_comment(p, n, 1);
    assert_int_equal(n, page_comment_line(p, 3));
    assert_int_equal(jump_comment(p, n, 1), -1);
    assert_int_equal(jump_comment(p, n, -1), page_comment_line(p, 4));
    assert_int_equal(jump_comment(p, 0, -1), -1);
    assert_int_equal(page_comment_line(p, 99), -1);
    assert_int_equal(jump_section(p, 0, 1), find_line(p, "What passengers say"));
    assert_int_equal(jump_section(p, jump_section(p, 0, 1), 1), comments);
    assert_int_equal(jump_section(p, comments, -1), find_line(p, "What passengers say"));
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

CHECK(says_what_was_removed_once)
{
    struct made m;
    struct page *p;

    made_init(&m);
    made_block(&m, KIND_PARAGRAPH, "Words.");
    made_comment(&m, 0, false, NULL, "[deleted]")->removed = true;
    made_comment(&m, 0, false, "Skua", "Buy pills.")->removed = true;
    made_comment(&m, 0, false, "[deleted]", "[removed]")->removed = true;
    p = page_new(&m.article, &usual, NULL);
    assert_int_equal(find_line(p, "[deleted]"), 5);
    has_line(p, "    Skua (removed)");
    has_line(p, "    [removed]");
    show_expect(page_line(p, 7), 80, "    Skua (removed)");
    show_expect(page_line(p, 10), 80, "    [deleted]");
    page_free(&p);
    made_release(&m);
}

CHECK(keeps_what_is_indented)
{
    struct page_options o = usual;
    struct made m;
    struct page *p;
    int n;

    made_init(&m);
    made_block(&m, KIND_PARAGRAPH, "Words.");
    made_comment(&m, 0, false, "Gull", "So:\n\n    if (x)  {\n\treturn 0;\n    }\n\nIt works.");
    made_comment(&m, 1, false, "Tern", "      All of it\n      stands in.\n");
    o.justified = true;
    p = page_new(&m.article, &o, NULL);
    n = find_line(p, "if (x)");
    show_expect(page_line(p, n - 1), 80, "");
    show_expect(page_line(p, n), 80, "        if (x)  {");
    show_expect(page_line(p, n + 1), 80, "            return 0;");
    show_expect(page_line(p, n + 2), 80, "        }");
    show_expect(page_line(p, n + 4), 80, "    It works.");
    has_line(p, "    │ All of it");
    for (o.columns = 1; o.columns < 40; o.columns++) {
        page_free(&p);
        p = page_new(&m.article, &o, NULL);
        check_page(p, o.columns, m.article.len);
    }
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
    assert_int_equal(jump_comment(p, page_comment_line(p, 1), 1), page_comment_line(p, 3));
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

        if (i > 4)
            assert_int_equal(l->runs[0].style, STYLE_BAR);
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
    /* What is set on the way to the first comment moves the sheets. */
    p = page_new(&m.article, &usual, NULL);
    i = jump_comment(p, 0, 1);
    assert_int_equal(i, page_comment_line(p, 1));
    page_free(&p);
    made_release(&m);
}

enum { MANY = 700 };

/* Comments of rising number, every seventh of which answers the article, with texts of one to nine lines. */
static void make_many(struct article *a)
{
    static const char words[] =
        "some words that a reader wrote below the line as readers do and some more of them so that the lines "
        "are some more than one or two of them and not all comments have as many of them as the others have, "
        "which is what this is for, and goes on for a while, so that there is a page of it and then some more "
        "of it, until at last there is enough of it, and the last of the readers has said what was to be said.";

    article_init(a);
    a->text = "";
    for (int i = 0; i < MANY; i++) {
        struct article_comment *c = article_add_comment(a);

        c->author = "reader";
        c->text = article_str(a, words, 20 + (size_t)(i * 37) % (sizeof words - 21));
        c->parent = i % 7 ? i - i % 3 : 0;
    }
}

static void same_line(const struct line *x, const struct line *y)
{
    assert_string_equal(x->text, y->text);
    assert_int_equal(x->place.comment, y->place.comment);
    assert_int_equal(x->place.offset, y->place.offset);
}

CHECK(a_long_thread_is_the_same_from_wherever_it_is_come_to)
{
    struct article a;
    struct page *whole, *p;
    int count, end, n, id;

    make_many(&a);
    whole = page_new(&a, &usual, NULL);
    count = page_count(whole);
    /* From the end up: what is above comes next to what was there. */
    p = page_new(&a, &usual, NULL);
    end = page_end(p);
    for (n = count - 1; n >= 0; n--) {
        end = page_reach(p, end - 1, 1);
        same_line(page_line(p, end), page_line(whole, n));
    }
    assert_int_equal(page_count(p), count);
    page_free(&p);
    /* Into the middle, and on from there. */
    p = page_new(&a, &usual, NULL);
    end = page_comment_line(p, 400);
    n = page_comment_line(whole, 400);
    for (int i = 0; i < 500; i++)
        same_line(page_line(p, end + i), page_line(whole, n + i));
    end = page_reach(p, end, 300);
    for (int i = 0; i < 300; i++)
        same_line(page_line(p, end - i), page_line(whole, n - i));
    page_free(&p);
    /* From comment to comment both ways, and back to a place. */
    p = page_new(&a, &usual, NULL);
    end = page_end(p) - 1;
    n = page_count(whole) - 1;
    for (id = MANY; id > 0; id--) {
        end = jump_comment(p, end, -1);
        n = jump_comment(whole, n, -1);
        same_line(page_line(p, end), page_line(whole, n));
        assert_int_equal(page_find(p, (struct line_place){page_line(p, end)->place.comment, 0}), end);
    }
    assert_int_equal(jump_comment(p, end, -1), -1);
    assert_int_equal(end, n);
    page_free(&p);
    page_free(&whole);
    article_release(&a);
}

CHECK(what_is_folded_is_come_to_by_its_fold)
{
    static unsigned char flags[MANY];
    struct page_options o = usual;
    struct article a;
    struct page *p;
    int id, line;

    make_many(&a);
    for (id = 0; id < MANY; id += 2)
        flags[id] = PAGE_COLLAPSED;
    o.comment_flags = flags;
    p = page_new(&a, &o, NULL);
    for (id = MANY; id > 0; id--) {
        int at = id;

        for (int up = at; up; up = a.comments[up - 1].parent)
            at = flags[up - 1] ? up : at;
        line = page_comment_line(p, id);
        assert_int_equal(page_line(p, line)->place.comment, at);
    }
    page_free(&p);
    article_release(&a);
}

CHECK_MAIN(T(says_how_many_comments_there_are), T(goes_from_comment_to_comment), T(names_what_has_no_words),
           T(says_what_was_removed_once), T(keeps_what_is_indented),
           T(collapses_and_hides_threads), T(shows_the_thread_by_itself), T(keeps_deep_threads_readable),
           T(opens_a_long_thread_without_setting_it),
           T(a_long_thread_is_the_same_from_wherever_it_is_come_to), T(what_is_folded_is_come_to_by_its_fold))
