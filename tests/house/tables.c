/* SPDX-License-Identifier: ISC */
/*
 * Prints one of the program's own tables in the form in which a committed file holds it: `tables NAME`.
 * `make update` writes the files with it (tests/house/update.sh); tests/house/tables.sh compares.
 */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "complete.h"

#include "cmd/command.h"
#include "conf/option.h"
#include "conf/style.h"
#include "corpus/corpus.h"
#include "corpus/view.h"
#include "doc/kind.h"
#include "source/format.h"
#include "store/exchange.h"
#include "ui/action.h"
#include "ui/command.h"
#include "ui/keymap.h"

/* Text in which roff finds neither an escape nor a mark of its own. */
static void roff(const char *s)
{
    static const char special[] = "\\^~-\"'`";
    static const char *const escapes[] = {"\\e", "\\(ha", "\\(ti", "\\-", "\\(dq", "\\(aq", "\\(ga"};

    for (; *s; s++) {
        const char *at = strchr(special, *s);

        if (at)
            fputs(escapes[at - special], stdout);
        else
            putchar(*s);
    }
}

/* A line of help as a sentence: it begins with a capital and ends with a full stop. */
static void sentence(const char *s)
{
    printf("%c%s.\n", toupper((unsigned char)*s), s + 1);
}

/* The operands "REF [CORPUS]...": macros on lines of their own, or in a line that has begun. */
static void operands(const char *s, int own_lines)
{
    while (*s) {
        int len = (int)strcspn(s, " "), optional = *s == '[';
        int dots = len > 3 && strncmp(s + len - 3, "...", 3) == 0;
        int from = optional, to = len - 3 * dots - optional;

        fputs(own_lines ? "." : " ", stdout);
        printf("%sAr %.*s%s", optional ? "Op " : "", to - from, s + from, dots ? " ..." : "");
        fputs(own_lines ? "\n" : "", stdout);
        s += len + (s[len] == ' ');
    }
}

static void print_synopsis(void)
{
    const struct command *c;
    size_t n;

    for (n = 0; (c = command_at(n)); n++) {
        puts(".Nm cuttings");
        if (c->name)
            printf(".Cm %s\n", c->name);
        puts(".Op Ar option ...");
        operands(c->synopsis, 1);
    }
}

static void print_commands(void)
{
    const struct command *c;
    const char *separator;
    size_t n;
    int o;

    puts(".Bl -tag -width Ds");
    for (n = 0; (c = command_at(n)); n++) {
        fputs(c->name ? ".It Cm " : ".It Em no command :", stdout);
        fputs(c->name ? c->name : "", stdout);
        operands(c->synopsis, 0);
        putchar('\n');
        sentence(c->summary);
        separator = "Options: ";
        for (o = 0; o < OPTION_COUNT; o++) {
            if (c->options & 1u << o) {
                printf("%s\\-\\-%s", separator, command_option_info((enum command_option)o)->name);
                if (o == OPTION_FORMAT)
                    printf("=%s", c->formats);
                separator = ", ";
            }
        }
        puts(c->options ? "." : "It has no options of its own.");
    }
    puts(".El");
}

static void print_options(void)
{
    int o;

    puts(".Bl -tag -width Ds");
    for (o = 0; o < OPTION_COUNT; o++) {
        const struct command_option_info *info = command_option_info((enum command_option)o);

        fputs(".It ", stdout);
        if (info->letter)
            printf("Fl %c , ", info->letter);
        printf("Fl \\-%s", info->name);
        printf(info->argument ? " Ns = Ns Ar %s\n" : "\n", info->argument);
        sentence(info->help);
    }
    puts(".El");
}

/* Each key stands after \&, so that none is taken for a delimiter or a macro. */
static void print_action(const struct action_info *a)
{
    int i;

    fputs(".It", stdout);
    for (i = 0; i < ACTION_KEYS && a->keys[i]; i++) {
        fputs(i ? " , Ic \\&" : " Ic \\&", stdout);
        roff(a->keys[i]);
    }
    fputs(i ? "\n" : " Em unbound\n", stdout);
    sentence(a->help);
    fputs(".Pq Cm ", stdout);
    roff(a->name);
    putchar('\n');
}

static void print_keys(void)
{
    int s, a;

    for (s = 0; s < SUBJECT_COUNT; s++) {
        printf(".Ss %s\n.Bl -tag -width Ds -compact\n", action_subject_name((enum action_subject)s));
        for (a = 0; a < action_count(); a++)
            if (action_info((enum action)a)->subject == (enum action_subject)s)
                print_action(action_info((enum action)a));
        puts(".El");
    }
}

static void print_kinds(void)
{
    int k;

    puts(".Bl -tag -width comment-control -compact");
    for (k = 0; k < KIND_COUNT; k++) {
        const struct kind_info *info = kind_info((enum kind)k);

        fputs(".It Cm ", stdout);
        roff(info->name);
        putchar('\n');
        sentence(info->help);
    }
    puts(".El");
}

static void print_formats(void)
{
    const struct format *const *rows;
    size_t count, i;

    rows = format_rows(&count);
    puts(".Bl -tag -width stackexchange-comments -compact");
    for (i = 0; i < count; i++) {
        fputs(".It Cm ", stdout);
        roff(rows[i]->name);
        printf("\n%c", toupper((unsigned char)rows[i]->help[0]));
        roff(rows[i]->help + 1);
        puts(".");
    }
    puts(".El");
}

static void print_orders(void)
{
    int o;

    puts(".Bl -tag -width comments -compact");
    for (o = 0; o < CORPUS_ORDER_COUNT; o++) {
        const struct corpus_order_info *info = corpus_order_info((enum corpus_order)o);

        printf(".It Cm %s\n", info->name);
        sentence(info->help);
    }
    puts(".El");
}

/* Lines of the configuration and of the screen's command line. */
static void print_lines(void)
{
    const struct command_info *info;
    int n;

    puts(".Bl -tag -width Ds -compact");
    for (n = 0; (info = command_info(n)); n++) {
        fputs(".It Ic ", stdout);
        roff(info->synopsis);
        putchar('\n');
        sentence(info->help);
    }
    puts(".El");
}

/* The values that an option takes, and its default. */
static void print_values(enum option o)
{
    const struct option_info *info = option_info(o);
    struct options values;
    struct buf text;

    if (info->type == OPTION_TYPE_SWITCH)
        fputs(" Cm on | off", stdout);
    else if (info->type == OPTION_TYPE_CHOICE)
        printf(" Cm %s", info->text);
    else if (info->type == OPTION_TYPE_NUMBER)
        printf(" Ar %d Ns .. Ns Ar %d", info->least, info->most);
    else
        fputs(" Ar text", stdout);
    putchar('\n');
    sentence(info->help);
    options_init(&values);
    buf_init(&text);
    options_add(&values, o, &text);
    fputs("Default: ", stdout);
    puts(strchr(text.data, ' ') ? strchr(text.data, ' ') + 1 : text.data);
    buf_release(&text);
    options_release(&values);
}

static void print_settings(void)
{
    int o;

    puts(".Bl -tag -width Ds -compact");
    for (o = 0; o < SET_COUNT; o++) {
        fputs(".It Ic set ", stdout);
        roff(option_info((enum option)o)->name);
        print_values((enum option)o);
    }
    puts(".El");
}

static void print_styles(void)
{
    int s;

    puts(".Bl -tag -width standfirst -compact");
    for (s = 0; s < STYLE_COUNT; s++) {
        fputs(".It Cm ", stdout);
        roff(style_info((enum style)s)->name);
        putchar('\n');
        sentence(style_info((enum style)s)->help);
    }
    puts(".El");
}

/* A key as a word of a configuration line. */
static void print_word(const char *s)
{
    const char *quote = strchr(s, '\'') ? "\"" : strpbrk(s, "\"\\#") ? "'" : "";

    printf("%s%s%s", quote, s, quote);
}

/* Whether a user may bind the key: Enter and Esc of the prompt stay what they are. */
static int may_bind(struct keymap *m, const char *key, enum action a)
{
    struct err e = ERR_INIT;
    int c;

    for (c = 0; c < CONTEXT_COUNT; c++)
        if (action_info(a)->contexts & 1u << c)
            keymap_bind(m, (enum action_context)c, key, a, &e);
    return e.status == ERR_NONE;
}

/* The defaults as configuration lines, each behind a "# ". */
static void print_sample(void)
{
    struct keymap *keymap = keymap_new();
    struct options values;
    struct buf text;
    int o, a, i;

    options_init(&values);
    buf_init(&text);
    for (o = 0; o < SET_COUNT; o++) {
        buf_clear(&text);
        options_add(&values, (enum option)o, &text);
        printf("\n## %s\n# set %s\n", option_info((enum option)o)->help, text.data);
    }
    buf_release(&text);
    options_release(&values);
    for (a = 0; a < action_count(); a++) {
        const struct action_info *info = action_info((enum action)a);

        printf("\n## %s\n", info->help);
        for (i = 0; i < ACTION_KEYS && info->keys[i]; i++) {
            if (!may_bind(keymap, info->keys[i], (enum action)a))
                continue;
            fputs("# bind all ", stdout);
            print_word(info->keys[i]);
            printf(" %s\n", info->name);
        }
    }
    keymap_free(&keymap);
}

/* What names the thing, then what stands of it. */
static void print_marks(void)
{
    const struct exchange_kind *k;
    size_t n;

    puts(".Bl -tag -width hidden-author -compact");
    for (n = 0; (k = exchange_kind_at(n)); n++) {
        fputs(".It Cm ", stdout);
        roff(k->name);
        putchar('\n');
        for (int i = 0; i < k->count; i++) {
            fputs(i == 0 ? "" : i == k->keys ? "; " : ", ", stdout);
            roff(k->field[i].name);
        }
        putchar('\n');
    }
    puts(".El");
}

static const struct {
    const char *name;
    void (*print)(void);
} tables[] = {
    {"synopsis", print_synopsis}, {"commands", print_commands}, {"options", print_options},
    {"keys", print_keys},         {"kinds", print_kinds},       {"orders", print_orders},
    {"formats", print_formats},   {"lines", print_lines},       {"settings", print_settings},
    {"styles", print_styles},     {"sample", print_sample},     {"bash", complete_bash},
    {"fish", complete_fish},      {"zsh", complete_zsh},        {"marks", print_marks},
};

int main(int argc, char **argv)
{
    size_t i;

    for (i = 0; argc == 2 && i < sizeof tables / sizeof tables[0]; i++) {
        if (strcmp(argv[1], tables[i].name) == 0) {
            tables[i].print();
            return 0;
        }
    }
    fprintf(stderr, "tables: which table?\n");
    return 2;
}
