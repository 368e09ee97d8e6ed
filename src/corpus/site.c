/* SPDX-License-Identifier: ISC */
#include "corpus/site.h"

#include "base/mem.h"
#include "store/sites.h"

#include <stdlib.h>
#include <string.h>

enum { LINES_MOST = 8192 }; /* of a page; what follows is neither counted nor judged */

struct listener {
    const struct site_known *known;
    struct site_page *page;
};

void site_page_release(struct site_page *page)
{
    free(page->line);
    memset(page, 0, sizeof *page);
}

/* A part of a longer text. */
struct span {
    const char *s;
    size_t len;
};

/* The host of an address without user and port. */
static struct span of_url(const char *url)
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
    return (struct span){host, at ? (size_t)(at - host) : len};
}

/* "www.example.org": letters, digits and hyphens with dots between, and letters alone behind the last. */
static struct span of_folder(const char *locator)
{
    const struct span none = {"", 0};
    size_t len = strcspn(locator, "/"), i, dot = 0, letters = 0;

    if (locator[len] != '/')
        return none;
    for (i = 0; i < len; i++) {
        char c = locator[i], low = (char)(c | 32);

        if (c == '.') {
            if (i == dot)
                return none;
            dot = i + 1;
            letters = 0;
        } else if (low >= 'a' && low <= 'z') {
            letters++;
        } else if (!(c >= '0' && c <= '9') && c != '-') {
            return none;
        }
    }
    return dot && letters >= 2 && dot + letters == len ? (struct span){locator, len} : none;
}

static struct span name_of(const struct record *r)
{
    struct span name = r->given & RECORD_URL && r->url ? of_url(r->url) : (struct span){"", 0};

    if (!name.len && r->given & RECORD_SITE && r->site)
        name = (struct span){r->site, strlen(r->site)};
    return name.len || !r->locator ? name : of_folder(r->locator);
}

int64_t site_of(const struct record *r)
{
    struct span name = name_of(r);

    return sites_id(name.s, name.len);
}

bool site_name(const struct record *r, const char *given, struct buf *out)
{
    struct span name = name_of(r);

    if (!name.len && given)
        name = (struct span){given, strlen(given)};
    buf_add(out, name.s, name.len);
    return name.len > 0;
}

static unsigned on_line(void *ctx, uint64_t line)
{
    struct listener *l = ctx;
    struct site_page *page = l->page;

    if (page->count == LINES_MOST)
        return 0;
    mem_grow(&page->line, &page->cap, page->count + 1, sizeof *page->line);
    page->line[page->count++] = line;
    return voice_share(l->known->voice, page->origin, line);
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
        mem_sort(page->line, page->count, sizeof *page->line, compare);
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

static bool wants(void *ctx)
{
    struct listener *l = ctx;

    sum_up(l->page, l->known->voice);
    return l->page->voice != *l->known->met;
}

/* Parses by what is known of the site that page->origin says. */
static bool parse_as(const struct parser *p, const struct site_known *known, const struct state_id *id,
                     const struct record *r, struct article *a, struct site_page *page)
{
    struct listener listener = {known, page};
    struct parse_site site = {
        .pages_with = on_line, .wants = known->met ? wants : NULL, .ctx = &listener, .pages = 100};
    struct fixes_list said = {0};
    bool parsed;

    if (known->fixes)
        fixes_find(known->fixes, id, page->origin, &said);
    site.fix = said.fix;
    site.fix_count = said.count;
    page->count = 0;
    parsed = parse_article(p, r, &site, a);
    if (parsed)
        sum_up(page, known->voice);
    fixes_list_release(&said);
    return parsed;
}

bool site_parse(const struct parser *p, const struct site_known *known, int64_t origin, const struct record *r,
                struct article *a, struct site_page *page)
{
    struct state_id id = {0};

    if (known->fixes)
        id = state_id(&r->key, known->root, r->locator ? r->locator : "");
    page->origin = origin ? origin : site_of(r);
    if (!parse_as(p, known, &id, r, a, page))
        return false;
    if (page->origin || !a->site)
        return true;
    page->origin = sites_id(a->site, strlen(a->site));
    sum_up(page, known->voice);
    if (page->voice || (known->fixes && fixes_bear(known->fixes, &id, page->origin))) {
        article_reset(a);
        parse_as(p, known, &id, r, a, page);
    }
    return true;
}

bool site_explain(const struct parser *p, const struct site_known *known, int64_t origin, const struct record *r,
                  struct article *a, size_t at, struct buf *out)
{
    struct site_page page = {.origin = origin ? origin : site_of(r)};
    struct listener listener = {known, &page};
    struct parse_site site = {.pages_with = on_line, .ctx = &listener, .pages = 100};
    struct fixes_list said = {0};
    bool found;

    if (known->fixes) {
        struct state_id id = state_id(&r->key, known->root, r->locator ? r->locator : "");

        fixes_find(known->fixes, &id, page.origin, &said);
    }
    site.fix = said.fix;
    site.fix_count = said.count;
    found = parse_explain_at(p, r, &site, a, at, out);
    fixes_list_release(&said);
    site_page_release(&page);
    return found;
}
