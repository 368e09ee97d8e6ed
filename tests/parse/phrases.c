/* SPDX-License-Identifier: ISC */
#include "../check.h"

#include "parse/phrases.h"

#define HIT(hits, where, class) ((int)((hits).where >> PHRASES_##class & 1))

static const char table[] = "language en\n[function]\nthe of and\n[by]\n^by\nposted by\n[reply]\nreply$\n"
                            "[comment-count]\n0 comments\n[share]\n^print$\nshare this page\n"
                            "language ja\n[related]\n関連記事\n";

static struct phrases *read_table(void)
{
    struct phrases *p = phrases_new();
    struct err e = ERR_INIT;

    assert_true(phrases_add_text(p, "table", table, strlen(table), &e));
    return p;
}

static struct phrases_hits match(const struct phrases *p, const char *s)
{
    struct phrases_hits hits;

    phrases_match(p, s, strlen(s), &hits, NULL);
    return hits;
}

CHECK(phrases_count_where_they_may_stand)
{
    struct phrases *p = read_table();

    assert_true(HIT(match(p, "By Jane"), start, BY));
    assert_false(HIT(match(p, "Stand by me"), any, BY));
    assert_true(HIT(match(p, "It was posted, by Jane"), any, BY));
    assert_true(HIT(match(p, "Like Reply"), end, REPLY));
    assert_false(HIT(match(p, "Reply to this"), any, REPLY));
    assert_true(HIT(match(p, "PRINT"), whole, SHARE));
    assert_false(HIT(match(p, "print this"), any, SHARE));
    phrases_free(&p);
}

CHECK(any_number_matches_a_number)
{
    struct phrases *p = read_table();

    assert_true(HIT(match(p, "17 Comments"), whole, COMMENT_COUNT));
    assert_true(HIT(match(p, "(3) comments on this"), start, COMMENT_COUNT));
    assert_false(HIT(match(p, "many comments"), any, COMMENT_COUNT));
    phrases_free(&p);
}

CHECK(overlapping_phrases_are_all_found)
{
    struct phrases *p = read_table();
    struct phrases_hits hits = match(p, "share share this page");

    assert_true(HIT(hits, end, SHARE));
    assert_false(HIT(hits, start, SHARE));
    phrases_free(&p);
}

CHECK(scripts_without_spaces_have_words)
{
    struct phrases *p = read_table();

    assert_true(HIT(match(p, "次の関連記事です"), any, RELATED));
    assert_true(HIT(match(p, "関連記事"), whole, RELATED));
    phrases_free(&p);
}

CHECK(function_words_tell_the_language)
{
    struct phrases *p = read_table();
    static const char text[] = "The end of THE tale";
    uint32_t languages[PHRASES_LANGUAGES] = {0};
    struct phrases_words taken = {0};
    struct phrases_hits hits;
    struct terms_word word[6]; /* one more is tried */
    size_t count = 0, at = 0;

    for (; terms_next(text, strlen(text), at, &word[count]); count++)
        at = terms_end(&word[count]);
    phrases_match_words(p, word, count, &hits, languages, &taken);
    free(taken.hash);
    assert_int_equal(hits.words, 5);
    assert_int_equal(hits.function_words, 3);
    assert_int_equal(languages[0], 3);
    assert_string_equal(phrases_language(p, 0), "en");
    assert_null(phrases_language(p, 2));
    phrases_free(&p);
}

CHECK(prefix_and_suffix_are_measured)
{
    struct phrases *p = read_table();

    assert_int_equal(phrases_prefix(p, PHRASES_BY, "Posted by: Ann", 14), 9);
    assert_int_equal(phrases_prefix(p, PHRASES_BY, "Ann by", 6), 0);
    assert_int_equal(phrases_suffix(p, PHRASES_REPLY, "fine | Reply", 12), 5);
    phrases_free(&p);
}

CHECK(faults_name_file_and_line)
{
    static const char *const bad[] = {"language en\n\n[nonsense]\nx\n", "language en\n\n[fonction]\nx\n",
                                      "language en\n\nof no section\n"};
    size_t i;

    for (i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct phrases *p = phrases_new();
        struct err e = ERR_INIT;

        assert_false(phrases_add_text(p, "bad.txt", bad[i], strlen(bad[i]), &e));
        assert_string_equal(e.text, "'bad.txt', line 3: not a phrase, a section or a language");
        phrases_free(&p);
    }
}

CHECK(the_programs_own_phrases_load)
{
    struct err e = ERR_INIT;
    struct phrases *p = phrases_open(&e);

    if (p == NULL)
        fail_msg("%s", e.text);
    assert_true(HIT(match(p, "Deine E-Mail-Adresse wird nicht veröffentlicht."), any, COMMENT_FORM));
    assert_true(HIT(match(p, "Читайте также"), whole, RELATED));
    phrases_free(&p);
}

CHECK_MAIN(T(phrases_count_where_they_may_stand), T(any_number_matches_a_number),
           T(overlapping_phrases_are_all_found), T(scripts_without_spaces_have_words),
           T(function_words_tell_the_language), T(prefix_and_suffix_are_measured), T(faults_name_file_and_line),
           T(the_programs_own_phrases_load))
