/* SPDX-License-Identifier: ISC */
/*
 * A growing run of bytes.
 * Knows: base/mem. Owns: its bytes, until buf_release or buf_steal.
 * Fails: never (see base/mem). The bytes are always followed by a zero byte that len does not count.
 */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

struct buf {
    char *data; /* valid until the next call that adds; never NULL after buf_init */
    size_t len; /* bytes in use */
    size_t cap; /* bytes allocated, 0 while data is the shared empty string */
};

void buf_init(struct buf *b);
void buf_release(struct buf *b);

/* Makes it empty and keeps its memory. */
void buf_clear(struct buf *b);

/* Makes room for extra bytes beyond len and one zero byte. */
void buf_reserve(struct buf *b, size_t extra);

void buf_add(struct buf *b, const void *bytes, size_t len);
void buf_add_str(struct buf *b, const char *s);
void buf_add_char(struct buf *b, char c);

/* Adds the code point cp as UTF-8; anything that is not a scalar value becomes U+FFFD. */
void buf_add_cp(struct buf *b, uint32_t cp);

void buf_add_fmt(struct buf *b, const char *format, ...) __attribute__((format(printf, 2, 3)));
void buf_add_vfmt(struct buf *b, const char *format, va_list args) __attribute__((format(printf, 2, 0)));

/* Cuts it to len bytes, which must not be more than there are. */
void buf_truncate(struct buf *b, size_t len);

/* Hands the bytes over (zero-terminated, to be freed by the caller) and leaves b empty. */
char *buf_steal(struct buf *b);

#endif
