/* SPDX-License-Identifier: ISC */
#include "../check.h"

#include "conf/style.h"

CHECK(names_every_style_once)
{
    enum style found;
    int i;

    for (i = 0; i < STYLE_COUNT; i++) {
        const struct style_info *info = style_info((enum style)i);

        assert_non_null(info->name);
        assert_non_null(info->help);
        assert_true(style_find(info->name, &found));
        assert_int_equal(found, i);
        assert_int_equal(info->fallback & (STYLE_DIM | STYLE_ITALIC), 0);
    }
    assert_false(style_find("no such style", &found));
}

CHECK_MAIN(T(names_every_style_once))
