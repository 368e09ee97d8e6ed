/* SPDX-License-Identifier: ISC */
/*
 * The beginnings of articles that a transaction wrote anew, gathered until its end. Those of new articles are gathered
 * by store/prefixes. Knows: store/begins. Owns: what was gathered. Fails: through the connection's sticky fault.
 */
#ifndef STORE_BEGINS_LOG_H
#define STORE_BEGINS_LOG_H

#include <stdbool.h>
#include <stdint.h>

#include "store/begins.h"
#include "store/db.h"

struct begins_log;

struct begins_log *begins_log_new(void);
void begins_log_free(struct begins_log **l);

/* Article id has these beginnings now instead of those before. */
void begins_log_put(struct begins_log *l, int64_t id, const struct begins *now, const struct begins *before);

/* Whether so much was gathered that it had better be written now. */
bool begins_log_full(const struct begins_log *l);

/* Writes what was gathered, or forgets it. Where one article is in the log and in the rows that store/prefixes writes,
 * the log is written last. */
bool begins_log_save(struct begins_log *l, struct db *db);
void begins_log_clear(struct begins_log *l);

#endif
