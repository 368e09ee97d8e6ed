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

CHECK_MAIN(T(trees_are_walked_and_summed), T(an_empty_forest_says_nothing), T(faults_name_file_and_line))
