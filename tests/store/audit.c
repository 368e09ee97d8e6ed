/* SPDX-License-Identifier: ISC */
#include "sample.h"

#include "store/audit.h"
#include "store/rank.h"

static const char *path;
static struct cache *cache;
static struct buf said;

static void say(void *ctx, const char *text)
{
    (void)ctx;
    buf_add_fmt(&said, "%s\n", text);
}

/* Two articles, and a third with a long thread where that is wanted. */
static void open_two(bool thread)
{
    int64_t file;

    path = sample_path(sample_folder(), "c.db");
    cache = sample_cache(path);
    buf_init(&said);
    assert_true(cache_begin(cache));
    file = sample_file(cache, "f");
    sample_put(cache, file, 0, "Cranes", "2021-03-14", "The last crane goes to the scrap yard.", 0, 0);
    sample_put(cache, file, 1, "Bread", NULL, "Rye flour and water.", RANK_READ, 0);
    if (thread)
        sample_put_thread(cache, file, 2, "Talk", NULL, "Of cranes.", 0, 0, 500, "said");
    files_progress(cache, file, thread ? 3 : 2, true);
    assert_true(cache_commit(cache));
}

static void close_two(void)
{
    cache_close(&cache);
    buf_release(&said);
}

static struct audit look(void)
{
    struct audit_options o = {.path = path, .fault = say, .damage = say};
    struct err e = ERR_INIT;
    struct audit a;

    buf_clear(&said);
    if (!audit_run(&o, &a, &e))
        fail_msg("%s", e.text);
    return a;
}

/* After this SQL the audit says something with these words in it. */
static void is_found(const char *sql, const char *words)
{
    struct audit a;

    open_two(true);
    assert_int_equal(look().damage, 0);
    cache_begin(cache);
    assert_true(db_exec(cache_db(cache), sql));
    assert_true(cache_commit(cache));
    a = look();
    if (a.damage == 0 || !strstr(said.data, words))
        fail_msg("after '%s': %ld, %s", sql, a.damage, said.data);
    close_two();
}

CHECK(a_whole_cache_is_sound)
{
    struct audit a;

    open_two(false);
    a = look();
    assert_int_equal(a.damage, 0);
    assert_string_equal(said.data, "");
    assert_int_equal(a.files, 1);
    assert_int_equal(a.waiting, 0);
    assert_int_equal(a.articles, 2);
    assert_int_equal(a.faults, 0);
    cache_begin(cache);
    files_add_fault(cache, 1, "f: line 3 is bad");
    files_progress(cache, 1, 2, false);
    assert_true(cache_commit(cache));
    a = look();
    assert_int_equal(a.faults, 1);
    assert_int_equal(a.waiting, 1);
    assert_int_equal(a.damage, 0);
    assert_string_equal(said.data, "f: line 3 is bad\n");
    close_two();
}

CHECK(hidden_articles_stand_in_no_order)
{
    open_two(false);
    cache_begin(cache);
    assert_true(cache_set_flags(cache, 1, RANK_HIDDEN));
    assert_true(cache_commit(cache));
    assert_int_equal(look().damage, 0);
    assert_string_equal(said.data, "");
    cache_begin(cache);
    assert_true(db_exec(cache_db(cache), "UPDATE article SET flags = 0 WHERE id = 1"));
    assert_true(cache_commit(cache));
    assert_true(look().damage > 0);
    assert_non_null(strstr(said.data, "article 1 is not in its place"));
    cache_begin(cache);
    assert_true(db_exec(cache_db(cache), "UPDATE article SET flags = 4 WHERE id = 2"));
    assert_true(cache_commit(cache));
    look();
    assert_non_null(strstr(said.data, "article 2 is hidden, and stands in order 0"));
    close_two();
}

CHECK(what_is_damaged_is_said)
{
    is_found("DELETE FROM body WHERE id = 1", "no text");
    is_found("INSERT INTO body VALUES(77, x'00')", "no article");
    is_found("UPDATE article SET id = 77 WHERE id = 2", "1 articles have numbers that are still to be given");
    is_found("UPDATE article SET file = 5 WHERE id = 2", "no file");
    is_found("UPDATE body SET data = substr(data, 1, length(data) - 4) WHERE id = 1", "cannot be read");
    is_found("DELETE FROM place WHERE id = 1 AND ord = 2", "place");
    is_found("UPDATE place SET key = x'00' WHERE id = 1 AND ord = 0", "place in order 0");
    is_found("UPDATE rank SET count = count + 1 WHERE ord = 3", "order 3 counts");
    is_found("UPDATE rank SET unread = unread + 1 WHERE ord = 1", "order 1 counts");
    is_found("DELETE FROM begins WHERE key <> 0", "beginnings");
    is_found("INSERT INTO words(words) VALUES('delete-all')", "full-text");
    is_found("INSERT INTO talk VALUES(77 << 24, x'00')", "comments have no article");
    is_found("DELETE FROM talk WHERE id = (3 << 24) + 2", "comments of article 3 cannot be read");
    is_found("UPDATE talk SET data = substr(data, 1, length(data) - 4) WHERE id = (3 << 24) + 4",
             "comments of article 3 cannot be read");
}

CHECK(what_is_no_cache_is_refused)
{
    struct audit_options o = {.fault = say, .damage = say};
    struct err e = ERR_INIT;
    struct audit a;
    FILE *f;

    o.path = path = sample_path(sample_folder(), "other");
    assert_false(audit_run(&o, &a, &e));
    f = fopen(path, "w");
    assert_non_null(f);
    fprintf(f, "%1000s", "no database");
    fclose(f);
    e = (struct err)ERR_INIT;
    assert_false(audit_run(&o, &a, &e));
    assert_non_null(strstr(e.text, "other"));
}

CHECK_MAIN(T(a_whole_cache_is_sound), T(hidden_articles_stand_in_no_order),
           T(what_is_damaged_is_said), T(what_is_no_cache_is_refused))
