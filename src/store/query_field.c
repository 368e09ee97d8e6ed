/* SPDX-License-Identifier: ISC */
#include "store/query_read.h"

#include "base/mem.h"
#include "base/utf8.h"
#include "store/order.h"
#include "store/period.h"
#include "store/rank.h"
#include "store/tags.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

bool query_fail(struct query_reading *r, const char *at, const char *why)
{
    return err_set(r->e, ERR_USAGE, "at character %zu of the query: %s",
                   utf8_count(r->text, (size_t)(at - r->text)) + 1, why);
}

void query_add_term(struct query_term **terms, size_t *count, size_t *cap, const char *s, size_t len, bool flag)
{
    mem_grow(terms, cap, *count + 1, sizeof **terms);
    (*terms)[*count] = (struct query_term){.text = mem_strndup(s, len), .flag = flag};
    ++*count;
}

bool query_is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

void query_add_packed(struct buf *out, const char *s, size_t len)
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
    query_add_packed(out, fact.data, fact.len);
    buf_add_char(out, '"');
    buf_release(&fact);
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
static bool do_date(struct query_reading *r, const char *s, size_t len, struct buf *out)
{
    struct period p;
    const char *why = period_read(s, len, &p);
    int64_t from, to;

    if (why)
        return query_fail(r, s, why);
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

static bool do_language(struct query_reading *r, const char *s, size_t len, struct buf *out)
{
    char code[9];
    size_t i;

    for (i = 0; i < len && i < sizeof code && (isalnum((unsigned char)s[i]) || s[i] == '-'); i++)
        code[i] = (char)tolower((unsigned char)s[i]);
    if (i < len || len < 2 || len > 8)
        return query_fail(r, s, "a language is a code such as en");
    add_fact(out, "=l", code, len);
    r->q->has_words = true;
    return true;
}

static bool do_has(struct query_reading *r, const char *s, size_t len, struct buf *out)
{
    if (len != 8 || strncmp(s, "comments", 8) != 0)
        return query_fail(r, s, "has: knows comments");
    add_fact(out, "=c", "", 0);
    r->q->has_words = true;
    return true;
}

static bool at_top(struct query_reading *r, const char *s)
{
    return !r->inside || query_fail(r, s, "is:, in: and tag: cannot stand in a group or beside OR");
}

static bool do_is(struct query_reading *r, const char *s, size_t len, struct buf *out)
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
    return query_fail(r, s, "is: knows read, unread, starred, hidden and noted");
}

static bool do_in(struct query_reading *r, const char *s, size_t len, struct buf *out)
{
    (void)out;
    if (len == 0)
        return query_fail(r, s, "in: wants a path");
    query_add_term(&r->q->paths, &r->q->path_count, &r->q->path_cap, s, len, r->negative);
    return at_top(r, s);
}

static bool do_tag(struct query_reading *r, const char *s, size_t len, struct buf *out)
{
    struct buf name;
    bool good;

    (void)out;
    buf_init(&name);
    good = tags_name(s, len, &name);
    if (good)
        query_add_term(&r->q->tags, &r->q->tag_count, &r->q->tag_cap, name.data, name.len, r->negative);
    buf_release(&name);
    return good ? at_top(r, s) : query_fail(r, s, "tag: wants the name of a tag");
}

static bool do_site(struct query_reading *r, const char *s, size_t len, struct buf *out)
{
    char *name;
    struct order_key key;

    if (!utf8_valid(s, len, NULL))
        return query_fail(r, s, "site: wants a name in UTF-8");
    name = mem_strndup(s, len);
    key = order_site_name(name);
    add_fact(out, "=s", (const char *)key.bytes, key.len);
    r->q->has_words = true;
    free(name);
    return true;
}

/* Fields that are columns of the index, and those that are more. */
struct query_field {
    const char *name;
    const char *column; /* NULL: value does it */
    bool (*value)(struct query_reading *r, const char *s, size_t len, struct buf *out);
};

static const struct query_field whole_site = {"site", NULL, do_site};
static const struct query_field fields[] = {
    {"title", "title", NULL}, {"body", "body", NULL},     {"comment", "comment", NULL},
    {"author", "author", NULL}, {"site", "site", NULL},   {"date", NULL, do_date},
    {"lang", NULL, do_language}, {"has", NULL, do_has},   {"is", NULL, do_is},
    {"in", NULL, do_in},         {"tag", NULL, do_tag},
};

bool query_field_find(struct query_reading *r, const struct query_field **field)
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
    return query_fail(r, r->at,
                "no such field; there are title, body, comment, author, site, date, lang, has, is, tag and in");
}

const char *query_field_column(const struct query_field *field)
{
    return field->value ? NULL : field->column;
}

bool query_field_value(struct query_reading *r, const struct query_field *field, struct buf *out)
{
    const char *s = r->at;
    bool quoted = *s == '"';
    const char *end = quoted ? strchr(s + 1, '"') : s;

    if (quoted && !end)
        return query_fail(r, s, "a quote is not closed");
    while (!quoted && *end && !query_is_space(*end) && !strchr("()\"", *end))
        end++;
    s += quoted;
    r->at = end + quoted;
    return field->value(r, s, (size_t)(end - s), out);
}
