/* SPDX-License-Identifier: ISC */
/* The help overlay: the keys of a context by subject, made from the keymap as it is now, in as many columns as
 * fit. */
#include "ui/draw.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/unicode.h"
#include "ui/macro.h"

enum {
    KEYS_COLUMNS = 16, /* for the keys, and the space behind them, where it is narrow; and where there is room */
    KEYS_COLUMNS_WIDE = 24,
    HELP_COLUMNS = 60, /* of a column of the overlay, as narrow as the table's words allow (ACTION_HELP_COLUMNS) */
};

struct help_line {
    int subject; /* a heading, where action is ACTION_NONE; -1 for a blank line; SUBJECT_COUNT: the reader's macros */
    enum action action;
    int macro; /* its key by number, -1 for none */
};

enum { MACROS_SHOWN = 64 };

/* The lines of the overlay in their order; to be freed. */
static struct help_line *collect(const struct ui *u, int *count)
{
    struct help_line *lines = mem_alloc(sizeof *lines * (ACTION_COUNT + 2 * SUBJECT_COUNT + MACROS_SHOWN + 2));
    struct key_sequence keys;
    int n = 0, macro;

    for (int s = 0; s < SUBJECT_COUNT; s++) {
        bool heading = false;

        for (int a = 0; a < ACTION_COUNT; a++) {
            const struct action_info *info = action_info((enum action)a);

            if ((int)info->subject != s || !(info->contexts & (1u << u->help_context)))
                continue;
            if (!heading && n > 0)
                lines[n++] = (struct help_line){-1, ACTION_NONE, -1};
            if (!heading)
                lines[n++] = (struct help_line){s, ACTION_NONE, -1};
            heading = true;
            lines[n++] = (struct help_line){s, (enum action)a, -1};
        }
    }
    for (int k = 0; k < MACROS_SHOWN && keymap_macro_key(u->keymap, u->help_context, k, &keys, &macro); k++) {
        if (k == 0) {
            lines[n++] = (struct help_line){-1, ACTION_NONE, -1};
            lines[n++] = (struct help_line){SUBJECT_COUNT, ACTION_NONE, -1};
        }
        lines[n++] = (struct help_line){SUBJECT_COUNT, ACTION_NONE, k};
    }
    *count = n;
    return lines;
}

static int help_columns(const struct ui *u)
{
    return u->columns >= 2 * HELP_COLUMNS ? u->columns / HELP_COLUMNS : 1;
}

int help_lines(const struct ui *u)
{
    int count, columns = help_columns(u);

    free(collect(u, &count));
    return (count + columns - 1) / columns;
}

int help_height(const struct ui *u)
{
    int rows = u->rows - (u->rows >= 4 ? 2 : 0) - (u->rows >= 3 ? 1 : 0);

    return rows > 0 ? rows : 1;
}

int help_end(const struct ui *u)
{
    int all = help_lines(u), end = u->help_top + help_height(u);

    return end < all ? end : all;
}

/* What keys may take of a column from `left` to `limit`: what its words leave. */
static int keys_columns(int left, int limit)
{
    int room = limit - left - ACTION_HELP_COLUMNS;

    return room < KEYS_COLUMNS ? KEYS_COLUMNS : room > KEYS_COLUMNS_WIDE ? KEYS_COLUMNS_WIDE : room;
}

/* The keys of an action before `limit`, as many as fit, those that the reader has changed with a mark. */
static void paint_keys(struct ui *u, int row, int column, int limit, enum action a)
{
    struct key_sequence keys;
    int at = column;
    bool changed;

    for (int n = 0; keymap_key(u->keymap, u->help_context, a, n, &keys, &changed); n++) {
        struct buf b;

        buf_init(&b);
        key_add_sequence(&b, &keys);
        if (changed)
            buf_add_char(&b, '+');
        if (n == 0 || at + unicode_columns(b.data, b.len) <= limit)
            at = draw_text(u, row, at, limit, STYLE_KEY, b.data) + 1;
        buf_release(&b);
    }
    if (at == column)
        draw_text(u, row, column, limit, STYLE_META, "(no key)");
}

static void paint_macro(struct ui *u, int row, int column, int words, int limit, int number)
{
    struct key_sequence keys;
    struct buf b;
    int macro;

    if (!keymap_macro_key(u->keymap, u->help_context, number, &keys, &macro))
        return;
    buf_init(&b);
    key_add_sequence(&b, &keys);
    draw_text(u, row, column, words - 1, STYLE_KEY, b.data);
    buf_clear(&b);
    macro_add_steps(u, macro, &b);
    draw_text(u, row, words, limit, STYLE_TEXT, b.data);
    buf_release(&b);
}

static void paint_line(struct ui *u, int row, int column, int limit, const struct help_line *line)
{
    int words = column + keys_columns(column, limit);

    if (line->action != ACTION_NONE) {
        paint_keys(u, row, column, words - 1, line->action);
        draw_text(u, row, words, limit, STYLE_TEXT, action_info(line->action)->help);
    } else if (line->macro >= 0)
        paint_macro(u, row, column, words, limit, line->macro);
    else if (line->subject >= 0)
        draw_text(u, row, column, limit, STYLE_SECTION,
                  line->subject == SUBJECT_COUNT ? "Macros"
                                                 : action_subject_name((enum action_subject)line->subject));
}

void paint_help(struct ui *u)
{
    static const char *const titles[CONTEXT_COUNT] = {"the list", "the reading pane", "the comments",
                                                      "a passage", "a menu", "this help",
                                                      "the line at the bottom", "correcting"};
    int columns = help_columns(u), count, per_column = help_lines(u), first = u->rows >= 4 ? 2 : 0;
    int rows = u->rows - first - (u->rows >= 3 ? 1 : 0);
    struct help_line *lines = collect(u, &count);
    struct buf b;

    buf_init(&b);
    buf_add_fmt(&b, "Keys in %s", titles[u->help_context]);
    if (first > 0)
        draw_text(u, 0, 1, u->columns - 1, STYLE_KEY, b.data);
    buf_release(&b);
    for (int c = 0; c < columns; c++)
        for (int n = 0; n < rows; n++) {
            int i = c * per_column + u->help_top + n;
            int left = 1 + c * (u->columns / columns);

            if (u->help_top + n < per_column && i < count)
                paint_line(u, first + n, left, left + u->columns / columns - 2, &lines[i]);
        }
    free(lines);
}
