/* SPDX-License-Identifier: ISC */
#include "layout/thread.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

/* The tree while it is made: lists by comment number, 0 being the article. */
struct tree {
    int *first, *last, *next; /* children in page order */
    int *parent;
};

static void link_child(struct tree *t, int parent, int child)
{
    if (t->last[parent])
        t->next[t->last[parent]] = child;
    else
        t->first[parent] = child;
    t->last[parent] = child;
}

/* Cuts each circle of parents at one comment of it: seen[] holds the number of the walk that met a comment.
 */
static void cut_circles(struct tree *t, int count)
{
    int *seen = mem_zalloc((size_t)count + 1, sizeof *seen), walk, at;

    for (walk = 1; walk <= count; walk++) {
        at = walk;
        while (at && !seen[at]) {
            seen[at] = walk;
            at = t->parent[at];
        }
        if (at && seen[at] == walk)
            t->parent[at] = 0;
    }
    free(seen);
}

/* Walks the tree, children before the next sibling, without recursion. */
static void walk_tree(struct thread *t, const struct tree *tree)
{
    int id = tree->first[0], depth = 0, parent = -1;

    while (id) {
        int at = t->count++;

        t->entries[at] = (struct thread_entry){id, parent, depth, at + 1};
        t->positions[id - 1] = at;
        if (tree->first[id]) {
            parent = at;
            depth++;
            id = tree->first[id];
            continue;
        }
        while (!tree->next[id] && parent >= 0) {
            id = t->entries[parent].id;
            t->entries[parent].end = t->count;
            parent = t->entries[parent].parent;
            depth--;
        }
        id = tree->next[id];
    }
}

void thread_init(struct thread *t, const struct article *a)
{
    int count = (int)a->comment_count, id;
    struct tree tree;
    int *block = mem_zalloc((size_t)count + 1, 4 * sizeof *block);

    tree.first = block;
    tree.last = block + (count + 1);
    tree.next = block + 2 * (count + 1);
    tree.parent = block + 3 * (count + 1);
    for (id = 1; id <= count; id++) {
        int parent = a->comments[id - 1].parent;

        tree.parent[id] = parent > 0 && parent <= count && parent != id ? parent : 0;
    }
    cut_circles(&tree, count);
    for (id = 1; id <= count; id++)
        link_child(&tree, tree.parent[id], id);
    t->entries = mem_zalloc((size_t)count + 1, sizeof *t->entries);
    t->positions = mem_zalloc((size_t)count + 1, sizeof *t->positions);
    t->count = 0;
    walk_tree(t, &tree);
    free(block);
}

void thread_release(struct thread *t)
{
    free(t->entries);
    free(t->positions);
    memset(t, 0, sizeof *t);
}

int thread_find(const struct thread *t, int id)
{
    return id >= 1 && id <= t->count ? t->positions[id - 1] : -1;
}
