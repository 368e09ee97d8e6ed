/* SPDX-License-Identifier: ISC */
/*
 * Where the words of a text may be divided: at its own soft hyphens, and where the patterns of its language
 * say, if a paragraph without would be ragged.
 * Knows: layout/hyphen, layout/flow, layout/wrap. Owns: its working memory. Fails: never.
 */
#ifndef LAYOUT_DIVIDE_H
#define LAYOUT_DIVIDE_H

#include <stddef.h>

#include "layout/hyphen.h"
#include "layout/flow.h"
#include "layout/wrap.h"

struct divide {
    struct wrap_hint *hints;
    size_t count, cap;
};

void divide_init(struct divide *d);
void divide_release(struct divide *d);

/* Breaks the flow into lines of at most `columns`, in w->lines; patterns may be NULL. */
void divide_wrap(struct divide *d, struct wrap *w, const struct flow *f, int columns,
                 struct hyphen *patterns);

/* The same for a headline: in as few lines as `columns` allow, and those as even as they can be. */
void divide_wrap_even(struct divide *d, struct wrap *w, const struct flow *f, int columns);

#endif
