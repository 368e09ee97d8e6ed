/* SPDX-License-Identifier: ISC */
#include "store/sites.h"

#include "base/buf.h"
#include "base/digest.h"
#include "base/mem.h"
#include "store/schema.h"
#include "store/voice.h"

#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

#define NONE UINT32_MAX

enum {
    FIRST_PAGES = 5, /* of a site before anything is said of it */
    LEAST_PAGES = 3, /* that hold a line before anything is said of it */
    OWN_LINES = 2,   /* a page with fewer that its site had not is a copy */
    PACKED = 13,     /* bytes of a line in the cache: key, pages, share */
};

struct line {
    uint64_t key;        /* voice_key */
    uint32_t site, next; /* numbers in sites.site and sites.line */
    uint32_t pages;
    uint8_t share; /* the verdict: 0, 20 or 50 */
};

struct site {
    int64_t id;
    uint32_t pages, judged; /* now, and when verdicts were made last */
    uint32_t first;         /* of its lines */
    int64_t turn, settled;  /* of the verdicts, and those that all its articles were parsed by */
    bool changed;           /* since it was written */
};

struct sites {
    struct line *line;
    size_t line_count, line_cap;
    uint32_t *slot; /* lines by key, NONE: free */
    size_t slot_cap;
    struct site *site;
    size_t site_count, site_cap;
    uint32_t *site_slot; /* SITES_MAX * 2 */
    int64_t *dropped;    /* sites that the cache keeps and is to forget */
    size_t dropped_count, dropped_cap;
    int64_t turn; /* the last one given */
};

struct sites *sites_new(void)
{
    struct sites *s = mem_zalloc(1, sizeof *s);

    s->slot_cap = 1024;
    s->slot = mem_alloc(s->slot_cap * sizeof *s->slot);
    memset(s->slot, 0xFF, s->slot_cap * sizeof *s->slot);
    s->site_slot = mem_alloc((size_t)SITES_MAX * 2 * sizeof *s->site_slot);
    memset(s->site_slot, 0xFF, (size_t)SITES_MAX * 2 * sizeof *s->site_slot);
    return s;
}

void sites_free(struct sites **s)
{
    if (*s) {
        free((*s)->line);
        free((*s)->slot);
        free((*s)->site);
        free((*s)->site_slot);
        free((*s)->dropped);
        free(*s);
    }
    *s = NULL;
}

size_t sites_lines(const struct sites *s)
{
    return s->line_count;
}

int64_t sites_id(const char *name, size_t len)
{
    char folded[256];
    size_t i;

    if (len > 4 && (memcmp(name, "www.", 4) == 0 || memcmp(name, "WWW.", 4) == 0)) {
        name += 4;
        len -= 4;
    }
    len = len < sizeof folded ? len : sizeof folded;
    for (i = 0; i < len; i++)
        folded[i] = (char)(name[i] >= 'A' && name[i] <= 'Z' ? name[i] | 32 : name[i]);
    return len ? (int64_t)(digest_short(folded, len) >> 1 | 1) : 0;
}

/* Where the line with this key is, or would be. */
static uint32_t *slot_of(const struct sites *s, uint64_t key)
{
    size_t at = (size_t)key & (s->slot_cap - 1);

    while (s->slot[at] != NONE && s->line[s->slot[at]].key != key)
        at = (at + 1) & (s->slot_cap - 1);
    return &s->slot[at];
}

static uint32_t *site_slot_of(const struct sites *s, int64_t id)
{
    const size_t mask = (size_t)SITES_MAX * 2 - 1;
    size_t at = (size_t)voice_key(id, 0) & mask;

    while (s->site_slot[at] != NONE && s->site[s->site_slot[at]].id != id)
        at = (at + 1) & mask;
    return &s->site_slot[at];
}

/* Puts the lines in their slots and their sites' chains anew, in a table twice as big as they are. */
static void thread_lines(struct sites *s)
{
    size_t i;

    while (s->slot_cap < s->line_count * 2)
        s->slot_cap *= 2;
    s->slot = mem_resize(s->slot, s->slot_cap, sizeof *s->slot);
    memset(s->slot, 0xFF, s->slot_cap * sizeof *s->slot);
    for (i = 0; i < s->site_count; i++)
        s->site[i].first = NONE;
    for (i = 0; i < s->line_count; i++) {
        struct line *l = &s->line[i];

        *slot_of(s, l->key) = (uint32_t)i;
        l->next = s->site[l->site].first;
        s->site[l->site].first = (uint32_t)i;
    }
}

/* Forgets what was seen least until half of the lines are left. Verdicts are kept as long as others can go. */
static void forget_lines(struct sites *s)
{
    uint32_t least;
    size_t i, kept;

    for (least = 1; s->line_count > SITES_LINES / 2; least *= 2) {
        for (i = kept = 0; i < s->line_count; i++) {
            if (s->line[i].pages > least || (s->line[i].share && least < 1u << 20))
                s->line[kept++] = s->line[i];
            else
                s->site[s->line[i].site].changed = true;
        }
        s->line_count = kept;
        if (least == 1u << 31)
            break;
    }
    thread_lines(s);
}

/* Forgets the sites with the fewest pages until half are left, and their lines. */
static void forget_sites(struct sites *s)
{
    uint32_t *to = mem_alloc(s->site_count * sizeof *to), least = 1;
    size_t i, kept, left = s->site_count;

    for (; left > SITES_MAX / 2; least *= 2) {
        for (i = left = 0; i < s->site_count; i++)
            left += s->site[i].pages > least;
        if (least == 1u << 31)
            break;
    }
    least /= 2;
    for (i = left = 0; i < s->site_count; i++) {
        to[i] = NONE;
        if (s->site[i].pages > least) {
            to[i] = (uint32_t)left;
            s->site[left++] = s->site[i];
        } else {
            mem_grow(&s->dropped, &s->dropped_cap, s->dropped_count + 1, sizeof *s->dropped);
            s->dropped[s->dropped_count++] = s->site[i].id;
        }
    }
    s->site_count = left;
    for (i = kept = 0; i < s->line_count; i++) {
        if (to[s->line[i].site] != NONE) {
            s->line[kept] = s->line[i];
            s->line[kept].site = to[s->line[kept].site];
            kept++;
        }
    }
    s->line_count = kept;
    memset(s->site_slot, 0xFF, (size_t)SITES_MAX * 2 * sizeof *s->site_slot);
    for (i = 0; i < s->site_count; i++)
        *site_slot_of(s, s->site[i].id) = (uint32_t)i;
    thread_lines(s);
    free(to);
}

static struct line *add_line(struct sites *s, uint32_t site, uint64_t key)
{
    struct line *l;

    if ((s->line_count + 1) * 2 > s->slot_cap)
        thread_lines(s);
    mem_grow(&s->line, &s->line_cap, s->line_count + 1, sizeof *s->line);
    l = &s->line[s->line_count];
    *l = (struct line){.key = key, .site = site, .next = s->site[site].first};
    *slot_of(s, key) = (uint32_t)s->line_count;
    s->site[site].first = (uint32_t)s->line_count++;
    return l;
}

static uint32_t add_site(struct sites *s, int64_t id)
{
    mem_grow(&s->site, &s->site_cap, s->site_count + 1, sizeof *s->site);
    *site_slot_of(s, id) = (uint32_t)s->site_count;
    s->site[s->site_count] = (struct site){.id = id, .first = NONE};
    return (uint32_t)s->site_count++;
}

/* A verdict is kept a little below the share that it needs, so that few change. */
static uint8_t judge(const struct line *l, uint32_t pages)
{
    uint64_t share = (uint64_t)l->pages * 100 / pages;

    if (l->pages < LEAST_PAGES)
        return 0;
    if (share >= 50 || (l->share == 50 && share >= 40))
        return 50;
    return share >= 20 || (l->share && share >= 15) ? 20 : 0;
}

static bool judge_site(struct sites *s, struct site *site)
{
    bool changed = false;
    uint32_t i;

    site->judged = site->pages;
    for (i = site->first; i != NONE; i = s->line[i].next) {
        uint8_t share = judge(&s->line[i], site->pages);

        changed = changed || share != s->line[i].share;
        s->line[i].share = share;
    }
    if (changed)
        site->turn = ++s->turn;
    return changed;
}

static bool is_copy(const struct sites *s, int64_t site, const uint64_t *line, size_t count)
{
    size_t i, own = 0;

    for (i = 0; i < count && own < OWN_LINES; i++)
        own += *slot_of(s, voice_key(site, line[i])) == NONE;
    return own < OWN_LINES;
}

bool sites_count(struct sites *s, int64_t id, const uint64_t *line, size_t count)
{
    struct site *site;
    uint32_t number = *site_slot_of(s, id);
    size_t i;

    if (id == 0 || is_copy(s, id, line, count))
        return false;
    if (number == NONE && s->site_count == SITES_MAX)
        forget_sites(s);
    if (number == NONE && s->site_count < SITES_MAX)
        number = add_site(s, id);
    if (number == NONE)
        return false;
    site = &s->site[number];
    site->pages++;
    site->changed = true;
    for (i = 0; i < count; i++) {
        uint64_t key = voice_key(id, line[i]);
        uint32_t at = *slot_of(s, key);

        if (at == NONE && s->line_count == SITES_LINES) {
            forget_lines(s);
            at = *slot_of(s, key);
        }
        if (at != NONE)
            s->line[at].pages++;
        else if (s->line_count < SITES_LINES)
            add_line(s, number, key)->pages = 1;
    }
    if (site->pages < FIRST_PAGES || (uint64_t)site->pages * 2 < (uint64_t)site->judged * 3)
        return false;
    return judge_site(s, site);
}

struct voice *sites_voice(const struct sites *s)
{
    size_t i, count = s->site_count;
    struct voice *v;

    for (i = 0; i < s->line_count; i++)
        count += s->line[i].share != 0;
    v = voice_new(count);
    for (i = 0; i < s->site_count; i++) {
        if (s->site[i].turn)
            voice_add(v, voice_key(s->site[i].id, 0), s->site[i].turn);
    }
    for (i = 0; i < s->line_count; i++) {
        if (s->line[i].share)
            voice_add(v, s->line[i].key, s->line[i].share);
    }
    return v;
}

struct sites_turn *sites_due(const struct sites *s, size_t *count)
{
    struct sites_turn *due = NULL;
    size_t i, cap = 0;

    *count = 0;
    for (i = 0; i < s->site_count; i++) {
        if (s->site[i].settled >= s->site[i].turn)
            continue;
        mem_grow(&due, &cap, *count + 1, sizeof *due);
        due[(*count)++] = (struct sites_turn){s->site[i].id, s->site[i].turn};
    }
    return due;
}

void sites_settled(struct sites *s, struct sites_turn site)
{
    uint32_t number = *site_slot_of(s, site.id);

    if (number != NONE) {
        s->site[number].settled = site.turn;
        s->site[number].changed = true;
    }
}

bool sites_any_due(struct db *db)
{
    return db_int(db, 0, "SELECT EXISTS(SELECT 1 FROM site WHERE settled < turn)", "") != 0;
}

static void read_lines(struct sites *s, uint32_t site, const uint8_t *at, size_t len)
{
    for (; len >= PACKED && s->line_count < SITES_LINES; at += PACKED, len -= PACKED) {
        uint64_t key = 0;
        uint32_t pages = 0;
        struct line *l;
        int i;

        for (i = 0; i < 8; i++)
            key = key << 8 | at[i];
        for (i = 8; i < 12; i++)
            pages = pages << 8 | at[i];
        if (*slot_of(s, key) != NONE)
            continue;
        l = add_line(s, site, key);
        l->pages = pages;
        l->share = at[12] <= 100 ? at[12] : 0;
    }
}

bool sites_load(struct sites *s, struct db *db)
{
    sqlite3_stmt *st = db_query(db, "SELECT id, pages, judged, turn, settled, lines FROM site ORDER BY id", "");

    s->turn = schema_number(db, "turn", 0);
    while (db_row(db, st)) {
        uint32_t number;

        if (s->site_count == SITES_MAX || *site_slot_of(s, sqlite3_column_int64(st, 0)) != NONE)
            continue;
        number = add_site(s, sqlite3_column_int64(st, 0));
        s->site[number].pages = (uint32_t)sqlite3_column_int64(st, 1);
        s->site[number].judged = (uint32_t)sqlite3_column_int64(st, 2);
        s->site[number].turn = sqlite3_column_int64(st, 3);
        s->site[number].settled = sqlite3_column_int64(st, 4);
        read_lines(s, number, sqlite3_column_blob(st, 5), (size_t)sqlite3_column_bytes(st, 5));
    }
    return db_fault(db) == DB_FINE;
}

static void pack_lines(const struct sites *s, const struct site *site, struct buf *out)
{
    uint32_t i;
    int k;

    buf_clear(out);
    for (i = site->first; i != NONE; i = s->line[i].next) {
        const struct line *l = &s->line[i];

        for (k = 56; k >= 0; k -= 8)
            buf_add_char(out, (char)(l->key >> k & 0xFF));
        for (k = 24; k >= 0; k -= 8)
            buf_add_char(out, (char)(l->pages >> k & 0xFF));
        buf_add_char(out, (char)l->share);
    }
}

bool sites_save(struct sites *s, struct db *db)
{
    struct buf lines;
    bool any = s->dropped_count > 0;
    size_t i;

    buf_init(&lines);
    for (i = 0; i < s->dropped_count; i++)
        db_run(db, "DELETE FROM site WHERE id = ?1", "i", s->dropped[i]);
    s->dropped_count = 0;
    for (i = 0; i < s->site_count; i++) {
        struct site *site = &s->site[i];

        if (!site->changed)
            continue;
        pack_lines(s, site, &lines);
        db_run(db, "INSERT OR REPLACE INTO site VALUES(?1, ?2, ?3, ?4, ?5, ?6)", "iiiiib", site->id,
               (int64_t)site->pages, (int64_t)site->judged, site->turn, site->settled,
               (const void *)lines.data, lines.len);
        site->changed = false;
        any = true;
    }
    if (any)
        schema_set_number(db, "turn", s->turn);
    buf_release(&lines);
    return db_fault(db) == DB_FINE;
}
