/* SPDX-License-Identifier: ISC */
/*
 * Messages gathered into threads, wherever they were kept.
 * Knows: source/mail, source/spill; Jamie Zawinski's "message threading" (1997). Owns: nothing. Fails: never.
 */
#ifndef SOURCE_MAILTHREAD_H
#define SOURCE_MAILTHREAD_H

#include "source/mail.h"
#include "source/spill.h"

/* Adds a message, called name in locators, to the spill, whose `nearest` must be set. References to messages that
 * are not there still hold a thread together; an answer without any goes to the first message of its subject. */
void mailthread_add(struct spill *s, const struct mail *m, const char *name, struct arena *arena);

#endif
