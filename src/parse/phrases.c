/* SPDX-License-Identifier: ISC */
#include "parse/phrases.h"

#include "base/mem.h"
#include "base/path.h"
#include "base/word.h"
#include "parse/table.h"
#include "parse/terms.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { FILTER = 1 << 16, NODES_AT_FIRST = 1 << 15 };

enum { DEPTH = 24 /* words of the longest phrase */, ROOT = 0 };

#define NUMBER_HASH UINT64_C(0x9E3779B97F4A7C15)

/* Where a phrase of a node must stand to count. */
enum { FREE, AT_START, AT_END, AS_WHOLE, PLACES };

/* A run of words that a phrase begins with. It lies in a hash table under what its last word and the node before it
 * give together, so that all that is known of a word lies in one place. */
struct node {
    uint64_t key;       /* edge_key of the node before it and its last word */
    uint64_t nexts;     /* next_bit of each word that leads on: most that follow in a text do not */
    uint32_t id;        /* 0 where the place is free */
    uint32_t languages; /* whose function word ends here; only below the root */
    uint32_t set;       /* of phrases.set: the classes of the phrases that end here; 0 where none does */
};

struct set {
    uint64_t class[PLACES];
};

struct phrases {
    struct node *node; /* open addressing, node_cap is a power of two */
    size_t nodes, node_cap;
    struct set *set;
    size_t sets, set_cap;
    uint64_t first[FILTER / 64]; /* a bit a hash of a first word: most words of a text begin no phrase */
    uint32_t opens[PHRASES_CLASS_COUNT]; /* bit_of the first characters of the phrases of a class */
    char language[PHRASES_LANGUAGES][4];
    size_t languages;
};

static const char *const class_names[PHRASES_CLASS_COUNT] = {
#define PHRASES_NAME(id, name) name,
    PHRASES_CLASSES(PHRASES_NAME)
#undef PHRASES_NAME
};

const char *phrases_class_name(enum phrases_class class)
{
    return class_names[class];
}

/* What a word is looked up by: all numbers are one. */
static inline uint64_t key_of(const struct terms_word *w)
{
    return w->number ? NUMBER_HASH : w->hash;
}

static inline uint64_t edge_key(uint32_t from, uint64_t hash)
{
    return word_mix(hash ^ from * UINT64_C(0xD6E8FEB86659FD93));
}

static inline uint64_t next_bit(uint64_t hash)
{
    return UINT64_C(1) << (hash >> 58);
}

/* The node with the key, or the free one where it would be. */
static inline struct node *find_node(const struct phrases *p, uint64_t key)
{
    size_t at = (size_t)key & (p->node_cap - 1);

    while (p->node[at].id != 0 && p->node[at].key != key)
        at = (at + 1) & (p->node_cap - 1);
    return &p->node[at];
}

/* The node that a word leads to; NULL where no phrase goes on so. */
static inline const struct node *follow(const struct phrases *p, uint32_t from, uint64_t hash)
{
    const struct node *n = find_node(p, edge_key(from, hash));

    return n->id ? n : NULL;
}

static void grow_nodes(struct phrases *p)
{
    struct node *old = p->node;
    size_t cap = p->node_cap, i;

    p->node_cap = cap ? cap * 2 : NODES_AT_FIRST;
    p->node = mem_zalloc(p->node_cap, sizeof *p->node);
    for (i = 0; i < cap; i++) {
        if (old[i].id != 0)
            *find_node(p, old[i].key) = old[i];
    }
    free(old);
}

static uint32_t add_set(struct phrases *p)
{
    mem_grow(&p->set, &p->set_cap, p->sets + 1, sizeof *p->set);
    memset(&p->set[p->sets], 0, sizeof *p->set);
    return (uint32_t)p->sets++;
}

/* Where the filter keeps a first word. */
static inline size_t filter_bit(uint64_t hash)
{
    return (size_t)(hash >> 40) & (FILTER - 1);
}

/* Whether a phrase may begin with the word. */
static inline bool begins_phrase(const struct phrases *p, uint64_t hash)
{
    return (p->first[filter_bit(hash) / 64] >> filter_bit(hash) % 64 & 1) != 0;
}

/* The node that a word leads to from the node `from`, made where it is not there. It stays where it is until the next
 * is asked for. */
static struct node *follow_or_add(struct phrases *p, uint32_t from, uint64_t hash)
{
    uint64_t key = edge_key(from, hash);
    struct node *n;

    if ((p->nodes + 1) * 2 > p->node_cap)
        grow_nodes(p);
    n = find_node(p, key);
    if (n->id == 0) {
        n->key = key;
        n->id = (uint32_t)++p->nodes;
    }
    if (from == ROOT)
        p->first[filter_bit(hash) / 64] |= UINT64_C(1) << filter_bit(hash) % 64;
    return n;
}

struct phrases *phrases_new(void)
{
    struct phrases *p = mem_zalloc(1, sizeof *p);

    grow_nodes(p);
    add_set(p);
    return p;
}

void phrases_free(struct phrases **p)
{
    if (*p == NULL)
        return;
    free((*p)->node);
    free((*p)->set);
    free(*p);
    *p = NULL;
}

/* The node of the phrase s, made where it is not there; NULL where it has no word or too many. */
static struct node *add_phrase(struct phrases *p, const char *s, size_t len)
{
    struct node *node = NULL;
    struct terms_word w;
    size_t at = 0, depth = 0;

    for (; terms_next(s, len, at, &w); at = terms_end(&w)) {
        if (++depth > DEPTH)
            return NULL;
        if (node)
            node->nexts |= next_bit(key_of(&w));
        node = follow_or_add(p, node ? node->id : ROOT, key_of(&w));
    }
    return node;
}

static bool set_language(struct phrases *p, const char *code, size_t len)
{
    if (len < 2 || len > 3 || p->languages == PHRASES_LANGUAGES)
        return false;
    memcpy(p->language[p->languages], code, len);
    p->language[p->languages++][len] = '\0';
    return true;
}

/* A bit for the first character of the first word in s, whatever its case; 0 where there is none. */
static uint32_t first_bit(const char *s, size_t len)
{
    size_t at = 0;

    while (at < len && (unsigned char)s[at] < 0x80 && !terms_is_ascii((unsigned char)s[at]))
        at++;
    if (at == len)
        return 0;
    /* all beyond ASCII are one, and so are all digits */
    if ((unsigned char)s[at] >= 0x80)
        return UINT32_C(1) << 30;
    return s[at] <= '9' ? UINT32_C(1) << 31 : UINT32_C(1) << ((s[at] | 32) - 'a');
}

/* One entry of a section: ^ before it where it must begin the line, $ behind it where it must end it. */
static bool add_entry(struct phrases *p, const char *s, size_t len, int class)
{
    int place = FREE;
    struct node *node;

    if (len && s[0] == '^') {
        place |= AT_START;
        s++, len--;
    }
    if (len && s[len - 1] == '$') {
        place |= AT_END;
        len--;
    }
    node = add_phrase(p, s, len);
    if (node == NULL)
        return false;
    p->opens[class] |= first_bit(s, len);
    if (node->set == 0)
        node->set = add_set(p);
    p->set[node->set].class[place] |= UINT64_C(1) << class;
    return true;
}

/* The words of a line of function words. */
static bool add_function_words(struct phrases *p, const char *s, size_t len)
{
    struct terms_word w;
    size_t at = 0;

    if (p->languages == 0)
        return false;
    for (; terms_next(s, len, at, &w); at = terms_end(&w))
        follow_or_add(p, ROOT, key_of(&w))->languages |= UINT32_C(1) << (p->languages - 1);
    return true;
}

static int class_of(const char *s, size_t len)
{
    int i;

    for (i = 0; i < PHRASES_CLASS_COUNT; i++) {
        if (strlen(class_names[i]) == len && memcmp(class_names[i], s, len) == 0)
            return i;
    }
    return -1;
}

bool phrases_add_text(struct phrases *p, const char *name, const char *text, size_t len, struct err *e)
{
    enum { NOTHING = -1, FUNCTION = -2 };
    struct table_reader r;
    int section = NOTHING;
    const char *s;
    size_t n;

    table_start(&r, text, len);
    while (table_line(&r, &s, &n)) {
        bool good = true;

        if (n > 9 && memcmp(s, "language ", 9) == 0) {
            good = set_language(p, s + 9, n - 9);
            section = NOTHING;
        } else if (s[0] == '[' && s[n - 1] == ']') {
            section = n == 10 && memcmp(s, "[function]", 10) == 0 ? FUNCTION : class_of(s + 1, n - 2);
            good = section != NOTHING;
        } else if (section == FUNCTION) {
            good = add_function_words(p, s, n);
        } else {
            good = section >= 0 && add_entry(p, s, n, section);
        }
        if (!good)
            return err_set(e, ERR_IO, "'%s', line %zu: not a phrase, a section or a language", name, r.number);
    }
    return true;
}

struct phrases *phrases_open(struct err *e)
{
    char *folder = path_program_data("phrases");
    struct phrases *p = phrases_new();
    char **names;
    size_t count, i;
    bool good = table_list(folder, ".txt", &names, &count, e);

    if (good && count == 0)
        good = err_set(e, ERR_IO, "no phrases in '%s'", folder);
    for (i = 0; i < count; i++) {
        char *path = path_join(folder, names[i]);
        struct buf text;

        buf_init(&text);
        good = good && table_read(path, &text, e) && phrases_add_text(p, path, text.data, text.len, e);
        buf_release(&text);
        free(path);
        free(names[i]);
    }
    free(names);
    free(folder);
    if (!good)
        phrases_free(&p);
    return p;
}

const char *phrases_language(const struct phrases *p, size_t i)
{
    return i < p->languages ? p->language[i] : NULL;
}

static void note(const struct set *n, bool start, bool end, struct phrases_hits *hits)
{
    uint64_t here = n->class[FREE];

    if (start)
        here |= n->class[AT_START];
    if (end)
        here |= n->class[AT_END];
    if (start && end)
        here |= n->class[AS_WHOLE];
    hits->any |= here;
    if (start)
        hits->start |= here;
    if (end)
        hits->end |= here;
    if (start && end)
        hits->whole |= here;
    hits->held |= n->class[FREE] | n->class[AT_START] | n->class[AT_END] | n->class[AS_WHOLE];
}

/* Counts the language bits of a function word. */
static inline void count_languages(uint32_t bits, uint32_t *languages)
{
    while (bits) {
        languages[__builtin_ctz(bits)]++;
        bits &= bits - 1;
    }
}

static inline void take_word(struct phrases_words *words, const struct terms_word *w, bool function)
{
    bool content = !function && !w->number && w->len > 2;

    words->hash[words->count++] = ((uint32_t)(w->hash >> 16) & ~UINT32_C(1)) | content;
}

/* The open phrases: nodes reached, the words that may lead on, and whether each began with the first word. At most
 * one a depth. */
struct open {
    struct {
        uint64_t nexts;
        uint32_t node;
        bool first;
    } at[DEPTH + 1];
    size_t count;
};

/* Takes the node that a phrase came to with a word. */
static inline void take_node(const struct phrases *p, struct open *open, const struct node *n, bool first, bool last,
                             struct phrases_hits *hits)
{
    if (n->set)
        note(&p->set[n->set], first, last, hits);
    if (n->nexts && open->count < DEPTH) {
        open->at[open->count].nexts = n->nexts;
        open->at[open->count].node = n->id;
        open->at[open->count++].first = first;
    }
}

/* Takes the word one step further in every open phrase, and into those that begin with it. Returns the languages
 * whose function word it is. */
static uint32_t step_open(const struct phrases *p, struct open *open, uint64_t key, bool begins, bool last,
                          struct phrases_hits *hits)
{
    size_t i, count = open->count;
    const struct node *n;

    open->count = 0;
    for (i = 0; i < count; i++) {
        if ((open->at[i].nexts & next_bit(key)) && (n = follow(p, open->at[i].node, key)) != NULL)
            take_node(p, open, n, open->at[i].first, last, hits);
    }
    n = begins ? follow(p, ROOT, key) : NULL;
    if (n == NULL)
        return 0;
    take_node(p, open, n, hits->words == 0, last, hits);
    return n->languages;
}

/* Matches the next word; true where it is a function word. */
static inline bool step_word(const struct phrases *p, struct open *open, const struct terms_word *w, bool last,
                             struct phrases_hits *hits, uint32_t *languages)
{
    uint64_t key = key_of(w);
    bool begins = begins_phrase(p, key);
    uint32_t function = 0;

    if (open->count + begins > 0)
        function = step_open(p, open, key, begins, last, hits);
    if (function) {
        hits->function_words++;
        if (languages)
            count_languages(function, languages);
    }
    hits->words++;
    return function != 0;
}

void phrases_match_words(const struct phrases *p, const struct terms_word *word, size_t count,
                         struct phrases_hits *hits, uint32_t *languages, struct phrases_words *words)
{
    struct open open;
    size_t i;

    memset(hits, 0, sizeof *hits);
    open.count = 0;
    mem_grow(&words->hash, &words->cap, words->count + count, sizeof *words->hash);
    for (i = 0; i < count; i++)
        take_word(words, &word[i], step_word(p, &open, &word[i], i + 1 == count, hits, languages));
}

void phrases_match(const struct phrases *p, const char *s, size_t len, struct phrases_hits *hits,
                   struct phrases_words *words)
{
    struct open open;
    struct terms_word now, next;
    bool more = terms_next(s, len, 0, &now);

    memset(hits, 0, sizeof *hits);
    open.count = 0;
    for (; more; now = next) {
        bool function;

        more = terms_next(s, len, terms_end(&now), &next);
        function = step_word(p, &open, &now, !more, hits, NULL);
        if (words == NULL)
            continue;
        mem_grow(&words->hash, &words->cap, words->count + 1, sizeof *words->hash);
        take_word(words, &now, function);
    }
}

/* The classes of the phrases that end at a node, wherever they must stand. */
static inline uint64_t classes_of(const struct phrases *p, const struct node *node)
{
    const struct set *n = &p->set[node->set];

    return n->class[FREE] | n->class[AT_START] | n->class[AT_END] | n->class[AS_WHOLE];
}

/* The end of the longest phrase of class that begins at s[at]; at where there is none. */
static size_t match_at(const struct phrases *p, int class, const char *s, size_t len, size_t at, bool to_end)
{
    const struct node *node = NULL;
    size_t from = at, best = at;
    struct terms_word w;

    while (terms_next(s, len, from, &w)) {
        struct terms_word after;

        if (node == NULL && !begins_phrase(p, key_of(&w)))
            break;
        node = follow(p, node ? node->id : ROOT, key_of(&w));
        if (node == NULL)
            break;
        from = terms_end(&w);
        if (classes_of(p, node) >> class & 1) {
            if (!to_end || !terms_next(s, len, from, &after))
                best = from;
        }
    }
    return best;
}

size_t phrases_prefix(const struct phrases *p, enum phrases_class class, const char *s, size_t len)
{
    if ((p->opens[class] & first_bit(s, len)) == 0)
        return 0;
    return match_at(p, (int)class, s, len, 0, false);
}

/* Where the last words of s begin, DEPTH of them at most, in out; their number. */
static size_t last_words(const char *s, size_t len, size_t out[DEPTH])
{
    size_t starts[DEPTH] = {0}, count = 0, at = 0, i, n;
    struct terms_word w;

    while (terms_next(s, len, at, &w)) {
        starts[count++ % DEPTH] = w.start;
        at = terms_end(&w);
    }
    n = count < DEPTH ? count : DEPTH;
    for (i = 0; i < n; i++)
        out[i] = starts[(count - n + i) % DEPTH];
    return n;
}

size_t phrases_suffix(const struct phrases *p, enum phrases_class class, const char *s, size_t len)
{
    size_t starts[DEPTH], n = last_words(s, len, starts), i;

    for (i = 0; i < n; i++) {
        if (match_at(p, (int)class, s, len, starts[i], true) > starts[i])
            return len - starts[i];
    }
    return 0;
}

uint64_t phrases_ends(const struct phrases *p, const char *s, size_t len)
{
    uint32_t open[DEPTH + 1];
    size_t opened = 0;
    uint64_t classes = 0;
    size_t at = 0;
    struct terms_word w;

    for (; terms_next(s, len, at, &w); at = terms_end(&w)) {
        size_t i, kept = 0;

        open[opened] = ROOT;
        classes = 0; /* of phrases that end with this word */
        for (i = 0; i < opened + begins_phrase(p, key_of(&w)); i++) {
            const struct node *n = follow(p, open[i], key_of(&w));

            if (n == NULL)
                continue;
            classes |= classes_of(p, n);
            if (n->nexts && kept < DEPTH)
                open[kept++] = n->id;
        }
        opened = kept;
    }
    return classes;
}
