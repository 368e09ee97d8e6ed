/* SPDX-License-Identifier: ISC */
#include "talk.h"

CHECK(a_name_addressed_is_an_inferred_parent)
{
    struct page p;

    open_page(&p, STORY
              "3 Comments\n\nAnna Berg says:\nMay 1, 2012 at 1:00 pm\nWho paid for all of this?\n\nBo says:\n"
              "May 1, 2012 at 2:00 pm\n@Anna: we did.\n\nCy says:\nMay 1, 2012 at 3:00 pm\nI think Anna "
              "is asking the wrong people.\n");
    assert_int_equal(p.article.comment_count, 3);
    assert_int_equal(p.article.comments[1].parent, 1);
    assert_true(p.article.comments[1].inferred);
    assert_int_equal(p.article.comments[2].parent, 0);
    close_page(&p);
}

CHECK(blogger_nests_its_replies)
{
    struct page p;

    open_page(&p,
              STORY "3 comments:\n\nAnnaOctober 29, 2012 1:24 PM\nI have waited for this bridge for years.\n"
                    "ReplyDelete\nReplies\nBoOctober 29, 2012 2:24 PM\nSo have I, my friend.\nDelete\nReply\n"
                    "CyOctober 30, 2012 1:24 PM\nWhen will the lamps be lit?\nReplyDelete\nPost a Comment\n");
    assert_int_equal(p.article.comment_count, 3);
    assert_string_equal(p.article.comments[1].author, "Bo");
    assert_int_equal(p.article.comments[1].parent, 1);
    assert_false(p.article.comments[1].inferred);
    assert_int_equal(p.article.comments[2].parent, 0);
    close_page(&p);
}

/* Where answers have no buttons, one to reply ends them. */
CHECK(a_reply_button_ends_bare_answers)
{
    struct page p;

    open_page(
        &p, STORY
        "5 comments:\n\nAnna October 29, 2012 1:24 PM\nI have waited for this bridge for years.\n"
        "Reply\nReplies\nBo October 29, 2012 2:24 PM\nSo have I, my friend.\nAnna October 29, 2012 2:30 PM\n"
        "Then we should meet on it.\nReply\nCy October 30, 2012 1:24 PM\nWhen will the lamps be lit?\nReply\n"
        "Dan W. October 30, 2012 1:44 PM\nWhen somebody pays for them.\nReply\nPost a Comment\n");
    assert_int_equal(p.article.comment_count, 5);
    assert_int_equal(p.article.comments[1].parent, 1);
    assert_int_equal(p.article.comments[2].parent, 1);
    assert_int_equal(p.article.comments[3].parent, 0);
    assert_int_equal(p.article.comments[4].parent, 0);
    assert_string_equal(p.article.comments[4].author, "Dan W.");
    close_page(&p);
}

CHECK(who_greets_the_host_answers_the_article)
{
    struct page p;

    open_page(&p, STORY
              "4 Comments\n\nAnna says:\nMay 1, 2012 at 1:00 pm\nI like it. Who built it?\n\nHost says:\n"
              "May 1, 2012 at 2:00 pm\nThank you, Anna! My brother did.\n\nCy says:\nMay 1, 2012 at 3:00 pm\n"
              "Hi Host, I like what you write.\n\nHost says:\nMay 1, 2012 at 4:00 pm\nThanks Cy, so do I.\n");
    assert_int_equal(p.article.comment_count, 4);
    assert_int_equal(p.article.comments[1].parent, 1);
    assert_int_equal(p.article.comments[2].parent, 0);
    assert_int_equal(p.article.comments[3].parent, 3);
    close_page(&p);
}

CHECK(part_of_a_name_is_not_another_name)
{
    struct page p;

    open_page(
        &p, STORY
        "3 Comments\n\nJan Dark says:\nMay 1, 2012 at 1:00 pm\nI like it. Who built it?\nReply\n\nBo says:\n"
        "May 1, 2012 at 2:00 pm\n@Jan Dirk: not you, I think.\nReply\n\nCy says:\nMay 1, 2012 at 3:00 pm\n"
        "@Jan: the town did, with our money.\nReply\n");
    assert_int_equal(p.article.comments[1].parent, 0);
    assert_int_equal(p.article.comments[2].parent, 1);
    close_page(&p);
}

/* Without a way to answer one comment a list is in order of time: nothing moves in it. */
CHECK(in_a_flat_list_nothing_inferred_moves_a_comment)
{
    struct page p;

    open_page(
        &p, STORY
        "5 Comments\n\nAnna says:\nMay 1, 2012 at 1:00 pm\nI like it. Who built it?\n\nBo says:\n"
        "May 1, 2012 at 2:00 pm\n@Anna: the town did.\n\nCy says:\nMay 1, 2012 at 3:00 pm\n@Anna: with our "
        "money.\n\nDan says:\nMay 1, 2012 at 4:00 pm\nThe ferry was cheaper.\n\nErswi says:\nMay 1, 2012 at "
        "5:00 pm\n@Cy: and with mine.\n");
    assert_int_equal(p.article.comment_count, 5);
    assert_int_equal(p.article.comments[1].parent, 1);
    assert_int_equal(p.article.comments[2].parent, 1);
    assert_int_equal(p.article.comments[3].parent, 0);
    assert_int_equal(p.article.comments[4].parent, 0);
    close_page(&p);
}

CHECK(who_quotes_answers)
{
    struct page p;

    open_page(
        &p, STORY
        "4 Comments\n\nAnna says:\nMay 1, 2012 at 1:00 pm\nI like it. But the lamps were far too expensive.\n"
        "Reply\n\nBo says:\nMay 1, 2012 at 2:00 pm\nWhat of the ferry?\nReply\n\nCy says:\nMay 1, 2012 at "
        "3:00 pm\n\xE2\x80\x9C"
        "But the lamps were far too expensive.\xE2\x80\x9D\nNot as the old ones were.\nReply\n\n@Bo "
        "says:\nMay 1, "
        "2012 at 4:00 pm\nIt will be sold.\nReply\n");
    assert_int_equal(p.article.comment_count, 4);
    assert_int_equal(p.article.comments[1].parent, 0);
    assert_int_equal(p.article.comments[2].parent, 1);
    assert_true(p.article.comments[2].inferred);
    assert_int_equal(p.article.comments[3].parent, 2);
    close_page(&p);
}

CHECK(who_names_himself_answers_his_own_comment)
{
    struct page p;

    open_page(&p, STORY
              "3 Comments\n\nAnna says:\nMay 1, 2012 at 1:00 pm\nWho built it?\nReply\n\nBo says:\nMay 1, "
              "2012 at 2:00 pm\nThe town.\nReply\n\nAnna says:\nMay 1, 2012 at 3:00 pm\n@Anna well, now I "
              "know it.\nReply\n");
    assert_int_equal(p.article.comment_count, 3);
    assert_int_equal(p.article.comments[2].parent, 1);
    close_page(&p);
}

CHECK(reply_to_a_name_above_a_text_is_no_button)
{
    struct page p;

    open_page(
        &p, STORY
        "3 Comments\n\nAnna Holm\n3 years ago\n\nWho built it, I ask you?\n\nReply\n\nBo\nReply to Anna "
        "Holm\n2 years ago\n\nWe did, all of us.\n\nReply\n\nCy\n2 years ago\n\nI did not.\n\nReply to Cy\n");
    assert_int_equal(p.article.comment_count, 3);
    assert_int_equal(p.article.comments[1].parent, 1);
    assert_int_equal(p.article.comments[2].parent, 0);
    assert_string_equal(p.article.comments[1].text, "We did, all of us.");
    close_page(&p);
}

CHECK_MAIN(T(a_name_addressed_is_an_inferred_parent), T(blogger_nests_its_replies),
           T(a_reply_button_ends_bare_answers), T(who_greets_the_host_answers_the_article),
           T(part_of_a_name_is_not_another_name), T(in_a_flat_list_nothing_inferred_moves_a_comment),
           T(who_quotes_answers), T(who_names_himself_answers_his_own_comment),
           T(reply_to_a_name_above_a_text_is_no_button))
