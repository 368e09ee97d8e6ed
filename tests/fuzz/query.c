/* SPDX-License-Identifier: ISC */
/*
 * libFuzzer target: any bytes as what a person types to search. What is refused is refused with a reason; what is taken
 * FTS5 takes as well, whole and phrase by phrase; the words of any text follow each other.
 */
#include "must.h"

#include "base/mem.h"
#include "base/utf8.h"
#include "store/db.h"
#include "store/query.h"
#include "store/tokenizer.h"
#include "store/words.h"

#include <string.h>

static struct db *open_index(void)
{
    struct err e = ERR_INIT;
    struct db *db = db_open(":memory:", DB_WRITE, &e);

    MUST(db && tokenizer_register(db));
    MUST(db_exec(db, "CREATE VIRTUAL TABLE words USING fts5(title, body, comment, author, site, facts, content='',"
                     " tokenize='cuttings')"));
    return db;
}

/* Nothing is in the index: that the expression is one is asked alone. */
static void check_expression(const char *expression)
{
    static struct db *db;

    if (!db)
        db = open_index();
    db_run(db, "SELECT rowid FROM words WHERE words MATCH ?1", "t", expression);
    if (db_fault(db) != DB_FINE)
        fprintf(stderr, "%s\n", expression);
    MUST(db_fault(db) == DB_FINE);
}

static void check_query(const char *text)
{
    struct err e = ERR_INIT;
    struct query *q = query_parse(text, &e);
    const char *word;
    bool flag;
    size_t i;

    if (!q) {
        MUST(e.status != ERR_NONE && e.text[0]);
        return;
    }
    MUST(query_match(q)[0] && utf8_valid(query_match(q), strlen(query_match(q)), NULL));
    check_expression(query_match(q));
    for (i = 0; (word = query_phrase(q, i)); i++)
        if (word[0])
            check_expression(word);
    for (i = 0; (word = query_word(q, i, &flag)); i++)
        MUST(word[0]);
    for (i = 0; (word = query_path(q, i, &flag)); i++)
        MUST(strstr(text, word) || word[0]);
    query_free(&q);
}

static void check_words(const char *text, size_t len)
{
    struct words w;
    struct word word;
    size_t at = 0;

    words_init(&w, text, len);
    while (words_next(&w, &word)) {
        MUST(word.start >= at && word.start < word.end && word.end <= len && word.len > 0);
        at = word.start;
    }
    words_release(&w);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = mem_strndup((const char *)data, size);

    check_query(text);
    check_words((const char *)data, size);
    free(text);
    return 0;
}
