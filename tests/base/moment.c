/* SPDX-License-Identifier: ISC */
#include "../check.h"

#include "base/moment.h"

#include <errno.h>

CHECK(a_wait_lasts_as_long_as_it_should)
{
    pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    pthread_cond_t turn;
    int64_t began = moment_ms(), took;
    struct timespec until = moment_after(20);
    int rc = 0;

    moment_init_cond(&turn);
    pthread_mutex_lock(&lock);
    while (rc == 0)
        rc = pthread_cond_timedwait(&turn, &lock, &until);
    pthread_mutex_unlock(&lock);
    pthread_cond_destroy(&turn);
    took = moment_ms() - began;
    assert_int_equal(rc, ETIMEDOUT);
    assert_true(took >= 19 && took < 10000);
}

CHECK(moments_are_carried_over_the_second)
{
    for (int ms = 0; ms < 5000; ms += 7) {
        struct timespec before = moment_after(0), after = moment_after(ms);
        int64_t apart = (int64_t)(after.tv_sec - before.tv_sec) * 1000 + (after.tv_nsec - before.tv_nsec) / 1000000;

        assert_true(after.tv_nsec >= 0 && after.tv_nsec < 1000000000);
        assert_true(apart >= ms && apart < ms + 10000);
    }
}

CHECK_MAIN(T(a_wait_lasts_as_long_as_it_should), T(moments_are_carried_over_the_second))
