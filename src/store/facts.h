/* SPDX-License-Identifier: ISC */
/*
 * What the places of one article in the orders of the list are made from.
 * Knows: store/db, store/order. Owns: nothing; struct facts is plain. Fails: through the connection's sticky
 * fault.
 */
#ifndef STORE_FACTS_H
#define STORE_FACTS_H

#include <stdbool.h>
#include <stdint.h>

#include "store/db.h"
#include "store/order.h"

struct facts {
    int64_t id, file, slot;
    long seq, words, comments;
    unsigned flags;
    char published[24]; /* "" where unknown */
    struct order_key title_key, site_key;
    struct digest digest;
};

/* Reads those of article id; false where there is none. */
bool facts_read(struct db *db, int64_t id, struct facts *f);

/* Its key in an order, ORDER_IDENTITY too. */
struct order_key facts_key(struct db *db, const struct facts *f, enum order ord);

#endif
