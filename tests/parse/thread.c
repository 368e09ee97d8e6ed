/* SPDX-License-Identifier: ISC */
#include "talk.h"
#include "../dice.h"

struct want {
    const char *author, *published, *text;
    int parent;
};

static void expect(const char *text, long stated, size_t count, const struct want *want)
{
    struct page p;
    size_t i;

    open_page(&p, text);
    assert_int_equal(p.article.comment_count, count);
    assert_int_equal(p.article.stated_comments, stated);
    for (i = 0; i < count; i++) {
        const struct article_comment *c = &p.article.comments[i];

        assert_int_equal(c->id, (int)i + 1);
        if (want[i].author != NULL)
            assert_string_equal(c->author, want[i].author);
        else
            assert_null(c->author);
        if (want[i].published != NULL)
            assert_string_equal(c->published, want[i].published);
        else
            assert_null(c->published);
        assert_string_equal(c->text, want[i].text);
        assert_int_equal(c->parent, want[i].parent);
        assert_true(c->start < c->end && c->end <= strlen(text));
    }
    close_page(&p);
}

CHECK(name_says_and_date_below)
{
    static const struct want want[] = {
        {"Anna Holm", "2012-10-29T12:41", "What a fine bridge.\n\nI crossed it twice.", 0},
        {"Bo", "2012-10-30T09:05", "Hi Anna, did you see the lamps?", 1},
    };

    expect(
        STORY
        "2 Responses to A bridge is opened\n\nAnna Holm says:\nOctober 29, 2012 at 12:41 pm\n\nWhat a fine "
        "bridge.\n\nI crossed it twice.\n\nReply\n\nBo says:\nOctober 30, 2012 at 9:05 am\n\nHi Anna, did "
        "you "
        "see the lamps?\n\nReply\n\nLeave a Reply\n\nYour email address will not be published. Required "
        "fields are marked *\n",
        2, 2, want);
}

CHECK(name_and_date_in_one_line)
{
    static const struct want want[] = {
        {"Colm", "2012-11-01T08:29", "The old one was prettier, if you ask me.", 0},
        {"DKB @ NYU", "2012-11-01T17:46", "It fell into the river, though.", 0},
        {"Erswi", "2012-11-02T07:00", "Quite. I was there that night.", 0},
    };

    expect(
        STORY
        "Comments\n\nColm November 1, 2012 at 8:29 am\n\nThe old one was prettier, if you ask me.\n\n"
        "DKB @ NYU November 1, 2012 at 17:46\n\nIt fell into the river, though.\n\nErswi November 2, 2012 at "
        "7:00 am\n\nQuite. I was there that night.\n\nComments are closed.\n",
        -1, 3, want);
}

/* No heading, no word of speech, no button: numbers that run on and days that rise speak for it, and the
 * article's own byline is not the first of them. */
CHECK(numbers_run_on_without_a_heading)
{
    static const struct want want[] = {
        {"Colm", "2012-11-01", "The old one was prettier, if you ask me.", 0},
        {"bo of the mill", "2012-11-02", "It fell into the river, though.", 0},
        {"Erswi", "2012-11-02", "Quite. I was there that night.", 0},
        {"Dan", "2012-11-03", "And who pays for the lamps?", 0},
    };

    expect(
        "A bridge is opened, 30 October 2012\n\n" STORY
        "1. Colm - 1 November, 2012\n\nThe old one was prettier, if you ask me.\n\n2. bo of the mill - 2 "
        "November, 2012\n\nIt fell into the river, though.\n\n#3. Erswi - 2 November, 2012\n\nQuite. I was "
        "there that night.\n\n4. Dan - 3 November, 2012\n\nAnd who pays for the lamps?\n",
        -1, 4, want);
}

/* Headers bound to the text above them by blank lines, as pasted pages have them: the text below the last
 * says that they stand before their texts. */
CHECK(headers_glued_to_the_text_above)
{
    static const struct want want[] = {
        {"Colm", "2012-11-01T10:00", "The old one was prettier, if you ask me.", 0},
        {"Erswi", "2012-11-02T11:30", "Quite. I was there that night.", 0},
        {"Dan", "2012-11-03T12:30", "And who pays for the lamps?", 0},
    };

    expect(
        STORY
        "Colm says:\nNovember 1, 2012 at 10:00 am\n\nThe old one was prettier, if you ask me.\nErswi says:\n"
        "November 2, 2012 at 11:30 am\n\nQuite. I was there that night.\nDan says:\nNovember 3, 2012 at "
        "12:30 pm\n\nAnd who pays for the lamps?\n",
        -1, 3, want);
}

CHECK(a_byline_above_all_prose_is_no_comment)
{
    expect("A bridge is opened\n\nby Anna Holm on May 3, 2012 at 10:12 am\n\nI was there when they opened "
           "the new "
           "bridge. You should have seen it.\n\nThat is all I can say to you today.\n",
           -1, 0, NULL);
}

CHECK(teasers_fall_in_time)
{
    expect(STORY
           "A market hall for Elmsford\nTown | 4 November 2012\n\nThe old hall is to be pulled down next "
           "year.\n\nThe ferry stays\nRiver | 2 November 2012\n\nIt will cross twice a day. Its captain is "
           "glad.\n\nLamps for the quay\nTown | 1 November 2012\n\nForty lamps were bought. They are "
           "green.\n",
           -1, 0, NULL);
}

CHECK(a_place_between_name_and_date)
{
    static const struct want want[] = {
        {"Colm", "2012-11-01", "The old one was prettier, if you ask me.", 0},
        {"Erswi", "2012-11-02", "Quite. I was there that night.", 0},
        {"Dan", "2012-11-03", "And who pays for the lamps?", 0},
    };

    expect(STORY "Comments\n\nColm\nUpper Elmsford\nNovember 1, 2012\n\nThe old one was prettier, if you ask "
                 "me.\n\nErswi\nTarn, Westmark\nNovember 2, 2012\n\nQuite. I was there that "
                 "night.\n\nDan\nElmsford\nNovember 3, 2012\n\nAnd who pays for the lamps?\n",
           -1, 3, want);
}

CHECK(subjects_above_the_headers)
{
    static const struct want want[] = {
        {"Colm", "2012-11-01T10:00", "The lamps\n\nThe old ones were prettier, if you ask me.", 0},
        {"Erswi", "2012-11-02T11:30", "Not so\n\nThey never burned. I was there.", 0},
        {"Dan", "2012-11-02T12:30", "Money\n\nAnd who pays for the new ones?", 0},
    };

    expect(STORY
           "The lamps\nSubmitted by Colm on 2012-11-01 10:00.\n\nThe old ones were prettier, if you ask "
           "me.\n\nNot so\nSubmitted by Erswi on 2012-11-02 11:30.\n\nThey never burned. I was "
           "there.\n\nMoney\nSubmitted by Dan on 2012-11-02 12:30.\n\nAnd who pays for the new ones?\n",
           -1, 3, want);
}

CHECK(date_number_name_rank)
{
    static const struct want want[] = {
        {"Colm", "2012-11-01T10:00", "The old one was prettier, if you ask me.", 0},
        {"Erswi", "2012-11-02T11:30", "Quite. I was there that night.", 0},
        {"Dan", "2012-11-02T12:30", "And who pays for the lamps?", 0},
    };

    expect(STORY
           "2012-11-01, 10:00\n#1\nColm\nMember\n\nThe old one was prettier, if you ask me.\n\n2012-11-02, "
           "11:30\n#2\nErswi\nJunior Member\n\nQuite. I was there that night.\n\n2012-11-02, "
           "12:30\n#3\nDan\nMember\n\nAnd who pays for the lamps?\n",
           -1, 3, want);
}

CHECK(a_dash_before_name_and_date_behind_the_text)
{
    static const struct want want[] = {
        {"Colm", "2012-11-01", "The old one was prettier, if you ask me.", 0},
        {"Erswi", "2012-11-02", "Quite. I was there that night.", 0},
        {"Dan", "2012-11-03", "And who pays for the lamps?", 0},
    };

    expect(STORY "3 Comments\n\nThe old one was prettier, if you ask me.\n\xE2\x80\x94 Colm, November 1, "
                 "2012\n\nQuite. I was there that night.\n\xE2\x80\x94 Erswi, November 2, 2012\n\nAnd who "
                 "pays for the "
                 "lamps?\n\xE2\x80\x94 Dan, November 3, 2012\n",
           3, 3, want);
}

CHECK(names_below_their_texts)
{
    static const struct want want[] = {
        {"gabriel semp", NULL, "The old one was prettier, if you ask me.", 0},
        {"Erswi", NULL, "Quite, I was there that night.", 0},
        {"lafolie", NULL, "And who pays for the lamps? We do.", 0},
    };

    expect(
        STORY
        "3 Comments\n\nThe old one was prettier, if you ask me.\n\ngabriel semp\n\nQuite, I was there that "
        "night.\n\nErswi\n\nAnd who pays for the lamps? We do.\n\nlafolie\n\nLeave a Reply\n\nYour email "
        "address will not be published.\n",
        3, 3, want);
}

CHECK(a_name_below_best_wishes_is_a_signature)
{
    static const struct want want[] = {
        {"Joachim", NULL, "Thank you for your question, I wrote you.\n\nRegards,\n\nJoachim", 0},
        {"Santosh", NULL, "Thanks.\nVery helpful for all of us.", 0},
    };

    expect(STORY "2 Comments\n\nJoachim\n\nThank you for your question, I wrote "
                 "you.\n\nRegards,\n\nJoachim\n\nSantosh\n\n"
                 "Thanks.\nVery helpful for all of us.\n\nLeave a Reply\n\nYour email address will not be "
                 "published.\n",
           2, 2, want);
}

CHECK(the_last_text_ends_before_the_lines_of_the_page)
{
    static const struct want want[] = {
        {"Joachim", NULL, "Thank you for all of this, I liked it.", 0},
        {"Santosh", NULL, "Love this!!", 0},
    };

    expect(STORY "2 Comments\n\nJoachim\n\nThank you for all of this, I liked it.\n\nSantosh\n\nLove "
                 "this!!\n\nMake a page of "
                 "your own\n\nPrices\n\nHelp\n\nImprint\n",
           2, 2, want);
}

CHECK(names_end_where_other_articles_begin)
{
    static const struct want want[] = {
        {"Anna Holm", NULL, "The old one was prettier, if you ask me.", 0},
        {"Erswi", NULL, "Quite, I was there that night.\n\nBest wishes", 0},
    };

    expect(STORY "Comments\n\nAnna Holm\n\nThe old one was prettier, if you ask me.\n\nErswi\n\nQuite, I was "
                 "there that "
                 "night.\n\nBest wishes\n\nRelated Stories\n\nTown\n\nThe market hall is to be pulled down "
                 "next year\n\nRiver\n\nThe ferry will cross the river twice a day from now on\n",
           -1, 2, want);
}

CHECK(page_numbers_end_a_thread_of_which_the_rest_stands_elsewhere)
{
    static const struct want want[] = {
        {"Anna Holm", NULL, "The old one was prettier, if you ask me.", 0},
        {"Erswi", NULL, "Quite, I was there that night.", 0},
    };

    expect(STORY "Comments (27)\n\nAnna Holm\n\nThe old one was prettier, if you ask me.\n\nErswi\n\nQuite, "
                 "I was there that "
                 "night.\n\nPages\n1\n2\n3\nnext\n\nTown\n\nThe market hall is to be pulled down next year\n",
           27, 2, want);
}

/* What leads to the thread, to its form, its feed or its other pages is no control of it. */
CHECK(links_around_a_thread_are_not_its_controls)
{
    static const char *const controls[] = {"2 Comments on A bridge is opened", "Comments are closed."};
    static const char *const links[] = {"Comments (2)", "Post a comment",
                                        "RSS feed for comments on this post", "Older Comments"};
    struct page p;
    size_t i, k, seen = 0;

    open_page(
        &p, STORY
        "Comments (2)\n\n2 Comments on A bridge is opened\n\nPost a comment\n\nRSS feed for comments on "
        "this post\n\nOlder Comments\n\nAnna says:\nMay 1, 2012 at 1:00 pm\nWho built it?\n\nBo says:\n"
        "May 1, 2012 at 2:00 pm\nWe did.\n\nComments are closed.\n");
    assert_int_equal(p.article.comment_count, 2);
    for (i = 0; i < p.lines.count; i++) {
        const char *line = p.lines.text + p.lines.line[i].start;
        enum parse_thread_role role = parse_thread_line(p.thread, i).role;

        for (k = 0; k < sizeof controls / sizeof controls[0]; k++)
            if (strncmp(line, controls[k], strlen(controls[k])) == 0 && ++seen)
                assert_int_equal(role, THREAD_CONTROL);
        for (k = 0; k < sizeof links / sizeof links[0]; k++)
            if (strncmp(line, links[k], strlen(links[k])) == 0 && ++seen)
                assert_int_equal(role, THREAD_NONE);
    }
    assert_int_equal(seen, 6);
    close_page(&p);
}

CHECK(a_form_above_the_comments_opens_them)
{
    static const struct want want[] = {
        {"Anna Holm", NULL, "The old one was prettier, if you ask me.", 0},
        {"Erswi", NULL, "Quite, I was there that night.", 0},
    };

    expect(STORY "2\nLeave a comment\n\nWould you like to add a picture of your own?\nYour email address "
                 "will not be published.\n\nAnna Holm\n\nThe old "
                 "one was prettier, "
                 "if you ask me.\n\nErswi\n\nQuite, I was there that night.\n",
           2, 2, want);
    expect(
        STORY
        "Leave a comment\n\nYour email address will not be published.\n\nCancel\n\nYou are commenting using "
        "your WordPress.com account. ( Log Out / Change )\n\nSend it\n\nYou will hear from us soon.\n",
        0, 0, NULL);
}

CHECK(a_heading_below_a_link_to_the_form_is_heard)
{
    static const struct want want[] = {{"Muriel", "2020-01-22T12:01", "Pour sauver la ville", 0},
                                       {"Claude", "2020-01-23T18:19", "Et le pont, qui le paie ?", 0}};

    expect(
        STORY
        "Ajouter un commentaire\nVoir tout\n1.977 commentaires\nMuriel - Le 22/01/2020 \xC3\xA0 12:01\nPour "
        "sauver la ville\nClaude - Le 23/01/2020 \xC3\xA0 18:19\nEt le pont, qui le paie ?\n",
        1977, 2, want);
}

CHECK(quoted_accounts_are_no_comments)
{
    expect(
        STORY
        "Ann Oakes (@oakes) November 1, 2012\n\nWe opened the bridge today. I am glad.\n\nThe mayor's words "
        "were met with cheers, though not from everybody in the town, as the evening showed.\n\nBo Tarn "
        "(@tarn) "
        "November 2, 2012\n\nI am not. You forgot the ferry.\n\nThe ferry will be sold next year, says the "
        "town, "
        "and its captain will become the keeper of the bridge.\n",
        -1, 0, NULL);
}

CHECK(nobody_has_spoken)
{
    expect(STORY
           "Comments\n\nHouse rules\n\nBe kind to each other, we read what you write.\n\nNo comments yet.\n",
           0, 0, NULL);
#define MENU "Town\n\nRiver\n\nSport\n\nWeather\n\nTrams\n\nLamps\n\nFerries\n\n"
    expect(STORY "Comments\n\n" MENU MENU MENU MENU "Market hall\nMay 3, 2012 10:00\nTo be pulled down\n", -1,
           0, NULL);
}

CHECK(header_behind_the_text)
{
    static const struct want want[] = {
        {"canvas prints", "2012-06-15T09:38", "I like the colour of it very much.", 0},
        {"Joe", "2012-06-16T10:00", "They should have asked us first.\n\nNobody did.", 0},
    };

    expect(
        STORY
        "Comments (2)\n\nI like the colour of it very much.\n\nPosted by: canvas prints | June 15, 2012 at "
        "09:38 AM\n\nThey should have asked us first.\n\nNobody did.\n\nPosted by: Joe | June 16, 2012 at "
        "10:00 AM\n\nPost a comment\n",
        2, 2, want);
}

CHECK(bare_names)
{
    static const struct want want[] = {
        {"Kim Long", NULL, "What a bridge.", 0},
        {"lord bell", NULL, "great work", 0},
        {"Barbara99", NULL,
         "I would have painted it green, but nobody asked. Green is the colour of our town.", 0},
    };

    expect(
        STORY
        "Subscribe\n\nNotify of\n\nguest\n\n3 Comments\n\nOldest\n\nNewest Most Voted\n\nInline Feedbacks\n\n"
        "View all comments\n\nKim Long\n\nWhat a bridge.\n\nlord bell\n\ngreat work\n\nBarbara99\n\nI would "
        "have painted it green, but nobody asked. Green is the colour of our town.\n",
        3, 3, want);
}

CHECK(date_behind_buttons)
{
    static const struct want want[] = {
        {"Gast", "2017-02-19T20:00", "Sehr schön geworden. Wann wird gefeiert?", 0},
        {"Rita", "2017-02-20T08:10", "Am Sonntag, steht doch oben.", 0},
    };

    expect(STORY
           "2 Kommentare\n\nGast\n\nSehr schön geworden. Wann wird gefeiert?\n\nDaumen hoch0Daumen runter  "
           "Antworten\n19. Februar 2017 20:00\n\nRita\n\nAm Sonntag, steht doch oben.\n\nDaumen hoch2Daumen "
           "runter  Antworten\n20. Februar 2017 08:10\n",
           2, 2, want);
}

CHECK(indentation_is_depth)
{
    struct page p;

    open_page(
        &p, STORY
        "Comments\n\nAnna says:\nOctober 29, 2012 at 12:41 pm\nFirst of all, well done.\n\n    Bo says:\n"
        "    October 29, 2012 at 1:41 pm\n    I second that. Very well done.\n\n        Cy says:\n"
        "        October 29, 2012 at 2:41 pm\n        And I third it, of course.\n\n    Di says:\n"
        "    October 29, 2012 at 3:41 pm\n    So do all of us here.\n\nEd says:\n"
        "October 29, 2012 at 4:41 pm\nNot I. It was too dear.\n");
    assert_int_equal(p.article.comment_count, 5);
    assert_int_equal(p.article.comments[1].parent, 1);
    assert_int_equal(p.article.comments[2].parent, 2);
    assert_int_equal(p.article.comments[3].parent, 1);
    assert_int_equal(p.article.comments[4].parent, 0);
    assert_false(p.article.comments[1].inferred);
    close_page(&p);
}

CHECK(the_page_says_how_many)
{
    expect(STORY "604 COMMENTS\n\nShow Comments\n", 604, 0, NULL);
    expect(STORY "Leave a Reply\n\nYour email address will not be published. Required fields are marked *\n",
           0, 0, NULL);
    expect(STORY "Newsfeed\n\n0\n\nTo participate in the discussion\n\nlog in or register\n", 0, 0, NULL);
    expect(STORY "No comments yet\n", 0, 0, NULL);
    expect("Kudos:\n7142\nComments:\n1664\nHits:\n152759\n\n" STORY, 1664, 0, NULL);
    expect(STORY, -1, 0, NULL);
}

CHECK(teasers_are_not_comments)
{
    expect(
        STORY
        "More from Elmsford\n\nNorth Bridge\nNovember 20, 2019 13:42\nTram line delayed again\n\nSouth Gate\n"
        "November 19, 2019 10:12\nMarket hall to close in May\n\nOld Town\nNovember 18, 2019 09:00\nSchool "
        "wins a prize for singing\n\nRiverside\nNovember 17, 2019 08:00\nBoat found after three years\n",
        -1, 0, NULL);
}

CHECK(a_byline_is_no_comment)
{
    expect("A bridge is opened\n\nAnna Holm\nOctober 29, 2012 at 12:41 pm\n\n" STORY
           "Leave a Reply\n\nYour email address will not be published. Required fields are marked *\n",
           0, 0, NULL);
}

CHECK(pingbacks_and_removed_comments)
{
    struct page p;

    open_page(
        &p, STORY
        "3 Comments\n\nPingback: 9 reasons to love bridges\n\nAnna says:\nMay 1, 2012 at 1:00 pm\nA fine "
        "bridge it is. I like it.\n\nReply\n\nBo says:\nMay 1, 2012 at 2:00 pm\n"
        "This comment has been removed by the author.\n\nReply\n");
    assert_int_equal(p.article.comment_count, 2);
    assert_false(p.article.comments[0].removed);
    assert_true(p.article.comments[1].removed);
    close_page(&p);
}

CHECK(the_final_kinds_are_obeyed)
{
    static const char text[] =
        STORY "Anna\n\nI like the new bridge very much, thank you all.\n\nBo\n\nSo do I, it is "
              "much better than the old one was.\n";
    struct page p;
    enum kind kinds[7] = {KIND_TITLE,   KIND_PARAGRAPH, KIND_PARAGRAPH, KIND_COMMENT,
                          KIND_COMMENT, KIND_COMMENT,   KIND_COMMENT};

    open_page(&p, text);
    assert_int_equal(p.lines.count, 7);
    assert_int_equal(p.article.comment_count, 0);
    parse_thread_build(p.thread, kinds, &p.article);
    assert_int_equal(p.article.comment_count, 2);
    assert_string_equal(p.article.comments[0].author, "Anna");
    assert_string_equal(p.article.comments[1].text, "So do I, it is much better than the old one was.");
    close_page(&p);
}

CHECK(other_scripts)
{
    static const struct want japanese[] = {
        {"岬の魚屋", "2023-03-12T07:21", "送別会の鯵はうちが出します。", 0},
        {"元航海士", "2023-03-12T20:05", "@岬の魚屋 ありがとう。", 1},
    };
    static const struct want hebrew[] = {
        {"רות", "2023-01-30", "אני בעד.", 0},
        {"גרשון", "2023-01-31", "ידעתי.", 0},
    };
    static const struct want arabic[] = {
        {"مسافر", "2022-10-03T17:20", "وما زلت أنوي إعادتها.", 0},
        {"جابر", "2022-10-04T09:05", "عندي وقت.", 0},
    };

    expect(STORY "コメント（2件）\n\n岬の魚屋\n2023年3月12日 7時21分\n送別会の鯵はうちが出します。\n返信\n"
                 "元航海士\n2023年3月12日(日) 午後8:05\n@岬の魚屋 ありがとう。\n返信\n\nコメントを書く\n",
           2, 2, japanese);
    expect(STORY "2 תגובות\n\nרות\n30 בינואר 2023\nאני בעד.\nהשב\nגרשון\n31 בינואר 2023\nידעתי.\nהשב\n\n"
                 "הוסף תגובה\n",
           2, 2, hebrew);
    expect(STORY "التعليقات (2)\n\nمسافر يقول:\n3 أكتوبر، 2022 الساعة 5:20 م\nوما زلت أنوي إعادتها.\nرد\n"
                 "جابر يقول:\n4 أكتوبر، 2022 الساعة 9:05 ص\nعندي وقت.\nرد\n\nأضف تعليقًا\n",
           2, 2, arabic);
}

CHECK(ranks_in_brackets_are_no_names)
{
    static const struct want want[] = {
        {"Anna Holm", "2012-05-03T10:12", "The old one was prettier, if you ask me.", 0},
        {"Erswi", "2012-05-04T11:30", "Quite, I was there that night.", 0},
    };

    expect(STORY
           "2 Comments\n\nAnna Holm (not verified)\nThu, 2012-05-03 10:12\nPermalink\n\nThe old one was "
           "prettier, "
           "if you ask me.\n\nErswi [Visitor]\nFri, 2012-05-04 11:30\nPermalink\n\nQuite, I was there that "
           "night.\n",
           2, 2, want);
}

CHECK(a_count_above_the_article_is_no_thread)
{
    expect("A bridge is opened\n\n3 Comments\n\nAnna Holm\n\nThe town of Elmsford opened its new bridge on "
           "Monday.\n\n"
           "The mayor\n\nHe thanked the builders, who had worked through two winters.\n\nThe river\n\nIt had "
           "washed "
           "away the old bridge two years ago, and nobody had seen it coming.\n\nThe school\n\nIts choir "
           "sang.\n",
           3, 0, NULL);
}

CHECK(a_word_below_each_teaser_is_no_heading)
{
    expect(
        STORY
        "Comments\nMarket\nHall to close in May, says the mayor.\nComments\nSchool\nA prize for singing, the "
        "first in years.\nComments\nRiver\nA boat was found after three years.\n",
        -1, 0, NULL);
}

CHECK(forms_of_address_on_every_name_are_dropped)
{
    static const struct want want[] = {
        {"Steffen Eck", "2020-04-28T10:27", "Das ist alles sehr schön, aber wer soll es bezahlen?", 0},
        {"Tina Schmitz", "2020-04-28T08:59", "Wir, wie immer. Und ich tue es gern.", 0},
    };

    expect(
        STORY
        "2 Kommentare\n\nHerr Steffen Eck28.04.2020, 10:27 Uhr\n\nDas ist alles sehr schön, aber wer soll es "
        "bezahlen?\n\nAls Spam melden!\n\nFrau Tina Schmitz28.04.2020, 08:59 Uhr\n\nWir, wie immer. Und ich "
        "tue es gern.\n\nAls Spam melden!\n",
        2, 2, want);
}

CHECK(dates_behind_speech)
{
    static const struct want want[] = {
        {"tRiSh", "2012-10-25T06:51", "I walked over it this morning.", 0},
        {"Joe", "2012-10-25T07:02", "Me too, and my dog with me.", 0},
    };

    expect(
        STORY
        "2 comments:\n\ntRiSh said...\n\nI walked over it this morning.\n\nOctober 25, 2012 6:51 AM\n\nJoe "
        "said...\n\nMe too, and my dog with me.\n\nOctober 25, 2012 7:02 AM\n\nPost a Comment\n",
        2, 2, want);
}

CHECK(any_text_is_safe)
{
    static const char *const bits[] = {"Anna says:\n",
                                       "Reply\n",
                                       "May 5, 2012 at 5:49 am\n",
                                       "3 Comments\n",
                                       "\n",
                                       "Leave a Reply\n",
                                       "some words of text that say a thing.\n",
                                       "1\n",
                                       "Bo\n",
                                       "    @Anna: yes\n",
                                       "\xFF\xFE\n",
                                       "Posted by: X | 2012-05-05\n",
                                       "Replies\n"};
    uint64_t seed = 11;
    int round;

    for (round = 0; round < 300; round++) {
        char text[2000] = "";
        size_t used = 0;
        struct page p;

        while (used < 1700) {
            const char *bit = bits[dice(&seed, sizeof bits / sizeof bits[0])];

            memcpy(text + used, bit, strlen(bit) + 1);
            used += strlen(bit);
            if (dice(&seed, 32) == 0)
                break;
        }
        open_page(&p, text);
        for (size_t i = 0; i < p.article.comment_count; i++) {
            const struct article_comment *c = &p.article.comments[i];

            assert_true(c->start < c->end && c->end <= strlen(text));
            assert_true(c->parent < c->id);
            assert_true(i == 0 || c->start >= p.article.comments[i - 1].end);
        }
        close_page(&p);
    }
}

CHECK_MAIN(T(name_says_and_date_below), T(name_and_date_in_one_line), T(header_behind_the_text),
           T(bare_names), T(date_behind_buttons), T(indentation_is_depth), T(the_page_says_how_many),
           T(teasers_are_not_comments), T(a_byline_is_no_comment), T(pingbacks_and_removed_comments),
           T(the_final_kinds_are_obeyed), T(any_text_is_safe), T(a_count_above_the_article_is_no_thread),
           T(a_word_below_each_teaser_is_no_heading), T(forms_of_address_on_every_name_are_dropped),
           T(dates_behind_speech), T(numbers_run_on_without_a_heading), T(teasers_fall_in_time),
           T(a_place_between_name_and_date), T(subjects_above_the_headers), T(date_number_name_rank),
           T(a_dash_before_name_and_date_behind_the_text), T(nobody_has_spoken), T(names_below_their_texts),
           T(names_end_where_other_articles_begin),
           T(page_numbers_end_a_thread_of_which_the_rest_stands_elsewhere),
           T(a_form_above_the_comments_opens_them), T(quoted_accounts_are_no_comments),
           T(a_heading_below_a_link_to_the_form_is_heard), T(other_scripts),
           T(ranks_in_brackets_are_no_names), T(links_around_a_thread_are_not_its_controls),
           T(headers_glued_to_the_text_above), T(a_byline_above_all_prose_is_no_comment),
           T(a_name_below_best_wishes_is_a_signature), T(the_last_text_ends_before_the_lines_of_the_page))
