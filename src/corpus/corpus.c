/* SPDX-License-Identifier: ISC */
#include "corpus/corpus.h"

#include "base/buf.h"
#include "base/digest.h"
#include "base/mem.h"
#include "base/path.h"
#include "corpus/inside.h"
#include "corpus/own.h"
#include "store/heal.h"
#include "store/state.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { NAME_MAX_BYTES = 40 };

static bool check_path(const char *path, struct err *e)
{
    struct stat st;

    if (strcmp(path, "-") == 0)
        return true;
    if (stat(path, &st) != 0 || access(path, S_ISDIR(st.st_mode) ? R_OK | X_OK : R_OK) != 0)
        return err_sys(e, "cannot open '%s'", path);
    if (!S_ISREG(st.st_mode) && !S_ISDIR(st.st_mode))
        return err_set(e, ERR_IO, "cannot open '%s': neither a file nor a folder", path);
    return true;
}

static char *make_name(const char *const *paths, int count)
{
    struct buf name;
    char *first = strcmp(paths[0], "-") == 0 ? mem_strdup("standard input") : path_real(paths[0]);

    buf_init(&name);
    buf_add_str(&name, path_base(first));
    if (count > 1)
        buf_add_fmt(&name, " and %d more", count - 1);
    free(first);
    return buf_steal(&name);
}

static int by_bytes(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* $XDG_CACHE_HOME/cuttings/NAME-HASH.db: the hash is of the real paths, in whatever order they were given. */
static char *cache_place(char *const *real, int count)
{
    char **sorted = mem_zalloc((size_t)count, sizeof *sorted);
    struct buf joined, name;
    char *home = path_cache_home(), *place;
    const char *at;
    int i;

    memcpy(sorted, real, (size_t)count * sizeof *sorted);
    qsort(sorted, (size_t)count, sizeof *sorted, by_bytes);
    buf_init(&joined);
    buf_init(&name);
    for (i = 0; i < count; i++)
        buf_add(&joined, sorted[i], strlen(sorted[i]) + 1);
    for (at = path_base(real[0]); *at && name.len < NAME_MAX_BYTES; at++) {
        bool plain =
            (*at >= '0' && *at <= '9') || ((*at | 32) >= 'a' && (*at | 32) <= 'z') || strchr("._-", *at);

        buf_add_char(&name, plain && !(name.len == 0 && *at == '.') ? *at : '_');
    }
    buf_add_fmt(&name, "-%016llx.db", (unsigned long long)digest_short(joined.data, joined.len));
    place = path_join(home, name.data);
    buf_release(&joined);
    buf_release(&name);
    free(home);
    free(sorted);
    return place;
}

/* A private folder in memory where there is such a file system, else among the temporary files: it goes when
 * the corpus is closed. (SQLite's own databases in memory let no one read while one thread writes.) */
static bool make_scratch(struct corpus *c, struct err *e)
{
    const char *const places[] = {"/dev/shm", getenv("TMPDIR"), "/tmp"};
    size_t i;

    for (i = 0; i < sizeof places / sizeof places[0] && !c->scratch; i++) {
        if (!places[i])
            continue;
        c->scratch = path_join(places[i], "cuttings-XXXXXX");
        if (!mkdtemp(c->scratch)) {
            free(c->scratch);
            c->scratch = NULL;
        }
    }
    return c->scratch || err_sys(e, "cannot make a folder in '/tmp'");
}

static void remove_scratch(struct corpus *c)
{
    const struct dirent *entry;
    DIR *dir = c->scratch ? opendir(c->scratch) : NULL;

    while (dir && (entry = readdir(dir)))
        unlinkat(dirfd(dir), entry->d_name, 0);
    if (dir) {
        closedir(dir);
        rmdir(c->scratch);
    }
    free(c->scratch);
}

static void make_parent(const char *path, struct err *e)
{
    char *folder = mem_strndup(path, (size_t)(path_base(path) - path));

    if (*folder)
        path_make_folder(folder, e);
    free(folder);
}

static bool use_memory(struct corpus *c, struct err *e)
{
    if (!c->scratch && !make_scratch(c, e))
        return false;
    free(c->cache_path);
    c->cache_path = path_join(c->scratch, "cache.db");
    return heal_prepare(c->cache_path, e) <= HEAL_HEALED;
}

/* Finds or makes the cache; where it cannot be had reading goes on in memory. */
static bool prepare_cache(struct corpus *c, const struct corpus_options *o, char *const *real, int count,
                          struct err *e)
{
    struct err why = ERR_INIT;
    enum heal_state state;

    if (c->scratch || (strcmp(real[0], "-") == 0 && !o->cache))
        return use_memory(c, e);
    c->cache_path = o->cache ? mem_strdup(o->cache) : cache_place(real, count);
    make_parent(c->cache_path, &why);
    state = heal_prepare(c->cache_path, &why);
    if (state == HEAL_FOREIGN)
        return err_set(e, ERR_IO, "%s", why.text);
    if (state == HEAL_HEALED)
        notices_add(c->notices, "the cache was damaged and is made again");
    if (state != HEAL_FAILED && access(c->cache_path, W_OK) != 0) {
        err_sys(&why, "cannot write '%s'", c->cache_path);
        state = HEAL_FAILED;
    }
    if (state != HEAL_FAILED) {
        c->list = catalog_open(c->cache_path, false, &why);
        if (c->list)
            return true;
    }
    notices_add(c->notices, "reading goes on in memory: %s", why.text);
    return use_memory(c, e);
}

/* Opens a cache that stands alone, for reading only: sources, an index and a lock are none of its reader's.
 * On a read-only mount SQLite cannot share it, and need not. */
static bool open_catalogue(struct corpus *c, const char *path, struct err *e)
{
    struct err first = ERR_INIT;

    c->cache_path = mem_strdup(path);
    c->list = catalog_open(path, false, &first);
    if (!c->list)
        c->list = catalog_open(path, true, e);
    return c->list != NULL;
}

static char *state_place(struct corpus *c)
{
    struct err e = ERR_INIT;
    char *home, *place;

    if (c->scratch)
        return path_join(c->scratch, "reading.db");
    home = path_data_home();
    if (!path_make_folder(home, &e))
        notices_add(c->notices, "marks are not kept: %s", e.text);
    place = path_join(home, "reading.db");
    free(home);
    return place;
}

static void start(struct corpus *c, const struct corpus_options *o, char *const *real, int count,
                  bool catalogue)
{
    char *state = state_place(c);
    struct indexer_options options = {.paths = (const char *const *)real,
                                      .count = count,
                                      .cache_path = c->cache_path,
                                      .state_path = state,
                                      .shelve = !o->memory && !o->ephemeral,
                                      .wake = o->wake,
                                      .notices = c->notices};

    c->marks = marks_new(state, c->notices);
    if (catalogue)
        marks_adopt(c->marks, c->list);
    else
        c->indexer = indexer_start(&options);
    if (c->indexer && o->foreground)
        indexer_wait(c->indexer);
    free(state);
}

static char **real_paths(const char *const *paths, int count)
{
    char **real = mem_zalloc((size_t)count, sizeof *real);
    int i;

    for (i = 0; i < count; i++)
        real[i] = strcmp(paths[i], "-") == 0 ? mem_strdup("-") : path_real(paths[i]);
    return real;
}

static void free_paths(char **real, int count)
{
    while (count > 0)
        free(real[--count]);
    free(real);
}

char *corpus_cache(const char *const *paths, int count, const char *cache, struct err *e)
{
    char **real, *place;
    int i;

    for (i = 0; i < count; i++) {
        if (!check_path(paths[i], e))
            return NULL;
    }
    real = real_paths(paths, count);
    if (count == 1 && heal_is_cache(real[0]))
        place = mem_strdup(real[0]);
    else
        place = cache ? mem_strdup(cache) : cache_place(real, count);
    free_paths(real, count);
    return place;
}

/* The cache that is read as it stands: the operand itself, or where nothing may be written the one that is there. */
static char *standing_cache(const struct corpus_options *o, char *const *real, int count)
{
    char *place;

    if (count == 1 && heal_is_cache(real[0]))
        return mem_strdup(real[0]);
    if (!o->ephemeral || o->memory)
        return NULL;
    place = o->cache ? mem_strdup(o->cache) : cache_place(real, count);
    if (heal_is_cache(place))
        return place;
    free(place);
    return NULL;
}

bool corpus_open(struct corpus **out, const char *const *paths, int count, const struct corpus_options *o,
                 struct err *e)
{
    struct corpus *c;
    char **real;
    char *standing;
    bool ok;
    int i;

    *out = NULL;
    for (i = 0; i < count; i++) {
        if (!check_path(paths[i], e))
            return false;
        if (count > 1 && heal_is_cache(paths[i]))
            return err_set(e, ERR_USAGE, "'%s' is a catalogue, which is opened alone", paths[i]);
    }
    c = mem_zalloc(1, sizeof *c);
    c->name = make_name(paths, count);
    c->notices = notices_new();
    real = real_paths(paths, count);
    standing = standing_cache(o, real, count);
    if ((o->memory || o->ephemeral) && !make_scratch(c, e))
        ok = false;
    else if (standing)
        ok = open_catalogue(c, standing, e);
    else
        ok = prepare_cache(c, o, real, count, e);
    if (ok && !c->list)
        ok = (c->list = catalog_open(c->cache_path, false, e)) != NULL;
    if (ok)
        start(c, o, real, count, standing != NULL);
    free(standing);
    free_paths(real, count);
    if (ok)
        *out = c;
    else
        corpus_close(&c);
    return ok;
}

void corpus_close(struct corpus **c)
{
    struct corpus *old = *c;

    if (!old)
        return;
    marks_free(&old->marks);
    repair_free(&old->repair);
    /* The writer last: whoever closes last puts the WAL away, and a reader cannot. */
    catalog_close(&old->list);
    indexer_stop(&old->indexer);
    remove_scratch(old);
    notices_free(&old->notices);
    free(old->cache_path);
    free(old->name);
    free(old);
    *c = NULL;
}

const char *corpus_name(const struct corpus *c)
{
    return c->name;
}

const char *corpus_notice(struct corpus *c)
{
    return notices_take(c->notices);
}

/* The cache under its path is another file now: what was read from the old one is void. */
static void open_again(struct corpus *c)
{
    struct err e = ERR_INIT;
    struct catalog *list = catalog_open(c->cache_path, false, &e);

    if (!list) {
        notices_add(c->notices, "%s", e.text);
        return;
    }
    catalog_close(&c->list);
    c->list = list;
}

void corpus_heed(struct corpus *c)
{
    struct err e = ERR_INIT;

    switch (catalog_fault(c->list, &e)) {
    case DB_FINE:
    case DB_STOPPED:
        break;
    case DB_CORRUPT:
        if (c->indexer)
            indexer_damaged(c->indexer);
        else
            notices_add(c->notices, "%s", e.text);
        break;
    default:
        notices_add(c->notices, "%s", e.text);
    }
}

bool corpus_poll(struct corpus *c, struct corpus_progress *p)
{
    bool changed = false;

    memset(p, 0, sizeof *p);
    if (c->indexer)
        changed = indexer_poll(c->indexer, p);
    if (c->indexer && indexer_healed(c->indexer)) {
        open_again(c);
        changed = true;
    }
    corpus_heed(c);
    return catalog_changed(c->list) || changed;
}

void corpus_faults(const struct corpus *c, void (*fn)(void *ctx, const char *text), void *ctx)
{
    if (c->indexer)
        indexer_faults(c->indexer, fn, ctx);
}

void corpus_row_take(struct corpus *c, struct corpus_row *to, struct catalog_row *from)
{
    unsigned flags = marks_flags(c->marks, from->id, from->flags);

    *to = (struct corpus_row){.id = from->id,
                              .title = from->title,
                              .site = from->site,
                              .published = from->published,
                              .locator = from->locator,
                              .comments = from->comments > INT32_MAX ? INT32_MAX : (int)from->comments,
                              .minutes = from->minutes,
                              .unread = !(flags & RANK_READ),
                              .starred = flags & RANK_STARRED,
                              .hidden = flags & RANK_HIDDEN,
                              .tags = marks_tags(c->marks, &from->digest)};
    memset(from, 0, sizeof *from);
}

void corpus_row_release(struct corpus_row *row)
{
    free(row->title);
    free(row->site);
    free(row->published);
    free(row->locator);
    free(row->tags);
    memset(row, 0, sizeof *row);
}

bool corpus_article(struct corpus *c, int64_t id, struct article *a, char **text, struct err *e)
{
    struct buf bytes;
    bool ok;

    if (repair_article(c, id, a, text))
        return true;
    buf_init(&bytes);
    ok = catalog_article(c->list, id, a, &bytes, e);
    *text = NULL;
    if (ok) {
        /* The article borrows the bytes where they end up. */
        *text = buf_steal(&bytes);
        a->text = *text;
    } else {
        article_reset(a);
    }
    buf_release(&bytes);
    return ok;
}

int64_t corpus_find(struct corpus *c, const char *ref, struct err *e)
{
    int64_t id = catalog_find(c->list, ref);

    if (id == 0 && catalog_fault(c->list, e) == DB_FINE)
        err_set(e, ERR_NOMATCH, "there is no article '%s'", ref);
    return id;
}

bool corpus_facts(struct corpus *c, int64_t id, struct corpus_row *row, struct err *e)
{
    struct catalog_row found;
    bool known;

    catalog_begin(c->list);
    marks_refresh(c->marks, c->list);
    known = catalog_row(c->list, id, &found);
    catalog_end(c->list);
    if (known) {
        corpus_row_take(c, row, &found);
        return true;
    }
    if (catalog_fault(c->list, e) == DB_FINE)
        err_set(e, ERR_NOMATCH, "there is no article %lld", (long long)id);
    return false;
}

static void mark(struct corpus *c, int64_t id, unsigned mask, bool on)
{
    if (marks_set(c->marks, c->list, id, mask, on ? mask : 0) && c->indexer)
        indexer_kick(c->indexer);
}

void corpus_set_read(struct corpus *c, int64_t id, bool read)
{
    mark(c, id, STATE_READ, read);
}

void corpus_set_starred(struct corpus *c, int64_t id, bool starred)
{
    mark(c, id, STATE_STARRED, starred);
}

void corpus_set_place(struct corpus *c, int64_t id, struct corpus_place place)
{
    marks_set_place(c->marks, c->list, id, place);
    if (c->indexer)
        indexer_kick(c->indexer);
}

bool corpus_get_place(struct corpus *c, int64_t id, struct corpus_place *place)
{
    return marks_get_place(c->marks, c->list, id, place);
}

bool corpus_shelf(void (*fn)(void *ctx, const char *path, int64_t opened), void *ctx, struct err *e)
{
    bool none; /* nothing was ever opened */
    struct state *state = own_state(&none, e);
    bool ok = none || (state && state_shelf(state, fn, ctx, e));

    state_close(&state);
    return ok;
}
