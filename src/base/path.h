/* SPDX-License-Identifier: ISC */
/*
 * Names of files: joining, making folders, and the places that the XDG Base Directory Specification gives.
 * Knows: the environment (HOME, XDG_*, CUTTINGS_DATADIR). Owns: nothing; strings returned are the caller's.
 * Fails: with a struct err where the file system says no.
 */
#ifndef BASE_PATH_H
#define BASE_PATH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>

#include "base/err.h"

/* folder and name with one slash between; name alone where folder is "" or name is absolute. */
char *path_join(const char *folder, const char *name);

/* What follows the last slash; borrowed from path. "/" and "" give themselves. */
const char *path_base(const char *path);

/* Sorts names by their bytes, which no locale changes. */
void path_sort(char **names, size_t count);

/* path made absolute and free of ".", ".." and links where it exists; else a copy. */
char *path_real(const char *path);

/* When the file that st describes was changed last, in nanoseconds since 1970. */
int64_t path_changed(const struct stat *st);

/* Makes the folder and those above it with mode 0700. */
bool path_make_folder(const char *folder, struct err *e);

/* The three places of the user, each ending in "/cuttings"; not made. */
char *path_config_home(void); /* XDG_CONFIG_HOME, else ~/.config */
char *path_data_home(void);   /* XDG_DATA_HOME, else ~/.local/share */
char *path_cache_home(void);  /* XDG_CACHE_HOME, else ~/.cache */

/* The program's own data: CUTTINGS_DATADIR, else "data" beside the program (a link in the folder where it
 * was built), else the folder fixed when it was configured; name is put behind it. */
char *path_program_data(const char *name);

/* The program's own code that is loaded when it is needed: beside the program, else in the folder fixed when
 * it was configured. */
char *path_program_part(const char *name);

#endif
