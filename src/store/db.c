/* SPDX-License-Identifier: ISC */
#include "store/db.h"

#include "base/buf.h"
#include "base/mem.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <sqlite3.h>

enum { SLOTS = 256 };

struct slot {
    const char *sql; /* by address: the key */
    sqlite3_stmt *st;
};

struct db {
    sqlite3 *handle;
    struct slot slots[SLOTS];
    int used;
    enum db_fault fault;
    int faults;
    char words[400];
};

static enum db_fault fault_of(int rc)
{
    switch (rc & 0xFF) {
    case SQLITE_OK:
    case SQLITE_ROW:
    case SQLITE_DONE:
        return DB_FINE;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_FORMAT:
        return DB_CORRUPT;
    case SQLITE_FULL:
    case SQLITE_IOERR:
        return DB_FULL;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return DB_BUSY;
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_READONLY:
    case SQLITE_AUTH:
        return DB_DENIED;
    }
    return DB_OTHER;
}

static bool set_fault(struct db *db, enum db_fault fault, const char *words)
{
    if (fault != DB_FINE && db->fault == DB_FINE) {
        const char *path = sqlite3_db_filename(db->handle, "main");

        db->fault = fault;
        db->faults++;
        snprintf(db->words, sizeof db->words, "'%s': %s", path ? path : "", words);
    }
    return fault == DB_FINE;
}

/* Why the system refused to read or write, 0 where that is not known: what SQLite remembers of the log, of the file, or
 * of the connection, which a commit that fails tells nothing. */
static int refusal(sqlite3 *handle)
{
    static const int files[] = {SQLITE_FCNTL_JOURNAL_POINTER, SQLITE_FCNTL_FILE_POINTER};
    int why = 0;

    for (size_t i = 0; i < sizeof files / sizeof files[0] && !why; i++) {
        sqlite3_file *f = NULL;

        if (sqlite3_file_control(handle, "main", files[i], &f) == SQLITE_OK && f && f->pMethods)
            f->pMethods->xFileControl(f, SQLITE_FCNTL_LAST_ERRNO, &why);
    }
    return why ? why : sqlite3_system_errno(handle);
}

/* Keeps the first fault; true where there is none. A quota that is used up is but a "disk I/O error" to SQLite. */
static bool note(struct db *db, int rc)
{
    enum db_fault fault = fault_of(rc);
    int why = (rc & 0xFF) == SQLITE_IOERR ? refusal(db->handle) : 0;

    return fault == DB_FINE || set_fault(db, fault, why ? strerror(why) : sqlite3_errmsg(db->handle));
}

/* SQLite makes files with the umask's mode; what people read is private. A file that is there is not touched: closing
 * it would take away the locks that another connection of this program has on it (fcntl's are the process's), and
 * others would then take the log away under it. */
static bool make_private(const char *path, struct err *e)
{
    int fd;

    fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0)
        return errno == EEXIST || err_sys(e, "cannot open '%s'", path);
    close(fd);
    return true;
}

/* immutable=1: SQLite then neither locks nor looks for a WAL, which a read-only mount could not give it. */
static void add_uri(struct buf *uri, const char *path)
{
    buf_add_str(uri, "file:");
    for (; *path; path++) {
        if (*path == '?' || *path == '#' || *path == '%')
            buf_add_fmt(uri, "%%%02X", (unsigned)(unsigned char)*path);
        else
            buf_add_char(uri, *path);
    }
    buf_add_str(uri, "?immutable=1");
}

/* SQLite counts each byte that it allocates, under a lock of all threads: nobody asks. */
static void configure(void)
{
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

struct db *db_open(const char *path, unsigned flags, struct err *e)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    int mode = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_URI;
    struct db *db;
    struct buf uri;
    int rc;

    pthread_once(&once, configure);
    if ((flags & DB_CREATE) && !make_private(path, e))
        return NULL;
    mode |= flags & DB_WRITE ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY;
    db = mem_zalloc(1, sizeof *db);
    buf_init(&uri);
    if (flags & DB_FIXED)
        add_uri(&uri, path);
    rc = sqlite3_open_v2(uri.len ? uri.data : path, &db->handle, mode, NULL);
    buf_release(&uri);
    if (rc != SQLITE_OK) {
        err_set(e, ERR_IO, "cannot open '%s': %s", path,
                db->handle ? sqlite3_errmsg(db->handle) : "no memory");
        db_close(&db);
        return NULL;
    }
    sqlite3_extended_result_codes(db->handle, 1);
    sqlite3_busy_timeout(db->handle, DB_BUSY_MS);
    sqlite3_db_config(db->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    db_exec(db, flags & DB_DURABLE ? "PRAGMA synchronous=FULL" : "PRAGMA synchronous=NORMAL");
    return db;
}

void db_close(struct db **db)
{
    int i;

    if (!*db)
        return;
    for (i = 0; i < SLOTS; i++)
        sqlite3_finalize((*db)->slots[i].st);
    sqlite3_close((*db)->handle);
    free(*db);
    *db = NULL;
}

enum db_fault db_fault(const struct db *db)
{
    return db->fault;
}

bool db_report(const struct db *db, struct err *e)
{
    return err_set(e, ERR_IO, "%s", db->words[0] ? db->words : "database fault");
}

int db_clear(struct db *db)
{
    db->fault = DB_FINE;
    db->words[0] = 0;
    return db->faults;
}

bool db_damaged(struct db *db, const char *what)
{
    return set_fault(db, DB_CORRUPT, what);
}

bool db_exec(struct db *db, const char *sql)
{
    return db->fault == DB_FINE && note(db, sqlite3_exec(db->handle, sql, NULL, NULL, NULL));
}

static sqlite3_stmt *prepare(struct db *db, const char *sql)
{
    size_t at = ((uintptr_t)sql >> 3) % SLOTS;

    while (db->slots[at].sql && db->slots[at].sql != sql)
        at = (at + 1) % SLOTS;
    if (db->slots[at].sql) {
        sqlite3_reset(db->slots[at].st);
        return db->slots[at].st;
    }
    assert(db->used < SLOTS - 1);
    if (!note(db,
              sqlite3_prepare_v3(db->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &db->slots[at].st, NULL)))
        return NULL;
    db->slots[at].sql = sql;
    db->used++;
    return db->slots[at].st;
}

static sqlite3_stmt *bind(struct db *db, const char *sql, const char *format, va_list args)
{
    sqlite3_stmt *st;
    const void *blob;
    int i, rc = SQLITE_OK;

    if (db->fault != DB_FINE || !(st = prepare(db, sql)))
        return NULL;
    for (i = 1; *format && rc == SQLITE_OK; format++, i++) {
        switch (*format) {
        case 'i':
            rc = sqlite3_bind_int64(st, i, va_arg(args, int64_t));
            break;
        case 'r':
            rc = sqlite3_bind_double(st, i, va_arg(args, double));
            break;
        case 't':
            rc = sqlite3_bind_text(st, i, va_arg(args, const char *), -1, SQLITE_STATIC);
            break;
        case 'b':
            blob = va_arg(args, const void *);
            rc = sqlite3_bind_blob64(st, i, blob ? blob : "", va_arg(args, size_t), SQLITE_STATIC);
            break;
        case 's': /* text of a length, zero bytes allowed */
            blob = va_arg(args, const void *);
            rc = sqlite3_bind_text64(st, i, blob ? blob : "", va_arg(args, size_t), SQLITE_STATIC,
                                     SQLITE_UTF8);
            break;
        default:
            assert(false && "a letter that db_query does not know");
        }
    }
    return note(db, rc) ? st : NULL;
}

sqlite3_stmt *db_query(struct db *db, const char *sql, const char *format, ...)
{
    sqlite3_stmt *st;
    va_list args;

    va_start(args, format);
    st = bind(db, sql, format, args);
    va_end(args);
    return st;
}

bool db_row(struct db *db, sqlite3_stmt *st)
{
    int rc;

    if (!st)
        return false;
    rc = sqlite3_step(st);
    if (rc == SQLITE_ROW)
        return true;
    note(db, rc);
    sqlite3_reset(st);
    return false;
}

void db_done(sqlite3_stmt *st)
{
    if (st)
        sqlite3_reset(st);
}

bool db_run(struct db *db, const char *sql, const char *format, ...)
{
    sqlite3_stmt *st;
    va_list args;

    va_start(args, format);
    st = bind(db, sql, format, args);
    va_end(args);
    if (st && db_row(db, st))
        db_done(st);
    return db->fault == DB_FINE;
}

int64_t db_int(struct db *db, int64_t absent, const char *sql, const char *format, ...)
{
    sqlite3_stmt *st;
    va_list args;

    va_start(args, format);
    st = bind(db, sql, format, args);
    va_end(args);
    if (db_row(db, st)) {
        if (sqlite3_column_type(st, 0) != SQLITE_NULL)
            absent = sqlite3_column_int64(st, 0);
        db_done(st);
    }
    return absent;
}

int db_changes(struct db *db)
{
    return sqlite3_changes(db->handle);
}

int64_t db_version(struct db *db)
{
    return db_int(db, 0, "PRAGMA data_version", "");
}

sqlite3 *db_handle(struct db *db)
{
    return db->handle;
}
