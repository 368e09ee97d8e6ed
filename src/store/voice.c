/* SPDX-License-Identifier: ISC */
#include "store/voice.h"

#include "base/mem.h"

#include <stdatomic.h>
#include <stdlib.h>

struct verdict {
    uint64_t key; /* 0: free */
    int64_t value;
};

struct voice {
    atomic_int holders;
    size_t mask;
    struct verdict *verdict;
};

/* The last steps of MurmurHash3 (Austin Appleby, public domain), which let each bit bear on each. */
uint64_t voice_key(int64_t site, uint64_t line)
{
    uint64_t k = line ^ ((uint64_t)site * 0x9E3779B97F4A7C15u);

    k = (k ^ k >> 33) * 0xFF51AFD7ED558CCDu;
    k = (k ^ k >> 33) * 0xC4CEB9FE1A85EC53u;
    k ^= k >> 33;
    return k ? k : 1;
}

struct voice *voice_new(size_t count)
{
    struct voice *v = mem_zalloc(1, sizeof *v);
    size_t cap = 16;

    while (cap < count * 2)
        cap *= 2;
    v->mask = cap - 1;
    v->verdict = mem_zalloc(cap, sizeof *v->verdict);
    atomic_init(&v->holders, 1);
    return v;
}

static struct verdict *find(const struct voice *v, uint64_t key)
{
    size_t at = (size_t)key & v->mask;

    while (v->verdict[at].key && v->verdict[at].key != key)
        at = (at + 1) & v->mask;
    return &v->verdict[at];
}

void voice_add(struct voice *v, uint64_t key, int64_t value)
{
    *find(v, key) = (struct verdict){key, value};
}

struct voice *voice_hold(struct voice *v)
{
    if (v)
        atomic_fetch_add(&v->holders, 1);
    return v;
}

void voice_drop(struct voice **v)
{
    if (*v && atomic_fetch_sub(&(*v)->holders, 1) == 1) {
        free((*v)->verdict);
        free(*v);
    }
    *v = NULL;
}

int64_t voice_turn(const struct voice *v, int64_t site)
{
    return v && site ? find(v, voice_key(site, 0))->value : 0;
}

unsigned voice_share(const struct voice *v, int64_t site, uint64_t line)
{
    return v && site && line ? (unsigned)find(v, voice_key(site, line))->value : 0;
}
