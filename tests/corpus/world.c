/* SPDX-License-Identifier: ISC */
#include "world.h"

#include <ftw.h>
#include <glob.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

static char home[64];

int world_set_up(void **state)
{
    (void)state;
    snprintf(home, sizeof home, "/tmp/cuttings-test-XXXXXX");
    if (!mkdtemp(home) || mkdir(world_corpus(), 0755) != 0)
        return -1;
    setenv("HOME", home, 1);
    unsetenv("XDG_CACHE_HOME");
    unsetenv("XDG_DATA_HOME");
    unsetenv("XDG_CONFIG_HOME");
    return 0;
}

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *where)
{
    (void)st;
    (void)type;
    (void)where;
    return remove(path);
}

int world_tear_down(void **state)
{
    (void)state;
    return nftw(home, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

const char *world_path(const char *name)
{
    static char path[8][300];
    static int next;
    char *p = path[next++ % 8];

    snprintf(p, 300, "%s/%s", home, name);
    return p;
}

const char *world_corpus(void)
{
    return world_path("press");
}

void world_put(const char *name, const char *text)
{
    char inside[200];
    FILE *f;

    snprintf(inside, sizeof inside, "press/%s", name);
    f = fopen(world_path(inside), "w");
    assert_non_null(f);
    fputs(text, f);
    fclose(f);
}

void world_damage(const char *name, long from, const char *bytes, size_t len)
{
    FILE *f = fopen(name[0] == '/' ? name : world_path(name), "r+");

    assert_non_null(f);
    assert_int_equal(fseek(f, from, SEEK_SET), 0);
    assert_int_equal(fwrite(bytes, 1, len, f), len);
    fclose(f);
}

const char *world_find(const char *pattern)
{
    static char found[300];
    glob_t g;

    assert_int_equal(glob(world_path(pattern), GLOB_PERIOD, NULL, &g), 0);
    snprintf(found, sizeof found, "%s", g.gl_pathv[0]);
    globfree(&g);
    return found;
}

bool world_wait(int fd)
{
    enum { PATIENCE_MS = 30000 };
    struct pollfd p = {.fd = fd, .events = POLLIN};
    char byte;

    assert_int_equal(poll(&p, 1, PATIENCE_MS), 1);
    return read(fd, &byte, 1) == 1;
}

void world_remove(const char *name)
{
    assert_int_equal(nftw(world_path(name), remove_one, 16, FTW_DEPTH | FTW_PHYS), 0);
}
