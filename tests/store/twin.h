/* SPDX-License-Identifier: ISC */
/*
 * Made-up articles as words, and two full-text indexes held against each other: one that FTS5 made itself, and ours.
 * Knows: store/. A test program includes it once.
 */
#ifndef TESTS_STORE_TWIN_H
#define TESTS_STORE_TWIN_H

#include "../dice.h"
#include "sample.h"

#include <sqlite3.h>

static uint64_t twin_seed;

static inline uint64_t twin_dice(uint64_t n)
{
    return dice(&twin_seed, n);
}

/* An article: its columns as words_pack packs them. */
struct twin {
    int64_t rowid;
    struct buf packed;
    size_t end[ENTRY_COLUMNS];
};

static inline void twin_release(struct twin *t)
{
    buf_release(&t->packed);
}

static inline void twin_add_word(struct twin *t, const char *word, size_t len)
{
    buf_add_char(&t->packed, (char)len);
    buf_add(&t->packed, word, len);
}

/* Word number n: one to sixty bytes, with long beginnings in common; the lower, the more it is used. */
static inline size_t twin_word(char word[64], uint64_t n)
{
    static const char stem[] = "internationalisation-of-the-words-that-are-made-up-for-a-test";
    size_t len = n % 7 == 3 ? (size_t)(n * 31 % 57) : 0;

    if (n < 20) {
        word[0] = (char)('a' + n);
        return 1;
    }
    memcpy(word, stem, len);
    for (; n > 0 && len < 60; n /= 23)
        word[len++] = (char)(n % 23 == 22 ? 0xC3 : 'b' + n % 23);
    return len;
}

/* Up to `most` words of a vocabulary in each column; some columns have none. */
static inline void twin_make(struct twin *t, int64_t rowid, size_t most, uint64_t vocabulary)
{
    char word[64];
    int i;

    *t = (struct twin){.rowid = rowid};
    buf_init(&t->packed);
    for (i = 0; i < ENTRY_COLUMNS; i++) {
        size_t n = twin_dice(3) == 0 ? 0 : twin_dice(most + 1);

        while (n-- > 0)
            twin_add_word(t, word, twin_word(word, twin_dice(1 + twin_dice(vocabulary))));
        t->end[i] = t->packed.len;
    }
}

/* What FTS5 does with it by itself. */
static inline void twin_run(struct db *db, const struct twin *t, bool add)
{
    const char *sql = add ? "INSERT INTO words(rowid, title, body, comment, author, site, facts)"
                            " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)"
                          : "INSERT INTO words(words, rowid, title, body, comment, author, site, facts)"
                            " VALUES('delete', ?1, ?2, ?3, ?4, ?5, ?6, ?7)";
    const char *at[ENTRY_COLUMNS];
    size_t len[ENTRY_COLUMNS];
    int i;

    for (i = 0; i < ENTRY_COLUMNS; i++) {
        size_t from = i ? t->end[i - 1] : 0;

        at[i] = t->packed.data + from;
        len[i] = t->end[i] - from;
    }
    assert_true(db_run(db, sql, "issssss", t->rowid, (const void *)at[0], len[0], (const void *)at[1], len[1],
                       (const void *)at[2], len[2], (const void *)at[3], len[3], (const void *)at[4], len[4],
                       (const void *)at[5], len[5]));
}

/* Lets FTS5's tables be written by hand, or not. */
static inline void twin_let(struct db *db, bool let)
{
    sqlite3_db_config(db_handle(db), SQLITE_DBCONFIG_DEFENSIVE, !let, NULL);
}

static inline sqlite3_stmt *twin_prepare(struct db *db, const char *sql, const char *match)
{
    sqlite3_stmt *st = NULL;

    if (sqlite3_prepare_v2(db_handle(db), sql, -1, &st, NULL) != SQLITE_OK)
        fail_msg("%s: %s", sql, sqlite3_errmsg(db_handle(db)));
    if (match)
        sqlite3_bind_text(st, 1, match, -1, SQLITE_STATIC);
    return st;
}

/* Both answer the same; returns how many rows. */
static inline long twin_rows(struct db *a, struct db *b, const char *sql, const char *match)
{
    sqlite3_stmt *x = twin_prepare(a, sql, match), *y = twin_prepare(b, sql, match);
    long rows = 0;
    int i, rc;

    while ((rc = sqlite3_step(x)) == SQLITE_ROW) {
        assert_int_equal(sqlite3_step(y), SQLITE_ROW);
        for (i = 0; i < sqlite3_column_count(x); i++) {
            assert_int_equal(sqlite3_column_bytes(x, i), sqlite3_column_bytes(y, i));
            assert_memory_equal(sqlite3_column_blob(x, i), sqlite3_column_blob(y, i),
                                (size_t)sqlite3_column_bytes(x, i));
        }
        rows++;
    }
    assert_int_equal(rc, SQLITE_DONE);
    assert_int_equal(sqlite3_step(y), SQLITE_DONE);
    sqlite3_finalize(x);
    sqlite3_finalize(y);
    return rows;
}

static inline void twin_ask(struct db *a, struct db *b, const char *match)
{
    twin_rows(a, b, "SELECT rowid, bm25(words, 8, 1, 2, 3, 4, 5) FROM words WHERE words MATCH ?1 ORDER BY rowid",
              match);
    twin_rows(a, b, "SELECT rowid FROM words WHERE words MATCH ?1 ORDER BY rowid DESC", match);
    twin_rows(a, b, "SELECT rowid FROM words WHERE words MATCH ?1 AND rowid > (SELECT avg(id) FROM words_docsize)"
                    " ORDER BY rowid LIMIT 20", match);
    twin_rows(a, b, "SELECT rowid FROM words WHERE words MATCH ?1 AND rowid < (SELECT avg(id) FROM words_docsize)"
                    " ORDER BY rowid DESC LIMIT 20", match);
}

/* Words, phrases, beginnings, columns, and what has two words: # is a word. Not what is near each other: FTS5 3.40
 * reads memory there that it has given back. */
static inline void twin_ask_all(struct db *a, struct db *b, uint64_t vocabulary, int times)
{
    static const char *const shapes[] = {"\"#\"",          "\"##\"",       "\"#\" *",
                                         "\"#\" OR \"#\"", "body : \"#\"", "\"#\" AND \"#\"",
                                         "{title facts} : \"##\"", "\"#\" NOT \"#\""};
    struct buf match;
    char word[64];
    const char *at;
    size_t len;

    buf_init(&match);
    while (times-- > 0) {
        buf_clear(&match);
        for (at = shapes[times % 8]; *at; at++) {
            if (*at != '#') {
                buf_add_char(&match, *at);
                continue;
            }
            len = twin_word(word, twin_dice(1 + twin_dice(vocabulary)));
            buf_add_str(&match, len == '"' ? "\"" : ""); /* a quote in quotes stands twice */
            buf_add_char(&match, (char)len);
            buf_add(&match, word, len);
        }
        twin_ask(a, b, match.data);
    }
    buf_release(&match);
}

static inline void twin_check(struct db *db)
{
    if (!db_exec(db, "INSERT INTO words(words) VALUES('integrity-check')")) {
        struct err e = ERR_INIT;

        db_report(db, &e);
        fail_msg("%s", e.text);
    }
}

/* The words of both, where each of them stands, and what both know of their articles. */
static inline void twin_same(struct db *a, struct db *b)
{
    static const char make[] = "CREATE VIRTUAL TABLE temp.byrow USING fts5vocab(main, words, row);"
                               "CREATE VIRTUAL TABLE temp.bycol USING fts5vocab(main, words, col);"
                               "CREATE VIRTUAL TABLE temp.each USING fts5vocab(main, words, instance);";
    static const char drop[] = "DROP TABLE temp.byrow; DROP TABLE temp.bycol; DROP TABLE temp.each";
    struct db *both[] = {a, b};
    int i;

    for (i = 0; i < 2; i++) {
        twin_check(both[i]);
        assert_true(db_exec(both[i], make));
    }
    twin_rows(a, b, "SELECT * FROM temp.byrow", NULL);
    twin_rows(a, b, "SELECT * FROM temp.bycol", NULL);
    twin_rows(a, b, "SELECT * FROM temp.each", NULL);
    twin_rows(a, b, "SELECT id, sz FROM words_docsize ORDER BY id", NULL);
    twin_rows(a, b, "SELECT block FROM words_data WHERE id = 1", NULL);
    for (i = 0; i < 2; i++)
        assert_true(db_exec(both[i], drop));
}

#endif
