/* SPDX-License-Identifier: ISC */
/*
 * Made-up articles and folders of its own for the store's tests.
 * Knows: store/. A test program includes it once.
 */
#ifndef TESTS_STORE_SAMPLE_H
#define TESTS_STORE_SAMPLE_H

#include "../check.h"

#include "base/mem.h"
#include "store/cache.h"
#include "store/codec.h"
#include "store/files.h"
#include "store/heal.h"
#include "store/words.h"

#include <ftw.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The folder in which all others of this program lie; removed at its end. */
static char sample_home[64];
static pid_t sample_owner; /* a child that ends leaves it to its parent */

static inline int sample_remove(const char *path, const struct stat *st, int type, struct FTW *at)
{
    (void)st;
    (void)type;
    (void)at;
    return remove(path);
}

static inline void sample_clean(void)
{
    if (getpid() == sample_owner)
        nftw(sample_home, sample_remove, 16, FTW_DEPTH | FTW_PHYS);
}

/* A folder that is new; its name is kept for the program's life. */
static inline const char *sample_folder(void)
{
    static char folder[4][80];
    static int next;
    char *name = folder[next % 4];

    if (!sample_home[0]) {
        snprintf(sample_home, sizeof sample_home, "/tmp/cuttings-test-XXXXXX");
        assert_non_null(mkdtemp(sample_home));
        sample_owner = getpid();
        atexit(sample_clean);
    }
    snprintf(name, sizeof folder[0], "%s/%d", sample_home, next++);
    assert_int_equal(mkdir(name, 0700), 0);
    return name;
}

static inline char *sample_path(const char *folder, const char *name)
{
    static char path[8][256];
    static int next;
    char *p = path[next++ % 8];

    snprintf(p, 256, "%s/%s", folder, name);
    return p;
}

static inline struct cache *sample_cache(const char *path)
{
    struct err e = ERR_INIT;
    struct cache *c;

    assert_true(heal_prepare(path, &e) <= HEAL_HEALED);
    c = cache_open(path, NULL, &e);
    if (!c)
        fail_msg("%s", e.text);
    return c;
}

/* A file's row, as if it had been found and were being read. */
static inline int64_t sample_file(struct cache *c, const char *name)
{
    struct file f = {.root = cache_root(c, "/corpus"), .name = (char *)(uintptr_t)name, .size = 7};
    struct files_walk *w = files_walk_new(c, f.root);

    files_walk_see(w, &f);
    files_walk_free(&w);
    return db_int(cache_db(c), 0, "SELECT id FROM file WHERE root = ?1 AND name = ?2", "it", f.root, name);
}

/* Puts an article whose text is "TITLE\n\nBODY" into the cache, with so many comments from a dump: "WORD numberN". */
static inline int64_t sample_put_thread(struct cache *c, int64_t file, long seq, const char *title,
                                        const char *published, const char *body, unsigned flags, int64_t replaces,
                                        int comments, const char *word)
{
    struct entry_maker *maker = entry_maker_new(false);
    struct record r;
    struct article a;
    struct entry en;
    struct buf text;
    int64_t id;

    record_init(&r);
    article_init(&a);
    entry_init(&en);
    buf_init(&text);
    buf_add_fmt(&text, "%s\n\n%s", title, body);
    record_set_text(&r, text.data, text.len);
    r.locator = arena_strndup(&r.arena, "f#1", 3);
    a.text = r.text.data;
    a.len = r.text.len;
    a.title = article_str(&a, title, strlen(title));
    a.published = published ? article_str(&a, published, strlen(published)) : NULL;
    article_add_block(&a, KIND_TITLE, 0, strlen(title), 0);
    if (*body)
        article_add_block(&a, KIND_PARAGRAPH, strlen(title) + 2, a.len, 0);
    for (int i = 0; i < comments; i++) {
        struct article_comment *comment = article_add_comment(&a);
        char said[80];

        snprintf(said, sizeof said, "%s number%d", word, i + 1);
        comment->text = article_str(&a, said, strlen(said));
        comment->parent = i % 10 ? i : 0;
    }
    article_count_words(&a);
    entry_fill(&en, maker, &r, &a);
    en.file = file;
    en.seq = seq;
    en.flags = flags;
    en.name_len = 1;
    id = cache_put(c, &en, replaces);
    entry_release(&en);
    article_release(&a);
    record_release(&r);
    entry_maker_free(&maker);
    buf_release(&text);
    return id;
}

/* The same without comments. */
static inline int64_t sample_put(struct cache *c, int64_t file, long seq, const char *title,
                                 const char *published, const char *body, unsigned flags, int64_t replaces)
{
    return sample_put_thread(c, file, seq, title, published, body, flags, replaces, 0, "");
}

#endif
