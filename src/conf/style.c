/* SPDX-License-Identifier: ISC */
#include "conf/style.h"

#include <assert.h>
#include <string.h>

static const struct style_info styles[STYLE_COUNT] = {
    [STYLE_TEXT] = {"text", 0, 0, "the article's text"},
    [STYLE_TITLE] = {"title", STYLE_BOLD, STYLE_BOLD, "the headline in the reader"},
    [STYLE_STANDFIRST] = {"standfirst", STYLE_ITALIC, STYLE_BOLD, "the lead under the headline"},
    [STYLE_META] = {"meta", STYLE_DIM, 0, "site, author, date, counts"},
    [STYLE_SECTION] = {"section", STYLE_BOLD, STYLE_BOLD, "headings in the body"},
    [STYLE_QUOTE] = {"quote", 0, 0, "passages quoted from elsewhere"},
    [STYLE_CAPTION] = {"caption", STYLE_DIM, 0, "picture texts and credits"},
    [STYLE_DATELINE] = {"dateline", STYLE_BOLD, STYLE_BOLD, "place and agency where the text begins"},
    [STYLE_RELATED] = {"related", STYLE_DIM, 0, "teasers of other articles"},
    [STYLE_FOLD] = {"fold", STYLE_DIM, 0, "the line that stands for what is folded"},
    [STYLE_BAR] = {"bar", STYLE_DIM, 0, "bars and guides left of captions, quotes and comments"},
    [STYLE_AUTHOR] = {"author", STYLE_BOLD, STYLE_BOLD, "a comment's author"},
    [STYLE_AUTHOR_OP] = {"author-op", STYLE_BOLD | STYLE_UNDERLINE, STYLE_BOLD,
                         "a comment by the article's author"},
    [STYLE_GROUP] = {"group", STYLE_DIM, 0, "group lines in the list"},
    [STYLE_UNREAD] = {"unread", STYLE_BOLD, STYLE_BOLD, "the headline of an unread article"},
    [STYLE_READ] = {"read", 0, 0, "the headline of an article that was read"},
    [STYLE_MARK] = {"mark", STYLE_BOLD, STYLE_BOLD, "unread mark and star"},
    [STYLE_MARKER] = {"marker", STYLE_BOLD, STYLE_BOLD, "the selection's marker"},
    [STYLE_HIT] = {"hit", STYLE_REVERSE, STYLE_REVERSE, "what a search found"},
    [STYLE_HIT_HERE] = {"hit-here", STYLE_REVERSE | STYLE_BOLD, STYLE_REVERSE, "the hit that one stands on"},
    [STYLE_HEADER] = {"header", STYLE_DIM, 0, "the top line"},
    [STYLE_STATUS] = {"status", STYLE_DIM, 0, "the bottom line"},
    [STYLE_ERROR] = {"error", STYLE_BOLD, STYLE_BOLD, "a fault on the bottom line"},
    [STYLE_KEY] = {"key", STYLE_BOLD, STYLE_BOLD, "keys in the help and on the bottom line"},
    [STYLE_VISIBLE] = {"visible", STYLE_REVERSE, STYLE_REVERSE, "controls and bad bytes made visible"},
    [STYLE_RULE] = {"rule", STYLE_DIM, 0, "rules and borders between panes"},
    [STYLE_LINK] = {"link", STYLE_UNDERLINE, 0, "addresses in the text"},
    [STYLE_HIGHLIGHT] = {"highlight", STYLE_UNDERLINE, STYLE_BOLD, "a passage that you highlighted"},
    [STYLE_NOTED] = {"noted", STYLE_UNDERLINE | STYLE_BOLD, STYLE_BOLD, "a passage that you wrote a note on"},
    [STYLE_NOTE] = {"note", STYLE_ITALIC, STYLE_BOLD, "what you wrote"},
    [STYLE_SELECTION] = {"selection", STYLE_REVERSE, STYLE_REVERSE, "the passage that is being selected"},
};

const struct style_info *style_info(enum style s)
{
    assert((int)s >= 0 && s < STYLE_COUNT);
    return &styles[s];
}

bool style_find(const char *name, enum style *s)
{
    int i;

    for (i = 0; i < STYLE_COUNT; i++) {
        if (strcmp(styles[i].name, name) == 0) {
            *s = (enum style)i;
            return true;
        }
    }
    return false;
}
