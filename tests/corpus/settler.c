/* SPDX-License-Identifier: ISC */
#include "world.h"

#include "../store/shim.h"

#include "corpus/own.h"
#include "corpus/settler.h"

#include <sched.h>

#include <sqlite3.h>

/* The other connection is open to the end: closing the last one would bring all to the disk. */
CHECK(what_could_not_be_brought_to_the_disk_is_tried_again_at_the_end)
{
    struct err e = ERR_INIT;
    struct state *other = own_state(NULL, &e);
    struct notices *notices = notices_new();
    char *path = own_path();
    struct settler *s = settler_new(path, notices);

    assert_non_null(other);
    shim_fail(SHIM_SYNC, 1, SQLITE_IOERR_FSYNC, false);
    settler_kick(s);
    while (!shim_failed())
        sched_yield();
    shim_fail(SHIM_SYNC, 1, SQLITE_IOERR_FSYNC, false);
    settler_free(&s);
    assert_true(shim_failed());
    assert_non_null(notices_take(notices));
    shim_heal();
    notices_free(&notices);
    state_close(&other);
    free(path);
}

/* Nothing else is written, and nothing ends. */
CHECK(what_could_not_be_brought_to_the_disk_is_tried_again_meanwhile)
{
    struct err e = ERR_INIT;
    struct state *other = own_state(NULL, &e);
    struct notices *notices = notices_new();
    char *path = own_path();
    struct settler *s = settler_new(path, notices);

    assert_non_null(other);
    shim_fail(SHIM_SYNC, 1, SQLITE_IOERR_FSYNC, true);
    settler_kick(s);
    while (!shim_failed())
        sched_yield();
    shim_fail(SHIM_SYNC, 1, SQLITE_IOERR_FSYNC, true);
    while (!shim_failed())
        sched_yield();
    settler_free(&s);
    shim_heal();
    notices_free(&notices);
    state_close(&other);
    free(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {W(what_could_not_be_brought_to_the_disk_is_tried_again_at_the_end),
                                       W(what_could_not_be_brought_to_the_disk_is_tried_again_meanwhile)};

    return cmocka_run_group_tests_name(__FILE__, tests, shim_register, NULL);
}
