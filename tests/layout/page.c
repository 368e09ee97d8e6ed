/* SPDX-License-Identifier: ISC */
#include "../check.h"

#include "layout/page.h"
#include "made.h"
#include "random.h"
#include "show.h"

static int find_line(struct page *p, const char *part)
{
    int n, count = page_count(p);
    struct buf b;

    buf_init(&b);
    for (n = 0; n < count; n++) {
        buf_clear(&b);
        show_line(&b, page_line(p, n));
        if (strstr(b.data, part))
            break;
    }
    buf_release(&b);
    return n < count ? n : -1;
}

static void has_line(struct page *p, const char *text)
{
    int n = find_line(p, text);
    struct buf b;

    if (n < 0)
        fail_msg("no line has '%s'", text);
    buf_init(&b);
    show_line(&b, page_line(p, n));
    assert_string_equal(b.data, text);
    buf_release(&b);
}

static enum style style_of(struct page *p, const char *part)
{
    int n = find_line(p, part);
    const struct line *l;
    int i;

    if (n < 0)
        fail_msg("no line has '%s'", part);
    l = page_line(p, n);
    for (i = 0; i < l->run_count; i++) {
        struct buf run;
        bool here;

        buf_init(&run);
        buf_add(&run, l->text + l->runs[i].start, l->runs[i].len);
        here = strstr(run.data, part) != NULL;
        buf_release(&run);
        if (here)
            return (enum style)l->runs[i].style;
    }
    fail_msg("'%s' is in no run", part);
    return STYLE_COUNT;
}

/* Checks a whole page: lines are sound, and every line of text is found again by the place it begins at. */
static void check_page(struct page *p, int columns, size_t len)
{
    int n, count = page_count(p);
    struct line_place last = {-1, 0};

    for (n = 0; n < count; n++) {
        const struct line *l = page_line(p, n);
        bool text = l->place.comment != 0 || l->place_end.offset <= len;

        show_check(l, columns);
        assert_true(text);
        assert_true(l->place.offset <= l->place_end.offset);
        if (l->place.offset < l->place_end.offset && l->fold < 0 &&
            !(l->place.comment == last.comment && l->place.offset == last.offset))
            assert_int_equal(page_find(p, l->place), l->place.comment && l->place.offset == 0 ? n - 1 : n);
        if (l->place.offset < l->place_end.offset)
            last = l->place;
    }
}

static const struct page_options usual = {.columns = 80,
                                          .measure = 72,
                                          .comments = true,
                                          .fold_hint = "zo opens",
                                          .next_hint = "Space: next unread"};

CHECK(sets_every_kind_of_block)
{
    struct made m;
    struct page *p;

    made_newspaper(&m);
    p = page_new(&m.article, &usual, NULL);
    show_expect(page_line(p, 0), 80,
                "    Ferry company promises to run on time, “weather and whales permitting”");
    show_expect(page_line(p, 2), 80, "    The Saltmarsh Courier · Ann Quayle · 28 Aug 2020, 23:40 · 1 min");
    has_line(p, "    ▏ Photo: C. Penrose");
    has_line(p, "    ⋯ again: Ferry company promises to run on time                (zo opens)");
    has_line(p, "    → Whales seen again off the point, 2 lines");
    has_line(p, "    ⋯ Sign up for our free weekly letter, 6 lines                 (zo opens)");
    has_line(p, "      evening.");
    has_line(p, "    - Dogs travel free.");
    has_line(p, "    4 comments · answers below what they answer");
    has_line(p, "    ┆ Penrose → Gull                         29 Aug 2020, 08:05 · (inferred)");
    has_line(p, "    ┆ │ [removed]");
    show_expect(page_line(p, page_count(p) - 1), 80, "    Space: next unread");
    assert_int_equal(style_of(p, "Ferry company promises"), STYLE_TITLE);
    assert_int_equal(style_of(p, "A new timetable"), STYLE_STANDFIRST);
    assert_int_equal(style_of(p, "The Morwenna"), STYLE_CAPTION);
    assert_int_equal(style_of(p, "PORT ISBELL (Coast Wire)"), STYLE_DATELINE);
    assert_int_equal(style_of(p, "company said on Friday"), STYLE_TEXT);
    assert_int_equal(style_of(p, "What passengers say"), STYLE_SECTION);
    assert_int_equal(style_of(p, "whole of Proust"), STYLE_QUOTE);
    assert_int_equal(style_of(p, "Gull"), STYLE_AUTHOR);
    assert_int_equal(style_of(p, "29 Aug 2020"), STYLE_META);
    assert_int_equal(style_of(p, "Sign up"), STYLE_FOLD);
    assert_int_equal(find_line(p, "28 August 2020"), -1);
    assert_int_equal(find_line(p, "Support the Courier"), -1);
    page_free(&p);
    made_release(&m);
}

CHECK(says_what_comes_next_on_one_line)
{
    struct page_options o = usual;
    struct made m;
    struct page *p;

    made_newspaper(&m);
    o.columns = 24;
    o.next_hint = "Space: next unread, A headline of many words";
    p = page_new(&m.article, &o, NULL);
    show_expect(page_line(p, page_count(p) - 1), 24, " Space: next unread, A…");
    page_free(&p);
    made_release(&m);
}

CHECK(tells_how_much_was_read)
{
    struct made m;
    struct page *p;
    int n, before = 0, half;

    made_newspaper(&m);
    p = page_new(&m.article, &usual, NULL);
    assert_int_equal(page_share(p, 0), 0);
    half = page_find(p, (struct line_place){0, m.article.len / 2});
    assert_in_range(page_share(p, half), 250, 750);
    for (n = 0; n < page_count(p); n++) {
        assert_in_range(page_share(p, n), before, 999);
        before = page_share(p, n);
    }
    assert_int_equal(page_share(p, n), 1000);
    assert_int_equal(page_share(p, n + 500), 1000);
    page_free(&p);
    made_release(&m);
}

/* A line of a megabyte, with spaces and without, opens at its head and keeps its places. */
CHECK(sets_very_long_lines_piece_by_piece)
{
    static const char *words[] = {"word ", "漢字"};
    size_t k;

    for (k = 0; k < 2; k++) {
        struct made m;
        struct page *p;
        struct buf text;

        made_init(&m);
        buf_init(&text);
        while (text.len < 1 << 20)
            buf_add_str(&text, words[k]);
        buf_add_char(&text, '.');
        made_bytes(&m, KIND_PARAGRAPH, text.data, text.len, 0);
        p = page_new(&m.article, &usual, NULL);
        assert_true(page_has(p, 40));
        assert_true(page_share(p, 40) < 10);
        assert_int_equal(page_find(p, page_line(p, 5000)->place), 5000);
        assert_true(page_count(p) > 9000);
        show_check(page_line(p, page_count(p) - 1), 80);
        page_free(&p);
        buf_release(&text);
        made_release(&m);
    }
}

CHECK(names_what_has_no_words)
{
    struct made m;
    struct page *p;

    made_init(&m);
    m.article.title = "A headline that only the format knew";
    m.article.text = "";
    made_comment(&m, 0, false, "Gull", "")->removed = true;
    made_comment(&m, 0, false, "Tern", " \n ");
    made_comment(&m, 0, false, NULL, "x");
    p = page_new(&m.article, &usual, NULL);
    show_expect(page_line(p, 0), 80, "    A headline that only the format knew");
    has_line(p, "    (removed)");
    has_line(p, "    (no text)");
    has_line(p, "    anonymous");
    has_line(p, "    3 comments · as on the page");
    page_free(&p);
    made_release(&m);
}

CHECK(tells_list_markers_from_text)
{
    static const struct {
        const char *text, *line;
    } items[] = {
        {"1. First of all", "    1. First of all"},
        {"12)\tTwelfth", "    12) Twelfth"},
        {"2020 was a year", "    • 2020 was a year"},
        {"* star", "    * star"},
        {"-no marker", "    • -no marker"},
        {"—  dash", "    — dash"},
        {"12345. no marker", "    • 12345. no marker"},
    };
    size_t i;

    for (i = 0; i < sizeof items / sizeof items[0]; i++) {
        struct made m;
        struct page *p;

        made_init(&m);
        made_block(&m, KIND_LIST_ITEM, items[i].text);
        p = page_new(&m.article, &usual, NULL);
        show_expect(page_line(p, 0), 80, items[i].line);
        check_page(p, 80, m.article.len);
        page_free(&p);
        made_release(&m);
    }
}

CHECK(finds_where_a_dateline_ends)
{
    static const struct {
        const char *text, *lead;
    } cases[] = {
        {"PORT ISBELL — It rained.", "PORT ISBELL"},
        {"PORT ISBELL, May 3 (Coast Wire) - It rained.", "PORT ISBELL, May 3 (Coast Wire)"},
        {"PORT ISBELL: It rained.", "PORT ISBELL"},
        {"PORT ISBELL It rained all day and nobody minded", "PORT ISBELL"},
        {"PORT IS — no", NULL},
    };
    size_t i;

    for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct made m;
        struct page *p;
        const struct line *l;

        made_init(&m);
        made_block(&m, KIND_PARAGRAPH, cases[i].text);
        m.article.dateline.place = "PORT ISBELL";
        p = page_new(&m.article, &usual, NULL);
        l = page_line(p, 0);
        if (cases[i].lead) {
            assert_int_equal(l->runs[0].style, STYLE_DATELINE);
            assert_int_equal(l->runs[0].len, strlen(cases[i].lead));
        } else {
            assert_int_equal(l->runs[0].style, STYLE_TEXT);
        }
        page_free(&p);
        made_release(&m);
    }
}

CHECK(sets_tabs_of_the_source_at_stops)
{
    struct page_options o = {.columns = 40, .source = true};
    struct made m;
    struct page *p;

    made_init(&m);
    made_block(&m, KIND_PARAGRAPH, "a\tb\t\t漢c\td");
    p = page_new(&m.article, &o, NULL);
    show_expect(page_line(p, 0), 40, " a       b               漢c     d");
    check_page(p, 40, m.article.len);
    page_free(&p);
    made_release(&m);
}

CHECK(sets_headlines_evenly)
{
    struct page_options o = {.columns = 50};
    struct made m;
    struct page *p;

    made_init(&m);
    made_block(&m, KIND_TITLE, "Two weather stations end nineteen years of utter silence");
    made_block(&m, KIND_SECTION, "Die Donaudampfschifffahrtsgesellschaft mbH sagt nein");
    p = page_new(&m.article, &o, NULL);
    show_expect(page_line(p, 0), 50, " Two weather stations end");
    show_expect(page_line(p, 1), 50, " nineteen years of utter silence");
    show_expect(page_line(p, 4), 50, " Die Donaudampfschifffahrtsgesellschaft");
    show_expect(page_line(p, 5), 50, " mbH sagt nein");
    check_page(p, 50, m.article.len);
    page_free(&p);
    made_release(&m);
}

CHECK(opens_folds)
{
    struct page_options o = usual;
    struct made m;
    struct page *p;
    bool open[32] = {false};
    const struct line *l;
    int n;

    made_newspaper(&m);
    p = page_new(&m.article, &usual, NULL);
    l = page_line(p, find_line(p, "Sign up"));
    assert_int_equal(m.article.blocks[l->fold].kind, KIND_BOILERPLATE);
    open[l->fold] = true;
    page_free(&p);
    p = page_new(&m.article, &o, open);
    has_line(p, "    ▏ You will receive it every Friday.");
    has_line(p, "    ▏ Oldest");
    n = find_line(p, "▾ Sign up");
    assert_true(n > 0 && page_line(p, n)->fold >= 0);
    assert_int_equal(page_line(p, n + 1)->fold, -1);
    assert_int_equal(find_line(p, "The harbour at dusk"), -1);
    page_free(&p);
    o.unfolded = true;
    p = page_new(&m.article, &o, NULL);
    has_line(p, "    ▏ The harbour at dusk, with gulls - The Saltmarsh Courier");
    has_line(p, "    By Ann Quayle");
    has_line(p, "    28 August 2020");
    page_free(&p);
    made_release(&m);
}

CHECK(says_how_many_comments_there_are)
{
    struct page_options o = usual;
    struct made m;
    struct page *p;

    made_newspaper(&m);
    o.comments = false;
    p = page_new(&m.article, &o, NULL);
    has_line(p, "    4 comments");
    assert_int_equal(page_comments_line(p), -1);
    assert_int_equal(page_comment_line(p, 1), -1);
    assert_int_equal(find_line(p, "What a surprise"), -1);
    page_free(&p);
    m.article.stated_comments = 604;
    p = page_new(&m.article, &usual, NULL);
    has_line(p, "    4 comments of 604 · answers below what they answer");
    page_free(&p);
    m.article.comment_count = 0;
    p = page_new(&m.article, &usual, NULL);
    has_line(p, "    604 comments, not captured");
    assert_int_equal(page_comments_line(p), -1);
    page_free(&p);
    m.article.stated_comments = 0;
    p = page_new(&m.article, &usual, NULL);
    assert_int_equal(find_line(p, " comments"), -1);
    page_free(&p);
    made_release(&m);
}

CHECK(goes_from_comment_to_comment)
{
    struct made m;
    struct page *p;
    int n, comments;

    made_newspaper(&m);
    p = page_new(&m.article, &usual, NULL);
    comments = page_comments_line(p);
    assert_int_equal(comments, find_line(p, "4 comments"));
    n = page_next_comment(p, 0, 1);
    assert_int_equal(n, page_comment_line(p, 1));
    n = page_next_comment(p, n, 1);
    assert_int_equal(n, page_comment_line(p, 2));
    n = page_next_comment(p, n, 1);
    assert_int_equal(n, page_comment_line(p, 4));
    n = page_next_comment(p, n, 1);
    assert_int_equal(n, page_comment_line(p, 3));
    assert_int_equal(page_next_comment(p, n, 1), -1);
    assert_int_equal(page_next_comment(p, n, -1), page_comment_line(p, 4));
    assert_int_equal(page_next_comment(p, 0, -1), -1);
    assert_int_equal(page_comment_line(p, 99), -1);
    assert_int_equal(page_next_section(p, 0, 1), find_line(p, "What passengers say"));
    assert_int_equal(page_next_section(p, page_next_section(p, 0, 1), 1), comments);
    assert_int_equal(page_next_section(p, comments, -1), find_line(p, "What passengers say"));
    page_free(&p);
    made_release(&m);
}

CHECK(shows_the_source_with_its_kinds)
{
    struct page_options o = usual;
    struct made m;
    struct page *p;

    made_newspaper(&m);
    o.source = true;
    p = page_new(&m.article, &o, NULL);
    show_expect(page_line(p, 0), 80, " date            28 August 2020");
    show_expect(page_line(p, 1), 80, "                 ");
    has_line(p, " comment-control Oldest");
    has_line(p, " related         Whales seen again off the point");
    page_free(&p);
    o.columns = 30;
    p = page_new(&m.article, &o, NULL);
    show_expect(page_line(p, 0), 30, " 28 August 2020");
    page_free(&p);
    made_release(&m);
}

CHECK(finds_each_line_by_its_place_at_every_width)
{
    struct page_options o = usual;
    struct made m;
    int mode, columns;

    made_newspaper(&m);
    for (mode = 0; mode < 16; mode++) {
        o.ascii = mode & 1;
        o.unfolded = mode & 2;
        o.source = mode & 4;
        o.justified = mode & 8;
        for (columns = 1; columns <= 130; columns += columns < 30 ? 1 : 7) {
            struct page *p;

            o.columns = columns;
            p = page_new(&m.article, &o, NULL);
            check_page(p, columns, m.article.len);
            page_free(&p);
        }
    }
    made_release(&m);
}

/* A place looked for in a page that is not yet set is found where the whole page has it. */
CHECK(keeps_places_through_reflow)
{
    struct page_options wide = usual, narrow = usual;
    struct page *a, *b;
    struct made m;
    int n;

    made_newspaper(&m);
    narrow.columns = 33;
    a = page_new(&m.article, &wide, NULL);
    for (n = 0; n < page_count(a); n++) {
        const struct line *l = page_line(a, n), *found;

        if (l->place.offset == l->place_end.offset)
            continue;
        b = page_new(&m.article, &narrow, NULL);
        found = page_line(b, page_find(b, l->place));
        assert_int_equal(found->place.comment, l->place.comment);
        assert_true(found->place.offset <= l->place.offset);
        assert_true(found->place_end.offset > l->place.offset || l->place.offset == 0);
        page_free(&b);
    }
    page_free(&a);
    made_release(&m);
}

CHECK(holds_for_random_articles)
{
    unsigned seed = 5;
    int round, k;

    for (round = 0; round < 150; round++) {
        struct page_options o = {
            .columns = 1 + (int)(random_next(&seed) % 90), .measure = 72, .comments = true};
        struct page *p;
        struct buf text;
        struct made m;

        made_init(&m);
        buf_init(&text);
        for (k = 0; k < 12; k++) {
            buf_clear(&text);
            buf_add_char(&text, 'a');
            random_text(&text, &seed, 1 + (int)(random_next(&seed) % 30), true);
            if (random_next(&seed) % 4 == 0)
                buf_add_str(&text, "\nand a second line");
            buf_add_char(&text, 'z');
            made_bytes(&m, (enum kind)(random_next(&seed) % KIND_COUNT), text.data, text.len,
                       random_next(&seed) % 8 == 0 ? ARTICLE_DOUBLE : 0);
            if (k % 3 == 0)
                made_comment(&m, (int)(random_next(&seed) % (m.article.comment_count + 1)), k % 2, "who",
                             arena_strndup(&m.article.arena, text.data, text.len));
        }
        o.ascii = round % 3 == 0;
        o.unfolded = round % 2;
        o.justified = round % 5 == 0;
        o.source = round % 7 == 0;
        p = page_new(&m.article, &o, NULL);
        check_page(p, o.columns, m.article.len);
        page_free(&p);
        buf_release(&text);
        made_release(&m);
    }
}

CHECK(marks_hits)
{
    struct page_mark hits[3];
    struct made m;
    struct page *p;
    const char *at;

    made_newspaper(&m);
    p = page_new(&m.article, &usual, NULL);
    at = strstr(m.article.text, "timetable is");
    hits[0] =
        (struct page_mark){0, (size_t)(at - m.article.text), (size_t)(at - m.article.text) + 9, STYLE_HIT};
    /* Over the end of a line. */
    at = strstr(m.article.text, "Friday that");
    hits[1] = (struct page_mark){0, (size_t)(at - m.article.text), (size_t)(at - m.article.text) + 11,
                                 STYLE_HIT_HERE};
    hits[2] = (struct page_mark){2, 13, 19, STYLE_HIT};
    page_set_marks(p, hits, 3);
    assert_int_equal(style_of(p, "timetable"), STYLE_HIT);
    assert_int_equal(style_of(p, "Friday"), STYLE_HIT_HERE);
    assert_int_equal(style_of(p, "that"), STYLE_HIT_HERE);
    assert_int_equal(style_of(p, "its two ships"), STYLE_TEXT);
    assert_int_equal(style_of(p, "clock."), STYLE_HIT);
    show_check(page_line(p, find_line(p, "timetable is")), 80);
    page_set_marks(p, NULL, 0);
    assert_int_equal(style_of(p, "A new timetable is"), STYLE_STANDFIRST);
    page_free(&p);
    made_release(&m);
}

CHECK(makes_controls_stand_out)
{
    struct made m;
    struct page *p;

    made_init(&m);
    made_block(&m, KIND_PARAGRAPH, "red \x1B[31m text and \xFF bytes");
    p = page_new(&m.article, &usual, NULL);
    has_line(p, "    red ␛[31m text and <FF> bytes");
    assert_int_equal(style_of(p, "␛"), STYLE_VISIBLE);
    assert_int_equal(style_of(p, "<FF>"), STYLE_VISIBLE);
    assert_int_equal(style_of(p, "[31m text"), STYLE_TEXT);
    page_free(&p);
    made_release(&m);
}

CHECK(spreads_justified_lines)
{
    struct page_options o = usual;
    struct made m;
    struct page *p;
    const struct line *l;

    made_newspaper(&m);
    o.justified = true;
    p = page_new(&m.article, &o, NULL);
    l = page_line(p, find_line(p, "PORT ISBELL"));
    assert_int_equal(l->runs[l->run_count - 1].column + l->runs[l->run_count - 1].columns, 76);
    page_free(&p);
    made_release(&m);
}

CHECK(numbers_addresses)
{
    struct page_options o = usual;
    const struct page_link *links;
    struct made m;
    struct page *p;
    size_t count;
    const struct line *l;
    int n, i, with_link = 0;

    made_newspaper(&m);
    made_comment(&m, 0, false, "Gull", "I keep mine at www.gulls.example.org/nest.");
    made_block(&m, KIND_PARAGRAPH, "See http://a.example.org.");
    o.link_numbers = true;
    p = page_new(&m.article, &o, NULL);
    links = page_links(p, &count);
    assert_int_equal(count, 3);
    assert_int_equal(links[2].comment, 5);
    assert_int_equal(links[2].start, 15);
    assert_memory_equal(m.article.text + links[0].start, "https://ferries.example.org", 27);
    assert_int_equal(links[1].end - links[1].start, strlen("http://a.example.org"));
    has_line(p, "    isbell?day=saturday&tide=high[1] today.");
    has_line(p, "    See http://a.example.org[2].");
    has_line(p, "    I keep mine at www.gulls.example.org/nest[3].");
    assert_int_equal(style_of(p, "http://a.example.org"), STYLE_LINK);
    assert_int_equal(style_of(p, "[2]."), STYLE_TEXT);
    for (n = 0; n < page_count(p); n++) {
        l = page_line(p, n);
        for (i = 0; i < l->run_count; i++)
            with_link += l->runs[i].link == 1;
    }
    assert_int_equal(with_link, 2);
    page_free(&p);
    for (o.columns = 1; o.columns < 60; o.columns += 4) {
        p = page_new(&m.article, &o, NULL);
        check_page(p, o.columns, m.article.len);
        page_free(&p);
    }
    made_release(&m);
}

CHECK(collapses_and_hides_threads)
{
    unsigned char flags[4] = {PAGE_COLLAPSED, PAGE_NEW, PAGE_OWN | PAGE_NEW, PAGE_NEW};
    struct page_options o = usual;
    struct made m;
    struct page *p;

    made_newspaper(&m);
    o.comment_flags = flags;
    p = page_new(&m.article, &o, NULL);
    has_line(p, "    ▸ Gull and 2 replies, 2 new");
    has_line(p, "    ● Ann Quayle");
    assert_int_equal(find_line(p, "Penrose →"), -1);
    assert_int_equal(page_comment_line(p, 4), find_line(p, "▸ Gull"));
    assert_int_equal(page_find(p, (struct line_place){2, 7}), find_line(p, "▸ Gull"));
    assert_int_equal(page_next_comment(p, page_comment_line(p, 1), 1), page_comment_line(p, 3));
    check_page(p, 80, m.article.len);
    page_free(&p);
    flags[0] = 0;
    flags[1] = PAGE_HIDDEN;
    p = page_new(&m.article, &o, NULL);
    has_line(p, "    ┆ ⋯ hidden and 1 reply");
    page_free(&p);
    o.ascii = true;
    flags[1] = PAGE_COLLAPSED;
    p = page_new(&m.article, &o, NULL);
    has_line(p, "    : > Penrose and 1 reply, 1 new");
    page_free(&p);
    made_release(&m);
}

CHECK(shows_the_thread_by_itself)
{
    struct page_options o = usual;
    struct made m;
    struct page *p;

    made_newspaper(&m);
    o.thread_only = true;
    o.order = THREAD_BY_TIME;
    p = page_new(&m.article, &o, NULL);
    show_expect(page_line(p, 0), 80, "    4 comments · answers below what they answer");
    assert_int_equal(page_find(p, (struct line_place){0, 100}), 0);
    assert_int_equal(page_comments_line(p), 0);
    assert_int_equal(page_thread(p)->count, 4);
    check_page(p, 80, m.article.len);
    page_free(&p);
    o.thread_only = o.comments = false;
    p = page_new(&m.article, &o, NULL);
    assert_null(page_thread(p));
    page_free(&p);
    made_release(&m);
}

/* Deep threads: two columns a level while the text keeps forty, then one, then only the deepest levels. */
CHECK(keeps_deep_threads_readable)
{
    struct page_options o = usual;
    struct made m;
    struct page *p;
    int i;

    made_newspaper(&m);
    for (i = 4; i < 60; i++)
        made_comment(&m, i, i % 2, "someone", "Some words to read, and some more of them.");
    p = page_new(&m.article, &o, NULL);
    for (i = 1; i <= 60; i++) {
        const struct line *l = page_line(p, page_comment_line(p, i) + 1);

        assert_true(l->runs[0].style != STYLE_BAR || l->runs[0].columns <= 32);
    }
    check_page(p, 80, m.article.len);
    page_free(&p);
    for (o.columns = 1; o.columns < 50; o.columns += 3) {
        p = page_new(&m.article, &o, NULL);
        check_page(p, o.columns, m.article.len);
        page_free(&p);
    }
    made_release(&m);
}

static int count_hyphens(struct page *p, const char *end)
{
    int n, found = 0;

    for (n = 0; n < page_count(p); n++) {
        const struct line *l = page_line(p, n);
        const struct line_run *r = l->run_count ? &l->runs[l->run_count - 1] : NULL;
        size_t len = strlen(end);

        show_check(l, 80);
        if (r && r->len >= len && memcmp(l->text + r->start + r->len - len, end, len) == 0)
            found++;
    }
    return found;
}

CHECK(divides_at_soft_hyphens)
{
    struct page_options o = usual;
    struct made m;
    struct page *p;

    made_init(&m);
    made_block(&m, KIND_PARAGRAPH,
               "a Donau\xC2\xAD"
               "dampf\xC2\xAD"
               "schiff\xC2\xAD"
               "fahrt");
    o.columns = 14;
    p = page_new(&m.article, &o, NULL);
    show_expect(page_line(p, 0), 14, "a Donaudampf-");
    show_expect(page_line(p, 1), 14, "schifffahrt");
    check_page(p, 14, m.article.len);
    page_free(&p);
    made_release(&m);
}

CHECK(divides_by_patterns_what_would_be_ragged)
{
    struct page_options o = usual;
    struct made m;
    struct page *p;
    struct hyphen *english = hyphen_open("en", NULL);

    if (!english)
        skip();
    made_newspaper(&m);
    made_block(&m, KIND_PARAGRAPH,
               "Representatives of municipal administrations congratulated meteorologists extraordinarily.");
    o.columns = 26;
    p = page_new(&m.article, &o, NULL);
    assert_int_equal(count_hyphens(p, "admin-") + count_hyphens(p, "meteo-") + count_hyphens(p, "rol-"), 0);
    page_free(&p);
    o.hyphens = english;
    p = page_new(&m.article, &o, NULL);
    assert_true(count_hyphens(p, "-") >= 2);
    check_page(p, 26, m.article.len);
    page_free(&p);
    hyphen_free(&english);
    made_release(&m);
}

CHECK(sets_an_empty_article)
{
    struct made m;
    struct page *p;

    made_init(&m);
    m.article.text = "";
    p = page_new(&m.article, &(struct page_options){.columns = 1}, NULL);
    assert_int_equal(page_count(p), 0);
    assert_false(page_has(p, 0));
    assert_int_equal(page_find(p, (struct line_place){0, 5}), 0);
    assert_int_equal(page_find(p, (struct line_place){3, 5}), 0);
    assert_int_equal(page_next_section(p, 0, 1), -1);
    page_free(&p);
    page_free(&p);
    made_release(&m);
}

/* A page is set only as far as it is looked at. */
CHECK(opens_a_long_thread_without_setting_it)
{
    struct made m;
    struct page *p;
    int i;

    made_newspaper(&m);
    for (i = 0; i < 50000; i++)
        made_comment(&m, i % 7 ? i : 0, false, "someone", "Some words to read, and some more of them.");
    p = page_new(&m.article, &usual, NULL);
    assert_true(page_has(p, 60));
    assert_false(page_share(p, 60) > 10);
    assert_true(page_comment_line(p, 40000) > 40000);
    show_check(page_line(p, page_comment_line(p, 40000)), 80);
    page_free(&p);
    made_release(&m);
}

CHECK_MAIN(T(sets_every_kind_of_block), T(says_what_comes_next_on_one_line), T(tells_how_much_was_read),
           T(sets_very_long_lines_piece_by_piece), T(names_what_has_no_words),
           T(tells_list_markers_from_text), T(finds_where_a_dateline_ends),
           T(sets_tabs_of_the_source_at_stops), T(sets_headlines_evenly), T(opens_folds),
           T(says_how_many_comments_there_are), T(goes_from_comment_to_comment),
           T(shows_the_source_with_its_kinds), T(finds_each_line_by_its_place_at_every_width),
           T(keeps_places_through_reflow), T(holds_for_random_articles), T(marks_hits),
           T(makes_controls_stand_out), T(spreads_justified_lines), T(numbers_addresses),
           T(collapses_and_hides_threads), T(shows_the_thread_by_itself), T(keeps_deep_threads_readable),
           T(divides_at_soft_hyphens), T(divides_by_patterns_what_would_be_ragged), T(sets_an_empty_article),
           T(opens_a_long_thread_without_setting_it))
