/* SPDX-License-Identifier: ISC */
#include "twin.h"

#include "base/utf8.h"
#include "store/begins_log.h"

/* Whether article id is found by what its words begin with. */
static bool found(struct cache *c, const char *beginning, int64_t id)
{
    struct begins_ids ids = {0};
    uint64_t key;
    bool has;

    assert_true(begins_key(beginning, strlen(beginning), &key));
    assert_true(begins_find(cache_db(c), key, &ids));
    has = begins_has(&ids, id);
    begins_ids_release(&ids);
    return has;
}

CHECK(articles_are_found_by_the_beginnings_of_their_words)
{
    struct cache *c = sample_cache(sample_path(sample_folder(), "c.db"));
    int64_t file, id, other;

    cache_begin(c);
    file = sample_file(c, "f");
    id = sample_put(c, file, 0, "Über Öl", "2020-01-01", "The a lantern, día 東京", 0, 0);
    other = sample_put(c, file, 1, "Zoo", NULL, "x", 0, 0);
    assert_true(cache_commit(c));
    assert_true(found(c, "l", id) && found(c, "la", id) && found(c, "lan", id));
    assert_true(found(c, "a", id) && found(c, "u", id) && found(c, "ol", id) && found(c, "dia", id));
    assert_true(found(c, "東", id) && found(c, "東京", id));
    assert_false(found(c, "lab", id) || found(c, "an", id) || found(c, "z", id));
    assert_true(found(c, "zoo", other) && found(c, "x", other));
    assert_false(found(c, "l", other));
    cache_close(&c);
}

CHECK(an_article_written_anew_is_found_by_its_new_words_alone)
{
    struct cache *c = sample_cache(sample_path(sample_folder(), "c.db"));
    int64_t file, id;

    cache_begin(c);
    file = sample_file(c, "f");
    id = sample_put(c, file, 0, "One", NULL, "stone bread", 0, 0);
    assert_true(cache_commit(c));
    cache_begin(c);
    assert_int_equal(sample_put(c, file, 0, "One", NULL, "bread milk", 0, id), id);
    assert_true(cache_commit(c));
    assert_true(found(c, "bre", id) && found(c, "m", id) && found(c, "one", id));
    assert_false(found(c, "sto", id) || found(c, "st", id) || found(c, "s", id));
    cache_close(&c);
}

CHECK(what_is_not_committed_is_forgotten)
{
    struct cache *c = sample_cache(sample_path(sample_folder(), "c.db"));
    int64_t file, id;

    cache_begin(c);
    file = sample_file(c, "f");
    assert_true(cache_commit(c));
    cache_begin(c);
    id = sample_put(c, file, 0, "Lost", NULL, "lost", 0, 0);
    db_exec(cache_db(c), "no SQL");
    assert_false(cache_commit(c));
    db_clear(cache_db(c));
    cache_begin(c);
    assert_true(cache_commit(c));
    assert_false(found(c, "l", id));
    cache_close(&c);
}

CHECK(only_short_beginnings_are_known)
{
    uint64_t key;

    assert_true(begins_key("abc", 3, &key));
    assert_true(begins_key("東京都", 9, &key));
    assert_false(begins_key("abcd", 4, &key));
    assert_false(begins_key("", 0, &key));
}

/* Sets of ids of all densities, over several blocks, put in and taken out in transactions: as a plain table
 * says. */
CHECK(sets_are_what_was_put_into_them)
{
    enum { IDS = 3 * BEGINS_BLOCK, KEYS = 6, TURNS = 4 };
    static bool is[KEYS][IDS];
    static const char letters[] = "abcdef";
    struct cache *c = sample_cache(sample_path(sample_folder(), "c.db"));
    struct begins_log *log = begins_log_new();
    struct begins now, before, *one[2] = {&now, &before};
    uint64_t seed = 11;
    int turn, id, k, side;

    begins_init(&now);
    begins_init(&before);
    cache_begin(c);
    db_exec(cache_db(c), "INSERT INTO article(id) VALUES(49151)");
    for (turn = 0; turn < TURNS; turn++) {
        for (id = turn; id < IDS; id += 1 + turn) {
            struct buf words[2];

            for (side = 0; side < 2; side++) {
                buf_init(&words[side]);
                for (k = 0; k < KEYS; k++) {
                    uint64_t chance = dice(&seed, 0x10000);

                    /* The first stands nearly everywhere, the last nearly nowhere. */
                    if (side ? is[k][id] : chance > 0xFFFFu - (0xF000u >> 2 * k)) {
                        buf_add_char(&words[side], 1);
                        buf_add_char(&words[side], letters[k]);
                    }
                    if (!side)
                        continue;
                    is[k][id] = memchr(words[0].data, letters[k], words[0].len) != NULL;
                }
                begins_reset(one[side]);
                begins_add(one[side], words[side].data, words[side].len);
            }
            begins_log_put(log, id, &now, &before);
            buf_release(&words[0]);
            buf_release(&words[1]);
        }
        assert_true(begins_log_save(log, cache_db(c)));
    }
    assert_true(cache_commit(c));
    for (k = 0; k < KEYS; k++) {
        struct begins_ids ids = {0};
        uint64_t key;

        begins_key(letters + k, 1, &key);
        assert_true(begins_find(cache_db(c), key, &ids));
        for (id = 0; id < IDS; id++)
            assert_int_equal(begins_has(&ids, id), is[k][id]);
        begins_ids_release(&ids);
    }
    begins_release(&now);
    begins_release(&before);
    begins_log_free(&log);
    cache_close(&c);
}

enum { ARTICLES = 60, LETTERS = 6 };

/* An article, and which words of two letters it has. */
struct made {
    int64_t id; /* 0: none */
    bool has[LETTERS][LETTERS];
};

static void put_by_chance(struct cache *c, int64_t file, struct made *m)
{
    struct buf body;
    int i, k;

    buf_init(&body);
    for (i = 0; i < LETTERS; i++) {
        for (k = 0; k < LETTERS; k++) {
            m->has[i][k] = twin_dice(10) == 0;
            if (m->has[i][k])
                buf_add_fmt(&body, "%c%c ", 'a' + i, 'a' + k);
        }
    }
    buf_add_str(&body, "z");
    m->id = sample_put(c, file, 0, "Zz", NULL, body.data, 0, m->id);
    buf_release(&body);
}

static void compare_made(struct cache *c, const struct made *made)
{
    int i, k, n;

    for (i = 0; i < LETTERS; i++) {
        for (k = 0; k < LETTERS; k++) {
            const char word[] = {(char)('a' + i), (char)('a' + k), 0};

            for (n = 0; n < ARTICLES; n++)
                if (made[n].id)
                    assert_int_equal(found(c, word, made[n].id), made[n].has[i][k]);
        }
    }
}

/* Transactions in which articles come, are written anew, some twice, and go. */
static void come_and_go(bool fits)
{
    struct cache *c = sample_cache(sample_path(sample_folder(), "c.db"));
    struct made made[ARTICLES] = {0};
    int64_t file;
    int turn, i;

    twin_seed = 8;
    cache_begin(c);
    file = sample_file(c, "f");
    if (!fits) {
        /* FTS5 has read it by now, and does not look again. */
        db_int(cache_db(c), 0, "SELECT count(*) FROM words WHERE words MATCH 'aa'", "");
        twin_let(cache_db(c), true);
        assert_true(db_exec(cache_db(c), "UPDATE words_config SET v = 9 WHERE k = 'version'"));
    }
    for (turn = 0; turn < 6; turn++) {
        for (i = 0; i < 2 * ARTICLES; i++) {
            struct made *m = &made[twin_dice(ARTICLES)];

            if (m->id && twin_dice(4) == 0) {
                assert_true(cache_remove(c, m->id));
                m->id = 0;
            } else {
                put_by_chance(c, file, m);
            }
        }
        assert_true(cache_commit(c));
        compare_made(c, made);
        cache_begin(c);
    }
    assert_true(cache_commit(c));
    cache_close(&c);
}

CHECK(what_comes_and_goes_in_one_transaction_is_found_by_its_last_words)
{
    come_and_go(true);
}

CHECK(it_is_where_fts5_takes_the_words_by_itself)
{
    come_and_go(false);
}

static void pack(struct buf *out, const char *word)
{
    buf_add_char(out, (char)strlen(word));
    buf_add_str(out, word);
}

/* Words of ASCII and thousands beyond it, which are kept in different ways, twice each; and then others. */
CHECK(an_articles_beginnings_are_each_there_once)
{
    enum { BEYOND = 3000, PLAIN = 36 * (1 + 36 + 36) };
    static const char plain[] = "0123456789abcdefghijklmnopqrstuvwxyz";
    struct begins b;
    struct buf words;
    uint64_t key;
    int i, k, turn;

    begins_init(&b);
    buf_init(&words);
    for (i = 0; i < BEYOND; i++) {
        char word[8] = "";

        utf8_encode(0x4E00 + (uint32_t)i, word);
        pack(&words, word);
    }
    for (i = 0; i < 36; i++) {
        for (k = 0; k < 36; k++)
            pack(&words, (const char[]){plain[i], plain[k], plain[(i + k) % 36], 'e', 0});
    }
    for (turn = 0; turn < 2; turn++) {
        begins_add(&b, words.data, words.len);
        assert_int_equal(b.count, BEYOND + PLAIN);
    }
    begins_reset(&b);
    buf_clear(&words);
    pack(&words, "aéb");
    pack(&words, "ab");
    begins_add(&b, words.data, words.len);
    assert_int_equal(b.count, 4);
    begins_key("aéb", 4, &key);
    assert_int_equal(b.keys[0], key);
    begins_key("ab", 2, &key);
    assert_int_equal(b.keys[3], key);
    buf_release(&words);
    begins_release(&b);
}

CHECK_MAIN(T(articles_are_found_by_the_beginnings_of_their_words),
           T(an_article_written_anew_is_found_by_its_new_words_alone), T(what_is_not_committed_is_forgotten),
           T(only_short_beginnings_are_known), T(sets_are_what_was_put_into_them),
           T(an_articles_beginnings_are_each_there_once),
           T(what_comes_and_goes_in_one_transaction_is_found_by_its_last_words),
           T(it_is_where_fts5_takes_the_words_by_itself))
