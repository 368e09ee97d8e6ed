/* SPDX-License-Identifier: ISC */
#include "sample.h"

#include "store/search.h"
#include "store/snippet.h"

#include <limits.h>

static struct cache *cache;
static struct catalog *list;
static int64_t ids[8];

static void open_eight(void)
{
    static const struct {
        const char *title, *published, *body;
        unsigned flags;
    } made[8] = {
        {"Cranes of the harbour", "2021-03-14", "The last crane goes to the scrap yard on Monday.", RANK_READ},
        {"Fog, a defence", "2014-05-02", "Nobody counts the cranes when there is fog in the harbour.", 0},
        {"Bread", NULL, "Rye flour, water, salt, and a crane to lift the loaf.", RANK_STARRED},
        {"灯台の猫", "2023-03-12", "灯台の三毛猫が引退する。", 0},
        {"Élan", "2016-12-31", "Straße und Kran.", 0},
        {"Comet evening", "2018-12-16", "Eight hundred people looked up.", 0},
        {"A fact", "2017-01-01", "=a =y2016 are no words of mine.", RANK_READ | RANK_STARRED},
        {"Empty", "2019-06-01", "", 0},
    };
    char *path = sample_path(sample_folder(), "c.db");
    struct err e = ERR_INIT;
    int64_t file;
    int i;

    cache = sample_cache(path);
    assert_true(cache_begin(cache));
    file = sample_file(cache, "f");
    for (i = 0; i < 8; i++)
        ids[i] = sample_put(cache, file, i, made[i].title, made[i].published, made[i].body, made[i].flags, 0);
    assert_true(cache_commit(cache));
    list = catalog_open(path, false, &e);
    assert_non_null(list);
}

static void close_eight(void)
{
    catalog_close(&list);
    cache_close(&cache);
}

/* Finds, and compares the numbers of the articles in order, as letters from a. */
static void finds_in(const char *text, int ord, bool reverse, const char *letters)
{
    struct err e = ERR_INIT;
    struct query *q = query_parse(text, &e);
    struct search *s;
    char got[16] = "";
    long n;
    int i;

    if (!q)
        fail_msg("%s", e.text);
    s = search_new(list, q, NULL, ord, reverse);
    search_run(s, list, LONG_MAX, SEARCH_FOR_EVER);
    if (catalog_fault(list, &e) != DB_FINE)
        fail_msg("'%s' (%s): %s", text, query_match(q), e.text);
    for (n = 0; n < search_count(s); n++) {
        int64_t id = search_at(s, list, n);

        for (i = 0; i < 8 && ids[i] != id; i++)
            ;
        got[n] = (char)('a' + i);
        assert_int_equal(search_row(s, list, id), n);
    }
    got[n] = '\0';
    assert_string_equal(got, letters);
    assert_int_equal(search_at(s, list, n), 0);
    assert_int_equal(search_at(s, list, -1), 0);
    search_free(&s);
    query_free(&q);
}

static void finds(const char *text, const char *letters)
{
    finds_in(text, ORDER_DATE, false, letters);
}

CHECK(finds_words_as_people_mean_them)
{
    open_eight();
    finds("crane", "ac");
    finds("CRANES", "ab");
    finds("crane*", "abc");
    finds("elan", "e");
    finds("strasse", "e");
    finds("\"last crane\"", "a");
    finds("\"crane last\"", "");
    finds("三毛", "d");
    finds("灯", "d");
    finds("猫", "d");
    finds("灯台の猫", "d");
    finds("nowhere", "");
    close_eight();
}

/* One article each; what finds it, and what does not, between bars. */
CHECK(finds_in_any_script)
{
    static const struct {
        const char *body, *finds, *misses;
    } texts[] = {
        {"e\xCC\x81" "lan vital", "élan|ELAN|elan|\"elan vital\"|éla*", "elanvital|lan"},
        {"ﬁne ＡＢＣ１２ №", "fine|abc12|ABC12", "abc|ne"},
        {"Straße, STRASSE", "strasse|straße|STRASSE", "strase"},
        {"co\xC2\xAD" "operate no\xE2\x80\x8B" "break", "cooperate|no|break", "operate"},
        {"l\xE2\x80\x99" "eau d'Or", "eau|l'eau|\"d or\"|l\xE2\x80\x99" "eau", "leau"},
        {"state-of-the-art foo/bar a_b", "art|state-of-the-art|\"of the art\"|foo|foo/bar|bar", "stateofthe"},
        {"3.14 на 12:30", "3.14|14|12:30|НА", "314"},
        {"Ёлка и їжак", "елка|ЕЛКА|ёлка", "лка"},
        {"ΟΔΟΣ Ἀθῆναι", "οδος|ΟΔΟΣ|αθηναι", "οδο"},
        {"שָׁלוֹם עולם", "שלום|שָׁלוֹם", "שלו"},
        {"مُحَمَّد كتاب", "محمد|مُحَمَّد", "محم"},
        {"서울의 봄", "서울의|봄|서울*", "울의"},
        {"三毛猫が引退する", "三毛|毛猫|三毛猫|猫|引退|三毛猫が引退する|\"三毛 毛猫\"|退", "猫毛|三猫|引する"},
        {"ｶﾀｶﾅ カメラ", "カタカナ|ｶﾒﾗ|カメ|ラ", "カラ|タメ"},
        {"ภาษาไทย", "ภาษา|ไทย", "ไภ"},
        {"İstanbul ILIK", "istanbul|ILIK|ilik", "stanbul"},
    };
    enum { TEXTS = sizeof texts / sizeof texts[0] };
    char *path = sample_path(sample_folder(), "c.db");
    struct cache *c = sample_cache(path);
    struct err e = ERR_INIT;
    struct catalog *l;
    int64_t file, id[TEXTS];
    size_t i;

    assert_true(cache_begin(c));
    file = sample_file(c, "f");
    for (i = 0; i < TEXTS; i++)
        id[i] = sample_put(c, file, (long)i, "x", "2020-01-01", texts[i].body, 0, 0);
    assert_true(cache_commit(c));
    l = catalog_open(path, false, &e);
    for (i = 0; i < 2 * TEXTS; i++) {
        bool finds = i % 2 == 0;
        char *queries = mem_strdup(finds ? texts[i / 2].finds : texts[i / 2].misses), *save = NULL, *text;

        for (text = strtok_r(queries, "|", &save); text; text = strtok_r(NULL, "|", &save)) {
            struct query *q = query_parse(text, &e);
            struct search *s;

            if (!q)
                fail_msg("'%s': %s", text, e.text);
            s = search_new(l, q, NULL, ORDER_DATE, false);
            search_run(s, l, LONG_MAX, SEARCH_FOR_EVER);
            if ((search_row(s, l, id[i / 2]) >= 0) != finds)
                fail_msg("'%s' %s '%s'", text, finds ? "does not find" : "finds", texts[i / 2].body);
            search_free(&s);
            query_free(&q);
        }
        free(queries);
    }
    catalog_close(&l);
    cache_close(&c);
}

CHECK(finds_by_operators_and_fields)
{
    open_eight();
    finds("harbour -monday", "b");
    finds("monday OR salt", "ac");
    finds("title:fog", "b");
    finds("title:harbour", "a");
    finds("body:harbour", "b");
    finds("last NEAR/2 goes", "a");
    finds("last NEAR/2 monday", "");
    finds("-crane* -fact -lang:xx", "dhfe");
    finds("date:2016..2017-01-01", "ge");
    finds("date:2019..", "dah");
    finds("date:2016", "e");
    close_eight();
}

CHECK(filters_by_the_readers_marks_and_paths)
{
    open_eight();
    finds("is:starred", "gc");
    finds("is:starred is:unread", "c");
    finds("crane* is:read", "a");
    finds("crane* -is:read", "bc");
    finds("in:f crane", "ac");
    finds("in:elsewhere crane", "");
    finds("-in:elsewhere crane", "ac");
    finds("-in:f crane", "");
    close_eight();
}

CHECK(puts_them_in_any_order)
{
    open_eight();
    finds_in("crane*", ORDER_DATE, true, "cba");
    finds_in("crane*", ORDER_TITLE, false, "cab");
    finds_in("crane*", ORDER_FILE, false, "abc");
    /* The headline's words weigh most. */
    finds_in("fog OR people", SEARCH_BY_RANK, false, "bf");
    finds_in("cranes", SEARCH_BY_RANK, false, "ab");
    finds_in("cranes", SEARCH_BY_RANK, true, "ba");
    close_eight();
}

/* More hits than are sorted at once: the list's own order is walked, from whichever end is nearer. */
CHECK(walks_where_there_are_many)
{
    enum { MANY = 5000 };
    struct cache *c;
    struct err e = ERR_INIT;
    struct query *q = query_parse("common", &e);
    struct catalog *l;
    struct search *s;
    char *path = sample_path(sample_folder(), "m.db"), date[32], title[32];
    int64_t file, first = 0, id;
    int i;

    c = sample_cache(path);
    assert_true(cache_begin(c));
    file = sample_file(c, "f");
    for (i = 0; i < MANY; i++) {
        snprintf(title, sizeof title, "%s %05d", i % 2 ? "Common" : "Rare", i);
        snprintf(date, sizeof date, "%04d-%02d-01", 1700 + i / 24, i / 2 % 12 + 1);
        id = sample_put(c, file, i, title, date, "", 0, 0);
        first = first ? first : id;
    }
    assert_true(cache_commit(c));
    l = catalog_open(path, false, &e);
    s = search_new(l, q, NULL, ORDER_TITLE, false);
    search_run(s, l, LONG_MAX, SEARCH_FOR_EVER);
    assert_int_equal(search_count(s), MANY / 2);
    for (i = 0; i < MANY / 2; i += 7) {
        assert_int_equal(search_at(s, l, i), first + 2 * i + 1);
        assert_int_equal(search_row(s, l, first + 2 * i + 1), i);
    }
    assert_int_equal(search_at(s, l, MANY / 2 - 1), first + MANY - 1);
    assert_int_equal(search_at(s, l, MANY / 2), 0);
    assert_int_equal(search_row(s, l, first), -1);
    search_free(&s);
    s = search_new(l, q, NULL, ORDER_TITLE, true);
    search_run(s, l, LONG_MAX, SEARCH_FOR_EVER);
    assert_int_equal(search_at(s, l, MANY / 2 - 1), first + 1);
    assert_int_equal(search_row(s, l, first + 1), MANY / 2 - 1);
    assert_int_equal(search_row(s, l, first + MANY - 1), 0);
    search_free(&s);
    catalog_close(&l);
    cache_close(&c);
    query_free(&q);
}

CHECK(shows_the_words_around_the_hits)
{
    struct err e = ERR_INIT;
    struct query *q = query_parse("crane* monday", &e);
    struct article a;
    struct snippet s;
    struct buf text;

    open_eight();
    article_init(&a);
    snippet_init(&s);
    buf_init(&text);
    assert_true(catalog_article(list, ids[0], &a, &text, &e));
    snippet_make(&s, q, &a, 200);
    assert_string_equal(s.text.data, "The last crane goes to the scrap yard on Monday.");
    assert_int_equal(s.hit_count, 2);
    assert_memory_equal(s.text.data + s.hits[0].start, "crane", 5);
    assert_memory_equal(s.text.data + s.hits[1].start, "Monday", 6);
    snippet_make(&s, q, &a, 24);
    assert_string_equal(s.text.data, "The last crane goes to…");
    assert_int_equal(s.hit_count, 1);
    buf_release(&text);
    snippet_release(&s);
    article_release(&a);
    query_free(&q);
    close_eight();
}

/* The snippet of a query is the text of its words in a. */
static void says(const struct article *a, const char *query, const char *snippet, size_t hits)
{
    struct err e = ERR_INIT;
    struct query *q = query_parse(query, &e);
    struct snippet s;

    snippet_init(&s);
    snippet_make(&s, q, a, 200);
    assert_string_equal(s.text.data, snippet);
    assert_int_equal(s.hit_count, hits);
    snippet_release(&s);
    query_free(&q);
}

CHECK(shows_the_field_that_was_asked_for)
{
    static const char text[] = "Cranes are tall.\n\nI like cranes too.";
    struct article a;
    struct article_comment *c;

    article_init(&a);
    a.text = text;
    a.len = sizeof text - 1;
    article_add_block(&a, KIND_PARAGRAPH, 0, 16, 0);
    article_add_block(&a, KIND_COMMENT, 18, a.len, 0);
    c = article_add_comment(&a);
    c->author = "Ann";
    c->text = "Fog over the harbour, no cranes.";
    says(&a, "cranes", "Cranes are tall.", 1);
    says(&a, "comment:cranes", "I like cranes too.", 1);
    says(&a, "body:cranes", "Cranes are tall.", 1);
    says(&a, "comment:cranes comment:fog tall", "Fog over the harbour, no cranes.", 2);
    says(&a, "harbour", "Fog over the harbour, no cranes.", 1);
    says(&a, "title:cranes", "Cranes are tall.", 0);
    article_release(&a);
}

CHECK_MAIN(T(finds_words_as_people_mean_them), T(finds_in_any_script), T(finds_by_operators_and_fields),
           T(filters_by_the_readers_marks_and_paths), T(puts_them_in_any_order), T(walks_where_there_are_many),
           T(shows_the_words_around_the_hits), T(shows_the_field_that_was_asked_for))
