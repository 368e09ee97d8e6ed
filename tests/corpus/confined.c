/* SPDX-License-Identifier: ISC */
/* What a corpus is read and parsed by, in the ordinary mode, tries what it must not be able to do. */
#include "fake.h"
#include "world.h"

#include "base/buf.h"
#include "base/confine.h"
#include "corpus/corpus.h"
#include "corpus/repair.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

static struct buf wrong; /* what could be done that must not, or could not that must */

static bool can_open(const char *path, int flags)
{
    int fd = open(path, flags, 0600);

    if (fd >= 0)
        close(fd);
    return fd >= 0;
}

static int tries;

static void try_harm(void)
{
    static char *const program[] = {(char *)"true", NULL};

    tries++;
    if (can_open("/etc/passwd", O_RDONLY) || can_open(world_path("secret"), O_RDONLY))
        buf_add_str(&wrong, " reads what is not of the corpus");
    if (can_open(world_path("press/a.txt"), O_WRONLY) || can_open(world_path("press/new"), O_CREAT | O_WRONLY) ||
        can_open(world_path("linked/there.txt"), O_WRONLY) || can_open(world_path("new"), O_CREAT | O_WRONLY))
        buf_add_str(&wrong, " writes what is not its own");
    if (execv("/bin/true", program) == 0 || fork() >= 0)
        buf_add_str(&wrong, " starts a program");
    if (socket(AF_INET, SOCK_STREAM, 0) >= 0 || socket(AF_UNIX, SOCK_STREAM, 0) >= 0)
        buf_add_str(&wrong, " opens a socket");
}

static void try_all(void)
{
    try_harm();
    if (!can_open(world_path("press/a.txt"), O_RDONLY) || !can_open(world_path("linked/there.txt"), O_RDONLY))
        buf_add_str(&wrong, " cannot read what is");
    if (!can_open(world_path(".cache/cuttings/x"), O_CREAT | O_WRONLY) ||
        !can_open(world_path(".local/share/cuttings/x"), O_CREAT | O_WRONLY))
        buf_add_str(&wrong, " cannot write cache and reading state");
}

/* The corpus itself is not asked, nor the reading state. */
static void try_corrected(void)
{
    try_harm();
    if (can_open(world_path("press/a.txt"), O_RDONLY))
        buf_add_str(&wrong, " reads the corpus");
    if (can_open(world_path(".local/share/cuttings/x"), O_CREAT | O_WRONLY))
        buf_add_str(&wrong, " writes the reading state");
}

/* How many of the program's threads the kernel says are confined, and, of *all, how many there are. */
static int confined(int *all)
{
    DIR *tasks = opendir("/proc/self/task");
    const struct dirent *entry;
    int count = 0;

    assert_non_null(tasks);
    for (*all = 0; (entry = readdir(tasks));) {
        char path[300], line[200];
        FILE *f;

        snprintf(path, sizeof path, "/proc/self/task/%s/status", entry->d_name);
        f = entry->d_name[0] == '.' ? NULL : fopen(path, "r");
        *all += f != NULL;
        while (f && fgets(line, sizeof line, f))
            count += strcmp(line, "Seccomp:\t2\n") == 0;
        if (f)
            fclose(f);
    }
    closedir(tasks);
    return count;
}

static struct corpus *open_world(bool foreground)
{
    const char *paths[] = {world_corpus()};
    struct corpus_options o = {.foreground = foreground, .wake = -1};
    struct err e = ERR_INIT;
    struct corpus *c;

    if (!corpus_open(&c, paths, 1, &o, &e))
        fail_msg("%s", e.text);
    return c;
}

static void put_outside(const char *path, const char *text)
{
    FILE *f = fopen(path, "w");

    assert_non_null(f);
    fputs(text, f);
    fclose(f);
}

CHECK(what_parses_can_do_no_harm)
{
    struct corpus *c;

    if (confine_can() != CONFINE_ALL)
        skip();
    buf_init(&wrong);
    world_put("a.txt", "Alpha\nText.\n");
    put_outside(world_path("secret"), "not of the corpus");
    assert_int_equal(mkdir(world_path("linked"), 0755), 0);
    put_outside(world_path("linked/there.txt"), "Omega\nText.\n");
    assert_int_equal(symlink(world_path("linked"), world_path("press/link")), 0);
    fake_inside(try_all);
    c = open_world(true);
    fake_inside(NULL);
    assert_string_equal(wrong.data, "");
    assert_int_equal(fake_parsed(), 2);
    assert_true(can_open("/etc/passwd", O_RDONLY)); /* this thread does as it likes */
    corpus_close(&c);
    buf_release(&wrong);
}

/* A correction, a rule made of it, the reasons of a line: each is the parser's answer while a key is pressed. */
CHECK(what_corrects_can_do_no_harm)
{
    static const char text[] = "Alpha\nText of it.\n";
    struct repair_rule rule;
    struct err e = ERR_INIT;
    struct article a;
    struct corpus *c;
    struct buf out;
    char *copy;
    int64_t id;

    if (confine_can() != CONFINE_ALL)
        skip();
    buf_init(&wrong);
    buf_init(&out);
    world_put("a.txt", text);
    put_outside(world_path("secret"), "not of the corpus");
    c = open_world(true);
    id = corpus_find(c, "a.txt", &e);
    assert_true(id > 0);
    assert_true(repair_line(c, id, FIX_BOILERPLATE, "Text of it.", 11, 6, &e) > 0);
    corpus_close(&c); /* what indexes follows a correction, and parses too: now it is done */
    c = open_world(true);
    fake_inside(try_corrected);
    tries = 0;
    article_init(&a);
    assert_true(corpus_article(c, id, &a, &copy, &e));
    assert_int_equal(tries, 1);
    article_release(&a);
    free(copy);
    repair_explain(c, id, 6, &out, &e);
    assert_int_equal(tries, 2);
    repair_propose(c, id, FIX_BOILERPLATE, 6, &rule, &e);
    repair_rule_release(&rule);
    assert_true(tries > 2);
    fake_inside(NULL);
    assert_string_equal(wrong.data, "");
    assert_true(can_open("/etc/passwd", O_RDONLY)); /* this thread does as it likes */
    corpus_close(&c);
    buf_release(&wrong);
    buf_release(&out);
}

static int gate[2], reached[2];

static void wait_at_gate(void)
{
    char byte;

    assert_int_equal(write(reached[1], "x", 1), 1);
    assert_int_equal(read(gate[0], &byte, 1), 1);
}

CHECK(the_kernel_says_so_of_every_thread_but_the_first)
{
    struct corpus *c;
    int before, all, held;

    if (confine_can() != CONFINE_ALL)
        skip();
    assert_int_equal(pipe(gate) + pipe(reached), 0);
    world_put("a.txt", "Alpha\nText.\n");
    assert_int_equal(confined(&before), 0); /* a sanitizer may have a thread of its own */
    fake_inside(wait_at_gate);
    c = open_world(false);
    assert_true(world_wait(reached[0]));
    held = confined(&all);
    assert_int_equal(held, all - before);
    assert_true(held >= 3); /* one that indexes, one that reads, one that parses */
    assert_int_equal(write(gate[1], "x", 1), 1);
    corpus_close(&c);
    fake_inside(NULL);
    assert_int_equal(confined(&all), 0);
}

CHECK_MAIN(W(what_parses_can_do_no_harm), W(what_corrects_can_do_no_harm),
           W(the_kernel_says_so_of_every_thread_but_the_first))
