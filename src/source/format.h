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
const struct format *format_rows(size_t *count);

/* The format of the unit that begins so. */
const struct format *format_of(const char *head, size_t len, bool whole);

/* Each format's own functions, one file each. */
bool trafilatura_probe(const char *head, size_t len, bool whole);
void trafilatura_read(struct stream *s, struct job *j);
bool wxr_probe(const char *head, size_t len, bool whole);
void wxr_read(struct stream *s, struct job *j);
bool disqus_probe(const char *head, size_t len, bool whole);
void disqus_read(struct stream *s, struct job *j);
bool stackexchange_probe(const char *head, size_t len, bool whole);
void stackexchange_read(struct stream *s, struct job *j);
bool stackexchange_comments_probe(const char *head, size_t len, bool whole);
void stackexchange_comments_read(struct stream *s, struct job *j);
bool hn_probe(const char *head, size_t len, bool whole);
void hn_read(struct stream *s, struct job *j);
bool reddit_probe(const char *head, size_t len, bool whole);
void reddit_read(struct stream *s, struct job *j);
bool mbox_probe(const char *head, size_t len, bool whole);
void mbox_read(struct stream *s, struct job *j);
bool mail_probe(const char *head, size_t len, bool whole);
void mail_read_one(struct stream *s, struct job *j);
bool wet_probe(const char *head, size_t len, bool whole);
void wet_read(struct stream *s, struct job *j);
bool jsonl_probe(const char *head, size_t len, bool whole);
void jsonl_read(struct stream *s, struct job *j);
bool json_probe(const char *head, size_t len, bool whole);
void json_read(struct stream *s, struct job *j);
bool text_probe(const char *head, size_t len, bool whole);
void text_read(struct stream *s, struct job *j);

/* Gives the JSON object in len bytes, for which job_begin was true, as a record, or reports why not. */
void json_give(struct job *j, const char *bytes, size_t len);

#endif
