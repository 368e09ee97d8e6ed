/* SPDX-License-Identifier: ISC */
#include "corpus/check.h"

#include "base/buf.h"
#include "corpus/inside.h"
#include "store/audit.h"

#include <errno.h>
#include <unistd.h>

/* Of several parts each thing wrong is said with the file that it is wrong in. */
struct naming {
    void (*damage)(void *ctx, const char *text);
    void *ctx;
    const char *file;
};

static void name_damage(void *ctx, const char *text)
{
    const struct naming *n = ctx;
    struct buf named;

    buf_init(&named);
    buf_add_fmt(&named, "%s: %s", n->file, text);
    n->damage(n->ctx, named.data);
    buf_release(&named);
}

static bool check_part(const struct operands *ops, int i, const struct audit_options *o, struct corpus_check *out,
                       struct err *e)
{
    struct naming naming = {o->damage, o->ctx, operands_file(ops, i)};
    struct audit_options options = *o;
    struct audit a = {0};

    options.path = naming.file;
    if (ops->part_count > 1) {
        options.damage = name_damage;
        options.ctx = &naming;
    }
    if (access(options.path, F_OK) != 0 && errno == ENOENT)
        return err_set(e, ERR_IO, "'%s' was not indexed yet: there is no cache '%s'", ops->sources[0], options.path);
    if (!audit_run(&options, &a, e))
        return false;
    out->files += a.files;
    out->waiting += a.waiting;
    out->articles += a.articles;
    out->faults += a.faults;
    out->damage += a.damage;
    return true;
}

bool corpus_check(const char *const *paths, int count, const char *cache, struct corpus_check *out,
                  void (*fault)(void *ctx, const char *text), void (*damage)(void *ctx, const char *text),
                  void *ctx, struct err *e)
{
    struct audit_options o = {.fault = fault, .damage = damage, .ctx = ctx};
    struct operands ops;
    int i;
    bool ok = operands_init(&ops, paths, count, cache, e), any = false;

    *out = (struct corpus_check){0};
    for (i = 0; i < ops.part_count && ok; i++) {
        struct err why = ERR_INIT;

        if (check_part(&ops, i, &o, out, &why)) {
            any = true;
        } else {
            operands_lose(&ops, why.text);
            err_set(e, why.status, "%s", why.text);
        }
    }
    ok = ok && any;
    for (i = 0; i < ops.lost_count && ok; i++) {
        fault(ctx, ops.lost[i]);
        out->faults++;
    }
    operands_release(&ops);
    return ok;
}

void corpus_lost(const struct corpus *c, void (*fn)(void *ctx, const char *text), void *ctx)
{
    int i;

    for (i = 0; i < c->operands.lost_count; i++)
        fn(ctx, c->operands.lost[i]);
}
