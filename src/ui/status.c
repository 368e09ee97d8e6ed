/* SPDX-License-Identifier: ISC */
/* The bottom line: what is being typed, a message, or the keys that help most; at its right how far things are. */
#include "ui/draw.h"

#include <string.h>

#include "base/unicode.h"
#include "layout/place.h"
#include "ui/finding.h"

struct hint {
    enum action action;
    const char *word;
};

static const struct hint list_hints[] = {
    {ACTION_open, "read"}, {ACTION_find, "find"}, {ACTION_search, "search"}, {ACTION_sort, "sort"},
    {ACTION_star, "star"}, {ACTION_help, "help"}, {ACTION_quit, "quit"},     {ACTION_NONE, NULL}};
static const struct hint reader_hints[] = {
    {ACTION_read_on, "read on"}, {ACTION_quit, "list"},                {ACTION_comments, "comments"},
    {ACTION_find, "find"},       {ACTION_fold_open_all, "open folds"}, {ACTION_help, "help"},
    {ACTION_NONE, NULL}};
static const struct hint repair_hints[] = {
    {ACTION_repair_begins, "comment"},       {ACTION_repair_author, "author"},
    {ACTION_repair_not_comment, "no comment"},  {ACTION_repair_boilerplate, "boilerplate"},
    {ACTION_repair_headline, "headline"},       {ACTION_repair_rule, "rule"},
    {ACTION_repair_done, "done"},               {ACTION_NONE, NULL}};
static const struct hint select_hints[] = {
    {ACTION_select, "from here"}, {ACTION_highlight, "highlight"}, {ACTION_note, "note"},
    {ACTION_passage_copy, "copy"},    {ACTION_help, "help"},           {ACTION_select_leave, "leave"},
    {ACTION_NONE, NULL}};
static const struct hint menu_hints[] = {
    {ACTION_menu_pick, "go there"}, {ACTION_menu_copy, "copy"}, {ACTION_help, "help"}, {ACTION_quit, "back"},
    {ACTION_NONE, NULL}};
static const struct hint notes_hints[] = {
    {ACTION_menu_pick, "go there"}, {ACTION_note, "write"}, {ACTION_note_remove, "remove"},
    {ACTION_menu_copy, "copy"},     {ACTION_help, "help"},  {ACTION_quit, "back"},
    {ACTION_NONE, NULL}};
static const struct hint help_hints[] = {{ACTION_read_on, "more"}, {ACTION_quit, "back"}, {ACTION_NONE, NULL}};
static const struct hint why_hints[] = {{ACTION_quit, "back"}, {ACTION_NONE, NULL}};

static const struct {
    const char *label;
    enum style style;
} prompts[PROMPT_KINDS] = {
    {"", STYLE_STATUS}, {"/", STYLE_KEY}, {"\\", STYLE_KEY}, {"search: ", STYLE_KEY},
    {"filter: ", STYLE_KEY}, {":", STYLE_KEY}, {"note: ", STYLE_KEY}, {"tags: ", STYLE_KEY}};

static void paint_hints(struct ui *u, int row, int limit)
{
    enum action_context c = ui_context(u);
    const struct hint *h = u->help ? (help_end(u) < help_lines(u) ? help_hints : why_hints)
                           : u->menu.kind == MENU_WHY         ? why_hints
                           : u->menu.kind == MENU_NOTES       ? notes_hints
                           : u->menu.kind != MENU_NONE        ? menu_hints
                           : u->repairing.on                  ? repair_hints
                           : u->reading && u->reader.select.on ? select_hints
                           : u->reading                       ? reader_hints
                                                              : list_hints;
    int at = 1;

    for (; h->action != ACTION_NONE; h++) {
        struct key_sequence keys;
        struct buf b;
        int need;

        if (!keymap_key(u->keymap, c, h->action, 0, &keys, NULL))
            continue;
        if (h->action == ACTION_comments && u->reader.article.comment_count == 0)
            continue;
        buf_init(&b);
        key_add_sequence(&b, &keys);
        need = unicode_columns(b.data, b.len) + 1 + (int)strlen(h->word);
        if (at + need <= limit) {
            at = draw_text(u, row, at, limit, STYLE_KEY, b.data) + 1;
            at = draw_text(u, row, at, limit, STYLE_STATUS, h->word) + 2;
        }
        buf_release(&b);
    }
}

static void add_indexing(const struct ui *u, struct buf *out)
{
    const struct corpus_progress *p = &u->progress;
    uint64_t ms = p->now_ms > p->started_ms ? p->now_ms - p->started_ms : 0;

    buf_add_str(out, "indexing ");
    draw_number(out, p->records);
    if (p->bytes_total > p->bytes_done && p->bytes_done > 0 && p->records > 0) {
        double whole = (double)p->records * (double)p->bytes_total / (double)p->bytes_done;

        buf_add_str(out, " of ~");
        draw_number(out, (long)whole);
    }
    if (ms >= 500)
        buf_add_fmt(out, " · %.0f MB/s", (double)p->bytes_done / 1000.0 / (double)ms);
}

static void add_right(const struct ui *u, struct buf *out)
{
    const struct reader *r = &u->reader;

    if (u->count > 0)
        buf_add_fmt(out, "%ld", u->count);
    for (int i = 0; i < u->typed.count; i++)
        key_add_name(out, u->typed.key[i]);
    if (out->len > 0)
        return;
    if (u->reading && r->find.pattern) {
        if (finding_seeks(u))
            buf_add_str(out, "looking on");
        else if (r->seek.on)
            buf_add_fmt(out, "%ld of %ld", seek_number(r) + 1, seek_matches(r));
        else
            buf_add_fmt(out, "%ld found", seek_matches(r));
        return;
    }
    if (u->scan.running)
        buf_add_str(out, "looking on");
    else if (u->progress.running && u->progress.records > 0)
        add_indexing(u, out);
    else if (!u->reading && u->list.number > 0) {
        draw_number(out, u->list.number);
        buf_add_char(out, '/');
        draw_number(out, u->list.total);
    }
}

/* Which lines of the help are shown, where it has more. */
static void add_help(const struct ui *u, struct buf *out)
{
    int all = help_lines(u), end = help_end(u);

    if (u->help_top > 0 || end < all)
        buf_add_fmt(out, "%d-%d of %d", u->help_top + 1, end, all);
}

/* The part of the prompt's text that is shown: its end, where it is longer than the line. */
static size_t prompt_first(const struct prompt *p, int columns)
{
    size_t at = 0;

    while (at < p->cursor && unicode_columns(p->text.data + at, p->cursor - at) >= columns)
        at += unicode_cluster(p->text.data + at, p->text.len - at);
    return at;
}

static int label_columns(const struct prompt *p)
{
    return (int)strlen(prompts[p->kind].label);
}

void paint_status(struct ui *u)
{
    int row = u->rows - 1, limit = u->columns - 1;
    struct buf b;

    if (u->rows < 3 && u->prompt.kind == PROMPT_NONE && u->message.len == 0)
        return;
    screen_blank(u->screen, row, 0, u->columns);
    buf_init(&b);
    if (u->help)
        add_help(u, &b);
    else
        add_right(u, &b);
    /* A message that has no room beside it goes first. */
    if (b.len > 0 && u->columns >= 20 &&
        unicode_columns(u->message.data, u->message.len) + unicode_columns(b.data, b.len) + 4 <= u->columns)
        limit = draw_text_right(u, row, u->columns / 3, limit, STYLE_STATUS, b.data) - 2;
    if (u->prompt.kind != PROMPT_NONE && u->message.len > 0 && row > 0) { /* what can be typed, over the line */
        screen_blank(u->screen, row - 1, 0, u->columns);
        draw_text(u, row - 1, 1, u->columns - 1, STYLE_META, u->message.data);
    }
    if (u->prompt.kind != PROMPT_NONE) {
        int label = label_columns(&u->prompt), room = limit - label;
        size_t first = prompt_first(&u->prompt, room);

        draw_text(u, row, 0, limit, prompts[u->prompt.kind].style, prompts[u->prompt.kind].label);
        screen_put(u->screen, row, label, limit, STYLE_TEXT,
                   door_show(&b, u->prompt.text.data + first, u->prompt.text.len - first));
    } else if (u->message.len > 0)
        draw_text(u, row, u->columns > 1, limit, u->message_is_error ? STYLE_ERROR : STYLE_TEXT, u->message.data);
    else
        paint_hints(u, row, limit);
    buf_release(&b);
}

static void place_in_menu(const struct ui *u, int *row, int *column)
{
    struct pane p = menu_pane(u);
    int line;

    for (int n = 0; n < p.rows; n++)
        if (menu_line(&u->menu, n, &line) == u->menu.selected && line == 0) {
            *row = p.row + n;
            *column = p.column;
        }
}

static void place_caret(const struct ui *u, int *row, int *column)
{
    const struct reader *r = &u->reader;
    int line = page_find(r->page, r->select.caret);

    if (line >= r->top && line < r->top + u->reader_pane.rows) {
        *row = u->reader_pane.row + line - r->top;
        *column = u->reader_pane.column + place_column(r->page, line, r->select.caret);
    }
}

void place_cursor(const struct ui *u, int *row, int *column)
{
    const struct seek_part *here = u->reading ? seek_here(&u->reader) : NULL;
    int group;

    *row = u->rows - 1;
    *column = 0;
    if (u->prompt.kind != PROMPT_NONE) {
        int label = label_columns(&u->prompt);
        size_t first = prompt_first(&u->prompt, u->columns - 1 - label);

        *column = label + unicode_columns(u->prompt.text.data + first, u->prompt.cursor - first);
    } else if (u->help)
        return;
    else if (u->menu.kind != MENU_NONE)
        place_in_menu(u, row, column);
    else if (u->repairing.on) {
        *row = u->reader_pane.row + u->repairing.line - u->reader.top;
        *column = u->reader_pane.column;
    } else if (u->reading && u->reader.select.on)
        place_caret(u, row, column);
    else if (here && here->line >= u->reader.top && here->line < u->reader.top + u->reader_pane.rows) {
        *row = u->reader_pane.row + here->line - u->reader.top;
        *column = u->reader_pane.column + here->column;
    } else if (u->reading) {
        int comment = reader_comment(&u->reader), line = comment ? page_comment_line(u->reader.page, comment) : -1;

        if (line >= u->reader.top && line < u->reader.top + u->reader_pane.rows) {
            *row = u->reader_pane.row + line - u->reader.top;
            *column = u->reader_pane.column;
        }
    } else if (u->list.selected >= 0) {
        for (int n = 0; n < u->list_pane.rows; n++)
            if (list_line(&u->list, n, &group) == u->list.selected) {
                *row = u->list_pane.row + n;
                *column = u->list_pane.column;
            }
    }
}
