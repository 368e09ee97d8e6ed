/* SPDX-License-Identifier: ISC */
#include "corpus/own.h"

#include "base/path.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

char *own_path(void)
{
    char *home = path_data_home(), *path = path_join(home, "reading.db");

    free(home);
    return path;
}

struct state *own_state(bool *none, struct err *e)
{
    char *home = path_data_home(), *path = own_path(), *aside = NULL;
    struct state *s = NULL;

    if (none)
        *none = access(path, F_OK) != 0 && errno == ENOENT;
    if (none ? !*none : path_make_folder(home, e))
        s = state_open(path, true, &aside, e);
    free(aside);
    free(path);
    free(home);
    return s;
}
