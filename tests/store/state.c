/* SPDX-License-Identifier: ISC */
#include "marked.h"

#include "store/notes.h"
#include "store/repairs.h"
#include "store/state_format.h"
#include "store/state_hold.h"
#include "store/tags.h"
#include "store/threads.h"

#include <glob.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

static struct state *open_damaged(const char *path, char **aside)
{
    struct err e = ERR_INIT;
    struct state *s = state_open(path, false, aside, &e);

    if (!s)
        fail_msg("%s", e.text);
    assert_non_null(*aside);
    return s;
}

CHECK(marks_come_back)
{
    const char *path = sample_path(sample_folder(), "reading.db");
    struct state *s = marked_open(path);
    struct state_id id = marked_id("text", "a.txt");
    struct state_mark mark;
    struct err e = ERR_INIT;
    struct stat st;

    assert_false(state_get(s, &id, &mark));
    assert_true(state_set_flags(s, &id, "a.txt", STATE_READ, STATE_READ, &e));
    assert_true(state_set_place(s, &id, "a.txt", 3, 99, &e));
    assert_true(state_set_flags(s, &id, "a.txt", STATE_STARRED, STATE_STARRED, &e));
    assert_true(state_settle(s, &e));
    state_close(&s);
    assert_int_equal(stat(path, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    s = marked_open(path);
    assert_true(state_get(s, &id, &mark));
    assert_int_equal(mark.flags, STATE_READ | STATE_STARRED);
    assert_true(mark.placed);
    assert_int_equal(mark.comment, 3);
    assert_int_equal(mark.offset, 99);
    assert_true(state_set_flags(s, &id, "a.txt", STATE_READ, 0, &e));
    assert_true(state_get(s, &id, &mark));
    assert_int_equal(mark.flags, STATE_STARRED);
    state_close(&s);
}

CHECK(marks_survive_another_name_and_another_content)
{
    struct state *s = marked_open(sample_path(sample_folder(), "reading.db"));
    struct state_id first = marked_id("text", "a.txt"), moved = marked_id("text", "z/b.txt"),
                    edited = marked_id("new", "a.txt"), other = marked_id("else", "c.txt");
    struct state_mark mark;
    struct err e = ERR_INIT;

    assert_true(state_set_flags(s, &first, "a.txt", STATE_READ, STATE_READ, &e));
    assert_true(state_get(s, &moved, &mark));
    assert_int_equal(mark.flags, STATE_READ);
    assert_true(state_get(s, &edited, &mark));
    assert_int_equal(mark.flags, STATE_READ);
    assert_false(state_get(s, &other, &mark));
    /* What is set now is the new content's own, on top of what it inherited. */
    assert_true(state_set_flags(s, &edited, "a.txt", STATE_STARRED, STATE_STARRED, &e));
    assert_true(state_get(s, &edited, &mark));
    assert_int_equal(mark.flags, STATE_READ | STATE_STARRED);
    assert_true(state_get(s, &first, &mark));
    assert_int_equal(mark.flags, STATE_READ);
    state_close(&s);
}

/* A reader that is killed in the middle of marking: all that it said it had written is there. */
CHECK(a_killed_reader_loses_nothing_it_wrote)
{
    const char *path = sample_path(sample_folder(), "reading.db");
    struct state *s;
    struct state_mark mark;
    int ends[2], i, written = 0, status;
    char byte;
    pid_t pid;

    assert_int_equal(pipe(ends), 0);
    pid = fork();
    if (pid == 0) {
        struct err e = ERR_INIT;

        s = marked_open(path);
        for (i = 0;; i++) {
            char text[32];
            struct state_id id;

            snprintf(text, sizeof text, "t%d", i);
            id = marked_id(text, text);
            if (!state_set_flags(s, &id, text, STATE_READ, STATE_READ, &e) || write(ends[1], "w", 1) != 1)
                _exit(1);
        }
    }
    close(ends[1]);
    while (written < 50 && read(ends[0], &byte, 1) == 1)
        written++;
    kill(pid, SIGKILL);
    waitpid(pid, &status, 0);
    while (read(ends[0], &byte, 1) == 1)
        written++;
    close(ends[0]);
    assert_true(written >= 50);
    s = marked_open(path);
    for (i = 0; i < written; i++) {
        char text[32];
        struct state_id id;

        snprintf(text, sizeof text, "t%d", i);
        id = marked_id(text, text);
        assert_true(state_get(s, &id, &mark));
        assert_int_equal(mark.flags, STATE_READ);
    }
    state_close(&s);
}

CHECK(two_readers_at_once_both_keep_their_marks)
{
    const char *path = sample_path(sample_folder(), "reading.db");
    struct state *s;
    struct state_mark mark;
    int child, i, status;

    for (child = 0; child < 2; child++) {
        if (fork() == 0) {
            struct err e = ERR_INIT;

            s = marked_open(path);
            for (i = 0; i < 200; i++) {
                char text[32];
                struct state_id id;

                snprintf(text, sizeof text, "c%d-%d", child, i);
                id = marked_id(text, text);
                if (!state_set_flags(s, &id, text, STATE_READ, STATE_READ, &e))
                    _exit(1);
            }
            state_close(&s);
            _exit(0);
        }
    }
    for (child = 0; child < 2; child++) {
        wait(&status);
        assert_int_equal(status, 0);
    }
    s = marked_open(path);
    for (i = 0; i < 400; i++) {
        char text[32];
        struct state_id id;

        snprintf(text, sizeof text, "c%d-%d", i / 200, i % 200);
        id = marked_id(text, text);
        assert_true(state_get(s, &id, &mark));
    }
    assert_int_equal(state_last(s), 400);
    state_close(&s);
}

/* Two connections of one session, as its two threads have, and another session that comes and goes. */
CHECK(a_session_that_ends_leaves_the_log_to_the_others)
{
    const char *path = sample_path(sample_folder(), "reading.db");
    struct state *one, *two;
    struct state_id first = marked_id("1", "1"), second = marked_id("2", "2");
    struct state_mark mark;
    struct err e = ERR_INIT;
    char log[300], byte = 0;
    int turn[2], status;

    assert_int_equal(pipe(turn), 0);
    if (fork() == 0) { /* before anything is open: a connection must not be taken over a fork */
        struct state *other = read(turn[0], &byte, 1) == 1 ? marked_open(path) : NULL;

        state_close(&other);
        _exit(0);
    }
    one = marked_open(path);
    two = marked_open(path);
    snprintf(log, sizeof log, "%s-wal", path);
    assert_true(state_set_flags(one, &first, "1", STATE_READ, STATE_READ, &e));
    assert_int_equal(write(turn[1], &byte, 1), 1);
    wait(&status);
    close(turn[0]);
    close(turn[1]);
    assert_int_equal(status, 0);
    assert_int_equal(access(log, F_OK), 0);
    assert_true(state_set_flags(two, &second, "2", STATE_READ, STATE_READ, &e));
    state_close(&one);
    state_close(&two);
    one = marked_open(path);
    assert_true(state_get(one, &first, &mark) && state_get(one, &second, &mark));
    state_close(&one);
}

/* Whether it is to be tried again: others hold the state for long where the machine is busy. Forgets the fault. */
static bool was_held(struct err *e)
{
    bool held = strstr(e->text, "locked") != NULL;

    err_clear(e);
    return held;
}

static struct state *open_in_turn(const char *path, bool durable)
{
    struct err e = ERR_INIT;
    char *aside = NULL;
    struct state *s;

    do
        s = state_open(path, durable, &aside, &e);
    while (!s && was_held(&e));
    return s;
}

/* One session after the other, each marking something; what waits for the disk is another connection's. */
static void mark_often(const char *path, int who)
{
    struct err e = ERR_INIT;
    bool done;

    srand((unsigned)who);
    for (int i = 0; i < 40; i++) {
        struct state *quick = open_in_turn(path, false), *sure = open_in_turn(path, true);
        char name[32];
        struct state_id id;

        snprintf(name, sizeof name, "%d-%d.txt", who, i);
        id = marked_id(name, name);
        do
            done = quick && sure && state_set_flags(quick, &id, name, STATE_READ, STATE_READ, &e);
        while (!done && was_held(&e));
        if (!done || !state_settle(sure, &e))
            _exit(1);
        if (rand() % 2)
            state_close(&quick);
        state_close(&sure);
        state_close(&quick);
    }
    _exit(0);
}

CHECK(many_sessions_that_come_and_go_leave_the_state_whole)
{
    enum { SESSIONS = 8 };
    const char *path = sample_path(sample_folder(), "reading.db");
    struct state *s = marked_open(path);
    struct err e = ERR_INIT;
    struct db *db;
    int status;

    state_close(&s);
    for (int i = 0; i < SESSIONS; i++)
        if (fork() == 0)
            mark_often(path, i);
    for (int i = 0; i < SESSIONS; i++) {
        assert_true(wait(&status) > 0);
        assert_int_equal(status, 0);
    }
    db = db_open(path, DB_READ, &e);
    assert_int_equal(db_int(db, 0, "SELECT count(*) FROM pragma_integrity_check WHERE integrity_check <> 'ok'", ""),
                     0);
    assert_int_equal(db_int(db, 0, "SELECT count(*) FROM mark NOT INDEXED", ""), SESSIONS * 40);
    db_close(&db);
}

CHECK(the_log_is_emptied_when_it_is_long)
{
    const char *path = sample_path(sample_folder(), "reading.db");
    struct state *s = marked_open(path);
    struct err e = ERR_INIT;
    char log[4096];
    struct stat st, before;
    off_t longest = 0;
    int emptied = 0;

    snprintf(log, sizeof log, "%s-wal", path);
    assert_int_equal(stat(path, &before), 0);
    for (int i = 0; i < 1000; i++) {
        char name[32];
        struct state_id id;

        snprintf(name, sizeof name, "%d.txt", i);
        id = marked_id(name, name);
        assert_true(state_set_flags(s, &id, name, STATE_READ, STATE_READ, &e));
        assert_true(state_settle(s, &e));
        assert_int_equal(stat(log, &st), 0);
        assert_true(st.st_size < 2 << 20);
        emptied += st.st_size < longest / 2;
        longest = st.st_size < longest / 2 ? 0 : st.st_size > longest ? st.st_size : longest;
    }
    assert_in_range(emptied, 2, 30); /* and not left as long as it was: then each mark would empty it */
    assert_int_equal(stat(path, &st), 0);
    assert_true(st.st_size > before.st_size); /* what was in the log */
    state_close(&s);
}

CHECK(a_damaged_state_is_kept_and_said)
{
    const char *path = sample_path(sample_folder(), "reading.db");
    struct state *s;
    char *aside = NULL, bytes[40] = {0};
    FILE *f = fopen(path, "w");

    fputs("garbage garbage garbage garbage garbage garbage garbage garbage garbage garbage", f);
    fclose(f);
    s = open_damaged(path, &aside);
    f = fopen(aside, "r");
    assert_non_null(f);
    assert_true(fread(bytes, 1, 15, f) == 15);
    fclose(f);
    assert_string_equal(bytes, "garbage garbage");
    free(aside);
    state_close(&s);
}

static bool holds(const char *page, size_t size, const void *bytes, size_t len)
{
    size_t at = 0;

    while (at + len <= size && memcmp(page + at, bytes, len) != 0)
        at++;
    return at + len <= size;
}

/* Overwrites the beginning of each page of an index or a table without row ids that holds these bytes. */
static void damage_pages(const char *path, const void *bytes, size_t len)
{
    enum { PAGE = 4096, LEAF = 10 };
    FILE *f = fopen(path, "r+");
    char page[PAGE];
    int damaged = 0;

    for (long at = 0; fseek(f, at, SEEK_SET) == 0 && fread(page, 1, PAGE, f) == PAGE; at += PAGE) {
        if (page[0] != LEAF || !holds(page, PAGE, bytes, len))
            continue;
        fseek(f, at, SEEK_SET);
        fputs("nothing of the kind", f);
        damaged++;
    }
    fclose(f);
    assert_true(damaged > 0);
}

static void overwrite_table(const char *path, const char *name)
{
    struct err e = ERR_INIT;
    struct db *db = db_open(path, DB_READ, &e);
    long root = (long)db_int(db, 0, "SELECT rootpage FROM sqlite_schema WHERE name = ?1", "t", name);
    FILE *f = fopen(path, "r+");

    db_close(&db);
    fseek(f, (root - 1) * 4096, SEEK_SET);
    fputs("nothing of the kind", f);
    fclose(f);
}

CHECK(what_can_be_read_of_a_damaged_state_is_taken_over)
{
    const char *path = sample_path(sample_folder(), "reading.db");
    struct state *s = marked_open(path);
    struct state_id id = marked_id("text", "a.txt");
    struct state_mark mark;
    struct err e = ERR_INIT;
    char *aside = NULL;

    assert_true(state_set_flags(s, &id, "a.txt", STATE_READ, STATE_READ, &e));
    assert_true(state_settle(s, &e));
    state_close(&s);
    overwrite_table(path, "self");
    s = open_damaged(path, &aside);
    assert_true(state_get(s, &id, &mark));
    assert_int_equal(mark.flags, STATE_READ);
    free(aside);
    state_close(&s);
}

/* Of a table with a damaged page all other pages are taken over, before it and behind it. */
CHECK(what_stands_around_the_damage_is_taken_over)
{
    enum { MARKS = 2000 };
    const char *path = sample_path(sample_folder(), "reading.db");
    struct state *s = marked_open(path);
    struct err e = ERR_INIT;
    struct state_id id;
    char *aside = NULL, name[16];
    int64_t first, last;

    assert_true(state_hold(s, &e));
    for (int i = 0; i < MARKS; i++) {
        snprintf(name, sizeof name, "%d", i);
        id = marked_id(name, name);
        assert_true(state_set_flags(s, &id, name, STATE_READ, STATE_READ, &e));
    }
    assert_true(state_let(s, &e) && tags_set(s, &id, name, "last", true, &e));
    state_close(&s);
    id = marked_id("1000", "1000");
    damage_pages(path, id.digest.byte, sizeof id.digest.byte);
    overwrite_table(path, "self");
    s = open_damaged(path, &aside);
    assert_in_range(db_int(state_db(s), 0, "SELECT count(*) FROM mark", ""), MARKS - 200, MARKS - 1);
    assert_int_equal(db_int(state_db(s), 0, "SELECT count(*) FROM entry", ""), MARKS);
    assert_true(tags_any(s));
    first = db_int(state_db(s), 0, "SELECT count(*) FROM mark WHERE digest < ?1", "b", (const void *)id.digest.byte,
                   sizeof id.digest.byte);
    last = db_int(state_db(s), 0, "SELECT count(*) FROM mark WHERE digest > ?1", "b", (const void *)id.digest.byte,
                  sizeof id.digest.byte);
    assert_true(first > 0 && last > 0);
    free(aside);
    state_close(&s);
}

/* What format 1 was: the reader's file of then, with a mark in it. */
static void make_format_1(const char *path, const struct state_id *id)
{
    struct err e = ERR_INIT;
    struct db *db = db_open(path, DB_WRITE | DB_CREATE, &e);

    assert_non_null(db);
    assert_true(db_exec(db, "PRAGMA journal_mode=WAL; PRAGMA application_id=1131705426; PRAGMA user_version=1;"
                            "CREATE TABLE self(name INT); INSERT INTO self VALUES(4711);"
                            "CREATE TABLE entry(seq INTEGER PRIMARY KEY AUTOINCREMENT, at INT, writer INT, kind INT,"
                            " digest BLOB, origin BLOB, locator TEXT, a INT, b INT);"
                            "CREATE TABLE mark(digest BLOB PRIMARY KEY, origin BLOB, flags INT, placed INT,"
                            " comment INT, offset INT, seq INT) WITHOUT ROWID;"
                            "CREATE INDEX mark_origin ON mark(origin, seq);"
                            "CREATE INDEX mark_seq ON mark(seq);"
                            "CREATE TABLE shelf(path TEXT PRIMARY KEY, opened INT) WITHOUT ROWID;"
                            "CREATE INDEX shelf_opened ON shelf(opened);"));
    assert_true(db_run(db, "INSERT INTO mark VALUES(?1, ?2, 2, 1, 3, 99, 1)", "bb",
                       (const void *)id->digest.byte, sizeof id->digest.byte, (const void *)id->origin.byte,
                       sizeof id->origin.byte));
    db_close(&db);
}

static void count_note(void *ctx, const struct notes_note *n)
{
    (void)n;
    ++*(int *)ctx;
}

CHECK(an_older_state_gets_what_it_lacks_and_keeps_what_it_has)
{
    const char *path = sample_path(sample_folder(), "reading.db");
    struct state_id id = marked_id("text", "a.txt");
    struct threads_kept none = {NULL, 0, NULL, 0}, kept;
    struct state_mark mark;
    struct err e = ERR_INIT;
    char words[] = "words", nothing[] = "";
    struct notes_note note = {.article = id, .end = 5, .words = words, .text = nothing};
    struct state *s;
    int round, notes = 0;

    make_format_1(path, &id);
    for (round = 0; round < 2; round++) {
        s = marked_open(path);
        assert_int_equal(state_name(s), 4711);
        assert_true(state_get(s, &id, &mark));
        assert_int_equal(mark.flags, STATE_STARRED);
        assert_int_equal(mark.offset, 99);
        assert_int_equal(threads_get(s, &id, &kept), round);
        threads_release(&kept);
        assert_true(threads_put(s, &id, &none, &e));
        assert_int_equal(repairs_last(s), 0);
        assert_int_equal(tags_any(s), round);
        assert_true(tags_set(s, &id, "a.txt", "work", true, &e));
        assert_true(notes_each(s, NULL, count_note, &notes, &e));
        assert_int_equal(notes, round);
        assert_true(notes_add(s, &note, &e));
        state_close(&s);
    }
}

/* Files beside the reading state at path whose names begin as its copies' do. */
static int copies(const char *path, char *last)
{
    glob_t found;
    char pattern[300];
    int count = 0;

    snprintf(pattern, sizeof pattern, "%s.format-*", path);
    if (glob(pattern, 0, NULL, &found) == 0) {
        count = (int)found.gl_pathc;
        snprintf(last, 300, "%s", found.gl_pathv[count - 1]);
        globfree(&found);
    }
    return count;
}

/* What format 4 was: seconds here and there, and the flags of a thread's comments in one run of bytes. */
static void make_format_4(const char *path, const struct state_id *id)
{
    const unsigned char flagged[] = {0, 0, 0, 0, 0, 0, 0, 7, 3, 1, 0, 0, 0, 0, 0, 0, 9, 12};
    struct err e = ERR_INIT;
    struct db *db;

    make_format_1(path, id);
    db = db_open(path, DB_WRITE, &e);
    assert_true(db_exec(db, threads_tables()) && db_exec(db, repairs_tables()) && db_exec(db, notes_tables()) &&
                db_exec(db, tags_tables()) && db_exec(db, "PRAGMA user_version=4"));
    assert_true(db_run(db, "INSERT INTO thread VALUES(?1, ?2, 1600000000, x'00000001', ?3)", "bbb",
                       (const void *)id->digest.byte, sizeof id->digest.byte, (const void *)id->origin.byte,
                       sizeof id->origin.byte, (const void *)flagged, sizeof flagged));
    assert_true(db_exec(db, "INSERT INTO hidden VALUES('', 'Bob', 1600000000);"
                            "INSERT INTO rule VALUES(NULL, 1600000000, 5, 0, 'a.example', 'headline', '', 'x', '');"
                            "INSERT INTO rule VALUES(NULL, 1600000000, 5, 0, 'a.example', 'headline', '', 'y', '')"));
    db_close(&db);
}

static void count_author(void *ctx, const char *author)
{
    assert_string_equal(author, "Bob");
    ++*(int *)ctx;
}

CHECK(format_4_is_copied_and_then_kept_in_the_form_of_today)
{
    const char *path = sample_path(sample_folder(), "reading.db");
    struct state_id id = marked_id("text", "a.txt");
    struct threads_kept kept;
    struct err e = ERR_INIT;
    char copy[300] = "";
    struct state *s;
    struct stat st;
    struct db *db;
    int hidden = 0;

    make_format_4(path, &id);
    s = marked_open(path);
    assert_true(threads_get(s, &id, &kept));
    assert_int_equal(kept.seen_count, 1);
    assert_int_equal(kept.flagged_count, 2);
    assert_true(kept.flagged[0].key == 7 && kept.flagged[0].flags == 3);
    assert_true(kept.flagged[1].key == ((uint64_t)1 << 56) + 9 && kept.flagged[1].flags == 12);
    threads_release(&kept);
    threads_each_hidden(s, "", count_author, &hidden);
    assert_int_equal(hidden, 1);
    assert_int_equal(db_int(state_db(s), 0, "SELECT count(DISTINCT at) FROM rule WHERE at > 1599999999999", ""), 2);
    assert_true(db_int(state_db(s), 0, "SELECT clock FROM self", "") >= 1600000000000);
    state_close(&s);
    assert_int_equal(copies(path, copy), 1);
    assert_non_null(strstr(copy, ".format-4-"));
    assert_int_equal(stat(copy, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    db = db_open(copy, DB_READ, &e);
    assert_int_equal(db_int(db, 0, "PRAGMA user_version", ""), 4);
    assert_int_equal(db_int(db, 0, "SELECT length(flagged) FROM thread", ""), 18);
    db_close(&db);
    /* Once: what is of today is not copied. */
    s = marked_open(path);
    state_close(&s);
    assert_int_equal(copies(path, copy), 1);
}

CHECK(the_last_copies_are_kept_and_no_more)
{
    const char *folder = sample_folder(), *path = sample_path(folder, "reading.db");
    struct state_id id = marked_id("text", "a.txt");
    char name[300], last[300] = "";
    struct state *s;

    make_format_4(path, &id);
    for (int i = 1; i <= STATE_FORMAT_COPIES + 2; i++) {
        snprintf(name, sizeof name, "%s.format-%d-2020010%d-000000", path, 9 - i, i);
        fclose(fopen(name, "w"));
    }
    s = marked_open(path);
    state_close(&s);
    assert_int_equal(copies(path, last), STATE_FORMAT_COPIES);
    snprintf(name, sizeof name, "%s.format-%d-2020010%d-000000", path, 9 - STATE_FORMAT_COPIES - 2,
             STATE_FORMAT_COPIES + 2);
    assert_int_equal(access(name, F_OK), 0); /* the newest of the old ones */
    snprintf(name, sizeof name, "%s.format-8-20200101-000000", path);
    assert_int_equal(access(name, F_OK), -1);
}

CHECK(a_state_that_cannot_be_copied_is_not_changed)
{
    const char *folder = sample_folder(), *path = sample_path(folder, "reading.db");
    struct state_id id = marked_id("text", "a.txt");
    struct rlimit limit, none;
    struct err e = ERR_INIT;
    char *aside = NULL, last[300];
    struct state *s;
    struct db *db;

    make_format_4(path, &id);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &limit), 0);
    signal(SIGXFSZ, SIG_IGN);
    none = limit;
    none.rlim_cur = 40000; /* a copy is longer */
    db = db_open(path, DB_WRITE, &e);
    db_exec(db, "CREATE TABLE filling(x); INSERT INTO filling VALUES(randomblob(60000))");
    db_close(&db);
    setrlimit(RLIMIT_FSIZE, &none);
    s = state_open(path, false, &aside, &e);
    setrlimit(RLIMIT_FSIZE, &limit);
    assert_null(s);
    assert_null(aside);
    assert_true(e.text[0]);
    assert_int_equal(copies(path, last), 0);
    db = db_open(path, DB_READ, &e);
    assert_int_equal(db_int(db, 0, "PRAGMA user_version", ""), 4);
    db_close(&db);
}

CHECK(a_state_of_a_later_version_is_left_alone)
{
    const char *path = sample_path(sample_folder(), "reading.db");
    struct state *s = marked_open(path);
    struct err e = ERR_INIT;
    char *aside = NULL;
    struct db *db;

    state_close(&s);
    db = db_open(path, DB_WRITE, &e);
    assert_true(db_exec(db, "PRAGMA user_version=1000"));
    db_close(&db);
    assert_null(state_open(path, false, &aside, &e));
    assert_null(aside);
    assert_non_null(strstr(e.text, "not a reading state that this version knows"));
    db = db_open(path, DB_READ, &e);
    assert_int_equal(db_int(db, 0, "PRAGMA user_version", ""), 1000);
    db_close(&db);
}

static int shown;

static void on_shelf(void *ctx, const char *path, int64_t opened)
{
    (void)ctx;
    assert_string_equal(path, shown == 0 ? "/new" : "/old");
    assert_int_equal(opened, shown == 0 ? 30 : 20);
    shown++;
}

CHECK(the_shelf_has_the_newest_first)
{
    struct state *s = marked_open(sample_path(sample_folder(), "reading.db"));
    struct err e = ERR_INIT;

    assert_true(state_opened(s, "/old", 10, &e));
    assert_true(state_opened(s, "/new", 30, &e));
    assert_true(state_opened(s, "/old", 20, &e));
    assert_true(state_shelf(s, on_shelf, NULL, &e));
    assert_int_equal(shown, 2);
    state_close(&s);
}

CHECK_MAIN(T(marks_come_back), T(marks_survive_another_name_and_another_content),
           T(a_killed_reader_loses_nothing_it_wrote), T(two_readers_at_once_both_keep_their_marks),
           T(a_session_that_ends_leaves_the_log_to_the_others), T(a_damaged_state_is_kept_and_said),
           T(what_can_be_read_of_a_damaged_state_is_taken_over), T(what_stands_around_the_damage_is_taken_over),
           T(an_older_state_gets_what_it_lacks_and_keeps_what_it_has),
           T(many_sessions_that_come_and_go_leave_the_state_whole), T(the_log_is_emptied_when_it_is_long),
           T(format_4_is_copied_and_then_kept_in_the_form_of_today),
           T(the_last_copies_are_kept_and_no_more), T(a_state_that_cannot_be_copied_is_not_changed),
           T(a_state_of_a_later_version_is_left_alone),
           T(the_shelf_has_the_newest_first))
