/* SPDX-License-Identifier: ISC */
#include "../check.h"

#include "doc/markdown.h"

static const char *text(const char *s, const char *prefix)
{
    static char out[512];
    struct buf b;

    buf_init(&b);
    markdown_add_text(&b, s, strlen(s), prefix);
    snprintf(out, sizeof out, "%s", b.data);
    buf_release(&b);
    return out;
}

CHECK(text_stays_text)
{
    assert_string_equal(text("plain words, and more.", ""), "plain words, and more.");
    assert_string_equal(text("*no* _list_ [x](y) `z` <b> a|b &amp; \\", ""),
                        "\\*no\\* \\_list\\_ \\[x\\](y) \\`z\\` \\<b\\> a\\|b \\&amp; \\\\");
    assert_string_equal(text("# no heading", ""), "\\# no heading");
    assert_string_equal(text("- no list\n+ either\n1. nor this\n12) nor that\n2020 is a year", ""),
                        "\\- no list\n\\+ either\n1\\. nor this\n12\\) nor that\n2020 is a year");
    assert_string_equal(text("title\n===\n---\n~~~", ""), "title\n\\===\n\\---\n\\~~~");
    assert_string_equal(text("    no code  \nno break", ""), "no code\nno break");
    assert_string_equal(text("", ""), "");
}

CHECK(zero_bytes_are_no_markup)
{
    struct buf b;

    buf_init(&b);
    markdown_add_text(&b, "\0a\0", 3, "");
    assert_int_equal(b.len, 3);
    assert_memory_equal(b.data, "\0a\0", 3);
    buf_release(&b);
}

CHECK(every_line_is_quoted)
{
    assert_string_equal(text("one\n\ntwo", "> "), "> one\n>\n> two");
    assert_string_equal(text("# one", "> > "), "> > \\# one");
}

CHECK(an_article_is_a_document)
{
    static const char s[] = "Headline\nLead here.\nSupport us\nPart one\nWords *here*.\n• first\n• second\nSaid he.";
    struct article a;
    struct article_comment *c;
    struct buf b;
    const char *at = s;
    static const enum kind kinds[] = {KIND_TITLE,     KIND_STANDFIRST, KIND_BOILERPLATE, KIND_SECTION,
                                      KIND_PARAGRAPH, KIND_LIST_ITEM,  KIND_LIST_ITEM,   KIND_QUOTE};

    article_init(&a);
    a.text = s;
    a.len = strlen(s);
    a.title = article_str(&a, "Headline", 8);
    a.site = article_str(&a, "A Site", 6);
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        size_t len = strcspn(at, "\n");

        article_add_block(&a, kinds[i], (size_t)(at - s), (size_t)(at - s) + len, 0);
        at += len + 1;
    }
    c = article_add_comment(&a);
    c->author = "Ann";
    c->text = "Yes.";
    c = article_add_comment(&a);
    c->parent = 1;
    c->text = "No.\n\nNever.";
    buf_init(&b);
    markdown_add_article(&b, &a);
    assert_string_equal(b.data, "# Headline\n\nA Site\n\n*Lead here.*\n\n## Part one\n\nWords \\*here\\*.\n\n"
                                "- first\n\n- second\n\n> Said he.\n\n## 2 comments\n\n> **Ann**\n>\n> Yes.\n\n"
                                "> > **anonymous**\n> >\n> > No.\n> >\n> > Never.\n");
    buf_release(&b);
    article_release(&a);
}

CHECK(quotes_in_quotes_stay_so)
{
    static const char s[] = ">> Who *said*\n> > it?\n> You.\n>\n>>\n> No > yes";
    struct article a;
    struct buf b;

    article_init(&a);
    a.text = s;
    a.len = strlen(s);
    article_add_block(&a, KIND_QUOTE, 0, a.len, 0);
    buf_init(&b);
    markdown_add_article(&b, &a);
    assert_string_equal(b.data, "> > Who \\*said\\*\n> > it?\n>\n> You.\n>\n> >\n>\n> No \\> yes\n");
    buf_release(&b);
    article_release(&a);
}

CHECK(code_stays_code)
{
    static const char s[] = "How?\n    cd  *src*\n        make\n> Said he.";
    struct article_comment *c;
    struct article a;
    struct buf b;

    article_init(&a);
    a.text = s;
    a.len = strlen(s);
    article_add_block(&a, KIND_PARAGRAPH, 0, 4, 0);
    article_add_block(&a, KIND_LIST_ITEM, 9, 18, 0);
    article_add_block(&a, KIND_PARAGRAPH, 27, 31, 0);
    article_add_block(&a, KIND_QUOTE, 32, 42, 0);
    c = article_add_comment(&a);
    c->author = "Ann";
    c->text = "So:\n    if (x)\n\treturn *y;\nDone.";
    buf_init(&b);
    markdown_add_article(&b, &a);
    assert_string_equal(b.data, "How?\n\n    cd  *src*\n\n        make\n\n> Said he.\n\n## 1 comment\n\n> **Ann**\n>\n"
                                "> So:\n>\n>     if (x)\n>         return *y;\n> Done.\n");
    buf_release(&b);
    article_release(&a);
}

/* A thread of three that has room for one comment at a time: each answers the one before. */
static const struct article_comment *one_of_three(void *ctx, int id, bool keep)
{
    static const char *const names[] = {"Ann", "Bo", "Cy"};
    struct article_comment *room = ctx;

    assert_false(keep);
    *room = (struct article_comment){.id = id, .parent = id - 1, .author = names[id - 1], .text = names[id - 1]};
    return room;
}

static const int32_t *parents_of_three(void *ctx)
{
    static const int32_t parents[] = {0, 1, 2};

    (void)ctx;
    return parents;
}

CHECK(comments_that_are_read_one_by_one_stay_whose_they_are)
{
    struct article_comment room;
    struct article a;
    struct buf b;

    article_init(&a);
    a.text = "";
    a.comment_count = 3;
    a.thread = (struct article_thread){.comment = one_of_three, .parents = parents_of_three, .ctx = &room};
    buf_init(&b);
    markdown_add_article(&b, &a);
    assert_string_equal(b.data, "## 3 comments\n\n> **Ann**\n>\n> Ann\n\n> > **Bo**\n> >\n> > Bo\n\n"
                                "> > > **Cy**\n> > >\n> > > Cy\n");
    buf_release(&b);
    article_release(&a);
}

CHECK_MAIN(T(text_stays_text), T(zero_bytes_are_no_markup), T(every_line_is_quoted), T(an_article_is_a_document),
           T(quotes_in_quotes_stay_so), T(code_stays_code), T(comments_that_are_read_one_by_one_stay_whose_they_are))
