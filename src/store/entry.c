/* SPDX-License-Identifier: ISC */
#include "store/entry.h"

#include "base/mem.h"
#include "doc/comment.h"

#include <stdlib.h>
#include <string.h>

enum { TITLE_KEY = 24, SITE_KEY = 20 };

void entry_init(struct entry *en)
{
    int i;

    memset(en, 0, sizeof *en);
    buf_init(&en->locator);
    buf_init(&en->body);
    pieces_init(&en->pieces);
    for (i = 0; i < ENTRY_COLUMNS; i++)
        buf_init(&en->column[i]);
    begins_init(&en->begins);
    buf_init(&en->stems);
}

static void free_strings(struct entry *en)
{
    free(en->title);
    free(en->site);
    free(en->published);
    free(en->language);
}

void entry_release(struct entry *en)
{
    int i;

    free_strings(en);
    buf_release(&en->locator);
    buf_release(&en->body);
    pieces_release(&en->pieces);
    for (i = 0; i < ENTRY_COLUMNS; i++)
        buf_release(&en->column[i]);
    begins_release(&en->begins);
    buf_release(&en->stems);
}

/* What a block's words are found as; ENTRY_COLUMNS for those that are of the site and not of the article. */
static enum entry_column column_of(const struct article_block *b)
{
    if (b->flags & (ARTICLE_DOUBLE | ARTICLE_SITE))
        return ENTRY_COLUMNS;
    switch (b->kind) {
    case KIND_TITLE:
        return ENTRY_TITLE;
    case KIND_STANDFIRST:
    case KIND_SECTION:
    case KIND_PARAGRAPH:
    case KIND_QUOTE:
    case KIND_LIST_ITEM:
    case KIND_CAPTION:
    case KIND_BYLINE:
        return ENTRY_BODY;
    case KIND_COMMENT:
        return ENTRY_COMMENT;
    default:
        return ENTRY_COLUMNS;
    }
}

/* Facts are words too, so that the index itself answers lang:en, has:comments and date:2016..2017-03: FTS5
 * joins them with the rest of a query. Each begins with a sign that no word of a text has. */
static void add_fact(struct buf *out, const char *name, const char *value, size_t len)
{
    size_t name_len = strlen(name);

    if (name_len + len > WORDS_LONGEST)
        return;
    buf_add_char(out, (char)(name_len + len));
    buf_add(out, name, name_len);
    buf_add(out, value, len);
}

static void add_facts(struct buf *out, const struct article *a)
{
    add_fact(out, "=a", "", 0); /* every article: what a query takes "not this" from */
    if (a->language)
        add_fact(out, "=l", a->language, strlen(a->language));
    if (a->comment_count > 0 || a->stated_comments > 0)
        add_fact(out, "=c", "", 0);
    if (order_minutes(a->published) >= 0 && strlen(a->published) >= 10) {
        add_fact(out, "=y", a->published, 4);
        add_fact(out, "=m", a->published, 7);
        add_fact(out, "=d", a->published, 10);
    }
}

void entry_pack(struct buf column[ENTRY_COLUMNS], struct begins *begins, struct words *words,
                const struct article *a)
{
    bool titled = false;
    size_t i;

    for (i = 0; i < ENTRY_COLUMNS; i++)
        buf_clear(&column[i]);
    for (i = 0; i < a->block_count; i++) {
        const struct article_block *b = &a->blocks[i];
        enum entry_column c = column_of(b);

        if (c == ENTRY_COLUMNS)
            continue;
        titled = titled || c == ENTRY_TITLE;
        words_pack(words, a->text + b->start, b->end - b->start, &column[c]);
    }
    if (!titled && a->title)
        words_pack(words, a->title, strlen(a->title), &column[ENTRY_TITLE]);
    for (i = 0; i < a->comment_count; i++) {
        const struct article_comment *c = comment_glance(a, (int)i + 1);

        /* Those from the page stand in comment blocks, their authors too. */
        if (c->end != 0)
            continue;
        if (c->author)
            words_pack(words, c->author, strlen(c->author), &column[ENTRY_COMMENT]);
        words_pack(words, c->text, strlen(c->text), &column[ENTRY_COMMENT]);
    }
    for (i = 0; i < a->author_count; i++)
        words_pack(words, a->authors[i], strlen(a->authors[i]), &column[ENTRY_AUTHOR]);
    if (a->site)
        words_pack(words, a->site, strlen(a->site), &column[ENTRY_SITE]);
    if (a->url)
        words_pack(words, a->url, strcspn(a->url, "?#"), &column[ENTRY_SITE]);
    begins_reset(begins);
    for (i = 0; i < ENTRY_FACTS; i++)
        begins_add(begins, &column[i]);
    add_facts(&column[ENTRY_FACTS], a);
}

void entry_fill(struct entry *en, struct codec *codec, struct words *words, const struct record *r,
                const struct article *a)
{
    free_strings(en);
    buf_clear(&en->locator);
    buf_add_str(&en->locator, r->locator ? r->locator : "");
    en->digest = r->key;
    en->source_len = r->source_len;
    en->extra = record_extra(r);
    en->title = mem_strdup(a->title);
    en->site = mem_strdup(a->site);
    en->published = mem_strdup(a->published);
    en->language = mem_strdup(a->language);
    en->words = a->words;
    en->comments = a->comment_count > 0 ? (long)a->comment_count : a->stated_comments;
    if (a->stated_comments > en->comments)
        en->comments = a->stated_comments;
    en->minutes = article_minutes(a);
    en->title_key = order_text(a->title, TITLE_KEY);
    en->site_key = order_text(a->site, SITE_KEY);
    buf_clear(&en->body);
    codec_encode(codec, r, a, &en->body, &en->pieces);
    buf_clear(&en->stems);
    if (words->forms)
        forms_begin(words->forms, a->language, &en->stems);
    entry_pack(en->column, &en->begins, words, a);
}
