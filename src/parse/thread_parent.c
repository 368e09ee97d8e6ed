/* SPDX-License-Identifier: ISC */
/*
 * Who answers whom. Indentation is certain. A name given for it ("in reply to NAME"), a name addressed
 * ("@NAME", "Hi NAME,", "..., NAME!", an author who calls himself "@NAME") or a quoted speaker ("NAME:") is a
 * cue from which the parent is inferred: the nearest earlier comment of that name; and who begins with a
 * sentence of an earlier comment quotes it. Without a cue there is no parent. A list that shows no way to
 * answer one comment is in order of time, and nothing is inferred that would move a comment away from the one
 * before it.
 */
#include "parse/thread_page.h"

#include <stdlib.h>
#include <string.h>

#include "base/digest.h"
#include "base/mem.h"
#include "base/unicode.h"
#include "base/utf8.h"

enum { QUOTE_LEAST = 24, ADDRESS_BYTES = 220, LEVELS = 24, BACK_MOST = 400, NEAR = 6 };

static bool word_char(const char *s, size_t len, size_t at)
{
    uint32_t cp;

    if (at >= len)
        return false;
    utf8_next(s + at, len - at, &cp);
    switch (unicode_class(cp)) {
    case UNICODE_UPPER:
    case UNICODE_LOWER:
    case UNICODE_LETTER:
    case UNICODE_DIGIT:
        return true;
    default:
        return false;
    }
}

/* Length of name at s in any case, as a whole word; 0 where it does not stand there. */
static size_t stands_at(const char *s, size_t len, size_t at, const char *name, size_t name_len)
{
    size_t i = at, j = 0;

    while (j < name_len) {
        uint32_t x, y;

        if (i >= len)
            return 0;
        i += utf8_next(s + i, len - i, &x);
        j += utf8_next(name + j, name_len - j, &y);
        if (x != y && unicode_lower(x) != unicode_lower(y))
            return 0;
    }
    return word_char(s, len, i) ? 0 : i - at;
}

/* Length of the longest run of the name's words, from its first on, that stands at s[at] and is no part of a
 * longer name there; 0 where none does. A hyphen ends a word too: "Marie" is Marie-Theres. */
static size_t part_stands_at(const char *s, size_t len, size_t at, const char *name)
{
    size_t n = strlen(name), found;
    uint32_t cp;

    found = stands_at(s, len, at, name, n);
    if (found > 0)
        return found;
    while (n > 0) {
        size_t word = n;

        while (word > 0 && name[word - 1] != ' ' && name[word - 1] != '-')
            word--;
        if (word <= 2)
            return 0;
        n = word - 1;
        while (n > 0 && strchr(" ,.;:-", name[n - 1]) != NULL)
            n--;
        found = n >= 2 ? stands_at(s, len, at, name, n) : 0;
        if (found == 0)
            continue;
        if (at + found + 1 < len && s[at + found] == ' ') {
            utf8_next(s + at + found + 1, len - at - found - 1, &cp);
            if (unicode_class(cp) == UNICODE_UPPER && stands_at(s, len, at + found + 1, "I", 1) == 0)
                return 0;
        }
        return found;
    }
    return 0;
}

static bool same_name(const char *a, const char *b)
{
    return a != NULL && b != NULL && strlen(a) == strlen(b) && stands_at(a, strlen(a), 0, b, strlen(b)) > 0;
}

/* The nearest comment before k, by k's own author only where own says so, whose name or its first words stand
 * at s[at]; -1 where there is none, or where it is far off and its author wrote others, so that any of them
 * can be meant. *used is the length of what stands there. */
static long named_at(const struct article *a, size_t first, size_t k, const char *s, size_t len, size_t at,
                     bool own, size_t *used)
{
    const struct article_comment *self = &a->comments[first + k];
    long found = -1;
    size_t back;

    for (back = 1; back <= k && back <= BACK_MOST; back++) {
        const struct article_comment *c = &a->comments[first + k - back];
        size_t n;

        if (c->author == NULL || (!own && same_name(c->author, self->author)))
            continue;
        if (found >= 0) {
            if (same_name(c->author, a->comments[first + (size_t)found].author))
                return -1;
            continue;
        }
        n = part_stands_at(s, len, at, c->author);
        if (n == 0)
            continue;
        *used = n;
        found = (long)(k - back);
        if (back <= NEAR)
            return found;
    }
    return found;
}

/* The authors who wrote a fifth of the comments or more: at most HOSTS, each with one of his comments. */
enum { HOSTS = 5 };

struct hosts {
    size_t comment[HOSTS], count;
    size_t wrote[HOSTS]; /* comments */
};

/* Whether comment k is by one of the hosts; counts it as his. */
static bool count_host(const struct article *a, size_t first, size_t k, struct hosts *h)
{
    size_t i;

    for (i = 0; i < h->count; i++) {
        if (same_name(a->comments[first + k].author, a->comments[first + h->comment[i]].author)) {
            h->wrote[i]++;
            return true;
        }
    }
    return false;
}

/* One pass leaves all names that can be so frequent, a second one counts them (Misra and Gries 1982): a page of a
 * hundred thousand comments must not be gone through for each of them. */
static void find_hosts(const struct article *a, size_t first, size_t count, struct hosts *h)
{
    size_t i, k, kept = 0;

    h->count = 0;
    for (k = 0; k < count; k++) {
        if (a->comments[first + k].author == NULL || count_host(a, first, k, h))
            continue;
        if (h->count < HOSTS) {
            h->comment[h->count] = k;
            h->wrote[h->count++] = 1;
            continue;
        }
        for (i = kept = 0; i < h->count; i++) {
            h->comment[kept] = h->comment[i];
            h->wrote[kept] = h->wrote[i] - 1;
            kept += h->wrote[kept] > 0;
        }
        h->count = kept;
    }
    memset(h->wrote, 0, sizeof h->wrote);
    for (k = 0; k < count; k++)
        count_host(a, first, k, h);
    for (i = kept = 0; i < h->count; i++) {
        h->comment[kept] = h->comment[i];
        h->wrote[kept] = h->wrote[i];
        kept += h->wrote[i] >= 2 && h->wrote[i] * 5 >= count;
    }
    h->count = kept;
}

/* Whether this is the host: the article's author, or who wrote a good part of the comments. Who greets the
 * host speaks of the article. */
static bool is_host(const struct article *a, size_t first, const struct hosts *h, const char *name)
{
    size_t i;

    for (i = 0; i < a->author_count; i++)
        if (same_name(a->authors[i], name))
            return true;
    for (i = 0; i < h->count; i++)
        if (same_name(a->comments[first + h->comment[i]].author, name))
            return true;
    return false;
}

static bool capital(const char *s, size_t len, size_t at)
{
    uint32_t cp;

    utf8_next(s + at, len - at, &cp);
    return unicode_class(cp) == UNICODE_UPPER || unicode_class(cp) == UNICODE_DIGIT ||
           unicode_class(cp) == UNICODE_LETTER;
}

/* Whether what stands behind a name closes an address. */
static bool closes(const char *s, size_t len, size_t at)
{
    while (at < len && s[at] == ' ')
        at++;
    return at >= len || strchr(",.!?:;-\n)", s[at]) != NULL ||
           memcmp(s + at, "\xE2\x80", len - at < 2 ? len - at : 2) == 0;
}

/* The comment that the beginning of the text addresses; -1 where it addresses none. */
static long addressed(const struct parse_thread *t, const struct article *a, size_t first, size_t k,
                      const struct hosts *hosts)
{
    const char *s = a->comments[first + k].text;
    size_t len = utf8_floor(s, strlen(s), ADDRESS_BYTES), used, i;
    struct platform_line line;
    bool greeted = true;
    long found;

    if (len > 0 && s[0] == '@') {
        size_t at = s[1] == ' ' ? 2 : 1;

        found = at < len ? named_at(a, first, k, s, len, at, false, &used) : -1;
        return found < 0 && at < len ? named_at(a, first, k, s, len, at, true, &used) : found;
    }
    platform_read_line(t->rules, s, len, &line);
    for (i = 0; i < line.count; i++) {
        const struct platform_token *w = &line.token[i];
        bool after_comma = i > 0 && line.text[line.token[i - 1].start] == ',';
        bool after_at = i > 0 && line.text[line.token[i - 1].start] == '@';

        if (w->kind == PLATFORM_WORD || w->kind == PLATFORM_NUMBER) {
            bool start = i == 0 || line.text[w->start - 1] != '-';

            if (start && (greeted || after_comma || after_at) &&
                (capital(s, len, w->start) || after_at || i == 0)) {
                found = named_at(a, first, k, s, len, w->start, false, &used);
                if (found >= 0 && !after_at &&
                    is_host(a, first, hosts, a->comments[first + (size_t)found].author))
                    return -1;
                if (found >= 0 && (after_at || closes(s, len, w->start + used) || (greeted && i > 0)))
                    return found;
            }
            if ((w->class & PLATFORM_GREET) == 0 && !(greeted && i > 0 && w->end - w->start <= 4))
                greeted = false;
        } else if (w->kind == PLATFORM_SIGN && strchr(".!?", s[w->start]) != NULL && i > 3 && !greeted) {
            break;
        }
    }
    return -1;
}

static long named_parent(const struct parse_thread *t, const struct article *a, size_t first, size_t k)
{
    const struct found_comment *f = &t->comment[k];
    size_t used;

    if (f->parent.end == f->parent.start)
        return -1;
    return named_at(a, first, k, t->lines->text + f->parent.start, f->parent.end - f->parent.start, 0, true,
                    &used);
}

/* The author who calls himself "@NAME" says whom he answers. */
static long author_parent(const struct parse_thread *t, const struct article *a, size_t first, size_t k)
{
    const struct platform_span *s = &t->comment[k].author;
    const char *own = a->comments[first + k].author, *text = t->lines->text;
    size_t back;

    if (own == NULL || s->end == s->start ||
        (text[s->start] != '@' && (s->start == 0 || text[s->start - 1] != '@')))
        return -1;
    for (back = 1; back <= k && back <= BACK_MOST; back++) {
        const struct platform_span *o = &t->comment[k - back].author;

        if (same_name(a->comments[first + k - back].author, own) && o->end > o->start &&
            text[o->start] != '@' && (o->start == 0 || text[o->start - 1] != '@'))
            return (long)(k - back);
    }
    return -1;
}

/* -- quotes -------------------------------------------------------------------------------------------------
 */

/* The sentences that comments began so far, each with the last comment that has it. */
struct sentences {
    struct sentence {
        uint64_t digest;
        size_t comment; /* its number + 1; 0: free */
    } * slot;
    size_t cap, used;
};

static struct sentence *sentence_slot(const struct sentences *x, uint64_t digest)
{
    size_t at = digest & (x->cap - 1);

    while (x->slot[at].comment != 0 && x->slot[at].digest != digest)
        at = (at + 1) & (x->cap - 1);
    return &x->slot[at];
}

static void sentences_grow(struct sentences *x)
{
    struct sentences bigger = {.cap = x->cap > 0 ? x->cap * 2 : 256, .used = x->used};
    size_t i;

    bigger.slot = mem_zalloc(bigger.cap, sizeof *bigger.slot);
    for (i = 0; i < x->cap; i++)
        if (x->slot[i].comment != 0)
            *sentence_slot(&bigger, x->slot[i].digest) = x->slot[i];
    free(x->slot);
    *x = bigger;
}

/* Whether the character opens or closes a quotation, or marks its lines. */
static bool is_quote_sign(uint32_t cp)
{
    return cp == '"' || cp == '\'' || cp == '>' || cp == 0xAB || cp == 0xBB ||
           (cp >= 0x2018 && cp <= 0x201F) || cp == 0x2039 || cp == 0x203A || cp == 0x300C || cp == 0x300D ||
           cp == ' ';
}

/* The next sentence from *at on, without the signs around it: its bytes are [*from, *to). False at the end.
 */
static bool next_sentence(const char *s, size_t len, size_t *at, size_t *from, size_t *to)
{
    uint32_t cp;
    size_t n;

    for (; *at < len; *at += n) {
        n = utf8_next(s + *at, len - *at, &cp);
        if (cp != '\n' && !is_quote_sign(cp))
            break;
    }
    *from = *to = *at;
    while (*at < len) {
        n = utf8_next(s + *at, len - *at, &cp);
        *at += n;
        if (cp == '\n' || strchr(".!?", (int)(cp < 0x80 ? cp : 'x')) != NULL || cp == 0x3002)
            break;
        if (!is_quote_sign(cp))
            *to = *at;
    }
    return *to > *from;
}

/* The earlier comment whose sentence the k-th begins with, -1 where there is none; keeps the sentences of the
 * k-th. */
static long quoted(struct sentences *x, const struct article *a, size_t first, size_t k)
{
    const char *s = a->comments[first + k].text;
    size_t len = strlen(s), at = 0, from, to, count;
    long found = -1;

    for (count = 0; next_sentence(s, len, &at, &from, &to); count++) {
        struct sentence *slot;

        if (to - from < QUOTE_LEAST)
            continue;
        if (2 * x->used >= x->cap)
            sentences_grow(x);
        slot = sentence_slot(x, digest_short(s + from, to - from));
        if (count == 0 && slot->comment != 0 &&
            !same_name(a->comments[first + slot->comment - 1].author, a->comments[first + k].author))
            found = (long)slot->comment - 1;
        x->used += slot->comment == 0;
        *slot = (struct sentence){digest_short(s + from, to - from), k + 1};
    }
    return found;
}

/* Whether the list has a way to answer one comment: a button, or a word that names the one answered. */
static bool has_answers(const struct parse_thread *t)
{
    size_t k, i;

    for (k = 0; k < t->comments; k++) {
        if (t->comment[k].parent.end > t->comment[k].parent.start)
            return true;
        for (i = t->comment[k].from; i < t->comment[k].to; i++)
            if (t->mark[i].reply || t->mark[i].kind == MARK_NEST)
                return true;
    }
    return false;
}

/* Whether comment k stays behind the one before it when it is put below parent. */
static bool keeps_order(const struct article *a, size_t first, size_t k, long parent)
{
    int id = a->comments[first + (size_t)parent].id;
    size_t at = first + k - 1, steps;

    for (steps = 0; steps < BACK_MOST; steps++) {
        if (a->comments[at].id == id)
            return true;
        if (a->comments[at].parent == 0)
            return false;
        at = first + (size_t)(a->comments[at].parent - a->comments[first].id);
    }
    return false;
}

/* Whether indentation says the depth: at least two depths with two comments each. */
static bool indents_speak(const struct parse_thread *t)
{
    int first = -1, second = -1;
    size_t k, at_first = 0, at_second = 0;

    for (k = 0; k < t->comments; k++) {
        int indent = t->comment[k].indent;

        if (first < 0 || indent == first) {
            first = indent;
            at_first++;
        } else if (second < 0 || indent == second) {
            second = indent;
            at_second++;
        }
    }
    return at_first >= 2 && at_second >= 2;
}

static void set_parent(struct article *a, size_t first, size_t k, long parent, bool inferred)
{
    a->comments[first + k].parent = a->comments[first + (size_t)parent].id;
    a->comments[first + k].inferred = inferred;
}

/* Whether answers in a nest stand without buttons of their own: two comments with none between them. */
static bool answers_are_bare(const struct parse_thread *t)
{
    size_t k, i;
    bool nest = false, bare = false;

    for (k = 0; k + 1 < t->comments; k++) {
        bool button = false;

        for (i = t->comment[k].text_to; i < t->comment[k + 1].from; i++) {
            nest |= t->mark[i].kind == MARK_NEST;
            button |= t->mark[i].kind == MARK_BUTTONS;
        }
        bare |= !button;
    }
    return nest && bare;
}

/* Reads the chrome between comment k and the next: whether answers to k begin there, or those to an earlier
 * one end. Returns the comment that the next one answers, -1 for none; nest is the one that this one
 * answered. */
static long nest_behind(const struct parse_thread *t, size_t k, long nest, bool bare)
{
    size_t i, stop = k + 1 < t->comments ? t->comment[k + 1].from : t->comment[k].to, buttons = 0;
    bool reply = false;

    for (i = t->comment[k].text_to; i < stop; i++) {
        if (t->mark[i].kind == MARK_NEST)
            return nest >= 0 ? nest : (long)k;
        if (t->mark[i].kind != MARK_BUTTONS)
            continue;
        buttons++;
        reply = t->mark[i].reply;
    }
    /* behind the last answer's own buttons stands one to reply to what was answered */
    return (bare || buttons >= 2) && reply ? -1 : nest;
}

void parse_thread_parents(const struct parse_thread *t, struct article *a, size_t first)
{
    size_t stack[LEVELS], depth = 0, k;
    struct sentences said = {0};
    struct hosts hosts;
    bool indents = indents_speak(t), answers = has_answers(t), bare = answers_are_bare(t);
    long nest = -1;

    find_hosts(a, first, t->comments, &hosts);
    for (k = 0; k < t->comments; k++) {
        int indent = t->comment[k].indent;
        long parent, quote = quoted(&said, a, first, k);

        if (indents) {
            while (depth > 0 && t->comment[stack[depth - 1]].indent >= indent)
                depth--;
            if (depth > 0)
                set_parent(a, first, k, (long)stack[depth - 1], false);
            if (depth < LEVELS)
                stack[depth++] = k;
            continue;
        }
        parent = nest;
        nest = nest_behind(t, k, nest, bare);
        if (parent >= 0) {
            set_parent(a, first, k, parent, false);
            continue;
        }
        parent = named_parent(t, a, first, k);
        if (parent < 0)
            parent = addressed(t, a, first, k, &hosts);
        if (parent < 0)
            parent = author_parent(t, a, first, k);
        if (parent < 0)
            parent = quote;
        if (parent >= 0 && (answers || keeps_order(a, first, k, parent)))
            set_parent(a, first, k, parent, true);
    }
    free(said.slot);
}
