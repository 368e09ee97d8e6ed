/* SPDX-License-Identifier: ISC */
/*
 * Bytes that come in order, from a file, an archive's member or memory, seen through a growing window.
 * Knows: base/. Owns: the window, until stream_release; where the bytes come from stays its maker's.
 * Fails: a fault ends the bytes; stream_fault says what it was. A window over STREAM_LONGEST is a fault that can be
 * passed.
 */
#ifndef SOURCE_STREAM_H
#define SOURCE_STREAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>
#include <sys/types.h>

#include "base/buf.h"
#include "base/err.h"

/* The longest line or record that is read, in bytes: a million comments fit, and what nobody uses up for so long is no
 * article. */
enum { STREAM_LONGEST = 128 << 20 };

/* Puts up to size > 0 bytes into bytes; returns how many, 0 at the end, -1 with e for a fault. */
typedef ssize_t stream_read_fn(void *ctx, char *bytes, size_t size, struct err *e);

struct stream {
    stream_read_fn *read;
    void *ctx;
    struct buf window; /* bytes read; those before at are used up */
    size_t at;
    uint64_t got; /* bytes so far, those in the window too */
    uint64_t size; /* of the file when it was opened; 0 where that is not known */
    bool ended;
    bool overlong; /* because the window grew too long */
    bool cut; /* the line given last has no end because of the fault */
    bool refused; /* the system gave no more of its file */
    struct err fault;
};

void stream_init(struct stream *s, stream_read_fn *read, void *ctx);
void stream_release(struct stream *s);

/* Opens a file for reading; *st is what it is. A FIFO or a device must neither hold us up nor be read: of what is no
 * regular file -1 with errno 0, and -1 with errno where the system refuses. */
int stream_open_file(const char *path, struct stat *st);

/* A stream over the file of that size (0: not known) open as descriptor fd, which stays the caller's. */
void stream_init_fd(struct stream *s, int fd, uint64_t size);

/* Makes at least want bytes visible if there are as many, and returns how many are; *bytes is valid until the
 * next call on s. */
size_t stream_peek(struct stream *s, size_t want, const char **bytes);

/* Uses up len bytes, which must be visible. */
void stream_take(struct stream *s, size_t len);

/* Passes over len bytes; returns how many there were. */
size_t stream_skip(struct stream *s, size_t len);

/* The next line without its LF, and uses it up; false at the end. A last line needs no LF. *line is valid
 * until the next call on s. */
bool stream_line(struct stream *s, const char **line, size_t *len);

/* Where the line given last was cut off because it is longer than any that is read: uses up what is left of it, and e
 * says what it was. False where that is not why. The line given is gone then. */
bool stream_pass_line(struct stream *s, struct err *e);

/* Makes all that is left visible and returns how much it is. */
size_t stream_rest(struct stream *s, const char **bytes);

/* Uses up all that is visible and gives its memory back. */
void stream_drop(struct stream *s);

/* Where the bytes ended because the window grew too long: uses up all that is visible, so that reading goes on behind
 * it. False where that is not why. */
bool stream_forget(struct stream *s);

/* What broke the bytes off, NULL where nothing did. */
const struct err *stream_fault(const struct stream *s);

#endif
