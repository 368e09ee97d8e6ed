/* SPDX-License-Identifier: ISC */
#include "source/format.h"

#include "base/charset.h"
#include "source/blank.h"

#include <string.h>

static bool text_probe(const char *head, size_t len, bool whole)
{
    (void)head;
    (void)len;
    (void)whole;
    return true;
}

/* A script says by which program it is to be run: it is text, but no article. */
static bool is_script(const char *bytes, size_t len)
{
    size_t at = 2;

    if (len < 3 || memcmp(bytes, "#!", 2) != 0)
        return false;
    while (at < len && (bytes[at] == ' ' || bytes[at] == '\t'))
        at++;
    return at < len && bytes[at] == '/';
}

static void text_read(struct stream *s, struct job *j)
{
    const char *bytes;
    size_t len;

    if (!job_begin(j, NULL))
        return;
    len = stream_peek(s, FORMAT_HEAD, &bytes);
    if (charset_is_binary(bytes, len) || is_script(bytes, len)) {
        job_skip(j);
        return;
    }
    len = stream_rest(s, &bytes);
    if (stream_fault(s) && (len == 0 || s->overlong)) /* the fault is reported by the caller */
        return;
    if (blank_end(bytes, len, 0) == len) {
        job_skip(j);
        return;
    }
    record_set_bytes(j->r, charset_guess(bytes, len), bytes, len);
    stream_drop(s); /* a long text need not stand in memory twice while it is parsed */
    job_give(j);
}

const struct format text_format = {"text", "plain text in any of the known encodings: one file, one article",
                                   text_probe, text_read};
