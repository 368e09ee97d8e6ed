/* SPDX-License-Identifier: ISC */
/*
 * HTML fragments, as comments and bodies in dumps are written, made into text that keeps their structure.
 * Knows: libxml2's HTML parser. Owns: nothing. Fails: never; what is broken is read as browsers read it.
 */
#ifndef SOURCE_HTML_H
#define SOURCE_HTML_H

#include <stdbool.h>
#include <stddef.h>

#include <libxml/tree.h>

#include "base/arena.h"
#include "base/buf.h"

/* Whether the text is HTML rather than plain text that mentions a tag. */
bool html_is(const char *s, size_t len);

/* Adds the text of the fragment (UTF-8): paragraphs with an empty line between, quotes as "> " lines, code
 * indented by four blanks, list items as "- " or "1. ", and behind a link's words its address in brackets
 * where the words are not the address. */
void html_add_text(struct buf *out, const char *html, size_t len);

/* The text of the fragment, in the arena; "" for NULL. */
const char *html_text(const char *html, struct arena *arena);

/* The same for what is in node, an element with the names of TEI that trafilatura writes. */
void html_add_node(struct buf *out, const xmlNode *node);

#endif
