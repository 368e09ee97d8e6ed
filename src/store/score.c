/* SPDX-License-Identifier: ISC */
#include "store/score.h"

#include "store/entry.h"
#include "store/query.h"
#include "store/tokenizer.h"
#include "store/varint.h"

#include <math.h>

#include <sqlite3.h>

static const double k1 = 1.2, b = 0.75, idf_least = 1e-6;

/* The headline's words weigh most; facts are no words. */
static const double weights[ENTRY_COLUMNS] = {
    [ENTRY_TITLE] = 8.0,  [ENTRY_BODY] = 1.0, [ENTRY_COMMENT] = 0.5,
    [ENTRY_AUTHOR] = 3.0, [ENTRY_SITE] = 2.0, [ENTRY_FACTS] = 0.0,
};

double score_idf(long articles, long found)
{
    double idf = log(((double)articles - (double)found + 0.5) / ((double)found + 0.5));

    return idf > 0 ? idf : idf_least;
}

double score_weight(int column)
{
    return weights[column];
}

/* What one phrase adds to the score of an article of some length. */
static double part(const struct score *s, double idf, double frequency, double length)
{
    return idf * ((frequency * (k1 + 1)) / (frequency + k1 * (1 - b + b * length / s->average)));
}

static double sum(const struct score *s, const double *frequency, size_t phrases, double length)
{
    double total = 0;
    size_t i;

    for (i = 0; i < phrases; i++) {
        if (frequency[i] > 0)
            total += part(s, s->idf[i], frequency[i], length);
    }
    return total;
}

/* The words of an article in all its columns, as FTS5 keeps them. */
static double length_of(struct db *db, int64_t slot)
{
    sqlite3_stmt *st = db_query(db, "SELECT sz FROM words_docsize WHERE id = ?1", "i", slot);
    const uint8_t *at, *end;
    uint64_t n, words = 0;
    size_t len;

    if (!db_row(db, st))
        return 0;
    at = sqlite3_column_blob(st, 0);
    for (end = at + sqlite3_column_bytes(st, 0); (len = varint_get(at, end, &n)) > 0; at += len)
        words += n;
    db_done(st);
    return (double)words;
}

double score_words(const struct score *s, struct db *db, int64_t slot, const double *frequency, size_t phrases,
                   int least)
{
    double most = sum(s, frequency, phrases, least);

    return most <= 0 || most < s->floor ? 0 : sum(s, frequency, phrases, length_of(db, slot));
}

/* One number of the index: its articles, or their words. */
static void extent(const Fts5ExtensionApi *api, Fts5Context *fts, sqlite3_context *context, int count,
                   sqlite3_value **values)
{
    sqlite3_int64 n = 0;
    int rc = count > 0 && sqlite3_value_int(values[0]) ? api->xColumnTotalSize(fts, -1, &n) : api->xRowCount(fts, &n);

    if (rc == SQLITE_OK)
        sqlite3_result_int64(context, n);
    else
        sqlite3_result_error_code(context, rc);
}

void score_extent(struct db *db, double *articles, double *words)
{
    sqlite3_stmt *st = db_query(db,
                                "SELECT cuttings_extent(words, 0), cuttings_extent(words, 1) FROM words"
                                " WHERE words MATCH ?1 LIMIT 1",
                                "t", QUERY_EVERY);

    if (db_row(db, st)) {
        *articles += sqlite3_column_double(st, 0);
        *words += sqlite3_column_double(st, 1);
        db_done(st);
    }
}

bool score_register(struct db *db)
{
    fts5_api *api = tokenizer_api(db);

    return api && api->xCreateFunction(api, "cuttings_extent", NULL, extent, NULL) == SQLITE_OK;
}
