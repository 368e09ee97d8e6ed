/* SPDX-License-Identifier: ISC */
/*
 * Addresses in running text.
 * Knows: RFC 3986's characters. Owns: nothing. Fails: none found is an answer.
 */
#ifndef LAYOUT_LINK_H
#define LAYOUT_LINK_H

#include <stdbool.h>
#include <stddef.h>

/* Finds the first address of the web ("https://", "http://", "www.") or of mail ("mailto:") in s[from..len)
 * that stands by itself: bytes [*start, *end), without the punctuation that ends a sentence and without a
 * closing bracket that it did not open. */
bool link_find(const char *s, size_t len, size_t from, size_t *start, size_t *end);

#endif
