/* SPDX-License-Identifier: ISC */
#include "term/scroll.h"

#include <stdlib.h>

#include "base/mem.h"

enum {
    MOVE = 6,        /* bytes that it takes to go to a row */
    WORTH_WHILE = 24 /* bytes that scrolling takes itself */
};

/* What is shown, and what shall be. */
struct change {
    const struct cell *shown, *wanted;
    int rows, columns;
};

static const struct cell *shown_at(const struct change *g, int row)
{
    return &g->shown[(size_t)row * (size_t)g->columns];
}

static const struct cell *wanted_at(const struct change *g, int row)
{
    return &g->wanted[(size_t)row * (size_t)g->columns];
}

/* Whether a row is shown as it shall be. */
static bool stands(const struct change *g, int row)
{
    return memcmp(shown_at(g, row), wanted_at(g, row), (size_t)g->columns * sizeof *g->shown) == 0;
}

static uint64_t row_hash(const struct cell *cells, int columns)
{
    uint64_t h = 1469598103934665603u;
    bool any = false;

    for (int c = 0; c < columns; c++) {
        const unsigned char *p = (const unsigned char *)&cells[c];

        any |= !cell_is_blank(&cells[c]);
        for (size_t i = 0; i < sizeof cells[c]; i += 8) {
            uint64_t part8;

            memcpy(&part8, p + i, sizeof part8);
            h = (h ^ part8) * 1099511628211u;
            h ^= h >> 29;
        }
    }
    return any ? h : 0;
}

/* The shift (rows that the content goes up by, negative for down) that most of the rows went; 0 for none. */
static int common_shift(const struct change *g)
{
    uint64_t *hash = mem_alloc(2 * (size_t)g->rows * sizeof *hash);
    int *votes = mem_zalloc(2 * (size_t)g->rows, sizeof *votes);
    int best = 0;

    for (int r = 0; r < g->rows; r++) {
        hash[r] = row_hash(shown_at(g, r), g->columns);
        hash[g->rows + r] = stands(g, r) ? 0 /* nothing came to it */ : row_hash(wanted_at(g, r), g->columns);
    }
    for (int r = 0; r < g->rows; r++)
        for (int from = 0; hash[g->rows + r] != 0 && from < g->rows; from++)
            if (from != r && hash[from] == hash[g->rows + r])
                votes[from - r + g->rows]++;
    for (int v = 1; v < 2 * g->rows; v++)
        if (votes[v] >= 2 && votes[v] > (best ? votes[best + g->rows] : 0))
            best = v - g->rows;
    free(hash);
    free(votes);
    return best;
}

/* About how many bytes it takes to make one row of another. */
static int differing(const struct change *g, int wanted_row, int shown_row)
{
    int n = 0;

    for (int c = 0; c < g->columns; c++)
        n += !cell_same(&wanted_at(g, wanted_row)[c], &shown_at(g, shown_row)[c]);
    return n > 0 ? n + MOVE : 0;
}

/* About how many bytes more it takes to make a row of a blank one than of what stands there. */
static int loss(const struct change *g, int row)
{
    int n = 0;

    for (int c = 0; c < g->columns; c++)
        n += !cell_is_blank(&wanted_at(g, row)[c]);
    return n - differing(g, row, row);
}

/* Of the rows that shift could bring into place, the run that saves most bytes, less what the rows cost that it
 * leaves blank; how many. Goes the way the content goes, so that the blank rows follow the run. */
static int best_run(const struct change *g, int shift, int *first, int *last)
{
    int step = shift > 0 ? 1 : -1, size = shift > 0 ? shift : -shift;
    int best = 0, sum = 0, start = 0;

    for (int n = 0; n < g->rows - size; n++) {
        int r = shift > 0 ? n : g->rows - 1 - n, lost = 0;

        if (sum <= 0) {
            sum = 0;
            start = r;
        }
        sum += differing(g, r, r) - differing(g, r, r + shift);
        if (sum <= best)
            continue;
        for (int k = 1; k <= size; k++)
            lost += loss(g, r + k * step);
        if (sum - lost > best) {
            best = sum - lost;
            *first = shift > 0 ? start : r;
            *last = shift > 0 ? r : start;
        }
    }
    return best;
}

bool scroll_find(const struct cell *shown, const struct cell *wanted, int rows, int columns, struct scroll *found)
{
    struct change g = {shown, wanted, rows, columns};

    *found = (struct scroll){.shift = common_shift(&g)};
    return found->shift != 0 && best_run(&g, found->shift, &found->first, &found->last) >= WORTH_WHILE;
}
