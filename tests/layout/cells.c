/* SPDX-License-Identifier: ISC */
/* Pages on a terminal: every run of every line takes the cells that the layout says, and no other. */
#include "../check.h"

#include "layout/page.h"
#include "layout/row.h"
#include "made.h"
#include "random.h"
#include "show.h"

#include <vterm.h>

enum { ROWS = 3 };

static void paint(VTerm *vt, const struct line *l)
{
    struct buf b;
    int i;

    buf_init(&b);
    buf_add_str(&b, "\x1B[2J");
    for (i = 0; i < l->run_count; i++) {
        buf_add_fmt(&b, "\x1B[2;%dH", l->runs[i].column + 1);
        buf_add(&b, l->text + l->runs[i].start, l->runs[i].len);
    }
    vterm_input_write(vt, b.data, b.len);
    buf_release(&b);
}

static bool is_covered(const struct line *l, int column)
{
    int i;

    for (i = 0; i < l->run_count; i++) {
        if (column >= l->runs[i].column && column < l->runs[i].column + l->runs[i].columns)
            return true;
    }
    return false;
}

/* The characters in the row's cells, in order, are those of the runs; other cells are empty. */
static void check_cells(VTermScreen *screen, const struct line *l, int columns)
{
    struct buf seen, meant;
    VTermScreenCell cell;
    VTermPos pos = {1, 0};
    int i, k;

    buf_init(&seen);
    buf_init(&meant);
    for (pos.col = 0; pos.col < columns; pos.col++) {
        vterm_screen_get_cell(screen, pos, &cell);
        if (cell.chars[0] == (uint32_t)-1)
            continue;
        if (!is_covered(l, pos.col))
            assert_int_equal(cell.chars[0], 0);
        for (k = 0; k < VTERM_MAX_CHARS_PER_CELL && cell.chars[k]; k++)
            buf_add_cp(&seen, cell.chars[k]);
    }
    for (i = 0; i < l->run_count; i++)
        buf_add(&meant, l->text + l->runs[i].start, l->runs[i].len);
    assert_string_equal(seen.data, meant.data);
    buf_release(&meant);
    buf_release(&seen);
    /* Nothing ran over into the next row. */
    pos.row = 2;
    for (pos.col = 0; pos.col < columns; pos.col++) {
        vterm_screen_get_cell(screen, pos, &cell);
        assert_int_equal(cell.chars[0], 0);
    }
}

static void check_on_terminal(const struct article *a, int columns, bool justified)
{
    struct page_options o = {.columns = columns, .measure = 72, .comments = true, .justified = justified};
    VTerm *vt = vterm_new(ROWS, columns);
    VTermScreen *screen = vterm_obtain_screen(vt);
    struct page *p = page_new(a, &o, NULL);
    int n;

    vterm_set_utf8(vt, 1);
    vterm_screen_reset(screen, 1);
    for (n = 0; page_has(p, n); n++) {
        paint(vt, page_line(p, n));
        check_cells(screen, page_line(p, n), columns);
    }
    page_free(&p);
    vterm_free(vt);
}

CHECK(stands_cell_by_cell)
{
    int columns;
    struct made m;

    made_newspaper(&m);
    for (columns = 2; columns < 100; columns += 7)
        check_on_terminal(&m.article, columns, columns % 2);
    made_release(&m);
}

CHECK(stands_cell_by_cell_in_any_script)
{
    uint64_t seed = 13;
    int round;

    for (round = 0; round < 40; round++) {
        struct made m;
        struct buf text;

        made_init(&m);
        buf_init(&text);
        buf_add_char(&text, 'a');
        random_text(&text, &seed, 60, round % 2);
        buf_add_char(&text, 'z');
        made_bytes(&m, round % 3 ? KIND_PARAGRAPH : KIND_CAPTION, text.data, text.len, 0);
        check_on_terminal(&m.article, 2 + (int)dice(&seed, 90), round % 4 == 0);
        buf_release(&text);
        made_release(&m);
    }
}

CHECK(rows_stand_cell_by_cell)
{
    struct row_facts f = {
        .site = "新聞 — الأخبار", .published = "2020-08-28", .comments = 12, .minutes = 7, .unread = true};
    uint64_t seed = 17;
    struct row r;
    int columns;

    row_init(&r);
    for (columns = 1; columns < 120; columns++) {
        struct row_options o = {.columns = columns, .narrow = columns % 3 == 0, .year_shown = columns % 2};
        VTerm *vt = vterm_new(ROWS, columns < 2 ? 2 : columns);
        VTermScreen *screen = vterm_obtain_screen(vt);
        struct buf title;

        buf_init(&title);
        random_text(&title, &seed, 12, true);
        f.title = title.data;
        vterm_set_utf8(vt, 1);
        vterm_screen_reset(screen, 1);
        row_set(&r, &f, &o);
        show_check(&r.line, columns);
        paint(vt, &r.line);
        check_cells(screen, &r.line, columns < 2 ? 2 : columns);
        vterm_free(vt);
        buf_release(&title);
    }
    row_release(&r);
}

CHECK_MAIN(T(stands_cell_by_cell), T(stands_cell_by_cell_in_any_script), T(rows_stand_cell_by_cell))
