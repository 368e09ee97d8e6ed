/* SPDX-License-Identifier: ISC */
/*
 * From files to entries on all cores: one thread reads records, several parse them, and they come out in
 * order. Knows: source/, parse/, store/'s readers. Owns: its threads and jobs. Fails: a fault is a job like
 * others.
 *
 * Jobs stand in a ring. The reader fills the next free one; a worker takes the oldest that is filled and
 * makes it ready; the caller takes them in the order in which they were read and gives them back. The caller
 * writes in bursts, a segment of the full-text index at a time: as much as is parsed meanwhile must find room, and
 * so what is ready holds nothing but what is to be written. What lies in the ring is bounded in number and in
 * bytes, so that memory does not grow with the corpus.
 */
#ifndef CORPUS_PIPELINE_H
#define CORPUS_PIPELINE_H

#include <stdbool.h>
#include <stdint.h>

#include "corpus/site.h"
#include "parse/parse.h"
#include "store/entry.h"
#include "store/files.h"
#include "store/known.h"

enum job_kind {
    JOB_RECORD, /* an article: entry is ready to be put in the place of article `old` (0: none) */
    JOB_SAME,   /* article `old` is there already, as it was; only its number or tail may be new */
    JOB_GONE,   /* article `old` is in the file no more */
    JOB_FAULT,  /* `text` says what could not be read */
    JOB_CLOSE,  /* nothing but that the file ends */
    JOB_AGAIN,   /* an article of the cache, `from`, parsed anew: entry is ready to take its place, unless `same` */
    JOB_SETTLED, /* all were given that were parsed before `turn` of site from.origin (0: by an older parser) */
};

struct job {
    enum job_kind kind;
    struct file file;      /* but for its name */
    const char *root_path; /* borrowed from the pipeline, JOB_AGAIN: from the record */
    bool opens;            /* the first of its file */
    bool fresh;            /* the cache held nothing of the file before */
    bool closes;           /* the last: the file was read to its end; done, steady, skipped, number */

    struct record record; /* until it is parsed; the pipeline's */
    long number;          /* of the record, or the file's last */
    size_t len;           /* bytes of its text */
    uint64_t file_at;     /* record.file_at */
    struct entry entry;
    uint64_t *line; /* site_page.line; owned */
    size_t line_count;
    int64_t old;
    bool moved; /* JOB_SAME: number or tail are new */
    struct known from; /* JOB_AGAIN, JOB_SETTLED */
    int64_t turn;      /* the site's verdicts for which it is parsed anew; 0: it is parsed whatever they say */
    bool same;         /* it cannot be decoded, or meets no other verdicts than before */

    char *text; /* of a fault; JOB_SAME that moved: the tail of its locator */
    bool done;   /* the file is not to be read again */
    bool steady; /* it did not change while it was read */
    long skipped;

    enum { JOB_FREE, JOB_FILLED, JOB_TAKEN, JOB_READY } state; /* the pipeline's own */
    size_t bytes; /* that it takes of the ring's */
};

struct pipeline;

struct pipeline_options {
    const struct parser *parser;
    const char *cache_path;   /* where the reader looks up what is to be read; borrowed */
    const char *const *paths; /* the roots that are open; borrowed */
    int count;
    int workers;         /* 0: as many as there are cores */
    struct voice *voice; /* the verdicts that the first records are parsed by; the pipeline drops them */
    const struct fixes *fixes; /* what the reader said; borrowed, may be NULL */
    const struct again *again; /* articles to be parsed anew in the place of files (corpus/again); borrowed, or NULL */
};

/* Starts to read what the cache says is to be read, or what options name as `again`. */
struct pipeline *pipeline_start(const struct pipeline_options *o);

/* From now on records are parsed by these verdicts, which the pipeline drops when it ends (or gets others). */
void pipeline_hear(struct pipeline *p, struct voice *voice);

/* Ends the threads, wherever they are. */
void pipeline_stop(struct pipeline **p);

/* The next job, to be given back by pipeline_done before the next call. NULL where none came within ms
 * milliseconds, or, with *end, where there are no more. */
struct job *pipeline_next(struct pipeline *p, int ms, bool *end);
void pipeline_done(struct pipeline *p, struct job *job);

/* For the reader (corpus/reading, corpus/again). A free job to be of that kind, or NULL where the pipeline is to stop;
 * and handing it on: one taken for a record may then be JOB_SAME. */
struct job *pipeline_take(struct pipeline *p, enum job_kind kind);
bool pipeline_stopping(struct pipeline *p);
void pipeline_give(struct pipeline *p, struct job *job);

/* What the pipeline was started with. */
const struct pipeline_options *pipeline_options(const struct pipeline *p);

#endif
