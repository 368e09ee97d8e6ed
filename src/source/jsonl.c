/* SPDX-License-Identifier: ISC */
#include "source/format.h"

#include "source/blank.h"
#include "source/discourse.h"
#include "source/object.h"

#include <string.h>

/* Whether {"key": stands at s, or the beginning of it where the bytes end. */
static bool begins_object(const char *s, size_t len)
{
    size_t at = blank_end(s, len, 1);

    if (len == 0 || s[0] != '{')
        return false;
    return at >= len || s[at] == '}' || object_key_at(s, len, at);
}

/* The first line that is not empty and not null: one whole object, or the beginning of one so long that
 * its end is not to be seen. */
static bool jsonl_probe(const char *head, size_t len, bool whole)
{
    size_t at = blank_mark(head, len);

    while ((at = blank_end(head, len, at)) < len) {
        const char *end = memchr(head + at, '\n', len - at);
        size_t line = (end ? (size_t)(end - head) : len) - at;
        struct err e = ERR_INIT;
        json_t *value;
        bool is_object;

        if (line >= 4 && memcmp(head + at, "null", 4) == 0 &&
            blank_end(head, at + line, at + 4) == at + line) {
            at += line;
            continue;
        }
        if (!begins_object(head + at, line))
            return false;
        if (!end && !whole)
            return true;
        value = object_load(head + at, line, NULL, &e);
        is_object = json_is_object(value);
        json_decref(value);
        if (is_object || !end)
            return is_object;
        at += line; /* a bad line may come first: the next one decides, if it is no part of the same object */
        return begins_object(head + at + 1, len - at - 1);
    }
    return false;
}

/* Whether the object, which may be of a kind of its own, was made a record. */
static bool make_record(const json_t *object, struct record *r)
{
    if (!discourse_is_topic(object))
        return object_read(object, r);
    discourse_set_topic(object, r);
    return true;
}

void json_give(struct job *j, const char *bytes, size_t len)
{
    struct err e = ERR_INIT;
    size_t left_out;
    json_t *value = object_load(bytes, len, &left_out, &e);

    if (!value)
        job_fault(j, "%s", e.text);
    else if (json_is_null(value))
        job_skip(j);
    else if (!json_is_object(value))
        job_fault(j, "not a JSON object");
    else if (!make_record(value, j->r))
        job_skip(j);
    else {
        j->r->left_out += left_out;
        job_give(j);
    }
    json_decref(value);
}

static void jsonl_read(struct stream *s, struct job *j)
{
    struct err e = ERR_INIT;
    const char *line;
    size_t len;
    long number = 0;

    while (!j->stopped && stream_line(s, &line, &len)) {
        size_t at = number++ == 0 ? blank_mark(line, len) : 0;

        if (stream_pass_line(s, &e)) {
            if (job_begin_number(j, number))
                job_fault(j, "%s", e.text);
            continue;
        }
        at = blank_end(line, len, at);
        while (len > at && (line[len - 1] == ' ' || line[len - 1] == '\r'))
            len--;
        if (at == len) { /* there can be a great many of them */
            j->number++;
            continue;
        }
        if (!job_begin_number(j, number))
            continue;
        if (s->cut)
            break; /* the fault is reported by the caller */
        json_give(j, line + at, len - at);
    }
}

const struct format jsonl_format = {"jsonl", "JSON Lines: one object a line, its fields found by their names",
                                    jsonl_probe, jsonl_read};
