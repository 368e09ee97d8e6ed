/* SPDX-License-Identifier: ISC */
#include "doc/kind.h"

#include <assert.h>

static const struct kind_info kinds[KIND_COUNT] = {
    [KIND_TITLE] = {"title", false, false, "the headline"},
    [KIND_STANDFIRST] = {"standfirst", true, false, "the lead under the headline"},
    [KIND_BYLINE] = {"byline", false, false, "who wrote it"},
    [KIND_DATE] = {"date", false, false, "when it was published"},
    [KIND_SECTION] = {"section", true, false, "a heading in the body"},
    [KIND_PARAGRAPH] = {"paragraph", true, false, "a paragraph of the body"},
    [KIND_QUOTE] = {"quote", true, false, "a passage quoted from elsewhere"},
    [KIND_LIST_ITEM] = {"list-item", true, false, "an item of a list"},
    [KIND_CAPTION] = {"caption", false, false, "a picture's text or credit"},
    [KIND_RELATED] = {"related", false, true, "a teaser of another article"},
    [KIND_BOILERPLATE] = {"boilerplate", false, true,
                          "appeals, subscription, navigation, sharing and cookie lines"},
    [KIND_COMMENT_CONTROL] = {"comment-control", false, true, "the comment form's and sorter's words"},
    [KIND_COMMENT] = {"comment", false, false, "a reader's comment"},
};

const struct kind_info *kind_info(enum kind k)
{
    assert((int)k >= 0 && k < KIND_COUNT);
    return &kinds[k];
}
