/* SPDX-License-Identifier: ISC */
#define _GNU_SOURCE /* O_PATH, CLONE_THREAD */
#include "base/confine.h"

#include "base/mem.h"

#include <errno.h>
#include <fcntl.h>
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

/* A path that is let, open. */
struct let {
    int fd;
    bool folder, write;
};

struct confine {
    struct let *lets;
    size_t count, cap;
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

static bool let_one(int ruleset, const struct let *l, uint64_t known)
{
    uint64_t rights = RIGHTS_READ | (l->write ? (uint64_t)RIGHTS_WRITE : 0);
    struct landlock_path_beneath_attr below = {.parent_fd = l->fd};

    below.allowed_access = rights & known & (l->folder ? ~UINT64_C(0) : (uint64_t)RIGHTS_OF_FILES);
    return syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &below, 0) == 0;
}

static bool confine_files(const struct confine *c, struct err *e)
{
    struct landlock_ruleset_attr attr = {.handled_access_fs = rights_known()};
    int ruleset = (int)syscall(SYS_landlock_create_ruleset, &attr, sizeof attr, 0);
    bool ok = ruleset >= 0;
    size_t i;

    for (i = 0; ok && i < c->count; i++)
        ok = let_one(ruleset, &c->lets[i], attr.handled_access_fs);
    ok = ok && syscall(SYS_landlock_restrict_self, ruleset, 0) == 0;
    if (!ok)
        err_sys(e, "cannot confine the program to its files");
    if (ruleset >= 0)
        close(ruleset);
    return ok;
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
    return mem_zalloc(1, sizeof(struct confine));
}

void confine_free(struct confine **c)
{
    size_t i;

    if (!*c)
        return;
    for (i = 0; i < (*c)->count; i++)
        close((*c)->lets[i].fd);
    free((*c)->lets);
    free(*c);
    *c = NULL;
}

void confine_let(struct confine *c, const char *path, bool write)
{
#ifdef HAVE_LANDLOCK
    struct stat st;
    int fd = path ? open(path, O_PATH | O_CLOEXEC) : -1;

    if (fd < 0)
        return;
    if (fstat(fd, &st) != 0) {
        close(fd);
        return;
    }
    mem_grow(&c->lets, &c->cap, c->count + 1, sizeof *c->lets);
    c->lets[c->count++] = (struct let){fd, S_ISDIR(st.st_mode), write};
#else
    (void)c;
    (void)path;
    (void)write;
#endif
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
