/* SPDX-License-Identifier: ISC */
#include "fake.h"

#include "base/mem.h"
#include "base/unicode.h"
#include "base/utf8.h"
#include "parse/parse.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static long parsed;
static int report = -1;
static void (*inside)(void);
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

long fake_parsed(void)
{
    long n;

    pthread_mutex_lock(&lock);
    n = parsed;
    pthread_mutex_unlock(&lock);
    return n;
}

void fake_inside(void (*fn)(void))
{
    inside = fn;
}

void fake_report_to(int fd)
{
    report = fd;
}

struct parser *parse_open(struct err *e)
{
    (void)e;
    return mem_alloc(1);
}

void parse_close(struct parser **p)
{
    free(*p);
    *p = NULL;
}

static bool begins(const char *line, size_t len, const char *with)
{
    return len > strlen(with) && memcmp(line, with, strlen(with)) == 0;
}

static void take_line(struct article *a, size_t start, size_t end)
{
    const char *line = a->text + start;
    size_t len = end - start;

    if (a->block_count == 0) {
        a->title = article_str(a, line, len);
        article_add_block(a, KIND_TITLE, start, end, 0);
    } else if (begins(line, len, "DATE ")) {
        a->published = article_str(a, line + 5, len - 5);
        article_add_block(a, KIND_DATE, start, end, 0);
    } else if (begins(line, len, "SITE ")) {
        a->site = article_str(a, line + 5, len - 5);
        article_add_block(a, KIND_DATE, start, end, 0);
    } else if (begins(line, len, "COMMENT ")) {
        struct article_comment *c = article_add_comment(a);

        c->text = article_str(a, line + 8, len - 8);
        c->start = start;
        c->end = end;
        article_add_block(a, KIND_COMMENT, start, end, 0);
    } else {
        article_add_block(a, KIND_PARAGRAPH, start, end, 0);
    }
}

bool parse_form(const struct parser *p, const struct record *r, size_t at, enum fix_answer answer,
                struct buf *before, struct buf *line, struct buf *after)
{
    (void)p;
    (void)r;
    (void)at;
    (void)answer;
    (void)before;
    (void)line;
    (void)after;
    if (inside)
        inside();
    return false;
}

bool parse_article(const struct parser *p, const struct record *r, const struct parse_site *site,
                   struct article *a)
{
    size_t at = 0;

    (void)p;
    (void)site;
    a->text = r->text.data;
    a->len = r->text.len;
    while (at < a->len) {
        const char *nl = memchr(a->text + at, '\n', a->len - at);
        size_t end = nl ? (size_t)(nl - a->text) : a->len, start = at, next = nl ? end + 1 : end;

        while (start < end && unicode_is_space((unsigned char)a->text[start]))
            start++;
        while (end > start && unicode_is_space((unsigned char)a->text[end - 1]))
            end--;
        if (start < end)
            take_line(a, start, end);
        at = next;
    }
    article_count_words(a);
    pthread_mutex_lock(&lock);
    parsed++;
    if (inside)
        inside();
    if (report >= 0 && write(report, "p", 1) != 1)
        report = -1;
    pthread_mutex_unlock(&lock);
    return true;
}

/* This parser has no reasons. */
bool parse_explain_at(const struct parser *p, const struct record *r, const struct parse_site *site,
                      struct article *a, size_t at, struct buf *out)
{
    (void)p;
    (void)r;
    (void)site;
    (void)a;
    (void)at;
    (void)out;
    if (inside)
        inside();
    return false;
}
