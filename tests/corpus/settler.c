/* SPDX-License-Identifier: ISC */
#include "world.h"

#include "../store/shim.h"

#include "corpus/own.h"
#include "corpus/settler.h"

/* A settler whose attempts to reach the disk fail. */
struct owing {
    struct state *other; /* open to the end: closing the last connection would bring all to the disk */
    struct notices *notices;
    char *path;
    struct settler *settler;
};

static void owing_make(struct owing *o)
{
    struct err e = ERR_INIT;

    o->other = own_state(NULL, &e);
    assert_non_null(o->other);
    o->notices = notices_new();
    o->path = own_path();
    o->settler = settler_new(o->path, o->notices);
    shim_fail_syncs("reading.db-wal");
    settler_kick(o->settler);
    assert_true(shim_await_failures(1));
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

    owing_make(&o);
    shim_fail_syncs("reading.db-wal"); /* counts from here */
    settler_free(&o.settler);
    assert_true(shim_failed());
    assert_non_null(notices_take(o.notices));
    owing_release(&o);
}

/* Nothing else is written, and nothing ends. */
CHECK(what_could_not_be_brought_to_the_disk_is_tried_again_meanwhile)
{
    struct owing o;

    owing_make(&o);
    assert_true(shim_await_failures(2));
    settler_free(&o.settler);
    owing_release(&o);
}

int main(void)
{
    const struct CMUnitTest tests[] = {W(what_could_not_be_brought_to_the_disk_is_tried_again_at_the_end),
                                       W(what_could_not_be_brought_to_the_disk_is_tried_again_meanwhile)};

    return cmocka_run_group_tests_name(__FILE__, tests, shim_register, NULL);
}
