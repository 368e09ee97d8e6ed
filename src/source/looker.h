/* SPDX-License-Identifier: ISC */
/*
 * Asking the file system what the entries of a folder are, which is most of what a walk over known files takes: two
 * threads do it in half the time. Knows: the file system. Owns: the second thread, which is made for the first folder
 * of many entries. Fails: where there can be no thread, one does it all.
 */
#ifndef SOURCE_LOOKER_H
#define SOURCE_LOOKER_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/stat.h>

/* What an entry is, or leads to. */
struct looker_entry {
    struct stat st;
    int fault; /* the errno of why it is not known, 0 */
    bool link; /* it is a symbolic link */
};

struct looker;

struct looker *looker_new(void);
void looker_free(struct looker **l);

/* Looks at the entries with these names in the folder that is open as folder. */
void looker_look(struct looker *l, int folder, char *const *names, size_t count, struct looker_entry *entries);

#endif
