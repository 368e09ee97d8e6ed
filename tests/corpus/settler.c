/* SPDX-License-Identifier: ISC */
#include "world.h"

#include "../store/shim.h"

#include "corpus/own.h"
#include "corpus/settler.h"

#include <sched.h>

#include <sqlite3.h>

/* A settler whose first attempt to reach the disk fails. */
struct owing {
    struct state *other; /* open to the end: closing the last connection would bring all to the disk */
    struct notices *notices;
    char *path;
    struct settler *settler;
};

static void await_failure(void)
{
    while (!shim_failed())
        sched_yield();
}

static void owing_make(struct owing *o, bool once)
{
    struct err e = ERR_INIT;

    o->other = own_state(NULL, &e);
    assert_non_null(o->other);
    o->notices = notices_new();
    o->path = own_path();
    o->settler = settler_new(o->path, o->notices);
    shim_fail(SHIM_SYNC, 1, SQLITE_IOERR_FSYNC, once);
    settler_kick(o->settler);
    await_failure();
    shim_fail(SHIM_SYNC, 1, SQLITE_IOERR_FSYNC, once);
}

static void owing_release(struct owing *o)
{
    shim_heal();
    notices_free(&o->notices);
    state_close(&o->other);
    free(o->path);
}

CHECK(what_could_not_be_brought_to_the_disk_is_tried_again_at_the_end)
{
    struct owing o;

    owing_make(&o, false);
    settler_free(&o.settler);
    assert_true(shim_failed());
    assert_non_null(notices_take(o.notices));
    owing_release(&o);
}

/* Nothing else is written, and nothing ends. */
CHECK(what_could_not_be_brought_to_the_disk_is_tried_again_meanwhile)
{
    struct owing o;

    owing_make(&o, true);
    await_failure();
    settler_free(&o.settler);
    owing_release(&o);
}

int main(void)
{
    const struct CMUnitTest tests[] = {W(what_could_not_be_brought_to_the_disk_is_tried_again_at_the_end),
                                       W(what_could_not_be_brought_to_the_disk_is_tried_again_meanwhile)};

    return cmocka_run_group_tests_name(__FILE__, tests, shim_register, NULL);
}
