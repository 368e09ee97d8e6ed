/* SPDX-License-Identifier: ISC */
#include "source/prune.h"

#include "source/blank.h"

#include <string.h>

enum { SHORT = 2 * PRUNE_FIRST, DEPTH = 4096 /* more than jansson follows */ };

static const char mark[] = "\\u0000";

struct pruning {
    const char *s;
    size_t len, copied; /* all before that is in out, or left out */
    struct buf *out;
    size_t values, folded, most_folded, left_out;
    char open[DEPTH]; /* the brackets around */
    size_t depth;
};

/* Behind the string whose quote stands at `at`. */
static size_t skip_string(const struct pruning *p, size_t at)
{
    for (at++; at < p->len && p->s[at] != '"'; at++)
        at += p->s[at] == '\\';
    return at < p->len ? at + 1 : p->len;
}

/* Where the element or member at `at` ends: at a comma, or at the bracket that closes what it is in. */
static size_t skip_item(const struct pruning *p, size_t at)
{
    size_t depth = 0;

    while (at < p->len) {
        char c = p->s[at];

        if (c == '"') {
            at = skip_string(p, at);
            continue;
        }
        if (depth == 0 && (c == ',' || c == ']' || c == '}'))
            return at;
        depth += c == '{' || c == '[';
        depth -= c == '}' || c == ']';
        at++;
    }
    return p->len;
}

static void copy_to(struct pruning *p, size_t at)
{
    buf_add(p->out, p->s + p->copied, at - p->copied);
    p->copied = at;
}

/* Adds the bytes [at, end) as a string with the mark before them. */
static void fold(struct pruning *p, size_t at, size_t end)
{
    copy_to(p, at);
    buf_add_fmt(p->out, "\"%s", mark);
    for (; at < end; at++) {
        unsigned char c = (unsigned char)p->s[at];

        if (c < 0x20) {
            buf_add_fmt(p->out, "\\u%04x", c);
            continue;
        }
        if (c == '"' || c == '\\')
            buf_add_char(p->out, '\\');
        buf_add_char(p->out, (char)c);
    }
    buf_add_char(p->out, '"');
    p->copied = end;
    p->folded++;
}

/* Takes the comma at `at` with what follows it; returns where to go on. */
static size_t take_next(struct pruning *p, size_t at)
{
    bool in_array = p->depth > 0 && p->open[p->depth - 1] == '[', nested;
    size_t start = blank_end(p->s, p->len, at + 1), end;

    p->values++;
    nested = in_array && start < p->len && (p->s[start] == '{' || p->s[start] == '[');
    if (p->values <= (nested && p->most_folded ? PRUNE_FIRST : in_array ? PRUNE_MOST : 2 * PRUNE_MOST))
        return at + 1;
    end = skip_item(p, start);
    if (nested && p->folded < p->most_folded) {
        fold(p, start, end);
    } else {
        copy_to(p, at);
        p->copied = end;
        p->left_out++;
    }
    return end;
}

bool prune(const char *bytes, size_t len, size_t folded, struct buf *out, size_t *left_out)
{
    struct pruning p = {.s = bytes, .len = len, .out = out, .most_folded = folded};
    size_t at = 0;

    *left_out = 0;
    if (len < SHORT)
        return false;
    buf_clear(out);
    while (at < len) {
        char c = bytes[at];

        if (c == '"') {
            at = skip_string(&p, at);
        } else if (c == ',') {
            at = take_next(&p, at);
        } else if (c == '{' || c == '[') {
            if (p.depth == DEPTH)
                break; /* nobody reads what is so deep */
            p.open[p.depth++] = c;
            at++;
        } else {
            p.depth -= p.depth > 0 && (c == '}' || c == ']');
            at++;
        }
    }
    if (p.copied == 0 && at == len)
        return false;
    copy_to(&p, at);
    *left_out = p.left_out;
    return true;
}

size_t prune_inside(const char *s, size_t len, const char **inside)
{
    if (len < 2 || s[0] != '\0' || (s[1] != '{' && s[1] != '['))
        return 0;
    *inside = s + 1;
    return len - 1;
}
