/* SPDX-License-Identifier: ISC */
#include "base/indent.h"

#include <string.h>

enum { TAB_STOP = 8 };

int indent_of(const char *text, size_t at)
{
    size_t from = at;
    int columns = 0;

    while (from > 0 && (text[from - 1] == ' ' || text[from - 1] == '\t'))
        from--;
    if (from > 0 && text[from - 1] != '\n')
        return 0;
    for (; from < at; from++)
        columns += text[from] == '\t' ? TAB_STOP - columns % TAB_STOP : 1;
    return columns;
}

int indent_least(const char *text, size_t len)
{
    int least = -1;
    size_t at = 0;

    while (at < len && least != 0) {
        const char *lf = memchr(text + at, '\n', len - at);
        size_t end = lf ? (size_t)(lf - text) : len;

        while (at < end && (text[at] == ' ' || text[at] == '\t'))
            at++;
        if (at < end && text[at] != '\r') {
            int columns = indent_of(text, at);

            least = least < 0 || columns < least ? columns : least;
        }
        at = end + 1;
    }
    return least < 0 ? 0 : least;
}
