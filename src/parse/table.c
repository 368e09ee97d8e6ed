/* SPDX-License-Identifier: ISC */
#include "parse/table.h"

#include <stdio.h>
#include <string.h>

static bool is_white(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

bool table_read(const char *path, struct buf *out, struct err *e)
{
    FILE *f = fopen(path, "rb");
    char part[16384];
    size_t got;
    bool good = true;

    if (f == NULL)
        return err_sys(e, "cannot open '%s'", path);
    while ((got = fread(part, 1, sizeof part, f)) > 0)
        buf_add(out, part, got);
    if (ferror(f))
        good = err_sys(e, "cannot read '%s'", path);
    fclose(f);
    return good;
}

void table_start(struct table_reader *r, const char *text, size_t len)
{
    r->text = text;
    r->len = len;
    r->at = 0;
    r->number = 0;
}

bool table_line(struct table_reader *r, const char **line, size_t *len)
{
    while (r->at < r->len) {
        const char *s = r->text + r->at;
        const char *end = memchr(s, '\n', r->len - r->at);
        size_t n = end ? (size_t)(end - s) : r->len - r->at;

        r->at += n + (end != NULL);
        r->number++;
        while (n && is_white(s[n - 1]))
            n--;
        while (n && is_white(*s))
            s++, n--;
        if (n == 0 || *s == ';')
            continue;
        *line = s;
        *len = n;
        return true;
    }
    return false;
}

bool table_word(const char **s, size_t *len, const char **word, size_t *word_len)
{
    while (*len && is_white(**s))
        ++*s, --*len;
    *word = *s;
    while (*len && !is_white(**s))
        ++*s, --*len;
    *word_len = (size_t)(*s - *word);
    return *word_len > 0;
}
