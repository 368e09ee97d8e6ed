/* SPDX-License-Identifier: ISC */
#include "../check.h"

#include <ctype.h>

#include "ui/keymap.h"

static enum keymap_answer find(const struct keymap *m, enum action_context c, const char *keys, enum action *a)
{
    struct key_sequence s;

    assert_true(key_parse(keys, &s));
    return keymap_find(m, c, &s, a, NULL);
}

CHECK(every_default_key_is_read_and_means_its_action)
{
    struct keymap *m = keymap_new();

    for (int a = 0; a < action_count(); a++) {
        const struct action_info *info = action_info((enum action)a);

        assert_non_null(info->keys[0]);
        for (int k = 0; k < ACTION_KEYS && info->keys[k]; k++)
            for (int c = 0; c < CONTEXT_COUNT; c++) {
                enum action got = ACTION_NONE;

                if (!(info->contexts & (1u << c)))
                    continue;
                if (find(m, (enum action_context)c, info->keys[k], &got) != KEYMAP_ACTION || got != (enum action)a)
                    fail_msg("%s in %s is not %s", info->keys[k], action_context_name((enum action_context)c),
                             info->name);
            }
    }
    keymap_free(&m);
}

CHECK(no_default_key_is_the_beginning_of_another)
{
    struct keymap *m = keymap_new();

    for (int c = 0; c < CONTEXT_COUNT; c++)
        for (int a = 0; a < action_count(); a++) {
            struct key_sequence keys;
            enum action got;

            for (int n = 0; keymap_key(m, (enum action_context)c, (enum action)a, n, &keys, NULL); n++)
                while (--keys.count > 0)
                    assert_int_equal(keymap_find(m, (enum action_context)c, &keys, &got, NULL), KEYMAP_MORE);
        }
    keymap_free(&m);
}

CHECK(names_are_single_and_help_is_one_line)
{
    for (int a = 0; a < action_count(); a++) {
        const struct action_info *info = action_info((enum action)a);
        enum action found;

        assert_true(action_find(info->name, &found));
        assert_int_equal(found, a);
        assert_true(info->contexts != 0);
        assert_true(strlen(info->help) > 0 && strlen(info->help) <= ACTION_HELP_COLUMNS);
        assert_true(info->help[strlen(info->help) - 1] != '.');
        assert_false(isupper((unsigned char)info->help[0]));
    }
}

CHECK(a_sequence_wants_more)
{
    struct keymap *m = keymap_new();
    enum action a;

    assert_int_equal(find(m, CONTEXT_READER, "z", &a), KEYMAP_MORE);
    assert_int_equal(find(m, CONTEXT_READER, "zo", &a), KEYMAP_ACTION);
    assert_int_equal(a, ACTION_fold_open);
    assert_int_equal(find(m, CONTEXT_READER, "zq", &a), KEYMAP_NONE);
    keymap_free(&m);
}

CHECK(binding_takes_the_place_of_what_it_shadows)
{
    struct keymap *m = keymap_new();
    struct key_sequence s;
    enum action a;
    bool changed = false;

    assert_true(keymap_bind(m, CONTEXT_READER, "z", ACTION_quit, NULL));
    assert_int_equal(find(m, CONTEXT_READER, "z", &a), KEYMAP_ACTION);
    assert_int_equal(a, ACTION_quit);
    assert_false(keymap_key(m, CONTEXT_READER, ACTION_fold_open, 0, &s, NULL));
    assert_true(keymap_key(m, CONTEXT_READER, ACTION_quit, 1, &s, &changed));
    assert_true(changed);
    assert_true(keymap_bind(m, CONTEXT_READER, "z", ACTION_NONE, NULL));
    assert_int_equal(find(m, CONTEXT_READER, "z", &a), KEYMAP_NONE);
    keymap_free(&m);
}

CHECK(refuses_bindings_that_could_not_work)
{
    struct keymap *m = keymap_new();
    struct err e = ERR_INIT;

    assert_false(keymap_bind(m, CONTEXT_LIST, "toolongsequence", ACTION_quit, &e));
    assert_string_equal(e.text, "'toolongsequence' is no key");
    err_clear(&e);
    assert_false(keymap_bind(m, CONTEXT_LIST, "x", ACTION_prompt_accept, &e));
    assert_string_equal(e.text, "'prompt-accept' does not work in 'list'");
    err_clear(&e);
    assert_false(keymap_bind(m, CONTEXT_PROMPT, "Esc", ACTION_NONE, &e));
    assert_int_equal(e.status, ERR_USAGE);
    keymap_free(&m);
}

CHECK(macros_stand_beside_actions)
{
    struct keymap *m = keymap_new();
    struct key_sequence keys;
    enum action a = ACTION_NONE;
    struct err e = ERR_INIT, refused = ERR_INIT;
    int macro = -1;

    assert_true(keymap_bind_macro(m, CONTEXT_LIST, ",s", 3, &e));
    assert_true(key_parse(",s", &keys));
    assert_int_equal(keymap_find(m, CONTEXT_LIST, &keys, &a, &macro), KEYMAP_MACRO);
    assert_int_equal(macro, 3);
    assert_true(keymap_macro_key(m, CONTEXT_LIST, 0, &keys, &macro));
    assert_false(keymap_macro_key(m, CONTEXT_LIST, 1, &keys, &macro));
    assert_false(keymap_macro_key(m, CONTEXT_READER, 0, &keys, &macro));
    /* What is bound over it takes its place. */
    assert_true(keymap_bind(m, CONTEXT_LIST, ",", ACTION_star, &e));
    assert_false(keymap_macro_key(m, CONTEXT_LIST, 0, &keys, &macro));
    assert_false(keymap_bind_macro(m, CONTEXT_PROMPT, "Esc", 3, &refused));
    keymap_free(&m);
}

CHECK_MAIN(T(macros_stand_beside_actions),
           T(every_default_key_is_read_and_means_its_action), T(no_default_key_is_the_beginning_of_another),
           T(names_are_single_and_help_is_one_line),
           T(a_sequence_wants_more), T(binding_takes_the_place_of_what_it_shadows),
           T(refuses_bindings_that_could_not_work))
