/* SPDX-License-Identifier: ISC */
/*
 * Reading states of several machines joined: whatever was done on each, and in whatever order and how often they are
 * joined, the same comes out, and nothing that was written is gone.
 */
#include "marked.h"
#include "../dice.h"

#include "store/exchange_line.h"
#include "store/notes.h"
#include "store/repairs.h"
#include "store/state_hold.h"
#include "store/tags.h"
#include "store/threads.h"

#include <stdlib.h>

enum { MACHINES = 3, ARTICLES = 4, STEPS = 60, ROUNDS = 4 };

/* ---- files ---- */

static void add_line(void *ctx, const struct exchange_mark *m)
{
    exchange_line_add(ctx, m);
}

/* All marks as text, to be freed. */
static char *export(struct state *s)
{
    struct err e = ERR_INIT;
    struct buf out;

    buf_init(&out);
    exchange_line_add_first(&out);
    assert_true(exchange_each(s, add_line, &out, &e));
    return buf_steal(&out);
}

/* How many of the lines were news. */
static int merge(struct state *s, const char *text)
{
    struct err e = ERR_INIT;
    bool mark, is_new;
    int news = 0;

    assert_true(state_hold(s, &e));
    for (; *text; text += strcspn(text, "\n") + 1) {
        if (!exchange_line_take(s, text, strcspn(text, "\n"), &mark, &is_new, &e))
            fail_msg("%s: %.*s", e.text, (int)strcspn(text, "\n"), text);
        news += is_new;
    }
    assert_true(state_let(s, &e));
    return news;
}

/* The same lines from the last to the first. */
static char *reversed(const char *text)
{
    size_t len = strlen(text), end = len;
    struct buf out;

    buf_init(&out);
    while (end > 0) {
        size_t start = end - 1;

        while (start > 0 && text[start - 1] != '\n')
            start--;
        buf_add(&out, text + start, end - start);
        end = start;
    }
    return buf_steal(&out);
}

static struct state *open_new(void)
{
    return marked_open(sample_path(sample_folder(), "reading.db"));
}

/* ---- what readers do ---- */

static uint64_t seed;

static int any(int count)
{
    return (int)dice(&seed, (uint64_t)count);
}

static int64_t one_note;

static void take_note(void *ctx, const struct notes_note *n)
{
    (void)ctx;
    if (one_note == 0 || any(2))
        one_note = n->id;
}

static void do_notes(struct state *s, const struct state_id *id, struct err *e)
{
    char words[] = "some words", text[24], title[] = "A \xe2\x80\x9cheadline\xe2\x80\x9d", bad[] = "/\xff\xfe/a.txt";
    struct notes_note n = {.article = *id, .end = 10, .words = words, .text = text, .title = title, .locator = bad};

    snprintf(text, sizeof text, "note %d", any(1000));
    one_note = 0;
    notes_each(s, NULL, take_note, NULL, e);
    switch (one_note ? any(4) : 0) {
    case 0:
        assert_true(notes_add(s, &n, e));
        break;
    case 1:
        assert_true(notes_change(s, one_note, text, e));
        break;
    case 2:
        assert_true(notes_set_removed(s, one_note, any(2), e));
        break;
    case 3:
        n.id = one_note;
        n.start = (size_t)any(100);
        assert_true(notes_set_place(s, &n, e));
    }
}

static void do_thread(struct state *s, const struct state_id *id, struct err *e)
{
    struct threads_kept kept;
    uint32_t seen[3] = {7, 8, 9};
    struct threads_flagged flagged[6];

    threads_get(s, id, &kept);
    threads_release(&kept);
    kept.seen = seen;
    kept.seen_count = (size_t)any(4);
    kept.flagged = flagged;
    for (uint64_t key = 1; key <= 6; key++)
        if (any(2))
            flagged[kept.flagged_count++] = (struct threads_flagged){key << 40, 1 + (unsigned)any(15)};
    assert_true(threads_put(s, id, &kept, e));
}

static void take_number(void *ctx, const struct repairs_line *r)
{
    *(int64_t *)ctx = r->number;
}

static void take_rule_number(void *ctx, const struct repairs_rule *r)
{
    *(int64_t *)ctx = r->number;
}

static void do_repair(struct state *s, const struct state_id *id, struct err *e)
{
    struct repairs_line line = {.id = *id, .locator = "a", .fix = {.answer = FIX_AUTHOR, .start = 3, .line = "Anna"}};
    struct repairs_rule rule = {.site = "a.example", .fix = {FIX_HEADLINE, true, "", "x", "y", 0}};
    int64_t last = 0;

    repairs_each(s, take_number, &last);
    if (last && any(2))
        assert_true(repairs_drop(s, last, e));
    else
        assert_true(repairs_add(s, &line, e) > 0);
    last = 0;
    repairs_each_rule(s, take_rule_number, &last);
    if (last && any(2))
        assert_true(repairs_drop_rule(s, last, e));
    else
        assert_true(repairs_add_rule(s, &rule, e) > 0);
}

static void do_something(struct state *s)
{
    static const char *const names[] = {"work", "later"};
    char bytes[8], root[] = "/corpus", locator[] = "a.txt";
    struct notes_letter letter = {.letter = (char)('a' + any(2)), .reading = any(2), .root = root, .locator = locator};
    struct state_id id;
    struct err e = ERR_INIT;
    unsigned mask = 1u << any(3);

    snprintf(bytes, sizeof bytes, "%d", any(ARTICLES));
    letter.article = id = marked_id(bytes, any(4) ? bytes : "moved");
    switch (any(9)) {
    case 0:
    case 1:
        assert_true(state_set_flags(s, &id, bytes, mask, any(2) ? mask : 0, &e));
        break;
    case 2:
        assert_true(state_set_place(s, &id, bytes, any(5), (size_t)any(1000), &e));
        break;
    case 3:
        assert_true(tags_set(s, &id, bytes, names[any(2)], any(2), &e));
        break;
    case 4:
        assert_true(tags_save_query(s, names[any(2)], any(3) ? bytes : NULL, &e));
        break;
    case 5:
        do_notes(s, &id, &e);
        break;
    case 6:
        do_thread(s, &id, &e);
        break;
    case 7:
        do_repair(s, &id, &e);
        break;
    case 8:
        letter.offset = (size_t)any(100);
        assert_true(notes_set_letter(s, &letter, &e));
        assert_true(threads_hide_author(s, "", names[any(2)], any(2), &e));
    }
}

/* ---- what comes of it ---- */

/* Whether each kind has marks, so that the histories leave none out. */
static void see_kinds(const char *text)
{
    const struct exchange_kind *k;
    char start[64];

    for (size_t n = 0; (k = exchange_kind_at(n)); n++) {
        snprintf(start, sizeof start, "{\"kind\": \"%s\"", k->name);
        if (!strstr(text, start))
            fail_msg("no history has a mark of kind '%s'", k->name);
        assert_true(k->keys <= k->count && k->count <= EXCHANGE_FIELDS && k->field[k->count - 1].name);
    }
}

static void join_in_all_orders(struct state **machine, char **text)
{
    static const int orders[6][MACHINES] = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};
    char *all = NULL, *got, *back;
    struct state *s;

    for (int o = 0; o < 6; o++) {
        s = open_new();
        for (int i = 0; i < MACHINES; i++) {
            back = reversed(text[orders[o][i]]);
            merge(s, o % 2 ? back : text[orders[o][i]]);
            free(back);
            merge(s, text[orders[o][any(i + 1)]]);
        }
        got = export(s);
        if (all)
            assert_string_equal(got, all);
        assert_int_equal(merge(s, got), 0);
        free(all);
        all = got;
        state_close(&s);
    }
    /* The machines themselves: what each had is in there as well. */
    for (int i = 0; i < MACHINES; i++) {
        for (int k = 1; k < MACHINES; k++)
            merge(machine[i], text[(i + k) % MACHINES]);
        got = export(machine[i]);
        assert_string_equal(got, all);
        free(got);
    }
    see_kinds(all);
    free(all);
}

CHECK(three_machines_come_to_the_same_in_whatever_order)
{
    for (int round = 0; round < ROUNDS; round++) {
        struct state *machine[MACHINES];
        char *text[MACHINES];
        int i;

        seed = (uint64_t)round + 1;
        for (i = 0; i < MACHINES; i++)
            machine[i] = open_new();
        for (i = 0; i < STEPS * MACHINES; i++) {
            do_something(machine[any(MACHINES)]);
            if (any(40) == 0) {
                char *some = export(machine[any(MACHINES)]);

                merge(machine[any(MACHINES)], some);
                free(some);
            }
        }
        for (i = 0; i < MACHINES; i++)
            text[i] = export(machine[i]);
        join_in_all_orders(machine, text);
        for (i = 0; i < MACHINES; i++) {
            free(text[i]);
            state_close(&machine[i]);
        }
    }
}

static void carry(struct state *from, struct state *to)
{
    char *text = export(from);

    merge(to, text);
    free(text);
}

CHECK(the_later_change_stands_whoever_is_asked)
{
    struct state *a = open_new(), *b = open_new();
    struct state_id id = marked_id("x", "a.txt");
    struct state_mark mark;
    struct err e = ERR_INIT;

    assert_true(state_set_flags(a, &id, "a.txt", STATE_READ | STATE_STARRED, STATE_READ | STATE_STARRED, &e));
    assert_true(state_set_place(a, &id, "a.txt", 0, 40, &e));
    carry(a, b);
    assert_true(state_get(b, &id, &mark));
    assert_int_equal(mark.flags, STATE_READ | STATE_STARRED);
    assert_int_equal(mark.offset, 40);
    assert_true(state_set_flags(b, &id, "a.txt", STATE_STARRED, 0, &e));
    assert_true(tags_set(b, &id, "a.txt", "work", true, &e));
    carry(b, a);
    assert_true(state_get(a, &id, &mark));
    assert_int_equal(mark.flags, STATE_READ);
    assert_int_equal(mark.offset, 40);
    assert_true(tags_any(a));
    state_close(&a);
    state_close(&b);
}

/* A clock that was set back, here or there: what is done after something is later than it all the same. */
CHECK(a_clock_that_goes_backwards_undoes_nothing)
{
    struct state *a = open_new(), *b = open_new();
    struct state_id id = marked_id("x", "a.txt");
    struct state_mark mark;
    struct err e = ERR_INIT;

    assert_true(db_exec(state_db(a), "UPDATE self SET clock = 4102444800000")); /* the clock was in 2100 */
    assert_true(state_set_flags(a, &id, "a.txt", STATE_STARRED, STATE_STARRED, &e));
    assert_true(state_set_flags(a, &id, "a.txt", STATE_STARRED, 0, &e));
    carry(a, b);
    assert_true(state_get(b, &id, &mark));
    assert_int_equal(mark.flags, 0);
    assert_true(state_set_flags(b, &id, "a.txt", STATE_STARRED, STATE_STARRED, &e));
    carry(b, a);
    assert_true(state_get(a, &id, &mark));
    assert_int_equal(mark.flags, STATE_STARRED);
    state_close(&a);
    state_close(&b);
}

static void add_text(void *ctx, const struct notes_note *n)
{
    buf_add_fmt(ctx, "%s %zu;", n->text, n->start);
}

CHECK(what_two_machines_wrote_on_a_passage_is_kept_both)
{
    struct state *a = open_new(), *b = open_new();
    char words[] = "words", text[] = "first";
    struct notes_note n = {.article = marked_id("x", "a.txt"), .end = 5, .words = words, .text = text};
    struct err e = ERR_INIT;
    struct buf got;

    assert_true(notes_add(a, &n, &e));
    carry(a, b);
    assert_true(notes_change(a, n.id, "mine", &e) > 0);
    n.start = 7;
    one_note = 0;
    assert_true(notes_each(b, NULL, take_note, NULL, &e));
    n.id = one_note;
    assert_true(notes_set_place(b, &n, &e));
    assert_true(notes_change(b, n.id, "yours", &e) > 0);
    carry(a, b);
    carry(b, a);
    buf_init(&got);
    assert_true(notes_each(a, NULL, add_text, &got, &e));
    assert_true(strstr(got.data, "mine 0;") && strstr(got.data, "yours 7;"));
    assert_null(strstr(got.data, "first"));
    buf_release(&got);
    state_close(&a);
    state_close(&b);
}

static void refuses(struct state *s, const char *line)
{
    struct err e = ERR_INIT;
    bool mark = true, news = true;

    assert_false(exchange_line_take(s, line, strlen(line), &mark, &news, &e));
    assert_false(mark || news);
    assert_true(e.text[0]);
}

CHECK(a_line_that_is_no_mark_is_refused_and_harms_nothing)
{
    static const char *const lines[] = {
        "", "{", "[]", "7", "{}", "{\"kind\": \"liked\", \"at\": 1, \"writer\": \"0000000000000001\"}",
        "{\"kind\": \"reading-state\", \"version\": 2}",
        "{\"kind\": \"search\", \"at\": 1, \"writer\": \"01\", \"name\": \"x\"}",
        "{\"kind\": \"search\", \"at\": -1, \"writer\": \"0000000000000001\", \"name\": \"x\"}",
        "{\"kind\": \"search\", \"at\": 99999999999999999999, \"writer\": \"0000000000000001\", \"name\": \"x\"}",
        "{\"kind\": \"search\", \"at\": 1, \"writer\": \"0000000000000001\"}",
        "{\"kind\": \"read\", \"at\": 1, \"writer\": \"0000000000000001\", \"on\": true, \"digest\": \"00ff\"}",
        "{\"kind\": \"search\", \"at\": 1, \"writer\": \"0000000000000001\", \"name\": \"\xff\"}",
    };
    struct state *s = open_new();
    char *text;
    bool mark, news;
    struct err e = ERR_INIT;
    const char good[] = "{\"kind\": \"search\", \"at\": 1, \"writer\": \"ffffffffffffffff\", \"name\": \"x\","
                        " \"new\": {}}";

    assert_true(state_hold(s, &e));
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++)
        refuses(s, lines[i]);
    assert_true(exchange_line_take(s, good, sizeof good - 1, &mark, &news, &e) && mark && news);
    assert_true(state_let(s, &e));
    text = export(s);
    assert_non_null(strstr(text, "\"at\": 1, \"writer\": \"ffffffffffffffff\", \"name\": \"x\"}\n"));
    free(text);
    state_close(&s);
}

CHECK_MAIN(T(three_machines_come_to_the_same_in_whatever_order), T(the_later_change_stands_whoever_is_asked),
           T(a_clock_that_goes_backwards_undoes_nothing), T(what_two_machines_wrote_on_a_passage_is_kept_both),
           T(a_line_that_is_no_mark_is_refused_and_harms_nothing))
