/* SPDX-License-Identifier: ISC */
/*
 * A folder of files for the tests of source/, and what reading gave of it.
 * Knows: check.h, source/. Everything made is removed by folder_remove.
 */
#ifndef TESTS_SOURCE_FOLDER_H
#define TESTS_SOURCE_FOLDER_H

#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* asprintf */
#endif

#include "../check.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "source/source.h"

struct folder {
    char path[64];
};

static inline void folder_make(struct folder *f)
{
    snprintf(f->path, sizeof f->path, "/tmp/cuttings-test-XXXXXX");
    assert_non_null(mkdtemp(f->path));
}

/* The path of name inside the folder; valid until the call after next. */
static inline const char *folder_path(const struct folder *f, const char *name)
{
    static char paths[2][512];
    static int turn;

    turn = !turn;
    snprintf(paths[turn], sizeof paths[turn], "%s/%s", f->path, name);
    return paths[turn];
}

static inline void folder_put(const struct folder *f, const char *name, const void *bytes, size_t len)
{
    FILE *file = fopen(folder_path(f, name), "wb");

    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, len, file), len);
    assert_int_equal(fclose(file), 0);
}

static inline void folder_put_str(const struct folder *f, const char *name, const char *text)
{
    folder_put(f, name, text, strlen(text));
}

static inline void folder_mkdir(const struct folder *f, const char *name)
{
    assert_int_equal(mkdir(folder_path(f, name), 0700), 0);
}

static inline void folder_remove_all(const char *path)
{
    struct stat st;

    if (lstat(path, &st) == 0 && S_ISDIR(st.st_mode)) {
        DIR *dir;
        struct dirent *entry;

        chmod(path, 0700);
        dir = opendir(path);
        while (dir && (entry = readdir(dir))) {
            char *inner;

            if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
                continue;
            assert_true(asprintf(&inner, "%s/%s", path, entry->d_name) > 0);
            folder_remove_all(inner);
            free(inner);
        }
        if (dir)
            closedir(dir);
        rmdir(path);
    } else {
        unlink(path);
    }
}

static inline void folder_remove(struct folder *f)
{
    folder_remove_all(f->path);
}

/* What came out of a walk or a reading: one line each, in order. */
struct heard {
    struct buf lines;  /* "LOCATOR=TEXT\n" for records, "NAME\n" for files */
    struct buf faults; /* "FAULT\n" */
    struct source_tally tally;
    long stop_after; /* 0: never */
    long last;       /* number of the last record */
};

static inline void heard_init(struct heard *h)
{
    memset(h, 0, sizeof *h);
    buf_init(&h->lines);
    buf_init(&h->faults);
}

static inline void heard_release(struct heard *h)
{
    buf_release(&h->lines);
    buf_release(&h->faults);
}

static inline bool heard_file(void *ctx, const struct source_file *file)
{
    struct heard *h = ctx;

    buf_add_fmt(&h->lines, "%s\n", file->name);
    return h->stop_after == 0 || --h->stop_after > 0;
}

static inline bool heard_record(void *ctx, struct record *r)
{
    struct heard *h = ctx;

    buf_add_fmt(&h->lines, "%s=", r->locator);
    buf_add(&h->lines, r->text.data, r->text.len);
    buf_add_char(&h->lines, '\n');
    h->last = r->number;
    return h->stop_after == 0 || --h->stop_after > 0;
}

static inline void heard_fault(void *ctx, const struct err *e)
{
    struct heard *h = ctx;

    assert_int_equal(e->status, ERR_IO);
    buf_add_fmt(&h->faults, "%s\n", e->text);
}

/* Reads the file called name of the folder from record `from` on. */
static inline bool heard_read(struct heard *h, const struct folder *f, const char *name, long from)
{
    struct record r;
    struct err e = ERR_INIT;
    bool ok;

    record_init(&r);
    ok = source_read(folder_path(f, name), name, from, &r, heard_record, heard_fault, h, &h->tally, &e);
    if (e.status != ERR_NONE)
        buf_add_fmt(&h->faults, "%s\n", e.text);
    record_release(&r);
    return ok;
}

/* Reads bytes as a file and expects these records. */
static inline void expect_records(const void *bytes, size_t len, const char *lines, long skipped, long faults)
{
    struct folder f;
    struct heard h;

    folder_make(&f);
    heard_init(&h);
    folder_put(&f, "f", bytes, len);
    assert_true(heard_read(&h, &f, "f", 0));
    assert_string_equal(h.lines.data, lines);
    assert_int_equal(h.tally.skipped, skipped);
    assert_int_equal(h.tally.faults, faults);
    heard_release(&h);
    folder_remove(&f);
}

/* Everything that a record says, for the tests of formats with fields and comments. */
static inline bool heard_whole_record(void *ctx, struct record *r)
{
    struct heard *h = ctx;
    const struct {
        unsigned bit;
        const char *name, *value;
    } fields[] = {{RECORD_TITLE, "title", r->title},       {RECORD_SITE, "site", r->site},
                  {RECORD_URL, "url", r->url},             {RECORD_PUBLISHED, "date", r->published},
                  {RECORD_LANGUAGE, "lang", r->language}, {RECORD_STANDFIRST, "lead", r->standfirst}};
    size_t i;

    buf_add_fmt(&h->lines, "== %s\n", r->locator);
    for (i = 0; i < sizeof fields / sizeof fields[0]; i++) {
        assert_int_equal(fields[i].value != NULL, (r->given & fields[i].bit) != 0);
        if (fields[i].value)
            buf_add_fmt(&h->lines, "%s: %s\n", fields[i].name, fields[i].value);
    }
    for (i = 0; i < r->author_count; i++)
        buf_add_fmt(&h->lines, "by: %s\n", r->authors[i]);
    buf_add_fmt(&h->lines, "%s\n", r->text.data);
    for (i = 0; i < r->comment_count; i++) {
        const struct record_comment *c = &r->comments[i];

        buf_add_fmt(&h->lines, "-- %s < %s, %s, %s", c->id, c->parent ? c->parent : "0", c->author ? c->author : "?",
                    c->published ? c->published : "?");
        if (c->has_score)
            buf_add_fmt(&h->lines, ", %ld", c->score);
        buf_add_fmt(&h->lines, "%s\n%s\n", c->removed ? ", removed" : "", c->text);
    }
    h->last = r->number;
    return true;
}

/* Reads the file called name of the folder and expects all that its records say, and no fault. */
static inline void expect_whole_file(const struct folder *f, const char *name, const char *lines)
{
    struct heard h;
    struct record r;
    struct err e = ERR_INIT;

    heard_init(&h);
    record_init(&r);
    assert_true(source_read(folder_path(f, name), name, 0, &r, heard_whole_record, heard_fault, &h, &h.tally, &e));
    assert_string_equal(h.faults.data, "");
    assert_string_equal(h.lines.data, lines);
    record_release(&r);
    heard_release(&h);
}

static inline void expect_whole(const char *bytes, const char *lines)
{
    struct folder f;

    folder_make(&f);
    folder_put_str(&f, "f", bytes);
    expect_whole_file(&f, "f", lines);
    folder_remove(&f);
}

#endif
