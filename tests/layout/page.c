/* SPDX-License-Identifier: ISC */
#include "../check.h"

#include "layout/jump.h"
#include "paged.h"

CHECK(tells_how_much_was_read)
{
    struct made m;
    struct page *p;
    int n, before = 0, half;

    made_newspaper(&m);
    p = page_new(&m.article, &usual, NULL);
    assert_int_equal(page_share(p, 0), 0);
    half = page_find(p, (struct line_place){0, m.article.len / 2});
    assert_in_range(page_share(p, half), 250, 750);
    for (n = 0; n < page_count(p); n++) {
        assert_in_range(page_share(p, n), before, 999);
        before = page_share(p, n);
    }
    assert_int_equal(page_share(p, n), 1000);
    assert_int_equal(page_share(p, n + 500), 1000);
    page_free(&p);
    made_release(&m);
}

/* The shares of all lines, told while the page is set line by line, and then from the page as a whole. */
static void expect_steady(const struct made *m, const struct page_options *o)
{
    struct page *p = page_new(&m->article, o, NULL), *whole = page_new(&m->article, o, NULL);
    int n, before = 0, count = page_count(whole);

    for (n = 0; n < count; n++) {
        int share = page_share(p, n);

        assert_in_range(share, before, 999);
        assert_int_equal(share, page_share(whole, n));
        before = share;
    }
    assert_in_range(before, 900, 999);
    assert_int_equal(page_share(p, n), 1000);
    page_free(&p);
    page_free(&whole);
}

CHECK(tells_the_same_however_much_is_set)
{
    static const char line[] = "A long article has many words, and this is one of its many lines of words.";
    struct page_options o = usual;
    struct made m;
    int i;

    made_newspaper(&m);
    expect_steady(&m, &o);
    for (i = 0; i < 300; i++)
        made_block(&m, i % 7 ? KIND_PARAGRAPH : KIND_BOILERPLATE, line);
    expect_steady(&m, &o);
    for (i = 0; i < 200; i++)
        made_comment(&m, 0, false, "Gull", i % 3 ? line : "Yes.");
    expect_steady(&m, &o);
    o.thread_only = true;
    expect_steady(&m, &o);
    made_release(&m);
}

CHECK(finds_each_line_by_its_place_at_every_width)
{
    struct page_options o = usual;
    struct made m;
    int mode, columns;

    made_newspaper(&m);
    for (mode = 0; mode < 16; mode++) {
        o.ascii = mode & 1;
        o.unfolded = mode & 2;
        o.source = mode & 4;
        o.justified = mode & 8;
        for (columns = 1; columns <= 130; columns += columns < 30 ? 1 : 7) {
            struct page *p;

            o.columns = columns;
            p = page_new(&m.article, &o, NULL);
            check_page(p, columns, m.article.len);
            page_free(&p);
        }
    }
    made_release(&m);
}

/* The number of an address at the end of a line stands before the end of that line in the record as it was saved. */
CHECK(finds_the_end_of_a_line_behind_the_number_of_an_address)
{
    struct page_options o = {.columns = 2, .measure = 72, .source = true, .link_numbers = true};
    struct made m;
    struct page *p;

    made_init(&m);
    made_block(&m, KIND_PARAGRAPH, "www.example.org\r\nEnd");
    p = page_new(&m.article, &o, NULL);
    check_page(p, o.columns, m.article.len);
    page_free(&p);
    made_release(&m);
}

/* A place looked for in a page that is not yet set is found where the whole page has it. */
CHECK(keeps_places_through_reflow)
{
    struct page_options wide = usual, narrow = usual;
    struct page *a, *b;
    struct made m;
    int n;

    made_newspaper(&m);
    narrow.columns = 33;
    a = page_new(&m.article, &wide, NULL);
    for (n = 0; n < page_count(a); n++) {
        const struct line *l = page_line(a, n), *found;

        if (l->place.offset == l->place_end.offset)
            continue;
        b = page_new(&m.article, &narrow, NULL);
        found = page_line(b, page_find(b, l->place));
        assert_int_equal(found->place.comment, l->place.comment);
        assert_true(found->place.offset <= l->place.offset);
        assert_true(found->place_end.offset > l->place.offset || found->place.offset == l->place.offset);
        page_free(&b);
    }
    page_free(&a);
    made_release(&m);
}

CHECK(holds_for_random_articles)
{
    uint64_t seed = 5;
    int round, k;

    for (round = 0; round < 150; round++) {
        struct page_options o = {
            .columns = 1 + (int)dice(&seed, 90), .measure = 72, .comments = true};
        struct page *p;
        struct buf text;
        struct made m;

        made_init(&m);
        buf_init(&text);
        for (k = 0; k < 12; k++) {
            buf_clear(&text);
            buf_add_char(&text, 'a');
            random_text(&text, &seed, 1 + (int)dice(&seed, 30), true);
            if (dice(&seed, 4) == 0)
                buf_add_str(&text, "\nand a second line");
            buf_add_char(&text, 'z');
            made_bytes(&m, (enum kind)dice(&seed, KIND_COUNT), text.data, text.len,
                       dice(&seed, 8) == 0 ? ARTICLE_DOUBLE : 0);
            if (k % 3 == 0)
                made_comment(&m, (int)dice(&seed, m.article.comment_count + 1), k % 2, "who",
                             arena_strndup(&m.article.arena, text.data, text.len));
        }
        o.ascii = round % 3 == 0;
        o.unfolded = round % 2;
        o.justified = round % 5 == 0;
        o.source = round % 7 == 0;
        p = page_new(&m.article, &o, NULL);
        check_page(p, o.columns, m.article.len);
        page_free(&p);
        buf_release(&text);
        made_release(&m);
    }
}

CHECK(sets_an_empty_article)
{
    struct made m;
    struct page *p;

    made_init(&m);
    m.article.text = "";
    p = page_new(&m.article, &(struct page_options){.columns = 1}, NULL);
    assert_int_equal(page_count(p), 0);
    assert_false(page_has(p, 0));
    assert_int_equal(page_find(p, (struct line_place){0, 5}), 0);
    assert_int_equal(page_find(p, (struct line_place){3, 5}), 0);
    assert_int_equal(jump_section(p, 0, 1), -1);
    page_free(&p);
    page_free(&p);
    made_release(&m);
}

CHECK_MAIN(T(tells_how_much_was_read), T(tells_the_same_however_much_is_set),
           T(finds_each_line_by_its_place_at_every_width),
           T(finds_the_end_of_a_line_behind_the_number_of_an_address),
           T(keeps_places_through_reflow), T(holds_for_random_articles), T(sets_an_empty_article))
