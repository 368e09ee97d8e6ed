/* SPDX-License-Identifier: ISC */
#include "../check.h"

#include "whole.h"

#include "base/mem.h"
#include "corpus/site.h"
#include "store/db.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Reads like the text of an article: only the site's other pages tell that it is none. */
static const char appeal[] = "The harbour has been our home for many years, and the people who work there "
                             "have told us what they saw each morning before the boats went out.";

static const char *const word[] = {"river", "council", "school", "market", "bridge", "winter", "orchard", "station"};

/* Page n of a site: made-up prose, and the appeal amid it where there is one. */
static void put_page(const char *site, int n, const char *amid)
{
    char name[64], text[2048];
    size_t at = 0;
    int i;

    snprintf(name, sizeof name, "%s/%03d.txt", site, n);
    at += (size_t)snprintf(text, sizeof text, "The %s of the %s, number %d\n\n", word[n % 8], word[n / 8 % 8], n);
    for (i = 0; i < 4; i++) {
        at += (size_t)snprintf(text + at, sizeof text - at,
                               "On the %d. day the %s was said to be near the %s, and %d of the people who had come to "
                               "see it went on to the %s, where they stayed until the evening of day %d.\n\n",
                               n * 7 + i, word[(n + i) % 8], word[(n + 3 * i) % 8], n * 11 + i,
                               word[(n + 5) % 8], n + i);
        if (i == 1 && amid)
            at += (size_t)snprintf(text + at, sizeof text - at, "%s\n\n", amid);
    }
    world_put(name, text);
}

/* How page n of a site has the appeal: by kind, with ARTICLE_SITE as 100 more; -1 where no block is it. */
static int appeal_of(struct corpus *c, const char *site, int n)
{
    char ref[64], *text;
    struct err e = ERR_INIT;
    struct article a;
    size_t i;
    int found = -1;

    snprintf(ref, sizeof ref, "%s/%03d.txt", site, n);
    article_init(&a);
    if (!corpus_article(c, corpus_find(c, ref, &e), &a, &text, &e))
        fail_msg("%s", e.text);
    assert_true(article_check(&a));
    for (i = 0; i < a.block_count; i++) {
        const struct article_block *b = &a.blocks[i];

        if (b->end - b->start == strlen(appeal) && memcmp(a.text + b->start, appeal, strlen(appeal)) == 0)
            found = (int)b->kind + (b->flags & ARTICLE_SITE ? 100 : 0);
    }
    article_release(&a);
    free(text);
    return found;
}

static void make_folders(void)
{
    assert_int_equal(mkdir(world_path("press/one.example"), 0755), 0);
    assert_int_equal(mkdir(world_path("press/two.example"), 0755), 0);
}

CHECK(what_a_site_says_on_all_pages_is_its_voice_on_the_first_too)
{
    struct corpus *c;
    int n;

    make_folders();
    for (n = 0; n < 30; n++) {
        put_page("one.example", n, appeal);
        put_page("two.example", n + 100, n == 3 ? appeal : NULL);
    }
    c = whole_open();
    for (n = 0; n < 30; n++)
        assert_int_equal(appeal_of(c, "one.example", n), 100 + KIND_BOILERPLATE);
    assert_int_equal(appeal_of(c, "two.example", 103), KIND_PARAGRAPH);
    corpus_close(&c);
}

CHECK(a_site_becomes_known_while_its_pages_come_one_by_one)
{
    struct corpus_progress p;
    struct corpus *c;
    int n;

    make_folders();
    for (n = 0; n < 6; n++) {
        put_page("one.example", n, appeal);
        c = whole_open();
        corpus_poll(c, &p);
        assert_int_equal(p.records, 1);
        assert_int_equal(p.added, 1);
        assert_int_equal(p.changed, 0);
        if (n < 4)
            assert_int_equal(appeal_of(c, "one.example", 0), KIND_PARAGRAPH);
        corpus_close(&c);
    }
    c = whole_open();
    for (n = 0; n < 6; n++)
        assert_int_equal(appeal_of(c, "one.example", n), 100 + KIND_BOILERPLATE);
    corpus_close(&c);
}

/* As if indexing had been killed before its last part: no file is new, and yet there is work. */
CHECK(what_was_left_undone_is_done_the_next_time)
{
    static const char undone[] = "SELECT (SELECT count(*) FROM article WHERE voice = 0) +"
                                 " (SELECT count(*) FROM site WHERE settled < turn OR turn = 0)";
    const char *path;
    struct err e = ERR_INIT;
    struct corpus *c;
    struct db *db;
    int n;

    make_folders();
    for (n = 0; n < 8; n++)
        put_page("one.example", n, appeal);
    c = whole_open();
    corpus_close(&c);
    path = world_find(".cache/cuttings/*.db");
    db = db_open(path, DB_WRITE, &e);
    assert_int_equal(db_int(db, -1, undone, ""), 0);
    assert_true(db_exec(db, "UPDATE site SET settled = 0; UPDATE article SET turn = 0, voice = 0 WHERE id < 4"));
    assert_int_equal(db_int(db, -1, undone, ""), 4);
    db_close(&db);
    c = whole_open();
    corpus_close(&c);
    db = db_open(path, DB_READ, &e);
    assert_int_equal(db_int(db, -1, undone, ""), 0);
    assert_int_equal(db_int(db, -1, "SELECT count(*) FROM article", ""), 8);
    db_close(&db);
}

/* One page twenty times: what it says is its own, and not the site's. */
CHECK(copies_keep_their_text)
{
    struct corpus *c;
    int n;

    make_folders();
    put_page("two.example", 0, appeal);
    for (n = 1; n < 20; n++) {
        char to[64];

        snprintf(to, sizeof to, "press/two.example/%03d.txt", n);
        assert_int_equal(link(world_path("press/two.example/000.txt"), world_path(to)), 0);
    }
    c = whole_open();
    for (n = 0; n < 20; n++)
        assert_int_equal(appeal_of(c, "two.example", n), KIND_PARAGRAPH);
    corpus_close(&c);
}

static int64_t site_at(const char *url, const char *site, const char *locator)
{
    struct record r;
    int64_t id;

    record_init(&r);
    r.url = url;
    r.site = site;
    r.locator = (char *)(uintptr_t)locator; /* only read */
    r.given = (url ? RECORD_URL : 0) | (site ? RECORD_SITE : 0);
    id = site_of(&r);
    record_release(&r);
    return id;
}

CHECK(a_records_site_is_its_host_its_name_or_a_folder_called_like_a_host)
{
    int64_t id = site_at("https://www.one.example:80/a?b=@", NULL, "x.txt");

    assert_false(id == 0);
    assert_true(site_at("one.example", "Another Name", NULL) == id);
    assert_true(site_at(NULL, "One.Example", "two.example/x.txt") == id);
    assert_true(site_at(NULL, NULL, "www.one.example/a/b.txt") == id);
    assert_true(site_at(NULL, NULL, "one.example") == 0);
    assert_true(site_at(NULL, NULL, "pages/one.example/x.txt") == 0);
    assert_true(site_at(NULL, NULL, "2020.12/x.txt") == 0);
    assert_true(site_at(NULL, NULL, ".hidden/x.txt") == 0);
    assert_true(site_at(NULL, NULL, NULL) == 0);
}

CHECK_MAIN(W(what_a_site_says_on_all_pages_is_its_voice_on_the_first_too),
           W(a_site_becomes_known_while_its_pages_come_one_by_one),
           W(what_was_left_undone_is_done_the_next_time), W(copies_keep_their_text),
           W(a_records_site_is_its_host_its_name_or_a_folder_called_like_a_host))
