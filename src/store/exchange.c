/* SPDX-License-Identifier: ISC */
#include "store/exchange.h"

#include "base/mem.h"
#include "store/db.h"
#include "store/state_hold.h"

#include <string.h>

#include <sqlite3.h>

enum { PUTS = 3 };

/*
 * Each statement's columns are at, writer and the fields; its parameters ?1 at, ?2 writer, ?3... the fields. Flags and
 * places have no time of their own: it is that of the last entry of the log about them, which is the greatest, for
 * entries are added only where they are greater. What has none was taken over from what stood in its place before.
 */
struct kind {
    struct exchange_kind shown;
    const char *each, *find, *put[PUTS];
};

/* clang-format off */
#define DIGEST {"digest", EXCHANGE_BYTES, 16}
#define ORIGIN {"origin", EXCHANGE_BYTES, 16}
#define LOCATOR {"locator", EXCHANGE_TEXT, 0}
#define NUMBER(name) {name, EXCHANGE_NUMBER, 0}
#define TRUTH(name) {name, EXCHANGE_TRUTH, 0}
#define TEXT(name) {name, EXCHANGE_TEXT, 0}

#define FLAG_SELECT(bit) \
    "SELECT coalesce(e.at, 0), coalesce(e.writer, 0), m.digest, m.flags & " #bit " <> 0," \
    " coalesce(e.origin, m.origin), e.locator FROM mark m LEFT JOIN entry e ON e.seq = (SELECT seq FROM entry" \
    " WHERE digest = m.digest AND kind = 1 AND a & " #bit " ORDER BY seq DESC LIMIT 1)" \
    " WHERE (e.seq IS NOT NULL OR m.flags & " #bit ")"
#define FLAG(name, bit) \
    {{name, 1, 4, {DIGEST, TRUTH("on"), ORIGIN, LOCATOR}}, \
     FLAG_SELECT(bit) " ORDER BY m.digest", \
     FLAG_SELECT(bit) " AND m.digest = ?3", \
     {"INSERT INTO entry(at, writer, kind, digest, origin, locator, a, b)" \
      " VALUES(?1, ?2, 1, ?3, ?5, ?6, " #bit ", ?4 * " #bit ")", \
      "INSERT INTO mark VALUES(?3, ?5, ?4 * " #bit ", 0, 0, 0, last_insert_rowid()) ON CONFLICT(digest)" \
      " DO UPDATE SET flags = flags & ~" #bit " | excluded.flags, seq = excluded.seq"}}

#define PLACE_SELECT \
    "SELECT coalesce(e.at, 0), coalesce(e.writer, 0), m.digest, m.comment, m.offset, coalesce(e.origin, m.origin)," \
    " e.locator FROM mark m LEFT JOIN entry e ON e.seq = (SELECT seq FROM entry WHERE digest = m.digest AND kind = 2" \
    " ORDER BY seq DESC LIMIT 1) WHERE m.placed"
#define TAG_SELECT \
    "SELECT coalesce(g.at, 0), coalesce(g.writer, 0), t.digest, t.name, t.is_on, coalesce(g.origin, t.origin)," \
    " g.locator FROM tag t LEFT JOIN tagged g ON g.seq = t.seq"
#define SEARCH_SELECT \
    "SELECT at, writer, name, query FROM kept k WHERE seq = (SELECT max(seq) FROM kept WHERE name = k.name)"
#define AUTHOR_SELECT "SELECT at, writer, site, author, is_on FROM hidden"
#define COMMENT_SELECT "SELECT at, writer, digest, key, flags, origin FROM talk"
#define THREAD_SELECT "SELECT visited, writer, digest, seen, origin FROM thread"
#define LETTER_SELECT \
    "SELECT changed, writer, letter, root, locator, digest, origin, reading, comment, offset FROM letter"
#define NOTE_SELECT \
    "SELECT changed, writer, name, removed, made, words, before, after, text, title, site, author, published FROM note"
#define NOTE_PLACE_SELECT \
    "SELECT placed, placer, name, digest, origin, comment, start, \"end\", source_start, source_end, root, locator" \
    " FROM note"

/* Corrections and rules: each was made once, at a time of its own, and stands until it is dropped. */
#define DROP_SELECT(table, fields) \
    "SELECT coalesce(d.at, r.at), coalesce(d.writer, r.writer), r.at, r.writer, d.seq IS NOT NULL, " fields \
    " FROM " table " r LEFT JOIN " table " d ON d.seq = (SELECT x.seq FROM " table " x WHERE x.drops = r.seq" \
    " AND x.drops <> 0 ORDER BY x.at DESC, x.writer DESC LIMIT 1) WHERE r.drops = 0"
#define DROP_FIND " AND r.at = ?3 AND r.writer = ?4"
#define DROP_EACH " ORDER BY r.at, r.writer"
#define DROP_PUT(table, columns, values) \
    {"INSERT INTO " table "(at, writer, drops, " columns ") SELECT ?3, ?4, 0, " values " WHERE NOT EXISTS(SELECT 1" \
     " FROM " table " WHERE drops = 0 AND at = ?3 AND writer = ?4)", \
     "INSERT INTO " table "(at, writer, drops, " columns ") SELECT ?1, ?2, seq, " values " FROM " table \
     " WHERE ?5 AND drops = 0 AND at = ?3 AND writer = ?4"}
#define CORRECTION_SELECT DROP_SELECT("repair", "r.digest, r.answer, r.start, r.line, r.origin, r.locator")
#define RULE_SELECT DROP_SELECT("rule", "r.site, r.answer, r.before, r.line, r.after")

static const struct kind kinds[] = {
    FLAG("read", 1),
    FLAG("starred", 2),
    FLAG("hidden", 4),
    {{"place", 1, 5, {DIGEST, NUMBER("comment"), NUMBER("offset"), ORIGIN, LOCATOR}},
     PLACE_SELECT " ORDER BY m.digest", PLACE_SELECT " AND m.digest = ?3",
     {"INSERT INTO entry(at, writer, kind, digest, a, b, origin, locator) VALUES(?1, ?2, 2, ?3, ?4, ?5, ?6, ?7)",
      "INSERT INTO mark VALUES(?3, ?6, 0, 1, ?4, ?5, last_insert_rowid()) ON CONFLICT(digest)"
      " DO UPDATE SET placed = 1, comment = excluded.comment, offset = excluded.offset, seq = excluded.seq"}},
    {{"tag", 2, 5, {DIGEST, TEXT("name"), TRUTH("on"), ORIGIN, LOCATOR}},
     TAG_SELECT " ORDER BY t.digest, t.name", TAG_SELECT " WHERE t.digest = ?3 AND t.name = ?4",
     {"INSERT INTO tagged(at, writer, digest, name, is_on, origin, locator) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)",
      "INSERT INTO tag(digest, name, is_on, origin, seq) VALUES(?3, ?4, ?5, ?6, last_insert_rowid())"
      " ON CONFLICT(digest, name) DO UPDATE SET is_on = excluded.is_on, seq = excluded.seq"}},
    {{"search", 1, 2, {TEXT("name"), TEXT("query")}},
     SEARCH_SELECT " ORDER BY name", SEARCH_SELECT " AND name = ?3",
     {"INSERT INTO kept(at, writer, name, query) VALUES(?1, ?2, ?3, ?4)",
      "DELETE FROM saved WHERE name = ?3",
      "INSERT INTO saved SELECT ?3, ?4, last_insert_rowid() WHERE ?4 IS NOT NULL"}},
    {{"note", 1, 11,
      {{"name", EXCHANGE_BYTES, 16}, TRUTH("removed"), NUMBER("made"), TEXT("words"), TEXT("before"), TEXT("after"),
       TEXT("text"), TEXT("title"), TEXT("site"), TEXT("author"), TEXT("published")}},
     NOTE_SELECT " WHERE changed >= 0 ORDER BY name", NOTE_SELECT " WHERE name = ?3",
     {"INSERT INTO note(changed, writer, name, removed, made, words, before, after, text, title, site, author,"
      " published, placed, placer) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, -1, 0)"
      " ON CONFLICT(name) DO UPDATE SET changed = excluded.changed, writer = excluded.writer,"
      " removed = excluded.removed, made = excluded.made, words = excluded.words, before = excluded.before,"
      " after = excluded.after, text = excluded.text, title = excluded.title, site = excluded.site,"
      " author = excluded.author, published = excluded.published"}},
    /* Where a passage was found last: kept apart, for finding it is no change of the reader's. Whichever of the two
     * comes first makes a row that the other one completes. */
    {{"note-place", 1, 10,
      {{"name", EXCHANGE_BYTES, 16}, DIGEST, ORIGIN, NUMBER("comment"), NUMBER("start"), NUMBER("end"),
       NUMBER("source-start"), NUMBER("source-end"), TEXT("root"), LOCATOR}},
     NOTE_PLACE_SELECT " WHERE placed >= 0 ORDER BY name", NOTE_PLACE_SELECT " WHERE name = ?3",
     {"INSERT INTO note(placed, placer, name, digest, origin, comment, start, \"end\", source_start, source_end, root,"
      " locator, removed, changed, writer) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, 1, -1, 0)"
      " ON CONFLICT(name) DO UPDATE SET placed = excluded.placed, placer = excluded.placer, digest = excluded.digest,"
      " origin = excluded.origin, comment = excluded.comment, start = excluded.start, \"end\" = excluded.\"end\","
      " source_start = excluded.source_start, source_end = excluded.source_end, root = excluded.root,"
      " locator = excluded.locator"}},
    {{"letter", 2, 8,
      {TEXT("letter"), TEXT("root"), LOCATOR, DIGEST, ORIGIN, TRUTH("reading"), NUMBER("comment"), NUMBER("offset")}},
     LETTER_SELECT " ORDER BY letter, root", LETTER_SELECT " WHERE letter = ?3 AND root = ?4",
     {"INSERT OR REPLACE INTO letter(changed, writer, letter, root, locator, digest, origin, reading, comment, offset)"
      " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)"}},
    {{"comment", 2, 4, {DIGEST, {"key", EXCHANGE_BYTES, 8}, NUMBER("flags"), ORIGIN}},
     COMMENT_SELECT " ORDER BY digest, key", COMMENT_SELECT " WHERE digest = ?3 AND key = ?4",
     {"INSERT OR REPLACE INTO talk(at, writer, digest, key, flags, origin) VALUES(?1, ?2, ?3, ?4, ?5, ?6)"}},
    {{"visit", 1, 3, {DIGEST, {"seen", EXCHANGE_BYTES, 0}, ORIGIN}},
     THREAD_SELECT " ORDER BY digest", THREAD_SELECT " WHERE digest = ?3",
     {"INSERT OR REPLACE INTO thread(visited, writer, digest, seen, origin, flagged) VALUES(?1, ?2, ?3, ?4, ?5, x'')"}},
    {{"hidden-author", 2, 3, {TEXT("site"), TEXT("author"), TRUTH("on")}},
     AUTHOR_SELECT " ORDER BY site, author", AUTHOR_SELECT " WHERE site = ?3 AND author = ?4",
     {"INSERT OR REPLACE INTO hidden(at, writer, site, author, is_on) VALUES(?1, ?2, ?3, ?4, ?5)"}},
    {{"correction", 2, 9,
      {NUMBER("made"), {"maker", EXCHANGE_WRITER, 0}, TRUTH("dropped"), DIGEST, TEXT("answer"), NUMBER("start"),
       TEXT("line"), ORIGIN, LOCATOR}},
     CORRECTION_SELECT DROP_EACH, CORRECTION_SELECT DROP_FIND,
     DROP_PUT("repair", "digest, answer, start, line, origin, locator", "?6, ?7, ?8, ?9, ?10, ?11")},
    {{"rule", 2, 8,
      {NUMBER("made"), {"maker", EXCHANGE_WRITER, 0}, TRUTH("dropped"), TEXT("site"), TEXT("answer"), TEXT("before"),
       TEXT("line"), TEXT("after")}},
     RULE_SELECT DROP_EACH, RULE_SELECT DROP_FIND,
     DROP_PUT("rule", "site, answer, before, line, after", "?6, ?7, ?8, ?9, ?10")},
};
/* clang-format on */

const struct exchange_kind *exchange_kind_at(size_t n)
{
    return n < sizeof kinds / sizeof kinds[0] ? &kinds[n].shown : NULL;
}

const struct exchange_kind *exchange_kind_find(const char *name, size_t len)
{
    const struct exchange_kind *k;
    size_t n;

    for (n = 0; (k = exchange_kind_at(n)); n++)
        if (strlen(k->name) == len && memcmp(k->name, name, len) == 0)
            return k;
    return NULL;
}

static bool has_bytes(const struct exchange_field *f)
{
    return f->type == EXCHANGE_TEXT || f->type == EXCHANGE_BYTES;
}

/* The row that st stands at; borrowed from it. */
static void read_mark(sqlite3_stmt *st, const struct exchange_kind *k, struct exchange_mark *m)
{
    memset(m, 0, sizeof *m);
    m->kind = k;
    m->at = sqlite3_column_int64(st, 0);
    m->writer = sqlite3_column_int64(st, 1);
    for (int i = 0; i < k->count; i++) {
        struct exchange_value *v = &m->value[i];

        v->known = sqlite3_column_type(st, i + 2) != SQLITE_NULL;
        if (has_bytes(&k->field[i])) {
            v->bytes = sqlite3_column_blob(st, i + 2);
            v->len = (size_t)sqlite3_column_bytes(st, i + 2);
            v->bytes = v->bytes ? v->bytes : "";
        } else {
            v->number = sqlite3_column_int64(st, i + 2);
        }
    }
}

bool exchange_each(struct state *s, void (*fn)(void *ctx, const struct exchange_mark *m), void *ctx, struct err *e)
{
    struct db *db = state_db(s);
    struct exchange_mark m;
    sqlite3_stmt *st;
    size_t i;

    db_exec(db, "BEGIN");
    for (i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        st = db_query(db, kinds[i].each, "");
        while (db_row(db, st)) {
            read_mark(st, &kinds[i].shown, &m);
            fn(ctx, &m);
        }
    }
    return state_commit(s, e);
}

/* ---- taking ---- */

bool exchange_check(const struct exchange_mark *m, struct err *e)
{
    const int64_t latest = (int64_t)EXCHANGE_TIME_MAX * 1000;

    if (m->at < 0 || m->at > latest)
        return err_set(e, ERR_IO, "no time: %lld", (long long)m->at);
    for (int i = 0; i < m->kind->count; i++) {
        const struct exchange_field *f = &m->kind->field[i];
        const struct exchange_value *v = &m->value[i];
        bool good = v->known;

        if (f->type == EXCHANGE_BYTES)
            good = v->known && (f->size == 0 || v->len == (size_t)f->size);
        else if (f->type == EXCHANGE_TEXT)
            good = v->known || i >= m->kind->keys;
        else if (f->type != EXCHANGE_WRITER)
            good = v->known && v->number >= 0 && v->number <= (f->type == EXCHANGE_TRUTH ? 1 : latest);
        if (!good)
            return err_set(e, ERR_IO, "no '%s' in a mark of kind '%s', or a wrong one", f->name, m->kind->name);
    }
    return true;
}

static int compare_numbers(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

static int compare_values(const struct exchange_value *a, const struct exchange_value *b, bool bytes)
{
    size_t least = a->len < b->len ? a->len : b->len;
    int order = compare_numbers(a->known, b->known);

    if (order != 0 || !a->known)
        return order;
    if (!bytes)
        return compare_numbers(a->number, b->number);
    order = memcmp(a->bytes, b->bytes, least);
    return order != 0 ? order : compare_numbers((int64_t)a->len, (int64_t)b->len);
}

static bool is_greater(const struct exchange_mark *a, const struct exchange_mark *b)
{
    int order = compare_numbers(a->at, b->at), i;

    if (order == 0)
        order = compare_numbers(a->writer, b->writer);
    for (i = 0; order == 0 && i < a->kind->count; i++)
        order = compare_values(&a->value[i], &b->value[i], has_bytes(&a->kind->field[i]));
    return order > 0;
}

/* The statement, with the mark bound to as many parameters as it has. */
static sqlite3_stmt *bind(struct db *db, const char *sql, const struct exchange_mark *m)
{
    sqlite3_stmt *st = db_query(db, sql, "");
    int count = st ? sqlite3_bind_parameter_count(st) : 0;

    for (int n = 1; n <= count; n++) {
        const struct exchange_value *v = n > 2 ? &m->value[n - 3] : NULL;

        if (!v)
            sqlite3_bind_int64(st, n, n == 1 ? m->at : m->writer);
        else if (!v->known)
            sqlite3_bind_null(st, n);
        else if (m->kind->field[n - 3].type == EXCHANGE_TEXT)
            sqlite3_bind_text64(st, n, v->bytes, v->len, SQLITE_STATIC, SQLITE_UTF8);
        else if (m->kind->field[n - 3].type == EXCHANGE_BYTES)
            sqlite3_bind_blob64(st, n, v->bytes, v->len, SQLITE_STATIC);
        else
            sqlite3_bind_int64(st, n, v->number);
    }
    return st;
}

static bool is_news(struct db *db, const struct kind *k, const struct exchange_mark *m)
{
    sqlite3_stmt *st = bind(db, k->find, m);
    struct exchange_mark here;
    bool news = true;

    if (db_row(db, st)) {
        read_mark(st, &k->shown, &here);
        news = is_greater(m, &here);
        db_done(st);
    }
    return news && db_fault(db) == DB_FINE;
}

bool exchange_take(struct state *s, const struct exchange_mark *m, bool *news, struct err *e)
{
    const struct kind *k = kinds;
    struct db *db = state_db(s);

    *news = false;
    if (!exchange_check(m, e))
        return false;
    while (&k->shown != m->kind)
        k++;
    if (state_begin(s) && is_news(db, k, m)) {
        *news = true;
        for (int i = 0; i < PUTS && k->put[i]; i++)
            db_row(db, bind(db, k->put[i], m));
        db_run(db, "UPDATE self SET clock = ?1 WHERE clock < ?1", "i", m->at);
    }
    return state_commit(s, e);
}
