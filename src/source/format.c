/* SPDX-License-Identifier: ISC */
#include "source/format.h"

static const struct format formats[] = {
    {"jsonl", "JSON Lines: one object a line, its fields found by their names", jsonl_probe, jsonl_read},
    {"json", "JSON: one object, several, or an array of them", json_probe, json_read},
    {"text", "plain text in any of the known encodings: one file, one article", text_probe, text_read},
};

const struct format *format_rows(size_t *count)
{
    *count = sizeof formats / sizeof formats[0];
    return formats;
}

const struct format *format_of(const char *head, size_t len, bool whole)
{
    const struct format *f = formats;

    while (!f->probe(head, len, whole))
        f++; /* the last takes anything */
    return f;
}
