/* SPDX-License-Identifier: ISC */
/*
 * What FTS5 calls to cut words: it replays the words that store/words packed before, on the parser's threads.
 * Knows: FTS5's tokenizer interface. Owns: nothing. Fails: through the connection's sticky fault.
 * In a query a phrase is packed the same way, but a byte 0xFF before a length says that the word stands at
 * the place of the one before it (another form of the same word).
 */
#ifndef STORE_TOKENIZER_H
#define STORE_TOKENIZER_H

#include <stdbool.h>

struct db;
struct fts5_api;

enum { TOKENIZER_SAME_PLACE = 0xFF };

/* Makes tokenize='cuttings' known to the connection. */
bool tokenizer_register(struct db *db);

/* FTS5's interface on the connection; NULL where there is none. */
struct fts5_api *tokenizer_api(struct db *db);

#endif
