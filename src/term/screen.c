/* SPDX-License-Identifier: ISC */
/*
 * An update goes in three steps. A scroll: the shift of rows that explains most of what changed is given to the
 * terminal as a scroll region, so that a page scrolled by a line costs that line. Then, row by row, the cells
 * that differ are written, the cursor going by the cheapest way from one to the next. Last the cursor goes where
 * it belongs.
 *
 * A blank in bold or dim looks like a plain one and counts as the same.
 */
#include "term/screen.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/unicode.h"
#include "base/utf8.h"
#include "term/cell.h"
#include "term/scroll.h"

enum {
    LOOKS = STYLE_COUNT,
    LINKS_MOST = 10000, /* addresses kept */
    UNKNOWN = 0xFF, /* as a cell's look: not known what stands there */
};

_Static_assert(STYLE_TEXT == 0, "a blank cell is plain text");

struct screen {
    const struct caps *caps;
    int rows, columns;
    struct cell *front, *back; /* what is shown; what shall be */
    struct screen_look looks[LOOKS];
    uint8_t canonical[LOOKS]; /* the first style with the same look */
    bool blank_seen[LOOKS];   /* whether a blank in this look can be told from a plain one */
    bool forgotten;           /* front says nothing */
    int at_row, at_column;    /* where the terminal's cursor is, -1 where unknown */
    uint8_t look;             /* that the terminal writes in, UNKNOWN at first */
    char **links;             /* addresses by number, from 1 */
    size_t link_count, link_cap;
    uint16_t link;            /* that the terminal writes in */
    int region_first, region_last; /* rows of the scroll region that is set, -1 for none */
};

static struct cell *back_at(const struct screen *s, int row, int column)
{
    return &s->back[(size_t)row * (size_t)s->columns + (size_t)column];
}

static struct cell *front_at(const struct screen *s, int row, int column)
{
    return &s->front[(size_t)row * (size_t)s->columns + (size_t)column];
}

/* Whether a row is shown as it shall be. */
static bool stands(const struct screen *s, int row)
{
    return memcmp(back_at(s, row, 0), front_at(s, row, 0), (size_t)s->columns * sizeof *s->back) == 0;
}

struct screen *screen_new(const struct caps *caps)
{
    struct screen *s = mem_zalloc(1, sizeof *s);

    s->caps = caps;
    for (int i = 0; i < LOOKS; i++)
        s->looks[i] = (struct screen_look){0, -1, -1};
    s->look = UNKNOWN;
    s->region_first = s->region_last = -1;
    screen_resize(s, 1, 1);
    return s;
}

void screen_free(struct screen **s)
{
    if (!*s)
        return;
    for (size_t i = 0; i < (*s)->link_count; i++)
        free((*s)->links[i]);
    free((*s)->links);
    free((*s)->front);
    free((*s)->back);
    free(*s);
    *s = NULL;
}

static void fill_blank(struct cell *cells, size_t count)
{
    for (size_t i = 0; i < count; i++)
        cells[i] = cell_blank;
}

void screen_resize(struct screen *s, int rows, int columns)
{
    assert(rows > 0 && columns > 0);
    s->rows = rows;
    s->columns = columns;
    s->front = mem_resize(s->front, (size_t)rows * (size_t)columns, sizeof s->front[0]);
    s->back = mem_resize(s->back, (size_t)rows * (size_t)columns, sizeof s->back[0]);
    fill_blank(s->front, (size_t)rows * (size_t)columns);
    fill_blank(s->back, (size_t)rows * (size_t)columns);
    screen_forget(s);
}

void screen_forget(struct screen *s)
{
    s->forgotten = true;
}

void screen_set_look(struct screen *s, enum style style, struct screen_look look)
{
    s->looks[style] = look;
    for (int i = 0; i < LOOKS; i++) {
        int first = 0;

        while (memcmp(&s->looks[first], &s->looks[i], sizeof s->looks[i]) != 0)
            first++;
        s->canonical[i] = (uint8_t)first;
        s->blank_seen[i] = (s->looks[i].attr & (STYLE_REVERSE | STYLE_UNDERLINE)) ||
                           s->looks[i].background != s->looks[STYLE_TEXT].background;
    }
    screen_forget(s);
}

/* Takes the other half of a wide cluster away where one half is about to be overwritten. */
static void part(const struct screen *s, int row, int column)
{
    struct cell *c = back_at(s, row, column);

    if (c->columns == 0 && column > 0)
        back_at(s, row, column - 1)[0] = cell_blank;
    if (c->columns == 2 && column + 1 < s->columns)
        back_at(s, row, column + 1)[0] = cell_blank;
    *c = cell_blank;
}

void screen_blank(struct screen *s, int row, int column, int columns)
{
    int first = column < 0 ? 0 : column, end = column + columns < s->columns ? column + columns : s->columns;

    if (row < 0 || row >= s->rows || first >= end)
        return;
    part(s, row, first);
    part(s, row, end - 1);
    fill_blank(back_at(s, row, first), (size_t)(end - first));
}

/* As many whole characters of a cluster as a cell holds. */
static size_t cell_bytes(const char *text, size_t len)
{
    size_t fits = 0, used;
    uint32_t cp;

    if (len <= CELL_BYTES)
        return len;
    while (fits < len && (used = utf8_next(text + fits, len - fits, &cp)) + fits <= CELL_BYTES)
        fits += used;
    return fits;
}

int screen_put(struct screen *s, int row, int column, int limit, enum style style, struct shown shown)
{
    const char *text = shown.bytes;
    size_t len = shown.len;
    uint8_t look = s->canonical[style];

    if (limit > s->columns)
        limit = s->columns;
    if (row < 0 || row >= s->rows)
        return column;
    while (len > 0) {
        bool ascii = (unsigned char)text[0] < 0x80 && (len == 1 || (unsigned char)text[1] < 0x80);
        size_t used = ascii ? 1 : unicode_cluster(text, len), kept;
        int columns = ascii ? 1 : unicode_columns(text, used);
        struct cell *c;

        if (columns > 0 && column + columns > limit)
            break;
        if (columns > 0 && column >= 0) {
            part(s, row, column);
            if (columns == 2)
                part(s, row, column + 1);
            c = back_at(s, row, column);
            memset(c, 0, sizeof *c);
            kept = cell_bytes(text, used);
            memcpy(c->text, text, kept);
            c->len = (uint8_t)kept;
            c->columns = (uint8_t)columns;
            c->look = look;
            if (kept == 1 && text[0] == ' ' && !s->blank_seen[style])
                c->look = STYLE_TEXT;
            if (columns == 2)
                c[1] = (struct cell){{0}, 0, 0, look, 0};
        }
        column += columns;
        text += used;
        len -= used;
    }
    return column;
}

void screen_restyle(struct screen *s, int row, int column, int columns, enum style style)
{
    if (row < 0 || row >= s->rows)
        return;
    for (int c = column < 0 ? 0 : column; c < column + columns && c < s->columns; c++) {
        struct cell *cell = back_at(s, row, c);
        bool space = cell->len == 1 && cell->text[0] == ' ';

        cell->look = space && !s->blank_seen[style] ? STYLE_TEXT : s->canonical[style];
    }
}

int screen_link(struct screen *s, struct shown address)
{
    for (size_t i = 0; i < address.len; i++)
        if (address.bytes[i] <= ' ' || address.bytes[i] > '~')
            return 0;
    for (size_t i = 0; i < s->link_count; i++)
        if (strlen(s->links[i]) == address.len && memcmp(s->links[i], address.bytes, address.len) == 0)
            return (int)i + 1;
    if (s->link_count == LINKS_MOST)
        return 0;
    mem_grow(&s->links, &s->link_cap, s->link_count + 1, sizeof s->links[0]);
    s->links[s->link_count++] = mem_strndup(address.bytes, address.len);
    return (int)s->link_count;
}

void screen_set_link(struct screen *s, int row, int column, int columns, int link)
{
    if (row < 0 || row >= s->rows)
        return;
    for (int c = column < 0 ? 0 : column; c < column + columns && c < s->columns; c++)
        back_at(s, row, c)->link = (uint16_t)link;
}

/* ---- bytes ---- */

/* What is written from here on is part of an address, or of none. The number says to the terminal which parts, on
 * several lines perhaps, belong together. */
static void add_link(struct screen *s, uint16_t link, struct buf *out)
{
    if (s->link == link)
        return;
    if (link)
        buf_add_fmt(out, "\033]8;id=%u;%s\033\\", (unsigned)link, s->links[link - 1]);
    else
        buf_add_str(out, "\033]8;;\033\\");
    s->link = link;
}

static void add_look(struct screen *s, uint8_t look, struct buf *out)
{
    const struct screen_look *to = &s->looks[look];
    struct screen_look from = {0, -1, -1};

    if (s->look == look)
        return;
    if (s->look != UNKNOWN)
        from = s->looks[s->look];
    if (s->look == UNKNOWN || (from.attr & ~to->attr) || (from.foreground >= 0 && to->foreground < 0) ||
        (from.background >= 0 && to->background < 0)) {
        caps_add(s->caps, CAP_PLAIN, 0, 0, out);
        from = (struct screen_look){0, -1, -1};
    }
    caps_add_attributes(s->caps, to->attr & ~from.attr, out);
    if (to->foreground >= 0 && to->foreground != from.foreground)
        caps_add(s->caps, CAP_FOREGROUND, to->foreground, 0, out);
    if (to->background >= 0 && to->background != from.background)
        caps_add(s->caps, CAP_BACKGROUND, to->background, 0, out);
    s->look = look;
}

/* Makes sure that blanks written or erased now look plain. */
static void add_plain(struct screen *s, struct buf *out)
{
    if (s->look == UNKNOWN || s->blank_seen[s->look])
        add_look(s, STYLE_TEXT, out);
}

/* The way along a row that takes fewest bytes, added to out: from column `from` (-1 unknown) to `to`. */
static void add_column_move(const struct screen *s, int from, int to, struct buf *out)
{
    size_t start = out->len, best;

    if (from == to)
        return;
    if (to == 0) {
        buf_add_char(out, '\r');
        return;
    }
    if (from > to && from - to <= 4) {
        for (int i = to; i < from; i++)
            buf_add_char(out, '\b');
        return;
    }
    best = 0;
    for (int way = 0; way < 2; way++) {
        struct buf bytes;
        bool possible = way == 0 ? s->caps->text[CAP_RIGHT] != NULL : s->caps->text[CAP_COLUMN] != NULL;

        if (!possible)
            continue;
        buf_init(&bytes);
        if (way == 0) {
            bool anew = from < 0 || from > to;

            if (anew)
                buf_add_char(&bytes, '\r');
            caps_add(s->caps, CAP_RIGHT, anew ? to : to - from, 0, &bytes);
        } else
            caps_add(s->caps, CAP_COLUMN, to, 0, &bytes);
        if (best == 0 || bytes.len < best) {
            buf_truncate(out, start);
            buf_add(out, bytes.data, bytes.len);
            best = bytes.len;
        }
        buf_release(&bytes);
    }
}

/* Whether the terminal can go along a row otherwise than by its address. */
static bool can_move_in_row(const struct screen *s, int from, int to)
{
    return to == 0 || s->caps->text[CAP_RIGHT] || s->caps->text[CAP_COLUMN] || (from > to && from - to <= 4);
}

/* Moves by line feeds or cursor-up where that is near; false where it is not possible. */
static bool add_near_move(const struct screen *s, int row, int column, struct buf *out)
{
    int down = row - s->at_row;
    /* At a region's border the terminal scrolls or stops instead of moving on. */
    bool region_end = s->region_last >= 0 && ((s->at_row <= s->region_last && row > s->region_last) ||
                                              (s->at_row >= s->region_first && row < s->region_first));

    if (s->at_row < 0 || down > 3 || down < -2 || region_end || (down < 0 && !s->caps->text[CAP_UP]))
        return false;
    if (!can_move_in_row(s, s->at_column, column))
        return false;
    for (; down > 0; down--)
        buf_add_char(out, '\n');
    for (; down < 0; down++)
        caps_add(s->caps, CAP_UP, 0, 0, out);
    add_column_move(s, s->at_column, column, out);
    return true;
}

static void move(struct screen *s, int row, int column, struct buf *out)
{
    struct buf near, far;

    if (s->at_row == row && s->at_column == column)
        return;
    buf_init(&near);
    buf_init(&far);
    caps_add(s->caps, CAP_MOVE, row, column, &far);
    if (add_near_move(s, row, column, &near) && near.len < far.len)
        buf_add(out, near.data, near.len);
    else
        buf_add(out, far.data, far.len);
    buf_release(&near);
    buf_release(&far);
    s->at_row = row;
    s->at_column = column;
}

/* Whether all terminals move the cursor by the cell's columns: they do behind one character of the basic plane, with or
 * without a mark of two bytes. Their tables differ in what is newer. */
static bool is_sure(const struct cell *c)
{
    return c->len < 4 || (c->len == 4 && ((unsigned char)c->text[0] & 0xE0) == 0xC0);
}

/* Writes one cell where the cursor is. */
static void write_cell(struct screen *s, int row, int column, struct buf *out)
{
    const struct cell *c = back_at(s, row, column);
    struct cell *shown = front_at(s, row, column);
    int end = column + c->columns;

    if (cell_is_blank(c))
        add_plain(s, out);
    else
        add_look(s, c->look, out);
    add_link(s, c->link, out);
    buf_add(out, c->text, c->len);
    /* Half of what was wide is gone now; the terminal decides what is left of it. */
    if (end < s->columns && front_at(s, row, end)->columns == 0)
        front_at(s, row, end)->look = UNKNOWN;
    *shown = *c;
    if (c->columns == 2)
        shown[1] = c[1];
    s->at_column = end;
    if (end >= s->columns)
        s->at_row = s->at_column = -1; /* terminals differ in where the cursor is after the last column */
    else if (!is_sure(c))
        s->at_column = -1;
}

/* Bytes that it takes to write again the cells from column `from` up to `to`, which are shown already; a large
 * number where their look is another. */
static int rewrite_cost(const struct screen *s, int row, int from, int to)
{
    int cost = 0;

    for (int c = from; c < to; c++) {
        const struct cell *cell = back_at(s, row, c);

        if (cell->link != s->link)
            return 1000;
        if (cell->look != s->look && !(cell_is_blank(cell) && s->look != UNKNOWN && !s->blank_seen[s->look]))
            return 1000;
        if (!is_sure(cell))
            return 1000;
        cost += cell->len;
    }
    return cost;
}

static void go_to_cell(struct screen *s, int row, int column, struct buf *out)
{
    int gap = column - s->at_column;

    if (s->at_row == row && s->at_column >= 0 && gap > 0 && gap <= 5 &&
        rewrite_cost(s, row, s->at_column, column) <= 4) {
        for (int c = s->at_column; c < column; c++)
            if (back_at(s, row, c)->columns > 0)
                write_cell(s, row, c, out);
    }
    move(s, row, column, out);
}

static void update_row(struct screen *s, int row, struct buf *out)
{
    int width = s->columns, last_back = width, last_front = width;
    bool erase = s->caps->text[CAP_CLEAR_LINE] != NULL;

    if (stands(s, row))
        return;
    while (last_back > 0 && cell_is_blank(back_at(s, row, last_back - 1)))
        last_back--;
    while (last_front > 0 && cell_is_blank(front_at(s, row, last_front - 1)))
        last_front--;
    /* Erasing pays where it is shorter than the blanks. */
    erase = erase && last_front - last_back > 3;
    for (int c = 0; c < (erase ? last_back : width); c++) {
        if (cell_same(back_at(s, row, c), front_at(s, row, c)) || back_at(s, row, c)->columns == 0)
            continue;
        if (s->caps->margin_wraps && row == s->rows - 1 && c + back_at(s, row, c)->columns >= width)
            continue;
        go_to_cell(s, row, c, out);
        write_cell(s, row, c, out);
    }
    add_link(s, 0, out);
    if (erase) {
        move(s, row, last_back, out);
        add_plain(s, out);
        caps_add(s->caps, CAP_CLEAR_LINE, 0, 0, out);
        fill_blank(front_at(s, row, last_back), (size_t)(width - last_back));
    }
}

/* ---- scrolling ---- */

static void add_scroll(struct screen *s, int top, int bottom, int shift, struct buf *out)
{
    int count = shift > 0 ? shift : -shift;
    enum cap one = shift > 0 ? CAP_SCROLL_UP : CAP_SCROLL_DOWN;
    enum cap many = shift > 0 ? CAP_SCROLL_UP_N : CAP_SCROLL_DOWN_N;

    add_plain(s, out);
    caps_add(s->caps, CAP_REGION, top, bottom, out);
    s->region_first = top;
    s->region_last = bottom;
    s->at_row = s->at_column = -1;
    move(s, shift > 0 ? bottom : top, 0, out);
    if (count > 2 && s->caps->text[many])
        caps_add(s->caps, many, count, 0, out);
    else
        for (int i = 0; i < count; i++)
            caps_add(s->caps, one, 0, 0, out);
}

/* Lets the terminal scroll where that saves work; the rows that come into sight are then blank. */
static void scroll(struct screen *s, int *first_new, int *last_new, struct buf *out)
{
    struct scroll found;
    int top, bottom;
    size_t width = (size_t)s->columns;

    if (!s->caps->text[CAP_REGION] || !s->caps->text[CAP_SCROLL_UP] || !s->caps->text[CAP_SCROLL_DOWN])
        return;
    if (!scroll_find(s->front, s->back, s->rows, s->columns, &found))
        return;
    top = found.shift > 0 ? found.first : found.first + found.shift;
    bottom = found.shift > 0 ? found.last + found.shift : found.last;
    add_scroll(s, top, bottom, found.shift, out);
    memmove(front_at(s, found.first, 0), front_at(s, found.first + found.shift, 0),
            (size_t)(found.last - found.first + 1) * width * sizeof s->front[0]);
    *first_new = found.shift > 0 ? found.last + 1 : top;
    *last_new = found.shift > 0 ? bottom : found.first - 1;
    fill_blank(front_at(s, *first_new, 0), (size_t)(*last_new - *first_new + 1) * width);
}

void screen_update(struct screen *s, int cursor_row, int cursor_column, struct buf *out)
{
    int first_new = 0, last_new = -1;

    if (s->forgotten) {
        s->look = UNKNOWN;
        add_look(s, STYLE_TEXT, out);
        caps_add(s->caps, CAP_CLEAR, 0, 0, out);
        fill_blank(s->front, (size_t)s->rows * (size_t)s->columns);
        s->at_row = s->at_column = 0;
        s->region_first = s->region_last = -1;
        s->forgotten = false;
    } else if (memcmp(s->front, s->back, (size_t)s->rows * (size_t)s->columns * sizeof s->front[0]) != 0)
        scroll(s, &first_new, &last_new, out);
    for (int r = first_new; r <= last_new; r++)
        update_row(s, r, out);
    for (int r = 0; r < s->rows; r++)
        update_row(s, r, out);
    if (s->region_last >= 0) {
        caps_add(s->caps, CAP_REGION, 0, s->rows - 1, out);
        s->region_first = s->region_last = -1;
        s->at_row = s->at_column = -1;
    }
    if (s->look != UNKNOWN && (s->looks[s->look].attr & (STYLE_REVERSE | STYLE_UNDERLINE)))
        add_look(s, STYLE_TEXT, out);
    cursor_row = cursor_row < 0 ? 0 : cursor_row >= s->rows ? s->rows - 1 : cursor_row;
    cursor_column = cursor_column < 0 ? 0 : cursor_column >= s->columns ? s->columns - 1 : cursor_column;
    move(s, cursor_row, cursor_column, out);
}

void screen_text(const struct screen *s, int row, struct buf *out)
{
    size_t start = out->len, end = start;

    for (int c = 0; c < s->columns; c++) {
        const struct cell *cell = back_at(s, row, c);

        buf_add(out, cell->text, cell->len);
        if (!cell_is_blank(cell))
            end = out->len;
    }
    buf_truncate(out, end);
}
