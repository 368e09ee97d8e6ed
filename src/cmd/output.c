/* SPDX-License-Identifier: ISC */
#include "cmd/output.h"

#include "base/door.h"

#include <errno.h>
#include <langinfo.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

/* Enough for few system calls, little enough to stay in the processor's cache. */
enum { BATCH = 64 * 1024 };

static bool locale_is_utf8(void)
{
    return strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
}

void output_init(struct output *o, int fd)
{
    buf_init(&o->waiting);
    o->fd = fd;
    o->terminal = isatty(fd);
    o->ascii = o->terminal && !locale_is_utf8();
    o->closed = false;
    o->error = 0;
}

/* Writes all of it; false with errno. */
static bool write_all(int fd, const char *s, size_t len)
{
    while (len > 0) {
        ssize_t n = write(fd, s, len);

        if (n < 0 && errno != EINTR)
            return false;
        if (n > 0) {
            s += n;
            len -= (size_t)n;
        }
    }
    return true;
}

bool output_flush(struct output *o)
{
    if (!o->closed && !o->error && !write_all(o->fd, o->waiting.data, o->waiting.len)) {
        if (errno == EPIPE)
            o->closed = true;
        else
            o->error = errno;
    }
    buf_clear(&o->waiting);
    return !o->closed && !o->error;
}

bool output_finish(struct output *o)
{
    struct err e = ERR_INIT;

    output_flush(o);
    buf_release(&o->waiting);
    if (!o->error)
        return true;
    errno = o->error;
    err_sys(&e, "cannot write standard output");
    output_complain(e.text);
    return false;
}

static void batch(struct output *o)
{
    if (o->waiting.len >= BATCH)
        output_flush(o);
}

void output_text(struct output *o, const char *s, size_t len, unsigned flags)
{
    struct buf safe;

    if (o->ascii) {
        buf_init(&safe);
        door_add(&safe, s, len, flags);
        door_add_ascii(&o->waiting, safe.data, safe.len);
        buf_release(&safe);
    } else {
        door_add(&o->waiting, s, len, flags);
    }
    batch(o);
}

void output_str(struct output *o, const char *s)
{
    output_text(o, s, strlen(s), DOOR_LINE);
}

void output_raw(struct output *o, const char *s, size_t len)
{
    if (o->terminal)
        output_text(o, s, len, DOOR_KEEP_TABS | DOOR_KEEP_ENDS);
    else
        buf_add(&o->waiting, s, len);
    batch(o);
}

void output_fmt(struct output *o, const char *format, ...)
{
    struct buf words;
    va_list args;

    buf_init(&words);
    va_start(args, format);
    buf_add_vfmt(&words, format, args);
    va_end(args);
    output_raw(o, words.data, words.len);
    buf_release(&words);
}

void output_return(struct output *o)
{
    buf_add_char(&o->waiting, '\r');
}

int output_columns(const struct output *o)
{
    struct winsize size;

    if (!o->terminal || ioctl(o->fd, TIOCGWINSZ, &size) != 0)
        return 0;
    return size.ws_col;
}

void output_complain(const char *text)
{
    struct output o;

    output_init(&o, STDERR_FILENO);
    output_raw(&o, "cuttings: ", 10);
    output_str(&o, text);
    output_raw(&o, "\n", 1);
    output_flush(&o);
    buf_release(&o.waiting);
}
