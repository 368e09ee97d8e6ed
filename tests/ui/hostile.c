/* SPDX-License-Identifier: ISC */
/*
 * Corpora that try to drive the terminal, shown in every place where their words can stand; what the terminal is sent
 * is held against what it may be sent (tests/ui/wire.h).
 * HOSTILE=10000 makes so many documents of the random corpus, SEED=n other ones.
 */
#include "../check.h"
#include "../dice.h"
#include "screen.h"
#include "wire.h"

#include <locale.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/utf8.h"

enum { DOCUMENTS = 100, LINES_A_FILE = 500, PAGES_MOST = 40 };

/* ---- attacks ---- */

struct attack {
    const char *name, *bytes;
};

#define TEN(s) s s s s s s s s s s

static const struct attack attacks[] = {
    {"C0", "\x01\x02\x05\x07\x08\x0B\x0C\x0E\x0F\x11\x13\x1A\x1C"},
    {"DEL", "\x7F\x7F"},
    {"C1 in UTF-8", "\xC2\x9B" "31m\xC2\x9D" "0;owned\xC2\x9C\xC2\x84\xC2\x85\xC2\x90q\xC2\x9C"},
    {"C1 as bytes", "\x9B" "31m\x9D" "0;owned\x9C\x90q\x9C"},
    {"escape", "\033[2J\033[31m\033[H\033c\033(0\033#8\033[6n\033[?1049l"},
    {"OSC", "\033]0;owned\a\033]2;owned\033\\\033]52;c;ZXZpbA==\a\033]8;;http://evil.example\033\\\033]4;1;?\a"},
    {"DCS", "\033P+q544e\033\\\033P1$r0m\033\\\033_Gi=1;a\033\\\033^pm\033\\\033Xs\033\\"},
    {"a sequence cut off", "\033["},
    {"bidirectional controls", "\u202E\u202D\u202A\u202B\u202C\u200E\u200F\u061C"},
    {"isolates", "\u2066\u2067\u2068\u2069\u2066"},
    {"zero width", "\u200B\u200C\u200D\u2060\u2061\u2063\uFEFF\u00AD\u180E\u034F"},
    {"tags", "\U000E0001\U000E0063\U000E006D\U000E007F\U000E0100\U000E01EF"},
    {"lone surrogates", "\xED\xA0\x80\xED\xB0\x80\xED\xBF\xBF"},
    {"non-characters", "\xEF\xB7\x90\xEF\xBF\xBE\xEF\xBF\xBF\xF0\x9F\xBF\xBE\xF4\x8F\xBF\xBF"},
    {"overlong forms", "\xC0\x80\xC0\x9B\xE0\x80\x9B\xF0\x80\x80\x9B\xF8\x80\x80\x80\x9B\xC1\xBF"},
    {"beyond Unicode", "\xF4\x90\x80\x80\xF7\xBF\xBF\xBF\xFE\xFF"},
    {"unassigned wide", "\xF0\xAF\xA8\xA0\xF0\xBF\xBF\xBD\xF0\x9F\xAB\xBF\xCD\xB8"},
    {"private use", "\xEE\x80\x80\xEF\xA3\xBF\xF4\x8F\xBF\xBD"},
    {"marks in heaps", "e" TEN("\u0301\u0302\u0489") "\u20DD"},
    {"line ends", "\u2028\u2029\xC2\x85\v\f"},
    /* Harmless as they stand; what is made of them might not be. */
    {"emoji joined",
     "\U0001F469\u200D\U0001F469\u200D\U0001F467\u200D\U0001F466\U0001F44D\U0001F3FD\U0001F1E9\u2764\uFE0F"},
    {"marks alone", " \u0301 \u0300\u20E3\u0903\u1161"},
    {"right to left", "\u05E9\u05DC\u05D5\u05DD 12 \u0627\u0644\u0639\u0631\u0628\u064A\u0629 \uFDFA"},
    {"a word without end", TEN("unendingandmore")},
};

enum { ATTACKS = sizeof attacks / sizeof attacks[0], HARMLESS = 4 };

/* ---- corpora ---- */

static void put(const char *folder, const char *name, const struct buf *b)
{
    struct buf path;
    FILE *f;

    buf_init(&path);
    buf_add_fmt(&path, "%s/%s", folder, name);
    f = fopen(path.data, "w");
    assert_non_null(f);
    assert_int_equal(fwrite(b->data, 1, b->len, f), b->len);
    assert_int_equal(fclose(f), 0);
    buf_release(&path);
}

/* A JSON string as hostile as JSON allows: bytes that are no UTF-8 are left out, unless broken. */
static void add_json(struct buf *out, const char *s, bool broken)
{
    size_t len = strlen(s), used;
    uint32_t cp;

    buf_add_char(out, '"');
    for (size_t at = 0; at < len; at += used) {
        used = utf8_next(s + at, len - at, &cp);
        if (cp == UTF8_BAD && used == 1 && !broken)
            continue;
        if ((unsigned char)s[at] < 0x20 || s[at] == '"' || s[at] == '\\')
            buf_add_fmt(out, "\\u%04x", (unsigned char)s[at]);
        else
            buf_add(out, s + at, used);
    }
    buf_add_char(out, '"');
}

static void add_field(struct buf *out, const char *name, const char *before, const char *attack, const char *after)
{
    struct buf value;

    buf_init(&value);
    buf_add_fmt(&value, "%s%s%s", before, attack, after);
    buf_add_fmt(out, "%s\"%s\": ", out->len && out->data[out->len - 1] != '{' ? ", " : "", name);
    add_json(out, value.data, false);
    buf_release(&value);
}

/* One line of JSON whose every field holds the attack. */
static void add_record(struct buf *out, const char *attack, int number)
{
    buf_add_char(out, '{');
    buf_add_fmt(out, "\"id\": \"%d\"", number);
    add_field(out, "title", "Headmark ", attack, " of the town");
    add_field(out, "author", "Authmark ", attack, "son");
    add_field(out, "site_name", "Sitemark", attack, ".example");
    add_field(out, "url", "https://urlmark.example/", attack, "/page");
    add_field(out, "published", "2020-01-02T10", attack, "30");
    add_field(out, "text", "Textmark begins here and goes on for a while, ",
              attack, " and after that it stands at https://linkmark.example/a and it ends.\n\nTextmark again.\n");
    buf_add_str(out, ", \"comments\": [{\"id\": 1");
    add_field(out, "author", "Commark ", attack, "");
    add_field(out, "text", "Saymark ", attack, " said.");
    buf_add_str(out, "}, {\"id\": 2, \"parent\": 1");
    add_field(out, "author", "Ann", attack, "");
    add_field(out, "text", "Answered ", attack, " too.");
    buf_add_str(out, "}]}\n");
}

static void add_text(struct buf *out, const char *attack, int number)
{
    buf_add_fmt(out, "Plainmark %d %s of the town\n\nBy Byname%s Son\n\n2 January 2021\n\n", number, attack, attack);
    buf_add_fmt(out, "Bodymark walked on %s until the %s came back https://linkmark.example/%s/b and sat down. ",
                attack, attack, attack);
    buf_add_fmt(out, "It was late in the day, and nobody had asked.\n\n%sAnother one stands here%s for the rest.\n",
                attack, attack);
    /* So much plain text that the file is one, and not a program's. */
    for (int i = 0; i < 40; i++)
        buf_add_fmt(out, "\nThe %dth lamp of the street was lit at eight, and the next one at half past eight.\n", i);
}

/* A file name cannot hold a slash. */
static void add_name(struct buf *out, const char *before, const char *attack)
{
    buf_add_str(out, before);
    for (size_t i = 0; attack[i] && i < 60; i++)
        buf_add_char(out, attack[i] == '/' ? '.' : attack[i]);
    buf_add_str(out, ".txt");
}

/* ---- watching ---- */

struct watch {
    struct screen_drive drive;
    struct wire *wire;
    size_t checked;
    struct buf seen; /* every row that stood on the screen */
    const char *what;
};

static void begin(struct watch *w, const char *what)
{
    screen_drive_init(&w->drive);
    w->wire = wire_new("xterm-256color");
    assert_non_null(w->wire);
    w->what = what;
    buf_init(&w->seen);
    buf_add(&w->drive.env, "VTE_VERSION=7006", sizeof "VTE_VERSION=7006");
}

static void end(struct watch *w)
{
    screen_drive_release(&w->drive);
    wire_free(&w->wire);
    buf_release(&w->seen);
}

static void look(struct watch *w)
{
    struct buf why;

    buf_init(&why);
    if (!wire_check(w->wire, w->drive.raw.data + w->checked, w->drive.raw.len - w->checked, &why))
        fail_msg("%s: %s", w->what, why.data);
    if (!wire_check(w->wire, w->drive.complaint.data, w->drive.complaint.len, &why))
        fail_msg("%s, on standard error: %s", w->what, why.data);
    buf_release(&why);
    w->checked = w->drive.raw.len;
}

static void look_closely(struct watch *w)
{
    look(w);
    for (int r = 0; w->drive.vt && r < w->drive.rows; r++) {
        screen_drive_row(&w->drive, r, &w->seen);
        buf_add_char(&w->seen, '\n');
    }
}

static void start(struct watch *w)
{
    screen_drive_start(&w->drive);
    w->checked = 0;
    look_closely(w);
}

static void type(struct watch *w, const char *keys)
{
    screen_drive_send(&w->drive, keys, strlen(keys));
    look_closely(w);
}

/* Arguments, parted by blanks, and the corpus behind them. */
static void set_args(struct watch *w, const char *words, const char *corpus)
{
    buf_clear(&w->drive.args);
    for (; *words; words++)
        buf_add_char(&w->drive.args, *words == ' ' ? '\0' : *words);
    if (w->drive.args.len)
        buf_add_char(&w->drive.args, '\0');
    if (corpus)
        buf_add(&w->drive.args, corpus, strlen(corpus) + 1);
}

static void must_have_seen(const struct watch *w, const char *words)
{
    if (!strstr(w->seen.data, words))
        fail_msg("%s: '%s' was never shown:\n%s", w->what, words, w->seen.data);
}

static void must_have_sent(const struct watch *w, const char *bytes)
{
    if (!memmem(w->drive.raw.data, w->drive.raw.len, bytes, strlen(bytes)))
        fail_msg("%s: '%s' was never sent", w->what, bytes + 1);
}

/* ---- every attack in every place ---- */

static char *make_place(struct watch *w, const char *name)
{
    struct buf path;

    buf_init(&path);
    buf_add_fmt(&path, "%s/%s", w->drive.home, name);
    assert_int_equal(mkdir(path.data, 0700), 0);
    return buf_steal(&path);
}

static void make_corpus(struct watch *w, const char *corpus, const char *attack)
{
    struct buf b, name, path;
    char *config = make_place(w, "config");
    char *inner;

    buf_init(&b);
    buf_init(&name);
    buf_init(&path);
    add_record(&b, attack, 1);
    add_json(&b, attack, true);
    buf_add_str(&b, " is no record\n");
    put(corpus, "records.jsonl", &b);
    buf_clear(&b);
    add_text(&b, attack, 2);
    add_name(&name, "Filemark", attack);
    put(corpus, name.data, &b);
    buf_add_fmt(&path, "%s/Faultmark", corpus);
    add_name(&path, "", attack);
    assert_int_equal(mkfifo(path.data, 0600), 0);
    buf_clear(&b);
    buf_add_fmt(&b, "Notemark %s noted\n", attack);
    put(w->drive.home, "note", &b);
    inner = mem_strdup("cuttings");
    buf_clear(&path);
    buf_add_fmt(&path, "%s/%s", config, inner);
    assert_int_equal(mkdir(path.data, 0700), 0);
    buf_clear(&b);
    buf_add_str(&b, "set Confmark");
    for (const char *s = attack; *s && s < attack + 40; s++)
        if (*s != '\n')
            buf_add_char(&b, *s);
    buf_add_str(&b, " 1\n");
    put(path.data, "config", &b);
    free(inner);
    free(config);
    buf_release(&path);
    buf_release(&name);
    buf_release(&b);
}

/* The places on the screen. */
static void read_all(struct watch *w, const char *corpus)
{
    struct buf editor;

    buf_init(&editor);
    buf_add_fmt(&editor, "EDITOR=cp %s/note", w->drive.home);
    buf_add(&w->drive.env, editor.data, editor.len + 1);
    buf_clear(&editor);
    buf_add_fmt(&editor, "XDG_CONFIG_HOME=%s/config", w->drive.home);
    buf_add(&w->drive.env, editor.data, editor.len + 1);
    buf_release(&editor);
    w->drive.columns = 120;
    set_args(w, "index", corpus);
    start(w);
    assert_true(screen_drive_ended(&w->drive));
    look_closely(w);
    set_args(w, "", corpus);
    start(w);
    for (const char *const *keys = (const char *const[]){
             ":set title\r", "y", "Y", "\r", " ", "b", "R", " ", "R", "g", "y", "Y", "L", "2L", "vN", "\"", "\033",
             "W", "T", "\033", "eq", "G", "J", "g", "y", "Y", "0L", "1L", "L", "\033", "vN", "c", "zR", "yY", " ",
             "W", "R", "R", "K", "q", "sTextmark\r", "w", "\r", "n", "N", "q", "q", "S", "\033", "D", "\033", "f",
             "\033", "+Ann\r", "x", "X", "?", "\033", "/Plainmark\r", "sSaymark\r", "Q", NULL};
         *keys; keys++)
        type(w, *keys);
    if (w->drive.pid)
        screen_drive_end(&w->drive, SIGTERM);
    look(w);
}

/* What commands print, on a terminal. */
static void print_all(struct watch *w, const char *corpus)
{
    static const char *const commands[] = {
        "list --format=text",    "list --format=json", "search --snippets Textmark", "search --format=json Textmark",
        "show 1",                "show 2",             "show --format=json 1",       "show --format=json 2",
        "index",                 "check",              "export --format=markdown",   "parse",
        "export --format=jsonl",
    };

    for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i++) {
        set_args(w, commands[i], corpus);
        start(w);
        assert_true(screen_drive_ended(&w->drive));
        look_closely(w);
        buf_add(&w->seen, w->drive.raw.data, w->drive.raw.len);
        buf_add(&w->seen, w->drive.complaint.data, w->drive.complaint.len);
    }
    set_args(w, "shelf", NULL);
    start(w);
    assert_true(screen_drive_ended(&w->drive));
    look_closely(w);
}

CHECK(nothing_drives_the_terminal_from_any_place)
{
    static const char *const places[] = {
        "Headmark", "Authmark", "Sitemark", "urlmark.example", "Textmark", "Commark",   "Saymark", "Plainmark",
        "Bodymark", "Filemark", "Notemark", "Confmark",        "linkmark", "Faultmark", "records.jsonl",
    };

    for (size_t i = 0; i < ATTACKS; i++) {
        struct watch w;
        char *corpus;

        begin(&w, attacks[i].name);
        corpus = make_place(&w, "corpus");
        make_corpus(&w, corpus, attacks[i].bytes);
        read_all(&w, corpus);
        must_have_sent(&w, "\033]2;");
        must_have_sent(&w, "\033]8;id=");
        must_have_sent(&w, "\033]52;c;");
        print_all(&w, corpus);
        for (size_t k = 0; k < sizeof places / sizeof places[0]; k++)
            must_have_seen(&w, places[k]);
        free(corpus);
        end(&w);
    }
}

CHECK(the_watch_sees_every_attack)
{
    struct wire *wire = wire_new("xterm-256color");
    struct buf why;

    buf_init(&why);
    assert_non_null(wire);
    assert_true(wire_check(wire, "\033[H\033[2J\033[3;4Hplain \xD7\xA9\033[38;5;100m\033[m\r\n", 37, &why));
    for (size_t i = 0; i < ATTACKS - HARMLESS; i++)
        if (wire_check(wire, attacks[i].bytes, strlen(attacks[i].bytes), &why))
            fail_msg("%s is let through", attacks[i].name);
    buf_release(&why);
    wire_free(&wire);
}

/* ---- many documents at random ---- */

/* A few attacks, now and then cut in the middle, among words and bytes by chance. */
static void add_mixture(uint64_t *chance, struct buf *out)
{
    for (uint32_t n = 1 + dice(chance, 4); n > 0; n--) {
        const char *attack = attacks[dice(chance, ATTACKS)].bytes;
        size_t len = strlen(attack);

        buf_add(out, attack, dice(chance, 3) ? len : dice(chance, (uint32_t)len + 1));
        for (uint32_t k = dice(chance, 6); k > 0; k--)
            buf_add_char(out, (char)(1 + dice(chance, 255)));
        if (dice(chance, 2))
            buf_add_str(out, " and so on ");
    }
    for (size_t i = 0; i < out->len; i++)
        if (out->data[i] == '\n')
            out->data[i] = '\v';
}

static void make_documents(uint64_t *chance, const char *corpus, int count)
{
    struct buf b, mixture, name;
    int lines = 0;

    buf_init(&b);
    buf_init(&mixture);
    buf_init(&name);
    for (int i = 0; i < count; i++) {
        buf_clear(&mixture);
        add_mixture(chance, &mixture);
        if (dice(chance, 8) == 0) {
            struct buf text;

            buf_init(&text);
            buf_clear(&name);
            buf_add_fmt(&name, "f%d", i);
            add_name(&name, "", mixture.data);
            add_text(&text, mixture.data, i);
            put(corpus, name.data, &text);
            buf_release(&text);
        } else {
            add_record(&b, mixture.data, i);
            lines++;
        }
        if (lines == LINES_A_FILE || i == count - 1) {
            buf_clear(&name);
            buf_add_fmt(&name, "records-%d.jsonl", i);
            put(corpus, name.data, &b);
            buf_clear(&b);
            lines = 0;
        }
    }
    buf_release(&name);
    buf_release(&mixture);
    buf_release(&b);
}

static void press(struct watch *w, const char *keys)
{
    screen_drive_send(&w->drive, keys, strlen(keys));
    if (w->drive.pid == 0)
        fail_msg("%s: the program ended with %d: %s", w->what, w->drive.status, w->drive.complaint.data);
    look(w);
}

/* To the end of what is shown, a page at a time. */
static void press_to_end(struct watch *w)
{
    for (int i = 0; i < PAGES_MOST; i++) {
        press(w, "\033[6~");
        if (w->drive.raw.len - w->drive.mark < 16)
            break;
    }
    /* What was checked need not be kept. */
    if (w->drive.raw.len > 1 << 20) {
        buf_clear(&w->drive.raw);
        w->checked = w->drive.mark = 0;
    }
}

static int number_from(const char *name, int otherwise)
{
    return getenv(name) ? (int)strtol(getenv(name), NULL, 10) : otherwise;
}

CHECK(nothing_drives_the_terminal_from_any_mixture)
{
    uint64_t chance = (uint64_t)number_from("SEED", 1);
    int count = number_from("HOSTILE", DOCUMENTS);
    struct watch w;
    char *corpus;

    begin(&w, "a mixture");
    corpus = make_place(&w, "corpus");
    make_documents(&chance, corpus, count);
    set_args(&w, "index", corpus);
    start(&w);
    assert_true(screen_drive_ended(&w.drive));
    assert_true(w.drive.status == 0 || w.drive.status == 3);
    set_args(&w, "", corpus);
    start(&w);
    press(&w, "g");
    press(&w, "\r");
    for (int i = 0; i < count; i++) {
        press_to_end(&w);
        if (dice(&chance, 4) == 0) {
            press(&w, "R");
            press_to_end(&w);
            press(&w, "R");
        }
        if (dice(&chance, 4) == 0)
            press(&w, "czR");
        if (dice(&chance, 16) == 0) {
            press(&w, "L");
            press(&w, "q");
        }
        press(&w, "J");
    }
    press(&w, "q");
    for (int i = 0; i < count; i += w.drive.rows - 3)
        press(&w, "\033[6~");
    press(&w, "stextmark\r");
    press(&w, "w");
    for (int i = 0; i < count; i += w.drive.rows / 2)
        press(&w, "\033[6~");
    screen_drive_send(&w.drive, "Q", 1);
    assert_true(screen_drive_ended(&w.drive));
    look(&w);
    assert_int_equal(w.drive.status, 0);
    free(corpus);
    end(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {T(the_watch_sees_every_attack), T(nothing_drives_the_terminal_from_any_place),
                                       T(nothing_drives_the_terminal_from_any_mixture)};

    setlocale(LC_ALL, "C.UTF-8");
    return cmocka_run_group_tests_name(__FILE__, tests, NULL, NULL);
}
