/* SPDX-License-Identifier: ISC */
#include "source/object.h"

#include "base/charset.h"
#include "base/utf8.h"
#include "source/blank.h"
#include "source/fields.h"
#include "source/html.h"
#include "source/lift.h"
#include "source/prune.h"
#include "source/replies.h"
#include "source/when.h"

#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool object_key_at(const char *s, size_t len, size_t at)
{
    if (at >= len || s[at++] != '"')
        return false;
    while (at < len && s[at] != '"' && s[at] != '\n')
        at += s[at] == '\\' ? 2 : 1;
    at = blank_end(s, len, at + 1);
    return at >= len || s[at] == ':';
}

/* ---- Loading ---- */

/* Whether "\uXXXX" stands at s, and which unit it is. */
static bool escaped_unit(const char *s, size_t len, unsigned long *unit)
{
    char digits[5];

    if (len < 6 || s[0] != '\\' || s[1] != 'u' || memchr(s + 2, '"', 4))
        return false;
    memcpy(digits, s + 2, 4);
    digits[4] = '\0';
    *unit = strtoul(digits, NULL, 16);
    return true;
}

/* Copies what stands at an escape inside a string; a half of a pair without the other becomes U+FFFD.
 * Returns how many bytes it took. */
static size_t mend_escape(const char *s, size_t len, struct buf *out)
{
    unsigned long unit, low;
    size_t take = 2;

    if (escaped_unit(s, len, &unit)) {
        take = 6;
        if (unit >= 0xD800 && unit < 0xDC00 && escaped_unit(s + 6, len - 6, &low) && low >= 0xDC00 &&
            low < 0xE000)
            take = 12;
        else if (unit >= 0xD800 && unit < 0xE000) {
            buf_add_str(out, "\\ufffd");
            return 6;
        }
    }
    take = take < len ? take : len;
    buf_add(out, s, take);
    return take;
}

/* Copies what stands outside strings at s; the numbers that JSON does not have become null. */
static size_t mend_bare(const char *s, size_t len, struct buf *out)
{
    static const char *const numbers[] = {"NaN", "Infinity", "-Infinity", "-NaN", "undefined"};
    size_t i;

    for (i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        size_t n = strlen(numbers[i]);

        if (len >= n && memcmp(s, numbers[i], n) == 0) {
            buf_add_str(out, "null");
            return n;
        }
    }
    buf_add_char(out, s[0]);
    return 1;
}

static void mend(const char *s, size_t len, struct buf *out)
{
    bool in_string = false;
    size_t at = 0;

    while (at < len) {
        unsigned char c = (unsigned char)s[at];

        if (!in_string && c != '"') {
            at += mend_bare(s + at, len - at, out);
            continue;
        }
        if (c == '"')
            in_string = !in_string;
        if (in_string && c == '\\') {
            at += mend_escape(s + at, len - at, out);
        } else if (in_string && c < 0x20) {
            buf_add_fmt(out, "\\u%04x", c);
            at++;
        } else {
            uint32_t cp;
            size_t step = utf8_next(s + at, len - at, &cp);

            if (cp == UTF8_BAD)
                buf_add_cp(out, cp);
            else
                buf_add(out, s + at, step);
            at += step;
        }
    }
}

enum { LOAD_FLAGS = JSON_DECODE_ANY | JSON_ALLOW_NUL };

static json_t *load_lifted(const char *bytes, size_t len)
{
    json_t *value = NULL;
    json_error_t error;
    struct lift l;

    lift_init(&l);
    if (lift_take(&l, bytes, len))
        value = json_loadb(l.rest.data, l.rest.len, LOAD_FLAGS, &error);
    if (value)
        value = lift_put(&l, value);
    lift_release(&l);
    return value;
}

static json_t *load(const char *bytes, size_t len, struct err *e)
{
    struct buf decoded, mended;
    json_error_t first, again;
    json_t *value = load_lifted(bytes, len);

    if (!value)
        value = json_loadb(bytes, len, LOAD_FLAGS, &first);
    if (value)
        return value;
    buf_init(&decoded);
    buf_init(&mended);
    if (!utf8_valid(bytes, len, NULL)) {
        charset_decode(charset_guess(bytes, len), bytes, len, &decoded, NULL);
        bytes = decoded.data;
        len = decoded.len;
    }
    mend(bytes, len, &mended);
    value = json_loadb(mended.data, mended.len, LOAD_FLAGS, &again);
    buf_release(&decoded);
    buf_release(&mended);
    if (!value)
        err_set(e, ERR_IO, "not JSON at byte %d: %s", first.position, first.text);
    return value;
}

static json_t *load_pruned(const char *bytes, size_t len, size_t folded, size_t *left_out, struct err *e)
{
    struct buf pruned;
    json_t *value;

    buf_init(&pruned);
    if (prune(bytes, len, folded, &pruned, left_out))
        value = load(pruned.data, pruned.len, e);
    else
        value = load(bytes, len, e);
    buf_release(&pruned);
    return value;
}

json_t *object_load(const char *bytes, size_t len, size_t *left_out, struct err *e)
{
    size_t lost;
    json_t *value = load_pruned(bytes, len, RECORD_COMMENTS, &lost, e);

    if (left_out)
        *left_out = lost;
    return value;
}

json_t *object_element(const json_t *list, size_t i, size_t *left_out)
{
    json_t *value = json_array_get(list, i), *whole;
    const char *inside;
    size_t len = prune_inside(json_string_value(value), json_string_length(value), &inside), lost;

    if (len == 0)
        return json_incref(value);
    whole = load_pruned(inside, len, 0, &lost, NULL);
    *left_out += whole ? lost : 1;
    json_array_set_new((json_t *)list, i, json_null());
    return whole;
}

/* ---- Values ---- */

/* The value as text in r's arena: a string as it is, a number without needless ".0"; NULL for anything else and for
 * the empty string. */
static const char *string_of(const json_t *value, struct record *r)
{
    char number[32];
    int n;

    if (json_is_string(value))
        return json_string_length(value)
                   ? arena_strndup(&r->arena, json_string_value(value), json_string_length(value))
                   : NULL;
    if (json_is_integer(value)) {
        n = snprintf(number, sizeof number, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
    } else if (json_is_real(value) && fabs(json_real_value(value)) < 1e15) {
        n = snprintf(number, sizeof number, "%.0f", json_real_value(value));
    } else {
        return NULL;
    }
    return arena_strndup(&r->arena, number, (size_t)n);
}

const char *object_get(const json_t *object, const char *key, struct record *r)
{
    return string_of(json_object_get(object, key), r);
}

bool object_has(const json_t *object, const char *key)
{
    return json_object_get(object, key) != NULL;
}

bool object_score(const json_t *value, long *score)
{
    double number = json_number_value(value);

    if (!json_is_number(value) || fabs(number) >= (double)LONG_MAX)
        return false;
    *score = (long)number;
    return true;
}

const char *object_text(const json_t *value, struct record *r)
{
    const char *s = json_string_value(value);
    size_t len = json_string_length(value);
    struct buf text;
    const char *copy;

    if (!s)
        return "";
    buf_init(&text);
    if (html_is(s, len) || memchr(s, '&', len))
        html_add_text(&text, s, len);
    else
        charset_decode(CHARSET_UTF8, s, len, &text, NULL);
    copy = arena_strndup(&r->arena, text.data, text.len);
    buf_release(&text);
    return copy;
}

/* What an object that stands where a word should ({"name": "The Harbour Post"}) is called. */
static const json_t *named(const json_t *value)
{
    static const char *const keys[] = {"name",        "full_name", "title", "username",
                                       "screen_name", "value",     "text"};
    size_t i;

    for (i = 0; json_is_object(value) && i < sizeof keys / sizeof keys[0]; i++) {
        const json_t *inner = json_object_get(value, keys[i]);

        if (json_is_string(inner))
            return inner;
    }
    return value;
}

/* ---- Choosing among the members ---- */

struct pick {
    const json_t *value;
    int rank;
    const char *key;
};

static bool is_usable(enum field f, const json_t *value)
{
    const char *s;

    if (f == FIELD_COMMENTS || f == FIELD_INSIDE)
        return json_is_array(value) || json_is_object(value) || json_is_string(value);
    if ((f == FIELD_TEXT || f == FIELD_AUTHORS) && json_is_array(value))
        return json_array_size(value) > 0;
    if (f == FIELD_TEXT && !json_is_string(value))
        return false;
    value = named(value);
    if (json_is_number(value))
        return f == FIELD_PUBLISHED || f >= FIELD_CRAWLED;
    s = json_string_value(value);
    if (!s || s[strspn(s, " \t\r\n")] == '\0')
        return false;
    if (f != FIELD_URL && f != FIELD_SITE)
        return true;
    return field_is_url(s, strlen(s)) == (f == FIELD_URL);
}

/* Takes from the object's members the best for each field; those of objects inside it only where it has
 * none. */
static void choose(const json_t *object, int depth, struct pick picks[FIELD_COUNT])
{
    json_t *members = (json_t *)object; /* the iterator does not change it */
    const char *key;
    json_t *value;

    json_object_foreach(members, key, value)
    {
        struct field_match matches[FIELD_MATCHES];
        size_t count = field_find(key, strlen(key), matches), i;

        for (i = 0; i < count; i++) {
            enum field f = matches[i].field;
            int rank = matches[i].rank - depth * FIELD_RANK_MAX;

            if (f == FIELD_INSIDE && json_is_object(value) && depth < 3)
                choose(value, depth + 1, picks);
            else if (is_usable(f, value) && (!picks[f].value || rank > picks[f].rank))
                picks[f] = (struct pick){value, rank, key};
        }
    }
}

/* ---- Comments ---- */

static void add_comments(struct replies *t, const json_t *list, const char *parent, const char *article_id);

static void add_comment(struct replies *t, const json_t *object, const char *parent, const char *article_id)
{
    struct pick picks[FIELD_COUNT] = {{NULL, 0, NULL}};
    struct record *r = t->r;
    struct record_comment c = {.parent = parent};
    const char *stated;
    char number[24];

    if (json_is_string(object))
        c.text = object_text(object, r);
    else if (json_is_object(object))
        choose(object, 0, picks);
    else
        return;
    c.id = string_of(picks[FIELD_ID].value, r);
    if (!c.id) {
        snprintf(number, sizeof number, "#%zu", t->count + 1);
        c.id = arena_strndup(&r->arena, number, strlen(number));
    }
    stated = string_of(picks[FIELD_PARENT].value, r);
    if (!parent && stated && strcmp(stated, "0") != 0 && !(article_id && strcmp(stated, article_id) == 0))
        c.parent = stated;
    c.author = string_of(named(picks[FIELD_AUTHORS].value), r);
    c.published = when_keep(string_of(picks[FIELD_PUBLISHED].value, r), &r->arena);
    c.has_score = object_score(picks[FIELD_SCORE].value, &c.score);
    if (!c.text)
        c.text = object_text(picks[FIELD_TEXT].value, r);
    c.removed = c.text[0] == '\0' || strcmp(c.text, "[deleted]") == 0 || strcmp(c.text, "[removed]") == 0;
    if (!replies_full(t))
        *replies_add(t) = c;
    if (json_is_array(picks[FIELD_COMMENTS].value))
        add_comments(t, picks[FIELD_COMMENTS].value, c.id, article_id);
}

static void add_comments(struct replies *t, const json_t *list, const char *parent, const char *article_id)
{
    size_t i;

    for (i = 0; i < json_array_size(list); i++) {
        json_t *one = object_element(list, i, &t->r->left_out);

        add_comment(t, one, parent, article_id);
        json_decref(one);
    }
}

static void set_comments(struct record *r, const json_t *comments, const char *article_id)
{
    struct replies t;

    replies_init(&t, r);
    if (json_is_array(comments))
        add_comments(&t, comments, NULL, article_id);
    else if (json_is_string(comments) && json_string_length(comments) > 0)
        add_comment(&t, comments, NULL, article_id); /* one run of text, without structure */
    replies_finish(&t, false);
    replies_release(&t);
}

/* ---- The article ---- */

static void add_text(struct buf *out, const json_t *value, size_t *left_out)
{
    size_t i;

    if (json_is_string(value)) {
        buf_add_str(out, out->len ? "\n\n" : "");
        if (html_is(json_string_value(value), json_string_length(value)))
            html_add_text(out, json_string_value(value), json_string_length(value));
        else
            buf_add(out, json_string_value(value), json_string_length(value));
    }
    for (i = 0; i < json_array_size(value); i++) {
        json_t *one = object_element(value, i, left_out);

        add_text(out, named(one), left_out);
        json_decref(one);
    }
}

static bool set_text(struct record *r, const struct pick picks[FIELD_COUNT])
{
    const json_t *value = picks[FIELD_TEXT].value;
    struct buf text;
    bool any;

    if (json_is_string(value) && !html_is(json_string_value(value), json_string_length(value))) {
        record_set_text(r, json_string_value(value), json_string_length(value));
        return true;
    }
    buf_init(&text);
    if (value)
        add_text(&text, value, &r->left_out);
    else if (picks[FIELD_TITLE].value && (picks[FIELD_URL].value || picks[FIELD_ID].value) &&
             json_array_size(picks[FIELD_COMMENTS].value) > 0) {
        add_text(&text, picks[FIELD_TITLE].value, &r->left_out); /* a link that was talked about */
        add_text(&text, picks[FIELD_URL].value, &r->left_out);
    }
    any = text.len > 0;
    if (any)
        record_set_text(r, text.data, text.len);
    buf_release(&text);
    return any;
}

static void set_field(struct record *r, enum field f, const json_t *value)
{
    const char *s;
    size_t i;

    for (i = 0; i < json_array_size(value); i++) {
        json_t *one = object_element(value, i, &r->left_out);

        set_field(r, f, one);
        json_decref(one);
    }
    value = named(value);
    if (json_is_string(value)) {
        field_set(r, f, json_string_value(value), json_string_length(value));
    } else if (json_is_number(value)) {
        s = string_of(value, r);
        if (s)
            field_set(r, f, s, strlen(s));
    }
}

bool object_read(const json_t *object, struct record *r)
{
    struct pick picks[FIELD_COUNT] = {{NULL, 0, NULL}};
    int f;

    if (!json_is_object(object))
        return false;
    choose(object, 0, picks);
    if (!set_text(r, picks))
        return false;
    if (picks[FIELD_CRAWLED].value && picks[FIELD_PUBLISHED].value &&
        strcmp(picks[FIELD_PUBLISHED].key, "date") == 0)
        picks[FIELD_PUBLISHED].value = NULL;
    for (f = FIELD_TITLE; f <= FIELD_LANGUAGE; f++)
        if (picks[f].value)
            set_field(r, (enum field)f, picks[f].value);
    if (picks[FIELD_COMMENTS].value)
        set_comments(r, picks[FIELD_COMMENTS].value, string_of(picks[FIELD_ID].value, r));
    return true;
}
