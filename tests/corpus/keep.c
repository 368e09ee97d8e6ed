/* SPDX-License-Identifier: ISC */
#include "fake.h"
#include "whole.h"

#include "corpus/groups.h"
#include "corpus/keep.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const char *found(struct corpus *c, const char *query)
{
    return whole_found(c, query, CORPUS_BY_DATE, false);
}

static const char *titles(struct corpus *c)
{
    return whole_found(c, NULL, CORPUS_BY_DATE, false);
}

/* What was marked a moment ago is found at once, followed by the cache or not. */
CHECK(hidden_articles_leave_the_list_and_are_found_by_name)
{
    struct corpus *c;
    struct corpus_row row;
    struct corpus_view *v;
    struct err e = ERR_INIT;
    long total, unread;
    int64_t id;
    int round;

    whole_put_three();
    c = whole_open();
    id = corpus_find(c, "a.txt", &e);
    assert_int_equal(keep_hidden_at(c, id), 0);
    keep_hidden(c, id, true);
    assert_true(keep_hidden_at(c, id) > 0);
    for (round = 0; round < 2; round++) {
        assert_string_equal(found(c, "is:hidden"), "*Alpha");
        assert_string_equal(found(c, "text is:hidden"), "*Alpha");
        assert_string_equal(found(c, "text"), "*Beta|*Gamma");
        assert_string_equal(found(c, "is:unread -is:hidden"), "*Beta|*Gamma");
        assert_true(corpus_facts(c, id, &row, &e));
        assert_true(row.hidden);
        corpus_row_release(&row);
        corpus_close(&c);
        c = whole_open();
    }
    assert_string_equal(titles(c), "*Beta|*Gamma");
    assert_string_equal(whole_found(c, NULL, CORPUS_BY_FILE, true), "*Gamma|*Beta");
    assert_true(corpus_view_new(c, NULL, CORPUS_BY_TITLE, false, &v, &e));
    corpus_view_counts(v, &total, &unread);
    assert_int_equal(total, 2);
    assert_int_equal(unread, 2);
    assert_int_equal(corpus_view_unread(v, corpus_find(c, "b.txt", &e), -1), 0);
    corpus_view_free(&v);
    corpus_close(&c);

    /* It stays hidden in a new cache, and in another place. */
    world_remove(".cache");
    assert_int_equal(rename(world_path("press/a.txt"), world_path("press/z.txt")), 0);
    c = whole_open();
    assert_string_equal(titles(c), "*Beta|*Gamma");
    keep_hidden(c, corpus_find(c, "z.txt", &e), false);
    assert_string_equal(found(c, "text"), "*Beta|*Alpha|*Gamma");
    corpus_close(&c);
    c = whole_open();
    assert_string_equal(titles(c), "*Beta|*Alpha|*Gamma");
    corpus_close(&c);
}

CHECK(tags_are_found_at_once_and_follow_the_article)
{
    struct corpus *c;
    struct corpus_row row;
    struct err e = ERR_INIT;

    whole_put_three();
    c = whole_open();
    assert_true(keep_tag(c, corpus_find(c, "a.txt", &e), "Work", true, &e));
    assert_true(keep_tag(c, corpus_find(c, "a.txt", &e), "later", true, &e));
    assert_true(keep_tag(c, corpus_find(c, "b.txt", &e), "later", true, &e));
    assert_false(keep_tag(c, corpus_find(c, "b.txt", &e), "two words", true, &e));
    assert_string_equal(e.text, "'two words' is no name for a tag");
    assert_string_equal(found(c, "tag:work"), "*Alpha");
    assert_string_equal(found(c, "tag:LATER"), "*Beta|*Alpha");
    assert_string_equal(found(c, "tag:later -tag:work"), "*Beta");
    assert_string_equal(found(c, "-tag:later"), "*Gamma");
    assert_string_equal(found(c, "tag:nowhere"), "");
    assert_true(corpus_facts(c, corpus_find(c, "a.txt", &e), &row, &e));
    assert_string_equal(row.tags, "later work");
    corpus_row_release(&row);
    corpus_close(&c);

    /* Another content in the same place inherits them; so does the same content in another place. */
    world_put("a.txt", "Alpha two\nDATE 2020-01-02\nQuite another text.\n");
    assert_int_equal(rename(world_path("press/b.txt"), world_path("press/y.txt")), 0);
    c = whole_open();
    assert_string_equal(found(c, "tag:later"), "*Beta|*Alpha two");
    assert_true(keep_tag(c, corpus_find(c, "y.txt", &e), "later", false, &e));
    assert_string_equal(found(c, "tag:later"), "*Alpha two");
    corpus_close(&c);
}

CHECK(what_was_read_and_starred_is_listed_in_that_order)
{
    struct corpus *c;
    struct err e = ERR_INIT;

    whole_put_three();
    c = whole_open();
    keep_hold(c);
    corpus_set_starred(c, corpus_find(c, "c.txt", &e), true);
    corpus_set_starred(c, corpus_find(c, "a.txt", &e), true);
    keep_let(c);
    corpus_set_read(c, corpus_find(c, "b.txt", &e), true);
    corpus_set_read(c, corpus_find(c, "c.txt", &e), true);
    assert_string_equal(whole_found(c, NULL, CORPUS_BY_READ, false), "Gamma|Beta");
    assert_string_equal(whole_found(c, NULL, CORPUS_BY_READ, true), "Beta|Gamma");
    assert_string_equal(whole_found(c, NULL, CORPUS_BY_STARRED, false), "*Alpha|Gamma");
    assert_string_equal(whole_found(c, "text", CORPUS_BY_READ, false), "Gamma|Beta");
    assert_string_equal(found(c, "is:starred"), "*Alpha|Gamma");
    corpus_close(&c);
}

struct told {
    char text[256];
};

static void on_group(void *ctx, const struct groups_group *g)
{
    struct told *t = ctx;
    size_t at = strlen(t->text);

    snprintf(t->text + at, sizeof t->text - at, "%s:%ld/%ld ", g->name ? g->name : "-", g->unread, g->total);
}

static const char *groups(struct corpus *c, const char *query, enum groups_by by, long max, bool whole)
{
    static struct told t;
    struct corpus_view *v;
    struct err e = ERR_INIT;

    t.text[0] = '\0';
    assert_true(corpus_view_new(c, query, CORPUS_BY_DATE, false, &v, &e));
    if (query) {
        struct groups *g = groups_new(by);

        while (!groups_count(g, v, 0))
            ;
        assert_int_equal(groups_each(g, max, on_group, &t), whole);
        groups_free(&g);
    } else {
        assert_int_equal(groups_of_all(v, by, max, on_group, &t), whole);
    }
    corpus_view_free(&v);
    return t.text;
}

/* All articles are counted by their places, found ones one by one: both must say the same. */
CHECK(articles_are_counted_by_site_and_month)
{
    struct corpus *c;
    struct err e = ERR_INIT;

    whole_put_three();
    world_put("d.txt", "Delta\nDATE 2020-01-31\nText of d.\n");
    world_put("e.txt", "Epsilon\nDATE 2020-02-01\nText of e.\n");
    c = whole_open();
    assert_string_equal(groups(c, NULL, GROUPS_BY_MONTH, 99, true), "2021-01:1/1 2020-02:1/1 2020-01:2/2 -:1/1 ");
    assert_string_equal(groups(c, "text", GROUPS_BY_MONTH, 99, true), "2021-01:1/1 2020-02:1/1 2020-01:2/2 -:1/1 ");
    corpus_set_read(c, corpus_find(c, "a.txt", &e), true);
    assert_string_equal(groups(c, NULL, GROUPS_BY_MONTH, 99, true), "2021-01:1/1 2020-02:1/1 2020-01:1/2 -:1/1 ");
    assert_string_equal(groups(c, "text", GROUPS_BY_MONTH, 99, true), "2021-01:1/1 2020-02:1/1 2020-01:1/2 -:1/1 ");
    assert_string_equal(groups(c, NULL, GROUPS_BY_MONTH, 2, false), "2021-01:1/1 2020-02:1/1 ");
    assert_string_equal(groups(c, "text", GROUPS_BY_MONTH, 2, false), "2021-01:1/1 2020-02:1/1 ");
    assert_string_equal(groups(c, NULL, GROUPS_BY_SITE, 9, true), "-:4/5 ");
    assert_string_equal(groups(c, "nowhere", GROUPS_BY_SITE, 9, true), "");
    corpus_close(&c);
}

/* The list tells sites apart by the beginnings of their names, folded: its groups, and a search's, do the same. */
CHECK(sites_are_grouped_as_the_list_tells_them_apart)
{
    static const char expected[] = "alpha:1/1 Beta:1/1 The Same Long Name, Evening:2/2 -:1/1 ";
    struct corpus *c;

    world_put("a.txt", "A\nSITE Beta\nDATE 2020-01-01\nText of a.\n");
    world_put("b.txt", "B\nSITE alpha\nDATE 2020-01-02\nText of b.\n");
    world_put("c.txt", "C\nSITE The same long name, Morning\nDATE 2020-01-03\nText of c.\n");
    world_put("d.txt", "D\nSITE The Same Long Name, Evening\nDATE 2020-01-04\nText of d.\n");
    world_put("e.txt", "E\nDATE 2020-01-05\nText of e.\n");
    c = whole_open();
    assert_string_equal(groups(c, NULL, GROUPS_BY_SITE, 9, true), expected);
    assert_string_equal(groups(c, "text", GROUPS_BY_SITE, 9, true), expected);
    corpus_close(&c);
}

/* A search is frozen: what is read meanwhile stays in it until it is made anew. */
CHECK(a_result_is_frozen_while_it_is_read)
{
    struct corpus *c;
    struct corpus_row rows[4];
    struct corpus_view *v;
    struct err e = ERR_INIT;
    int64_t id;
    int i;

    whole_put_three();
    c = whole_open();
    id = corpus_find(c, "a.txt", &e);
    assert_true(corpus_view_new(c, "is:unread", CORPUS_BY_DATE, false, &v, &e));
    corpus_set_read(c, id, true);
    keep_hidden(c, id, true);
    assert_int_equal(corpus_view_rows(v, CORPUS_FIRST, 0, rows, 4), 3);
    assert_int_equal(rows[1].id, id);
    assert_false(rows[1].unread);
    assert_true(rows[1].hidden);
    for (i = 0; i < 3; i++)
        corpus_row_release(&rows[i]);
    assert_int_equal(corpus_view_number(v, id), 2);
    corpus_view_free(&v);
    assert_string_equal(found(c, "is:unread"), "*Beta|*Gamma");
    corpus_close(&c);
}

/* Each reads the cache as the other's marks have been followed into it. */
CHECK(two_sessions_of_one_reader_see_each_others_marks)
{
    const char *paths[] = {world_corpus()};
    struct corpus_options o = {.foreground = true};
    struct corpus *session[2];
    struct corpus_progress progress;
    struct corpus_row row;
    struct err e = ERR_INIT;
    int ends[2][2], i;
    bool seen;

    whole_put_three();
    for (i = 0; i < 2; i++) {
        assert_int_equal(pipe(ends[i]), 0);
        o.wake = ends[i][1];
        if (!corpus_open(&session[i], paths, 1, &o, &e))
            fail_msg("%s", e.text);
    }
    for (i = 0; i < 2; i++) { /* what the one says the other one shows */
        struct corpus *other = session[1 - i];
        const char *name = i ? "b.txt" : "a.txt";

        corpus_set_starred(session[i], corpus_find(session[i], name, &e), true);
        for (seen = false; !seen && world_wait(ends[1 - i][0]);) {
            corpus_poll(other, &progress);
            assert_true(corpus_facts(other, corpus_find(other, name, &e), &row, &e));
            seen = row.starred;
            corpus_row_release(&row);
        }
        assert_true(seen);
    }
    for (i = 0; i < 2; i++) {
        corpus_close(&session[i]);
        close(ends[i][0]);
        close(ends[i][1]);
    }
}

CHECK_MAIN(W(two_sessions_of_one_reader_see_each_others_marks),
           W(hidden_articles_leave_the_list_and_are_found_by_name), W(tags_are_found_at_once_and_follow_the_article),
           W(what_was_read_and_starred_is_listed_in_that_order), W(articles_are_counted_by_site_and_month),
           W(sites_are_grouped_as_the_list_tells_them_apart),
           W(a_result_is_frozen_while_it_is_read))
