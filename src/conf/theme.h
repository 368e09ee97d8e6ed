/* SPDX-License-Identifier: ISC */
/*
 * Themes: how each style looks, from `color` lines of the configuration and from theme files.
 * Knows: conf/style, conf/config. Owns: nothing; a struct theme is plain data of the caller.
 * Fails: a bad line with a struct err that names the word; the other lines still count.
 *
 * `color STYLE [ATTRIBUTE]... [COLOR] [on COLOR]`: attributes are bold, dim, italic, underline, reverse; colours
 * are black, red, green, yellow, blue, magenta, cyan, white, each also as bright-..., a number of the terminal's
 * palette (0 to 255), RRGGBB in hex digits (a # before them wants quotes, for it begins a comment), or default,
 * the terminal's own. What a line does not name the style does not have.
 */
#ifndef CONF_THEME_H
#define CONF_THEME_H

#include <stdbool.h>

#include "base/err.h"
#include "conf/config.h"
#include "conf/style.h"

enum {
    THEME_OWN = -1,          /* the terminal's own colour */
    THEME_RGB = 0x01000000,  /* bit: the low 24 are red, green and blue; else a number of the palette */
};

struct theme_look {
    unsigned attr;              /* enum style_attr bits */
    int foreground, background; /* THEME_OWN, 0 to 255, or THEME_RGB and a colour */
};

struct theme {
    struct theme_look look[STYLE_COUNT];
};

/* The looks of conf/style in the terminal's own colours. */
void theme_init(struct theme *t);

/* Does one `color` line: word[0] is "color". False and e where it is wrong; t is then as before. */
bool theme_color(struct theme *t, int count, char *const *word, struct err *e);

/* Starts anew from theme_init and reads the theme called name: the user's in the configuration folder's themes/,
 * else the program's. False and e where there is none or name is no plain file name; what is wrong in the file
 * is reported to fault line by line and counts as read. */
bool theme_read(struct theme *t, const char *name, config_fault_fn *fault, void *ctx, struct err *e);

/* The number of the palette that comes nearest to a colour of a look on a terminal with that many colours;
 * THEME_OWN where it has fewer than 8 or the colour is THEME_OWN. The first 16 colours stay what they are, for
 * people choose them; others are compared in the palette of xterm. */
int theme_fit(int color, int colors);

#endif
