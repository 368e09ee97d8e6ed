/* SPDX-License-Identifier: ISC */
/*
 * libFuzzer target: any bytes through the line breaking and a page. Built by
 * `configure CC=clang --enable-fuzzing` and `make tests/fuzz/layout`; run with a folder for its corpus.
 * The first four bytes choose width and options; each further line is a block of the kind that its first byte
 * chooses, or a comment.
 */
#include "must.h"

#include "base/door.h"
#include "base/unicode.h"
#include "doc/article.h"
#include "layout/jump.h"
#include "layout/page.h"
#include "layout/place.h"

#include <string.h>

static void check_line(struct page *p, int n, int columns)
{
    const struct line *l = page_line(p, n);
    int i, right = 0;

    MUST(l->place.offset <= l->place_end.offset);
    for (i = 0; i < l->run_count; i++) {
        const struct line_run *r = &l->runs[i];

        MUST(r->len > 0 && r->column >= right && r->column + r->columns <= columns);
        MUST(door_is_clean(l->text + r->start, r->len, DOOR_LINE));
        MUST(unicode_columns(l->text + r->start, r->len) == r->columns);
        right = r->column + r->columns;
    }
}

static void check_places(struct page *p, int n, int columns)
{
    const struct line *l = page_line(p, n);
    int column;

    for (column = n % 8; column < columns; column += 8) {
        struct line_place place = place_at(p, n, column);

        MUST(place.offset >= l->place.offset && place.offset <= l->place_end.offset);
        if (place.offset < l->place_end.offset && column >= place_column(p, n, l->place))
            MUST(place_column(p, n, place) <= column);
    }
}

/* The place of the first comment; found at once, on a page of which nothing is set, it must be the same. */
static struct line_place first_comment(struct page *p)
{
    int n = jump_comment(p, 0, 1);

    return n < 0 ? (struct line_place){-1, 0} : page_line(p, n)->place;
}

static void check_page(const struct article *a, const struct page_options *o, bool jumps)
{
    struct page *p = page_new(a, o, NULL);
    struct line_place last = {-1, 0}, first = {-1, 0};
    int n;

    if (jumps)
        first = first_comment(p);

    for (n = 0; page_has(p, n); n++) {
        const struct line *l = page_line(p, n);

        check_line(p, n, o->columns);
        if (l->place.offset < l->place_end.offset && l->fold < 0 &&
            !(l->place.comment == last.comment && l->place.offset == last.offset))
            MUST(page_find(p, l->place) == (l->place.comment && l->place.offset == 0 ? n - 1 : n));
        if (l->place.offset < l->place_end.offset)
            last = l->place;
        check_places(p, n, o->columns);
    }
    MUST(page_count(p) == n);
    if (jumps)
        MUST(first_comment(p).comment == first.comment);
    page_free(&p);
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct page_options o = {.measure = 72};
    unsigned char flags[64] = {0};
    const char *s = (const char *)data;
    struct article a;
    size_t at = 4;

    if (size < 5)
        return 0;
    o.columns = 1 + data[0] % 120;
    o.ascii = data[1] & 1;
    o.source = data[1] & 2;
    o.comments = !(data[1] & 4);
    o.unfolded = data[1] & 8;
    o.justified = data[1] & 16;
    o.link_numbers = data[1] & 32;
    o.thread_only = o.comments && data[1] & 64;
    o.order = (enum thread_order)(data[2] % 3);
    memset(flags, data[3] % 16, sizeof flags / 2);
    o.comment_flags = flags;
    article_init(&a);
    a.text = s;
    a.len = size;
    while (at < size) {
        const char *lf = memchr(s + at, '\n', size - at);
        size_t end = lf ? (size_t)(lf - s) : size, from = at, to = end;

        while (from < to && is_space(s[from]))
            from++;
        while (to > from && is_space(s[to - 1]))
            to--;
        if (from < to && (unsigned char)s[from] % 16 == 15 && a.comment_count < sizeof flags) {
            struct article_comment *c = article_add_comment(&a);

            c->parent = (unsigned char)s[to - 1] % (int)(a.comment_count + 1);
            c->inferred = s[to - 1] & 16;
            c->author = article_str(&a, s + from, (to - from) % 20);
            c->text = article_str(&a, s + from, to - from);
        } else if (from < to) {
            article_add_block(&a, (enum kind)((unsigned char)s[from] % KIND_COUNT), from, to,
                              s[from] & 64 ? ARTICLE_DOUBLE : 0);
        }
        at = end + 1;
    }
    check_page(&a, &o, data[3] & 16);
    article_release(&a);
    return 0;
}
