/* SPDX-License-Identifier: ISC */
#include "ui/outside.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/path.h"

enum { ARGUMENTS = 30, MOST_TEXT = 1 << 20 };

/* The words of a command as environment variables hold them: parted by blanks, no quotes. "%s" in a word stands for
 * the last argument, which comes at the end where no word has it. Free with free_words. */
static char **words_of(const char *command, size_t len, const char *last)
{
    char **words = mem_zalloc(ARGUMENTS + 2, sizeof *words);
    bool placed = false;
    int count = 0;

    for (size_t at = 0; at < len && count < ARGUMENTS;) {
        size_t span = 0;
        struct buf word;

        while (at < len && command[at] == ' ')
            at++;
        while (at + span < len && command[at + span] != ' ')
            span++;
        if (span == 0)
            break;
        buf_init(&word);
        for (size_t i = 0; i < span; i++) {
            if (command[at + i] == '%' && i + 1 < span && command[at + i + 1] == 's') {
                buf_add_str(&word, last);
                placed = true;
                i++;
            } else
                buf_add_char(&word, command[at + i]);
        }
        words[count++] = buf_steal(&word);
        at += span;
    }
    if (!placed)
        words[count++] = mem_strdup(last);
    return words;
}

static void free_words(char **words)
{
    for (char **w = words; *w; w++)
        free(*w);
    free(words);
}

static const int expected[] = {SIGPIPE, SIGTSTP, SIGINT, SIGQUIT};

/* In the child: the program itself. Signals as it may expect them. */
static void become(char *const *words, bool quiet)
{
    int null = quiet ? open("/dev/null", O_RDWR) : -1;

    for (int fd = 0; null >= 0 && fd < 3; fd++)
        dup2(null, fd);
    for (size_t i = 0; i < sizeof expected / sizeof expected[0]; i++)
        signal(expected[i], SIG_DFL);
    execvp(words[0], words);
    _exit(errno == ENOENT ? 127 : 126);
}

/* Gives it the terminal and waits; its exit status, -1 where it could not be run. What the terminal's keys send is
 * meant for it alone. */
static int run(char *const *words)
{
    struct sigaction ignored = {.sa_handler = SIG_IGN}, interrupt, quit;
    pid_t pid;
    int status = 0;

    sigaction(SIGINT, &ignored, &interrupt);
    sigaction(SIGQUIT, &ignored, &quit);
    pid = fork();
    if (pid == 0)
        become(words, false);
    while (pid > 0 && waitpid(pid, &status, 0) < 0 && errno == EINTR)
        ;
    sigaction(SIGINT, &interrupt, NULL);
    sigaction(SIGQUIT, &quit, NULL);
    return pid > 0 && WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/* Runs it beside us, as nobody's child; its exit status where it ended at once. */
static int run_beside(char *const *words)
{
    pid_t pid = fork();
    int status = 0;

    if (pid == 0) {
        pid_t inner = fork();

        if (inner == 0) {
            setsid();
            become(words, true);
        }
        _exit(inner < 0);
    }
    while (pid > 0 && waitpid(pid, &status, 0) < 0 && errno == EINTR)
        ;
    return pid > 0 && WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/* Whether a program of this name is on the path. */
static bool is_there(const char *name)
{
    const char *path = getenv("PATH");
    bool found = false;

    while (path && *path && !found) {
        size_t len = strcspn(path, ":");
        char *folder = mem_strndup(path, len), *whole = path_join(folder, name);

        found = access(whole, X_OK) == 0;
        free(whole);
        free(folder);
        path += len + (path[len] == ':');
    }
    return found;
}

static bool said(struct err *e, int status, const char *name)
{
    if (status == 127)
        return err_set(e, ERR_IO, "there is no program '%s'", name);
    if (status != 0)
        return err_set(e, ERR_IO, "'%s' failed", name);
    return true;
}

/* ---- the editor ---- */

static bool write_text(int fd, const struct buf *text)
{
    size_t done = 0;

    while (done < text->len) {
        ssize_t n = write(fd, text->data + done, text->len - done);

        if (n < 0 && errno != EINTR)
            return false;
        done += n > 0 ? (size_t)n : 0;
    }
    return text->len == 0 || text->data[text->len - 1] == '\n' || write(fd, "\n", 1) == 1;
}

static bool read_text(const char *path, struct buf *text)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    char bytes[4096];
    ssize_t n;

    if (fd < 0)
        return false;
    buf_clear(text);
    while ((n = read(fd, bytes, sizeof bytes)) > 0 && text->len < MOST_TEXT)
        buf_add(text, bytes, (size_t)n);
    close(fd);
    while (text->len > 0 && strchr(" \t\r\n", text->data[text->len - 1]))
        buf_truncate(text, text->len - 1);
    return n >= 0;
}

static const char *editor(void)
{
    const char *names[] = {getenv("VISUAL"), getenv("EDITOR")};

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (names[i] && *names[i])
            return names[i];
    return "vi";
}

static bool edit(struct ui *u, struct buf *text, struct err *e)
{
    const char *folder = getenv("TMPDIR"), *command = editor();
    char *path = path_join(folder && *folder ? folder : "/tmp", "cuttings-note-XXXXXX"), **words;
    int fd = mkstemp(path), status;
    bool done;

    if (fd < 0) {
        err_sys(e, "cannot make '%s'", path);
        free(path);
        return false;
    }
    done = write_text(fd, text) || err_sys(e, "cannot write '%s'", path);
    done = (close(fd) == 0 || err_sys(e, "cannot write '%s'", path)) && done;
    if (done) {
        words = words_of(command, strlen(command), path);
        term_leave(u->term);
        status = run(words);
        term_enter(u->term);
        done = said(e, status, words[0]) && (read_text(path, text) || err_sys(e, "cannot read '%s'", path));
        free_words(words);
    }
    unlink(path);
    free(path);
    return done;
}

/* ---- the browser ---- */

bool outside_add_address(struct buf *out, const char *s, size_t len)
{
    static const char *const schemes[] = {"http://", "https://", "mailto:", "ftp://"};
    bool known = false;

    for (size_t i = 0; i < sizeof schemes / sizeof schemes[0]; i++)
        known |= len > strlen(schemes[i]) && strncasecmp(s, schemes[i], strlen(schemes[i])) == 0;
    if (!known && (len < 4 || strncasecmp(s, "www.", 4) != 0))
        return false;
    if (!known)
        buf_add_str(out, "https://");
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)s[i];

        if (c > ' ' && c < 0x7F && !strchr("\"<>\\^`{|}", c))
            buf_add_char(out, (char)c);
        else
            buf_add_fmt(out, "%%%02X", c);
    }
    return true;
}

static bool browse(struct ui *u, const char *address, struct err *e)
{
    const char *browser = getenv("BROWSER");
    char **words;
    int status;
    bool done;

    if (browser && *browser) {
        words = words_of(browser, strcspn(browser, ":"), address);
        term_leave(u->term);
        status = run(words);
        term_enter(u->term);
    } else {
        const char *opener = is_there("xdg-open") ? "xdg-open" : "open";

        if (!is_there(opener))
            return err_set(e, ERR_IO, "no browser: set BROWSER to one, or install xdg-open");
        words = words_of(opener, strlen(opener), address);
        status = run_beside(words);
    }
    done = said(e, status, words[0]);
    free_words(words);
    return done;
}

static bool may_start(const struct ui *u, struct err *e)
{
    return !u->options->restricted || err_set(e, ERR_USAGE, "no other program is started in the restricted mode");
}

bool outside_edit(struct ui *u, struct buf *text, struct err *e)
{
    return may_start(u, e) && edit(u, text, e);
}

bool outside_browse(struct ui *u, const char *address, struct err *e)
{
    return may_start(u, e) && browse(u, address, e);
}
