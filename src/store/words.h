/* SPDX-License-Identifier: ISC */
/*
 * Words as people search for them: cut and folded the same way for the index, for queries and for the hits
 * marked. Knows: base/unicode. Owns: nothing after the call. Fails: never.
 *
 * A word is a run of letters, marks and digits; "don't" is the words don and t side by side, so that l'eau is
 * found by eau. Scripts written without spaces (Han, kana, Thai and its neighbours) are cut into overlapping
 * pairs, and the last character of a run stands alone too, so that each character begins a word. Folded means
 * NFKC case fold without the marks of Latin, Greek, Cyrillic, Hebrew and Arabic letters (unicode_fold); soft
 * hyphens and joiners vanish. Words are cut at WORDS_LONGEST bytes.
 *
 * Raise WORDS_VERSION when any of this changes: the index is then made again from the stored text.
 */
#ifndef STORE_WORDS_H
#define STORE_WORDS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "store/forms.h"

enum { WORDS_VERSION = 1, WORDS_LONGEST = 60 };

struct word {
    const char *text; /* folded; valid until the next call */
    size_t len;
    size_t start, end; /* bytes of the source */
};

struct words {
    const char *text;
    size_t len, at;
    size_t pair_end; /* inside a run without spaces: its end; 0 elsewhere */
    char ascii[WORDS_LONGEST];
    struct buf folded;
    struct forms *forms; /* told of each word that is packed; NULL at first, the caller's */
};

/* text must outlive w; release with words_release. */
void words_init(struct words *w, const char *text, size_t len);
void words_release(struct words *w);

/* The same for another text, without new memory. */
void words_reset(struct words *w, const char *text, size_t len);

/* The next word; false at the end. */
bool words_next(struct words *w, struct word *word);

/* Adds the words of text to out in the packed form that the index's tokenizer replays: for each, a byte with
 * its length and its bytes. w only lends its memory. */
void words_pack(struct words *w, const char *text, size_t len, struct buf *out);

#endif
