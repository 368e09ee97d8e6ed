/* SPDX-License-Identifier: ISC */
#include "../check.h"

#include "store/order.h"
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
    means("a NEAR/1000 b", "(NEAR(\".a\" \".b\", 1000))");
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
    means("lang:EN", "(facts:\".=len\")");
    means("site:=\"The Tarn\"", "(facts:\".=sthe tarn\")");
    means("site:=twenty-bytes-are-it漢", "(facts:\".=stwenty-bytes-are-it\")"); /* no half characters */
    means("site:=Tarn NOT site:=", "(facts:\".=starn\" NOT (facts:\".=s\"))");
    means("lang:en has:comments", "(facts:\".=len\" AND facts:\".=c\")");
    means("-date:2016", "(facts:\".=a\" NOT ((facts:\".=y2016\")))");
    means("a (date:2016-03..2016-04)", "(\".a\")");
    means("a -(date:2016-03..2016-04)",
          "(\".a\" NOT ((((facts:\".=m2016-03\" OR facts:\".=m2016-04\")))))");
    means("-date:2016-02-01..2016-02-29", "(facts:\".=a\" NOT ((facts:\".=m2016-02\")))");
    means("-date:2016-04-01..2016-05-01",
          "(facts:\".=a\" NOT ((facts:\".=m2016-04\" OR facts:\".=d2016-05-01\")))");
    means("a OR date:2015..2016-01-02",
          "(\".a\") OR ((facts:\".=y2015\" OR facts:\".=d2016-01-01\" OR facts:\".=d2016-01-02\"))");
}

static void dates(const char *text, const char *from, const char *to)
{
    struct err e = ERR_INIT;
    struct query *q = query_parse(text, &e);
    int64_t first, last;

    if (!q)
        fail_msg("'%s': %s", text, e.text);
    assert_int_equal(query_dates(q, &first, &last), from != NULL);
    if (from) {
        assert_int_equal(first, order_minutes(from));
        assert_int_equal(last, order_minutes(to));
    }
    query_free(&q);
}

CHECK(reads_dates_at_the_top_level_as_a_stretch_of_time)
{
    dates("date:2016", "2016-01-01", "2016-12-31T23:59");
    dates("date:2016-3", "2016-03-01", "2016-03-31T23:59");
    dates("a date:2016-03-28 b", "2016-03-28", "2016-03-28T23:59");
    dates("date:2016..2017-03", "2016-01-01", "2017-03-31T23:59");
    dates("date:\"2016-02..2016-02-03\"", "2016-02-01", "2016-02-03T23:59");
    dates("date:..2016", "1600-01-01", "2016-12-31T23:59");
    dates("date:2016..", "2016-01-01", "2199-12-31T23:59");
    dates("date:2016 date:2016-05..2018", "2016-05-01", "2016-12-31T23:59");
    dates("a OR date:2016", NULL, NULL);
    dates("date:2016 OR a", NULL, NULL);
    dates("(date:2016)", "2016-01-01", "2016-12-31T23:59");
    dates("(a OR b) (c date:2016)", "2016-01-01", "2016-12-31T23:59");
    dates("-(date:2016)", NULL, NULL);
    dates("(b date:2016) OR a", NULL, NULL);
    dates("(b (date:2016 OR a))", NULL, NULL);
    dates("date:2016 (date:2016-05 OR a)", NULL, NULL);
    dates("a -date:2016", NULL, NULL);
    dates("2016", NULL, NULL);
}

static void phrases(const char *text, const char *all)
{
    struct err e = ERR_INIT;
    struct query *q = query_parse(text, &e);
    const char *phrase;
    char shown[400] = "";
    size_t i;

    if (!q)
        fail_msg("'%s': %s", text, e.text);
    for (i = 0; (phrase = query_phrase(q, i)); i++)
        snprintf(shown + strlen(shown), sizeof shown - strlen(shown), "[%s]", phrase);
    for (i = 0; shown[i]; i++) {
        if (shown[i] > 0 && shown[i] < 32)
            shown[i] = '.';
    }
    assert_string_equal(shown, all);
    query_free(&q);
}

CHECK(lists_the_phrases_that_weigh)
{
    phrases("a", "[\".a\"]");
    phrases("a title:b c*d \"e f\"*", "[\".a\"][title : \".b\"][\".c.d\"][\".e.f\"*]");
    phrases("title:a NEAR b c", "[title : \".a\"][title : \".b\"][\".c\"]");
    phrases("a -b c", "[\".a\"][\".c\"][]");
    phrases("a -(b OR (c d)) OR e lang:en", "[\".a\"][][][][\".e\"][]");
    phrases("-a", "[][]");
}

CHECK(sets_short_beginnings_apart)
{
    means("crane p*", "(\".crane\")");
    means("p*", "(facts:\".=a\")");
    means("-abc*", "(facts:\".=a\")");
    means("abcd*", "(\".abcd\"*)");
    means("title:p*", "(title : \".p\"*)");
    means("\"a p\"*", "(\".a.p\"*)");
    means("a NEAR p*", "(NEAR(\".a\" \".p\"*, 10))");
    means("p* OR a", "(\".p\"*) OR (\".a\")");
    means("a (p*)", "(\".a\")");
    means("a (b p* (c q*))", "(\".a\" AND ((\".b\" AND ((\".c\")))))");
    means("a -(p*)", "(\".a\" NOT (((\".p\"*))))");
    means("a (p* OR b)", "(\".a\" AND ((\".p\"*) OR (\".b\")))");
    means("(a OR b) p*", "(((\".a\") OR (\".b\")))");
}

/* Where the index itself is asked for a beginning of few letters, which takes it long. */
CHECK(knows_what_takes_long)
{
    static const struct {
        const char *query;
        bool broad;
    } tried[] = {
        {"p*", false},      {"a p*", false},       {"a (b p*)", false}, {"a OR p*", true},      {"a OR prop*", false},
        {"\"a p\"*", true}, {"l'p*", true},        {"l'prop*", false},  {"title:pro*", true},   {"title:prop*", false},
        {"a -(p*)", true},  {"p* NEAR abc", true}, {"a OR p", false},   {"\"a p\" OR b", false},
    };

    for (size_t i = 0; i < sizeof tried / sizeof tried[0]; i++) {
        struct err e = ERR_INIT;
        struct query *q = query_parse(tried[i].query, &e);

        if (query_is_broad(q) != tried[i].broad)
            fail_msg("%s", tried[i].query);
        query_free(&q);
    }
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
    wrong("", "at character 1 of the query: there is nothing to search for");
    wrong("a \"b c", "at character 3 of the query: a quote is not closed");
    wrong("(a b", "at character 1 of the query: a parenthesis is not closed");
    wrong("a)", "at character 2 of the query: a parenthesis is closed that was not opened");
    wrong("a AND", "at character 6 of the query: a word is missing here");
    wrong("OR a", "at character 1 of the query: an operator stands where a word should");
    wrong("a OR OR b", "at character 6 of the query: an operator stands where a word should");
    wrong("()", "at character 2 of the query: a word is missing here");
    wrong("site:=un\xC2v", "at character 7 of the query: site: wants a name in UTF-8");
    wrong("a NEAR/x b", "at character 3 of the query: NEAR/ wants a number from 1 to 1000");
    wrong("...", "at character 1 of the query: there is no word here");
    wrong("x colour:red",
          "at character 3 of the query: no such field; there are title, body, comment, author, site, date, lang, "
          "has, is, tag and in");
    wrong("date:2016-13", "at character 6 of the query: a date is 2016, 2016-03 or 2016-03-28, a range 2016..2017-03");
    wrong("é \"b", "at character 3 of the query: a quote is not closed");
    wrong("date:..", "at character 6 of the query: a date is 2016, 2016-03 or 2016-03-28, a range 2016..2017-03");
    wrong("date:2016..x", "at character 6 of the query: a date is 2016, 2016-03 or 2016-03-28, a range 2016..2017-03");
    wrong("date:0016", "at character 6 of the query: a date is 2016, 2016-03 or 2016-03-28, a range 2016..2017-03");
    wrong("date:2016-02-03..2016-02-02", "at character 6 of the query: the range ends before it begins");
    wrong("a NEAR", "at character 7 of the query: NEAR wants a word or a phrase on both sides");
    wrong("a NEAR (b)", "at character 8 of the query: NEAR wants a word or a phrase on both sides");
    wrong("a NEAR/0 b", "at character 3 of the query: NEAR/ wants a number from 1 to 1000");
    wrong("a NEAR/1001 b", "at character 3 of the query: NEAR/ wants a number from 1 to 1000");
    wrong("a NEAR/4294967301 b", "at character 3 of the query: NEAR/ wants a number from 1 to 1000");
    wrong("-", "at character 1 of the query: there is no word here");
    wrong("- a", "at character 1 of the query: there is no word here");
    wrong("\"\"", "at character 2 of the query: there is no word here");
    wrong("*", "at character 1 of the query: there is no word here");
    wrong("lang:e", "at character 6 of the query: a language is a code such as en");
    wrong("lang:e*", "at character 6 of the query: a language is a code such as en");
    wrong("lang:", "at character 6 of the query: a language is a code such as en");
    wrong("has:pictures", "at character 5 of the query: has: knows comments");
    wrong("in:", "at character 4 of the query: in: wants a path");
    wrong("date:2017..2016", "at character 6 of the query: the range ends before it begins");
    wrong("tag:-x", "at character 5 of the query: tag: wants the name of a tag");
    wrong("a OR tag:b", "at character 10 of the query: is:, in: and tag: cannot stand in a group or beside OR");
    wrong("is:red", "at character 4 of the query: is: knows read, unread, starred, hidden and noted");
    wrong("a OR is:read", "at character 9 of the query: is:, in: and tag: cannot stand in a group or beside OR");
    wrong("is:read OR a", "at character 1 of the query: is:, in: and tag: cannot stand in a group or beside OR");
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

CHECK_MAIN(T(reads_words_phrases_and_prefixes), T(reads_operators_and_groups), T(reads_fields),
           T(reads_dates_at_the_top_level_as_a_stretch_of_time),
           T(lists_the_phrases_that_weigh), T(sets_short_beginnings_apart), T(knows_what_takes_long),
           T(reads_filters),
           T(cuts_scripts_without_spaces_as_the_index_does), T(names_the_words_to_mark),
           T(says_where_and_why_a_query_is_wrong), T(nests_only_so_deep))
