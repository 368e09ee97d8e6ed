/* SPDX-License-Identifier: ISC */
/* Catalogues and folders opened together, against one corpus of the same files. */
#include "fake.h"
#include "world.h"

#include "base/mem.h"
#include "corpus/check.h"
#include "corpus/corpus.h"
#include "corpus/groups.h"
#include "corpus/keep.h"
#include "corpus/view.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SHARDS = 5, EACH = 30, ROWS = SHARDS * EACH };

static const char *shard_name(int shard, const char *suffix)
{
    char name[80];

    snprintf(name, sizeof name, "press/s%d%s", shard, suffix);
    return world_path(name);
}

static struct corpus *open_paths(const char *const *paths, int count, const char *cache)
{
    const struct corpus_options o = {.foreground = true, .wake = -1, .cache = cache};
    struct err e = ERR_INIT;
    struct corpus *c;

    if (!corpus_open(&c, paths, count, &o, &e))
        fail_msg("%s", e.text);
    return c;
}

/* One article of each shard is in the first as well. */
static void make_shards(void)
{
    char name[40], text[300];

    for (int shard = 0; shard < SHARDS; shard++) {
        snprintf(name, sizeof name, "press/s%d", shard);
        assert_int_equal(mkdir(world_path(name), 0755), 0);
        for (int i = 0; i < EACH; i++) {
            int n = shard * 31 + i * 7;
            size_t at = (size_t)snprintf(text, sizeof text, "Headline %d of %c\n", n % 50, "abcde"[shard]);

            if (n % 6)
                at += (size_t)snprintf(text + at, sizeof text - at, "DATE %d-%02d-%02d\n", 2019 + n % 3, 1 + n % 4,
                                       1 + n % 2);
            if (n % 5)
                at += (size_t)snprintf(text + at, sizeof text - at, "SITE Paper %d\n", n % 4);
            snprintf(text + at, sizeof text - at, "A crane%s number %d.\n%s", n % 3 ? "" : " elected to be", n,
                     n % 4 ? "" : "COMMENT harbour\n");
            snprintf(name, sizeof name, "s%d/%02d.txt", shard, i);
            world_put(name, text);
        }
        snprintf(name, sizeof name, "s%d/twice.txt", shard);
        world_put(name, "Everywhere\nDATE 2020-03-01\nThe same harbour in each.\n");
    }
}

static struct corpus *open_one(void)
{
    const char *paths[SHARDS];

    for (int i = 0; i < SHARDS; i++)
        paths[i] = mem_strdup(shard_name(i, ""));

    struct corpus *c = open_paths(paths, SHARDS, world_path("one.db"));

    for (int i = 0; i < SHARDS; i++)
        free((char *)(uintptr_t)paths[i]);
    return c;
}

/* The first shards as catalogues, the others as folders, which are gone from where they were indexed. */
static struct corpus *open_several(int catalogues)
{
    const char *paths[SHARDS];
    struct corpus *c;

    for (int i = 0; i < SHARDS; i++)
        paths[i] = mem_strdup(shard_name(i, i < catalogues ? ".db" : ""));
    c = open_paths(paths, SHARDS, NULL);
    for (int i = 0; i < SHARDS; i++)
        free((char *)(uintptr_t)paths[i]);
    return c;
}

static void make_catalogues(int count)
{
    for (int i = 0; i < count; i++) {
        const char *path = shard_name(i, "");
        struct corpus *c = open_paths(&path, 1, shard_name(i, ".db"));

        corpus_close(&c);
    }
}

struct list {
    char *names[ROWS + SHARDS]; /* what a row shows */
    int64_t ids[ROWS + SHARDS];
    int count;
    long total, unread;
};

static void read_list(struct corpus_view *v, struct list *l)
{
    static struct corpus_row rows[ROWS + SHARDS];
    char text[400];

    l->count = corpus_view_rows(v, CORPUS_FIRST, 0, rows, ROWS + SHARDS);
    corpus_view_counts(v, &l->total, &l->unread);
    for (int i = 0; i < l->count; i++) {
        const struct corpus_row *r = &rows[i];

        snprintf(text, sizeof text, "%s %s %s %s %d%s%s%s %s", r->locator, r->title, r->site, r->published,
                 r->comments, r->unread ? " new" : "", r->starred ? " starred" : "", r->hidden ? " hidden" : "",
                 r->tags ? r->tags : "");
        l->names[i] = mem_strdup(text);
        l->ids[i] = r->id;
        corpus_row_release(&rows[i]);
    }
}

static void free_list(struct list *l)
{
    while (l->count > 0)
        free(l->names[--l->count]);
}

/* Windows from anywhere show the rows of the list. */
static void check_windows(struct corpus_view *v, const struct list *l, int i)
{
    static const enum corpus_from from[] = {CORPUS_NUMBER, CORPUS_AT, CORPUS_AFTER, CORPUS_BEFORE};
    struct corpus_row rows[3];

    for (int k = 0; k < 4; k++) {
        int first = k == 2 ? i + 1 : k == 3 ? (i > 3 ? i - 3 : 0) : i, end = k == 3 ? i : l->count;
        int n = corpus_view_rows(v, from[k], k == 0 ? i + 1 : l->ids[i], rows, 3);

        assert_int_equal(n, end - first < 3 ? end - first : 3);
        while (n-- > 0) {
            assert_int_equal(rows[n].id, l->ids[first + n]);
            corpus_row_release(&rows[n]);
        }
    }
}

static void compare_lists(struct corpus *one, struct corpus *several, const char *query, enum corpus_order order,
                          bool reverse)
{
    struct corpus_view *v[2];
    struct err e = ERR_INIT;
    struct list l[2];

    if (!corpus_view_new(one, query, order, reverse, &v[0], &e) ||
        !corpus_view_new(several, query, order, reverse, &v[1], &e))
        fail_msg("%s", e.text);
    read_list(v[0], &l[0]);
    read_list(v[1], &l[1]);
    assert_int_equal(l[1].count, l[0].count);
    assert_int_equal(l[1].total, l[0].total);
    assert_int_equal(l[1].unread, l[0].unread);
    for (int i = 0; i < l[0].count; i++) {
        int64_t next[2];

        if (strcmp(l[0].names[i], l[1].names[i]) != 0)
            fail_msg("'%s' by %s, row %d: '%s' and not '%s'", query, corpus_order_info(order)->name, i,
                     l[1].names[i], l[0].names[i]);
        assert_int_equal(corpus_view_number(v[1], l[1].ids[i]), i + 1);
        check_windows(v[1], &l[1], i);
        for (int direction = -1; direction <= 1; direction += 2) {
            int at[2] = {-1, -1};

            for (int k = 0; k < 2; k++) {
                next[k] = corpus_view_unread(v[k], l[k].ids[i], direction);
                for (int n = 0; n < l[k].count && next[k]; n++)
                    at[k] = l[k].ids[n] == next[k] ? n : at[k];
            }
            assert_int_equal(at[1], at[0]);
        }
    }
    free_list(&l[0]);
    free_list(&l[1]);
    corpus_view_free(&v[0]);
    corpus_view_free(&v[1]);
}

struct counted {
    char text[4000];
    size_t len;
};

static void count_group(void *ctx, const struct groups_group *g)
{
    struct counted *c = ctx;

    c->len += (size_t)snprintf(c->text + c->len, sizeof c->text - c->len, "%s %ld %ld|", g->name, g->total, g->unread);
}

static void count_groups(struct corpus_view *v, const char *query, enum groups_by by, struct counted *counted)
{
    struct groups *g = groups_new(by);

    if (query) {
        assert_true(groups_count(g, v, -1));
        assert_true(groups_each(g, 100, count_group, counted));
    } else {
        assert_true(groups_of_all(v, by, 100, count_group, counted));
    }
    groups_free(&g);
}

static void compare_groups(struct corpus *one, struct corpus *several, const char *query)
{
    for (int by = GROUPS_BY_SITE; by <= GROUPS_BY_MONTH; by++) {
        struct corpus *c[2] = {one, several};
        struct counted counted[2] = {{.len = 0}, {.len = 0}};

        for (int k = 0; k < 2; k++) {
            struct corpus_view *v;
            struct err e = ERR_INIT;

            assert_true(corpus_view_new(c[k], query, CORPUS_BY_DATE, false, &v, &e));
            count_groups(v, query, (enum groups_by)by, &counted[k]);
            corpus_view_free(&v);
        }
        assert_true(counted[0].len > 20);
        assert_string_equal(counted[1].text, counted[0].text);
    }
}

static void compare_all(struct corpus *one, struct corpus *several)
{
    static const char *const queries[] = {NULL,        "crane",        "elections",      "harbour",   "comment:harbour",
                                          "is:unread", "is:read",      "is:starred crane", "is:hidden", "tag:kept",
                                          "-tag:kept", "date:2020-02", "site:paper",     "cr*",       "has:comments",
                                          "in:s3",     "-in:s1 crane", "\"number 7\"",   "nowhere"};

    for (size_t q = 0; q < sizeof queries / sizeof queries[0]; q++) {
        for (int order = 0; order < CORPUS_ORDER_COUNT; order++) {
            compare_lists(one, several, queries[q], (enum corpus_order)order, false);
            compare_lists(one, several, queries[q], (enum corpus_order)order, true);
        }
    }
    compare_groups(one, several, NULL);
    compare_groups(one, several, "crane");
}

static int64_t find(struct corpus *c, int shard, int number)
{
    struct err e = ERR_INIT;
    char path[400];
    int64_t id;

    snprintf(path, sizeof path, "%s/%02d.txt", shard_name(shard, ""), number);
    id = corpus_find(c, path, &e);
    if (!id)
        fail_msg("%s", e.text);
    return id;
}

static void mark_some(struct corpus *c)
{
    struct err e = ERR_INIT;

    for (int i = 0; i < 40; i++) {
        int shard = i % SHARDS, n = i * 7 / SHARDS % EACH;

        if (i % 4 < 2)
            corpus_set_read(c, find(c, shard, n), true);
        else if (i % 4 == 2)
            corpus_set_starred(c, find(c, shard, n), true);
        else
            keep_hidden(c, find(c, shard, n), true);
        if (i % 7 == 0)
            assert_true(keep_tag(c, find(c, shard, n), "kept", true, &e));
    }
}

static void compare_with_catalogues(int catalogues)
{
    struct corpus *one, *several;

    make_shards();
    make_catalogues(catalogues);
    one = open_one();
    mark_some(one);
    corpus_close(&one);
    one = open_one();
    several = open_several(catalogues);
    compare_all(one, several);
    corpus_close(&one);
    corpus_close(&several);
}

CHECK(catalogues_are_one_list)
{
    compare_with_catalogues(SHARDS);
}

CHECK(catalogues_and_folders_are_one_list)
{
    compare_with_catalogues(SHARDS - 2);
}

CHECK(marks_made_in_several_are_those_of_one)
{
    struct corpus *one, *several;

    make_shards();
    make_catalogues(SHARDS - 1);
    several = open_several(SHARDS - 1);
    mark_some(several);
    corpus_close(&several);
    one = open_one();
    several = open_several(SHARDS - 1);
    compare_all(one, several);
    corpus_close(&several);
    corpus_close(&one);
}

static long count_unread(struct corpus *c)
{
    struct corpus_view *v;
    struct err e = ERR_INIT;
    long total, unread;

    assert_true(corpus_view_new(c, NULL, CORPUS_BY_DATE, false, &v, &e));
    corpus_view_counts(v, &total, &unread);
    corpus_view_free(&v);
    return unread;
}

CHECK(what_is_there_twice_is_marked_as_one)
{
    struct corpus *c;
    struct corpus_row row;
    struct err e = ERR_INIT;
    int64_t id;
    char path[400];

    make_shards();
    make_catalogues(2);
    c = open_several(2);
    assert_int_equal(count_unread(c), ROWS + SHARDS);
    snprintf(path, sizeof path, "%s/twice.txt", shard_name(1, ""));
    id = corpus_find(c, path, &e);
    corpus_set_read(c, id, true);
    assert_int_equal(count_unread(c), ROWS);
    for (int i = 0; i < SHARDS; i++) {
        snprintf(path, sizeof path, "%s/twice.txt", shard_name(i, ""));
        assert_true(corpus_facts(c, corpus_find(c, path, &e), &row, &e));
        assert_false(row.unread);
        corpus_row_release(&row);
    }
    corpus_set_read(c, id, false);
    assert_int_equal(count_unread(c), ROWS + SHARDS);
    corpus_close(&c);
}

/* Beyond what is looked through place by place: among articles of which caches say that they were read, or do not. */
CHECK(an_unread_article_far_away_is_found)
{
    struct corpus *c;
    struct corpus_view *v;
    struct err e = ERR_INIT;
    struct list l;

    make_shards();
    make_catalogues(3);
    c = open_several(3);
    assert_true(corpus_view_new(c, NULL, CORPUS_BY_TITLE, false, &v, &e));
    read_list(v, &l);
    keep_hold(c);
    for (int i = 0; i < l.count; i++)
        corpus_set_read(c, l.ids[i], true);
    keep_let(c);
    assert_int_equal(corpus_view_unread(v, l.ids[0], 1), 0);
    corpus_set_read(c, l.ids[l.count - 2], false);
    assert_int_equal(corpus_view_unread(v, l.ids[0], 1), l.ids[l.count - 2]);
    corpus_set_read(c, l.ids[l.count - 60], false);
    corpus_set_read(c, l.ids[6], false);
    assert_int_equal(corpus_view_unread(v, l.ids[6], 1), l.ids[l.count - 60]);
    assert_int_equal(corpus_view_unread(v, l.ids[l.count - 60], -1), l.ids[6]);
    assert_int_equal(corpus_view_unread(v, l.ids[l.count - 2], 1), 0);
    free_list(&l);
    corpus_view_free(&v);
    corpus_close(&c);
}

CHECK(what_another_marks_is_seen_in_the_next_list)
{
    struct corpus *c, *other;
    struct corpus_view *v;
    struct err e = ERR_INIT;
    long total, unread;

    make_shards();
    make_catalogues(SHARDS);
    c = open_several(SHARDS);
    other = open_several(SHARDS);
    corpus_set_read(other, find(other, 3, 5), true);
    keep_hidden(other, find(other, 4, 5), true);
    assert_int_equal(count_unread(c), ROWS + SHARDS - 2);
    assert_true(corpus_view_new(c, "is:read", CORPUS_BY_DATE, false, &v, &e));
    corpus_view_counts(v, &total, &unread);
    assert_int_equal(total, 1);
    corpus_view_free(&v);
    corpus_close(&other);
    corpus_close(&c);
}

CHECK(an_article_is_found_and_read_in_its_part)
{
    struct corpus *c;
    struct article a;
    struct err e = ERR_INIT;
    char *text, number[30], wanted[30];
    int64_t id;

    make_shards();
    make_catalogues(3);
    c = open_several(3);
    for (int shard = 0; shard < SHARDS; shard++) {
        id = find(c, shard, 4);
        snprintf(number, sizeof number, "%lld", (long long)id);
        assert_int_equal(corpus_find(c, number, &e), id);
        article_init(&a);
        assert_true(corpus_article(c, id, &a, &text, &e));
        snprintf(wanted, sizeof wanted, "Headline %d of %c", (shard * 31 + 4 * 7) % 50, "abcde"[shard]);
        assert_string_equal(a.title, wanted);
        article_release(&a);
        free(text);
    }
    assert_int_equal(corpus_find(c, "99000000000001", &e), 0);
    assert_int_equal(e.status, ERR_NOMATCH);
    corpus_close(&c);
}

static void take_text(void *ctx, const char *text)
{
    struct counted *c = ctx;

    c->len += (size_t)snprintf(c->text + c->len, sizeof c->text - c->len, "%s|", text);
}

CHECK(what_cannot_be_opened_is_said_and_the_rest_opened)
{
    const char *paths[3];
    struct counted lost = {.len = 0}, faults = {.len = 0};
    char noise[20000];
    struct corpus_check checked;
    struct err e = ERR_INIT;
    struct corpus *c;

    make_shards();
    make_catalogues(2);
    paths[0] = shard_name(0, ".db");
    paths[1] = world_path("press/none.db");
    paths[2] = shard_name(1, ".db");
    c = open_paths(paths, 3, NULL);
    assert_int_equal(count_unread(c), 2 * (EACH + 1));
    assert_string_equal(corpus_name(c), "s0.db and 2 more (1 cannot be opened)");
    corpus_lost(c, take_text, &lost);
    assert_non_null(strstr(lost.text, "none.db': No such file or directory|"));
    corpus_close(&c);

    memset(noise, 0xFF, sizeof noise);
    world_damage("press/s1.db", 40000, noise, sizeof noise);
    assert_true(corpus_check(paths, 3, NULL, &checked, take_text, take_text, &faults, &e));
    assert_int_equal(checked.faults, 1);
    assert_true(checked.articles >= EACH + 1 && checked.damage > 0);
    assert_non_null(strstr(faults.text, "s1.db: "));

    paths[0] = shard_name(0, "");
    assert_false(corpus_open(&c, paths, 2, &(struct corpus_options){.wake = -1}, &e));
    assert_int_equal(e.status, ERR_IO);
}

CHECK(more_than_can_be_opened_are_refused)
{
    const char *paths[61];
    struct err e = ERR_INIT;
    struct corpus *c;
    char name[40];

    make_shards();
    make_catalogues(1);
    for (int i = 0; i < 61; i++) {
        snprintf(name, sizeof name, ".%d.db", i);
        paths[i] = mem_strdup(shard_name(0, name));
        assert_int_equal(link(shard_name(0, ".db"), paths[i]), 0);
    }
    assert_false(corpus_open(&c, paths, 61, &(struct corpus_options){.wake = -1}, &e));
    assert_int_equal(e.status, ERR_USAGE);
    c = open_paths(paths, 60, NULL);
    assert_int_equal(count_unread(c), 60 * (EACH + 1));
    corpus_close(&c);
    for (int i = 0; i < 61; i++)
        free((char *)(uintptr_t)paths[i]);
}

CHECK_MAIN(W(catalogues_are_one_list), W(catalogues_and_folders_are_one_list),
           W(marks_made_in_several_are_those_of_one), W(what_is_there_twice_is_marked_as_one),
           W(an_unread_article_far_away_is_found),
           W(what_another_marks_is_seen_in_the_next_list), W(an_article_is_found_and_read_in_its_part),
           W(what_cannot_be_opened_is_said_and_the_rest_opened),
           W(more_than_can_be_opened_are_refused))
