/* SPDX-License-Identifier: ISC */
#include "parse/form.h"

#include "base/unicode.h"
#include "base/utf8.h"
#include "parse/lines.h"

#include <stdint.h>
#include <string.h>

enum { NAME_WORDS = 5 };

enum token_kind { TOKEN_WORD, TOKEN_NUMBER, TOKEN_SIGN, TOKEN_DATE, TOKEN_NAME, TOKEN_TEXT, TOKEN_LINE, TOKEN_EDGE };

struct token {
    enum token_kind kind;
    size_t start, end;
    bool capital; /* a word that begins with one */
    bool spaced;  /* white space stands before it */
};

struct tokens {
    struct token token[FORM_TOKENS];
    size_t count;
    bool full; /* there was more */
};

static bool is_word_part(uint32_t cp)
{
    enum lines_class c = lines_class(cp);

    return c == LINES_UPPER || c == LINES_LOWER || c == LINES_LETTER || c == LINES_DIGIT || cp == '_';
}

/* The end of the word or number that begins at `at`: an apostrophe or hyphen between letters is part of it. */
static size_t word_end(const char *s, size_t len, size_t at, bool *number)
{
    uint32_t cp, next;

    *number = true;
    while (at < len) {
        size_t n = utf8_next(s + at, len - at, &cp), m;

        if (is_word_part(cp)) {
            *number = *number && lines_class(cp) == LINES_DIGIT;
        } else {
            if ((cp != '\'' && cp != 0x2019 && cp != '-') || *number || at + n >= len)
                break;
            m = utf8_next(s + at + n, len - at - n, &next);
            if (m == 0 || !is_word_part(next))
                break;
        }
        at += n;
    }
    return at;
}

static const struct {
    const char *word;
    enum token_kind kind;
} fields[] = {
    {"{name}", TOKEN_NAME}, {"{date}", TOKEN_DATE},   {"{n}", TOKEN_NUMBER}, {"{text}", TOKEN_TEXT},
    {"{line}", TOKEN_LINE}, {"{start}", TOKEN_EDGE}, {"{end}", TOKEN_EDGE},
};

/* The field of a form that begins at s; its length, 0 where there is none. */
static size_t read_field(const char *s, size_t len, enum token_kind *kind)
{
    size_t i;

    for (i = 0; i < sizeof fields / sizeof fields[0]; i++) {
        size_t n = strlen(fields[i].word);

        if (n <= len && memcmp(s, fields[i].word, n) == 0) {
            *kind = fields[i].kind;
            return n;
        }
    }
    return 0;
}

static void take_token(struct tokens *t, enum token_kind kind, size_t start, size_t end, bool spaced)
{
    if (t->count == FORM_TOKENS) {
        t->full = true;
        return;
    }
    t->token[t->count++] = (struct token){.kind = kind, .start = start, .end = end, .spaced = spaced};
}

/* date, date_end: as in struct form_line. fielded: s is a form. */
static void read_tokens(struct tokens *t, const char *s, size_t len, size_t date, size_t date_end, bool fielded)
{
    size_t at = 0, n, field;
    bool spaced = false, number;
    enum token_kind kind;
    uint32_t cp;

    t->count = 0;
    t->full = false;
    while (at < len && !t->full) {
        if (date_end > date && at == date) {
            take_token(t, TOKEN_DATE, date, date_end, spaced);
            at = date_end;
            spaced = false;
            continue;
        }
        n = utf8_next(s + at, len - at, &cp);
        if (unicode_is_space(cp)) {
            spaced = true;
            at += n;
            continue;
        }
        field = fielded && cp == '{' ? read_field(s + at, len - at, &kind) : 0;
        if (field) {
            n = field;
            take_token(t, kind, at, at + n, spaced);
        } else if (is_word_part(cp)) {
            n = word_end(s, date_end > date && at < date ? date : len, at, &number) - at;
            take_token(t, number ? TOKEN_NUMBER : TOKEN_WORD, at, at + n, spaced);
            t->token[t->count - 1].capital = lines_class(cp) == LINES_UPPER;
        } else {
            take_token(t, TOKEN_SIGN, at, at + n, spaced);
        }
        at += n;
        spaced = false;
    }
}

/* How many tokens from i on are one name: words with capitals, and the stops of initials between them. */
static size_t name_run(const char *s, const struct tokens *t, size_t i)
{
    size_t from = i, last = i, words = 0;

    while (i < t->count && words < NAME_WORDS) {
        const struct token *k = &t->token[i];

        if (k->kind == TOKEN_WORD && k->capital) {
            words++;
            last = i + 1;
        } else if (!(k->kind == TOKEN_SIGN && s[k->start] == '.' && !k->spaced && i > from && i == last &&
                     t->token[i - 1].end - t->token[i - 1].start == 1)) {
            break;
        } else {
            last = i + 1;
        }
        i++;
    }
    return last - from;
}

void form_add(struct buf *out, const struct form_line *l, enum form_how how)
{
    struct tokens t;
    size_t i, run;
    bool first = true;

    if (!l->s) {
        buf_add_str(out, l->first ? "{start}" : "{end}");
        return;
    }
    if (how == FORM_NAMES && l->prose) {
        buf_add_str(out, "{text}");
        return;
    }
    read_tokens(&t, l->s, l->len, l->date, l->date_end, false);
    for (i = 0; i < t.count; i += run ? run : 1) {
        const struct token *k = &t.token[i];

        if (!first && k->spaced)
            buf_add_char(out, ' ');
        first = false;
        run = how == FORM_NAMES && k->kind == TOKEN_WORD ? name_run(l->s, &t, i) : 0;
        if (run)
            buf_add_str(out, "{name}");
        else if (k->kind == TOKEN_DATE)
            buf_add_str(out, "{date}");
        else if (k->kind == TOKEN_NUMBER)
            buf_add_str(out, "{n}");
        else
            buf_add(out, l->s + k->start, k->end - k->start);
    }
}

static bool same_words(const char *form, const struct token *a, const char *s, const struct token *b)
{
    size_t len = a->end - a->start;
    bool same = len == b->end - b->start && memcmp(form + a->start, s + b->start, len) == 0;
    struct buf x, y;

    if (same || a->kind == TOKEN_SIGN)
        return same;
    buf_init(&x);
    buf_init(&y);
    unicode_fold(form + a->start, len, &x);
    unicode_fold(s + b->start, b->end - b->start, &y);
    same = x.len == y.len && memcmp(x.data, y.data, x.len) == 0;
    buf_release(&x);
    buf_release(&y);
    return same;
}

/* Marks in after[] where a name that begins at i may end. */
static void spread_name(const char *s, const struct tokens *t, size_t i, bool *after)
{
    size_t words = 0;

    for (; i < t->count && words < NAME_WORDS; i++) {
        const struct token *k = &t->token[i];
        bool stop = k->kind == TOKEN_SIGN && words > 0 && (s[k->start] == '.' || s[k->start] == '_');

        if (k->kind != TOKEN_WORD && !(k->kind == TOKEN_NUMBER && words > 0) && !stop)
            return;
        words += k->kind == TOKEN_WORD;
        after[i + 1] = true;
    }
}

/* Which tokens of the line the form's tokens so far can end before: one step a token, no going back. */
static bool match(const char *form, const struct tokens *f, const char *s, const struct tokens *t)
{
    bool at[FORM_TOKENS + 1] = {true}, after[FORM_TOKENS + 1];
    size_t i, k;

    for (k = 0; k < f->count; k++) {
        const struct token *want = &f->token[k];

        memset(after, 0, sizeof after);
        for (i = 0; i < t->count; i++) {
            if (!at[i])
                continue;
            if (want->kind == TOKEN_NAME)
                spread_name(s, t, i, after);
            else if (want->kind == t->token[i].kind && (want->kind == TOKEN_DATE || want->kind == TOKEN_NUMBER ||
                                                         same_words(form, want, s, &t->token[i])))
                after[i + 1] = true;
        }
        memcpy(at, after, sizeof at);
    }
    return at[t->count];
}

bool form_fits(const char *form, const struct form_line *l)
{
    struct tokens f, t;

    if (!*form)
        return true;
    if (!l->s)
        return strcmp(form, l->first ? "{start}" : "{end}") == 0;
    if (strcmp(form, "{line}") == 0)
        return true;
    if (strcmp(form, "{text}") == 0)
        return l->prose;
    read_tokens(&f, form, strlen(form), 0, 0, true);
    read_tokens(&t, l->s, l->len, l->date, l->date_end, false);
    return f.count > 0 && !f.full && !t.full && match(form, &f, l->s, &t);
}

bool form_name(const char *form, const struct form_line *l, size_t *start, size_t *end)
{
    struct tokens f, t;
    size_t i, at = 0, names = 0;

    if (!l->s || !form_fits(form, l))
        return false;
    read_tokens(&f, form, strlen(form), 0, 0, true);
    read_tokens(&t, l->s, l->len, l->date, l->date_end, false);
    for (i = 0; i < f.count; i++) {
        if (f.token[i].kind == TOKEN_NAME) {
            at = i;
            names++;
        }
    }
    /* All others stand for one token each. */
    if (names != 1 || t.count < f.count)
        return false;
    *start = t.token[at].start;
    *end = t.token[at + t.count - f.count].end;
    return true;
}

static bool has_up_to(const char *form, enum token_kind last)
{
    struct tokens f;
    size_t i;

    read_tokens(&f, form, strlen(form), 0, 0, true);
    for (i = 0; i < f.count; i++) {
        if (f.token[i].kind <= last)
            return true;
    }
    return false;
}

bool form_is_own(const char *form)
{
    return has_up_to(form, TOKEN_DATE);
}

bool form_has_word(const char *form)
{
    return has_up_to(form, TOKEN_WORD);
}
