/* SPDX-License-Identifier: ISC */
#include "../check.h"

#include "store/query.h"
#include "store/rank.h"

/* The expression with its packed words made readable: each length byte becomes a dot. */
static void means(const char *text, const char *match)
{
    struct err e = ERR_INIT;
    struct query *q = query_parse(text, &e);
    char shown[4096];
    size_t i;

    if (!q)
        fail_msg("'%s': %s", text, e.text);
    snprintf(shown, sizeof shown, "%s", query_match(q));
    for (i = 0; shown[i]; i++) {
        if (shown[i] > 0 && shown[i] < 32)
            shown[i] = '.';
    }
    assert_string_equal(shown, match);
    query_free(&q);
}

static void wrong(const char *text, const char *why)
{
    struct err e = ERR_INIT;

    assert_null(query_parse(text, &e));
    assert_int_equal(e.status, ERR_USAGE);
    assert_string_equal(e.text, why);
}

CHECK(reads_words_phrases_and_prefixes)
{
    means("Crane", "(\".crane\")");
    means("harbour crane", "(\".harbour\" AND \".crane\")");
    means("\"the last crane\"", "(\".the.last.crane\")");
    means("crane*", "(\".crane\"*)");
    means("\"last cra\"*", "(\".last.cra\"*)");
    means("don't", "(\".don.t\")");
    means("Élan", "(\".elan\")");
    means("12:30 http://a.b", "(\".12.30\" AND \".http.a.b\")");
}

CHECK(reads_operators_and_groups)
{
    means("a AND b OR c", "(\".a\" AND \".b\") OR (\".c\")");
    means("(a OR b) c", "(((\".a\") OR (\".b\")) AND \".c\")");
    means("a -b NOT c", "(\".a\" NOT (\".b\" OR \".c\"))");
    means("-b", "(facts:\".=a\" NOT (\".b\"))");
    means("a NEAR/3 b", "(NEAR(\".a\" \".b\", 3))");
    means("a NEAR \"b c\" d", "(NEAR(\".a\" \".b.c\", 10) AND \".d\")");
    means("or and not", "(\".or\" AND \".and\" AND \".not\")");
    means("ORANGE", "(\".orange\")");
}

CHECK(reads_fields)
{
    means("title:crane", "(title : \".crane\")");
    means("author:\"Ann Lee\" x", "(author : \".ann.lee\" AND \".x\")");
    means("site:a.example -title:b", "(site : \".a.example\" NOT (title : \".b\"))");
    means("lang:en has:comments", "(facts:\".=len\" AND facts:\".=c\")");
    means("date:2016", "((facts:\".=y2016\"))");
    means("date:2016-03..2016-04", "((facts:\".=m2016-03\" OR facts:\".=m2016-04\"))");
    means("date:2015..2016-01-02", "((facts:\".=y2015\" OR facts:\".=d2016-01-01\" OR facts:\".=d2016-01-02\"))");
}

CHECK(reads_filters)
{
    struct err e = ERR_INIT;
    struct query *q = query_parse("crane is:unread -in:drafts/ in:press", &e);
    bool without;

    assert_non_null(q);
    assert_int_equal(query_flags_with(q), 0);
    assert_int_equal(query_flags_without(q), RANK_READ);
    assert_string_equal(query_path(q, 0, &without), "drafts/");
    assert_true(without);
    assert_string_equal(query_path(q, 1, &without), "press");
    assert_false(without);
    assert_null(query_path(q, 2, &without));
    query_free(&q);
    q = query_parse("fog tag:Later -tag:work", &e);
    assert_string_equal(query_tag(q, 0, &without), "later");
    assert_false(without);
    assert_string_equal(query_tag(q, 1, &without), "work");
    assert_true(without);
    assert_null(query_tag(q, 2, &without));
    query_free(&q);
    q = query_parse("is:starred", &e);
    assert_int_equal(query_flags_with(q), RANK_STARRED);
    assert_false(query_has_words(q));
    query_free(&q);
}

CHECK(cuts_scripts_without_spaces_as_the_index_does)
{
    struct err e = ERR_INIT;
    struct query *q = query_parse("灯台の", &e);
    bool prefix;

    /* Pairs; the last character alone stands in the index only at a run's end. */
    assert_string_equal(query_word(q, 0, &prefix), "灯台");
    assert_string_equal(query_word(q, 1, &prefix), "台の");
    assert_null(query_word(q, 2, &prefix));
    query_free(&q);
    q = query_parse("灯", &e);
    assert_string_equal(query_word(q, 0, &prefix), "灯");
    assert_true(prefix);
    query_free(&q);
}

CHECK(names_the_words_to_mark)
{
    struct err e = ERR_INIT;
    struct query *q = query_parse("Cranes har* -fog (mist OR NOT haar)", &e);
    bool prefix;

    assert_string_equal(query_word(q, 0, &prefix), "cranes");
    assert_false(prefix);
    assert_string_equal(query_word(q, 1, &prefix), "har");
    assert_true(prefix);
    assert_string_equal(query_word(q, 2, &prefix), "mist");
    assert_null(query_word(q, 3, &prefix));
    query_free(&q);
}

CHECK(says_where_and_why_a_query_is_wrong)
{
    wrong("", "at 1 of the query: there is nothing to search for");
    wrong("a \"b c", "at 3 of the query: a quote is not closed");
    wrong("(a b", "at 1 of the query: a parenthesis is not closed");
    wrong("a)", "at 2 of the query: a parenthesis is closed that was not opened");
    wrong("a AND", "at 6 of the query: a word is missing here");
    wrong("OR a", "at 1 of the query: an operator stands where a word should");
    wrong("a OR OR b", "at 6 of the query: an operator stands where a word should");
    wrong("()", "at 2 of the query: a word is missing here");
    wrong("a NEAR/x b", "at 3 of the query: NEAR/ wants a number from 1 to 1000");
    wrong("...", "at 1 of the query: there is no word here");
    wrong("x colour:red",
          "at 3 of the query: no such field; there are title, body, comment, author, site, date, lang, has, is, "
          "tag and in");
    wrong("date:2016-13", "at 6 of the query: a date is 2016, 2016-03 or 2016-03-28, a range 2016..2017-03");
    wrong("date:2017..2016", "at 6 of the query: the range ends before it begins");
    wrong("tag:-x", "at 5 of the query: tag: wants the name of a tag");
    wrong("a OR tag:b", "at 10 of the query: is:, in: and tag: cannot stand in a group or beside OR");
    wrong("is:red", "at 4 of the query: is: knows read, unread, starred and hidden");
    wrong("a OR is:read", "at 9 of the query: is:, in: and tag: cannot stand in a group or beside OR");
    wrong("is:read OR a", "at 1 of the query: is:, in: and tag: cannot stand in a group or beside OR");
}

CHECK(nests_only_so_deep)
{
    struct err e = ERR_INIT;
    char deep[256];

    memset(deep, '(', sizeof deep - 1);
    deep[sizeof deep - 1] = '\0';
    assert_null(query_parse(deep, &e));
    assert_non_null(strstr(e.text, "nested too deep"));
}

CHECK_MAIN(T(reads_words_phrases_and_prefixes), T(reads_operators_and_groups), T(reads_fields), T(reads_filters),
           T(cuts_scripts_without_spaces_as_the_index_does), T(names_the_words_to_mark),
           T(says_where_and_why_a_query_is_wrong), T(nests_only_so_deep))
