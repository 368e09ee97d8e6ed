/* SPDX-License-Identifier: ISC */
#include "source/source.h"

#include "base/mem.h"
#include "base/path.h"
#include "source/format.h"
#include "source/job.h"
#include "source/maildir.h"
#include "source/stream.h"
#include "source/unpack.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* -1 with errno, or with errno 0 and *st where it is no regular file. */
static int open_file(const char *path, struct stat *st)
{
    if (strcmp(path, "-") != 0)
        return stream_open_file(path, st);
    return fstat(STDIN_FILENO, st) == 0 ? STDIN_FILENO : -1;
}

static bool refused(struct job *j, struct err *e)
{
    j->tally->refused = errno != ENOENT;
    return strcmp(j->path, "-") == 0 ? err_sys(e, "cannot read standard input")
                                     : err_sys(e, "cannot open '%s'", j->path);
}

static void look(struct source_tally *tally, uint64_t size, int64_t mtime_ns)
{
    tally->looked = true;
    tally->size = size;
    tally->mtime_ns = mtime_ns;
}

/* Reads what is not packed, by the format that its first bytes show. */
static void read_unit(struct stream *s, struct job *j)
{
    const char *head;
    size_t len = stream_peek(s, FORMAT_HEAD, &head);

    format_of(head, len, s->ended)->read(s, j);
}

/* Of what is no regular file a Maildir alone can be read. */
static bool read_other(struct job *j, const struct stat *st, struct err *e)
{
    int64_t mtime_ns;

    if (!S_ISDIR(st->st_mode))
        return err_set(e, ERR_IO, "cannot open '%s': not a regular file", j->path);
    if (!maildir_is(j->path, &mtime_ns))
        return err_set(e, ERR_IO, "cannot read '%s': a folder, where a file is wanted", j->path);
    j->mtime = mtime_ns / 1000000000;
    maildir_read(j);
    job_end(j);
    if (maildir_is(j->path, &mtime_ns))
        look(j->tally, 0, mtime_ns);
    return !j->stopped;
}

static bool read_file(struct job *j, struct err *e)
{
    struct stream s;
    struct stat st;
    int fd = open_file(j->path, &st);

    if (fd < 0)
        return errno ? refused(j, e) : read_other(j, &st, e);
    j->mtime = fd == STDIN_FILENO ? 0 : st.st_mtime;
    stream_init_fd(&s, fd, S_ISREG(st.st_mode) ? (uint64_t)st.st_size : 0);
    j->file = &s;
    unpack_read(&s, j, read_unit);
    j->tally->refused |= s.refused;
    job_end(j);
    j->file = NULL;
    stream_release(&s);
    if (fd != STDIN_FILENO) {
        if (fstat(fd, &st) == 0)
            look(j->tally, (uint64_t)st.st_size, path_changed(&st));
        close(fd);
    }
    return !j->stopped;
}

bool source_read(const char *path, const char *name, long from, struct record *r, source_record_fn *fn,
                 source_fault_fn *fault, void *ctx, struct source_tally *tally, struct err *e)
{
    struct job j;
    bool ok;

    job_init(&j, path, name);
    j.r = r;
    j.fn = fn;
    j.fault = fault;
    j.ctx = ctx;
    j.tally = tally;
    j.from = from;
    ok = read_file(&j, e);
    job_release(&j);
    return ok;
}

/* ---- One record again ---- */

struct find {
    bool found;
    struct err fault;
};

static bool take_found(void *ctx, struct record *r)
{
    struct find *f = ctx;

    (void)r;
    f->found = true;
    return false;
}

static void keep_fault(void *ctx, const struct err *e)
{
    struct find *f = ctx;

    if (f->fault.status == ERR_NONE)
        f->fault = *e;
}

static bool is_file(const char *path)
{
    struct stat st;
    int64_t mtime_ns;

    return stat(path, &st) == 0 &&
           (S_ISREG(st.st_mode) || (S_ISDIR(st.st_mode) && maildir_is(path, &mtime_ns)));
}

/* Whether the locator would lead out of its corpus. */
static bool leads_out(const char *locator)
{
    const char *at = locator;

    if (locator[0] == '/' || locator[0] == '\0')
        return true;
    while (at) {
        if (strncmp(at, "..", 2) == 0 && (at[2] == '/' || at[2] == '\0'))
            return true;
        at = strchr(at, '/');
        at = at ? at + 1 : NULL;
    }
    return false;
}

/* The path of the file that the locator begins with, and in *len how much of the locator its name is: the
 * longest part, ending before a "#" or "/" or at the end, that is a file. NULL where none is. */
static char *file_of(const char *corpus, const char *locator, size_t *len)
{
    const char *base = path_base(corpus);

    if (is_file(corpus)) {
        *len = strlen(base);
        if (strncmp(locator, base, *len) != 0 || !strchr("#/", locator[*len]))
            return NULL;
        return mem_strdup(corpus);
    }
    for (*len = strlen(locator); *len > 0; (*len)--) {
        char *name, *path;

        if (locator[*len] != '\0' && locator[*len] != '#' && locator[*len] != '/')
            continue;
        name = mem_strndup(locator, *len);
        path = path_join(corpus, name);
        free(name);
        if (is_file(path))
            return path;
        free(path);
    }
    return NULL;
}

bool source_find(const char *corpus, const char *locator, struct record *r, struct err *e)
{
    struct source_tally tally = {0};
    struct find f = {0};
    size_t len = 0;
    char *path = leads_out(locator) ? NULL : file_of(corpus, locator, &len);
    struct job j;
    char *name;

    if (!path)
        return err_set(e, ERR_IO, "'%s' has no record '%s'", corpus, locator);
    name = mem_strndup(locator, len);
    job_init(&j, path, name);
    j.r = r;
    j.fn = take_found;
    j.fault = keep_fault;
    j.ctx = &f;
    j.tally = &tally;
    j.want = locator;
    read_file(&j, e);
    job_release(&j);
    free(name);
    free(path);
    if (f.found)
        return true;
    if (f.fault.status != ERR_NONE)
        return err_set(e, ERR_IO, "%s", f.fault.text);
    return err_set(e, ERR_IO, "'%s' has no record '%s'", corpus, locator);
}

bool source_ready(struct err *e)
{
    (void)e;
    return true;
}
