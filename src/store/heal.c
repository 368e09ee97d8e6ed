/* SPDX-License-Identifier: ISC */
#include "store/heal.h"

#include "base/buf.h"
#include "base/mem.h"
#include "base/path.h"
#include "store/db.h"
#include "store/schema.h"
#include "store/tokenizer.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

bool heal_set_aside(const char *path, const char *why, char **aside, struct err *e)
{
    static const char *const parts[] = {"", "-wal", "-shm"};
    struct buf from, to;
    char stamp[32];
    time_t now = time(NULL);
    struct tm tm;
    bool ok = true;
    size_t i;

    gmtime_r(&now, &tm);
    strftime(stamp, sizeof stamp, "%Y%m%d-%H%M%S", &tm);
    buf_init(&from);
    buf_init(&to);
    for (i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        buf_clear(&from);
        buf_clear(&to);
        buf_add_fmt(&from, "%s%s", path, parts[i]);
        buf_add_fmt(&to, "%s.%s-%s%s", path, why, stamp, parts[i]);
        if (rename(from.data, to.data) != 0 && (i == 0 || errno != ENOENT))
            ok = i > 0 ? ok : err_sys(e, "cannot rename '%s'", path);
        if (i == 0)
            *aside = mem_strdup(to.data);
    }
    buf_release(&from);
    buf_release(&to);
    return ok;
}

/* Brings a file, or the names in a folder, to the disk. */
static bool settle(const char *path)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    bool ok = fd >= 0 && fsync(fd) == 0;

    if (fd >= 0)
        close(fd);
    return ok;
}

/* Gives a file its name, which says then that it is whole. */
static bool give_name(const char *part, const char *to, struct err *e)
{
    size_t len = (size_t)(path_base(to) - to);
    char *folder = len ? mem_strndup(to, len) : mem_strdup(".");
    bool ok = settle(part) && rename(part, to) == 0;

    if (ok)
        settle(folder); /* not all file systems can: they have done what they will */
    else
        err_sys(e, "cannot write '%s'", to);
    free(folder);
    return ok;
}

bool heal_copy(const char *path, const char *to, struct err *e)
{
    struct buf part;
    struct db *db;
    bool ok = false;
    int fd;

    /* One that has no log is read as it lies there: SQLite would put one beside it. */
    buf_init(&part);
    buf_add_fmt(&part, "%s-wal", path);
    db = db_open(path, access(part.data, F_OK) == 0 ? DB_READ : DB_READ | DB_FIXED, e);
    if (!db) {
        buf_release(&part);
        return false;
    }
    buf_clear(&part);
    buf_add_fmt(&part, "%s.part", to);
    fd = open(part.data, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (fd < 0) {
        err_sys(e, "cannot write '%s'", part.data);
    } else {
        close(fd);
        ok = db_run(db, "VACUUM INTO ?1", "t", part.data) ? give_name(part.data, to, e) : db_report(db, e);
        if (!ok)
            unlink(part.data);
    }
    buf_release(&part);
    db_close(&db);
    return ok;
}

/* Whether the database says so itself: of one that was just made, all may still stand in its log. */
static bool is_cache_in_log(const char *path)
{
    struct err e = ERR_INIT;
    struct db *db = db_open(path, DB_READ, &e);
    enum schema_state state = db ? schema_state(db) : SCHEMA_FOREIGN;

    db_close(&db);
    return state == SCHEMA_READY || state == SCHEMA_OTHER;
}

enum { HEAD = 72 };

/* The first bytes of the file at path; how many are there, below zero where it cannot be read. */
static ssize_t read_head(const char *path, unsigned char head[HEAD])
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    ssize_t got = fd < 0 ? -1 : read(fd, head, HEAD);

    if (fd >= 0)
        close(fd);
    return got;
}

/* SQLite's file format, 1.3: the magic string, and at 68 the application id, its highest byte first. */
static const char magic[16] = "SQLite format 3";

bool heal_is_cache(const char *path)
{
    unsigned char head[HEAD];
    uint32_t id;

    if (read_head(path, head) != HEAD || memcmp(head, magic, sizeof magic) != 0)
        return false;
    id = (uint32_t)head[68] << 24 | (uint32_t)head[69] << 16 | (uint32_t)head[70] << 8 | head[71];
    return id == SCHEMA_APPLICATION || (id == 0 && is_cache_in_log(path));
}

bool heal_is_no_database(const char *path)
{
    unsigned char head[HEAD];
    ssize_t got = read_head(path, head);

    return got > 0 && (got < (ssize_t)sizeof magic || memcmp(head, magic, sizeof magic) != 0);
}

/* Removes the database at path and what belongs to it. */
static void remove_all(const char *path)
{
    static const char *const parts[] = {"", "-wal", "-shm"};
    struct buf name;
    size_t i;

    buf_init(&name);
    for (i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        buf_clear(&name);
        buf_add_fmt(&name, "%s%s", path, parts[i]);
        unlink(name.data);
    }
    buf_release(&name);
}

static bool create(const char *path, struct err *e)
{
    struct db *db = db_open(path, DB_WRITE | DB_CREATE, e);
    bool ok;

    if (!db)
        return false;
    /* Another process may have been quicker. */
    ok = tokenizer_register(db) && (schema_state(db) == SCHEMA_READY || schema_create(db)) &&
         db_fault(db) == DB_FINE;
    if (!ok)
        db_report(db, e);
    db_close(&db);
    return ok;
}

/* What the database at path is, and the fault that kept it from being told. */
static enum schema_state examine(const char *path, unsigned flags, enum db_fault *fault, struct err *e)
{
    enum schema_state state = SCHEMA_EMPTY;
    struct db *db = db_open(path, flags, e);

    *fault = DB_DENIED;
    if (db) {
        state = schema_state(db);
        *fault = db_fault(db);
        if (*fault != DB_FINE)
            db_report(db, e);
    }
    db_close(&db);
    return state;
}

enum heal_state heal_prepare(const char *path, struct err *e)
{
    enum schema_state state = SCHEMA_EMPTY;
    enum db_fault fault = DB_FINE;
    struct err first = ERR_INIT;
    char *aside = NULL;
    bool moved;

    if (access(path, F_OK) == 0) {
        state = examine(path, DB_READ, &fault, &first);
        /* A transaction that a crash or a full disk cut short can be undone by a writer alone. */
        if (fault == DB_DENIED)
            state = examine(path, DB_WRITE, &fault, &first);
        if (fault != DB_FINE && fault != DB_CORRUPT) {
            err_set(e, first.status, "%s", first.text);
            return HEAL_FAILED;
        }
        if (fault == DB_FINE && state == SCHEMA_READY)
            return HEAL_KNOWN;
    }
    if (fault == DB_FINE && state == SCHEMA_FOREIGN) {
        err_set(e, ERR_IO, "'%s' is a database of another program", path);
        return HEAL_FOREIGN;
    }
    if (fault == DB_CORRUPT) {
        moved = heal_set_aside(path, "damaged", &aside, e);
        free(aside);
        return moved && create(path, e) ? HEAL_HEALED : HEAL_FAILED;
    }
    if (state == SCHEMA_OTHER)
        remove_all(path);
    return create(path, e) ? HEAL_MADE : HEAL_FAILED;
}
