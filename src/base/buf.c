/* SPDX-License-Identifier: ISC */
#include "base/buf.h"

#include "base/mem.h"
#include "base/utf8.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char empty[1]; /* never written: cap 0 forces an allocation before any byte is stored */

void buf_init(struct buf *b)
{
    b->data = empty;
    b->len = 0;
    b->cap = 0;
}

void buf_release(struct buf *b)
{
    if (b->cap)
        free(b->data);
    buf_init(b);
}

void buf_clear(struct buf *b)
{
    b->len = 0;
    if (b->cap)
        b->data[0] = '\0';
}

void buf_reserve(struct buf *b, size_t extra)
{
    char *block = b->cap ? b->data : NULL;

    if (b->cap - b->len > extra)
        return;
    mem_grow(&block, &b->cap, b->len + extra + 1, 1);
    b->data = block;
    b->data[b->len] = '\0';
}

void buf_add(struct buf *b, const void *bytes, size_t len)
{
    buf_reserve(b, len);
    if (len)
        memcpy(b->data + b->len, bytes, len);
    b->len += len;
    b->data[b->len] = '\0';
}

void buf_add_str(struct buf *b, const char *s)
{
    buf_add(b, s, strlen(s));
}

void buf_add_char(struct buf *b, char c)
{
    buf_add(b, &c, 1);
}

void buf_add_cp(struct buf *b, uint32_t cp)
{
    char bytes[4];

    buf_add(b, bytes, utf8_encode(cp, bytes));
}

void buf_add_vfmt(struct buf *b, const char *format, va_list args)
{
    va_list again;
    int len;

    va_copy(again, args);
    len = vsnprintf(NULL, 0, format, again);
    va_end(again);
    assert(len >= 0);
    buf_reserve(b, (size_t)len);
    vsnprintf(b->data + b->len, (size_t)len + 1, format, args);
    b->len += (size_t)len;
}

void buf_add_fmt(struct buf *b, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    buf_add_vfmt(b, format, args);
    va_end(args);
}

void buf_truncate(struct buf *b, size_t len)
{
    assert(len <= b->len);
    b->len = len;
    if (b->cap)
        b->data[len] = '\0';
}

char *buf_steal(struct buf *b)
{
    char *bytes;

    buf_reserve(b, 0);
    bytes = b->data;
    buf_init(b);
    return bytes;
}
