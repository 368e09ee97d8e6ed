/* SPDX-License-Identifier: ISC */
#include "page.h"

/* Prose, so that what stands above it is a page's head. */
#define STORY                                                                                                 \
    "The old harbour crane was taken down on Tuesday, and the town came to see it, with folding chairs and "  \
    "flasks of tea, as if for a play that had been announced for years.\n\n"                                 \
    "Nobody had thought that it would go so fast. By noon the crane lay on three barges, and by evening the " \
    "quay was as flat as the day when it was built, the harbour master said.\n\n"                            \
    "It will be set up again, he added, in a yard behind the museum, where children may climb on it and where " \
    "it cannot fall into the water any more.\n"

static void assert_title(const char *head, const char *title)
{
    struct buf text;
    struct parsed p;

    buf_init(&text);
    buf_add_fmt(&text, "%s\n\n" STORY, head);
    parse_text(&p, text.data, text.len);
    assert_non_null(p.article.title);
    assert_string_equal(p.article.title, title);
    parsed_release(&p);
    buf_release(&text);
}

CHECK(what_stands_before_a_headline_is_cut)
{
    assert_title("23.01.2022 - Harbour crane leaves the quay for the museum",
                 "Harbour crane leaves the quay for the museum");
    assert_title("Farewell on the quay : Harbour crane leaves for the museum",
                 "Harbour crane leaves for the museum");
    assert_title("Harbour Harbour crane leaves the quay for the museum",
                 "Harbour crane leaves the quay for the museum");
    assert_title("Harbour crane: it leaves the quay for the museum",
                 "Harbour crane: it leaves the quay for the museum");
}

/* A space alone parts a kicker or the way to the page from the headline: another line shows where. */
CHECK(another_line_shows_where_a_headline_begins)
{
    assert_title("Home / News / Harbour\n\nOn the quay Harbour crane leaves for the city museum\n\n"
                 "Share: Harbour crane leaves for the city museum",
                 "Harbour crane leaves for the city museum");
    assert_title("HomeNewsHarbour crane leaves for the city museum\n\nHarbour crane leaves for the city museum",
                 "Harbour crane leaves for the city museum");
    assert_title("On the quay Harbour crane leaves for the city museum\n\nRead on: On the quay - Harbour crane",
                 "Harbour crane leaves for the city museum");
    assert_title("Home / News / Harbour / Harbour crane leaves for the museum",
                 "Harbour crane leaves for the museum");
    assert_title("The old \xC2\xBB" "crane\xC2\xAB and the old \xC2\xBBquay\xC2\xAB leave for the museum",
                 "The old \xC2\xBB" "crane\xC2\xAB and the old \xC2\xBBquay\xC2\xAB leave for the museum");
}

CHECK(a_caption_is_no_headline)
{
    assert_title("Harbour crane gone\n\nAnn Lee on the quay, with her flask of tea. Photo: Jane Doe",
                 "Harbour crane gone");
}

CHECK(a_call_for_help_is_no_headline)
{
    assert_title("Keep The Quayside Times afloat!\n\nHarbour crane leaves the quay for the museum\n\n" STORY
                 "\nA message from The Quayside Times:\n\nPlease support us with a gift.",
                 "Harbour crane leaves the quay for the museum");
}

CHECK(a_headline_holds_no_soft_hyphens)
{
    assert_title("Har\xC2\xAD" "bour crane leaves the quay for the mu\xC2\xADseum",
                 "Harbour crane leaves the quay for the museum");
}

CHECK(a_site_behind_a_bar_is_cut)
{
    assert_title("Harbour crane leaves the quay for the museum | Quayside",
                 "Harbour crane leaves the quay for the museum");
}

static void assert_author(const char *byline, const char *author)
{
    struct buf text;
    struct parsed p;

    buf_init(&text);
    buf_add_fmt(&text, "Harbour crane leaves the quay for the museum\n\n%s\n\n" STORY, byline);
    parse_text(&p, text.data, text.len);
    assert_int_equal(p.article.author_count, 1);
    assert_string_equal(p.article.authors[0], author);
    parsed_release(&p);
    buf_release(&text);
}

CHECK(a_name_ends_where_a_date_begins)
{
    assert_author("By Erin Cunning March 18 at 3:57 PM", "Erin Cunning");
    assert_author("By Evgenia Karp Updated on 6 November 2023", "Evgenia Karp");
    assert_author("By R.C. Baker", "R.C. Baker");
}

/* published is NULL where the head names none. */
static void assert_published(const char *head, const char *published)
{
    struct buf text;
    struct parsed p;

    buf_init(&text);
    buf_add_fmt(&text, "Harbour crane leaves the quay for the museum\n\n%s\n\n" STORY, head);
    parse_text(&p, text.data, text.len);
    if (published)
        assert_string_equal(p.article.published, published);
    else
        assert_null(p.article.published);
    parsed_release(&p);
    buf_release(&text);
}

CHECK(a_name_stands_where_its_label_or_date_says)
{
    assert_author("Author:\nErin Cunning\nDate:\n18 March 2018", "Erin Cunning");
    assert_author("by\nfreeman84", "freeman84");
    assert_author("Posted by Loïc Le Clerc | 30 September 2018", "Loïc Le Clerc");
    assert_author("The Harbour Times 18 March 2018 Erin Cunning", "Erin Cunning");
    assert_author("Redaktion - 31. Januar 2022", "Redaktion");
    assert_author("By Erin Cunning\n18 March 2018\nPhoto: Marcus Lightwood", "Erin Cunning");
    assert_author("1.11.23 20:19 von Erin Cunning Lesezeit: 4 Min.", "Erin Cunning");
    assert_author("By Erin Cunning\n18 March 2018\n\n\xC2\xA9 Marcus Lightwood", "Erin Cunning");
}

CHECK(a_span_of_time_is_no_day_of_publication)
{
    assert_published("30 March 2020, 13:15 - 19:00", NULL);
    assert_published("30 March 2020, 13:15 \xE2\x80\x93 19:00", NULL);
    assert_published("30 March 2020, 13:15 \xE2\x80\xA2 2 min read", "2020-03-30T13:15");
}

CHECK(the_hour_of_a_comment_is_not_that_of_its_page)
{
    static const char text[] = "Harbour crane leaves the quay for the museum\nBy Jane Doe\nMarch 15, 2020\n" STORY
                               "2 Comments\nAlice says:\nMarch 15, 2020 at 4:12 pm\nAbout time too.\nReply\n"
                               "Bob says:\nMarch 16, 2020 at 8:01 am\nIt was never any good.\nReply\n"
                               "Leave a Reply\n";
    struct parsed p;

    parse_text(&p, text, sizeof text - 1);
    assert_int_equal(p.article.comment_count, 2);
    assert_string_equal(p.article.published, "2020-03-15");
    parsed_release(&p);
}

CHECK(a_date_of_something_else_is_no_day_of_publication)
{
    assert_published("Deadline: 15 March 2020", NULL);
    assert_published("Premiere 15 March 2020", NULL);
    assert_published("Date: 15 March 2020\nKick-off: 17:00", NULL);
    assert_published("15 March 2020, 17:00\nDate and place\nKick-off 15 March 2020, 17:00", NULL);
    assert_published("Published: 15 March 2020", "2020-03-15");
    assert_published("Press release 15 March 2020", "2020-03-15");
}

CHECK(a_date_that_is_told_is_no_day_of_publication)
{
    assert_published("The council of the harbour town met on 15 March 2020 to talk of its old crane", NULL);
    assert_published("What was left on 15 March 2020:", NULL);
    assert_published("Posted on 15 March 2020 by Ann Cole in the harbour town's own news", "2020-03-15");
}

CHECK(the_first_line_names_the_site)
{
    static const char text[] = "The Quayside Lantern\n\nHome\nBoats\nAbout\n\n"
                               "Harbour crane leaves the quay for the museum\n\n"
                               "Posted on May 2, 2014 by Ann Cole\n\n" STORY;
    struct parsed p;

    parse_text(&p, text, strlen(text));
    assert_non_null(p.article.site);
    assert_string_equal(p.article.site, "The Quayside Lantern");
    parsed_release(&p);
}

CHECK(an_appeal_at_the_end_is_no_text)
{
    static const char text[] = "Harbour crane leaves the quay for the museum\n\n" STORY
                               "\nDear readers,\n\nThese are hard days for a small paper, and the roof leaks.\n\n"
                               "Please support us with a monthly gift. Every donation helps our paper.\n\n"
                               "We need your help to go on.\n\nOnce\n\nMonthly\n";
    const struct article *a;
    struct parsed p;
    size_t i;

    parse_text(&p, text, strlen(text));
    a = &p.article;
    for (i = 0; i < a->block_count; i++) {
        if (a->blocks[i].start >= (size_t)(strstr(text, "Dear readers") - text))
            assert_string_equal(kind_info(a->blocks[i].kind)->name, "boilerplate");
    }
    parsed_release(&p);
}

CHECK_MAIN(T(what_stands_before_a_headline_is_cut), T(another_line_shows_where_a_headline_begins),
           T(a_headline_holds_no_soft_hyphens), T(a_caption_is_no_headline), T(a_call_for_help_is_no_headline),
           T(a_site_behind_a_bar_is_cut), T(a_name_ends_where_a_date_begins),
           T(a_name_stands_where_its_label_or_date_says), T(a_span_of_time_is_no_day_of_publication),
           T(the_hour_of_a_comment_is_not_that_of_its_page),
           T(a_date_of_something_else_is_no_day_of_publication),
           T(a_date_that_is_told_is_no_day_of_publication), T(the_first_line_names_the_site),
           T(an_appeal_at_the_end_is_no_text))
