/* SPDX-License-Identifier: ISC */
/*
 * The whole program on a terminal, while the system refuses it something or what it reads is taken from under it: words
 * say what happened, the terminal is given back, and what was shown as done is there the next time.
 */
#include "../check.h"

#include "screen.h"

#include <fcntl.h>
#include <glob.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#include "store/db.h"

enum { LONG_LINES = 20000 };

static struct screen_drive drive;

/* Key by key. */
static void send(const char *keys)
{
    for (; *keys && drive.pid; keys++)
        screen_drive_send(&drive, keys, 1);
}

static bool shows(const char *text)
{
    struct buf row;
    bool found = false;

    buf_init(&row);
    for (int r = 0; r < drive.rows && !found; r++) {
        buf_clear(&row);
        screen_drive_row(&drive, r, &row);
        found = strstr(row.data, text) != NULL;
    }
    buf_release(&row);
    return found;
}

static void expect(const char *text)
{
    struct buf picture;

    while (!shows(text) && screen_drive_wait(&drive))
        continue;
    if (shows(text))
        return;
    buf_init(&picture);
    screen_drive_picture(&drive, &picture);
    fail_msg("no '%s':\n%s", text, picture.data);
}

/* The path in the home; valid until the next call. */
static const char *path_of(const char *name)
{
    static char path[400];

    snprintf(path, sizeof path, "%s/%s", drive.home, name);
    return path;
}

/* The one path in the home that matches; valid until the next call. */
static const char *find(const char *pattern)
{
    static char path[400];
    glob_t found;

    assert_int_equal(glob(path_of(pattern), 0, NULL, &found), 0);
    assert_int_equal(found.gl_pathc, 1);
    snprintf(path, sizeof path, "%s", found.gl_pathv[0]);
    globfree(&found);
    return path;
}

static void put(const char *name, const char *title, int lines)
{
    FILE *f = fopen(path_of(name), "w");

    assert_non_null(f);
    fprintf(f, "%s\nBy Jane Harrow\n1 March 2020\n", title);
    for (int i = 0; i < lines; i++)
        fprintf(f, "\nThe ferry runs twice a day from April, said the board in its paper of %d pages.\n", i);
    assert_int_equal(fclose(f), 0);
}

static void start(void)
{
    screen_drive_start(&drive);
    expect("3 articles");
}

/* Ends the program with the key for it; the terminal is as it was. */
static void check_end(int status)
{
    struct termios now;

    assert_true(screen_drive_ended(&drive));
    assert_int_equal(drive.status, status);
    assert_false(drive.alternate);
    assert_int_equal(tcgetattr(drive.master, &now), 0);
    assert_int_equal(now.c_lflag & (ECHO | ICANON | ISIG), ECHO | ICANON | ISIG);
}

/* The second start of the program on three articles, whose cache is one file then. */
static void begin(void)
{
    screen_drive_init(&drive);
    assert_int_equal(mkdir(path_of("press"), 0755), 0);
    put("press/a.txt", "Alpha Rises", 3);
    put("press/b.txt", "Beta Falls", 3);
    put("press/c.txt", "Gamma Is Long", LONG_LINES);
    buf_add(&drive.args, path_of("press"), strlen(path_of("press")) + 1);
    start();
    send("Q");
    check_end(0);
    start();
}

/* Ends the program, starts it again, and finds so many articles starred, which can be read. */
static void expect_starred_next_time(const char *count)
{
    send("Q");
    check_end(0);
    start();
    send("Fis:starred\r");
    expect(count);
    send("\r");
    expect("paper of 2");
    send("Q");
    check_end(0);
    screen_drive_release(&drive);
}

static void limit(enum __rlimit_resource resource, rlim_t most)
{
    struct rlimit r;

    assert_int_equal(prlimit(drive.pid, resource, NULL, &r), 0);
    r.rlim_cur = most < r.rlim_max ? most : r.rlim_max;
    assert_int_equal(prlimit(drive.pid, resource, &r, NULL), 0);
}

CHECK(memory_that_is_exhausted_gives_the_terminal_back)
{
#if CHECK_SANITIZED
    skip(); /* it takes its memory from the system in ways of its own */
#endif
    begin();
    send("gg*");
    expect("★");
    limit(RLIMIT_DATA, 1); /* nothing but what it has */
    send("G\r");
    for (int i = 0; drive.pid && i < 30; i++)
        send("q:set width 40\r\r");
    check_end(3);
    assert_non_null(strstr(drive.complaint.data, "cuttings: out of memory\n"));
    start();
    expect_starred_next_time("1 found");
}

CHECK(without_descriptors_one_reads_on)
{
    begin();
    send("gg*");
    expect("★");
    limit(RLIMIT_NOFILE, 3);
    send("j*\r");
    expect("paper of 2");
    send(":export article x\r");
    limit(RLIMIT_NOFILE, 1024);
    expect_starred_next_time("2 found");
}

CHECK(a_cache_that_is_deleted_is_made_again)
{
    static const char *const parts[] = {".cache/cuttings/*.db", ".cache/cuttings/*.db-wal", ".cache/cuttings/*.db-shm"};

    begin();
    send("gg*");
    expect("★");
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        assert_int_equal(unlink(find(parts[i])), 0);
    send("j*\r");
    expect("paper of 2");
    send("q");
    expect_starred_next_time("2 found");
}

/* What is read comes out of memory yet, or a fault is told in whatever words: nothing is lost either way. */
static void read_on(void)
{
    send("j\r");
    while (!shows("paper of 2") && !shows("damaged") && screen_drive_wait(&drive))
        continue;
    expect_starred_next_time("1 found");
}

CHECK(a_cache_that_is_emptied_while_one_reads_is_made_again)
{
    begin();
    send("gg*");
    expect("★");
    assert_int_equal(truncate(find(".cache/cuttings/*.db"), 0), 0);
    read_on();
}

CHECK(a_cache_that_is_written_over_while_one_reads_is_made_again)
{
    char junk[4096];
    struct stat st;
    int fd;

    begin();
    send("gg*");
    expect("★");
    memset(junk, 'x', sizeof junk);
    fd = open(find(".cache/cuttings/*.db"), O_WRONLY);
    assert_int_equal(fstat(fd, &st), 0);
    for (off_t at = 0; at < st.st_size; at += (off_t)sizeof junk)
        assert_int_equal(write(fd, junk, sizeof junk), sizeof junk);
    close(fd);
    read_on();
}

/* As where the clock was in 2100 when the last mark was made. */
CHECK(a_clock_that_was_set_back_undoes_no_mark)
{
    struct err e = ERR_INIT;
    struct db *db;

    begin();
    send("gg*");
    expect("★");
    db = db_open(find(".local/share/cuttings/reading.db"), DB_WRITE, &e);
    assert_non_null(db);
    assert_true(db_exec(db, "UPDATE entry SET at = 4102444800000"));
    assert_true(db_exec(db, "UPDATE self SET clock = 4102444800000"));
    db_close(&db);
    send("*");
    expect("star taken off");
    send("j*");
    expect("starred");
    expect_starred_next_time("1 found");
}

CHECK_MAIN(T(memory_that_is_exhausted_gives_the_terminal_back), T(without_descriptors_one_reads_on),
           T(a_cache_that_is_deleted_is_made_again), T(a_cache_that_is_emptied_while_one_reads_is_made_again),
           T(a_cache_that_is_written_over_while_one_reads_is_made_again), T(a_clock_that_was_set_back_undoes_no_mark))
