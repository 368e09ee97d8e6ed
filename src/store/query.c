/* SPDX-License-Identifier: ISC */
#include "store/query_read.h"

#include <stdlib.h>

struct query *query_parse(const char *text, struct err *e)
{
    return query_parse_forms(text, NULL, e);
}

struct query *query_parse_forms(const char *text, const struct query_forms *forms, struct err *e)
{
    bool again;
    struct query *q = query_read(text, forms, true, &again, e);

    if (q && again) { /* an OR turned up behind them */
        query_free(&q);
        q = query_read(text, forms, false, &again, e);
    }
    return q;
}

static void free_terms(struct query_term *terms, size_t count)
{
    size_t i;

    for (i = 0; i < count; i++)
        free(terms[i].text);
    free(terms);
}

void query_free(struct query **q)
{
    if (!*q)
        return;
    free_terms((*q)->words, (*q)->word_count);
    free_terms((*q)->paths, (*q)->path_count);
    free_terms((*q)->tags, (*q)->tag_count);
    free_terms((*q)->phrases, (*q)->phrase_count);
    free((*q)->beginnings);
    free((*q)->match);
    free(*q);
    *q = NULL;
}

const char *query_match(const struct query *q)
{
    return q->match;
}

const char *query_phrase(const struct query *q, size_t n)
{
    return n < q->phrase_count ? q->phrases[n].text : NULL;
}

bool query_has_words(const struct query *q)
{
    return q->has_words;
}

bool query_is_broad(const struct query *q)
{
    return q->broad;
}

unsigned query_flags_with(const struct query *q)
{
    return q->with;
}

unsigned query_flags_without(const struct query *q)
{
    return q->without;
}

const char *query_path(const struct query *q, size_t n, bool *without)
{
    if (n >= q->path_count)
        return NULL;
    *without = q->paths[n].flag;
    return q->paths[n].text;
}

const char *query_tag(const struct query *q, size_t n, bool *without)
{
    if (n >= q->tag_count)
        return NULL;
    *without = q->tags[n].flag;
    return q->tags[n].text;
}

bool query_dates(const struct query *q, int64_t *from, int64_t *to)
{
    *from = q->from;
    *to = q->to;
    return q->dated;
}

bool query_beginning(const struct query *q, size_t n, uint64_t *key, bool *without)
{
    if (n >= q->beginning_count)
        return false;
    *key = q->beginnings[n].key;
    *without = q->beginnings[n].without;
    return true;
}

const char *query_word_column(const struct query *q, size_t n)
{
    return n < q->word_count ? q->words[n].column : NULL;
}

const char *query_word(const struct query *q, size_t n, bool *prefix)
{
    if (n >= q->word_count)
        return NULL;
    *prefix = q->words[n].flag;
    return q->words[n].text;
}
