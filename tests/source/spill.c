/* SPDX-License-Identifier: ISC */
#include "folder.h"

#include <signal.h>
#include <sys/resource.h>

#include "source/spill.h"

/* What spill_give gives: a job whose records are heard. */
static void give(struct spill *s, struct heard *h)
{
    struct record r;
    struct job j;

    record_init(&r);
    job_init(&j, "dump", "dump");
    j.r = &r;
    j.fn = heard_whole_record;
    j.fault = heard_fault;
    j.ctx = h;
    j.tally = &h->tally;
    spill_give(s, &j);
    job_release(&j);
    record_release(&r);
}

static void expect_threads(struct spill *s, const char *lines)
{
    struct heard h;

    heard_init(&h);
    give(s, &h);
    assert_string_equal(h.faults.data, "");
    assert_string_equal(h.lines.data, lines);
    heard_release(&h);
    spill_release(s);
}

CHECK(threads_in_the_order_in_which_they_began)
{
    struct spill s;

    spill_init(&s);
    spill_add(&s, &(struct spill_post){.id = "b1", .parent = "b", .text = "re b"});
    spill_add(&s, &(struct spill_post){.id = "a", .name = "A", .text = "opens a"});
    spill_add(&s, &(struct spill_post){.id = "b", .text = "opens b", .score = -2, .has_score = true});
    spill_add(&s, &(struct spill_post){.id = "a1", .parent = "a", .text = "re a", .author = "x"});
    expect_threads(&s, "== dump#b\nopens b\n-- b1 < 0, ?, ?\nre b\n== dump#A\nopens a\n-- a1 < 0, x, ?\nre a\n");
}

CHECK(nothing_gives_nothing)
{
    struct spill s;

    spill_init(&s);
    expect_threads(&s, "");
    spill_init(&s);
    spill_link(&s, "a", "b"); /* only spoken of */
    expect_threads(&s, "");
}

CHECK(links_hold_together_what_is_missing)
{
    struct spill s;
    int nearest;

    for (nearest = 0; nearest < 2; nearest++) {
        spill_init(&s);
        s.nearest = nearest;
        spill_add(&s, &(struct spill_post){.id = "r", .text = "root"});
        spill_add(&s, &(struct spill_post){.id = "d", .parent = "c", .text = "deep"});
        spill_link(&s, "c", "b");
        spill_link(&s, "b", "a");
        spill_link(&s, "a", "r");
        spill_add(&s, &(struct spill_post){.id = "a", .parent = "r", .text = "there after all"});
        expect_threads(&s, nearest ? "== dump#r\nroot\n-- a < 0, ?, ?\nthere after all\n-- d < a, ?, ?\ndeep\n"
                                   : "== dump#r\nroot\n-- a < 0, ?, ?\nthere after all\n"
                                     "-- c < 0, ?, ?, removed\n[missing]\n-- d < c, ?, ?\ndeep\n");
    }
}

CHECK(missing_openings_are_told_apart)
{
    struct spill s;
    struct heard h;

    spill_init(&s);
    spill_add(&s, &(struct spill_post){.id = "1", .parent = "x", .text = "one", .site = "S"});
    spill_add(&s, &(struct spill_post){.id = "2", .parent = "y", .text = "two"});
    heard_init(&h);
    give(&s, &h);
    assert_string_equal(h.lines.data, "== dump#x\nsite: S\n[missing]\n-- 1 < 0, ?, ?\none\n"
                                      "== dump#y\n[missing]\n-- 2 < 0, ?, ?\ntwo\n");
    heard_release(&h);
    spill_release(&s);
}

CHECK(without_a_place_for_its_file_it_says_so)
{
    struct spill s;
    struct heard h;
    char *before = getenv("TMPDIR") ? strdup(getenv("TMPDIR")) : NULL;
    char *home = getenv("XDG_CACHE_HOME") ? strdup(getenv("XDG_CACHE_HOME")) : NULL;

    setenv("TMPDIR", "/nonexistent", 1);
    setenv("XDG_CACHE_HOME", "/nonexistent", 1);
    spill_init(&s);
    heard_init(&h);
    spill_add(&s, &(struct spill_post){.id = "1", .text = "one"});
    give(&s, &h);
    assert_string_equal(h.lines.data, "");
    assert_string_equal(h.faults.data, "dump: cannot make a temporary file: No such file or directory\n");
    heard_release(&h);
    spill_release(&s);
    if (before)
        setenv("TMPDIR", before, 1);
    else
        unsetenv("TMPDIR");
    if (home)
        setenv("XDG_CACHE_HOME", home, 1);
    else
        unsetenv("XDG_CACHE_HOME");
    free(home);
    free(before);
}

CHECK(a_full_disk_is_one_fault)
{
    struct rlimit all, little;
    struct spill s;
    struct heard h;
    char text[1000];
    int i;

    memset(text, 'x', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &all), 0);
    little = (struct rlimit){20000, all.rlim_max};
    spill_init(&s);
    heard_init(&h);
    setrlimit(RLIMIT_FSIZE, &little);
    for (i = 0; i < 100; i++)
        spill_add(&s, &(struct spill_post){.id = "1", .text = text});
    give(&s, &h);
    setrlimit(RLIMIT_FSIZE, &all);
    assert_string_equal(h.lines.data, "");
    assert_string_equal(h.faults.data, "dump: cannot write a temporary file: File too large\n");
    assert_int_equal(h.tally.faults, 1);
    heard_release(&h);
    spill_release(&s);
}

CHECK_MAIN(T(threads_in_the_order_in_which_they_began), T(nothing_gives_nothing),
           T(links_hold_together_what_is_missing), T(missing_openings_are_told_apart),
           T(without_a_place_for_its_file_it_says_so), T(a_full_disk_is_one_fault))
