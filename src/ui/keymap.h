/* SPDX-License-Identifier: ISC */
/*
 * Which keys mean which action, one map a context; made from the table of actions by the parser that also reads
 * a user's own bindings.
 * Knows: conf/key, ui/action. Owns: its bindings. Fails: with a struct err that names the key.
 */
#ifndef UI_KEYMAP_H
#define UI_KEYMAP_H

#include <stdbool.h>

#include "base/err.h"
#include "conf/key.h"
#include "ui/action.h"

struct keymap;

/* The default keys. Free with keymap_free. */
struct keymap *keymap_new(void);
void keymap_free(struct keymap **m);

/* Binds the keys in a context, in place of what they meant and of what any longer or shorter sequence that they
 * would shadow meant; ACTION_NONE unbinds them. Enter and Esc of the prompt stay. False and e where the
 * notation is none or the action does not work in that context. */
bool keymap_bind(struct keymap *m, enum action_context c, const char *keys, enum action a, struct err *e);

enum keymap_answer {
    KEYMAP_NONE,   /* nothing begins so */
    KEYMAP_MORE,   /* the start of a sequence */
    KEYMAP_ACTION, /* *a is meant */
    KEYMAP_MACRO,  /* macro number *macro is meant */
};

/* macro may be NULL. */
enum keymap_answer keymap_find(const struct keymap *m, enum action_context c, const struct key_sequence *s,
                               enum action *a, int *macro);

/* As keymap_bind, for a macro by its number. Key sequence number n (from 0) of any macro in context c; false past the
 * last one. */
bool keymap_bind_macro(struct keymap *m, enum action_context c, const char *keys, int macro, struct err *e);
bool keymap_macro_key(const struct keymap *m, enum action_context c, int n, struct key_sequence *out, int *macro);

/* Key sequence number n (from 0) of action a in context c; false past the last one. *changed says whether it is
 * not one of the defaults (it may be NULL). */
bool keymap_key(const struct keymap *m, enum action_context c, enum action a, int n, struct key_sequence *out,
                bool *changed);

#endif
