/* SPDX-License-Identifier: ISC */
#include "source/companion.h"

#include "base/mem.h"
#include "base/path.h"
#include "source/unpack.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The companion opened, -1 where there is none. */
static int open_companion(const struct job *j, const char *word, const char *other, struct stat *st)
{
    const char *base = path_base(j->path), *at = strstr(base, word);
    struct buf path;
    int fd;

    if (!at || strcmp(j->path, "-") == 0 || j->unit.len != j->name_len)
        return -1;
    buf_init(&path);
    buf_add(&path, j->path, (size_t)(at - j->path));
    buf_add_str(&path, other);
    buf_add_str(&path, at + strlen(word));
    fd = stream_open_file(path.data, st);
    j->tally->refused |= fd < 0 && errno && errno != ENOENT;
    buf_release(&path);
    return fd;
}

bool companion_exists(const struct job *j, const char *word, const char *other)
{
    struct stat st;
    int fd = open_companion(j, word, other, &st);

    if (fd >= 0)
        close(fd);
    return fd >= 0;
}

struct reading {
    struct job job; /* first: what unpack_read hands back is this */
    void (*read)(struct stream *s, struct job *j, void *ctx);
    void *ctx;
};

static void read_unit(struct stream *s, struct job *j)
{
    struct reading *reading = (struct reading *)j;

    reading->read(s, j, reading->ctx);
}

void companion_read(struct job *j, const char *word, const char *other,
                    void (*read)(struct stream *s, struct job *j, void *ctx), void *ctx)
{
    struct stat st;
    int fd = open_companion(j, word, other, &st);
    struct reading reading = {.job = *j, .read = read, .ctx = ctx};
    struct stream s;

    if (fd < 0)
        return;
    buf_init(&reading.job.unit);
    buf_add(&reading.job.unit, j->unit.data, j->unit.len);
    buf_init(&reading.job.locator);
    stream_init_fd(&s, fd, (uint64_t)st.st_size);
    unpack_read(&s, &reading.job, read_unit);
    j->tally->refused |= s.refused;
    stream_release(&s);
    close(fd);
    j->reported = reading.job.reported;
    j->untold = reading.job.untold;
    job_release(&reading.job);
}
