/* SPDX-License-Identifier: ISC */
/* Catalogues that contradict themselves, as anybody may make them: they are read to an end, whatever they say. */
#include "fake.h"
#include "world.h"

#include "base/buf.h"
#include "base/mem.h"
#include "corpus/check.h"
#include "corpus/corpus.h"
#include "corpus/view.h"
#include "store/db.h"

#include <unistd.h>

enum { ARTICLES = 120, PAGE = 16 };

static void make(const char *catalogue)
{
    const char *paths[] = {world_corpus()};
    struct corpus *c;
    struct err e = ERR_INIT;

    for (int i = 0; i < ARTICLES; i++) {
        char name[16], text[64];

        snprintf(name, sizeof name, "%03d.txt", i);
        snprintf(text, sizeof text, "Title %d\nDATE 2020-01-%02d\nSome words here.\n", i * 7 % 100, 1 + i % 28);
        world_put(name, text);
    }
    if (!corpus_open(&c, paths, 1,
                     &(struct corpus_options){.cache = catalogue, .foreground = true, .wake = -1}, &e))
        fail_msg("%s", e.text);
    corpus_close(&c);
}

static void copy_file(const char *from, const char *to)
{
    static char bytes[1 << 22];
    FILE *in = fopen(from, "rb"), *out = fopen(to, "wb");
    size_t len;

    assert_true(in && out);
    len = fread(bytes, 1, sizeof bytes, in);
    assert_true(len < sizeof bytes);
    assert_int_equal(fwrite(bytes, 1, len, out), len);
    assert_int_equal(fclose(in), 0);
    assert_int_equal(fclose(out), 0);
}

/* How many rows a view has, read page by page as far as it goes. */
static void walk(struct corpus *c, const char *query, enum corpus_order order, bool reverse, enum corpus_from way)
{
    enum corpus_from from = way == CORPUS_AFTER ? CORPUS_FIRST : CORPUS_LAST;
    struct corpus_row rows[PAGE];
    struct corpus_view *v;
    struct err e = ERR_INIT;
    int64_t last = 0;
    int n, all = 0;

    assert_true(corpus_view_new(c, query, order, reverse, &v, &e));
    while ((n = corpus_view_rows(v, from, last, rows, PAGE)) > 0) {
        last = rows[way == CORPUS_AFTER ? n - 1 : 0].id;
        corpus_view_number(v, last);
        for (int i = 0; i < n; i++)
            corpus_row_release(&rows[i]);
        from = way;
        all += n;
        assert_true(all <= 2 * ARTICLES);
    }
    corpus_view_unread(v, last, 1);
    corpus_view_free(&v);
}

static void count(void *ctx, const char *text)
{
    (void)text;
    ++*(long *)ctx;
}

static void look(const char *catalogue)
{
    const char *paths[] = {catalogue}, *queries[] = {NULL, "some", "so*", "-so*", "title*", "in:001.txt", "date:2020"};
    struct corpus_check found;
    struct corpus *c;
    struct err e = ERR_INIT;
    long said = 0;

    if (corpus_open(&c, paths, 1, &(struct corpus_options){.wake = -1}, &e)) {
        for (int order = 0; order <= CORPUS_BY_FILE; order++)
            for (int way = 0; way < 4; way++)
                walk(c, NULL, (enum corpus_order)order, way & 1, way & 2 ? CORPUS_BEFORE : CORPUS_AFTER);
        for (size_t i = 0; i < sizeof queries / sizeof queries[0]; i++)
            walk(c, queries[i], CORPUS_BY_DATE, false, CORPUS_AFTER);
        corpus_find(c, "001.txt", &e);
        corpus_close(&c);
    }
    corpus_check(paths, 1, NULL, &found, count, count, &said, &e);
}

CHECK(what_contradicts_itself_is_read_to_an_end)
{
    static const char *const lies[] = {
        "UPDATE place SET key = x'0001'",
        "UPDATE OR IGNORE place SET key = 'nonsense'",
        "UPDATE OR IGNORE place SET key = NULL",
        "UPDATE OR IGNORE place SET id = id * 7919 % 120 + 1",
        "UPDATE OR IGNORE place SET ord = (ord + id) % 9",
        "DELETE FROM place WHERE id % 2",
        "UPDATE rank SET count = 1 << 60, unread = -5",
        "UPDATE rank SET kids = 0",
        "DELETE FROM rank",
        "DELETE FROM article WHERE id % 3 = 0",
        "UPDATE article SET id = 1 << 58 WHERE id = 3",
        "UPDATE article SET id = -1 WHERE id = 3",
        "UPDATE article SET slot = -slot",
        "UPDATE article SET slot = 9223372036854775807 WHERE id = 3",
        "UPDATE article SET slot = slot | 1 << 61",
        "UPDATE article SET published = NULL, title = NULL, digest = NULL, tail = NULL, file = NULL",
        "UPDATE article SET words = 1 << 62, comments = -1 << 62, minutes = 1 << 62, flags = -1",
        "UPDATE file SET key = NULL, name = NULL",
        "UPDATE root SET path = NULL",
        "UPDATE OR IGNORE begins SET block = 9223372036854775807",
        "UPDATE begins SET ids = x''",
        "UPDATE body SET data = substr(data, 1, 9)",
        "UPDATE body SET data = x'ffffffffffffffffffff'",
    };
    char *whole = mem_strdup(world_path("whole.db")), *lying = mem_strdup(world_path("lying.db"));

    make(whole);
    look(whole);
    for (size_t i = 0; i < sizeof lies / sizeof lies[0]; i++) {
        struct err e = ERR_INIT;
        struct db *db;

        copy_file(whole, lying);
        db = db_open(lying, DB_WRITE, &e);
        assert_non_null(db);
        if (!db_exec(db, lies[i])) {
            db_report(db, &e);
            fail_msg("%s: %s", lies[i], e.text);
        }
        db_close(&db);
        print_message("%s\n", lies[i]);
        look(lying);
    }
    free(whole);
    free(lying);
}

CHECK_MAIN(W(what_contradicts_itself_is_read_to_an_end))
