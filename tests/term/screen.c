/* SPDX-License-Identifier: ISC */
/*
 * Paints pictures made by chance on a terminal emulator and compares every cell: what stands in it and how it
 * looks. The pictures scroll, jump, are restyled and change their size, as an article does that is being read.
 */
#include "../check.h"
#include "../dice.h"

#include <vterm.h>

#include "base/unicode.h"
#include "term/screen.h"

enum { LINES = 120, STEPS = 40, RUNS = 60 };

static const char *const pieces[] = {
    "a", "word", "\xe6\xbc\xa2\xe5\xad\x97", "\xc3\xa9", "e\xcc\x81", "x", "  ", " ", "\xed\x95\x9c\xea\xb5\xad",
    "\xf0\x9f\x91\x8d", "Z\xcc\xb7\xcc\xa2\xcc\xa8\xcc\x87", "\xd8\xa7\xd9\x84\xd8\xb9", "tail.", "\xe2\x80\x94",
};

struct picture {
    struct caps caps;
    struct screen *screen;
    VTerm *emulator;
    VTermScreen *cells;
    struct screen_look looks[STYLE_COUNT];
    int rows, columns, top;
    char lines[LINES][300];
    enum style style[64];              /* of each row's text, */
    int from[64], to[64];              /* which stands in these columns */
    int hit_row, hit_column, hit_end;  /* what screen_restyle did */
    uint64_t chance;
    char where[80];
};

static uint32_t pick(struct picture *p, uint32_t n)
{
    return (uint32_t)dice(&p->chance, n);
}

static void set_looks(struct picture *p, bool colored)
{
    int s;

    for (s = 0; s < STYLE_COUNT; s++) {
        p->looks[s] = (struct screen_look){style_info((enum style)s)->attr, -1, -1};
        if (colored) {
            p->looks[s].foreground = s % 3 ? s % 8 : -1;
            p->looks[s].background = s == STYLE_TEXT || s % 4 == 1 ? 4 : -1;
        }
        screen_set_look(p->screen, (enum style)s, p->looks[s]);
    }
}

static void picture_open(struct picture *p, const char *terminal, uint32_t seed, bool colored)
{
    struct err e = ERR_INIT;
    int i;

    memset(p, 0, sizeof *p);
    p->chance = seed;
    if (!caps_init(&p->caps, terminal, &e))
        fail_msg("%s", e.text);
    p->rows = 3 + (int)pick(p, 20);
    p->columns = 8 + (int)pick(p, 60);
    p->screen = screen_new(&p->caps);
    screen_resize(p->screen, p->rows, p->columns);
    set_looks(p, colored);
    p->emulator = vterm_new(p->rows, p->columns);
    vterm_set_utf8(p->emulator, 1);
    p->cells = vterm_obtain_screen(p->emulator);
    vterm_screen_enable_altscreen(p->cells, 1);
    vterm_screen_reset(p->cells, 1);
    for (i = 0; i < LINES; i++) {
        size_t len = 0, parts = pick(p, 14);

        while (parts-- > 0) {
            const char *piece = pieces[pick(p, sizeof pieces / sizeof pieces[0])];

            memcpy(p->lines[i] + len, piece, strlen(piece) + 1);
            len += strlen(piece);
        }
    }
}

static void picture_close(struct picture *p)
{
    vterm_free(p->emulator);
    screen_free(&p->screen);
    caps_release(&p->caps);
}

/* Moves as a reader does: mostly by a few lines, sometimes far; sometimes the window changes. */
static void step(struct picture *p)
{
    switch (pick(p, 8)) {
    case 0:
    case 1:
    case 2:
        p->top += (int)pick(p, 4);
        break;
    case 3:
    case 4:
        p->top -= (int)pick(p, 4);
        break;
    case 5:
        p->top = (int)pick(p, LINES);
        break;
    case 6:
        if (pick(p, 3) == 0) {
            p->rows = 1 + (int)pick(p, 22);
            p->columns = 2 + (int)pick(p, 66);
            screen_resize(p->screen, p->rows, p->columns);
            vterm_set_size(p->emulator, p->rows, p->columns);
        }
    }
    p->top = (p->top + LINES) % LINES;
}

static void draw(struct picture *p)
{
    struct buf room;
    int r;

    buf_init(&room);
    for (r = 0; r < p->rows; r++) {
        const char *line = p->lines[(p->top + r) % LINES];

        p->style[r] = (enum style)((p->top + r) % 5 ? STYLE_TEXT : (p->top + r) % STYLE_COUNT);
        screen_blank(p->screen, r, 0, p->columns);
        p->from[r] = (p->top + r) % 4;
        p->to[r] = screen_put(p->screen, r, p->from[r], p->columns, p->style[r],
                              door_show(&room, line, strlen(line)));
    }
    buf_release(&room);
    p->hit_row = (int)pick(p, (uint32_t)p->rows);
    p->hit_column = (int)pick(p, (uint32_t)p->columns);
    p->hit_end = p->hit_column + 2;
    screen_restyle(p->screen, p->hit_row, p->hit_column, 2, STYLE_HIT);
}

/* The emulator's row r as text without trailing blanks. */
static void shown_text(struct picture *p, int r, struct buf *out)
{
    size_t end = 0;
    VTermPos at = {r, 0};

    for (; at.col < p->columns; at.col++) {
        VTermScreenCell cell;
        int i;

        vterm_screen_get_cell(p->cells, at, &cell);
        if (cell.chars[0] == 0)
            buf_add_char(out, ' ');
        for (i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell.chars[i]; i++)
            buf_add_cp(out, cell.chars[i]);
        if (cell.chars[0] != 0 && cell.chars[0] != ' ')
            end = out->len;
        if (cell.width == 2)
            at.col++;
    }
    buf_truncate(out, end);
}

static int color_of(VTermColor color, bool background)
{
    if (background ? VTERM_COLOR_IS_DEFAULT_BG(&color) : VTERM_COLOR_IS_DEFAULT_FG(&color))
        return -1;
    assert_true(VTERM_COLOR_IS_INDEXED(&color));
    return color.indexed.idx;
}

static void check_look(struct picture *p, int row, int column)
{
    VTermScreenCell cell;
    bool hit = row == p->hit_row && column >= p->hit_column && column < p->hit_end;
    enum style style = hit ? STYLE_HIT : p->style[row];
    const struct screen_look *look = &p->looks[style];
    bool blank;

    vterm_screen_get_cell(p->cells, (VTermPos){row, column}, &cell);
    blank = cell.chars[0] == 0 || cell.chars[0] == ' ';
    if (cell.chars[0] == (uint32_t)-1) /* the right half of a wide one */
        return;
    if (blank) {
        bool inside = hit || (column >= p->from[row] && column < p->to[row]);
        int want = inside ? look->background : p->looks[STYLE_TEXT].background;

        if (color_of(cell.bg, true) != want)
            fail_msg("%s: the ground of the blank at %d,%d is not %d", p->where, row, column, want);
        return;
    }
    if (cell.attrs.bold != !!(look->attr & STYLE_BOLD) || cell.attrs.italic != !!(look->attr & STYLE_ITALIC) ||
        cell.attrs.reverse != !!(look->attr & STYLE_REVERSE) ||
        !!cell.attrs.underline != !!(look->attr & STYLE_UNDERLINE) ||
        color_of(cell.fg, false) != look->foreground || color_of(cell.bg, true) != look->background)
        fail_msg("%s: the cell at %d,%d does not look %s", p->where, row, column, style_info(style)->name);
}

static void check_rows(struct picture *p, bool looks)
{
    int r, c;

    for (r = 0; r < p->rows; r++) {
        struct buf want, shown;

        if (p->caps.margin_wraps && r == p->rows - 1)
            continue;
        buf_init(&want);
        buf_init(&shown);
        screen_text(p->screen, r, &want);
        while (want.len > 0 && want.data[want.len - 1] == ' ')
            buf_truncate(&want, want.len - 1);
        shown_text(p, r, &shown);
        if (want.len != shown.len || memcmp(want.data, shown.data, want.len) != 0)
            fail_msg("%s: row %d is '%s', not '%s'", p->where, r, shown.data, want.data);
        buf_release(&want);
        buf_release(&shown);
        for (c = 0; looks && c < p->columns; c++)
            check_look(p, r, c);
    }
}

static void paint(struct picture *p, bool looks)
{
    int row = (int)pick(p, (uint32_t)p->rows), column = (int)pick(p, (uint32_t)p->columns);
    struct buf out;
    VTermPos at;

    buf_init(&out);
    screen_update(p->screen, row, column, &out);
    vterm_input_write(p->emulator, out.data, out.len);
    vterm_state_get_cursorpos(vterm_obtain_state(p->emulator), &at);
    if (at.row != row || at.col != column)
        fail_msg("%s: the cursor is at %d,%d, not %d,%d", p->where, at.row, at.col, row, column);
    check_rows(p, looks);
    buf_clear(&out);
    screen_update(p->screen, row, column, &out);
    assert_int_equal(out.len, 0);
    buf_release(&out);
}

static void run(const char *terminal, bool looks, bool colored)
{
    uint32_t seed;
    int s;

    for (seed = 1; seed <= RUNS; seed++) {
        struct picture p;

        picture_open(&p, terminal, seed * 2654435761u, colored);
        for (s = 0; s < STEPS; s++) {
            step(&p);
            snprintf(p.where, sizeof p.where, "%s, picture %u, step %d of %dx%d", terminal, (unsigned)seed, s,
                     p.columns, p.rows);
            draw(&p);
            paint(&p, looks);
        }
        picture_close(&p);
    }
}

CHECK(paints_every_cell_on_xterm)
{
    run("xterm-256color", true, false);
}

CHECK(paints_every_cell_in_colour)
{
    run("xterm-256color", true, true);
}

CHECK(paints_every_cell_on_terminals_that_can_less)
{
    run("vt100", false, false);
    run("vt220", false, false);
    run("linux", false, false);
    run("screen", false, false);
}

/* Bytes that it takes to go from one page to the next. */
static size_t cost_of(void (*put)(struct screen *, int), int before, int after)
{
    struct caps caps;
    struct screen *s;
    struct buf out;
    size_t len;

    assert_true(caps_init(&caps, "xterm-256color", NULL));
    s = screen_new(&caps);
    screen_resize(s, 24, 80);
    buf_init(&out);
    put(s, before);
    screen_update(s, 10, 0, &out);
    buf_clear(&out);
    put(s, after);
    screen_update(s, 10, 0, &out);
    len = out.len;
    buf_release(&out);
    screen_free(&s);
    caps_release(&caps);
    return len;
}

static void draw_list(struct screen *s, int from)
{
    struct buf room;

    buf_init(&room);
    for (int r = 1; r < 23; r++) {
        char line[40];

        screen_blank(s, r, 0, 80);
        snprintf(line, sizeof line, "article number %d of the list", from + r);
        screen_put(s, r, 2, 80, STYLE_TEXT, door_show(&room, line, strlen(line)));
    }
    buf_release(&room);
}

static void draw_marker(struct screen *s, int row)
{
    for (int r = 1; r < 23; r++)
        screen_put(s, r, 0, 1, STYLE_TEXT, door_show(NULL, r == row ? ">" : " ", 1));
}

CHECK(a_scrolled_line_costs_the_line)
{
    size_t text = strlen("article number 132 of the list");

    assert_in_range(cost_of(draw_list, 100, 101), 1, text + 40);
    assert_in_range(cost_of(draw_list, 101, 100), 1, text + 40);
    assert_in_range(cost_of(draw_list, 100, 103), 1, 3 * text + 60);
}

CHECK(a_moved_marker_costs_a_marker)
{
    assert_in_range(cost_of(draw_marker, 5, 6), 1, 20);
    assert_int_equal(cost_of(draw_marker, 5, 5), 0);
}

static bool is_sent_whole(const char *text)
{
    struct caps caps;
    struct screen *s;
    struct buf out, room;
    bool whole;

    assert_true(caps_init(&caps, "xterm-256color", NULL));
    s = screen_new(&caps);
    screen_resize(s, 24, 80);
    buf_init(&out);
    buf_init(&room);
    screen_put(s, 5, 0, 80, STYLE_TEXT, door_show(&room, text, strlen(text)));
    screen_update(s, 10, 0, &out);
    buf_add_char(&out, '\0');
    whole = strstr(out.data, text) != NULL;
    buf_release(&room);
    buf_release(&out);
    screen_free(&s);
    caps_release(&caps);
    return whole;
}

/* Tables of widths differ from terminal to terminal: behind a mark of Unicode 5.1, behind emoji. */
CHECK(the_cursor_is_placed_where_terminals_may_differ)
{
    assert_true(is_sent_whole("caf\xC3\xA9, cafe\xCC\x81s, \xE6\xBC\xA2\xE5\xAD\x97."));
    assert_true(is_sent_whole("\xD0\xB0\xCC\x81\xD0\xB1"));
    assert_false(is_sent_whole("4\xEA\x99\xB5z"));
    assert_false(is_sent_whole("\xF0\x9F\x91\x8Dz"));
    assert_false(is_sent_whole("Z\xCC\xB7\xCC\xA2\xCC\xA8z"));
}

CHECK_MAIN(T(paints_every_cell_on_xterm), T(paints_every_cell_in_colour),
           T(paints_every_cell_on_terminals_that_can_less),
           T(a_scrolled_line_costs_the_line), T(a_moved_marker_costs_a_marker),
           T(the_cursor_is_placed_where_terminals_may_differ))
