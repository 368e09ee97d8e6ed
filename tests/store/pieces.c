/* SPDX-License-Identifier: ISC */
#include "../check.h"

#include "doc/comment.h"
#include "store/codec.h"

enum { COUNT = 1000 };

/* A thread in memory, and what was read of it. */
struct kept {
    struct pieces pieces;
    int loads, missing; /* missing: the piece that is not there, -1 for none */
};

static bool load(void *ctx, int64_t article, size_t i, struct buf *out)
{
    struct kept *k = ctx;
    size_t at = i ? k->pieces.ends[i - 1] : 0;

    assert_int_equal(article, 7);
    k->loads++;
    buf_clear(out);
    if (i >= k->pieces.count || (int)i == k->missing)
        return false;
    buf_add(out, k->pieces.bytes.data + at, k->pieces.ends[i] - at);
    return true;
}

static void make(struct article *a, int count)
{
    char name[40];

    article_init(a);
    a->text = "";
    for (int i = 0; i < count; i++) {
        struct article_comment *c = article_add_comment(a);

        snprintf(name, sizeof name, "reader %d", i % 7);
        c->author = i % 11 ? article_str(a, name, strlen(name)) : NULL;
        c->published = i % 5 ? "2020-08-29" : NULL;
        snprintf(name, sizeof name, "what %d said", i);
        c->text = article_str(a, name, strlen(name));
        c->parent = i % 3 ? i - i % 10 : 0;
        c->score = -i;
        c->has_score = i % 2;
        c->removed = i % 13 == 0;
    }
}

/* Encodes a, and decodes it as an article whose comments k has. */
static void there_and_back(const struct article *a, struct kept *k, struct article *back, struct buf *text)
{
    struct codec *codec = codec_new();
    struct pieces_source from = {load, k, 7};
    struct record r;
    struct buf bytes;

    record_init(&r);
    buf_init(&bytes);
    buf_init(text);
    article_init(back);
    k->loads = 0;
    k->missing = -1;
    pieces_init(&k->pieces);
    codec_encode(codec, &r, a, &bytes, &k->pieces);
    assert_true(codec_decode(codec, bytes.data, bytes.len, back, text, &from));
    if (k->pieces.stamp) { /* nothing to read them by: no article */
        article_reset(back);
        assert_false(codec_decode(codec, bytes.data, bytes.len, back, text, NULL));
        article_reset(back);
        assert_true(codec_decode(codec, bytes.data, bytes.len, back, text, &from));
    }
    assert_int_equal(back->comment_count, a->comment_count);
    buf_release(&bytes);
    record_release(&r);
    codec_free(&codec);
}

static void release(struct kept *k, struct article *a, struct article *back, struct buf *text)
{
    article_release(back);
    article_release(a);
    buf_release(text);
    pieces_release(&k->pieces);
}

static void same_words(const char *a, const char *b)
{
    assert_int_equal(a != NULL, b != NULL);
    if (a)
        assert_string_equal(a, b);
}

static void check_same(const struct article *a, const struct article *back, int id, bool keep)
{
    const struct article_comment *x = comment_read(a, id),
                                 *y = keep ? comment_read(back, id) : comment_glance(back, id);

    assert_int_equal(y->id, id);
    assert_int_equal(x->parent, y->parent);
    assert_int_equal(x->parent, comment_parent(back, id));
    assert_int_equal(x->score, y->score);
    assert_int_equal(x->has_score, y->has_score);
    assert_int_equal(x->removed, y->removed);
    same_words(x->author, y->author);
    same_words(x->published, y->published);
    same_words(x->text, y->text);
    assert_int_equal(comment_sign(a, id), comment_sign(back, id));
    assert_int_equal(comment_sign(a, id), (uint32_t)(comment_key(y) >> 32));
}

CHECK(a_long_thread_comes_back_piece_by_piece)
{
    struct article a, back;
    struct kept k;
    struct buf text;

    make(&a, COUNT);
    there_and_back(&a, &k, &back, &text);
    assert_int_equal(k.loads, 0); /* opening reads none of it */
    assert_string_equal(comment_read(&back, 500)->text, "what 499 said");
    assert_string_equal(comment_read(&back, 500)->text, "what 499 said");
    assert_int_equal(k.loads, 1);
    for (int id = COUNT; id > 0; id--)
        check_same(&a, &back, id, id % 2);
    assert_false(pieces_lost(&back));
    release(&k, &a, &back, &text);
}

CHECK(what_is_kept_stays_while_others_are_glanced_at)
{
    struct article a, back;
    struct kept k;
    struct buf text;
    const struct article_comment *c;

    make(&a, COUNT);
    there_and_back(&a, &k, &back, &text);
    c = comment_read(&back, 1);
    for (int id = 1; id <= COUNT; id++)
        check_same(&a, &back, id, false);
    assert_int_equal(k.loads, 2 + (COUNT + PIECES_COMMENTS - 1) / PIECES_COMMENTS); /* each piece once */
    assert_string_equal(c->text, "what 0 said");
    release(&k, &a, &back, &text);
}

CHECK(a_short_thread_stands_with_its_article)
{
    struct article a, back;
    struct kept k;
    struct buf text;

    make(&a, 20);
    there_and_back(&a, &k, &back, &text);
    assert_int_equal(k.pieces.count, 0);
    for (int id = 1; id <= 20; id++)
        check_same(&a, &back, id, true);
    release(&k, &a, &back, &text);
}

/* A piece that is gone, cut, changed, or of the same article as it is now. */
CHECK(what_is_not_what_was_written_is_lost_and_no_more)
{
    struct article a, back;
    struct kept k;
    struct buf text;

    make(&a, COUNT);
    for (int fault = 0; fault < 4; fault++) {
        char *piece;

        there_and_back(&a, &k, &back, &text);
        piece = k.pieces.bytes.data + k.pieces.ends[2];
        k.missing = fault == 0 ? 3 : -1;
        if (fault == 1)
            memset(piece + 40, 0, 40);
        else if (fault == 2)
            piece[0]++;
        else if (fault == 3)
            k.pieces.ends[3] -= 30;
        assert_string_equal(comment_read(&back, 1)->text, "what 0 said");
        assert_false(pieces_lost(&back));
        assert_string_equal(comment_read(&back, PIECES_COMMENTS + 1)->text, "");
        assert_null(comment_read(&back, PIECES_COMMENTS + 1)->author);
        assert_int_equal(comment_parent(&back, PIECES_COMMENTS + 2), comment_read(&a, PIECES_COMMENTS + 2)->parent);
        assert_true(pieces_lost(&back));
        article_release(&back);
        buf_release(&text);
        pieces_release(&k.pieces);
    }
    article_release(&a);
}

CHECK_MAIN(T(a_long_thread_comes_back_piece_by_piece), T(what_is_kept_stays_while_others_are_glanced_at),
           T(a_short_thread_stands_with_its_article), T(what_is_not_what_was_written_is_lost_and_no_more))
