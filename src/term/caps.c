/* SPDX-License-Identifier: ISC */
#include "term/caps.h"

#include <curses.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <term.h>
#include <unistd.h>

#include "base/mem.h"
#include "conf/key.h"

static const char *const cap_names[CAP_COUNT] = {
    [CAP_MOVE] = "cup",
    [CAP_COLUMN] = "hpa",
    [CAP_RIGHT] = "cuf",
    [CAP_UP] = "cuu1",
    [CAP_CLEAR] = "clear",
    [CAP_CLEAR_LINE] = "el",
    [CAP_REGION] = "csr",
    [CAP_SCROLL_UP] = "ind",
    [CAP_SCROLL_DOWN] = "ri",
    [CAP_SCROLL_UP_N] = "indn",
    [CAP_SCROLL_DOWN_N] = "rin",
    [CAP_PLAIN] = "sgr0",
    [CAP_BOLD] = "bold",
    [CAP_DIM] = "dim",
    [CAP_ITALIC] = "sitm",
    [CAP_UNDERLINE] = "smul",
    [CAP_REVERSE] = "rev",
    [CAP_FOREGROUND] = "setaf",
    [CAP_BACKGROUND] = "setab",
    [CAP_ENTER] = "smcup",
    [CAP_LEAVE] = "rmcup",
    [CAP_KEYPAD] = "smkx",
    [CAP_NO_KEYPAD] = "rmkx",
    [CAP_SHOW_CURSOR] = "cnorm",
    [CAP_HIDE_CURSOR] = "civis",
    [CAP_PASTE] = "BE",
    [CAP_NO_PASTE] = "BD",
    [CAP_SYNC] = "Sync",
    [CAP_CLIPBOARD] = "Ms",
    [CAP_MOUSE] = "",
    [CAP_NO_MOUSE] = "",
};

static const struct {
    unsigned attr;
    enum cap cap;
} attributes[] = {
    {STYLE_BOLD, CAP_BOLD},           {STYLE_DIM, CAP_DIM},         {STYLE_ITALIC, CAP_ITALIC},
    {STYLE_UNDERLINE, CAP_UNDERLINE}, {STYLE_REVERSE, CAP_REVERSE},
};

/* What terminfo does not say, by the beginning of the terminal type, and where that is xterm's, by what terminals
 * of its kind put into the environment: nothing is asked of the terminal itself. */
enum { KNOWN_SYNC = 1, KNOWN_LINKS = 2 };

static const struct {
    const char *type;     /* NULL for any that begins with xterm */
    const char *variable; /* NULL for none; set to `value`, or to anything where that is NULL */
    const char *value;
    unsigned can;
} known[] = {
    {"xterm-kitty", NULL, NULL, KNOWN_SYNC | KNOWN_LINKS},
    {"xterm-ghostty", NULL, NULL, KNOWN_SYNC | KNOWN_LINKS},
    {"ghostty", NULL, NULL, KNOWN_SYNC | KNOWN_LINKS},
    {"foot", NULL, NULL, KNOWN_SYNC | KNOWN_LINKS},
    {"alacritty", NULL, NULL, KNOWN_SYNC | KNOWN_LINKS},
    {"wezterm", NULL, NULL, KNOWN_SYNC | KNOWN_LINKS},
    {"contour", NULL, NULL, KNOWN_SYNC | KNOWN_LINKS},
    {"mintty", NULL, NULL, KNOWN_SYNC | KNOWN_LINKS},
    {"tmux", NULL, NULL, KNOWN_LINKS},
    {"vte", NULL, NULL, KNOWN_LINKS},
    {"gnome", NULL, NULL, KNOWN_LINKS},
    {"konsole", NULL, NULL, KNOWN_LINKS},
    {NULL, "VTE_VERSION", NULL, KNOWN_LINKS},
    {NULL, "KONSOLE_VERSION", NULL, KNOWN_LINKS},
    {NULL, "WT_SESSION", NULL, KNOWN_LINKS},
    {NULL, "TERM_PROGRAM", "iTerm.app", KNOWN_SYNC | KNOWN_LINKS},
    {NULL, "TERM_PROGRAM", "WezTerm", KNOWN_SYNC | KNOWN_LINKS},
    {NULL, "TERM_PROGRAM", "ghostty", KNOWN_SYNC | KNOWN_LINKS},
    {NULL, "TERM_PROGRAM", "vscode", KNOWN_LINKS},
};

static const struct {
    const char *cap;
    uint32_t key;
} key_names[] = {
    {"kcuu1", KEY_ARROW_UP},
    {"kcud1", KEY_ARROW_DOWN},
    {"kcub1", KEY_ARROW_LEFT},
    {"kcuf1", KEY_ARROW_RIGHT},
    {"kpp", KEY_PAGE_UP},
    {"knp", KEY_PAGE_DOWN},
    {"khome", KEY_GO_HOME},
    {"kend", KEY_GO_END},
    {"kich1", KEY_INSERT},
    {"kdch1", KEY_DELETE},
    {"kcbt", KEY_BACK_TAB},
    {"kbs", KEY_RUBOUT},
    {"kent", KEY_RETURN},
    {"kf1", KEY_FUNCTION + 1},
    {"kf2", KEY_FUNCTION + 2},
    {"kf3", KEY_FUNCTION + 3},
    {"kf4", KEY_FUNCTION + 4},
    {"kf5", KEY_FUNCTION + 5},
    {"kf6", KEY_FUNCTION + 6},
    {"kf7", KEY_FUNCTION + 7},
    {"kf8", KEY_FUNCTION + 8},
    {"kf9", KEY_FUNCTION + 9},
    {"kf10", KEY_FUNCTION + 10},
    {"kf11", KEY_FUNCTION + 11},
    {"kf12", KEY_FUNCTION + 12},
};

/* What terminfo says under a name, NULL where it says nothing. */
static const char *told(const char *name)
{
    const char *s = tigetstr(name);

    return s == (const char *)-1 ? NULL : s;
}

/* The capability without its padding ("$<5>", meant for terminals on slow lines without flow control), NULL
 * where the terminal lacks it. */
static char *read_cap(const char *name)
{
    const char *s = told(name);
    char *copy, *to;

    if (!s || !*s)
        return NULL;
    copy = to = mem_strdup(s);
    for (const char *from = copy; *from;) {
        const char *end = from[0] == '$' && from[1] == '<' ? strchr(from, '>') : NULL;

        if (end)
            from = end + 1;
        else
            *to++ = *from++;
    }
    *to = '\0';
    return copy;
}

/* We never change the character set, so its reset is bytes for nothing at every change of style. */
static void cut(char *s, const char *what)
{
    char *at = s ? strstr(s, what) : NULL;
    size_t len = strlen(what);

    if (at)
        memmove(at, at + len, strlen(at + len) + 1);
}

static unsigned known_of(const char *type)
{
    unsigned can = 0;

    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        const char *begins = known[i].type ? known[i].type : "xterm";
        const char *value = known[i].variable ? getenv(known[i].variable) : NULL;

        if (strncmp(type, begins, strlen(begins)) != 0)
            continue;
        if (!known[i].variable || (value && (known[i].value ? strcmp(value, known[i].value) == 0 : *value != '\0')))
            can |= known[i].can;
    }
    return can;
}

/* Terminals that have a mouse send its reports with the prefix that they name, or say how to turn them on. */
static bool reports_mouse(void)
{
    const char *reports = told("kmous");

    return (reports && strncmp(reports, "\033[", 2) == 0) || told("XM");
}

static void read_known(struct caps *c, const char *type)
{
    unsigned can = known_of(type);

    if (reports_mouse()) {
        c->text[CAP_MOUSE] = mem_strdup("\033[?1002h\033[?1006h");
        c->text[CAP_NO_MOUSE] = mem_strdup("\033[?1006l\033[?1002l");
    }
    if ((can & KNOWN_SYNC) && !c->text[CAP_SYNC])
        c->text[CAP_SYNC] = mem_strdup("\033[?2026%?%p1%{1}%=%th%el%;");
    c->links = (can & KNOWN_LINKS) != 0;
}

static void read_keys(struct caps *c)
{
    for (size_t i = 0; i < sizeof key_names / sizeof key_names[0]; i++) {
        char *bytes = read_cap(key_names[i].cap);

        if (bytes && c->key_count < CAPS_KEYS)
            c->keys[c->key_count++] = (struct caps_key){bytes, key_names[i].key};
        else
            free(bytes);
    }
}

/* terminfo says that it does not know the type where it could open no file. */
static bool can_open(const char *type, struct err *e)
{
    int fd = open("/dev/null", O_RDONLY | O_CLOEXEC);

    if (fd < 0)
        return err_sys(e, "cannot look up the terminal type '%s'", type);
    close(fd);
    return true;
}

bool caps_init(struct caps *c, const char *type, struct err *e)
{
    int found = 0;

    memset(c, 0, sizeof *c);
    if (!type || !*type)
        return err_set(e, ERR_USAGE, "no terminal type is set: set TERM to your terminal's name");
    if (setupterm(type, STDOUT_FILENO, &found) != OK)
        return can_open(type, e) &&
               err_set(e, ERR_USAGE,
                       found < 0 ? "no terminfo database was found for terminal type '%s'"
                                 : "terminal type '%s' is unknown: set TERM to one that this machine knows",
                       type);
    for (int i = 0; i < CAP_COUNT; i++)
        c->text[i] = *cap_names[i] ? read_cap(cap_names[i]) : NULL;
    read_known(c, type);
    cut(c->text[CAP_PLAIN], "\033(B");
    cut(c->text[CAP_PLAIN], "\017");
    c->margin_wraps = tigetflag("am") > 0 && tigetflag("xenl") <= 0;
    c->titles = tigetflag("XT") > 0;
    c->colors = tigetnum("colors") > 0 ? tigetnum("colors") : 0;
    read_keys(c);
    if (!c->text[CAP_MOVE] || !c->text[CAP_CLEAR]) {
        caps_release(c);
        return err_set(e, ERR_USAGE, "terminal type '%s' cannot move its cursor: the screen needs another TERM", type);
    }
    return true;
}

void caps_release(struct caps *c)
{
    for (int i = 0; i < CAP_COUNT; i++)
        free(c->text[i]);
    for (int i = 0; i < c->key_count; i++)
        free(c->keys[i].bytes);
    memset(c, 0, sizeof *c);
    if (cur_term)
        del_curterm(cur_term);
}

void caps_add(const struct caps *c, enum cap cap, int a, int b, struct buf *out)
{
    const char *s = c->text[cap];

    if (!s)
        return;
    if (strchr(s, '%'))
        s = tiparm(s, a, b);
    if (s)
        buf_add_str(out, s);
}

unsigned caps_attributes(const struct caps *c)
{
    unsigned has = 0;

    for (size_t i = 0; i < sizeof attributes / sizeof attributes[0]; i++)
        if (c->text[attributes[i].cap])
            has |= attributes[i].attr;
    return has;
}

void caps_add_attributes(const struct caps *c, unsigned attr, struct buf *out)
{
    for (size_t i = 0; i < sizeof attributes / sizeof attributes[0]; i++)
        if (attr & attributes[i].attr)
            caps_add(c, attributes[i].cap, 0, 0, out);
}

void caps_add_clipboard(const struct caps *c, const char *base64, struct buf *out)
{
    const char *s = c->text[CAP_CLIPBOARD] ? tiparm(c->text[CAP_CLIPBOARD], "c", base64) : NULL;

    if (s)
        buf_add_str(out, s);
}
