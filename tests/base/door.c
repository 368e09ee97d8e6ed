/* SPDX-License-Identifier: ISC */
#include "../check.h"

#include "base/door.h"
#include "base/unicode.h"
#include "base/utf8.h"

#include <locale.h>
#include <vterm.h>
#include <wchar.h>

static void gives_with(const char *in, size_t len, const char *out, unsigned flags)
{
    struct buf b;

    buf_init(&b);
    door_add(&b, in, len, flags);
    assert_string_equal(b.data, out);
    assert_int_equal(door_is_clean(in, len, flags), b.len == len && memcmp(b.data, in, len) == 0);
    buf_release(&b);
}

static void gives(const char *in, const char *out)
{
    gives_with(in, strlen(in), out, DOOR_LINE);
}

static void in_ascii(const char *in, const char *out)
{
    struct buf b;

    buf_init(&b);
    door_add_ascii(&b, in, strlen(in));
    assert_string_equal(b.data, out);
    buf_release(&b);
}

CHECK(passes_text_as_it_is)
{
    gives("Plain words, \"quoted\" & counted: 100 %", "Plain words, \"quoted\" & counted: 100 %");
    gives("“Ça va” — Ёлка … 漢字 かな 한국어 שלום العربية", "“Ça va” — Ёлка … 漢字 かな 한국어 שלום العربية");
    gives("e\xCC\x81 นี้ हिन्दी", "e\xCC\x81 นี้ हिन्दी");
    gives("a\xC2\xA0"
          "b",
          "a\xC2\xA0"
          "b");
    gives("", "");
}

CHECK(makes_controls_visible)
{
    gives("\x1B[31mred\x1B[0m", "␛[31mred␛[0m");
    gives("bell\x07 back\x08 del\x7F", "bell␇ back␈ del␡");
    gives("\xC2\x9B"
          "31m \xC2\x90",
          "<U+009B>31m <U+0090>");
    gives_with("nul\0.", 5, "nul␀.", DOOR_LINE);
}

CHECK(makes_bad_bytes_visible)
{
    gives("a\xFF"
          "b\xC3",
          "a<FF>b<C3>");
    gives("\xED\xA0\x80", "<ED><A0><80>");
    gives("\xC0\xAF", "<C0><AF>");
    gives("\xEF\xBF\xBD", "\xEF\xBF\xBD");
    gives("\xFF\xCC\x81", "<FF>◌\xCC\x81");
}

CHECK(stops_what_turns_directions)
{
    gives("user\xE2\x80\xAEtxt.exe", "user<U+202E>txt.exe");
    gives("\xE2\x81\xA6x\xE2\x81\xA9", "<U+2066>x<U+2069>");
    gives("\xE2\x80\x8Fשלום\xE2\x80\x8E", "שלום");
    gives("\xEE\x80\x80 \xF3\xA0\x81\x81 \xEF\xBF\xBF", "<U+E000> <U+E0041> <U+FFFF>");
}

CHECK(makes_one_line_or_keeps_ends)
{
    gives("a\tb\nc\r\nd\re\xE2\x80\xA8"
          "f",
          "a b c d e f");
    gives_with("a\tb\nc\r\nd\re\xE2\x80\xA9"
               "f",
               14, "a\tb\nc\nd\ne\nf", DOOR_KEEP_TABS | DOOR_KEEP_ENDS);
    gives_with("a\tb\n", 4, "a b\n", DOOR_KEEP_ENDS);
}

CHECK(drops_invisible_hints)
{
    gives("\u1820\u180B \u180Bx\u180C\u180D\u180F", "\u1820 x"); /* which form of a Mongolian letter is meant */
    gives("news\xC2\xADpaper", "newspaper");
    gives("\xEF\xBB\xBFzero\xE2\x80\x8Bwidth\xE2\x81\xA0", "zerowidth");
    gives("a\xE2\x80\x8D"
          "b",
          "ab");
}

CHECK(keeps_joiners_that_shape_letters)
{
    gives("می\xE2\x80\x8Cخواهم", "می\xE2\x80\x8Cخواهم");
    gives("क्\xE2\x80\x8Dष", "क्\xE2\x80\x8Dष");
    gives("ب\xE2\x80\x8D ", "ب\xE2\x80\x8D "); /* what a line may end with */
    gives("م\xE2\x80\x8C\xD8\x80", "م\xE2\x80\x8C<U+0600>");
    gives("\xEF\xB7\xBA\xE2\x80\x8C", "\xEF\xB7\xBA"); /* a presentation form, which has its shape */
    gives("ᠠ\xE2\x80\x8C\xE1\xA0\x8Cᠠ", "ᠠ\xE2\x80\x8Cᠠ"); /* a selector, which does not pass */
    gives("ب\xD9\x8B\xD9\x8C\xD9\x8D\xE2\x80\x8C\xD9\x8E\xD9\x8F", "ب\xD9\x8B\xD9\x8C\xD9\x8D\xD9\x8E");
}

CHECK(takes_emoji_apart)
{
    gives("👩\xE2\x80\x8D👧!", "👩👧!");
    gives("❤\xEF\xB8\x8F", "❤");
    gives("👍🏽 ok", "👍 ok");
    gives("🏽", "🏽");
    gives("1\xEF\xB8\x8F\xE2\x83\xA3", "1\xE2\x83\xA3");
    gives("🏴\xF3\xA0\x81\xA7\xF3\xA0\x81\xA2\xF3\xA0\x81\xBF", "🏴");
    gives("🇩🇪", "🇩🇪");
}

CHECK(gives_lone_marks_a_base)
{
    gives("\xCC\x81", "◌\xCC\x81");
    gives("a \xCC\x81", "a ◌\xCC\x81");
    gives("a\xE1\x85\xA1", "a◌\xE1\x85\xA1");
    gives("\xE1\x84\x80\xE1\x85\xA1", "\xE1\x84\x80\xE1\x85\xA1");
    gives("ः \u0903 \u302E", "ः \u0903 \u302E"); /* what a narrow line may begin with */
    gives("\xE3 \u302E\u302E\u302E\u302E\u302E", "<E3> \u302E\u302E\u302E\u302E");
    gives("z\xCC\x81\xCC\x82\xCC\x83\xCC\x84\xCC\x85\xCC\x86", "z\xCC\x81\xCC\x82\xCC\x83\xCC\x84");
}

CHECK(says_it_in_ascii)
{
    in_ascii("“Ça va” — it’s 5 € …", "\"Ca va\" -- it's 5 EUR  ...");
    in_ascii("ﬁn Ёлка 漢 e\xCC\x81 ½", "fin Yolka ? e 1/2");
    in_ascii("Жизнь и щедрость", "Zhizn i shchedrost");
    in_ascii("БОРЩ ЩИ Щука Объём", "BORSHCH SHCHI Shchuka Obyom");
    in_ascii("Київ, Їжак, Ґанок", "Kiyiv, Yizhak, Ganok");
    in_ascii("Ђорђе Љубав Џеп", "Djordje Ljubav Dzep");
    in_ascii("Ελλάδα, ουρανός, Ψυχή, Ἀθῆναι, ΟΥΡΑΝΟΣ", "Ellada, ouranos, Psychi, Athinai, OURANOS");
    in_ascii("灯台 नमस्ते", "?? ????");
    in_ascii("Straße Łódź Øre", "Strasse Lodz Ore");
}

static int libc_width(const char *s, size_t len)
{
    size_t at = 0;
    int width = 0, more;
    uint32_t cp;

    while (at < len) {
        at += utf8_next(s + at, len - at, &cp);
        more = wcwidth((wchar_t)cp);
        if (more < 0)
            return -1;
        width += more;
    }
    return width;
}

/* Every code point, after a letter and alone, comes out as wide as the C library says, and so does what
 * comes out a second time; but for some that Unicode 16 made wide, where the C library is of that age or
 * later. */
CHECK(agrees_with_the_c_library_on_every_code_point)
{
    struct buf b, again;
    uint32_t cp;
    int bad = 0, differ = 0;

    assert_non_null(setlocale(LC_ALL, "C.UTF-8"));
    buf_init(&b);
    buf_init(&again);
    for (cp = 0; cp < 0x220000; cp++) {
        char in[8] = "a";
        size_t len = 1 + utf8_encode(cp & 0x1FFFFF, in + 1), skip = cp < 0x110000 ? 0 : 1;

        if (cp >= 0x110000)
            len = 1 + utf8_encode(cp - 0x110000, in + 1);
        buf_clear(&b);
        buf_clear(&again);
        door_add(&b, in + skip, len - skip, DOOR_LINE);
        door_add(&again, b.data, b.len, DOOR_LINE);
        differ += unicode_columns(b.data, b.len) != libc_width(b.data, b.len);
        if (!utf8_valid(b.data, b.len, NULL) || libc_width(b.data, b.len) < 0 || again.len != b.len ||
            memcmp(again.data, b.data, b.len) != 0 ||
            door_is_clean(in + skip, len - skip, DOOR_LINE) !=
                (b.len == len - skip && memcmp(b.data, in + skip, b.len) == 0)) {
            bad++;
            print_error("U+%04X: '%s' ours %d libc %d\n", cp % 0x110000, b.data, unicode_columns(b.data, b.len),
                        libc_width(b.data, b.len));
        }
    }
    buf_release(&b);
    buf_release(&again);
    assert_int_equal(bad, 0);
    assert_in_range(differ, 0, 400);
}

/* The scripts that newspapers are written in; libvterm 0.1.4 knows no marks and emoji of later years. */
CHECK(agrees_with_a_terminal_on_living_scripts)
{
    static const struct {
        uint32_t first, last;
    } ranges[] = {
        {0x20, 0x486},    {0x48A, 0x5FF},     {0x620, 0x65E},   {0x671, 0x6D5},   {0x904, 0x939},
        {0x93E, 0x94D},   {0xE01, 0xE5B},     {0x1E00, 0x1FFF}, {0x2010, 0x20CF}, {0x2100, 0x27BF},
        {0x3000, 0x3029}, {0x3041, 0x3096},   {0x30A0, 0x30FF}, {0x4E00, 0x9FFF}, {0xAC00, 0xD7A3},
        {0xFF01, 0xFFE6}, {0x1F300, 0x1F64F},
    };
    VTerm *vt = vterm_new(4, 80);
    VTermPos pos;
    struct buf b;
    uint32_t cp;
    size_t i;
    int bad = 0;

    vterm_set_utf8(vt, 1);
    vterm_screen_reset(vterm_obtain_screen(vt), 1);
    buf_init(&b);
    for (i = 0; i < sizeof ranges / sizeof ranges[0]; i++) {
        for (cp = ranges[i].first; cp <= ranges[i].last; cp++) {
            char in[8] = "a";
            size_t len = 1 + utf8_encode(cp, in + 1);

            buf_clear(&b);
            buf_add_str(&b, "\r\n");
            door_add(&b, in, len, DOOR_LINE);
            vterm_input_write(vt, b.data, b.len);
            vterm_state_get_cursorpos(vterm_obtain_state(vt), &pos);
            if (pos.col != unicode_columns(b.data + 2, b.len - 2)) {
                bad++;
                print_error("U+%04X: ours %d terminal %d\n", cp, unicode_columns(b.data + 2, b.len - 2),
                            pos.col);
            }
        }
    }
    buf_release(&b);
    vterm_free(vt);
    assert_int_equal(bad, 0);
}

CHECK_MAIN(T(passes_text_as_it_is), T(makes_controls_visible), T(makes_bad_bytes_visible),
           T(stops_what_turns_directions), T(makes_one_line_or_keeps_ends), T(drops_invisible_hints),
           T(keeps_joiners_that_shape_letters), T(takes_emoji_apart), T(gives_lone_marks_a_base),
           T(says_it_in_ascii), T(agrees_with_the_c_library_on_every_code_point),
           T(agrees_with_a_terminal_on_living_scripts))
