/* SPDX-License-Identifier: ISC */
#include "../check.h"

#include "layout/thread.h"
#include "made.h"

static void expect(const int *parents, int count, const char *out)
{
    struct made m;
    struct thread t;
    struct buf b;
    int i;

    made_init(&m);
    buf_init(&b);
    for (i = 0; i < count; i++)
        made_comment(&m, parents[i], false, "x", "y");
    thread_init(&t, &m.article, THREAD_AS_GIVEN);
    assert_int_equal(t.count, count);
    for (i = 0; i < t.count; i++) {
        const struct thread_entry *e = &t.entries[i];

        buf_add_fmt(&b, "%s%d:%d-%d", i ? " " : "", e->id, e->depth, e->end);
        assert_int_equal(thread_find(&t, e->id), i);
        assert_true(e->parent < i);
    }
    assert_string_equal(b.data, out);
    assert_int_equal(thread_find(&t, 0), -1);
    assert_int_equal(thread_find(&t, count + 1), -1);
    thread_release(&t);
    buf_release(&b);
    made_release(&m);
}

CHECK(orders_answers_below_what_they_answer)
{
    expect((int[]){0, 0, 1, 3, 1, 2}, 6, "1:0-4 3:1-3 4:2-3 5:1-4 2:0-6 6:1-6");
    expect((int[]){0, 1, 2, 2, 1, 0, 6}, 7, "1:0-5 2:1-4 3:2-3 4:2-4 5:1-5 6:0-7 7:1-7");
    expect((int[]){0, 1, 0, 1}, 4, "1:0-3 2:1-2 4:1-3 3:0-4");
    expect((int[]){0}, 1, "1:0-1");
    expect(NULL, 0, "");
}

CHECK(takes_children_before_their_parents)
{
    expect((int[]){3, 1, 0}, 3, "3:0-3 1:1-3 2:2-3");
}

CHECK(cuts_circles_and_strays)
{
    expect((int[]){2, 1}, 2, "1:0-2 2:1-2");
    expect((int[]){1, 99, -4}, 3, "1:0-1 2:0-2 3:0-3");
    expect((int[]){2, 3, 1, 1}, 4, "1:0-4 3:1-3 2:2-3 4:1-4");
}

static void expect_order(enum thread_order order, const char *out)
{
    static const char *times[] = {"2020-01-02", NULL, "2020-01-01T10:00", "2020-01-01T09:00",
                                  "2020-01-01T09:00"};
    static const long scores[] = {3, 7, -1, 7, 0};
    struct made m;
    struct thread t;
    struct buf b;
    int i;

    made_init(&m);
    buf_init(&b);
    for (i = 0; i < 5; i++) {
        struct article_comment *c = made_comment(&m, i == 3 ? 1 : 0, false, "x", "y");

        c->published = times[i];
        c->has_score = i != 4;
        c->score = scores[i];
    }
    thread_init(&t, &m.article, order);
    for (i = 0; i < t.count; i++)
        buf_add_fmt(&b, "%s%d", i ? " " : "", t.entries[i].id);
    assert_string_equal(b.data, out);
    thread_release(&t);
    buf_release(&b);
    made_release(&m);
}

CHECK(sorts_siblings)
{
    expect_order(THREAD_AS_GIVEN, "1 4 2 3 5");
    expect_order(THREAD_BY_TIME, "5 3 1 4 2");
    expect_order(THREAD_BY_SCORE, "2 1 4 3 5");
}

CHECK(goes_to_siblings)
{
    static const int parents[] = {0, 1, 2, 1, 0, 5};
    struct made m;
    struct thread t;
    int i;

    made_init(&m);
    for (i = 0; i < 6; i++)
        made_comment(&m, parents[i], false, "x", "y");
    thread_init(&t, &m.article, THREAD_AS_GIVEN);
    assert_int_equal(thread_sibling(&t, 1, 1), 3);
    assert_int_equal(thread_sibling(&t, 3, -1), 1);
    assert_int_equal(thread_sibling(&t, 3, 1), -1);
    assert_int_equal(thread_sibling(&t, 1, -1), -1);
    assert_int_equal(thread_sibling(&t, 0, 1), 4);
    assert_int_equal(thread_sibling(&t, 4, -1), 0);
    assert_int_equal(thread_sibling(&t, 0, -1), -1);
    assert_int_equal(thread_sibling(&t, 5, 1), -1);
    thread_release(&t);
    made_release(&m);
}

CHECK(walks_deep_threads_without_recursion)
{
    const int count = 50000;
    struct made m;
    struct thread t;
    int i;

    made_init(&m);
    for (i = 0; i < count; i++)
        made_comment(&m, i, false, "x", "y");
    thread_init(&t, &m.article, THREAD_AS_GIVEN);
    assert_int_equal(t.entries[count - 1].depth, count - 1);
    assert_int_equal(t.entries[0].end, count);
    thread_release(&t);
    made_release(&m);
}

CHECK_MAIN(T(orders_answers_below_what_they_answer), T(takes_children_before_their_parents),
           T(cuts_circles_and_strays), T(sorts_siblings), T(goes_to_siblings),
           T(walks_deep_threads_without_recursion))
