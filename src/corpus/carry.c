/* SPDX-License-Identifier: ISC */
#include "corpus/carry.h"

#include "base/buf.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/utf8.h"
#include "corpus/notes.h"
#include "corpus/own.h"
#include "corpus/scratch.h"
#include "store/exchange_line.h"
#include "store/heal.h"
#include "store/notes.h"
#include "store/state_audit.h"
#include "store/state_hold.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    PIECE = 1 << 16,     /* bytes read or given out at once */
    LINE_MOST = 1 << 24, /* of a line: what a comment section of a million makes of a visit */
    WORDS_SHOWN = 60     /* bytes, to the end of a character: what a note is known by */
};

/* ---- export ---- */

struct writing {
    carry_text_fn *fn;
    void *ctx;
    struct buf text;
};

static void add_mark(void *ctx, const struct exchange_mark *m)
{
    struct writing *w = ctx;

    exchange_line_add(&w->text, m);
    if (w->text.len >= PIECE) {
        w->fn(w->ctx, w->text.data, w->text.len);
        buf_clear(&w->text);
    }
}

bool carry_export(carry_text_fn *fn, void *ctx, struct err *e)
{
    struct writing w = {.fn = fn, .ctx = ctx};
    bool none, done;
    struct state *s = own_state(&none, e);

    if (!s && !none)
        return false;
    buf_init(&w.text);
    exchange_line_add_first(&w.text);
    done = none || exchange_each(s, add_mark, &w, e);
    fn(ctx, w.text.data, w.text.len);
    buf_release(&w.text);
    state_close(&s);
    return done;
}

/* ---- merge ---- */

struct merging {
    struct state *state;
    const char *name; /* of what is merged */
    struct carry_merged *merged;
    carry_text_fn *fault;
    void *ctx;
    struct err *e; /* what ends it: the state cannot be written */
    struct buf line;
    long number; /* of the line */
    bool overlong;
};

static void tell(struct merging *m, const char *what)
{
    struct buf text;

    buf_init(&text);
    buf_add_fmt(&text, "%s:%ld: %s", m->name, m->number, what);
    m->merged->faults++;
    m->fault(m->ctx, text.data, text.len);
    buf_release(&text);
}

/* The line that was gathered: a mark, or a fault that costs this line alone. */
static void take_line(struct merging *m)
{
    struct err e = ERR_INIT;
    bool mark, news;

    m->number++;
    if (m->overlong) {
        tell(m, "the line is longer than any mark");
    } else if (m->line.len > 0) {
        if (exchange_line_take(m->state, m->line.data, m->line.len, &mark, &news, &e)) {
            m->merged->marks += mark;
            m->merged->news += news;
        } else if (state_is_well(m->state)) {
            tell(m, e.text);
        }
    }
    m->overlong = false;
    buf_clear(&m->line);
}

static void take_piece(struct merging *m, const char *bytes, size_t len)
{
    while (len > 0) {
        const char *end = memchr(bytes, '\n', len);
        size_t part = end ? (size_t)(end - bytes) : len;

        m->overlong = m->overlong || m->line.len + part > LINE_MOST;
        if (!m->overlong)
            buf_add(&m->line, bytes, part);
        if (end)
            take_line(m);
        bytes += part + (end != NULL);
        len -= part + (end != NULL);
    }
}

static bool merge_text(struct merging *m, int fd)
{
    char *piece = mem_alloc(PIECE);
    ssize_t got;

    buf_init(&m->line);
    do {
        got = read(fd, piece, PIECE);
        if (got > 0)
            take_piece(m, piece, (size_t)got);
    } while ((got > 0 || (got < 0 && errno == EINTR)) && state_is_well(m->state));
    if (got < 0)
        err_sys(m->e, "cannot read '%s'", m->name);
    if (m->line.len > 0 || m->overlong)
        take_line(m);
    buf_release(&m->line);
    free(piece);
    return got >= 0;
}

static void take_mark(void *ctx, const struct exchange_mark *mark)
{
    struct merging *m = ctx;
    struct err e = ERR_INIT;
    bool news;

    m->number++;
    if (exchange_take(m->state, mark, &news, &e)) {
        m->merged->marks++;
        m->merged->news += news;
    } else if (state_is_well(m->state)) {
        tell(m, e.text);
    }
}

/* A reading state of another machine: read as a copy, which can be brought to this version's format; what is set
 * aside of it is as much a copy. */
static bool merge_state(struct merging *m, const char *path)
{
    char *home = path_data_home(), *folder = scratch_make(home, m->e), *copy = NULL, *aside = NULL;
    struct state *other = NULL;
    bool done = false;

    if (folder) {
        copy = path_join(folder, "reading.db");
        other = heal_copy(path, copy, m->e) ? state_open(copy, false, &aside, m->e) : NULL;
        done = other && exchange_each(other, take_mark, m, m->e);
    }
    state_close(&other);
    scratch_remove(&folder);
    free(aside);
    free(copy);
    free(home);
    return done;
}

/* Whether the file begins as databases do; its first bytes are read again by whoever reads on. */
static bool is_database(int fd)
{
    static const char magic[16] = "SQLite format 3";
    char head[sizeof magic];

    return pread(fd, head, sizeof head, 0) == (ssize_t)sizeof head && memcmp(head, magic, sizeof magic) == 0;
}

bool carry_merge(const char *path, carry_text_fn *fault, void *ctx, struct carry_merged *merged, struct err *e)
{
    bool input = strcmp(path, "-") == 0, database, done;
    int fd = input ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    struct merging m = {.name = input ? "standard input" : path, .merged = merged, .fault = fault, .ctx = ctx, .e = e};

    memset(merged, 0, sizeof *merged);
    if (fd < 0)
        return err_sys(e, "cannot open '%s'", path);
    database = !input && is_database(fd);
    if (database) /* before it can be open as the reader's own: closing it would drop the locks on that */
        close(fd);
    m.state = own_state(NULL, e);
    done = m.state && state_hold(m.state, e);
    if (done) {
        done = database ? merge_state(&m, path) : merge_text(&m, fd);
        done = state_let(m.state, e) && done && state_settle(m.state, e);
    }
    if (!input && !database)
        close(fd);
    state_close(&m.state);
    return done;
}

/* ---- check ---- */

struct checking {
    carry_text_fn *fn;
    void *ctx;
    struct carry_check *check;
};

static void on_damage(void *ctx, const char *text)
{
    const struct checking *c = ctx;

    c->check->damage++;
    c->fn(c->ctx, text, strlen(text));
}

/* A note whose words are not where they were, or whose article is not. */
static void say_lost(struct checking *c, const struct notes_note *n, const char *what)
{
    const char *words = n->words ? n->words : "";
    size_t len = strlen(words), shown = 0;
    struct buf text;
    uint32_t cp;

    while (shown < len && shown < WORDS_SHOWN)
        shown += utf8_next(words + shown, len - shown, &cp);
    buf_init(&text);
    buf_add_fmt(&text, "the note on '%.*s' in '%s': %s", (int)shown, words,
                n->title     ? n->title
                : n->locator ? n->locator
                             : "",
                what);
    on_damage(c, text.data);
    buf_release(&text);
}

static void check_note(void *ctx, const struct notes_note *n)
{
    struct checking *c = ctx;
    struct buf what;

    c->check->notes++;
    if (n->root && access(n->root, F_OK) == 0)
        return;
    buf_init(&what);
    if (n->root)
        buf_add_fmt(&what, "'%s' is not there", n->root);
    else
        buf_add_str(&what, "it is not known where that is");
    say_lost(c, n, what.data);
    buf_release(&what);
}

bool carry_check(carry_text_fn *fn, void *ctx, struct carry_check *check, struct err *e)
{
    struct checking c = {fn, ctx, check};
    struct state_audit audit = {0, 0, false};
    char *path = own_path();
    struct state *s = NULL;
    bool none = access(path, F_OK) != 0, done;

    memset(check, 0, sizeof *check);
    done = none || state_audit_run(path, on_damage, &c, &audit, e);
    check->marks = audit.marks;
    if (done && audit.whole) {
        s = own_state(&none, e);
        done = s && notes_each(s, NULL, check_note, &c, e);
    }
    state_close(&s);
    free(path);
    return done;
}

static void check_found(void *ctx, const struct corpus_note *n)
{
    if (!n->anchored)
        say_lost(ctx, &n->kept, "its words are not in the article any more");
}

bool carry_check_corpus(struct corpus *corpus, carry_text_fn *fn, void *ctx, struct carry_check *check, struct err *e)
{
    struct checking c = {fn, ctx, check};

    return corpus_notes_found(corpus, check_found, &c, e);
}
