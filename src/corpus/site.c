/* SPDX-License-Identifier: ISC */
#include "corpus/site.h"

#include "base/mem.h"
#include "store/sites.h"

#include <stdlib.h>
#include <string.h>

enum { LINES_MOST = 8192 }; /* of a page; what follows is neither counted nor judged */

struct listener {
    const struct voice *voice;
    struct site_page *page;
};

void site_page_release(struct site_page *page)
{
    free(page->line);
    memset(page, 0, sizeof *page);
}

/* The host of an address without user and port. */
static int64_t of_url(const char *url)
{
    const char *host = strstr(url, "://"), *at;
    size_t len;

    host = host ? host + 3 : url;
    len = strcspn(host, "/?#");
    at = memchr(host, '@', len);
    if (at) {
        len -= (size_t)(at + 1 - host);
        host = at + 1;
    }
    at = memchr(host, ':', len);
    return sites_id(host, at ? (size_t)(at - host) : len);
}

/* "www.example.org": letters, digits and hyphens with dots between, and letters alone behind the last. */
static int64_t of_folder(const char *locator)
{
    size_t len = strcspn(locator, "/"), i, dot = 0, letters = 0;

    if (locator[len] != '/')
        return 0;
    for (i = 0; i < len; i++) {
        char c = locator[i], low = (char)(c | 32);

        if (c == '.') {
            if (i == dot)
                return 0;
            dot = i + 1;
            letters = 0;
        } else if (low >= 'a' && low <= 'z') {
            letters++;
        } else if (!(c >= '0' && c <= '9') && c != '-') {
            return 0;
        }
    }
    return dot && letters >= 2 && dot + letters == len ? sites_id(locator, len) : 0;
}

int64_t site_of(const struct record *r)
{
    int64_t id = r->given & RECORD_URL && r->url ? of_url(r->url) : 0;

    if (!id && r->given & RECORD_SITE && r->site)
        id = sites_id(r->site, strlen(r->site));
    return id || !r->locator ? id : of_folder(r->locator);
}

static unsigned on_line(void *ctx, uint64_t line)
{
    struct listener *l = ctx;
    struct site_page *page = l->page;

    if (page->count == LINES_MOST)
        return 0;
    mem_grow(&page->line, &page->cap, page->count + 1, sizeof *page->line);
    page->line[page->count++] = line;
    return voice_share(l->voice, page->origin, line);
}

static int compare(const void *a, const void *b)
{
    const uint64_t *x = a, *y = b;

    return (*x > *y) - (*x < *y);
}

static void sum_up(struct site_page *page, const struct voice *voice)
{
    size_t i, n = 0;

    if (page->count)
        qsort(page->line, page->count, sizeof *page->line, compare);
    page->voice = 0;
    for (i = 0; i < page->count; i++) {
        unsigned share;

        if (n && page->line[n - 1] == page->line[i])
            continue;
        page->line[n++] = page->line[i];
        share = voice_share(voice, page->origin, page->line[i]);
        if (share)
            page->voice += voice_key((int64_t)share, page->line[i]);
    }
    page->count = n;
    page->turn = voice_turn(voice, page->origin);
}

void site_parse(const struct parser *p, const struct voice *voice, int64_t origin, const struct record *r,
                struct article *a, struct site_page *page)
{
    struct listener listener = {voice, page};
    const struct parse_site site = {.pages_with = on_line, .ctx = &listener, .pages = 100};

    page->origin = origin ? origin : site_of(r);
    page->count = 0;
    parse_article(p, r, &site, a);
    if (page->origin || !a->site) {
        sum_up(page, voice);
        return;
    }
    page->origin = sites_id(a->site, strlen(a->site));
    sum_up(page, voice);
    if (page->voice) {
        article_reset(a);
        page->count = 0;
        parse_article(p, r, &site, a);
        sum_up(page, voice);
    }
}
