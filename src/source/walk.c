/* SPDX-License-Identifier: ISC */
#include "source/source.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/mem.h"
#include "base/path.h"
#include "source/looker.h"
#include "source/maildir.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    DEEPEST = 100, /* folders below each other; one descriptor is open for each */
    LOOKS = 1024,  /* entries of a folder that are looked at together */
};

struct folder_id {
    dev_t device;
    ino_t inode;
};

struct walk {
    source_file_fn *fn;
    source_fault_fn *fault;
    void *ctx;
    struct buf path;
    size_t name_at;        /* where the name inside the corpus begins in path */
    size_t linked;         /* as in struct source_file */
    struct folder_id *seen; /* every folder visited: links can lead to one again */
    size_t seen_count, seen_cap;
    int depth;
    struct looker *looker;
};

static bool give_file(struct walk *w, const struct stat *st, int64_t mtime_ns)
{
    struct source_file file = {.path = w->path.data,
                               .name = w->path.data + w->name_at,
                               .linked = w->linked,
                               .device = st->st_dev,
                               .inode = st->st_ino,
                               .size = (uint64_t)st->st_size,
                               .mtime_ns = mtime_ns};

    return w->fn(w->ctx, &file);
}

static void report(const struct walk *w, const char *what)
{
    struct err e = ERR_INIT;

    err_set(&e, ERR_IO, "%s: %s", w->path.data, what);
    w->fault(w->ctx, &e);
}

/* Whether the folder is new; then it is remembered. Few corpora have many folders: a sorted array will do. */
static bool is_new(struct walk *w, const struct stat *st)
{
    struct folder_id id = {st->st_dev, st->st_ino};
    size_t low = 0, high = w->seen_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct folder_id *other = &w->seen[middle];

        if (other->device == id.device && other->inode == id.inode)
            return false;
        if (other->device < id.device || (other->device == id.device && other->inode < id.inode))
            low = middle + 1;
        else
            high = middle;
    }
    mem_grow(&w->seen, &w->seen_cap, w->seen_count + 1, sizeof id);
    memmove(&w->seen[low + 1], &w->seen[low], (w->seen_count - low) * sizeof id);
    w->seen[low] = id;
    w->seen_count++;
    return true;
}

/* The names in the folder, sorted, in the arena; the array is to be freed. *fault is the errno of what kept it from
 * being read to its end, 0 for nothing. */
static char **names_of(DIR *dir, struct arena *arena, size_t *count, int *fault)
{
    const struct dirent *entry;
    char **names = NULL;
    size_t cap = 0;

    *count = 0;
    while (errno = 0, (entry = readdir(dir))) {
        if (entry->d_name[0] == '.')
            continue;
        mem_grow(&names, &cap, *count + 1, sizeof *names);
        names[(*count)++] = arena_strndup(arena, entry->d_name, strlen(entry->d_name));
    }
    *fault = errno;
    path_sort(names, *count);
    return names;
}

static bool walk_folder(struct walk *w, int fd);

/* Whether the names have those of a Maildir among them: looked for before the file system is asked. */
static bool may_be_maildir(char *const *names, size_t count)
{
    size_t i, found = 0;

    for (i = 0; i < count; i++)
        found += maildir_part(names[i]);
    return found == 3;
}

/* Gives the Maildir at w->path as one file, whose size is unknown. */
static bool give_maildir(struct walk *w, int folder, int64_t mtime_ns)
{
    struct stat st;

    if (fstat(folder, &st) != 0)
        return true;
    st.st_size = 0;
    if (w->depth == 0)
        w->name_at = (size_t)(path_base(w->path.data) - w->path.data);
    return give_file(w, &st, mtime_ns);
}

static bool walk_entry(struct walk *w, int folder, const char *name, const struct looker_entry *look)
{
    const struct stat *st = &look->st;
    int fd;

    if (look->link)
        w->linked = w->path.len;
    if (look->fault) {
        if (look->link || look->fault != ENOENT) /* what vanishes meanwhile is no fault */
            report(w, look->fault == ENOENT ? "a link to nothing" : strerror(look->fault));
        return true;
    }
    if (S_ISREG(st->st_mode))
        return give_file(w, st, path_changed(st));
    if (!S_ISDIR(st->st_mode)) {
        report(w, "neither a file nor a folder");
        return true;
    }
    if (!is_new(w, st))
        return true;
    if (w->depth >= DEEPEST) {
        report(w, "folders too deep");
        return true;
    }
    fd = openat(folder, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) {
        if (errno != ENOENT)
            report(w, strerror(errno));
        return true;
    }
    return walk_folder(w, fd);
}

/* Visits these entries of the folder whose path is in w->path. */
static bool walk_entries(struct walk *w, int folder, char *const *names, size_t count, struct looker_entry *looks)
{
    size_t here = w->path.len, linked = w->linked, i, at;
    bool go_on = true;

    for (i = 0; i < count && go_on; i++) {
        at = i % LOOKS;
        if (at == 0)
            looker_look(w->looker, folder, names + i, count - i < LOOKS ? count - i : LOOKS, looks);
        if (here == 0 || w->path.data[here - 1] != '/')
            buf_add_char(&w->path, '/');
        if (w->depth == 1)
            w->name_at = w->path.len;
        buf_add_str(&w->path, names[i]);
        go_on = walk_entry(w, folder, names[i], &looks[at]);
        buf_truncate(&w->path, here);
        w->linked = linked;
    }
    return go_on;
}

/* Leaves out what a Maildir is made of: that is given as one file. */
static size_t drop_parts(char **names, size_t count)
{
    size_t kept = 0, i;

    for (i = 0; i < count; i++) {
        if (!maildir_part(names[i]))
            names[kept++] = names[i];
    }
    return kept;
}

/* Visits what is in the folder open as fd, whose path is in w->path; closes fd. */
static bool walk_folder(struct walk *w, int fd)
{
    struct arena arena;
    struct looker_entry *looks;
    char **names;
    bool go_on = true;
    int64_t mtime_ns;
    size_t count;
    int fault;
    DIR *dir = fdopendir(fd);

    if (!dir) {
        report(w, strerror(errno));
        close(fd);
        return true;
    }
    arena_init(&arena);
    names = names_of(dir, &arena, &count, &fault);
    if (fault)
        report(w, strerror(fault));
    if (may_be_maildir(names, count) && maildir_is(w->path.data, &mtime_ns)) {
        go_on = give_maildir(w, dirfd(dir), mtime_ns);
        count = drop_parts(names, count);
    }
    w->depth++;
    looks = mem_zalloc(count < LOOKS ? count : LOOKS, sizeof *looks);
    go_on = go_on && walk_entries(w, dirfd(dir), names, count, looks);
    w->depth--;
    free(looks);
    free(names);
    arena_release(&arena);
    closedir(dir);
    return go_on;
}

bool source_walk(const char *path, source_file_fn *fn, source_fault_fn *fault, void *ctx, struct err *e)
{
    struct walk w = {.fn = fn, .fault = fault, .ctx = ctx};
    struct stat st;
    int fd;

    if (stat(path, &st) != 0)
        return err_sys(e, "cannot open '%s'", path);
    if (!S_ISREG(st.st_mode) && !S_ISDIR(st.st_mode))
        return err_set(e, ERR_IO, "cannot open '%s': neither a file nor a folder", path);
    /* Opening says what stat does not: whether it may be read. A FIFO put in its place meanwhile must not
     * hold us up. */
    fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (fd < 0)
        return err_sys(e, "cannot open '%s'", path);
    buf_init(&w.path);
    buf_add_str(&w.path, path);
    if (S_ISDIR(st.st_mode)) {
        is_new(&w, &st);
        w.looker = looker_new();
        walk_folder(&w, fd);
        looker_free(&w.looker);
    } else {
        close(fd);
        w.name_at = (size_t)(path_base(path) - path);
        give_file(&w, &st, path_changed(&st));
    }
    free(w.seen);
    buf_release(&w.path);
    return true;
}

char *source_path(const char *path, const char *name)
{
    struct stat st;
    int64_t mtime_ns;

    if (strcmp(name, path_base(path)) == 0 &&
        (strcmp(path, "-") == 0 || stat(path, &st) != 0 || !S_ISDIR(st.st_mode) || maildir_is(path, &mtime_ns)))
        return mem_strdup(path);
    return path_join(path, name);
}
