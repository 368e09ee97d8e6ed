/* SPDX-License-Identifier: ISC */
#include "store/query.h"

#include "base/buf.h"
#include "base/mem.h"
#include "base/unicode.h"
#include "base/utf8.h"
#include "store/begins.h"
#include "store/order.h"
#include "store/period.h"
#include "store/phrases.h"
#include "store/rank.h"
#include "store/tokenizer.h"
#include "store/tags.h"
#include "store/words.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { DEPTH_MAX = 24, NEAR_WORDS = 10 };

struct query_term {
    char *text;
    bool flag;          /* a word: prefix; a path: without */
    const char *column; /* of a word: where alone it is looked for; NULL: anywhere */
};

struct beginning {
    uint64_t key;
    bool without;
};

struct query {
    char *match;
    bool dated;
    int64_t from, to; /* minutes */
    struct beginning *beginnings;
    size_t beginning_count, beginning_cap;
    bool has_words, broad;
    unsigned with, without;
    struct query_term *words, *paths, *tags, *phrases;
    size_t word_count, word_cap, path_count, path_cap, tag_count, tag_cap, phrase_count, phrase_cap;
};

/* The reading of one query. */
struct reading {
    const char *text, *at;
    struct query *q;
    struct err *e;
    const struct query_forms *forms; /* NULL: none */
    int depth;
    const char *column; /* of the phrase being read */
    bool apart;  /* short beginnings and dates stand apart, beside the expression */
    size_t parted; /* how many do */
    bool begins; /* the phrase read last is one */
    bool broad;  /* its last word is one */
    uint64_t key;
    bool inside; /* in a group or an OR, where filters make no sense */
    bool bound;  /* in a NOT of a group or an OR, where nothing can stand apart */
    bool again;  /* an OR turned up behind what was put apart before it */
    bool negative;
};

/* What a part of the query became. */
struct part {
    struct buf match; /* empty: a filter, or nothing */
    bool negative;    /* match says what must not be there */
};

static bool read_or(struct reading *r, struct part *out);

static bool fail(struct reading *r, const char *at, const char *why)
{
    return err_set(r->e, ERR_USAGE, "at character %zu of the query: %s",
                   utf8_count(r->text, (size_t)(at - r->text)) + 1, why);
}

static void add_term(struct query_term **terms, size_t *count, size_t *cap, const char *s, size_t len, bool flag)
{
    mem_grow(terms, cap, *count + 1, sizeof **terms);
    (*terms)[*count] = (struct query_term){.text = mem_strndup(s, len), .flag = flag};
    ++*count;
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static void skip_space(struct reading *r)
{
    while (is_space(*r->at))
        r->at++;
}

/* Whether the operator stands here as a word of its own; passes it. */
static bool take_operator(struct reading *r, const char *word)
{
    size_t len = strlen(word);

    skip_space(r);
    if (strncmp(r->at, word, len) != 0 || (r->at[len] && !is_space(r->at[len]) && r->at[len] != '('))
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

/* Adds one packed word inside an FTS5 string: the quote is doubled, even where it is a length. */
static void add_packed(struct buf *out, const char *s, size_t len)
{
    size_t i;

    buf_add_str(out, len == '"' ? "\"" : "");
    buf_add_char(out, (char)len);
    for (i = 0; i < len; i++) {
        if (s[i] == '"')
            buf_add_char(out, '"');
        buf_add_char(out, s[i]);
    }
}

static void add_fact(struct buf *out, const char *sign, const char *value, size_t len)
{
    struct buf fact;

    buf_init(&fact);
    buf_add_str(&fact, sign);
    buf_add(&fact, value, len);
    buf_add_str(out, "facts:\"");
    add_packed(out, fact.data, fact.len);
    buf_add_char(out, '"');
    buf_release(&fact);
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
static void add_word(struct reading *r, const char *s, size_t len)
{
    if (r->negative)
        return;
    add_term(&r->q->words, &r->q->word_count, &r->q->word_cap, s, len, false);
    r->q->words[r->q->word_count - 1].column = r->column;
}

/* Where a form of a word goes. */
struct widened {
    struct reading *r;
    struct buf *out;
};

/* At the place of the word before it. */
static void add_form(void *to, const char *form, size_t len)
{
    struct widened *w = to;

    buf_add_char(w->out, (char)TOKENIZER_SAME_PLACE);
    add_packed(w->out, form, len);
    add_word(w->r, form, len);
}

/* Adds the words of a piece of text as one FTS5 phrase. A run of a script without spaces ends in the index with
 * its last character alone; in the middle of a longer run that is no word, so it is left off behind a pair, and
 * is a prefix where it is all there is. Returns how many words there were. */
static int add_phrase(struct reading *r, struct buf *out, const char *s, size_t len, bool prefix, bool exact)
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
        add_packed(out, word.text, word.len);
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
static bool read_phrase(struct reading *r, struct buf *out)
{
    const char *start = r->at, *end;
    bool prefix = false, exact = *r->at == '"';

    if (exact) {
        end = strchr(r->at + 1, '"');
        if (!end)
            return fail(r, start, "a quote is not closed");
        start++;
        r->at = end + 1;
    } else {
        while (*r->at && !is_space(*r->at) && !strchr("()\"", *r->at))
            r->at++;
        end = r->at;
    }
    if (*r->at == '*')
        prefix = *r->at++ == '*';
    else if (end > start && end[-1] == '*' && *end != '"')
        prefix = true;
    if (add_phrase(r, out, start, (size_t)(end - start), prefix, exact) == 0)
        return fail(r, start, "there is no word here");
    r->q->has_words = true;
    return true;
}

/* Words that are NEAR one another become one group of FTS5. */
static bool read_near(struct reading *r, const char *column, struct buf *out)
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
            if (end == r->at + 5 || n < 1 || n > 1000 || !is_space(*end)) {
                ok = fail(r, r->at, "NEAR/ wants a number from 1 to 1000");
                break;
            }
            r->at = end;
        } else if (!take_operator(r, "NEAR")) {
            r->at = before;
            break;
        }
        skip_space(r);
        if (!*r->at || strchr("()", *r->at)) {
            ok = fail(r, r->at, "NEAR wants a word or a phrase on both sides");
            break;
        }
        within = n > within ? n : within;
        buf_add_char(&phrases, ' ');
        ok = read_phrase(r, &phrases);
        broad = broad || r->broad;
    }
    if (ok && !column && !within && r->begins && r->apart && !r->bound) {
        mem_grow(&r->q->beginnings, &r->q->beginning_cap, r->q->beginning_count + 1, sizeof *r->q->beginnings);
        r->q->beginnings[r->q->beginning_count++] = (struct beginning){r->key, r->negative};
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

static void add_date(void *ctx, const char *part)
{
    static const char *const signs[] = {[4] = "=y", [7] = "=m", [10] = "=d"};
    struct buf *out = ctx;

    buf_add_str(out, out->data[out->len - 1] == '(' ? "" : " OR ");
    add_fact(out, signs[strlen(part)], part, strlen(part));
}

/* At the top level a stretch of the list by date, which the index need not be asked for; else the years, months and
 * days that the index has as facts. */
static bool do_date(struct reading *r, const char *s, size_t len, struct buf *out)
{
    struct period p;
    const char *why = period_read(s, len, &p);
    int64_t from, to;

    if (why)
        return fail(r, s, why);
    if (r->apart && !r->bound && !r->negative) {
        period_minutes(&p, &from, &to);
        r->q->from = from > r->q->from ? from : r->q->from;
        r->q->to = to < r->q->to ? to : r->q->to;
        r->q->dated = true;
        r->parted++;
        return true;
    }
    buf_add_char(out, '(');
    period_cover(&p, add_date, out);
    buf_add_char(out, ')');
    r->q->has_words = true;
    return true;
}

static bool do_language(struct reading *r, const char *s, size_t len, struct buf *out)
{
    char code[9];
    size_t i;

    for (i = 0; i < len && i < sizeof code && (isalnum((unsigned char)s[i]) || s[i] == '-'); i++)
        code[i] = (char)tolower((unsigned char)s[i]);
    if (i < len || len < 2 || len > 8)
        return fail(r, s, "a language is a code such as en");
    add_fact(out, "=l", code, len);
    r->q->has_words = true;
    return true;
}

static bool do_has(struct reading *r, const char *s, size_t len, struct buf *out)
{
    if (len != 8 || strncmp(s, "comments", 8) != 0)
        return fail(r, s, "has: knows comments");
    add_fact(out, "=c", "", 0);
    r->q->has_words = true;
    return true;
}

static bool at_top(struct reading *r, const char *s)
{
    return !r->inside || fail(r, s, "is:, in: and tag: cannot stand in a group or beside OR");
}

static bool do_is(struct reading *r, const char *s, size_t len, struct buf *out)
{
    static const struct {
        const char *name;
        unsigned flag;
        bool set;
    } states[] = {{"read", RANK_READ, true}, {"unread", RANK_READ, false}, {"starred", RANK_STARRED, true},
                  {"hidden", RANK_HIDDEN, true}, {"noted", QUERY_NOTED, true}};
    size_t i;

    (void)out;
    for (i = 0; i < sizeof states / sizeof states[0]; i++) {
        if (strlen(states[i].name) != len || strncmp(states[i].name, s, len) != 0)
            continue;
        if (states[i].set != r->negative)
            r->q->with |= states[i].flag;
        else
            r->q->without |= states[i].flag;
        return at_top(r, s);
    }
    return fail(r, s, "is: knows read, unread, starred, hidden and noted");
}

static bool do_in(struct reading *r, const char *s, size_t len, struct buf *out)
{
    (void)out;
    if (len == 0)
        return fail(r, s, "in: wants a path");
    add_term(&r->q->paths, &r->q->path_count, &r->q->path_cap, s, len, r->negative);
    return at_top(r, s);
}

static bool do_tag(struct reading *r, const char *s, size_t len, struct buf *out)
{
    struct buf name;
    bool good;

    (void)out;
    buf_init(&name);
    good = tags_name(s, len, &name);
    if (good)
        add_term(&r->q->tags, &r->q->tag_count, &r->q->tag_cap, name.data, name.len, r->negative);
    buf_release(&name);
    return good ? at_top(r, s) : fail(r, s, "tag: wants the name of a tag");
}

static bool do_site(struct reading *r, const char *s, size_t len, struct buf *out)
{
    char *name;
    struct order_key key;

    if (!utf8_valid(s, len, NULL))
        return fail(r, s, "site: wants a name in UTF-8");
    name = mem_strndup(s, len);
    key = order_site_name(name);
    add_fact(out, "=s", (const char *)key.bytes, key.len);
    r->q->has_words = true;
    free(name);
    return true;
}

/* Fields that are columns of the index, and those that are more. */
struct field {
    const char *name;
    const char *column; /* NULL: value does it */
    bool (*value)(struct reading *r, const char *s, size_t len, struct buf *out);
};

static const struct field whole_site = {"site", NULL, do_site};
static const struct field fields[] = {
    {"title", "title", NULL}, {"body", "body", NULL},     {"comment", "comment", NULL},
    {"author", "author", NULL}, {"site", "site", NULL},   {"date", NULL, do_date},
    {"lang", NULL, do_language}, {"has", NULL, do_has},   {"is", NULL, do_is},
    {"in", NULL, do_in},         {"tag", NULL, do_tag},
};

/* The field whose name and colon stand here; an unknown one is a fault, a time (12:30) or an address is not. */
static bool find_field(struct reading *r, const struct field **field)
{
    size_t len = 0, i;

    *field = NULL;
    while (r->at[len] >= 'a' && r->at[len] <= 'z')
        len++;
    if (len == 0 || r->at[len] != ':' || strncmp(r->at + len, "://", 3) == 0)
        return true;
    for (i = 0; i < sizeof fields / sizeof fields[0]; i++) {
        if (strlen(fields[i].name) == len && strncmp(fields[i].name, r->at, len) == 0) {
            *field = &fields[i];
            r->at += len + 1;
            if (*r->at == '=' && strcmp(fields[i].name, whole_site.name) == 0) {
                *field = &whole_site;
                r->at++;
            }
            return true;
        }
    }
    return fail(r, r->at,
                "no such field; there are title, body, comment, author, site, date, lang, has, is, tag and in");
}

static bool read_value(struct reading *r, const struct field *field, struct buf *out)
{
    const char *s = r->at;
    bool quoted = *s == '"';
    const char *end = quoted ? strchr(s + 1, '"') : s;

    if (quoted && !end)
        return fail(r, s, "a quote is not closed");
    while (!quoted && *end && !is_space(*end) && !strchr("()\"", *end))
        end++;
    s += quoted;
    r->at = end + quoted;
    return field->value(r, s, (size_t)(end - s), out);
}

static bool read_group(struct reading *r, struct part *out)
{
    const char *open = r->at++;
    struct part inner = {.negative = false};
    bool ok, inside = r->inside, bound = r->bound;

    if (++r->depth > DEPTH_MAX)
        return fail(r, open, "groups are nested too deep");
    r->inside = true;
    r->bound = r->bound || r->negative;
    buf_init(&inner.match);
    ok = read_or(r, &inner);
    r->inside = inside;
    r->bound = bound;
    skip_space(r);
    if (ok && *r->at != ')')
        ok = fail(r, open, "a parenthesis is not closed");
    if (ok) {
        r->at++;
        if (r->bound || strcmp(inner.match.data, "(" QUERY_EVERY ")") != 0) /* else all of it stands apart */
            buf_add_fmt(&out->match, "(%s)", inner.match.data);
    }
    buf_release(&inner.match);
    r->depth--;
    return ok;
}

static bool read_term(struct reading *r, struct part *out)
{
    const struct field *field;
    bool negative = r->negative, ok;

    skip_space(r);
    while (take_operator(r, "NOT") || (*r->at == '-' && r->at[1] && !is_space(r->at[1]) && r->at++)) {
        r->negative = !r->negative;
        skip_space(r);
    }
    out->negative = r->negative != negative;
    if (!*r->at || *r->at == ')')
        ok = fail(r, r->at, "a word is missing here");
    else if (*r->at == '(')
        ok = read_group(r, out);
    else if (is_operator(r->at, strcspn(r->at, " \t()")))
        ok = fail(r, r->at, "an operator stands where a word should");
    else if (!find_field(r, &field))
        ok = false;
    else if (field && field->value)
        ok = read_value(r, field, &out->match);
    else
        ok = read_near(r, field ? field->column : NULL, &out->match);
    r->negative = negative;
    return ok;
}

/* Whether another term of the same AND follows. */
static bool more_terms(struct reading *r)
{
    size_t len;

    skip_space(r);
    len = strcspn(r->at, " \t\r\n()");
    return *r->at && *r->at != ')' && !(len == 2 && strncmp(r->at, "OR", 2) == 0);
}

/* Terms that must all hold. FTS5 has no "not" of one side: what must not be there is taken from what must, or
 * from every article. */
static bool read_and(struct reading *r, struct part *out)
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

static bool read_or(struct reading *r, struct part *out)
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
        return fail(r, start, "is:, in: and tag: cannot stand in a group or beside OR");
    return ok;
}

static void add_listed(void *ctx, const char *phrase, size_t len)
{
    struct query *q = ctx;

    add_term(&q->phrases, &q->phrase_count, &q->phrase_cap, phrase, len, false);
}

/* Reads it with short beginnings apart, or all in the expression. *again: it is to be the latter. */
static struct query *parse(const char *text, const struct query_forms *forms, bool apart, bool *again,
                           struct err *e)
{
    struct query *q = mem_zalloc(1, sizeof *q);
    struct reading r = {.text = text, .at = text, .q = q, .forms = forms, .e = e, .apart = apart};
    struct part whole = {.negative = false};
    bool ok;

    buf_init(&whole.match);
    q->to = INT64_MAX;
    skip_space(&r);
    ok = *r.at ? read_or(&r, &whole) : fail(&r, r.at, "there is nothing to search for");
    skip_space(&r);
    if (ok && *r.at)
        ok = fail(&r, r.at, "a parenthesis is closed that was not opened");
    q->match = buf_steal(&whole.match);
    *again = r.again;
    if (ok)
        phrases_each(q->match, add_listed, q);
    else
        query_free(&q);
    return q;
}

struct query *query_parse(const char *text, struct err *e)
{
    return query_parse_forms(text, NULL, e);
}

struct query *query_parse_forms(const char *text, const struct query_forms *forms, struct err *e)
{
    bool again;
    struct query *q = parse(text, forms, true, &again, e);

    if (q && again) { /* an OR turned up behind them */
        query_free(&q);
        q = parse(text, forms, false, &again, e);
    }
    return q;
}

static void free_terms(struct query_term *terms, size_t count)
{
    size_t i;

    for (i = 0; i < count; i++)
        free(terms[i].text);
    free(terms);
}

void query_free(struct query **q)
{
    if (!*q)
        return;
    free_terms((*q)->words, (*q)->word_count);
    free_terms((*q)->paths, (*q)->path_count);
    free_terms((*q)->tags, (*q)->tag_count);
    free_terms((*q)->phrases, (*q)->phrase_count);
    free((*q)->beginnings);
    free((*q)->match);
    free(*q);
    *q = NULL;
}

const char *query_match(const struct query *q)
{
    return q->match;
}

const char *query_phrase(const struct query *q, size_t n)
{
    return n < q->phrase_count ? q->phrases[n].text : NULL;
}

bool query_has_words(const struct query *q)
{
    return q->has_words;
}

bool query_is_broad(const struct query *q)
{
    return q->broad;
}

unsigned query_flags_with(const struct query *q)
{
    return q->with;
}

unsigned query_flags_without(const struct query *q)
{
    return q->without;
}

const char *query_path(const struct query *q, size_t n, bool *without)
{
    if (n >= q->path_count)
        return NULL;
    *without = q->paths[n].flag;
    return q->paths[n].text;
}

const char *query_tag(const struct query *q, size_t n, bool *without)
{
    if (n >= q->tag_count)
        return NULL;
    *without = q->tags[n].flag;
    return q->tags[n].text;
}

bool query_dates(const struct query *q, int64_t *from, int64_t *to)
{
    *from = q->from;
    *to = q->to;
    return q->dated;
}

bool query_beginning(const struct query *q, size_t n, uint64_t *key, bool *without)
{
    if (n >= q->beginning_count)
        return false;
    *key = q->beginnings[n].key;
    *without = q->beginnings[n].without;
    return true;
}

const char *query_word_column(const struct query *q, size_t n)
{
    return n < q->word_count ? q->words[n].column : NULL;
}

const char *query_word(const struct query *q, size_t n, bool *prefix)
{
    if (n >= q->word_count)
        return NULL;
    *prefix = q->words[n].flag;
    return q->words[n].text;
}
