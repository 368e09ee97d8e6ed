/* SPDX-License-Identifier: ISC */
#include "shim.h"
#include "../dice.h"

#include "base/buf.h"
#include "base/mem.h"
#include "base/path.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <sqlite3.h>

enum {
    TRACKS = 16,
    SECTOR = 512,
    PATIENCE = 4,       /* seconds, for a disk */
    LONG_PATIENCE = 30, /* for a thread that tries again */
};

/* A file of the shim; the true one follows it in memory. */
struct shim {
    sqlite3_file base;
    sqlite3_file *file;
    const char *name;    /* SQLite's, NULL for a file without one */
    struct track *track; /* NULL where nothing is remembered of it */
};

struct change {
    sqlite3_int64 at;
    struct buf bytes;
    bool truncates; /* to `at` */
};

/* A file as the disk has it for certain, and what came since. */
struct track {
    char *path;
    struct buf certain;
    struct change *changes;
    size_t count, cap;
    unsigned long syncs;
    bool removed;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t synced = PTHREAD_COND_INITIALIZER;
static pthread_cond_t refused = PTHREAD_COND_INITIALIZER;
static struct {
    unsigned ops;
    long left;        /* until one fails; 0: none will */
    const char *name; /* of the file whose operations are meant; NULL for all */
    int code;
    long failures;
    bool once, cutting, dead;
} fault;
static struct track tracks[TRACKS];
static int track_count;
static sqlite3_vfs *system_vfs;

static const sqlite3_io_methods *methods_of(sqlite3_file *f)
{
    return ((struct shim *)(void *)f)->file->pMethods;
}

static sqlite3_file *true_file(sqlite3_file *f)
{
    return ((struct shim *)(void *)f)->file;
}

static bool is_meant(const char *name, unsigned op)
{
    return (fault.ops & op) && fault.left > 0 && (!fault.name || (name && strcmp(path_base(name), fault.name) == 0));
}

/* Whether the disk refuses this to the file of this name (NULL where it has none), and then with what: SQLITE_OK where
 * it does not. */
static int refuses(const char *name, unsigned op)
{
    bool now;
    int code;

    pthread_mutex_lock(&lock);
    now = fault.dead && op != SHIM_READ;
    if (!now && is_meant(name, op) && --fault.left == 0) {
        now = true;
        fault.failures++;
        pthread_cond_broadcast(&refused);
        fault.dead = fault.cutting;
        if (!fault.once)
            fault.left = 1;
    }
    code = op == SHIM_SYNC ? SQLITE_IOERR_FSYNC : op == SHIM_OPEN ? SQLITE_CANTOPEN : fault.code;
    pthread_mutex_unlock(&lock);
    return now ? code : SQLITE_OK;
}

/* ---- what a power cut leaves ---- */

static struct change *add_change(struct track *t)
{
    mem_grow(&t->changes, &t->cap, t->count + 1, sizeof *t->changes);
    t->changes[t->count] = (struct change){.at = 0};
    buf_init(&t->changes[t->count].bytes);
    return &t->changes[t->count++];
}

static void forget_changes(struct track *t)
{
    for (size_t i = 0; i < t->count; i++)
        buf_release(&t->changes[i].bytes);
    t->count = 0;
}

static void apply(struct buf *image, const struct change *c, size_t len)
{
    size_t end = (size_t)c->at + (c->truncates ? 0 : len);

    while (image->len < end)
        buf_add_char(image, '\0');
    if (c->truncates)
        buf_truncate(image, end);
    else
        memcpy(image->data + c->at, c->bytes.data, len);
}

static void settle(struct track *t)
{
    t->syncs++;
    for (size_t i = 0; i < t->count; i++)
        apply(&t->certain, &t->changes[i], t->changes[i].bytes.len);
    forget_changes(t);
}

static void read_whole(const char *path, struct buf *out)
{
    FILE *f = fopen(path, "r");
    char bytes[4096];
    size_t n;

    while (f && (n = fread(bytes, 1, sizeof bytes, f)) > 0)
        buf_add(out, bytes, n);
    if (f)
        fclose(f);
}

/* Of a file that is opened. */
static struct track *track_of(const char *path)
{
    struct track *t = tracks;

    pthread_mutex_lock(&lock);
    while (t < tracks + track_count && strcmp(t->path, path) != 0)
        t++;
    if (t == tracks + TRACKS)
        abort();
    if (t == tracks + track_count) {
        track_count++;
        memset(t, 0, sizeof *t);
        t->path = mem_strdup(path);
        buf_init(&t->certain);
        read_whole(path, &t->certain);
    }
    t->removed = false;
    pthread_mutex_unlock(&lock);
    return t;
}

void shim_cut_at(long nth)
{
    shim_heal();
    shim_fail(SHIM_WRITE | SHIM_SYNC, nth, SQLITE_IOERR_WRITE, false);
    fault.cutting = true;
}

static void leave(struct track *t, const char *to, unsigned seed)
{
    uint64_t random = seed;
    char *path = path_join(to, path_base(t->path));
    FILE *f;

    for (size_t i = 0; i < t->count && seed > 0; i++) {
        const struct change *c = &t->changes[i];
        size_t len = c->bytes.len;

        if (seed > 1 && dice(&random, 3) == 0)
            continue;
        if (seed > 1 && len > SECTOR && dice(&random, 3) == 0)
            len = dice(&random, len / SECTOR) * SECTOR;
        apply(&t->certain, c, len);
    }
    f = t->removed && seed % 2 ? NULL : fopen(path, "w");
    if (f) {
        fwrite(t->certain.data, 1, t->certain.len, f);
        fclose(f);
    }
    free(path);
}

bool shim_cut(const char *to, unsigned seed)
{
    bool came = fault.dead;

    for (int i = 0; i < track_count && came; i++)
        leave(&tracks[i], to, seed);
    shim_heal();
    return came;
}

bool shim_await_sync(const char *name)
{
    struct track *t = tracks;
    struct timespec until;
    unsigned long before;
    int rc = 0;

    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += PATIENCE;
    pthread_mutex_lock(&lock);
    while (t < tracks + track_count && strcmp(path_base(t->path), name) != 0)
        t++;
    if (t == tracks + track_count)
        abort();
    before = t->syncs;
    while (t->count > 0 && t->syncs == before && rc == 0)
        rc = pthread_cond_timedwait(&synced, &lock, &until);
    pthread_mutex_unlock(&lock);
    return rc == 0;
}

void shim_heal(void)
{
    pthread_mutex_lock(&lock);
    for (int i = 0; i < track_count; i++) {
        forget_changes(&tracks[i]);
        buf_release(&tracks[i].certain);
        free(tracks[i].changes);
        free(tracks[i].path);
    }
    track_count = 0;
    memset(&fault, 0, sizeof fault);
    pthread_mutex_unlock(&lock);
}

static void fail(const char *name, unsigned ops, long nth, int code, bool once)
{
    pthread_mutex_lock(&lock);
    fault.name = name;
    fault.ops = ops;
    fault.left = nth;
    fault.code = code;
    fault.once = once;
    fault.failures = 0;
    pthread_mutex_unlock(&lock);
}

void shim_fail(unsigned ops, long nth, int code, bool once)
{
    fail(NULL, ops, nth, code, once);
}

void shim_fail_syncs(const char *name)
{
    fail(name, SHIM_SYNC, 1, SQLITE_IOERR_FSYNC, false);
}

bool shim_failed(void)
{
    bool failed;

    pthread_mutex_lock(&lock);
    failed = fault.failures > 0;
    pthread_mutex_unlock(&lock);
    return failed;
}

bool shim_await_failures(long count)
{
    struct timespec until;
    int rc = 0;

    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += LONG_PATIENCE;
    pthread_mutex_lock(&lock);
    while (fault.failures < count && rc == 0)
        rc = pthread_cond_timedwait(&refused, &lock, &until);
    pthread_mutex_unlock(&lock);
    return rc == 0;
}

/* ---- the methods of a file ---- */

static const char *name_of(sqlite3_file *f)
{
    return ((struct shim *)(void *)f)->name;
}

static int shim_close(sqlite3_file *f)
{
    return methods_of(f)->xClose(true_file(f));
}

static int shim_read(sqlite3_file *f, void *to, int len, sqlite3_int64 at)
{
    int rc = refuses(name_of(f), SHIM_READ);

    return rc ? rc : methods_of(f)->xRead(true_file(f), to, len, at);
}

static int shim_write(sqlite3_file *f, const void *from, int len, sqlite3_int64 at)
{
    struct track *t = ((struct shim *)(void *)f)->track;
    int rc = refuses(name_of(f), SHIM_WRITE);

    if (rc)
        return rc;
    pthread_mutex_lock(&lock);
    if (t) {
        struct change *c = add_change(t);

        c->at = at;
        buf_add(&c->bytes, from, (size_t)len);
    }
    pthread_mutex_unlock(&lock);
    return methods_of(f)->xWrite(true_file(f), from, len, at);
}

static int shim_truncate(sqlite3_file *f, sqlite3_int64 size)
{
    struct track *t = ((struct shim *)(void *)f)->track;

    if (refuses(name_of(f), SHIM_WRITE))
        return SQLITE_IOERR_TRUNCATE;
    pthread_mutex_lock(&lock);
    if (t)
        *add_change(t) = (struct change){.at = size, .truncates = true};
    pthread_mutex_unlock(&lock);
    return methods_of(f)->xTruncate(true_file(f), size);
}

static int shim_sync(sqlite3_file *f, int flags)
{
    int rc = refuses(name_of(f), SHIM_SYNC);

    if (rc)
        return rc;
    pthread_mutex_lock(&lock);
    if (((struct shim *)(void *)f)->track)
        settle(((struct shim *)(void *)f)->track);
    pthread_cond_broadcast(&synced);
    pthread_mutex_unlock(&lock);
    (void)flags; /* nobody takes the true power away: waiting for the true disk would only take long */
    return SQLITE_OK;
}

static int shim_size(sqlite3_file *f, sqlite3_int64 *size)
{
    return methods_of(f)->xFileSize(true_file(f), size);
}

static int shim_lock(sqlite3_file *f, int level)
{
    return methods_of(f)->xLock(true_file(f), level);
}

static int shim_unlock(sqlite3_file *f, int level)
{
    return methods_of(f)->xUnlock(true_file(f), level);
}

static int shim_check(sqlite3_file *f, int *reserved)
{
    return methods_of(f)->xCheckReservedLock(true_file(f), reserved);
}

static int shim_control(sqlite3_file *f, int op, void *arg)
{
    return methods_of(f)->xFileControl(true_file(f), op, arg);
}

static int shim_sector(sqlite3_file *f)
{
    return methods_of(f)->xSectorSize(true_file(f));
}

/* Of a disk that promises nothing: no write is whole or in order but for a sync. */
static int shim_device(sqlite3_file *f)
{
    return fault.cutting ? 0 : methods_of(f)->xDeviceCharacteristics(true_file(f));
}

static int shim_map(sqlite3_file *f, int page, int size, int extend, void volatile **out)
{
    return methods_of(f)->xShmMap(true_file(f), page, size, extend, out);
}

static int shim_shm_lock(sqlite3_file *f, int offset, int n, int flags)
{
    return methods_of(f)->xShmLock(true_file(f), offset, n, flags);
}

static void shim_barrier(sqlite3_file *f)
{
    methods_of(f)->xShmBarrier(true_file(f));
}

static int shim_unmap(sqlite3_file *f, int remove)
{
    return methods_of(f)->xShmUnmap(true_file(f), remove);
}

static const sqlite3_io_methods methods = {
    .iVersion = 2,
    .xClose = shim_close,
    .xRead = shim_read,
    .xWrite = shim_write,
    .xTruncate = shim_truncate,
    .xSync = shim_sync,
    .xFileSize = shim_size,
    .xLock = shim_lock,
    .xUnlock = shim_unlock,
    .xCheckReservedLock = shim_check,
    .xFileControl = shim_control,
    .xSectorSize = shim_sector,
    .xDeviceCharacteristics = shim_device,
    .xShmMap = shim_map,
    .xShmLock = shim_shm_lock,
    .xShmBarrier = shim_barrier,
    .xShmUnmap = shim_unmap,
};

static int shim_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *f, int flags, int *out)
{
    struct shim *s = (struct shim *)(void *)f;
    int rc = refuses(name, SHIM_OPEN);

    (void)vfs;
    memset(s, 0, sizeof *s);
    if (rc)
        return rc;
    s->file = (sqlite3_file *)(void *)(s + 1);
    s->name = name;
    if (fault.cutting && name && (flags & (SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_WAL)))
        s->track = track_of(name);
    rc = system_vfs->xOpen(system_vfs, name, s->file, flags, out);
    s->base.pMethods = rc == SQLITE_OK ? &methods : NULL;
    return rc;
}

static int shim_delete(sqlite3_vfs *vfs, const char *name, int sync)
{
    (void)vfs;
    if (refuses(name, SHIM_WRITE))
        return SQLITE_IOERR_DELETE;
    pthread_mutex_lock(&lock);
    for (int i = 0; i < track_count; i++)
        if (strcmp(tracks[i].path, name) == 0)
            tracks[i].removed = true;
    pthread_mutex_unlock(&lock);
    return system_vfs->xDelete(system_vfs, name, sync);
}

int shim_register(void **state)
{
    static sqlite3_vfs shim;

    (void)state;
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0); /* as store/db has it, who comes too late here */
    sqlite3_initialize();
    system_vfs = sqlite3_vfs_find(NULL);
    shim = *system_vfs;
    shim.zName = "shim";
    shim.pNext = NULL;
    shim.szOsFile = (int)sizeof(struct shim) + system_vfs->szOsFile;
    shim.xOpen = shim_open;
    shim.xDelete = shim_delete;
    return sqlite3_vfs_register(&shim, 1) == SQLITE_OK ? 0 : -1;
}
