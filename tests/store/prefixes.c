/* SPDX-License-Identifier: ISC */
#include "../dice.h"
#include "sample.h"

#include "store/begins.h"
#include "store/prefixes.h"

#include <sqlite3.h>

enum { IDS = 3 * BEGINS_BLOCK, WORDS = 400, LETTERS = 6, LONGEST = 5 };

struct vocable {
    char text[4 * LONGEST + 1];
    int64_t ids[400];
    size_t count;
};

static uint64_t seed;

/* One to five characters of few, so that many words begin alike. */
static void make_word(struct vocable *w)
{
    static const char *const letters[LETTERS] = {"a", "b", "7", "é", "東", "𝄞"};
    uint64_t n = 1 + dice(&seed, LONGEST);

    *w = (struct vocable){.count = 0};
    for (char *end = w->text; n > 0; n--)
        end = stpcpy(end, letters[dice(&seed, LETTERS)]);
}

/* Articles from low to high: a few, or those of one block and more. */
static void make_ids(struct vocable *w, int64_t low, int64_t high)
{
    uint64_t most = sizeof w->ids / sizeof w->ids[0], n = dice(&seed, 3) ? dice(&seed, 4) : dice(&seed, most);

    while (n-- > 0)
        w->ids[w->count++] = dice(&seed, 9) ? low + (int64_t)dice(&seed, (uint64_t)(high - low + 1)) : 0;
}

static int by_bytes(const void *a, const void *b)
{
    const struct vocable *x = a, *y = b;

    return strcmp(x->text, y->text);
}

static bool begins_with(const char *word, const char *beginning)
{
    return strncmp(word, beginning, strlen(beginning)) == 0;
}

/* The beginnings that some words have, of three characters at most, held against all words so far. */
static void compare(struct db *db, const struct vocable *words, size_t count)
{
    static bool has[IDS];
    struct begins_ids ids = {0};
    size_t i, k, n;

    for (i = 0; i < count; i += 7) {
        char beginning[4 * LONGEST + 1];
        uint64_t key;

        for (n = 1; n <= strlen(words[i].text); n++) {
            memcpy(beginning, words[i].text, n);
            beginning[n] = 0;
            if (((unsigned char)words[i].text[n] & 0xC0) == 0x80 || !begins_key(beginning, n, &key))
                continue;
            memset(has, 0, sizeof has);
            for (k = 0; k < count; k++) {
                for (size_t j = 0; begins_with(words[k].text, beginning) && j < words[k].count; j++)
                    has[words[k].ids[j]] = words[k].ids[j] != 0;
            }
            assert_true(begins_find(db, key, &ids));
            for (int64_t id = 0; id < IDS; id++)
                assert_int_equal(begins_has(&ids, id), has[id]);
        }
    }
    begins_ids_release(&ids);
}

static void gather(struct prefixes *p, const struct vocable *words, size_t count, int64_t low, int64_t high)
{
    prefixes_begin(p, low, high);
    for (size_t i = 0; i < count; i++) {
        prefixes_word(p, words[i].text, strlen(words[i].text));
        for (size_t k = 0; k < words[i].count; k++)
            prefixes_article(p, words[i].ids[k]);
    }
}

/* Three segments: the second has articles of the blocks of the first, the third comes in no order. */
CHECK(articles_are_found_by_all_beginnings_of_their_words)
{
    static const int64_t low[] = {1, BEGINS_BLOCK - 700, 2 * BEGINS_BLOCK - 1};
    static const int64_t high[] = {900, BEGINS_BLOCK + 50, IDS - 1};
    static struct vocable words[3 * WORDS];
    struct cache *c = sample_cache(sample_path(sample_folder(), "c.db"));
    struct prefixes *p = prefixes_new();

    seed = 3;
    cache_begin(c);
    assert_true(db_exec(cache_db(c), "INSERT INTO article(id) VALUES(49151)"));
    for (size_t turn = 0; turn < 3; turn++) {
        struct vocable *own = words + turn * WORDS;

        for (size_t i = 0; i < WORDS; i++) {
            make_word(&own[i]);
            make_ids(&own[i], low[turn], high[turn]);
        }
        if (turn < 2)
            mem_sort(own, WORDS, sizeof *own, by_bytes);
        gather(p, own, WORDS, low[turn], high[turn]);
        assert_true(prefixes_save(p, cache_db(c)));
        compare(cache_db(c), words, (turn + 1) * WORDS);
    }
    assert_true(cache_commit(c));
    prefixes_free(&p);
    assert_null(p);
    cache_close(&c);
}

CHECK(what_is_not_saved_is_forgotten)
{
    struct cache *c = sample_cache(sample_path(sample_folder(), "c.db"));
    struct prefixes *p = prefixes_new();
    struct vocable lost = {"lost", {5}, 1}, kept = {"kept", {7}, 1}, none = {"none", {0}, 1};

    cache_begin(c);
    gather(p, &lost, 1, 5, 5);
    gather(p, &none, 1, 0, 0);
    assert_true(prefixes_save(p, cache_db(c)));
    assert_int_equal(db_int(cache_db(c), -1, "SELECT count(*) FROM begins", ""), 0);
    gather(p, &kept, 1, 7, 7);
    assert_true(prefixes_save(p, cache_db(c)) && prefixes_save(p, cache_db(c)));
    assert_int_equal(db_int(cache_db(c), -1, "SELECT count(*) FROM begins", ""), BEGINS_LONGEST);
    assert_true(db_exec(cache_db(c), "DROP TABLE begins"));
    gather(p, &kept, 1, 7, 7);
    assert_false(prefixes_save(p, cache_db(c)));
    prefixes_free(&p);
    cache_close(&c);
}

CHECK_MAIN(T(articles_are_found_by_all_beginnings_of_their_words), T(what_is_not_saved_is_forgotten))
