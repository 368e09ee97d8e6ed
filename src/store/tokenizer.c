/* SPDX-License-Identifier: ISC */
#include "store/tokenizer.h"

#include "store/db.h"

#include <sqlite3.h>

static int create(void *context, const char **args, int count, Fts5Tokenizer **out)
{
    (void)context;
    (void)args;
    (void)count;
    *out = (Fts5Tokenizer *)out; /* no state; it only must not be NULL */
    return SQLITE_OK;
}

static void delete (Fts5Tokenizer *tokenizer)
{
    (void)tokenizer;
}

static int replay(Fts5Tokenizer *tokenizer, void *context, int flags, const char *text, int len,
                  int (*token)(void *, int, const char *, int, int, int))
{
    const unsigned char *at = (const unsigned char *)text, *end = at + len;
    int rc = SQLITE_OK;

    (void)tokenizer;
    (void)flags;
    while (rc == SQLITE_OK && at < end) {
        int same = 0, n;

        if (*at == TOKENIZER_SAME_PLACE) {
            same = FTS5_TOKEN_COLOCATED;
            at++;
        }
        if (at >= end)
            break;
        n = *at++;
        if (n > end - at)
            n = (int)(end - at);
        rc = token(context, same, (const char *)at, n, 0, 0);
        at += n;
    }
    return rc;
}

/* The way to FTS5's interface, as its documentation gives it. */
struct fts5_api *tokenizer_api(struct db *db)
{
    fts5_api *api = NULL;
    sqlite3_stmt *st;

    if (sqlite3_prepare_v2(db_handle(db), "SELECT fts5(?1)", -1, &st, NULL) != SQLITE_OK)
        return NULL;
    sqlite3_bind_pointer(st, 1, &api, "fts5_api_ptr", NULL);
    sqlite3_step(st);
    sqlite3_finalize(st);
    return api;
}

bool tokenizer_register(struct db *db)
{
    static const fts5_tokenizer functions = {create, delete, replay};
    fts5_tokenizer copy = functions;
    fts5_api *api = tokenizer_api(db);

    return api && api->xCreateTokenizer(api, "cuttings", NULL, &copy, NULL) == SQLITE_OK;
}
