/* SPDX-License-Identifier: ISC */
#include "store/column.h"

#include "base/mem.h"

#include <string.h>

#include <sqlite3.h>

const char *column_text(sqlite3_stmt *st, int column)
{
    const unsigned char *text = sqlite3_column_text(st, column);

    return text ? (const char *)text : "";
}

char *column_copy(sqlite3_stmt *st, int column)
{
    return mem_strdup((const char *)sqlite3_column_text(st, column));
}

bool column_digest(sqlite3_stmt *st, int column, struct digest *d)
{
    const void *bytes = sqlite3_column_blob(st, column);

    memset(d, 0, sizeof *d);
    if (!bytes || sqlite3_column_bytes(st, column) != (int)sizeof d->byte)
        return false;
    memcpy(d->byte, bytes, sizeof d->byte);
    return true;
}
