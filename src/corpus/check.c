/* SPDX-License-Identifier: ISC */
#include "corpus/check.h"

#include "corpus/inside.h"
#include "store/audit.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

bool corpus_check(const char *const *paths, int count, const char *cache, struct corpus_check *out,
                  void (*fault)(void *ctx, const char *text), void (*damage)(void *ctx, const char *text),
                  void *ctx, struct err *e)
{
    struct audit_options o = {.fault = fault, .damage = damage, .ctx = ctx};
    char *place = corpus_cache(paths, count, cache, e);
    struct audit a = {0};
    bool ok = place != NULL;

    if (ok && access(place, F_OK) != 0 && errno == ENOENT)
        ok = err_set(e, ERR_IO, "'%s' was not indexed yet: there is no cache '%s'", paths[0], place);
    o.path = place;
    ok = ok && audit_run(&o, &a, e);
    *out = (struct corpus_check){a.files, a.waiting, a.articles, a.faults, a.damage};
    free(place);
    return ok;
}
