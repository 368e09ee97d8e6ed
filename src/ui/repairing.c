/* SPDX-License-Identifier: ISC */
/*
 * The handlers of subject "Correcting": a line of the page is picked, and the reader says what it is. The page is
 * parsed again and shown at once; the pick stays on its line, so that one correction can follow the other.
 */
#include "ui/repairing.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "corpus/repair.h"
#include "doc/comment.h"
#include "ui/marked.h"
#include "ui/talked.h"

/* ---- which line of the text a line of the page is ---- */

/* Line [*start, *end) of the text that holds byte `at`, without the white space around it; false where it is
 * blank. */
static bool line_at(const char *text, size_t len, size_t at, size_t *start, size_t *end)
{
    *start = at < len ? at : len;
    *end = *start;
    while (*start > 0 && text[*start - 1] != '\n' && text[*start - 1] != '\r')
        (*start)--;
    while (*end < len && text[*end] != '\n' && text[*end] != '\r')
        (*end)++;
    while (*start < *end && strchr(" \t", text[*start]))
        (*start)++;
    while (*end > *start && strchr(" \t", text[*end - 1]))
        (*end)--;
    return *end > *start;
}

/* The line of the comment's part of the article that names its author, else its first. */
static size_t head_of(const struct article *a, const struct article_comment *c)
{
    size_t len = c->author ? strlen(c->author) : 0, at;

    for (at = c->start; len > 0 && at + len <= c->end; at++) {
        if (memcmp(a->text + at, c->author, len) == 0)
            return at;
    }
    return c->start;
}

/* Where the line that holds byte `offset` of the comment's text stands in the article's. */
static size_t body_of(const struct article *a, const struct article_comment *c, size_t offset)
{
    size_t start, end, len = strlen(c->text), turn = 0, at, from, to;

    if (!line_at(c->text, len, offset, &start, &end))
        return c->start;
    /* The same words may stand on several lines: count those before this one. */
    for (at = 0; at < start; at = to + 1) {
        if (line_at(c->text, len, at, &from, &to) && to - from == end - start &&
            memcmp(c->text + from, c->text + start, end - start) == 0 && from < start)
            turn++;
        if (to < at)
            to = at;
    }
    for (at = c->start; at < c->end; at = to + 1) {
        if (line_at(a->text, c->end, at, &from, &to) && to - from == end - start && from >= c->start &&
            memcmp(a->text + from, c->text + start, end - start) == 0 && turn-- == 0)
            return from;
        if (to < at)
            to = at;
    }
    return c->start;
}

bool repairing_line(const struct reader *r, int n, size_t *start, size_t *end)
{
    const struct article *a = &r->article;
    const struct article_comment *c;
    const struct line *l;

    if (!page_has(r->page, n))
        return false;
    l = page_line(r->page, n);
    if (l->run_count == 0)
        return false;
    if (l->place.comment == 0)
        return l->block >= 0 && line_at(a->text, a->len, l->place.offset, start, end);
    c = comment_read(a, l->place.comment);
    if (c->end == c->start)
        return false; /* the record's format gave it: it stands nowhere in the text */
    return line_at(a->text, a->len, l->place_end.offset == 0 ? head_of(a, c) : body_of(a, c, l->place.offset), start,
                   end);
}

/* Where byte `at` of the article's text is shown: there, or in the comment that was made of it. */
static struct line_place place_of(const struct reader *r, size_t at)
{
    const struct article *a = &r->article;

    for (size_t i = 0; i < a->comment_count && !r->source; i++)
        if (at >= comment_glance(a, (int)i + 1)->start && at < comment_glance(a, (int)i + 1)->end)
            return (struct line_place){(int)i + 1, 0};
    return (struct line_place){0, at};
}

/* Folds that were open stay so where a block begins at the same byte. */
static bool *folds_for(const struct reader *r, const struct article *a)
{
    bool *folds = mem_zalloc(a->block_count + 1, sizeof *folds);
    size_t old = 0;

    for (size_t i = 0; i < a->block_count; i++) {
        while (old < r->article.block_count && r->article.blocks[old].start < a->blocks[i].start)
            old++;
        if (old < r->article.block_count && r->article.blocks[old].start == a->blocks[i].start)
            folds[i] = r->folds[old];
    }
    return folds;
}

/* Reads the open article anew; the line that byte `top` of its text is in comes on top (SIZE_MAX: the place as it
 * was). False and e where it cannot be read: what was open stays. */
static bool reload(struct reader *r, size_t top, struct err *e)
{
    struct article article;
    char *text;
    bool *folds;

    article_init(&article);
    if (!corpus_article(r->corpus, r->id, &article, &text, e)) {
        article_release(&article);
        return false;
    }
    talked_leave(r);
    folds = folds_for(r, &article);
    marked_forget(r);
    page_free(&r->page);
    thread_release(&r->thread);
    seek_forget(r);
    article_release(&r->article);
    free(r->text);
    free(r->folds);
    free(r->comment_flags);
    r->article = article;
    r->stamp = repair_stamp(r->corpus, r->id);
    r->text = text;
    r->folds = folds;
    r->comment_flags = mem_zalloc(article.comment_count + 1, sizeof r->comment_flags[0]);
    if (top != SIZE_MAX) {
        r->place = place_of(r, top);
        r->on_heading = false;
    } else if (r->place.comment > (int)article.comment_count)
        r->place = (struct line_place){0, 0};
    r->on_heading = r->on_heading && article.comment_count > 0;
    marked_read_notes(r);
    talked_read(r);
    reader_again(r);
    return true;
}

/* ---- picking ---- */

/* Puts the pick on the first line at or after (1) or before (-1) n that is one of the text's, other than the line at
 * byte `not`. False where there is none. */
static bool pick(struct ui *u, int n, int direction, size_t not)
{
    struct repairing *p = &u->repairing;
    size_t start, end;

    for (; n >= 0 && page_has(u->reader.page, n); n += direction) {
        if (!repairing_line(&u->reader, n, &start, &end) || start == not)
            continue;
        p->line = n;
        p->start = start;
        p->end = end;
        if (n < u->reader.top || n >= u->reader.top + u->reader.height)
            reader_go(&u->reader, n - u->reader.height / 3, false);
        return true;
    }
    return false;
}

void repairing_move(struct ui *u, long lines)
{
    for (; lines > 0; lines--) {
        if (!pick(u, u->repairing.line + 1, 1, u->repairing.start))
            break;
    }
    for (; lines < 0; lines++) {
        if (!pick(u, u->repairing.line - 1, -1, u->repairing.start))
            break;
    }
}

/* The page was set anew: the pick goes where its line stands now. */
static void pick_again(struct ui *u)
{
    struct reader *r = &u->reader;
    struct line_place place = place_of(r, u->repairing.start);
    int line = page_find(r->page, place), n;
    size_t start, end;

    /* The line that the place finds, or one close to it: a comment's head is none of the article's text. */
    for (n = line; n < line + 400 && page_has(r->page, n); n++) {
        if (repairing_line(r, n, &start, &end) && start == u->repairing.start) {
            pick(u, n, 1, SIZE_MAX);
            return;
        }
        if (page_line(r->page, n)->place.comment != place.comment)
            break;
    }
    if (!pick(u, line, 1, SIZE_MAX) && !pick(u, line, -1, SIZE_MAX))
        u->repairing.on = false;
}

void repairing_fit(struct ui *u)
{
    size_t start, end;

    if (u->repairing.on && !(repairing_line(&u->reader, u->repairing.line, &start, &end) &&
                             start == u->repairing.start))
        pick_again(u);
}

void do_repair(struct ui *u, long count)
{
    struct reader *r = &u->reader;
    const struct seek_part *found = seek_here(r);
    int from = found && found->line >= r->top && found->line < r->top + r->height ? found->line : r->top;

    (void)count;
    u->repairing = (struct repairing){.on = true};
    if (pick(u, from, 1, SIZE_MAX) || pick(u, from, -1, SIZE_MAX))
        return;
    u->repairing.on = false;
    ui_say(u, r->article.comment_count ? "the format gave these comments: there is nothing to correct"
                                       : "there is no line to correct");
}

void do_repair_done(struct ui *u, long count)
{
    (void)count;
    u->repairing.on = false;
}

/* ---- answers ---- */

/* Reads the article anew, as the reader's word makes it now. */
static void show_anew(struct ui *u)
{
    struct err e = ERR_INIT;
    size_t top = 0, end;
    bool known = repairing_line(&u->reader, u->reader.top, &top, &end);

    if (!reload(&u->reader, known ? top : SIZE_MAX, &e)) {
        ui_complain(u, "%s", e.text);
        return;
    }
    if (u->repairing.on)
        pick_again(u);
    list_refresh(&u->list);
    u->detail_old = true;
}

void repairing_follow(struct ui *u)
{
    struct reader *r = &u->reader;
    uint64_t stamp = r->id ? repair_stamp(u->corpus, r->id) : 0;

    if (stamp && stamp != r->stamp) {
        r->stamp = stamp; /* one try: what cannot be read now is not tried at each news */
        show_anew(u);
    }
}

/* What came of it, and how it is made a rule. */
static void say_answer(struct ui *u, enum fix_answer answer)
{
    const struct article *a = &u->reader.article;
    struct key_sequence keys;
    struct buf b;

    buf_init(&b);
    if (answer == FIX_HEADLINE)
        buf_add_str(&b, "this is the headline");
    else if (answer == FIX_BOILERPLATE)
        buf_add_str(&b, "this is boilerplate");
    else if (a->comment_count)
        buf_add_fmt(&b, "%zu comment%s now", a->comment_count, a->comment_count == 1 ? "" : "s");
    else
        buf_add_str(&b, "no comments now");
    if (keymap_key(u->keymap, CONTEXT_REPAIR, ACTION_repair_rule, 0, &keys, NULL)) {
        buf_add_str(&b, " · ");
        key_add_sequence(&b, &keys);
        buf_add_str(&b, ": so on all pages of the site");
    }
    if (keymap_key(u->keymap, CONTEXT_REPAIR, ACTION_undo, 0, &keys, NULL)) {
        buf_add_str(&b, " · ");
        key_add_sequence(&b, &keys);
        buf_add_str(&b, ": take it back");
    }
    ui_say(u, "%s", b.data);
    buf_release(&b);
}

/* Whether the picked line was taken for a part of a comment. */
static bool is_comment(const struct ui *u)
{
    const struct article *a = &u->reader.article;

    for (size_t i = 0; i < a->block_count; i++)
        if (u->repairing.start >= a->blocks[i].start && u->repairing.start < a->blocks[i].end)
            return a->blocks[i].kind == KIND_COMMENT;
    return false;
}

static void answer(struct ui *u, enum fix_answer answer)
{
    struct repairing *p = &u->repairing;
    struct reader *r = &u->reader;
    struct err e = ERR_INIT;
    int64_t number;

    if (answer == FIX_NOT_COMMENT && !is_comment(u)) {
        ui_say(u, "nobody takes this line for a comment");
        return;
    }
    number = repair_line(u->corpus, r->id, answer, r->article.text + p->start, p->end - p->start, p->start, &e);
    if (!number) {
        ui_complain(u, "%s", e.text);
        return;
    }
    p->said = true;
    p->answer = answer;
    p->said_at = p->start;
    undo_begin(&u->undo);
    undo_note(&u->undo, number, UNDO_REPAIR, false);
    show_anew(u);
    say_answer(u, answer);
}

void do_repair_begins(struct ui *u, long count)
{
    (void)count;
    answer(u, FIX_BEGINS);
}

void do_repair_author(struct ui *u, long count)
{
    (void)count;
    answer(u, FIX_AUTHOR);
}

void do_repair_not_comment(struct ui *u, long count)
{
    (void)count;
    answer(u, FIX_NOT_COMMENT);
}

void do_repair_boilerplate(struct ui *u, long count)
{
    (void)count;
    answer(u, FIX_BOILERPLATE);
}

void do_repair_headline(struct ui *u, long count)
{
    (void)count;
    answer(u, FIX_HEADLINE);
}

void do_repair_rule(struct ui *u, long count)
{
    struct repairing *p = &u->repairing;
    struct repair_rule rule;
    struct err e = ERR_INIT;
    int64_t number = 0;

    (void)count;
    if (!p->said) {
        ui_say(u, "say first what a line is: a rule is made of the last answer");
        return;
    }
    if (repair_propose(u->corpus, u->reader.id, p->answer, p->said_at, &rule, &e))
        number = repair_add_rule(u->corpus, &rule, &e);
    if (!number)
        ui_say(u, "%s", e.text);
    else {
        undo_begin(&u->undo);
        undo_note(&u->undo, number, UNDO_RULE, false);
        p->said = false;
        show_anew(u);
        ui_say(u, "on %s: `%s` %s", rule.site, rule.line, fix_info(rule.answer)->help);
    }
    repair_rule_release(&rule);
}

void repairing_undo(struct ui *u, const struct undo_change *change)
{
    struct err e = ERR_INIT;
    bool rule = change->kind == UNDO_RULE;
    bool done = rule ? repair_drop_rule(u->corpus, change->id, &e) : repair_take_back(u->corpus, change->id, &e);

    if (!done) {
        ui_complain(u, "%s", e.text);
        return;
    }
    u->repairing.said = false;
    if (u->reader.id)
        show_anew(u);
    ui_say(u, rule ? "the rule is taken back" : "the correction is taken back");
}
