/* SPDX-License-Identifier: ISC */
#include "../check.h"

#include "base/charset.h"
#include "base/utf8.h"

static const char russian[] =
    "Вчера в городской библиотеке открылась выставка старых газет. «Мы собирали их сорок лет», — говорит "
    "хранитель Пётр Лопухов. Вход свободный, ёлку уже убрали.";
static const char ukrainian[] =
    "Учора в міській бібліотеці відкрилася виставка старих газет. Її збирали сорок років, і ось "
    "нарешті мешканці можуть побачити перші числа, надруковані ще до війни.";
static const char german[] =
    "Die Bäckerei an der Mühlenstraße schließt. „Größere Öfen hätten wir gebraucht“, sagt der Bäcker – und "
    "räumt die Regale aus.";
static const char french[] =
    "Le marché couvert a rouvert après deux années de travaux. « C’était long, mais ça en valait la peine », "
    "résume l’épicière, à côté de l’entrée.";
static const char spanish[] =
    "El año pasado llovió más que nunca en la sierra, y los pequeños ríos crecieron. ¿Quién lo diría?";
static const char english[] = "The ferry’s captain said “not today” — and that was that…";

/* Adds text in the single-byte set c; every character must have a byte there. */
static void encode(struct buf *out, enum charset c, const char *text)
{
    size_t len = strlen(text), at = 0;

    while (at < len) {
        uint32_t cp;
        int byte;

        at += utf8_next(text + at, len - at, &cp);
        for (byte = 0; byte < 256 && charset_of_byte(c, (unsigned char)byte) != cp; byte++)
            continue;
        assert_int_not_equal(byte, 256);
        buf_add_char(out, (char)byte);
    }
}

static void encode_utf16(struct buf *out, bool big, const char *text)
{
    size_t len = strlen(text), at = 0;

    while (at < len) {
        uint32_t cp, units[2];
        int n = 1, i;

        at += utf8_next(text + at, len - at, &cp);
        units[0] = cp;
        if (cp > 0xFFFF) {
            units[0] = 0xD800 + ((cp - 0x10000) >> 10);
            units[1] = 0xDC00 + ((cp - 0x10000) & 0x3FF);
            n = 2;
        }
        for (i = 0; i < n; i++) {
            buf_add_char(out, (char)(big ? units[i] >> 8 : units[i] & 0xFF));
            buf_add_char(out, (char)(big ? units[i] & 0xFF : units[i] >> 8));
        }
    }
}

/* Decodes bytes as c and expects text; then that every character of the text has its place in the source. */
static void expect_decoded(enum charset c, const char *bytes, size_t len, const char *text)
{
    struct charset_map map = {0};
    struct buf out;
    size_t at = 0, last = 0;

    buf_init(&out);
    charset_decode(c, bytes, len, &out, &map);
    assert_string_equal(out.data, text);
    while (at < out.len) {
        uint32_t cp;
        size_t source = charset_source(&map, at);

        assert_true(at == 0 ? source == 0 : source > last);
        assert_true(source < len);
        last = source;
        at += utf8_next(out.data + at, out.len - at, &cp);
    }
    assert_int_equal(charset_source(&map, out.len), len);
    charset_map_release(&map);
    buf_release(&out);
}

static void expect_guess(enum charset written, const char *text)
{
    struct buf bytes;

    buf_init(&bytes);
    encode(&bytes, written, text);
    assert_int_equal(charset_guess(bytes.data, bytes.len), written);
    expect_decoded(written, bytes.data, bytes.len, text);
    buf_release(&bytes);
}

CHECK(guesses_the_single_byte_sets)
{
    expect_guess(CHARSET_WINDOWS_1251, russian);
    expect_guess(CHARSET_WINDOWS_1251, ukrainian);
    expect_guess(CHARSET_WINDOWS_1251, "ВЫСТАВКА ОТКРЫЛАСЬ В ГОРОДСКОЙ БИБЛИОТЕКЕ");
    expect_guess(CHARSET_WINDOWS_1251, "Погода на завтра");
    expect_guess(CHARSET_KOI8_R, "Вчера в городской библиотеке открылась выставка старых газет, и вход свободный.");
    expect_guess(CHARSET_KOI8_R, "ПОГОДА НА ЗАВТРА: дождь со снегом");
    expect_guess(CHARSET_WINDOWS_1252, german);
    expect_guess(CHARSET_WINDOWS_1252, french);
    expect_guess(CHARSET_WINDOWS_1252, english);
    expect_guess(CHARSET_LATIN1, spanish);
    expect_guess(CHARSET_LATIN1, "Das Café schließt früher");
}

CHECK(short_words_are_western_unless_russian)
{
    expect_guess(CHARSET_LATIN1, "café");
    expect_guess(CHARSET_LATIN1, "Tür zu");
    expect_guess(CHARSET_LATIN1, "Luis Ávila");
    expect_guess(CHARSET_WINDOWS_1252, "de tout notre cœur");
    expect_guess(CHARSET_WINDOWS_1251, "Спор о мосте");
}

CHECK(a_long_ascii_beginning_does_not_hide_the_set)
{
    struct buf bytes;
    int i;

    buf_init(&bytes);
    for (i = 0; i < 60000; i++)
        buf_add_str(&bytes, "nothing to be seen yet, ");
    encode(&bytes, CHARSET_WINDOWS_1251, russian);
    assert_int_equal(charset_guess(bytes.data, bytes.len), CHARSET_WINDOWS_1251);
    buf_release(&bytes);
}

CHECK(guesses_utf16_with_and_without_a_mark)
{
    static const char *const texts[] = {
        "The mark comes first\r\nand the text after it, \xF0\x9F\x99\x82 too.",
        "Выставка открылась в городской библиотеке вчера",
        "\xEE\xA0\xB8 Menu \xEE\xA0\xBA Search \xEE\x86\x92 where fonts hold icons",
        "一つの紙面に 多くの声がある。\n読者は待つ。",
    };
    size_t i;
    int big, mark;

    for (i = 0; i < sizeof texts / sizeof texts[0]; i++)
        for (big = 0; big < 2; big++)
            for (mark = 0; mark < 2; mark++) {
                struct buf bytes, text;

                buf_init(&bytes);
                buf_init(&text);
                if (mark)
                    buf_add_str(&text, "\xEF\xBB\xBF");
                buf_add_str(&text, texts[i]);
                encode_utf16(&bytes, big, text.data);
                assert_false(charset_is_binary(bytes.data, bytes.len));
                assert_int_equal(charset_guess(bytes.data, bytes.len),
                                 big ? CHARSET_UTF16BE : CHARSET_UTF16LE);
                expect_decoded(big ? CHARSET_UTF16BE : CHARSET_UTF16LE, bytes.data, bytes.len, text.data);
                buf_release(&bytes);
                buf_release(&text);
            }
}

CHECK(utf16_cut_short_or_broken_loses_nothing_else)
{
    expect_decoded(CHARSET_UTF16LE, "a\0b\0c", 5, "ab\xEF\xBF\xBD");
    expect_decoded(CHARSET_UTF16LE, "\x3D\xD8" "a\0", 4, "\xEF\xBF\xBD" "a");
    expect_decoded(CHARSET_UTF16BE, "\xDC\x00\0a", 4, "\xEF\xBF\xBD" "a");
    expect_decoded(CHARSET_UTF16BE, "\xD8\x3D", 2, "\xEF\xBF\xBD");
}

CHECK(utf8_with_a_few_bad_bytes_stays_utf8)
{
    static const char mixed[] = "Größe und Höhe, but one bad \x92 byte — enough";

    assert_int_equal(charset_guess(mixed, sizeof mixed - 1), CHARSET_UTF8);
    expect_decoded(CHARSET_UTF8, mixed, sizeof mixed - 1, mixed);
    assert_int_equal(charset_guess("", 0), CHARSET_UTF8);
    assert_int_equal(charset_guess("\xEF\xBB\xBFx", 4), CHARSET_UTF8);
    assert_int_equal(charset_guess(russian, 61), CHARSET_UTF8); /* cut inside a character */
}

CHECK(knows_binary_from_text)
{
    static const char png[] = "\x89PNG\r\n\x1A\n\0\0\0\rIHDR\0\0\1\0\0\0\1\0\10\6\0\0\0\\r\xA8" "f";
    static const char nuls[] = "A page with a NUL\0 here and one\0 there, which is text all the same, and a bell\a.";
    char zeros[512] = "";

    assert_true(charset_is_binary(png, sizeof png - 1));
    assert_true(charset_is_binary(zeros, sizeof zeros));
    assert_true(charset_is_binary("%PDF-1.4\nobj", 12));
    assert_false(charset_is_binary(nuls, sizeof nuls - 1));
    assert_false(charset_is_binary(russian, sizeof russian - 1));
    assert_false(charset_is_binary("\x1B[1mbold\x1B[0m and \t tab\f", 24));
    assert_false(charset_is_binary("", 0));
}

/* More than three of them, and more than one in 32 bytes, make it binary: four of these, wherever they stand. */
CHECK(knows_the_control_characters_that_no_text_has)
{
    char text[128];
    int c;
    size_t at;

    for (c = 1; c < 0x100; c++) {
        bool control = (c < 0x20 && !(c >= '\b' && c <= '\r') && c != 0x1B) || c == 0x7F;

        for (at = 0; at + 4 <= 127; at++) {
            memset(text, 'a', sizeof text);
            memset(text + at, c, 4);
            assert_int_equal(charset_is_binary(text, 127), control);
            assert_false(charset_is_binary(text, 128));
        }
        assert_false(charset_is_binary(text, 126)); /* one of the four is cut off */
    }
}

CHECK(nuls_and_line_ends_keep_their_places)
{
    struct charset_map map = {0};
    struct buf out;

    buf_init(&out);
    charset_decode(CHARSET_LATIN1, "a\0\r\n\xE9\r", 6, &out, &map);
    assert_int_equal(out.len, 7);
    assert_memory_equal(out.data, "a\0\r\n\xC3\xA9\r", 7);
    assert_int_equal(charset_source(&map, 4), 4);
    assert_int_equal(charset_source(&map, 6), 5);
    charset_map_release(&map);
    buf_release(&out);
}

static void expect_mended(const char *broken, const char *meant)
{
    expect_decoded(CHARSET_UTF8, broken, strlen(broken), meant);
}

CHECK(undoes_double_encoding)
{
    expect_mended("It donâ€™t matter", "It don’t matter");
    expect_mended("He said â€œnoâ€\xC2\x9D and left â€“ at onceâ€¦", "He said “no” and left – at once…");
    expect_mended("CafÃ© MÃ¼nchen, GrÃ¶ÃŸe, Ã–sterreich", "Café München, Größe, Österreich");
    expect_mended("10Â°C, Â£5 and Â©", "10°C, £5 and ©");
    expect_mended("Ð¿Ñ€Ð¸Ð²ÐµÑ‚ Ð²Ñ\xC2\x81ÐµÐ¼", "привет всем");
    expect_mended("РџСЂРёРІРµС‚ всем", "Привет всем");
    expect_mended("СЃР»РѕРІРѕ вЂ” дело", "слово — дело");
    expect_mended("smile ðŸ˜€ now", "smile 😀 now");
    expect_mended("ä¸­æ–‡æ–°è\xC2\x81" "ž", "中文新聞");
    expect_mended("Îµ Î±Ï\xC2\x81Ï‡Î®", "ε αρχή");
}

CHECK(undoes_what_was_encoded_three_times)
{
    expect_mended("donÃ¢â‚¬â„¢t", "don’t");
}

CHECK(doubtful_places_need_proof)
{
    expect_mended("AMANHÃ… e IRMÃ”", "AMANHÃ… e IRMÃ”");
    expect_mended("AMANHÃ… donâ€™t", "AMANHÅ don’t"); /* where the text is broken anyway, so is this */
}

CHECK(honest_text_stays_as_it_is)
{
    static const char *const honest[] = {
        "Viel Spaß” sagte er. L’été… café» «été» naïf—oui, MAÇÃ, ÂNGELO, à «Paris»",
        "Ð is a letter of Iceland; Ñ of Spain: “AÑO”, 'Ñ'. Åland, Ä, â, ã.",
        "Слова: «Рёв», «Сёмга», В «РФ», в „кавычках“ и «С»… Р. С. Ёлкин",
        "the apostrophe turned into \"â€™\" on the page (Ã©)",
        "漢字とかな、ハングル 한국어, עברית, العربية",
        "×÷ ½ ¼ °C ±5 §§ ¶ µm Ø ø",
        "Ђуро Ћирић, Љиљана; ў, і, ї, є, ґ",
    };
    size_t i;

    for (i = 0; i < sizeof honest / sizeof honest[0]; i++)
        expect_mended(honest[i], honest[i]);
    expect_mended(russian, russian);
    expect_mended(ukrainian, ukrainian);
    expect_mended(german, german);
    expect_mended(french, french);
}

CHECK(a_long_run_is_mended_whole)
{
    struct buf broken, meant;
    int i;

    buf_init(&broken);
    buf_init(&meant);
    for (i = 0; i < 1000; i++) {
        buf_add_str(&broken, "ä¸­æ–‡"); /* 6 characters: cuts fall everywhere */
        buf_add_str(&meant, "中文");
    }
    expect_mended(broken.data, meant.data);
    buf_release(&broken);
    buf_release(&meant);
}

CHECK(the_map_of_a_mended_place)
{
    static const char broken[] = "a donâ€™t b";
    struct charset_map map = {0};
    struct buf out;

    buf_init(&out);
    charset_decode(CHARSET_UTF8, broken, sizeof broken - 1, &out, &map);
    assert_int_equal(charset_source(&map, 4), 4);
    assert_int_equal(charset_source(&map, 5), 5);
    assert_int_equal(charset_source(&map, 8), 13); /* the t after eight bytes that were three */
    assert_int_equal(charset_source(&map, out.len), sizeof broken - 1);
    charset_map_release(&map);
    buf_release(&out);
}

CHECK(clean_text_needs_no_marks)
{
    struct charset_map map = {0};
    struct buf out;

    buf_init(&out);
    charset_decode(CHARSET_UTF8, russian, sizeof russian - 1, &out, &map);
    assert_int_equal(map.count, 0);
    assert_string_equal(out.data, russian);
    charset_map_release(&map);
    buf_release(&out);
}

CHECK_MAIN(T(guesses_the_single_byte_sets), T(short_words_are_western_unless_russian),
           T(a_long_ascii_beginning_does_not_hide_the_set), T(guesses_utf16_with_and_without_a_mark),
           T(utf16_cut_short_or_broken_loses_nothing_else), T(utf8_with_a_few_bad_bytes_stays_utf8),
           T(knows_binary_from_text), T(knows_the_control_characters_that_no_text_has),
           T(nuls_and_line_ends_keep_their_places), T(undoes_double_encoding),
           T(undoes_what_was_encoded_three_times), T(doubtful_places_need_proof),
           T(honest_text_stays_as_it_is), T(a_long_run_is_mended_whole), T(the_map_of_a_mended_place),
           T(clean_text_needs_no_marks))
