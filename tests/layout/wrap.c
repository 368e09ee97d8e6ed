/* SPDX-License-Identifier: ISC */
#include "../check.h"

#include "base/door.h"
#include "base/unicode.h"
#include "base/utf8.h"
#include "layout/wrap.h"
#include "random.h"

/* Breaks text and joins its lines with '/' (and shows hyphens). */
static void hinted(const char *text, int columns, const struct wrap_hint *hints, size_t hint_count,
                   const char *out)
{
    struct wrap w;
    struct buf b;
    size_t i;

    wrap_init(&w);
    buf_init(&b);
    wrap_set(&w, text, strlen(text), columns, hints, hint_count);
    for (i = 0; i < w.line_count; i++) {
        if (i)
            buf_add_char(&b, '\n');
        buf_add(&b, text + w.lines[i].start, w.lines[i].end - w.lines[i].start);
        if (w.lines[i].hyphen)
            buf_add_char(&b, '-');
    }
    assert_string_equal(b.data, out);
    buf_release(&b);
    wrap_release(&w);
}

static void breaks(const char *text, int columns, const char *out)
{
    hinted(text, columns, NULL, 0, out);
}

CHECK(sets_short_text_on_one_line)
{
    breaks("", 10, "");
    breaks("a", 1, "a");
    breaks("ten column", 10, "ten column");
}

CHECK(evens_out_ragged_lines)
{
    /* First fit would leave "a bb ccc dddd / e / ffffffffff". */
    breaks("aaa bb cc ddddd", 6, "aaa\nbb cc\nddddd");
    breaks("The quick brown fox jumps over the lazy dog again", 20,
           "The quick brown fox\njumps over the lazy\ndog again");
}

CHECK(never_cuts_a_word_that_fits)
{
    breaks("in the U.S. and/or e.g. foo,bar", 7, "in the\nU.S.\nand/or\ne.g.\nfoo,bar");
    breaks("a well-known fact", 6, "a\nwell-\nknown\nfact");
    breaks("from 1939–45 on", 8, "from\n1939–45\non");
    breaks("call 555-1234 now", 9, "call\n555-1234\nnow");
}

CHECK(keeps_punctuation_with_its_word)
{
    breaks("so ! he ( she ) said", 7, "so ! he\n( she )\nsaid");
    breaks("10\xC2\xA0km on", 6, "10\xC2\xA0km\non");
    breaks("left—right", 6, "left—\nright");
}

CHECK(cuts_long_words_at_good_places)
{
    breaks("see https://example.org/one/two?three=four&five", 16,
           "see https://\nexample.org/one/\ntwo?three=four&\nfive");
    breaks("Donaudampfschifffahrt", 8, "Donaudam\npfschiff\nfahrt");
}

CHECK(breaks_scripts_without_spaces)
{
    breaks("漢字かな交じり文、「引用」。", 8, "漢字か\nな交じり\n文、「引\n用」。");
    breaks("漢字", 1, "漢\n字");
    breaks("ภาษาไทย", 3, "ภาษ\nาไท\nย");
    breaks("e\xCC\x81"
           "e\xCC\x81"
           "e\xCC\x81",
           2,
           "e\xCC\x81"
           "e\xCC\x81\n"
           "e\xCC\x81");
}

CHECK(takes_hints)
{
    const struct wrap_hint soft[] = {{4, true}, {14, false}};

    hinted("newspaper zerowidth", 6, soft, 2, "news-\npaper\nzero\nwidth");
    hinted("newspaper", 9, soft, 1, "newspaper");
}

/* Lines hold the text, all of it but white space at their ends; they fit, and begin and end at clusters. */
static void check_lines(const struct wrap *w, const char *s, size_t len, int columns)
{
    size_t i, at = 0, k, first_cluster;

    for (i = 0; i < w->line_count; i++) {
        const struct wrap_line *l = &w->lines[i];

        assert_true(l->start >= at && l->end >= l->start && l->end <= len);
        for (k = at; k < l->start; k++)
            assert_int_equal(s[k], ' ');
        assert_true(i == 0 || l->end > l->start);
        assert_true(i == 0 || s[l->start] != ' ');
        assert_int_equal(unicode_columns(s + l->start, l->end - l->start) + l->hyphen, l->columns);
        if (l->end > l->start) {
            first_cluster = unicode_cluster(s + l->start, l->end - l->start);
            assert_true(l->columns <= columns || first_cluster == l->end - l->start);
        }
        at = l->end;
    }
    for (k = at; k < len; k++)
        assert_int_equal(s[k], ' ');
}

CHECK(holds_for_random_texts_at_every_width)
{
    uint64_t seed = 1;
    struct wrap w;
    struct buf raw, safe;
    int round, columns;

    wrap_init(&w);
    buf_init(&raw);
    buf_init(&safe);
    for (round = 0; round < 60; round++) {
        buf_clear(&raw);
        buf_clear(&safe);
        random_text(&raw, &seed, 2 + (int)dice(&seed, 60), round % 2);
        door_add(&safe, raw.data, raw.len, DOOR_LINE);
        for (columns = 1; columns <= 100; columns++) {
            wrap_set(&w, safe.data, safe.len, columns, NULL, 0);
            check_lines(&w, safe.data, safe.len, columns);
        }
    }
    buf_release(&safe);
    buf_release(&raw);
    wrap_release(&w);
}

/* What we break at without asking libunistring is what it would allow. */
CHECK(breaks_only_where_uax_14_allows)
{
    static const char *pieces[] = {"ab", "1", "!", "\"",       "$", "%", "(", ")", "}", ",",
                                   "-",  "/", "|", "\xC2\xA0", "—", "–", "é", "Я", "’", "“",
                                   "«",  "…", "€", "°",        "§", " ", " ", " ", "  "};
    const unsigned kinds = sizeof pieces / sizeof pieces[0];
    uint64_t seed = 3;
    struct wrap w;
    struct buf b;
    uint8_t allowed[512];
    int round, k;
    size_t i;

    wrap_init(&w);
    buf_init(&b);
    for (round = 0; round < 20000; round++) {
        buf_clear(&b);
        buf_add_str(&b, "x");
        for (k = 0; k < 10; k++)
            buf_add_str(&b, pieces[dice(&seed, kinds)]);
        unicode_line_breaks(b.data, b.len, allowed);
        wrap_set(&w, b.data, b.len, 12, NULL, 0);
        for (i = 1; i < w.line_count; i++) {
            size_t from = w.lines[i].start, to = from;

            if (allowed[from])
                continue;
            /* What holds it together is too wide for a line. Since Unicode 16 the comma of a number may begin one
             * behind spaces (LB15c), which is not done here: all versions of libunistring set a text alike. */
            while (from > 0 && !(allowed[from] && b.data[from - 1] == ' ' && b.data[from] != ','))
                from--;
            while (to < b.len && !(allowed[to] && b.data[to - 1] == ' '))
                to++;
            if (unicode_columns(b.data + from, to - from) <= 12)
                fail_msg("'%s' is broken at %u", b.data, w.lines[i].start);
        }
    }
    buf_release(&b);
    wrap_release(&w);
}

CHECK(fills_very_long_texts_first_fit)
{
    const int words = 70000;
    struct wrap w;
    struct buf b;
    int i;

    wrap_init(&w);
    buf_init(&b);
    for (i = 0; i < words; i++)
        buf_add_str(&b, i % 3 ? "ab " : "abcd ");
    wrap_set(&w, b.data, b.len, 40, NULL, 0);
    check_lines(&w, b.data, b.len, 40);
    assert_true(w.line_count > 5000 && w.line_count < 8000);
    buf_release(&b);
    wrap_release(&w);
}

/* The sum of squares of what lines but the last leave free is never more than when each line is filled. */
CHECK(is_never_more_ragged_than_first_fit)
{
    uint64_t seed = 11;
    int round;

    for (round = 0; round < 300; round++) {
        const int columns = 20 + round % 60;
        long ours = 0, greedy = 0;
        int column = 0;
        struct wrap w;
        struct buf b;
        size_t i, at;

        wrap_init(&w);
        buf_init(&b);
        for (i = 0; i < 80; i++) {
            size_t letters = 1 + dice(&seed, 9);

            while (letters--)
                buf_add_char(&b, 'x');
            buf_add_char(&b, ' ');
        }
        wrap_set(&w, b.data, b.len, columns, NULL, 0);
        for (i = 0; i + 1 < w.line_count; i++)
            ours += (long)(columns - w.lines[i].columns) * (columns - w.lines[i].columns);
        for (at = 0; at < b.len;) {
            int word = (int)strcspn(b.data + at, " ");

            if (column && column + 1 + word > columns) {
                greedy += (long)(columns - column) * (columns - column);
                column = 0;
            }
            column += word + (column > 0);
            at += (size_t)word + 1;
        }
        assert_true(ours <= greedy + 64);
        buf_release(&b);
        wrap_release(&w);
    }
}

CHECK_MAIN(T(sets_short_text_on_one_line), T(evens_out_ragged_lines), T(never_cuts_a_word_that_fits),
           T(keeps_punctuation_with_its_word), T(cuts_long_words_at_good_places),
           T(breaks_scripts_without_spaces), T(takes_hints), T(holds_for_random_texts_at_every_width),
           T(breaks_only_where_uax_14_allows), T(fills_very_long_texts_first_fit),
           T(is_never_more_ragged_than_first_fit))
