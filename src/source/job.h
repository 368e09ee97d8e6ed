/* SPDX-License-Identifier: ISC */
/*
 * The reading of one file: what all formats need to number, name, hand over and report its records.
 * Knows: doc/record, source/source. Owns: the name of the present unit, until job_release.
 * Fails: never; faults of records are counted and passed to the caller's function.
 *
 * A unit is what one format reads: the file, or one member of an archive. A format calls, for each record,
 * job_begin, fills job->r where that said true, then one of job_give, job_skip and job_fault.
 */
#ifndef SOURCE_JOB_H
#define SOURCE_JOB_H

#include <stdbool.h>

#include "base/buf.h"
#include "source/source.h"

enum { JOB_FAULTS = 100 }; /* more of one file are only counted */

struct stream;

struct job {
    struct record *r;
    source_record_fn *fn;
    source_fault_fn *fault;
    void *ctx;
    struct source_tally *tally;
    const char *path;  /* of the file, for messages and for formats that lie in two files */
    struct buf unit;   /* the locator of the present unit */
    size_t name_len;   /* how much of it is the file's name */
    int64_t mtime;     /* of the unit, seconds */
    const struct stream *file; /* its bytes as they lie on disk; NULL where there is no one file */
    long from, number; /* first record wanted; present one */
    const char *want;  /* source_find: the one locator wanted, else NULL */
    struct buf locator;
    bool wanted;  /* the present record */
    bool stopped; /* the caller wants no more */
    long reported; /* faults told one by one */
    long untold;   /* faults beyond JOB_FAULTS, told in one line at the end */
};

void job_init(struct job *j, const char *path, const char *name);
void job_release(struct job *j);

/* Ends the reading of the file: says how many more faults there were than were told. */
void job_end(struct job *j);

/* Begins the next record, whose locator is the unit's and "#" and id (NULL: the unit is the record). True
 * where it is wanted: j->r is then empty and named. False where it is to be passed over. */
bool job_begin(struct job *j, const char *id);

/* The same, id being a number. */
bool job_begin_number(struct job *j, long id);

/* Says that the unit's number-th line, record or message is being read, for job_fault alone: of formats
 * that make records of many of them. */
void job_at_number(struct job *j, long number);

/* Hands j->r over. False where the reading should stop. */
bool job_give(struct job *j);

/* Counts the present record as no article. */
void job_skip(struct job *j);

/* Reports that the present record cannot be read, and why. */
void job_fault(struct job *j, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Reports that so many parts of the present record are more than an article has; job_give does for r->left_out. */
void job_left_out(struct job *j, size_t count);

/* Reports that the unit as a whole breaks off or cannot be read. */
void job_unit_fault(struct job *j, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The same, where not the unit but the system is at fault (source_tally's refused). */
void job_refused(struct job *j, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
