/* SPDX-License-Identifier: ISC */
/*
 * A disk that fills up, or breaks, at the n-th write, for every n: what was said to be written is there
 * afterwards, and what was not is there as it was. A shim in SQLite's place for the operating system does it.
 */
#include "sample.h"

#include "store/rank.h"
#include "store/notes.h"
#include "store/state.h"

#include <sqlite3.h>

static long writes_left = -1; /* -1: the disk is well */
static int failure = SQLITE_FULL;
static bool failed;

/* A file of the shim; the true one follows it in memory. */
struct shim {
    sqlite3_file base;
    sqlite3_file *file;
};

static sqlite3_file *true_file(sqlite3_file *f)
{
    return ((struct shim *)(void *)f)->file;
}

/* Whether the disk refuses: from the n-th write on it stays as it is, as full disks do. */
static bool refuses(void)
{
    if (writes_left > 0)
        writes_left--;
    failed = failed || writes_left == 0;
    return writes_left == 0;
}

static int shim_close(sqlite3_file *f)
{
    return true_file(f)->pMethods->xClose(true_file(f));
}

static int shim_read(sqlite3_file *f, void *to, int len, sqlite3_int64 at)
{
    return true_file(f)->pMethods->xRead(true_file(f), to, len, at);
}

static int shim_write(sqlite3_file *f, const void *from, int len, sqlite3_int64 at)
{
    return refuses() ? failure : true_file(f)->pMethods->xWrite(true_file(f), from, len, at);
}

static int shim_truncate(sqlite3_file *f, sqlite3_int64 size)
{
    return true_file(f)->pMethods->xTruncate(true_file(f), size);
}

static int shim_sync(sqlite3_file *f, int flags)
{
    return refuses() ? SQLITE_IOERR_FSYNC : true_file(f)->pMethods->xSync(true_file(f), flags);
}

static int shim_size(sqlite3_file *f, sqlite3_int64 *size)
{
    return true_file(f)->pMethods->xFileSize(true_file(f), size);
}

static int shim_lock(sqlite3_file *f, int level)
{
    return true_file(f)->pMethods->xLock(true_file(f), level);
}

static int shim_unlock(sqlite3_file *f, int level)
{
    return true_file(f)->pMethods->xUnlock(true_file(f), level);
}

static int shim_check(sqlite3_file *f, int *reserved)
{
    return true_file(f)->pMethods->xCheckReservedLock(true_file(f), reserved);
}

static int shim_control(sqlite3_file *f, int op, void *arg)
{
    return true_file(f)->pMethods->xFileControl(true_file(f), op, arg);
}

static int shim_sector(sqlite3_file *f)
{
    return true_file(f)->pMethods->xSectorSize(true_file(f));
}

static int shim_device(sqlite3_file *f)
{
    return true_file(f)->pMethods->xDeviceCharacteristics(true_file(f));
}

static int shim_map(sqlite3_file *f, int page, int size, int extend, void volatile **out)
{
    return true_file(f)->pMethods->xShmMap(true_file(f), page, size, extend, out);
}

static int shim_shm_lock(sqlite3_file *f, int offset, int n, int flags)
{
    return true_file(f)->pMethods->xShmLock(true_file(f), offset, n, flags);
}

static void shim_barrier(sqlite3_file *f)
{
    true_file(f)->pMethods->xShmBarrier(true_file(f));
}

static int shim_unmap(sqlite3_file *f, int remove)
{
    return true_file(f)->pMethods->xShmUnmap(true_file(f), remove);
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

static sqlite3_vfs *system_vfs;

static int shim_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *f, int flags, int *out)
{
    struct shim *s = (struct shim *)(void *)f;
    int rc;

    (void)vfs;
    s->file = (sqlite3_file *)(void *)(s + 1);
    rc = system_vfs->xOpen(system_vfs, name, s->file, flags, out);
    s->base.pMethods = rc == SQLITE_OK ? &methods : NULL;
    return rc;
}

static int register_shim(void **state)
{
    static sqlite3_vfs shim;

    (void)state;
    sqlite3_initialize();
    system_vfs = sqlite3_vfs_find(NULL);
    shim = *system_vfs;
    shim.zName = "shim";
    shim.pNext = NULL;
    shim.szOsFile = (int)sizeof(struct shim) + system_vfs->szOsFile;
    shim.xOpen = shim_open;
    return sqlite3_vfs_register(&shim, 1) == SQLITE_OK ? 0 : -1;
}

static void check_whole(struct db *db)
{
    assert_int_equal(
        db_int(db, 0, "SELECT count(*) FROM pragma_integrity_check WHERE integrity_check = 'ok'", ""), 1);
}

/* Three articles in one transaction, on a cache that has two: whether they were committed. */
static bool put_three(const char *path)
{
    struct cache *c = cache_open(path, NULL, NULL);
    bool done = false;
    long i;

    if (!c)
        return false;
    if (cache_begin(c)) {
        for (i = 0; i < 3; i++)
            sample_put(c, 1, 10 + i, "New", "2020-01-01", "some more words for the index", 0, 0);
        done = cache_commit(c);
    }
    cache_close(&c);
    return done;
}

static void try_cache(int how)
{
    long n, count, all, unread;
    bool done = false;

    failure = how;
    for (n = 1; !done && n < 400; n++) {
        const char *path = sample_path(sample_folder(), "c.db");
        struct cache *c = sample_cache(path);

        assert_true(cache_begin(c));
        assert_int_equal(sample_file(c, "f"), 1);
        sample_put(c, 1, 1, "One", NULL, "x", 0, 0);
        sample_put(c, 1, 2, "Two", NULL, "x", 0, 0);
        assert_true(cache_commit(c));
        cache_close(&c);
        failed = false;
        writes_left = n;
        done = put_three(path);
        writes_left = -1;
        c = cache_open(path, NULL, NULL);
        assert_non_null(c);
        count = (long)db_int(cache_db(c), -1, "SELECT count(*) FROM article", "");
        assert_true(count == 5 || (count == 2 && !done));
        rank_counts(cache_db(c), ORDER_DATE, &all, &unread);
        assert_int_equal(all, count);
        check_whole(cache_db(c));
        cache_close(&c);
        done = done && !failed;
    }
    assert_true(done);
    assert_true(n > 3);
}

CHECK(a_full_disk_leaves_the_cache_whole)
{
    try_cache(SQLITE_FULL);
}

CHECK(a_broken_disk_leaves_the_cache_whole)
{
    try_cache(SQLITE_IOERR_WRITE);
}

CHECK(what_the_reading_state_said_it_wrote_is_there)
{
    struct digest d1 = digest_of("1", 1), d2 = digest_of("2", 1);
    struct state_id first = state_id(&d1, "/c", "1"), second = state_id(&d2, "/c", "2");
    struct state_mark mark;
    bool wrote, done = false;
    long n;

    failure = SQLITE_FULL;
    for (n = 1; !done && n < 400; n++) {
        const char *path = sample_path(sample_folder(), "reading.db");
        struct err e = ERR_INIT;
        char *aside = NULL;
        struct state *s = state_open(path, true, &aside, &e);

        assert_true(state_set_flags(s, &first, "1", STATE_READ, STATE_READ, &e));
        failed = false;
        writes_left = n;
        wrote = state_set_flags(s, &second, "2", STATE_STARRED, STATE_STARRED, &e);
        assert_int_equal(wrote, e.text[0] == 0);
        state_settle(s, &e);
        state_close(&s);
        writes_left = -1;
        s = state_open(path, true, &aside, &e);
        assert_non_null(s);
        assert_null(aside);
        assert_true(state_get(s, &first, &mark));
        assert_int_equal(mark.flags, STATE_READ);
        if (wrote)
            assert_true(state_get(s, &second, &mark) && mark.flags == STATE_STARRED);
        /* And it can be written again. */
        assert_true(state_set_flags(s, &second, "2", STATE_READ, STATE_READ, &e));
        state_close(&s);
        done = !failed;
    }
    assert_true(done);
    assert_true(n > 2);
}

static void take_text(void *ctx, const struct notes_note *n)
{
    char *text = ctx;

    assert_int_equal(text[0], '\0'); /* one note, never both and never none */
    snprintf(text, 16, "%s", n->text);
}

/* A note that was changed is the new one; one of which that could not be said is either, whole, as the disk had it. */
CHECK(a_note_is_the_old_one_or_the_new_one)
{
    struct digest d = digest_of("1", 1);
    char words[] = "words", old[] = "old", text[16];
    struct notes_note note = {.article = state_id(&d, "/c", "1"), .end = 5, .words = words, .text = old};
    bool changed, done = false;
    long n;

    failure = SQLITE_FULL;
    for (n = 1; !done && n < 400; n++) {
        const char *path = sample_path(sample_folder(), "reading.db");
        struct err e = ERR_INIT;
        char *aside = NULL;
        struct state *s = state_open(path, true, &aside, &e);

        assert_true(notes_add(s, &note, &e));
        failed = false;
        writes_left = n;
        changed = notes_change(s, note.id, "new", &e) != 0;
        assert_int_equal(changed, e.text[0] == 0);
        state_close(&s);
        writes_left = -1;
        s = state_open(path, true, &aside, &e);
        assert_non_null(s);
        assert_null(aside);
        text[0] = '\0';
        assert_true(notes_each(s, NULL, take_text, text, &e));
        assert_true(strcmp(text, "new") == 0 || (!changed && strcmp(text, "old") == 0));
        state_close(&s);
        done = !failed;
    }
    assert_true(done);
    assert_true(n > 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {T(a_full_disk_leaves_the_cache_whole),
                                       T(a_broken_disk_leaves_the_cache_whole),
                                       T(what_the_reading_state_said_it_wrote_is_there),
                                       T(a_note_is_the_old_one_or_the_new_one)};

    return cmocka_run_group_tests_name(__FILE__, tests, register_shim, NULL);
}
