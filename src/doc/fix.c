/* SPDX-License-Identifier: ISC */
#include "doc/fix.h"

#include <assert.h>
#include <string.h>

static const struct fix_info answers[FIX_ANSWERS] = {
    [FIX_BEGINS] = {"comment-begins", "begins a comment"},
    [FIX_AUTHOR] = {"comment-author", "is the author of a comment"},
    [FIX_NOT_COMMENT] = {"not-comment", "is no comment"},
    [FIX_BOILERPLATE] = {"boilerplate", "is boilerplate"},
    [FIX_HEADLINE] = {"headline", "is the headline"},
};

const struct fix_info *fix_info(enum fix_answer a)
{
    assert(a >= 0 && a < FIX_ANSWERS);
    return &answers[a];
}

bool fix_find(const char *name, size_t len, enum fix_answer *a)
{
    for (int i = 0; i < FIX_ANSWERS; i++) {
        if (strlen(answers[i].name) == len && memcmp(answers[i].name, name, len) == 0) {
            *a = (enum fix_answer)i;
            return true;
        }
    }
    return false;
}
