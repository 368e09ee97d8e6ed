/* SPDX-License-Identifier: ISC */
/*
 * Maildir folders: a mailbox in which each message is a file, in `cur` and `new`.
 * Knows: source/job, source/mailthread. Owns: nothing between calls. Fails: one fault a message that cannot be read.
 */
#ifndef SOURCE_MAILDIR_H
#define SOURCE_MAILDIR_H

#include <stdbool.h>
#include <stdint.h>

#include "source/job.h"

/* Whether the folder at path has the three folders of a Maildir; then *mtime_ns is when a message last came, went
 * or was marked. */
bool maildir_is(const char *path, int64_t *mtime_ns);

/* Whether name is that of one of the three. */
bool maildir_part(const char *name);

/* Reads the messages of the Maildir at j->path and gives their threads, each called by its first message's file
 * without the marks behind ":". */
void maildir_read(struct job *j);

#endif
