/* SPDX-License-Identifier: ISC */
/*
 * Articles made for the tests: blocks given one after another, the text put together from them.
 * Knows: doc/article. Owns: the text. Fails: never.
 */
#ifndef TESTS_LAYOUT_MADE_H
#define TESTS_LAYOUT_MADE_H

#include "base/buf.h"
#include "doc/article.h"

struct made {
    struct article article;
    struct buf text;
};

static inline void made_init(struct made *m)
{
    article_init(&m->article);
    buf_init(&m->text);
}

static inline void made_release(struct made *m)
{
    article_release(&m->article);
    buf_release(&m->text);
}

/* Adds a block after an empty line, and returns where it starts. */
static inline size_t made_bytes(struct made *m, enum kind kind, const char *s, size_t len, unsigned flags)
{
    size_t start;

    if (m->text.len)
        buf_add_str(&m->text, "\n\n");
    start = m->text.len;
    buf_add(&m->text, s, len);
    article_add_block(&m->article, kind, start, m->text.len, flags);
    m->article.text = m->text.data;
    m->article.len = m->text.len;
    return start;
}

static inline size_t made_block(struct made *m, enum kind kind, const char *s)
{
    return made_bytes(m, kind, s, strlen(s), 0);
}

static inline struct article_comment *made_comment(struct made *m, int parent, bool inferred,
                                                   const char *author, const char *text)
{
    struct article_comment *c = article_add_comment(&m->article);

    c->parent = parent;
    c->inferred = inferred;
    c->author = author;
    c->text = text;
    return c;
}

/* A page of every kind of block, with a thread. */
static inline void made_newspaper(struct made *m)
{
    made_init(m);
    made_block(m, KIND_DATE, "28 August 2020");
    made_block(m, KIND_TITLE, "Ferry company promises to run on time, “weather and whales permitting”");
    made_block(m, KIND_BYLINE, "By Ann Quayle");
    made_block(m, KIND_STANDFIRST, "A new timetable is to end three winters of waiting on the quay.");
    made_block(m, KIND_CAPTION, "The Morwenna in the harbour of Port Isbell");
    made_block(m, KIND_CAPTION, "Photo: C. Penrose");
    made_bytes(m, KIND_TITLE, "Ferry company promises to run on time", 37, ARTICLE_DOUBLE);
    made_block(
        m, KIND_PARAGRAPH,
        "PORT ISBELL (Coast Wire) — The island's ferry company said on Friday that its two ships would leave "
        "at "
        "the hours printed in the timetable from October, whatever the tide; a clock has been bought.");
    made_block(m, KIND_RELATED,
               "The harbour at dusk, with gulls - The Saltmarsh Courier\n"
               "Whales seen again off the point");
    made_block(m, KIND_PARAGRAPH,
               "“We have listened,” said the company's spokeswoman. “Mostly to the whales.”");
    made_block(m, KIND_SECTION, "What passengers say");
    made_block(m, KIND_QUOTE, "I have read the whole of Proust on that quay, and I am a slow reader.");
    made_block(m, KIND_LIST_ITEM,
               "The first ship leaves at seven, the last one comes back at nine in the evening.");
    made_block(m, KIND_LIST_ITEM, "- Dogs travel free.");
    made_block(m, KIND_PARAGRAPH,
               "More at https://ferries.example.org/timetables/winter-2020/port-isbell?"
               "day=saturday&tide=high today.");
    made_block(m, KIND_BOILERPLATE, "Sign up for our free weekly letter\nYou will receive it every Friday.");
    made_block(m, KIND_BOILERPLATE, "Support the Courier");
    made_block(m, KIND_COMMENT_CONTROL, "3 Comments\nOldest\nNewest");
    m->article.site = "The Saltmarsh Courier";
    m->article.published = "2020-08-28T23:40";
    m->article.dateline.place = "PORT ISBELL";
    m->article.stated_comments = 4;
    article_add_author(&m->article, "Ann Quayle", 10);
    article_count_words(&m->article);
    made_comment(m, 0, false, "Gull",
                 "What a surprise. The clock, I mean; not the whales, who were always on time.");
    made_comment(m, 1, true, "Penrose", "It is a good clock.\n\nI took its picture.")->published =
        "2020-08-29T08:05";
    made_comment(m, 0, false, "Ann Quayle", "> Mostly to the whales\n\nShe did say so.");
    made_comment(m, 2, false, NULL, "")->removed = true;
}

#endif
