/* SPDX-License-Identifier: ISC */
#include "cmd/restrict.h"

#include "base/confine.h"
#include "base/mem.h"
#include "base/path.h"
#include "cmd/output.h"
#include "conf/config.h"

#include <stdlib.h>
#include <string.h>

/* What belongs to the system and is everybody's to read: libraries, terminals, time zones, languages. */
static const char *const system_places[] = {
    "/lib",           "/lib64",        "/usr/lib",         "/usr/lib64",   "/usr/local/lib", "/usr/share",
    "/usr/local/share", "/etc/terminfo", "/etc/localtime", "/etc/ld.so.cache", "/dev/urandom",
};

static const char *secure(void)
{
    const char *value = getenv("CUTTINGS_SECURE");

    return value && value[0] && strcmp(value, "0") != 0 ? value : NULL;
}

bool restrict_is_wanted(const struct command_call *call)
{
    return call->value[OPTION_RESTRICTED] || secure();
}

/* Makes the folder, lets it be written, and gives it back. */
static void let_home(struct confine *c, char *home)
{
    struct err e = ERR_INIT;

    /* Where it cannot be made, reading goes on in memory and says so. */
    path_make_folder(home, &e);
    confine_let(c, home, true);
    free(home);
}

static void let_read(struct confine *c, char *path)
{
    confine_let(c, path, false);
    free(path);
}

static void let_cache(struct confine *c, const char *file)
{
    char *folder, *real;

    if (!file)
        return;
    folder = mem_strndup(file, (size_t)(path_base(file) - file));
    real = path_real(folder[0] ? folder : ".");
    confine_let(c, real, true);
    free(real);
    free(folder);
}

static void let_all(struct confine *c, const struct command_call *call)
{
    const char *home = getenv("HOME"), *terminfo = getenv("TERMINFO");
    size_t i;

    for (i = 0; i < sizeof system_places / sizeof system_places[0]; i++)
        confine_let(c, system_places[i], false);
    confine_let(c, "/dev/tty", true);
    confine_let(c, "/dev/null", true);
    confine_let(c, terminfo, false);
    if (home && home[0])
        let_read(c, path_join(home, ".terminfo"));
    let_read(c, path_program_data("."));
    let_read(c, path_program_part("readers.so"));
    let_read(c, path_config_home());
    let_read(c, config_path());
    let_home(c, path_cache_home());
    if (!call->value[OPTION_EPHEMERAL])
        let_home(c, path_data_home());
    let_cache(c, call->value[OPTION_CACHE]);
    for (i = 0; i < (size_t)call->arg_count; i++)
        let_read(c, path_real(call->args[i]));
}

/* Temporary files go where the cache goes. */
static void move_temporary_files(void)
{
    char *home = path_cache_home();

    setenv("TMPDIR", home, 1);
    unsetenv("SQLITE_TMPDIR");
    free(home);
}

int restrict_begin(const struct command_call *call)
{
    struct confine *c;
    struct err e = ERR_INIT;
    unsigned got = 0;

    if (confine_can() != CONFINE_ALL && !(secure() && strcmp(secure(), "weak") == 0)) {
        output_complain("this system cannot confine the program (see 'cuttings --version'); "
                        "CUTTINGS_SECURE=weak goes on");
        return ERR_IO;
    }
    c = confine_new();
    let_all(c, call);
    move_temporary_files();
    if (!confine_begin(c, &got, &e))
        output_complain(e.text);
    confine_free(&c);
    return e.status;
}

void restrict_describe(struct buf *out)
{
    unsigned can = confine_can();

    buf_add_fmt(out, "confinement: %s\n",
                can == CONFINE_ALL     ? "files (Landlock) and calls (seccomp)"
                : can == CONFINE_FILES ? "files (Landlock), not calls"
                : can == CONFINE_CALLS ? "calls (seccomp), not files"
                                       : "none");
}
