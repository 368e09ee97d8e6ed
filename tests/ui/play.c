/* SPDX-License-Identifier: ISC */
/*
 * Plays the scripts in tests/ui/scripts against the program, each a test: `play [SCRIPT]...`.
 *
 * A script is lines; # begins a comment. Before the start:
 *   size COLUMNS ROWS      env NAME=VALUE       arg WORD (%S is the source folder, %H the home folder)
 *   file NAME              the lines that follow, up to one that is a single dot, are written to %H/NAME
 * Then (the first of these starts the program):
 *   start                  starts it (again), in the same home
 *   key KEY...             keys in the notation of `bind`, parted by blanks
 *   type TEXT              the rest of the line, byte for byte (\e, \r, \xHH are understood)
 *   flood COUNT KEY        so many of a key in one write
 *   resize COLUMNS ROWS
 *   expect ROW|any TEXT    TEXT stands in the row (from 0; negative from below), or somewhere
 *   absent TEXT            TEXT stands nowhere
 *   style TEXT LOOKS       the first TEXT on the screen looks so: plain, bold, underline, italic, reverse
 *   cursor ROW|TEXT [COL]  the cursor is there; TEXT: in the row where it stands
 *   screen NAME            the screen is that of tests/ui/golden/NAME (made anew where ACCEPT=NAME is set)
 *   bytes MOST             the last key cost no more bytes than that
 *   raw-absent TEXT        these bytes never went to the terminal; raw TEXT: they did
 *   signal NAME, hangup    TERM, HUP, KILL, ...; the terminal goes away
 *   ends STATUS            the program ends so, and gives the terminal back
 *   error TEXT             it said TEXT on standard error
 * TEXT with blanks stands in double quotes. What is expected may come a moment late (news of the corpus, the
 * picture of another size), and what must not be there may go a moment late; bytes are looked at at once.
 */
#include <ctype.h>
#include <dirent.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/path.h"
#include "base/unicode.h"
#include "conf/key.h"
#include "screen.h"
#include "ui/action.h"

enum { WORDS = 16 };

struct play {
    struct screen_drive drive;
    const char *name;
    int line;
    bool started;
    bool failed;
    struct buf why;
};

__attribute__((format(printf, 2, 3))) static void fault(struct play *p, const char *format, ...)
{
    struct buf picture;
    va_list args;

    if (p->failed)
        return;
    p->failed = true;
    buf_init(&picture);
    screen_drive_picture(&p->drive, &picture);
    buf_add_fmt(&p->why, "%s:%d: ", p->name, p->line);
    va_start(args, format);
    buf_add_vfmt(&p->why, format, args);
    va_end(args);
    buf_add_fmt(&p->why, "\n%s", picture.data);
    buf_release(&picture);
}

/* ---- words ---- */

/* Undoes \e, \r, \n, \\ and \xHH in place; the new length. */
static size_t unescape(char *s)
{
    char *from = s, *to = s;

    while (*from) {
        if (from[0] != '\\' || !from[1]) {
            *to++ = *from++;
            continue;
        }
        if (from[1] == 'x' && isxdigit((unsigned char)from[2]) && isxdigit((unsigned char)from[3])) {
            char hex[3] = {from[2], from[3], 0};

            *to++ = (char)strtol(hex, NULL, 16);
            from += 4;
            continue;
        }
        *to++ = from[1] == 'e' ? '\033' : from[1] == 'r' ? '\r' : from[1] == 'n' ? '\n' : from[1];
        from += 2;
    }
    *to = '\0';
    return (size_t)(to - s);
}

static int split(char *line, char **words)
{
    int count = 0;

    while (count < WORDS && *(line += strspn(line, " \t"))) {
        if (*line == '"') {
            words[count++] = ++line;
            line += strcspn(line, "\"");
        } else {
            words[count++] = line;
            line += strcspn(line, " \t");
        }
        if (*line)
            *line++ = '\0';
    }
    return count;
}

static void add_expanded(struct play *p, struct buf *out, const char *word)
{
    for (; *word; word++) {
        if (word[0] == '%' && (word[1] == 'S' || word[1] == 'H')) {
            buf_add_str(out, word[1] == 'S' ? getenv("SRCDIR") : p->drive.home);
            word++;
        } else
            buf_add_char(out, *word);
    }
    buf_add_char(out, '\0');
}

static int number(const char *word)
{
    return (int)strtol(word, NULL, 10);
}

/* ---- keys ---- */

static const struct {
    uint32_t key;
    const char *bytes;
} named[] = {{KEY_ARROW_UP, "\033OA"},   {KEY_ARROW_DOWN, "\033OB"}, {KEY_ARROW_RIGHT, "\033OC"},
             {KEY_ARROW_LEFT, "\033OD"}, {KEY_PAGE_UP, "\033[5~"},   {KEY_PAGE_DOWN, "\033[6~"},
             {KEY_GO_HOME, "\033OH"},    {KEY_GO_END, "\033OF"},     {KEY_DELETE, "\033[3~"},
             {KEY_INSERT, "\033[2~"},    {KEY_BACK_TAB, "\033[Z"},   {KEY_FUNCTION + 1, "\033OP"}};

static void add_key(struct buf *out, uint32_t key)
{
    if (key & KEY_ALT)
        buf_add_char(out, '\033');
    key &= ~(uint32_t)KEY_ALT;
    for (size_t i = 0; i < sizeof named / sizeof named[0]; i++)
        if (named[i].key == key) {
            buf_add_str(out, named[i].bytes);
            return;
        }
    buf_add_cp(out, key);
}

static void press(struct play *p, const char *notation, int times)
{
    struct key_sequence s;
    struct buf bytes;

    if (!key_parse(notation, &s)) {
        fault(p, "'%s' is no key", notation);
        return;
    }
    buf_init(&bytes);
    for (int t = 0; t < times; t++)
        for (int k = 0; k < s.count; k++) {
            add_key(&bytes, s.key[k]);
            if (times == 1) {
                screen_drive_send(&p->drive, bytes.data, bytes.len);
                buf_clear(&bytes);
            }
        }
    if (bytes.len)
        screen_drive_send(&p->drive, bytes.data, bytes.len);
    buf_release(&bytes);
}

/* ---- what is expected ---- */

static int find_text(const struct play *p, int row, const char *text, int *column)
{
    const struct screen_drive *d = &p->drive;

    for (int r = row < 0 ? 0 : row; r < (row < 0 ? d->rows : row + 1) && r < d->rows; r++) {
        struct buf b;
        const char *at;

        buf_init(&b);
        screen_drive_row(d, r, &b);
        at = strstr(b.data, text);
        if (at)
            *column = unicode_columns(b.data, (size_t)(at - b.data));
        buf_release(&b);
        if (at)
            return r;
    }
    return -1;
}

static bool has_look(const struct play *p, int row, int column, int columns, const char *look)
{
    static const struct {
        const char *name, *letters;
    } looks[] = {{"plain", "."}, {"bold", "bBU"}, {"underline", "uU"}, {"italic", "i"}, {"reverse", "rB"}};
    struct buf b;
    bool good = true;

    buf_init(&b);
    screen_drive_looks(&p->drive, row, &b);
    for (size_t i = 0; i < sizeof looks / sizeof looks[0]; i++)
        if (strcmp(looks[i].name, look) == 0)
            for (int c = column; c < column + columns; c++)
                good &= b.data[c] == ' ' || strchr(looks[i].letters, b.data[c]) != NULL;
    buf_release(&b);
    return good;
}

static bool cursor_is(const struct play *p, int count, char **word)
{
    VTermPos at;
    int row, column = 0;

    vterm_state_get_cursorpos(vterm_obtain_state(p->drive.vt), &at);
    if (isdigit((unsigned char)word[1][0]) || word[1][0] == '-') {
        row = number(word[1]);
        row = row < 0 ? p->drive.rows + row : row;
    } else
        row = find_text(p, -1, word[1], &column);
    return at.row == row && (count < 3 || at.col == number(word[2]));
}

/* Whether the expectation holds now; *said becomes true where the line is one. */
static bool holds(struct play *p, int count, char **word, bool *said)
{
    int column = 0, row;

    *said = true;
    if (strcmp(word[0], "expect") == 0 && count == 3) {
        row = strcmp(word[1], "any") == 0 ? -1 : number(word[1]);
        row = word[1][0] == '-' ? p->drive.rows + row : row;
        return find_text(p, row, word[2], &column) >= 0;
    }
    if (strcmp(word[0], "absent") == 0 && count == 2)
        return find_text(p, -1, word[1], &column) < 0;
    if (strcmp(word[0], "style") == 0 && count >= 3) {
        bool good = (row = find_text(p, -1, word[1], &column)) >= 0;

        for (int i = 2; i < count && good; i++)
            good = has_look(p, row, column, unicode_columns(word[1], strlen(word[1])), word[i]);
        return good;
    }
    if (strcmp(word[0], "cursor") == 0 && count >= 2)
        return cursor_is(p, count, word);
    *said = false;
    return true;
}

/* ---- goldens ---- */

static void draw_golden(const struct play *p, struct buf *out)
{
    for (int r = 0; r < p->drive.rows; r++) {
        buf_add_char(out, '|');
        screen_drive_row(&p->drive, r, out);
        buf_add_char(out, '\n');
    }
    for (int r = 0; r < p->drive.rows; r++) {
        size_t before = out->len, start;

        buf_add_fmt(out, "looks %2d ", r);
        start = out->len;
        screen_drive_looks(&p->drive, r, out);
        while (out->len > start && strchr(" .", out->data[out->len - 1]))
            buf_truncate(out, out->len - 1);
        if (out->len == start)
            buf_truncate(out, before);
        else
            buf_add_char(out, '\n');
    }
}

static char *read_file(const char *path)
{
    FILE *f = fopen(path, "rb");
    struct buf b;
    char bytes[4096];
    size_t n;

    if (!f)
        return NULL;
    buf_init(&b);
    while ((n = fread(bytes, 1, sizeof bytes, f)) > 0)
        buf_add(&b, bytes, n);
    fclose(f);
    return buf_steal(&b);
}

static bool write_file(const char *path, const char *text)
{
    FILE *f = fopen(path, "wb");

    return f && fputs(text, f) >= 0 && fclose(f) == 0;
}

static void compare_golden(struct play *p, const char *name)
{
    const char *accept = getenv("ACCEPT");
    struct buf path, now;
    char *golden;

    buf_init(&path);
    buf_init(&now);
    buf_add_fmt(&path, "%s/tests/ui/golden/%s", getenv("SRCDIR"), name);
    golden = read_file(path.data);
    draw_golden(p, &now);
    while (golden && strcmp(golden, now.data) != 0 && screen_drive_wait(&p->drive)) {
        buf_clear(&now);
        draw_golden(p, &now);
    }
    if (accept && (strcmp(accept, name) == 0 || strcmp(accept, "all") == 0)) {
        if (!write_file(path.data, now.data))
            fault(p, "cannot write '%s'", path.data);
    } else if (!golden || strcmp(golden, now.data) != 0)
        fault(p, "the screen is not that of '%s'\n%s", name, golden ? golden : "(there is none)");
    free(golden);
    buf_release(&path);
    buf_release(&now);
}

/* ---- the lines of a script ---- */

static int signal_number(const char *name)
{
    return strcmp(name, "TERM") == 0   ? SIGTERM
           : strcmp(name, "HUP") == 0  ? SIGHUP
           : strcmp(name, "INT") == 0  ? SIGINT
           : strcmp(name, "SEGV") == 0 ? SIGSEGV
           : strcmp(name, "KILL") == 0 ? SIGKILL
                                       : 0;
}

static void check_end(struct play *p, int status)
{
    char got[16];

    if (!screen_drive_ended(&p->drive)) {
        fault(p, "the program goes on");
        return;
    }
    snprintf(got, sizeof got, "%d", p->drive.status);
    if (p->drive.status != status)
        fault(p, "it ended with %s", got);
    if (p->drive.alternate)
        fault(p, "the terminal was not given back");
}

/* Lines that need no program; true where the line was one. */
static bool prepare(struct play *p, int count, char **word)
{
    struct screen_drive *d = &p->drive;

    if (strcmp(word[0], "size") == 0 && count == 3) {
        d->columns = number(word[1]);
        d->rows = number(word[2]);
    } else if (strcmp(word[0], "env") == 0 && count == 2)
        add_expanded(p, &d->env, word[1]);
    else if (strcmp(word[0], "arg") == 0 && count == 2)
        add_expanded(p, &d->args, word[1]);
    else if (strcmp(word[0], "noargs") == 0)
        buf_clear(&d->args);
    else
        return false;
    return true;
}

static void act(struct play *p, int count, char **word, char *rest)
{
    struct screen_drive *d = &p->drive;

    if (strcmp(word[0], "start") == 0)
        screen_drive_start(d);
    else if (strcmp(word[0], "key") == 0)
        for (int i = 1; i < count; i++)
            press(p, word[i], 1);
    else if (strcmp(word[0], "flood") == 0 && count == 3)
        press(p, word[2], number(word[1]));
    else if (strcmp(word[0], "type") == 0)
        screen_drive_send(d, rest, unescape(rest));
    else if (strcmp(word[0], "resize") == 0 && count == 3)
        screen_drive_resize(d, number(word[2]), number(word[1]));
    else if (strcmp(word[0], "screen") == 0 && count == 2)
        compare_golden(p, word[1]);
    else if (strcmp(word[0], "bytes") == 0 && count == 2) {
        char got[24];

        snprintf(got, sizeof got, "%zu", d->raw.len - d->mark);
        if (d->raw.len - d->mark > (size_t)number(word[1]))
            fault(p, "the last key cost %s bytes, more than %s", got, word[1]);
    } else if (strcmp(word[0], "raw") == 0 || strcmp(word[0], "raw-absent") == 0) {
        size_t len = unescape(word[1]);
        bool found = false;

        for (size_t i = 0; !found && i + len <= d->raw.len; i++)
            found = memcmp(d->raw.data + i, word[1], len) == 0;
        if (found != (strcmp(word[0], "raw") == 0))
            fault(p, "those bytes %s to the terminal", found ? "went" : "did not go");
    } else if (strcmp(word[0], "signal") == 0 && count == 2)
        screen_drive_end(d, signal_number(word[1]));
    else if (strcmp(word[0], "hangup") == 0)
        screen_drive_end(d, 0);
    else if (strcmp(word[0], "ends") == 0 && count == 2)
        check_end(p, number(word[1]));
    else if (strcmp(word[0], "error") == 0 && count == 2) {
        if (!strstr(d->complaint.data, word[1]))
            fault(p, "it did not say '%s'", word[1]);
    } else
        fault(p, "'%s' is no line of a script", word[0]);
}

static void do_line(struct play *p, char *line)
{
    char *word[WORDS], copy[1000], *rest;
    bool said;
    int count;

    snprintf(copy, sizeof copy, "%s", line);
    rest = line + strcspn(line, " ");
    rest += *rest == ' ';
    count = split(copy, word);
    if (count == 0 || word[0][0] == '#' || prepare(p, count, word))
        return;
    if (!p->started && strcmp(word[0], "start") != 0)
        screen_drive_start(&p->drive);
    p->started = true;
    for (time_t end = time(NULL) + 30; !holds(p, count, word, &said) && said;)
        if ((time(NULL) > end || !screen_drive_wait(&p->drive)) && !holds(p, count, word, &said)) {
            fault(p, "not so: %s", line);
            return;
        }
    if (!said)
        act(p, count, word, rest);
}

/* `file NAME` and its lines up to a single dot; returns where the script goes on. */
static char *write_here(struct play *p, const char *name, char *text)
{
    struct buf path, body;
    char *end;

    buf_init(&path);
    buf_init(&body);
    buf_add_fmt(&path, "%s/%s", p->drive.home, name);
    *strrchr(path.data, '/') = '\0';
    if (!path_make_folder(path.data, NULL))
        fault(p, "cannot make a folder for '%s'", name);
    while (*text && strncmp(text, ".\n", 2) != 0) {
        end = strchr(text, '\n');
        *end = '\0';
        p->line++;
        buf_add(&body, text, unescape(text));
        buf_add_char(&body, '\n');
        text = end + 1;
    }
    buf_clear(&path);
    buf_add_fmt(&path, "%s/%s", p->drive.home, name);
    if (!write_file(path.data, body.data))
        fault(p, "cannot write '%s'", name);
    buf_release(&path);
    buf_release(&body);
    p->line++;
    return *text ? text + 2 : text;
}

/* Notes which actions were done: tried has ACTION_COUNT flags. */
static void note_actions(const struct buf *names, bool *tried)
{
    const char *s = names->data;

    while (*s) {
        size_t len = strcspn(s, "\n");
        char name[64];
        enum action a;

        snprintf(name, sizeof name, "%.*s", (int)len, s);
        if (action_find(name, &a))
            tried[a] = true;
        s += len + (s[len] == '\n');
    }
}

static bool play(const char *path, int number, bool *tried)
{
    struct play p = {.name = path};
    char *text = read_file(path), *line = text, *end;

    buf_init(&p.why);
    screen_drive_init(&p.drive);
    if (!text)
        fault(&p, "cannot read it");
    for (; line && *line && !p.failed; line = end) {
        end = line + strcspn(line, "\n");
        if (*end)
            *end++ = '\0';
        p.line++;
        if (strncmp(line, "file ", 5) == 0)
            end = write_here(&p, line + 5, end);
        else
            do_line(&p, line);
    }
    note_actions(&p.drive.actions, tried);
    screen_drive_release(&p.drive);
    printf("%sok %d - %s\n", p.failed ? "not " : "", number, strrchr(path, '/') ? strrchr(path, '/') + 1 : path);
    for (char *s = p.why.data, *next; p.failed && s && *s; s = next) {
        next = s + strcspn(s, "\n");
        printf("# %.*s\n", (int)(next - s), s);
        next += *next == '\n';
    }
    fflush(stdout);
    buf_release(&p.why);
    free(text);
    return !p.failed;
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

static int is_script(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

static bool report_actions(const bool *tried, int number)
{
    int missing = 0;

    for (int a = 0; a < action_count(); a++)
        missing += !tried[a];
    printf("%sok %d - every action is done by some script\n", missing ? "not " : "", number);
    for (int a = 0; a < action_count(); a++)
        if (!tried[a])
            printf("# %s\n", action_info((enum action)a)->name);
    return missing == 0;
}

int main(int argc, char **argv)
{
    bool tried[ACTION_COUNT] = {false};
    struct dirent **found = NULL;
    struct buf folder;
    int count, failed = 0;

    signal(SIGPIPE, SIG_IGN);
    if (argc > 1) {
        for (int i = 1; i < argc; i++)
            failed += !play(argv[i], i, tried);
        printf("1..%d\n", argc - 1);
        return failed > 0;
    }
    buf_init(&folder);
    buf_add_fmt(&folder, "%s/tests/ui/scripts", getenv("SRCDIR"));
    count = scandir(folder.data, &found, is_script, by_name);
    for (int i = 0; i < count; i++) {
        struct buf path;

        buf_init(&path);
        buf_add_fmt(&path, "%s/%s", folder.data, found[i]->d_name);
        failed += !play(path.data, i + 1, tried);
        buf_release(&path);
        free(found[i]);
    }
    failed += !report_actions(tried, count + 1);
    printf("1..%d\n", count + 1);
    free(found);
    buf_release(&folder);
    return failed > 0 || count <= 0;
}
