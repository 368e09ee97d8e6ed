/* SPDX-License-Identifier: ISC */
#include "cmd/names.h"

#include "cmd/output.h"
#include "conf/config.h"
#include "source/source.h"

#include <stdlib.h>
#include <string.h>

static bool take_line(void *ctx, int count, char *const *word, struct err *e)
{
    int i;

    if (strcmp(word[0], "field") != 0)
        return true;
    if (count < 3)
        return err_set(e, ERR_USAGE, "'field' wants a field and the names it has");
    for (i = 2; i < count; i++)
        if (!source_name(word[1], word[i], e))
            return false;
    (void)ctx;
    return true;
}

static void complain(void *ctx, const char *text)
{
    (void)ctx;
    output_complain(text);
}

void names_configure(void)
{
    char *path = config_path();

    config_read(path, true, take_line, complain, NULL);
    free(path);
}
