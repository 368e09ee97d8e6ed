/* SPDX-License-Identifier: ISC */
#include "conf/option.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static const struct option_info options[SET_COUNT] = {
    [SET_ASCII] = {"ascii", OPTION_TYPE_SWITCH, 0, NULL, 0, 0, REDO_PAGE, "show ASCII characters alone"},
    [SET_HYPHENATE] = {"hyphenate", OPTION_TYPE_SWITCH, 0, NULL, 0, 0, REDO_PAGE,
                       "divide words where their language's patterns are installed"},
    [SET_JUSTIFY] = {"justify", OPTION_TYPE_SWITCH, 0, NULL, 0, 0, REDO_PAGE,
                     "spread the lines of a paragraph over the whole measure"},
    [SET_CLIPBOARD] = {"clipboard", OPTION_TYPE_SWITCH, 1, NULL, 0, 0, REDO_NOTHING,
                       "copy to the clipboard of the terminal's user (OSC 52), over any connection"},
    [SET_HYPERLINKS] = {"hyperlinks", OPTION_TYPE_CHOICE, HYPERLINKS_KNOWN, "known|on|off", 0, 0, REDO_LOOKS,
                        "make addresses clickable (OSC 8): on terminals that are known to be able to, on all, on none"},
    [SET_LINKS] = {"links", OPTION_TYPE_SWITCH, 0, NULL, 0, 0, REDO_PAGE, "number the addresses in the text"},
    [SET_LIST_FORMAT] = {"list-format", OPTION_TYPE_TEXT, 0, "%f%D  %S  %T  %t  %c  %r", 0, 0, REDO_LOOKS,
                         "columns of the list: words, and letters behind percent signs"},
    [SET_MARK_READ] = {"mark-read", OPTION_TYPE_CHOICE, MARK_READ_END, "end|open|never", 0, 0, REDO_NOTHING,
                       "when an article counts as read: its end was seen, it was opened, or only by key"},
    [SET_MEASURE] = {"measure", OPTION_TYPE_NUMBER, 72, NULL, 0, 1000, REDO_PAGE,
                     "longest line of text in columns; 0 for as wide as the pane"},
    [SET_MOUSE] = {"mouse", OPTION_TYPE_SWITCH, 0, NULL, 0, 0, REDO_NOTHING,
                   "let the mouse scroll, select and open; the terminal's own selecting then wants Shift"},
    [SET_NAMES] = {"names", OPTION_TYPE_TEXT, 0, "", 0, 0, REDO_PAGE,
                   "the names that you comment under, parted by commas: such comments are marked"},
    [SET_REVERSE] = {"reverse", OPTION_TYPE_SWITCH, 0, NULL, 0, 0, REDO_LIST, "turn the list's order round"},
    [SET_SNIPPETS] = {"snippets", OPTION_TYPE_SWITCH, 0, NULL, 0, 0, REDO_NOTHING,
                      "below each article that a search finds the words around the hits"},
    [SET_SORT] = {"sort", OPTION_TYPE_CHOICE, 0, "date|site|title|length|comments|file|relevance|read|starred",
                  0, 0, REDO_LIST, "order of the list"},
    [SET_SPACE_FLOW] = {"space-flow", OPTION_TYPE_SWITCH, 1, NULL, 0, 0, REDO_NOTHING,
                        "at an article's end, reading on opens the next unread one"},
    [SET_SPARKLINE] = {"sparkline", OPTION_TYPE_SWITCH, 1, NULL, 0, 0, REDO_NOTHING,
                       "above what a search finds a bar for each month"},
    [SET_THEME] = {"theme", OPTION_TYPE_TEXT, 0, "default", 0, 0, REDO_LOOKS, "how styles look: a theme's name"},
    [SET_TITLE] = {"title", OPTION_TYPE_SWITCH, 0, NULL, 0, 0, REDO_NOTHING,
                   "name the terminal's window after the article or the corpus"},
    [SET_WIDE_FROM] = {"wide-from", OPTION_TYPE_NUMBER, 110, NULL, 0, 1000, REDO_PAGE,
                       "columns from which list and article stand side by side; 0 for never"},
};

const struct option_info *option_info(enum option o)
{
    assert((int)o >= 0 && o < SET_COUNT);
    return &options[o];
}

bool option_find(const char *name, enum option *o)
{
    for (int i = 0; i < SET_COUNT; i++)
        if (strcmp(options[i].name, name) == 0) {
            *o = (enum option)i;
            return true;
        }
    return false;
}

void options_init(struct options *o)
{
    memset(o, 0, sizeof *o);
    for (int i = 0; i < SET_COUNT; i++) {
        o->number[i] = options[i].fallback;
        if (options[i].type == OPTION_TYPE_TEXT)
            o->text[i] = mem_strdup(options[i].text);
    }
}

void options_release(struct options *o)
{
    for (int i = 0; i < SET_COUNT; i++)
        free(o->text[i]);
    memset(o, 0, sizeof *o);
}

bool option_choice(enum option o, int n, struct buf *out)
{
    const char *s = options[o].text;

    if (options[o].type != OPTION_TYPE_CHOICE || n < 0)
        return false;
    for (; n > 0; n--) {
        s = strchr(s, '|');
        if (!s)
            return false;
        s++;
    }
    buf_add(out, s, strcspn(s, "|"));
    return true;
}

static bool read_switch(const char *word, int *value)
{
    static const char *const on[] = {"on", "yes", "true", "1"}, *const off[] = {"off", "no", "false", "0"};

    for (int i = 0; i < 4; i++)
        if (strcmp(word, on[i]) == 0 || strcmp(word, off[i]) == 0) {
            *value = strcmp(word, on[i]) == 0;
            return true;
        }
    return false;
}

static bool read_choice(enum option o, const char *word, int *value)
{
    struct buf name;
    bool found = false;

    buf_init(&name);
    for (int n = 0; !found && option_choice(o, n, &name); n++) {
        found = strcmp(name.data, word) == 0;
        *value = n;
        buf_clear(&name);
    }
    buf_release(&name);
    return found;
}

static bool read_number(const struct option_info *info, const char *word, int *value)
{
    char *end;
    long n = strtol(word, &end, 10);

    *value = (int)n;
    return end != word && *end == '\0' && n >= info->least && n <= info->most;
}

static bool set_value(struct options *o, enum option which, const char *word, struct err *e)
{
    const struct option_info *info = &options[which];
    int value = 0;

    switch (info->type) {
    case OPTION_TYPE_SWITCH:
        if (!read_switch(word, &value))
            return err_set(e, ERR_USAGE, "'%s' is on or off, not '%s'", info->name, word);
        break;
    case OPTION_TYPE_NUMBER:
        if (!read_number(info, word, &value))
            return err_set(e, ERR_USAGE, "'%s' takes a number from %d to %d, not '%s'", info->name, info->least,
                           info->most, word);
        break;
    case OPTION_TYPE_CHOICE:
        if (!read_choice(which, word, &value))
            return err_set(e, ERR_USAGE, "'%s' is one of %s, not '%s'", info->name, info->text, word);
        break;
    case OPTION_TYPE_TEXT:
        free(o->text[which]);
        o->text[which] = mem_strdup(word);
        break;
    }
    o->number[which] = value;
    return true;
}

/* The option that name names: as it is, as noNAME, or as NAME!. */
static bool find_said(const char *name, enum option *o, bool *off, bool *turn)
{
    size_t len = strlen(name);
    char *bare;
    bool found;

    *off = strncmp(name, "no", 2) == 0 && option_find(name + 2, o);
    *turn = false;
    if (*off || option_find(name, o))
        return true;
    if (len == 0 || name[len - 1] != '!')
        return false;
    bare = mem_strndup(name, len - 1);
    *turn = found = option_find(bare, o);
    free(bare);
    return found;
}

bool options_set(struct options *o, int count, char *const *word, enum option *changed, struct err *e)
{
    bool off, turn;

    if (count < 2)
        return err_set(e, ERR_USAGE, "'set' wants the name of an option");
    if (!find_said(word[1], changed, &off, &turn))
        return err_set(e, ERR_USAGE, "there is no option '%s'", word[1]);
    if (count > 3 || ((off || turn) && count > 2))
        return err_set(e, ERR_USAGE, "too many words behind 'set %s'", word[1]);
    if (count == 3)
        return set_value(o, *changed, word[2], e);
    if (options[*changed].type != OPTION_TYPE_SWITCH)
        return err_set(e, ERR_USAGE, "'%s' wants a value", options[*changed].name);
    o->number[*changed] = turn ? !o->number[*changed] : !off;
    return true;
}

/* Adds a word as conf/config reads it, in quotes where it needs them. */
static void add_word(struct buf *out, const char *word)
{
    if (*word && !strpbrk(word, " \t\r#'\"")) {
        buf_add_str(out, word);
    } else if (!strchr(word, '\'')) {
        buf_add_fmt(out, "'%s'", word);
    } else {
        buf_add_char(out, '"');
        for (; *word; word++)
            buf_add_fmt(out, *word == '"' || *word == '\\' ? "\\%c" : "%c", *word);
        buf_add_char(out, '"');
    }
}

void options_add(const struct options *o, enum option which, struct buf *out)
{
    const struct option_info *info = &options[which];

    buf_add_fmt(out, "%s ", info->name);
    switch (info->type) {
    case OPTION_TYPE_SWITCH:
        buf_add_str(out, o->number[which] ? "on" : "off");
        break;
    case OPTION_TYPE_NUMBER:
        buf_add_fmt(out, "%d", o->number[which]);
        break;
    case OPTION_TYPE_CHOICE:
        option_choice(which, o->number[which], out);
        break;
    case OPTION_TYPE_TEXT:
        add_word(out, o->text[which]);
        break;
    }
}
