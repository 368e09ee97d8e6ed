/* SPDX-License-Identifier: ISC */
#include "layout/thread.h"

#include "base/mem.h"
#include "doc/comment.h"

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

/* Where a comment stands among its siblings: lowest first, equals as the page has them. */
struct sort_key {
    uint64_t key;
    int id;
};

/* A date and time as a number: its digits, so that the earlier of two is the lower, and a day comes before its
 * hours. */
static uint64_t time_key(const char *published)
{
    uint64_t key = 0;
    int shift = 60;

    for (; *published && shift >= 0; published++) {
        if (*published < '0' || *published > '9')
            continue;
        key |= (uint64_t)(*published - '0' + 1) << shift;
        shift -= 4;
    }
    return key;
}

static uint64_t key_of(const struct article_comment *c, enum thread_order order)
{
    if (order == THREAD_BY_TIME)
        return c->published ? time_key(c->published) : UINT64_MAX;
    return c->has_score ? (uint64_t)INT64_MAX - (uint64_t)c->score : UINT64_MAX;
}

static int by_key(const void *a, const void *b)
{
    const struct sort_key *x = a, *y = b;

    return x->key != y->key ? (x->key > y->key) - (x->key < y->key) : (x->id > y->id) - (x->id < y->id);
}

/* Hangs each comment below its parent, in the order that siblings are to have. */
static void link_all(struct tree *tree, const struct article *a, enum thread_order order)
{
    size_t count = a->comment_count, i;
    struct sort_key *keys;

    if (order == THREAD_AS_GIVEN) {
        for (i = 1; i <= count; i++)
            link_child(tree, tree->parent[i], (int)i);
        return;
    }
    keys = mem_alloc((count + 1) * sizeof *keys);
    for (i = 0; i < count; i++)
        keys[i] = (struct sort_key){key_of(comment_glance(a, (int)i + 1), order), (int)i + 1};
    mem_sort(keys, count, sizeof *keys, by_key);
    for (i = 0; i < count; i++)
        link_child(tree, tree->parent[keys[i].id], keys[i].id);
    free(keys);
}

/* Fills t where the comments stand in the order of their tree already, as in most dumps: each answers the one before
 * it, or one which that answers. False, and t is to be filled anew, where they do not. */
static bool take_order(struct thread *t, const struct article *a)
{
    const int32_t *parents = comment_parents(a);
    struct thread_entry *entries = t->entries;
    int count = (int)a->comment_count, before = -1, at;

    for (at = 0; at < count; before = at++) {
        int parent = (parents ? parents[at] : comment_parent(a, at + 1)) - 1;

        for (; before != parent; before = entries[before].parent) {
            if (before < 0)
                return false;
            entries[before].end = at;
        }
        entries[at] = (struct thread_entry){at + 1, parent, parent < 0 ? 0 : entries[parent].depth + 1, count};
    }
    t->count = count;
    return true;
}

/* Makes t of the tree. */
static void sort_out(struct thread *t, const struct article *a, enum thread_order order)
{
    int count = (int)a->comment_count, id;
    struct tree tree;
    int *block = mem_zalloc((size_t)count + 1, 4 * sizeof *block);

    t->positions = mem_alloc(((size_t)count + 1) * sizeof *t->positions);
    tree.first = block;
    tree.last = block + (count + 1);
    tree.next = block + 2 * (count + 1);
    tree.parent = block + 3 * (count + 1);
    for (id = 1; id <= count; id++) {
        int parent = comment_parent(a, id);

        tree.parent[id] = parent > 0 && parent <= count && parent != id ? parent : 0;
    }
    cut_circles(&tree, count);
    link_all(&tree, a, order);
    t->count = 0;
    walk_tree(t, &tree);
    free(block);
}

void thread_init(struct thread *t, const struct article *a, enum thread_order order)
{
    t->entries = mem_alloc((a->comment_count + 1) * sizeof *t->entries);
    t->positions = NULL;
    if (order != THREAD_AS_GIVEN || !take_order(t, a))
        sort_out(t, a, order);
}

void thread_release(struct thread *t)
{
    free(t->entries);
    free(t->positions);
    memset(t, 0, sizeof *t);
}

int thread_find(const struct thread *t, int id)
{
    if (id < 1 || id > t->count)
        return -1;
    return t->positions ? t->positions[id - 1] : id - 1;
}

/* The comment before position that has the given parent, walking up from its last descendant. */
static int sibling_before(const struct thread *t, int position, int parent)
{
    int at = position - 1;

    while (at > parent && t->entries[at].parent != parent)
        at = t->entries[at].parent;
    return at > parent ? at : -1;
}

int thread_sibling(const struct thread *t, int position, int direction)
{
    const struct thread_entry *e = &t->entries[position];

    if (direction < 0)
        return sibling_before(t, position, e->parent);
    return e->end < t->count && t->entries[e->end].parent == e->parent ? e->end : -1;
}
