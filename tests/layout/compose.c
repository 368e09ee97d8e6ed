/* SPDX-License-Identifier: ISC */
#include "../check.h"

#include "doc/record.h"
#include "paged.h"

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
    has_line(p, "    → Whales seen again off the point");
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

CHECK(keeps_what_is_indented)
{
    static const char text[] = "How do I make this?\n\n    cd  src\n        make\n    # done\n\nAnd then?";
    struct made m;
    struct page *p;
    size_t at = 0;
    int n;

    made_init(&m);
    made_block(&m, KIND_PARAGRAPH, text);
    /* each line a block, as the parser gives them */
    m.article.block_count = 0;
    while (at < sizeof text - 1) {
        size_t end = at + strcspn(text + at, "\n");

        if (end > at)
            article_add_block(&m.article, at == 31 ? KIND_LIST_ITEM : KIND_PARAGRAPH, at, end, 0);
        at = end + 1;
    }
    p = page_new(&m.article, &usual, NULL);
    n = find_line(p, "cd  src");
    show_expect(page_line(p, n - 1), 80, "");
    show_expect(page_line(p, n), 80, "        cd  src");
    show_expect(page_line(p, n + 1), 80, "            make");
    show_expect(page_line(p, n + 2), 80, "        # done");
    show_expect(page_line(p, n + 4), 80, "    And then?");
    page_free(&p);
    made_release(&m);
}

CHECK(a_page_that_is_indented_throughout_is_prose)
{
    struct page_options o = usual;
    struct made m;
    struct page *p;

    made_init(&m);
    made_block(&m, KIND_PARAGRAPH, "    It was  cold.");
    made_block(&m, KIND_PARAGRAPH, "    It was  dark.");
    made_block(&m, KIND_QUOTE, "    > > Old men");
    p = page_new(&m.article, &o, NULL);
    has_line(p, "    It was cold.");
    has_line(p, "    It was dark.");
    has_line(p, "    ▏ Old men");
    check_page(p, 80, m.article.len);
    page_free(&p);
    made_release(&m);
}

CHECK(shows_what_else_would_be_all_folded)
{
    struct made m;
    struct page *p;

    made_init(&m);
    made_block(&m, KIND_TITLE, "A page of menus");
    made_block(&m, KIND_BOILERPLATE, "Home\nNews");
    made_block(&m, KIND_RELATED, "Another page");
    p = page_new(&m.article, &usual, NULL);
    has_line(p, "    Home");
    has_line(p, "    News");
    has_line(p, "    Another page");
    assert_int_equal(style_of(p, "News"), STYLE_TEXT);
    page_free(&p);
    made_block(&m, KIND_PARAGRAPH, "Words.");
    p = page_new(&m.article, &usual, NULL);
    assert_true(find_line(p, "⋯ Home, 2 lines") >= 0);
    has_line(p, "    → Another page");
    page_free(&p);
    made_release(&m);
}

CHECK(shows_the_headline_that_was_given)
{
    struct made m;
    struct page *p;

    made_init(&m);
    made_block(&m, KIND_TITLE, "The Ferry");
    made_block(&m, KIND_PARAGRAPH, "Words.");
    m.article.given = RECORD_TITLE;
    m.article.title = "the ferry - The Post";
    p = page_new(&m.article, &usual, NULL);
    show_expect(page_line(p, 0), 80, "    The Ferry");
    assert_int_equal(find_line(p, "The Post"), -1);
    page_free(&p);
    m.article.title = "What the format says";
    p = page_new(&m.article, &usual, NULL);
    show_expect(page_line(p, 0), 80, "    What the format says");
    assert_int_equal(find_line(p, "The Ferry"), 2);
    assert_int_equal(find_line(p, "Words."), 4);
    page_free(&p);
    made_release(&m);
}

/* Made of lines, each a block as the parser gives them; empty ones part them. */
static struct page *page_of_lines(struct made *m, const char *text)
{
    size_t at = 0, len = strlen(text);

    made_init(m);
    made_block(m, KIND_PARAGRAPH, text);
    m->article.block_count = 0;
    while (at < len) {
        size_t end = at + strcspn(text + at, "\n");

        if (end > at)
            article_add_block(&m->article, text[at] == '>' ? KIND_QUOTE : KIND_PARAGRAPH, at, end, 0);
        at = end + 1;
    }
    return page_new(&m->article, &usual, NULL);
}

CHECK(a_line_end_is_no_paragraph_where_empty_lines_are)
{
    struct made m;
    struct page *p = page_of_lines(&m, "Dear all,\n\nhere it is.\n\n> Where\n> is it?\n\nAda\n--\nAda Example\nfoo");
    int n = find_line(p, "Dear");

    show_expect(page_line(p, n + 1), 80, "");
    show_expect(page_line(p, n + 2), 80, "    here it is.");
    show_expect(page_line(p, n + 4), 80, "    ▏ Where");
    show_expect(page_line(p, n + 5), 80, "    ▏ is it?");
    show_expect(page_line(p, n + 7), 80, "    Ada");
    show_expect(page_line(p, n + 8), 80, "    --");
    show_expect(page_line(p, n + 10), 80, "    foo");
    page_free(&p);
    made_release(&m);
    p = page_of_lines(&m, "“Where is it?”\n“Gone.”\nShe went home.\nIt was late.");
    n = find_line(p, "Gone");
    show_expect(page_line(p, n + 1), 80, "");
    show_expect(page_line(p, n + 2), 80, "    She went home.");
    page_free(&p);
    made_release(&m);
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
    o.ascii = true;
    p = page_new(&m.article, &o, NULL);
    has_line(p, "    v Sign up for our free weekly letter, 6 lines");
    has_line(p, "    | You will receive it every Friday.");
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

CHECK(gives_a_mark_after_a_tab_a_base_of_its_own)
{
    struct page_options o = {.columns = 40, .source = true};
    struct made m;
    struct page *p;

    made_init(&m);
    made_block(&m, KIND_PARAGRAPH, "W\t\u05ACW");
    p = page_new(&m.article, &o, NULL);
    show_expect(page_line(p, 0), 40, " W       \u25CC\u05ACW");
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

CHECK_MAIN(T(sets_every_kind_of_block), T(says_what_comes_next_on_one_line),
           T(sets_very_long_lines_piece_by_piece), T(tells_list_markers_from_text),
           T(keeps_what_is_indented), T(a_page_that_is_indented_throughout_is_prose),
           T(shows_what_else_would_be_all_folded), T(shows_the_headline_that_was_given),
           T(a_line_end_is_no_paragraph_where_empty_lines_are),
           T(finds_where_a_dateline_ends), T(sets_headlines_evenly), T(opens_folds),
           T(shows_the_source_with_its_kinds), T(sets_tabs_of_the_source_at_stops),
           T(gives_a_mark_after_a_tab_a_base_of_its_own), T(numbers_addresses))
