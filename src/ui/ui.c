/* SPDX-License-Identifier: ISC */
/*
 * The loop: all input that has come is taken up before the screen is laid out and painted once, so that held keys
 * never wait for painting. What may follow a moment later (the lines that tell of the selected article, the
 * preview, how far one has read) comes when the keys rest.
 */
#include "ui/ui.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/moment.h"
#include "ui/command.h"
#include "ui/finding.h"
#include "ui/folders.h"
#include "ui/keys.h"
#include "ui/macro.h"
#include "ui/mouse.h"
#include "ui/panes.h"
#include "ui/repairing.h"
#include "ui/sites.h"
#include "ui/talked.h"

enum {
    REST = 180,      /* ms without a key after which the rest follows */
    LONGEST = 40,    /* ms of keys taken up before a frame is shown all the same */
    NEWS_EVERY = 250, /* ms between two readings of a list that grows */
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

bool ui_show(struct ui *u, int64_t id)
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

    if (!row || (u->reader.id != row->id && !ui_show(u, row->id))) {
        u->reading = u->reading && u->reader.id;
        return false;
    }
    u->reading = true;
    panes_fit(u);
    return true;
}

bool ui_open(struct ui *u, int64_t id)
{
    if (u->reader.id != id && !ui_show(u, id))
        return false;
    u->reading = true;
    panes_fit(u);
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

/* ---- actions ---- */

bool ui_works(struct ui *u, enum action a)
{
    enum action_context here = ui_context(u);

    if (action_info(a)->contexts & (1u << here))
        return true;
    ui_complain(u, "'%s' does not work in '%s'", action_info(a)->name, action_context_name(here));
    return false;
}

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
        keys_take(u, key);
        break;
    case TERM_MOUSE:
        u->touched = true;
        buf_clear(&u->message);
        mouse_take(u, term_mouse(u->term));
        break;
    case TERM_PASTE:
        keys_paste(u);
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
        panes_rest(u);
    else if (u->list.searching)
        return;
    else if (folders_uncounted(u))
        folders_count(u);
    else if (folders_spark_due(u))
        folders_spark(u);
    else if (u->news_due)
        take_news(u);
    else if (u->rest_due)
        panes_rest(u);
}

static void loop(struct ui *u)
{
    enum term_event event = TERM_NOTHING;
    uint32_t key = 0;

    take_news(u);
    panes_fit(u);
    panes_rest(u);
    while (!u->quit) {
        long began = moment_ms();

        while (!u->quit && (event = term_next(u->term, 0, u->options->wake, &key)) != TERM_NOTHING) {
            take_event(u, event, key);
            if (moment_ms() - began > LONGEST)
                break;
            panes_fit(u);
        }
        if (u->quit)
            break;
        finding_results(u);
        panes_fit(u);
        panes_follow(u);
        panes_paint(u);
        corpus_index(u->corpus); /* beside a screen that shows what is there already */
        event = term_next(u->term, longest_wait(u), u->options->wake, &key);
        if (event == TERM_NOTHING)
            use_pause(u);
        else
            take_event(u, event, key);
        panes_fit(u);
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
        panes_fit(u);
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
