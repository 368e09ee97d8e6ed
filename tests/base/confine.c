/* SPDX-License-Identifier: ISC */
/* A child that confined itself tries what it must not be able to do, and what it still must. */
#include "../check.h"

#include "base/buf.h"
#include "base/confine.h"
#include "base/path.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#define TEMPLATE "/tmp/cuttings-test-XXXXXX"

struct folders {
    char top[40];
    char *read, *write, *other;
};

static char *put(const char *folder, const char *name)
{
    char *path = path_join(folder, name);
    int fd = open(path, O_CREAT | O_WRONLY, 0600);

    assert_true(fd >= 0 && write(fd, "x", 1) == 1);
    close(fd);
    return path;
}

static void make(struct folders *f)
{
    memcpy(f->top, TEMPLATE, sizeof TEMPLATE);
    assert_non_null(mkdtemp(f->top));
    f->read = path_join(f->top, "read");
    f->write = path_join(f->top, "write");
    f->other = path_join(f->top, "other");
    assert_int_equal(mkdir(f->read, 0700) + mkdir(f->write, 0700) + mkdir(f->other, 0700), 0);
    free(put(f->read, "a"));
    free(put(f->other, "a"));
}

static void clear(struct folders *f)
{
    char *files[] = {path_join(f->read, "a"), path_join(f->other, "a")};
    size_t i;

    for (i = 0; i < 2; i++) {
        assert_int_equal(unlink(files[i]), 0);
        free(files[i]);
    }
    assert_int_equal(rmdir(f->read) + rmdir(f->write) + rmdir(f->other) + rmdir(f->top), 0);
    free(f->read);
    free(f->write);
    free(f->other);
}

static bool can_open(const char *folder, const char *name, int flags)
{
    char *path = path_join(folder, name);
    int fd = open(path, flags, 0600);

    free(path);
    if (fd >= 0)
        close(fd);
    return fd >= 0;
}

static void *nothing(void *ctx)
{
    return ctx;
}

/* Letters for what went wrong; none is right. */
static void try_files(const struct folders *f, struct buf *wrong)
{
    char *path = path_join(f->write, "new");

    if (!can_open(f->read, "a", O_RDONLY))
        buf_add_str(wrong, " cannot read what it may");
    if (can_open(f->read, "a", O_WRONLY) || can_open(f->read, "b", O_CREAT | O_WRONLY))
        buf_add_str(wrong, " writes where it may read");
    if (can_open(f->other, "a", O_RDONLY) || can_open("/etc", "passwd", O_RDONLY) || can_open("/", ".", O_RDONLY))
        buf_add_str(wrong, " reads what it may not");
    if (can_open(f->other, "b", O_CREAT | O_WRONLY) || can_open("/tmp", "cuttings-test", O_CREAT | O_WRONLY))
        buf_add_str(wrong, " writes where it may not");
    if (!can_open(f->write, "new", O_CREAT | O_RDWR) || !can_open(f->write, "new", O_WRONLY | O_TRUNC) ||
        unlink(path) != 0)
        buf_add_str(wrong, " cannot write where it may");
    free(path);
}

static void try_calls(struct buf *wrong)
{
    static char *const program[] = {(char *)"true", NULL};
    pthread_t thread;
    char c = 'x';
    pid_t pid;

    if (execv("/bin/true", program) != -1)
        buf_add_str(wrong, " starts a program");
    if (socket(AF_INET, SOCK_STREAM, 0) >= 0 || socket(AF_UNIX, SOCK_STREAM, 0) >= 0)
        buf_add_str(wrong, " opens a socket");
    pid = fork();
    if (pid == 0)
        _exit(0);
    if (pid > 0)
        buf_add_str(wrong, " makes a process");
    errno = 0;
    if (ioctl(0, TIOCSTI, &c) == 0 || errno != EPERM)
        buf_add_str(wrong, " types for others");
    if (pthread_create(&thread, NULL, nothing, NULL) != 0 || pthread_join(thread, NULL) != 0)
        buf_add_str(wrong, " has no threads");
}

static void child(const struct folders *f, int out)
{
    struct confine *c = confine_new();
    struct err e = ERR_INIT;
    struct buf wrong;
    unsigned got;

    buf_init(&wrong);
    confine_let(c, f->read, false);
    confine_let(c, f->write, true);
    confine_let(c, NULL, true);
    confine_let(c, "/nonexistent/folder", true);
    if (!confine_begin(c, &got, &e))
        buf_add_str(&wrong, e.text);
    if (got != confine_can())
        buf_add_str(&wrong, " keeps less than it promised");
    if (got & CONFINE_FILES)
        try_files(f, &wrong);
    if (got & CONFINE_CALLS)
        try_calls(&wrong);
    if (write(out, wrong.data, wrong.len) < 0)
        _exit(1);
    _exit(0); /* no atexit handler of a sanitizer runs: it would look for files */
}

CHECK(holds_from_inside)
{
    struct folders f;
    char wrong[400];
    ssize_t got;
    int ends[2], status;
    pid_t pid;

    if (confine_can() == 0)
        skip();
    make(&f);
    assert_int_equal(pipe(ends), 0);
    pid = fork();
    if (pid == 0)
        child(&f, ends[1]);
    close(ends[1]);
    got = read(ends[0], wrong, sizeof wrong - 1);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(got >= 0);
    wrong[got] = '\0';
    assert_string_equal(wrong, "");
    assert_int_equal(status, 0);
    close(ends[0]);
    clear(&f);
}

/* The linker puts this in the place of the call of this program's own code. */
int __real_pthread_create(pthread_t *thread, const pthread_attr_t *attr, void *(*fn)(void *), void *ctx);
int __wrap_pthread_create(pthread_t *thread, const pthread_attr_t *attr, void *(*fn)(void *), void *ctx);

static bool no_threads;

int __wrap_pthread_create(pthread_t *thread, const pthread_attr_t *attr, void *(*fn)(void *), void *ctx)
{
    return no_threads ? EAGAIN : __real_pthread_create(thread, attr, fn, ctx);
}

static void note(void *ctx)
{
    *(bool *)ctx = true;
}

CHECK(nothing_runs_unconfined_where_no_thread_can_be_had)
{
    struct confine *c = confine_new();
    struct err e = ERR_INIT;
    bool called = false;

    confine_let_program(c);
    no_threads = true;
    assert_false(confine_run(c, note, &called, &e));
    no_threads = false;
    assert_false(called);
    assert_non_null(strstr(e.text, strerror(EAGAIN)));
    err_clear(&e);
    assert_true(confine_run(c, note, &called, &e));
    assert_true(called);
    confine_free(&c);
}

/* As where descriptors were short: the set could not be made, though the kernel knows how. */
CHECK(it_is_said_where_files_could_not_be_named)
{
    struct err e = ERR_INIT;
    bool called = false;
    struct rlimit kept, none;
    struct confine *c;

    if (!(confine_can() & CONFINE_FILES))
        skip();
    assert_int_equal(getrlimit(RLIMIT_NOFILE, &kept), 0);
    none = kept;
    none.rlim_cur = 0;
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &none), 0);
    c = confine_new();
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &kept), 0);
    assert_true(confine_run(c, note, &called, &e));
    assert_true(called);
    assert_non_null(strstr(e.text, "cannot confine"));
    confine_free(&c);
}

CHECK_MAIN(T(holds_from_inside), T(nothing_runs_unconfined_where_no_thread_can_be_had),
           T(it_is_said_where_files_could_not_be_named))
