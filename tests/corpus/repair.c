/* SPDX-License-Identifier: ISC */
#include "../check.h"

#include "world.h"

#include "base/buf.h"
#include "base/confine.h"
#include "corpus/corpus.h"
#include "corpus/repair.h"
#include "corpus/talk.h"
#include "store/db.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A page whose comments no parser would believe in: each begins with a line that only a reader knows for a name. */
#define STORY                                                                                                       \
    "A bridge is opened\n\nThe town of Elmsford opened its new bridge on Monday, two years after the old one was "  \
    "washed away by the river. More than a thousand people came.\n\nThe mayor thanked the builders, who had "       \
    "worked through two winters. The bridge is eighty metres long and has room for bicycles.\n\n"

#define PAGE(first, second)                                                                                         \
    STORY first " schrieb's\nWhat a fine bridge, I crossed it twice on the first day of all.\n\n" second            \
                " schrieb's\nIt cost far too much, and I do not see who is to pay for all of this.\n"

static int wake[2] = {-1, -1}; /* news of the corpus that was opened last */

static struct corpus *open_whole(void)
{
    const char *paths[] = {world_corpus()};
    struct corpus_options o = {.foreground = true};
    struct err e = ERR_INIT;
    struct corpus *c;

    if (wake[0] >= 0) {
        close(wake[0]);
        close(wake[1]);
    }
    assert_int_equal(pipe(wake), 0);
    o.wake = wake[1];
    if (!corpus_open(&c, paths, 1, &o, &e))
        fail_msg("%s", e.text);
    return c;
}

static int64_t find(struct corpus *c, const char *name)
{
    struct err e = ERR_INIT;
    int64_t id = corpus_find(c, name, &e);

    assert_true(id > 0);
    return id;
}

/* "Anna;Bob;", of what the screen shows. */
static const char *authors(struct corpus *c, const char *name)
{
    static char out[200];
    struct err e = ERR_INIT;
    struct article a;
    char *text;

    article_init(&a);
    if (!corpus_article(c, find(c, name), &a, &text, &e))
        fail_msg("%s", e.text);
    assert_true(article_check(&a));
    out[0] = '\0';
    for (size_t i = 0; i < a.comment_count; i++)
        snprintf(out + strlen(out), sizeof out - strlen(out), "%s;", a.comments[i].author);
    article_release(&a);
    free(text);
    return out;
}

/* What the cache says, which the list and the search go by. */
static int counted(const char *name)
{
    struct err e = ERR_INIT;
    struct db *db = db_open(world_find(".cache/cuttings/*.db"), DB_READ, &e);
    int64_t count;

    assert_non_null(db);
    count = db_int(db, -2, "SELECT a.comments FROM article a JOIN file f ON f.id = a.file WHERE f.name = ?1", "t",
                   name);
    db_close(&db);
    return (int)count;
}

/* The indexer follows in its own time, and tells. */
static void wait_for(struct corpus *c, const char *name, int comments)
{
    struct corpus_progress p;

    corpus_poll(c, &p);
    while (counted(name) != comments) {
        assert_true(world_wait(wake[0]));
        corpus_poll(c, &p);
    }
}

static void make_pages(void)
{
    assert_int_equal(mkdir(world_path("press/one.example"), 0755), 0);
    assert_int_equal(mkdir(world_path("press/two.example"), 0755), 0);
    world_put("one.example/a.txt", PAGE("Anna Holm", "Bob"));
    world_put("one.example/b.txt", PAGE("Carol Ames", "dave99"));
    world_put("two.example/a.txt", PAGE("Eve", "Frank Roe"));
}

static int64_t say(struct corpus *c, const char *name, enum fix_answer answer, const char *text, const char *line)
{
    struct err e = ERR_INIT;
    size_t at = (size_t)(strstr(text, line) - text);
    int64_t number = repair_line(c, find(c, name), answer, line, strlen(line), at, &e);

    if (!number)
        fail_msg("%s", e.text);
    return number;
}

static const char first[] = PAGE("Anna Holm", "Bob");

CHECK(a_correction_shows_at_once_and_in_the_cache)
{
    struct corpus *c;
    struct err e = ERR_INIT;
    int64_t anna, bob;

    make_pages();
    c = open_whole();
    assert_string_equal(authors(c, "one.example/a.txt"), "");
    anna = say(c, "one.example/a.txt", FIX_AUTHOR, first, "Anna Holm schrieb's");
    bob = say(c, "one.example/a.txt", FIX_AUTHOR, first, "Bob schrieb's");
    assert_string_equal(authors(c, "one.example/a.txt"), "Anna Holm;Bob;");
    assert_string_equal(authors(c, "one.example/b.txt"), "");
    wait_for(c, "one.example/a.txt", 2);
    assert_true(repair_take_back(c, anna, &e));
    assert_true(repair_take_back(c, bob, &e));
    assert_string_equal(authors(c, "one.example/a.txt"), "");
    wait_for(c, "one.example/a.txt", -1);
    assert_false(repair_take_back(c, bob, &e));
    corpus_close(&c);
}

/* Neither another start, nor a cache that is made again, nor a page that changed around the line. */
CHECK(a_correction_stays)
{
    struct corpus *c;

    make_pages();
    c = open_whole();
    say(c, "one.example/a.txt", FIX_AUTHOR, first, "Anna Holm schrieb's");
    say(c, "one.example/a.txt", FIX_AUTHOR, first, "Bob schrieb's");
    corpus_close(&c);
    c = open_whole();
    assert_int_equal(counted("one.example/a.txt"), 2);
    corpus_close(&c);
    world_remove(".cache");
    c = open_whole();
    assert_int_equal(counted("one.example/a.txt"), 2);
    assert_string_equal(authors(c, "one.example/a.txt"), "Anna Holm;Bob;");
    corpus_close(&c);
    world_put("one.example/a.txt", "Seen in the paper today\n\n" PAGE("Anna Holm", "Bob"));
    c = open_whole();
    assert_int_equal(counted("one.example/a.txt"), 2);
    assert_string_equal(authors(c, "one.example/a.txt"), "Anna Holm;Bob;");
    corpus_close(&c);
}

static void count_trial(void *ctx, const struct repair_trial *t)
{
    struct buf *b = ctx;

    if (confine_can() == CONFINE_ALL) /* told from where pages are parsed */
        assert_true(access("/etc/passwd", R_OK) == 0 && open("/etc/passwd", O_RDONLY) < 0);
    buf_add_fmt(b, "%s %zu>%zu;", t->locator, t->comments_before, t->comments);
}

static void tell(void *ctx, const struct repair_rule *r)
{
    buf_add_fmt(ctx, "%s %s '%s' '%s' '%s';", r->site, fix_info(r->answer)->name, r->before, r->line, r->after);
}

CHECK(a_rule_holds_for_its_site)
{
    struct repair_rule rule;
    struct corpus *c;
    struct err e = ERR_INIT;
    struct buf b;
    int64_t number;
    long seen;

    buf_init(&b);
    make_pages();
    c = open_whole();
    assert_true(repair_propose(c, find(c, "one.example/a.txt"), FIX_AUTHOR,
                               (size_t)(strstr(first, "Bob schrieb") - first), &rule, &e));
    assert_string_equal(rule.site, "one.example");
    assert_string_equal(rule.line, "{name} schrieb's");
    assert_true(repair_try(c, &rule, count_trial, &b, &seen, &e));
    assert_int_equal(seen, 2);
    assert_string_equal(b.data, "one.example/a.txt 0>2;one.example/b.txt 0>2;");
    number = repair_add_rule(c, &rule, &e);
    assert_true(number > 0);
    assert_string_equal(authors(c, "one.example/b.txt"), "Carol Ames;dave99;");
    assert_string_equal(authors(c, "two.example/a.txt"), "");
    wait_for(c, "one.example/a.txt", 2);
    wait_for(c, "one.example/b.txt", 2);
    assert_int_equal(counted("two.example/a.txt"), -1);
    buf_clear(&b);
    assert_true(repair_each_rule(tell, &b, &e));
    assert_string_equal(b.data, "one.example comment-author '' '{name} schrieb's' '';");
    /* A page that comes later is read by it. */
    world_put("one.example/c.txt", PAGE("Gus", "Hal"));
    corpus_close(&c);
    c = open_whole();
    assert_int_equal(counted("one.example/c.txt"), 2);
    corpus_close(&c);
    assert_true(repair_forget_rule(number, &e));
    assert_false(repair_forget_rule(number, &e));
    c = open_whole();
    assert_int_equal(counted("one.example/c.txt"), -1);
    assert_int_equal(counted("one.example/a.txt"), -1);
    corpus_close(&c);
    repair_rule_release(&rule);
    buf_release(&b);
}

CHECK(a_rules_file_holds_as_long_as_it_is_there)
{
    struct corpus *c;
    FILE *f;

    make_pages();
    c = open_whole();
    assert_int_equal(counted("two.example/a.txt"), -1);
    corpus_close(&c);
    mkdir(world_path(".config"), 0700);
    assert_int_equal(mkdir(world_path(".config/cuttings"), 0700), 0);
    f = fopen(world_path(".config/cuttings/rules"), "w");
    assert_non_null(f);
    fputs("# of mine\ntwo.example comment-author \"{name} schrieb's\"\ntwo.example nonsense x\n", f);
    fclose(f);
    c = open_whole();
    assert_string_equal(authors(c, "two.example/a.txt"), "Eve;Frank Roe;");
    assert_non_null(strstr(corpus_notice(c), "there is no answer 'nonsense'"));
    assert_int_equal(counted("two.example/a.txt"), 2);
    assert_int_equal(counted("one.example/a.txt"), -1);
    corpus_close(&c);
    assert_int_equal(unlink(world_path(".config/cuttings/rules")), 0);
    c = open_whole();
    assert_int_equal(counted("two.example/a.txt"), -1);
    corpus_close(&c);
}

CHECK(what_is_like_any_line_or_of_no_site_is_no_rule)
{
    size_t bob = (size_t)(strstr(first, "Bob") - first);
    struct repair_rule rule;
    struct corpus *c;
    struct err e = ERR_INIT;

    make_pages();
    world_put("loose.txt", PAGE("Anna Holm", "Bob"));
    world_put("one.example/d.txt", STORY "Bob\nIt cost far too much, and I do not see who is to pay for this.\n");
    c = open_whole();
    assert_false(repair_propose(c, find(c, "loose.txt"), FIX_AUTHOR, bob, &rule, &e));
    assert_non_null(strstr(e.text, "which site"));
    repair_rule_release(&rule);
    err_clear(&e);
    assert_false(repair_propose(c, find(c, "one.example/d.txt"), FIX_AUTHOR, strlen(STORY), &rule, &e));
    assert_non_null(strstr(e.text, "like any other"));
    repair_rule_release(&rule);
    corpus_close(&c);
}

static const char dump[] =
    "{\"id\":1,\"type\":\"story\",\"by\":\"op\",\"time\":1600000000,\"title\":\"A thread\",\"text\":\"What now?\"}\n"
    "{\"id\":2,\"type\":\"comment\",\"by\":\"ann\",\"parent\":1,\"time\":1600000060,\"text\":\"This.\"}\n";

/* What was there at the last visit is known; what came since is new, although the thread was numbered anew. */
static void take_name(void *ctx, const char *author)
{
    char *names = ctx;

    snprintf(names + strlen(names), 40, "%s ", author);
}

CHECK(a_thread_that_grew_is_read_again_and_what_came_is_new)
{
    unsigned char flags[8] = {0};
    struct err e = ERR_INIT;
    struct article a;
    struct corpus *c;
    char grown[800], hidden[80] = "", *text;
    int64_t id;

    world_put("dump.jsonl", dump);
    c = open_whole();
    id = find(c, "dump.jsonl#1");
    article_init(&a);
    assert_true(corpus_article(c, id, &a, &text, &e));
    assert_int_equal(a.comment_count, 1);
    assert_false(talk_get(c, id, &a, flags));
    assert_int_equal(flags[0], 0);
    flags[0] = PAGE_COLLAPSED | PAGE_STARRED;
    talk_put(c, id, &a, flags, true);
    article_release(&a);
    free(text);
    corpus_close(&c);
    snprintf(grown, sizeof grown, "%s%s%s", dump,
             "{\"id\":3,\"type\":\"comment\",\"by\":\"ann\",\"parent\":2,\"time\":1600000090,\"text\":\"And that.\"}\n",
             "{\"id\":4,\"type\":\"comment\",\"by\":\"bob\",\"parent\":1,\"time\":1600000030,\"text\":\"No.\"}\n");
    world_put("dump.jsonl", grown);
    c = open_whole();
    id = find(c, "dump.jsonl#1");
    article_init(&a);
    assert_true(corpus_article(c, id, &a, &text, &e));
    assert_int_equal(a.comment_count, 3);
    assert_true(talk_get(c, id, &a, flags));
    for (size_t i = 0; i < 3; i++) {
        bool old = strcmp(a.comments[i].text, "This.") == 0;

        assert_int_equal(flags[i], old ? PAGE_COLLAPSED | PAGE_STARRED : PAGE_NEW);
    }
    assert_true(talk_hide_author(c, &a, "ann", true, &e));
    talk_each_hidden(c, &a, take_name, hidden);
    assert_string_equal(hidden, "ann ");
    article_release(&a);
    free(text);
    corpus_close(&c);
}

CHECK_MAIN(W(a_correction_shows_at_once_and_in_the_cache), W(a_correction_stays), W(a_rule_holds_for_its_site),
           W(a_rules_file_holds_as_long_as_it_is_there), W(what_is_like_any_line_or_of_no_site_is_no_rule),
           W(a_thread_that_grew_is_read_again_and_what_came_is_new))
