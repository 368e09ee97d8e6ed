/* SPDX-License-Identifier: ISC */
/*
 * The formats that records can be read from: one table for sniffing, help, manual and tests.
 * Knows: source/stream, source/job; each format's file holds its two functions. Owns: nothing.
 * Fails: never; bytes that no format knows are plain text.
 */
#ifndef SOURCE_FORMAT_H
#define SOURCE_FORMAT_H

#include <stdbool.h>
#include <stddef.h>

#include "source/job.h"
#include "source/stream.h"

enum { FORMAT_HEAD = 64 * 1024 }; /* bytes of a unit that a probe sees, if it has as many */

struct format {
    const char *name;
    const char *help; /* one line, for the manual */

    /* Whether the bytes at head are the beginning (whole: all) of a unit of this format. */
    bool (*probe)(const char *head, size_t len, bool whole);

    /* Reads the records of the unit until the stream ends or job->stopped. What breaks the stream off is
     * reported by the caller. */
    void (*read)(struct stream *s, struct job *j);
};

/* The rows, in the order in which they are tried; the last takes anything. */
const struct format *const *format_rows(size_t *count);

/* The format of the unit that begins so. */
const struct format *format_of(const char *head, size_t len, bool whole);

/* Each row stands in its format's file. */
extern const struct format disqus_format;
extern const struct format hn_format;
extern const struct format json_format;
extern const struct format jsonl_format;
extern const struct format mail_format;
extern const struct format mbox_format;
extern const struct format reddit_format;
extern const struct format stackexchange_comments_format;
extern const struct format stackexchange_format;
extern const struct format text_format;
extern const struct format trafilatura_format;
extern const struct format wet_format;
extern const struct format wxr_format;

/* Gives the JSON object in len bytes, for which job_begin was true, as a record, or reports why not. */
void json_give(struct job *j, const char *bytes, size_t len);

#endif
