/* SPDX-License-Identifier: ISC */
/*
 * One object over many lines, several of them after each other, or an array of objects: whatever is not one
 * object a line. The values are found by their brackets, so that only one of them is in memory.
 */
#include "source/format.h"

#include "source/blank.h"
#include "source/object.h"

#include <string.h>

static bool json_probe(const char *head, size_t len, bool whole)
{
    size_t at = blank_mark(head, len);
    bool array = false;

    (void)whole;
    for (; at < len; at++) {
        if (blank_is(head[at]))
            continue;
        if (head[at] == '[' && !array) {
            array = true;
            continue;
        }
        break;
    }
    if (at >= len || head[at] != '{')
        return false;
    return object_key_at(head, len, blank_end(head, len, at + 1));
}

/* Where the object or array that begins at the stream's next byte ends: its length in *len. False where
 * the stream ends before it does; *len is then all that is left. Of one that is longer than any that is read *overlong
 * says so, and *len is the length of its last part; what is before that is used up. */
static bool find_end(struct stream *s, size_t *len, struct err *overlong)
{
    size_t at = 0, depth = 0, have = 0;
    bool in_string = false, escaped = false;
    const char *bytes = NULL;

    for (;; at++) {
        if (at == have) {
            have = stream_peek(s, at + 1, &bytes);
            if (have <= at && s->overlong) {
                *overlong = *stream_fault(s);
                stream_forget(s);
                at = 0;
                have = stream_peek(s, 1, &bytes);
            }
            if (have <= at) {
                *len = have;
                return false;
            }
        }
        if (escaped) {
            escaped = false;
        } else if (in_string) {
            in_string = bytes[at] != '"';
            escaped = bytes[at] == '\\';
        } else if (bytes[at] == '"') {
            in_string = true;
        } else if (bytes[at] == '{' || bytes[at] == '[') {
            depth++;
        } else if ((bytes[at] == '}' || bytes[at] == ']') && --depth == 0) {
            *len = at + 1;
            return true;
        }
    }
}

/* Uses up what lies between values: blanks, commas, the brackets of the array around them. True at a
 * value. */
static bool next_value(struct stream *s)
{
    const char *bytes;

    while (stream_peek(s, 1, &bytes) > 0) {
        if (*bytes == '{')
            return true;
        stream_take(s, 1);
    }
    return false;
}

static void json_read(struct stream *s, struct job *j)
{
    long number = 0;
    size_t len;

    while (!j->stopped && next_value(s)) {
        struct err overlong = ERR_INIT;
        bool complete = find_end(s, &len, &overlong);
        const char *bytes;

        stream_peek(s, len, &bytes);
        if (job_begin_number(j, ++number)) {
            if (overlong.status != ERR_NONE)
                job_fault(j, "%s", overlong.text);
            else if (complete)
                json_give(j, bytes, len);
            else if (!stream_fault(s))
                job_fault(j, "a JSON object without an end");
        }
        stream_take(s, len);
    }
}

const struct format json_format = {"json", "JSON: one object, several, or an array of them",
                                   json_probe, json_read};
