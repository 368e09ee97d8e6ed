/* SPDX-License-Identifier: ISC */
#include "page.h"

#include "base/buf.h"
#include "base/unicode.h"
#include "base/utf8.h"

/* What is no white space lies in exactly one block. */
static void assert_tiles(const struct article *a)
{
    size_t at = 0, i;

    for (i = 0; i <= a->block_count; i++) {
        size_t until = i < a->block_count ? a->blocks[i].start : a->len;

        assert_true(at <= until);
        while (at < until) {
            uint32_t cp;

            at += utf8_next(a->text + at, until - at, &cp);
            assert_true(unicode_is_space(cp));
        }
        if (i < a->block_count)
            at = a->blocks[i].end;
    }
}

static void assert_kind(const struct article *a, const char *text, enum kind kind)
{
    const char *found = strstr(a->text, text);
    size_t at, i;

    assert_non_null(found);
    at = (size_t)(found - a->text);
    for (i = 0; i < a->block_count; i++) {
        if (a->blocks[i].start <= at && at < a->blocks[i].end) {
            assert_string_equal(kind_info(a->blocks[i].kind)->name, kind_info(kind)->name);
            return;
        }
    }
    fail_msg("'%s' is in no block", text);
}

CHECK(odd_texts_are_tiled)
{
    static const char *const texts[] = {
        "", " \n\t\n", "one", "\xFF\xFE\n\xC3", "\n\n\nwide gap\r\rnext\r\nlast", "a\xE2\x80\xA8" "b\xC2\x85" "c",
        "----------\n==========\n***\n", "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n13\n14\n15\n16\n17\n18\n19",
        "\xEF\xBB\xBFmark\n\xE2\x80\x8B\n\xE3\x80\x80",
    };
    size_t i;

    for (i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct parsed p;

        parse_text(&p, texts[i], strlen(texts[i]));
        assert_tiles(&p.article);
        parsed_release(&p);
    }
}

/* What stands before the bar is a date and what follows it would be cut off as a name: nothing would be left. */
CHECK(a_headline_ends_with_its_line)
{
    static const char text[] = " 9th Feb 2061 |, a tm!lui-zmie";
    struct parsed p;

    parse_text(&p, text, strlen(text));
    assert_non_null(p.article.title);
    assert_non_null(strstr(text, p.article.title));
    parsed_release(&p);
}

CHECK(zero_bytes_are_kept)
{
    struct parsed p;

    parse_text(&p, "first\0still\nsecond", 18);
    assert_tiles(&p.article);
    assert_int_equal(p.article.blocks[p.article.block_count - 1].end, 18);
    parsed_release(&p);
}

CHECK(fields_go_on_behind_zero_bytes)
{
    struct article a;

    article_init(&a);
    assert_string_equal(article_str(&a, "\0a\0\0b\0", 6), " a  b ");
    assert_string_equal(article_str(&a, "", 0), "");
    article_release(&a);
}

static const char english[] =
    "Home\nNews\nOpinion\n\nOld Mill at Brackwater to Reopen After Nine Years of Repairs\n\n"
    "By Martha Winslow\n14 March 2021, 9:30 AM\n\n"
    "The mill on the edge of Brackwater will open its doors again in May, the town's council said on Friday, "
    "after nine years in which the building stood empty behind a fence.\n\n"
    "Work on the wheel alone took three winters, because the oak for its paddles had to be found, cut and dried, "
    "and because the river would not wait for the carpenters.\n\n"
    "\"We had nearly given up,\" said Edwin Hale, who leads the group of volunteers that looks after the house. "
    "\"Then the wheel turned, and nobody wanted to go home.\"\n\n"
    "Visitors will be able to see flour being ground on two days of the week, and the bakery next door has said "
    "that it will sell bread made from it.\n\n"
    "Related articles\nThe bridge that nobody wanted\nSchool choir wins a prize in the capital\n\n"
    "Subscribe to our newsletter\nPrivacy policy\nAll rights reserved\n";

CHECK(a_plain_page_is_understood)
{
    struct parsed p;

    parse_text(&p, english, strlen(english));
    assert_tiles(&p.article);
    assert_string_equal(p.article.title, "Old Mill at Brackwater to Reopen After Nine Years of Repairs");
    assert_int_equal(p.article.author_count, 1);
    assert_string_equal(p.article.authors[0], "Martha Winslow");
    assert_string_equal(p.article.published, "2021-03-14T09:30");
    assert_string_equal(p.article.language, "en");
    assert_kind(&p.article, "The mill on", KIND_PARAGRAPH);
    assert_kind(&p.article, "Visitors will", KIND_PARAGRAPH);
    assert_kind(&p.article, "Subscribe to", KIND_BOILERPLATE);
    assert_kind(&p.article, "Privacy policy", KIND_BOILERPLATE);
    assert_true(p.article.words > 100);
    parsed_release(&p);
}

CHECK(what_the_format_gave_wins)
{
    struct record r;
    struct article a;

    record_init(&r);
    article_init(&a);
    record_set_text(&r, english, strlen(english));
    r.given = RECORD_TITLE | RECORD_PUBLISHED;
    r.title = "Given";
    r.published = "2000-01-01";
    parse_article(the_parser(), &r, NULL, &a);
    assert_string_equal(a.title, "Given");
    assert_string_equal(a.published, "2000-01-01");
    assert_int_equal(a.given, RECORD_TITLE | RECORD_PUBLISHED);
    assert_string_equal(a.authors[0], "Martha Winslow");
    article_release(&a);
    record_release(&r);
}

CHECK(a_headline_that_was_given_is_known_in_the_text)
{
    static const char text[] = "Link without words\n\nhttps://blog.example.com/post";
    struct record r;
    struct article a;

    record_init(&r);
    article_init(&a);
    record_set_text(&r, text, strlen(text));
    r.given = RECORD_TITLE | RECORD_URL;
    r.title = "Link without words";
    r.url = "https://blog.example.com/post";
    parse_article(the_parser(), &r, NULL, &a);
    assert_int_equal(a.block_count, 2);
    assert_int_equal(a.blocks[0].kind, KIND_TITLE);
    assert_int_equal(a.blocks[1].kind, KIND_PARAGRAPH);
    article_release(&a);
    record_release(&r);
}

CHECK(a_headline_that_was_given_is_the_one)
{
    static const char text[] = "Short text of the article.";
    struct record r;
    struct article a;

    record_init(&r);
    article_init(&a);
    record_set_text(&r, text, strlen(text));
    r.given = RECORD_TITLE;
    r.title = "What the format says";
    parse_article(the_parser(), &r, NULL, &a);
    assert_string_equal(a.title, "What the format says");
    assert_int_equal(a.blocks[0].kind, KIND_PARAGRAPH);
    r.title = "Short text of the article. | The Post";
    article_reset(&a);
    parse_article(the_parser(), &r, NULL, &a);
    assert_int_equal(a.blocks[0].kind, KIND_TITLE);
    article_release(&a);
    record_release(&r);
}

CHECK(explain_has_a_line_for_each_line)
{
    struct record r;
    struct article a;
    struct buf out;
    size_t lines = 0, i;

    record_init(&r);
    article_init(&a);
    buf_init(&out);
    record_set_text(&r, english, strlen(english));
    parse_explain(the_parser(), &r, NULL, &a, &out);
    for (i = 0; i < out.len; i++)
        lines += out.data[i] == '\n';
    assert_int_equal(lines, 16);
    assert_non_null(strstr(out.data, "title: title 0."));
    buf_release(&out);
    article_release(&a);
    record_release(&r);
}

/* What is behind the lines that are taken apart is there all the same. */
CHECK(a_page_without_end_is_tiled)
{
    static const char *const lines[] = {"a\n", "seven w \n\n  ", "\xE6\x97\xA5"};

    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        size_t count = i < 2 ? RECORD_LINES + 50000 : RECORD_BYTES / 3 + 50000;
        struct article a;
        struct record r;
        struct buf b;

        buf_init(&b);
        buf_add_str(&b, i < 2 ? "A page without end\n\n" : "");
        while (count--)
            buf_add_str(&b, lines[i]);
        record_init(&r);
        record_set_text(&r, b.data, b.len);
        article_init(&a);
        parse_article(the_parser(), &r, NULL, &a);
        assert_tiles(&a);
        assert_true(article_check(&a));
        assert_true(i < 2 ? a.block_count > 4 : a.block_count == 1);
        article_release(&a);
        record_release(&r);
        buf_release(&b);
    }
}

CHECK_MAIN(T(a_page_without_end_is_tiled), T(odd_texts_are_tiled), T(a_headline_ends_with_its_line),
           T(zero_bytes_are_kept), T(fields_go_on_behind_zero_bytes),
           T(a_plain_page_is_understood),
           T(what_the_format_gave_wins),
           T(a_headline_that_was_given_is_known_in_the_text),
           T(a_headline_that_was_given_is_the_one), T(explain_has_a_line_for_each_line))
