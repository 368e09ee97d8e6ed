/* SPDX-License-Identifier: ISC */
#include "corpus/talk.h"

#include "base/mem.h"
#include "corpus/inside.h"
#include "doc/comment.h"
#include "store/threads.h"

#include <stdlib.h>
#include <string.h>

static const struct {
    unsigned kept, page;
} same[] = {{THREADS_COLLAPSED, PAGE_COLLAPSED},
            {THREADS_HIDDEN, PAGE_HIDDEN},
            {THREADS_STARRED, PAGE_STARRED},
            {THREADS_SHOWN, PAGE_SHOWN}};

enum { KINDS = sizeof same / sizeof same[0] };

/* What the reading state knows the article by, and its connection; NULL where it is not known or cannot be opened. */
static struct state *identify(struct corpus *c, int64_t id, struct state_id *out)
{
    struct catalog_row row;

    if (!marks_identify(c->list, id, out, &row))
        return NULL;
    catalog_row_release(&row);
    return marks_state(c->marks);
}

/* What was kept of the comment with that sign: two different ones in a thread hardly have the same. */
static unsigned flags_of(const struct threads_kept *kept, uint32_t sign)
{
    size_t low = 0, high = kept->flagged_count;
    unsigned flags = 0;
    int i;

    while (low < high) {
        size_t mid = low + (high - low) / 2;

        if (kept->flagged[mid].key >> 32 < sign)
            low = mid + 1;
        else
            high = mid;
    }
    if (low == kept->flagged_count || kept->flagged[low].key >> 32 != sign)
        return 0;
    for (i = 0; i < KINDS; i++) {
        if (kept->flagged[low].flags & same[i].kept)
            flags |= same[i].page;
    }
    return flags;
}

/* Whether the signs are those of the last visit, as they mostly are: so many, of the same sum. */
static bool is_same(const struct threads_kept *kept, const struct article *a)
{
    uint64_t sum = 0;

    if (kept->seen_count != a->comment_count)
        return false;
    for (size_t i = 0; i < kept->seen_count; i++)
        sum += kept->seen[i];
    return sum == comment_sum(a);
}

/* Marks as new what was not there at the last visit. Signs are as good as random: those that begin with the same few
 * bits are one or two, and where they stand among the others is counted once. */
static void mark_new(const struct threads_kept *kept, const struct article *a, unsigned char *flags)
{
    int shift = 24;
    uint32_t *first;
    size_t i;

    while (shift > 8 && kept->seen_count >> (32 - shift))
        shift--;
    first = mem_zalloc(((size_t)1 << (32 - shift)) + 1, sizeof *first);
    for (i = 0; i < kept->seen_count; i++)
        first[(kept->seen[i] >> shift) + 1] = (uint32_t)i + 1;
    for (i = 1; i <= (size_t)1 << (32 - shift); i++)
        first[i] = first[i] ? first[i] : first[i - 1];
    for (i = 0; i < a->comment_count; i++) {
        uint32_t sign = comment_sign(a, (int)i + 1), at = first[sign >> shift], end = first[(sign >> shift) + 1];

        while (at < end && kept->seen[at] != sign)
            at++;
        if (at == end)
            flags[i] |= PAGE_NEW;
    }
    free(first);
}

static const char *site_of_article(const struct article *a)
{
    return a->site ? a->site : "";
}

bool talk_get(struct corpus *c, int64_t id, const struct article *a, unsigned char *flags)
{
    struct threads_kept kept = {0};
    struct state_id sid;
    struct state *s;
    bool visited;

    memset(flags, 0, a->comment_count);
    if (a->comment_count == 0 || !(s = identify(c, id, &sid)) || !threads_get(s, &sid, &kept))
        return false;
    for (size_t i = 0; kept.flagged_count && i < a->comment_count; i++)
        flags[i] = (unsigned char)flags_of(&kept, comment_sign(a, (int)i + 1));
    visited = kept.seen_count > 0;
    if (visited && !is_same(&kept, a))
        mark_new(&kept, a, flags);
    threads_release(&kept);
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

/* The flags of the page that are kept. */
static unsigned kept_flags(unsigned page)
{
    unsigned kept = 0;

    for (int k = 0; k < KINDS; k++) {
        if (page & same[k].page)
            kept |= same[k].kept;
    }
    return kept;
}

/* What is to be kept of the comments of a: flags, and signs where they were visited. */
static void gather(const struct article *a, const unsigned char *flags, bool visited, struct threads_kept *out)
{
    int count = (int)a->comment_count;
    size_t cap = 0;

    if (visited)
        out->seen = mem_zalloc((size_t)count + 1, sizeof *out->seen);
    for (int id = 1; id <= count; id++) {
        unsigned kept = kept_flags(flags[id - 1]);

        if (visited)
            out->seen[out->seen_count++] = comment_sign(a, id);
        if (!kept)
            continue;
        mem_grow(&out->flagged, &cap, out->flagged_count + 1, sizeof *out->flagged);
        out->flagged[out->flagged_count++] = (struct threads_flagged){comment_key(comment_glance(a, id)), kept};
    }
    if (out->seen_count)
        mem_sort(out->seen, out->seen_count, sizeof *out->seen, by_number);
    if (out->flagged_count)
        mem_sort(out->flagged, out->flagged_count, sizeof *out->flagged, by_key);
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

void talk_each_hidden(struct corpus *c, const struct article *a, void (*fn)(void *ctx, const char *author), void *ctx)
{
    struct state *s = marks_state(c->marks);

    if (s)
        threads_each_hidden(s, site_of_article(a), fn, ctx);
}

void talk_put_one(struct corpus *c, int64_t id, const struct article *a, const unsigned char *flags, int comment)
{
    struct err e = ERR_INIT;
    struct state_id sid;
    struct state *s = identify(c, id, &sid);

    if (s &&
        !threads_flag(s, &sid, comment_key(comment_glance(a, comment)), kept_flags(flags[comment - 1]), &e))
        notices_add(c->notices, "what was done with the comment is not kept: %s", e.text);
}

bool talk_hide_author(struct corpus *c, const struct article *a, const char *author, bool hide, struct err *e)
{
    struct state *s = marks_state(c->marks);

    if (!s)
        return err_set(e, ERR_IO, "the reading state cannot be written");
    return threads_hide_author(s, site_of_article(a), author, hide, e);
}
