/* SPDX-License-Identifier: ISC */
/*
 * How long things take and how long one waits, by a clock that nobody sets.
 * Knows: pthread. Owns: nothing. Fails: never.
 */
#ifndef BASE_MOMENT_H
#define BASE_MOMENT_H

#include <pthread.h>
#include <stdint.h>
#include <time.h>

/* Milliseconds since some moment that stays the same while the program runs. */
int64_t moment_ms(void);
int64_t moment_us(void); /* microseconds */

/* So many milliseconds from now, for pthread_cond_timedwait of a condition that moment_init_cond made. */
struct timespec moment_after(int ms);
void moment_init_cond(pthread_cond_t *cond);

#endif
