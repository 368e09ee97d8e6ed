/* SPDX-License-Identifier: ISC */
#include "corpus/keep.h"

#include "base/buf.h"
#include "corpus/inside.h"
#include "corpus/marks_hold.h"
#include "store/tags.h"

#include <stdlib.h>
#include <string.h>

void keep_hold(struct corpus *c)
{
    marks_hold(c->marks, true);
}

void keep_let(struct corpus *c)
{
    marks_hold(c->marks, false);
}

void keep_hidden(struct corpus *c, int64_t id, bool hidden)
{
    corpus_mark(c, id, STATE_HIDDEN, hidden);
}

int64_t keep_hidden_at(struct corpus *c, int64_t id)
{
    struct catalog_row row;
    int64_t at = 0;

    if (!marks_state(c->marks) || !catalog_row(c->list, id, &row))
        return 0;
    at = tags_flagged_at(marks_state(c->marks), &row.digest, STATE_HIDDEN);
    catalog_row_release(&row);
    return at / 1000;
}

char *keep_tag_name(const char *name)
{
    struct buf out;

    buf_init(&out);
    if (tags_name(name, strlen(name), &out))
        return buf_steal(&out);
    buf_release(&out);
    return NULL;
}

bool keep_tag(struct corpus *c, int64_t id, const char *name, bool on, struct err *e)
{
    char *kept = keep_tag_name(name);
    bool done = kept ? marks_tag(c->marks, c->list, id, kept, on, e)
                     : err_set(e, ERR_USAGE, "'%s' is no name for a tag", name);

    free(kept);
    return done;
}

void keep_each_tag(struct corpus *c, void (*fn)(void *ctx, const char *name, long articles), void *ctx)
{
    if (marks_state(c->marks))
        tags_names(marks_state(c->marks), fn, ctx);
}

bool keep_query(struct corpus *c, const char *name, const char *query, struct err *e)
{
    if (!marks_state(c->marks))
        return err_set(e, ERR_IO, "nothing can be kept");
    return tags_save_query(marks_state(c->marks), name, query, e);
}

void keep_each_query(struct corpus *c, void (*fn)(void *ctx, const char *name, const char *query), void *ctx)
{
    if (marks_state(c->marks))
        tags_each_query(marks_state(c->marks), fn, ctx);
}
