/* SPDX-License-Identifier: ISC */
#include "base/way.h"

#include "base/moment.h"

#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <unistd.h>

enum { STEP = 5, PIECE_US = 500 };

static atomic_bool given;

static bool is_given(void)
{
    return atomic_load_explicit(&given, memory_order_relaxed);
}

static void step_down(void)
{
#ifdef __linux__
    int now = nice(STEP);

    (void)now; /* at the lowest already, it stays there */
#endif
}

void way_give(void)
{
    step_down();
    atomic_store_explicit(&given, true, memory_order_relaxed);
}

void way_give_more(void)
{
    if (is_given())
        step_down();
}

void way_let(void)
{
    static _Thread_local int64_t since;
    int64_t now;

    if (!is_given())
        return;
    now = moment_us();
    if (now - since < PIECE_US)
        return;
    sched_yield();
    since = now;
}
