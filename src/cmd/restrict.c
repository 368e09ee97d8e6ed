/* SPDX-License-Identifier: ISC */
#include "cmd/restrict.h"

#include "base/confine.h"
#include "base/mem.h"
#include "base/path.h"
#include "cmd/output.h"
#include "conf/config.h"

#include <stdlib.h>
#include <string.h>

static const char *secure(void)
{
    const char *value = getenv("CUTTINGS_SECURE");

    return value && value[0] && strcmp(value, "0") != 0 ? value : NULL;
}

bool restrict_is_wanted(const struct command_call *call)
{
    return call->value[OPTION_RESTRICTED] || secure();
}

static void let_read(struct confine *c, char *path)
{
    confine_let(c, path, false);
    free(path);
}

/* Where one cannot be made, reading goes on without it and says so. */
static void make_home(char *home)
{
    struct err e = ERR_INIT;

    path_make_folder(home, &e);
    free(home);
}

static void let_state(struct confine *c)
{
    char *home = path_data_home();

    make_home(mem_strdup(home));
    confine_let(c, home, true);
    free(home);
}

static void let_cache(struct confine *c, const char *file)
{
    char *real = path_real(file);

    confine_let_beside(c, real, true);
    free(real);
}

static void let_all(struct confine *c, const struct command_call *call)
{
    const char *home = getenv("HOME"), *terminfo = getenv("TERMINFO");
    size_t i;

    make_home(path_cache_home());
    confine_let_program(c);
    confine_let(c, "/dev/tty", true);
    confine_let(c, "/dev/null", true);
    confine_let(c, terminfo, false);
    if (home && home[0])
        let_read(c, path_join(home, ".terminfo"));
    let_read(c, config_path());
    if (!call->value[OPTION_EPHEMERAL])
        let_state(c);
    if (call->value[OPTION_CACHE])
        let_cache(c, call->value[OPTION_CACHE]);
    for (i = 0; i < (size_t)call->arg_count; i++)
        let_read(c, path_real(call->args[i]));
    for (i = 0; i < (size_t)call->corpus_count; i++)
        let_read(c, path_real(call->corpora[i]));
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
