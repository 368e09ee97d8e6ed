/* SPDX-License-Identifier: ISC */
/* What happens to a cache when indexing is cut short, or the corpus moves under it: it is sound, and whole in
 * the end. */
#include "../check.h"

#include "fake.h"
#include "whole.h"

#include "base/buf.h"
#include "corpus/check.h"

#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

enum { FILES = 120, RECORDS = 40 };

static void say(void *ctx, const char *text)
{
    (void)ctx;
    print_message("%s\n", text);
}

/* Whether all tables of the cache say the same; files that are not indexed yet are none of its faults. */
static void is_sound(void)
{
    const char *paths[] = {world_corpus()};
    struct corpus_check check;
    struct err e = ERR_INIT;

    if (!corpus_check(paths, 1, NULL, &check, say, say, NULL, &e))
        fail_msg("%s", e.text);
    assert_int_equal(check.damage, 0);
}

static long count(struct corpus *c, const char *query)
{
    struct corpus_view *v;
    struct err e = ERR_INIT;
    long total, unread;

    assert_true(corpus_view_new(c, query, CORPUS_BY_FILE, false, &v, &e));
    corpus_view_counts(v, &total, &unread);
    corpus_view_free(&v);
    return total;
}

/* A dump in which each record has a word of the round, and files beside it of which each round changes some,
 * moves some and removes some. */
static void put_round(int round)
{
    struct buf dump;
    char name[40], text[200];
    int i;

    buf_init(&dump);
    for (i = 0; i < RECORDS + round; i++)
        buf_add_fmt(&dump, "{\"text\": \"D%d\\nSome words of round%d here.\"}\n", i, i % 3 ? round : 0);
    world_put("dump.jsonl", dump.data);
    buf_release(&dump);
    for (i = 0; i < FILES; i++) {
        snprintf(name, sizeof name, "%03d.txt", i);
        snprintf(text, sizeof text, "T%03d\nDATE 2020-01-02\nSome words of round%d here.\n", i,
                 i % 4 ? 0 : round);
        if (i % 4 == 0 || round == 0)
            world_put(name, text);
    }
}

/* Indexes in a process of its own, which is killed when it has parsed that many records. */
static void index_and_kill(int after)
{
    int ends[2], status, k;
    pid_t pid;

    assert_int_equal(pipe(ends), 0);
    pid = fork();
    if (pid == 0) {
        struct corpus *c;

        fake_report_to(ends[1]);
        c = whole_open();
        corpus_close(&c);
        _exit(0);
    }
    close(ends[1]);
    for (k = 0; k < after && world_wait(ends[0]); k++)
        ;
    kill(pid, SIGKILL);
    waitpid(pid, &status, 0);
    close(ends[0]);
}

CHECK(a_cache_killed_while_it_follows_changes_is_sound)
{
    struct corpus *c;
    int round, turn;

    for (round = 0; round < 4; round++) {
        put_round(round);
        for (turn = 0; turn < 5; turn++) {
            index_and_kill(1 + turn * 17 + round * 5);
            c = NULL;
            is_sound();
        }
        c = whole_open();
        assert_int_equal(count(c, NULL), FILES + RECORDS + round);
        assert_int_equal(count(c, "words"), FILES + RECORDS + round);
        if (round)
            assert_int_equal(count(c, round == 1   ? "round1"
                                      : round == 2 ? "round2"
                                                   : "round3"),
                             FILES / 4 + (RECORDS + round) - (RECORDS + round + 2) / 3);
        corpus_close(&c);
        is_sound();
    }
}

static int first_parsed; /* a pipe's end */

/* Writes more into the dump as soon as its first record has been parsed. */
static void *change(void *ctx)
{
    FILE *f;

    (void)ctx;
    if (world_wait(first_parsed)) {
        f = fopen(world_path("press/dump.jsonl"), "a");
        if (f) {
            fprintf(f, "{\"text\": \"Late\\nCame while it was read.\"}\n");
            fclose(f);
        }
    }
    return NULL;
}

CHECK(a_file_that_changes_while_it_is_read_is_whole_in_the_end)
{
    struct corpus *c;
    pthread_t thread;
    int ends[2];

    put_round(0);
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(fcntl(ends[1], F_SETFL, O_NONBLOCK), 0);
    first_parsed = ends[0];
    fake_report_to(ends[1]);
    assert_int_equal(pthread_create(&thread, NULL, change, NULL), 0);
    c = whole_open();
    corpus_close(&c);
    pthread_join(thread, NULL);
    fake_report_to(-1);
    close(ends[0]);
    close(ends[1]);
    is_sound();
    c = whole_open();
    assert_int_equal(count(c, NULL), FILES + RECORDS + 1);
    assert_int_equal(count(c, "late"), 1);
    corpus_close(&c);
    is_sound();
}

CHECK(two_writers_leave_one_sound_cache)
{
    struct corpus *c;
    int i, status, round;

    for (round = 0; round < 2; round++) {
        put_round(round);
        for (i = 0; i < 3; i++) {
            if (fork() == 0) {
                c = whole_open();
                corpus_close(&c);
                _exit(0);
            }
        }
        for (i = 0; i < 3; i++) {
            wait(&status);
            assert_int_equal(status, 0);
        }
        c = whole_open();
        assert_int_equal(count(c, NULL), FILES + RECORDS + round);
        corpus_close(&c);
        is_sound();
    }
}

CHECK_MAIN(W(a_cache_killed_while_it_follows_changes_is_sound),
           W(a_file_that_changes_while_it_is_read_is_whole_in_the_end), W(two_writers_leave_one_sound_cache))
