/* SPDX-License-Identifier: ISC */
/*
 * A list of things to choose from, over the other panes: sections, addresses, notes, folders.
 * Knows: base/buf. Owns: its items. Fails: never.
 */
#ifndef UI_MENU_H
#define UI_MENU_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "conf/style.h"

enum menu_kind {
    MENU_NONE,
    MENU_SECTIONS,
    MENU_LINKS,
    MENU_NOTES,
    MENU_WHY,
    MENU_FOLDERS,
    MENU_GROUPS,
    MENU_SHELF,
};

struct menu_item {
    char *text, *more; /* its line; a second, quieter one, or NULL. Foreign: they pass the door when painted */
    char *note;        /* of a note: what was written, NULL for none */
    char *right;       /* at the end of its line, NULL for nothing */
    char *data;        /* of a folder or group its query, of a corpus its path; NULL for none */
    enum style style;
    int indent;
    int64_t value, article; /* what the kind says */
};

struct menu {
    enum menu_kind kind;
    char *title;
    struct menu_item *items;
    int count;
    size_t cap;
    int selected;
    int top;    /* the item shown first */
    int height; /* lines that the items have */
};

/* Closes it, and opens it empty under a title. */
void menu_close(struct menu *m);
void menu_open(struct menu *m, enum menu_kind kind, const char *title);

/* Adds an item, text and more copied; the caller fills in the rest. */
struct menu_item *menu_add(struct menu *m, const char *text, const char *more);

/* The selected item, NULL where there is none. */
const struct menu_item *menu_item(const struct menu *m);

/* Moves the selection by so many items; sets it. */
void menu_move(struct menu *m, long by);
void menu_go(struct menu *m, long number);

/* Lines of an item; the item that line n of those shown belongs to, -1 for none, and which of its lines. */
int menu_lines(const struct menu_item *item);
int menu_line(const struct menu *m, int n, int *line);

/* Sets the height and brings the selected item into sight. */
void menu_fit(struct menu *m, int height);

#endif
