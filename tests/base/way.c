/* SPDX-License-Identifier: ISC */
#include "../check.h"

#include "base/way.h"

#include <pthread.h>
#include <sys/resource.h>

static int yields;

/* The linker puts this in the place of the program's own calls. */
int __wrap_sched_yield(void);

int __wrap_sched_yield(void)
{
    yields++;
    return 0;
}

static int niceness(void)
{
    return getpriority(PRIO_PROCESS, 0); /* on Linux of this thread */
}

static void *note_niceness(void *to)
{
    *(int *)to = niceness();
    return NULL;
}

static int niceness_of_new_thread(void)
{
    pthread_t thread;
    int nice = -100;

    assert_int_equal(pthread_create(&thread, NULL, note_niceness, &nice), 0);
    assert_int_equal(pthread_join(thread, NULL), 0);
    return nice;
}

struct seen {
    int before, given, more, started; /* how nice a thread is */
    int yields_before, yields;
};

static void *give(void *to)
{
    struct seen *seen = to;

    way_let();
    way_give_more();
    seen->yields_before = yields;
    seen->before = niceness();
    way_give();
    seen->given = niceness();
    way_let();
    way_let();
    seen->yields = yields;
    way_give_more();
    seen->more = niceness();
    seen->started = niceness_of_new_thread();
    return NULL;
}

CHECK(a_thread_and_those_that_it_starts_come_after_the_others)
{
    struct seen seen = {.before = -100};
    int nice = niceness();
    pthread_t thread;

    if (nice > 9)
        skip(); /* it may be near to the lowest already */
    assert_int_equal(pthread_create(&thread, NULL, give, &seen), 0);
    assert_int_equal(pthread_join(thread, NULL), 0);
    assert_int_equal(seen.before, nice);
    assert_int_equal(seen.yields_before, 0);
#ifdef __linux__
    assert_true(seen.given > nice);
    assert_true(seen.more > seen.given);
    assert_int_equal(seen.started, seen.more);
    assert_int_equal(niceness(), nice);
    assert_int_equal(niceness_of_new_thread(), nice);
#endif
    assert_in_range(seen.yields, 1, 2); /* two where half a millisecond passed between */
}

CHECK_MAIN(T(a_thread_and_those_that_it_starts_come_after_the_others))
