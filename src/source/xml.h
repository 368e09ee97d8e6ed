/* SPDX-License-Identifier: ISC */
/*
 * XML that is read element by element, never as a whole.
 * Knows: libxml2's reader. Owns: the reader, until xml_close. Fails: what is broken is read as far as it can
 * be, and one fault says where it broke.
 */
#ifndef SOURCE_XML_H
#define SOURCE_XML_H

#include <stdbool.h>
#include <stddef.h>

#include <libxml/xmlreader.h>

#include "doc/record.h"
#include "source/job.h"
#include "source/stream.h"

struct xml {
    xmlTextReaderPtr reader;
    struct stream *stream;
    struct job *job;
    char fault[200]; /* the first one, "" for none */
};

/* Whether the root element of the document that begins at head is called name (with its prefix). */
bool xml_probe(const char *head, size_t len, const char *name);

/* Begins to read s. False, after a fault, where that cannot be. */
bool xml_open(struct xml *x, struct stream *s, struct job *j);

/* Reports what broke, if anything did, and ends the reading. */
void xml_close(struct xml *x);

/* Goes on to the next element called name (its prefix with it), whatever is between; false at the end. */
bool xml_next(struct xml *x, const char *name);

/* The same for two names; sets *which to the one found. */
bool xml_next_of(struct xml *x, const char *const *names, size_t count, size_t *which);

/* Goes on to the next element right inside the one at that depth, and gives its xml_tree; false where the outer one
 * ends. Begin with the reader at the outer one, of depth xml_depth. */
int xml_depth(const struct xml *x);
bool xml_next_inside(struct xml *x, int depth, const xmlNode **node);

/* The element that the reader is at, with all that is in it, as a tree: valid until the next call on x.
 * NULL where it is broken. */
xmlNode *xml_tree(struct xml *x);

/* An attribute of the reader's element, or of a tree's, in the arena; NULL where there is none or it is
 * empty. */
const char *xml_attribute(struct xml *x, const char *name, struct arena *arena);
const char *xml_node_attribute(const xmlNode *node, const char *name, struct arena *arena);

/* The first child element called name (its prefix with it), or NULL. */
xmlNode *xml_child(const xmlNode *node, const char *name);

/* Whether the node is an element called name (its prefix with it). */
bool xml_is(const xmlNode *node, const char *name);

/* The text in node (NULL allowed), in the arena; NULL where there is none. */
const char *xml_text(const xmlNode *node, struct arena *arena);

#endif
