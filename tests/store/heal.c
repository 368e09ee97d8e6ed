/* SPDX-License-Identifier: ISC */
/* Making and telling caches, with other processes at the same file at the same time. */
#include "../check.h"

#include "base/path.h"
#include "sample.h"
#include "store/heal.h"

#include <sys/wait.h>
#include <unistd.h>

enum { PROCESSES = 6, ROUNDS = 12 };

/* All wait at one pipe, so that they begin together. */
static void race(const char *path)
{
    int gate[2], i, status;
    char c;

    assert_int_equal(pipe(gate), 0);
    for (i = 0; i < PROCESSES; i++) {
        if (fork() == 0) {
            struct err e = ERR_INIT;
            enum heal_state state;

            close(gate[1]);
            if (read(gate[0], &c, 1) != 0)
                _exit(9);
            state = heal_prepare(path, &e);
            if (state > HEAL_MADE)
                fprintf(stderr, "%s\n", e.text);
            _exit(state > HEAL_MADE);
        }
    }
    close(gate[0]);
    close(gate[1]);
    for (i = 0; i < PROCESSES; i++) {
        wait(&status);
        assert_int_equal(status, 0);
    }
    assert_true(heal_is_cache(path));
}

CHECK(many_make_one_cache)
{
    const char *folder = sample_folder();
    char name[20];
    int i;

    for (i = 0; i < ROUNDS; i++) {
        snprintf(name, sizeof name, "race-%d.db", i);
        race(sample_path(folder, name));
    }
}

CHECK_MAIN(T(many_make_one_cache))
