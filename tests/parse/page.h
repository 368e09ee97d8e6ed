/* SPDX-License-Identifier: ISC */
/*
 * For the parser's tests: one parser for the program, and a page parsed from a string.
 * Knows: parse/parse. Owns: the parser, until the program ends.
 */
#ifndef TESTS_PARSE_PAGE_H
#define TESTS_PARSE_PAGE_H

#include "../check.h"

#include "parse/parse.h"

static struct parser *the_parser(void)
{
    static struct parser *p;
    struct err e = ERR_INIT;

    if (p == NULL)
        p = parse_open(&e);
    if (p == NULL)
        fail_msg("%s", e.text);
    return p;
}

struct parsed {
    struct record record;
    struct article article;
};

static void parse_text(struct parsed *p, const char *text, size_t len)
{
    record_init(&p->record);
    article_init(&p->article);
    record_set_text(&p->record, text, len);
    parse_article(the_parser(), &p->record, NULL, &p->article);
    assert_true(article_check(&p->article));
}

static void parsed_release(struct parsed *p)
{
    article_release(&p->article);
    record_release(&p->record);
}

#endif
