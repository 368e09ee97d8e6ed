/* SPDX-License-Identifier: ISC */
#include "../check.h"

#include "fake.h"
#include "whole.h"

#include "base/mem.h"
#include "store/db.h"

#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static struct corpus *open_with(struct corpus_options o)
{
    const char *paths[] = {world_corpus()};
    struct err e = ERR_INIT;
    struct corpus *c;

    if (o.foreground)
        o.wake = -1;
    if (!corpus_open(&c, paths, 1, &o, &e))
        fail_msg("%s", e.text);
    return c;
}

static const char *titles(struct corpus *c)
{
    return whole_found(c, NULL, CORPUS_BY_DATE, false);
}

CHECK(a_folder_is_listed_in_every_order)
{
    struct corpus *c;

    whole_put_three();
    c = whole_open();
    assert_string_equal(corpus_name(c), "press");
    assert_string_equal(titles(c), "*Beta|*Alpha|*Gamma");
    assert_string_equal(whole_found(c, NULL, CORPUS_BY_DATE, true), "*Gamma|*Alpha|*Beta");
    assert_string_equal(whole_found(c, NULL, CORPUS_BY_TITLE, false), "*Alpha|*Beta|*Gamma");
    assert_string_equal(whole_found(c, NULL, CORPUS_BY_LENGTH, false), "*Gamma|*Alpha|*Beta");
    assert_string_equal(whole_found(c, NULL, CORPUS_BY_COMMENTS, false), "*Beta|*Alpha|*Gamma");
    assert_string_equal(whole_found(c, NULL, CORPUS_BY_FILE, true), "*Gamma|*Beta|*Alpha");
    assert_null(corpus_notice(c));
    corpus_close(&c);
}

CHECK(a_known_corpus_is_not_read_again)
{
    struct corpus_progress p;
    struct corpus *c;
    long before;

    whole_put_three();
    c = whole_open();
    corpus_close(&c);
    before = fake_parsed();
    c = whole_open();
    corpus_poll(c, &p);
    assert_false(p.running);
    assert_int_equal(p.files_seen, 3);
    assert_int_equal(p.records, 0);
    assert_int_equal(fake_parsed(), before);
    assert_string_equal(titles(c), "*Beta|*Alpha|*Gamma");
    corpus_close(&c);
}

CHECK(a_known_maildir_is_not_read_again)
{
    struct corpus_progress p;
    struct corpus *c;

    assert_int_equal(mkdir(world_path("press/cur"), 0700), 0);
    assert_int_equal(mkdir(world_path("press/new"), 0700), 0);
    assert_int_equal(mkdir(world_path("press/tmp"), 0700), 0);
    world_put("cur/1:2,S", "From: a@y.example\nSubject: Alpha\n\nText of a.\n");
    c = whole_open();
    corpus_poll(c, &p);
    assert_int_equal(p.added, 1);
    corpus_close(&c);
    c = whole_open();
    corpus_poll(c, &p);
    assert_int_equal(p.files_seen, 1);
    assert_int_equal(p.records, 0);
    corpus_close(&c);
}

/* How many faults the cache lists. */
static int64_t faults_kept(void)
{
    struct err e = ERR_INIT;
    struct db *db = db_open(world_find(".cache/cuttings/*.db"), DB_READ, &e);
    int64_t count = db_int(db, -1, "SELECT count(*) FROM fault", "");

    db_close(&db);
    return count;
}

CHECK(what_was_wrong_with_a_file_is_forgotten_when_it_is_read_again)
{
    struct corpus *c;

    world_put("a.gz", "\x1F\x8B\x08 cut short");
    c = whole_open();
    corpus_close(&c);
    assert_int_equal(faults_kept(), 1);
    world_put("a.gz", "Alpha\nText of a, in plain words.\n");
    c = whole_open();
    corpus_close(&c);
    assert_int_equal(faults_kept(), 0);
}

CHECK(new_changed_moved_and_removed_files_are_taken_up)
{
    struct corpus_progress p;
    struct corpus *c;
    long before;
    int64_t id, beta;
    struct err e = ERR_INIT;

    whole_put_three();
    c = whole_open();
    id = corpus_find(c, "a.txt", &e);
    beta = corpus_find(c, "b.txt", &e);
    corpus_close(&c);
    world_put("b.txt", "Beta two\nDATE 2021-01-02\nOther text.\n");
    world_put("d.txt", "Delta\nDATE 2022-01-01\nNew.\n");
    assert_int_equal(rename(world_path("press/a.txt"), world_path("press/z.txt")), 0);
    assert_int_equal(unlink(world_path("press/c.txt")), 0);
    before = fake_parsed();
    c = whole_open();
    corpus_poll(c, &p);
    assert_int_equal(p.moved, 1);
    assert_int_equal(p.removed, 1);
    assert_int_equal(p.added, 1);
    assert_int_equal(fake_parsed() - before, 2);
    assert_string_equal(titles(c), "*Delta|*Beta two|*Alpha");
    assert_int_equal(corpus_find(c, "z.txt", &e), id);
    assert_int_equal(corpus_find(c, "b.txt", &e), beta);
    assert_int_equal(corpus_find(c, "a.txt", &e), 0);
    assert_int_equal(e.status, ERR_NOMATCH);
    corpus_close(&c);
}

CHECK(windows_rows_numbers_and_unread_agree)
{
    struct corpus_row rows[10];
    struct corpus_view *v;
    struct corpus *c;
    struct err e = ERR_INIT;
    char name[20], text[80];
    int64_t ids[30];
    long total, unread;
    int i, n, reverse;

    for (i = 0; i < 30; i++) {
        snprintf(name, sizeof name, "%02d.txt", i);
        snprintf(text, sizeof text, "T%02d\nDATE 2020-01-%02d\nx\n", i, 30 - i);
        world_put(name, text);
    }
    c = whole_open();
    for (reverse = 0; reverse < 2; reverse++) {
        assert_true(corpus_view_new(c, "", CORPUS_BY_DATE, reverse, &v, &e));
        for (i = 0; i < 30; i++) {
            n = corpus_view_rows(v, CORPUS_NUMBER, i + 1, rows, 1);
            assert_int_equal(n, 1);
            ids[i] = rows[0].id;
            corpus_row_release(rows);
            assert_int_equal(corpus_view_number(v, ids[i]), i + 1);
        }
        n = corpus_view_rows(v, CORPUS_AFTER, ids[9], rows, 10);
        assert_int_equal(n, 10);
        for (i = 0; i < n; i++) {
            assert_int_equal(rows[i].id, ids[10 + i]);
            corpus_row_release(&rows[i]);
        }
        n = corpus_view_rows(v, CORPUS_BEFORE, ids[5], rows, 10);
        assert_int_equal(n, 5);
        for (i = 0; i < n; i++) {
            assert_int_equal(rows[i].id, ids[i]);
            corpus_row_release(&rows[i]);
        }
        n = corpus_view_rows(v, CORPUS_LAST, 0, rows, 3);
        assert_int_equal(n, 3);
        for (i = 0; i < n; i++) {
            assert_int_equal(rows[i].id, ids[27 + i]);
            corpus_row_release(&rows[i]);
        }
        n = corpus_view_rows(v, CORPUS_AT, ids[29], rows, 3);
        assert_int_equal(n, 1);
        corpus_row_release(rows);
        assert_int_equal(corpus_view_rows(v, CORPUS_AFTER, ids[29], rows, 3), 0);
        assert_int_equal(corpus_view_number(v, 4711), 0);
        assert_int_equal(corpus_view_unread(v, ids[3], 1), ids[4]);
        assert_int_equal(corpus_view_unread(v, ids[3], -1), ids[2]);
        corpus_set_read(c, ids[4], true);
        corpus_set_read(c, ids[2], true);
        assert_int_equal(corpus_view_unread(v, ids[3], 1), ids[5]);
        assert_int_equal(corpus_view_unread(v, ids[3], -1), ids[1]);
        assert_int_equal(corpus_view_unread(v, ids[29], 1), 0);
        assert_int_equal(corpus_view_unread(v, ids[0], -1), 0);
        corpus_view_counts(v, &total, &unread);
        assert_int_equal(total, 30);
        assert_int_equal(unread, 28);
        corpus_set_read(c, ids[4], false);
        corpus_set_read(c, ids[2], false);
        corpus_view_counts(v, &total, &unread);
        assert_int_equal(unread, 30);
        corpus_view_free(&v);
    }
    corpus_close(&c);
}

CHECK(marks_survive_a_new_cache_a_moved_file_and_a_changed_one)
{
    struct corpus_place place;
    struct corpus_row row;
    struct corpus *c;
    struct err e = ERR_INIT;
    int64_t id;

    whole_put_three();
    c = whole_open();
    id = corpus_find(c, "a.txt", &e);
    corpus_set_read(c, id, true);
    corpus_set_starred(c, id, true);
    corpus_set_place(c, id, (struct corpus_place){0, 7});
    corpus_set_read(c, corpus_find(c, "b.txt", &e), true);
    assert_string_equal(titles(c), "Beta|Alpha|*Gamma");
    corpus_close(&c);
    c = whole_open();
    assert_string_equal(titles(c), "Beta|Alpha|*Gamma");
    corpus_close(&c);

    world_remove(".cache");
    assert_int_equal(rename(world_path("press/a.txt"), world_path("press/renamed.txt")), 0);
    world_put("b.txt", "Beta\nDATE 2021-01-02\nCorrected text of b.\n");
    c = whole_open();
    assert_string_equal(titles(c), "Beta|Alpha|*Gamma");
    id = corpus_find(c, "renamed.txt", &e);
    assert_true(corpus_facts(c, id, &row, &e));
    assert_true(row.starred);
    corpus_row_release(&row);
    assert_true(corpus_get_place(c, id, &place));
    assert_int_equal(place.offset, 7);
    corpus_close(&c);
}

CHECK(an_article_is_read_from_the_cache)
{
    struct corpus *c;
    struct article a;
    struct err e = ERR_INIT;
    char *text;

    whole_put_three();
    c = whole_open();
    article_init(&a);
    assert_true(corpus_article(c, corpus_find(c, "b.txt", &e), &a, &text, &e));
    assert_string_equal(a.title, "Beta");
    assert_int_equal(a.comment_count, 1);
    assert_true(article_check(&a));
    article_release(&a);
    free(text);
    assert_false(corpus_article(c, 999, &a, &text, &e));
    assert_int_equal(e.status, ERR_NOMATCH);
    article_release(&a);
    corpus_close(&c);
}

CHECK(what_is_no_corpus_is_said)
{
    static const char *const missing[] = {"/nonexistent/corpus"}, *const device[] = {"/dev/null"};
    struct corpus_options o = {.wake = -1};
    struct err e = ERR_INIT;
    struct corpus *c;

    assert_false(corpus_open(&c, missing, 1, &o, &e));
    assert_int_equal(e.status, ERR_IO);
    assert_string_equal(e.text, "cannot open '/nonexistent/corpus': No such file or directory");
    err_clear(&e);
    assert_false(corpus_open(&c, device, 1, &o, &e));
    assert_int_equal(e.status, ERR_IO);
}

static const char *cache_of(void)
{
    return world_find(".cache/cuttings/*.db");
}

CHECK(the_cache_is_private_and_named_after_the_corpus)
{
    struct corpus *c;
    struct stat st;

    whole_put_three();
    c = whole_open();
    assert_non_null(strstr(cache_of(), "/cuttings/press-"));
    assert_int_equal(stat(cache_of(), &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    corpus_close(&c);
}

CHECK(a_closed_cache_is_one_file_that_stands_alone)
{
    char log[4096];
    struct corpus *c;

    whole_put_three();
    c = whole_open();
    corpus_close(&c);
    snprintf(log, sizeof log, "%s-wal", cache_of());
    assert_int_equal(access(cache_of(), F_OK), 0);
    assert_int_not_equal(access(log, F_OK), 0);
    c = open_with((struct corpus_options){.wake = -1});
    corpus_close(&c);
    assert_int_not_equal(access(log, F_OK), 0);
}

CHECK(a_damaged_cache_is_made_again)
{
    struct corpus *c;

    whole_put_three();
    c = whole_open();
    corpus_close(&c);
    world_damage(cache_of(), 0, "no database", 11);
    c = whole_open();
    assert_non_null(strstr(corpus_notice(c), "damaged"));
    assert_string_equal(titles(c), "*Beta|*Alpha|*Gamma");
    corpus_close(&c);
}

/* The head is well, the rest is not: found only when it is used. */
CHECK(damage_inside_the_cache_is_healed_too)
{
    enum { PAGE = 16384 };
    struct corpus *c;
    struct corpus_progress p;
    struct stat st;
    const char *notice;
    char *junk;
    int ends[2];

    whole_put_three();
    c = whole_open();
    corpus_close(&c);
    assert_int_equal(stat(cache_of(), &st), 0);
    junk = malloc((size_t)st.st_size);
    memset(junk, 0x5A, (size_t)st.st_size);
    world_damage(cache_of(), PAGE, junk, (size_t)st.st_size - PAGE);
    free(junk);
    assert_int_equal(pipe(ends), 0);
    c = open_with((struct corpus_options){.wake = ends[1]});
    /* Each byte is news; the last news is that all is there again. */
    do {
        assert_true(world_wait(ends[0]));
        corpus_poll(c, &p);
    } while (strcmp(titles(c), "*Beta|*Alpha|*Gamma") != 0);
    notice = corpus_notice(c);
    assert_non_null(notice);
    assert_non_null(strstr(notice, "damaged"));
    corpus_close(&c);
    close(ends[0]);
    close(ends[1]);
}

static bool reads(struct corpus *c, const char *name, struct err *e)
{
    struct article a;
    char *text;
    bool ok;

    article_init(&a);
    ok = corpus_article(c, corpus_find(c, name, e), &a, &text, e);
    article_release(&a);
    free(text);
    return ok;
}

CHECK(an_article_that_is_damaged_has_the_cache_made_again)
{
    struct err e = ERR_INIT;
    struct corpus_progress p;
    struct corpus *c;
    struct db *db;
    int ends[2];

    whole_put_three();
    c = whole_open();
    corpus_close(&c);
    db = db_open(cache_of(), DB_WRITE, &e);
    assert_true(db && db_exec(db, "UPDATE body SET data = x'5A5A5A5A'"));
    db_close(&db);
    assert_int_equal(pipe(ends), 0);
    c = open_with((struct corpus_options){.wake = ends[1]});
    assert_false(reads(c, "a.txt", &e));
    assert_non_null(strstr(e.text, "is damaged in the cache"));
    do {
        assert_true(world_wait(ends[0]));
        corpus_poll(c, &p);
    } while (!reads(c, "a.txt", &e));
    assert_non_null(strstr(corpus_notice(c), "the cache was damaged and is made again"));
    assert_string_equal(titles(c), "*Beta|*Alpha|*Gamma");
    corpus_close(&c);
    close(ends[0]);
    close(ends[1]);
}

CHECK(without_a_place_for_the_cache_reading_goes_on_in_memory)
{
    struct corpus *c;
    const char *notice;

    whole_put_three();
    /* A file where the folder should be: root is refused, too. */
    fclose(fopen(world_path(".cache"), "w"));
    c = whole_open();
    notice = corpus_notice(c);
    assert_non_null(notice);
    assert_non_null(strstr(notice, "memory"));
    assert_string_equal(titles(c), "*Beta|*Alpha|*Gamma");
    corpus_close(&c);
}

CHECK(memory_alone_leaves_no_file)
{
    struct corpus *c;
    struct err e = ERR_INIT;

    whole_put_three();
    c = open_with((struct corpus_options){.foreground = true, .memory = true});
    assert_string_equal(titles(c), "*Beta|*Alpha|*Gamma");
    corpus_set_read(c, corpus_find(c, "a.txt", &e), true);
    assert_string_equal(titles(c), "*Beta|Alpha|*Gamma");
    corpus_close(&c);
    /* Only the corpus is in the home. */
    assert_int_equal(unlink(world_path("press/a.txt")) + unlink(world_path("press/b.txt")), 0);
    assert_int_equal(unlink(world_path("press/c.txt")), 0);
    assert_int_equal(rmdir(world_corpus()), 0);
    assert_int_equal(rmdir(world_path("")), 0);
    assert_int_equal(mkdir(world_path(""), 0700), 0);
}

CHECK(a_damaged_reading_state_is_set_aside_with_a_notice)
{
    struct corpus *c;
    const char *notice;
    struct err e = ERR_INIT;
    struct stat st;

    whole_put_three();
    c = whole_open();
    corpus_set_read(c, corpus_find(c, "a.txt", &e), true);
    corpus_close(&c);
    world_damage(".local/share/cuttings/reading.db", 0, "no database", 11);
    c = whole_open();
    notice = corpus_notice(c);
    assert_non_null(notice);
    assert_non_null(strstr(notice, "reading state was damaged"));
    corpus_set_read(c, corpus_find(c, "b.txt", &e), true);
    corpus_close(&c);
    assert_int_equal(stat(world_find(".local/share/cuttings/reading.db.damaged-*"), &st), 0);
    assert_int_equal(stat(world_path(".local/share/cuttings/reading.db"), &st), 0);
}

static int shelf_count;

static void on_shelf(void *ctx, const char *path, int64_t opened)
{
    (void)ctx;
    assert_string_equal(path, world_corpus());
    assert_true(opened > 0);
    shelf_count++;
}

CHECK(what_was_opened_is_on_the_shelf)
{
    struct err e = ERR_INIT;
    struct corpus *c;

    assert_true(corpus_shelf(on_shelf, NULL, &e));
    assert_int_equal(shelf_count, 0);
    whole_put_three();
    c = whole_open();
    corpus_close(&c);
    assert_true(corpus_shelf(on_shelf, NULL, &e));
    assert_int_equal(shelf_count, 1);
}

CHECK(articles_of_an_older_parser_are_parsed_again_without_their_files)
{
    struct corpus_progress p;
    struct corpus *c;
    struct err e = ERR_INIT;
    struct db *db;
    long before;
    int64_t id;

    whole_put_three();
    c = whole_open();
    id = corpus_find(c, "a.txt", &e);
    corpus_set_read(c, id, true);
    corpus_close(&c);
    db = db_open(cache_of(), DB_WRITE, &e);
    assert_true(db_exec(db, "UPDATE meta SET value = 0 WHERE name = 'parser'; UPDATE article SET parser = 0,"
                            " title = 'stale'; UPDATE file SET name = name"));
    db_close(&db);
    before = fake_parsed();
    c = whole_open();
    corpus_poll(c, &p);
    assert_int_equal(fake_parsed() - before, 3);
    assert_int_equal(p.bytes_done, 0);
    assert_string_equal(titles(c), "*Beta|Alpha|*Gamma");
    assert_int_equal(corpus_find(c, "a.txt", &e), id);
    corpus_close(&c);
}

static long count_all(struct corpus *c, long *unread)
{
    struct corpus_view *v;
    struct err e = ERR_INIT;
    long total;

    assert_true(corpus_view_new(c, NULL, CORPUS_BY_FILE, false, &v, &e));
    corpus_view_counts(v, &total, unread);
    corpus_view_free(&v);
    return total;
}

/* Killed at some record of indexing, again and again: in the end everything is there once. */
CHECK(indexing_killed_goes_on_where_it_was)
{
    char name[20], text[80];
    struct corpus *c;
    long unread;
    int i, k, status, ends[2];
    pid_t pid;

    for (i = 0; i < 700; i++) {
        snprintf(name, sizeof name, "%03d.txt", i);
        snprintf(text, sizeof text, "T%03d\nDATE 2020-01-02\nSome words here.\n", i);
        world_put(name, text);
    }
    for (i = 0; i < 8; i++) {
        assert_int_equal(pipe(ends), 0);
        pid = fork();
        if (pid == 0) {
            fake_report_to(ends[1]);
            c = whole_open();
            corpus_close(&c);
            _exit(0);
        }
        close(ends[1]);
        for (k = 0; k < 20 + 43 * i && world_wait(ends[0]); k++)
            ;
        kill(pid, SIGKILL);
        waitpid(pid, &status, 0);
        close(ends[0]);
    }
    c = whole_open();
    assert_int_equal(count_all(c, &unread), 700);
    assert_int_equal(unread, 700);
    corpus_close(&c);
}

CHECK(two_programs_on_one_corpus_index_it_once)
{
    char name[20], text[80];
    struct corpus *c;
    long unread;
    int i, status;

    for (i = 0; i < 200; i++) {
        snprintf(name, sizeof name, "%03d.txt", i);
        snprintf(text, sizeof text, "T%03d\nSome words here.\n", i);
        world_put(name, text);
    }
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
    assert_int_equal(count_all(c, &unread), 200);
    corpus_close(&c);
}

/* A script must not wait for a reader who is not going to leave. */
CHECK(a_corpus_that_is_being_read_can_be_opened_again)
{
    struct corpus *one, *two;

    whole_put_three();
    alarm(60);
    one = open_with((struct corpus_options){.wake = -1, .foreground = true});
    world_put("delta.txt", "Delta\nSome words here.\n");
    two = whole_open();
    assert_non_null(strstr(titles(two), "Delta"));
    corpus_close(&two);
    corpus_close(&one);
    alarm(0);
}

static struct corpus *open_path(const char *path, const char *cache)
{
    struct corpus_options o = {.foreground = true, .cache = cache, .wake = -1};
    struct err e = ERR_INIT;
    struct corpus *c;

    if (!corpus_open(&c, &path, 1, &o, &e))
        fail_msg("%s", e.text);
    return c;
}

CHECK(a_catalogue_stands_alone)
{
    const char *published = world_path("catalogue");
    struct corpus_progress p;
    struct corpus_view *v;
    struct corpus *c, *second, *both;
    struct err e = ERR_INIT;
    struct stat before, after;
    long total, unread;

    whole_put_three();
    c = open_path(world_corpus(), published);
    /* What its publisher read is nobody else's. */
    corpus_set_read(c, corpus_find(c, "c.txt", &e), true);
    corpus_close(&c);
    world_remove("press");
    assert_int_equal(mkdir(world_corpus(), 0755), 0);
    world_remove(".local");
    assert_int_equal(stat(published, &before), 0);

    c = open_path(published, NULL);
    second = open_path(published, NULL);
    assert_string_equal(titles(c), "*Beta|*Alpha|*Gamma");
    assert_string_equal(corpus_name(c), "catalogue");
    /* Named twice it is still one. */
    assert_true(corpus_open(&both, (const char *const[]){published, published}, 2,
                            &(struct corpus_options){.wake = -1}, &e));
    assert_string_equal(titles(both), "*Beta|*Alpha|*Gamma");
    corpus_close(&both);
    corpus_set_read(c, corpus_find(c, "a.txt", &e), true);
    corpus_poll(c, &p);
    assert_false(p.running);
    assert_string_equal(titles(c), "*Beta|Alpha|*Gamma");
    assert_true(corpus_view_new(c, NULL, CORPUS_BY_DATE, false, &v, &e));
    corpus_view_counts(v, &total, &unread);
    assert_int_equal(total, 3);
    assert_int_equal(unread, 2);
    corpus_view_free(&v);
    assert_true(corpus_view_new(c, "text NOT longer", CORPUS_BY_DATE, false, &v, &e));
    assert_true(corpus_view_search(v, 1000, -1));
    corpus_view_counts(v, &total, &unread);
    assert_int_equal(total, 2);
    corpus_view_free(&v);
    corpus_close(&second);
    corpus_close(&c);

    c = open_path(published, NULL);
    assert_string_equal(titles(c), "*Beta|Alpha|*Gamma");
    corpus_close(&c);
    assert_int_equal(stat(published, &after), 0);
    assert_int_equal(before.st_mtim.tv_nsec, after.st_mtim.tv_nsec);
}

CHECK(what_is_there_is_shown_before_changes_are_looked_for)
{
    struct corpus_progress p;
    struct corpus *c;
    int ends[2];
    char byte;

    assert_int_equal(pipe(ends), 0);
    whole_put_three();
    c = open_with((struct corpus_options){.later = true, .wake = ends[1]});
    corpus_poll(c, &p);
    assert_true(p.running);
    assert_int_equal(p.files_seen, 0);
    assert_string_equal(titles(c), "");
    corpus_close(&c);
    c = open_with((struct corpus_options){.later = true, .wake = ends[1]});
    corpus_index(c);
    corpus_index(c);
    while (corpus_poll(c, &p), p.running)
        assert_int_equal(read(ends[0], &byte, 1), 1);
    assert_int_equal(p.added, 3);
    assert_string_equal(titles(c), "*Beta|*Alpha|*Gamma");
    corpus_close(&c);
    close(ends[0]);
    close(ends[1]);
}

static int gate[2]; /* what a parser waits at */
static int passed;

/* The second record from now on waits; not for ever, so that a fault fails instead of standing still. */
static void wait_at_gate(void)
{
    struct pollfd in = {.fd = gate[0], .events = POLLIN};

    if (passed++ == 1)
        poll(&in, 1, 20000);
}

/* While a record is parsed for a long time the transaction of those before it is open, and nothing else is begun in it:
 * the mark is copied when that has ended. */
CHECK(a_mark_made_while_a_record_is_being_parsed_reaches_the_cache)
{
    static const char marked[] = "SELECT count(*) FROM article WHERE flags <> 0";
    struct err e = ERR_INIT;
    struct corpus_row row;
    struct corpus_view *v;
    struct corpus *c;
    struct db *db;
    const char *notice = NULL;
    int turns;

    assert_int_equal(pipe(gate), 0);
    whole_put_three();
    c = whole_open();
    corpus_close(&c);
    world_put("d.txt", "Delta\nText of d.\n");
    world_put("e.txt", "Epsilon\nText of e.\n");
    db = db_open(world_find(".cache/cuttings/*.db"), DB_READ, &e);
    assert_int_equal(db_int(db, -1, marked, ""), 0);
    passed = 0;
    fake_inside(wait_at_gate);
    c = open_with((struct corpus_options){.wake = -1});
    assert_true(corpus_view_new(c, NULL, CORPUS_BY_DATE, false, &v, &e));
    assert_int_equal(corpus_view_rows(v, CORPUS_FIRST, 0, &row, 1), 1);
    corpus_set_starred(c, row.id, true);
    corpus_row_release(&row);
    corpus_view_free(&v);
    for (turns = 0; turns < 3000 && db_int(db, -1, marked, "") == 0 && !(notice = corpus_notice(c)); turns++)
        poll(NULL, 0, 10); /* nothing tells that a mark was copied */
    assert_null(notice);
    assert_int_equal(db_int(db, -1, marked, ""), 1);
    assert_int_equal(write(gate[1], "", 1), 1);
    corpus_close(&c);
    fake_inside(NULL);
    db_close(&db);
    close(gate[0]);
    close(gate[1]);
}

CHECK(an_empty_folder_is_an_empty_list)
{
    struct corpus *c = whole_open();

    assert_string_equal(titles(c), "");
    corpus_close(&c);
}

CHECK_MAIN(W(a_folder_is_listed_in_every_order), W(a_known_corpus_is_not_read_again),
           W(a_known_maildir_is_not_read_again),
           W(what_was_wrong_with_a_file_is_forgotten_when_it_is_read_again),
           W(new_changed_moved_and_removed_files_are_taken_up), W(windows_rows_numbers_and_unread_agree),
           W(marks_survive_a_new_cache_a_moved_file_and_a_changed_one),
           W(an_article_is_read_from_the_cache),
           W(what_is_no_corpus_is_said), W(the_cache_is_private_and_named_after_the_corpus),
           W(a_closed_cache_is_one_file_that_stands_alone), W(a_damaged_cache_is_made_again),
           W(damage_inside_the_cache_is_healed_too),
           W(an_article_that_is_damaged_has_the_cache_made_again),
           W(without_a_place_for_the_cache_reading_goes_on_in_memory), W(memory_alone_leaves_no_file),
           W(a_damaged_reading_state_is_set_aside_with_a_notice), W(what_was_opened_is_on_the_shelf),
           W(articles_of_an_older_parser_are_parsed_again_without_their_files),
           W(indexing_killed_goes_on_where_it_was), W(two_programs_on_one_corpus_index_it_once),
           W(a_corpus_that_is_being_read_can_be_opened_again),
           W(a_catalogue_stands_alone),
           W(what_is_there_is_shown_before_changes_are_looked_for),
           W(a_mark_made_while_a_record_is_being_parsed_reaches_the_cache), W(an_empty_folder_is_an_empty_list))
