/* SPDX-License-Identifier: ISC */
/*
 * A connection to one SQLite file: statements kept prepared, faults kept until they are asked for.
 * Knows: sqlite3. Owns: its connection and statements.
 * Fails: the first fault sticks; what follows it does nothing until db_clear, so that runs of calls need one
 * check. One thread at a time.
 */
#ifndef STORE_DB_H
#define STORE_DB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct db;
struct sqlite3;
struct sqlite3_stmt;

enum db_flag {
    DB_READ = 0,
    DB_WRITE = 1 << 0,
    DB_CREATE = 1 << 1,  /* with DB_WRITE: made with mode 0600 where it is not there */
    DB_DURABLE = 1 << 2, /* each commit waits for the disk */
    DB_FIXED = 1 << 3,   /* the file never changes: no locks, works on a read-only mount */
};

enum { DB_BUSY_MS = 20000 }; /* for so long a connection waits for another, unless told otherwise */

enum db_fault {
    DB_FINE,
    DB_CORRUPT, /* not a database, or a damaged one */
    DB_FULL,    /* the disk is full, or reading or writing fails */
    DB_BUSY,    /* another process holds it for too long */
    DB_DENIED,  /* cannot be opened or written */
    DB_OTHER,
};

/* Opens path. NULL and e where it cannot be opened. */
struct db *db_open(const char *path, unsigned flags, struct err *e);
void db_close(struct db **db);

/* The first fault since the start or db_clear, and its words in e (returns false so that it can end a
 * function). */
enum db_fault db_fault(const struct db *db);
bool db_report(const struct db *db, struct err *e);

/* Forgets the fault. Returns how many there have been since the start: where it differs from what was returned before,
 * something that was read meanwhile was not read to its end. */
int db_clear(struct db *db);

/* Says that what the file holds cannot be what was put there: a fault DB_CORRUPT, unless one sticks already. false. */
bool db_damaged(struct db *db, const char *what);

/* Runs SQL text that gives no rows; true unless a fault sticks. */
bool db_exec(struct db *db, const char *sql);

/* Binds by format, one letter an argument: i int64_t, r double, t const char * (NULL is NULL), b const void *
 * and size_t, s the same as text. sql must be a string that lives as long as the connection: statements are
 * kept by its address. Bound memory must live until the last db_row. Returns NULL where a fault sticks, which
 * db_row and db_done accept. */
struct sqlite3_stmt *db_query(struct db *db, const char *sql, const char *format, ...);

/* Steps to the next row; false at the end (the statement is then reset) or where a fault sticks. */
bool db_row(struct db *db, struct sqlite3_stmt *st);

/* Resets a statement that was not read to its end. */
void db_done(struct sqlite3_stmt *st);

/* db_query and one step without rows. */
bool db_run(struct db *db, const char *sql, const char *format, ...);

/* The first column of the first row, or absent where there is none or it is NULL. */
int64_t db_int(struct db *db, int64_t absent, const char *sql, const char *format, ...);

/* Rows that the last db_run changed. */
int db_changes(struct db *db);

/* A number that differs once another connection has committed. */
int64_t db_version(struct db *db);

/* For store/'s own tokenizer and functions. */
struct sqlite3 *db_handle(struct db *db);

#endif
