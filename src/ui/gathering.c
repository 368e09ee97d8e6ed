/* SPDX-License-Identifier: ISC */
/* The handlers of subject "Gathering": picking articles, and what is done to one or to all that are picked. */
#include "ui/gathering.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/mem.h"
#include "corpus/keep.h"
#include "layout/row.h"

enum { AT_ONCE = 256 };

/* ---- which articles ---- */

struct targets gathering_targets(struct ui *u)
{
    int64_t one = ui_article(u);

    if (u->for_picked && u->picks.count > 0)
        return (struct targets){u->picks.ids, u->picks.count, 0};
    return (struct targets){NULL, one ? 1 : 0, one};
}

int64_t gathering_target(const struct targets *t, size_t i)
{
    return t->ids ? t->ids[i] : t->one;
}

/* Which flag of a row an action turns. */
static bool flag_of(const struct corpus_row *row, enum undo_kind kind)
{
    return kind == UNDO_READ ? !row->unread : kind == UNDO_STAR ? row->starred : row->hidden;
}

void gathering_set(struct ui *u, int64_t id, enum undo_kind kind, bool on)
{
    if (kind == UNDO_READ)
        list_set(&u->list, id, LIST_READ, on);
    else if (kind == UNDO_STAR)
        list_set(&u->list, id, LIST_STARRED, on);
    else
        list_set(&u->list, id, LIST_HIDDEN, on);
}

/* Whether any of them lacks the flag: then all are to have it, else none. */
static bool any_lacks(struct ui *u, const struct targets *t, enum undo_kind kind)
{
    struct corpus_row row;
    bool lacks = false;

    for (size_t i = 0; i < t->count && !lacks; i++)
        if (corpus_facts(u->corpus, gathering_target(t, i), &row, NULL)) {
            lacks = !flag_of(&row, kind);
            corpus_row_release(&row);
        }
    return lacks;
}

long gathering_turn(struct ui *u, enum undo_kind kind, bool *on)
{
    struct targets t = gathering_targets(u);
    struct corpus_row row;
    long turned = 0;

    *on = any_lacks(u, &t, kind);
    undo_begin(&u->undo);
    keep_hold(u->corpus);
    for (size_t i = 0; i < t.count; i++) {
        int64_t id = gathering_target(&t, i);

        if (!corpus_facts(u->corpus, id, &row, NULL))
            continue;
        if (flag_of(&row, kind) != *on) {
            undo_note(&u->undo, id, kind, !*on);
            gathering_set(u, id, kind, *on);
            turned++;
        }
        corpus_row_release(&row);
    }
    keep_let(u->corpus);
    return turned;
}

void gathering_say(struct ui *u, long turned, const char *what)
{
    if (u->for_picked && u->picks.count > 0)
        ui_say(u, "%ld article%s %s", turned, turned == 1 ? "" : "s", what);
    else
        ui_say(u, "%s", what);
}

/* ---- picking ---- */

void do_pick(struct ui *u, long count)
{
    for (long n = count > 0 ? count : 1; n > 0; n--) {
        int64_t id = list_row(&u->list)->id;

        picks_set(&u->picks, id, !picks_has(&u->picks, id));
        if (!list_move(&u->list, 1))
            break;
    }
}

/* All of this list where any is not picked, else none. */
void do_pick_all(struct ui *u, long count)
{
    struct corpus_row rows[AT_ONCE];
    size_t before = u->picks.count;
    enum corpus_from from = CORPUS_FIRST;
    int64_t last = 0;
    int n = 1;

    (void)count;
    while (n > 0 && u->picks.count < PICKS_MOST) {
        n = corpus_view_rows(u->list.view, from, last, rows, AT_ONCE);
        for (int i = 0; i < n; i++) {
            last = rows[i].id;
            picks_set(&u->picks, last, true);
            corpus_row_release(&rows[i]);
        }
        from = CORPUS_AFTER;
    }
    if (u->picks.count == before)
        picks_release(&u->picks);
    else if (u->picks.count == PICKS_MOST)
        ui_say(u, "no more than %d can be picked", PICKS_MOST);
}

void do_picked(struct ui *u, long count)
{
    (void)count;
    if (u->picks.count == 0)
        ui_say(u, "nothing is picked");
    else
        u->for_picked = true;
}

/* ---- tags ---- */

/* Whether name is among tags, which blanks part. */
static bool has_tag(const char *tags, const char *name)
{
    size_t len = strlen(name);

    for (const char *at = tags; at && *at; at = strchr(at, ' ')) {
        at += *at == ' ';
        if (strncmp(at, name, len) == 0 && (at[len] == ' ' || at[len] == '\0'))
            return true;
    }
    return false;
}

/* One word of a line of tags for one article. True where it changed anything. */
static bool tag_one(struct ui *u, int64_t id, const char *name, bool on, struct err *e)
{
    char *kept = keep_tag_name(name);
    struct corpus_row row;
    bool had, done = false;

    if (!kept)
        return err_set(e, ERR_USAGE, "'%s' is no name for a tag", name);
    if (corpus_facts(u->corpus, id, &row, e)) {
        had = has_tag(row.tags, kept);
        corpus_row_release(&row);
        if (had != on && keep_tag(u->corpus, id, kept, on, e)) {
            undo_note_tag(&u->undo, id, kept, had);
            list_read_row(&u->list, id);
            done = true;
        }
    }
    free(kept);
    return done;
}

void gathering_tag(struct ui *u, const char *line)
{
    struct targets t = gathering_targets(u);
    char *words = mem_strdup(line), *next = words, *word;
    struct err e = ERR_INIT;
    long changed = 0;
    bool any = false;

    undo_begin(&u->undo);
    while ((word = next) && e.status == ERR_NONE) {
        bool off;

        next = strchr(word, ' ');
        if (next)
            *next++ = '\0';
        off = *word == '-';
        word += *word == '-' || *word == '+';
        if (!*word)
            continue;
        any = true;
        for (size_t i = 0; i < t.count && e.status == ERR_NONE; i++)
            changed += tag_one(u, gathering_target(&t, i), word, !off, &e);
    }
    if (e.status != ERR_NONE)
        ui_complain(u, "%s", e.text);
    else if (any)
        ui_say(u, "%ld tag%s changed", changed, changed == 1 ? "" : "s");
    buf_clear(&u->tags);
    buf_add_str(&u->tags, line);
    u->for_picked = false;
    free(words);
}

void do_tag(struct ui *u, long count)
{
    (void)count;
    u->tag_picked = u->for_picked;
    prompt_start(&u->prompt, PROMPT_TAG);
}

/* ---- hiding ---- */

void do_hide(struct ui *u, long count)
{
    int64_t id = ui_article(u);
    bool on;
    long turned;

    (void)count;
    turned = gathering_turn(u, UNDO_HIDE, &on);
    gathering_say(u, turned, on ? "hidden" : "shown again");
    if (!u->reading && !u->for_picked && list_row(&u->list) && list_row(&u->list)->id == id)
        list_move(&u->list, 1);
}

void do_why_hidden(struct ui *u, long count)
{
    int64_t id = ui_article(u), at = keep_hidden_at(u->corpus, id);
    time_t t = (time_t)at;
    struct corpus_row row;
    struct buf words;
    struct tm tm;
    char when[32];

    (void)count;
    if (!corpus_facts(u->corpus, id, &row, NULL))
        return;
    if (!row.hidden) {
        ui_say(u, "it is not hidden");
    } else {
        buf_init(&words);
        if (at && localtime_r(&t, &tm) && strftime(when, sizeof when, "%Y-%m-%dT%H:%M", &tm)) {
            buf_add_str(&words, " on ");
            row_add_date(&words, when, true, true);
        }
        ui_say(u, "you hid it%s", words.data);
        buf_release(&words);
    }
    corpus_row_release(&row);
}

/* ---- once more ---- */

void do_again(struct ui *u, long count)
{
    if (u->last == ACTION_NONE)
        ui_say(u, "nothing was done that could be done again");
    else if (u->last == ACTION_tag)
        gathering_tag(u, u->tags.data);
    else if (ui_works(u, u->last))
        ui_act(u, u->last, count > 0 ? count : u->last_count);
}
