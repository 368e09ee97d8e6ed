/* SPDX-License-Identifier: ISC */
/*
 * What a line that is being typed can go on with: commands, actions, options and their values, files, names.
 * Knows: ui/command, ui/state. Owns: nothing. Fails: never.
 */
#ifndef UI_COMPLETE_H
#define UI_COMPLETE_H

#include "ui/state.h"

/* The words that the line up to byte `at` can go on with, each with its zero byte, in order; *from is the byte
 * where the word begins that they stand for. */
void complete_line(struct ui *u, const char *line, size_t at, struct buf *words, size_t *from);

/* The same for a line of tags. */
void complete_tag(const struct ui *u, const char *line, size_t at, struct buf *words, size_t *from);

#endif
