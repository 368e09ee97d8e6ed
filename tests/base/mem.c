/* SPDX-License-Identifier: ISC */
#include "../check.h"

#include "base/mem.h"

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

CHECK(copies)
{
    char *s = mem_strdup("press");

    assert_string_equal(s, "press");
    free(s);
    assert_null(mem_strdup(NULL));
    s = mem_strndup("press", 3);
    assert_string_equal(s, "pre");
    free(s);
    free(mem_alloc(0));
}

CHECK(zeroed)
{
    int *n = mem_zalloc(100, sizeof *n), i;

    for (i = 0; i < 100; i++)
        assert_int_equal(n[i], 0);
    free(n);
}

CHECK(grows_by_doubling)
{
    int *n = NULL, grown = 0;
    size_t cap = 0, count, last = 0;

    for (count = 0; count < 10000; count++) {
        mem_grow(&n, &cap, count + 1, sizeof *n);
        grown += cap != last;
        last = cap;
        n[count] = (int)count;
    }
    for (count = 0; count < 10000; count++)
        assert_int_equal(n[count], count);
    assert_true(cap >= 10000 && grown < 15);
    free(n);
}

static void say_restored(void)
{
    if (write(STDOUT_FILENO, "R", 1) != 1)
        _exit(9);
}

enum ask { ASK_ALLOC, ASK_RESIZE, ASK_GROW, ASK_PRODUCT, ASK_COUNT };

/* What a child says and with which status it ends when it wants what no machine has. */
static int exhaust(enum ask ask, char said[64])
{
    int ends[2], status;
    ssize_t n, len = 0;
    size_t cap = 1;
    pid_t child;
    void *block = NULL;

    assert_int_equal(pipe(ends), 0);
    child = fork();
    if (child == 0) {
        struct rlimit core = {0, 0};

        setrlimit(RLIMIT_CORE, &core);
        dup2(ends[1], STDOUT_FILENO);
        dup2(ends[1], STDERR_FILENO);
        mem_on_exhausted(say_restored);
        if (ask == ASK_ALLOC)
            block = mem_alloc(SIZE_MAX / 2);
        else if (ask == ASK_RESIZE)
            block = mem_resize(NULL, SIZE_MAX / 2, 4); /* the product overflows */
        else if (ask == ASK_GROW)
            mem_grow(&block, &cap, SIZE_MAX, 1);
        else
            block = mem_zalloc(SIZE_MAX / 2, 4);
        _exit(block ? 1 : 0);
    }
    close(ends[1]);
    while ((n = read(ends[0], said + len, (size_t)(63 - len))) > 0)
        len += n;
    said[len] = '\0';
    close(ends[0]);
    assert_int_equal(waitpid(child, &status, 0), child);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

CHECK(exhaustion_ends_the_program_with_one_line)
{
    char said[64];
    int ask;

#if CHECK_SANITIZED
    skip(); /* the sanitizer ends the program in its own way */
#endif
    for (ask = ASK_ALLOC; ask < ASK_COUNT; ask++) {
        assert_int_equal(exhaust((enum ask)ask, said), 3);
        assert_string_equal(said, "Rcuttings: out of memory\n");
    }
}

static int by_byte(const void *a, const void *b)
{
    return *(const char *)a - *(const char *)b;
}

CHECK(sorts_also_what_is_not_there)
{
    char letters[] = "cab";

    mem_sort(letters, 3, 1, by_byte);
    assert_string_equal(letters, "abc");
    mem_sort(NULL, 0, 1, by_byte);
}

CHECK_MAIN(T(copies), T(zeroed), T(grows_by_doubling), T(sorts_also_what_is_not_there),
           T(exhaustion_ends_the_program_with_one_line))
