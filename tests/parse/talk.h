/* SPDX-License-Identifier: ISC */
/*
 * For the tests of threads in pages: the thread of a page given as a string, with the rules that are installed.
 * Knows: parse/thread. Owns: what a page holds, until close_page. Fails: by cmocka's assertions.
 */
#ifndef TESTS_PARSE_TALK_H
#define TESTS_PARSE_TALK_H

#include "../check.h"

#include "parse/thread.h"

/* What stands above the comments. */
#define STORY                                                                                                \
    "A bridge is opened\n\nThe town of Elmsford opened its new bridge on Monday, two years after the old "   \
    "one was "                                                                                               \
    "washed away by the river. More than a thousand people came.\n\nThe mayor thanked the builders, who "    \
    "had "                                                                                                   \
    "worked through two winters. The bridge is eighty metres long and has room for bicycles.\n\n"

struct page {
    struct platform_rules *rules;
    struct parse_thread *thread;
    struct lines lines;
    struct article article;
};

static void open_page(struct page *p, const char *text)
{
    struct err e = ERR_INIT;

    p->rules = platform_open(&e);
    if (p->rules == NULL)
        fail_msg("%s", e.text);
    p->thread = parse_thread_new(p->rules);
    lines_init(&p->lines);
    article_init(&p->article);
    p->article.text = text;
    p->article.len = strlen(text);
    lines_split(&p->lines, text, strlen(text));
    parse_thread_find(p->thread, &p->lines, NULL, "en");
    parse_thread_build(p->thread, NULL, &p->article);
}

static void close_page(struct page *p)
{
    article_release(&p->article);
    lines_release(&p->lines);
    parse_thread_free(&p->thread);
    platform_close(&p->rules);
}

#endif
