/* SPDX-License-Identifier: ISC */
#include "../check.h"

#include "layout/spark.h"

static void expect(const struct spark *s, int columns, bool ascii, const char *text)
{
    struct buf b;

    buf_init(&b);
    spark_write(s, columns, ascii, &b);
    assert_string_equal(b.data ? b.data : "", text);
    buf_release(&b);
}

CHECK(draws_a_bar_a_month_with_gaps)
{
    struct spark s = {.count = 0};

    spark_add(&s, "2020-03", 8);
    spark_add(&s, "2019-12", 1);
    spark_add(&s, "2020-01", 4);
    spark_add(&s, "", 9);
    spark_add(&s, "2020-13", 9);
    expect(&s, 40, false, "2019 ▁▄·█ 2020");
    expect(&s, 40, true, "2019 .=_# 2020");
    expect(&s, 12, false, "");
    spark_release(&s);
    expect(&s, 40, false, "");
}

CHECK(puts_months_together_where_they_do_not_fit)
{
    struct spark s = {.count = 0};
    char month[16];

    for (int i = 0; i < 120; i++) {
        snprintf(month, sizeof month, "%d-%02d", 2010 + i / 12, i % 12 + 1);
        spark_add(&s, month, 3);
    }
    expect(&s, 22, false, "2010 ████████████ 2019");
    expect(&s, 22, true, "2010 ############ 2019");
    expect(&s, 20, true, "2010 ########## 2019");
    spark_release(&s);
}

CHECK(one_month_is_one_bar)
{
    struct spark s = {.count = 0};

    spark_add(&s, "2015-07", 1);
    expect(&s, 13, true, "2015 # 2015");
    spark_release(&s);
}

CHECK_MAIN(T(draws_a_bar_a_month_with_gaps), T(puts_months_together_where_they_do_not_fit), T(one_month_is_one_bar))
