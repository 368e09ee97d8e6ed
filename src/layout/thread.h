/* SPDX-License-Identifier: ISC */
/*
 * A thread as a tree: in which order its comments are read, and how deep each stands.
 * Knows: doc/article. Owns: its arrays. Fails: never: a comment whose parents run in a circle, or whose
 * parent is not there, answers the article.
 */
#ifndef LAYOUT_THREAD_H
#define LAYOUT_THREAD_H

#include <stdbool.h>
#include <stddef.h>

#include "doc/article.h"

/* One comment in reading order. */
struct thread_entry {
    int id;     /* its comment */
    int parent; /* position of the entry it answers, -1 for none */
    int depth;  /* 0 for those that answer the article */
    int end;    /* position just past its last descendant: end - 1 - its own position is how many it has */
};

/* In which order the answers to one comment stand. */
enum thread_order {
    THREAD_AS_GIVEN, /* as the page has them */
    THREAD_BY_TIME,  /* oldest first, those without a time last */
    THREAD_BY_SCORE, /* highest first, those without a score last */
};

struct thread {
    struct thread_entry *entries;
    int count;
    int *positions; /* of comment id, at positions[id - 1]; NULL where the page has them in this order: id - 1 */
};

/* Orders the comments of a: each before what answers it, siblings in the order wanted (equals as the page has
 * them). In linear time, or in that of sorting. */
void thread_init(struct thread *t, const struct article *a, enum thread_order order);
void thread_release(struct thread *t);

/* The position of comment id, -1 where there is none. */
int thread_find(const struct thread *t, int id);

/* From the comment at position: the next (direction 1) or previous (-1) one with the same parent, -1 where there is
 * none. */
int thread_sibling(const struct thread *t, int position, int direction);

#endif
