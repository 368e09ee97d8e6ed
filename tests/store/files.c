/* SPDX-License-Identifier: ISC */
#include "sample.h"

static char seen[8192];
static const char *still_there;

static bool exists(void *ctx, const char *name)
{
    (void)ctx;
    return still_there && strcmp(name, still_there) == 0;
}

static void gone(void *ctx, int64_t id)
{
    struct cache *c = ctx;

    while (cache_remove_file(c, id, 2) == 2)
        ;
    snprintf(seen + strlen(seen), 8, "gone ");
}

static void see(struct files_walk *w, const char *name, uint64_t size, uint64_t inode)
{
    static const char *const words[] = {"same", "new", "changed"};
    struct file f = {.name = (char *)(uintptr_t)name, .size = size, .inode = inode, .mtime_ns = 9};
    size_t at = strlen(seen);

    snprintf(seen + at, sizeof seen - at, "%s ", words[files_walk_see(w, &f)]);
}

struct row {
    const char *name;
    uint64_t size, inode;
};

/* Walks over the rows and says what each was, and what else came of it. */
static const char *walk(struct cache *c, const struct row *rows)
{
    struct files_walk *w;
    size_t at;
    long moved;

    seen[0] = 0;
    assert_true(cache_begin(c));
    w = files_walk_new(c, cache_root(c, "/corpus"));
    for (; rows->name; rows++)
        see(w, rows->name, rows->size, rows->inode);
    moved = files_walk_end(w, exists, gone, c);
    files_walk_free(&w);
    assert_true(cache_commit(c));
    at = strlen(seen);
    snprintf(seen + at, sizeof seen - at, "moved %ld", moved);
    return seen;
}

static bool next(struct cache *c, struct file *f)
{
    struct file found;

    if (files_next(cache_db(c), f->id, &found, 1) == 0)
        return false;
    file_release(f);
    *f = found;
    return true;
}

static const char *todo(struct cache *c)
{
    static char names[512];
    struct file f = {0};

    names[0] = 0;
    while (next(c, &f))
        snprintf(names + strlen(names), 64, "%s ", f.name);
    file_release(&f);
    return names;
}

static void all_read(struct cache *c)
{
    struct file f = {0};

    assert_true(cache_begin(c));
    while (next(c, &f))
        files_progress(c, f.id, 1, true);
    assert_true(cache_commit(c));
    file_release(&f);
}

CHECK(new_changed_and_unchanged_files_are_told_apart)
{
    struct cache *c = sample_cache(sample_path(sample_folder(), "c.db"));

    assert_string_equal(walk(c, (struct row[]){{"a/x", 1, 1}, {"a/y", 1, 2}, {"a-b", 1, 3}, {0}}),
                        "new new new moved 0");
    assert_string_equal(todo(c), "a/x a/y a-b ");
    all_read(c);
    assert_string_equal(todo(c), "");
    assert_string_equal(
        walk(c, (struct row[]){{"a/x", 1, 1}, {"a/xx", 4, 9}, {"a/y", 2, 2}, {"a-b", 1, 3}, {0}}),
        "same new changed same moved 0");
    assert_string_equal(todo(c), "a/y a/xx ");
    /* Not in order: found all the same. */
    all_read(c);
    assert_string_equal(
        walk(c, (struct row[]){{"a-b", 1, 3}, {"a/y", 2, 2}, {"a/xx", 4, 9}, {"a/x", 1, 1}, {0}}),
        "same same same same moved 0");
    cache_close(&c);
}

CHECK(a_moved_file_keeps_its_articles)
{
    struct cache *c = sample_cache(sample_path(sample_folder(), "c.db"));
    int64_t file, id;

    walk(c, (struct row[]){{"b", 1, 5}, {"c", 1, 6}, {0}});
    assert_true(cache_begin(c));
    file = db_int(cache_db(c), 0, "SELECT id FROM file WHERE name = 'b'", "");
    id = sample_put(c, file, 1, "Title", NULL, "text", 0, 0);
    assert_true(cache_commit(c));
    all_read(c);
    assert_string_equal(walk(c, (struct row[]){{"c", 1, 6}, {"d/e", 1, 5}, {0}}), "same new moved 1");
    assert_string_equal(todo(c), "");
    assert_int_equal(db_int(cache_db(c), 0,
                            "SELECT f.id FROM file f JOIN article a ON a.file = f.id"
                            " WHERE a.id = ?1 AND f.name = 'd/e'",
                            "i", id),
                     file);
    /* Its place in the order of files went along. */
    assert_int_equal(db_int(cache_db(c), 0, "SELECT count(*) FROM place WHERE ord = 5 AND key = ?1", "b",
                            (const void *)"\1d\1e\0\0\0\0\1", (size_t)9),
                     1);
    cache_close(&c);
}

CHECK(a_file_that_is_gone_takes_its_articles_along)
{
    struct cache *c = sample_cache(sample_path(sample_folder(), "c.db"));
    int64_t file;
    long i;

    walk(c, (struct row[]){{"b", 1, 5}, {"c", 1, 6}, {0}});
    assert_true(cache_begin(c));
    file = db_int(cache_db(c), 0, "SELECT id FROM file WHERE name = 'b'", "");
    for (i = 1; i <= 5; i++)
        sample_put(c, file, i, "Title", NULL, "text", 0, 0);
    assert_true(cache_commit(c));
    all_read(c);
    still_there = "b";
    assert_string_equal(walk(c, (struct row[]){{"c", 1, 6}, {0}}), "same moved 0");
    assert_int_equal(db_int(cache_db(c), 0, "SELECT count(*) FROM article", ""), 5);
    still_there = NULL;
    assert_string_equal(walk(c, (struct row[]){{"c", 1, 6}, {0}}), "same gone moved 0");
    assert_int_equal(db_int(cache_db(c), 9, "SELECT count(*) FROM article", ""), 0);
    assert_int_equal(db_int(cache_db(c), 9, "SELECT count(*) FROM file", ""), 1);
    cache_close(&c);
}

CHECK(an_interrupted_file_goes_on_where_it_was)
{
    struct cache *c = sample_cache(sample_path(sample_folder(), "c.db"));
    struct file f = {0};

    walk(c, (struct row[]){{"b", 1, 5}, {0}});
    assert_true(next(c, &f));
    assert_int_equal(f.records, 0);
    files_progress(c, f.id, 41, false);
    file_release(&f);
    memset(&f, 0, sizeof f);
    assert_string_equal(walk(c, (struct row[]){{"b", 1, 5}, {0}}), "same moved 0");
    assert_true(next(c, &f));
    assert_int_equal(f.records, 41);
    file_release(&f);
    memset(&f, 0, sizeof f);
    /* But not where it is another file now. */
    assert_string_equal(walk(c, (struct row[]){{"b", 2, 5}, {0}}), "changed moved 0");
    assert_true(next(c, &f));
    assert_int_equal(f.records, 0);
    file_release(&f);
    cache_close(&c);
}

CHECK(files_to_be_read_come_some_at_a_time_with_what_is_known_of_them)
{
    struct cache *c = sample_cache(sample_path(sample_folder(), "c.db"));
    struct file f[4];
    size_t i;

    walk(c, (struct row[]){{"a/x", 1, 1}, {"a/y", 1, 2}, {"a-b", 1, 3}, {0}});
    assert_int_equal(files_next(cache_db(c), 0, f, 2), 2);
    assert_int_equal(files_next(cache_db(c), f[1].id, f + 2, 2), 1);
    assert_string_equal(f[2].name, "a-b");
    assert_int_equal(files_next(cache_db(c), f[2].id, f + 3, 1), 0);
    assert_true(cache_begin(c));
    sample_put(c, f[1].id, 1, "Title", NULL, "text", 0, 0);
    files_add_fault(c, f[2].id, "a fault");
    assert_true(cache_commit(c));
    for (i = 0; i < 3; i++)
        file_release(&f[i]);
    assert_int_equal(files_next(cache_db(c), 0, f, 4), 3);
    for (i = 0; i < 3; i++) {
        assert_int_equal(f[i].articles, i == 1);
        assert_int_equal(f[i].faults, i == 2);
        file_release(&f[i]);
    }
    cache_close(&c);
}

CHECK_MAIN(T(files_to_be_read_come_some_at_a_time_with_what_is_known_of_them),
           T(new_changed_and_unchanged_files_are_told_apart), T(a_moved_file_keeps_its_articles),
           T(a_file_that_is_gone_takes_its_articles_along), T(an_interrupted_file_goes_on_where_it_was))
