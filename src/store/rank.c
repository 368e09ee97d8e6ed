/* SPDX-License-Identifier: ISC */
#include "store/rank.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

/* A row of rank. */
struct run {
    struct spot from;
    int64_t count, unread, kids;
};

static int compare(const struct order_key *a, int64_t a_id, const struct order_key *b, int64_t b_id)
{
    int c = order_compare(a, b);

    return c ? c : (a_id > b_id) - (a_id < b_id);
}

int rank_compare(const struct spot *a, const struct spot *b)
{
    return compare(&a->key, a->id, &b->key, b->id);
}

static int compare_places(const void *a, const void *b)
{
    const struct place *x = a, *y = b;

    if (x->ord != y->ord)
        return x->ord < y->ord ? -1 : 1;
    return compare(&x->key, x->id, &y->key, y->id);
}

static void read_key(sqlite3_stmt *st, int column, struct order_key *key)
{
    int len = sqlite3_column_bytes(st, column);

    key->len = (uint8_t)(len < ORDER_KEY_MAX ? len : ORDER_KEY_MAX);
    if (key->len)
        memcpy(key->bytes, sqlite3_column_blob(st, column), key->len);
}

static void read_run(sqlite3_stmt *st, struct run *run)
{
    read_key(st, 0, &run->from.key);
    run->from.id = sqlite3_column_int64(st, 1);
    run->from.flags = 0;
    run->count = sqlite3_column_int64(st, 2);
    run->unread = sqlite3_column_int64(st, 3);
    run->kids = sqlite3_column_int64(st, 4);
}

/* The run or group that a place belongs to. */
static bool find_run(struct db *db, int ord, int level, const struct spot *spot, struct run *run)
{
    sqlite3_stmt *st = db_query(db,
                                "SELECT key, id, count, unread, kids FROM rank WHERE ord = ?1 AND level = ?2"
                                " AND (key, id) <= (?3, ?4) ORDER BY key DESC, id DESC LIMIT 1",
                                "iibi", (int64_t)ord, (int64_t)level, (const void *)spot->key.bytes,
                                (size_t)spot->key.len, spot->id);

    if (!db_row(db, st))
        return false;
    read_run(st, run);
    db_done(st);
    return true;
}

/* Where the next one begins; false where run is the last. */
static bool find_next(struct db *db, int ord, int level, const struct run *run, struct spot *next)
{
    sqlite3_stmt *st =
        db_query(db,
                 "SELECT key, id FROM rank WHERE ord = ?1 AND level = ?2 AND (key, id) > (?3, ?4)"
                 " ORDER BY key, id LIMIT 1",
                 "iibi", (int64_t)ord, (int64_t)level, (const void *)run->from.key.bytes,
                 (size_t)run->from.key.len, run->from.id);

    if (!db_row(db, st))
        return false;
    read_key(st, 0, &next->key);
    next->id = sqlite3_column_int64(st, 1);
    db_done(st);
    return true;
}

static bool change_run(struct db *db, int ord, int level, const struct run *run, int64_t count,
                       int64_t unread, int64_t kids)
{
    return db_run(db,
                  "UPDATE rank SET count = count + ?5, unread = unread + ?6, kids = kids + ?7"
                  " WHERE ord = ?1 AND level = ?2 AND key = ?3 AND id = ?4",
                  "iibiiii", (int64_t)ord, (int64_t)level, (const void *)run->from.key.bytes,
                  (size_t)run->from.key.len, run->from.id, count, unread, kids);
}

static sqlite3_stmt *read_below(struct db *db, int ord, int level, const struct run *run)
{
    const void *key = run->from.key.bytes;

    if (level == 0)
        return db_query(
            db,
            "SELECT key, id, 1, (flags & 1) = 0, 1 FROM place WHERE ord = ?1 AND (key, id) >= (?2, ?3)"
            " ORDER BY key, id",
            "ibi", (int64_t)ord, key, (size_t)run->from.key.len, run->from.id);
    return db_query(db,
                    "SELECT key, id, count, unread, kids FROM rank WHERE ord = ?1 AND level = 0"
                    " AND (key, id) >= (?2, ?3) ORDER BY key, id",
                    "ibi", (int64_t)ord, key, (size_t)run->from.key.len, run->from.id);
}

/* Cuts a run (or a group) that grew too long into pieces of each elements, counting anew. */
static int64_t split(struct db *db, int ord, int level, const struct run *run, int each)
{
    struct run *pieces = NULL, row, *piece = NULL;
    size_t count = 0, cap = 0, i;
    struct spot next;
    bool bounded = find_next(db, ord, level, run, &next);
    sqlite3_stmt *st = read_below(db, ord, level, run);
    int elements = each;

    while (db_row(db, st)) {
        read_run(st, &row);
        if (bounded && compare(&row.from.key, row.from.id, &next.key, next.id) >= 0) {
            db_done(st);
            break;
        }
        if (elements++ == each) {
            mem_grow(&pieces, &cap, count + 1, sizeof *pieces);
            piece = &pieces[count++];
            *piece = row;
            piece->kids = 1;
            elements = 1;
            if (count == 1)
                piece->from = run->from;
            continue;
        }
        piece->count += row.count;
        piece->unread += row.unread;
        piece->kids++;
    }
    for (i = 0; i < count; i++) {
        /* kids of a run are not counted: it stands for one, itself. */
        db_run(db, "INSERT OR REPLACE INTO rank VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)", "iibiiii", (int64_t)ord,
               (int64_t)level, (const void *)pieces[i].from.key.bytes, (size_t)pieces[i].from.key.len,
               pieces[i].from.id, pieces[i].count, pieces[i].unread, level ? pieces[i].kids : (int64_t)1);
    }
    free(pieces);
    return count ? (int64_t)count - 1 : 0;
}

/* Counts count places, all in one run, the first of them at spot. */
static void add_to_run(struct db *db, int ord, const struct run *run, int64_t count, int64_t unread)
{
    struct run group;
    int64_t more = 0;

    if (!find_run(db, ord, 1, &run->from, &group))
        return;
    change_run(db, ord, 0, run, count, unread, 0);
    if (run->count + count > RANK_RUN_MAX)
        more = split(db, ord, 0, run, RANK_RUN);
    change_run(db, ord, 1, &group, count, unread, more);
    if (group.kids + more > RANK_GROUP_MAX)
        split(db, ord, 1, &group, RANK_GROUP);
}

static void count_in(struct db *db, const struct place *places, size_t count)
{
    size_t i = 0, from;
    struct run run;
    struct spot next, spot = {0};

    while (i < count && places[i].ord < ORDER_COUNT) {
        int ord = places[i].ord;
        int64_t unread = 0;
        bool bounded;

        spot.key = places[i].key;
        spot.id = places[i].id;
        if (!find_run(db, ord, 0, &spot, &run))
            return;
        bounded = find_next(db, ord, 0, &run, &next);
        for (from = i; i < count && places[i].ord == ord; i++) {
            if (bounded && compare(&places[i].key, places[i].id, &next.key, next.id) >= 0)
                break;
            unread += !(places[i].flags & RANK_READ);
        }
        add_to_run(db, ord, &run, (int64_t)(i - from), unread);
    }
}

bool rank_insert(struct db *db, struct place *places, size_t count)
{
    size_t i;

    mem_sort(places, count, sizeof *places, compare_places);
    for (i = 0; i < count; i++) {
        if (!db_run(db, "INSERT OR REPLACE INTO place VALUES(?1, ?2, ?3, ?4, ?5)", "ibiii",
                    (int64_t)places[i].ord, (const void *)places[i].key.bytes, (size_t)places[i].key.len,
                    places[i].id, (int64_t)places[i].flags,
                    places[i].ord < ORDER_COUNT ? places[i].slot : (int64_t)0))
            return false;
    }
    count_in(db, places, count);
    return db_fault(db) == DB_FINE;
}

bool rank_remove(struct db *db, const struct place *place)
{
    struct spot spot = {.id = place->id, .key = place->key};
    struct run run, group;
    int64_t unread = place->flags & RANK_READ ? 0 : 1;
    bool gone;

    if (!db_run(db, "DELETE FROM place WHERE ord = ?1 AND key = ?2 AND id = ?3", "ibi", (int64_t)place->ord,
                (const void *)place->key.bytes, (size_t)place->key.len, place->id))
        return false;
    if (db_changes(db) == 0 || place->ord >= ORDER_COUNT || !find_run(db, place->ord, 0, &spot, &run) ||
        !find_run(db, place->ord, 1, &run.from, &group))
        return db_fault(db) == DB_FINE;
    /* A run without places goes too, but never the one that begins a group: the group's bounds are its own.
     */
    gone = run.count == 1 && compare(&run.from.key, run.from.id, &group.from.key, group.from.id) != 0;
    if (gone)
        db_run(db, "DELETE FROM rank WHERE ord = ?1 AND level = 0 AND key = ?2 AND id = ?3", "ibi",
               (int64_t)place->ord, (const void *)run.from.key.bytes, (size_t)run.from.key.len, run.from.id);
    else
        change_run(db, place->ord, 0, &run, -1, -unread, 0);
    return change_run(db, place->ord, 1, &group, -1, -unread, gone ? -1 : 0);
}

bool rank_set_flags(struct db *db, const struct place *place, unsigned flags)
{
    struct spot spot = {.id = place->id, .key = place->key};
    int64_t unread = (int64_t) !(flags & RANK_READ) - (int64_t) !(place->flags & RANK_READ);
    struct run run, group;

    db_run(db, "UPDATE place SET flags = ?4 WHERE ord = ?1 AND key = ?2 AND id = ?3", "ibii",
           (int64_t)place->ord, (const void *)place->key.bytes, (size_t)place->key.len, place->id,
           (int64_t)flags);
    if (unread == 0 || db_changes(db) == 0 || !find_run(db, place->ord, 0, &spot, &run) ||
        !find_run(db, place->ord, 1, &run.from, &group))
        return db_fault(db) == DB_FINE;
    return change_run(db, place->ord, 0, &run, 0, unread, 0) &&
           change_run(db, place->ord, 1, &group, 0, unread, 0);
}

void rank_counts(struct db *db, enum order ord, long *all, long *unread)
{
    sqlite3_stmt *st = db_query(db, "SELECT sum(count), sum(unread) FROM rank WHERE ord = ?1 AND level = 1",
                                "i", (int64_t)ord);

    *all = *unread = 0;
    if (db_row(db, st)) {
        *all = (long)sqlite3_column_int64(st, 0);
        *unread = (long)sqlite3_column_int64(st, 1);
        db_done(st);
    }
}

/* Rows of rank of one level from a spot on (NULL: from the first). */
static sqlite3_stmt *runs_from(struct db *db, int ord, int level, const struct spot *spot)
{
    return db_query(db,
                    "SELECT key, id, count, unread, kids FROM rank WHERE ord = ?1 AND level = ?2"
                    " AND (key, id) >= (?3, ?4) ORDER BY key, id",
                    "iibi", (int64_t)ord, (int64_t)level, (const void *)(spot ? spot->key.bytes : NULL),
                    (size_t)(spot ? spot->key.len : 0), spot ? spot->id : (int64_t)0);
}

/* Sums the rows of a level from *from up to the one that holds spot, whose beginning *from becomes. */
static long sum_to(struct db *db, int ord, int level, struct spot *from, const struct spot *spot,
                   enum rank_what what)
{
    struct spot first = *from; /* bound as long as the rows are read */
    sqlite3_stmt *st = runs_from(db, ord, level, &first);
    long sum = 0, last = 0;
    struct run run;

    while (db_row(db, st)) {
        read_run(st, &run);
        if (compare(&run.from.key, run.from.id, &spot->key, spot->id) > 0) {
            db_done(st);
            break;
        }
        sum += last;
        last = (long)(what == RANK_UNREAD ? run.unread : run.count);
        *from = run.from;
    }
    return sum;
}

static sqlite3_stmt *places_from(struct db *db, int ord, const struct spot *spot)
{
    return db_query(
        db, "SELECT key, id, flags, slot FROM place WHERE ord = ?1 AND (key, id) >= (?2, ?3) ORDER BY key, id",
        "ibi", (int64_t)ord, (const void *)spot->key.bytes, (size_t)spot->key.len, spot->id);
}

static void read_spot(sqlite3_stmt *st, struct spot *spot)
{
    read_key(st, 0, &spot->key);
    spot->id = sqlite3_column_int64(st, 1);
    spot->flags = (uint8_t)sqlite3_column_int(st, 2);
    spot->slot = sqlite3_column_int64(st, 3);
}

long rank_before(struct db *db, enum order ord, const struct spot *spot, enum rank_what what)
{
    struct spot from = {0}, at;
    long sum = sum_to(db, ord, 1, &from, spot, what);
    sqlite3_stmt *st;

    sum += sum_to(db, ord, 0, &from, spot, what);
    st = places_from(db, ord, &from);
    while (db_row(db, st)) {
        read_spot(st, &at);
        if (compare(&at.key, at.id, &spot->key, spot->id) >= 0) {
            db_done(st);
            break;
        }
        sum += what == RANK_ALL || !(at.flags & RANK_READ);
    }
    return sum;
}

/* Goes down the rows of a level to the one that holds the *n-th, subtracting those before it. */
static bool walk_to(struct db *db, int ord, int level, struct spot *from, long *n, enum rank_what what)
{
    sqlite3_stmt *st = runs_from(db, ord, level, from);
    struct run run;
    long here;

    while (db_row(db, st)) {
        read_run(st, &run);
        here = (long)(what == RANK_UNREAD ? run.unread : run.count);
        if (*n < here) {
            *from = run.from;
            db_done(st);
            return true;
        }
        *n -= here;
    }
    return false;
}

bool rank_at(struct db *db, enum order ord, long n, enum rank_what what, struct spot *out)
{
    struct spot from = {0};
    sqlite3_stmt *st;

    if (n < 0 || !walk_to(db, ord, 1, &from, &n, what) || !walk_to(db, ord, 0, &from, &n, what))
        return false;
    st = places_from(db, ord, &from);
    while (db_row(db, st)) {
        read_spot(st, out);
        if ((what == RANK_ALL || !(out->flags & RANK_READ)) && n-- == 0) {
            db_done(st);
            return true;
        }
    }
    return false;
}

int rank_from(struct db *db, enum order ord, const struct spot *spot, bool back, bool inclusive,
              struct spot *spots, int n)
{
    struct spot end = {0};
    sqlite3_stmt *st;
    int i = 0;

    if (!spot && back) {
        memset(end.key.bytes, 0xFF, sizeof end.key.bytes);
        end.key.len = ORDER_KEY_MAX;
        end.id = INT64_MAX;
    }
    if (!spot)
        spot = &end;
    st = back ? db_query(db,
                         "SELECT key, id, flags, slot FROM place WHERE ord = ?1 AND (key, id) <= (?2, ?3)"
                         " ORDER BY key DESC, id DESC",
                         "ibi", (int64_t)ord, (const void *)spot->key.bytes, (size_t)spot->key.len, spot->id)
              : places_from(db, ord, spot);
    /* Always on: keys that this program did not write may read as something else than they are sorted by. */
    while (i < n && db_row(db, st)) {
        int way;

        read_spot(st, &spots[i]);
        way = compare(&spots[i].key, spots[i].id, &spot->key, spot->id) * (back ? -1 : 1);
        if (way > 0 || (way == 0 && inclusive)) {
            spot = &spots[i++];
            inclusive = false;
        }
    }
    if (i == n)
        db_done(st);
    return i;
}
