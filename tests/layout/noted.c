/* SPDX-License-Identifier: ISC */
#include "../check.h"

#include "base/mem.h"
#include "layout/page.h"
#include "made.h"

/* The page as lines "STYLE|words", blank ones left out; of notes alone where only is set. */
static const char *lines_of(const struct made *m, const struct page_note *notes, size_t count, int columns,
                            bool only)
{
    static char out[2048];
    struct page_options o = {
        .columns = columns, .measure = columns, .comments = true, .notes = notes, .note_count = count};
    struct page *p = page_new(&m->article, &o, NULL);
    size_t at = 0;

    out[0] = '\0';
    for (int n = 0; page_has(p, n); n++) {
        const struct line *l = page_line(p, n);
        bool noted = false;

        for (int r = 0; r < l->run_count; r++)
            noted |= l->runs[r].style == STYLE_NOTE;
        if (l->run_count == 0 || (only && !noted))
            continue;
        assert_true(!noted || !l->is_text);
        at += (size_t)snprintf(out + at, sizeof out - at, "%s%s\n", noted ? "N " : "", l->text);
        assert_true(at < sizeof out);
    }
    page_free(&p);
    return out;
}

static void fill(struct made *m)
{
    made_init(m);
    made_block(m, KIND_TITLE, "Headline");
    made_block(m, KIND_PARAGRAPH, "First words of it.");
    made_block(m, KIND_BOILERPLATE, "Give us money, please, today.");
    made_block(m, KIND_PARAGRAPH, "Last words of it.");
    made_comment(m, 0, false, "Ann", "One.\n\nTwo.");
}

CHECK(notes_stand_below_what_they_are_on)
{
    struct made m;
    struct page_note notes[] = {
        {0, 14, "on the first"}, {0, 28, ""}, {0, 40, "on what is folded"}, {1, 4, "on the comment"}};

    fill(&m);
    assert_string_equal(lines_of(&m, notes, 4, 40, false),
                        "Headline\nFirst words of it.\nN » on the first\n"
                        "⋯ Give us money, please, today.\nN » on what is folded\nLast words of it.\n"
                        "1 comment · as on the page\nAnn\nOne.\nN » on the comment\nTwo.\n");
    made_release(&m);
}

CHECK(notes_without_a_place_stand_at_the_end)
{
    struct made m;
    struct page_note notes[] = {{0, PAGE_NOTE_LOOSE, "“gone” why"}, {0, PAGE_NOTE_LOOSE, "another"}};

    fill(&m);
    assert_non_null(strstr(lines_of(&m, notes, 2, 60, false),
                           "Last words of it.\nnotes on passages that are no longer in the text\n"
                           "N » “gone” why\nN » another\n1 comment"));
    made_release(&m);
}

CHECK(a_note_of_several_lines_is_set_as_such)
{
    struct made m;
    struct page_note notes[] = {{0, 14, "one two three four five\nsix\n\nseven\n"}};

    fill(&m);
    assert_string_equal(lines_of(&m, notes, 1, 20, true),
                        "N » one two three\nN   four five\nN   six\nN   seven\n");
    made_release(&m);
}

/* Whatever the width, nothing of a note is lost, and it does no harm. */
CHECK(notes_fit_every_width)
{
    struct made m;
    struct page_note notes[] = {{0, 14, "abcdefghij\033[2J klm"}, {1, 3, "xyz"}};

    fill(&m);
    for (int columns = 1; columns < 30; columns++) {
        const char *s = lines_of(&m, notes, 2, columns, true);
        size_t found = 0;

        assert_null(strchr(s, '\033'));
        for (; *s; s++)
            if (*s >= 'a' && *s == "abcdefghijklmxyz"[found])
                found++;
        assert_int_equal(found, 16);
    }
    made_release(&m);
}

/* More lines than sixteen bits count: nothing of the page is a pad of fixed height. */
CHECK(a_page_may_have_a_hundred_thousand_lines)
{
    struct page_options o = {.columns = 20, .measure = 20};
    struct made m;
    struct page *p;
    int line;

    made_init(&m);
    for (int i = 0; i < 50000; i++)
        made_block(&m, KIND_PARAGRAPH, i == 49999 ? "The last." : "Another one.");
    p = page_new(&m.article, &o, NULL);
    line = page_find(p, (struct line_place){0, m.article.len - 1});
    assert_true(line > 99000);
    assert_string_equal(page_line(p, line)->text, "The last.");
    page_free(&p);
    made_release(&m);
}

CHECK_MAIN(T(notes_stand_below_what_they_are_on), T(notes_without_a_place_stand_at_the_end),
           T(a_note_of_several_lines_is_set_as_such), T(notes_fit_every_width),
           T(a_page_may_have_a_hundred_thousand_lines))
