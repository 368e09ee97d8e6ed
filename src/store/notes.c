/* SPDX-License-Identifier: ISC */
#include "store/notes.h"

#include "base/mem.h"
#include "store/column.h"
#include "store/db.h"
#include "store/state_hold.h"

#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

const char *notes_tables(void)
{
    return "CREATE TABLE note(id INTEGER PRIMARY KEY, name BLOB UNIQUE, made INT, changed INT, removed INT,"
           " digest BLOB, origin BLOB, comment INT, start INT, \"end\" INT, source_start INT, source_end INT,"
           " words TEXT, before TEXT, after TEXT, text TEXT, title TEXT, site TEXT, author TEXT, published TEXT,"
           " root TEXT, locator TEXT);"
           "CREATE INDEX note_digest ON note(digest);"
           "CREATE INDEX note_origin ON note(origin);"
           "CREATE TABLE letter(letter TEXT, root TEXT, locator TEXT, digest BLOB, origin BLOB, reading INT,"
           " comment INT, offset INT, changed INT, PRIMARY KEY(letter, root)) WITHOUT ROWID;";
}

#define COLUMNS                                                                                              \
    "id, made, changed, digest, origin, comment, start, \"end\", source_start, source_end, words, before, "  \
    "after, text, title, site, author, published, root, locator"

enum { STRINGS = 10 };

static void list_strings(struct notes_note *n, char **strings[static STRINGS])
{
    char **const all[STRINGS] = {&n->words, &n->before, &n->after,     &n->text, &n->title,
                                 &n->site,  &n->author, &n->published, &n->root, &n->locator};

    memcpy(strings, all, sizeof all);
}

void notes_note_release(struct notes_note *n)
{
    char **strings[STRINGS];

    list_strings(n, strings);
    for (int i = 0; i < STRINGS; i++)
        free(*strings[i]);
    memset(n, 0, sizeof *n);
}

struct notes_note notes_note_copy(const struct notes_note *n)
{
    struct notes_note copy = *n;
    char **strings[STRINGS];

    list_strings(&copy, strings);
    for (int i = 0; i < STRINGS; i++)
        *strings[i] = mem_strdup(*strings[i]);
    return copy;
}

bool notes_add(struct state *s, struct notes_note *n, struct err *e)
{
    unsigned char name[16];
    struct db *db = state_db(s);

    sqlite3_randomness(sizeof name, name);
    if (state_begin(s))
        n->made = n->changed = state_now(s);
    db_run(db,
           "INSERT INTO note(name, made, changed, removed, digest, origin, comment, start, \"end\", "
           "source_start, source_end, words, before, after, text, title, site, author, published, root, "
           "locator, writer) VALUES(?1, ?2, ?2, 0, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, "
           "?17, ?18, ?19, ?20)",
           "bibbiiiiitttttttttti", (const void *)name, sizeof name, n->made,
           (const void *)n->article.digest.byte, sizeof n->article.digest.byte,
           (const void *)n->article.origin.byte, sizeof n->article.origin.byte, (int64_t)n->comment,
           (int64_t)n->start, (int64_t)n->end, (int64_t)n->source_start, (int64_t)n->source_end, n->words,
           n->before, n->after, n->text, n->title, n->site, n->author, n->published, n->root, n->locator,
           state_name(s));
    n->id = sqlite3_last_insert_rowid(db_handle(db));
    return state_commit(s, e);
}

static void set_removed(struct state *s, int64_t id, bool removed)
{
    db_run(state_db(s), "UPDATE note SET removed = ?2, changed = ?3, writer = ?4 WHERE id = ?1", "iiii", id,
           (int64_t)removed, state_now(s), state_name(s));
}

int64_t notes_change(struct state *s, int64_t id, const char *text, struct err *e)
{
    unsigned char name[16];
    struct db *db = state_db(s);
    int64_t added = 0;

    sqlite3_randomness(sizeof name, name);
    state_begin(s);
    db_run(db,
           "INSERT INTO note(name, made, changed, removed, digest, origin, comment, start, \"end\", "
           "source_start, source_end, words, before, after, text, title, site, author, published, root, "
           "locator, writer, placed, placer) SELECT ?2, made, ?3, 0, digest, origin, comment, start, \"end\", "
           "source_start, source_end, words, before, after, ?4, title, site, author, published, root, locator, ?5, "
           "placed, placer FROM note WHERE id = ?1",
           "ibiti", id, (const void *)name, sizeof name, state_now(s), text, state_name(s));
    if (db_changes(db) == 1)
        added = sqlite3_last_insert_rowid(db_handle(db));
    set_removed(s, id, true);
    if (!state_commit(s, e))
        return 0;
    if (!added)
        err_set(e, ERR_NOMATCH, "there is no note %lld", (long long)id);
    return added;
}

bool notes_set_place(struct state *s, const struct notes_note *n, struct err *e)
{
    state_begin(s);
    db_run(state_db(s),
           "UPDATE note SET digest = ?2, origin = ?3, comment = ?4, start = ?5, \"end\" = ?6, source_start = "
           "?7, source_end = ?8, root = ?9, locator = ?10, placed = ?11, placer = ?12 WHERE id = ?1",
           "ibbiiiiittii", n->id, (const void *)n->article.digest.byte, sizeof n->article.digest.byte,
           (const void *)n->article.origin.byte, sizeof n->article.origin.byte, (int64_t)n->comment,
           (int64_t)n->start, (int64_t)n->end, (int64_t)n->source_start, (int64_t)n->source_end, n->root,
           n->locator, state_now(s), state_name(s));
    return state_commit(s, e);
}

bool notes_set_removed(struct state *s, int64_t id, bool removed, struct err *e)
{
    state_begin(s);
    set_removed(s, id, removed);
    return state_commit(s, e);
}

static void read_note(sqlite3_stmt *st, struct notes_note *n)
{
    memset(n, 0, sizeof *n);
    n->id = sqlite3_column_int64(st, 0);
    n->made = sqlite3_column_int64(st, 1);
    n->changed = sqlite3_column_int64(st, 2);
    column_digest(st, 3, &n->article.digest);
    column_digest(st, 4, &n->article.origin);
    n->comment = sqlite3_column_int(st, 5);
    n->start = (size_t)sqlite3_column_int64(st, 6);
    n->end = (size_t)sqlite3_column_int64(st, 7);
    n->source_start = (size_t)sqlite3_column_int64(st, 8);
    n->source_end = (size_t)sqlite3_column_int64(st, 9);
    n->words = column_copy(st, 10);
    n->before = column_copy(st, 11);
    n->after = column_copy(st, 12);
    n->text = column_copy(st, 13);
    n->title = column_copy(st, 14);
    n->site = column_copy(st, 15);
    n->author = column_copy(st, 16);
    n->published = column_copy(st, 17);
    n->root = column_copy(st, 18);
    n->locator = column_copy(st, 19);
}

bool notes_each(struct state *s, const struct state_id *article,
                void (*fn)(void *ctx, const struct notes_note *n), void *ctx, struct err *e)
{
    struct db *db = state_db(s);
    struct notes_note *notes = NULL;
    size_t count = 0, cap = 0;
    sqlite3_stmt *st;

    if (article)
        st = db_query(db,
                      "SELECT " COLUMNS " FROM note WHERE removed = 0 AND (digest = ?1 OR origin = ?2)"
                      " ORDER BY comment, start, id",
                      "bb", (const void *)article->digest.byte, sizeof article->digest.byte,
                      (const void *)article->origin.byte, sizeof article->origin.byte);
    else
        st = db_query(db, "SELECT " COLUMNS " FROM note WHERE removed = 0 ORDER BY made DESC, id DESC", "");
    /* fn may write: nothing is open then. */
    while (db_row(db, st)) {
        mem_grow(&notes, &cap, count + 1, sizeof *notes);
        read_note(st, &notes[count++]);
    }
    for (size_t i = 0; i < count; i++) {
        fn(ctx, &notes[i]);
        notes_note_release(&notes[i]);
    }
    free(notes);
    return state_commit(s, e);
}

bool notes_set_letter(struct state *s, const struct notes_letter *l, struct err *e)
{
    const char letter[2] = {l->letter, '\0'};

    state_begin(s);
    db_run(state_db(s), "INSERT OR REPLACE INTO letter VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
           "tttbbiiiii", letter, l->root ? l->root : "", l->locator, (const void *)l->article.digest.byte,
           sizeof l->article.digest.byte, (const void *)l->article.origin.byte, sizeof l->article.origin.byte,
           (int64_t)l->reading, (int64_t)l->comment, (int64_t)l->offset, state_now(s), state_name(s));
    return state_commit(s, e);
}

void notes_each_article(struct state *s, void (*fn)(void *ctx, const struct digest *d), void *ctx)
{
    struct db *db = state_db(s);
    sqlite3_stmt *st = db_query(db, "SELECT DISTINCT digest FROM note WHERE removed = 0", "");
    struct digest d;

    while (db_row(db, st)) {
        column_digest(st, 0, &d);
        fn(ctx, &d);
    }
    db_clear(db);
}

bool notes_each_letter(struct state *s, char letter, bool (*fn)(void *ctx, const struct notes_letter *l),
                       void *ctx, struct err *e)
{
    const char name[2] = {letter, '\0'};
    bool more = true;
    struct db *db = state_db(s);
    sqlite3_stmt *st = db_query(db,
                                "SELECT root, locator, digest, origin, reading, comment, offset FROM letter"
                                " WHERE letter = ?1 ORDER BY changed DESC",
                                "t", name);

    while (more && db_row(db, st)) {
        struct notes_letter l = {.letter = letter, .root = column_copy(st, 0), .locator = column_copy(st, 1)};

        column_digest(st, 2, &l.article.digest);
        column_digest(st, 3, &l.article.origin);
        l.reading = sqlite3_column_int(st, 4);
        l.comment = sqlite3_column_int(st, 5);
        l.offset = (size_t)sqlite3_column_int64(st, 6);
        more = fn(ctx, &l);
        free(l.root);
        free(l.locator);
        if (!more)
            db_done(st);
    }
    return state_commit(s, e);
}
