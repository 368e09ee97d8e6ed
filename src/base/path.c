/* SPDX-License-Identifier: ISC */
#include "base/path.h"

#include "base/mem.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

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

char *path_real(const char *path)
{
    char *real = realpath(path, NULL);

    return real ? real : mem_strdup(path);
}

bool path_make_folder(const char *folder, struct err *e)
{
    char *path = mem_strdup(folder);
    char *at = path;
    bool ok = true;

    while (ok && at) {
        at = strchr(at + 1, '/');
        if (at)
            *at = '\0';
        if (mkdir(path, 0700) != 0 && errno != EEXIST)
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

char *path_program_data(const char *name)
{
    const char *folder = getenv("CUTTINGS_DATADIR");

    return path_join(folder && folder[0] ? folder : CUTTINGS_DATADIR, name);
}
