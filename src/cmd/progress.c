/* SPDX-License-Identifier: ISC */
#include "cmd/progress.h"

#include "cmd/output.h"

#include <poll.h>
#include <string.h>
#include <unistd.h>

enum {
    MEGABYTE = 1000 * 1000,
    REDRAW_MS = 200, /* often enough to look alive, seldom enough not to slow a slow terminal */
};

/* Adds "12400 articles, 31 of 98 MB, 31 MB/s, 2 s left": what is known of it so far. */
static void add_progress(struct buf *out, const struct corpus_progress *p)
{
    double seconds = (double)(p->now_ms - p->started_ms) / 1000;
    double rate = seconds > 0 ? (double)p->bytes_done / seconds : 0;

    if (p->files_total > 1)
        buf_add_fmt(out, "%ld of %ld files, ", p->files_done, p->files_total);
    buf_add_fmt(out, "%ld %s", p->records, p->records == 1 ? "article" : "articles");
    if (p->bytes_total >= MEGABYTE)
        buf_add_fmt(out, ", %.0f of %.0f MB", (double)p->bytes_done / MEGABYTE, (double)p->bytes_total / MEGABYTE);
    if (rate >= MEGABYTE)
        buf_add_fmt(out, ", %.0f MB/s", rate / MEGABYTE);
    if (rate > 0 && p->bytes_total > p->bytes_done && seconds > 1)
        buf_add_fmt(out, ", %.0f s left", (double)(p->bytes_total - p->bytes_done) / rate);
}

void progress_add_result(struct buf *out, const struct corpus_progress *p)
{
    const struct {
        long n;
        const char *what;
    } counts[] = {
        {p->added, "added"},     {p->changed, "changed"}, {p->moved, "moved"},
        {p->removed, "removed"}, {p->skipped, "skipped"}, {p->faults, "not readable"},
    };
    size_t start = out->len, i;

    for (i = 0; i < sizeof counts / sizeof counts[0]; i++)
        if (counts[i].n > 0)
            buf_add_fmt(out, "%s%ld %s", out->len > start ? ", " : "", counts[i].n, counts[i].what);
    if (out->len == start)
        buf_add_str(out, "nothing changed");
}

/* Shows text in place of what stood there, which was *shown columns long; a line that is too long would not be
 * written over but scroll away. */
static void show_line(struct output *err, const struct buf *text, int *shown)
{
    int columns = output_columns(err), len = (int)text->len, pad;

    if (columns > 1 && len >= columns)
        len = columns - 1;
    pad = *shown - len;
    output_return(err);
    output_fmt(err, "%.*s%*s", len, text->data, pad > 0 ? pad : 0, "");
    if (len == 0)
        output_return(err);
    output_flush(err);
    *shown = len;
}

/* Empties the pipe, which does not block. */
static void drain(int fd)
{
    char bytes[256];

    while (read(fd, bytes, sizeof bytes) > 0)
        ;
}

void progress_watch(struct corpus *c, int wake)
{
    struct pollfd wait = {.fd = wake, .events = POLLIN};
    struct corpus_progress p;
    struct output err;
    struct buf line;
    int shown = 0;

    output_init(&err, STDERR_FILENO);
    buf_init(&line);
    for (;;) {
        corpus_poll(c, &p);
        if (!p.running)
            break;
        buf_clear(&line);
        buf_add_str(&line, "indexing: ");
        add_progress(&line, &p);
        show_line(&err, &line, &shown);
        if (poll(&wait, 1, REDRAW_MS) > 0)
            drain(wake);
    }
    buf_clear(&line);
    show_line(&err, &line, &shown);
    buf_release(&line);
    buf_release(&err.waiting);
}
