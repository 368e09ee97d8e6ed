/* SPDX-License-Identifier: ISC */
#include "marked.h"

#include "store/state_hold.h"
#include "store/tags.h"

#include <stdio.h>

/* All that was called, joined; valid until the next call. */
static char said[256];

static void on_name(void *ctx, const char *text)
{
    (void)ctx;
    snprintf(said + strlen(said), sizeof said - strlen(said), "%s ", text);
}

static void on_count(void *ctx, const char *text, long count)
{
    (void)ctx;
    snprintf(said + strlen(said), sizeof said - strlen(said), "%s:%ld ", text, count);
}

static void on_query(void *ctx, const char *text, const char *query)
{
    (void)ctx;
    snprintf(said + strlen(said), sizeof said - strlen(said), "%s=%s ", text, query);
}

static const char *tags_of(struct state *s, const char *bytes)
{
    struct digest d = digest_of(bytes, strlen(bytes));

    said[0] = '\0';
    tags_get(s, &d, on_name, NULL);
    return said;
}

static const char *all_tags(struct state *s)
{
    said[0] = '\0';
    tags_names(s, on_count, NULL);
    return said;
}

static const char *named(const char *text)
{
    static struct buf out;

    buf_release(&out);
    buf_init(&out);
    return tags_name(text, strlen(text), &out) ? out.data : "";
}

CHECK(names_are_folded_and_bad_ones_refused)
{
    char longest[TAGS_NAME_MAX + 2];

    assert_string_equal(named("Later"), "later");
    assert_string_equal(named("Été"), "ete");
    assert_string_equal(named("eu/2020"), "eu/2020");
    assert_string_equal(named(""), "");
    assert_string_equal(named("two words"), "");
    assert_string_equal(named("-gone"), "");
    assert_string_equal(named("a\"b"), "");
    assert_string_equal(named("(x)"), "");
    memset(longest, 'x', sizeof longest);
    longest[TAGS_NAME_MAX + 1] = '\0';
    assert_string_equal(named(longest), "");
    longest[TAGS_NAME_MAX] = '\0';
    assert_string_equal(named(longest), longest);
}

CHECK(tags_come_and_go_and_come_back)
{
    const char *path = sample_path(sample_folder(), "reading.db");
    struct state *s = marked_open(path);
    struct state_id a = marked_id("a", "a.txt"), b = marked_id("b", "b.txt");
    struct err e = ERR_INIT;

    assert_false(tags_any(s));
    assert_true(tags_set(s, &a, "a.txt", "work", true, &e));
    assert_true(tags_set(s, &a, "a.txt", "later", true, &e));
    assert_true(tags_set(s, &b, "b.txt", "work", true, &e));
    state_close(&s);
    s = marked_open(path);
    assert_true(tags_any(s));
    assert_string_equal(tags_of(s, "a"), "later work ");
    assert_string_equal(tags_of(s, "b"), "work ");
    assert_string_equal(tags_of(s, "c"), "");
    assert_string_equal(all_tags(s), "later:1 work:2 ");
    assert_true(tags_set(s, &a, "a.txt", "work", false, &e));
    assert_true(tags_set(s, &b, "b.txt", "never", false, &e));
    assert_string_equal(tags_of(s, "a"), "later ");
    assert_string_equal(all_tags(s), "later:1 work:1 ");
    state_close(&s);
}

/* What changes nothing is no entry: the logs of two machines stay as small as what was done. */
CHECK(the_log_holds_what_was_done_and_no_more)
{
    struct state *s = marked_open(sample_path(sample_folder(), "reading.db"));
    struct state_id a = marked_id("a", "a.txt");
    struct err e = ERR_INIT;
    int i;

    for (i = 0; i < 3; i++)
        assert_true(tags_set(s, &a, "a.txt", "work", true, &e));
    for (i = 0; i < 3; i++)
        assert_true(tags_set(s, &a, "a.txt", "work", false, &e));
    assert_int_equal(db_int(state_db(s), 0, "SELECT count(*) FROM tagged", ""), 2);
    assert_int_equal(db_int(state_db(s), 0, "SELECT count(*) FROM tagged WHERE writer <> 0 AND at > 0", ""), 2);
    state_close(&s);
}

CHECK(an_article_whose_bytes_changed_keeps_its_tags)
{
    struct state *s = marked_open(sample_path(sample_folder(), "reading.db"));
    struct state_id old = marked_id("old", "a.txt"), now = marked_id("new", "a.txt"),
                    other = marked_id("else", "b.txt");
    struct err e = ERR_INIT;

    assert_true(tags_set(s, &old, "a.txt", "work", true, &e));
    assert_true(tags_set(s, &old, "a.txt", "gone", true, &e));
    assert_true(tags_set(s, &old, "a.txt", "gone", false, &e));
    tags_inherit(s, &now, "a.txt");
    tags_inherit(s, &other, "b.txt");
    assert_string_equal(tags_of(s, "new"), "work ");
    assert_string_equal(tags_of(s, "old"), "work ");
    assert_string_equal(tags_of(s, "else"), "");
    /* What is taken off the new bytes is not inherited again. */
    assert_true(tags_set(s, &now, "a.txt", "work", false, &e));
    tags_inherit(s, &now, "a.txt");
    assert_string_equal(tags_of(s, "new"), "");
    state_close(&s);
}

CHECK(queries_are_saved_replaced_and_forgotten)
{
    const char *path = sample_path(sample_folder(), "reading.db");
    struct state *s = marked_open(path);
    struct err e = ERR_INIT;

    assert_true(tags_save_query(s, "trams", "tram OR rail", &e));
    assert_true(tags_save_query(s, "mine", "is:starred", &e));
    assert_true(tags_save_query(s, "trams", "tram", &e));
    state_close(&s);
    s = marked_open(path);
    said[0] = '\0';
    tags_each_query(s, on_query, NULL);
    assert_string_equal(said, "mine=is:starred trams=tram ");
    assert_true(tags_save_query(s, "trams", NULL, &e));
    said[0] = '\0';
    tags_each_query(s, on_query, NULL);
    assert_string_equal(said, "mine=is:starred ");
    assert_int_equal(db_int(state_db(s), 0, "SELECT count(*) FROM kept", ""), 4);
    state_close(&s);
}

static int met;

static void on_met(void *ctx, const struct digest *d)
{
    const char *const *want = ctx;
    struct digest w = digest_of(want[met], 1);

    assert_memory_equal(d, &w, sizeof w);
    met++;
}

CHECK(stars_are_known_in_their_order_and_hiding_by_its_time)
{
    struct state *s = marked_open(sample_path(sample_folder(), "reading.db"));
    struct state_id a = marked_id("a", "a.txt"), b = marked_id("b", "b.txt"), c = marked_id("c", "c.txt");
    const char *starred[] = {"a", "c", "a"}, *read[] = {"b"};
    struct err e = ERR_INIT;

    assert_true(state_set_flags(s, &a, "a.txt", STATE_STARRED, STATE_STARRED, &e));
    assert_true(state_set_flags(s, &b, "b.txt", STATE_STARRED, STATE_STARRED, &e));
    assert_true(state_set_flags(s, &c, "c.txt", STATE_STARRED, STATE_STARRED, &e));
    assert_true(state_set_flags(s, &b, "b.txt", STATE_STARRED | STATE_READ, STATE_READ, &e));
    assert_true(state_set_flags(s, &a, "a.txt", STATE_STARRED, STATE_STARRED, &e));
    met = 0;
    tags_each_starred(s, on_met, starred);
    assert_int_equal(met, 3);
    met = 0;
    tags_each_read(s, 10, on_met, read);
    assert_int_equal(met, 1);
    assert_int_equal(tags_flagged_at(s, &a.digest, STATE_HIDDEN), 0);
    assert_true(state_set_flags(s, &a, "a.txt", STATE_HIDDEN, STATE_HIDDEN, &e));
    assert_true(tags_flagged_at(s, &a.digest, STATE_HIDDEN) > 1000);
    state_close(&s);
}

CHECK(many_marks_are_one_transaction_and_all_or_none)
{
    const char *path = sample_path(sample_folder(), "reading.db");
    struct state *s = marked_open(path), *other = marked_open(path);
    struct state_id a = marked_id("a", "a.txt"), b = marked_id("b", "b.txt");
    struct state_mark mark;
    struct err e = ERR_INIT;

    assert_true(state_hold(s, &e));
    assert_true(state_set_flags(s, &a, "a.txt", STATE_READ, STATE_READ, &e));
    assert_true(tags_set(s, &b, "b.txt", "work", true, &e));
    assert_false(state_get(other, &a, &mark));
    assert_true(state_let(s, &e));
    assert_true(state_get(other, &a, &mark));
    assert_string_equal(tags_of(other, "b"), "work ");
    state_close(&other);
    state_close(&s);
}

CHECK_MAIN(T(names_are_folded_and_bad_ones_refused), T(tags_come_and_go_and_come_back),
           T(the_log_holds_what_was_done_and_no_more), T(an_article_whose_bytes_changed_keeps_its_tags),
           T(queries_are_saved_replaced_and_forgotten), T(stars_are_known_in_their_order_and_hiding_by_its_time),
           T(many_marks_are_one_transaction_and_all_or_none))
