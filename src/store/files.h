/* SPDX-License-Identifier: ISC */
/*
 * The files of a corpus as the cache knows them: what is new, changed, moved or gone, and what is still to be
 * read. Knows: store/cache. Owns: the tables file and fault. Fails: through the cache's sticky fault.
 */
#ifndef STORE_FILES_H
#define STORE_FILES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "store/cache.h"

struct file {
    int64_t id, root;
    char *name; /* path inside the root */
    uint64_t size, inode, device;
    int64_t mtime_ns;
    long records; /* read so far, where reading was interrupted */
    bool articles, faults; /* files_next: the cache has some of it */
};

void file_release(struct file *f);

enum files_verdict { FILES_SAME, FILES_NEW, FILES_CHANGED };

/* A comparison of a root with what the cache knows of it. Files are given in any order; it is fastest where
 * they come as source_walk gives them. All of it inside transactions. */
struct files_walk;

struct files_walk *files_walk_new(struct cache *c, int64_t root);
void files_walk_free(struct files_walk **w);

/* Says what f (id is not read) is; what is new or changed is put down as to be read. */
enum files_verdict files_walk_see(struct files_walk *w, const struct file *f);

/* After the last file: what became of those that were not seen. exists says whether there still is something
 * under a name (unreadable, say): such a file is left as it is. Otherwise it moved, if a new file has its
 * inode, size and time, or is gone: then gone is called, and its articles are to be removed by
 * cache_remove_file. Returns how many moved. */
long files_walk_end(struct files_walk *w, bool (*exists)(void *ctx, const char *name),
                    void (*gone)(void *ctx, int64_t id), void *ctx);

/* The first files to be read with ids above that one (0: of all), in the order of their ids, in which walks found them;
 * up to max, each to be released. Returns how many. */
size_t files_next(struct db *db, int64_t above, struct file *out, size_t max);

/* The id of the root with this path, 0 where there is none. */
int64_t files_root(struct db *db, const char *path);

/* Adds number and bytes of the files of a root that are to be read. */
void files_todo(struct cache *c, int64_t root, long *count, uint64_t *bytes);

/* How many records of a file are stored; done where it was read to its end. */
bool files_progress(struct cache *c, int64_t id, long records, bool done);

/* The next walk will find the file changed. */
bool files_doubt(struct cache *c, int64_t id);

/* A fault to list. file 0 for what concerns none. files_forget drops a file's faults before it is read again.
 */
bool files_add_fault(struct cache *c, int64_t file, const char *text);
bool files_forget(struct cache *c, int64_t file);
void files_each_fault(struct db *db, void (*fn)(void *ctx, const char *text), void *ctx);

/* The key of a name (store/schema.h): as many bytes as the name. */
void files_key(char *key, const char *name);

#endif
