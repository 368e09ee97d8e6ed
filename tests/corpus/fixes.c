/* SPDX-License-Identifier: ISC */
#include "world.h"

#include "base/buf.h"
#include "corpus/fixes.h"
#include "corpus/own.h"
#include "store/sites.h"

#include <sys/stat.h>

static struct state *open_state(void)
{
    struct err e = ERR_INIT;
    struct state *s = own_state(NULL, &e);

    assert_non_null(s);
    return s;
}

static struct state_id id_of(const char *text, const char *locator)
{
    struct digest d = digest_of(text, strlen(text));

    return state_id(&d, "/corpus", locator);
}

static int64_t say(struct state *s, const char *text, const char *locator, const char *line)
{
    struct err e = ERR_INIT;
    struct repairs_line r = {.id = id_of(text, locator), .locator = locator, .fix = {FIX_AUTHOR, .line = line}};
    int64_t number = repairs_add(s, &r, &e);

    assert_true(number > 0);
    return number;
}

static struct repairs_rule rule_of(const char *site, const char *line)
{
    struct fix fix = {.answer = FIX_BOILERPLATE, .formed = true, .before = "", .line = line, .after = ""};

    return (struct repairs_rule){.site = site, .fix = fix};
}

/* What bears on the text at the locator on a page of the site: the lines, in order. */
static void bears(const struct fixes *f, const char *text, const char *locator, const char *site, const char *want)
{
    struct state_id id = id_of(text, locator);
    struct fixes_list l = {.count = 0};
    struct buf got;

    buf_init(&got);
    fixes_find(f, &id, sites_id(site, strlen(site)), &l);
    for (size_t i = 0; i < l.count; i++)
        buf_add_fmt(&got, "%s;", l.fix[i].line);
    assert_string_equal(got.data, want);
    assert_true(fixes_bear(f, &id, sites_id(site, strlen(site))) == (l.count > 0));
    fixes_list_release(&l);
    buf_release(&got);
}

static void put_rules(const char *text)
{
    FILE *f;

    mkdir(world_path(".config"), 0755);
    mkdir(world_path(".config/cuttings"), 0755);
    f = fopen(world_path(".config/cuttings/rules"), "w");
    assert_non_null(f);
    assert_true(fputs(text, f) >= 0);
    assert_int_equal(fclose(f), 0);
}

static void add_fault(void *ctx, const char *text)
{
    buf_add_fmt(ctx, "%s;", text);
}

static void add_rule(void *ctx, const struct repairs_rule *r)
{
    buf_add_fmt(ctx, "%s %s '%s' '%s' '%s' %d;", r->site, fix_info(r->fix.answer)->name, r->fix.before, r->fix.line,
                r->fix.after, r->number > 0);
}

CHECK(a_correction_stays_with_its_text_and_else_with_its_place)
{
    struct state *s = open_state();
    struct fixes *f;

    say(s, "old words", "a.txt", "first");
    say(s, "other", "b.txt", "of b");
    say(s, "old words", "a.txt", "second");
    f = fixes_new(s, NULL, NULL);
    bears(f, "old words", "a.txt", "", "first;second;");
    bears(f, "old words", "moved.txt", "", "first;second;");
    bears(f, "new words", "a.txt", "", "first;second;");
    bears(f, "other", "a.txt", "", "of b;"); /* the text's own come before those of its place */
    bears(f, "new words", "moved.txt", "", "");
    bears(NULL, "old words", "a.txt", "", "");
    fixes_drop(&f);
    state_close(&s);
}

CHECK(rules_bear_on_their_site_alone_and_come_first)
{
    struct state *s = open_state();
    struct repairs_rule r = rule_of("Tarn.example", "of the state");
    struct err e = ERR_INIT;
    struct fixes *f;
    struct buf got;

    buf_init(&got);
    put_rules("tarn.example headline 'of the file' before after\n");
    assert_true(repairs_add_rule(s, &r, &e) > 0);
    say(s, "words", "a.txt", "said");
    f = fixes_new(s, add_fault, &got);
    assert_string_equal(got.data ? got.data : "", "");
    bears(f, "words", "a.txt", "www.tarn.example", "of the file;of the state;said;");
    bears(f, "words", "a.txt", "other.example", "said;");
    bears(f, "none", "b.txt", "tarn.example", "of the file;of the state;");
    bears(f, "none", "b.txt", "", "");
    fixes_each_rule(f, add_rule, &got);
    assert_string_equal(got.data, "tarn.example headline 'before' 'of the file' 'after' 0;"
                                  "Tarn.example boilerplate '' 'of the state' '' 1;");
    fixes_drop(&f);
    state_close(&s);
    buf_release(&got);
}

CHECK(a_bad_line_of_the_rules_file_costs_no_other)
{
    struct fixes *f;
    struct buf got;
    int64_t file;

    buf_init(&got);
    f = fixes_new(NULL, NULL, NULL);
    assert_false(fixes_any(f));
    assert_int_equal(fixes_file(f), 0);
    fixes_drop(&f);
    assert_null(f);
    put_rules("tarn.example boilerplate\ntarn.example laughter x\na b c d e f\ntarn.example boilerplate good\n");
    f = fixes_new(NULL, add_fault, &got);
    assert_non_null(strstr(got.data, "rules:1: "));
    assert_non_null(strstr(got.data, "rules:2: there is no answer 'laughter'"));
    assert_non_null(strstr(got.data, "rules:3: "));
    assert_null(strstr(got.data, "rules:4"));
    assert_true(fixes_any(f));
    bears(f, "words", "a.txt", "tarn.example", "good;");
    file = fixes_file(f);
    assert_true(file != 0);
    fixes_drop(&f);
    put_rules("tarn.example boilerplate other\n");
    f = fixes_new(NULL, NULL, NULL);
    assert_true(fixes_file(f) != 0 && fixes_file(f) != file);
    fixes_drop(&f);
    buf_release(&got);
}

CHECK(what_was_said_since_makes_them_old_but_not_for_their_holders)
{
    struct state *s = open_state();
    struct err e = ERR_INIT;
    int64_t number = say(s, "words", "a.txt", "said");
    struct repairs_rule r = rule_of("tarn.example", "rule");
    struct fixes *f = fixes_new(s, NULL, NULL), *held = fixes_hold(f), *next;

    assert_null(fixes_hold(NULL));
    assert_int_equal(fixes_last(f), number);
    assert_false(fixes_are_old(f, s));
    assert_false(fixes_are_old(f, NULL));
    assert_true(repairs_drop(s, number, &e));
    assert_true(fixes_are_old(f, s));
    next = fixes_new(s, NULL, NULL);
    fixes_drop(&f);
    bears(held, "words", "a.txt", "", "said;");
    bears(next, "words", "a.txt", "", "");
    assert_false(fixes_are_old(next, s));
    assert_true((number = repairs_add_rule(s, &r, &e)) > 0);
    assert_true(fixes_are_old(next, s));
    assert_true(fixes_last_rule(next) < number);
    fixes_drop(&held);
    fixes_drop(&next);
    state_close(&s);
}

CHECK(one_rule_alone_knows_no_other)
{
    struct repairs_rule r = rule_of("tarn.example", "alone");
    struct fixes *f;

    put_rules("tarn.example boilerplate other\n");
    f = fixes_of_rule(&r);
    bears(f, "words", "a.txt", "tarn.example", "alone;");
    assert_int_equal(fixes_file(f), 0);
    fixes_drop(&f);
}

CHECK_MAIN(W(a_correction_stays_with_its_text_and_else_with_its_place),
           W(rules_bear_on_their_site_alone_and_come_first), W(a_bad_line_of_the_rules_file_costs_no_other),
           W(what_was_said_since_makes_them_old_but_not_for_their_holders), W(one_rule_alone_knows_no_other))
