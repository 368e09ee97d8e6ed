/* SPDX-License-Identifier: ISC */
/*
 * The commands and their options as three shells want them told, for the completions.
 * Knows: cmd/command. Owns: nothing. Fails: never.
 */
#ifndef TESTS_HOUSE_COMPLETE_H
#define TESTS_HOUSE_COMPLETE_H

void complete_bash(void);
void complete_fish(void);
void complete_zsh(void);

#endif
