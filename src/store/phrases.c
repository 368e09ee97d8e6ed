/* SPDX-License-Identifier: ISC */
#include "store/phrases.h"

#include <ctype.h>
#include <string.h>

const char *phrases_end(const char *s)
{
    for (s++; *s && (*s != '"' || s[1] == '"'); s += *s == '"' ? 2 : 1)
        ;
    s += *s == '"';
    return *s == '*' ? s + 1 : s;
}

void phrases_each(const char *match, void (*fn)(void *ctx, const char *phrase, size_t len), void *ctx)
{
    const char *s = match, *column = NULL;
    size_t column_len = 0, len;
    int depth = 0, near = 0, without = 0; /* the depth at which a NEAR, a NOT began */
    struct buf phrase;

    buf_init(&phrase);
    while (*s) {
        if (*s == '"') {
            const char *end = phrases_end(s);
            bool weighs = !without && !(column && strncmp(column, "facts", column_len) == 0);

            buf_clear(&phrase);
            if (column && weighs)
                buf_add_fmt(&phrase, "%.*s : ", (int)column_len, column);
            if (weighs)
                buf_add(&phrase, s, (size_t)(end - s));
            fn(ctx, phrase.data, phrase.len);
            if (!near)
                column = NULL;
            s = end;
        } else if (isalpha((unsigned char)*s)) {
            for (len = 0; isalpha((unsigned char)s[len]); len++)
                ;
            if (len == 4 && strncmp(s, "NEAR", 4) == 0)
                near = depth + 1;
            else if (len == 3 && strncmp(s, "NOT", 3) == 0)
                without = without ? without : depth + 1;
            else if (s[len + strspn(s + len, " ")] == ':')
                column = s, column_len = len;
            s += len;
            if (near == depth + 1 || without == depth + 1) { /* their group begins here */
                s = strchr(s, '(') + 1;
                depth++;
            }
        } else {
            depth += (*s == '(') - (*s == ')');
            if (depth < near) {
                near = 0;
                column = NULL;
            }
            without = depth < without ? 0 : without;
            s++;
        }
    }
    buf_release(&phrase);
}

void phrases_words(const char *phrase, struct buf *packed, bool *prefix)
{
    const char *s = strchr(phrase, '"'), *end = s ? phrases_end(s) : phrase;

    *prefix = end > phrase && end[-1] == '*';
    if (!s)
        return;
    for (s++, end -= *prefix ? 2 : 1; s < end; s += *s == '"' ? 2 : 1)
        buf_add_char(packed, *s);
}
