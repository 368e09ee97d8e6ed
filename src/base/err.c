/* SPDX-License-Identifier: ISC */
#include "base/err.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static void __attribute__((format(printf, 3, 0)))
fill(struct err *e, enum err_status status, const char *format, va_list args)
{
    size_t len;

    e->status = status;
    vsnprintf(e->text, sizeof e->text, format, args);
    len = strlen(e->text);
    if (len + 1 == sizeof e->text) /* cut: do not leave half a UTF-8 sequence */
        while (len > 0 && ((unsigned char)e->text[len - 1] & 0x80))
            e->text[--len] = '\0';
}

bool err_set(struct err *e, enum err_status status, const char *format, ...)
{
    va_list args;

    if (!e || e->status != ERR_NONE)
        return false;
    va_start(args, format);
    fill(e, status, format, args);
    va_end(args);
    return false;
}

bool err_sys(struct err *e, const char *format, ...)
{
    int saved = errno;
    va_list args;
    size_t len;

    if (!e || e->status != ERR_NONE)
        return false;
    va_start(args, format);
    fill(e, ERR_IO, format, args);
    va_end(args);
    len = strlen(e->text);
    snprintf(e->text + len, sizeof e->text - len, ": %s", strerror(saved));
    return false;
}

void err_clear(struct err *e)
{
    e->status = ERR_NONE;
    e->text[0] = '\0';
}
