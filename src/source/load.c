/* SPDX-License-Identifier: ISC */
#include "source/readers.h"

#include "base/mem.h"
#include "base/path.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

static pthread_once_t once = PTHREAD_ONCE_INIT;
static const struct source_readers *readers;
static struct err fault = ERR_INIT;

/* The part stays loaded until the program ends: its libraries may have threads and exit handlers of their own. */
static void load(void)
{
    char *path = path_program_part("readers.so");
    void *part = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    const struct source_readers *found = part ? dlsym(part, "source_readers") : NULL;

    if (!found)
        err_set(&fault, ERR_IO, "cuttings is not wholly installed, no file can be read: %s", dlerror());
    else if (strcmp(found->version, PACKAGE_VERSION) != 0)
        err_set(&fault, ERR_IO, "'%s' belongs to cuttings %s: install it again", path, found->version);
    else
        readers = found;
    if (readers)
        readers->on_exhausted(mem_before_end);
    free(path);
}

bool source_ready(struct err *e)
{
    pthread_once(&once, load);
    return readers || err_set(e, fault.status, "%s", fault.text);
}

bool source_read(const char *path, const char *name, long from, struct record *r, source_record_fn *fn,
                 source_fault_fn *fault_fn, void *ctx, struct source_tally *tally, struct err *e)
{
    return source_ready(e) && readers->read(path, name, from, r, fn, fault_fn, ctx, tally, e);
}

bool source_name(const char *field, const char *name, struct err *e)
{
    return source_ready(e) && readers->name(field, name, e);
}

bool source_find(const char *corpus, const char *locator, struct record *r, struct err *e)
{
    return source_ready(e) && readers->find(corpus, locator, r, e);
}
