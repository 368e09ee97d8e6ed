/* SPDX-License-Identifier: ISC */
#include "store/packing.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

#include <zstd.h>

/* A level higher makes texts of some kilobytes less than a hundredth shorter, and takes half as long again. */
enum { LEVEL = 1, RAW_MAX = 1 << 30 };

void packing_put(struct buf *b, uint64_t n)
{
    while (n >= 0x80) {
        buf_add_char(b, (char)(n | 0x80));
        n >>= 7;
    }
    buf_add_char(b, (char)n);
}

void packing_put_signed(struct buf *b, int64_t n)
{
    packing_put(b, ((uint64_t)n << 1) ^ (uint64_t)(n >> 63));
}

void packing_put_str(struct buf *b, const char *s)
{
    size_t len = s ? strlen(s) : 0;

    packing_put(b, s ? len + 1 : 0);
    if (s)
        buf_add(b, s, len + 1);
}

static void *fail(struct packing_reader *r)
{
    r->bad = true;
    r->at = r->end;
    return NULL;
}

uint64_t packing_get(struct packing_reader *r)
{
    uint64_t n = 0;
    int shift;

    for (shift = 0; shift < 64 && r->at < r->end; shift += 7) {
        unsigned char c = *r->at++;

        n |= (uint64_t)(c & 0x7F) << shift;
        if (c < 0x80)
            return n;
    }
    fail(r);
    return 0;
}

int64_t packing_get_signed(struct packing_reader *r)
{
    uint64_t n = packing_get(r);

    return (int64_t)(n >> 1) ^ -(int64_t)(n & 1);
}

size_t packing_get_count(struct packing_reader *r, size_t size)
{
    uint64_t n = packing_get(r);

    if (n > (size_t)(r->end - r->at) / size) {
        fail(r);
        return 0;
    }
    return (size_t)n;
}

const char *packing_get_str(struct packing_reader *r, struct arena *arena)
{
    uint64_t n = packing_get(r);
    const char *s = (const char *)r->at;

    if (n == 0)
        return NULL;
    if (n > (size_t)(r->end - r->at) || s[n - 1] != '\0')
        return fail(r);
    r->at += n;
    return arena ? arena_strndup(arena, s, (size_t)n - 1) : s;
}

struct packer {
    ZSTD_CCtx *press;
    ZSTD_DCtx *loosen;
};

struct packer *packer_new(void)
{
    return mem_zalloc(1, sizeof(struct packer));
}

void packer_free(struct packer **p)
{
    if (!*p)
        return;
    ZSTD_freeCCtx((*p)->press);
    ZSTD_freeDCtx((*p)->loosen);
    free(*p);
    *p = NULL;
}

void packer_press(struct packer *p, const struct buf *raw, struct buf *out)
{
    size_t bound = ZSTD_compressBound(raw->len), got;

    if (!p->press) {
        p->press = ZSTD_createCCtx();
        if (!p->press)
            mem_exhausted();
        /* The length stands before the frame already. */
        ZSTD_CCtx_setParameter(p->press, ZSTD_c_compressionLevel, LEVEL);
        ZSTD_CCtx_setParameter(p->press, ZSTD_c_contentSizeFlag, 0);
        ZSTD_CCtx_setParameter(p->press, ZSTD_c_checksumFlag, 1);
    }
    packing_put(out, raw->len);
    buf_reserve(out, bound);
    got = ZSTD_compress2(p->press, out->data + out->len, bound, raw->data, raw->len);
    if (ZSTD_isError(got)) /* it got no memory: all else it needs it has */
        mem_exhausted();
    out->len += got;
    out->data[out->len] = 0;
}

bool packer_loosen(struct packer *p, const void *bytes, size_t len, struct buf *raw)
{
    struct packing_reader head = {bytes, (const unsigned char *)bytes + len, false};
    uint64_t length = packing_get(&head);
    size_t got;

    buf_clear(raw);
    if (head.bad || length > RAW_MAX)
        return false;
    if (!p->loosen) {
        p->loosen = ZSTD_createDCtx();
        if (!p->loosen)
            mem_exhausted();
    }
    buf_reserve(raw, (size_t)length);
    got = ZSTD_decompressDCtx(p->loosen, raw->data, (size_t)length, head.at, (size_t)(head.end - head.at));
    if (ZSTD_isError(got) || got != length)
        return false;
    raw->len = got;
    raw->data[got] = '\0';
    return true;
}
