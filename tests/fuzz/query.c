/* SPDX-License-Identifier: ISC */
/*
 * libFuzzer target: any bytes as what a person types to search. What is refused is refused with a reason; the words of
 * any text follow each other.
 */
#include "must.h"

#include "base/mem.h"
#include "base/utf8.h"
#include "store/query.h"
#include "store/words.h"

#include <string.h>

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
