/* SPDX-License-Identifier: ISC */
#include "ui/prompt.h"

#include <stdlib.h>
#include <string.h>

#include "base/door.h"
#include "base/mem.h"
#include "base/unicode.h"
#include "base/utf8.h"

void prompt_init(struct prompt *p)
{
    memset(p, 0, sizeof *p);
    buf_init(&p->text);
}

void prompt_release(struct prompt *p)
{
    buf_release(&p->text);
    free(p->typed);
    for (int k = 0; k < PROMPT_KINDS; k++)
        for (int i = 0; i < p->history[k].count; i++)
            free(p->history[k].line[i]);
}

bool prompt_finds(enum prompt_kind kind)
{
    return kind != PROMPT_NONE && kind != PROMPT_COMMAND && kind != PROMPT_NOTE && kind != PROMPT_TAG;
}

void prompt_start(struct prompt *p, enum prompt_kind kind)
{
    buf_clear(&p->text);
    p->cursor = 0;
    p->older = 0;
    p->kind = kind;
}

/* Backwards is the same subject as forwards: they share what was typed. */
static struct prompt_history *history_of(struct prompt *p)
{
    return &p->history[p->kind == PROMPT_FIND_BACK ? PROMPT_FIND : p->kind];
}

static void remember(struct prompt_history *h, const char *line)
{
    if (h->count > 0 && strcmp(h->line[h->count - 1], line) == 0)
        return;
    if (h->count == PROMPT_HISTORY) {
        free(h->line[0]);
        memmove(&h->line[0], &h->line[1], sizeof h->line - sizeof h->line[0]);
        h->count--;
    }
    h->line[h->count++] = mem_strdup(line);
}

void prompt_end(struct prompt *p, bool keep)
{
    if (keep && p->text.len > 0)
        remember(history_of(p), p->text.data);
    p->kind = PROMPT_NONE;
}

/* Puts bytes in place of [from, to) and the cursor behind them, and behind the marks there that now stand on them. */
static void replace(struct prompt *p, size_t from, size_t to, const char *s, size_t len)
{
    struct buf b;

    buf_init(&b);
    buf_add(&b, p->text.data, from);
    buf_add(&b, s, len);
    buf_add(&b, p->text.data + to, p->text.len - to);
    buf_release(&p->text);
    p->text = b;
    p->cursor = 0;
    while (p->cursor < from + len)
        p->cursor += unicode_cluster(b.data + p->cursor, b.len - p->cursor);
}

/* Whether the door lets a character pass as it is: not so overrides and other invisible ones. Marks need a letter
 * to stand on. */
static bool can_be_typed(const char *s, size_t len)
{
    struct buf b;
    bool clean;

    buf_init(&b);
    buf_add_char(&b, 'a');
    buf_add(&b, s, len);
    clean = door_is_clean(b.data, b.len, DOOR_LINE);
    buf_release(&b);
    return clean;
}

bool prompt_insert(struct prompt *p, const char *s, size_t len)
{
    struct buf clean;
    size_t used;
    bool any;

    buf_init(&clean);
    for (size_t at = 0; at < len; at += used) {
        uint32_t cp;

        used = utf8_next(s + at, len - at, &cp);
        if (cp == '\t' || cp == '\n' || cp == '\r')
            cp = ' ';
        if (cp < ' ' || cp == 0x7F || (cp == UTF8_BAD && used == 1))
            continue;
        if (used == 1 || can_be_typed(s + at, used))
            buf_add_cp(&clean, cp);
    }
    any = clean.len > 0;
    if (any)
        replace(p, p->cursor, p->cursor, clean.data, clean.len);
    buf_release(&clean);
    return any;
}

/* Where the cluster that ends before byte `at` begins. */
static size_t cluster_before(const struct prompt *p, size_t at)
{
    size_t from = 0, next = 0;

    while (next < at) {
        from = next;
        next += unicode_cluster(p->text.data + next, p->text.len - next);
    }
    return from;
}

static bool cut(struct prompt *p, size_t from, size_t to)
{
    if (from >= to)
        return false;
    replace(p, from, to, "", 0);
    return true;
}

bool prompt_rubout(struct prompt *p)
{
    return cut(p, cluster_before(p, p->cursor), p->cursor);
}

bool prompt_delete(struct prompt *p)
{
    size_t left = p->text.len - p->cursor;

    return left > 0 && cut(p, p->cursor, p->cursor + unicode_cluster(p->text.data + p->cursor, left));
}

bool prompt_rubout_word(struct prompt *p)
{
    size_t from = p->cursor;

    while (from > 0 && p->text.data[from - 1] == ' ')
        from--;
    while (from > 0 && p->text.data[from - 1] != ' ')
        from--;
    return cut(p, from, p->cursor);
}

bool prompt_rubout_all(struct prompt *p)
{
    return cut(p, 0, p->cursor);
}

bool prompt_delete_rest(struct prompt *p)
{
    return cut(p, p->cursor, p->text.len);
}

bool prompt_recall(struct prompt *p, int direction)
{
    const struct prompt_history *h = history_of(p);
    int older = p->older + direction;
    const char *line;

    if (older < 0 || older > h->count)
        return false;
    if (p->older == 0) {
        free(p->typed);
        p->typed = mem_strdup(p->text.data);
    }
    p->older = older;
    line = older == 0 ? p->typed : h->line[h->count - older];
    replace(p, 0, p->text.len, line, strlen(line));
    return true;
}

void prompt_move(struct prompt *p, int by)
{
    if (by < -1)
        p->cursor = 0;
    else if (by > 1)
        p->cursor = p->text.len;
    else if (by < 0)
        p->cursor = cluster_before(p, p->cursor);
    else if (p->cursor < p->text.len)
        p->cursor += unicode_cluster(p->text.data + p->cursor, p->text.len - p->cursor);
}
