/* SPDX-License-Identifier: ISC */
#include "store/repairs.h"

#include "store/column.h"
#include "store/db.h"
#include "store/state_hold.h"

#include <string.h>

#include <sqlite3.h>

/* drops: the number of the entry that this one takes back, 0 for none. answer is kept by name: the numbers of
 * doc/fix may change. */
const char *repairs_tables(void)
{
    return "CREATE TABLE repair(seq INTEGER PRIMARY KEY AUTOINCREMENT, at INT, writer INT, drops INT, digest BLOB,"
           " origin BLOB, locator TEXT, answer TEXT, start INT, line TEXT);"
           "CREATE INDEX repair_drops ON repair(drops) WHERE drops <> 0;"
           "CREATE TABLE rule(seq INTEGER PRIMARY KEY AUTOINCREMENT, at INT, writer INT, drops INT, site TEXT,"
           " answer TEXT, before TEXT, line TEXT, after TEXT);"
           "CREATE INDEX rule_drops ON rule(drops) WHERE drops <> 0;";
}

/* The number of the entry just written, once it is committed. */
static int64_t written(struct state *s, struct err *e)
{
    int64_t number = sqlite3_last_insert_rowid(db_handle(state_db(s)));

    return state_commit(s, e) ? number : 0;
}

int64_t repairs_add(struct state *s, const struct repairs_line *r, struct err *e)
{
    state_begin(s);
    db_run(state_db(s),
           "INSERT INTO repair(at, writer, drops, digest, origin, locator, answer, start, line)"
           " VALUES(?1, ?2, 0, ?3, ?4, ?5, ?6, ?7, ?8)",
           "iibbttit", state_now(s), state_name(s), (const void *)r->id.digest.byte,
           sizeof r->id.digest.byte, (const void *)r->id.origin.byte, sizeof r->id.origin.byte, r->locator,
           fix_info(r->fix.answer)->name, (int64_t)r->fix.start, r->fix.line);
    return written(s, e);
}

int64_t repairs_add_rule(struct state *s, const struct repairs_rule *r, struct err *e)
{
    state_begin(s);
    db_run(state_db(s),
           "INSERT INTO rule(at, writer, drops, site, answer, before, line, after)"
           " VALUES(?1, ?2, 0, ?3, ?4, ?5, ?6, ?7)",
           "iittttt", state_now(s), state_name(s), r->site, fix_info(r->fix.answer)->name, r->fix.before,
           r->fix.line, r->fix.after);
    return written(s, e);
}

bool repairs_drop(struct state *s, int64_t number, struct err *e)
{
    struct db *db = state_db(s);
    int changed;

    state_begin(s);
    db_run(db,
           "INSERT INTO repair(at, writer, drops, digest, origin, locator, answer, start, line)"
           " SELECT ?1, ?2, seq, digest, origin, locator, answer, start, line FROM repair"
           " WHERE seq = ?3 AND drops = 0 AND NOT EXISTS(SELECT 1 FROM repair d WHERE d.drops = ?3 AND d.drops <> 0)",
           "iii", state_now(s), state_name(s), number);
    changed = db_changes(db);
    if (!state_commit(s, e))
        return false;
    return changed == 1 || err_set(e, ERR_NOMATCH, "there is no correction %lld", (long long)number);
}

bool repairs_drop_rule(struct state *s, int64_t number, struct err *e)
{
    struct db *db = state_db(s);
    int changed;

    state_begin(s);
    db_run(db,
           "INSERT INTO rule(at, writer, drops, site, answer, before, line, after)"
           " SELECT ?1, ?2, seq, site, answer, before, line, after FROM rule"
           " WHERE seq = ?3 AND drops = 0 AND NOT EXISTS(SELECT 1 FROM rule d WHERE d.drops = ?3 AND d.drops <> 0)",
           "iii", state_now(s), state_name(s), number);
    changed = db_changes(db);
    if (!state_commit(s, e))
        return false;
    return changed == 1 || err_set(e, ERR_NOMATCH, "there is no rule %lld", (long long)number);
}

/* What a later version wrote and this one does not know is left where it is. */
static bool answer_of(sqlite3_stmt *st, int column, enum fix_answer *a)
{
    const char *name = column_text(st, column);

    return fix_find(name, strlen(name), a);
}

void repairs_each(struct state *s, void (*fn)(void *ctx, const struct repairs_line *r), void *ctx)
{
    struct db *db = state_db(s);
    sqlite3_stmt *st = db_query(db,
                                "SELECT seq, digest, origin, locator, answer, start, line FROM repair r WHERE"
                                " drops = 0 AND NOT EXISTS(SELECT 1 FROM repair d WHERE d.drops = r.seq AND d.drops"
                                " <> 0) ORDER BY seq",
                                "");

    while (db_row(db, st)) {
        struct repairs_line r = {.number = sqlite3_column_int64(st, 0), .locator = column_text(st, 3)};

        if (!answer_of(st, 4, &r.fix.answer))
            continue;
        column_digest(st, 1, &r.id.digest);
        column_digest(st, 2, &r.id.origin);
        r.fix.start = (size_t)sqlite3_column_int64(st, 5);
        r.fix.line = column_text(st, 6);
        fn(ctx, &r);
    }
    db_clear(db);
}

void repairs_each_rule(struct state *s, void (*fn)(void *ctx, const struct repairs_rule *r), void *ctx)
{
    struct db *db = state_db(s);
    sqlite3_stmt *st = db_query(db,
                                "SELECT seq, site, answer, before, line, after FROM rule r WHERE drops = 0 AND NOT"
                                " EXISTS(SELECT 1 FROM rule d WHERE d.drops = r.seq AND d.drops <> 0) ORDER BY seq",
                                "");

    while (db_row(db, st)) {
        struct repairs_rule r = {.number = sqlite3_column_int64(st, 0), .site = column_text(st, 1)};

        if (!answer_of(st, 2, &r.fix.answer))
            continue;
        r.fix.formed = true;
        r.fix.before = column_text(st, 3);
        r.fix.line = column_text(st, 4);
        r.fix.after = column_text(st, 5);
        fn(ctx, &r);
    }
    db_clear(db);
}

int64_t repairs_last(struct state *s)
{
    int64_t last = db_int(state_db(s), 0, "SELECT max(seq) FROM repair", "");

    db_clear(state_db(s));
    return last;
}

int64_t repairs_last_rule(struct state *s)
{
    int64_t last = db_int(state_db(s), 0, "SELECT max(seq) FROM rule", "");

    db_clear(state_db(s));
    return last;
}

void repairs_since(struct state *s, int64_t since, void (*fn)(void *ctx, const struct state_id *id), void *ctx)
{
    struct db *db = state_db(s);
    sqlite3_stmt *st = db_query(db, "SELECT DISTINCT digest, origin FROM repair WHERE seq > ?1", "i", since);

    while (db_row(db, st)) {
        struct state_id id;

        column_digest(st, 0, &id.digest);
        column_digest(st, 1, &id.origin);
        fn(ctx, &id);
    }
    db_clear(db);
}

void repairs_rules_since(struct state *s, int64_t since, void (*fn)(void *ctx, const char *site), void *ctx)
{
    struct db *db = state_db(s);
    sqlite3_stmt *st = db_query(db, "SELECT DISTINCT site FROM rule WHERE seq > ?1", "i", since);

    while (db_row(db, st))
        fn(ctx, column_text(st, 0));
    db_clear(db);
}
