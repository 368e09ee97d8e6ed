/* SPDX-License-Identifier: ISC */
#include "talk.h"

#include "base/buf.h"

/* "NAME<PARENT" for each comment of the thread below the story, with "?" where the parent is inferred. */
static void answers(const char *thread, const char *parents)
{
    struct buf text, got;
    struct page p;
    size_t i;

    buf_init(&text);
    buf_init(&got);
    buf_add_str(&text, STORY);
    buf_add_str(&text, thread);
    open_page(&p, text.data);
    for (i = 0; i < p.article.comment_count; i++) {
        const struct article_comment *c = &p.article.comments[i];

        buf_add_fmt(&got, "%s%s<%d%s", i ? ", " : "", c->author ? c->author : "-", c->parent, c->inferred ? "?" : "");
    }
    assert_string_equal(got.data, parents);
    close_page(&p);
    buf_release(&got);
    buf_release(&text);
}

CHECK(a_name_addressed_is_an_inferred_parent)
{
    answers("3 Comments\n\nAnna Berg says:\nMay 1, 2012 at 1:00 pm\nWho paid for all of this?\n\nBo says:\n"
            "May 1, 2012 at 2:00 pm\n@Anna: we did.\n\nCy says:\nMay 1, 2012 at 3:00 pm\nI think Anna "
            "is asking the wrong people.\n",
            "Anna Berg<0, Bo<1?, Cy<0");
}

CHECK(blogger_nests_its_replies)
{
    answers("3 comments:\n\nAnnaOctober 29, 2012 1:24 PM\nI have waited for this bridge for years.\n"
            "ReplyDelete\nReplies\nBoOctober 29, 2012 2:24 PM\nSo have I, my friend.\nDelete\nReply\n"
            "CyOctober 30, 2012 1:24 PM\nWhen will the lamps be lit?\nReplyDelete\nPost a Comment\n",
            "Anna<0, Bo<1, Cy<0");
}

/* Where answers have no buttons, one to reply ends them. */
CHECK(a_reply_button_ends_bare_answers)
{
    answers("5 comments:\n\nAnna October 29, 2012 1:24 PM\nI have waited for this bridge for years.\n"
            "Reply\nReplies\nBo October 29, 2012 2:24 PM\nSo have I, my friend.\nAnna October 29, 2012 2:30 PM\n"
            "Then we should meet on it.\nReply\nCy October 30, 2012 1:24 PM\nWhen will the lamps be lit?\nReply\n"
            "Dan W. October 30, 2012 1:44 PM\nWhen somebody pays for them.\nReply\nPost a Comment\n",
            "Anna<0, Bo<1, Anna<1, Cy<0, Dan W.<0");
}

CHECK(who_greets_the_host_answers_the_article)
{
    answers("4 Comments\n\nAnna says:\nMay 1, 2012 at 1:00 pm\nI like it. Who built it?\n\nHost says:\n"
            "May 1, 2012 at 2:00 pm\nThank you, Anna! My brother did.\n\nCy says:\nMay 1, 2012 at 3:00 pm\n"
            "Hi Host, I like what you write.\n\nHost says:\nMay 1, 2012 at 4:00 pm\nThanks Cy, so do I.\n",
            "Anna<0, Host<1?, Cy<0, Host<3?");
}

CHECK(part_of_a_name_is_not_another_name)
{
    answers("3 Comments\n\nJan Dark says:\nMay 1, 2012 at 1:00 pm\nI like it. Who built it?\nReply\n\nBo says:\n"
            "May 1, 2012 at 2:00 pm\n@Jan Dirk: not you, I think.\nReply\n\nCy says:\nMay 1, 2012 at 3:00 pm\n"
            "@Jan: the town did, with our money.\nReply\n",
            "Jan Dark<0, Bo<0, Cy<1?");
}

/* Without a way to answer one comment a list is in order of time: nothing moves in it. */
CHECK(in_a_flat_list_nothing_inferred_moves_a_comment)
{
    answers("5 Comments\n\nAnna says:\nMay 1, 2012 at 1:00 pm\nI like it. Who built it?\n\nBo says:\n"
            "May 1, 2012 at 2:00 pm\n@Anna: the town did.\n\nCy says:\nMay 1, 2012 at 3:00 pm\n@Anna: with our "
            "money.\n\nDan says:\nMay 1, 2012 at 4:00 pm\nThe ferry was cheaper.\n\nErswi says:\nMay 1, 2012 at "
            "5:00 pm\n@Cy: and with mine.\n",
            "Anna<0, Bo<1?, Cy<1?, Dan<0, Erswi<0");
}

CHECK(who_quotes_answers)
{
    answers("4 Comments\n\nAnna says:\nMay 1, 2012 at 1:00 pm\nI like it. But the lamps were far too expensive.\n"
            "Reply\n\nBo says:\nMay 1, 2012 at 2:00 pm\nWhat of the ferry?\nReply\n\nCy says:\nMay 1, 2012 at "
            "3:00 pm\n“But the lamps were far too expensive.”\nNot as the old ones were.\nReply\n\n@Bo says:\nMay 1, "
            "2012 at 4:00 pm\nIt will be sold.\nReply\n",
            "Anna<0, Bo<0, Cy<1?, Bo<2?");
}

CHECK(who_names_himself_answers_his_own_comment)
{
    answers("3 Comments\n\nAnna says:\nMay 1, 2012 at 1:00 pm\nWho built it?\nReply\n\nBo says:\nMay 1, "
            "2012 at 2:00 pm\nThe town.\nReply\n\nAnna says:\nMay 1, 2012 at 3:00 pm\n@Anna well, now I "
            "know it.\nReply\n",
            "Anna<0, Bo<0, Anna<1?");
}

CHECK(reply_to_a_name_above_a_text_is_no_button)
{
    answers("3 Comments\n\nAnna Holm\n3 years ago\n\nWho built it, I ask you?\n\nReply\n\nBo\nReply to Anna "
            "Holm\n2 years ago\n\nWe did, all of us.\n\nReply\n\nCy\n2 years ago\n\nI did not.\n\nReply to Cy\n",
            "Anna Holm<0, Bo<1?, Cy<0");
}

CHECK_MAIN(T(a_name_addressed_is_an_inferred_parent), T(blogger_nests_its_replies),
           T(a_reply_button_ends_bare_answers), T(who_greets_the_host_answers_the_article),
           T(part_of_a_name_is_not_another_name), T(in_a_flat_list_nothing_inferred_moves_a_comment),
           T(who_quotes_answers), T(who_names_himself_answers_his_own_comment),
           T(reply_to_a_name_above_a_text_is_no_button))
