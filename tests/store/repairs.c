/* SPDX-License-Identifier: ISC */
#include "marked.h"

#include "store/repairs.h"

static struct repairs_line line_of(const char *bytes, enum fix_answer answer, const char *text)
{
    struct repairs_line r = {.locator = "a.txt", .fix = {.answer = answer, .start = 40, .line = text}};

    r.id = marked_id(bytes, "a.txt");
    return r;
}

static void tell_line(void *ctx, const struct repairs_line *r)
{
    assert_string_equal(r->locator, "a.txt");
    assert_int_equal(r->fix.start, 40);
    assert_false(r->fix.formed);
    buf_add_fmt(ctx, "%s %s;", fix_info(r->fix.answer)->name, r->fix.line);
}

static void tell_rule(void *ctx, const struct repairs_rule *r)
{
    assert_true(r->fix.formed);
    buf_add_fmt(ctx, "%s %s '%s' '%s' '%s';", r->site, fix_info(r->fix.answer)->name, r->fix.before, r->fix.line,
                r->fix.after);
}

static void tell_id(void *ctx, const struct state_id *id)
{
    (void)id;
    buf_add_str(ctx, "id;");
}

static void tell_site(void *ctx, const char *site)
{
    buf_add_fmt(ctx, "%s;", site);
}

CHECK(corrections_stand_until_they_are_taken_back)
{
    const char *path = sample_path(sample_folder(), "reading.db");
    struct state *s = marked_open(path);
    struct repairs_line author = line_of("text", FIX_AUTHOR, "Anna"), not = line_of("text", FIX_NOT_COMMENT, "Ad");
    struct err e = ERR_INIT;
    struct buf b;
    int64_t first, second;

    buf_init(&b);
    assert_true((first = repairs_add(s, &author, &e)) > 0);
    assert_true((second = repairs_add(s, &not, &e)) > first);
    state_close(&s);
    s = marked_open(path);
    repairs_each(s, tell_line, &b);
    assert_string_equal(b.data, "comment-author Anna;not-comment Ad;");
    assert_true(repairs_drop(s, first, &e));
    assert_int_equal(repairs_last(s), second + 1);
    buf_clear(&b);
    repairs_each(s, tell_line, &b);
    assert_string_equal(b.data, "not-comment Ad;");
    /* What is taken back is not there to be taken back; nor is its taking back. */
    assert_false(repairs_drop(s, first, &e));
    assert_int_equal(e.status, ERR_NOMATCH);
    err_clear(&e);
    assert_false(repairs_drop(s, second + 1, &e));
    buf_clear(&b);
    repairs_since(s, second, tell_id, &b);
    assert_string_equal(b.data, "id;");
    buf_release(&b);
    state_close(&s);
}

CHECK(rules_stand_until_they_are_taken_back)
{
    struct state *s = marked_open(sample_path(sample_folder(), "reading.db"));
    struct fix form = {.answer = FIX_BOILERPLATE, .formed = true, .before = "", .line = "x", .after = ""};
    struct repairs_rule r = {.site = "a.example", .fix = form};
    struct err e = ERR_INIT;
    struct buf b;
    int64_t number;

    buf_init(&b);
    assert_true((number = repairs_add_rule(s, &r, &e)) > 0);
    r.site = "b.example";
    r.fix.before = "w";
    assert_true(repairs_add_rule(s, &r, &e) > number);
    assert_true(repairs_drop_rule(s, number, &e));
    assert_false(repairs_drop_rule(s, number, &e));
    repairs_each_rule(s, tell_rule, &b);
    assert_string_equal(b.data, "b.example boilerplate 'w' 'x' '';");
    buf_clear(&b);
    repairs_rules_since(s, number, tell_site, &b);
    assert_true(strstr(b.data, "a.example;") && strstr(b.data, "b.example;"));
    buf_clear(&b);
    repairs_rules_since(s, repairs_last_rule(s), tell_site, &b);
    assert_int_equal(b.len, 0);
    buf_release(&b);
    state_close(&s);
}

CHECK_MAIN(T(corrections_stand_until_they_are_taken_back), T(rules_stand_until_they_are_taken_back))
