/* SPDX-License-Identifier: ISC */
#include "world.h"

#include "base/buf.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "corpus/carry.h"
#include "corpus/own.h"
#include "store/db.h"
#include "store/notes.h"

#include <dirent.h>
#include <sys/stat.h>
#include <unistd.h>

#define HEAD "{\"kind\": \"reading-state\", \"version\": 1}\n"
#define STAR "{\"kind\": \"starred\", \"at\": 2000, \"writer\": \"0000000000000001\"," \
    " \"digest\": \"000102030405060708090a0b0c0d0e0f\", \"on\": true," \
    " \"origin\": \"f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff\", \"locator\": \"a.txt\"}\n"
#define OWN ".local/share/cuttings/"

/* All that was told, a line each. */
static struct buf told;

static int set_up(void **state)
{
    buf_init(&told);
    return world_set_up(state);
}

static int tear_down(void **state)
{
    buf_release(&told);
    return world_tear_down(state);
}

static void on_line(void *ctx, const char *text, size_t len)
{
    (void)ctx;
    buf_add(&told, text, len);
    buf_add_char(&told, '\n');
}

static void on_text(void *ctx, const char *text, size_t len)
{
    buf_add(ctx, text, len);
}

static char *exported(void)
{
    struct err e = ERR_INIT;
    struct buf out;

    buf_init(&out);
    if (!carry_export(on_text, &out, &e))
        fail_msg("%s", e.text);
    return buf_steal(&out);
}

static struct carry_merged merge(const char *path)
{
    struct carry_merged merged;
    struct err e = ERR_INIT;

    if (!carry_merge(path, on_line, NULL, &merged, &e))
        fail_msg("%s", e.text);
    return merged;
}

/* Files in the folder of the reader's own state that are none of its own. */
static int strangers(void)
{
    DIR *dir = opendir(world_path(OWN));
    const struct dirent *entry;
    int count = 0;

    assert_non_null(dir);
    while ((entry = readdir(dir)))
        count += entry->d_name[0] != '.' && strncmp(entry->d_name, "reading.db", 10) != 0;
    closedir(dir);
    return count;
}

CHECK(of_a_reader_without_marks_comes_the_first_line_alone)
{
    char *all = exported();

    assert_string_equal(all, HEAD);
    free(all);
    assert_int_equal(access(world_path(".local"), F_OK), -1);
}

CHECK(lines_are_taken_over_and_each_that_is_no_mark_is_told)
{
    struct carry_merged merged;
    char *all;

    world_put("marks", HEAD STAR "no JSON\n\n" STAR "{\"kind\": \"liked\"}");
    merged = merge(world_path("press/marks"));
    assert_int_equal(merged.marks, 2);
    assert_int_equal(merged.news, 1);
    assert_int_equal(merged.faults, 2);
    assert_non_null(strstr(told.data, "press/marks:3: not a JSON object\n"));
    assert_non_null(strstr(told.data, "press/marks:6: nothing is known of marks of kind 'liked'\n"));
    all = exported();
    assert_string_equal(all, HEAD STAR);
    free(all);
}

/* What no mark can be as long as is told once, and what follows it is read. */
CHECK(a_line_of_any_length_costs_itself_alone)
{
    enum { LONG = (1 << 24) + 5 };
    char *text = mem_alloc(LONG + sizeof STAR + 1);
    struct carry_merged merged;

    memset(text, ' ', LONG);
    memcpy(text + LONG, "\n" STAR, sizeof STAR + 1);
    world_put("marks", text);
    free(text);
    merged = merge(world_path("press/marks"));
    assert_int_equal(merged.marks, 1);
    assert_int_equal(merged.faults, 1);
    assert_non_null(strstr(told.data, "marks:1: the line is longer than any mark\n"));
}

CHECK(a_reading_state_is_merged_as_its_lines_are)
{
    struct carry_merged merged;
    char *before, *after;

    world_put("marks", HEAD STAR);
    merge(world_path("press/marks"));
    before = exported();
    assert_int_equal(rename(world_path(OWN "reading.db"), world_path("other.db")), 0);
    merged = merge(world_path("other.db"));
    assert_int_equal(merged.marks, 1);
    assert_int_equal(merged.news, 1);
    merged = merge(world_path("other.db"));
    assert_int_equal(merged.news, 0);
    merged = merge(world_path(OWN "reading.db")); /* itself */
    assert_int_equal(merged.marks, 1);
    assert_int_equal(merged.news, 0);
    after = exported();
    assert_string_equal(before, after);
    assert_int_equal(strangers(), 0);
    free(before);
    free(after);
}

/* What format 1 was. */
static void make_old_state(const char *path)
{
    struct err e = ERR_INIT;
    struct db *db = db_open(path, DB_WRITE | DB_CREATE, &e);

    assert_non_null(db);
    assert_true(db_exec(db, "PRAGMA application_id=1131705426; PRAGMA user_version=1;"
                            "CREATE TABLE self(name INT); INSERT INTO self VALUES(4711);"
                            "CREATE TABLE entry(seq INTEGER PRIMARY KEY AUTOINCREMENT, at INT, writer INT, kind INT,"
                            " digest BLOB, origin BLOB, locator TEXT, a INT, b INT);"
                            "CREATE TABLE mark(digest BLOB PRIMARY KEY, origin BLOB, flags INT, placed INT,"
                            " comment INT, offset INT, seq INT) WITHOUT ROWID;"
                            "CREATE TABLE shelf(path TEXT PRIMARY KEY, opened INT) WITHOUT ROWID;"
                            "INSERT INTO mark VALUES(zeroblob(16), zeroblob(16), 2, 0, 0, 0, 0)"));
    db_close(&db);
}

CHECK(an_older_one_is_brought_up_without_leaving_anything)
{
    struct carry_merged merged;

    make_old_state(world_path("other.db"));
    merged = merge(world_path("other.db"));
    assert_int_equal(merged.news, 1);
    assert_int_equal(strangers(), 0);
}

CHECK(one_that_cannot_be_merged_changes_nothing_and_leaves_nothing)
{
    struct carry_merged merged;
    struct err e = ERR_INIT;
    char *before, *after;

    world_put("marks", HEAD STAR);
    merge(world_path("press/marks"));
    before = exported();
    make_old_state(world_path("other.db"));
    world_damage("other.db", 4096, "nothing of the kind", 19); /* its second page */
    assert_false(carry_merge(world_path("other.db"), on_line, NULL, &merged, &e));
    assert_true(e.text[0]);
    after = exported();
    assert_string_equal(before, after);
    assert_int_equal(strangers(), 0);
    free(before);
    free(after);
}

/* Words of two bytes a letter, of which the sixtieth byte is the first of one. */
CHECK(a_note_whose_corpus_is_gone_is_told_in_whole_characters)
{
    char words[] = "-яяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяя", root[] = "/nowhere/at/all", text[] = "";
    struct notes_note note = {.end = 5, .words = words, .text = text, .root = root};
    struct carry_check check;
    struct err e = ERR_INIT;
    struct state *s = own_state(NULL, &e);

    assert_true(notes_add(s, &note, &e));
    state_close(&s);
    memset(&check, 0xFF, sizeof check);
    assert_true(carry_check(on_line, NULL, &check, &e));
    assert_int_equal(check.notes, 1);
    assert_int_equal(check.damage, 1);
    assert_true(check.marks > 0);
    assert_true(utf8_valid(told.data, told.len, NULL));
    assert_non_null(strstr(told.data, "'/nowhere/at/all' is not there"));
}

#define C(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

CHECK_MAIN(C(of_a_reader_without_marks_comes_the_first_line_alone),
           C(lines_are_taken_over_and_each_that_is_no_mark_is_told), C(a_line_of_any_length_costs_itself_alone),
           C(a_reading_state_is_merged_as_its_lines_are), C(an_older_one_is_brought_up_without_leaving_anything),
           C(one_that_cannot_be_merged_changes_nothing_and_leaves_nothing),
           C(a_note_whose_corpus_is_gone_is_told_in_whole_characters))
