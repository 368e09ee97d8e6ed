/* SPDX-License-Identifier: ISC */
#include "sample.h"

#include "store/forms.h"
#include "store/query.h"

static struct cache *cache;
static struct forms *forms;
static struct buf found; /* forms_of */

static void open_one(void)
{
    cache = sample_cache(sample_path(sample_folder(), "c.db"));
    forms = forms_new();
    buf_init(&found);
}

static void close_one(void)
{
    buf_release(&found);
    forms_free(&forms);
    cache_close(&cache);
}

/* Puts the words of a text of that language into the table; how many bytes there were to be written. */
static size_t meet(const char *language, const char *text)
{
    struct buf out, packed;
    struct words words;
    size_t len;

    buf_init(&out);
    buf_init(&packed);
    words_init(&words, "", 0);
    words.forms = forms;
    forms_begin(forms, language, &out);
    words_pack(&words, text, strlen(text), &packed);
    cache_begin(cache);
    assert_true(forms_save(cache_db(cache), out.data, out.len));
    assert_true(cache_commit(cache));
    len = out.len;
    buf_release(&out);
    buf_release(&packed);
    words_release(&words);
    return len;
}

static void add(void *ctx, const char *form, size_t len)
{
    buf_add_fmt(ctx, "%.*s ", (int)len, form);
}

/* The other forms of a word, with a blank behind each. */
static const char *forms_of(const char *raw)
{
    struct db *db = cache_db(cache);
    struct words words;
    struct word word;

    buf_clear(&found);
    words_init(&words, raw, strlen(raw));
    assert_true(words_next(&words, &word));
    forms_each(&db, 1, word.text, word.len, raw, strlen(raw), add, &found);
    words_release(&words);
    return found.data;
}

static bool has(const char *list, const char *word)
{
    const char *at = strstr(list, word);

    return at && (at == list || at[-1] == ' ') && at[strlen(word)] == ' ';
}

CHECK(words_of_one_stem_are_forms)
{
    open_one();
    meet("en", "The elections were lost; he was elected. An election, and cranes.");
    assert_true(has(forms_of("elected"), "election") && has(forms_of("elected"), "elections"));
    assert_true(has(forms_of("elect"), "elected"));
    assert_true(has(forms_of("Cranes"), "crane"));
    assert_false(has(forms_of("cranes"), "elected"));
    assert_false(has(forms_of("elected"), "elected"));
    assert_string_equal(forms_of("lantern"), "");
    close_one();
}

CHECK(a_word_that_no_article_has_finds_its_forms)
{
    open_one();
    meet("en", "She was elected.");
    assert_true(has(forms_of("electing"), "elected"));
    meet("de", "Die Wahlen und die Häuser.");
    assert_true(has(forms_of("Wahl"), "wahlen"));
    close_one();
}

CHECK(accents_count_for_stems_and_not_for_words)
{
    open_one();
    meet("ru", "Новый мост, новая дорога.");
    assert_true(has(forms_of("новые"), "новыи") && has(forms_of("новые"), "новая"));
    meet("de", "Häuser am Hafen, ein Haus.");
    assert_true(has(forms_of("hauser"), "haus"));
    assert_true(has(forms_of("Haus"), "hauser"));
    close_one();
}

CHECK(languages_are_told_apart)
{
    open_one();
    meet("pl", "wybory wyborami");
    meet(NULL, "elected elections");
    assert_string_equal(forms_of("elected"), "");
    meet("en-GB", "elections");
    assert_true(has(forms_of("elected"), "elections"));
    close_one();
}

CHECK(what_was_met_is_not_written_again)
{
    open_one();
    assert_true(meet("en", "elected elections elected") > 0);
    assert_int_equal(meet("en", "elections elected"), 0);
    assert_true(meet("de", "Wahlen") > 0);
    assert_true(meet("nl", "Wahlen") > 0);
    assert_int_equal(meet("en", "abc123s it's 12345"), 0);
    close_one();
}

static void each(void *ctx, const char *folded, size_t len, const char *raw, size_t raw_len,
                 void (*to)(void *ctx, const char *form, size_t len), void *out)
{
    struct db *db = ctx;

    forms_each(&db, 1, folded, len, raw, raw_len, to, out);
}

CHECK(only_words_that_stand_alone_are_widened)
{
    static const struct {
        const char *query, *word;
        bool widened;
    } cases[] = {{"elected", "elections", true},      {"\"elected\"", "elections", false},
                 {"elected*", "elections", false},    {"title:elected", "elections", true},
                 {"fog elected", "elections", true},  {"co-elected", "elections", false},
                 {"-elected fog", "elections", false}};
    struct query_forms with;
    struct err e = ERR_INIT;
    size_t i, n;

    open_one();
    meet("en", "elections elected");
    with = (struct query_forms){each, cache_db(cache)};
    for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct query *q = query_parse_forms(cases[i].query, &with, &e);
        bool prefix, here = false;
        const char *word;

        assert_non_null(q);
        for (n = 0; (word = query_word(q, n, &prefix)); n++)
            here = here || strcmp(word, cases[i].word) == 0;
        if (here != cases[i].widened)
            fail_msg("%s", cases[i].query);
        query_free(&q);
    }
    close_one();
}

CHECK_MAIN(T(words_of_one_stem_are_forms), T(a_word_that_no_article_has_finds_its_forms),
           T(accents_count_for_stems_and_not_for_words), T(languages_are_told_apart),
           T(what_was_met_is_not_written_again), T(only_words_that_stand_alone_are_widened))
