/* SPDX-License-Identifier: ISC */
/* What a Maildir looks like from outside. Apart from its reading, so that a walk needs no mail library. */
#include "source/maildir.h"

#include "base/path.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const char *const parts[] = {"cur", "new", "tmp"};

bool maildir_part(const char *name)
{
    return strcmp(name, "cur") == 0 || strcmp(name, "new") == 0 || strcmp(name, "tmp") == 0;
}

bool maildir_is(const char *path, int64_t *mtime_ns)
{
    int64_t latest = 0;
    int i;

    for (i = 0; i < 3; i++) {
        char *part = path_join(path, parts[i]);
        struct stat st;
        bool folder = stat(part, &st) == 0 && S_ISDIR(st.st_mode);
        int64_t mtime = folder ? (int64_t)st.st_mtim.tv_sec * 1000000000 + st.st_mtim.tv_nsec : 0;

        free(part);
        if (!folder)
            return false;
        if (i < 2 && mtime > latest)
            latest = mtime;
    }
    *mtime_ns = latest;
    return true;
}
