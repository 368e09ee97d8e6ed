/* SPDX-License-Identifier: ISC */
#include "../check.h"

#include "fake.h"
#include "world.h"

#include "base/mem.h"
#include "corpus/corpus.h"
#include "corpus/export.h"
#include "corpus/notes.h"
#include "corpus/view.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static struct corpus *open_at(const char *path)
{
    struct corpus_options o = {.foreground = true, .wake = -1};
    struct err e = ERR_INIT;
    struct corpus *c;

    if (!corpus_open(&c, &path, 1, &o, &e))
        fail_msg("%s", e.text);
    return c;
}

static struct corpus *open_press(void)
{
    return open_at(world_corpus());
}

static int64_t find(struct corpus *c, const char *name)
{
    struct err e = ERR_INIT;
    int64_t id = corpus_find(c, name, &e);

    if (!id)
        fail_msg("%s", e.text);
    return id;
}

/* Notes text on the words, which the article has. */
static int64_t note(struct corpus *c, const char *name, const char *words, const char *text)
{
    int64_t id = find(c, name), made;
    struct article a;
    struct err e = ERR_INIT;
    const char *at;
    char *bytes;

    article_init(&a);
    assert_true(corpus_article(c, id, &a, &bytes, &e));
    at = strstr(bytes, words);
    assert_non_null(at);
    made = corpus_note_add(c, id, &a, 0, (size_t)(at - bytes), (size_t)(at - bytes) + strlen(words), text, &e);
    if (!made)
        fail_msg("%s", e.text);
    article_release(&a);
    free(bytes);
    return made;
}

struct seen {
    const char *bytes;
    char out[512];
};

static void on_note(void *ctx, const struct corpus_note *n)
{
    struct seen *s = ctx;
    size_t at = strlen(s->out);

    if (n->anchored)
        snprintf(s->out + at, sizeof s->out - at, "[%.*s]%s|", (int)(n->end - n->start), s->bytes + n->start,
                 n->kept.text);
    else
        snprintf(s->out + at, sizeof s->out - at, "(%s)%s|", n->kept.words, n->kept.text);
}

static int found_in;

static void on_comment(void *ctx, const struct corpus_note *n)
{
    (void)ctx;
    assert_true(n->anchored && n->start == 2 && n->end == 6);
    found_in = n->comment;
}

static const char *notes_of(struct corpus *c, const char *name)
{
    static struct seen s;
    struct article a;
    struct err e = ERR_INIT;
    int64_t id = find(c, name);
    char *bytes;

    article_init(&a);
    assert_true(corpus_article(c, id, &a, &bytes, &e));
    s.bytes = bytes;
    s.out[0] = '\0';
    assert_true(corpus_notes_of(c, id, &a, on_note, &s, &e));
    article_release(&a);
    free(bytes);
    return s.out;
}

static const char *exported(struct corpus *c, enum export_format format)
{
    static char out[4096];
    struct err e = ERR_INIT;
    struct buf b;
    long count;

    buf_init(&b);
    if (!export_notes(c, format, &b, &count, &e))
        fail_msg("%s", e.text);
    snprintf(out, sizeof out, "%ld %s", count, b.data);
    buf_release(&b);
    return out;
}

/* The articles that a query finds, and how many of them are unread. */
static void finds(struct corpus *c, const char *query, long total, long unread)
{
    struct corpus_view *v;
    struct err e = ERR_INIT;
    long all, new;

    if (!corpus_view_new(c, query, CORPUS_BY_DATE, false, &v, &e))
        fail_msg("%s", e.text);
    corpus_view_counts(v, &all, &new);
    assert_int_equal(all, total);
    assert_int_equal(new, unread);
    corpus_view_free(&v);
}

CHECK(articles_with_notes_are_found)
{
    struct corpus *c;
    struct err e = ERR_INIT;
    int64_t id;

    world_put("a.txt", "Alpha\nThe tram runs at night.\n");
    world_put("b.txt", "Beta\nThe tram stands by day.\n");
    world_put("c.txt", "Gamma\nNo word of it here.\n");
    c = open_press();
    finds(c, "is:noted", 0, 0);
    id = note(c, "a.txt", "runs", "why?");
    note(c, "a.txt", "tram", "");
    note(c, "c.txt", "word", "");
    corpus_set_read(c, find(c, "a.txt"), true);
    finds(c, "is:noted", 2, 1);
    finds(c, "is:noted is:unread", 1, 1);
    finds(c, "tram is:noted", 1, 0);
    finds(c, "tram -is:noted", 1, 1);
    assert_true(corpus_note_remove(c, id, true, &e));
    finds(c, "tram is:noted", 1, 0);
    corpus_close(&c);
}

CHECK(notes_follow_a_text_that_changes)
{
    struct corpus *c;

    world_put("a.txt", "Alpha\nThe tram runs at night.\nNobody rides it, they say.\n");
    c = open_press();
    note(c, "a.txt", "runs at night", "why?");
    note(c, "a.txt", "Nobody rides it", "");
    assert_string_equal(notes_of(c, "a.txt"), "[runs at night]why?|[Nobody rides it]|");
    corpus_close(&c);
    world_put("a.txt", "Alpha\nNews first.\nThe old tram runs\tat night, always.\nAll ride it now, one hears.\n");
    c = open_press();
    for (int time = 0; time < 2; time++) /* where it was found is kept, and good the next time */
        assert_string_equal(notes_of(c, "a.txt"), "[runs\tat night]why?|(Nobody rides it)|");
    corpus_close(&c);
    world_put("a.txt", "Alpha\nThe tram runs at night.\nNobody rides it, they say.\n");
    c = open_press();
    assert_string_equal(notes_of(c, "a.txt"), "[runs at night]why?|[Nobody rides it]|");
    corpus_close(&c);
}

CHECK(notes_follow_a_file_that_moves_and_a_cache_that_is_made_again)
{
    struct corpus *c;

    world_put("a.txt", "Alpha\nThe tram runs at night.\n");
    c = open_press();
    note(c, "a.txt", "tram", "red");
    corpus_close(&c);
    assert_int_equal(unlink(world_path("press/a.txt")), 0);
    assert_int_equal(mkdir(world_path("press/sub"), 0700), 0);
    world_put("sub/z.txt", "Alpha\nThe tram runs at night.\n");
    world_remove(".cache");
    c = open_press();
    assert_string_equal(notes_of(c, "sub/z.txt"), "[tram]red|");
    corpus_close(&c);
    c = open_at(world_path("press/sub"));
    assert_string_equal(notes_of(c, "z.txt"), "[tram]red|");
    corpus_close(&c);
}

/* Another text in the place of one that only moved: the notes went with it. */
CHECK(notes_do_not_stay_behind)
{
    struct corpus *c;

    world_put("a.txt", "Alpha\nThe tram runs at night.\n");
    c = open_press();
    note(c, "a.txt", "tram", "red");
    corpus_close(&c);
    world_put("b.txt", "Alpha\nThe tram runs at night.\n");
    world_put("a.txt", "Beta\nThis tram is another one.\n");
    c = open_press();
    assert_string_equal(notes_of(c, "a.txt"), "");
    assert_string_equal(notes_of(c, "b.txt"), "[tram]red|");
    corpus_close(&c);
}

CHECK(a_change_and_a_removal_can_be_put_back)
{
    struct corpus *c;
    struct err e = ERR_INIT;
    int64_t first, second;

    world_put("a.txt", "Alpha\nThe tram runs at night.\n");
    c = open_press();
    first = note(c, "a.txt", "tram", "red");
    second = corpus_note_change(c, first, "blue", &e);
    assert_true(second > 0);
    assert_string_equal(notes_of(c, "a.txt"), "[tram]blue|");
    assert_true(corpus_note_remove(c, second, true, &e) && corpus_note_remove(c, first, false, &e));
    assert_string_equal(notes_of(c, "a.txt"), "[tram]red|");
    corpus_close(&c);
}

CHECK(letters_are_kept_for_each_corpus)
{
    struct corpus *c;
    struct corpus_place at = {0, 7}, got;
    struct err e = ERR_INIT;
    int64_t id = 0;
    bool reading = false;

    world_put("a.txt", "Alpha\nThe tram runs at night.\n");
    assert_int_equal(mkdir(world_path("press/other"), 0700), 0);
    world_put("other/b.txt", "Beta\nNo tram here.\n");
    c = open_press();
    assert_false(corpus_get_letter(c, 'a', &id, &got, &reading, &e));
    assert_true(corpus_set_letter(c, 'a', find(c, "a.txt"), at, true, &e));
    corpus_close(&c);
    c = open_press();
    assert_true(corpus_get_letter(c, 'a', &id, &got, &reading, &e));
    assert_int_equal(id, find(c, "a.txt"));
    assert_int_equal(got.offset, 7);
    assert_true(reading);
    corpus_close(&c);
    c = open_at(world_path("press/other"));
    assert_false(corpus_get_letter(c, 'a', &id, &got, &reading, &e));
    corpus_close(&c);
}

CHECK(notes_are_exported_by_article_and_place)
{
    struct corpus *c;
    const char *out;

    world_put("a.txt", "Alpha\nDATE 2020-01-02\nThe *tram* runs at night.\nIt rings.\n");
    world_put("b.txt", "Beta\nNothing.\n");
    c = open_press();
    assert_string_equal(exported(c, EXPORT_MARKDOWN), "0 ");
    note(c, "a.txt", "It rings", "1. twice");
    note(c, "b.txt", "Nothing", "");
    note(c, "a.txt", "The *tram*", "");
    out = exported(c, EXPORT_MARKDOWN);
    assert_true(strncmp(out, "3 # Notes and highlights\n\n## Alpha\n\n2 Jan 2020 · ", 49) == 0);
    assert_non_null(strstr(out, "press/a.txt\n\n> The \\*tram\\*\n\n*bytes 22–32, noted "));
    assert_non_null(strstr(out, "> It rings\n\n1\\. twice\n\n*bytes 48–56, noted "));
    assert_true(strstr(out, "The \\*tram") < strstr(out, "It rings"));
    assert_true(strstr(out, "It rings") < strstr(out, "## Beta"));
    out = exported(c, EXPORT_TEXT);
    assert_non_null(strstr(out, "\n\n    The *tram*\n\n    — bytes 22–32, noted "));
    out = exported(c, EXPORT_JSON);
    assert_non_null(strstr(out, "{\"words\": \"It rings\", \"note\": \"1. twice\", \"title\": \"Alpha\""));
    assert_non_null(strstr(out, "\"start\": 48, \"end\": 56, \"anchored\": true"));
    corpus_close(&c);
    /* All that were ever kept, whatever is open. */
    assert_true(strncmp(exported(NULL, EXPORT_JSON), "3 ", 2) == 0);
    world_put("a.txt", "Alpha\nAll is new.\n");
    c = open_press();
    assert_non_null(strstr(exported(c, EXPORT_MARKDOWN), "; the passage is no longer in the text*"));
    corpus_close(&c);
}

static int count_of(const char *text, const char *word)
{
    int count = 0;

    for (; (text = strstr(text, word)); text++)
        count++;
    return count;
}

/* An article whose bytes change, and which moves then, is one still; others between its notes are not torn apart. */
CHECK(notes_are_exported_once_for_each_article)
{
    struct corpus *c;
    const char *out;

    world_put("a.txt", "Alpha\nThe tram runs at night.\n");
    world_put("b.txt", "Beta\nNothing.\n");
    c = open_press();
    note(c, "a.txt", "tram", "first");
    note(c, "b.txt", "Nothing", "");
    corpus_close(&c);
    world_put("a.txt", "Alpha\nThe tram runs at night. It rings.\n");
    c = open_press();
    note(c, "a.txt", "rings", "second");
    note(c, "b.txt", "Nothing", "");
    corpus_close(&c);
    assert_int_equal(rename(world_path("press/a.txt"), world_path("press/z.txt")), 0);
    c = open_press();
    note(c, "z.txt", "night", "third");
    corpus_close(&c);
    out = exported(NULL, EXPORT_MARKDOWN);
    assert_true(strncmp(out, "5 ", 2) == 0);
    assert_int_equal(count_of(out, "## Alpha"), 1);
    assert_int_equal(count_of(out, "## Beta"), 1);
    assert_true(strstr(out, "first") < strstr(out, "third") && strstr(out, "third") < strstr(out, "second"));
    assert_true(strstr(out, "second") < strstr(out, "## Beta"));
}

/* Comments are numbered anew when one comes before them: the words say which is meant. */
CHECK(a_note_on_a_comment_stays_with_its_words)
{
    struct corpus *c;
    struct article a;
    struct err e = ERR_INIT;
    int64_t id;
    char *bytes;

    world_put("a.txt", "Alpha\nText of a.\nCOMMENT I rode it\n");
    c = open_press();
    id = find(c, "a.txt");
    article_init(&a);
    assert_true(corpus_article(c, id, &a, &bytes, &e));
    assert_int_equal(a.comment_count, 1);
    assert_non_null(strstr(a.comments[0].text, "rode"));
    assert_true(corpus_note_add(c, id, &a, 1, 2, 6, "where to?", &e) > 0);
    assert_int_equal(corpus_note_add(c, id, &a, 7, 0, 4, "no such comment", &e), 0);
    article_release(&a);
    free(bytes);
    corpus_close(&c);
    world_put("a.txt", "Alpha\nText of a.\nCOMMENT Nobody did\nCOMMENT I rode it\n");
    c = open_press();
    id = find(c, "a.txt");
    article_init(&a);
    assert_true(corpus_article(c, id, &a, &bytes, &e));
    found_in = 0;
    assert_true(corpus_notes_of(c, id, &a, on_comment, NULL, &e));
    assert_int_equal(found_in, 2);
    article_release(&a);
    free(bytes);
    corpus_close(&c);
}

CHECK_MAIN(W(articles_with_notes_are_found), W(notes_follow_a_text_that_changes),
           W(notes_follow_a_file_that_moves_and_a_cache_that_is_made_again),
           W(notes_do_not_stay_behind), W(a_change_and_a_removal_can_be_put_back), W(letters_are_kept_for_each_corpus),
           W(a_note_on_a_comment_stays_with_its_words), W(notes_are_exported_by_article_and_place),
           W(notes_are_exported_once_for_each_article))
