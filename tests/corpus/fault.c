/* SPDX-License-Identifier: ISC */
/*
 * A session of indexing and reading in which the n-th write, sync, opening or reading of a database fails, or one
 * allocation: what the session was not told to have failed is there afterwards, and the next one works. `make check`
 * tries some n, CUTTINGS_FAULTS=1 in the environment all of them.
 */
#include "../store/shim.h"
#include "fake.h"
#include "searched.h"
#include "world.h"

#include "base/mem.h"
#include "corpus/check.h"
#include "corpus/corpus.h"
#include "corpus/keep.h"
#include "corpus/notes.h"
#include "corpus/own.h"
#include "corpus/talk.h"
#include "corpus/view.h"
#include "layout/page.h"
#include "store/db.h"
#include "store/notes.h"
#include "store/state_audit.h"
#include "store/tags.h"

#include <errno.h>
#include <execinfo.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <sqlite3.h>

enum { ARTICLES = 3, MOST = 100000 };

/* What the session was shown as done. */
struct shown {
    bool read, starred, placed, hidden, tagged, noted, saved;
    bool later;  /* what fails will not fail again: so marks that wait are written */
    bool told;   /* of a fault, in words */
    bool unkept; /* that marks are not kept */
};

static bool is_all(const struct shown *s)
{
    return s->read && s->starred && s->placed && s->hidden && s->tagged && s->noted && s->saved;
}

static const char *text_of(int i)
{
    static const char *const texts[ARTICLES] = {"Alpha\nDATE 2020-01-02\nText of a.\n",
                                                "Beta\nDATE 2021-01-02\nText of b.\nCOMMENT yes\n",
                                                "Gamma\nText of c, which is longer than the others.\nCOMMENT no\n"};
    return texts[i];
}

static void put_articles(void)
{
    char name[8] = "a.txt";

    for (int i = 0; i < ARTICLES; i++) {
        name[0] = (char)('a' + i);
        world_put(name, text_of(i));
    }
}

static struct corpus *open_corpus(struct err *e)
{
    const char *paths[] = {world_corpus()};
    const struct corpus_options o = {.foreground = true, .wake = -1};
    struct corpus *c = NULL;

    return corpus_open(&c, paths, 1, &o, e) ? c : NULL;
}

/* Whether nothing was said since the last call, nor before that marks are not kept. */
static bool is_quiet(struct corpus *c, struct shown *shown)
{
    bool quiet = true;
    const char *notice;

    while ((notice = corpus_notice(c))) {
        assert_true(*notice);
        shown->told = true;
        shown->unkept = shown->unkept || strstr(notice, "marks are not kept");
        quiet = false;
    }
    return quiet && !shown->unkept;
}

/* What a call says: done, or why not. */
static bool is_done(bool done, const struct err *e, struct shown *shown)
{
    assert_true(done || e->text[0]);
    shown->told = shown->told || !done;
    return done;
}

/* Whether the screen shows the mark, and nothing was said of it; where `later` is set what was said is that it waits,
 * which is not for long. */
static bool is_shown(struct corpus *c, int64_t id, unsigned flag, struct shown *shown)
{
    bool quiet = is_quiet(c, shown), marked;
    struct corpus_row row;

    if (!(quiet || shown->later) || !corpus_facts(c, id, &row, NULL))
        return false;
    marked = flag == STATE_READ ? !row.unread : flag == STATE_STARRED ? row.starred : row.hidden;
    corpus_row_release(&row);
    return marked;
}

static bool is_placed(struct corpus *c, int64_t id, struct shown *shown)
{
    struct corpus_place place;
    bool quiet = is_quiet(c, shown);

    return (quiet || shown->later) && corpus_get_place(c, id, &place) && place.offset == 7;
}

static bool has_failed(void); /* anything, in this session */

static void act(struct corpus *c, struct shown *shown)
{
    int64_t id = corpus_find(c, "b.txt", NULL);
    struct article a;
    char *text = NULL;
    struct err e = ERR_INIT;

    if (id == 0)
        return;
    assert_true(searched_all(c) || has_failed());
    corpus_set_read(c, id, true);
    shown->read = is_shown(c, id, STATE_READ, shown);
    corpus_set_starred(c, id, true);
    shown->starred = is_shown(c, id, STATE_STARRED, shown);
    corpus_set_place(c, id, (struct corpus_place){0, 7});
    shown->placed = is_placed(c, id, shown);
    shown->tagged = is_done(keep_tag(c, id, "work", true, &e), &e, shown);
    err_clear(&e);
    shown->saved = is_done(keep_query(c, "mine", "is:starred", &e), &e, shown);
    err_clear(&e);
    article_init(&a);
    if (corpus_article(c, id, &a, &text, &e))
        shown->noted = is_done(corpus_note_add(c, id, &a, 0, 0, 4, "a note", &e) != 0, &e, shown);
    article_release(&a);
    free(text);
    id = corpus_find(c, "c.txt", NULL);
    if (id == 0)
        return;
    keep_hidden(c, id, true);
    shown->hidden = is_shown(c, id, STATE_HIDDEN, shown);
}

static void session(struct shown *shown, bool later)
{
    struct err e = ERR_INIT;
    struct corpus *c = open_corpus(&e);

    memset(shown, 0, sizeof *shown);
    shown->later = later;
    shown->told = !c;
    assert_true(c || e.text[0]);
    if (!c)
        return;
    is_quiet(c, shown);
    act(c, shown);
    is_quiet(c, shown);
    corpus_close(&c);
}

/* ---- afterwards ---- */

static void say(void *ctx, const char *text)
{
    (void)ctx;
    print_message("%s\n", text);
}

static void count_note(void *ctx, const struct corpus_note *n)
{
    assert_string_equal(n->kept.text, "a note");
    assert_true(n->anchored);
    ++*(int *)ctx;
}

static void count_query(void *ctx, const char *name, const char *query)
{
    assert_string_equal(name, "mine");
    assert_string_equal(query, "is:starred");
    ++*(int *)ctx;
}

static void check_sound(void)
{
    const char *paths[] = {world_corpus()};
    struct corpus_check check;
    struct state_audit audit;
    struct err e = ERR_INIT;
    char *path = own_path();

    if (!corpus_check(paths, 1, NULL, &check, say, say, NULL, &e) || !state_audit_run(path, say, NULL, &audit, &e))
        fail_msg("%s", e.text);
    assert_int_equal(check.damage, 0);
    assert_int_equal(audit.damage, 0);
    free(path);
}

static void look(const struct shown *shown)
{
    int64_t id;
    struct corpus_row row;
    struct corpus_place place = {0, 0};
    struct err e = ERR_INIT;
    struct corpus *c = open_corpus(&e);
    int notes = 0, queries = 0;

    if (!c)
        fail_msg("%s", e.text);
    assert_int_equal(searched(c, NULL, CORPUS_BY_FILE) + searched(c, "is:hidden", CORPUS_BY_FILE), ARTICLES);
    assert_int_equal(searched(c, "text", CORPUS_BY_FILE) + searched(c, "text is:hidden", CORPUS_BY_FILE), ARTICLES);
    assert_true((id = corpus_find(c, "b.txt", &e)) != 0);
    assert_true(corpus_facts(c, id, &row, &e));
    assert_true(!shown->read || !row.unread);
    assert_true(!shown->starred || row.starred);
    assert_true(!shown->tagged || (row.tags && strcmp(row.tags, "work") == 0));
    corpus_row_release(&row);
    assert_true(!shown->placed || (corpus_get_place(c, id, &place) && place.offset == 7));
    assert_true(corpus_notes_found(c, count_note, &notes, &e));
    assert_true(!shown->noted || notes == 1);
    keep_each_query(c, count_query, &queries);
    assert_true(!shown->saved || queries == 1);
    assert_true((id = corpus_find(c, "c.txt", &e)) != 0);
    assert_true(corpus_facts(c, id, &row, &e));
    assert_true(!shown->hidden || row.hidden);
    corpus_row_release(&row);
    corpus_close(&c);
    check_sound();
}

static void begin_anew(void)
{
    const char *const parts[] = {".cache", ".local"};

    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        if (access(world_path(parts[i]), F_OK) == 0)
            world_remove(parts[i]);
}

/* How far the next n is. Threads are not in step from one session to the next: which operation is the n-th differs. */
static long step(long coarse)
{
    return getenv("CUTTINGS_FAULTS") ? 1 : coarse;
}

/* ---- disks ---- */

static void try_disk(unsigned ops, int code, bool once, long coarse)
{
    struct shown shown;
    bool failed = true;
    long n;

    put_articles();
    for (n = 1; failed && n < MOST; n += step(coarse)) {
        begin_anew();
        shim_fail(ops, n, code, once);
        session(&shown, once);
        failed = shim_failed();
        shim_heal();
        look(&shown);
    }
    assert_false(failed);
    assert_true(is_all(&shown));
    assert_false(shown.told);
    assert_true(n > coarse);
}

CHECK(a_disk_that_fills_up)
{
    try_disk(SHIM_WRITE | SHIM_SYNC, SQLITE_FULL, false, 29);
}

CHECK(a_write_that_fails)
{
    try_disk(SHIM_WRITE, SQLITE_IOERR_WRITE, true, 31);
}

/* SQLite calls a quota that is used up so, and a limit of a file's size. */
CHECK(writes_that_go_on_failing)
{
    try_disk(SHIM_WRITE, SQLITE_IOERR_WRITE, false, 61);
}

CHECK(a_sync_that_fails)
{
    try_disk(SHIM_SYNC, SQLITE_IOERR_FSYNC, true, 5);
}

CHECK(an_opening_that_fails)
{
    try_disk(SHIM_OPEN, SQLITE_CANTOPEN, true, 5);
}

CHECK(no_descriptors_left)
{
    try_disk(SHIM_OPEN, SQLITE_CANTOPEN, false, 9);
}

CHECK(a_reading_that_fails)
{
    try_disk(SHIM_READ, SQLITE_IOERR_READ, true, 29);
}

/* A session that is told nothing of a fault was not disturbed by it; one that could do nothing said so. */
CHECK(a_disk_that_is_full_from_the_start_is_said)
{
    struct shown shown;

    put_articles();
    shim_fail(SHIM_WRITE | SHIM_SYNC, 1, SQLITE_FULL, false);
    session(&shown, false);
    shim_heal();
    assert_true(shown.told);
    assert_false(shown.read || shown.starred || shown.tagged || shown.noted || shown.saved);
    look(&shown);
}

/* ---- power ---- */

/* The session goes on meanwhile: what had to wait for another writer is written then. */
static void await_disk(struct corpus *c, const char *what)
{
    struct corpus_progress p;
    int tries = 60;

    do
        corpus_poll(c, &p);
    while (!shim_await_sync("reading.db-wal") && --tries > 0);
    if (tries == 0)
        fail_msg("%s does not come to the disk", what);
}

/* Each thing that is kept comes to the disk by itself, while the session goes on. */
static void keep_all(struct corpus *c, const char *name)
{
    struct shown shown = {.read = false};
    struct err e = ERR_INIT;
    int64_t id = corpus_find(c, name, &e);
    const unsigned char flags = PAGE_COLLAPSED;
    struct article a;
    char *text = NULL;

    corpus_set_read(c, id, true);
    assert_true(is_shown(c, id, STATE_READ, &shown));
    await_disk(c, "a mark");
    corpus_set_place(c, id, (struct corpus_place){0, 7});
    assert_true(is_placed(c, id, &shown));
    await_disk(c, "a place");
    assert_true(keep_tag(c, id, "work", true, &e));
    await_disk(c, "a tag");
    assert_true(keep_query(c, "mine", "is:starred", &e));
    await_disk(c, "a saved search");
    assert_true(corpus_set_letter(c, 'a', id, (struct corpus_place){0, 7}, true, &e));
    await_disk(c, "a letter");
    article_init(&a);
    assert_true(corpus_article(c, id, &a, &text, &e));
    assert_true(corpus_note_add(c, id, &a, 0, 0, 4, "a note", &e) != 0);
    await_disk(c, "a note");
    talk_put_one(c, id, &a, &flags, 1);
    await_disk(c, "a comment's fold");
    article_release(&a);
    free(text);
    assert_null(corpus_notice(c));
}

static void keep_in(const char *path, const char *name)
{
    const struct corpus_options o = {.wake = -1};
    struct err e = ERR_INIT;
    struct corpus *c;

    shim_cut_at(LONG_MAX);
    assert_true(corpus_open(&c, &path, 1, &o, &e));
    keep_all(c, name);
    corpus_close(&c);
    shim_heal();
    world_remove(".local");
}

CHECK(a_mark_that_had_to_wait_is_written_when_it_can_be)
{
    struct corpus_progress p;
    struct err e = ERR_INIT;
    struct corpus *c;
    struct db *other;

    put_articles();
    c = open_corpus(&e);
    other = db_open(world_find(".local/share/cuttings/reading.db"), DB_WRITE, &e);
    assert_non_null(other);
    assert_true(db_exec(other, "BEGIN IMMEDIATE"));
    corpus_set_read(c, corpus_find(c, "b.txt", &e), true);
    assert_non_null(strstr(corpus_notice(c), "marks wait"));
    corpus_poll(c, &p);
    assert_true(db_exec(other, "COMMIT"));
    assert_int_equal(db_int(other, -1, "SELECT count(*) FROM mark", ""), 0);
    corpus_poll(c, &p);
    assert_int_equal(db_int(other, -1, "SELECT count(*) FROM mark", ""), 1);
    db_close(&other);
    corpus_close(&c);
}

static void index_articles(void)
{
    struct err e = ERR_INIT;
    struct corpus *c;

    put_articles();
    c = open_corpus(&e);
    corpus_close(&c);
}

/* Locks the cache as another program that indexes does, until the descriptor is closed. */
static int lock_cache(void)
{
    int lock = open(world_find(".cache/cuttings/*.db-lock"), O_RDWR);

    assert_int_equal(flock(lock, LOCK_EX), 0);
    return lock;
}

CHECK(what_is_kept_comes_to_the_disk_while_one_reads)
{
    int lock;

    index_articles();
    keep_in(world_corpus(), "b.txt");
    keep_in(world_find(".cache/cuttings/*.db"), "b.txt"); /* a catalogue, which nobody indexes */
    lock = lock_cache();
    /* Until the cache has followed the new state, it shows what the old one kept: a mark of another article. */
    keep_in(world_corpus(), "c.txt");
    close(lock);
}

/* Another program indexes, and nothing else is marked. */
CHECK(what_could_not_be_brought_to_the_disk_is_tried_again_while_one_reads)
{
    const char *path = world_corpus();
    const struct corpus_options o = {.wake = -1};
    struct err e = ERR_INIT;
    struct corpus *c;
    int lock;

    index_articles();
    lock = lock_cache();
    assert_true(corpus_open(&c, &path, 1, &o, &e));
    shim_fail_syncs("reading.db-wal");
    corpus_set_read(c, corpus_find(c, "b.txt", &e), true);
    assert_true(shim_await_failures(2));
    shim_heal();
    corpus_close(&c);
    close(lock);
}

/* ---- memory ---- */

/*
 * One allocation fails in each session: the first that is made by way of calls by which none has failed yet, until
 * there is none such. The sessions are processes forked from this one, so that calls have the same addresses in all of
 * them; threads need not be in step.
 */
enum { WAYS = 1 << 16, DEEPEST = 100 };
enum whose { OUR_OWN, SQLITES, WHOSE_COUNT };

static struct memory {
    uint64_t ways[WAYS];     /* that are known: hashes of the calls, 0 for none */
    long count[WHOSE_COUNT]; /* of them */
    long step[WHOSE_COUNT];  /* every how many-th is to fail */
    struct shown shown;      /* in this session */
    bool failed;             /* an allocation, in this session */
} *memory;                   /* shared by the sessions; NULL where no allocation is to fail */
static const sqlite3_mem_methods *sqlite_memory;

static bool has_failed(void)
{
    return memory ? __atomic_load_n(&memory->failed, __ATOMIC_RELAXED) : shim_failed();
}

/* Whether these calls are new. */
static bool add_way(uint64_t way)
{
    size_t at = way % WAYS;

    for (;; at = (at + 1) % WAYS) {
        uint64_t none = 0;

        if (__atomic_compare_exchange_n(&memory->ways[at], &none, way, false, __ATOMIC_RELAXED, __ATOMIC_RELAXED))
            return true;
        if (none == way)
            return false;
    }
}

static bool is_to_fail(enum whose whose)
{
    static __thread bool within; /* the unwinder allocates too */
    void *calls[DEEPEST];
    uint64_t way = 1;
    bool fails = false;
    int count;

    if (!memory || within || __atomic_load_n(&memory->failed, __ATOMIC_RELAXED))
        return false;
    within = true;
    count = backtrace(calls, DEEPEST);
    for (int i = 0; i < count; i++)
        way = (way ^ (uint64_t)(uintptr_t)calls[i]) * UINT64_C(0x9E3779B97F4A7C15) >> 1 | 1;
    if (add_way(way) && __atomic_add_fetch(&memory->count[whose], 1, __ATOMIC_RELAXED) % memory->step[whose] == 0)
        fails = !__atomic_exchange_n(&memory->failed, true, __ATOMIC_RELAXED);
    within = false;
    return fails;
}

/* The linker puts these in the place of the allocations of this program's own code. */
void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *block, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *block, size_t size);

void *__wrap_malloc(size_t size)
{
    return is_to_fail(OUR_OWN) ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size)
{
    return is_to_fail(OUR_OWN) ? NULL : __real_calloc(count, size);
}

void *__wrap_realloc(void *block, size_t size)
{
    return is_to_fail(OUR_OWN) ? NULL : __real_realloc(block, size);
}

static void *take_memory(int size)
{
    return is_to_fail(SQLITES) ? NULL : sqlite_memory->xMalloc(size);
}

static void *resize_memory(void *block, int size)
{
    return is_to_fail(SQLITES) ? NULL : sqlite_memory->xRealloc(block, size);
}

static int use_failing_memory(void)
{
    static sqlite3_mem_methods kept, failing;

    if (sqlite3_config(SQLITE_CONFIG_GETMALLOC, &kept) != SQLITE_OK)
        return -1;
    sqlite_memory = &kept;
    failing = kept;
    failing.xMalloc = take_memory;
    failing.xRealloc = resize_memory;
    return sqlite3_config(SQLITE_CONFIG_MALLOC, &failing) == SQLITE_OK ? 0 : -1;
}

/* A session in a process of its own; how it ended, and what it wrote on standard error. */
static int session_without_memory(struct memory *shared, char *said, size_t room)
{
    int errors[2], status;
    ssize_t got = 0, part;
    pid_t pid;

    shared->failed = false;
    memset(&shared->shown, 0, sizeof shared->shown);
    assert_int_equal(pipe(errors), 0);
    fflush(NULL);
    pid = fork();
    if (pid == 0) {
        dup2(errors[1], STDERR_FILENO);
        memory = shared;
        session(&shared->shown, false);
        memory = NULL;
        exit(0); /* not _exit: a sanitizer then says what is lost */
    }
    close(errors[1]);
    while ((size_t)got < room - 1 && (part = read(errors[0], said + got, room - 1 - (size_t)got)) > 0)
        got += part;
    said[got] = '\0';
    close(errors[0]);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

CHECK(memory_that_is_exhausted_ends_the_program_and_loses_nothing)
{
    struct memory *shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    char said[8000];
    long ended = 0, sessions = 0;

    assert_true(shared != MAP_FAILED);
    shared->step[OUR_OWN] = step(9);
    shared->step[SQLITES] = step(401);
    put_articles();
    do {
        int status;

        begin_anew();
        status = session_without_memory(shared, said, sizeof said);
        if (status == 3)
            assert_non_null(strstr(said, "cuttings: out of memory\n"));
        else if (status != 0)
            fail_msg("in session %ld: %s", sessions, said);
        ended += status == 3;
        sessions++;
        look(&shared->shown);
    } while (shared->failed);
    assert_true(ended > 0 && ended < sessions);
    assert_true(is_all(&shared->shown));
    print_message("%ld sessions, each without one of %ld allocations of our own and %ld of SQLite's; it ended %ld\n",
                  sessions - 1, shared->count[OUR_OWN], shared->count[SQLITES], ended);
    munmap(shared, sizeof *shared);
}

/* ---- what the system refuses ---- */

enum call { OPENING, READING };

static struct {
    const char *name; /* of the file that is refused, NULL for none */
    enum call call;
    int code, fd;
    long times; /* that are left; 0 for as often as it is tried */
} refusal = {.fd = -1};

static bool is_refused(enum call call)
{
    if (!refusal.name || refusal.call != call || refusal.times < 0)
        return false;
    if (refusal.times > 0 && --refusal.times == 0)
        refusal.times = -1;
    errno = refusal.code;
    return true;
}

/* The linker puts these in the place of the calls of this program's own code. */
int __real_open(const char *path, int flags, ...);
ssize_t __real_read(int fd, void *to, size_t size);
int __wrap_open(const char *path, int flags, ...);
ssize_t __wrap_read(int fd, void *to, size_t size);

int __wrap_open(const char *path, int flags, ...)
{
    bool meant = refusal.name && strcmp(strrchr(path, '/') ? strrchr(path, '/') + 1 : path, refusal.name) == 0;
    mode_t mode = 0;
    va_list args;
    int fd;

    if (meant && is_refused(OPENING))
        return -1;
    va_start(args, flags);
    if (flags & O_CREAT)
        mode = va_arg(args, mode_t);
    va_end(args);
    fd = __real_open(path, flags, mode);
    if (meant)
        refusal.fd = fd;
    return fd;
}

ssize_t __wrap_read(int fd, void *to, size_t size)
{
    return fd == refusal.fd && is_refused(READING) ? -1 : __real_read(fd, to, size);
}

/* How many articles have this word; those in all have to be as many as ever. */
static long found_in(struct corpus *c, const char *word)
{
    assert_int_equal(searched(c, NULL, CORPUS_BY_FILE), ARTICLES);
    return searched(c, word, CORPUS_BY_FILE);
}

/* b.txt changes, and cannot be read then: what was known of it stays, and the next start reads it. */
static void try_refusal(enum call call, int code, long times)
{
    struct err e = ERR_INIT;
    struct corpus *c;
    bool seen = times > 0;

    begin_anew();
    put_articles();
    c = open_corpus(&e);
    corpus_close(&c);
    world_put("b.txt", "Beta\nDATE 2021-01-02\nAnother word.\nCOMMENT yes\n");
    refusal.name = "b.txt";
    refusal.call = call;
    refusal.code = code;
    refusal.times = times;
    c = open_corpus(&e);
    assert_non_null(c);
    refusal.name = NULL;
    assert_int_equal(found_in(c, "another"), seen);
    corpus_close(&c);
    c = open_corpus(&e);
    assert_int_equal(found_in(c, "another"), 1);
    corpus_close(&c);
}

CHECK(a_file_that_the_system_refuses_is_read_the_next_time)
{
    static const int codes[] = {EMFILE, ENFILE, EIO, ENOMEM, ESTALE};

    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++) {
        try_refusal(OPENING, codes[i], 0);
        try_refusal(READING, codes[i], 0);
    }
    try_refusal(READING, EINTR, 3);
}

/* ---- what is taken away ---- */

CHECK(a_cache_deleted_while_it_is_open_is_made_again)
{
    struct shown shown = {.read = false};
    struct err e = ERR_INIT;
    struct corpus *c;

    put_articles();
    c = open_corpus(&e);
    assert_non_null(c);
    world_remove(".cache");
    act(c, &shown);
    corpus_close(&c);
    assert_true(is_all(&shown));
    look(&shown);
}

CHECK(a_corpus_that_vanishes_is_read_on_and_keeps_its_marks)
{
    struct shown shown = {.read = false};
    struct err e = ERR_INIT;
    struct corpus *c;

    put_articles();
    c = open_corpus(&e);
    assert_non_null(c);
    world_remove("press");
    act(c, &shown);
    corpus_close(&c);
    assert_null(open_corpus(&e));
    assert_true(e.text[0]);
    assert_int_equal(mkdir(world_corpus(), 0755), 0);
    put_articles();
    assert_true(is_all(&shown));
    look(&shown);
}

static int set_up(void **state)
{
    return use_failing_memory() || shim_register(state) ? -1 : 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {W(a_disk_that_fills_up),
                                       W(a_write_that_fails),
                                       W(writes_that_go_on_failing),
                                       W(a_sync_that_fails),
                                       W(an_opening_that_fails),
                                       W(no_descriptors_left),
                                       W(a_reading_that_fails),
                                       W(a_disk_that_is_full_from_the_start_is_said),
                                       W(a_mark_that_had_to_wait_is_written_when_it_can_be),
                                       W(what_is_kept_comes_to_the_disk_while_one_reads),
                                       W(what_could_not_be_brought_to_the_disk_is_tried_again_while_one_reads),
                                       W(memory_that_is_exhausted_ends_the_program_and_loses_nothing),
                                       W(a_file_that_the_system_refuses_is_read_the_next_time),
                                       W(a_cache_deleted_while_it_is_open_is_made_again),
                                       W(a_corpus_that_vanishes_is_read_on_and_keeps_its_marks)};

    return cmocka_run_group_tests_name(__FILE__, tests, set_up, NULL);
}
