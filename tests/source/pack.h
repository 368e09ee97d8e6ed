/* SPDX-License-Identifier: ISC */
/*
 * Packed bytes for the tests of source/.
 * Knows: libarchive, libzstd. Every buf is the caller's.
 */
#ifndef TESTS_SOURCE_PACK_H
#define TESTS_SOURCE_PACK_H

#include "folder.h"

#include <archive.h>
#include <archive_entry.h>
#include <zstd.h>

struct pack_member {
    const char *name, *bytes;
};

static inline la_ssize_t pack_write(struct archive *a, void *ctx, const void *bytes, size_t len)
{
    (void)a;
    buf_add(ctx, bytes, len);
    return (la_ssize_t)len;
}

/* An archive of the given libarchive format and filter; count members. */
static inline void pack_archive(struct buf *out, int format, int filter, const struct pack_member *members,
                                size_t count)
{
    struct archive *a = archive_write_new();
    size_t i;

    buf_init(out);
    assert_int_equal(archive_write_set_format(a, format), ARCHIVE_OK);
    assert_int_equal(archive_write_add_filter(a, filter), ARCHIVE_OK);
    archive_write_set_bytes_in_last_block(a, 1);
    assert_int_equal(archive_write_open(a, out, NULL, pack_write, NULL), ARCHIVE_OK);
    for (i = 0; i < count; i++) {
        struct archive_entry *entry = archive_entry_new();

        archive_entry_set_pathname(entry, members[i].name);
        archive_entry_set_filetype(entry, AE_IFREG);
        archive_entry_set_perm(entry, 0644);
        archive_entry_set_mtime(entry, 1600000000, 0);
        archive_entry_set_size(entry, (la_int64_t)strlen(members[i].bytes));
        assert_true(archive_write_header(a, entry) >= ARCHIVE_WARN);
        archive_write_data(a, members[i].bytes, strlen(members[i].bytes));
        archive_entry_free(entry);
    }
    assert_int_equal(archive_write_close(a), ARCHIVE_OK);
    archive_write_free(a);
}

/* The bytes compressed with one filter. */
static inline void pack_bytes(struct buf *out, int filter, const char *bytes, size_t len)
{
    struct archive *a = archive_write_new();
    struct archive_entry *entry = archive_entry_new();

    buf_init(out);
    assert_int_equal(archive_write_set_format_raw(a), ARCHIVE_OK);
    assert_int_equal(archive_write_add_filter(a, filter), ARCHIVE_OK);
    archive_write_set_bytes_in_last_block(a, 1);
    assert_int_equal(archive_write_open(a, out, NULL, pack_write, NULL), ARCHIVE_OK);
    archive_entry_set_filetype(entry, AE_IFREG);
    assert_int_equal(archive_write_header(a, entry), ARCHIVE_OK);
    assert_int_equal(archive_write_data(a, bytes, len), len);
    archive_entry_free(entry);
    assert_int_equal(archive_write_close(a), ARCHIVE_OK);
    archive_write_free(a);
}

/* As zstd --long=window_log writes it. */
static inline void pack_zstd_long(struct buf *out, int window_log, const char *bytes, size_t len)
{
    ZSTD_CCtx *c = ZSTD_createCCtx();
    ZSTD_inBuffer in = {bytes, len, 0};
    size_t left;

    buf_init(out);
    ZSTD_CCtx_setParameter(c, ZSTD_c_windowLog, window_log);
    do {
        char block[4096];
        ZSTD_outBuffer packed = {block, sizeof block, 0};
        ZSTD_EndDirective how = in.pos < in.size ? ZSTD_e_continue : ZSTD_e_end;

        left = ZSTD_compressStream2(c, &packed, &in, how);
        assert_false(ZSTD_isError(left));
        buf_add(out, block, packed.pos);
        left += how == ZSTD_e_continue;
    } while (left != 0);
    ZSTD_freeCCtx(c);
}

#endif
