/* SPDX-License-Identifier: ISC */
/*
 * Kills the program at random instants of indexing and of reading: whatever the screen had shown as done is there
 * afterwards, the reading state and the cache are whole, and the next start works. `killed [TIMES]`; the instants
 * differ from run to run, as the machine does.
 */
#include "../check.h"

#include "screen.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"

enum { ARTICLES = 12, NOISE = 60, TIMES = 20 };

/* What the screen has shown of each article; -1 where the program was killed before it could show it. */
static struct {
    int starred, tagged;
} shown[ARTICLES];

static struct screen_drive drive;
static long times = TIMES, indexing, reading;
static int round_now;

static int any(int count)
{
    return rand() % count;
}

/* Lets up to so many microseconds pass. */
static void let_pass(long most)
{
    struct timespec t = {.tv_nsec = 1000L * any((int)most + 1)};

    ppoll(NULL, 0, &t, NULL);
}

static void put(const char *folder, const char *name, int number, const char *text)
{
    char path[300];
    FILE *f;

    snprintf(path, sizeof path, "%s/press/%s/%s%03d.txt", drive.home, folder, name, number);
    f = fopen(path, "w");
    assert_non_null(f);
    fprintf(f, "Article %03d of the %s\nBy Jane Harrow\n%d March 20%d\n\n%s\n", number, folder, 1 + number % 28,
            folder[0] == 'k' ? 20 : 10, text);
    fclose(f);
}

static void make_corpus(void)
{
    const char *const folders[] = {"press", "press/kept", "press/noise"};
    char path[300];

    for (size_t i = 0; i < sizeof folders / sizeof folders[0]; i++) {
        snprintf(path, sizeof path, "%s/%s", drive.home, folders[i]);
        assert_int_equal(mkdir(path, 0755), 0);
    }
    for (int i = 0; i < ARTICLES; i++)
        put("kept", "a", i, "The ferry to Low Island will run twice a day again from April, the harbour board said.");
}

/* What the next indexing has to do. */
static void change_corpus(void)
{
    char text[200];

    for (int i = 0; i < NOISE; i++) {
        snprintf(text, sizeof text, "Repairs to pier %d have cost more than was planned in round %d, but fares stay.",
                 i, i % 3 ? round_now : 0);
        put("noise", "n", i, text);
    }
}

/* In the child: the program in its home. */
static void become(const char *const *words)
{
    const char *args[8] = {"cuttings"};
    size_t count = 1;

    while (count < 7 && words[count - 1]) {
        args[count] = words[count - 1];
        count++;
    }
    setenv("HOME", drive.home, 1);
    if (chdir(drive.home) == 0)
        execv(getenv("CUTTINGS"), (char *const *)(uintptr_t)args);
    _exit(99);
}

/* Runs the program; what it says is added to out. The exit status. */
static int run(const char *const *words, struct buf *out)
{
    char bytes[4096];
    int ends[2], status;
    ssize_t n;
    pid_t pid;

    assert_int_equal(pipe(ends), 0);
    pid = fork();
    if (pid == 0) {
        dup2(ends[1], STDOUT_FILENO);
        dup2(ends[1], STDERR_FILENO);
        become(words);
    }
    close(ends[1]);
    while ((n = read(ends[0], bytes, sizeof bytes)) > 0)
        buf_add(out, bytes, (size_t)n);
    close(ends[0]);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/* ---- what is there ---- */

static void look_at(const char *line)
{
    const char *at = strstr(line, "kept/a");
    int number, starred = strstr(line, "\"starred\": true") != NULL;
    int tagged = strstr(line, "\"tags\": [\"later\"]") != NULL;

    if (!at)
        return;
    number = (int)strtol(at + strlen("kept/a"), NULL, 10);
    assert_in_range(number, 0, ARTICLES - 1);
    if (shown[number].starred >= 0 && shown[number].starred != starred)
        fail_msg("round %d: article %d was shown %sstarred, and is not so: %s", round_now, number,
                 starred ? "not " : "", line);
    shown[number].starred = starred;
    if (shown[number].tagged >= 0 && shown[number].tagged != tagged)
        fail_msg("round %d: article %d was shown %stagged, and is not so: %s", round_now, number,
                 tagged ? "not " : "", line);
    shown[number].tagged = tagged;
}

static void look(void)
{
    const char *const state[] = {"state", "check", "-q", NULL}, *const list[] = {"list", "-f", "json", "press", NULL},
                      *const check[] = {"check", "-q", "press", NULL};
    struct buf out;
    int lines = 0;

    buf_init(&out);
    if (run(state, &out) != 0)
        fail_msg("round %d: the reading state: %s", round_now, out.data);
    buf_clear(&out);
    if (run(list, &out) != 0)
        fail_msg("round %d: %s", round_now, out.data);
    for (char *line = out.data; *line; lines++) {
        char *end = line + strcspn(line, "\n");

        *end = '\0';
        look_at(line);
        line = end + 1;
    }
    if (lines != ARTICLES + (round_now ? NOISE : 0))
        fail_msg("round %d: %d articles are listed", round_now, lines);
    buf_clear(&out);
    if (run(check, &out) != 0)
        fail_msg("round %d: the cache: %s", round_now, out.data);
    buf_release(&out);
}

/* ---- indexing ---- */

static void index_and_kill(long most)
{
    const char *const words[] = {"index", "-q", "press", NULL};
    pid_t pid = fork();
    int status;

    if (pid == 0)
        become(words);
    let_pass(most);
    kill(pid, SIGKILL);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    indexing += WIFSIGNALED(status);
}

/* ---- reading ---- */

/* Notes what the screen shows of the article that is selected; its number, -1 where none is. */
static int see(void)
{
    int number = -1;
    struct buf row;

    buf_init(&row);
    for (int r = 0; r < drive.rows && number < 0; r++) {
        const char *title;

        buf_clear(&row);
        screen_drive_row(&drive, r, &row);
        title = strstr(row.data, "Article ");
        if (strncmp(row.data, "›", strlen("›")) == 0 && title && strstr(title, "of the kept"))
            number = (int)strtol(title + strlen("Article "), NULL, 10);
    }
    if (number >= 0 && number < ARTICLES) {
        shown[number].starred = strstr(row.data, "★") != NULL;
        shown[number].tagged = strstr(row.data, "later") != NULL;
    }
    buf_release(&row);
    return number;
}

static void send(const char *keys)
{
    screen_drive_send(&drive, keys, strlen(keys));
}

/* Whatever the keys that come now do, it is not known whether it was done. */
static void forget_all(void)
{
    memset(shown, -1, sizeof shown);
}

static void read_and_kill(void)
{
    static const char *const ends[] = {"*", "j*", "+later\r", "*jj*", "\r q*", "r*k*"};
    char path[300];
    int keys = any(12), number;

    drive.rows = 40;
    drive.columns = 80;
    buf_clear(&drive.args);
    snprintf(path, sizeof path, "%s/press", drive.home);
    buf_add(&drive.args, path, strlen(path) + 1);
    screen_drive_start(&drive);
    send("gg");
    while (keys-- > 0) {
        for (int down = any(ARTICLES); down > 0; down--)
            send(any(2) ? "j" : "k");
        number = see();
        if (number < 0)
            continue;
        send(any(3) ? "*" : shown[number].tagged ? "+-later\r" : "+later\r");
        see();
    }
    if (any(2)) {
        const char *last = ends[any((int)(sizeof ends / sizeof ends[0]))];

        forget_all();
        if (write(drive.master, last, strlen(last)) < 0)
            fail_msg("the terminal is gone");
        let_pass(8000);
    }
    screen_drive_end(&drive, SIGKILL);
    reading++;
}

CHECK(what_was_shown_outlives_a_kill)
{
    const char *const homes[] = {"XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"};

    for (size_t i = 0; i < sizeof homes / sizeof homes[0]; i++)
        unsetenv(homes[i]);
    srand((unsigned)time(NULL));
    screen_drive_init(&drive);
    make_corpus();
    look();
    for (round_now = 1; round_now <= times; round_now++) {
        if (any(2) || round_now == 1) {
            change_corpus();
            for (int i = any(3); i >= 0; i--)
                index_and_kill(120000);
        }
        if (any(3))
            read_and_kill();
        look();
    }
    screen_drive_release(&drive);
    print_message("killed %ld times while it indexed, %ld times while it was read\n", indexing, reading);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {T(what_was_shown_outlives_a_kill)};

    if (argc > 1)
        times = strtol(argv[1], NULL, 10);
    if (!getenv("CUTTINGS")) {
        fprintf(stderr, "killed: CUTTINGS names no program\n");
        return 99;
    }
    return cmocka_run_group_tests_name(__FILE__, tests, NULL, NULL);
}
