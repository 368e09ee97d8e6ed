/* SPDX-License-Identifier: ISC */
#include "generate.h"

#include "base/buf.h"
#include "doc/json.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { VOCABULARY = 80000, STEPS = 1 << 16, SITES = 400 };

static const char *const common[] = {
    "the",    "of",    "and",        "to",   "in",    "a",        "that",  "is",     "for",     "on",
    "was",    "with",  "as",         "it",   "by",    "he",       "at",    "from",   "said",    "his",
    "be",     "have",  "are",        "an",   "has",   "not",      "they",  "but",    "which",   "who",
    "this",   "their", "were",       "will", "its",   "been",     "had",   "more",   "new",     "one",
    "people", "would", "about",      "also", "after", "there",    "we",    "year",   "when",    "other",
    "out",    "first", "up",         "two",  "over",  "can",      "some",  "city",   "all",     "what",
    "time",   "last",  "government", "into", "water", "election", "years", "before", "country", "president"};

enum { COMMON = sizeof common / sizeof common[0] };

static const char *const syllables[] = {"ba",  "re",  "mi",  "ton", "lar", "den", "so",  "vek",
                                        "ing", "er",  "al",  "is",  "o",   "nu",  "pra", "ste",
                                        "kol", "am",  "ven", "tri", "ca",  "ley", "mo",  "dur",
                                        "fi",  "gra", "hel", "un",  "ory", "ess", "chi", "wen"};

struct dice {
    uint64_t state;
};

static uint32_t roll(struct dice *d, uint32_t n)
{
    d->state = d->state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)((d->state >> 33) % n);
}

static double chance(struct dice *d)
{
    return (roll(d, 1u << 30) + 0.5) / (double)(1u << 30);
}

/* Which word stands at each step of the cumulated frequencies. */
static uint32_t *steps_of_zipf(void)
{
    uint32_t *steps = malloc(STEPS * sizeof *steps);
    double total = 0, sum = 0;
    uint32_t word = 0, i;

    for (i = 0; i < VOCABULARY; i++)
        total += 1 / pow(i + 2.7, 1.05);
    sum = 1 / pow(2.7, 1.05);
    for (i = 0; i < STEPS; i++) {
        while (word < VOCABULARY - 1 && sum / total < (i + 0.5) / STEPS) {
            word++;
            sum += 1 / pow(word + 2.7, 1.05);
        }
        steps[i] = word;
    }
    return steps;
}

static void add_word(struct buf *out, struct dice *d, const uint32_t *steps, long article)
{
    uint32_t word = steps[roll(d, STEPS)];
    int k;

    /* One word in two hundred is of this corner of the corpus alone: names, places. */
    if (roll(d, 200) == 0)
        word = VOCABULARY + (uint32_t)(article / 4) * 3 + roll(d, 3);
    if (word < COMMON) {
        buf_add_str(out, common[word]);
        return;
    }
    for (k = 0; k < 2 || word > 0; k++) {
        buf_add_str(out, syllables[word % 32]);
        word /= 32;
    }
}

static void add_sentence(struct buf *out, struct dice *d, const uint32_t *steps, long article, int words)
{
    size_t start = out->len;
    int i;

    for (i = 0; i < words; i++) {
        if (i)
            buf_add_str(out, roll(d, 14) == 0 ? ", " : " ");
        add_word(out, d, steps, article);
    }
    out->data[start] = (char)(out->data[start] & ~32);
}

static void add_paragraphs(struct buf *out, struct dice *d, const uint32_t *steps, long article, size_t bytes)
{
    size_t end = out->len + bytes;
    int sentences;

    while (out->len < end) {
        for (sentences = 1 + (int)roll(d, 4); sentences > 0; sentences--) {
            add_sentence(out, d, steps, article, 6 + (int)roll(d, 20));
            buf_add_str(out, ". ");
        }
        buf_add_str(out, "\n\n");
    }
}

struct facts {
    char date[64], site[40], author[40];
};

static void add_article(struct buf *out, struct facts *f, struct dice *d, const uint32_t *steps, long n,
                        double median)
{
    double size = median * exp(0.75 * sqrt(-2 * log(chance(d))) * cos(6.2831853 * chance(d)));
    int comments, day = (int)roll(d, 28) + 1, month = (int)roll(d, 12) + 1, year = 2012 + (int)roll(d, 13);

    snprintf(f->date, sizeof f->date, "%04d-%02d-%02dT%02d:%02d", year, month, day, (int)roll(d, 24),
             (int)roll(d, 60));
    snprintf(f->site, sizeof f->site, "The %s%s Courier", syllables[roll(d, 32)],
             syllables[roll(d, SITES) % 32]);
    snprintf(f->author, sizeof f->author, "A. %s%s", syllables[roll(d, 32)], syllables[roll(d, 32)]);
    buf_clear(out);
    add_sentence(out, d, steps, n, 5 + (int)roll(d, 8));
    buf_add_str(out, "\n\n");
    add_paragraphs(out, d, steps, n, size > 150000 ? 150000 : size < 300 ? 300 : (size_t)size);
    if (roll(d, 5) == 0) {
        comments = 1 + (int)roll(d, 12);
        buf_add_fmt(out, "%d Comments\n\n", comments);
        while (comments-- > 0) {
            buf_add_fmt(out, "%s%s\n\n", syllables[roll(d, 32)], syllables[roll(d, 32)]);
            add_sentence(out, d, steps, n, 5 + (int)roll(d, 30));
            buf_add_str(out, ".\n\n");
        }
    }
}

static bool write_text(const char *folder, long n, const struct buf *text)
{
    char path[300];
    FILE *f;

    snprintf(path, sizeof path, "%s/%04ld", folder, n / 1000);
    if (n % 1000 == 0)
        mkdir(path, 0755);
    snprintf(path, sizeof path, "%s/%04ld/%07ld.txt", folder, n / 1000, n);
    f = fopen(path, "w");
    if (!f)
        return false;
    fwrite(text->data, 1, text->len, f);
    return fclose(f) == 0;
}

static void write_json(FILE *f, struct buf *line, const struct buf *text, const struct facts *facts)
{
    buf_clear(line);
    buf_add_fmt(line,
                "{\"date\": \"%s\", \"source\": \"%s\", \"author\": \"%s\", \"language\": \"en\", \"text\": ",
                facts->date, facts->site, facts->author);
    json_add_string(line, text->data, text->len);
    buf_add_str(line, "}\n");
    fwrite(line->data, 1, line->len, f);
}

bool generate(long count, unsigned seed, long median, const char *path, const char *folder, size_t *bytes)
{
    uint32_t *steps = steps_of_zipf();
    FILE *f = path ? fopen(path, "w") : NULL;
    struct buf text, line;
    struct facts facts;
    bool ok = !path || f;
    long n;

    buf_init(&text);
    buf_init(&line);
    *bytes = 0;
    if (folder)
        mkdir(folder, 0755);
    for (n = 0; n < count && ok; n++) {
        struct dice d = {seed * 1000003u + (uint64_t)n * 0x9E3779B97F4A7C15u};

        roll(&d, 2);
        add_article(&text, &facts, &d, steps, n, (double)median);
        *bytes += text.len;
        if (f)
            write_json(f, &line, &text, &facts);
        if (folder)
            ok = write_text(folder, n, &text);
    }
    if (f && fclose(f) != 0)
        ok = false;
    buf_release(&text);
    buf_release(&line);
    free(steps);
    return ok;
}
