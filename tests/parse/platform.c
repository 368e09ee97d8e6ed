/* SPDX-License-Identifier: ISC */
#include "../check.h"
#include "../dice.h"

#include <dirent.h>

#include "base/path.h"
#include "parse/platform.h"

static struct platform_rules *rules_of(const char *text)
{
    struct platform_rules *r = platform_new();
    struct err e = ERR_INIT;

    if (!platform_add(r, "test.rules", text, strlen(text), &e))
        fail_msg("%s", e.text);
    platform_compile(r);
    return r;
}

static bool matches(const struct platform_rules *r, const char *text, enum platform_role role,
                    struct platform_match *m)
{
    static struct platform_line line;

    platform_read_line(r, text, strlen(text), &line);
    return platform_match(r, &line, 0, line.count, 1u << role, m);
}

static void span_is(const char *text, struct platform_span s, const char *want)
{
    char got[100];

    snprintf(got, sizeof got, "%.*s", (int)(s.end - s.start), text + s.start);
    assert_string_equal(got, want);
}

CHECK(reads_fields)
{
    static const char line[] = "Kim von Jong said on May 5, 2012 at 5:49 am:";
    struct platform_rules *r =
        rules_of("verb said\njoint on at\nplatform x\nheader {name} {verb} {joint} {date} [:]\n");
    struct platform_match m;

    assert_true(matches(r, line, PLATFORM_HEADER, &m));
    span_is(line, m.name, "Kim von Jong");
    assert_int_equal(m.date, 0);
    assert_true(m.verb);
    assert_string_equal(m.platform, "x");
    assert_false(matches(r, "Kim said nothing", PLATFORM_HEADER, &m));
    platform_close(&r);
}

CHECK(counts_numbers_and_words_for_one)
{
    struct platform_rules *r =
        rules_of("one ein one\nplatform x\nheading {n} comments|gedanke [on|zu {*}]\n");
    struct platform_match m;

    assert_true(matches(r, "1,234 Comments", PLATFORM_HEADING, &m));
    assert_int_equal(m.count, 1234);
    assert_true(matches(r, "Ein Gedanke zu \xE2\x80\x9EX und Y\xE2\x80\x9C", PLATFORM_HEADING, &m));
    assert_int_equal(m.count, 1);
    assert_true(matches(r, "\xC2\xB1 6 COMMENTS \xC2\xBB", PLATFORM_HEADING, &m));
    assert_int_equal(m.count, 6);
    assert_false(matches(r, "6 comments and more", PLATFORM_HEADING, &m));
    platform_close(&r);
}

CHECK(the_more_exact_rule_wins)
{
    struct platform_rules *r =
        rules_of("platform x\nheader {name} {date}\nplatform y\nheader posted by {name} {date}\n");
    static const char line[] = "Posted by Janet 2012-11-08";
    struct platform_match m;

    assert_true(matches(r, line, PLATFORM_HEADER, &m));
    span_is(line, m.name, "Janet");
    assert_string_equal(m.platform, "y");
    platform_close(&r);
}

CHECK(a_date_glued_to_the_name_is_cut_off)
{
    static const char line[] = "ElizabethOctober 29, 2012 1:24 PM";
    struct platform_rules *r = rules_of("platform x\nheader {name} {date}\n");
    struct platform_match m;

    assert_true(matches(r, line, PLATFORM_HEADER, &m));
    span_is(line, m.name, "Elizabeth");
    platform_close(&r);
}

static struct platform_buttons buttons_of(const struct platform_rules *r, const char *text)
{
    static struct platform_line line;
    struct platform_buttons b;

    platform_read_line(r, text, strlen(text), &line);
    platform_read_buttons(r, &line, &b);
    return b;
}

CHECK(buttons_are_taken_off_both_ends)
{
    struct platform_rules *r = rules_of(
        "platform x\nreply reply\nreply \xD0\xBE\xD1\x82\xD0\xB2\xD0\xB5\xD1\x82\xD0\xB8\xD1\x82\xD1\x8C\n"
        "button like\nbutton share\nscore vote up {n} vote down\n");
    struct platform_buttons b = buttons_of(r, "Reply \xC2\xB7 Like \xC2\xB7 Share");

    assert_true(b.from == b.to && b.reply && b.count == 3);
    b = buttons_of(r, "Vote Up12Vote Down");
    assert_true(b.from == b.to && !b.reply && b.has_score);
    assert_int_equal(b.score, 12);
    b = buttons_of(r, "Anna 2012-05-05 | Reply");
    assert_true(b.reply);
    assert_int_equal(b.from, 0);
    assert_int_equal(b.to, 2);
    b = buttons_of(r, "I like the reply that you gave");
    assert_false(b.reply);
    assert_int_equal(b.count, 0);
    platform_close(&r);
}

CHECK(a_wrong_rule_names_file_and_line)
{
    static const struct {
        const char *text, *says;
    } bad[] = {
        {"platform x\n\nheadr comments\n", "bad.rules:3: no such kind of rule: 'headr'"},
        {"platform x\nheading {count} comments\n", "bad.rules:2: no such field: '{count}'"},
        {"heading comments\n", "bad.rules:1: rule before the first platform: 'heading comments'"},
        {"platform x\nheading [comments\n", "bad.rules:2: '[' without ']': '[comments'"},
        {"platform x\nheading a|b|\n", "bad.rules:2: each choice must be one word: 'a|b|'"},
        {"platform x\nheading\n", "bad.rules:2: no pattern: ''"},
        {"platform\n", "bad.rules:1: platform without a name: 'platform'"},
    };
    size_t i;

    for (i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct platform_rules *r = platform_new();
        struct err e = ERR_INIT;

        assert_false(platform_add(r, "bad.rules", bad[i].text, strlen(bad[i].text), &e));
        assert_string_equal(e.text, bad[i].says);
        platform_close(&r);
    }
}

/* Every file of the program's own tells by tests beside its rules what they are for. */
CHECK(the_shipped_rules_hold_their_tests)
{
    struct platform_rules *r = platform_new();
    char *folder = path_program_data("platforms");
    struct dirent **entry = NULL;
    struct err e = ERR_INIT;
    int n = scandir(folder, &entry, NULL, alphasort), i, files = 0;

    assert_true(n > 0);
    for (i = 0; i < n; i++) {
        size_t len = strlen(entry[i]->d_name), before = platform_tests(r);

        if (len > 6 && strcmp(entry[i]->d_name + len - 6, ".rules") == 0) {
            char *path = path_join(folder, entry[i]->d_name), text[100000];
            FILE *f = fopen(path, "rb");

            assert_non_null(f);
            len = fread(text, 1, sizeof text, f);
            assert_true(len < sizeof text);
            fclose(f);
            if (!platform_add(r, entry[i]->d_name, text, len, &e))
                fail_msg("%s", e.text);
            if (strncmp(entry[i]->d_name, "00-", 3) != 0 && platform_tests(r) < before + 2)
                fail_msg("%s has no tests", entry[i]->d_name);
            files++;
            free(path);
        }
        free(entry[i]);
    }
    free(entry);
    free(folder);
    assert_true(files > 15);
    platform_compile(r);
    if (!platform_check(r, &e))
        fail_msg("%s", e.text);
    platform_close(&r);
}

CHECK(a_test_that_does_not_hold_is_reported)
{
    static const struct {
        const char *text, *says;
    } cases[] = {
        {"platform x\nheading {n} voices\ntest heading 3 voices\ntest none 3 choices\n", NULL},
        {"platform x\nheading {n} voices\n\ntest heading 3 choices\n",
         "x.rules:4: this line is for no rule: '3 choices'"},
        {"platform x\nheading {n} voices\ntest empty 3 voices\n",
         "x.rules:3: this line is for heading: '3 voices'"},
        {"platform x\nreply answer\ntest none Answer\n", "x.rules:3: this line is for reply: 'Answer'"},
    };
    struct platform_rules *r;
    struct err wrong = ERR_INIT;
    size_t i;

    for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct err e = ERR_INIT;

        r = platform_new();
        assert_true(platform_add(r, "x.rules", cases[i].text, strlen(cases[i].text), &e));
        platform_compile(r);
        assert_int_equal(platform_check(r, &e), cases[i].says == NULL);
        if (cases[i].says != NULL)
            assert_string_equal(e.text, cases[i].says);
        platform_close(&r);
    }
    r = platform_new();
    assert_false(platform_add(r, "x.rules", "platform x\ntest head 3 voices\n", 29, &wrong));
    assert_string_equal(wrong.text, "x.rules:2: no such kind of rule: 'head'");
    platform_close(&r);
}

CHECK(the_shipped_rules_can_be_read)
{
    struct err e = ERR_INIT;
    struct platform_rules *r = platform_open(&e);
    struct platform_match m;

    if (r == NULL)
        fail_msg("%s", e.text);
    assert_true(matches(r, "34 responses to \xE2\x80\x9CT\xE2\x80\x9D", PLATFORM_HEADING, &m));
    assert_int_equal(m.count, 34);
    assert_true(matches(r, "Leave a Reply Cancel reply", PLATFORM_FORM, &m));
    assert_true(matches(r, "Your email address will not be published. Required fields are marked *",
                        PLATFORM_FORM, &m));
    assert_true(matches(r, "Be the first to comment", PLATFORM_EMPTY, &m));
    assert_true(matches(r, "Comments are closed.", PLATFORM_CLOSED, &m));
    assert_true(matches(r, "Pingback: 9 reasons to be excited", PLATFORM_PINGBACK, &m));
    assert_true(matches(r, "In reply to Anna", PLATFORM_ANSWER, &m));
    assert_true(buttons_of(r, "Antworten \xC2\xB7 Gef\xC3\xA4llt mir \xC2\xB7 Melden").reply);
    platform_close(&r);
    assert_null(r);
}

CHECK(every_line_is_safe)
{
    struct err e = ERR_INIT;
    struct platform_rules *r = platform_open(&e);
    static struct platform_line line;
    uint64_t seed = 3;
    int round;

    assert_non_null(r);
    for (round = 0; round < 4000; round++) {
        static const char bits[] =
            "by Anna says: 2012-05-05 reply (3) \xE2\x80\x93 comments on \xFF\xD0 {}[]|\"";
        char text[300];
        size_t len = (size_t)round % 300, i;
        struct platform_match m;
        struct platform_buttons b;

        for (i = 0; i < len; i++)
            text[i] = bits[dice(&seed, sizeof bits - 1)];
        platform_read_line(r, text, len, &line);
        platform_read_buttons(r, &line, &b);
        assert_true(b.from <= b.to && b.to <= line.count);
        if (platform_match(r, &line, 0, line.count, ~0u, &m)) {
            assert_true(m.name.start <= m.name.end && m.name.end <= len);
            assert_true(m.date < (int)line.date_count);
        }
    }
    platform_close(&r);
}

CHECK_MAIN(T(reads_fields), T(counts_numbers_and_words_for_one), T(the_more_exact_rule_wins),
           T(a_date_glued_to_the_name_is_cut_off), T(buttons_are_taken_off_both_ends),
           T(a_wrong_rule_names_file_and_line), T(the_shipped_rules_hold_their_tests),
           T(a_test_that_does_not_hold_is_reported), T(the_shipped_rules_can_be_read), T(every_line_is_safe))
