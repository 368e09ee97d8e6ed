/* SPDX-License-Identifier: ISC */
#include "parse/appeal.h"

enum { MOST_LINES = 40, LEAST_APPEALS = 3, SHORT = 60 };

size_t appeal_begins(const struct features *f, size_t end)
{
    size_t i, from = end, appeals = 0, words = 0, prose = 0, text = 0, all = 0;

    while (prose < end && !f->line[prose].prose)
        prose++;
    for (i = 0; i < end; i++)
        all += f->line[i].length;
    while (i-- > prose + 1 && end - i <= MOST_LINES) {
        const struct features_line *x = &f->line[i];
        bool asks = features_has(x, PHRASES_APPEAL);

        appeals += asks;
        text += x->length;
        words += asks || features_has(x, PHRASES_HOUSE) || features_has(x, PHRASES_SUBSCRIBE);
        if (x->length < SHORT && features_opens(x, PHRASES_APPEAL) && appeals >= LEAST_APPEALS &&
            appeals * 4 >= end - i && words * 5 >= (end - i) * 2 && text * 2 <= all)
            from = i;
    }
    return from;
}
