/* SPDX-License-Identifier: ISC */
/*
 * The posts of a flat dump, in any order, gathered into threads.
 * Knows: source/job, source/replies; a temporary file without a name. Owns: that file and an index of it,
 * until spill_release.
 * Fails: with a fault of the unit where the temporary file cannot be written.
 * Memory: 24 bytes a post for the index, 60 while threads are given, and the posts of one thread; all words
 * are in the file.
 */
#ifndef SOURCE_SPILL_H
#define SOURCE_SPILL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "source/job.h"

/* A story, submission, question or message, or an answer to one. Strings are UTF-8; NULL where unknown. */
struct spill_post {
    const char *id, *parent; /* as the dump writes them, made unlike across kinds; parent NULL: opens a thread */
    const char *name;        /* what the thread is called in locators; NULL: its id */
    const char *title, *author, *published, *text;
    const char *site, *url; /* of the thread; of a comment only to stand in where the opening is missing */
    long score;
    bool has_score, removed;
};

struct spill_entry;

struct spill {
    FILE *file;
    struct spill_entry *entries;
    size_t count, cap;
    uint64_t written;
    bool nearest; /* a parent that is missing is passed over, not shown as "[missing]" */
    struct err fault;
};

void spill_init(struct spill *s);
void spill_release(struct spill *s);

/* Adds a post; its strings are copied. */
void spill_add(struct spill *s, const struct spill_post *post);

/* Says that the post called id answers the one called parent, without adding it: what other posts say of
 * it. Counts only where it is not added. */
void spill_link(struct spill *s, const char *id, const char *parent);

/* Gives one record a thread, in the order in which the threads began. */
void spill_give(struct spill *s, struct job *j);

/* A post's name: the prefix, which tells kinds of posts with numbers of their own apart, and its number, in the arena;
 * NULL where that is NULL. */
const char *spill_name(const char *prefix, const char *id, struct arena *arena);

#endif
