/* SPDX-License-Identifier: ISC */
#include "corpora.h"

#include <stdbool.h>
#include <stdint.h>

/* As they stand between the quotes of JSON. */
static const char *const pieces[] = {
    "the", "a town", "of elections", "Some words about the harbour,", "which ended.", "\\\"So it is,\\\" she said.",
    "\\u001b[31mred\\u001b[2J", "\\u001b]52;c;aGk=\\u0007", "\\u009b5n", "\\u202egnorw\\u202c",
    "\\u2066in\\u2069", "e\\u0301\\u0301\\u0301\\u0301\\u0301\\u0301\\u0301\\u0301",
    "\\u200b\\ufeff\\u00ad", "\\ud83d\\udc68\\u200d\\ud83d\\udc69", "\\u6f22\\u5b57\\u306e\\u6587",
    "\\u0627\\u0644\\u0639\\u0631\\u0628", "\\u05e2\\u05d1\\u05e8", "\\u0e01\\u0e33\\u0e49",
    "\\u0915\\u094d\\u0937\\u093f", "https://example.org/a?b=c&d#e",
    "unbreakableunbreakableunbreakableunbreakable", "\\t\\ttabs", "\\r", "\\u0000", "A\\u00adB", "2019-04-01",
    "Leave a Reply", "12 Comments", "\\u2028", "x",
};
enum { PIECES = sizeof pieces / sizeof pieces[0] };

static unsigned chance(uint64_t *state, unsigned below)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)(*state >> 33) % below;
}

/* The even corpora are tame: mostly the first few pieces. */
static void add_text(struct buf *out, uint64_t *s, unsigned n, unsigned words)
{
    for (unsigned i = 0; i < words; i++) {
        bool tame = n % 2 == 0 && chance(s, 8) > 0;

        buf_add_str(out, pieces[chance(s, tame ? 6 : PIECES)]);
        buf_add_str(out, chance(s, 12) ? " " : chance(s, 2) ? "\\n\\n" : "\\n");
    }
}

static void add_comments(struct buf *out, uint64_t *s, unsigned n, unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        buf_add_fmt(out, "%s{\"id\": \"%u\", ", i ? ", " : "", i + 1);
        if (i > 0 && chance(s, 3))
            buf_add_fmt(out, "\"parent\": \"%u\", ", 1 + chance(s, i));
        buf_add_str(out, "\"author\": \"");
        add_text(out, s, n, 1 + chance(s, 2));
        buf_add_fmt(out, "\", \"published\": \"2019-04-%02u\", \"text\": \"", 1 + chance(s, 30));
        add_text(out, s, n, 1 + chance(s, 30));
        buf_add_str(out, "\"}");
    }
}

void corpora_make(struct buf *out, unsigned n)
{
    uint64_t s = n;
    unsigned articles = n == 1 ? 1 : 1 + chance(&s, 50);

    for (unsigned i = 0; i < articles; i++) {
        buf_add_str(out, "{\"title\": \"");
        add_text(out, &s, n, chance(&s, 9));
        buf_add_str(out, "\", \"authors\": [\"");
        add_text(out, &s, n, chance(&s, 4));
        buf_add_fmt(out, "\"], \"url\": \"https://%u.example.org/%u\", \"published\": \"20%02u-01-02\", ",
                    chance(&s, 4), i, chance(&s, 30));
        buf_add_str(out, "\"text\": \"");
        add_text(out, &s, n, chance(&s, 200));
        buf_add_str(out, "\", \"comments\": [");
        add_comments(out, &s, n, chance(&s, 3) ? 0 : chance(&s, 60));
        buf_add_str(out, "]}\n");
    }
}
