/* SPDX-License-Identifier: ISC */
/*
 * A disk that fills up, breaks, or loses its power at the n-th write, for every n: what was said to be written is there
 * afterwards, and what was not is there as it was.
 */
#include "marked.h"
#include "shim.h"

#include "store/notes.h"
#include "store/rank.h"
#include "store/tags.h"
#include "store/threads.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>

#include <sqlite3.h>

enum { MOST = 2000, SEEDS = 4 };

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
    bool done = false, failed;

    for (n = 1; !done && n < MOST; n++) {
        const char *path = sample_path(sample_folder(), "c.db");
        struct cache *c = sample_cache(path);

        assert_true(cache_begin(c));
        assert_int_equal(sample_file(c, "f"), 1);
        sample_put(c, 1, 1, "One", NULL, "x", 0, 0);
        sample_put(c, 1, 2, "Two", NULL, "x", 0, 0);
        assert_true(cache_commit(c));
        cache_close(&c);
        shim_fail(SHIM_WRITE | SHIM_SYNC, n, how, false);
        done = put_three(path);
        failed = shim_failed();
        shim_heal();
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
    bool wrote, failed, done = false;
    long n;

    for (n = 1; !done && n < MOST; n++) {
        const char *path = sample_path(sample_folder(), "reading.db");
        struct err e = ERR_INIT;
        char *aside = NULL;
        struct state *s = state_open(path, true, &aside, &e);

        assert_true(state_set_flags(s, &first, "1", STATE_READ, STATE_READ, &e));
        shim_fail(SHIM_WRITE | SHIM_SYNC, n, SQLITE_FULL, false);
        wrote = state_set_flags(s, &second, "2", STATE_STARRED, STATE_STARRED, &e);
        assert_int_equal(wrote, e.text[0] == 0);
        state_settle(s, &e);
        state_close(&s);
        failed = shim_failed();
        shim_heal();
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
    bool changed, failed, done = false;
    long n;

    for (n = 1; !done && n < MOST; n++) {
        const char *path = sample_path(sample_folder(), "reading.db");
        struct err e = ERR_INIT;
        char *aside = NULL;
        struct state *s = state_open(path, true, &aside, &e);

        assert_true(notes_add(s, &note, &e));
        shim_fail(SHIM_WRITE | SHIM_SYNC, n, SQLITE_FULL, false);
        changed = notes_change(s, note.id, "new", &e) != 0;
        assert_int_equal(changed, e.text[0] == 0);
        state_close(&s);
        failed = shim_failed();
        shim_heal();
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

/* A limit of the size of files in the place of a quota. */
CHECK(what_the_system_refuses_is_said_in_its_words)
{
    struct rlimit all, none;
    struct err e = ERR_INIT;
    struct digest digest = digest_of("1", 1);
    struct state_id id = state_id(&digest, "/c", "1");
    char *aside = NULL;
    struct state *s = state_open(sample_path(sample_folder(), "reading.db"), true, &aside, &e);

    assert_non_null(s);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &all), 0);
    none = (struct rlimit){.rlim_cur = 0, .rlim_max = all.rlim_max};
    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &none), 0);
    assert_false(state_set_flags(s, &id, "1", STATE_READ, STATE_READ, &e));
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &all), 0);
    assert_non_null(strstr(e.text, strerror(EFBIG)));
    assert_true(state_set_flags(s, &id, "1", STATE_READ, STATE_READ, &e));
    state_close(&s);
}

/* ---- the power fails ---- */

/* Whether what is left of the disk is to be tried in this way: in `make check` each moment in one way, and in all of
 * them where the environment has CUTTINGS_FAULTS. */
static bool is_due(long n, unsigned seed)
{
    return n % SEEDS == seed || getenv("CUTTINGS_FAULTS");
}

/* What was said to be done, and so must be there. */
struct said {
    bool starred, tagged, noted, folded, read;
};

static void count_note(void *ctx, const struct notes_note *n)
{
    assert_string_equal(n->text, "mine");
    ++*(int *)ctx;
}

static void count_name(void *ctx, const char *name)
{
    assert_string_equal(name, "work");
    ++*(int *)ctx;
}

/* A session of the thread that waits for the disk, and of the screen, which does not until it settles. */
static void read_some(const char *path, const struct state_id *id, struct said *said)
{
    char words[] = "words", text[] = "mine";
    struct notes_note note = {.article = *id, .end = 5, .words = words, .text = text};
    struct err e = ERR_INIT;
    char *aside = NULL;
    struct state *s = state_open(path, true, &aside, &e), *screen = s ? state_open(path, false, &aside, &e) : NULL;

    memset(said, 0, sizeof *said);
    if (screen) {
        said->starred = state_set_flags(s, id, "1", STATE_STARRED, STATE_STARRED, &e);
        said->tagged = tags_set(s, id, "1", "work", true, &e);
        said->noted = notes_add(s, &note, &e);
        said->folded = threads_flag(s, id, 7, THREADS_COLLAPSED, &e);
        said->read = state_set_flags(screen, id, "1", STATE_READ, STATE_READ, &e);
        said->read = said->read && state_settle(s, &e);
        state_set_flags(screen, id, "1", STATE_HIDDEN, STATE_HIDDEN, &e);
    }
    state_close(&screen);
    state_close(&s);
}

static void look(const char *path, const struct state_id *id, const struct said *said)
{
    struct threads_kept kept;
    struct state_mark mark;
    struct err e = ERR_INIT;
    int tags = 0, notes = 0;
    struct state *s = marked_open(path);

    check_whole(state_db(s));
    state_get(s, id, &mark);
    assert_true(!said->starred || mark.flags & STATE_STARRED);
    assert_true(!said->read || mark.flags & STATE_READ);
    tags_get(s, &id->digest, count_name, &tags);
    assert_true(!said->tagged || tags == 1);
    assert_true(notes_each(s, id, count_note, &notes, &e));
    assert_true(!said->noted || notes == 1);
    threads_get(s, id, &kept);
    assert_true(!said->folded || (kept.flagged_count == 1 && kept.flagged[0].flags == THREADS_COLLAPSED));
    threads_release(&kept);
    assert_true(state_set_flags(s, id, "1", STATE_READ, STATE_READ, &e));
    state_close(&s);
}

CHECK(what_was_said_to_be_written_outlives_a_power_cut)
{
    struct state_id id = marked_id("text", "a.txt");
    struct said said;
    bool came = true;
    long n;

    for (n = 1; came && n < MOST; n++) {
        for (unsigned seed = 0; seed < SEEDS; seed++) {
            const char *before, *after;

            if (!is_due(n, seed))
                continue;
            before = sample_path(sample_folder(), "reading.db");
            after = sample_folder();
            shim_cut_at(n);
            read_some(before, &id, &said);
            came = shim_cut(after, seed);
            if (came)
                look(sample_path(after, "reading.db"), &id, &said);
            else
                look(before, &id, &said);
        }
    }
    assert_false(came);
    assert_true(said.starred && said.tagged && said.noted && said.folded && said.read);
    assert_true(n > 20);
}

CHECK(a_cache_is_whole_after_a_power_cut)
{
    bool came = true;
    long n, count, all, unread;

    for (n = 1; came && n < MOST; n++) {
        for (unsigned seed = 0; seed < SEEDS; seed++) {
            const char *before, *after;
            struct cache *c;

            if (!is_due(n, seed))
                continue;
            before = sample_path(sample_folder(), "c.db");
            after = sample_folder();
            c = sample_cache(before);
            assert_true(cache_begin(c));
            assert_int_equal(sample_file(c, "f"), 1);
            sample_put(c, 1, 1, "One", NULL, "x", 0, 0);
            sample_put(c, 1, 2, "Two", NULL, "x", 0, 0);
            assert_true(cache_commit(c));
            cache_close(&c);
            shim_cut_at(n);
            put_three(before);
            came = shim_cut(after, seed);
            c = sample_cache(came ? sample_path(after, "c.db") : before);
            count = (long)db_int(cache_db(c), -1, "SELECT count(*) FROM article", "");
            assert_true(count == 5 || (count == 2 && came));
            rank_counts(cache_db(c), ORDER_DATE, &all, &unread);
            assert_int_equal(all, count);
            check_whole(cache_db(c));
            cache_close(&c);
        }
    }
    assert_false(came);
    assert_true(n > 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {T(a_full_disk_leaves_the_cache_whole),
                                       T(a_broken_disk_leaves_the_cache_whole),
                                       T(what_the_reading_state_said_it_wrote_is_there),
                                       T(what_the_system_refuses_is_said_in_its_words),
                                       T(a_note_is_the_old_one_or_the_new_one),
                                       T(what_was_said_to_be_written_outlives_a_power_cut),
                                       T(a_cache_is_whole_after_a_power_cut)};

    return cmocka_run_group_tests_name(__FILE__, tests, shim_register, NULL);
}
