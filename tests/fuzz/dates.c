/* SPDX-License-Identifier: ISC */
/*
 * libFuzzer target: any bytes as text with dates in it, and as a date as formats write them. What is found lies in the
 * text, in order, and is written in the one form.
 */
#include "must.h"

#include "base/mem.h"
#include "parse/dates.h"
#include "source/when.h"

#include <string.h>

static void check_dates(const char *text, size_t len)
{
    struct dates_found found;
    char shown[DATES_ROOM];
    size_t at = 0;

    while (dates_find(text, len, at, &found)) {
        MUST(found.start >= at && found.start < found.end && found.end <= len);
        dates_settle_order(&found, 1, len % 2);
        if (dates_format(&found, shown))
            MUST(strlen(shown) == 10 || strlen(shown) == 16);
        at = found.end;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = mem_strndup((const char *)data, size), when[WHEN_SIZE];

    check_dates((const char *)data, size);
    if (when_read(text, when))
        MUST(strlen(when) == 10 || strlen(when) == 16);
    free(text);
    return 0;
}
