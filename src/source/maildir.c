/* SPDX-License-Identifier: ISC */
/* What a Maildir looks like from outside. Apart from its reading, so that a walk needs no mail library. */
#include "source/maildir.h"

#include "base/path.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { PARTS = 3 };

static const char *const parts[PARTS] = {"cur", "new", "tmp"};

bool maildir_part(const char *name)
{
    int i;

    for (i = 0; i < PARTS && strcmp(name, parts[i]) != 0; i++)
        continue;
    return i < PARTS;
}

bool maildir_is(const char *path, int64_t *mtime_ns)
{
    int64_t latest = 0;
    int i;

    for (i = 0; i < PARTS; i++) {
        char *part = path_join(path, parts[i]);
        struct stat st;
        bool folder = stat(part, &st) == 0 && S_ISDIR(st.st_mode);
        int64_t mtime = folder ? path_changed(&st) : 0;

        free(part);
        if (!folder)
            return false;
        if (mtime > latest && strcmp(parts[i], "tmp") != 0)
            latest = mtime;
    }
    *mtime_ns = latest;
    return true;
}
