/* SPDX-License-Identifier: ISC */
#include "marked.h"

#include "store/notes.h"

static int64_t add(struct state *s, const struct state_id *article, size_t start, const char *words,
                   const char *text)
{
    struct notes_note n = {.article = *article,
                           .start = start,
                           .end = start + strlen(words),
                           .words = mem_strdup(words),
                           .before = mem_strdup("before "),
                           .text = mem_strdup(text),
                           .title = mem_strdup("A headline"),
                           .root = mem_strdup("/corpus"),
                           .locator = mem_strdup("a.txt")};
    struct err e = ERR_INIT;
    int64_t id;

    assert_true(notes_add(s, &n, &e));
    id = n.id;
    notes_note_release(&n);
    return id;
}

static char seen[256];

static void on_note(void *ctx, const struct notes_note *n)
{
    (void)ctx;
    assert_string_equal(n->before, "before ");
    assert_null(n->after);
    assert_string_equal(n->title, "A headline");
    assert_true(n->end - n->start == strlen(n->words));
    snprintf(seen + strlen(seen), sizeof seen - strlen(seen), "%s:%s|", n->words, n->text);
}

static const char *notes_of(struct state *s, const struct state_id *article)
{
    struct err e = ERR_INIT;

    seen[0] = '\0';
    assert_true(notes_each(s, article, on_note, NULL, &e));
    return seen;
}

CHECK(notes_come_back_in_order_of_place)
{
    const char *path = sample_path(sample_folder(), "reading.db");
    struct state *s = marked_open(path);
    struct state_id a = marked_id("text", "a.txt"), b = marked_id("else", "b.txt");

    add(s, &a, 90, "late words", "mine");
    add(s, &a, 10, "early words", "");
    add(s, &b, 50, "other", "x");
    state_close(&s);
    s = marked_open(path);
    assert_string_equal(notes_of(s, &a), "early words:|late words:mine|");
    assert_string_equal(notes_of(s, NULL), "other:x|early words:|late words:mine|");
    state_close(&s);
}

CHECK(a_note_is_found_by_its_bytes_or_its_place)
{
    struct state *s = marked_open(sample_path(sample_folder(), "reading.db"));
    struct state_id first = marked_id("text", "a.txt"), moved = marked_id("text", "z.txt"),
                    edited = marked_id("new", "a.txt"),
                    other = marked_id("x", "y.txt");

    add(s, &first, 0, "words", "");
    assert_string_equal(notes_of(s, &moved), "words:|");
    assert_string_equal(notes_of(s, &edited), "words:|");
    assert_string_equal(notes_of(s, &other), "");
    state_close(&s);
}

CHECK(what_is_removed_can_be_put_back)
{
    struct state *s = marked_open(sample_path(sample_folder(), "reading.db"));
    struct state_id a = marked_id("text", "a.txt");
    int64_t first = add(s, &a, 0, "words", "one"), id;
    struct err e = ERR_INIT;

    id = notes_change(s, first, "two", &e);
    assert_true(id > 0 && id != first);
    assert_string_equal(notes_of(s, &a), "words:two|");
    assert_true(notes_set_removed(s, id, true, &e) && notes_set_removed(s, first, false, &e));
    assert_string_equal(notes_of(s, &a), "words:one|");
    assert_true(notes_set_removed(s, id, false, &e) && notes_set_removed(s, first, true, &e));
    assert_int_equal(notes_change(s, 12345, "nothing of the kind", &e), 0);
    assert_int_equal(e.status, ERR_NOMATCH);
    err_clear(&e);
    assert_true(notes_set_removed(s, id, true, &e));
    assert_string_equal(notes_of(s, &a), "");
    assert_string_equal(notes_of(s, NULL), "");
    assert_true(notes_set_removed(s, id, false, &e));
    assert_string_equal(notes_of(s, &a), "words:two|");
    state_close(&s);
}

static struct notes_note moved;

static void on_moved(void *ctx, const struct notes_note *n)
{
    (void)ctx;
    moved = *n;
}

CHECK(a_note_follows_its_passage)
{
    struct state *s = marked_open(sample_path(sample_folder(), "reading.db"));
    struct state_id a = marked_id("text", "a.txt"), b = marked_id("new", "a.txt");
    struct notes_note to = {.id = add(s, &a, 0, "words", "one"), .article = b, .comment = 3, .start = 7, .end = 12};
    struct err e = ERR_INIT;

    assert_true(notes_set_place(s, &to, &e));
    assert_true(notes_each(s, &b, on_moved, NULL, &e));
    assert_int_equal(moved.id, to.id);
    assert_int_equal(moved.comment, 3);
    assert_int_equal(moved.start, 7);
    assert_memory_equal(&moved.article, &b, sizeof b);
    state_close(&s);
}

static char letters[128];

static bool on_letter(void *ctx, const struct notes_letter *l)
{
    snprintf(letters + strlen(letters), sizeof letters - strlen(letters), "%s#%zu|", l->locator, l->offset);
    return !ctx;
}

CHECK(a_letter_marks_one_place_in_a_folder)
{
    const char *path = sample_path(sample_folder(), "reading.db");
    char root[2][8] = {"/one", "/two"}, locator[2][8] = {"a.txt", "b.txt"};
    struct notes_letter l = {.letter = 'q', .article = marked_id("text", "a.txt"),
        .root = root[0], .locator = locator[0]};
    struct state *s = marked_open(path);
    struct err e = ERR_INIT;

    l.offset = 1;
    assert_true(notes_set_letter(s, &l, &e));
    l.offset = 2;
    assert_true(notes_set_letter(s, &l, &e));
    l.root = root[1];
    l.locator = locator[1];
    l.offset = 3;
    assert_true(notes_set_letter(s, &l, &e));
    state_close(&s);
    s = marked_open(path);
    letters[0] = '\0';
    assert_true(notes_each_letter(s, 'q', on_letter, NULL, &e));
    assert_true(strcmp(letters, "b.txt#3|a.txt#2|") == 0 || strcmp(letters, "a.txt#2|b.txt#3|") == 0);
    letters[0] = '\0';
    assert_true(notes_each_letter(s, 'q', on_letter, letters, &e));
    assert_int_equal(strlen(letters), 8);
    letters[0] = '\0';
    assert_true(notes_each_letter(s, 'Q', on_letter, NULL, &e));
    assert_string_equal(letters, "");
    state_close(&s);
}

CHECK_MAIN(T(notes_come_back_in_order_of_place), T(a_note_is_found_by_its_bytes_or_its_place),
           T(what_is_removed_can_be_put_back), T(a_note_follows_its_passage),
           T(a_letter_marks_one_place_in_a_folder))
