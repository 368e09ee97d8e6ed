/* SPDX-License-Identifier: ISC */
#include "../check.h"

#include "doc/comment.h"
#include "layout/jump.h"
#include "ui/reader.h"

enum { COMMENTS = 1300, HEIGHT = 20 };

/* A reader before an article of two matches of "lamp" and many comments, some by Lamp, some with a lamp or two. */
struct world {
    struct reader r;
    unsigned char flags[COMMENTS];
};

static void set_page(struct world *w)
{
    struct page_options o = {.columns = 60, .measure = 60, .comments = true, .comment_flags = w->flags,
                             .order = w->r.order};

    page_free(&w->r.page);
    w->r.page = page_new(&w->r.article, &o, NULL);
}

static void open_world(struct world *w)
{
    static const char text[] = "A lamp on a hill.\n\nNothing.\n\nThe Lamp again.";
    struct article *a = &w->r.article;

    memset(w, 0, sizeof *w);
    reader_init(&w->r, NULL);
    a->text = text;
    a->len = sizeof text - 1;
    article_add_block(a, KIND_PARAGRAPH, 0, 17, 0);
    article_add_block(a, KIND_PARAGRAPH, 19, 27, 0);
    article_add_block(a, KIND_PARAGRAPH, 29, sizeof text - 1, 0);
    for (int i = 0; i < COMMENTS; i++) {
        struct article_comment *c = article_add_comment(a);

        c->author = i % 100 == 40 ? "Lamp" : "Ann";
        c->published = "2020-08-29";
        c->parent = i % 9 ? i - i % 4 : 0;
        c->score = (i * 7919) % 1000;
        c->has_score = true;
        c->text = i % 50 == 7 ? "One LAMP here, and there is\nanother lamp; a\n\nl\xc3\xa4mp too."
                              : "Words, no more, of some length, so that a line is filled by them.";
    }
    w->r.id = 1;
    w->r.height = HEIGHT;
    w->r.comment_flags = w->flags;
    set_page(w);
}

static void close_world(struct world *w)
{
    page_free(&w->r.page);
    w->r.comment_flags = NULL; /* part of the world */
    reader_release(&w->r);
}

static void look_for(struct world *w, const char *pattern)
{
    find_set(&w->r.find, pattern);
    seek_begin(&w->r);
}

static bool shows_here(const struct reader *r)
{
    const struct seek_part *here = seek_here(r);
    const struct line *l = here ? page_line(r->page, here->line) : NULL;

    return l && here->line >= r->top && here->line < r->top + HEIGHT &&
           find_in_text(&r->find, l->text, strlen(l->text));
}

/* Goes through all matches in a direction; returns how many there were before it went round. */
static long go_round(struct reader *r, int direction)
{
    struct seek_spot at = {0, direction > 0 ? -1 : 0}, to;
    enum seek_answer answer;
    long seen = 0, number;

    for (;; at = to, seen++) {
        answer = seek_next(r, at, direction, &to);
        if (answer != SEEK_FOUND)
            break;
        seek_show(r, to);
        number = seek_number(r);
        assert_int_equal(number, direction > 0 ? seen : seek_matches(r) - 1 - seen);
        assert_true(shows_here(r));
    }
    assert_int_equal(answer, SEEK_AROUND);
    return seen;
}

CHECK(finds_what_the_page_would_have_if_it_were_set_whole)
{
    struct world w;
    struct find whole;

    open_world(&w);
    find_init(&whole);
    find_set(&whole, "lamp");
    look_for(&w, "lamp");
    while (seek_more(&w.r))
        ;
    find_lines(&whole, w.r.page, 0, page_count(w.r.page), false);
    assert_int_equal(whole.matches, 2 + COMMENTS / 100 + COMMENTS / 50 * 3);
    assert_int_equal(seek_matches(&w.r), whole.matches);
    set_page(&w);
    assert_int_equal(go_round(&w.r, 1), whole.matches);
    find_release(&whole);
    close_world(&w);
}

CHECK(goes_back_and_round_in_any_order)
{
    struct world w;
    struct seek_spot to;

    open_world(&w);
    for (w.r.order = THREAD_AS_GIVEN; w.r.order <= THREAD_BY_SCORE; w.r.order++) {
        set_page(&w);
        look_for(&w, "lamp");
        while (seek_more(&w.r))
            ;
        assert_int_equal(seek_next(&w.r, (struct seek_spot){0, 0}, -1, &to), SEEK_AROUND);
        seek_show(&w.r, to);
        assert_int_equal(seek_number(&w.r), seek_matches(&w.r) - 1);
        assert_int_equal(seek_next(&w.r, to, 1, &to), SEEK_AROUND);
        assert_int_equal(to.comment, 0);
        assert_int_equal(to.match, 0);
        go_round(&w.r, 1);
    }
    close_world(&w);
}

CHECK(what_was_not_looked_at_yet_is_not_said_to_be_missing)
{
    struct world w;
    struct seek_spot to;

    open_world(&w);
    w.flags[7] = PAGE_HIDDEN; /* nothing in the first few hundred */
    look_for(&w, "Lamp");
    assert_true(w.r.seek.done < COMMENTS);
    assert_int_equal(seek_next(&w.r, (struct seek_spot){COMMENTS - 1, -1}, 1, &to), SEEK_UNKNOWN);
    while (seek_more(&w.r))
        ;
    assert_int_equal(seek_next(&w.r, (struct seek_spot){COMMENTS - 1, -1}, 1, &to), SEEK_AROUND);
    look_for(&w, "nowhere");
    while (seek_more(&w.r))
        assert_int_equal(seek_next(&w.r, (struct seek_spot){0, -1}, 1, &to), SEEK_UNKNOWN);
    assert_int_equal(seek_next(&w.r, (struct seek_spot){0, -1}, 1, &to), SEEK_NONE);
    assert_int_equal(seek_next(&w.r, (struct seek_spot){0, 0}, -1, &to), SEEK_NONE);
    assert_int_equal(seek_number(&w.r), -1);
    close_world(&w);
}

CHECK(what_is_folded_away_is_not_found)
{
    struct world w;
    int name = 41, words = 58; /* a comment by Lamp; one with three of them */
    long all;

    open_world(&w);
    look_for(&w, "lamp");
    while (seek_more(&w.r))
        ;
    all = seek_matches(&w.r);
    w.flags[name - 1] = w.flags[words - 1] = PAGE_COLLAPSED;
    set_page(&w);
    look_for(&w, "lamp");
    while (seek_more(&w.r))
        ;
    assert_int_equal(seek_matches(&w.r), all - 3); /* its name stays */
    w.flags[name - 1] = PAGE_HIDDEN;
    set_page(&w);
    look_for(&w, "lamp");
    while (seek_more(&w.r))
        ;
    assert_int_equal(seek_matches(&w.r), all - 4);
    close_world(&w);
}

/* Another width moves lines, and no match: what was looked at is not looked at again. */
CHECK(what_is_known_stays_so_at_another_width)
{
    struct world w;
    long all;

    open_world(&w);
    look_for(&w, "lamp");
    while (seek_more(&w.r))
        ;
    all = seek_matches(&w.r);
    set_page(&w);
    seek_begin(&w.r);
    assert_int_equal(seek_matches(&w.r), all);
    assert_false(seek_more(&w.r));
    look_for(&w, "nothing");
    assert_true(seek_matches(&w.r) < all);
    assert_true(seek_more(&w.r));
    seek_forget(&w.r);
    seek_begin(&w.r);
    assert_true(seek_more(&w.r));
    close_world(&w);
}

CHECK_MAIN(T(finds_what_the_page_would_have_if_it_were_set_whole), T(goes_back_and_round_in_any_order),
           T(what_was_not_looked_at_yet_is_not_said_to_be_missing), T(what_is_folded_away_is_not_found),
           T(what_is_known_stays_so_at_another_width))
