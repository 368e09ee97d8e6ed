/* SPDX-License-Identifier: ISC */
/* Dumps that are fetched again, with the program's own parser: what their format says of an article beside
 * its text. */
#include "../check.h"

#include "world.h"

#include "base/mem.h"
#include "corpus/check.h"
#include "corpus/corpus.h"
#include "corpus/view.h"
#include "doc/json.h"
#include "store/db.h"

#include <string.h>

static void say(void *ctx, const char *text)
{
    (void)ctx;
    print_message("%s\n", text);
}

/* Brings the cache up to date; what it did. The cache is sound afterwards. */
static struct corpus_progress bring_up(struct corpus **keep)
{
    const char *paths[] = {world_corpus()};
    const struct corpus_options o = {.foreground = true, .wake = -1};
    struct corpus_check check;
    struct corpus_progress p;
    struct err e = ERR_INIT;
    struct corpus *c;

    if (!corpus_open(&c, paths, 1, &o, &e))
        fail_msg("%s", e.text);
    corpus_poll(c, &p);
    if (!corpus_check(paths, 1, NULL, &check, say, say, NULL, &e))
        fail_msg("%s", e.text);
    assert_int_equal(check.damage, 0);
    if (keep)
        *keep = c;
    else
        corpus_close(&c);
    return p;
}

/* The article of a locator as JSON; freed by the caller. */
static char *as_json(struct corpus *c, const char *locator)
{
    struct article a;
    struct err e = ERR_INIT;
    struct buf out;
    char *text = NULL;

    buf_init(&out);
    article_init(&a);
    if (!corpus_article(c, corpus_find(c, locator, &e), &a, &text, &e))
        fail_msg("%s: %s", locator, e.text);
    json_add_article(&out, &a, NULL, 1, 0);
    article_release(&a);
    free(text);
    return buf_steal(&out);
}

static const char one[] =
    "{\"title\": \"A bridge\", \"url\": \"https://example.org/bridge\", \"author\": \"Ann\","
    " \"date\": \"2020-03-04\", \"text\": \"The bridge is closed for a week, says the town.\","
    " \"comments\": [{\"id\": \"x1\", \"author\": \"Bo\", \"text\": \"Again?\"}]}\n";
static const char two[] =
    "{\"title\": \"A bridge\", \"url\": \"https://example.org/bridge\", \"author\": \"Ann\","
    " \"date\": \"2020-03-04\", \"text\": \"The bridge is closed for a week, says the town.\","
    " \"comments\": [{\"id\": \"x1\", \"author\": \"Bo\", \"text\": \"Again?\"},"
    " {\"id\": \"x2\", \"parent_id\": \"x1\", \"author\": \"Cy\", \"text\": \"Always.\"}]}\n";
static const char other[] = "{\"title\": \"A ferry\", \"text\": \"The ferry takes whoever cannot wait.\"}\n";

static int comments_of(struct corpus *c, int64_t id)
{
    struct corpus_row row;
    struct err e = ERR_INIT;
    int n;

    assert_true(corpus_facts(c, id, &row, &e));
    n = row.comments;
    corpus_row_release(&row);
    return n;
}

static void put_two(const char *first, const char *second, const char *third)
{
    char all[2000];

    snprintf(all, sizeof all, "%s%s%s", first, second, third);
    world_put("dump.jsonl", all);
}

CHECK(comments_that_came_since_are_taken_up)
{
    struct corpus_progress p;
    struct corpus *c;
    struct err e = ERR_INIT;
    int64_t id;

    put_two(one, other, "");
    bring_up(&c);
    id = corpus_find(c, "dump.jsonl#1", &e);
    assert_int_equal(comments_of(c, id), 1);
    corpus_set_read(c, id, true);
    corpus_close(&c);
    put_two(two, other, "");
    p = bring_up(&c);
    assert_int_equal(p.changed, 2); /* the file, and the article in it */
    assert_int_equal(p.added + p.removed, 0);
    assert_int_equal(corpus_find(c, "dump.jsonl#1", &e), id);
    assert_int_equal(comments_of(c, id), 2);
    corpus_close(&c);
}

CHECK(an_article_that_moved_in_its_dump_and_got_comments_stays_itself)
{
    struct corpus_progress p;
    struct corpus *c;
    struct err e = ERR_INIT;
    int64_t bridge, ferry;

    put_two(one, other, "");
    bring_up(&c);
    bridge = corpus_find(c, "dump.jsonl#1", &e);
    ferry = corpus_find(c, "dump.jsonl#2", &e);
    corpus_close(&c);
    put_two("{\"title\": \"New\", \"text\": \"Something that came on top of all.\"}\n", two, other);
    p = bring_up(&c);
    assert_int_equal(p.added, 1);
    assert_int_equal(corpus_find(c, "dump.jsonl#2", &e), bridge);
    assert_int_equal(corpus_find(c, "dump.jsonl#3", &e), ferry);
    assert_int_equal(comments_of(c, bridge), 2);
    corpus_close(&c);
}

/* Link posts have no text: all are alike but for what is said of them. */
CHECK(many_of_the_same_text_are_told_apart)
{
    enum { MANY = 3000 };
    struct corpus_progress p;
    struct corpus *c;
    struct err e = ERR_INIT;
    struct buf all;
    char *json;
    int i, turn;

    buf_init(&all);
    for (turn = 0; turn < 2; turn++) {
        buf_clear(&all);
        for (i = 0; i < MANY; i++)
            buf_add_fmt(&all,
                        "{\"title\": \"Link %d\", \"url\": \"https://example.org/%d\", \"text\": \"%s.\"}\n",
                        i, i % 2 ? 1 : i, i == 1234 && turn ? "Not the same" : "The same again and again");
        world_put("dump.jsonl", all.data);
        p = bring_up(&c);
        assert_int_equal(turn ? p.changed : p.added, turn ? 2 : MANY);
        assert_int_equal(turn ? p.added + p.removed : 0, 0);
        json = as_json(c, "dump.jsonl#1235");
        assert_non_null(strstr(json, "Link 1234"));
        free(json);
        corpus_close(&c);
    }
    (void)e;
    buf_release(&all);
}

/* A newer parser reads from the cache: what the format gave must be there. */
CHECK(what_the_format_gave_survives_a_newer_parser)
{
    struct corpus_progress p;
    struct corpus *c;
    struct err e = ERR_INIT;
    struct db *db;
    char *before, *after;
    int turn;

    put_two(two, other, "");
    bring_up(&c);
    before = as_json(c, "dump.jsonl#1");
    assert_non_null(strstr(before, "Always."));
    assert_non_null(strstr(before, "Ann"));
    corpus_close(&c);
    for (turn = 0; turn < 2; turn++) {
        db = db_open(world_find(".cache/cuttings/*.db"), DB_WRITE, &e);
        assert_true(
            db_exec(db, "UPDATE meta SET value = 0 WHERE name = 'parser'; UPDATE article SET parser = 0"));
        db_close(&db);
        p = bring_up(&c);
        assert_int_equal(p.changed, 2);
        after = as_json(c, "dump.jsonl#1");
        assert_string_equal(after, before);
        free(after);
        corpus_close(&c);
    }
    /* And it is still known to be what the dump says: the dump fetched once more changes nothing. */
    put_two(two, other, "\n");
    p = bring_up(NULL);
    assert_int_equal(p.changed, 1);
    assert_int_equal(p.added + p.removed, 0);
    free(before);
}

CHECK(one_bad_record_costs_no_other)
{
    const char *paths[] = {world_corpus()};
    struct corpus_check check;
    struct corpus_progress p;
    struct err e = ERR_INIT;

    put_two(one, "{\"title\": \"cut off\n{\"text\": 7}\n[1, 2]\n\xFF\xFE{}\n", other);
    p = bring_up(NULL);
    assert_int_equal(p.added, 2);
    assert_true(p.faults > 0);
    assert_true(corpus_check(paths, 1, NULL, &check, say, say, NULL, &e));
    assert_int_equal(check.faults, p.faults);
    assert_int_equal(check.waiting, 0);
    put_two(one, two, other);
    bring_up(NULL);
    assert_true(corpus_check(paths, 1, NULL, &check, say, say, NULL, &e));
    assert_int_equal(check.faults, 0);
}

CHECK(what_is_told_as_read_is_what_there_was_to_read)
{
    struct corpus_progress p;
    struct buf binary;
    int i;

    buf_init(&binary);
    for (i = 0; i < 5000; i++)
        buf_add_char(&binary, (char)(1 + i % 7));
    world_put("a.txt", "A text\n\nthat stands alone.\n");
    world_put("b.bin", binary.data);
    put_two(one, "{\"text\": \"cut\n", other);
    p = bring_up(NULL);
    assert_int_equal(p.files_total, 3);
    assert_int_equal(p.files_done, 3);
    assert_int_equal(p.bytes_done, p.bytes_total);
    assert_true(p.bytes_total > 5000);
    p = bring_up(NULL);
    assert_int_equal(p.files_total, 0);
    assert_int_equal(p.bytes_done, 0);
    buf_release(&binary);
}

CHECK_MAIN(W(comments_that_came_since_are_taken_up),
           W(an_article_that_moved_in_its_dump_and_got_comments_stays_itself),
           W(many_of_the_same_text_are_told_apart), W(what_the_format_gave_survives_a_newer_parser),
           W(one_bad_record_costs_no_other), W(what_is_told_as_read_is_what_there_was_to_read))
