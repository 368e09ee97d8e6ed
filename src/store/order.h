/* SPDX-License-Identifier: ISC */
/*
 * The orders of the list, as keys: bytes whose memcmp order is the order people expect.
 * Knows: base/unicode. Owns: nothing. Fails: never; what is unknown sorts last.
 */
#ifndef STORE_ORDER_H
#define STORE_ORDER_H

#include <stddef.h>
#include <stdint.h>

#include "base/digest.h"

/* The numbers are written into caches. */
enum order {
    ORDER_DATE, /* newest first, undated last */
    ORDER_SITE, /* by name, newest first within one */
    ORDER_TITLE,
    ORDER_LENGTH,   /* longest first */
    ORDER_COMMENTS, /* most first, pages that say nothing last */
    ORDER_FILE,
    ORDER_COUNT,
    ORDER_IDENTITY = ORDER_COUNT, /* not of the list: from digests to articles */
};

enum { ORDER_KEY_MAX = 96, ORDER_KEY_PART = 7 }; /* the latter for store/parts */

struct order_key {
    uint8_t bytes[ORDER_KEY_MAX + ORDER_KEY_PART]; /* a part's own has up to ORDER_KEY_MAX */
    uint8_t len;
};

/* published: "YYYY-MM-DD" or with "THH:MM", NULL where unknown. */
struct order_key order_date(const char *published);

/* Where it comes in the list by date, from the article's slot (store/slot.h): memcmp order is theirs, falling. */
struct order_key order_slot(int64_t slot);
struct order_key order_place(int64_t place); /* of the first that may stand there */

/* By what sites are told apart: the first bytes of the name, folded; empty where it is unknown. */
struct order_key order_site_name(const char *site);

/* site_key is order_site_name of it. */
struct order_key order_site(const struct order_key *site_key, const char *published);

/* The first bytes of s folded, without what stands before its first letter or digit; at most max bytes. */
struct order_key order_text(const char *s, size_t max);

struct order_key order_number(long n); /* greatest first, negative last */

/* key is the file's (see store/schema.h), seq the record's number in it. */
struct order_key order_file(int64_t root, const void *key, size_t len, int64_t seq);

struct order_key order_identity(const struct digest *d);

/* memcmp order. */
int order_compare(const struct order_key *a, const struct order_key *b);

/* Minutes since 1 January 0000 of "YYYY-MM-DD[THH:MM]" as the keys count them (months of 31 days);
 * -1 where s is NULL or no date. */
int64_t order_minutes(const char *s);

#endif
