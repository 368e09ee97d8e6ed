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
    thread_init(&t, &m.article);
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

CHECK(walks_deep_threads_without_recursion)
{
    const int count = 50000;
    struct made m;
    struct thread t;
    int i;

    made_init(&m);
    for (i = 0; i < count; i++)
        made_comment(&m, i, false, "x", "y");
    thread_init(&t, &m.article);
    assert_int_equal(t.entries[count - 1].depth, count - 1);
    assert_int_equal(t.entries[0].end, count);
    thread_release(&t);
    made_release(&m);
}

CHECK_MAIN(T(orders_answers_below_what_they_answer), T(takes_children_before_their_parents),
           T(cuts_circles_and_strays), T(walks_deep_threads_without_recursion))
