/* SPDX-License-Identifier: ISC */
/*
 * A world for one test: an empty home in the environment, and the folder of a corpus in it.
 * Knows: the file system. Owns: its folder, until world_tear_down.
 */
#ifndef TESTS_CORPUS_WORLD_H
#define TESTS_CORPUS_WORLD_H

#include "../check.h"

#include <stdbool.h>

int world_set_up(void **state);
int world_tear_down(void **state);

/* A test in such a world, as T is one without. */
#define W(name) cmocka_unit_test_setup_teardown(name, world_set_up, world_tear_down)

/* The corpus' folder, and a path inside the home; valid for the next eight calls. */
const char *world_corpus(void);
const char *world_path(const char *name);

/* Writes a file of the corpus; overwrites the first bytes of one in the home. */
void world_put(const char *name, const char *text);
void world_damage(const char *name, long from, const char *bytes, size_t len);

/* The one path in the home that matches the pattern; fails where there is none. */
const char *world_find(const char *pattern);

/* Reads one byte, or fails after half a minute without one; false at the end. */
bool world_wait(int fd);

/* Removes a folder in the home with all that is in it. */
void world_remove(const char *name);

#endif
