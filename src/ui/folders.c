/* SPDX-License-Identifier: ISC */
#include "ui/folders.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "corpus/groups.h"
#include "corpus/keep.h"
#include "layout/row.h"
#include "layout/spark.h"
#include "ui/draw.h"
#include "ui/finding.h"

enum {
    COUNT_MS = 2,       /* that counting goes on when nothing else is to be done */
    OPEN_MS = 20,       /* that it goes on before what it is for is first shown */
    GROUPS_MOST = 2000, /* sites or months in a menu */
};

/* What item->value of a folder says: its order (enum corpus_order + 1, 0 for the list's own), and whether it is a saved
 * search. */
enum { SAVED = 1 << 8 };

/* ---- filters of the configuration ---- */

void folders_set(struct folders *f, const char *name, const char *query)
{
    size_t i = 0;

    while (i < f->count && strcmp(f->folder[i].name, name) != 0)
        i++;
    if (i < f->count) {
        free(f->folder[i].query);
    } else {
        mem_grow(&f->folder, &f->cap, f->count + 1, sizeof f->folder[0]);
        f->folder[f->count++].name = mem_strdup(name);
    }
    f->folder[i].query = mem_strdup(query);
}

/* ---- the menu of folders ---- */

/* Lets go of what was being counted. */
static void stop_counting(struct ui *u)
{
    corpus_view_free(&u->counting);
    groups_free(&u->groups);
}

void folders_end(struct ui *u)
{
    stop_counting(u);
    groups_free(&u->spark_groups);
    for (size_t i = 0; i < u->folders.count; i++) {
        free(u->folders.folder[i].name);
        free(u->folders.folder[i].query);
    }
    free(u->folders.folder);
    memset(&u->folders, 0, sizeof u->folders);
}

static void add_folder(struct ui *u, const char *name, const char *query, int64_t value)
{
    struct menu_item *item = menu_add(&u->menu, name, NULL);

    item->data = mem_strdup(query);
    item->value = value;
}

static void take_saved(void *ctx, const char *name, const char *query)
{
    add_folder(ctx, name, query, SAVED);
}

static void take_tag(void *ctx, const char *name, long articles)
{
    struct ui *u = ctx;
    struct buf query;

    (void)articles; /* in other corpora too: counted anew */
    buf_init(&query);
    buf_add_fmt(&query, "tag:%s", name);
    add_folder(u, query.data, query.data, 0);
    buf_release(&query);
}

static void fill(struct ui *u)
{
    stop_counting(u);
    menu_open(&u->menu, MENU_FOLDERS, "Folders");
    add_folder(u, "reading list", "is:starred", CORPUS_BY_STARRED + 1);
    add_folder(u, "read lately", "is:read", CORPUS_BY_READ + 1);
    add_folder(u, "unread", "is:unread", 0);
    add_folder(u, "hidden", "is:hidden", 0);
    for (size_t i = 0; i < u->folders.count; i++)
        add_folder(u, u->folders.folder[i].name, u->folders.folder[i].query, 0);
    keep_each_query(u->corpus, take_saved, u);
    keep_each_tag(u->corpus, take_tag, u);
}

void do_folders(struct ui *u, long count)
{
    fill(u);
    if (count > 0)
        menu_go(&u->menu, count);
}

static struct menu_item *uncounted(const struct ui *u)
{
    for (int i = 0; u->menu.kind == MENU_FOLDERS && i < u->menu.count; i++)
        if (!u->menu.items[i].right)
            return &u->menu.items[i];
    return NULL;
}

bool folders_uncounted(const struct ui *u)
{
    return uncounted(u) != NULL || (u->menu.kind == MENU_GROUPS && u->groups);
}

static char *counts(long total, long unread)
{
    struct buf b;

    buf_init(&b);
    if (unread > 0) {
        draw_number(&b, unread);
        buf_add_str(&b, " unread of ");
    }
    draw_number(&b, total);
    return buf_steal(&b);
}

static void count_folder(struct ui *u, struct menu_item *item)
{
    struct err e = ERR_INIT;
    long total, unread;

    if (!u->counting && !corpus_view_new(u->corpus, item->data, CORPUS_BY_DATE, false, &u->counting, &e)) {
        item->right = mem_strdup(e.text);
        return;
    }
    if (!corpus_view_search(u->counting, LONG_MAX, COUNT_MS))
        return;
    corpus_view_counts(u->counting, &total, &unread);
    corpus_view_free(&u->counting);
    item->right = counts(total, unread);
}

/* ---- sites and months ---- */

struct grouping {
    struct ui *u;
    enum groups_by by;
    struct spark spark;
};

/* The query that shows one group of the present list. */
static char *group_query(const struct ui *u, enum groups_by by, const char *name)
{
    struct buf q;
    const char *now = u->list.query;

    buf_init(&q);
    if (now)
        buf_add_fmt(&q, strstr(now, " OR ") ? "(%s) " : "%s ", now);
    if (by == GROUPS_BY_MONTH) {
        buf_add_fmt(&q, name ? "date:%s" : "-date:1600..", name);
    } else {
        /* A quote cannot be said inside of quotes: such a site is found by its words. */
        buf_add_str(&q, name && strchr(name, '"') ? "site:\"" : "site:=\"");
        for (const char *c = name ? name : ""; *c; c++)
            buf_add_char(&q, *c == '"' ? ' ' : *c);
        buf_add_char(&q, '"');
    }
    return buf_steal(&q);
}

static void take_group(void *ctx, const struct groups_group *g)
{
    struct grouping *grouping = ctx;
    struct menu_item *item;
    struct buf name;

    buf_init(&name);
    if (!g->name)
        buf_add_str(&name, grouping->by == GROUPS_BY_MONTH ? "undated" : "no site");
    else if (grouping->by == GROUPS_BY_MONTH)
        row_add_date(&name, g->name, true, false);
    else
        buf_add_str(&name, g->name);
    item = menu_add(&grouping->u->menu, name.data, NULL);
    item->right = counts(g->total, g->unread);
    item->data = group_query(grouping->u, grouping->by, g->name);
    if (g->name && grouping->by == GROUPS_BY_MONTH)
        spark_add(&grouping->spark, g->name, g->total);
    buf_release(&name);
}

/* Fills the menu with the groups counted so far; what is selected stays so. */
static void fill_groups(struct ui *u, bool done)
{
    struct grouping g = {.u = u, .by = u->groups_by};
    struct menu *m = &u->menu;
    const struct menu_item *item = menu_item(m);
    char *selected = item ? mem_strdup(item->data) : NULL;
    int was = m->selected, top = m->top;
    struct buf title;
    bool whole;

    menu_open(m, MENU_GROUPS, "");
    whole = u->groups ? groups_each(u->groups, GROUPS_MOST, take_group, &g)
                      : groups_of_all(u->list.view, u->groups_by, GROUPS_MOST, take_group, &g);
    for (int i = 0; selected && i < m->count; i++)
        if (strcmp(m->items[i].data, selected) == 0)
            m->selected = i;
    if (selected)
        m->top = top + m->selected - was > 0 ? top + m->selected - was : 0;
    free(selected);
    buf_init(&title);
    buf_add_str(&title, u->groups_by == GROUPS_BY_MONTH ? "Months" : "Sites");
    if (!done) {
        buf_add_str(&title, u->ascii ? " - of " : " · of ");
        draw_number(&title, groups_counted(u->groups));
        buf_add_str(&title, " articles so far");
    } else if (u->groups_by == GROUPS_BY_MONTH) {
        buf_add_str(&title, u->ascii ? " - " : " · ");
        spark_write(&g.spark, u->columns - 30, u->ascii, &title);
    }
    if (!whole)
        buf_add_fmt(&title, " (the first %d)", GROUPS_MOST);
    free(m->title);
    m->title = buf_steal(&title);
    spark_release(&g.spark);
}

/* Goes on counting what a query finds; what is new shows at the end, and whenever there is twice as much as before. */
static void count_groups(struct ui *u, int ms)
{
    bool done = groups_count(u->groups, u->counting, ms);

    if (done || groups_counted(u->groups) >= 2 * u->groups_shown) {
        fill_groups(u, done);
        u->groups_shown = groups_counted(u->groups);
    }
    if (done)
        stop_counting(u);
}

static void open_groups(struct ui *u, enum groups_by by)
{
    struct err e = ERR_INIT;

    stop_counting(u);
    menu_close(&u->menu);
    u->groups_by = by;
    u->groups_shown = 0;
    if (!u->list.query) {
        fill_groups(u, true);
    } else if (corpus_view_new(u->corpus, u->list.query, CORPUS_BY_DATE, false, &u->counting, &e)) {
        u->groups = groups_new(by);
        count_groups(u, OPEN_MS);
    } else {
        ui_complain(u, "%s", e.text);
        return;
    }
    if (u->menu.count == 0 && !u->groups) {
        menu_close(&u->menu);
        ui_say(u, "there is no article");
    }
}

void folders_count(struct ui *u)
{
    struct menu_item *item = uncounted(u);

    if (item)
        count_folder(u, item);
    else if (folders_uncounted(u))
        count_groups(u, COUNT_MS);
}

void do_sites(struct ui *u, long count)
{
    (void)count;
    open_groups(u, GROUPS_BY_SITE);
}

void do_months(struct ui *u, long count)
{
    (void)count;
    open_groups(u, GROUPS_BY_MONTH);
}

bool folders_spark_due(const struct ui *u)
{
    return u->set.number[SET_SPARKLINE] && u->list.query && !u->list.searching && u->list_pane.rows > 0 &&
           (u->spark_of != u->list.opened || u->spark_columns != u->list_pane.columns);
}

static void take_month(void *ctx, const struct groups_group *g)
{
    if (g->name)
        spark_add(ctx, g->name, g->total);
}

void folders_spark(struct ui *u)
{
    struct spark s = {.count = 0};

    if (u->spark_begun != u->list.opened)
        groups_free(&u->spark_groups);
    u->spark_begun = u->list.opened;
    if (!u->spark_groups)
        u->spark_groups = groups_new(GROUPS_BY_MONTH);
    if (!groups_count(u->spark_groups, u->list.view, COUNT_MS))
        return;
    groups_each(u->spark_groups, GROUPS_MOST, take_month, &s);
    groups_free(&u->spark_groups);
    buf_clear(&u->spark);
    if (s.count > 1)
        spark_write(&s, u->list_pane.columns - 2, u->ascii, &u->spark);
    u->spark_of = u->list.opened;
    u->spark_columns = u->list_pane.columns;
    spark_release(&s);
}

/* ---- the shelf ---- */

static void take_corpus(void *ctx, const char *path, int64_t opened)
{
    struct ui *u = ctx;

    (void)opened;
    menu_add(&u->menu, path, NULL)->data = mem_strdup(path);
}

void do_shelf(struct ui *u, long count)
{
    struct err e = ERR_INIT;

    (void)count;
    if (u->options->restricted) {
        ui_complain(u, "no other corpus is opened in the restricted mode");
        return;
    }
    menu_open(&u->menu, MENU_SHELF, "The shelf");
    if (!corpus_shelf(take_corpus, u, &e))
        ui_complain(u, "%s", e.text);
    if (u->menu.count == 0) {
        menu_close(&u->menu);
        if (e.status == ERR_NONE)
            ui_say(u, "no corpus was opened before");
    }
}

/* ---- picking ---- */

/* The program goes on with the corpus at path, which it takes; not where that is gone. */
static void choose_corpus(struct ui *u, char *path)
{
    if (access(path, R_OK) != 0) {
        ui_complain(u, "cannot open '%s': %s", path, strerror(errno));
        free(path);
        return;
    }
    free(u->next);
    u->next = path;
    u->quit = true;
}

void folders_pick(struct ui *u)
{
    const struct menu_item *item = menu_item(&u->menu);
    enum menu_kind kind = u->menu.kind;
    char *data = mem_strdup(item->data);
    int order = (int)(item->value & ~(int64_t)SAVED);

    if (kind == MENU_SHELF) {
        choose_corpus(u, data);
        return;
    }
    menu_close(&u->menu);
    finding_show(u, data, order - 1);
    free(data);
}

/* ---- by name ---- */

struct wanted {
    const char *name;
    char *query;
    struct buf *names;
};

static void match(void *ctx, const char *name, const char *query)
{
    struct wanted *w = ctx;

    if (w->names)
        buf_add(w->names, name, strlen(name) + 1);
    else if (strcmp(name, w->name) == 0 && !w->query)
        w->query = mem_strdup(query);
}

bool folders_forget(struct ui *u, const char *name, struct err *e)
{
    struct wanted w = {.name = name};
    bool gone;

    keep_each_query(u->corpus, match, &w);
    if (!w.query)
        return err_set(e, ERR_NOMATCH, "no search is saved as '%s'", name);
    gone = keep_query(u->corpus, name, NULL, e);
    if (gone)
        ui_say(u, "forgotten; its query was: %s", w.query);
    free(w.query);
    return gone;
}

void folders_forget_item(struct ui *u, long number)
{
    const struct menu_item *item;
    struct err e = ERR_INIT;
    int selected;

    if (number > 0)
        menu_go(&u->menu, number);
    item = menu_item(&u->menu);
    selected = u->menu.selected;
    if (!item || !(item->value & SAVED))
        ui_say(u, "this is no saved search");
    else if (!folders_forget(u, item->text, &e))
        ui_complain(u, "%s", e.text);
    else {
        fill(u);
        menu_go(&u->menu, selected + 1);
    }
}

static void each(struct ui *u, struct wanted *w)
{
    for (size_t i = 0; i < u->folders.count; i++)
        match(w, u->folders.folder[i].name, u->folders.folder[i].query);
    keep_each_query(u->corpus, match, w);
}

bool folders_open(struct ui *u, const char *name, struct err *e)
{
    struct wanted w = {.name = name};

    each(u, &w);
    if (!w.query)
        return err_set(e, ERR_NOMATCH, "there is no filter '%s'", name);
    finding_show(u, w.query, -1);
    free(w.query);
    return true;
}

void folders_names(struct ui *u, struct buf *out)
{
    struct wanted w = {.names = out};

    each(u, &w);
}
