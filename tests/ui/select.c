/* SPDX-License-Identifier: ISC */
#include "../check.h"

#include "ui/select.h"

/* A headline, two paragraphs with a folded line between them, and a comment. */
static const char text[] = "Lamps of the harbour\n\n“They burn,” she said. Then they burn again, all night!\n\n"
                           "Support us today\n\nEnde 灯台の猫。次の日。\n";

static struct article article;

static size_t at(const char *words)
{
    return (size_t)(strstr(text, words) - text);
}

static struct page *make(void)
{
    struct page_options o = {.columns = 34, .measure = 30, .comments = true};
    struct article_comment *c;

    article_init(&article);
    article.text = text;
    article.len = strlen(text);
    article_add_block(&article, KIND_TITLE, 0, at("\n"), 0);
    article_add_block(&article, KIND_PARAGRAPH, at("“They"), at("!") + 1, 0);
    article_add_block(&article, KIND_BOILERPLATE, at("Support"), at("today") + 5, 0);
    article_add_block(&article, KIND_PARAGRAPH, at("Ende"), strlen(text) - 1, 0);
    c = article_add_comment(&article);
    c->author = "Ann";
    c->text = "First words.\n\nLast ones.";
    return page_new(&article, &o, NULL);
}

static const char *rest(const struct select *s)
{
    const char *from = s->caret.comment ? article.comments[s->caret.comment - 1].text : text;
    static char out[24];

    snprintf(out, sizeof out, "%.11s", from + s->caret.offset);
    return out;
}

static const char *go(struct select *s, struct page *p, enum select_motion m, int direction)
{
    return select_move(s, p, &article, m, direction) ? rest(s) : "(no)";
}

CHECK(words_sentences_and_paragraphs_are_found)
{
    struct page *p = make();
    struct select s;

    assert_true(select_start(&s, p, 0));
    assert_string_equal(rest(&s), "Lamps of th");
    assert_string_equal(go(&s, p, SELECT_WORD, 1), "of the harb");
    assert_string_equal(go(&s, p, SELECT_WORD_END, 1), "f the harbo");
    assert_string_equal(go(&s, p, SELECT_WORD, -1), "of the harb");
    assert_string_equal(go(&s, p, SELECT_CHARACTER, -1), " of the har");
    assert_string_equal(go(&s, p, SELECT_PARAGRAPH, 1), "“They bur");
    assert_string_equal(go(&s, p, SELECT_SENTENCE, 1), "Then they b");
    assert_string_equal(go(&s, p, SELECT_SENTENCE, -1), "“They bur");
    assert_string_equal(go(&s, p, SELECT_BORDER, 1), "n they burn");
    select_move(&s, p, &article, SELECT_SENTENCE, 1);
    /* What is folded is passed over. */
    assert_string_equal(rest(&s), "Ende 灯台");
    assert_string_equal(go(&s, p, SELECT_SENTENCE, 1), "次の日\xe3\x80");
    assert_string_equal(go(&s, p, SELECT_PARAGRAPH, 1), "First words");
    assert_int_equal(s.caret.comment, 1);
    assert_string_equal(go(&s, p, SELECT_PARAGRAPH, 1), "Last ones.");
    assert_string_equal(go(&s, p, SELECT_PARAGRAPH, 1), "(no)");
    page_free(&p);
    article_release(&article);
}

CHECK(a_passage_stays_in_its_text_and_leaves_out_what_is_folded)
{
    struct page *p = make();
    struct select s;
    struct buf words;
    size_t start, end;
    int comment;

    assert_true(select_start(&s, p, 0));
    select_move(&s, p, &article, SELECT_PARAGRAPH, 1);
    s.begun = true;
    s.from = s.caret;
    while (select_move(&s, p, &article, SELECT_CHARACTER, 1))
        ;
    assert_int_equal(s.caret.comment, 0);
    select_range(&s, p, &article, &comment, &start, &end);
    assert_int_equal(start, at("“They"));
    assert_int_equal(end, strlen(text) - 1);
    buf_init(&words);
    select_add_words(p, &article, comment, start, end, &words);
    assert_string_equal(words.data, "“They burn,” she said. Then they burn again, all night!\n\n"
                                    "Ende 灯台の猫。次の日。");
    buf_release(&words);
    /* Backwards, from the last character to the first. */
    while (select_move(&s, p, &article, SELECT_CHARACTER, -1))
        ;
    select_range(&s, p, &article, &comment, &start, &end);
    assert_int_equal(start, 0);
    assert_int_equal(end, at("“They") + strlen("“"));
    page_free(&p);
    article_release(&article);
}

CHECK(lines_keep_the_column)
{
    struct page *p = make();
    struct select s;

    assert_true(select_start(&s, p, 0));
    select_move(&s, p, &article, SELECT_WORD, 1);
    select_move(&s, p, &article, SELECT_WORD, 1);
    assert_string_equal(rest(&s), "the harbour");
    assert_true(select_lines(&s, p, 1));
    assert_true(select_lines(&s, p, -1));
    assert_string_equal(rest(&s), "the harbour");
    assert_true(select_lines(&s, p, 1000));
    assert_false(select_lines(&s, p, 1));
    assert_true(select_lines(&s, p, -1000));
    assert_false(select_lines(&s, p, -1));
    page_free(&p);
    article_release(&article);
}

/* Nothing begun: the paragraph that the caret is in. */
CHECK(without_a_beginning_the_paragraph_is_meant)
{
    struct page *p = make();
    struct select s;
    size_t start, end;
    int comment;

    assert_true(select_start(&s, p, 0));
    select_move(&s, p, &article, SELECT_PARAGRAPH, 1);
    select_move(&s, p, &article, SELECT_WORD, 1);
    select_range(&s, p, &article, &comment, &start, &end);
    assert_int_equal(start, at("“They"));
    assert_int_equal(end, at("!") + 1);
    page_free(&p);
    article_release(&article);
}

CHECK_MAIN(T(words_sentences_and_paragraphs_are_found), T(a_passage_stays_in_its_text_and_leaves_out_what_is_folded),
           T(lines_keep_the_column), T(without_a_beginning_the_paragraph_is_meant))
