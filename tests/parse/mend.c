/* SPDX-License-Identifier: ISC */
/* What the reader says of lines is what the article then is. */
#include "page.h"

#include "base/buf.h"

#include <stdlib.h>
#include <string.h>

#define STORY                                                                                                        \
    "A bridge is opened\n\nBy Jane Roe\n\nThe town of Elmsford opened its new bridge on Monday, two years after "   \
    "the old one was washed away by the river. More than a thousand people came.\n\nThe mayor thanked the "         \
    "builders, who had worked through two winters. The bridge is eighty metres long and has room for "              \
    "bicycles.\n\n"

/* Names and texts without a heading, a date or a button: no thread that a parser could believe in. */
#define BARE                                                                                                         \
    STORY "Anna Holm\nWhat a fine bridge, I crossed it twice on the first day and saw many friends.\n\n"            \
          "Bob\nIt cost far too much, and I do not see who is to pay for all of this in the end.\n\n"

static struct fix line_fix(enum fix_answer answer, const char *text, const char *line)
{
    const char *at = strstr(text, line);

    assert_non_null(at);
    return (struct fix){.answer = answer, .line = line, .start = (size_t)(at - text)};
}

static void parse_fixed(struct parsed *p, const char *text, const struct fix *fix, size_t count)
{
    struct parse_site site = {.fix = fix, .fix_count = count};

    record_init(&p->record);
    article_init(&p->article);
    record_set_text(&p->record, text, strlen(text));
    parse_article(the_parser(), &p->record, &site, &p->article);
    assert_true(article_check(&p->article));
}

static enum kind kind_of(const struct parsed *p, const char *line)
{
    const struct article *a = &p->article;
    size_t at = (size_t)(strstr(a->text, line) - a->text), i;

    for (i = 0; i < a->block_count; i++) {
        if (at >= a->blocks[i].start && at < a->blocks[i].end)
            return a->blocks[i].kind;
    }
    fail_msg("no block holds '%s'", line);
    return KIND_COUNT;
}

CHECK(an_author_makes_a_comment)
{
    struct fix fix = line_fix(FIX_AUTHOR, BARE, "Anna Holm");
    struct parsed p;

    parse_text(&p, BARE, strlen(BARE));
    assert_int_equal(p.article.comment_count, 0);
    parsed_release(&p);
    parse_fixed(&p, BARE, &fix, 1);
    assert_true(p.article.comment_count >= 1);
    assert_string_equal(p.article.comments[0].author, "Anna Holm");
    assert_int_equal(strncmp(p.article.comments[0].text, "What a fine bridge", 18), 0);
    assert_int_equal(kind_of(&p, "The mayor"), KIND_PARAGRAPH);
    assert_string_equal(p.article.title, "A bridge is opened");
    parsed_release(&p);
}

CHECK(a_beginning_makes_a_comment)
{
    struct fix fix[2] = {line_fix(FIX_BEGINS, BARE, "Anna Holm"), line_fix(FIX_BEGINS, BARE, "Bob")};
    struct parsed p;

    parse_fixed(&p, BARE, fix, 2);
    assert_int_equal(p.article.comment_count, 2);
    assert_string_equal(p.article.comments[0].author, "Anna Holm");
    assert_string_equal(p.article.comments[1].author, "Bob");
    assert_int_equal(strncmp(p.article.comments[1].text, "It cost far", 11), 0);
    parsed_release(&p);
}

/* A comment that begins with its text has no author, and is one all the same. */
CHECK(a_text_begins_a_comment)
{
    struct fix fix = line_fix(FIX_BEGINS, BARE,
                              "It cost far too much, and I do not see who is to pay for all of this in the end.");
    struct parsed p;

    parse_fixed(&p, BARE, &fix, 1);
    assert_true(p.article.comment_count >= 1);
    assert_int_equal(kind_of(&p, "It cost far"), KIND_COMMENT);
    parsed_release(&p);
}

#define THREAD                                                                                                       \
    STORY "3 Comments\n\nAnna Holm says:\nOctober 29, 2012 at 12:41 pm\nWhat a fine bridge.\nReply\n\n"             \
          "Bob says:\nOctober 29, 2012 at 1:15 pm\nIt cost too much.\nReply\n\n"                                     \
          "Carol Ames says:\nOctober 30, 2012 at 9:02 am\nBoth of you are right.\nReply\n"

CHECK(what_is_no_comment_is_none)
{
    struct fix fix = line_fix(FIX_NOT_COMMENT, THREAD, "It cost too much.");
    struct parsed p;

    parse_text(&p, THREAD, strlen(THREAD));
    assert_int_equal(p.article.comment_count, 3);
    parsed_release(&p);
    parse_fixed(&p, THREAD, &fix, 1);
    assert_int_equal(p.article.comment_count, 2);
    assert_string_equal(p.article.comments[0].author, "Anna Holm");
    assert_string_equal(p.article.comments[1].author, "Carol Ames");
    assert_true(kind_of(&p, "It cost too much.") != KIND_COMMENT);
    assert_true(kind_of(&p, "Bob says:") != KIND_COMMENT);
    parsed_release(&p);
}

CHECK(what_is_no_comment_may_be_the_headline)
{
    struct fix fix = line_fix(FIX_NOT_COMMENT, STORY, "A bridge is opened");
    struct parsed p;

    parse_fixed(&p, STORY, &fix, 1);
    assert_string_equal(p.article.title, "A bridge is opened");
    parsed_release(&p);
}

/* A comment cut in two, at the line that the reader says. */
CHECK(a_comment_is_cut_where_another_begins)
{
    static const char text[] =
        STORY "2 Comments\n\nAnna Holm says:\nOctober 29, 2012 at 12:41 pm\nWhat a fine bridge.\n\nquidam\n"
              "It cost too much, say I.\nReply\n\nCarol Ames says:\nOctober 30, 2012 at 9:02 am\nRight.\nReply\n";
    struct fix fix = line_fix(FIX_AUTHOR, text, "quidam");
    struct parsed p;

    parse_fixed(&p, text, &fix, 1);
    assert_int_equal(p.article.comment_count, 3);
    assert_string_equal(p.article.comments[0].text, "What a fine bridge.");
    assert_string_equal(p.article.comments[1].author, "quidam");
    assert_string_equal(p.article.comments[1].text, "It cost too much, say I.");
    assert_string_equal(p.article.comments[2].author, "Carol Ames");
    parsed_release(&p);
}

CHECK(the_headline_is_where_the_reader_says)
{
    static const char text[] = "THE ELMSFORD ECHO\n\nNews from the river\n\n" STORY;
    struct fix fix = line_fix(FIX_HEADLINE, text, "News from the river");
    struct fix two[2] = {line_fix(FIX_HEADLINE, text, "THE ELMSFORD ECHO"), fix};
    struct parsed p;

    parse_fixed(&p, text, &fix, 1);
    assert_string_equal(p.article.title, "News from the river");
    assert_int_equal(kind_of(&p, "News from"), KIND_TITLE);
    assert_true(kind_of(&p, "A bridge is") != KIND_TITLE);
    parsed_release(&p);
    /* The last word holds. */
    parse_fixed(&p, text, two, 2);
    assert_string_equal(p.article.title, "News from the river");
    parsed_release(&p);
}

CHECK(boilerplate_is_neither_text_nor_headline)
{
    struct fix fix[2] = {line_fix(FIX_BOILERPLATE, STORY, "A bridge is opened"),
                         {.answer = FIX_BOILERPLATE, .start = 0, .line = ""}};
    struct parsed p;

    parse_fixed(&p, STORY, fix, 2);
    assert_int_equal(kind_of(&p, "A bridge is opened"), KIND_BOILERPLATE);
    assert_true(!p.article.title || strcmp(p.article.title, "A bridge is opened") != 0);
    parsed_release(&p);
}

/* Of several lines with the same words the one is meant that stood there; a page that changed keeps what it can. */
CHECK(the_nearest_of_equal_lines_is_meant)
{
    static const char text[] = "Bob\n\n" STORY "Bob\nIt cost far too much, and I do not see who is to pay for it.\n";
    struct fix fix = {.answer = FIX_BOILERPLATE, .line = "Bob", .start = 0};
    enum kind unasked;
    struct parsed p;

    fix.answer = FIX_HEADLINE;
    parse_fixed(&p, text, &fix, 1);
    assert_int_equal(p.article.blocks[0].kind, KIND_TITLE);
    assert_int_equal(p.article.blocks[0].end, 3);
    parsed_release(&p);
    parse_fixed(&p, text, &fix, 0);
    unasked = p.article.blocks[0].kind;
    parsed_release(&p);
    fix.answer = FIX_BOILERPLATE;
    fix.start = 100000;
    parse_fixed(&p, text, &fix, 1);
    assert_int_equal(p.article.blocks[0].kind, unasked);
    parsed_release(&p);
    fix.line = "nowhere";
    parse_fixed(&p, text, &fix, 1);
    parsed_release(&p);
}

/* ---- rules ---- */

struct made {
    struct buf before, line, after;
    struct fix fix;
};

static bool make_rule(struct made *m, const char *text, enum fix_answer answer, const char *line)
{
    struct record r;
    bool good;

    buf_init(&m->before);
    buf_init(&m->line);
    buf_init(&m->after);
    record_init(&r);
    record_set_text(&r, text, strlen(text));
    good = parse_form(the_parser(), &r, (size_t)(strstr(text, line) - text), answer, &m->before, &m->line, &m->after);
    m->fix = (struct fix){
        .answer = answer, .formed = true, .before = m->before.data, .line = m->line.data, .after = m->after.data};
    record_release(&r);
    return good;
}

static void release_rule(struct made *m)
{
    buf_release(&m->before);
    buf_release(&m->line);
    buf_release(&m->after);
}

/* The author's line of one page finds those of the next one, whose names nobody has seen. */
CHECK(a_rule_reads_the_next_page)
{
    static const char first[] =
        STORY "Anna Holm schrieb's\nWhat a fine bridge, I crossed it twice on the first day of all.\n\n"
              "Bob schrieb's\nIt cost far too much, and I do not see who is to pay for all of this.\n";
    static const char next[] =
        STORY "Carol Ames schrieb's\nNobody asked us about that bridge, and nobody will ask us next time.\n\n"
              "dave99 schrieb's\nThe river will take this one too, you will see, and I shall laugh then.\n";
    struct made m;
    struct parsed p;

    assert_true(make_rule(&m, first, FIX_AUTHOR, "Anna Holm schrieb's"));
    assert_string_equal(m.line.data, "{name} schrieb's");
    parse_fixed(&p, next, &m.fix, 1);
    assert_int_equal(p.article.comment_count, 2);
    assert_string_equal(p.article.comments[0].author, "Carol Ames");
    assert_string_equal(p.article.comments[1].author, "dave99");
    parsed_release(&p);
    /* On a page without any it finds none. */
    parse_fixed(&p, STORY, &m.fix, 1);
    assert_int_equal(p.article.comment_count, 0);
    parsed_release(&p);
    release_rule(&m);
}

CHECK(a_rule_hides_what_a_site_says_everywhere)
{
    static const char first[] = STORY "You have read 3 of 5 free articles this month, dear reader of the Echo.\n";
    static const char next[] = STORY "You have read 4 of 5 free articles this month, dear reader of the Echo.\n";
    struct made m;
    struct parsed p;

    assert_true(make_rule(&m, first, FIX_BOILERPLATE, "You have read"));
    parse_fixed(&p, next, &m.fix, 1);
    assert_int_equal(kind_of(&p, "You have read"), KIND_BOILERPLATE);
    assert_int_equal(kind_of(&p, "The mayor"), KIND_PARAGRAPH);
    parsed_release(&p);
    release_rule(&m);
}

CHECK(a_rule_finds_the_headline_by_its_neighbours)
{
    static const char first[] = "THE ELMSFORD ECHO\nBridge open at last\nPrinted 3 times\n\nA bridge\n\n" STORY;
    static const char next[] = "THE ELMSFORD ECHO\nMayor resigns\nPrinted 17 times\n\nThe mayor\n\n" STORY;
    struct made m;
    struct parsed p;

    assert_true(make_rule(&m, first, FIX_HEADLINE, "Bridge open at last"));
    parse_fixed(&p, next, &m.fix, 1);
    assert_string_equal(p.article.title, "Mayor resigns");
    parsed_release(&p);
    release_rule(&m);
}

/* A name above a text, and nothing else: every page has that. */
CHECK(what_any_page_has_is_no_rule)
{
    struct made m;

    assert_false(make_rule(&m, BARE, FIX_AUTHOR, "Bob"));
    release_rule(&m);
}

/* A rule is not taken for what the reader said of a line. */
CHECK(what_was_said_of_a_line_stands_above_rules)
{
    struct fix rule = {.answer = FIX_NOT_COMMENT, .formed = true, .before = "", .line = "{name} says:", .after = ""};
    struct fix fix[2] = {rule, line_fix(FIX_AUTHOR, THREAD, "Bob says:")};
    struct parsed p;
    size_t i, bobs = 0;

    parse_fixed(&p, THREAD, fix, 1);
    assert_int_equal(p.article.comment_count, 0);
    parsed_release(&p);
    parse_fixed(&p, THREAD, fix, 2);
    for (i = 0; i < p.article.comment_count; i++)
        bobs += p.article.comments[i].author && strncmp(p.article.comments[i].author, "Bob", 3) == 0;
    assert_int_equal(bobs, 1);
    parsed_release(&p);
}

CHECK_MAIN(T(an_author_makes_a_comment), T(a_beginning_makes_a_comment), T(a_text_begins_a_comment),
           T(what_is_no_comment_is_none),
           T(what_is_no_comment_may_be_the_headline), T(a_comment_is_cut_where_another_begins),
           T(the_headline_is_where_the_reader_says), T(boilerplate_is_neither_text_nor_headline),
           T(the_nearest_of_equal_lines_is_meant), T(a_rule_reads_the_next_page),
           T(a_rule_hides_what_a_site_says_everywhere), T(a_rule_finds_the_headline_by_its_neighbours),
           T(what_any_page_has_is_no_rule), T(what_was_said_of_a_line_stands_above_rules))
