/* SPDX-License-Identifier: ISC */
#include "../check.h"

#include "doc/article.h"
#include "doc/json.h"

static const char text[] = "Rain ahead\n\nIt will rain on the hills, says the office.\n\nAnn\nGood.\n";

static void build(struct article *a)
{
    struct article_comment *c;

    article_init(a);
    a->text = text;
    a->len = sizeof text - 1;
    article_add_block(a, KIND_TITLE, 0, 10, 0);
    article_add_block(a, KIND_PARAGRAPH, 12, 55, 0);
    article_add_block(a, KIND_COMMENT, 57, 66, 0);
    article_add_author(a, "Bo Li", 5);
    article_add_author(a, "Bo Li", 5);
    article_add_author(a, "Cy", 2);
    c = article_add_comment(a);
    c->author = "Ann";
    c->text = "Good.";
    a->title = article_str(a, text, 10);
}

CHECK(keeps_its_invariants)
{
    struct article a;

    build(&a);
    assert_true(article_check(&a));
    assert_int_equal(a.author_count, 2);
    article_count_words(&a);
    assert_int_equal(a.words, 9);
    assert_int_equal(article_minutes(&a), 1);
    article_release(&a);
}

CHECK(counts_words_in_any_script)
{
    static const char *const texts[] = {"don't stop", "Привет, мир", "漢字仮名", "a-b 3.5"};
    static const long words[] = {2, 2, 2, 4};
    size_t i;

    for (i = 0; i < 4; i++) {
        struct article a;

        article_init(&a);
        a.text = texts[i];
        a.len = strlen(texts[i]);
        article_add_block(&a, KIND_PARAGRAPH, 0, a.len, 0);
        article_count_words(&a);
        assert_int_equal(a.words, words[i]);
        article_release(&a);
    }
}

CHECK(prints_the_contract)
{
    struct article a;
    struct buf b;

    build(&a);
    buf_init(&b);
    json_add_article(&b, &a, "x.txt", 0, NULL);
    assert_string_equal(
        b.data,
        "{\"path\": \"x.txt\", \"title\": \"Rain ahead\", \"standfirst\": null, \"authors\": [\"Bo Li\", \"Cy\"], "
        "\"site\": null, \"url\": null, \"published\": null, \"dateline\": null, \"language\": null, "
        "\"blocks\": [{\"kind\": \"title\", \"start\": 0, \"end\": 10, \"text\": \"Rain ahead\"}, "
        "{\"kind\": \"paragraph\", \"start\": 12, \"end\": 55, "
        "\"text\": \"It will rain on the hills, says the office.\"}, "
        "{\"kind\": \"comment\", \"start\": 57, \"end\": 66, \"text\": \"Ann\\nGood.\"}], "
        "\"comments\": [{\"id\": 1, \"parent\": null, \"author\": \"Ann\", \"published\": null, \"score\": null, "
        "\"text\": \"Good.\"}], \"comment_count\": null}\n");
    buf_release(&b);
    article_release(&a);
}

CHECK(escapes_what_json_must)
{
    struct buf b;

    buf_init(&b);
    json_add_string(&b, "a\"\\\n\t\x1b\xFF", 7);
    assert_string_equal(b.data, "\"a\\\"\\\\\\n\\u0009\\u001b\xEF\xBF\xBD\"");
    buf_release(&b);
}

CHECK(starts_again_without_leftovers)
{
    struct article a;

    build(&a);
    article_reset(&a);
    assert_int_equal(a.block_count + a.comment_count + a.author_count, 0);
    assert_null(a.title);
    assert_int_equal(a.stated_comments, -1);
    article_release(&a);
}

CHECK_MAIN(T(keeps_its_invariants), T(counts_words_in_any_script), T(prints_the_contract), T(escapes_what_json_must),
           T(starts_again_without_leftovers))
