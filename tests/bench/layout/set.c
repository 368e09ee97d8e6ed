/* SPDX-License-Identifier: ISC */
/*
 * How long it takes to set an article: made of words with a fixed seed, of 4 KB and of 200 KB, in several
 * scripts; and a thread of 500 and of 50,000 comments, opened and set whole. Prints one table. Not part of
 * `make check`: `make tests/bench/layout/set && tests/bench/layout/set`.
 */
#include "base/buf.h"
#include "doc/article.h"
#include "layout/page.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { ROUNDS = 40 };

struct script {
    const char *name;
    const char *words[16];
};

static const struct script scripts[] = {
    {"ASCII",
     {"the", "of", "harbour", "newspapers", "in", "well-known", "said,", "on", "timetable", "a",
      "representative", "and", "weather.", "to", "it", "whales"}},
    {"typographic",
     {"the", "“of", "harbour”", "newspapers", "in", "well-known", "it’s", "—", "timetable", "a", "café",
      "and", "weather…", "to", "it", "whales"}},
    {"Cyrillic",
     {"и", "в", "газета", "сообщает", "что", "по-прежнему", "сказал,", "на", "расписание", "—",
      "представитель", "погоды.", "от", "к", "«киты»", "море"}},
    {"Chinese",
     {"漢字", "新聞", "報道", "、", "天氣", "。", "港口", "的", "時間", "表", "公司", "「", "」", "鯨魚",
      "海", "說"}},
    {"Arabic",
     {"و", "في", "الصحيفة", "قال", "إن", "الميناء", "،", "الطقس.", "على", "من", "الشركة", "حيتان", "البحر",
      "جدول", "إلى", "هذا"}},
    {"Hindi",
     {"और", "में", "समाचार", "कहा", "कि", "बंदरगाह", "।", "मौसम", "पर", "से", "कंपनी", "व्हेल", "समुद्र", "समय", "को",
      "यह"}},
};

static unsigned next(unsigned *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

static double now_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static void make_article(struct article *a, struct buf *text, const struct script *s, size_t bytes)
{
    bool spaced = strcmp(s->name, "Chinese") != 0;
    unsigned seed = 1;

    article_init(a);
    buf_init(text);
    while (text->len < bytes) {
        size_t start, words = 30 + next(&seed) % 90;

        if (text->len)
            buf_add_str(text, "\n\n");
        start = text->len;
        while (words--) {
            buf_add_str(text, s->words[next(&seed) % 16]);
            if (spaced && words)
                buf_add_char(text, ' ');
        }
        article_add_block(a, KIND_PARAGRAPH, start, text->len, 0);
    }
    a->text = text->data;
    a->len = text->len;
}

static int by_size(const void *a, const void *b)
{
    return (*(const double *)a > *(const double *)b) - (*(const double *)a < *(const double *)b);
}

/* The median time, in milliseconds, to open a page: up to its 60th line, or to its last. */
static double measure(const struct article *a, int columns, bool whole, int *lines)
{
    struct page_options o = {.columns = columns, .measure = 72, .comments = true};
    double times[ROUNDS];
    int i, n;

    for (i = 0; i < ROUNDS; i++) {
        double start = now_ms();
        struct page *p = page_new(a, &o, NULL);

        *lines = whole ? page_count(p) : 0;
        for (n = 0; n < 60 && page_has(p, n); n++)
            page_line(p, n);
        times[i] = now_ms() - start;
        page_free(&p);
    }
    qsort(times, ROUNDS, sizeof times[0], by_size);
    return times[ROUNDS / 2];
}

int main(void)
{
    static const size_t sizes[] = {4000, 200000};
    struct article a;
    struct buf text;
    size_t i, k;
    int lines, c;

    printf("%-12s %8s %10s %10s %8s\n", "script", "bytes", "first ms", "whole ms", "lines");
    for (i = 0; i < sizeof scripts / sizeof scripts[0]; i++) {
        for (k = 0; k < 2; k++) {
            double first, whole;

            make_article(&a, &text, &scripts[i], sizes[k]);
            first = measure(&a, 80, false, &lines);
            whole = measure(&a, 80, true, &lines);
            printf("%-12s %8zu %10.3f %10.3f %8d\n", scripts[i].name, text.len, first, whole, lines);
            article_release(&a);
            buf_release(&text);
        }
    }
    for (k = 500; k <= 50000; k *= 100) {
        double first, whole;

        make_article(&a, &text, &scripts[0], 4000);
        for (c = 0; c < (int)k; c++) {
            struct article_comment *comment = article_add_comment(&a);

            comment->parent = c % 5 ? c - c % 3 : 0;
            comment->author = "a reader";
            comment->text =
                "Some words that a reader wrote below the line, as readers do, and some more of them, so "
                "that they take two lines at least.";
        }
        first = measure(&a, 80, false, &lines);
        whole = measure(&a, 80, true, &lines);
        printf("%-12s %8zu %10.3f %10.3f %8d\n", "comments", k, first, whole, lines);
        article_release(&a);
        buf_release(&text);
    }
    return 0;
}
