/* SPDX-License-Identifier: ISC */
#include "ui/command.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/door.h"
#include "base/mem.h"
#include "base/path.h"
#include "conf/config.h"
#include "corpus/export.h"
#include "corpus/keep.h"
#include "doc/markdown.h"
#include "store/query.h"
#include "ui/folders.h"
#include "ui/gathering.h"
#include "ui/macro.h"
#include "ui/sites.h"

typedef bool command_fn(struct ui *u, int count, char *const *word, struct err *e);

static void keep_first(void *ctx, const char *text)
{
    struct ui *u = ctx;
    const char *home = getenv("HOME");
    size_t len = home ? strlen(home) : 0;

    if (u->message.len > 0) {
        u->faults++;
        return;
    }
    if (len > 1 && strncmp(text, home, len) == 0 && text[len] == '/')
        ui_complain(u, "~%s", text + len);
    else
        ui_complain(u, "%s", text);
}

/* How many faults there were beside the one that is told. */
static void tell_further(struct ui *u)
{
    if (u->faults > 0)
        buf_add_fmt(&u->message, " +%d more", u->faults);
    u->faults = 0;
}

/* Says what an option is where "NAME?" asks for it, or a name alone that wants a value. */
static bool tell_option(struct ui *u, const char *said)
{
    size_t len = strlen(said);
    bool asked = len > 1 && said[len - 1] == '?';
    char *name = mem_strndup(said, asked ? len - 1 : len);
    enum option o;
    bool told = option_find(name, &o) && (asked || option_info(o)->type != OPTION_TYPE_SWITCH);
    struct buf b;

    buf_init(&b);
    if (told) {
        options_add(&u->set, o, &b);
        ui_say(u, "%s", b.data);
    }
    buf_release(&b);
    free(name);
    return told;
}

static bool do_set_line(struct ui *u, int count, char *const *word, struct err *e)
{
    enum option changed;
    struct err wrong = ERR_INIT;

    if (u->screen && count == 2 && tell_option(u, word[1]))
        return true;
    if (count == 3 && strcmp(word[1], option_info(SET_LIST_FORMAT)->name) == 0 &&
        !row_format_read(word[2], &u->format, e))
        return false;
    if (count == 3 && strcmp(word[1], option_info(SET_THEME)->name) == 0 &&
        !theme_read(&u->theme, word[2], keep_first, u, e))
        return false;
    if (!options_set(&u->set, count, word, &changed, e))
        return false;
    if (!u->screen)
        return true;
    command_apply(u);
    if (option_info(changed)->redo == REDO_LIST &&
        !list_open(&u->list, u->list.query, (enum corpus_order)u->set.number[SET_SORT],
                   u->set.number[SET_REVERSE] != 0, &wrong))
        return err_set(e, wrong.status, "%s", wrong.text);
    if (option_info(changed)->redo == REDO_PAGE)
        reader_again(&u->reader);
    return true;
}

static bool no_place(const char *name, struct err *e)
{
    struct buf places;

    buf_init(&places);
    for (int c = 0; c < CONTEXT_COUNT; c++)
        buf_add_fmt(&places, "%s, ", action_context_name((enum action_context)c));
    err_set(e, ERR_USAGE, "'%s' is no place for keys: %sor all", name, places.data);
    buf_release(&places);
    return false;
}

bool command_places(const char *word, unsigned everywhere, unsigned *places, struct err *e)
{
    char *names = mem_strdup(word), *next = names, *name;
    enum action_context c;
    bool good = true;

    *places = 0;
    while (good && (name = next)) {
        next = strchr(name, ',');
        if (next)
            *next++ = '\0';
        if (strcmp(name, "all") == 0)
            *places |= everywhere;
        else if (action_context_find(name, &c))
            *places |= 1u << c;
        else
            good = no_place(name, e);
    }
    free(names);
    return good;
}

static bool do_bind_line(struct ui *u, int count, char *const *word, struct err *e)
{
    enum action a = ACTION_NONE;
    unsigned places;

    if (count != 4)
        return err_set(e, ERR_USAGE, "'bind' wants a place, keys and an action");
    if (strcmp(word[3], "none") != 0 && !action_find(word[3], &a))
        return err_set(e, ERR_USAGE, "there is no action '%s'", word[3]);
    if (!command_places(word[1], a == ACTION_NONE ? PLACES_OF_VIEWS : action_info(a)->contexts, &places, e))
        return false;
    for (int c = 0; c < CONTEXT_COUNT; c++)
        if (places & 1u << c && !keymap_bind(u->keymap, (enum action_context)c, word[2], a, e))
            return false;
    return true;
}

static bool run_line(void *ctx, int count, char *const *word, struct err *e);

/* Keys as another program has them: a file of `bind` lines in the program's data. */
static bool do_preset_line(struct ui *u, int count, char *const *word, struct err *e)
{
    struct buf name;
    char *path;
    bool good;

    if (count != 2 || strchr(word[1], '/') || word[1][0] == '.')
        return err_set(e, ERR_USAGE, "'preset' wants a name: less, mutt, newsboat or vi");
    buf_init(&name);
    buf_add_fmt(&name, "keys/%s", word[1]);
    path = path_program_data(name.data);
    good = access(path, R_OK) == 0;
    if (good)
        config_read(path, false, run_line, keep_first, u);
    free(path);
    buf_release(&name);
    return good || err_set(e, ERR_USAGE, "there are no keys '%s': less, mutt, newsboat or vi", word[1]);
}

static bool do_color_line(struct ui *u, int count, char *const *word, struct err *e)
{
    if (!theme_color(&u->theme, count, word, e))
        return false;
    if (u->screen)
        command_apply(u);
    return true;
}

/* Names must be known before anything is read: cmd/ has done this line when the screen comes up. */
static bool do_field_line(struct ui *u, int count, char *const *word, struct err *e)
{
    (void)count;
    (void)word;
    if (u->screen)
        return err_set(e, ERR_USAGE, "'field' works in the configuration file alone");
    return true;
}

char *command_path(const char *path)
{
    const char *home = getenv("HOME");

    return home && strncmp(path, "~/", 2) == 0 ? path_join(home, path + 2) : mem_strdup(path);
}

/* Writes a new file: one that is there is not overwritten. */
static bool write_file(const char *path, const struct buf *words, struct err *e)
{
    struct buf safe;
    FILE *f = fopen(path, "wx");
    bool good;

    if (!f)
        return err_sys(e, "cannot make '%s'", path);
    buf_init(&safe);
    door_add(&safe, words->data, words->len, DOOR_KEEP_ENDS);
    good = fwrite(safe.data, 1, safe.len, f) == safe.len;
    good = fclose(f) == 0 && good;
    buf_release(&safe);
    return good || err_sys(e, "cannot write '%s'", path);
}

static bool do_export_line(struct ui *u, int count, char *const *word, struct err *e)
{
    bool notes = count == 3 && strcmp(word[1], "notes") == 0, article = count == 3 && strcmp(word[1], "article") == 0;
    struct buf words;
    char *path;
    long many = 1;
    bool good = true;

    if (!notes && !article)
        return err_set(e, ERR_USAGE, "'export' wants 'notes' or 'article', and a file");
    if (u->options->restricted)
        return err_set(e, ERR_USAGE, "nothing is exported in the restricted mode");
    if (!u->screen || (article && !u->reader.id))
        return err_set(e, ERR_USAGE, "no article is open");
    buf_init(&words);
    if (notes)
        good = export_notes(u->corpus, EXPORT_MARKDOWN, &words, &many, e);
    else
        markdown_add_article(&words, &u->reader.article);
    if (good && many == 0)
        good = err_set(e, ERR_NOMATCH, "there are no notes on articles of this corpus");
    path = command_path(word[2]);
    good = good && write_file(path, &words, e);
    if (good)
        ui_say(u, "wrote '%s'", path);
    free(path);
    buf_release(&words);
    return good;
}

static bool do_filter_line(struct ui *u, int count, char *const *word, struct err *e)
{
    struct query *q;

    if (count == 2 && u->screen)
        return folders_open(u, word[1], e);
    if (count != 3)
        return err_set(e, ERR_USAGE, "'filter' wants a name and a query");
    q = query_parse(word[2], e);
    if (!q)
        return false;
    query_free(&q);
    folders_set(&u->folders, word[1], word[2]);
    return true;
}

static bool do_save_line(struct ui *u, int count, char *const *word, struct err *e)
{
    const char *query = count == 3 ? word[2] : u->list.query;
    struct query *q;

    if (!u->screen)
        return err_set(e, ERR_USAGE, "'save' works on the screen alone; 'filter' works here");
    if (count != 2 && count != 3)
        return err_set(e, ERR_USAGE, "'save' wants a name, and a query where it is not to be the list's");
    if (!query)
        return err_set(e, ERR_USAGE, "the list shows all articles: there is no query to save");
    q = query_parse(query, e);
    if (!q)
        return false;
    query_free(&q);
    if (!keep_query(u->corpus, word[1], query, e))
        return false;
    if (u->screen)
        ui_say(u, "saved as '%s': %s", word[1], query);
    return true;
}

static bool do_forget_line(struct ui *u, int count, char *const *word, struct err *e)
{
    if (count != 2 || !u->screen)
        return err_set(e, ERR_USAGE, "'forget' works on the screen and wants the name of a saved search");
    return folders_forget(u, word[1], e);
}

/* In the configuration conf/config does it itself: this one is typed. */
static bool do_source_line(struct ui *u, int count, char *const *word, struct err *e)
{
    char *path;

    if (count != 2)
        return err_set(e, ERR_USAGE, "'source' wants a file");
    path = command_path(word[1]);
    config_read(path, false, run_line, keep_first, u);
    tell_further(u);
    free(path);
    return true;
}

static bool do_tag_line(struct ui *u, int count, char *const *word, struct err *e)
{
    struct buf line;

    if (!u->screen || !ui_article(u))
        return err_set(e, ERR_USAGE, "'tag' wants an article");
    buf_init(&line);
    for (int i = 1; i < count; i++)
        buf_add_fmt(&line, "%s ", word[i]);
    gathering_tag(u, line.data);
    buf_release(&line);
    return true;
}

static const struct {
    struct command_info info;
    command_fn *run;
} commands[] = {
    {{"bind", "bind PLACE KEYS ACTION",
      "let keys do an action in list, reader, thread, select, menu, help, prompt, repair or all"},
     do_bind_line},
    {{"color", "color STYLE [ATTRIBUTE]... [COLOR] [on COLOR]", "how a style looks"}, do_color_line},
    {{"export", "export notes|article FILE", "write the corpus' notes, or the open article, as Markdown to a new file"},
     do_export_line},
    {{"field", "field FIELD NAME...", "what text, title, authors, date or another field is called in JSON"},
     do_field_line},
    {{"filter", "filter NAME [QUERY]", "give a query a name among the folders; on the screen, without one: show it"},
     do_filter_line},
    {{"forget", "forget NAME", "forget a saved search"}, do_forget_line},
    {{"macro", "macro PLACE KEYS STEP...", "let keys do actions and commands one after the other"}, macro_line},
    {{"preset", "preset NAME", "keys as less, mutt, newsboat or vi has them"}, do_preset_line},
    {{"save", "save NAME [QUERY]", "save a query, or that of the list, among the folders of every corpus"},
     do_save_line},
    {{"set", "set OPTION VALUE",
      "set an option; for a switch OPTION, noOPTION or OPTION! (turned over); OPTION?: say it"},
     do_set_line},
    {{"site", "site NAME OPTION VALUE", "an option of the page (measure, hyphenate, justify, links) for one site"},
     sites_line},
    {{"source", "source FILE", "do the lines of a file"}, do_source_line},
    {{"tag", "tag [-]NAME...", "put tags on the article, or take them off"}, do_tag_line},
};

enum { COMMANDS = sizeof commands / sizeof commands[0] };

const struct command_info *command_info(int n)
{
    return n >= 0 && n < COMMANDS ? &commands[n].info : NULL;
}

static bool run_line(void *ctx, int count, char *const *word, struct err *e)
{
    for (int i = 0; i < COMMANDS; i++)
        if (strcmp(commands[i].info.name, word[0]) == 0)
            return commands[i].run(ctx, count, word, e);
    return err_set(e, ERR_USAGE, "there is no command '%s'", word[0]);
}

/* A line that is an action's name, after a count perhaps, or a number alone: "12", "3 line-down", "q". */
static bool run_action(struct ui *u, const char *line)
{
    long count = 0;
    enum action a;

    while (isdigit((unsigned char)*line) && count < 100000000)
        count = count * 10 + (*line++ - '0');
    while (*line == ' ')
        line++;
    if (*line == '\0' && count > 0)
        a = ACTION_first;
    else if (!action_find(line, &a) && strcmp(line, "q") != 0)
        return false;
    else if (strcmp(line, "q") == 0)
        a = ACTION_quit_all;
    if (a == ACTION_quit_all || ui_works(u, a))
        ui_act(u, a, count);
    return true;
}

bool command_is(const char *line)
{
    char first[32] = "";
    enum action a;

    while (isdigit((unsigned char)*line) || *line == ' ')
        line++;
    sscanf(line, "%31s", first);
    for (int i = 0; i < COMMANDS; i++)
        if (strcmp(commands[i].info.name, first) == 0 && strchr(line, ' '))
            return true;
    return action_find(line, &a);
}

void command_do(struct ui *u, const char *line)
{
    struct err e = ERR_INIT;

    while (*line == ' ')
        line++;
    if (!*line || run_action(u, line))
        return;
    if (!config_do(line, run_line, u, &e))
        ui_complain(u, "%s", e.text);
}

void command_configure(struct ui *u)
{
    char *path = config_path();
    struct err e = ERR_INIT;

    if (!theme_read(&u->theme, u->set.text[SET_THEME], keep_first, u, &e))
        theme_init(&u->theme);
    config_read(path, true, run_line, keep_first, u);
    tell_further(u);
    free(path);
}

static void set_looks(struct ui *u)
{
    int colors = term_facts(u->term)->colors;

    for (int s = 0; s < STYLE_COUNT; s++) {
        const struct theme_look *look = &u->theme.look[s];

        term_set_look(u->term, (enum style)s, look->attr, theme_fit(look->foreground, colors),
                      theme_fit(look->background, colors));
    }
}

void command_apply(struct ui *u)
{
    bool ascii = u->set.number[SET_ASCII] || term_facts(u->term)->ascii;

    if (ascii != u->ascii)
        u->detail_columns = u->spark_columns = 0; /* what was written for the screen is written anew */
    u->ascii = ascii;
    sites_apply(u, u->reader.id ? u->reader.article.site : NULL);
    u->reader.own_names = u->set.text[SET_NAMES];
    term_set_mouse(u->term, u->set.number[SET_MOUSE] != 0);
    u->hyperlinks = u->set.number[SET_HYPERLINKS] == HYPERLINKS_ON ||
                    (u->set.number[SET_HYPERLINKS] == HYPERLINKS_KNOWN && term_facts(u->term)->links);
    set_looks(u);
}
