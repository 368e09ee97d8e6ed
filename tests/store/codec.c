/* SPDX-License-Identifier: ISC */
#include "../check.h"

#include "store/codec.h"

static const char text[] = "Title\n\nOne paragraph — with signs.\n\nAnn\nA comment.\n\nMore of it.\n";

static void make(struct record *r, struct article *a)
{
    struct article_comment *c;

    record_init(r);
    article_init(a);
    record_set_text(r, text, strlen(text));
    r->mtime = -5;
    r->charset = CHARSET_WINDOWS_1252;
    r->map.marks = calloc(2, sizeof *r->map.marks);
    r->map.marks[0] = (struct charset_mark){21, 21, 3, 1};
    r->map.marks[1] = (struct charset_mark){24, 22, 1, 1};
    r->map.count = r->map.cap = 2;
    r->given = RECORD_SITE | RECORD_AUTHORS;
    a->text = r->text.data;
    a->len = r->text.len;
    a->given = r->given;
    a->title = "Title";
    a->site = "Site";
    a->language = "en";
    a->published = "2020-08-28T23:40";
    a->dateline = (struct article_dateline){"MOSCOW", NULL, "2020-08-28"};
    a->stated_comments = 5;
    a->words = 17;
    article_add_author(a, "Ann", 3);
    article_add_author(a, "Bob", 3);
    article_add_block(a, KIND_TITLE, 0, 5, 0);
    article_add_block(a, KIND_PARAGRAPH, 7, 36, ARTICLE_DOUBLE);
    a->blocks[1].source_end -= 2;
    article_add_block(a, KIND_COMMENT, 38, strlen(text) - 1, 0);
    a->blocks[2].source_start -= 2;
    a->blocks[2].source_end -= 2;
    c = article_add_comment(a);
    c->author = "Ann";
    c->text = "A comment.\n\nMore of it.";
    c->start = 38;
    c->end = strlen(text) - 1;
    c = article_add_comment(a);
    c->parent = 1;
    c->inferred = c->has_score = c->removed = true;
    c->score = -44;
    c->published = "2020-08-29";
    c->text = "";
}

static void check_same(const struct article *a, const struct article *b)
{
    size_t i;

    assert_int_equal(a->len, b->len);
    assert_memory_equal(a->text, b->text, a->len);
    assert_string_equal(b->title, "Title");
    assert_null(b->standfirst);
    assert_string_equal(b->site, a->site);
    assert_null(b->url);
    assert_string_equal(b->language, a->language);
    assert_string_equal(b->published, a->published);
    assert_string_equal(b->dateline.place, a->dateline.place);
    assert_null(b->dateline.agency);
    assert_string_equal(b->dateline.date, a->dateline.date);
    assert_int_equal(a->given, b->given);
    assert_int_equal(a->stated_comments, b->stated_comments);
    assert_int_equal(a->words, b->words);
    assert_int_equal(a->author_count, b->author_count);
    for (i = 0; i < a->author_count; i++)
        assert_string_equal(a->authors[i], b->authors[i]);
    assert_int_equal(a->block_count, b->block_count);
    for (i = 0; i < a->block_count; i++) {
        assert_int_equal(a->blocks[i].start, b->blocks[i].start);
        assert_int_equal(a->blocks[i].end, b->blocks[i].end);
        assert_int_equal(a->blocks[i].source_start, b->blocks[i].source_start);
        assert_int_equal(a->blocks[i].source_end, b->blocks[i].source_end);
        assert_int_equal(a->blocks[i].kind, b->blocks[i].kind);
        assert_int_equal(a->blocks[i].flags, b->blocks[i].flags);
    }
    assert_int_equal(a->comment_count, b->comment_count);
    for (i = 0; i < a->comment_count; i++) {
        const struct article_comment *x = &a->comments[i], *y = &b->comments[i];

        assert_int_equal(x->id, y->id);
        assert_int_equal(x->parent, y->parent);
        assert_int_equal(x->inferred, y->inferred);
        assert_int_equal(x->has_score, y->has_score);
        assert_int_equal(x->removed, y->removed);
        assert_int_equal(x->score, y->score);
        assert_string_equal(x->text, y->text);
        assert_int_equal(x->author != NULL, y->author != NULL);
        assert_int_equal(x->start, y->start);
        assert_int_equal(x->end, y->end);
    }
}

CHECK(an_article_comes_back_as_it_was)
{
    struct codec *codec = codec_new();
    struct record r;
    struct article a, back;
    struct buf bytes, copy;
    struct pieces pieces;

    make(&r, &a);
    article_init(&back);
    buf_init(&bytes);
    pieces_init(&pieces);
    buf_init(&copy);
    codec_encode(codec, &r, &a, &bytes, &pieces);
    assert_true(codec_decode(codec, bytes.data, bytes.len, &back, &copy, NULL));
    check_same(&a, &back);
    article_release(&back);
    article_release(&a);
    record_release(&r);
    buf_release(&bytes);
    pieces_release(&pieces);
    buf_release(&copy);
    codec_free(&codec);
}

CHECK(a_record_comes_back_for_a_new_parser)
{
    struct codec *codec = codec_new();
    struct record r, back;
    struct article a;
    struct buf bytes;
    struct pieces pieces;

    make(&r, &a);
    record_init(&back);
    buf_init(&bytes);
    pieces_init(&pieces);
    codec_encode(codec, &r, &a, &bytes, &pieces);
    assert_true(codec_decode_record(codec, bytes.data, bytes.len, &back, NULL));
    assert_int_equal(back.text.len, r.text.len);
    assert_memory_equal(back.text.data, r.text.data, r.text.len);
    assert_int_equal(back.mtime, -5);
    assert_int_equal(back.charset, CHARSET_WINDOWS_1252);
    assert_int_equal(back.source_len, r.source_len);
    assert_int_equal(back.map.count, 2);
    assert_int_equal(back.map.marks[1].text, 24);
    assert_int_equal(back.map.marks[1].source, 22);
    assert_int_equal(back.map.marks[0].text_step, 3);
    assert_string_equal(back.site, "Site");
    assert_null(back.title); /* found by the parser, not given */
    assert_int_equal(back.author_count, 2);
    assert_int_equal(back.comment_count, 0); /* from the page */
    record_release(&back);
    article_release(&a);
    record_release(&r);
    buf_release(&bytes);
    pieces_release(&pieces);
    codec_free(&codec);
}

static bool is_taken(long words, long stated)
{
    struct codec *codec = codec_new();
    struct record r;
    struct article a, back;
    struct buf bytes, copy;
    struct pieces pieces;
    bool taken;

    make(&r, &a);
    a.words = words;
    a.stated_comments = stated;
    article_init(&back);
    buf_init(&bytes);
    pieces_init(&pieces);
    buf_init(&copy);
    codec_encode(codec, &r, &a, &bytes, &pieces);
    taken = codec_decode(codec, bytes.data, bytes.len, &back, &copy, NULL);
    article_release(&back);
    article_release(&a);
    record_release(&r);
    buf_release(&bytes);
    pieces_release(&pieces);
    buf_release(&copy);
    codec_free(&codec);
    return taken;
}

/* More than there can be would overflow where it is rounded or added to. */
CHECK(counts_beyond_all_bounds_are_refused)
{
    assert_true(is_taken((long)strlen(text), -1));
    assert_true(is_taken(0, INT32_MAX));
    assert_false(is_taken((long)strlen(text) + 1, -1));
    assert_false(is_taken(INT64_MAX, -1));
    assert_false(is_taken(-1, -1));
    assert_false(is_taken(0, -2));
    assert_false(is_taken(0, INT32_MAX + 1L));
}

/* Every cut and every changed bit: an answer, and no access beyond the bytes (the sanitizers watch). */
CHECK(damaged_bytes_are_refused)
{
    struct codec *codec = codec_new();
    struct record r;
    struct article a, back;
    struct buf bytes, copy;
    struct pieces pieces;
    size_t i, undone = 0;

    make(&r, &a);
    article_init(&back);
    buf_init(&bytes);
    pieces_init(&pieces);
    buf_init(&copy);
    codec_encode(codec, &r, &a, &bytes, &pieces);
    for (i = 0; i < bytes.len; i++) {
        char *part = malloc(i + 1);

        memcpy(part, bytes.data, i);
        assert_false(codec_decode(codec, part, i, &back, &copy, NULL));
        article_reset(&back);
        free(part);
    }
    for (i = 0; i < bytes.len * 8; i++) {
        bytes.data[i / 8] ^= (char)(1 << i % 8);
        if (codec_decode(codec, bytes.data, bytes.len, &back, &copy, NULL))
            undone += back.len != a.len || memcmp(back.text, a.text, a.len) != 0 ||
                      back.block_count != a.block_count;
        article_reset(&back);
        bytes.data[i / 8] ^= (char)(1 << i % 8);
    }
    assert_int_equal(undone, 0); /* what is taken all the same is what was meant */
    article_release(&back);
    article_release(&a);
    record_release(&r);
    buf_release(&bytes);
    pieces_release(&pieces);
    buf_release(&copy);
    codec_free(&codec);
}

static bool load_none(void *ctx, int64_t article, size_t i, struct buf *out)
{
    (void)ctx;
    (void)article;
    (void)i;
    (void)out;
    return false;
}

/* An article of nothing but a thread in pieces. */
static bool has_thread_of(size_t comments)
{
    enum { BEFORE = 19 }; /* the numbers before the comments, all 0: store/codec.c */
    struct pieces_source none = {load_none, NULL, 0};
    struct packer *packer = packer_new();
    struct codec *codec = codec_new();
    struct buf raw, bytes, copy;
    struct article a;
    bool taken;

    article_init(&a);
    buf_init(&raw);
    buf_init(&bytes);
    buf_init(&copy);
    for (int i = 0; i < BEFORE; i++)
        packing_put(&raw, 0);
    packing_put(&raw, comments);
    packing_put(&raw, 1); /* its stamp and sum */
    packing_put(&raw, 0);
    buf_add_char(&bytes, 2);
    packer_press(packer, &raw, &bytes);
    taken = codec_decode(codec, bytes.data, bytes.len, &a, &copy, &none);
    article_release(&a);
    buf_release(&copy);
    buf_release(&bytes);
    buf_release(&raw);
    codec_free(&codec);
    packer_free(&packer);
    return taken;
}

/* No format gives more than that, and memory is taken for as many as the bytes say. */
CHECK(a_thread_that_cannot_be_is_refused)
{
    assert_true(has_thread_of(RECORD_COMMENTS));
    assert_false(has_thread_of(RECORD_COMMENTS + 1));
}

CHECK_MAIN(T(an_article_comes_back_as_it_was), T(a_record_comes_back_for_a_new_parser),
           T(counts_beyond_all_bounds_are_refused), T(damaged_bytes_are_refused), T(a_thread_that_cannot_be_is_refused))
