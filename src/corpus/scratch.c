/* SPDX-License-Identifier: ISC */
#include "corpus/scratch.h"

#include "base/path.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

char *scratch_make(const char *parent, struct err *e)
{
    char *folder = path_join(parent, "cuttings-XXXXXX");

    if (!mkdtemp(folder)) {
        err_sys(e, "cannot make a folder in '%s'", parent);
        free(folder);
        folder = NULL;
    }
    return folder;
}

char *scratch_make_anywhere(struct err *e)
{
    const char *const places[] = {"/dev/shm", getenv("TMPDIR"), "/tmp"};
    struct err why = ERR_INIT;
    char *folder = NULL;

    for (size_t i = 0; i < sizeof places / sizeof places[0] && !folder; i++) {
        err_clear(&why);
        if (places[i])
            folder = scratch_make(places[i], &why);
    }
    if (!folder)
        err_set(e, why.status, "%s", why.text);
    return folder;
}

void scratch_remove(char **folder)
{
    const struct dirent *entry;
    DIR *dir = *folder ? opendir(*folder) : NULL;

    while (dir && (entry = readdir(dir)))
        unlinkat(dirfd(dir), entry->d_name, 0);
    if (dir) {
        closedir(dir);
        rmdir(*folder);
    }
    free(*folder);
    *folder = NULL;
}
