/* SPDX-License-Identifier: ISC */
/*
 * Many readers at once, each on a terminal of its own: `readers SESSIONS PAGES THINK -- COMMAND...`. Each session
 * runs COMMAND and opens an article of its list; when all have, each pages through its own, a page every THINK ms or so
 * (from half of it to one and a half), and the time from a key to its page is measured. When all have read half, what
 * memory the sessions take is added up from /proc, of the processes that run the program named by the environment
 * variable CUTTINGS. Prints, in one line:
 *
 *   SESSIONS P50 P95 MOST PROCESSES PSS RSS      (microseconds; KiB a process)
 *
 * and ends with 1 where a session did not come to its end.
 */
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"

enum {
    PATIENCE = 120000, /* ms for what must come */
    PAGE = 200,        /* bytes that a page has at least, and news of the corpus have not */
    AT_ONCE = 8,       /* sessions that come in at the same time: more would measure the door, not the reading */
};

enum phase { WAITING, COMING, OPENING, READING, LEAVING, GONE };

struct session {
    enum phase phase;
    pid_t pid;
    int fd, number;
    long due;   /* us: when the next key is sent, 0 where none is */
    long since; /* us: when the last one was, 0 where it was answered */
    long pages;
    size_t bytes; /* since the last key */
    char seen[8]; /* the end of what came, to find a word in it */
    bool good;
};

static struct session *sessions;
static long count, pages, think;
static long *times;
static size_t time_count, time_cap;

static long now_us(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (long)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static void begin(struct session *s, char **command)
{
    struct winsize size = {.ws_row = 24, .ws_col = 80};

    s->pid = forkpty(&s->fd, NULL, NULL, &size);
    if (s->pid == 0) {
        setenv("TERM", "xterm-256color", 1);
        execvp(command[0], command);
        _exit(127);
    }
    if (s->pid < 0) {
        perror("forkpty");
        exit(99);
    }
    fcntl(s->fd, F_SETFL, O_NONBLOCK);
    s->phase = COMING;
    s->since = now_us();
}

static void type(struct session *s, const char *keys)
{
    s->bytes = 0;
    s->due = 0;
    s->since = now_us();
    if (write(s->fd, keys, strlen(keys)) < 0)
        s->since = 0;
}

static void plan(struct session *s)
{
    s->since = 0;
    s->due = now_us() + think * (500 + rand() % 1000);
}

static void end(struct session *s)
{
    int status = 0;

    close(s->fd);
    s->good = waitpid(s->pid, &status, 0) == s->pid && WIFEXITED(status) && WEXITSTATUS(status) == 0 &&
              s->phase == LEAVING;
    s->phase = GONE;
}

/* Whether the word has come by with these bytes, in one piece or two. */
static bool comes(struct session *s, const char *bytes, size_t len, const char *word)
{
    for (size_t i = 0; i < len; i++) {
        memmove(s->seen, s->seen + 1, sizeof s->seen - 1);
        s->seen[sizeof s->seen - 1] = bytes[i];
        if (memcmp(s->seen + sizeof s->seen - strlen(word), word, strlen(word)) == 0)
            return true;
    }
    return false;
}

static void take(struct session *s, const char *bytes, size_t len)
{
    s->bytes += len;
    if (s->phase == COMING && comes(s, bytes, len, "Article")) {
        s->phase = OPENING;
        plan(s);
    } else if (s->phase == OPENING && s->since && s->bytes >= PAGE) {
        s->phase = READING;
        s->since = 0;
    } else if (s->phase == READING && s->since && s->bytes >= PAGE) {
        mem_grow(&times, &time_cap, time_count + 1, sizeof *times);
        times[time_count++] = now_us() - s->since;
        s->pages++;
        plan(s);
    }
}

static void read_from(struct session *s)
{
    char bytes[16384];
    ssize_t n;

    while ((n = read(s->fd, bytes, sizeof bytes)) > 0)
        take(s, bytes, (size_t)n);
    if (n == 0 || (n < 0 && errno != EAGAIN))
        end(s);
}

static void press(struct session *s)
{
    char keys[80] = "";

    if (s->phase == OPENING) {
        memset(keys, 'j', (size_t)(s->number % 16));
        snprintf(keys + s->number % 16, 8, "\r");
        type(s, keys);
    } else if (s->phase == READING && s->pages < pages) {
        type(s, " ");
    }
}

static void start_reading(void)
{
    for (long i = 0; i < count; i++)
        if (sessions[i].phase == READING)
            plan(&sessions[i]);
}

/* All stay until the last one has read its pages, so that all of them are there all the time. */
static void leave(void)
{
    for (long i = 0; i < count; i++) {
        if (sessions[i].phase == READING) {
            sessions[i].phase = LEAVING;
            type(&sessions[i], "Q");
        }
    }
}

/* ---- memory ---- */

static long field_of(const char *path, const char *name)
{
    FILE *f = fopen(path, "r");
    char line[200];
    long value = 0;

    while (f && fgets(line, sizeof line, f))
        if (strncmp(line, name, strlen(name)) == 0)
            value = strtol(line + strlen(name), NULL, 10);
    if (f)
        fclose(f);
    return value;
}

/* Adds up what the processes of the program take that show a screen: not those that index. */
static void weigh(long *processes, long *pss, long *rss)
{
    const char *program = getenv("CUTTINGS");
    char *real = program ? realpath(program, NULL) : NULL, path[80], name[4096], words[256];
    const struct dirent *entry;
    DIR *dir = opendir("/proc");

    *processes = *pss = *rss = 0;
    while (dir && real && (entry = readdir(dir))) {
        ssize_t n;
        FILE *f;

        if (!isdigit((unsigned char)entry->d_name[0]))
            continue;
        snprintf(path, sizeof path, "/proc/%.20s/exe", entry->d_name);
        n = readlink(path, name, sizeof name - 1);
        name[n > 0 ? n : 0] = '\0';
        if (strcmp(name, real) != 0)
            continue;
        snprintf(path, sizeof path, "/proc/%.20s/cmdline", entry->d_name);
        memset(words, 0, sizeof words);
        f = fopen(path, "r");
        if (!f || fread(words, 1, sizeof words - 1, f) == 0 || strcmp(words + strlen(words) + 1, "index") == 0)
            n = 0;
        if (f)
            fclose(f);
        if (n == 0)
            continue;
        snprintf(path, sizeof path, "/proc/%.20s/smaps_rollup", entry->d_name);
        *pss += field_of(path, "Pss:");
        *rss += field_of(path, "Rss:");
        ++*processes;
    }
    if (dir)
        closedir(dir);
    free(real);
}

/* ---- all together ---- */

/* How many are in one of the phases from .. to. */
static long in(enum phase from, enum phase to)
{
    long n = 0;

    for (long i = 0; i < count; i++)
        n += sessions[i].phase >= from && sessions[i].phase <= to;
    return n;
}

static bool all_have_read(long most)
{
    for (long i = 0; i < count; i++)
        if (sessions[i].phase < READING || (sessions[i].phase == READING && sessions[i].pages < most))
            return false;
    return true;
}

/* Says what has stopped; false where something has. */
static bool goes_on(void)
{
    for (long i = 0; i < count; i++) {
        const struct session *s = &sessions[i];

        if (s->phase != GONE && s->phase != WAITING && s->since && now_us() - s->since > PATIENCE * 1000L) {
            fprintf(stderr, "readers: session %d waits for page %ld\n", s->number, s->pages);
            return false;
        }
    }
    return true;
}

static void step(char **command)
{
    struct pollfd *fds = mem_zalloc((size_t)count, sizeof *fds);
    long now, coming = in(COMING, COMING);

    for (long i = 0; i < count; i++) {
        struct session *s = &sessions[i];

        if (s->phase == WAITING && coming < AT_ONCE) {
            begin(s, command);
            coming++;
        }
        fds[i] = (struct pollfd){.fd = s->phase == WAITING || s->phase == GONE ? -1 : s->fd, .events = POLLIN};
    }
    poll(fds, (nfds_t)count, 5);
    for (long i = 0; i < count; i++)
        if (fds[i].fd >= 0 && fds[i].revents)
            read_from(&sessions[i]);
    now = now_us();
    for (long i = 0; i < count; i++)
        if (sessions[i].due && !sessions[i].since && sessions[i].due <= now)
            press(&sessions[i]);
    free(fds);
}

static int by_number(const void *a, const void *b)
{
    const long *x = a, *y = b;

    return (*x > *y) - (*x < *y);
}

static long part(double of)
{
    return time_count ? times[(size_t)((double)(time_count - 1) * of)] : 0;
}

int main(int argc, char **argv)
{
    long processes = 0, pss = 0, rss = 0, good = 0;
    bool started = false, weighed = false, well = true;

    if (argc < 6) {
        fprintf(stderr, "usage: readers SESSIONS PAGES THINK -- COMMAND...\n");
        return 2;
    }
    count = strtol(argv[1], NULL, 10);
    pages = strtol(argv[2], NULL, 10);
    think = strtol(argv[3], NULL, 10);
    signal(SIGPIPE, SIG_IGN);
    sessions = mem_zalloc((size_t)count, sizeof *sessions);
    for (long i = 0; i < count; i++)
        sessions[i].number = (int)i;
    while (well && in(WAITING, LEAVING) > 0) {
        step(argv + 5);
        well = goes_on();
        if (!started && all_have_read(0)) {
            start_reading();
            started = true;
        }
        if (!weighed && all_have_read(pages / 2)) {
            weigh(&processes, &pss, &rss);
            weighed = true;
        }
        if (all_have_read(pages))
            leave();
    }
    for (long i = 0; i < count; i++) {
        if (sessions[i].phase != GONE && sessions[i].phase != WAITING)
            kill(sessions[i].pid, SIGKILL);
        good += sessions[i].good;
    }
    if (time_count)
        qsort(times, time_count, sizeof *times, by_number);
    printf("%ld %ld %ld %ld %ld %ld %ld\n", good, part(0.5), part(0.95), part(1), processes,
           processes ? pss / processes : 0, processes ? rss / processes : 0);
    free(times);
    free(sessions);
    return good == count ? 0 : 1;
}
