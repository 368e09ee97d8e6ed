/* SPDX-License-Identifier: ISC */
/*
 * libFuzzer target: any bytes as what a person types. The first byte chooses: a query, the words of a text, a line
 * of the configuration, the notation of a key, or a date. What is refused is refused with a reason.
 */
#include "base/buf.h"
#include "base/door.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "conf/config.h"
#include "conf/key.h"
#include "conf/option.h"
#include "conf/theme.h"
#include "parse/dates.h"
#include "store/query.h"
#include "store/words.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MUST(condition)                                                                                      \
    do {                                                                                                     \
        if (!(condition)) {                                                                                  \
            fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition);                                  \
            abort();                                                                                         \
        }                                                                                                    \
    } while (0)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

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

struct configured {
    struct options options;
    struct theme theme;
};

static bool take_line(void *ctx, int count, char *const *word, struct err *e)
{
    struct configured *c = ctx;
    enum option changed;

    MUST(count > 0);
    if (strcmp(word[0], "set") == 0)
        return options_set(&c->options, count - 1, word + 1, &changed, e);
    if (strcmp(word[0], "color") == 0)
        return theme_color(&c->theme, count - 1, word + 1, e);
    return err_set(e, ERR_USAGE, "'%s' is no command", word[0]);
}

static void check_line(const char *text)
{
    struct configured c;
    struct err e = ERR_INIT;

    options_init(&c.options);
    theme_init(&c.theme);
    MUST(config_do(text, take_line, &c, &e) || e.text[0]);
    options_release(&c.options);
}

static void check_key(const char *text)
{
    struct key_sequence keys, again;
    struct buf name;

    if (!key_parse(text, &keys))
        return;
    buf_init(&name);
    key_add_sequence(&name, &keys);
    MUST(key_parse(name.data, &again) && again.count == keys.count);
    MUST(memcmp(again.key, keys.key, (size_t)keys.count * sizeof *keys.key) == 0);
    buf_release(&name);
}

static void check_dates(const char *text, size_t len)
{
    struct dates_found found;
    char shown[DATES_ROOM];
    size_t at = 0;

    while (dates_find(text, len, at, &found)) {
        MUST(found.start >= at && found.start < found.end && found.end <= len);
        dates_settle_order(&found, 1, len % 2);
        if (dates_format(&found, shown))
            MUST(strlen(shown) == 10 || strlen(shown) == 16);
        at = found.end;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text;

    if (size < 2)
        return 0;
    text = mem_strndup((const char *)data + 1, size - 1);
    switch (data[0] % 5) {
    case 0:
        check_query(text);
        break;
    case 1:
        check_words(text, strlen(text));
        break;
    case 2:
        check_line(text);
        break;
    case 3:
        check_key(text);
        break;
    default:
        check_dates(text, strlen(text));
        break;
    }
    free(text);
    return 0;
}
