/* SPDX-License-Identifier: ISC */
#include "../check.h"

#include "ui/prompt.h"

static void type(struct prompt *p, const char *text)
{
    prompt_insert(p, text, strlen(text));
}

CHECK(edits_whole_clusters)
{
    struct prompt p;

    prompt_init(&p);
    prompt_start(&p, PROMPT_FIND);
    type(&p, "ae\xcc\x81漢");
    prompt_move(&p, -1);
    assert_int_equal(p.cursor, 4);
    assert_true(prompt_rubout(&p));
    assert_string_equal(p.text.data, "a漢");
    assert_true(prompt_delete(&p));
    assert_string_equal(p.text.data, "a");
    assert_false(prompt_delete(&p));
    prompt_move(&p, -2);
    assert_false(prompt_rubout(&p));
    prompt_release(&p);
}

CHECK(goes_behind_marks_that_come_to_stand_on_what_is_typed)
{
    struct prompt p;

    prompt_init(&p);
    prompt_start(&p, PROMPT_FIND);
    type(&p, "\xcc\x81" "b");
    prompt_move(&p, -2);
    type(&p, "ae");
    assert_int_equal(p.cursor, 4);
    type(&p, " ");
    assert_string_equal(p.text.data, "ae\xcc\x81 b");
    prompt_release(&p);
}

CHECK(takes_no_controls_and_no_overrides)
{
    struct prompt p;

    prompt_init(&p);
    prompt_start(&p, PROMPT_SEARCH);
    type(&p, "a\033[31m\tb\x7f\xe2\x80\xae" "c\xff\xc2\x9b" "e\xcc\x81");
    assert_string_equal(p.text.data, "a[31m bce\xcc\x81");
    prompt_release(&p);
}

CHECK(rubs_out_words_and_ends)
{
    struct prompt p;

    prompt_init(&p);
    prompt_start(&p, PROMPT_FIND);
    type(&p, "one two  ");
    assert_true(prompt_rubout_word(&p));
    assert_string_equal(p.text.data, "one ");
    prompt_move(&p, -1);
    prompt_move(&p, -1);
    assert_true(prompt_delete_rest(&p));
    assert_string_equal(p.text.data, "on");
    assert_true(prompt_rubout_all(&p));
    assert_string_equal(p.text.data, "");
    prompt_release(&p);
}

CHECK(recalls_what_was_typed)
{
    struct prompt p;

    prompt_init(&p);
    for (int i = 0; i < PROMPT_HISTORY + 5; i++) {
        char line[32];

        snprintf(line, sizeof line, "line %d", i);
        prompt_start(&p, i % 2 ? PROMPT_FIND : PROMPT_FIND_BACK); /* they share it */
        type(&p, line);
        prompt_end(&p, true);
    }
    prompt_start(&p, PROMPT_FIND);
    type(&p, "new");
    assert_true(prompt_recall(&p, 1));
    assert_string_equal(p.text.data, "line 54");
    for (int i = 1; i < PROMPT_HISTORY; i++)
        assert_true(prompt_recall(&p, 1));
    assert_string_equal(p.text.data, "line 5");
    assert_false(prompt_recall(&p, 1));
    for (int i = 0; i < PROMPT_HISTORY; i++)
        assert_true(prompt_recall(&p, -1));
    assert_string_equal(p.text.data, "new");
    assert_false(prompt_recall(&p, -1));
    prompt_start(&p, PROMPT_SEARCH);
    assert_false(prompt_recall(&p, 1));
    prompt_release(&p);
}

CHECK_MAIN(T(edits_whole_clusters), T(goes_behind_marks_that_come_to_stand_on_what_is_typed),
           T(takes_no_controls_and_no_overrides), T(rubs_out_words_and_ends), T(recalls_what_was_typed))
