/* SPDX-License-Identifier: ISC */
/*
 * The loop: all input that has come is taken up before the screen is laid out and painted once, so that held keys
 * never wait for painting. What may follow a moment later (the lines that tell of the selected article, the
 * preview, how far one has read) comes when the keys rest.
 */
#include "ui/ui.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/moment.h"
#include "layout/fit.h"
#include "ui/command.h"
#include "ui/draw.h"
#include "ui/finding.h"
#include "ui/folders.h"
#include "ui/macro.h"
#include "ui/mouse.h"
#include "ui/repairing.h"
#include "ui/sites.h"
#include "ui/talked.h"

enum {
    REST = 180,      /* ms without a key after which the rest follows */
    LONGEST = 40,    /* ms of keys taken up before a frame is shown all the same */
    NEWS_EVERY = 250, /* ms between two readings of a list that grows */
    COUNT_MAX = 99999999,
};

static ui_handler *const handlers[ACTION_COUNT] = {
#define ACTION(id, ...) [ACTION_##id] = do_##id,
#include "ui/action.def"
#undef ACTION
};

/* ---- what handlers and views share ---- */

static void __attribute__((format(printf, 3, 0)))
say(struct ui *u, bool error, const char *format, va_list args)
{
    buf_clear(&u->message);
    buf_add_vfmt(&u->message, format, args);
    u->message_is_error = error;
}

void ui_say(struct ui *u, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    say(u, false, format, args);
    va_end(args);
}

void ui_complain(struct ui *u, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    say(u, true, format, args);
    va_end(args);
}

enum action_context ui_context(const struct ui *u)
{
    if (u->prompt.kind != PROMPT_NONE)
        return CONTEXT_PROMPT;
    if (u->help)
        return CONTEXT_HELP;
    if (u->menu.kind != MENU_NONE)
        return CONTEXT_MENU;
    if (u->repairing.on)
        return CONTEXT_REPAIR;
    if (!u->reading)
        return CONTEXT_LIST;
    if (u->reader.select.on)
        return CONTEXT_SELECT;
    return reader_in_thread(&u->reader) ? CONTEXT_THREAD : CONTEXT_READER;
}

int64_t ui_article(const struct ui *u)
{
    const struct corpus_row *row = list_row(&u->list);

    if (u->reading)
        return u->reader.id;
    return row ? row->id : 0;
}

/* The line after an article's end: what the key that reads on will open. To be freed; NULL for nothing. */
static char *next_hint(struct ui *u, int64_t id)
{
    int64_t next = corpus_view_unread(u->list.view, id, 1);
    struct key_sequence keys;
    struct corpus_row row;
    struct buf b;

    buf_init(&b);
    if (keymap_key(u->keymap, CONTEXT_READER, ACTION_read_on, 0, &keys, NULL)) {
        key_add_sequence(&b, &keys);
        buf_add_str(&b, ": ");
    }
    if (next && corpus_facts(u->corpus, next, &row, NULL)) {
        buf_add_fmt(&b, "next unread, %s", row.title ? row.title : row.locator);
        corpus_row_release(&row);
        return buf_steal(&b);
    }
    buf_release(&b);
    return mem_strdup("no unread article after this one");
}

/* The reading pane's options for the site of the article that it is about to show. */
static void take_site(struct ui *u, int64_t id)
{
    struct corpus_row row;

    if (u->site_options.count == 0 || !corpus_facts(u->corpus, id, &row, NULL))
        return;
    sites_apply(u, row.site);
    corpus_row_release(&row);
}

static bool open_article(struct ui *u, int64_t id)
{
    struct err e = ERR_INIT;
    char *hint = next_hint(u, id);
    bool done;

    reader_leave(&u->reader);
    u->repairing.on = false;
    take_site(u, id);
    done = reader_open(&u->reader, id, hint, &e);
    if (!done)
        ui_complain(u, "%s", e.text);
    else if (u->list.query)
        finding_mark_hits(u);
    free(hint);
    return done;
}

bool ui_read(struct ui *u)
{
    const struct corpus_row *row = list_row(&u->list);

    if (!row || (u->reader.id != row->id && !open_article(u, row->id))) {
        u->reading = u->reading && u->reader.id;
        return false;
    }
    u->reading = true;
    ui_fit(u);
    return true;
}

bool ui_open(struct ui *u, int64_t id)
{
    if (u->reader.id != id && !open_article(u, id))
        return false;
    u->reading = true;
    ui_fit(u);
    return true;
}

void ui_to_list(struct ui *u)
{
    ui_note_reading(u);
    if (!u->wide)
        reader_leave(&u->reader);
    u->reading = false;
}

void ui_note_reading(struct ui *u)
{
    int when = u->set.number[SET_MARK_READ];

    if (u->reading && u->reader.id && u->reader.page)
        talked_note(&u->reader);
    if (!u->reading || !u->reader.id || u->reader.noted || when == MARK_READ_NEVER)
        return;
    if (when == MARK_READ_END && !u->reader.end_seen)
        return;
    u->reader.noted = true;
    list_set(&u->list, u->reader.id, LIST_READ, true);
}

/* ---- laying out ---- */

static void set_panes(struct ui *u)
{
    int status = u->rows >= 3, list_columns = u->columns, above, detail;

    u->wide = u->set.number[SET_WIDE_FROM] > 0 && u->columns >= u->set.number[SET_WIDE_FROM];
    if (u->wide) {
        list_columns = u->columns * 2 / 5;
        list_columns = list_columns < 44 ? 44 : list_columns > 52 ? 52 : list_columns;
        if (list_columns > u->columns / 2)
            list_columns = u->columns / 2;
    }
    above = u->rows >= 16 ? 2 : u->rows >= 4;
    detail = u->rows >= 14 ? 3 : 0;
    u->list_pane = (struct pane){above, 0, u->rows - above - status - detail, list_columns};
    u->detail_pane = (struct pane){u->rows - status - 2, 0, detail ? 2 : 0, list_columns};
    u->reader_pane = (struct pane){above, 0, u->rows - above - status, u->columns};
    if (u->wide) {
        u->reader_pane.column = list_columns + 1;
        u->reader_pane.columns = u->columns - list_columns - 1;
    } else if (u->reading)
        u->list_pane.rows = u->detail_pane.rows = 0;
    else
        u->reader_pane.rows = 0;
}

void ui_fit(struct ui *u)
{
    term_size(u->term, &u->rows, &u->columns);
    set_panes(u);
    u->list.row_lines = u->set.number[SET_SNIPPETS] && u->list.query ? 2 : 1;
    if (u->list_pane.rows > 0)
        list_fit(&u->list, u->list_pane.rows);
    if (u->reader_pane.rows > 0)
        reader_fit(&u->reader, u->reader_pane.columns, u->reader_pane.rows, u->ascii);
    repairing_fit(u);
    if (u->menu.kind != MENU_NONE)
        menu_fit(&u->menu, menu_pane(u).rows);
    ui_note_reading(u);
}

static char *dateline_words(const struct article *a)
{
    struct buf b;

    if (!a->dateline.place)
        return NULL;
    buf_init(&b);
    buf_add_str(&b, a->dateline.place);
    if (a->dateline.agency)
        buf_add_fmt(&b, " (%s)", a->dateline.agency);
    return buf_steal(&b);
}

/* Sets the lines that tell of the selected article. */
static void set_detail(struct ui *u, const struct corpus_row *row)
{
    struct article a;
    char *text = NULL, *author = NULL, *dateline = NULL;
    struct row_detail d = {.title = row->title,
                           .file = row->locator,
                           .published = row->published,
                           .locator = row->locator};

    article_init(&a);
    if (corpus_article(u->corpus, row->id, &a, &text, NULL)) {
        d.author = author = article_join_authors(&a);
        d.dateline = dateline = dateline_words(&a);
    }
    u->detail_columns = u->detail_pane.columns;
    row_set_detail(&u->headline, &u->about, &d, u->detail_pane.columns - 2, u->ascii);
    article_release(&a);
    free(text);
    free(author);
    free(dateline);
}

/* Sets the lines that the next page down will show, while nobody waits for them. */
static void set_ahead(struct reader *r)
{
    int end = r->top + 2 * r->height;

    for (int line = r->top + r->height; r->page && line < end && page_has(r->page, line); line++)
        page_line(r->page, line);
}

/* What follows when the keys rest. */
static void take_rest(struct ui *u)
{
    const struct corpus_row *row = list_row(&u->list);
    int64_t id = row ? row->id : 0;

    u->rest_due = false;
    u->detail_old = false;
    u->detail = id;
    if (row && u->detail_pane.rows > 0)
        set_detail(u, row);
    if (u->wide && !u->reading && row && u->reader.id != id)
        open_article(u, id);
    ui_fit(u);
    u->progress_top = u->reader.top;
    if (u->reader_pane.rows > 0)
        set_ahead(&u->reader);
}

/* Whether something on the screen tells of what is no longer so. */
static bool wants_rest(const struct ui *u)
{
    const struct corpus_row *row = list_row(&u->list);
    int64_t id = row ? row->id : 0;

    if (u->list_pane.rows > 0 && (u->detail != id || u->detail_old))
        return true;
    if (u->wide && !u->reading && id && u->reader.id != id)
        return true;
    return u->reader_pane.rows > 0 && u->progress_top != u->reader.top;
}

/* Does at once what need not wait for a rest: what belongs to another size or place. */
static void take_changes(struct ui *u)
{
    enum { NEAR = 3 }; /* lines that progress may lag behind */
    int moved = u->reader.top - u->progress_top;

    if (u->detail_pane.rows > 0 && u->detail && u->detail_columns != u->detail_pane.columns)
        take_rest(u);
    if (u->reader.id != u->progress_of || moved > NEAR || moved < -NEAR) {
        u->progress_of = u->reader.id;
        u->progress_top = u->reader.top;
    }
    u->rest_due = wants_rest(u);
}

/* The words around the hits of the rows that are shown. */
static void make_snippets(struct ui *u)
{
    int group, i;

    for (int n = 0; n < u->list_pane.rows && u->list.row_lines > 1 && !u->menu.kind && !u->help; n++) {
        i = list_line(&u->list, n, &group);
        if (i >= 0)
            snippets_make(&u->snippets, u->list.opened, u->list.view, u->list.window.rows[i].id);
    }
}

static void name_window(struct ui *u)
{
    bool headline = u->reading && u->reader.article.title;
    const char *what = headline ? u->reader.article.title : corpus_name(u->corpus);
    struct buf name, room;
    struct shown title;

    if (!u->set.number[SET_TITLE]) {
        term_set_title(u->term, NULL);
        return;
    }
    buf_init(&name);
    buf_init(&room);
    fit_add(&name, what, strlen(what), u->ascii);
    buf_add_str(&name, " - cuttings");
    title = door_show(&room, name.data, name.len);
    term_set_title(u->term, &title);
    buf_release(&room);
    buf_release(&name);
}

static void paint(struct ui *u)
{
    int row, column;

    for (int r = 0; r < u->rows; r++)
        screen_blank(u->screen, r, 0, u->columns);
    if (u->help)
        paint_help(u);
    else {
        paint_list(u);
        paint_reader(u);
        if (u->menu.kind != MENU_NONE)
            paint_menu(u);
    }
    paint_status(u);
    place_cursor(u, &row, &column);
    name_window(u);
    term_update(u->term, row, column);
}

/* ---- keys ---- */

static bool needs_met(struct ui *u, enum action a)
{
    unsigned needs = action_info(a)->needs;

    if ((needs & NEED_ROW) && !ui_article(u))
        ui_say(u, "there is no article");
    else if ((needs & NEED_ARTICLE) && !u->reader.id)
        ui_say(u, "no article is open");
    else if ((needs & NEED_COMMENTS) && u->reader.article.comment_count == 0)
        ui_say(u, "no comments on this article");
    else
        return true;
    return false;
}

void ui_act(struct ui *u, enum action a, long count)
{
    u->scan.running = false;
    if (!needs_met(u, a))
        return;
    if (u->trace)
        fprintf(u->trace, "%s\n", action_info(a)->name);
    if (!(action_info(a)->needs & CAN_MANY) && u->for_picked && a != ACTION_again && a != ACTION_cancel) {
        u->for_picked = false;
        ui_complain(u, "'%s' is done to one article alone", action_info(a)->name);
        return;
    }
    if (action_info(a)->needs & CAN_REPEAT) {
        u->last = a;
        u->last_count = count;
    }
    handlers[a](u, count);
    if (a != ACTION_picked)
        u->for_picked = false;
}

/* A digit that counts: not where text is typed, and 0 only behind another. */
static bool take_digit(struct ui *u, uint32_t key)
{
    if (key < '0' || key > '9' || u->typed.count > 0 || (key == '0' && u->count == 0))
        return false;
    u->count = u->count * 10 + (long)(key - '0');
    if (u->count > COUNT_MAX)
        u->count = COUNT_MAX;
    return true;
}

static void type_character(struct ui *u, uint32_t key)
{
    struct buf b;

    if (key >= KEY_BEYOND || key < ' ')
        return;
    buf_init(&b);
    buf_add_cp(&b, key);
    typing_insert(u, b.data, b.len);
    buf_release(&b);
}

static void say_unknown(struct ui *u)
{
    struct buf b;

    buf_init(&b);
    key_add_sequence(&b, &u->typed);
    ui_say(u, "%s means nothing here", b.data);
    buf_release(&b);
}

static void take_key(struct ui *u, uint32_t key)
{
    enum action_context c = ui_context(u);
    enum action a = ACTION_NONE;
    enum keymap_answer answer;
    int macro = -1;

    buf_clear(&u->message);
    u->touched = true;
    if (u->letter_for != LETTER_NONE) {
        keeping_letter(u, key);
        return;
    }
    if (c != CONTEXT_PROMPT && take_digit(u, key))
        return;
    u->typed.key[u->typed.count++] = key;
    answer = keymap_find(u->keymap, c, &u->typed, &a, &macro);
    if (answer == KEYMAP_MORE)
        return;
    if (answer != KEYMAP_NONE) {
        long count = u->count;

        u->count = 0;
        u->typed.count = 0; /* a line may be typed next */
        if (answer == KEYMAP_MACRO)
            macro_run(u, macro, count > 0 ? count : 1);
        else
            ui_act(u, a, count);
        return;
    }
    if (c == CONTEXT_PROMPT && u->typed.count == 1)
        type_character(u, key);
    else if (u->typed.count == 1 || key != KEY_ESCAPE)
        say_unknown(u);
    u->typed.count = 0;
    u->count = 0;
}

static void take_paste(struct ui *u)
{
    size_t len;
    const char *text = term_pasted(u->term, &len);

    buf_clear(&u->message);
    if (u->prompt.kind == PROMPT_NONE)
        ui_say(u, "pasted text is not taken for keys");
    else
        typing_insert(u, text, len);
}

/* ---- news from the corpus ---- */

static void take_news(struct ui *u)
{
    const char *notice;

    u->news_due = false;
    u->news_at = moment_ms();
    if (corpus_poll(u->corpus, &u->progress)) {
        if (u->touched || u->options->article)
            list_refresh(&u->list);
        else /* nobody has chosen anything yet: the first article stays selected */
            list_go(&u->list, 1);
        u->detail_old = true;
        repairing_follow(u);
    }
    /* A corpus of one article is opened to read it, but not below a menu in which something else may be chosen. */
    if (!u->touched && !u->reading && !u->progress.running && u->list.total == 1 && !u->list.query &&
        u->menu.kind == MENU_NONE)
        ui_read(u);
    while ((notice = corpus_notice(u->corpus)))
        ui_say(u, "%s", notice);
}

static void take_event(struct ui *u, enum term_event event, uint32_t key)
{
    switch (event) {
    case TERM_KEY:
        take_key(u, key);
        break;
    case TERM_MOUSE:
        u->touched = true;
        buf_clear(&u->message);
        mouse_take(u, term_mouse(u->term));
        break;
    case TERM_PASTE:
        take_paste(u);
        break;
    case TERM_WAKE:
        u->news_due = true;
        break;
    case TERM_END:
        u->quit = true;
        break;
    case TERM_RESIZED: /* the panes follow the size in any case */
    case TERM_NOTHING:
        break;
    }
}

/* How long the loop may wait for a key, in ms; negative for ever. */
static int longest_wait(const struct ui *u)
{
    long news = u->news_at + NEWS_EVERY - moment_ms();

    if (u->scan.running || finding_seeks(u) || u->reader.hits_due || u->results.due || u->list.searching ||
        folders_uncounted(u) || folders_spark_due(u))
        return 0;
    if (u->news_due && (news < REST || !u->rest_due))
        return news > 0 ? (int)news : 0;
    return u->rest_due ? REST : -1;
}

/* Nothing came in time: what was put off is done. */
static void use_pause(struct ui *u)
{
    if (u->scan.running)
        finding_scan(u);
    else if (finding_seeks(u))
        finding_seek(u);
    else if (u->reader.hits_due)
        finding_more_hits(u);
    else if (u->news_due && u->news_at + NEWS_EVERY <= moment_ms())
        take_news(u);
    else if (u->list.searching && finding_search(u))
        take_rest(u);
    else if (u->list.searching)
        return;
    else if (folders_uncounted(u))
        folders_count(u);
    else if (folders_spark_due(u))
        folders_spark(u);
    else if (u->news_due)
        take_news(u);
    else if (u->rest_due)
        take_rest(u);
}

static void loop(struct ui *u)
{
    enum term_event event = TERM_NOTHING;
    uint32_t key = 0;

    take_news(u);
    ui_fit(u);
    take_rest(u);
    while (!u->quit) {
        long began = moment_ms();

        while (!u->quit && (event = term_next(u->term, 0, u->options->wake, &key)) != TERM_NOTHING) {
            take_event(u, event, key);
            if (moment_ms() - began > LONGEST)
                break;
            ui_fit(u);
        }
        if (u->quit)
            break;
        finding_results(u);
        ui_fit(u);
        take_changes(u);
        make_snippets(u);
        paint(u);
        corpus_index(u->corpus); /* beside a screen that shows what is there already */
        event = term_next(u->term, longest_wait(u), u->options->wake, &key);
        if (event == TERM_NOTHING)
            use_pause(u);
        else
            take_event(u, event, key);
        ui_fit(u);
    }
}

/* What fold lines say of the key that opens them. */
static void set_fold_hint(struct ui *u)
{
    struct key_sequence keys;

    if (!keymap_key(u->keymap, CONTEXT_READER, ACTION_fold_open, 0, &keys, NULL))
        return;
    key_add_sequence(&u->fold_hint, &keys);
    buf_add_str(&u->fold_hint, " opens");
    u->reader.fold_hint = u->fold_hint.data;
}

static void release(struct ui *u)
{
    if (u->reader.id)
        reader_leave(&u->reader);
    reader_release(&u->reader);
    list_release(&u->list);
    prompt_release(&u->prompt);
    menu_close(&u->menu);
    find_release(&u->list_find);
    row_release(&u->headline);
    row_release(&u->about);
    row_release(&u->row);
    buf_release(&u->message);
    buf_release(&u->fold_hint);
    buf_release(&u->tags);
    picks_release(&u->picks);
    snippets_release(&u->snippets);
    buf_release(&u->spark);
    macros_release(&u->macros);
    sites_release(&u->site_options);
    folders_end(u);
    free(u->next);
    undo_release(&u->undo);
    keymap_free(&u->keymap);
    options_release(&u->set);
    if (u->trace)
        fclose(u->trace);
    free(u->results.query);
    free(u);
}

/* Options given on the command line win over the configuration. */
static void take_options(struct ui *u, const struct ui_options *o)
{
    if (o->measure > 0)
        u->set.number[SET_MEASURE] = o->measure;
    if (o->ascii)
        u->set.number[SET_ASCII] = 1;
    if (o->sorted) {
        u->set.number[SET_SORT] = (int)o->order;
        u->set.number[SET_REVERSE] = o->reverse;
    }
}

/* A stream for the names of the actions done, where the environment names a descriptor for it: so that the tests
 * know which ones they have tried. */
static FILE *open_trace(void)
{
    const char *text = getenv("CUTTINGS_TRACE_FD");
    char *end;
    long fd = text && *text ? strtol(text, &end, 10) : -1;
    FILE *trace = fd > 2 && fd < 1024 && *end == '\0' ? fdopen((int)fd, "w") : NULL;

    if (trace)
        setvbuf(trace, NULL, _IOLBF, 0);
    return trace;
}

static struct ui *make(struct corpus *c, const struct ui_options *o)
{
    struct ui *u = mem_zalloc(1, sizeof *u);

    u->corpus = c;
    u->options = o;
    u->find_direction = 1;
    u->last = ACTION_NONE;
    u->trace = open_trace();
    u->keymap = keymap_new();
    options_init(&u->set);
    theme_init(&u->theme);
    row_format_read(ROW_FORMAT, &u->format, NULL);
    list_init(&u->list, c);
    reader_init(&u->reader, c);
    prompt_init(&u->prompt);
    find_init(&u->list_find);
    row_init(&u->headline);
    row_init(&u->about);
    row_init(&u->row);
    buf_init(&u->message);
    buf_init(&u->fold_hint);
    buf_init(&u->tags);
    buf_init(&u->spark);
    return u;
}

bool ui_run(struct corpus *c, const struct ui_options *o, char **next, struct err *e)
{
    struct ui *u = make(c, o);
    bool done;

    command_configure(u);
    take_options(u, o);
    set_fold_hint(u);
    done = list_open(&u->list, o->query, (enum corpus_order)u->set.number[SET_SORT],
                     u->set.number[SET_REVERSE] != 0, e) &&
           term_open(&u->term, e);
    if (done) {
        u->screen = term_screen(u->term);
        command_apply(u);
        ui_fit(u);
        if (o->article) {
            list_select(&u->list, o->article);
            if (ui_open(u, o->article) && o->comment > 0)
                reader_go(&u->reader, page_comment_line(u->reader.page, o->comment), true);
        }
        if (o->shelf)
            do_shelf(u, 0);
        loop(u);
        ui_note_reading(u);
        term_close(&u->term);
    }
    *next = u->next;
    u->next = NULL;
    release(u);
    return done;
}
