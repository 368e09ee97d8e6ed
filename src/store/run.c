/* SPDX-License-Identifier: ISC */
#include "store/run.h"

#include "store/varint.h"

void run_init(struct run_reader *r, struct db *db)
{
    *r = (struct run_reader){.db = db};
    buf_init(&r->places);
}

void run_release(struct run_reader *r)
{
    leaf_close(&r->leaf);
    buf_release(&r->places);
}

static void turn_to(struct run_reader *r, int64_t page)
{
    bool begins = page == r->run->page;
    size_t listed, from = LEAF_HEADER, end;

    r->bad = !leaf_open(&r->leaf, r->db, r->segment, page);
    if (r->bad)
        return;
    listed = r->leaf.words_end;
    end = begins ? r->run->end : leaf_next_word(&r->leaf, 0, &listed);
    from = begins ? r->run->at : from;
    r->bad = end < from || end > r->leaf.words_end;
    r->at = r->leaf.bytes + from;
    r->end = r->leaf.bytes + end;
    r->last = page >= r->run->last || (!begins && r->leaf.size > r->leaf.words_end);
}

static bool turn_on(struct run_reader *r)
{
    while (!r->bad && r->at == r->end && !r->last)
        turn_to(r, r->leaf.page + 1);
    return !r->bad && r->at < r->end;
}

/* Whether something of it is left, be it on the next leaf. */
static inline bool has_more(struct run_reader *r)
{
    return r->at < r->end ? !r->bad : turn_on(r);
}

static inline uint64_t read_number(struct run_reader *r)
{
    uint64_t n = 0;
    size_t len = has_more(r) ? varint_get(r->at, r->end, &n) : 0;

    r->bad = r->bad || len == 0;
    r->at += len;
    return n;
}

/* The first slot that the leaf has before any word; 0 where it has none. */
static int64_t first_slot(const struct run_reader *r)
{
    uint64_t slot = 0;

    if (r->leaf.first > 0 && r->leaf.bytes + r->leaf.first < r->end)
        varint_get(r->leaf.bytes + r->leaf.first, r->end, &slot);
    return (int64_t)slot;
}

/* The leaf on which the first article begins from page on, up to last, if it is not past the slot; else 0. */
static int64_t begins_before(struct run_reader *r, int64_t page, int64_t last, int64_t slot)
{
    int64_t first = 0;

    for (turn_to(r, page); !r->bad && !(first = first_slot(r)) && page < last; turn_to(r, page))
        page++;
    return first > 0 && first <= slot ? page : 0;
}

/* Goes to the last one of the leaves low..high on which an article begins that is not past the slot; low is one. */
static void go_between(struct run_reader *r, int64_t low, int64_t high, int64_t slot)
{
    while (low < high && !r->bad) {
        int64_t middle = low + (high - low + 1) / 2, found = begins_before(r, middle, high, slot);

        if (found)
            low = found;
        else
            high = middle - 1;
    }
    if (!r->bad)
        turn_to(r, low);
    if (!r->bad && low > r->run->page)
        r->at = r->leaf.bytes + r->leaf.first;
    r->slot = 0;
    r->left = 0;
}

void run_begin(struct run_reader *r, const struct runs *all, const struct run *run, int64_t from)
{
    r->run = run;
    r->segment = all->segments[run->segment].number;
    r->bad = false;
    go_between(r, run->page, run->last, from);
}

void run_leap(struct run_reader *r, int64_t slot)
{
    int64_t low = r->leaf.page, high = r->run->last, step = 1, found;

    while (low + step < high && !r->bad && (found = begins_before(r, low + step, high, slot)) > 0) {
        low = found;
        step *= 2;
    }
    go_between(r, low, low + step < high ? low + step - 1 : high, slot);
}

static void pass_places(struct run_reader *r)
{
    while (r->left > 0 && has_more(r)) {
        size_t here = (size_t)(r->end - r->at);

        here = r->left < here ? (size_t)r->left : here;
        r->at += here;
        r->left -= here;
    }
    r->bad = r->bad || r->left > 0;
}

bool run_next(struct run_reader *r)
{
    uint64_t number;
    int64_t slot, page;
    bool anew;

    pass_places(r);
    if (!has_more(r))
        return false;
    page = r->leaf.page;
    anew = r->slot == 0 || r->at == r->leaf.bytes + r->leaf.first;
    number = read_number(r);
    r->left = read_number(r) >> 1;
    r->gone = r->left == 0;
    r->first = anew && r->leaf.page == page;
    slot = anew ? (int64_t)number : (int64_t)((uint64_t)r->slot + number);
    r->bad = r->bad || slot <= r->slot;
    r->slot = slot;
    return !r->bad;
}

const uint8_t *run_places(struct run_reader *r, size_t *len)
{
    const uint8_t *at = r->at;

    if (r->left <= (uint64_t)(r->end - r->at)) {
        *len = (size_t)r->left;
        r->at += *len;
        r->left = 0;
        return at;
    }
    buf_clear(&r->places);
    while (r->left > 0 && has_more(r)) {
        size_t here = (size_t)(r->end - r->at);

        here = r->left < here ? (size_t)r->left : here;
        buf_add(&r->places, r->at, here);
        r->at += here;
        r->left -= here;
    }
    r->bad = r->bad || r->left > 0;
    *len = r->places.len;
    return r->bad ? NULL : (const uint8_t *)r->places.data;
}
