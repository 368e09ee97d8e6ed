/* SPDX-License-Identifier: ISC */
/*
 * The screen: the list, the reading pane, and the keys between them.
 * Knows: corpus/, layout/, term/. Owns: the terminal while it runs. Fails: with a struct err where the terminal
 * cannot be used; later faults are said on the status line.
 */
#ifndef UI_UI_H
#define UI_UI_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "corpus/corpus.h"
#include "corpus/view.h"

struct ui_options {
    int64_t article;          /* opened at the start, 0 for the list */
    int comment;              /* of that article: where it is opened, 0 for where the reader left it */
    int wake;                 /* where the bytes written to corpus_options.wake can be read, -1 for none */
    bool sorted;              /* order and reverse were asked for and win over the configuration */
    enum corpus_order order;
    bool reverse;
    const char *query;        /* the list shows its articles, NULL or "" for all */
    int measure;              /* longest line of text in columns; 0 for what the configuration says */
    bool restricted;          /* no other program is started, and the screen is not left for a shell */
    bool shelf;               /* the shelf is shown first */
    bool ascii;               /* ASCII alone, also where the locale has more */
};

/* Reads in the terminal until the reader quits, hangs up, or the program is told to end. *next is the path of the
 * corpus that the reader chose to go on with, to be freed, NULL for none. */
bool ui_run(struct corpus *c, const struct ui_options *o, char **next, struct err *e);

#endif
