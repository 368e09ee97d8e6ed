/* SPDX-License-Identifier: ISC */
#include "parse/table.h"

#include "base/mem.h"
#include "base/path.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool is_white(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

bool table_read(const char *path, struct buf *out, struct err *e)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    bool good = fd >= 0;
    struct stat st;
    ssize_t got = 1;

    if (!good)
        return err_sys(e, "cannot open '%s'", path);
    if (fstat(fd, &st) == 0 && st.st_size > 0)
        buf_reserve(out, (size_t)st.st_size + 1);
    while (got > 0) {
        buf_reserve(out, out->cap - out->len > 2 ? 1 : 4096);
        got = read(fd, out->data + out->len, out->cap - out->len - 1);
        if (got > 0)
            out->len += (size_t)got;
        else if (got < 0 && errno == EINTR)
            got = 1;
    }
    if (got < 0)
        good = err_sys(e, "cannot read '%s'", path);
    buf_truncate(out, out->len);
    close(fd);
    return good;
}

bool table_list(const char *folder, const char *ending, char ***names, size_t *count, struct err *e)
{
    DIR *d = opendir(folder);
    const struct dirent *entry;
    size_t cap = 0;

    *names = NULL;
    *count = 0;
    if (d == NULL)
        return err_sys(e, "cannot open '%s'", folder);
    while ((entry = readdir(d)) != NULL) {
        size_t len = strlen(entry->d_name), end = strlen(ending);

        if (entry->d_name[0] == '.' || len <= end || strcmp(entry->d_name + len - end, ending) != 0)
            continue;
        mem_grow(names, &cap, *count + 1, sizeof **names);
        (*names)[(*count)++] = mem_strdup(entry->d_name);
    }
    closedir(d);
    path_sort(*names, *count);
    return true;
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

/* The digits of s from *at on, up to 9 of them in all, added to *value; *count is how many have been read. */
static void read_digits(const char *s, size_t len, size_t *at, uint32_t *value, int *count)
{
    for (; *at < len && s[*at] >= '0' && s[*at] <= '9' && *count < 9; ++*at, ++*count)
        *value = *value * 10 + (uint32_t)(s[*at] - '0');
}

bool table_integer(const char *s, size_t len, long *value)
{
    bool minus = len > 0 && *s == '-';
    size_t at = minus;
    uint32_t digits = 0;
    int count = 0;

    read_digits(s, len, &at, &digits, &count);
    *value = minus ? -(long)digits : (long)digits;
    return count > 0 && at == len;
}

bool table_number(const char *s, size_t len, float *value)
{
    static const float tens[] = {1e0f, 1e1f, 1e2f, 1e3f, 1e4f, 1e5f, 1e6f, 1e7f, 1e8f, 1e9f};
    bool minus = len > 0 && *s == '-';
    size_t at = minus;
    uint32_t digits = 0;
    int count = 0, whole;
    char copy[64], *end;

    read_digits(s, len, &at, &digits, &count);
    whole = count;
    if (count > 0 && at < len && s[at] == '.') {
        at++;
        read_digits(s, len, &at, &digits, &count);
    }
    /* Both parts are exact, so that their quotient is rounded once (W. D. Clinger 1990). */
    if (count > 0 && at == len && digits < 1u << 24) {
        *value = (float)digits / tens[count - whole];
        *value = minus ? -*value : *value;
        return true;
    }
    if (len == 0 || len >= sizeof copy)
        return false;
    memcpy(copy, s, len);
    copy[len] = '\0';
    *value = strtof(copy, &end);
    return end == copy + len;
}
