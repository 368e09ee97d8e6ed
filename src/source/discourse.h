/* SPDX-License-Identifier: ISC */
/*
 * Topics of Discourse in JSON.
 * Knows: source/object, source/replies. Owns: nothing. Fails: never; a topic without its first post has
 * "[missing]".
 */
#ifndef SOURCE_DISCOURSE_H
#define SOURCE_DISCOURSE_H

#include <stdbool.h>

#include "source/object.h"

/* Whether the object is a topic with its posts. */
bool discourse_is_topic(const json_t *object);

/* Fills r from the topic. */
void discourse_set_topic(const json_t *topic, struct record *r);

#endif
