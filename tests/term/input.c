/* SPDX-License-Identifier: ISC */
#include "../check.h"

#include "base/mem.h"
#include "conf/key.h"
#include "term/input.h"

/* Feeds bytes and checks that the keys named come out, separated by spaces; all bytes must be used. */
static void gives(const struct caps *caps, const char *bytes, size_t len, const char *names, size_t chunk)
{
    struct input in;
    struct buf out;
    uint32_t key;
    enum input_event e = INPUT_NONE;

    input_init(&in, caps);
    buf_init(&out);
    for (size_t at = 0; at < len; at += chunk) {
        input_feed(&in, bytes + at, len - at < chunk ? len - at : chunk);
        while ((e = input_next(&in, false, &key)) == INPUT_KEY || e == INPUT_PASTE || e == INPUT_MOUSE) {
            if (e == INPUT_MOUSE)
                continue;
            if (out.len)
                buf_add_char(&out, ' ');
            if (e == INPUT_PASTE)
                buf_add_fmt(&out, "<%s>", in.paste.data);
            else
                key_add_name(&out, key);
        }
    }
    while ((e = input_next(&in, true, &key)) == INPUT_KEY) {
        if (out.len)
            buf_add_char(&out, ' ');
        key_add_name(&out, key);
    }
    assert_int_equal(e, INPUT_NONE);
    assert_string_equal(out.data, names);
    buf_release(&out);
    input_release(&in);
}

/* However the bytes are cut into reads, the keys are the same. */
static void always_gives(const char *bytes, const char *names)
{
    for (size_t chunk = 1; chunk <= strlen(bytes); chunk++)
        gives(NULL, bytes, strlen(bytes), names, chunk);
}

CHECK(reads_characters_of_any_length)
{
    always_gives("jG", "j G");
    always_gives("é漢😀x", "é 漢 😀 x");
    always_gives("\x01\r\n\t\x7f\b", "^A Enter Enter Tab Backspace Backspace");
}

/* Feeds a report of the mouse, cut anywhere, between two keys. */
static struct input_mouse mouse(const char *report)
{
    struct input_mouse got = {.row = -1};

    for (size_t cut = 1; cut < strlen(report); cut++) {
        struct input in;
        uint32_t key;

        input_init(&in, NULL);
        input_feed(&in, "a", 1);
        input_feed(&in, report, cut);
        assert_int_equal(input_next(&in, false, &key), INPUT_KEY);
        assert_int_equal(input_next(&in, false, &key), INPUT_PARTIAL);
        input_feed(&in, report + cut, strlen(report) - cut);
        input_feed(&in, "b", 1);
        assert_int_equal(input_next(&in, false, &key), INPUT_MOUSE);
        got = in.mouse;
        assert_int_equal(input_next(&in, false, &key), INPUT_KEY);
        assert_int_equal(key, 'b');
        input_release(&in);
    }
    return got;
}

CHECK(reads_the_mouse)
{
    struct input_mouse m = mouse("\033[<0;10;3M");

    assert_int_equal(m.button, 0);
    assert_true(m.down && !m.moved);
    assert_int_equal(m.column, 9);
    assert_int_equal(m.row, 2);
    m = mouse("\033[<0;223;500m");
    assert_true(!m.down && m.column == 222 && m.row == 499);
    m = mouse("\033[<36;1;1M"); /* dragged, with Shift */
    assert_true(m.button == 0 && m.down && m.moved);
    m = mouse("\033[<65;1;1M");
    assert_int_equal(m.button, 65);
    /* What is no report is dropped. */
    always_gives("\033[<0;0;3M\033[<0;3M\033[<1Mx", "x");
}

CHECK(reads_sequences_of_xterm_linux_and_rxvt)
{
    always_gives("\033[A\033OB\033[5~\033[6~", "Up Down PgUp PgDn");
    always_gives("\033[1~\033[4~\033[H\033OF\033[7~\033[8~", "Home End Home End Home End");
    always_gives("\033OP\033[[B\033[15~\033[24~", "F1 F2 F5 F12");
    always_gives("\033[Z\033[3~\033[2~", "S-Tab Delete Insert");
    always_gives("\033[1;3A\033[1;5B\033[1;A", "M-Up Down Up");
}

CHECK(reads_alt_and_escape)
{
    gives(NULL, "\033v", 2, "M-v", 2);
    gives(NULL, "\033", 1, "Esc", 1);
    gives(NULL, "\033\033", 2, "Esc Esc", 2);
    gives(NULL, "\033[", 2, "M-[", 2);
    gives(NULL, "\033\xc3\xa9", 3, "M-é", 1);
}

CHECK(drops_answers_and_reports_whole)
{
    always_gives("a\033]11;rgb:0/0/0\033\\b", "a b");
    always_gives("a\033]52;c;\ab", "a b");
    always_gives("a\033P1$r0m\033\\b", "a b");
    always_gives("a\033[?62;4cb", "a b");
    always_gives("a\033[<0;10;20Mb\033[<0;10;20mc", "a b c");
    gives(NULL, "a\033[M !!b", 8, "a b", 8);
    always_gives("a\033[200;1Rb", "a F3 b");
}

CHECK(keeps_pasted_text_apart)
{
    always_gives("a\033[200~q\033[31mQ\r\033[201~b", "a <q\033[31mQ\r> b");
    always_gives("\033[200~\033[201~x", "<> x");
}

CHECK(cuts_a_paste_that_is_too_long_and_keeps_no_more)
{
    enum { MOST = 1 << 20, CHUNK = 3000 };
    char chunk[CHUNK];
    struct input in;
    uint32_t key;

    input_init(&in, NULL);
    input_feed(&in, "\033[200~", 6);
    for (int i = 0; i < MOST / CHUNK + 3; i++) {
        memset(chunk, 'a' + i % 26, sizeof chunk);
        input_feed(&in, chunk, sizeof chunk);
        assert_int_equal(input_next(&in, false, &key), INPUT_NONE);
        assert_true(in.bytes.cap < 4 * CHUNK);
    }
    input_feed(&in, "\033[201~", 6);
    assert_int_equal(input_next(&in, false, &key), INPUT_PASTE);
    assert_int_equal(in.paste.len, MOST);
    for (int i = 0; i < MOST; i++)
        assert_int_equal(in.paste.data[i], 'a' + i / CHUNK % 26);
    input_release(&in);
}

CHECK(drops_bad_bytes)
{
    gives(NULL, "a\xff\xfe" "b\xc3", 5, "a b", 5);
    gives(NULL, "\0j", 2, "j", 1);
    gives(NULL, "\033\0jk", 4, "j k", 4);
    gives(NULL, "\033\xffj", 3, "j", 3);
}

CHECK(prefers_what_terminfo_says)
{
    struct caps caps;

    memset(&caps, 0, sizeof caps);
    caps.keys[0] = (struct caps_key){mem_strdup("\033[25~"), KEY_PAGE_UP};
    caps.keys[1] = (struct caps_key){mem_strdup("\033Oz"), KEY_DELETE};
    caps.keys[2] = (struct caps_key){mem_strdup("\033jj"), KEY_INSERT};
    caps.key_count = 3;
    for (size_t chunk = 1; chunk < 12; chunk++)
        gives(&caps, "\033[25~\033Oz\033jj", 11, "PgUp Delete Insert", chunk);
    gives(&caps, "\033jk\033j", 5, "M-j k M-j", 5);
    for (int i = 0; i < caps.key_count; i++)
        free(caps.keys[i].bytes);
}

CHECK_MAIN(T(reads_characters_of_any_length), T(reads_the_mouse), T(reads_sequences_of_xterm_linux_and_rxvt),
           T(reads_alt_and_escape), T(drops_answers_and_reports_whole), T(keeps_pasted_text_apart),
           T(cuts_a_paste_that_is_too_long_and_keeps_no_more), T(drops_bad_bytes), T(prefers_what_terminfo_says))
