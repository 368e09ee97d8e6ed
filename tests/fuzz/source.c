/* SPDX-License-Identifier: ISC */
/*
 * Any bytes as a file of a corpus: whatever format they are taken for, reading ends, its records hold what their
 * contracts say, and the last one is found again by its locator.
 */
#include "must.h"

#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "source/source.h"

struct seen {
    const char *name;
    long records, last;
    char *locator;
    struct digest key;
    long budget; /* what a bomb may unpack to in one run */
};

/* Each parent stands before its children. */
static void check_comments(const struct record *r)
{
    size_t i, k, from;

    for (i = 0; i < r->comment_count; i++) {
        const char *parent = r->comments[i].parent;

        MUST(r->comments[i].id && r->comments[i].text);
        from = i > 64 ? i - 64 : 0; /* all of them would be quadratic */
        for (k = i; parent && k > from && strcmp(r->comments[k - 1].id, parent) != 0; k--)
            continue;
        MUST(!parent || k > from || from > 0);
    }
}

static bool check_record(void *ctx, struct record *r)
{
    struct seen *seen = ctx;

    MUST(r->text.data && r->text.data[r->text.len] == '\0');
    MUST(strncmp(r->locator, seen->name, strlen(seen->name)) == 0);
    MUST(r->number > seen->last);
    MUST(charset_source(&r->map, r->text.len) <= r->source_len || r->map.count == 0);
    MUST(!(r->given & RECORD_TITLE) == !r->title && !(r->given & RECORD_URL) == !r->url);
    MUST(!(r->given & RECORD_PUBLISHED) == !r->published);
    MUST(!(r->given & RECORD_AUTHORS) == !r->author_count);
    check_comments(r);
    free(seen->locator);
    seen->locator = strdup(r->locator);
    seen->key = r->key;
    seen->last = r->number;
    seen->records++;
    seen->budget -= (long)r->text.len + 1000;
    return seen->budget > 0;
}

static void hear_fault(void *ctx, const struct err *e)
{
    (void)ctx;
    MUST(e->status == ERR_IO && e->text[0] != '\0');
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static int fd = -1;
    char path[64];
    struct source_tally tally = {0};
    struct seen seen = {.budget = 20 << 20};
    struct err e = ERR_INIT;
    struct record r;

    if (fd < 0)
        fd = memfd_create("fuzz", MFD_CLOEXEC);
    MUST(fd >= 0 && ftruncate(fd, 0) == 0 && pwrite(fd, data, size, 0) == (ssize_t)size);
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    seen.name = strrchr(path, '/') + 1;
    record_init(&r);
    source_read(path, seen.name, 0, &r, check_record, hear_fault, &seen, &tally, &e);
    MUST(tally.records == seen.records);
    if (seen.records == 1 && seen.budget > 0) { /* of several, two may have one name */
        err_clear(&e);
        MUST(source_find(path, seen.locator, &r, &e));
        MUST(memcmp(&r.key, &seen.key, sizeof r.key) == 0);
    }
    free(seen.locator);
    record_release(&r);
    return 0;
}
