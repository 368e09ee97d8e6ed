/* SPDX-License-Identifier: ISC */
#include "../check.h"

#include "source/format.h"

/* One beginning for each row of the table, in its order: a row that another one hides, or that has no example here,
 * fails. */
static const struct {
    const char *name, *head;
} examples[] = {
    {"wet", "WARC/1.0\r\nWARC-Type: warcinfo\r\n"},
    {"wxr", "<?xml version=\"1.0\"?><rss xmlns:wp=\"http://wordpress.org/export/1.2/\">"},
    {"disqus", "<disqus xmlns=\"http://disqus.com\">"},
    {"stackexchange", "<?xml version=\"1.0\"?>\n<posts>\n"},
    {"stackexchange-comments", "<comments>\n<row Id=\"1\" PostId=\"2\" "},
    {"trafilatura", "<doc title=\"T\"><main>"},
    {"hn", "{\"id\": 1, \"type\": \"story\", \"by\": \"a\"}\n"},
    {"reddit", "{\"id\": \"a\", \"body\": \"b\", \"link_id\": \"t3_c\", \"subreddit\": \"d\"}\n"},
    {"jsonl", "{\"text\": \"t\"}\n{\"text\": \"u\"}\n"},
    {"json", "[\n{\"text\":\n \"t\"}]"},
    {"mbox", "From a Sun Sep 13 12:00:00 2020\nFrom: a\nDate: x\nSubject: y\n\n"},
    {"mail", "From: a\nDate: x\nSubject: y\n\n"},
    {"text", "A headline\n"},
};

CHECK(each_row_is_found_by_its_content)
{
    const struct format *const *rows;
    size_t count, i;

    rows = format_rows(&count);
    assert_int_equal(count, sizeof examples / sizeof examples[0]);
    for (i = 0; i < count; i++) {
        const char *head = examples[i].head;

        assert_string_equal(rows[i]->name, examples[i].name);
        assert_true(rows[i]->help[0] != '\0' && strlen(rows[i]->help) < 110);
        assert_string_equal(format_of(head, strlen(head), true)->name, examples[i].name);
    }
}

CHECK(what_only_resembles_a_format_is_text)
{
    static const char *const texts[] = {
        "",       "{",      "[",     "<",         "{}}{{", "[1, 2, 3]", "{\"a\": 1",        "<html><body>x",
        "<posts", "<docs>", "From ", "WARC and peace", "null", "[ ]",    "Subject: only one\n", "\"text\"",
    };
    size_t i;

    for (i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        const char *name = format_of(texts[i], strlen(texts[i]), true)->name;

        if (strcmp(texts[i], "<docs>") != 0 && strcmp(name, "text") != 0 && strcmp(name, "json") != 0)
            fail_msg("'%s' is taken for %s", texts[i], name);
    }
}

/* A probe may see any part of a beginning: it must look no further. */
CHECK(probes_stay_within_their_bytes)
{
    size_t i, len;

    for (i = 0; i < sizeof examples / sizeof examples[0]; i++)
        for (len = 0; len <= strlen(examples[i].head); len++) {
            char *head = malloc(len ? len : 1);

            memcpy(head, examples[i].head, len);
            assert_non_null(format_of(head, len, false));
            assert_non_null(format_of(head, len, true));
            free(head);
        }
}

CHECK_MAIN(T(each_row_is_found_by_its_content), T(what_only_resembles_a_format_is_text),
           T(probes_stay_within_their_bytes))
