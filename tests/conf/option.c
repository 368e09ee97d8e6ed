/* SPDX-License-Identifier: ISC */
#include "../check.h"

#include "conf/config.h"
#include "conf/option.h"

static bool set(struct options *o, const char *name, const char *value, struct err *e)
{
    char words[3][40] = {"set", "", ""};
    char *word[3] = {words[0], words[1], words[2]};
    enum option which;

    snprintf(words[1], sizeof words[1], "%s", name);
    snprintf(words[2], sizeof words[2], "%s", value ? value : "");
    return options_set(o, value ? 3 : 2, word, &which, e);
}

CHECK(every_default_can_be_set)
{
    struct options o, again;

    options_init(&o);
    options_init(&again);
    for (int i = 0; i < SET_COUNT; i++) {
        struct buf line;
        char *value;

        buf_init(&line);
        options_add(&o, (enum option)i, &line);
        value = strchr(line.data, ' ');
        assert_non_null(value);
        *value++ = '\0';
        assert_string_equal(line.data, option_info((enum option)i)->name);
        assert_true(set(&again, line.data, value, NULL));
        assert_int_equal(o.number[i], again.number[i]);
        assert_true(strlen(option_info((enum option)i)->help) > 0);
        buf_release(&line);
    }
    options_release(&o);
    options_release(&again);
}

static bool do_line(void *ctx, int count, char *const *word, struct err *e)
{
    enum option which;

    return options_set(ctx, count, word, &which, e);
}

CHECK(every_text_is_written_as_it_is_read)
{
    static const char *const texts[] = {"", "Ann", "Ann, Bo", "O'Brien", "#1", "say \"x\"", "'\"\\ '", "a\tb", "C:\\"};

    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct options o, again;
        struct buf line;

        options_init(&o);
        options_init(&again);
        assert_true(set(&o, "names", texts[i], NULL));
        buf_init(&line);
        buf_add_str(&line, "set ");
        options_add(&o, SET_NAMES, &line);
        assert_true(config_do(line.data, do_line, &again, NULL));
        assert_string_equal(again.text[SET_NAMES], texts[i]);
        buf_release(&line);
        options_release(&o);
        options_release(&again);
    }
}

CHECK(switches_go_on_and_off_by_name)
{
    struct options o;

    options_init(&o);
    assert_true(set(&o, "justify", NULL, NULL));
    assert_int_equal(o.number[SET_JUSTIFY], 1);
    assert_true(set(&o, "links!", NULL, NULL));
    assert_int_equal(o.number[SET_LINKS], 1);
    assert_true(set(&o, "links!", NULL, NULL));
    assert_int_equal(o.number[SET_LINKS], 0);
    assert_true(set(&o, "nojustify", NULL, NULL));
    assert_int_equal(o.number[SET_JUSTIFY], 0);
    assert_true(set(&o, "justify", "yes", NULL));
    assert_int_equal(o.number[SET_JUSTIFY], 1);
    options_release(&o);
}

CHECK(choices_and_texts_are_taken)
{
    struct options o;

    options_init(&o);
    assert_true(set(&o, "mark-read", "never", NULL));
    assert_int_equal(o.number[SET_MARK_READ], MARK_READ_NEVER);
    assert_true(set(&o, "theme", "plain", NULL));
    assert_string_equal(o.text[SET_THEME], "plain");
    options_release(&o);
}

static void is_refused(const char *name, const char *value, const char *why)
{
    struct options o;
    struct err e = ERR_INIT;

    options_init(&o);
    assert_false(set(&o, name, value, &e));
    assert_string_equal(e.text, why);
    assert_int_equal(o.number[SET_MEASURE], 72);
    options_release(&o);
}

CHECK(what_is_wrong_is_named)
{
    is_refused("colour", "red", "there is no option 'colour'");
    is_refused("measure", "wide", "'measure' takes a number from 0 to 1000, not 'wide'");
    is_refused("measure", "-5", "'measure' takes a number from 0 to 1000, not '-5'");
    is_refused("measure", "99999999999", "'measure' takes a number from 0 to 1000, not '99999999999'");
    is_refused("measure", NULL, "'measure' wants a value");
    is_refused("nomeasure", NULL, "'measure' wants a value");
    is_refused("ascii", "maybe", "'ascii' is on or off, not 'maybe'");
    is_refused("sort", "colour",
               "'sort' is one of date|site|title|length|comments|file|relevance|read|starred, not 'colour'");
    is_refused("measure!", NULL, "'measure' wants a value");
    is_refused("noascii!", NULL, "there is no option 'noascii!'");
    is_refused("!", NULL, "there is no option '!'");
    is_refused("ascii!", "on", "too many words behind 'set ascii!'");
    is_refused("noascii", "on", "too many words behind 'set noascii'");
}

CHECK_MAIN(T(every_default_can_be_set), T(every_text_is_written_as_it_is_read),
           T(switches_go_on_and_off_by_name), T(choices_and_texts_are_taken),
           T(what_is_wrong_is_named))
