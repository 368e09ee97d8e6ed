/* SPDX-License-Identifier: ISC */
/*
 * What a corpus is made of: finding its files, and reading records out of each.
 * Knows: the file system, formats (source/format.h). Owns: nothing between calls.
 * Fails: one bad file or record is reported and costs no other one.
 * Reading streams: memory does not grow with a file, only with its longest record.
 */
#ifndef SOURCE_SOURCE_H
#define SOURCE_SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "doc/record.h"

/* One file of a corpus as the walk finds it. Strings are valid during the call only. */
struct source_file {
    const char *path;  /* to open it */
    const char *name;  /* path inside the corpus: what locators begin with */
    size_t linked;    /* path's first so many bytes end in a symbolic link, its last one; 0: none of it is one */
    uint64_t device, inode, size;
    int64_t mtime_ns;
};

/* Returns false to stop the walk. */
typedef bool source_file_fn(void *ctx, const struct source_file *file);

/* Called for what cannot be read, "FILE: what is wrong" in e->text; the walk or the reading goes on. */
typedef void source_fault_fn(void *ctx, const struct err *e);

/* Calls fn for every regular file of the corpus at path, folders in byte order of their names, hidden
 * files and folders (".git", ".DS_Store") left out, symbolic links followed, but no folder visited twice.
 * A Maildir is given as one file, its path the folder's, its size 0. What is no regular file is a fault; what
 * vanishes during the walk is not. A corpus that is one file (or one Maildir) gives that, its name the last
 * part of path. Returns false, with e, where path does not exist, cannot be opened, or is neither folder nor
 * regular file. */
bool source_walk(const char *path, source_file_fn *fn, source_fault_fn *fault, void *ctx, struct err *e);

/* The path of the file that the walk of the corpus at path gave that name; to be freed. */
char *source_path(const char *path, const char *name);

/* What became of a file. */
struct source_tally {
    long records; /* given to the caller */
    long skipped; /* binary or empty: not articles, not faults */
    long faults;  /* reported through the fault function */
    bool refused; /* the system refused something, for want of descriptors or memory or because a disk fails: another
                     reading may give what this one did not */
    bool looked;  /* when its last byte had been read, it was of this size and time, as a walk would say */
    uint64_t size;
    int64_t mtime_ns;
};

/* Returns false to stop the reading. r is reset before and valid during the call; the callee may
 * swap it for another one (record_swap), but steal nothing from it. */
typedef bool source_record_fn(void *ctx, struct record *r);

/* Reads the records of one file, in order, into r and calls fn for each. The format is found from the
 * content. path "-" is standard input. name is what locators begin with. from is the number
 * (record.number) of the first record wanted (0: all), so that an interrupted index goes on. Adds to
 * *tally. Returns false, with e, where the file cannot be opened or fn stopped (e unset). Where reading
 * breaks off in the middle (a cut or corrupted archive), what came before has been given and one fault
 * says so. */
bool source_read(const char *path, const char *name, long from, struct record *r, source_record_fn *fn,
                 source_fault_fn *fault, void *ctx, struct source_tally *tally, struct err *e);

/* Makes name, in JSON and other formats whose fields have names, stand for a field of the article: "text",
 * "title", "standfirst", "authors", "site", "url", "published", "language", "comments", or "inside" for an
 * object that holds fields. For the configuration: call it before any reading. False, with e, where no
 * field is called so. */
bool source_name(const char *field, const char *name, struct err *e);

/* Reads again the one record that locator names inside the corpus at path, into r. */
bool source_find(const char *corpus, const char *locator, struct record *r, struct err *e);

/* Whether anything can be read at all: false, with e, where a part of the program is missing or could not be loaded. */
bool source_ready(struct err *e);

#endif
