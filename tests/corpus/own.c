/* SPDX-License-Identifier: ISC */
#include "world.h"

#include "corpus/own.h"

#include <sys/stat.h>
#include <unistd.h>

CHECK(who_only_asks_makes_none)
{
    struct err e = ERR_INIT;
    char *path = own_path();
    bool none = false;

    assert_string_equal(path, world_path(".local/share/cuttings/reading.db"));
    assert_null(own_state(&none, &e));
    assert_true(none);
    assert_int_equal(e.status, ERR_NONE);
    assert_int_equal(access(world_path(".local"), F_OK), -1);
    free(path);
}

CHECK(who_writes_makes_one_and_its_folder)
{
    struct err e = ERR_INIT;
    struct state *s = own_state(NULL, &e);
    bool none = true;
    int64_t name;

    assert_non_null(s);
    name = state_name(s);
    state_close(&s);
    s = own_state(&none, &e);
    assert_non_null(s);
    assert_false(none);
    assert_true(state_name(s) == name);
    state_close(&s);
}

CHECK(one_that_cannot_be_opened_is_a_fault_and_not_absent)
{
    struct err e = ERR_INIT;
    bool none = true;

    assert_int_equal(mkdir(world_path(".local"), 0755), 0);
    assert_int_equal(mkdir(world_path(".local/share"), 0755), 0);
    assert_int_equal(mkdir(world_path(".local/share/cuttings"), 0755), 0);
    assert_int_equal(mkdir(world_path(".local/share/cuttings/reading.db"), 0755), 0);
    assert_null(own_state(&none, &e));
    assert_false(none);
    assert_int_equal(e.status, ERR_IO);
    assert_non_null(strstr(e.text, "reading.db"));
}

CHECK_MAIN(W(who_only_asks_makes_none), W(who_writes_makes_one_and_its_folder),
           W(one_that_cannot_be_opened_is_a_fault_and_not_absent))
