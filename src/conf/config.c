/* SPDX-License-Identifier: ISC */
#include "conf/config.h"

#include "base/buf.h"
#include "base/mem.h"
#include "base/path.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct reader {
    config_line_fn *line;
    config_fault_fn *fault;
    void *ctx;
    int faults;
    int depth;
};

/* The words of one line: each zero-terminated in text. */
struct words {
    struct buf text;
    size_t start[CONFIG_WORDS_MAX];
    char *word[CONFIG_WORDS_MAX];
    int count;
};

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

static char unescape(char c)
{
    return c == 't' ? '\t' : c;
}

/* Takes the quoted part that begins at s[0] and returns what follows it; NULL where it does not end. */
static const char *take_quoted(struct words *w, const char *s)
{
    char quote = *s++;

    while (*s && *s != quote) {
        if (quote == '"' && *s == '\\' && s[1])
            buf_add_char(&w->text, unescape(*++s));
        else
            buf_add_char(&w->text, *s);
        s++;
    }
    return *s ? s + 1 : NULL;
}

static const char *take_word(struct words *w, const char *s)
{
    while (s && *s && !is_blank(*s)) {
        if (*s == '"' || *s == '\'')
            s = take_quoted(w, s);
        else
            buf_add_char(&w->text, *s++);
    }
    return s;
}

static bool split(const char *s, struct words *w, struct err *e)
{
    int i;

    w->count = 0;
    buf_clear(&w->text);
    for (;;) {
        while (is_blank(*s))
            s++;
        if (!*s || *s == '#')
            break;
        if (w->count == CONFIG_WORDS_MAX)
            return err_set(e, ERR_USAGE, "more than %d words", CONFIG_WORDS_MAX);
        w->start[w->count++] = w->text.len;
        s = take_word(w, s);
        if (!s)
            return err_set(e, ERR_USAGE, "a quote is not closed");
        buf_add_char(&w->text, '\0');
    }
    for (i = 0; i < w->count; i++)
        w->word[i] = w->text.data + w->start[i];
    return true;
}

static int read_file(struct reader *r, const char *path, bool optional);

/* The file that `source name` in the file at path means. */
static char *sourced(const char *path, const char *name)
{
    const char *home = getenv("HOME"), *slash = strrchr(path, '/');
    char *folder, *file;

    if (strncmp(name, "~/", 2) == 0 && home)
        return path_join(home, name + 2);
    if (!slash)
        return mem_strdup(name);
    folder = mem_strndup(path, (size_t)(slash - path) + 1);
    file = path_join(folder, name);
    free(folder);
    return file;
}

static bool do_source(struct reader *r, const char *path, const struct words *w, struct err *e)
{
    char *file;

    if (w->count != 2)
        return err_set(e, ERR_USAGE, "source takes one file");
    if (r->depth == CONFIG_DEPTH_MAX)
        return err_set(e, ERR_USAGE, "more than %d files source one another", CONFIG_DEPTH_MAX);
    file = sourced(path, w->word[1]);
    read_file(r, file, false);
    free(file);
    return true;
}

static void do_line(struct reader *r, const char *path, int number, const char *text, struct words *w)
{
    struct err e = ERR_INIT;
    struct buf said;

    if (split(text, w, &e) && w->count > 0) {
        if (strcmp(w->word[0], "source") == 0) {
            struct words inner = *w; /* the sourced file has words of its own */

            buf_init(&w->text);
            do_source(r, path, &inner, &e);
            buf_release(&inner.text);
        } else if (!r->line(r->ctx, w->count, w->word, &e)) {
            err_set(&e, ERR_USAGE, "'%s' cannot be done", w->word[0]);
        }
    }
    if (e.status == ERR_NONE)
        return;
    r->faults++;
    buf_init(&said);
    buf_add_fmt(&said, "%s:%d: %s", path, number, e.text);
    r->fault(r->ctx, said.data);
    buf_release(&said);
}

/* Takes the line end off and says whether the next line belongs to this one. */
static bool joins_next(struct buf *line)
{
    while (line->len > 0 && (line->data[line->len - 1] == '\n' || line->data[line->len - 1] == '\r'))
        buf_truncate(line, line->len - 1);
    if (line->len == 0 || line->data[line->len - 1] != '\\')
        return false;
    buf_truncate(line, line->len - 1);
    return true;
}

static void read_lines(struct reader *r, const char *path, FILE *f)
{
    int number = 0, first = 1;
    struct words w = {.count = 0};
    struct buf line;
    char *part = NULL;
    size_t cap = 0;

    buf_init(&w.text);
    buf_init(&line);
    while (getline(&part, &cap, f) >= 0) {
        number++;
        if (line.len == 0)
            first = number;
        buf_add_str(&line, part);
        if (joins_next(&line))
            continue;
        do_line(r, path, first, line.data, &w);
        buf_clear(&line);
    }
    if (line.len > 0)
        do_line(r, path, first, line.data, &w);
    free(part);
    buf_release(&line);
    buf_release(&w.text);
}

static void cannot_read(struct reader *r, const char *path)
{
    struct buf said;

    r->faults++;
    buf_init(&said);
    buf_add_fmt(&said, "cannot read '%s': %s", path, strerror(errno));
    r->fault(r->ctx, said.data);
    buf_release(&said);
}

static int read_file(struct reader *r, const char *path, bool optional)
{
    FILE *f = fopen(path, "r");

    if (!f) {
        if (!optional || errno != ENOENT)
            cannot_read(r, path);
        return r->faults;
    }
    r->depth++;
    read_lines(r, path, f);
    if (ferror(f))
        cannot_read(r, path);
    r->depth--;
    fclose(f);
    return r->faults;
}

int config_read(const char *path, bool optional, config_line_fn *line, config_fault_fn *fault, void *ctx)
{
    struct reader r = {.line = line, .fault = fault, .ctx = ctx};

    return read_file(&r, path, optional);
}

bool config_do(const char *text, config_line_fn *line, void *ctx, struct err *e)
{
    struct words w = {.count = 0};
    bool done = true;

    buf_init(&w.text);
    if (!split(text, &w, e))
        done = false;
    else if (w.count > 0 && !line(ctx, w.count, w.word, e))
        done = err_set(e, ERR_USAGE, "'%s' cannot be done", w.word[0]);
    buf_release(&w.text);
    return done;
}

char *config_path(void)
{
    const char *named = getenv("CUTTINGS_CONFIG");
    char *home, *path;

    if (named && named[0])
        return mem_strdup(named);
    home = path_config_home();
    path = path_join(home, "config");
    free(home);
    return path;
}
