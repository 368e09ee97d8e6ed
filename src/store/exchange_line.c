/* SPDX-License-Identifier: ISC */
#include "store/exchange_line.h"

#include "base/arena.h"
#include "base/utf8.h"
#include "doc/json.h"
#include "store/db.h"

#include <inttypes.h>
#include <string.h>

#include <sqlite3.h>

static const char first[] = "reading-state";

static void add_hex(struct buf *out, const char *bytes, size_t len)
{
    buf_add_char(out, '"');
    for (size_t i = 0; i < len; i++)
        buf_add_fmt(out, "%02x", (unsigned)(unsigned char)bytes[i]);
    buf_add_char(out, '"');
}

static void add_value(struct buf *out, const struct exchange_field *f, const struct exchange_value *v)
{
    bool raw = f->type == EXCHANGE_TEXT && !utf8_valid(v->bytes, v->len, NULL);

    if (!v->known)
        return;
    buf_add_fmt(out, ", \"%s%s\": ", f->name, raw ? "-bytes" : "");
    if (raw || f->type == EXCHANGE_BYTES)
        add_hex(out, v->bytes, v->len);
    else if (f->type == EXCHANGE_TEXT)
        json_add_string(out, v->bytes, v->len);
    else if (f->type == EXCHANGE_TRUTH)
        buf_add_str(out, v->number ? "true" : "false");
    else if (f->type == EXCHANGE_WRITER)
        buf_add_fmt(out, "\"%016" PRIx64 "\"", (uint64_t)v->number);
    else
        buf_add_fmt(out, "%" PRId64, v->number);
}

void exchange_line_add_first(struct buf *out)
{
    buf_add_fmt(out, "{\"kind\": \"%s\", \"version\": %d}\n", first, EXCHANGE_LINE_VERSION);
}

void exchange_line_add(struct buf *out, const struct exchange_mark *m)
{
    buf_add_fmt(out, "{\"kind\": \"%s\", \"at\": %" PRId64 ", \"writer\": \"%016" PRIx64 "\"", m->kind->name, m->at,
                (uint64_t)m->writer);
    for (int i = 0; i < m->kind->count; i++)
        add_value(out, &m->kind->field[i], &m->value[i]);
    buf_add_str(out, "}\n");
}

/* ---- reading ---- */

struct line {
    struct db *db;
    const char *text;
    size_t len;
    struct arena arena;
};

/* The member as text, or false where it is not there or of another type ("text", "integer", "true"). */
static bool find(struct line *l, const char *name, const char *type, struct exchange_value *v)
{
    sqlite3_stmt *st = db_query(l->db, "SELECT atom FROM json_each(?1) WHERE key = ?2 AND type = ?3", "stt",
                                (const void *)l->text, l->len, name, type);
    bool found = db_row(l->db, st);

    if (found) {
        v->known = true;
        v->number = sqlite3_column_int64(st, 0);
        v->len = (size_t)sqlite3_column_bytes(st, 0);
        v->bytes = arena_strndup(&l->arena, (const char *)sqlite3_column_text(st, 0), v->len);
        db_done(st);
    }
    return found;
}

static int digit(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Hexadecimal digits become bytes. */
static bool decode(struct line *l, struct exchange_value *v)
{
    char *bytes = arena_strndup(&l->arena, v->bytes, v->len);

    for (size_t i = 0; i < v->len; i++) {
        if (digit(v->bytes[i]) < 0)
            return v->known = false;
        bytes[i / 2] = (char)(unsigned char)(i % 2 ? (unsigned char)bytes[i / 2] | (unsigned)digit(v->bytes[i])
                                                   : (unsigned)digit(v->bytes[i]) << 4);
    }
    v->known = v->len % 2 == 0;
    v->bytes = bytes;
    v->len /= 2;
    return v->known;
}

static bool find_writer(struct line *l, const char *name, int64_t *writer)
{
    struct exchange_value v = {.known = false};
    uint64_t bits = 0;

    if (!find(l, name, "text", &v) || !decode(l, &v) || v.len != sizeof bits)
        return false;
    for (size_t i = 0; i < v.len; i++)
        bits = bits << 8 | (unsigned char)v.bytes[i];
    memcpy(writer, &bits, sizeof bits);
    return true;
}

static void find_text(struct line *l, const char *name, struct exchange_value *v)
{
    struct buf raw;

    if (find(l, name, "text", v))
        return;
    buf_init(&raw);
    buf_add_fmt(&raw, "%s-bytes", name);
    if (find(l, raw.data, "text", v))
        decode(l, v);
    buf_release(&raw);
}

static void find_value(struct line *l, const struct exchange_field *f, struct exchange_value *v)
{
    switch (f->type) {
    case EXCHANGE_TEXT:
        find_text(l, f->name, v);
        break;
    case EXCHANGE_BYTES:
        if (find(l, f->name, "text", v))
            decode(l, v);
        break;
    case EXCHANGE_TRUTH:
        v->number = find(l, f->name, "true", v);
        v->known = v->number || find(l, f->name, "false", v);
        break;
    case EXCHANGE_WRITER:
        v->known = find_writer(l, f->name, &v->number);
        break;
    case EXCHANGE_NUMBER:
        find(l, f->name, "integer", v);
        break;
    }
}

static bool check_first(struct line *l, struct err *e)
{
    struct exchange_value version = {.known = false};

    if (find(l, "version", "integer", &version) && version.number == EXCHANGE_LINE_VERSION)
        return true;
    return err_set(e, ERR_IO, "a reading state of another version of this form");
}

static bool take(struct state *s, struct line *l, bool *mark, bool *news, struct err *e)
{
    struct exchange_value kind = {.known = false}, at = {.known = false};
    struct exchange_mark m = {.kind = NULL};

    if (!find(l, "kind", "text", &kind))
        return err_set(e, ERR_IO, "no 'kind'");
    if (kind.len == strlen(first) && memcmp(kind.bytes, first, kind.len) == 0)
        return check_first(l, e);
    m.kind = exchange_kind_find(kind.bytes, kind.len);
    if (!m.kind)
        return err_set(e, ERR_IO, "nothing is known of marks of kind '%s'", kind.bytes);
    if (!find(l, "at", "integer", &at) || !find_writer(l, "writer", &m.writer))
        return err_set(e, ERR_IO, "no 'at' or no 'writer'");
    m.at = at.number;
    for (int i = 0; i < m.kind->count; i++)
        find_value(l, &m.kind->field[i], &m.value[i]);
    *mark = exchange_take(s, &m, news, e);
    return *mark;
}

bool exchange_line_take(struct state *s, const char *line, size_t len, bool *mark, bool *news, struct err *e)
{
    struct line l = {.db = state_db(s), .text = line, .len = len};
    bool ok = false;

    *mark = *news = false;
    if (!utf8_valid(line, len, NULL) || memchr(line, '\0', len) ||
        !db_int(l.db, 0, "SELECT CASE WHEN json_valid(?1) THEN json_type(?1) = 'object' END", "s", (const void *)line,
                len)) {
        err_set(e, ERR_IO, "not a JSON object");
    } else {
        arena_init(&l.arena);
        ok = take(s, &l, mark, news, e);
        arena_release(&l.arena);
    }
    return ok;
}
