/* SPDX-License-Identifier: ISC */
#include "source/job.h"
#include "source/stream.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void job_init(struct job *j, const char *path, const char *name)
{
    memset(j, 0, sizeof *j);
    buf_init(&j->unit);
    buf_init(&j->locator);
    j->path = path;
    j->name_len = strlen(name);
    buf_add(&j->unit, name, j->name_len);
}

void job_release(struct job *j)
{
    buf_release(&j->unit);
    buf_release(&j->locator);
}

bool job_begin(struct job *j, const char *id)
{
    j->number++;
    buf_clear(&j->locator);
    buf_add(&j->locator, j->unit.data, j->unit.len);
    if (id) {
        buf_add_char(&j->locator, '#');
        buf_add_str(&j->locator, id);
    }
    j->wanted = j->want ? strcmp(j->want, j->locator.data) == 0 : j->number >= j->from;
    if (!j->wanted)
        return false;
    record_reset(j->r);
    j->r->locator = arena_strndup(&j->r->arena, j->locator.data, j->locator.len);
    j->r->number = j->number;
    j->r->mtime = j->mtime;
    return true;
}

bool job_begin_number(struct job *j, long id)
{
    char text[24];

    snprintf(text, sizeof text, "%ld", id);
    return job_begin(j, text);
}

void job_at_number(struct job *j, long number)
{
    buf_clear(&j->locator);
    buf_add_fmt(&j->locator, "%s#%ld", j->unit.data, number);
    j->wanted = !j->want && j->from <= j->number + 1;
}

/* Whether the text has more than is taken apart of it; lines that are blank are none. */
static bool is_endless(const struct buf *text)
{
    const char *at = text->data, *end = at + text->len;
    long lines = 0;

    if (text->len > RECORD_BYTES)
        return true;
    while (text->len > RECORD_LINES && lines <= RECORD_LINES && (at = memchr(at, '\n', (size_t)(end - at))))
        lines += *++at != '\n' && *at != '\r' && at < end;
    return lines > RECORD_LINES;
}

bool job_give(struct job *j)
{
    if (j->r->left_out)
        job_left_out(j, j->r->left_out);
    if (is_endless(&j->r->text))
        job_fault(j, "a page of more than %d lines or %d MiB: what follows is shown as it stands, without comments",
                  RECORD_LINES, RECORD_BYTES >> 20);
    j->tally->records++;
    if (j->file)
        j->r->file_at = j->file->got;
    if (!j->fn(j->ctx, j->r))
        j->stopped = true;
    return !j->stopped;
}

void job_skip(struct job *j)
{
    if (j->wanted)
        j->tally->skipped++;
}

/* The user knows the file by the path given; what follows the name in the locator is put behind it. */
static void __attribute__((format(printf, 3, 0)))
tell(const struct job *j, const char *locator, const char *format, va_list args)
{
    struct err e = ERR_INIT;
    struct buf text;

    buf_init(&text);
    buf_add_str(&text, strcmp(j->path, "-") == 0 ? "standard input" : j->path);
    buf_add_str(&text, locator + j->name_len);
    buf_add_str(&text, ": ");
    buf_add_vfmt(&text, format, args);
    err_set(&e, ERR_IO, "%s", text.data);
    buf_release(&text);
    if (j->fault)
        j->fault(j->ctx, &e);
}

static void __attribute__((format(printf, 3, 0)))
report(struct job *j, const char *locator, const char *format, va_list args)
{
    j->tally->faults++;
    if (j->reported < JOB_FAULTS) {
        j->reported++;
        tell(j, locator, format, args);
    } else {
        j->untold++;
    }
}

static void tell_unit(const struct job *j, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void tell_unit(const struct job *j, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    tell(j, j->unit.data, format, args);
    va_end(args);
}

void job_end(struct job *j)
{
    if (j->untold)
        tell_unit(j, "%ld more faults", j->untold);
}

void job_fault(struct job *j, const char *format, ...)
{
    va_list args;

    if (!j->wanted)
        return;
    va_start(args, format);
    report(j, j->locator.data, format, args);
    va_end(args);
}

void job_left_out(struct job *j, size_t count)
{
    job_fault(j, "%zu comments or other parts are left out: an article has at most %d comments, of %d MiB", count,
              RECORD_COMMENTS, RECORD_TALK >> 20);
}

void job_unit_fault(struct job *j, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    report(j, j->unit.data, format, args);
    va_end(args);
}

void job_refused(struct job *j, const char *format, ...)
{
    va_list args;

    j->tally->refused = true;
    va_start(args, format);
    report(j, j->unit.data, format, args);
    va_end(args);
}
