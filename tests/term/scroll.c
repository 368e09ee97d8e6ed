/* SPDX-License-Identifier: ISC */
#include "../check.h"
#include "../dice.h"

#include "term/scroll.h"

enum { ROWS = 12, COLUMNS = 40, CELLS = ROWS * COLUMNS };

struct grid {
    struct cell cell[CELLS];
};

static struct cell *row_of(struct grid *g, int row)
{
    return &g->cell[row * COLUMNS];
}

static void clear_row(struct grid *g, int row)
{
    for (int c = 0; c < COLUMNS; c++)
        row_of(g, row)[c] = cell_blank;
}

/* A line of text, another for each number; 0 for a blank one. */
static void set_row(struct grid *g, int row, int number)
{
    clear_row(g, row);
    for (int c = 0; number && c < COLUMNS - 4; c++)
        row_of(g, row)[c].text[0] = (char)('a' + (number * 7 + c * c + c * number) % 26);
}

/* Lines `from`, from + 1... */
static void set_rows(struct grid *g, int from)
{
    for (int r = 0; r < ROWS; r++)
        set_row(g, r, from + r);
}

static long differing(const struct grid *a, const struct grid *b)
{
    long n = 0;

    for (int i = 0; i < CELLS; i++)
        n += !cell_same(&a->cell[i], &b->cell[i]);
    return n;
}

/* What a terminal makes of it. */
static void scroll(struct grid *g, const struct scroll *s)
{
    int size = s->shift > 0 ? s->shift : -s->shift;

    memmove(row_of(g, s->first), row_of(g, s->first + s->shift),
            (size_t)(s->last - s->first + 1) * COLUMNS * sizeof(struct cell));
    for (int i = 1; i <= size; i++)
        clear_row(g, s->shift > 0 ? s->last + i : s->first - i);
}

static bool find(const struct grid *shown, const struct grid *wanted, struct scroll *s)
{
    return scroll_find(shown->cell, wanted->cell, ROWS, COLUMNS, s);
}

CHECK(a_page_that_moved_is_scrolled_by_as_much)
{
    static const int shifts[] = {1, 2, 5, -1, -2, -5};
    struct grid shown, wanted;
    struct scroll s;

    set_rows(&shown, 20);
    for (size_t i = 0; i < sizeof shifts / sizeof shifts[0]; i++) {
        set_rows(&wanted, 20 + shifts[i]);
        assert_true(find(&shown, &wanted, &s));
        assert_int_equal(s.shift, shifts[i]);
        assert_int_equal(s.first, shifts[i] > 0 ? 0 : -shifts[i]);
        assert_int_equal(s.last, shifts[i] > 0 ? ROWS - 1 - shifts[i] : ROWS - 1);
    }
}

CHECK(what_stands_is_left_where_it_is)
{
    struct grid shown, wanted;
    struct scroll s;

    set_rows(&shown, 20);
    set_rows(&wanted, 21);
    set_row(&wanted, 0, 20); /* a title, and a line of keys */
    set_row(&wanted, ROWS - 1, 20 + ROWS - 1);
    assert_true(find(&shown, &wanted, &s));
    assert_int_equal(s.shift, 1);
    assert_int_equal(s.first, 1);
    assert_int_equal(s.last, ROWS - 3);
}

CHECK(nothing_is_scrolled_for_little)
{
    struct grid shown, wanted;
    struct scroll s;

    set_rows(&shown, 20);
    assert_false(find(&shown, &shown, &s)); /* it is there already */
    set_rows(&wanted, 60);
    assert_false(find(&shown, &wanted, &s)); /* nothing of it is */
    for (int r = 0; r < ROWS; r++)
        clear_row(&shown, r);
    wanted = shown;
    row_of(&shown, 4)[0].text[0] = row_of(&shown, 5)[0].text[0] = 'x';
    row_of(&wanted, 5)[0].text[0] = row_of(&wanted, 6)[0].text[0] = 'x';
    assert_false(find(&shown, &wanted, &s)); /* two cells */
}

CHECK(scrolling_always_leaves_less_to_write)
{
    struct grid shown, wanted;
    struct scroll s;
    uint64_t random = 3;
    int found = 0;

    for (int i = 0; i < 3000; i++) {
        int shift = (int)dice(&random, 7) - 3;

        for (int r = 0; r < ROWS; r++)
            set_row(&shown, r, (int)dice(&random, 20));
        for (int r = 0; r < ROWS; r++) {
            bool moves = r + shift >= 0 && r + shift < ROWS && dice(&random, 4) > 0;

            if (moves)
                memcpy(row_of(&wanted, r), row_of(&shown, r + shift), COLUMNS * sizeof(struct cell));
            else
                set_row(&wanted, r, (int)dice(&random, 20));
        }
        if (find(&shown, &wanted, &s)) {
            long before = differing(&shown, &wanted);

            found++;
            assert_in_range(s.first + (s.shift < 0 ? s.shift : 0), 0, ROWS - 1);
            assert_in_range(s.last + (s.shift > 0 ? s.shift : 0), s.first, ROWS - 1);
            scroll(&shown, &s);
            assert_true(differing(&shown, &wanted) < before);
        }
    }
    assert_in_range(found, 1000, 2900);
}

CHECK_MAIN(T(a_page_that_moved_is_scrolled_by_as_much), T(what_stands_is_left_where_it_is),
           T(nothing_is_scrolled_for_little), T(scrolling_always_leaves_less_to_write))
