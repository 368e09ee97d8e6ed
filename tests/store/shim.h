/* SPDX-License-Identifier: ISC */
/*
 * A disk that fails when it is told to: in SQLite's place for the operating system. And what a power cut leaves of it.
 * Knows: SQLite's VFS interface. Owns: what it remembers of files. Any thread may use files through it.
 */
#ifndef TESTS_STORE_SHIM_H
#define TESTS_STORE_SHIM_H

#include <stdbool.h>

/* What is counted, and fails. */
enum shim_op {
    SHIM_WRITE = 1 << 0, /* and truncating */
    SHIM_SYNC = 1 << 1,
    SHIM_OPEN = 1 << 2,
    SHIM_READ = 1 << 3,
};

/* Puts the shim in place for all files opened from now on; 0. For cmocka's group set-up. */
int shim_register(void **state);

/* The nth of these operations from now on fails with SQLite's code (a sync always with its own): that one alone, or all
 * from there on as on a full disk. nth 0: the disk is well. */
void shim_fail(unsigned ops, long nth, int code, bool once);

/* From now on each sync of a file of this name fails, and nothing else does. `name` is borrowed until shim_heal. */
void shim_fail_syncs(const char *name);

/* Whether anything has failed since shim_fail or shim_fail_syncs. */
bool shim_failed(void);

/* Waits until `count` operations have failed since then; false where they have not after half a minute. */
bool shim_await_failures(long count);

/* From now on remembers, of each file that is opened, what is on the disk for certain (what stood there before its last
 * sync) and what was written since. The nth write or sync is the last moment: it and all after it fail. */
void shim_cut_at(long nth);

/* Whether the moment came. Writes into folder `to` what may be found there afterwards: of what was written since the
 * last sync of its file nothing (seed 0), all (1), or some, some of it in part. Forgets everything. */
bool shim_cut(const char *to, unsigned seed);

/* After shim_cut_at, waits until all that was written up to now to the file of this name is on the disk; false where it
 * is not after some seconds: the disk may be busy. */
bool shim_await_sync(const char *name);

/* Forgets everything; the disk is well. */
void shim_heal(void);

#endif
