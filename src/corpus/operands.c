/* SPDX-License-Identifier: ISC */
#include "corpus/operands.h"

#include "base/buf.h"
#include "base/digest.h"
#include "base/mem.h"
#include "base/path.h"
#include "store/heal.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { NAME_MAX_BYTES = 40 };

static bool is_stdin(const char *path)
{
    return strcmp(path, "-") == 0;
}

static bool check_path(const char *path, struct err *e)
{
    struct stat st;

    if (is_stdin(path))
        return true;
    if (stat(path, &st) != 0 || access(path, S_ISDIR(st.st_mode) ? R_OK | X_OK : R_OK) != 0)
        return err_sys(e, "cannot open '%s'", path);
    if (!S_ISREG(st.st_mode) && !S_ISDIR(st.st_mode))
        return err_set(e, ERR_IO, "cannot open '%s': neither a file nor a folder", path);
    return true;
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
    path_sort(sorted, (size_t)count);
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

static void add_catalogue(struct operands *o, char *real)
{
    int i;

    for (i = 0; i < o->part_count && (!o->parts[i] || strcmp(o->parts[i], real) != 0); i++)
        ;
    if (i < o->part_count)
        free(real);
    else
        o->parts[o->part_count++] = real;
}

static void add_source(struct operands *o, char *real)
{
    if (o->source_count == 0)
        o->parts[o->part_count++] = NULL;
    o->sources[o->source_count++] = real;
}

bool operands_init(struct operands *o, const char *const *paths, int count, const char *cache, struct err *e)
{
    bool mixed = false;
    int i;

    *o = (struct operands){.parts = mem_zalloc((size_t)count, sizeof *o->parts),
                           .sources = mem_zalloc((size_t)count, sizeof *o->sources),
                           .lost = mem_zalloc((size_t)count, sizeof *o->lost)};
    for (i = 0; i < count; i++)
        mixed = mixed || heal_is_cache(paths[i]);
    for (i = 0; i < count; i++) {
        struct err why = ERR_INIT;

        if (!check_path(paths[i], mixed ? &why : e)) {
            if (!mixed)
                return false;
            operands_lose(o, why.text);
        } else if (is_stdin(paths[i])) {
            add_source(o, mem_strdup(paths[i]));
        } else if (heal_is_cache(paths[i])) {
            add_catalogue(o, path_real(paths[i]));
        } else {
            add_source(o, path_real(paths[i]));
        }
    }
    if (o->source_count > 0)
        o->cache = cache ? mem_strdup(cache) : cache_place(o->sources, o->source_count);
    return true;
}

static void free_all(char **texts, int count)
{
    while (count > 0)
        free(texts[--count]);
    free(texts);
}

void operands_release(struct operands *o)
{
    free_all(o->parts, o->part_count);
    free_all(o->sources, o->source_count);
    free_all(o->lost, o->lost_count);
    free(o->cache);
    memset(o, 0, sizeof *o);
}

void operands_lose(struct operands *o, const char *why)
{
    o->lost[o->lost_count++] = mem_strdup(why);
}

const char *operands_file(const struct operands *o, int i)
{
    return o->parts[i] ? o->parts[i] : o->cache;
}

char *operands_name(const struct operands *o, const char *const *paths, int count)
{
    struct buf name;
    char *first = is_stdin(paths[0]) ? mem_strdup("standard input") : path_real(paths[0]);

    buf_init(&name);
    buf_add_str(&name, path_base(first));
    if (count > 1)
        buf_add_fmt(&name, " and %d more", count - 1);
    if (o->lost_count > 0)
        buf_add_fmt(&name, " (%d cannot be opened)", o->lost_count);
    free(first);
    return buf_steal(&name);
}
