/* SPDX-License-Identifier: ISC */
#include "../check.h"

#include "parse/forest.h"

static const char *const names[] = {"gap", "length"};

static int add(struct forest *f, const char *text, struct err *e)
{
    return forest_add_text(f, "t.txt", text, strlen(text), e);
}

CHECK(trees_are_walked_and_summed)
{
    struct forest *f = forest_new(names, 2);
    struct err e = ERR_INIT;
    float near_short[] = {1, 5}, near_long[] = {1, 50}, far[] = {9, 5};

    assert_true(add(f, "gap <= 2.5\nlength <= 10\n= 1\n= 2\n= -1\n= 0.5\ngap <= 5\n= 0.25\n= 0\n", &e));
    assert_float_equal(forest_score(f, near_short), 1.75, 1e-6);
    assert_float_equal(forest_score(f, near_long), 2.75, 1e-6);
    assert_float_equal(forest_score(f, far), -0.5, 1e-6);
    forest_free(&f);
    assert_null(f);
}

CHECK(an_empty_forest_says_nothing)
{
    struct forest *f = forest_new(names, 2);
    float values[] = {1, 2};

    assert_float_equal(forest_score(f, values), 0, 0);
    forest_free(&f);
}

CHECK(faults_name_file_and_line)
{
    static const char *const bad[] = {"gap < 2\n", "= x\n", "depth <= 1\n= 1\n= 2\n", "= 1 2\n"};
    struct err e = ERR_INIT;
    struct forest *f;
    size_t i;

    for (i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        f = forest_new(names, 2);
        err_clear(&e);
        assert_false(add(f, bad[i], &e));
        assert_string_equal(e.text, "'t.txt', line 1: not a question or an answer");
        forest_free(&f);
    }
    f = forest_new(names, 2);
    err_clear(&e);
    assert_false(add(f, "gap <= 1\n= 2\n", &e));
    assert_string_equal(e.text, "'t.txt', line 2: the last tree is cut short");
    forest_free(&f);
}

/* Nine questions in a row, each asked where the one before was answered with "no", or with "yes". */
CHECK(trees_that_are_too_deep_are_refused)
{
    static const char *const bad[] = {
        "gap <= 1\n= 1\ngap <= 2\n= 1\ngap <= 3\n= 1\ngap <= 4\n= 1\ngap <= 5\n= 1\ngap <= 6\n= 1\n"
        "gap <= 7\n= 1\ngap <= 8\n= 1\ngap <= 9\n= 1\n= 2\n",
        "gap <= 9\ngap <= 8\ngap <= 7\ngap <= 6\ngap <= 5\ngap <= 4\ngap <= 3\ngap <= 2\ngap <= 1\n"
        "= 1\n= 2\n= 3\n= 4\n= 5\n= 6\n= 7\n= 8\n= 9\n= 10\n",
    };
    struct err e = ERR_INIT;
    size_t i;

    for (i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct forest *f = forest_new(names, 2);

        err_clear(&e);
        assert_false(add(f, bad[i], &e));
        assert_non_null(strstr(e.text, "'t.txt', line "));
        forest_free(&f);
    }
}

/* Trees of different depths, more of them than are walked at once. */
CHECK(trees_of_all_depths_are_summed)
{
    struct forest *f = forest_new(names, 2);
    struct err e = ERR_INIT;
    float values[] = {3, 0};

    assert_true(add(f, "= 1\ngap <= 5\n= 2\n= 100\ngap <= 1\n= 100\ngap <= 2\n= 100\ngap <= 3\n= 4\n= 100\n= 8\n"
                       "gap <= 2\n= 100\n= 16\n", &e));
    assert_float_equal(forest_score(f, values), 31, 1e-6);
    assert_float_equal(forest_score_from(f, values, 31), 31, 1e-6);
    forest_free(&f);
}

CHECK_MAIN(T(trees_are_walked_and_summed), T(an_empty_forest_says_nothing), T(faults_name_file_and_line),
           T(trees_that_are_too_deep_are_refused),
           T(trees_of_all_depths_are_summed))
