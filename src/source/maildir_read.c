/* SPDX-License-Identifier: ISC */
#include "source/maildir.h"

#include "base/mem.h"
#include "base/path.h"
#include "source/mailthread.h"
#include "source/stream.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Adds the names of the messages in one part to *names, as paths below the Maildir. */
static void list_part(struct job *j, const char *part, struct arena *arena, char ***names, size_t *count,
                      size_t *cap)
{
    char *folder = path_join(j->path, part);
    DIR *dir = opendir(folder);
    const struct dirent *entry;

    if (!dir)
        job_refused(j, "%s: %s", part, strerror(errno));
    while (dir && (entry = readdir(dir))) {
        char *name;

        if (entry->d_name[0] == '.')
            continue;
        name = path_join(part, entry->d_name);
        mem_grow(names, cap, *count + 1, sizeof **names);
        (*names)[(*count)++] = arena_strndup(arena, name, strlen(name));
        free(name);
    }
    if (dir)
        closedir(dir);
    free(folder);
}

/* A message that is gone meanwhile was marked or moved by another program: no fault. */
static void add_file(struct job *j, struct spill *spill, const char *below)
{
    char *path = path_join(j->path, below), *name = mem_strdup(path_base(below));
    struct stat st;
    int fd = stream_open_file(path, &st);
    struct arena arena;
    struct stream s;
    const char *bytes;
    struct mail m;
    size_t len;

    if (fd < 0 && errno == 0)
        job_unit_fault(j, "%s: not a regular file", below);
    else if (fd < 0 && errno != ENOENT)
        job_refused(j, "%s: %s", below, strerror(errno));
    if (fd >= 0) {
        stream_init_fd(&s, fd, (uint64_t)st.st_size);
        arena_init(&arena);
        len = stream_rest(&s, &bytes);
        if (s.refused) {
            job_refused(j, "%s: %s", below, stream_fault(&s)->text);
        } else if (stream_fault(&s)) {
            job_unit_fault(j, "%s: %s", below, stream_fault(&s)->text);
        } else {
            name[strcspn(name, ":")] = '\0';
            mail_read(bytes, len, &arena, &m);
            mailthread_add(spill, &m, name, &arena);
        }
        arena_release(&arena);
        stream_release(&s);
        close(fd);
    }
    free(name);
    free(path);
}

void maildir_read(struct job *j)
{
    struct arena arena;
    struct spill spill;
    char **names = NULL;
    size_t count = 0, cap = 0, i;

    arena_init(&arena);
    list_part(j, "cur", &arena, &names, &count, &cap);
    list_part(j, "new", &arena, &names, &count, &cap);
    path_sort(names, count);
    spill_init(&spill);
    spill.nearest = true;
    for (i = 0; i < count && spill.fault.status == ERR_NONE; i++)
        add_file(j, &spill, names[i]);
    free(names);
    arena_release(&arena);
    spill_give(&spill, j);
    spill_release(&spill);
}
