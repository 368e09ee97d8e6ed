/* SPDX-License-Identifier: ISC */
#include "sample.h"

#include "doc/comment.h"
#include "store/catalog.h"
#include "store/known.h"
#include "store/schema.h"

#include <glob.h>
#include <sys/stat.h>

#include <sqlite3.h>

static long hits(struct db *db, const char *query)
{
    return (long)db_int(db, -1, "SELECT count(*) FROM words WHERE words MATCH ?1", "t", query);
}

/* A phrase in the packed form that the tokenizer replays. */
static const char *packed(const char *text)
{
    static char out[256];
    struct words w;
    struct buf b;

    words_init(&w, "", 0);
    buf_init(&b);
    words_pack(&w, text, strlen(text), &b);
    snprintf(out, sizeof out, "\"%s\"", b.data);
    buf_release(&b);
    words_release(&w);
    return out;
}

CHECK(articles_are_listed_and_found)
{
    const char *path = sample_path(sample_folder(), "c.db");
    struct cache *c = sample_cache(path);
    struct err e = ERR_INIT;
    struct catalog *l;
    struct catalog_row row;
    struct article a;
    struct buf text;
    int64_t file, id;

    assert_true(cache_begin(c));
    file = sample_file(c, "f");
    id = sample_put(c, file, 1, "A title", "2020-05-01", "Élan in the body.", 0, 0);
    assert_true(cache_commit(c));
    assert_int_equal(hits(cache_db(c), packed("elan")), 1);
    assert_int_equal(hits(cache_db(c), packed("ELAN in the")), 1);
    assert_int_equal(hits(cache_db(c), packed("the in")), 0);
    l = catalog_open(path, false, &e);
    assert_non_null(l);
    assert_true(catalog_row(l, id, &row));
    assert_string_equal(row.title, "A title");
    assert_string_equal(row.locator, "f#1");
    assert_int_equal(row.comments, -1);
    catalog_row_release(&row);
    article_init(&a);
    buf_init(&text);
    assert_true(catalog_article(l, id, &a, &text, &e));
    assert_int_equal(a.block_count, 2);
    assert_string_equal(a.text, "A title\n\nÉlan in the body.");
    article_release(&a);
    buf_release(&text);
    assert_int_equal(catalog_find(l, "1"), id);
    assert_int_equal(catalog_find(l, "f#1"), id);
    assert_int_equal(catalog_find(l, "f"), id);
    assert_int_equal(catalog_find(l, "/corpus/f"), id);
    assert_int_equal(catalog_find(l, "f#2"), 0);
    assert_int_equal(catalog_find(l, "g"), 0);
    assert_false(catalog_row(l, 99, &row));
    catalog_close(&l);
    cache_close(&c);
}

CHECK(an_article_replaced_keeps_its_id_and_leaves_nothing_behind)
{
    struct cache *c = sample_cache(sample_path(sample_folder(), "c.db"));
    struct db *db = cache_db(c);
    int64_t file, id, other;
    long all, unread;

    assert_true(cache_begin(c));
    file = sample_file(c, "f");
    id = sample_put(c, file, 1, "Old", "2020-05-01", "apple", RANK_READ, 0);
    other = sample_put(c, file, 2, "Other", NULL, "cherry", 0, 0);
    assert_true(cache_commit(c));
    assert_true(cache_begin(c));
    assert_int_equal(sample_put(c, file, 1, "New", "2021-05-01", "banana", 0, id), id);
    assert_true(cache_commit(c));
    assert_int_equal(hits(db, packed("apple")), 0);
    assert_int_equal(hits(db, packed("old")), 0);
    assert_int_equal(hits(db, packed("banana")), 1);
    rank_counts(db, ORDER_DATE, &all, &unread);
    assert_int_equal(all, 2);
    assert_int_equal(unread, 2);
    assert_true(cache_begin(c));
    assert_true(cache_remove(c, id));
    assert_true(cache_remove(c, other));
    assert_true(cache_commit(c));
    assert_int_equal(db_int(db, -1, "SELECT count(*) FROM place", ""), 0);
    assert_int_equal(db_int(db, -1, "SELECT count(*) FROM body", ""), 0);
    assert_int_equal(db_int(db, -1, "SELECT sum(count) + sum(unread) FROM rank", ""), 0);
    assert_int_equal(hits(db, packed("banana")), 0);
    /* Ids are never used again. */
    assert_true(cache_begin(c));
    assert_true(sample_put(c, file, 1, "Later", NULL, "x", 0, 0) > other);
    assert_true(cache_commit(c));
    cache_close(&c);
}

CHECK(the_comments_of_a_long_thread_come_and_go_with_it)
{
    enum { COMMENTS = 700 };
    const char *path = sample_path(sample_folder(), "c.db");
    struct cache *c = sample_cache(path);
    struct db *db = cache_db(c);
    struct err e = ERR_INIT;
    struct record r;
    struct known_place place;
    struct codec *codec = codec_new();
    struct catalog *l;
    struct article a;
    struct buf text;
    int64_t file, id, other;

    assert_true(cache_begin(c));
    file = sample_file(c, "f");
    id = sample_put_thread(c, file, 1, "Talk", NULL, "apple", 0, 0, COMMENTS, "cherry");
    other = sample_put_thread(c, file, 2, "More", NULL, "plum", 0, 0, COMMENTS, "quince");
    assert_true(cache_commit(c));
    assert_int_equal(hits(db, packed("cherry number700")), 1);
    l = catalog_open(path, false, &e);
    article_init(&a);
    buf_init(&text);
    assert_true(catalog_article(l, id, &a, &text, &e));
    assert_int_equal(a.comment_count, COMMENTS);
    assert_string_equal(comment_read(&a, 600)->text, "cherry number600");
    assert_int_equal(comment_parent(&a, 600), 599);
    /* A later parser gets all of them again. */
    record_init(&r);
    assert_true(known_record(db, codec, id, &r, &place));
    assert_int_equal(r.comment_count, COMMENTS);
    assert_string_equal(r.comments[COMMENTS - 1].text, "cherry number700");
    assert_string_equal(r.comments[599].parent, "599");
    record_release(&r);
    /* Under a reader's hands: what was read stays, what was not is no other thread's. */
    assert_true(cache_begin(c));
    assert_int_equal(sample_put_thread(c, file, 1, "Talk", NULL, "apple", 0, id, COMMENTS, "melon"), id);
    assert_true(cache_commit(c));
    assert_string_equal(comment_read(&a, 600)->text, "cherry number600");
    assert_string_equal(comment_read(&a, 1)->text, "");
    assert_true(pieces_lost(&a));
    article_release(&a);
    assert_int_equal(hits(db, packed("cherry number700")), 0);
    assert_int_equal(hits(db, packed("melon number700")), 1);
    assert_true(cache_begin(c));
    assert_true(cache_remove(c, id));
    assert_true(cache_commit(c));
    assert_int_equal(hits(db, packed("melon number1")), 0);
    assert_int_equal(db_int(db, -1, "SELECT count(*) FROM talk WHERE id < ?1", "i", other << 24), 0);
    assert_true(db_int(db, -1, "SELECT count(*) FROM talk", "") > 2);
    buf_release(&text);
    codec_free(&codec);
    catalog_close(&l);
    cache_close(&c);
}

CHECK(flags_count_in_every_order)
{
    struct cache *c = sample_cache(sample_path(sample_folder(), "c.db"));
    int64_t file, id;
    long all, unread;
    int ord;

    assert_true(cache_begin(c));
    file = sample_file(c, "f");
    id = sample_put(c, file, 1, "One", NULL, "x", 0, 0);
    sample_put(c, file, 2, "Two", NULL, "x", 0, 0);
    assert_true(cache_set_flags(c, id, RANK_READ));
    assert_true(cache_commit(c));
    for (ord = 0; ord < ORDER_COUNT; ord++) {
        rank_counts(cache_db(c), (enum order)ord, &all, &unread);
        assert_int_equal(all, 2);
        assert_int_equal(unread, 1);
    }
    cache_close(&c);
}

CHECK(a_transaction_undone_leaves_the_cache_as_it_was)
{
    const char *path = sample_path(sample_folder(), "c.db");
    struct cache *c = sample_cache(path);
    int64_t file;

    assert_true(cache_begin(c));
    file = sample_file(c, "f");
    sample_put(c, file, 1, "One", NULL, "x", 0, 0);
    assert_true(cache_commit(c));
    assert_true(cache_begin(c));
    sample_put(c, file, 2, "Two", NULL, "pear", 0, 0);
    db_exec(cache_db(c), "no such statement");
    assert_false(cache_commit(c));
    db_clear(cache_db(c));
    assert_int_equal(db_int(cache_db(c), -1, "SELECT count(*) FROM article", ""), 1);
    assert_int_equal(hits(cache_db(c), packed("pear")), 0);
    assert_true(cache_begin(c));
    assert_true(cache_commit(c));
    cache_close(&c);
}

static void write_file(const char *path, const char *bytes, size_t len)
{
    FILE *f = fopen(path, "w");

    assert_non_null(f);
    assert_int_equal(fwrite(bytes, 1, len, f), len);
    fclose(f);
}

/* What an unchanged corpus is checked in: others who look at the cache are told nothing, and no disk is waited for. */
CHECK(a_transaction_that_changes_nothing_writes_nothing)
{
    const char *path = sample_path(sample_folder(), "c.db");
    struct cache *c = sample_cache(path);
    struct err e = ERR_INIT;
    struct db *other;
    int64_t file, version;

    assert_true(cache_begin(c));
    file = sample_file(c, "a.txt");
    assert_true(cache_commit(c));
    other = db_open(path, DB_READ, &e);
    assert_non_null(other);
    version = db_version(other);
    assert_true(cache_begin(c));
    assert_true(cache_commit(c));
    assert_int_equal(db_version(other), version);
    assert_true(cache_begin(c));
    assert_true(sample_put(c, file, 1, "One", "2016-01-01", "words", 0, 0) > 0);
    assert_true(cache_commit(c));
    assert_int_not_equal(db_version(other), version);
    db_close(&other);
    cache_close(&c);
}

CHECK(a_damaged_cache_is_set_aside)
{
    const char *folder = sample_folder(), *path = sample_path(folder, "c.db");
    struct err e = ERR_INIT;
    struct cache *c;
    struct stat st;
    glob_t g;

    write_file(path, "this is no database, but long enough to be looked at.......................", 70);
    assert_int_equal(heal_prepare(path, &e), HEAL_HEALED);
    assert_int_equal(heal_prepare(path, &e), HEAL_KNOWN);
    assert_int_equal(glob(sample_path(folder, "c.db.damaged-*"), 0, NULL, &g), 0);
    globfree(&g);
    assert_int_equal(stat(path, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    c = cache_open(path, NULL, &e);
    assert_non_null(c);
    cache_close(&c);
}

CHECK(a_database_of_another_program_is_left_alone)
{
    const char *path = sample_path(sample_folder(), "c.db");
    struct err e = ERR_INIT;
    struct db *db = db_open(path, DB_WRITE | DB_CREATE, &e);

    assert_true(db_exec(db, "CREATE TABLE precious(x); INSERT INTO precious VALUES(1)"));
    db_close(&db);
    assert_int_equal(heal_prepare(path, &e), HEAL_FOREIGN);
    db = db_open(path, DB_READ, &e);
    assert_int_equal(db_int(db, -1, "SELECT x FROM precious", ""), 1);
    db_close(&db);
}

CHECK(a_cache_of_another_version_is_made_anew)
{
    const char *path = sample_path(sample_folder(), "c.db");
    struct cache *c = sample_cache(path);
    struct err e = ERR_INIT;

    assert_true(cache_begin(c));
    sample_file(c, "f");
    assert_true(cache_commit(c));
    db_exec(cache_db(c), "PRAGMA user_version=999999");
    cache_close(&c);
    assert_int_equal(heal_prepare(path, &e), HEAL_MADE);
    c = cache_open(path, NULL, &e);
    assert_int_equal(db_int(cache_db(c), -1, "SELECT count(*) FROM file", ""), 0);
    cache_close(&c);
}

CHECK(a_place_that_cannot_be_written_is_said)
{
    struct err e = ERR_INIT;

    assert_int_equal(heal_prepare("/nonexistent/folder/c.db", &e), HEAL_FAILED);
    assert_non_null(strstr(e.text, "/nonexistent/folder/c.db"));
}

CHECK(a_reader_is_not_held_up_by_the_writer)
{
    const char *path = sample_path(sample_folder(), "c.db");
    struct cache *c = sample_cache(path);
    struct err e = ERR_INIT;
    struct catalog *l;
    struct catalog_row row;
    int64_t file, id;

    assert_true(cache_begin(c));
    file = sample_file(c, "f");
    id = sample_put(c, file, 1, "One", NULL, "x", 0, 0);
    assert_true(cache_commit(c));
    l = catalog_open(path, false, &e);
    assert_true(cache_begin(c));
    sample_put(c, file, 1, "Changed", NULL, "x", 0, id);
    assert_true(catalog_row(l, id, &row));
    assert_string_equal(row.title, "One");
    catalog_row_release(&row);
    assert_false(catalog_changed(l));
    assert_true(cache_commit(c));
    assert_true(catalog_changed(l));
    assert_true(catalog_row(l, id, &row));
    assert_string_equal(row.title, "Changed");
    catalog_row_release(&row);
    catalog_close(&l);
    cache_close(&c);
}

/* A reader whose reading ends only when the writer waits for it. */
static struct db *lingering;

static int stop_lingering(sqlite3_vfs *vfs, int us)
{
    (void)vfs;
    db_exec(lingering, "COMMIT");
    return us;
}

/* Writes so much that the log is past its bound, beside a reader who began before. */
static void write_much(struct cache *c)
{
    assert_true(db_exec(lingering, "BEGIN"));
    assert_true(db_int(lingering, -1, "SELECT count(*) FROM meta", "") >= 0);
    assert_true(cache_begin(c));
    assert_true(db_exec(cache_db(c), "REPLACE INTO meta VALUES('much', zeroblob(70 << 20))"));
    assert_true(cache_commit(c));
}

CHECK(the_log_begins_anew_beside_readers_that_end)
{
    const char *folder = sample_folder();
    const char *path = sample_path(folder, "c.db");
    sqlite3_vfs *usual = sqlite3_vfs_find(NULL), waiting = *usual;
    struct err e = ERR_INIT;
    struct cache *c;
    struct stat log;

    waiting.zName = "waiting";
    waiting.xSleep = stop_lingering;
    assert_int_equal(sqlite3_vfs_register(&waiting, 1), SQLITE_OK);
    c = sample_cache(path);
    lingering = db_open(path, DB_READ, &e);
    assert_non_null(lingering);
    write_much(c);
    write_much(c);
    assert_int_equal(stat(sample_path(folder, "c.db-wal"), &log), 0);
    assert_in_range(log.st_size, 1 << 20, 100 << 20);
    db_close(&lingering);
    cache_close(&c);
    sqlite3_vfs_unregister(&waiting);
    sqlite3_vfs_register(usual, 1);
}

CHECK_MAIN(T(articles_are_listed_and_found), T(an_article_replaced_keeps_its_id_and_leaves_nothing_behind),
           T(the_comments_of_a_long_thread_come_and_go_with_it),
           T(flags_count_in_every_order), T(a_transaction_undone_leaves_the_cache_as_it_was),
           T(a_transaction_that_changes_nothing_writes_nothing),
           T(a_damaged_cache_is_set_aside), T(a_database_of_another_program_is_left_alone),
           T(a_cache_of_another_version_is_made_anew), T(a_place_that_cannot_be_written_is_said),
           T(a_reader_is_not_held_up_by_the_writer),
           T(the_log_begins_anew_beside_readers_that_end))
