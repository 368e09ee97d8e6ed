/* SPDX-License-Identifier: ISC */
#include "../check.h"

#include "ui/undo.h"

CHECK(takes_back_a_step_at_a_time)
{
    struct undo u = {.count = 0};
    struct undo_change c;
    long step = 0;

    undo_begin(&u);
    undo_note(&u, 1, UNDO_READ, false);
    undo_begin(&u);
    undo_note(&u, 2, UNDO_READ, true);
    undo_note(&u, 3, UNDO_STAR, false);
    assert_true(undo_take(&u, &step, &c));
    assert_int_equal(c.id, 3);
    assert_int_equal(c.kind, UNDO_STAR);
    assert_true(undo_take(&u, &step, &c));
    assert_int_equal(c.id, 2);
    assert_true(c.before);
    assert_false(undo_take(&u, &step, &c));
    step = 0;
    assert_true(undo_take(&u, &step, &c));
    assert_int_equal(c.id, 1);
    step = 0;
    assert_false(undo_take(&u, &step, &c));
    undo_release(&u);
}

CHECK(forgets_the_oldest_first)
{
    struct undo u = {.count = 0};
    struct undo_change c;
    long step, taken = 0;

    for (int i = 0; i < UNDO_MOST + 10; i++) {
        undo_begin(&u);
        undo_note(&u, i, UNDO_READ, false);
    }
    for (step = 0; undo_take(&u, &step, &c); step = 0)
        taken++;
    assert_in_range(taken, UNDO_MOST / 2, UNDO_MOST);
    assert_true(c.id > 10);
    undo_release(&u);
}

/* What was done to as many articles as can be picked is taken back whole, whatever was done before it. */
CHECK(the_largest_step_is_taken_back_whole)
{
    struct undo u = {.count = 0};
    struct undo_change c;
    long step = 0, taken = 0;

    for (int i = 0; i < 10; i++) {
        undo_begin(&u);
        undo_note(&u, i, UNDO_STAR, false);
    }
    undo_begin(&u);
    for (int i = 0; i < UNDO_MOST; i++)
        undo_note(&u, 1000 + i, UNDO_READ, false);
    while (undo_take(&u, &step, &c))
        taken++;
    assert_int_equal(taken, UNDO_MOST);
    assert_int_equal(c.id, 1000);
    undo_release(&u);
}

CHECK(names_outlive_the_changes_that_share_them)
{
    struct undo u = {.count = 0};
    struct undo_change tag, author;
    char name[] = "later";
    long step = 0;

    undo_begin(&u);
    undo_note_author(&u, 1, name, true);
    undo_note_comment(&u, 2, 7, UNDO_COMMENT_HIDE, false);
    undo_note_tag(&u, 3, name, false);
    memset(name, 'x', strlen(name));
    assert_true(undo_take(&u, &step, &tag));
    assert_string_equal(tag.tag, "later");
    assert_true(undo_take(&u, &step, &author));
    assert_int_equal(author.comment, 7);
    assert_true(undo_take(&u, &step, &author));
    assert_int_equal(author.kind, UNDO_AUTHOR);
    assert_string_equal(author.tag, "later");
    assert_true(author.before);
    undo_release(&u);
}

CHECK_MAIN(T(takes_back_a_step_at_a_time), T(forgets_the_oldest_first), T(the_largest_step_is_taken_back_whole),
           T(names_outlive_the_changes_that_share_them))
