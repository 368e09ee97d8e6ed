/* SPDX-License-Identifier: ISC */
#include "store/order.h"

#include "base/buf.h"
#include "base/unicode.h"
#include "base/utf8.h"
#include "store/slot.h"

#include <stdio.h>
#include <string.h>

enum { SITE_MAX = 20 };

static void add_big_endian(struct order_key *k, uint64_t n, int bytes)
{
    while (bytes-- > 0)
        k->bytes[k->len++] = (uint8_t)(n >> (8 * bytes));
}

int64_t order_minutes(const char *s)
{
    int year, month, day, hour = 0, minute = 0;

    if (!s || sscanf(s, "%4d-%2d-%2dT%2d:%2d", &year, &month, &day, &hour, &minute) < 3 || year < 0)
        return -1;
    return ((((int64_t)year * 12 + month - 1) * 31 + day - 1) * 24 + hour) * 60 + minute;
}

struct order_key order_date(const char *published)
{
    struct order_key k = {.len = 0};
    int64_t minutes = order_minutes(published);

    add_big_endian(&k, minutes < 0 ? UINT64_MAX : UINT64_MAX - 1 - (uint64_t)minutes, 5);
    return k;
}

struct order_key order_place(int64_t place)
{
    struct order_key k = {.len = 0};

    add_big_endian(&k, SLOT_LAST - (uint64_t)place, 6);
    return k;
}

struct order_key order_slot(int64_t slot)
{
    struct order_key k = order_place(slot_place(slot));
    int generation = slot_generation(slot);

    if (generation > 0) {
        add_big_endian(&k, (uint64_t)generation, 1);
        add_big_endian(&k, ~slot_rest(slot), 2);
    }
    return k;
}

struct order_key order_site_name(const char *site)
{
    return order_text(site, SITE_MAX);
}

struct order_key order_site(const struct order_key *site_key, const char *published)
{
    struct order_key k = *site_key, date = order_date(published);

    if (k.len == 0)
        add_big_endian(&k, 0xFF, 1);
    else
        add_big_endian(&k, 0, 1); /* a name before those that go on where it ends */
    memcpy(k.bytes + k.len, date.bytes, date.len);
    k.len = (uint8_t)(k.len + date.len);
    return k;
}

struct order_key order_text(const char *s, size_t max)
{
    struct order_key k = {.len = 0};
    struct buf folded;
    size_t at = 0, step, len;
    uint32_t cp;

    s = s ? s : "";
    len = strlen(s);
    while (at < len) {
        step = utf8_next(s + at, len - at, &cp);
        if (unicode_class(cp) >= UNICODE_UPPER && unicode_class(cp) <= UNICODE_DIGIT)
            break;
        at += step;
    }
    buf_init(&folded);
    /* Folding never needs more than this to fill the key, and headlines of a megabyte exist. */
    unicode_fold(s + at, len - at > 4 * max ? 4 * max : len - at, &folded);
    k.len = (uint8_t)utf8_floor(folded.data, folded.len, max);
    memcpy(k.bytes, folded.data, k.len);
    buf_release(&folded);
    return k;
}

struct order_key order_number(long n)
{
    struct order_key k = {.len = 0};

    if (n > 0x7FFFFFFF)
        n = 0x7FFFFFFF;
    add_big_endian(&k, n < 0 ? 0xFFFFFFFFu : 0xFFFFFFFEu - (uint64_t)n, 4);
    return k;
}

struct order_key order_file(int64_t root, const void *key, size_t len, int64_t seq)
{
    struct order_key k = {.len = 0};
    size_t room = ORDER_KEY_MAX - 6;

    add_big_endian(&k, (uint64_t)root, 1);
    if (len > room)
        len = room;
    if (len > 0)
        memcpy(k.bytes + 1, key, len);
    k.len = (uint8_t)(k.len + len);
    add_big_endian(&k, 0, 1);
    add_big_endian(&k, (uint64_t)seq, 4);
    return k;
}

struct order_key order_identity(const struct digest *d)
{
    struct order_key k = {.len = 8};

    memcpy(k.bytes, d->byte, 8);
    return k;
}

int order_compare(const struct order_key *a, const struct order_key *b)
{
    int c = memcmp(a->bytes, b->bytes, a->len < b->len ? a->len : b->len);

    return c ? c : (int)a->len - (int)b->len;
}
