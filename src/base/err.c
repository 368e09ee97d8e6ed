/* SPDX-License-Identifier: ISC */
#include "base/err.h"

#include "base/utf8.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* Whether nobody listens, or a fault is there already. */
static bool is_closed(const struct err *e)
{
    return !e || e->status != ERR_NONE;
}

/* Fills e with the words, then the reason, for which room is kept. */
static void __attribute__((format(printf, 4, 0)))
fill(struct err *e, enum err_status status, const char *reason, const char *format, va_list args)
{
    size_t room = sizeof e->text - strlen(reason), len;
    int want = vsnprintf(e->text, room, format, args);
    uint32_t cp;

    e->status = status;
    len = strlen(e->text);
    if (want >= 0 && (size_t)want > len) /* cut: do not leave a part of a UTF-8 sequence */
        for (int left = 3; left > 0 && len > 0 && utf8_prev(e->text, len, &cp) == 1 && cp == UTF8_BAD; left--)
            len--;
    snprintf(e->text + len, sizeof e->text - len, "%s", reason);
}

bool err_set(struct err *e, enum err_status status, const char *format, ...)
{
    va_list args;

    if (is_closed(e))
        return false;
    va_start(args, format);
    fill(e, status, "", format, args);
    va_end(args);
    return false;
}

bool err_sys(struct err *e, const char *format, ...)
{
    char reason[160];
    va_list args;

    if (is_closed(e))
        return false;
    snprintf(reason, sizeof reason, ": %s", strerror(errno));
    va_start(args, format);
    fill(e, ERR_IO, reason, format, args);
    va_end(args);
    return false;
}

void err_clear(struct err *e)
{
    e->status = ERR_NONE;
    e->text[0] = '\0';
}
