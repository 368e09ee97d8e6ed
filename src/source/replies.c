/* SPDX-License-Identifier: ISC */
#include "source/replies.h"

#include "base/digest.h"
#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

static const size_t nobody = (size_t)-1;

/* A comment's place in the tree, by indices into items. */
struct place {
    size_t parent, child, sibling; /* first child, next sibling */
    size_t last_child;
    unsigned char state; /* while rings are looked for: 0 unseen, 1 on the way, 2 safe, 3 met again */
};

struct tree {
    struct replies *t;
    struct place *places;
    size_t *by_id; /* a hash table of indices + 1 */
    size_t mask;
    size_t first, last; /* comments on the article itself */
};

void replies_init(struct replies *t, struct record *r)
{
    memset(t, 0, sizeof *t);
    t->r = r;
}

void replies_release(struct replies *t)
{
    free(t->items);
    memset(t, 0, sizeof *t);
}

bool replies_full(struct replies *t)
{
    bool full = t->count >= RECORD_COMMENTS || t->bytes >= RECORD_TALK;

    t->r->left_out += full;
    return full;
}

struct record_comment *replies_add(struct replies *t)
{
    if (t->count)
        t->bytes += strlen(t->items[t->count - 1].text);
    mem_grow(&t->items, &t->cap, t->count + 1, sizeof *t->items);
    memset(&t->items[t->count], 0, sizeof *t->items);
    t->items[t->count].text = "";
    return &t->items[t->count++];
}

/* The slot of the comment called id, or the free one where it would stand. */
static size_t *slot_of(const struct tree *tree, const char *id)
{
    size_t at = (size_t)digest_short(id, strlen(id)) & tree->mask;

    while (tree->by_id[at] && strcmp(tree->t->items[tree->by_id[at] - 1].id, id) != 0)
        at = (at + 1) & tree->mask;
    return &tree->by_id[at];
}

static bool is_fuller(const struct record_comment *a, const struct record_comment *b)
{
    return a->removed != b->removed ? b->removed : strlen(a->text) > strlen(b->text);
}

/* Fills the table of ids and drops doubles; then every parent that is not there is added. */
static void index_items(struct tree *tree)
{
    struct replies *t = tree->t;
    size_t given = t->count, size = 16, from, to = 0, i;

    while (size < given * 4) /* each comment may need a stand-in too */
        size *= 2;
    tree->mask = size - 1;
    tree->by_id = mem_zalloc(size, sizeof *tree->by_id);
    for (from = 0; from < given; from++) {
        size_t *slot = slot_of(tree, t->items[from].id);

        if (!*slot) {
            t->items[to++] = t->items[from];
            *slot = to;
        } else if (is_fuller(&t->items[from], &t->items[*slot - 1])) {
            t->items[*slot - 1] = t->items[from];
        }
    }
    t->count = to;
    for (i = 0; i < to; i++) {
        const char *parent = t->items[i].parent;
        size_t *slot = parent ? slot_of(tree, parent) : NULL;
        struct record_comment *missing;

        if (!slot || *slot)
            continue;
        missing = replies_add(t);
        missing->id = parent;
        missing->text = "[missing]";
        missing->removed = true;
        *slot = t->count;
    }
}

/* Finds each comment's parent, and makes one of each ring of them a comment on the article. */
static void find_parents(struct tree *tree)
{
    struct replies *t = tree->t;
    size_t i, at;

    for (i = 0; i < t->count; i++) {
        const char *parent = t->items[i].parent;

        tree->places[i] = (struct place){nobody, nobody, nobody, nobody, 0};
        if (parent)
            tree->places[i].parent = *slot_of(tree, parent) - 1;
    }
    for (i = 0; i < t->count; i++) {
        size_t end;

        for (at = i; at != nobody && tree->places[at].state == 0; at = tree->places[at].parent)
            tree->places[at].state = 1;
        end = at;
        for (at = i; at != nobody && tree->places[at].state == 1; at = tree->places[at].parent)
            tree->places[at].state = end != nobody && at == end ? 3 : 2;
        if (end != nobody && tree->places[end].state == 3) { /* back where the way had been */
            tree->places[end].state = 2;
            tree->places[end].parent = nobody;
            t->items[end].parent = NULL;
        }
    }
}

struct order {
    const char *published;
    size_t index;
};

static int by_published(const void *a, const void *b)
{
    const struct order *x = a, *y = b;
    int order = x->published && y->published ? strcmp(x->published, y->published) : 0;

    return order ? order : x->index < y->index ? -1 : 1;
}

static void link_children(struct tree *tree, bool by_date)
{
    struct replies *t = tree->t;
    struct order *order = mem_zalloc(t->count, sizeof *order);
    bool all_dated = true;
    size_t i;

    for (i = 0; i < t->count; i++) {
        order[i] = (struct order){t->items[i].published, i};
        all_dated = all_dated && (t->items[i].published || t->items[i].removed);
    }
    for (i = 0; i < t->count && all_dated; i++)
        if (!order[i].published)
            order[i].published = ""; /* stand-ins first */
    if (by_date && all_dated)
        mem_sort(order, t->count, sizeof *order, by_published);
    for (i = 0; i < t->count; i++) {
        size_t c = order[i].index, parent = tree->places[c].parent;
        size_t *first = parent == nobody ? &tree->first : &tree->places[parent].child;
        size_t *last = parent == nobody ? &tree->last : &tree->places[parent].last_child;

        if (*first == nobody)
            *first = c;
        else
            tree->places[*last].sibling = c;
        *last = c;
    }
    free(order);
}

/* Children right after their parent, without recursion: threads can be as deep as they are long. */
static void lay_out(const struct tree *tree, struct record_comment *out)
{
    size_t at = tree->first, n = 0;

    while (at != nobody) {
        out[n++] = tree->t->items[at];
        if (tree->places[at].child != nobody) {
            at = tree->places[at].child;
            continue;
        }
        while (at != nobody && tree->places[at].sibling == nobody)
            at = tree->places[at].parent;
        if (at != nobody)
            at = tree->places[at].sibling;
    }
}

void replies_finish(struct replies *t, bool by_date)
{
    struct tree tree = {.t = t, .first = nobody, .last = nobody};
    struct record *r = t->r;

    if (t->count == 0)
        return;
    index_items(&tree);
    tree.places = mem_zalloc(t->count, sizeof *tree.places);
    find_parents(&tree);
    link_children(&tree, by_date);
    r->comments = arena_alloc(&r->arena, t->count * sizeof *r->comments);
    r->comment_count = t->count;
    lay_out(&tree, r->comments);
    free(tree.places);
    free(tree.by_id);
}
