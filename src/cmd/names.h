/* SPDX-License-Identifier: ISC */
/*
 * The configuration's `field FIELD NAME...` lines: what fields of articles are called in the reader's own data.
 * Knows: conf/config, source/. Owns: nothing. Fails: a bad line is said on standard error and costs no other.
 */
#ifndef CMD_NAMES_H
#define CMD_NAMES_H

/* Reads them. Before any corpus is opened; all other lines are left to whoever knows them. */
void names_configure(void);

#endif
