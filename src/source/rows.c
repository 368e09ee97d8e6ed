/* SPDX-License-Identifier: ISC */
#include "source/rows.h"

#include "source/blank.h"

#include <string.h>

bool rows_probe(const char *head, size_t len, bool whole, bool (*is_row)(const json_t *object))
{
    size_t at = 0;
    int lines = 0;

    while (at < len && lines < 50) {
        const char *end = memchr(head + at, '\n', len - at);
        size_t line = (end ? (size_t)(end - head) : len) - at, blank = blank_end(head + at, line, 0);
        json_t *value;
        bool answer;

        if (!end && !whole)
            return false;
        if (blank < line && head[at + blank] == '{') {
            value = object_load(head + at, line, NULL, NULL);
            answer = json_is_object(value) && is_row(value);
            if (value) {
                json_decref(value);
                return answer;
            }
        } else if (blank < line &&
                   memcmp(head + at + blank, "null", line - blank < 4 ? line - blank : 4) != 0) {
            return false;
        }
        at += line + 1;
        lines++;
    }
    return false;
}

static void read_row(struct spill *spill, struct job *j, const char *line, size_t len, rows_add_fn *add,
                     struct record *scratch)
{
    struct err e = ERR_INIT;
    size_t left_out;
    json_t *value = object_load(line, len, &left_out, &e);

    record_reset(scratch);
    if (json_is_object(value))
        add(spill, value, scratch);
    else if (!json_is_null(value))
        job_fault(j, "%s", value ? "not a JSON object" : e.text);
    if (left_out + scratch->left_out)
        job_left_out(j, left_out + scratch->left_out);
    json_decref(value);
}

void rows_add(struct stream *s, struct job *j, struct spill *spill, rows_add_fn *add)
{
    struct record scratch;
    struct err e = ERR_INIT;
    const char *line;
    size_t len;
    long number = 0;

    record_init(&scratch);
    while (spill->fault.status == ERR_NONE && stream_line(s, &line, &len)) {
        size_t blank = blank_end(line, len, 0);

        job_at_number(j, ++number);
        if (stream_pass_line(s, &e)) {
            job_fault(j, "%s", e.text);
            continue;
        }
        if (blank == len || s->cut)
            continue;
        read_row(spill, j, line + blank, len - blank, add, &scratch);
    }
    record_release(&scratch);
}
