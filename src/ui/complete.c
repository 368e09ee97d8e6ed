/* SPDX-License-Identifier: ISC */
#include "ui/complete.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/door.h"
#include "base/mem.h"
#include "base/path.h"
#include "corpus/keep.h"
#include "ui/command.h"
#include "ui/folders.h"
#include "ui/sites.h"

static void offer(struct buf *words, const char *word, const char *start, size_t len)
{
    if (strncmp(word, start, len) != 0)
        return;
    buf_add_str(words, word);
    buf_add_char(words, '\0');
}

/* Offers a name that somebody else gave, unless it would have to be quoted or made visible. */
static void offer_name(struct buf *words, const char *name, const char *start, size_t len)
{
    if (!strpbrk(name, " \t\"'\\#") && door_is_clean(name, strlen(name), DOOR_LINE))
        offer(words, name, start, len);
}

static bool any_option(enum option o)
{
    return o < SET_COUNT;
}

static void offer_options(struct buf *words, const char *start, size_t len, bool (*takes)(enum option o))
{
    for (int i = 0; i < SET_COUNT; i++)
        if (takes((enum option)i))
            offer(words, option_info((enum option)i)->name, start, len);
}

/* What lies in a folder, as it is said behind `before`; folders with a slash where slash. */
static void offer_folder(const char *folder, const char *before, bool slash, struct buf *words, const char *start,
                         size_t len)
{
    struct dirent **entry;
    int n = scandir(folder, &entry, NULL, alphasort);
    struct buf word;

    buf_init(&word);
    for (int i = 0; i < n; i++) {
        const char *name = entry[i]->d_name;
        char *path = path_join(folder, name);
        struct stat st;

        if (*name != '.' && stat(path, &st) == 0 && (slash || S_ISREG(st.st_mode))) {
            buf_clear(&word);
            buf_add_fmt(&word, "%s%s%s", before, name, S_ISDIR(st.st_mode) ? "/" : "");
            offer_name(words, word.data, start, len);
        }
        free(path);
        free(entry[i]);
    }
    if (n >= 0)
        free(entry);
    buf_release(&word);
}

static void offer_files(const struct ui *u, struct buf *words, const char *start, size_t len)
{
    char *before = mem_strndup(start, len), *last = strrchr(before, '/'), *folder;

    if (u->options->restricted) { /* what else lies on the host is none of the reader's business */
        free(before);
        return;
    }
    if (last)
        last[1] = '\0';
    else
        *before = '\0';
    folder = command_path(*before ? before : ".");
    offer_folder(folder, before, true, words, start, len);
    free(folder);
    free(before);
}

/* The program's own files of a kind, and the reader's. */
static void offer_own(const char *kind, struct buf *words, const char *start, size_t len)
{
    char *home = path_config_home(), *own = path_join(home, kind), *shipped = path_program_data(kind);

    offer_folder(shipped, "", false, words, start, len);
    offer_folder(own, "", false, words, start, len);
    free(shipped);
    free(own);
    free(home);
}

static void offer_values(const char *name, struct buf *words, const char *start, size_t len)
{
    struct buf choice;
    enum option o;

    if (!option_find(name, &o))
        return;
    if (o == SET_THEME)
        offer_own("themes", words, start, len);
    if (option_info(o)->type == OPTION_TYPE_SWITCH) {
        offer(words, "off", start, len);
        offer(words, "on", start, len);
    }
    buf_init(&choice);
    for (int n = 0; option_choice(o, n, &choice); n++) {
        offer(words, choice.data, start, len);
        buf_clear(&choice);
    }
    buf_release(&choice);
}

static void offer_actions(struct buf *words, const char *start, size_t len, unsigned contexts)
{
    for (int a = 0; a < ACTION_COUNT; a++)
        if (action_info((enum action)a)->contexts & contexts)
            offer(words, action_info((enum action)a)->name, start, len);
}

static void offer_contexts(struct buf *words, const char *start, size_t len)
{
    for (int c = 0; c < CONTEXT_COUNT; c++)
        offer(words, action_context_name((enum action_context)c), start, len);
    offer(words, "all", start, len);
}

static void offer_first(const struct ui *u, struct buf *words, const char *start, size_t len)
{
    for (int n = 0; command_info(n); n++)
        offer(words, command_info(n)->name, start, len);
    offer_actions(words, start, len, 1u << (u->reading ? CONTEXT_READER : CONTEXT_LIST));
}

struct name_offer {
    struct buf *words;
    const char *start;
    size_t len;
};

static void offer_tag(void *ctx, const char *name, long articles)
{
    const struct name_offer *o = ctx;

    (void)articles;
    offer(o->words, name, o->start, o->len);
}

static void offer_saved(void *ctx, const char *name, const char *query)
{
    const struct name_offer *o = ctx;

    (void)query;
    offer_name(o->words, name, o->start, o->len);
}

void complete_tag(const struct ui *u, const char *line, size_t at, struct buf *words, size_t *from)
{
    struct name_offer o = {.words = words};

    *from = at;
    while (*from > 0 && !strchr(" +-", line[*from - 1]))
        (*from)--;
    o.start = line + *from;
    o.len = at - *from;
    keep_each_tag(u->corpus, offer_tag, &o);
}

static void offer_names(struct ui *u, struct buf *words, const char *start, size_t len)
{
    struct buf names;

    buf_init(&names);
    folders_names(u, &names);
    for (size_t at = 0; at < names.len; at += strlen(names.data + at) + 1)
        offer_name(words, names.data + at, start, len);
    buf_release(&names);
}

void complete_line(struct ui *u, const char *line, size_t at, struct buf *words, size_t *from)
{
    const char *start;
    char first[16] = "", second[32] = "";
    int number = 0;
    size_t len;

    *from = at;
    while (*from > 0 && line[*from - 1] != ' ')
        (*from)--;
    start = line + *from;
    len = at - *from;
    for (size_t i = 0; i < *from; i++)
        number += line[i] != ' ' && line[i + 1] == ' ';
    sscanf(line, "%15s %31s", first, second);
    if (number == 0)
        offer_first(u, words, start, len);
    else if (strcmp(first, "set") == 0 && number == 1)
        offer_options(words, start, len, any_option);
    else if (strcmp(first, "set") == 0 && number == 2)
        offer_values(second, words, start, len);
    else if ((strcmp(first, "bind") == 0 || strcmp(first, "macro") == 0) && number == 1)
        offer_contexts(words, start, len);
    else if (strcmp(first, "bind") == 0 && number == 3) {
        offer_actions(words, start, len, ~0u);
        offer(words, "none", start, len);
    } else if (strcmp(first, "site") == 0 && number == 2)
        offer_options(words, start, len, sites_takes);
    else if (strcmp(first, "preset") == 0 && number == 1)
        offer_own("keys", words, start, len);
    else if ((strcmp(first, "source") == 0 && number == 1) || (strcmp(first, "export") == 0 && number == 2))
        offer_files(u, words, start, len);
    else if (strcmp(first, "export") == 0 && number == 1) {
        offer(words, "article", start, len);
        offer(words, "notes", start, len);
    } else if (strcmp(first, "tag") == 0)
        complete_tag(u, line, at, words, from);
    else if (strcmp(first, "filter") == 0 && number == 1)
        offer_names(u, words, start, len);
    else if (strcmp(first, "forget") == 0 && number == 1)
        keep_each_query(u->corpus, offer_saved, &(struct name_offer){words, start, len});
    else if (strcmp(first, "color") == 0 && number == 1)
        for (int s = 0; s < STYLE_COUNT; s++)
            offer(words, style_info((enum style)s)->name, start, len);
}
