/* SPDX-License-Identifier: ISC */
#include "source/stream.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

enum { CHUNK = 256 * 1024, SMALL_CHUNK = 16 * 1024 };

void stream_init(struct stream *s, stream_read_fn *read, void *ctx)
{
    memset(s, 0, sizeof *s);
    buf_init(&s->window);
    s->read = read;
    s->ctx = ctx;
}

void stream_release(struct stream *s)
{
    buf_release(&s->window);
}

int stream_open_file(const char *path, struct stat *st)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY), why = 0;

    if (fd < 0)
        return -1;
    if (fstat(fd, st) != 0)
        why = errno;
    else if (S_ISREG(st->st_mode))
        return fd;
    close(fd);
    errno = why;
    return -1;
}

static ssize_t read_fd(void *ctx, char *bytes, size_t size, struct err *e)
{
    int fd = (int)(intptr_t)ctx;
    ssize_t n;

    do {
        n = read(fd, bytes, size);
    } while (n < 0 && errno == EINTR);
    if (n < 0)
        err_set(e, ERR_IO, "%s", strerror(errno));
    return n;
}

void stream_init_fd(struct stream *s, int fd, uint64_t size)
{
    stream_init(s, read_fd, (void *)(intptr_t)fd);
    s->size = size;
}

/* Reads on once. The first read is small, as most files are. Less than was asked for, up to a file's size, is its end:
 * nothing need be read to find it. */
static void fill(struct stream *s)
{
    size_t chunk = s->got < SMALL_CHUNK ? SMALL_CHUNK : CHUNK, left = s->window.len - s->at;
    ssize_t n;

    if (s->at > 0 && s->at >= left) { /* moving costs no more than what was used up */
        memmove(s->window.data, s->window.data + s->at, left);
        buf_truncate(&s->window, left);
        s->at = 0;
    }
    if (left >= STREAM_LONGEST) {
        err_set(&s->fault, ERR_IO, "a record of more than %d MiB", STREAM_LONGEST >> 20);
        s->overlong = s->ended = true;
        return;
    }
    buf_reserve(&s->window, chunk);
    if (s->window.cap - s->window.len - 1 > chunk)
        chunk = s->window.cap - s->window.len - 1;
    if (chunk > STREAM_LONGEST - left)
        chunk = STREAM_LONGEST - left;
    n = s->read(s->ctx, s->window.data + s->window.len, chunk, &s->fault);
    if (n > 0) {
        s->window.len += (size_t)n;
        s->got += (uint64_t)n;
        s->ended = (size_t)n < chunk && s->got == s->size;
    } else {
        s->ended = true;
        s->refused = n < 0 && s->read == read_fd;
    }
    s->window.data[s->window.len] = '\0';
}

size_t stream_peek(struct stream *s, size_t want, const char **bytes)
{
    while (!s->ended && s->window.len - s->at < want)
        fill(s);
    *bytes = s->window.data + s->at;
    return s->window.len - s->at;
}

void stream_take(struct stream *s, size_t len)
{
    assert(len <= s->window.len - s->at);
    s->at += len;
}

size_t stream_skip(struct stream *s, size_t len)
{
    size_t skipped = 0;

    while (skipped < len) {
        const char *bytes;
        size_t n = stream_peek(s, 1, &bytes);

        if (n == 0)
            break;
        n = n < len - skipped ? n : len - skipped;
        stream_take(s, n);
        skipped += n;
    }
    return skipped;
}

bool stream_line(struct stream *s, const char **line, size_t *len)
{
    size_t seen = 0;

    for (;;) {
        const char *bytes, *end;
        size_t n = stream_peek(s, seen + 1, &bytes);

        end = n > seen ? memchr(bytes + seen, '\n', n - seen) : NULL;
        if (end || s->ended) {
            if (!end && n == 0)
                return false;
            *line = bytes;
            *len = end ? (size_t)(end - bytes) : n;
            s->cut = !end && s->fault.status != ERR_NONE;
            stream_take(s, *len + (end ? 1 : 0));
            return true;
        }
        seen = n;
    }
}

bool stream_pass_line(struct stream *s, struct err *e)
{
    const char *line;
    size_t len;

    if (!s->cut || !s->overlong)
        return false;
    *e = s->fault;
    while (s->cut && stream_forget(s))
        stream_line(s, &line, &len);
    return true;
}

size_t stream_rest(struct stream *s, const char **bytes)
{
    while (!s->ended)
        fill(s);
    return stream_peek(s, 0, bytes);
}

void stream_drop(struct stream *s)
{
    buf_release(&s->window);
    s->at = 0;
}

bool stream_forget(struct stream *s)
{
    if (!s->overlong)
        return false;
    s->overlong = s->ended = s->cut = false;
    err_clear(&s->fault);
    stream_drop(s);
    return true;
}

const struct err *stream_fault(const struct stream *s)
{
    return s->fault.status != ERR_NONE ? &s->fault : NULL;
}
