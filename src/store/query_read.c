/* SPDX-License-Identifier: ISC */
#include "store/query_read.h"

#include "base/mem.h"
#include "base/unicode.h"
#include "base/utf8.h"
#include "store/begins.h"
#include "store/phrases.h"
#include "store/tokenizer.h"
#include "store/words.h"

#include <stdlib.h>
#include <string.h>

enum { DEPTH_MAX = 24, NEAR_WORDS = 10 };

/* What a part of the query became. */
struct part {
    struct buf match; /* empty: a filter, or nothing */
    bool negative;    /* match says what must not be there */
};

static bool read_or(struct query_reading *r, struct part *out);

static void skip_space(struct query_reading *r)
{
    while (query_is_space(*r->at))
        r->at++;
}

/* Whether the operator stands here as a word of its own; passes it. */
static bool take_operator(struct query_reading *r, const char *word)
{
    size_t len = strlen(word);

    skip_space(r);
    if (strncmp(r->at, word, len) != 0 || (r->at[len] && !query_is_space(r->at[len]) && r->at[len] != '('))
        return false;
    r->at += len;
    return true;
}

static bool is_operator(const char *s, size_t len)
{
    static const char *const operators[] = {"AND", "OR", "NOT", "NEAR"};
    size_t i;

    for (i = 0; i < sizeof operators / sizeof operators[0]; i++) {
        if (strlen(operators[i]) == len && strncmp(s, operators[i], len) == 0)
            return true;
    }
    return len > 5 && strncmp(s, "NEAR/", 5) == 0;
}

/* Whether the word is one character of a script whose words are pairs. */
static bool is_half_pair(const struct word *word, const char *s)
{
    uint32_t cp;
    size_t len = utf8_next(s + word->start, word->end - word->start, &cp);

    switch (unicode_script(cp)) {
    case UNICODE_HAN:
    case UNICODE_KANA:
    case UNICODE_THAI:
        return len == word->end - word->start;
    default:
        return false;
    }
}

/* A word that articles are found by. */
static void add_word(struct query_reading *r, const char *s, size_t len)
{
    if (r->negative)
        return;
    query_add_term(&r->q->words, &r->q->word_count, &r->q->word_cap, s, len, false);
    r->q->words[r->q->word_count - 1].column = r->column;
}

/* Where a form of a word goes. */
struct widened {
    struct query_reading *r;
    struct buf *out;
};

/* At the place of the word before it. */
static void add_form(void *to, const char *form, size_t len)
{
    struct widened *w = to;

    buf_add_char(w->out, (char)TOKENIZER_SAME_PLACE);
    query_add_packed(w->out, form, len);
    add_word(w->r, form, len);
}

/* Adds the words of a piece of text as one FTS5 phrase. A run of a script without spaces ends in the index with
 * its last character alone; in the middle of a longer run that is no word, so it is left off behind a pair, and
 * is a prefix where it is all there is. Returns how many words there were. */
static int add_phrase(struct query_reading *r, struct buf *out, const char *s, size_t len, bool prefix, bool exact)
{
    struct words w;
    struct word word;
    size_t last_start = 0, last_end = 0;
    int count = 0;
    uint64_t key;

    words_init(&w, s, len);
    buf_add_char(out, '"');
    r->begins = r->broad = false;
    while (words_next(&w, &word)) {
        bool inside_last = count > 0 && word.start > last_start && word.end == last_end;

        last_start = word.start;
        last_end = word.end;
        if (inside_last)
            continue;
        count++;
        query_add_packed(out, word.text, word.len);
        r->broad = begins_key(word.text, word.len, &key);
        r->begins = count == 1 && r->broad;
        r->key = key;
        add_word(r, word.text, word.len);
        prefix = prefix || is_half_pair(&word, s);
    }
    if (r->forms && count == 1 && !prefix && !exact) {
        struct widened to = {r, out};

        words_reset(&w, s, len);
        words_next(&w, &word);
        r->forms->each(r->forms->ctx, word.text, word.len, s + word.start, word.end - word.start, add_form, &to);
    }
    buf_add_str(out, prefix ? "\"*" : "\"");
    r->begins = r->begins && prefix;
    r->broad = r->broad && prefix;
    if (prefix && count > 0 && !r->negative)
        r->q->words[r->q->word_count - 1].flag = true;
    words_release(&w);
    return count;
}

/* A word or a quoted phrase at r->at, as an FTS5 phrase. */
static bool read_phrase(struct query_reading *r, struct buf *out)
{
    const char *start = r->at, *end;
    bool prefix = false, exact = *r->at == '"';

    if (exact) {
        end = strchr(r->at + 1, '"');
        if (!end)
            return query_fail(r, start, "a quote is not closed");
        start++;
        r->at = end + 1;
    } else {
        while (*r->at && !query_is_space(*r->at) && !strchr("()\"", *r->at))
            r->at++;
        end = r->at;
    }
    if (*r->at == '*')
        prefix = *r->at++ == '*';
    else if (end > start && end[-1] == '*' && *end != '"')
        prefix = true;
    if (add_phrase(r, out, start, (size_t)(end - start), prefix, exact) == 0)
        return query_fail(r, start, "there is no word here");
    r->q->has_words = true;
    return true;
}

/* Words that are NEAR one another become one group of FTS5. */
static bool read_near(struct query_reading *r, const char *column, struct buf *out)
{
    struct buf phrases;
    long within = 0, n;
    bool ok, broad;

    buf_init(&phrases);
    r->column = column;
    ok = read_phrase(r, &phrases);
    broad = r->broad;
    while (ok) {
        const char *before = r->at;
        char *end;

        n = NEAR_WORDS;
        skip_space(r);
        if (strncmp(r->at, "NEAR/", 5) == 0) {
            n = strtol(r->at + 5, &end, 10);
            if (end == r->at + 5 || n < 1 || n > 1000 || !query_is_space(*end)) {
                ok = query_fail(r, r->at, "NEAR/ wants a number from 1 to 1000");
                break;
            }
            r->at = end;
        } else if (!take_operator(r, "NEAR")) {
            r->at = before;
            break;
        }
        skip_space(r);
        if (!*r->at || strchr("()", *r->at)) {
            ok = query_fail(r, r->at, "NEAR wants a word or a phrase on both sides");
            break;
        }
        within = n > within ? n : within;
        buf_add_char(&phrases, ' ');
        ok = read_phrase(r, &phrases);
        broad = broad || r->broad;
    }
    if (ok && !column && !within && r->begins && r->apart && !r->bound) {
        mem_grow(&r->q->beginnings, &r->q->beginning_cap, r->q->beginning_count + 1, sizeof *r->q->beginnings);
        r->q->beginnings[r->q->beginning_count++] = (struct query_beginning){r->key, r->negative};
        r->parted++;
        buf_release(&phrases);
        return true;
    }
    r->q->broad = r->q->broad || broad;
    if (column)
        buf_add_fmt(out, "%s : ", column);
    if (within)
        buf_add_fmt(out, "NEAR(%s, %ld)", phrases.data, within);
    else
        buf_add_str(out, phrases.data);
    buf_release(&phrases);
    return ok;
}

static bool read_group(struct query_reading *r, struct part *out)
{
    const char *open = r->at++;
    struct part inner = {.negative = false};
    bool ok, inside = r->inside, bound = r->bound;

    if (++r->depth > DEPTH_MAX)
        return query_fail(r, open, "groups are nested too deep");
    r->inside = true;
    r->bound = r->bound || r->negative;
    buf_init(&inner.match);
    ok = read_or(r, &inner);
    r->inside = inside;
    r->bound = bound;
    skip_space(r);
    if (ok && *r->at != ')')
        ok = query_fail(r, open, "a parenthesis is not closed");
    if (ok) {
        r->at++;
        if (r->bound || strcmp(inner.match.data, "(" QUERY_EVERY ")") != 0) /* else all of it stands apart */
            buf_add_fmt(&out->match, "(%s)", inner.match.data);
    }
    buf_release(&inner.match);
    r->depth--;
    return ok;
}

static bool read_term(struct query_reading *r, struct part *out)
{
    const struct query_field *field;
    bool negative = r->negative, ok;

    skip_space(r);
    while (take_operator(r, "NOT") || (*r->at == '-' && r->at[1] && !query_is_space(r->at[1]) && r->at++)) {
        r->negative = !r->negative;
        skip_space(r);
    }
    out->negative = r->negative != negative;
    if (!*r->at || *r->at == ')')
        ok = query_fail(r, r->at, "a word is missing here");
    else if (*r->at == '(')
        ok = read_group(r, out);
    else if (is_operator(r->at, strcspn(r->at, " \t()")))
        ok = query_fail(r, r->at, "an operator stands where a word should");
    else if (!query_field_find(r, &field))
        ok = false;
    else if (field && !query_field_column(field))
        ok = query_field_value(r, field, &out->match);
    else
        ok = read_near(r, field ? query_field_column(field) : NULL, &out->match);
    r->negative = negative;
    return ok;
}

/* Whether another term of the same AND follows. */
static bool more_terms(struct query_reading *r)
{
    size_t len;

    skip_space(r);
    len = strcspn(r->at, " \t\r\n()");
    return *r->at && *r->at != ')' && !(len == 2 && strncmp(r->at, "OR", 2) == 0);
}

/* Terms that must all hold. FTS5 has no "not" of one side: what must not be there is taken from what must, or
 * from every article. */
static bool read_and(struct query_reading *r, struct part *out)
{
    struct buf with, without;
    bool ok;

    buf_init(&with);
    buf_init(&without);
    do {
        struct part term = {.negative = false};
        struct buf *to;

        buf_init(&term.match);
        ok = read_term(r, &term);
        to = term.negative ? &without : &with;
        if (ok && term.match.len)
            buf_add_fmt(to, "%s%s", to->len ? term.negative ? " OR " : " AND " : "", term.match.data);
        buf_release(&term.match);
    } while (ok && more_terms(r) && (take_operator(r, "AND") || true));
    if (with.len == 0)
        buf_add_str(&with, QUERY_EVERY);
    buf_add(&out->match, with.data, with.len);
    if (without.len)
        buf_add_fmt(&out->match, " NOT (%s)", without.data);
    buf_release(&with);
    buf_release(&without);
    return ok;
}

static bool read_or(struct query_reading *r, struct part *out)
{
    size_t filters = r->q->path_count + r->q->tag_count, parted = r->parted;
    unsigned flags = r->q->with | r->q->without;
    const char *start = r->at;
    int count = 0;
    bool ok;

    do {
        struct part side = {.negative = false};

        buf_init(&side.match);
        if (count > 0)
            r->inside = r->bound = true;
        r->again = r->again || (count > 0 && r->parted > parted);
        ok = read_and(r, &side);
        buf_add_fmt(&out->match, "%s(%s)", count++ ? " OR " : "", side.match.data);
        buf_release(&side.match);
    } while (ok && take_operator(r, "OR"));
    if (ok && count > 1 &&
        (r->q->path_count + r->q->tag_count != filters || (r->q->with | r->q->without) != flags))
        return query_fail(r, start, "is:, in: and tag: cannot stand in a group or beside OR");
    return ok;
}

static void add_listed(void *ctx, const char *phrase, size_t len)
{
    struct query *q = ctx;

    query_add_term(&q->phrases, &q->phrase_count, &q->phrase_cap, phrase, len, false);
}

struct query *query_read(const char *text, const struct query_forms *forms, bool apart, bool *again, struct err *e)
{
    struct query *q = mem_zalloc(1, sizeof *q);
    struct query_reading r = {.text = text, .at = text, .q = q, .forms = forms, .e = e, .apart = apart};
    struct part whole = {.negative = false};
    bool ok;

    buf_init(&whole.match);
    q->to = INT64_MAX;
    skip_space(&r);
    ok = *r.at ? read_or(&r, &whole) : query_fail(&r, r.at, "there is nothing to search for");
    skip_space(&r);
    if (ok && *r.at)
        ok = query_fail(&r, r.at, "a parenthesis is closed that was not opened");
    q->match = buf_steal(&whole.match);
    *again = r.again;
    if (ok)
        phrases_each(q->match, add_listed, q);
    else
        query_free(&q);
    return q;
}
