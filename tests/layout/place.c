/* SPDX-License-Identifier: ISC */
#include "../check.h"

#include "layout/place.h"
#include "made.h"
#include "random.h"
#include "show.h"

static size_t offset_of(const struct made *m, const char *part)
{
    return (size_t)(strstr(m->article.text, part) - m->article.text);
}

CHECK(goes_from_column_to_place_and_back)
{
    struct page_options o = {.columns = 80, .measure = 72};
    struct made m;
    struct page *p;
    struct line_place place = {0, 0};
    int n;

    made_newspaper(&m);
    p = page_new(&m.article, &o, NULL);
    place.offset = offset_of(&m, "Coast Wire");
    n = page_find(p, place);
    assert_int_equal(place_column(p, n, place), 4 + (int)strlen("PORT ISBELL ("));
    assert_int_equal(place_at(p, n, 4 + (int)strlen("PORT ISBELL (")).offset, place.offset);
    assert_int_equal(place_at(p, n, 0).offset, offset_of(&m, "PORT ISBELL"));
    assert_int_equal(place_at(p, n, 79).offset, page_line(p, n)->place_end.offset);
    place.offset = offset_of(&m, "whole of Proust");
    n = page_find(p, place);
    assert_int_equal(place_column(p, n, place), 4 + 2 + (int)strlen("I have read the "));
    assert_int_equal(place_at(p, n, 5).offset, offset_of(&m, "I have read"));
    /* A blank line, and a place that is not on the line. */
    assert_int_equal(place_at(p, 1, 9).offset, page_line(p, 1)->place.offset);
    assert_int_equal(place_column(p, n, (struct line_place){0, 0}), 6);
    assert_int_equal(place_column(p, 1, place), 4);
    page_free(&p);
    made_release(&m);
}

/* At every width, each cell of a line leads to a place that stands at or before that cell, and back. */
CHECK(holds_for_random_articles)
{
    uint64_t seed = 9;
    int round, n, column;

    for (round = 0; round < 60; round++) {
        struct page_options o = {.columns = 1 + (int)dice(&seed, 90), .measure = 72};
        struct made m;
        struct page *p;
        struct buf text;

        made_init(&m);
        buf_init(&text);
        buf_add_char(&text, 'a');
        random_text(&text, &seed, 40, true);
        buf_add_char(&text, 'z');
        made_bytes(&m, round % 3 ? KIND_PARAGRAPH : KIND_QUOTE, text.data, text.len, 0);
        o.justified = round % 2;
        o.ascii = round % 5 == 0;
        p = page_new(&m.article, &o, NULL);
        for (n = 0; page_has(p, n); n++) {
            const struct line *l = page_line(p, n);

            for (column = 0; column < o.columns; column++) {
                struct line_place place = place_at(p, n, column);

                assert_true(place.offset >= l->place.offset && place.offset <= l->place_end.offset);
                if (place.offset < l->place_end.offset && l->run_count &&
                    column >= place_column(p, n, l->place))
                    assert_true(place_column(p, n, place) <= column);
            }
        }
        page_free(&p);
        buf_release(&text);
        made_release(&m);
    }
}

CHECK_MAIN(T(goes_from_column_to_place_and_back), T(holds_for_random_articles))
