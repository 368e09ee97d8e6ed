/* SPDX-License-Identifier: ISC */
#include "complete.h"

#include <stdio.h>
#include <string.h>

#include "cmd/command.h"
#include "corpus/view.h"

/* Inside single quotes, as all three shells read them; a character of `special` stands behind a backslash. */
static void print_quoted(const char *s, const char *special)
{
    for (; *s; s++) {
        fputs(*s == '\'' ? "'\\'" : strchr(special, *s) ? "\\" : "", stdout);
        putchar(*s);
    }
}

/* "a|b" as "a b". */
static void print_choices(const char *s, size_t len)
{
    for (; len > 0; s++, len--)
        putchar(*s == '|' ? ' ' : *s);
}

static void print_names(void)
{
    const struct command *c;

    for (size_t n = 1; (c = command_at(n)); n++)
        printf("%s%s", n > 1 ? " " : "", c->name);
}

static void print_orders(void)
{
    for (int o = 0; o < CORPUS_ORDER_COUNT; o++)
        printf("%s%s", o ? " " : "", corpus_order_info((enum corpus_order)o)->name);
}

/* The values of an option, where they are known. */
static void print_values(const struct command *c, enum command_option o)
{
    if (o == OPTION_FORMAT && c->formats)
        print_choices(c->formats, strlen(c->formats));
    else if (o == OPTION_SORT)
        print_orders();
}

static bool takes_file(enum command_option o)
{
    return o == OPTION_CACHE || o == OPTION_CORPUS;
}

/* How long the first operand is where it is one of some words, 0 where it is not. */
static size_t first_choice(const struct command *c)
{
    size_t len = strcspn(c->synopsis, " ");

    return memchr(c->synopsis, '|', len) ? len : 0;
}

/* ---- bash ---- */

static void print_bash_case(const struct command *c)
{
    const char *separator = "";

    printf("\t%s) options='", c->name ? c->name : "*");
    for (int o = 0; o < OPTION_COUNT; o++) {
        const struct command_option_info *info = command_option_info((enum command_option)o);

        if (command_takes(c, (enum command_option)o)) {
            printf("%s--%s%s", separator, info->name, info->argument ? "=" : "");
            separator = " ";
        }
    }
    fputs("' formats='", stdout);
    print_values(c, OPTION_FORMAT);
    if (first_choice(c))
        fputs("' operands='", stdout);
    print_choices(c->synopsis, first_choice(c));
    puts("' ;;");
}

void complete_bash(void)
{
    const struct command *c;

    fputs("\tlocal commands='", stdout);
    print_names();
    fputs("' orders='", stdout);
    print_orders();
    puts("'\n\tcase $command in");
    for (size_t n = 1; (c = command_at(n)); n++)
        print_bash_case(c);
    print_bash_case(command_at(0));
    puts("\tesac");
}

/* ---- fish ---- */

static void print_fish_option(const struct command *c, enum command_option o)
{
    const struct command_option_info *info = command_option_info(o);

    printf("complete -c cuttings -n '__cuttings_is %s'", c->name ? c->name : "\"\"");
    if (info->letter)
        printf(" -s %c", info->letter);
    printf(" -l %s", info->name);
    if (takes_file(o)) {
        fputs(" -r -F", stdout);
    } else if (info->argument) {
        fputs(" -x -a '", stdout);
        print_values(c, o);
        putchar('\'');
    }
    fputs(" -d '", stdout);
    print_quoted(info->help, "\\");
    puts("'");
}

static void print_fish_command(const struct command *c)
{
    for (int o = 0; o < OPTION_COUNT; o++)
        if (command_takes(c, (enum command_option)o))
            print_fish_option(c, (enum command_option)o);
    if (first_choice(c)) {
        printf("complete -c cuttings -n '__cuttings_is %s; and __cuttings_at 2' -f -a '", c->name);
        print_choices(c->synopsis, first_choice(c));
        puts("'");
    }
}

void complete_fish(void)
{
    const struct command *c;
    size_t n;

    fputs("set -g __cuttings_commands ", stdout);
    print_names();
    putchar('\n');
    for (n = 1; (c = command_at(n)); n++) {
        printf("complete -c cuttings -n '__cuttings_at 1' -a %s -d '", c->name);
        print_quoted(c->summary, "\\");
        puts("'");
    }
    for (n = 0; (c = command_at(n)); n++)
        print_fish_command(c);
}

/* ---- zsh ---- */

/* A specification of _arguments. */
static void print_zsh_option(const struct command *c, enum command_option o)
{
    const struct command_option_info *info = command_option_info(o);

    fputs("\t\t", stdout);
    if (info->letter)
        printf("'(-%c --%s)'{-%c%s,--%s%s}'[", info->letter, info->name, info->letter, info->argument ? "+" : "",
               info->name, info->argument ? "=" : "");
    else
        printf("'--%s%s[", info->name, info->argument ? "=" : "");
    print_quoted(info->help, "[]");
    putchar(']');
    if (takes_file(o)) {
        printf(":%s:_files", info->argument);
    } else if (info->argument) {
        printf(":%s:(", info->argument);
        print_values(c, o);
        putchar(')');
    }
    puts("'");
}

static void print_zsh_case(const struct command *c)
{
    printf("\t%s)\n\t\targuments=(\n", c->name ? c->name : "*");
    for (int o = 0; o < OPTION_COUNT; o++)
        if (command_takes(c, (enum command_option)o))
            print_zsh_option(c, (enum command_option)o);
    if (first_choice(c)) {
        fputs("\t\t'1:operand:(", stdout);
        print_choices(c->synopsis, first_choice(c));
        puts(")'");
    }
    puts(c->name ? "\t\t)\n\t\t;;" : "\t\t)\n\t\tcommand=''\n\t\t;;");
}

void complete_zsh(void)
{
    const struct command *c;
    size_t n;

    puts("\tcommands=(");
    for (n = 1; (c = command_at(n)); n++) {
        printf("\t\t'%s:", c->name);
        print_quoted(c->summary, "");
        puts("'");
    }
    puts("\t)\n\tcase $command in");
    for (n = 1; (c = command_at(n)); n++)
        print_zsh_case(c);
    print_zsh_case(command_at(0));
    puts("\tesac");
}
