/* SPDX-License-Identifier: ISC */
#include "base/path.h"

#include "base/mem.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

char *path_join(const char *folder, const char *name)
{
    size_t len = strlen(folder), size = len + strlen(name) + 2;
    char *path;

    if (len == 0 || name[0] == '/')
        return mem_strdup(name);
    path = mem_alloc(size);
    snprintf(path, size, "%s%s%s", folder, folder[len - 1] == '/' ? "" : "/", name);
    return path;
}

const char *path_base(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash && slash[1] ? slash + 1 : path;
}

/* A name, and as a number the bytes of it that come after what all of them begin with. */
struct named {
    uint64_t head;
    char *name;
};

static int by_bytes(const void *a, const void *b)
{
    const struct named *x = a, *y = b;

    return x->head != y->head ? (x->head < y->head ? -1 : 1) : strcmp(x->name, y->name);
}

/* Of how many bytes the beginning is that all have. */
static size_t common(char *const *names, size_t count)
{
    size_t len = strlen(names[0]), i, n;

    for (i = 1; i < count; i++) {
        for (n = 0; n < len && names[i][n] == names[0][n]; n++)
            ;
        len = n;
    }
    return len;
}

static uint64_t head_of(const char *s)
{
    uint64_t head = 0;
    int i;

    for (i = 0; i < 8; i++) {
        head = head << 8 | (unsigned char)*s;
        s += *s != '\0';
    }
    return head;
}

void path_sort(char **names, size_t count)
{
    struct named *list;
    size_t same, i;

    if (count < 2)
        return;
    same = common(names, count);
    list = mem_zalloc(count, sizeof *list);
    for (i = 0; i < count; i++)
        list[i] = (struct named){head_of(names[i] + same), names[i]};
    mem_sort(list, count, sizeof *list, by_bytes);
    for (i = 0; i < count; i++)
        names[i] = list[i].name;
    free(list);
}

char *path_real(const char *path)
{
    char *real = realpath(path, NULL);

    return real ? real : mem_strdup(path);
}

int64_t path_changed(const struct stat *st)
{
    /* A file may say that it is of the year 3000: more nanoseconds than there are numbers, still others than before. */
    return (int64_t)((uint64_t)st->st_mtim.tv_sec * 1000000000 + (uint64_t)st->st_mtim.tv_nsec);
}

static bool is_folder(const char *path)
{
    struct stat st;

    return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

bool path_make_folder(const char *folder, struct err *e)
{
    char *path = mem_strdup(folder);
    char *at = path;
    bool ok = true;

    while (ok && at) {
        at = *at ? strchr(at + 1, '/') : NULL;
        if (at)
            *at = '\0';
        if (mkdir(path, 0700) != 0 && (errno != EEXIST || !is_folder(path)))
            ok = err_sys(e, "cannot make folder '%s'", path);
        if (at)
            *at = '/';
    }
    free(path);
    return ok;
}

/* The specification says that a relative path in an XDG variable must be ignored. */
static char *home_of(const char *variable, const char *fallback)
{
    const char *base = getenv(variable);
    const char *home = getenv("HOME");
    char *folder, *path;

    if (base && base[0] == '/')
        return path_join(base, "cuttings");
    folder = path_join(home && home[0] == '/' ? home : "/nonexistent", fallback);
    path = path_join(folder, "cuttings");
    free(folder);
    return path;
}

char *path_config_home(void)
{
    return home_of("XDG_CONFIG_HOME", ".config");
}

char *path_data_home(void)
{
    return home_of("XDG_DATA_HOME", ".local/share");
}

char *path_cache_home(void)
{
    return home_of("XDG_CACHE_HOME", ".cache");
}

/* name in the folder where the program itself stands, or NULL where there is no such file: how a program that
 * was built but not installed finds what belongs to it. */
static char *beside_program(const char *name)
{
    char program[4096], *slash, *path;
    ssize_t len = readlink("/proc/self/exe", program, sizeof program - 1);

    if (len <= 0)
        return NULL;
    program[len] = '\0';
    slash = strrchr(program, '/');
    if (!slash)
        return NULL;
    *slash = '\0';
    path = path_join(program, name);
    if (access(path, F_OK) == 0)
        return path;
    free(path);
    return NULL;
}

char *path_program_data(const char *name)
{
    const char *folder = getenv("CUTTINGS_DATADIR");
    char *built, *path;

    if (folder && folder[0])
        return path_join(folder, name);
    built = beside_program("data/phrases");
    if (!built)
        return path_join(CUTTINGS_DATADIR, name);
    *strrchr(built, '/') = '\0';
    path = path_join(built, name);
    free(built);
    return path;
}

char *path_program_part(const char *name)
{
    char *built = beside_program(name);

    return built ? built : path_join(CUTTINGS_LIBDIR, name);
}
