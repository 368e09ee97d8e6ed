/* SPDX-License-Identifier: ISC */
#include "ui/menus.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "corpus/notes.h"
#include "corpus/repair.h"
#include "doc/comment.h"
#include "layout/jump.h"
#include "ui/folders.h"
#include "ui/keeping.h"
#include "ui/outside.h"
#include "ui/repairing.h"

/* ---- sections ---- */

/* The words of the line, its dress left out. */
static void add_line_words(const struct line *l, struct buf *out)
{
    for (int r = 0; r < l->run_count; r++)
        if (l->runs[r].style != STYLE_BAR && l->runs[r].style != STYLE_META)
            buf_add(out, l->text + l->runs[r].start, l->runs[r].len);
}

/* The words of a heading that begins at a line. */
static void add_heading(struct page *p, int line, struct buf *out)
{
    int block = page_line(p, line)->block;

    add_line_words(page_line(p, line), out);
    for (line++; block >= 0 && page_has(p, line) && page_line(p, line)->is_text &&
                 page_line(p, line)->block == block;
         line++) {
        buf_add_char(out, ' ');
        add_line_words(page_line(p, line), out);
    }
}

void do_sections(struct ui *u, long count)
{
    struct reader *r = &u->reader;
    int comments = page_comments_line(r->page), here = 0;
    struct buf b;

    (void)count;
    buf_init(&b);
    menu_open(&u->menu, MENU_SECTIONS, "Sections");
    menu_add(&u->menu, r->article.title ? r->article.title : "(the top)", NULL)->style = STYLE_TITLE;
    for (int line = jump_section(r->page, 0, 1); line >= 0; line = jump_section(r->page, line, 1)) {
        struct menu_item *item;

        if (line == comments)
            continue;
        buf_clear(&b);
        add_heading(r->page, line, &b);
        item = menu_add(&u->menu, b.data, NULL);
        item->value = line;
        item->indent = 2;
    }
    if (comments >= 0) {
        buf_clear(&b);
        buf_add_fmt(&b, "Comments (%zu)", r->article.comment_count);
        menu_add(&u->menu, b.data, NULL)->value = comments;
    }
    for (int i = 0; i < u->menu.count; i++)
        if (u->menu.items[i].value <= r->top)
            here = i;
    menu_go(&u->menu, here + 1);
    if (u->menu.count == 1) {
        menu_close(&u->menu);
        ui_say(u, "this article has no sections");
    }
    buf_release(&b);
}

/* ---- addresses ---- */

/* Address number n (from 1) of the open article, as other programs may have it; 0 is the page's own. False where
 * there is none. */
static bool add_address(struct ui *u, long n, struct buf *out)
{
    const struct article *a = &u->reader.article;
    const struct page_link *links;
    const char *text;
    size_t count;

    if (n == 0)
        return a->url && outside_add_address(out, a->url, strlen(a->url));
    links = page_links(u->reader.page, &count);
    if (n > (long)count)
        return false;
    links += n - 1;
    text = links->comment > 0 ? comment_read(a, links->comment)->text : a->text;
    return outside_add_address(out, text + links->start, links->end - links->start);
}

static void copy_address(struct ui *u, long n)
{
    struct buf address;

    buf_init(&address);
    if (!add_address(u, n, &address))
        ui_say(u, "no address of that number");
    else
        ui_say(u, "%s%s",
               u->set.number[SET_CLIPBOARD] && term_copy(u->term, address.data, address.len) ? "copied " : "",
               address.data);
    buf_release(&address);
}

static void open_address(struct ui *u, long n)
{
    struct err e = ERR_INIT;
    struct buf address;

    buf_init(&address);
    if (!add_address(u, n, &address))
        ui_say(u, n > 0 ? "no address of that number" : "the page does not say its own address");
    else if (!outside_browse(u, address.data, &e))
        ui_complain(u, "%s", e.text);
    else
        ui_say(u, "opened %s", address.data);
    buf_release(&address);
}

void do_link(struct ui *u, long count)
{
    size_t links;
    struct buf address;

    if (count > 0) {
        copy_address(u, count);
        return;
    }
    page_links(u->reader.page, &links);
    if (links == 0) {
        ui_say(u, "no addresses in this article");
        return;
    }
    buf_init(&address);
    menu_open(&u->menu, MENU_LINKS, "Addresses");
    for (size_t n = 1; n <= links; n++) {
        buf_clear(&address);
        add_address(u, (long)n, &address);
        menu_add(&u->menu, address.data, NULL)->value = (int64_t)n;
    }
    buf_release(&address);
}

void do_browse(struct ui *u, long count)
{
    const struct menu_item *item = menu_item(&u->menu);

    if (u->menu.kind == MENU_LINKS && item)
        open_address(u, count > 0 ? count : (long)item->value);
    else if (u->menu.kind != MENU_NONE)
        ui_say(u, "no address here");
    else
        open_address(u, count);
}

/* ---- notes ---- */

static void take_note(void *ctx, const struct corpus_note *n)
{
    struct ui *u = ctx;
    const struct notes_note *k = &n->kept;
    bool noted = k->text && *k->text;
    struct menu_item *item;
    struct buf line, more;

    buf_init(&line);
    buf_init(&more);
    if (noted)
        buf_add_fmt(&line, "%s · ", k->text);
    buf_add_fmt(&line, "“%s”", k->words ? k->words : "");
    buf_add_str(&more, k->title ? k->title : k->locator ? k->locator : "");
    if (k->site)
        buf_add_fmt(&more, " · %s", k->site);
    if (!n->article)
        buf_add_fmt(&more, " · not in this corpus: %s/%s", k->root ? k->root : "", k->locator ? k->locator : "");
    item = menu_add(&u->menu, line.data, more.data);
    item->value = k->id;
    item->article = n->article;
    item->note = mem_strdup(k->text);
    item->style = noted ? STYLE_TEXT : STYLE_QUOTE;
    buf_release(&more);
    buf_release(&line);
}

static bool fill_notes(struct ui *u)
{
    struct err e = ERR_INIT;
    struct buf title;

    menu_open(&u->menu, MENU_NOTES, "");
    if (!corpus_notes_all(u->corpus, take_note, u, &e))
        ui_complain(u, "%s", e.text);
    buf_init(&title);
    buf_add_fmt(&title, "Notes and highlights · %d", u->menu.count);
    free(u->menu.title);
    u->menu.title = buf_steal(&title);
    return u->menu.count > 0;
}

void do_notes(struct ui *u, long count)
{
    if (!fill_notes(u)) {
        menu_close(&u->menu);
        if (u->message.len == 0)
            ui_say(u, "no notes yet: a passage is selected with v, in an article");
    } else if (count > 0)
        menu_go(&u->menu, count);
}

void menus_refresh(struct ui *u)
{
    int selected = u->menu.selected, top = u->menu.top;

    if (u->menu.kind != MENU_NOTES)
        return;
    if (!fill_notes(u)) {
        menu_close(&u->menu);
        return;
    }
    menu_go(&u->menu, selected + 1);
    u->menu.top = top < u->menu.count ? top : 0;
}

/* Opens the article at the passage of a note. */
static void go_to_note(struct ui *u, int64_t note, int64_t article)
{
    struct reader *r = &u->reader;

    if (!article) {
        ui_say(u, "the article is not in this corpus");
        return;
    }
    menu_close(&u->menu);
    keeping_leave(u);
    if (!ui_open(u, article))
        return;
    list_select(&u->list, article);
    for (size_t i = 0; i < r->note_count; i++)
        if (r->notes[i].id == note && r->notes[i].anchored) {
            struct line_place at = {r->notes[i].comment, r->notes[i].start};

            reader_show_place(r, page_find(r->page, at));
            return;
        }
    ui_say(u, "the passage is no longer in the text: the note stands at its end");
    reader_go(r, page_find(r->page, (struct line_place){0, r->article.len}), false);
}

/* ---- why ---- */

/* Adds the reasons, which stand one after another: "name=value +0.75 '...' +3", each with its weight an item. */
static void add_reasons(struct menu *m, const char *s, size_t len)
{
    size_t from = 0;
    bool quoted = false;

    for (size_t at = 0; at < len; at++) {
        char *reason;

        quoted ^= s[at] == '\'' && (at == 0 || s[at - 1] == ' ' || at + 1 == len || s[at + 1] == ' ');
        /* A reason ends where its weight does: behind a sign and digits. */
        if (quoted || at == 0 || s[at] != ' ' || !(s[at + 1] == '+' || s[at + 1] == '-'))
            continue;
        while (at + 1 < len && s[at + 1] != ' ')
            at++;
        reason = mem_strndup(s + from, at + 1 - from);
        menu_add(m, reason, NULL)->indent = 2;
        free(reason);
        from = at + 2;
        at++;
    }
}

/* "KIND: PART CHANCE, not PART CHANCE, by REASON ...; kind by REASON ...", one thing a line. */
static void fill_why(struct menu *m, const char *why)
{
    const char *by = strstr(why, ", by"), *kind = by ? strstr(by, "; kind by") : NULL, *colon = strchr(why, ':');
    struct buf line;

    if (!by || !kind || !colon || colon > by)
        return;
    buf_init(&line);
    buf_add_str(&line, "Why ");
    buf_add(&line, why, (size_t)(colon - why));
    menu_open(m, MENU_WHY, line.data);
    buf_clear(&line);
    buf_add_str(&line, "taken for");
    buf_add(&line, colon + 1, (size_t)(by - colon - 1));
    buf_add_str(&line, ", by");
    menu_add(m, line.data, NULL);
    add_reasons(m, by + 5, by + 5 < kind ? (size_t)(kind - by - 5) : 0);
    if (kind[9]) {
        menu_add(m, "the kind, by", NULL);
        add_reasons(m, kind + 10, strlen(kind + 10));
    }
    buf_release(&line);
}

/* The line of the page that is meant: where the caret is, or the pick, or the first one of text. */
static int line_meant(const struct ui *u)
{
    const struct reader *r = &u->reader;
    size_t start, end;
    int line = r->select.on ? page_find(r->page, r->select.caret) : r->top;

    for (; page_has(r->page, line) && line < r->top + r->height; line++)
        if (repairing_line(r, line, &start, &end) && (!u->repairing.on || start == u->repairing.start))
            return line;
    return -1;
}

void do_why(struct ui *u, long count)
{
    struct err e = ERR_INIT;
    size_t start, end;
    struct buf why;
    int line = line_meant(u);

    (void)count;
    buf_init(&why);
    if (line < 0 || !repairing_line(&u->reader, line, &start, &end))
        ui_say(u, "no line of the text is here");
    else if (!repair_explain(u->corpus, u->reader.id, start, &why, &e))
        ui_complain(u, "%s", e.text);
    else
        fill_why(&u->menu, why.data);
    buf_release(&why);
}

/* ---- picking ---- */

void do_menu_pick(struct ui *u, long count)
{
    const struct menu_item *item;
    enum menu_kind kind = u->menu.kind;
    int64_t value;

    if (count > 0)
        menu_go(&u->menu, count);
    item = menu_item(&u->menu);
    value = item ? item->value : 0;
    if (!item || kind == MENU_NONE)
        return;
    if (kind == MENU_NOTES) {
        go_to_note(u, value, item->article);
        return;
    }
    if (kind == MENU_FOLDERS || kind == MENU_GROUPS || kind == MENU_SHELF) {
        folders_pick(u);
        return;
    }
    menu_close(&u->menu);
    if (kind == MENU_LINKS)
        open_address(u, (long)value);
    else if (kind == MENU_SECTIONS) {
        keeping_leave(u);
        reader_go(&u->reader, (int)value, true);
    }
}

void do_menu_copy(struct ui *u, long count)
{
    const struct menu_item *item;
    struct buf words;

    if (count > 0)
        menu_go(&u->menu, count);
    item = menu_item(&u->menu);
    if (!item)
        return;
    if (u->menu.kind == MENU_LINKS) {
        copy_address(u, (long)item->value);
        return;
    }
    buf_init(&words);
    buf_add_str(&words, item->text);
    if (item->more)
        buf_add_fmt(&words, "\n— %s", item->more);
    keeping_copy(u, &words, "it");
    buf_release(&words);
}
