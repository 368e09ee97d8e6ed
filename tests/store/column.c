/* SPDX-License-Identifier: ISC */
#include "marked.h"

#include "store/catalog.h"
#include "store/column.h"
#include "store/db.h"
#include "store/state_hold.h"
#include "store/tags.h"

#include <sqlite3.h>

CHECK(what_is_not_what_it_should_be_reads_as_nothing)
{
    struct err e = ERR_INIT;
    struct db *db = db_open(sample_path(sample_folder(), "some.db"), DB_WRITE | DB_CREATE, &e);
    struct sqlite3_stmt *st = db_query(db,
                                       "SELECT NULL, 'text', x'000102030405060708090a0b0c0d0e0f',"
                                       " x'000102030405060708090a0b0c0d0e', x'', '0123456789abcdef', 7",
                                       "");
    static const int others[] = {0, 1, 3, 4};
    static const struct digest none, some = {{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15}};
    struct digest d;
    char *copy;

    assert_true(db_row(db, st));
    assert_string_equal(column_text(st, 0), "");
    assert_null(column_copy(st, 0));
    assert_string_equal(column_text(st, 1), "text");
    copy = column_copy(st, 1);
    assert_string_equal(copy, "text");
    free(copy);
    assert_string_equal(column_text(st, 6), "7");
    assert_true(column_digest(st, 2, &d));
    assert_memory_equal(&d, &some, sizeof d);
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        memset(&d, 1, sizeof d);
        assert_false(column_digest(st, others[i], &d));
        assert_memory_equal(&d, &none, sizeof d);
    }
    db_close(&db);
}

/* A catalogue may come from anybody. */
CHECK(a_corpus_without_a_path_is_looked_through)
{
    const char *path = sample_path(sample_folder(), "c.db");
    struct cache *c = sample_cache(path);
    struct err e = ERR_INIT;
    struct catalog *list;
    struct catalog_row row;
    int64_t id;

    cache_begin(c);
    id = sample_put(c, sample_file(c, "f"), 1, "A", "2020-01-01", "Text.", 0, 0);
    assert_true(db_exec(cache_db(c), "UPDATE root SET path = NULL; UPDATE article SET digest = 'none', title = NULL"));
    assert_true(cache_commit(c));
    cache_close(&c);
    list = catalog_open(path, false, &e);
    assert_non_null(list);
    assert_int_equal(catalog_find(list, "nowhere"), 0);
    assert_int_equal(catalog_find(list, "f#1"), id);
    assert_true(catalog_row(list, id, &row));
    assert_null(row.title);
    catalog_row_release(&row);
    catalog_close(&list);
}

static void add_name(void *ctx, const char *name)
{
    buf_add_fmt(ctx, "%s,", name);
}

/* Of what stood in its place, whose bytes are none: and no statement is left open, which would keep all writers from
 * emptying the log. */
CHECK(tags_of_no_bytes_are_nobodys)
{
    struct state *s = marked_open(sample_path(sample_folder(), "reading.db"));
    struct state_id id = marked_id("text", "a.txt"), later = marked_id("new", "a.txt");
    struct err e = ERR_INIT;
    struct buf names;

    buf_init(&names);
    assert_true(tags_set(s, &id, "a.txt", "mine", true, &e));
    assert_true(db_exec(state_db(s), "UPDATE tag SET digest = 'none'"));
    tags_inherit(s, &later, "a.txt");
    tags_get(s, &later.digest, add_name, &names);
    assert_int_equal(names.len, 0);
    for (sqlite3_stmt *st = NULL; (st = sqlite3_next_stmt(db_handle(state_db(s)), st));)
        assert_false(sqlite3_stmt_busy(st));
    buf_release(&names);
    state_close(&s);
}

CHECK_MAIN(T(what_is_not_what_it_should_be_reads_as_nothing), T(a_corpus_without_a_path_is_looked_through),
           T(tags_of_no_bytes_are_nobodys))
