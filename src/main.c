/* SPDX-License-Identifier: ISC */
#include "cmd/command.h"

#include <locale.h>
#include <signal.h>
#include <stddef.h>

int main(int argc, char **argv)
{
    /* Character classes follow the reader's locale; numbers and dates in what scripts read must not. */
    setlocale(LC_CTYPE, "");
    /* A reader of our output who has seen enough must not cost the cache its orderly close. */
    signal(SIGPIPE, SIG_IGN);
    /* A file that has grown to what is allowed is a fault like a full disk, with a message, and no end. */
    signal(SIGXFSZ, SIG_IGN);
    return command_main(argc, (const char *const *)argv);
}
