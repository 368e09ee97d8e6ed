/* SPDX-License-Identifier: ISC */
#include "source/unpack.h"

#include "base/mem.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <archive.h>
#include <archive_entry.h>
#include <zstd.h>

enum { DEEPEST = 5 };     /* packed in packed in packed...: what nobody does but to do harm */
enum { HARMLESS = 256 << 20, RATIO = 250 }; /* bytes unpacked that are let pass, and how often beyond what is packed */
enum { WINDOW_LOG = 31 }; /* the most that zstd --long can write */

struct unpack {
    struct job *job;
    void (*read)(struct stream *s, struct job *j);
    int depth;
    uint64_t unpacked; /* bytes, of all that lies in the file */
    bool bomb;         /* far too many */
};

static void unpack_unit(struct unpack *u, struct stream *s);

/* ---- What it is ---- */

/* A tar header's checksum is the sum of its bytes, with blanks where the checksum stands (POSIX ustar). */
static bool is_tar(const unsigned char *head, size_t len)
{
    unsigned long stated, sum = 0;
    char field[9];
    size_t i;

    if (len < 512 || head[0] == 0)
        return false;
    memcpy(field, head + 148, 8);
    field[8] = '\0';
    stated = strtoul(field, NULL, 8);
    if (stated == 0)
        return false;
    for (i = 0; i < 512; i++)
        sum += i >= 148 && i < 156 ? ' ' : head[i];
    return stated == sum;
}

enum unpack_kind unpack_kind(const char *head, size_t len)
{
    static const struct {
        size_t len;
        const char *bytes;
    } magics[] = {
        {3, "\x1F\x8B\x08"},
        {6, "\xFD"
            "7zXZ\0"},
        {4, "PK\3\4"},
        {4, "PK\5\6"},
        {4, "\x04\x22\x4D\x18"},
        {5, "LZIP\1"},
    };
    size_t i;

    if (len >= 4 && (memcmp(head, "\x28\xB5\x2F\xFD", 4) == 0 ||
                     (memcmp(head + 1, "\x2A\x4D\x18", 3) == 0 && ((unsigned char)head[0] & 0xF0) == 0x50)))
        return UNPACK_ZSTD;
    for (i = 0; i < sizeof magics / sizeof magics[0]; i++)
        if (len >= magics[i].len && memcmp(head, magics[i].bytes, magics[i].len) == 0)
            return UNPACK_OTHER;
    if (len >= 10 && memcmp(head, "BZh", 3) == 0 && head[3] >= '1' && head[3] <= '9' &&
        (memcmp(head + 4, "1AY&SY", 6) == 0 || memcmp(head + 4, "\x17\x72\x45\x38\x50\x90", 6) == 0))
        return UNPACK_OTHER;
    return is_tar((const unsigned char *)head, len) ? UNPACK_OTHER : UNPACK_NONE;
}

/* Whether a zip file that begins with this member is a document of some office or book program, whose parts
 * are no articles. */
static bool is_document(const char *member)
{
    return strcmp(member, "mimetype") == 0 || strcmp(member, "[Content_Types].xml") == 0 ||
           strncmp(member, "META-INF/", 9) == 0;
}

/* Counts what was unpacked. False, with e, where it is so much more than what is packed that it can only be meant to do
 * harm: text does not shrink to less than a hundredth. */
static bool count(struct unpack *u, uint64_t bytes, struct err *e)
{
    const struct stream *file = u->job->file;

    u->unpacked += bytes;
    if (!file || u->unpacked < HARMLESS || u->unpacked / RATIO <= file->got)
        return true;
    u->bomb = true;
    return err_set(e, ERR_IO, "unpacks to more than %d times its size, and is given up", RATIO);
}

/* ---- zstd ---- */

struct zstd_source {
    struct unpack *unpack;
    struct stream *packed;
    ZSTD_DCtx *decoder;
    bool inside; /* a frame has begun and not ended */
};

static ssize_t zstd_read(void *ctx, char *bytes, size_t size, struct err *e)
{
    struct zstd_source *z = ctx;

    for (;;) {
        ZSTD_outBuffer out = {bytes, size, 0};
        ZSTD_inBuffer in = {NULL, 0, 0};
        const char *packed;
        size_t left;

        in.size = stream_peek(z->packed, 1, &packed);
        in.src = packed;
        if (in.size == 0 && !z->inside)
            return 0;
        left = ZSTD_decompressStream(z->decoder, &out, &in);
        stream_take(z->packed, in.pos);
        if (ZSTD_isError(left)) {
            err_set(e, ERR_IO, "zstd: %s", ZSTD_getErrorName(left));
            return -1;
        }
        z->inside = left != 0;
        if (out.pos > 0)
            return count(z->unpack, out.pos, e) ? (ssize_t)out.pos : -1;
        if (in.size == 0) {
            err_set(e, ERR_IO, "%s",
                    stream_fault(z->packed) ? stream_fault(z->packed)->text : "zstd: cut short");
            return -1;
        }
    }
}

static void unpack_zstd(struct unpack *u, struct stream *s)
{
    struct zstd_source z = {.unpack = u, .packed = s, .decoder = ZSTD_createDCtx()};
    struct stream inner;

    if (!z.decoder || ZSTD_isError(ZSTD_DCtx_setParameter(z.decoder, ZSTD_d_windowLogMax, WINDOW_LOG))) {
        job_refused(u->job, "zstd: cannot start");
        ZSTD_freeDCtx(z.decoder);
        return;
    }
    stream_init(&inner, zstd_read, &z);
    unpack_unit(u, &inner);
    stream_release(&inner);
    ZSTD_freeDCtx(z.decoder);
}

/* ---- Everything else, by libarchive ---- */

struct archive_source {
    struct unpack *unpack;
    struct stream *packed;
    struct archive *archive;
    size_t lent; /* bytes of the window that libarchive has in hand */
    bool broken; /* a fault was reported already */
};

static la_ssize_t archive_more(struct archive *a, void *ctx, const void **bytes)
{
    struct archive_source *source = ctx;
    const char *window;

    stream_take(source->packed, source->lent);
    source->lent = stream_peek(source->packed, 1, &window);
    *bytes = window;
    if (source->lent == 0 && stream_fault(source->packed)) {
        archive_set_error(a, -1, "%s", stream_fault(source->packed)->text);
        return ARCHIVE_FATAL;
    }
    return (la_ssize_t)source->lent;
}

static const char *archive_words(struct archive *a)
{
    const char *words = archive_error_string(a);

    return words ? words : "cannot be unpacked";
}

static ssize_t member_read(void *ctx, char *bytes, size_t size, struct err *e)
{
    struct archive_source *source = ctx;
    la_ssize_t n;

    do {
        n = archive_read_data(source->archive, bytes, size);
    } while (n == ARCHIVE_RETRY);
    if (n >= 0 && count(source->unpack, (uint64_t)n, e))
        return n;
    source->broken = true;
    if (n >= 0)
        return -1;
    err_set(e, ERR_IO, "%s", archive_words(source->archive));
    return -1;
}

/* The member's name without "./" before it, NULL where some part of it is hidden. */
static const char *member_name(struct archive_entry *entry)
{
    const char *name = archive_entry_pathname(entry), *at;

    if (!name)
        name = archive_entry_pathname_utf8(entry);
    if (!name)
        return NULL;
    while (name[0] == '/' || (name[0] == '.' && name[1] == '/'))
        name += name[0] == '/' ? 1 : 2;
    for (at = name; at; at = strchr(at, '/')) {
        at += *at == '/';
        if (*at == '.')
            return NULL;
    }
    return strncmp(name, "__MACOSX/", 9) == 0 ? NULL : name;
}

/* Whether the unit can hold the one record that is wanted, if only one is. */
static bool may_hold(const struct job *j)
{
    return !j->want ||
           (strncmp(j->want, j->unit.data, j->unit.len) == 0 && strchr("#/", j->want[j->unit.len]));
}

/* Passes over what was not read of a member, or all of one that is not to be read. */
static void pass_member(struct unpack *u, struct archive_source *source)
{
    struct err e = ERR_INIT;
    const void *bytes;
    size_t len;
    la_int64_t at;

    while (!u->job->stopped && !u->bomb &&
           archive_read_data_block(source->archive, &bytes, &len, &at) == ARCHIVE_OK)
        if (!count(u, len, &e)) {
            job_unit_fault(u->job, "%s", e.text);
            source->broken = true;
        }
}

static void unpack_member(struct unpack *u, struct archive_source *source, struct archive_entry *entry)
{
    struct job *j = u->job;
    size_t outer = j->unit.len;
    int64_t mtime = j->mtime;
    struct stream s;

    if (archive_format(source->archive) != ARCHIVE_FORMAT_RAW) {
        const char *name = member_name(entry);

        if (!name || archive_entry_filetype(entry) != AE_IFREG)
            return;
        buf_add_char(&j->unit, '/');
        buf_add_str(&j->unit, name);
        if (archive_entry_mtime_is_set(entry))
            j->mtime = archive_entry_mtime(entry);
    }
    stream_init(&s, member_read, source);
    if (archive_entry_is_data_encrypted(entry))
        job_unit_fault(j, "encrypted");
    else if (may_hold(j))
        unpack_unit(u, &s);
    stream_release(&s);
    buf_truncate(&j->unit, outer);
    j->mtime = mtime;
}

static struct archive *open_archive(struct archive_source *source)
{
    struct archive *a = archive_read_new();

    if (!a)
        return NULL;
    archive_read_support_filter_gzip(a);
    archive_read_support_filter_bzip2(a);
    archive_read_support_filter_xz(a);
    archive_read_support_filter_lzip(a);
    archive_read_support_filter_lz4(a);
    archive_read_support_format_tar(a);
    archive_read_support_format_zip_streamable(a);
    archive_read_support_format_raw(a);
    archive_read_support_format_empty(a);
    source->archive = a;
    archive_read_open(a, source, NULL, archive_more, NULL); /* its faults come again with the first header */
    return a;
}

static void skip_unit(struct job *j)
{
    job_begin(j, NULL);
    job_skip(j);
}

static void unpack_archive(struct unpack *u, struct stream *s)
{
    struct archive_source source = {.unpack = u, .packed = s};
    struct archive *a = open_archive(&source);
    struct archive_entry *entry;
    long members = 0;
    int status = ARCHIVE_FATAL;

    while (a && !u->job->stopped && !u->bomb) {
        do {
            status = archive_read_next_header(a, &entry);
        } while (status == ARCHIVE_RETRY);
        if (status != ARCHIVE_OK && status != ARCHIVE_WARN)
            break;
        if (members++ == 0 && archive_format(a) == ARCHIVE_FORMAT_ZIP && member_name(entry) &&
            is_document(member_name(entry))) {
            skip_unit(u->job);
            status = ARCHIVE_EOF;
            break;
        }
        unpack_member(u, &source, entry);
        pass_member(u, &source);
    }
    if (!a)
        job_refused(u->job, "out of memory");
    else if (!u->job->stopped && status != ARCHIVE_EOF && !source.broken)
        job_unit_fault(u->job, "%s", archive_words(a));
    else if (members == 0 && status == ARCHIVE_EOF)
        skip_unit(u->job);
    archive_read_free(a);
}

static void unpack_unit(struct unpack *u, struct stream *s)
{
    const char *head;
    size_t len = stream_peek(s, 512, &head);
    enum unpack_kind kind = unpack_kind(head, len);

    if (kind == UNPACK_NONE) {
        u->read(s, u->job);
        if (stream_fault(s) && !u->job->stopped)
            job_unit_fault(u->job, "%s", stream_fault(s)->text);
        return;
    }
    if (u->depth == DEEPEST) {
        job_unit_fault(u->job, "packed more than %d times", DEEPEST);
        return;
    }
    u->depth++;
    if (kind == UNPACK_ZSTD)
        unpack_zstd(u, s);
    else
        unpack_archive(u, s);
    u->depth--;
}

void unpack_read(struct stream *s, struct job *j, void (*read)(struct stream *s, struct job *j))
{
    struct unpack u = {.job = j, .read = read};

    unpack_unit(&u, s);
}
