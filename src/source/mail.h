/* SPDX-License-Identifier: ISC */
/*
 * Mail messages: the fields and the text of one.
 * Knows: GMime (RFC 5322, MIME). Owns: nothing between calls. Fails: what is no message gives what can be
 * had.
 */
#ifndef SOURCE_MAIL_H
#define SOURCE_MAIL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

struct mail {
    const char *id;          /* without the angle brackets; NULL where it has none */
    const char **references; /* the ids of those it answers, the nearest last */
    size_t reference_count;
    const char *subject, *author, *list, *published; /* NULL where unknown */
    const char *text;                                /* of its text parts, never NULL */
};

/* Whether the bytes begin like a message: header fields that every message has. */
bool mail_is(const char *head, size_t len);

/* Reads the message in len bytes; strings are in the arena. */
void mail_read(const char *bytes, size_t len, struct arena *arena, struct mail *out);

/* The subject without "Re:", "Fwd:", "AW:" and the like before it. */
const char *mail_bare_subject(const char *subject);

#endif
