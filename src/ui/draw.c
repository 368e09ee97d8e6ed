/* SPDX-License-Identifier: ISC */
#include "ui/draw.h"

#include <string.h>

#include "base/unicode.h"
#include "layout/fit.h"

int draw_text(struct ui *u, int row, int column, int limit, enum style style, const char *text)
{
    struct buf b, room;

    if (column >= limit)
        return column;
    buf_init(&b);
    buf_init(&room);
    fit_add(&b, text, strlen(text), u->ascii);
    fit_cut(&b, 0, limit - column, u->ascii);
    column = screen_put(u->screen, row, column, limit, style, door_show(&room, b.data, b.len));
    buf_release(&room);
    buf_release(&b);
    return column;
}

int draw_text_right(struct ui *u, int row, int column, int limit, enum style style, const char *text)
{
    struct buf b, room;
    int columns;

    if (column >= limit)
        return limit;
    buf_init(&b);
    buf_init(&room);
    fit_add(&b, text, strlen(text), u->ascii);
    columns = fit_cut(&b, 0, limit - column, u->ascii);
    screen_put(u->screen, row, limit - columns, limit, style, door_show(&room, b.data, b.len));
    buf_release(&room);
    buf_release(&b);
    return limit - columns;
}

void draw_line(struct ui *u, int row, int column, int columns, const struct line *line)
{
    struct buf room;

    buf_init(&room);
    for (int r = 0; r < line->run_count; r++) {
        const struct line_run *run = &line->runs[r];

        screen_put(u->screen, row, column + run->column, column + columns, (enum style)run->style,
                   door_show(&room, line->text + run->start, run->len));
        /* Where a line is spread, what stands out does so between its words too. */
        if (r > 0 && run->style == run[-1].style && run->style != STYLE_TEXT)
            screen_restyle(u->screen, row, column + run[-1].column + run[-1].columns,
                           run->column - run[-1].column - run[-1].columns, (enum style)run->style);
    }
    buf_release(&room);
}

void draw_number(struct buf *out, long n)
{
    char digits[24];
    int len = 0;

    do {
        digits[len++] = (char)('0' + n % 10);
        n /= 10;
    } while (n > 0);
    while (len-- > 0) {
        buf_add_char(out, digits[len]);
        if (len > 0 && len % 3 == 0)
            buf_add_char(out, ',');
    }
}
