/* SPDX-License-Identifier: ISC */
/*
 * What the benchmark measures against: the least that any program can do with the same libraries.
 * Knows: sqlite3. Owns: nothing. Fails: with false, having said why on standard error.
 */
#ifndef TESTS_BENCH_REFERENCE_H
#define TESTS_BENCH_REFERENCE_H

#include <stdbool.h>
#include <stddef.h>

/* Loads the text files below folder (as generate makes them) into a new database: a table with title and text,
 * and a contentless FTS5 index of both. One transaction without journal and without a wait for the disk, a hash
 * of 128 MB, nothing parsed, nothing compressed. */
bool reference_load(const char *folder, const char *database);

/* Milliseconds (the median of some turns) that FTS5 alone takes for the 50 newest or the 50 best of what matches;
 * negative where it fails. */
double reference_query(const char *database, const char *match, bool best);

/* Milliseconds from exec to the last byte of the first screen that a program paints on a terminal of 80x24, the
 * median of some turns; memory gets its peak in MB. Negative where it cannot be started. */
double reference_paint(char *const argv[], double *memory);

#endif
