/* SPDX-License-Identifier: ISC */
#include "store/entry.h"

#include "base/mem.h"
#include "doc/comment.h"

#include <stdlib.h>
#include <string.h>

enum {
    TITLE_KEY = 24,
    KEEP = 1 << 20, /* the maker's memory beyond this is not kept for the next article */
};

static void init_bufs(struct entry_maker *m)
{
    int i;

    buf_init(&m->body);
    buf_init(&m->stems);
    for (i = 0; i < ENTRY_COLUMNS; i++)
        buf_init(&m->column[i]);
}

static void release_bufs(struct entry_maker *m)
{
    int i;

    buf_release(&m->body);
    buf_release(&m->stems);
    for (i = 0; i < ENTRY_COLUMNS; i++)
        buf_release(&m->column[i]);
}

struct entry_maker *entry_maker_new(bool stems)
{
    struct entry_maker *m = mem_zalloc(1, sizeof *m);

    m->codec = codec_new();
    words_init(&m->words, "", 0);
    m->words.forms = stems ? forms_new() : NULL;
    init_bufs(m);
    return m;
}

void entry_maker_free(struct entry_maker **m)
{
    if (!*m)
        return;
    release_bufs(*m);
    forms_free(&(*m)->words.forms);
    words_release(&(*m)->words);
    codec_free(&(*m)->codec);
    free(*m);
    *m = NULL;
}

void entry_init(struct entry *en)
{
    memset(en, 0, sizeof *en);
    pieces_init(&en->pieces);
}

void entry_release(struct entry *en)
{
    free(en->block);
    pieces_release(&en->pieces);
    entry_init(en);
}

/* What a block's words are found as; ENTRY_COLUMNS for those that are of the site and not of the article, unless the
 * article has no others. */
static enum entry_column column_of(const struct article_block *b, bool bare)
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
    case KIND_RELATED:
    case KIND_BOILERPLATE:
        return bare ? ENTRY_BODY : ENTRY_COLUMNS;
    default:
        return ENTRY_COLUMNS;
    }
}

/* Facts are words too, so that the index itself answers lang:en, has:comments and date:2016..2017-03: FTS5
 * joins them with the rest of a query. Each begins with ENTRY_FACT. */
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
    struct order_key site = order_site_name(a->site);

    add_fact(out, "=a", "", 0); /* every article: what a query takes "not this" from */
    if (a->language)
        add_fact(out, "=l", a->language, strlen(a->language));
    add_fact(out, "=s", (const char *)site.bytes, site.len);
    if (a->comment_count > 0 || a->stated_comments > 0)
        add_fact(out, "=c", "", 0);
    if (order_minutes(a->published) >= 0 && strlen(a->published) >= 10) {
        add_fact(out, "=y", a->published, 4);
        add_fact(out, "=m", a->published, 7);
        add_fact(out, "=d", a->published, 10);
    }
}

void entry_index(struct entry_maker *m, const struct article *a)
{
    struct words *words = &m->words;
    struct buf *column = m->column;
    bool titled = false, bare = article_is_bare(a);
    size_t i;

    for (i = 0; i < ENTRY_COLUMNS; i++)
        buf_clear(&column[i]);
    for (i = 0; i < a->block_count; i++) {
        const struct article_block *b = &a->blocks[i];
        enum entry_column c = column_of(b, bare);

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
    add_facts(&column[ENTRY_FACTS], a);
}

/* Puts bytes where the block has room for them, and a zero byte behind. */
static const char *put(char **to, const void *bytes, size_t len)
{
    char *at = *to;

    memcpy(at, bytes, len);
    at[len] = 0;
    *to += len + 1;
    return at;
}

static const char *put_str(char **to, const char *s)
{
    return s ? put(to, s, strlen(s)) : NULL;
}

/* One long article must not leave the maker as big as itself, nor stand in memory twice. */
static void shrink(struct buf *b)
{
    if (b->cap > KEEP)
        buf_release(b);
}

static struct entry_bytes put_buf(char **to, struct buf *b)
{
    struct entry_bytes bytes = {put(to, b->data, b->len), b->len};

    shrink(b);
    return bytes;
}

static size_t length(const char *s)
{
    return s ? strlen(s) + 1 : 0;
}

/* All that an entry points to, in one block of just that size: many wait for their turn to be written. */
static void fill_block(struct entry *en, struct entry_maker *m, const char *locator, const struct article *a)
{
    size_t words = 0;
    char *to;
    int i;

    for (i = 0; i < ENTRY_COLUMNS; i++)
        en->column[i] = words += m->column[i].len;
    en->size = words + m->body.len + 1 + m->stems.len + 1 + length(locator) +
               length(a->title) + length(a->site) + length(a->published) + length(a->language);
    free(en->block);
    en->block = to = mem_alloc(en->size);
    en->size += en->pieces.bytes.len;
    en->packed = (struct entry_bytes){to, words};
    for (i = 0; i < ENTRY_COLUMNS; i++) {
        memcpy(to, m->column[i].data, m->column[i].len);
        to += m->column[i].len;
        shrink(&m->column[i]);
    }
    en->body = put_buf(&to, &m->body);
    en->stems = put_buf(&to, &m->stems);
    en->locator = (struct entry_bytes){put_str(&to, locator), strlen(locator)};
    en->title = put_str(&to, a->title);
    en->site = put_str(&to, a->site);
    en->published = put_str(&to, a->published);
    en->language = put_str(&to, a->language);
}

void entry_fill(struct entry *en, struct entry_maker *m, const struct record *r, const struct article *a)
{
    en->digest = r->key;
    en->source_len = r->source_len;
    en->extra = record_extra(r);
    en->words = a->words;
    en->comments = a->comment_count > 0 ? (long)a->comment_count : a->stated_comments;
    if (a->stated_comments > en->comments)
        en->comments = a->stated_comments;
    en->minutes = article_minutes(a);
    en->title_key = order_text(a->title, TITLE_KEY);
    en->site_key = order_site_name(a->site);
    buf_clear(&m->body);
    codec_encode(m->codec, r, a, &m->body, &en->pieces);
    buf_clear(&m->stems);
    if (m->words.forms)
        forms_begin(m->words.forms, a->language, &m->stems);
    entry_index(m, a);
    fill_block(en, m, r->locator ? r->locator : "", a);
}
