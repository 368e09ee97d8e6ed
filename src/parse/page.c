/* SPDX-License-Identifier: ISC */
#include "parse/page.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

void page_init(struct page *p, const struct phrases *phrases, const struct platform_rules *platforms)
{
    memset(p, 0, sizeof *p);
    p->phrases = phrases;
    lines_init(&p->lines);
    features_init(&p->features);
    p->thread = parse_thread_new(platforms);
}

void page_release(struct page *p)
{
    lines_release(&p->lines);
    features_release(&p->features);
    parse_thread_free(&p->thread);
    free(p->marginals);
    free(p->part);
    free(p->kind);
    free(p->flags);
    free(p->tail);
    free(p->mend);
}

void page_reset(struct page *p)
{
    parse_thread_forget(p->thread);
    free(p->mend);
    p->mend = NULL;
    p->title = p->first_body = 0;
    p->language = NULL;
}

void page_make_room(struct page *p)
{
    size_t n = p->lines.count + 1;

    if (n > p->room) {
        p->room = n + n / 2;
        p->marginals = mem_resize(p->marginals, p->room * MODEL_WIDTH, sizeof *p->marginals);
        p->part = mem_resize(p->part, p->room, sizeof *p->part);
        p->kind = mem_resize(p->kind, p->room, sizeof *p->kind);
        p->flags = mem_resize(p->flags, p->room, sizeof *p->flags);
        p->tail = mem_resize(p->tail, p->room, sizeof *p->tail);
    }
    memset(p->part, 0, n * sizeof *p->part);
    memset(p->kind, 0, n * sizeof *p->kind);
    memset(p->flags, 0, n * sizeof *p->flags);
    memset(p->tail, 0, n * sizeof *p->tail);
}

const char *page_text(const struct page *p, size_t i, size_t *len)
{
    const struct lines_line *line = &p->lines.line[i];

    *len = line->end - line->start;
    return p->lines.text + line->start;
}
