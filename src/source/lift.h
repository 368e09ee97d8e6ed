/* SPDX-License-Identifier: ISC */
/*
 * Long strings taken out of JSON text before it is read, and put back into what was read.
 * Knows: jansson, RFC 8259's strings. Owns: what it lifted, until lift_release. Fails: by lifting nothing.
 *
 * Of a corpus in JSON nine bytes in ten stand in a few long strings. jansson takes them byte by byte, which is a
 * tenth of all that indexing costs; here they are passed in runs. What is lifted is exactly what jansson would have
 * accepted: whatever is out of order leaves the text whole, for jansson to say what is wrong with it.
 */
#ifndef SOURCE_LIFT_H
#define SOURCE_LIFT_H

#include <stdbool.h>
#include <stddef.h>

#include <jansson.h>

#include "base/buf.h"

struct lift_piece {
    size_t start, end; /* in text */
};

struct lift {
    struct buf rest; /* the JSON text with marks in the places of what was lifted */
    struct buf text; /* what was lifted, one after the other */
    struct lift_piece *pieces;
    size_t count, cap;
};

void lift_init(struct lift *l);
void lift_release(struct lift *l);

/* Takes the long strings that are values out of bytes; false where there are none, or where the text is not in
 * order: then l->rest says nothing. */
bool lift_take(struct lift *l, const char *bytes, size_t len);

/* Puts them back into the value that l->rest was read as. */
json_t *lift_put(const struct lift *l, json_t *value);

#endif
