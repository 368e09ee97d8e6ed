/* SPDX-License-Identifier: ISC */
/*
 * The handlers of subject "Finding". In the page all matches are found: in the article at once, in its comments
 * beside the keys. In the list, which may be of any
 * length, a scan goes through the headlines a few at a time beside the keys, and any key of the list stops it.
 * A search of the corpus replaces the list while one types, and the list comes back as it was.
 */
#include "ui/finding.h"

#include <ctype.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/moment.h"
#include "doc/comment.h"
#include "ui/marked.h"

enum {
    SCAN_ROWS = 64,
    SEARCH_MS = 1, /* that a search goes on when nothing else is to be done */
    SEEK_MS = 3,   /* the same, in the comments of one article */
    TELL_MS = 200, /* how often it is shown how far it is: a far terminal has each byte to carry */
};

/* ---- in the page ---- */

/* Goes to the next match from a spot, now or when it is known. */
static void seek_from(struct ui *u, struct seek_spot from, int direction, bool told)
{
    struct reader *r = &u->reader;
    struct seek_spot to;
    enum seek_answer answer = seek_next(r, from, direction, &to);

    r->seek.due = 0;
    switch (answer) {
    case SEEK_AROUND:
        if (told)
            ui_say(u, direction > 0 ? "went on from the top" : "went on from the end");
        seek_show(r, to);
        break;
    case SEEK_FOUND:
        seek_show(r, to);
        break;
    case SEEK_NONE:
        if (told)
            ui_say(u, "'%s' is not in this article", r->find.pattern);
        else
            reader_go(r, page_find(r->page, u->find_from), true);
        break;
    case SEEK_UNKNOWN:
        r->seek.from = from;
        r->seek.due = direction;
        r->seek.told = told;
        break;
    }
}

/* Shows the first match from where the reader stood when the prompt opened, or that place where there is none. */
static void find_from_start(struct ui *u)
{
    struct reader *r = &u->reader;
    int start = page_find(r->page, u->find_from);

    if (!r->find.pattern) {
        reader_go(r, start, true);
        return;
    }
    seek_from(u, seek_at(r, u->find_direction > 0 ? start : start + 1, u->find_direction), u->find_direction, false);
}

static void next_in_page(struct ui *u, int direction)
{
    const struct reader *r = &u->reader;

    seek_from(u, seek_at(r, direction > 0 ? r->top : r->top + 1, direction), direction, true);
}

bool finding_seeks(const struct ui *u)
{
    return u->reading && u->reader.seek.done < u->reader.seek.comments;
}

void finding_seek(struct ui *u)
{
    struct seek *s = &u->reader.seek;
    long until = moment_ms() + SEEK_MS;

    while (seek_more(&u->reader) && moment_ms() < until)
        ;
    if (s->due)
        seek_from(u, s->from, s->due, s->told);
}

/* ---- in the list ---- */

static void start_scan(struct ui *u, int64_t from, int direction, bool with_first)
{
    u->scan = (struct scan){.running = true, .direction = direction, .at = from, .from = from};
    if (with_first) {
        const struct corpus_row *row;

        list_select(&u->list, from);
        row = list_row(&u->list);
        if (row && row->title && find_in_text(&u->list_find, row->title, strlen(row->title)))
            u->scan.running = false;
    }
}

static void scan_ended(struct ui *u, int64_t found)
{
    u->scan.running = false;
    list_select(&u->list, found ? found : u->scan.from);
    u->scan.failed = !found;
    if (!found)
        ui_say(u, "'%s' is in no headline", u->list_find.pattern);
    else if (found == u->scan.from)
        ui_say(u, "'%s' is in no other headline", u->list_find.pattern);
    else if (u->scan.wrapped)
        ui_say(u, u->scan.direction > 0 ? "went on from the top" : "went on from the end");
}

void finding_scan(struct ui *u)
{
    struct corpus_row rows[SCAN_ROWS];
    bool down = u->scan.direction > 0;
    int64_t found = 0;
    bool round = false;
    int n;

    if (!u->scan.running)
        return;
    n = corpus_view_rows(u->list.view, u->scan.at ? (down ? CORPUS_AFTER : CORPUS_BEFORE)
                                                  : (down ? CORPUS_FIRST : CORPUS_LAST),
                         u->scan.at, rows, SCAN_ROWS);
    for (int i = 0; i < n; i++) {
        const struct corpus_row *row = &rows[down ? i : n - 1 - i];

        if (!found && !round && row->title && find_in_text(&u->list_find, row->title, strlen(row->title)))
            found = row->id;
        round |= u->scan.wrapped && row->id == u->scan.from;
        u->scan.at = row->id;
    }
    for (int i = 0; i < n; i++)
        corpus_row_release(&rows[i]);
    u->scan.seen += n;
    if (found || round || (n == 0 && u->scan.wrapped) || u->scan.seen > 2 * u->list.total + SCAN_ROWS)
        scan_ended(u, found);
    else if (n == 0) {
        u->scan.wrapped = true;
        u->scan.at = 0;
    }
}

/* ---- the prompt ---- */

static void find_prompt(struct ui *u, int direction)
{
    const struct corpus_row *row = list_row(&u->list);

    keeping_leave(u);
    u->find_direction = direction;
    u->find_from = u->reader.place;
    u->find_caret = u->reader.select.caret;
    u->find_from_id = row ? row->id : 0;
    u->scan.running = false;
    prompt_start(&u->prompt, direction > 0 ? PROMPT_FIND : PROMPT_FIND_BACK);
}

void do_find(struct ui *u, long count)
{
    (void)count;
    find_prompt(u, 1);
}

void do_find_back(struct ui *u, long count)
{
    (void)count;
    find_prompt(u, -1);
}

/* Keeps what the list was before results took its place. */
static void keep_list(struct ui *u)
{
    const struct corpus_row *row = list_row(&u->list);

    if (u->reading)
        ui_to_list(u);
    if (u->results.shown)
        return;
    free(u->results.query);
    u->results.query = mem_strdup(u->list.query);
    u->results.order = u->list.order;
    u->results.reverse = u->list.reverse;
    u->results.selected = row ? row->id : 0;
}

/* Opens the prompt whose results take the list's place. */
static void results_prompt(struct ui *u, enum prompt_kind kind)
{
    keep_list(u);
    prompt_start(&u->prompt, kind);
}

void finding_show(struct ui *u, const char *query, int order)
{
    struct err e = ERR_INIT;

    keep_list(u);
    if (!list_open(&u->list, query, order >= 0 ? (enum corpus_order)order : u->results.order,
                   order < 0 && u->results.reverse, &e)) {
        ui_complain(u, "%s", e.text);
        return;
    }
    u->results.shown = true;
    if (u->list.total > 0)
        list_go(&u->list, 1);
}

void do_search(struct ui *u, long count)
{
    (void)count;
    results_prompt(u, PROMPT_SEARCH);
}

/* As a search, but in the list's own order. */
void do_filter(struct ui *u, long count)
{
    (void)count;
    results_prompt(u, PROMPT_FILTER);
}

/* Whether what is typed finds articles, not words in what is shown. */
static bool finds_articles(enum prompt_kind kind)
{
    return kind == PROMPT_SEARCH || kind == PROMPT_FILTER;
}

void finding_changed(struct ui *u)
{
    const char *text = u->prompt.text.data;

    if (finds_articles(u->prompt.kind)) {
        u->results.due = true;
    } else if (u->reading) {
        find_set(&u->reader.find, text);
        seek_begin(&u->reader);
        find_from_start(u);
    } else {
        find_set(&u->list_find, text);
        if (u->list_find.pattern && u->find_from_id)
            start_scan(u, u->find_from_id, u->find_direction, true);
        else if (u->find_from_id)
            list_select(&u->list, u->find_from_id);
    }
}

void finding_results(struct ui *u)
{
    struct err e = ERR_INIT;
    struct buf query;
    size_t len = u->prompt.text.len;
    bool accepted = u->results.accepted, ranked = accepted && len > 0 && u->prompt.kind == PROMPT_SEARCH;

    if (!u->results.due)
        return;
    u->results.due = false;
    buf_init(&query);
    buf_add(&query, u->prompt.text.data, len);
    /* The word that is being typed stands for all that begin so, from four letters on where fewer take too long. */
    if (!accepted && len > 0 && (isalnum((unsigned char)query.data[len - 1]) || (query.data[len - 1] & 0x80))) {
        buf_add_char(&query, '*');
        if (corpus_view_is_broad(query.data))
            buf_truncate(&query, len);
    }
    if (!list_open(&u->list, query.data, ranked ? CORPUS_BY_RELEVANCE : u->results.order,
                   u->results.reverse && !ranked, &e))
        ui_complain(u, "%s", e.text);
    else if (u->list.total > 0)
        list_go(&u->list, 1);
    buf_release(&query);
}

bool finding_search(struct ui *u)
{
    struct list *l = &u->list;
    bool untouched = l->number <= 1 && l->top == 0, more;

    if (!l->searching)
        return false;
    l->searching = !corpus_view_search(l->view, LONG_MAX, SEARCH_MS);
    /* Rows come below those shown; only the last step may put them in another order. */
    more = l->window.at_end && l->window.count < WINDOW_STEP;
    if (l->searching && !more && moment_ms() - u->results.told_at < TELL_MS)
        return false;
    u->results.told_at = moment_ms();
    l->window.at_end = false;
    if (!l->searching && untouched && l->order == CORPUS_BY_RELEVANCE)
        list_go(l, 1);
    else if (more || !l->searching)
        list_refresh(l);
    else
        corpus_view_counts(l->view, &l->total, &l->unread);
    return true;
}

bool finding_leave_results(struct ui *u)
{
    struct err e = ERR_INIT;

    if (!u->results.shown)
        return false;
    u->results.shown = false;
    if (!list_open(&u->list, u->results.query, u->results.order, u->results.reverse, &e))
        ui_complain(u, "%s", e.text);
    else if (u->results.selected)
        list_select(&u->list, u->results.selected);
    return true;
}

void finding_accepted(struct ui *u)
{
    enum prompt_kind kind = u->prompt.kind;
    bool empty = u->prompt.text.len == 0;

    if (finds_articles(kind)) {
        u->results.shown = u->results.due = u->results.accepted = true;
        finding_results(u);
        u->results.accepted = false;
        if (empty)
            finding_leave_results(u);
        prompt_end(&u->prompt, true);
        return;
    }
    prompt_end(&u->prompt, true);
    if (empty && u->prompt.history[PROMPT_FIND].count > 0) {
        const struct prompt_history *h = &u->prompt.history[PROMPT_FIND];
        struct find *f = u->reading ? &u->reader.find : &u->list_find;

        find_set(f, h->line[h->count - 1]);
        if (u->reading)
            seek_begin(&u->reader);
        do_match_next(u, 0);
    } else if (u->reading && u->reader.find.pattern && !finding_seeks(u) && seek_matches(&u->reader) == 0)
        ui_say(u, "'%s' is not in this article", u->reader.find.pattern);
    else if (!u->reading && u->list_find.pattern && !u->scan.running && u->scan.failed)
        ui_say(u, "'%s' is in no headline", u->list_find.pattern);
}

void finding_cancelled(struct ui *u)
{
    enum prompt_kind kind = u->prompt.kind;

    prompt_end(&u->prompt, false);
    u->results.due = false;
    if (finds_articles(kind)) {
        u->results.shown = true;
        finding_leave_results(u);
    } else if (u->reading) {
        find_set(&u->reader.find, NULL);
        seek_begin(&u->reader);
        reader_go(&u->reader, page_find(u->reader.page, u->find_from), true);
        if (u->reader.select.on) {
            u->reader.select.caret = u->find_caret;
            marked_show(&u->reader);
        }
    } else {
        u->scan.running = false;
        find_set(&u->list_find, NULL);
        if (u->find_from_id)
            list_select(&u->list, u->find_from_id);
    }
}

/* ---- going on ---- */

struct hits {
    struct reader *reader;
    int comment;
};

static void take_hit(void *ctx, size_t start, size_t end)
{
    const struct hits *h = ctx;

    marked_add_hit(h->reader, h->comment, start, end);
}

void finding_mark_hits(struct ui *u)
{
    struct reader *r = &u->reader;
    struct hits h = {r, 0};

    corpus_view_hits(u->list.view, r->article.text, r->article.len, take_hit, &h);
    r->hits_due = r->article.comment_count ? 1 : 0;
    finding_more_hits(u);
    if (r->hit_count == 0)
        reader_again(r);
}

void finding_more_hits(struct ui *u)
{
    enum { AT_ONCE = 64 }; /* comments */
    struct reader *r = &u->reader;
    struct hits h = {r, 0};
    size_t had = r->hit_count;
    int end = r->hits_due + AT_ONCE;

    for (; r->hits_due && r->hits_due < end; r->hits_due++) {
        const char *text = comment_glance(&r->article, r->hits_due)->text;

        h.comment = r->hits_due;
        corpus_view_hits(u->list.view, text, strlen(text), take_hit, &h);
        if (r->hits_due == (int)r->article.comment_count) {
            r->hits_due = 0;
            break;
        }
    }
    if (r->hit < 0)
        marked_show_hit(r, 0);
    else if (r->hit_count > had)
        marked_show(r);
}

/* The next hit of the search that led here; past the last one, the next article of the results. */
static void next_hit(struct ui *u, int direction)
{
    while (direction > 0 && u->reader.hits_due && u->reader.hit + 1 >= (long)u->reader.hit_count)
        finding_more_hits(u);
    if (marked_show_hit(&u->reader, u->reader.hit + direction))
        return;
    if (direction > 0)
        do_article_next(u, 0);
    else
        do_article_previous(u, 0);
}

static void next_match(struct ui *u, int direction, long count)
{
    bool forward = direction * u->find_direction > 0;

    if (u->reading && u->reader.find.pattern) {
        for (long n = count > 0 && count < 10000 ? count : 1; n > 0; n--)
            next_in_page(u, forward ? 1 : -1);
    } else if (u->reading && u->reader.hit_count > 0)
        next_hit(u, direction);
    else if (!u->reading && u->list_find.pattern && list_row(&u->list))
        start_scan(u, list_row(&u->list)->id, forward ? 1 : -1, false);
    else if (u->reading && reader_in_thread(&u->reader))
        (direction > 0 ? do_comment_next : do_comment_previous)(u, count);
    else if (ui_article(u))
        (direction > 0 ? do_unread_next : do_unread_previous)(u, count);
}

void do_snippets(struct ui *u, long count)
{
    (void)count;
    u->set.number[SET_SNIPPETS] = !u->set.number[SET_SNIPPETS];
    if (!u->list.query)
        ui_say(u, "the words around hits are %s below what a search finds",
               u->set.number[SET_SNIPPETS] ? "shown" : "not shown");
}

void do_match_next(struct ui *u, long count)
{
    next_match(u, 1, count);
}

void do_match_previous(struct ui *u, long count)
{
    next_match(u, -1, count);
}
