/* SPDX-License-Identifier: ISC */
#include "store/passage.h"

#include "base/mem.h"
#include "store/phrases.h"
#include "store/score.h"
#include "store/tokenizer.h"
#include "store/varint.h"

#include <stdlib.h>
#include <string.h>

enum {
    COLUMN_BITS = 32, /* a place's column stands above them */
    AT_A_TIME = 64,   /* articles that are looked at between two looks at the clock */
};

#define IS_FOLLOWED (UINT64_C(1) << 63) /* in a place: by the word that was looked at */

/* ---- the phrase ---- */

static int column_of(const char *name, size_t len)
{
    static const char *const names[ENTRY_COLUMNS] = {
        [ENTRY_TITLE] = "title",   [ENTRY_BODY] = "body", [ENTRY_COMMENT] = "comment",
        [ENTRY_AUTHOR] = "author", [ENTRY_SITE] = "site", [ENTRY_FACTS] = "facts",
    };
    int i;

    for (i = 0; i < ENTRY_COLUMNS; i++) {
        if (strlen(names[i]) == len && memcmp(names[i], name, len) == 0)
            break;
    }
    return i;
}

/* Where the words of one place end: those that follow stand at the next. */
static size_t end_of_place(const struct buf *packed, size_t at)
{
    do {
        at += (unsigned char)packed->data[at] == TOKENIZER_SAME_PLACE;
        at += at < packed->len ? 1 + (size_t)(unsigned char)packed->data[at] : 0;
    } while (at < packed->len && (unsigned char)packed->data[at] == TOKENIZER_SAME_PLACE);
    return at < packed->len ? at : packed->len;
}

static bool add_words(struct passage *p, const struct buf *packed, bool begins)
{
    size_t at, end, cap = 0;

    for (at = 0; at < packed->len; at = end) {
        end = end_of_place(packed, at);
        mem_grow(&p->words, &cap, p->word_count + 1, sizeof *p->words);
        p->words[p->word_count] = (struct passage_word){
            .postings = postings_new(packed->data + at, end - at, begins && end == packed->len, p->column)};
        if (!p->words[p->word_count].postings)
            return false;
        p->word_count++;
    }
    return p->word_count > 0;
}

struct passage *passage_new(const char *phrase)
{
    struct passage *p = mem_zalloc(1, sizeof *p);
    struct buf packed;
    bool begins;

    buf_init(&packed);
    p->column = column_of(phrase, strcspn(phrase, " \""));
    phrases_words(phrase, &packed, &begins);
    if (!add_words(p, &packed, begins))
        passage_free(&p);
    buf_release(&packed);
    return p;
}

void passage_free(struct passage **p)
{
    size_t i;

    if (!*p)
        return;
    for (i = 0; i < (*p)->word_count; i++)
        postings_free(&(*p)->words[i].postings);
    free((*p)->words);
    free((*p)->hits);
    free((*p)->places);
    free((*p)->slots);
    free(*p);
    *p = NULL;
}

/* ---- hits ---- */

static void add_hit(struct passage *p, struct passage_hit hit)
{
    if (p->count == p->cap)
        mem_grow(&p->hits, &p->cap, p->count + 1, sizeof *p->hits);
    p->hits[p->count++] = hit;
}

/* What a hit's places come to. */
static void weigh(const struct passage *p, struct passage_hit *hit)
{
    size_t i, end = hit->at + hit->count;

    hit->frequency = 0;
    hit->least = 0;
    for (i = hit->at; i < end; i++) {
        uint64_t column = p->places[i] >> COLUMN_BITS;

        hit->frequency += column < ENTRY_COLUMNS ? (float)score_weight((int)column) : 0;
        if (i + 1 == end || p->places[i + 1] >> COLUMN_BITS != column)
            hit->least += (int32_t)(uint32_t)p->places[i] + 1;
    }
}

/* A word, or words at one place, alone. */
static enum postings_state find_one(struct passage *p, const struct postings_from *from, enum postings_want want)
{
    const struct posting_list *found;
    enum postings_state state = postings_read(p->words[0].postings, from, want, &found);
    size_t i;

    for (i = 0; state == POSTINGS_READ && i < found->count; i++)
        add_hit(p, (struct passage_hit){found->at[i].slot, found->at[i].frequency, found->at[i].least, 0, 0});
    return state;
}

/* ---- places ---- */

static void add_place(struct passage *p, uint64_t place)
{
    if (p->place_count == p->place_cap)
        mem_grow(&p->places, &p->place_cap, p->place_count + 1, sizeof *p->places);
    p->places[p->place_count++] = place;
}

/* The places of a word in an article, one after the other. */
struct course {
    const uint8_t *at, *end;
    uint64_t column, place;
    bool bad;
};

static struct course begin_course(const struct passage_word *w, const struct posting *one)
{
    const uint8_t *at = postings_places(w->postings, one);

    return (struct course){.at = at, .end = at + one->len};
}

/* The next place in a column that counts; false at the end. */
static bool next_place(const struct passage *p, struct course *c, uint64_t *place)
{
    uint64_t n;
    size_t len;

    while (c->at < c->end && !c->bad) {
        len = varint_get(c->at, c->end, &n);
        c->at += len;
        c->bad = len == 0;
        if (n == 1) {
            len = varint_get(c->at, c->end, &c->column);
            c->at += len;
            c->place = 0;
            c->bad = c->bad || len == 0;
            continue;
        }
        c->place += n - 2;
        *place = (c->column << COLUMN_BITS | (uint32_t)c->place) & ~IS_FOLLOWED;
        if (p->column == ENTRY_COLUMNS || c->column == (uint64_t)p->column)
            return !c->bad;
    }
    return false;
}

static int by_place(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

    return (x > y) - (x < y);
}

/* Passes what a word has before an article that has it. */
static void pass_before(struct passage_word *w, int64_t slot)
{
    while (w->list->at[w->at].slot < slot)
        w->at++;
}

static bool is_of(const struct passage_word *w, int64_t slot)
{
    return w->at < w->list->count && w->list->at[w->at].slot == slot;
}

/* Adds the places of the first word, in all its forms, in an article that has it. */
static bool add_article(struct passage *p, int64_t slot)
{
    struct passage_word *w = &p->words[0];
    size_t before = p->place_count, first;
    uint64_t place;

    pass_before(w, slot);
    for (first = w->at; is_of(w, slot); w->at++) {
        struct course c = begin_course(w, &w->list->at[w->at]);

        while (next_place(p, &c, &place))
            add_place(p, place);
        if (c.bad)
            return false;
    }
    if (w->at > first + 1)
        mem_sort(p->places + before, p->place_count - before, sizeof *p->places, by_place);
    return true;
}

/* Leaves of a hit's places those that another word follows, so many words on. */
static bool keep_followed(struct passage *p, struct passage_hit *hit, struct passage_word *w, uint64_t further)
{
    uint64_t *places = p->places + hit->at, place;
    size_t i, kept = 0;

    pass_before(w, hit->slot);
    for (; is_of(w, hit->slot); w->at++) {
        struct course c = begin_course(w, &w->list->at[w->at]);

        for (i = 0; i < hit->count && next_place(p, &c, &place);) {
            while (i < hit->count && (places[i] & ~IS_FOLLOWED) + further < place)
                i++;
            if (i < hit->count && (places[i] & ~IS_FOLLOWED) + further == place)
                places[i] |= IS_FOLLOWED;
        }
        if (c.bad)
            return false;
    }
    for (i = 0; i < hit->count; i++) {
        if (places[i] & IS_FOLLOWED)
            places[kept++] = places[i] & ~IS_FOLLOWED;
    }
    hit->count = kept;
    return true;
}

/* The word that is to be read next: of those with no list yet the one that had the fewest articles. */
static struct passage_word *next_word(struct passage *p)
{
    struct passage_word *next = NULL;
    size_t i;

    for (i = 0; i < p->word_count; i++) {
        if (!p->words[i].list && (!next || p->words[i].found < next->found))
            next = &p->words[i];
    }
    return next;
}

/* The articles of a list, each once. */
static void take_slots(struct passage *p, const struct posting_list *list)
{
    size_t i;

    p->slot_count = 0;
    mem_grow(&p->slots, &p->slot_cap, list->count + 1, sizeof *p->slots);
    for (i = 0; i < list->count; i++) {
        if (i == 0 || list->at[i].slot != list->at[i - 1].slot)
            p->slots[p->slot_count++] = list->at[i].slot;
    }
}

/* Reads all words with their places, and leaves in slots the articles that have them all. */
static enum postings_state read_words(struct passage *p, const struct postings_from *from)
{
    struct postings_from here = *from;
    enum postings_state state;
    struct passage_word *w;
    struct slots only;
    size_t i;

    for (i = 0; i < p->word_count; i++)
        p->words[i].list = NULL;
    while ((w = next_word(p))) {
        state = postings_read(w->postings, &here, POSTINGS_PLACES, &w->list);
        if (state != POSTINGS_READ)
            return state;
        take_slots(p, w->list);
        only = (struct slots){p->slots, p->slot_count};
        here.only = &only;
        w->at = 0;
    }
    for (i = 0; i < p->word_count; i++)
        p->words[i].found = p->words[i].list->count;
    return POSTINGS_READ;
}

/* The words side by side, in an article that has them all; false where its places cannot be read. */
static bool find_row_in(struct passage *p, int64_t slot)
{
    struct passage_hit hit = {.slot = slot, .at = p->place_count};
    size_t w;

    if (!add_article(p, slot))
        return false;
    hit.count = p->place_count - hit.at;
    for (w = 1; w < p->word_count && hit.count > 0; w++) {
        if (!keep_followed(p, &hit, &p->words[w], w))
            return false;
    }
    p->place_count = hit.at + hit.count;
    weigh(p, &hit);
    if (hit.count > 0)
        add_hit(p, hit);
    return true;
}

/* The words side by side. */
static enum postings_state find_row(struct passage *p, const struct postings_from *from)
{
    enum postings_state state;

    if (p->turn != from->turn) {
        p->turn = from->turn;
        p->is_read = false;
        p->count = p->place_count = p->looked = 0;
    }
    if (!p->is_read) {
        state = read_words(p, from);
        if (state != POSTINGS_READ)
            return state;
        p->is_read = true;
    }
    while (p->looked < p->slot_count) {
        if (!find_row_in(p, p->slots[p->looked++]))
            return POSTINGS_BAD;
        if (p->looked % AT_A_TIME == 0 && postings_late(from))
            return POSTINGS_HALF;
    }
    return POSTINGS_READ;
}

enum postings_state passage_find(struct passage *p, const struct postings_from *from, enum postings_want want)
{
    if (p->word_count > 1 || want == POSTINGS_PLACES)
        return find_row(p, from);
    p->count = 0;
    return find_one(p, from, want);
}

/* ---- near ---- */

/* The places of one article, of each passage: those that stand near are gathered at their beginning. */
struct near {
    struct passage *p;
    struct passage_hit *hit;
    size_t at, end; /* the place that is looked at, and where they end */
    size_t kept;    /* where the next one goes that is near */
};

static uint64_t place_at(const struct near *n, size_t i)
{
    return i < n->end ? n->p->places[i] : UINT64_MAX;
}

/* Goes on until the places looked at are near: none stands before the last one by more than the words between and its
 * own; false where one passage has no place left. */
static bool meet(struct near *all, size_t count, uint64_t within)
{
    uint64_t last = place_at(&all[0], all[0].at);
    size_t i, met = 0;

    for (i = 0; met < count; i = i + 1 < count ? i + 1 : 0, met++) {
        struct near *n = &all[i];

        while (place_at(n, n->at) + within + n->p->word_count < last) {
            if (++n->at == n->end)
                return false;
        }
        if (place_at(n, n->at) > last) {
            last = place_at(n, n->at);
            met = 0;
        }
    }
    return true;
}

static void keep_place(struct near *n)
{
    uint64_t place = n->p->places[n->at];

    if (n->kept == n->hit->at || n->p->places[n->kept - 1] != place)
        n->p->places[n->kept++] = place;
}

/* Keeps what is near in an article that has all passages; false where nothing is. */
static bool keep_near(struct near *all, size_t count, uint64_t within)
{
    size_t i, next;
    bool more = true;

    while (more && meet(all, count, within)) {
        for (i = next = 0; i < count; i++) {
            keep_place(&all[i]);
            if (place_at(&all[i], all[i].at + 1) < place_at(&all[next], all[next].at + 1))
                next = i;
        }
        more = ++all[next].at < all[next].end;
    }
    for (i = 0; i < count; i++) {
        all[i].hit->count = all[i].kept - all[i].hit->at;
        weigh(all[i].p, all[i].hit);
    }
    return all[0].hit->count > 0;
}

/* Goes on to the next article that all passages have, of each the hit at next; false where there is none. */
static bool next_common(struct passage *const *passages, size_t count, size_t *next)
{
    size_t i, same = 0;
    int64_t slot = 0;

    for (i = 0; same < count; i = i + 1 < count ? i + 1 : 0) {
        const struct passage *p = passages[i];

        while (next[i] < p->count && p->hits[next[i]].slot < slot)
            next[i]++;
        if (next[i] == p->count)
            return false;
        same = p->hits[next[i]].slot == slot ? same + 1 : 1;
        slot = p->hits[next[i]].slot;
    }
    return true;
}

void passage_near(struct passage *const *passages, size_t count, uint64_t within)
{
    struct near *all = mem_zalloc(count, sizeof *all);
    size_t *next = mem_zalloc(count, sizeof *next), kept = 0, i;

    while (next_common(passages, count, next)) {
        for (i = 0; i < count; i++) {
            struct passage_hit *hit = &passages[i]->hits[kept];

            *hit = passages[i]->hits[next[i]++];
            all[i] = (struct near){passages[i], hit, hit->at, hit->at + hit->count, hit->at};
        }
        kept += keep_near(all, count, within);
    }
    for (i = 0; i < count; i++)
        passages[i]->count = kept;
    free(all);
    free(next);
}
