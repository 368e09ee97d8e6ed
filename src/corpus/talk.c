/* SPDX-License-Identifier: ISC */
#include "corpus/talk.h"

#include "base/buf.h"
#include "base/digest.h"
#include "base/mem.h"
#include "corpus/inside.h"
#include "store/threads.h"

#include <stdlib.h>
#include <string.h>

static const struct {
    unsigned kept, page;
} same[] = {{THREADS_COLLAPSED, PAGE_COLLAPSED},
            {THREADS_HIDDEN, PAGE_HIDDEN},
            {THREADS_STARRED, PAGE_STARRED},
            {THREADS_SHOWN, PAGE_SHOWN}};

enum { BEGINNING = 128 }; /* bytes of a comment that tell it from others by the same hand at the same time */

enum { KINDS = sizeof same / sizeof same[0] };

static void add_part(struct buf *b, const char *s)
{
    buf_add_str(b, s ? s : "");
    buf_add_char(b, '\0');
}

/* A name for the comment that its number has no part in: whose it is, of when, and how it begins; b is scratch. */
static uint64_t key_of(const struct article_comment *c, struct buf *b)
{
    const char *end = memchr(c->text, '\0', BEGINNING);

    buf_clear(b);
    add_part(b, c->author);
    add_part(b, c->published);
    buf_add(b, c->text, end ? (size_t)(end - c->text) : BEGINNING);
    return digest_short(b->data, b->len);
}

static uint32_t seen_key(uint64_t key)
{
    return (uint32_t)(key >> 32);
}

/* What the reading state knows the article by, and its connection; NULL where it is not known or cannot be opened. */
static struct state *identify(struct corpus *c, int64_t id, struct state_id *out)
{
    struct catalog_row row;
    const char *root;

    if (!catalog_row(c->list, id, &row))
        return NULL;
    root = catalog_root(c->list, row.root);
    *out = state_id(&row.digest, root ? root : "", row.locator);
    catalog_row_release(&row);
    return marks_state(c->marks);
}

static bool was_seen(const struct threads_kept *kept, uint32_t key)
{
    size_t low = 0, high = kept->seen_count;

    while (low < high) {
        size_t mid = low + (high - low) / 2;

        if (kept->seen[mid] < key)
            low = mid + 1;
        else
            high = mid;
    }
    return low < kept->seen_count && kept->seen[low] == key;
}

static unsigned flags_of(const struct threads_kept *kept, uint64_t key)
{
    size_t low = 0, high = kept->flagged_count;
    unsigned flags = 0;
    int i;

    while (low < high) {
        size_t mid = low + (high - low) / 2;

        if (kept->flagged[mid].key < key)
            low = mid + 1;
        else
            high = mid;
    }
    if (low == kept->flagged_count || kept->flagged[low].key != key)
        return 0;
    for (i = 0; i < KINDS; i++) {
        if (kept->flagged[low].flags & same[i].kept)
            flags |= same[i].page;
    }
    return flags;
}

/* Those that a hidden author wrote. */
struct hiding {
    const struct article *a;
    unsigned char *flags;
};

static void hide_author(void *ctx, const char *author)
{
    const struct hiding *h = ctx;

    for (size_t i = 0; i < h->a->comment_count; i++) {
        const struct article_comment *c = &h->a->comments[i];

        if (c->author && strcmp(c->author, author) == 0)
            h->flags[c->id - 1] |= PAGE_MUTED;
    }
}

static const char *site_of_article(const struct article *a)
{
    return a->site ? a->site : "";
}

bool talk_get(struct corpus *c, int64_t id, const struct article *a, unsigned char *flags)
{
    struct hiding hiding = {a, flags};
    struct threads_kept kept = {0};
    struct state_id sid;
    struct state *s;
    struct buf b;
    bool visited;

    memset(flags, 0, a->comment_count);
    if (a->comment_count == 0 || !(s = identify(c, id, &sid)))
        return false;
    visited = threads_get(s, &sid, &kept);
    buf_init(&b);
    for (size_t i = 0; visited && i < a->comment_count; i++) {
        uint64_t key = key_of(&a->comments[i], &b);
        unsigned set = flags_of(&kept, key);

        if (kept.seen_count && !was_seen(&kept, seen_key(key)))
            set |= PAGE_NEW;
        flags[a->comments[i].id - 1] = (unsigned char)set;
    }
    visited = kept.seen_count > 0;
    buf_release(&b);
    threads_release(&kept);
    threads_each_hidden(s, site_of_article(a), hide_author, &hiding);
    return visited;
}

static int by_number(const void *a, const void *b)
{
    const uint32_t *x = a, *y = b;

    return (*x > *y) - (*x < *y);
}

static int by_key(const void *a, const void *b)
{
    const struct threads_flagged *x = a, *y = b;

    return (x->key > y->key) - (x->key < y->key);
}

/* What is to be kept of the comments of a: flags, and keys where they were visited. */
static void gather(const struct article *a, const unsigned char *flags, bool visited, struct threads_kept *out)
{
    size_t cap = 0;
    struct buf b;

    buf_init(&b);
    if (visited)
        out->seen = mem_zalloc(a->comment_count + 1, sizeof *out->seen);
    for (size_t i = 0; i < a->comment_count; i++) {
        uint64_t key = key_of(&a->comments[i], &b);
        unsigned kept = 0;

        for (int k = 0; k < KINDS; k++) {
            if (flags[a->comments[i].id - 1] & same[k].page)
                kept |= same[k].kept;
        }
        if (visited)
            out->seen[out->seen_count++] = seen_key(key);
        if (!kept)
            continue;
        mem_grow(&out->flagged, &cap, out->flagged_count + 1, sizeof *out->flagged);
        out->flagged[out->flagged_count++] = (struct threads_flagged){key, kept};
    }
    if (out->seen_count)
        qsort(out->seen, out->seen_count, sizeof *out->seen, by_number);
    if (out->flagged_count)
        qsort(out->flagged, out->flagged_count, sizeof *out->flagged, by_key);
    buf_release(&b);
}

void talk_put(struct corpus *c, int64_t id, const struct article *a, const unsigned char *flags, bool visited)
{
    struct threads_kept kept = {0}, before = {0};
    struct err e = ERR_INIT;
    struct state_id sid;
    struct state *s;

    if (a->comment_count == 0 || !(s = identify(c, id, &sid)))
        return;
    threads_get(s, &sid, &before);
    gather(a, flags, visited, &kept);
    if (!visited) { /* what was there at the last visit stays what it was */
        kept.seen = before.seen;
        kept.seen_count = before.seen_count;
        before.seen = NULL;
    }
    if ((visited || kept.flagged_count || before.flagged_count) && !threads_put(s, &sid, &kept, &e))
        notices_add(c->notices, "what was read of the comments is not kept: %s", e.text);
    threads_release(&before);
    threads_release(&kept);
}

bool talk_hide_author(struct corpus *c, const struct article *a, const char *author, bool hide, struct err *e)
{
    struct state *s = marks_state(c->marks);

    if (!s)
        return err_set(e, ERR_IO, "the reading state cannot be written");
    return threads_hide_author(s, site_of_article(a), author, hide, e);
}
