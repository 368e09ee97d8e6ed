/* SPDX-License-Identifier: ISC */
#include "source/spill.h"

#include "base/digest.h"
#include "base/mem.h"
#include "base/path.h"
#include "source/replies.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { STRINGS = 9 };
static const uint64_t spoken_of = (uint64_t)1 << 63; /* in the offset of a post that was not added */
static const uint32_t nobody = UINT32_MAX;

/* Ids by their hashes: with 64 bits, a hundred million posts meet by chance once in 3,700 dumps. */
struct spill_entry {
    uint64_t id, parent; /* parent 0: opens a thread */
    uint64_t offset;     /* in the file; of those only spoken of, in the order of speaking */
};

/* A post's place in the order in which threads are given. */
struct turn {
    uint64_t first;  /* where its thread first appears in the file */
    uint64_t offset; /* where it does */
    uint32_t entry;
};

/* Everything that is made of the index once it is whole. */
struct threads {
    struct spill *s;
    uint32_t *parent; /* by entry: of the parent, nobody where there is none */
    uint32_t *root;   /* by entry: of the opening post */
    struct turn *turns;
    size_t count;
};

void spill_init(struct spill *s)
{
    memset(s, 0, sizeof *s);
}

void spill_release(struct spill *s)
{
    if (s->file)
        fclose(s->file);
    free(s->entries);
    memset(s, 0, sizeof *s);
}

static bool is_there(const struct spill_entry *entry)
{
    return !(entry->offset & spoken_of);
}

/* A file in the folder, gone from there at once, so that nothing is left whatever happens. */
static FILE *temporary_in(const char *folder)
{
    char *path = path_join(folder, "cuttings-XXXXXX");
    int fd = mkstemp(path);
    FILE *file = NULL;

    if (fd >= 0) {
        unlink(path);
        file = fdopen(fd, "w+b");
    }
    if (!file && fd >= 0)
        close(fd);
    free(path);
    return file;
}

/* In TMPDIR, or, where this thread may not write there, where the cache is. */
static FILE *temporary_file(struct err *e)
{
    const char *folder = getenv("TMPDIR");
    char *home = path_cache_home();
    FILE *file = temporary_in(folder && folder[0] == '/' ? folder : "/tmp");

    if (!file)
        file = temporary_in(home);
    if (!file)
        err_sys(e, "cannot make a temporary file");
    free(home);
    return file;
}

static uint64_t hash_of(const char *id)
{
    uint64_t hash = digest_short(id, strlen(id));

    return hash ? hash : 1;
}

static void add_entry(struct spill *s, const char *id, const char *parent, uint64_t offset)
{
    mem_grow(&s->entries, &s->cap, s->count + 1, sizeof *s->entries);
    s->entries[s->count++] = (struct spill_entry){hash_of(id), parent ? hash_of(parent) : 0, offset};
}

static void strings_of(const struct spill_post *p, const char *out[STRINGS])
{
    const char *all[STRINGS] = {p->id,        p->parent, p->name, p->title, p->author,
                                p->published, p->text,   p->site, p->url};

    memcpy(out, all, sizeof all);
}

/* In the file: score, flags, lengths + 1 (0 for NULL), then the strings with their zero bytes. */
struct post_head {
    int64_t score;
    uint32_t flags;
    uint32_t sizes[STRINGS];
};

void spill_add(struct spill *s, const struct spill_post *post)
{
    struct post_head head = {.score = post->score,
                             .flags = (post->has_score ? 1u : 0) | (post->removed ? 2u : 0)};
    const char *strings[STRINGS];
    uint64_t size = sizeof head;
    bool ok;
    int i;

    if (!s->file && s->fault.status == ERR_NONE)
        s->file = temporary_file(&s->fault);
    if (s->fault.status != ERR_NONE)
        return;
    strings_of(post, strings);
    for (i = 0; i < STRINGS; i++)
        head.sizes[i] = strings[i] ? (uint32_t)strlen(strings[i]) + 1 : 0;
    ok = fwrite(&head, sizeof head, 1, s->file) == 1;
    for (i = 0; i < STRINGS && ok; i++) {
        ok = head.sizes[i] == 0 || fwrite(strings[i], head.sizes[i], 1, s->file) == 1;
        size += head.sizes[i];
    }
    if (!ok) {
        err_sys(&s->fault, "cannot write a temporary file");
        return;
    }
    add_entry(s, post->id, post->parent, s->written);
    s->written += size;
}

void spill_link(struct spill *s, const char *id, const char *parent)
{
    add_entry(s, id, parent, spoken_of | s->count);
}

/* Reads the post at offset, its strings into the arena. */
static bool read_post(struct spill *s, uint64_t offset, struct arena *arena, struct spill_post *post)
{
    struct post_head head;
    char *strings[STRINGS];
    int i;

    if (fseeko(s->file, (off_t)offset, SEEK_SET) != 0 || fread(&head, sizeof head, 1, s->file) != 1)
        return err_sys(&s->fault, "cannot read a temporary file");
    for (i = 0; i < STRINGS; i++) {
        strings[i] = head.sizes[i] ? arena_alloc(arena, head.sizes[i]) : NULL;
        if (strings[i] && fread(strings[i], head.sizes[i], 1, s->file) != 1)
            return err_sys(&s->fault, "cannot read a temporary file");
    }
    *post = (struct spill_post){.id = strings[0],
                                .parent = strings[1],
                                .name = strings[2],
                                .title = strings[3],
                                .author = strings[4],
                                .published = strings[5],
                                .text = strings[6],
                                .site = strings[7],
                                .url = strings[8],
                                .score = (long)head.score,
                                .has_score = head.flags & 1,
                                .removed = head.flags & 2};
    return true;
}

/* ---- Threads ---- */

static int by_id(const void *a, const void *b)
{
    const struct spill_entry *x = a, *y = b;

    if (x->id != y->id)
        return x->id < y->id ? -1 : 1;
    return x->offset < y->offset ? -1 : x->offset > y->offset;
}

/* The first of so many entries, sorted by id, that has the id; nobody where none has. */
static uint32_t find_entry(const struct spill_entry *entries, size_t count, uint64_t id)
{
    size_t low = 0, high = count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (entries[middle].id < id)
            low = middle + 1;
        else
            high = middle;
    }
    return low < count && entries[low].id == id ? (uint32_t)low : nobody;
}

static uint32_t entry_of(const struct spill *s, uint64_t id)
{
    return find_entry(s->entries, s->count, id);
}

/* Sorts the index by id; of what was only spoken of, keeps one of each that was not added. */
static void sort_by_id(struct spill *s)
{
    size_t from, to = 0;

    mem_sort(s->entries, s->count, sizeof *s->entries, by_id);
    for (from = 0; from < s->count; from++)
        if (is_there(&s->entries[from]) || to == 0 || s->entries[to - 1].id != s->entries[from].id)
            s->entries[to++] = s->entries[from];
    s->count = to;
}

/* Posts added twice stay: the fuller one is chosen when the thread is made. Parents of which nothing is known get an
 * entry too, so that their children are one thread. */
static void sort_entries(struct spill *s)
{
    size_t given, i;

    sort_by_id(s);
    given = s->count;
    for (i = 0; i < given; i++) {
        uint64_t parent = s->entries[i].parent;

        if (!parent || find_entry(s->entries, given, parent) != nobody)
            continue;
        mem_grow(&s->entries, &s->cap, s->count + 1, sizeof *s->entries);
        s->entries[s->count++] = (struct spill_entry){parent, 0, spoken_of};
    }
    if (s->count > given)
        sort_by_id(s);
}

/* Finds everyone's parent; what has the id of an entry before it belongs to that one. */
static void find_parents(struct threads *t)
{
    const struct spill *s = t->s;
    uint32_t i;

    for (i = 0; i < s->count; i++) {
        t->root[i] = nobody;
        if (i > 0 && s->entries[i].id == s->entries[i - 1].id)
            t->parent[i] = entry_of(s, s->entries[i].id);
        else
            t->parent[i] = s->entries[i].parent ? entry_of(s, s->entries[i].parent) : nobody;
    }
}

/* Of the ring of parents that entry is in, the one that the dump has first: it opens the thread. */
static uint32_t first_of_ring(const struct threads *t, uint32_t entry)
{
    uint32_t at, first = entry;

    for (at = t->parent[entry]; at != entry; at = t->parent[at])
        if (t->s->entries[at].offset < t->s->entries[first].offset)
            first = at;
    return first;
}

/* Finds everyone's opening post, going no way twice. */
static void find_roots(struct threads *t)
{
    size_t count = t->s->count;
    uint8_t *on_the_way = mem_zalloc(count, 1);
    uint32_t i, at, root;

    for (i = 0; i < count; i++) {
        for (at = i; t->root[at] == nobody && !on_the_way[at]; at = t->parent[at]) {
            on_the_way[at] = 1;
            if (t->parent[at] == nobody)
                break;
        }
        if (t->root[at] != nobody)
            root = t->root[at];
        else
            root = t->parent[at] == nobody ? at : first_of_ring(t, at);
        for (at = i; at != nobody && on_the_way[at]; at = t->parent[at]) {
            on_the_way[at] = 0;
            t->root[at] = root;
        }
        t->parent[root] = nobody;
    }
    free(on_the_way);
}

static int by_turn(const void *a, const void *b)
{
    const struct turn *x = a, *y = b;

    if (x->first != y->first)
        return x->first < y->first ? -1 : 1;
    return x->offset < y->offset ? -1 : x->offset > y->offset;
}

static void order_posts(struct threads *t)
{
    const struct spill *s = t->s;
    uint64_t *first = mem_alloc(s->count * sizeof *first);
    size_t i;

    for (i = 0; i < s->count; i++)
        first[i] = UINT64_MAX;
    for (i = 0; i < s->count; i++)
        if (s->entries[i].offset < first[t->root[i]])
            first[t->root[i]] = s->entries[i].offset;
    t->turns = mem_alloc(s->count * sizeof *t->turns);
    for (i = 0; i < s->count; i++)
        if (is_there(&s->entries[i]))
            t->turns[t->count++] = (struct turn){first[t->root[i]], s->entries[i].offset, (uint32_t)i};
    free(first);
    mem_sort(t->turns, t->count, sizeof *t->turns, by_turn);
}

/* ---- Records ---- */

/* The id of the nearest parent that is there, of those that were only spoken of; NULL for none but the
 * opening. */
static const char *nearest_parent(const struct threads *t, uint32_t entry, uint32_t root,
                                  const struct turn *turns, const struct spill_post *posts, size_t count)
{
    struct turn sought = {.first = turns[0].first};
    const struct turn *found;
    uint32_t at = t->parent[entry];
    bool opened = turns[0].entry == root; /* that one stands before those in their order */

    while (at != nobody && at != root && !is_there(&t->s->entries[at]))
        at = t->parent[at];
    if (at == nobody || at == root)
        return NULL;
    sought.offset = t->s->entries[at].offset;
    found = bsearch(&sought, turns + opened, count - opened, sizeof *turns, by_turn);
    return found ? posts[found - turns].id : NULL;
}

static void add_comment(struct replies *replies, const struct spill_post *post, const char *parent)
{
    struct record_comment *c = replies_add(replies);

    c->id = post->id;
    c->parent = parent;
    c->author = post->author;
    c->published = post->published;
    c->text = post->text ? post->text : "";
    c->score = post->score;
    c->has_score = post->has_score;
    c->removed = post->removed;
}

static void set_field(struct record *r, const char **field, unsigned bit, const char *value)
{
    if (!value || !value[0])
        return;
    *field = value;
    r->given |= bit;
}

static void set_opening(struct record *r, const struct spill_post *post)
{
    struct buf text;

    buf_init(&text);
    if (post->text && post->text[0]) {
        buf_add_str(&text, post->text);
    } else { /* a link that was talked about */
        buf_add_str(&text, post->title ? post->title : "");
        if (post->url && post->title)
            buf_add_fmt(&text, "\n\n%s", post->url);
    }
    if (text.len == 0) { /* many threads may have no more: their names tell them apart */
        record_set_text(r, "[missing]", strlen("[missing]"));
        r->key = digest_of(post->id, strlen(post->id));
    } else {
        record_set_text(r, text.data, text.len);
    }
    buf_release(&text);
    set_field(r, &r->title, RECORD_TITLE, post->title);
    set_field(r, &r->published, RECORD_PUBLISHED, post->published);
    set_field(r, &r->site, RECORD_SITE, post->site);
    set_field(r, &r->url, RECORD_URL, post->url);
    if (post->author && post->author[0]) {
        r->authors = arena_alloc(&r->arena, sizeof *r->authors);
        r->authors[0] = post->author;
        r->author_count = 1;
        r->given |= RECORD_AUTHORS;
    }
}

/* Fills j->r from the posts of one thread. */
static void make_record(const struct threads *t, struct job *j, const struct turn *turns,
                        struct spill_post *posts, size_t count)
{
    const struct spill *s = t->s;
    uint32_t root = t->root[turns[0].entry];
    struct spill_post missing = {
        .id = j->r->locator + j->unit.len, .site = posts[0].site, .url = posts[0].url};
    const struct spill_post *opening = NULL;
    struct replies replies;
    size_t i;

    replies_init(&replies, j->r);
    for (i = 0; i < count; i++) {
        const struct spill_entry *entry = &s->entries[turns[i].entry];
        uint32_t parent = entry->parent ? entry_of(s, entry->parent) : nobody;
        bool shown = parent != nobody && parent != root && s->entries[parent].id != s->entries[root].id;

        if (entry->id == s->entries[root].id) {
            if (!opening ||
                strlen(posts[i].text ? posts[i].text : "") > strlen(opening->text ? opening->text : ""))
                opening = &posts[i];
        } else if (shown && s->nearest && !is_there(&s->entries[parent])) {
            add_comment(&replies, &posts[i], nearest_parent(t, turns[i].entry, root, turns, posts, count));
        } else {
            add_comment(&replies, &posts[i], shown ? posts[i].parent : NULL);
        }
    }
    set_opening(j->r, opening ? opening : &missing);
    replies_finish(&replies, true);
    replies_release(&replies);
}

/* The post by which a thread is called: its opening, or where that is missing its first answer. */
static size_t first_of(const struct threads *t, const struct turn *turns, size_t count)
{
    uint32_t root = t->root[turns[0].entry];
    size_t i;

    for (i = 0; i + 1 < count; i++)
        if (turns[i].entry == root || (!is_there(&t->s->entries[root]) && t->parent[turns[i].entry] == root))
            break;
    return i;
}

/* What the thread is called: by its opening, or by what its first answer says of it. */
static bool name_thread(const struct threads *t, const struct turn *turns, size_t i, struct arena *arena,
                        const char **name)
{
    uint32_t root = t->root[turns[0].entry];
    struct spill_post post;

    if (!read_post(t->s, turns[i].offset, arena, &post))
        return false;
    if (turns[i].entry == root || post.name || !post.parent)
        *name = post.name ? post.name : post.id;
    else
        *name = post.parent;
    return true;
}

/* Reads the posts of a thread, but no more than an article has; the number of those read. */
static size_t read_posts(struct threads *t, struct record *r, const struct turn *turns, size_t count,
                         struct spill_post *posts)
{
    size_t i, bytes = 0;

    for (i = 0; i < count && bytes < RECORD_TALK; i++) {
        if (!read_post(t->s, turns[i].offset, &r->arena, &posts[i]))
            return i;
        bytes += posts[i].text ? strlen(posts[i].text) : 0;
    }
    return i;
}

/* Puts turn i before those before it: what is left out of a thread is not its opening. */
static void put_first(struct turn *turns, size_t i)
{
    struct turn first = turns[i];

    memmove(turns + 1, turns, i * sizeof *turns);
    turns[0] = first;
}

static bool give_thread(struct threads *t, struct job *j, struct turn *turns, size_t count)
{
    size_t first = first_of(t, turns, count), most, read;
    struct spill_post *posts;
    struct arena arena;
    const char *name;
    bool ok, wanted;

    arena_init(&arena);
    ok = name_thread(t, turns, first, &arena, &name);
    wanted = ok && job_begin(j, name);
    arena_release(&arena);
    if (!wanted)
        return ok;
    if (turns[first].entry == t->root[turns[first].entry])
        put_first(turns, first);
    most = count < RECORD_COMMENTS ? count : RECORD_COMMENTS;
    posts = mem_alloc(most * sizeof *posts);
    read = read_posts(t, j->r, turns, most, posts);
    ok = t->s->fault.status == ERR_NONE;
    if (ok) {
        make_record(t, j, turns, posts, read);
        j->r->left_out = count - read;
        job_give(j);
    }
    free(posts);
    return ok;
}

void spill_give(struct spill *s, struct job *j)
{
    struct threads t = {.s = s};
    size_t from, to;

    if (s->fault.status == ERR_NONE && s->file && fflush(s->file) != 0)
        err_sys(&s->fault, "cannot write a temporary file");
    if (s->fault.status == ERR_NONE && s->file) {
        sort_entries(s);
        t.parent = mem_alloc(s->count * sizeof *t.parent);
        t.root = mem_alloc(s->count * sizeof *t.root);
        find_parents(&t);
        find_roots(&t);
        order_posts(&t);
    }
    for (from = 0; from < t.count && !j->stopped; from = to) {
        for (to = from; to < t.count && t.turns[to].first == t.turns[from].first; to++)
            continue;
        if (!give_thread(&t, j, t.turns + from, to - from))
            break;
    }
    if (s->fault.status != ERR_NONE)
        job_refused(j, "%s", s->fault.text);
    free(t.parent);
    free(t.root);
    free(t.turns);
}

const char *spill_name(const char *prefix, const char *id, struct arena *arena)
{
    struct buf full;
    const char *copy;

    if (!id)
        return NULL;
    buf_init(&full);
    buf_add_fmt(&full, "%s%s", prefix, id);
    copy = arena_strndup(arena, full.data, full.len);
    buf_release(&full);
    return copy;
}
