/* SPDX-License-Identifier: ISC */
#include "../check.h"

#include "parse/given.h"

CHECK(comments_keep_their_parents)
{
    static struct record_comment comments[] = {
        {.id = "x9", .author = "Ann", .published = "2020-09-13", .text = "one", .score = 3, .has_score = true},
        {.id = "x2", .parent = "x9", .author = "", .text = "two"},
        {.id = "x5", .parent = "x2", .text = "three", .removed = true},
        {.id = "x7", .parent = "x9", .text = "four"},
        {.id = "x1", .text = "five"},
        {.id = "x0", .parent = "nowhere", .text = "six"},
    };
    static const int parents[] = {0, 1, 2, 1, 0, 0};
    struct record r;
    struct article a;
    size_t i;

    record_init(&r);
    article_init(&a);
    r.comments = comments;
    r.comment_count = 6;
    given_comments(&r, &a);
    assert_int_equal(a.comment_count, 6);
    for (i = 0; i < 6; i++) {
        assert_int_equal(a.comments[i].id, i + 1);
        assert_int_equal(a.comments[i].parent, parents[i]);
        assert_false(a.comments[i].inferred);
        assert_string_equal(a.comments[i].text, comments[i].text);
    }
    assert_string_equal(a.comments[0].author, "Ann");
    assert_string_equal(a.comments[0].published, "2020-09-13");
    assert_true(a.comments[0].has_score);
    assert_int_equal(a.comments[0].score, 3);
    assert_null(a.comments[1].author);
    assert_true(a.comments[2].removed);
    article_release(&a);
    record_release(&r);
}

CHECK_MAIN(T(comments_keep_their_parents))
