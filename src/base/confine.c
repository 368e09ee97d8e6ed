/* SPDX-License-Identifier: ISC */
#define _GNU_SOURCE /* O_PATH, CLONE_THREAD */
#include "base/confine.h"

#include "base/mem.h"
#include "base/path.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#ifdef __linux__
#include <sched.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#endif
#ifdef HAVE_LANDLOCK
#include <linux/landlock.h>
#endif
#ifdef HAVE_LIBSECCOMP
#include <seccomp.h>
#endif

struct confine {
    int ruleset; /* Landlock's, -1 where there is none */
    bool failed; /* a path could not be put into it */
};

/* What belongs to the system and is everybody's to read: libraries, terminals, time zones, languages. */
static const char *const system_places[] = {
    "/lib",           "/lib64",        "/usr/lib",         "/usr/lib64",   "/usr/local/lib", "/usr/share",
    "/usr/local/share", "/etc/terminfo", "/etc/localtime", "/etc/ld.so.cache", "/dev/urandom",
};

#ifdef HAVE_LANDLOCK
/* Rights that headers older than the kernel may not name; numbers are the kernel's interface. */
enum {
    RIGHT_REFER = 1 << 13,    /* from the second version of the interface on */
    RIGHT_TRUNCATE = 1 << 14, /* from the third */
};

enum {
    RIGHTS_READ = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR,
    RIGHTS_WRITE = LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_REMOVE_DIR | LANDLOCK_ACCESS_FS_REMOVE_FILE |
                   LANDLOCK_ACCESS_FS_MAKE_DIR | LANDLOCK_ACCESS_FS_MAKE_REG | RIGHT_REFER | RIGHT_TRUNCATE,
    RIGHTS_OTHER = LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_MAKE_CHAR | LANDLOCK_ACCESS_FS_MAKE_SOCK |
                   LANDLOCK_ACCESS_FS_MAKE_FIFO | LANDLOCK_ACCESS_FS_MAKE_BLOCK | LANDLOCK_ACCESS_FS_MAKE_SYM,
    RIGHTS_OF_FILES = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE | RIGHT_TRUNCATE,
};

static long landlock_version(void)
{
    return syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
}

static uint64_t rights_known(void)
{
    long version = landlock_version();
    uint64_t rights = RIGHTS_READ | RIGHTS_WRITE | RIGHTS_OTHER;

    if (version < 3)
        rights &= ~(uint64_t)RIGHT_TRUNCATE;
    if (version < 2)
        rights &= ~(uint64_t)RIGHT_REFER;
    return rights;
}

static int new_ruleset(void)
{
    struct landlock_ruleset_attr attr = {.handled_access_fs = rights_known()};

    return (int)syscall(SYS_landlock_create_ruleset, &attr, sizeof attr, 0);
}

/* Puts what is open as fd into the set. */
static bool let_one(const struct confine *c, int fd, bool write)
{
    uint64_t rights = RIGHTS_READ | (write ? (uint64_t)RIGHTS_WRITE : 0);
    struct landlock_path_beneath_attr below = {.parent_fd = fd};
    struct stat st;

    if (fstat(fd, &st) != 0)
        return false;
    below.allowed_access = rights & rights_known() & (S_ISDIR(st.st_mode) ? ~UINT64_C(0) : (uint64_t)RIGHTS_OF_FILES);
    return syscall(SYS_landlock_add_rule, c->ruleset, LANDLOCK_RULE_PATH_BENEATH, &below, 0) == 0;
}

static bool confine_files(const struct confine *c, struct err *e)
{
    if (c->ruleset >= 0 && !c->failed && syscall(SYS_landlock_restrict_self, c->ruleset, 0) == 0)
        return true;
    return err_set(e, ERR_IO, "cannot confine the program to its files: the kernel refused");
}
#endif

#ifdef HAVE_LIBSECCOMP
/* What reaches beyond the process: programs, sockets, other processes, the kernel's own parts, and ways round. */
static const int refused[] = {
    SCMP_SYS(execve),        SCMP_SYS(execveat),          SCMP_SYS(fork),           SCMP_SYS(vfork),
    SCMP_SYS(socket),        SCMP_SYS(socketpair),        SCMP_SYS(connect),        SCMP_SYS(bind),
    SCMP_SYS(listen),        SCMP_SYS(accept),            SCMP_SYS(accept4),        SCMP_SYS(ptrace),
    SCMP_SYS(pidfd_getfd),   SCMP_SYS(process_vm_readv),  SCMP_SYS(process_vm_writev), SCMP_SYS(mount),
    SCMP_SYS(umount2),       SCMP_SYS(chroot),            SCMP_SYS(pivot_root),     SCMP_SYS(unshare),
    SCMP_SYS(setns),         SCMP_SYS(bpf),               SCMP_SYS(perf_event_open), SCMP_SYS(keyctl),
    SCMP_SYS(add_key),       SCMP_SYS(request_key),       SCMP_SYS(userfaultfd),    SCMP_SYS(io_uring_setup),
    SCMP_SYS(init_module),   SCMP_SYS(finit_module),      SCMP_SYS(delete_module),  SCMP_SYS(kexec_load),
    SCMP_SYS(open_by_handle_at), SCMP_SYS(reboot),        SCMP_SYS(swapon),         SCMP_SYS(personality),
};

/* A process is a clone without this; a thread has it. */
static bool refuse_processes(scmp_filter_ctx filter)
{
    const struct scmp_arg_cmp no_thread[] = {SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD, 0)};

    /* The flags of the newer call stand in memory, out of a filter's sight: "not there" makes the C library take the
     * older one. */
    return seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0) == 0 &&
           seccomp_rule_add_array(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(clone), 1, no_thread) == 0;
}

/* Characters put into the terminal's input would be the next reader's, a shell perhaps. */
static bool refuse_typing(scmp_filter_ctx filter)
{
    const struct scmp_arg_cmp typing[] = {SCMP_A1(SCMP_CMP_MASKED_EQ, UINT32_MAX, TIOCSTI)};
    const struct scmp_arg_cmp pasting[] = {SCMP_A1(SCMP_CMP_MASKED_EQ, UINT32_MAX, 0x541C)}; /* TIOCLINUX */

    return seccomp_rule_add_array(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(ioctl), 1, typing) == 0 &&
           seccomp_rule_add_array(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(ioctl), 1, pasting) == 0;
}

static bool confine_calls(struct err *e)
{
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
    bool ok = filter && refuse_processes(filter) && refuse_typing(filter);
    size_t i;

    for (i = 0; ok && i < sizeof refused / sizeof refused[0]; i++)
        ok = seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), refused[i], 0) == 0;
    if (!ok || seccomp_load(filter) != 0)
        ok = err_set(e, ERR_IO, "cannot confine the program: the kernel took no filter of calls");
    if (filter)
        seccomp_release(filter);
    return ok;
}
#endif

unsigned confine_can(void)
{
    unsigned can = 0;

#ifdef HAVE_LANDLOCK
    if (landlock_version() > 0)
        can |= CONFINE_FILES;
#endif
#ifdef HAVE_LIBSECCOMP
    if (prctl(PR_GET_SECCOMP, 0, 0, 0, 0) >= 0)
        can |= CONFINE_CALLS;
#endif
    return can;
}

struct confine *confine_new(void)
{
    struct confine *c = mem_zalloc(1, sizeof *c);

    c->ruleset = -1;
#ifdef HAVE_LANDLOCK
    if (confine_can() & CONFINE_FILES)
        c->ruleset = new_ruleset();
#endif
    return c;
}

void confine_free(struct confine **c)
{
    if (!*c)
        return;
    if ((*c)->ruleset >= 0)
        close((*c)->ruleset);
    free(*c);
    *c = NULL;
}

void confine_let(struct confine *c, const char *path, bool write)
{
#ifdef HAVE_LANDLOCK
    int fd = path && c->ruleset >= 0 ? open(path, O_PATH | O_CLOEXEC) : -1;

    if (fd < 0)
        return;
    if (!let_one(c, fd, write))
        c->failed = true;
    close(fd);
#else
    (void)c;
    (void)path;
    (void)write;
#endif
}

static void let_read(struct confine *c, char *path)
{
    confine_let(c, path, false);
    free(path);
}

void confine_let_beside(struct confine *c, const char *file, bool write)
{
    char *folder = mem_strndup(file, (size_t)(path_base(file) - file));

    confine_let(c, folder[0] ? folder : ".", write);
    free(folder);
}

void confine_let_corpus(struct confine *c, const char *path)
{
    struct stat st;

    confine_let(c, path, false);
    if (stat(path, &st) == 0 && S_ISREG(st.st_mode))
        confine_let_beside(c, path, false);
}

void confine_let_program(struct confine *c)
{
    const char *folder = getenv("TMPDIR");
    char *caches = path_cache_home();
    size_t i;

    for (i = 0; i < sizeof system_places / sizeof system_places[0]; i++)
        confine_let(c, system_places[i], false);
    let_read(c, path_program_data("."));
    let_read(c, path_program_part("readers.so"));
    let_read(c, path_config_home());
    confine_let(c, access(caches, W_OK) == 0 ? caches : folder ? folder : "/tmp", true);
    free(caches);
}

bool confine_begin(struct confine *c, unsigned *got, struct err *e)
{
    unsigned can = confine_can();

    (void)c;
    *got = 0;
#ifdef __linux__
    /* No program that it might yet start may win rights back; both kinds of confinement ask for it. */
    if (can && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        return err_sys(e, "cannot confine the program");
#endif
#ifdef HAVE_LANDLOCK
    if (can & CONFINE_FILES) {
        if (!confine_files(c, e))
            return false;
        *got |= CONFINE_FILES;
    }
#endif
#ifdef HAVE_LIBSECCOMP
    if (can & CONFINE_CALLS) {
        if (!confine_calls(e))
            return false;
        *got |= CONFINE_CALLS;
    }
#endif
    return true;
}

struct run {
    struct confine *confine;
    void (*fn)(void *ctx);
    void *ctx;
    struct err *e;
};

static void *run(void *ctx)
{
    struct run *r = ctx;
    unsigned got;

    confine_begin(r->confine, &got, r->e);
    r->fn(r->ctx);
    return NULL;
}

bool confine_run(struct confine *c, void (*fn)(void *ctx), void *ctx, struct err *e)
{
    struct run r = {c, fn, ctx, e};
    pthread_t thread;

    errno = pthread_create(&thread, NULL, run, &r);
    if (errno)
        return err_sys(e, "cannot start a thread that is confined");
    pthread_join(thread, NULL);
    return true;
}
