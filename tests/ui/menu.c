/* SPDX-License-Identifier: ISC */
#include "../check.h"

#include "ui/menu.h"

static void fill(struct menu *m, int count, bool two)
{
    char text[16];

    memset(m, 0, sizeof *m);
    menu_open(m, MENU_NOTES, "Things");
    for (int i = 0; i < count; i++) {
        snprintf(text, sizeof text, "%d", i);
        menu_add(m, text, two ? "more" : NULL)->value = i;
    }
}

CHECK(the_selection_stays_among_the_items)
{
    struct menu m;

    fill(&m, 5, false);
    menu_move(&m, -3);
    assert_int_equal(m.selected, 0);
    menu_move(&m, 100);
    assert_int_equal(m.selected, 4);
    menu_move(&m, -3999999996L); /* pages up, so many as nine digits can say */
    assert_int_equal(m.selected, 0);
    menu_move(&m, 3999999996L);
    assert_int_equal(m.selected, 4);
    menu_go(&m, 2);
    assert_int_equal(menu_item(&m)->value, 1);
    menu_close(&m);
    assert_int_equal(m.kind, MENU_NONE);
    assert_null(menu_item(&m));
    menu_move(&m, 1);
    assert_int_equal(m.selected, 0);
}

/* At every height the selected item is seen whole where it has room, and nothing is left empty. */
CHECK(the_selected_item_is_in_sight)
{
    for (int two = 0; two < 2; two++)
        for (int height = 1; height < 12; height++) {
            struct menu m;

            fill(&m, 7, two);
            for (int to = 0; to < 14; to++) {
                int line = 0, first = -1, last = -1;

                menu_go(&m, to < 7 ? to + 1 : 14 - to);
                menu_fit(&m, height);
                for (int n = 0; n < height; n++)
                    if (menu_line(&m, n, &line) == m.selected) {
                        first = first < 0 ? n : first;
                        last = n;
                    }
                assert_true(first >= 0);
                assert_true(last - first + 1 == menu_lines(menu_item(&m)) || height < menu_lines(menu_item(&m)));
                if (height >= 7 * (two + 1))
                    assert_int_equal(m.top, 0);
            }
            menu_close(&m);
        }
}

CHECK_MAIN(T(the_selection_stays_among_the_items), T(the_selected_item_is_in_sight))
