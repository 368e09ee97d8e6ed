/* SPDX-License-Identifier: ISC */
#include "base/mem.h"
#include "cmd/command.h"
#include "cmd/open.h"
#include "cmd/restrict.h"
#include "cmd/rows.h"
#include "cmd/shelf.h"
#include "ui/ui.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* How much of an operand that names no file is one, up to a number sign; 0 where none is. */
static size_t path_part(const char *operand)
{
    size_t at = strlen(operand);
    struct stat st;

    if (stat(operand, &st) == 0)
        return 0;
    while (at > 0 && operand[--at]) {
        char *path;
        bool there;

        if (operand[at] != '#')
            continue;
        path = mem_strndup(operand, at);
        there = stat(path, &st) == 0;
        free(path);
        if (there)
            return at;
    }
    return 0;
}

static bool is_only_article(struct corpus *c, int64_t *id)
{
    struct corpus_view *v;
    struct corpus_row row;
    long total = 0, unread;
    struct err e = ERR_INIT;

    if (!corpus_view_new(c, NULL, CORPUS_BY_DATE, false, &v, &e))
        return false;
    corpus_view_counts(v, &total, &unread);
    if (total == 1 && corpus_view_rows(v, CORPUS_FIRST, 0, &row, 1) == 1) {
        *id = row.id;
        corpus_row_release(&row);
    }
    corpus_view_free(&v);
    return total == 1;
}

/* The comment that is meant: of the article, which must have it. */
static bool take_comment(struct corpus *c, int64_t id, const char *number, struct ui_options *o, struct err *e)
{
    struct article a;
    char *text = NULL, *end;
    long n = strtol(number, &end, 10);
    bool ok = false;

    article_init(&a);
    if (*number < '1' || *number > '9' || *end)
        err_set(e, ERR_NOMATCH, "'%s' is no number of a comment", number);
    else if (corpus_article(c, id, &a, &text, e)) {
        ok = n <= (long)a.comment_count;
        if (!ok)
            err_set(e, ERR_NOMATCH, "%zu comment%s there, and no comment %s", a.comment_count,
                    a.comment_count == 1 ? " is" : "s are", number);
    }
    article_release(&a);
    free(text);
    o->article = id;
    o->comment = ok ? (int)n : 0;
    return ok;
}

/* What CORPUS#COMMENT means in a corpus of one article, and CORPUS#ARTICLE or CORPUS#ARTICLE#COMMENT in any: rest is
 * what follows the corpus and its number sign. */
static bool take_place(struct corpus *c, const char *operand, size_t path, struct ui_options *o, struct err *e)
{
    const char *rest = operand + path + 1, *last = strrchr(rest, '#');
    struct err none = ERR_INIT;
    char *ref;
    int64_t id = 0;

    if (!last && is_only_article(c, &id))
        return take_comment(c, id, rest, o, e);
    o->article = corpus_find(c, operand, &none);
    if (o->article == 0)
        o->article = corpus_find(c, rest, &none);
    if (o->article != 0)
        return true;
    if (!last)
        return err_set(e, ERR_NOMATCH, "there is no article '%s'", rest);
    ref = mem_strndup(operand, (size_t)(last - operand));
    id = corpus_find(c, ref, &none);
    if (id == 0)
        id = corpus_find(c, ref + path + 1, &none);
    if (id == 0)
        err_set(e, ERR_NOMATCH, "there is no article '%s'", ref + path + 1);
    free(ref);
    return id != 0 && take_comment(c, id, last + 1, o, e);
}

/* Opens the corpus that the one operand begins with, for the article and comment that its end names; NULL, and
 * *status, where there is no such. */
static struct corpus *open_at(const struct command_call *call, struct ui_options *options, int *status)
{
    size_t path = path_part(call->args[0]);
    char *name = mem_strndup(call->args[0], path);
    struct command_call opening = *call;
    struct err e = ERR_INIT;
    struct corpus *c;

    opening.args = (const char *const *)&name;
    options->wake = -1;
    c = open_corpus(&opening, 0, OPEN_PROGRESS, NULL, status);
    if (c && !take_place(c, call->args[0], path, options, &e)) {
        output_complain(e.text);
        *status = e.status;
        corpus_close(&c);
    }
    free(name);
    return c;
}

/* Reads the corpora one after the other that the reader chooses from the shelf; shelf: it is shown first. */
static int read_on_screen(const struct command_call *call, const struct rows_choice *choice, bool shelf)
{
    struct ui_options options = {.sorted = call->value[OPTION_SORT] || call->value[OPTION_REVERSE],
                                 .restricted = restrict_is_wanted(call),
                                 .order = choice->order,
                                 .reverse = choice->reverse,
                                 .shelf = shelf};
    struct command_call now = *call;
    char *path = NULL, *next = NULL;
    int status = ERR_NONE;
    bool at = call->arg_count == 1 && path_part(call->args[0]) > 0;

    do {
        struct err e = ERR_INIT;
        struct corpus *c = at ? open_at(&now, &options, &status)
                              : open_corpus(&now, 0, OPEN_BESIDE, &options.wake, &status);

        if (c && !ui_run(c, &options, &next, &e)) {
            output_complain(e.text);
            status = e.status;
        }
        corpus_close(&c);
        free(path);
        path = next;
        next = NULL;
        now.args = (const char *const *)&path;
        now.arg_count = 1;
        now.value[OPTION_CACHE] = NULL; /* that of the corpus before */
        options.shelf = at = false;
        options.article = options.comment = 0;
    } while (path);
    return status;
}

static void take_newest(void *ctx, const char *path, int64_t opened)
{
    char **newest = ctx;

    (void)opened;
    if (!*newest && access(path, R_OK) == 0)
        *newest = mem_strdup(path);
}

/* With no corpus named: on a terminal the reader chooses from the shelf, over the corpus that was opened last and is
 * still there; elsewhere the shelf is printed. */
static int read_from_shelf(struct command_call *call, const struct rows_choice *choice)
{
    struct command_call chosen = *call;
    char *newest = NULL;
    struct err e = ERR_INIT;
    int status;

    if (!call->out->terminal || !isatty(STDIN_FILENO)) {
        status = shelf_print(call);
        return status == ERR_NOMATCH ? open_nothing(call->command) : status;
    }
    if (!corpus_shelf(take_newest, &newest, &e)) {
        output_complain(e.text);
        return e.status;
    }
    if (!newest)
        return open_nothing(call->command);
    chosen.args = (const char *const *)&newest;
    chosen.arg_count = 1;
    status = read_on_screen(&chosen, choice, true);
    free(newest);
    return status;
}

/* Whether the operand is a word that was meant as a command, as far as one can see. */
static bool is_no_command(const char *operand)
{
    struct stat st;

    return strcmp(operand, "-") != 0 && !strchr(operand, '/') && path_part(operand) == 0 && lstat(operand, &st) != 0 &&
           errno == ENOENT;
}

static int read_corpus(struct command_call *call)
{
    struct rows_choice choice;

    if (!rows_choose(call, &choice))
        return ERR_USAGE;
    if (call->arg_count == 0)
        return read_from_shelf(call, &choice);
    if (is_no_command(call->args[0])) {
        command_usage(call->command, "there is no file, folder or command '%s'", call->args[0]);
        return ERR_IO;
    }
    return call->out->terminal ? read_on_screen(call, &choice, false) : rows_print(call, &choice, 0, NULL);
}

const struct command command_read = {
    .synopsis = "[CORPUS]...",
    .summary = "read a corpus on the screen; without one, choose among those opened before",
    .options = 1u << OPTION_SORT | 1u << OPTION_REVERSE | 1u << OPTION_CACHE | 1u << OPTION_MEMORY |
               1u << OPTION_RESTRICTED | 1u << OPTION_EPHEMERAL,
    .run = read_corpus,
};
