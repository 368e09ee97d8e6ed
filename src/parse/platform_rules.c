/* SPDX-License-Identifier: ISC */
/* Reading rule files into the compiled form, and taking lines apart the same way as patterns. */
#include "parse/platform_rules.h"

#include <assert.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/unicode.h"
#include "base/utf8.h"

enum { GROUPS = 5, LONGEST_LINE = 360, FILE_MOST = 1 << 20 };

/* Stand-ins under which rules without a word are filed. */
#define HASH_DATE  1u
#define HASH_VERB  2u
#define HASH_COUNT 3u

struct role_name {
    const char *name;
    enum platform_role role;
};

static const struct role_name role_names[] = {
    {"heading", PLATFORM_HEADING}, {"empty", PLATFORM_EMPTY},       {"form", PLATFORM_FORM},
    {"other", PLATFORM_OTHER},
    {"closed", PLATFORM_CLOSED},   {"field", PLATFORM_FIELD},       {"control", PLATFORM_CONTROL},
    {"reply", PLATFORM_REPLY},     {"button", PLATFORM_BUTTON},     {"score", PLATFORM_SCORE},
    {"header", PLATFORM_HEADER},   {"answer", PLATFORM_ANSWER},     {"nest", PLATFORM_NEST},
    {"badge", PLATFORM_BADGE},     {"pingback", PLATFORM_PINGBACK}, {"removed", PLATFORM_REMOVED},
};

struct class_name {
    const char *name;
    enum platform_class class;
};

static const struct class_name class_names[] = {
    {"verb", PLATFORM_VERB},   {"joint", PLATFORM_JOINT},   {"one", PLATFORM_ONE},
    {"greet", PLATFORM_GREET}, {"person", PLATFORM_PERSON}, {"bye", PLATFORM_BYE},
};

struct field_name {
    const char *name;
    enum platform_item_kind kind;
};

static const struct field_name field_names[] = {
    {"{name}", ITEM_NAME}, {"{parent}", ITEM_PARENT}, {"{date}", ITEM_DATE}, {"{n}", ITEM_COUNT},
    {"{verb}", ITEM_VERB}, {"{joint}", ITEM_JOINT},   {"{*}", ITEM_ANY},     {"{id}", ITEM_ID},
};

/* -- taking lines apart -------------------------------------------------------------------------------------
 */

static uint64_t mix(uint64_t hash, uint32_t cp)
{
    return (hash ^ cp) * 0x100000001B3u;
}

/* One sign for all dashes, quotes, dots and arrows that are written for each other. */
static uint32_t plain_sign(uint32_t cp)
{
    if (cp >= 0x2010 && cp <= 0x2015)
        return '-';
    if (cp == 0x2018 || cp == 0x2019 || cp == 0x201A || cp == 0x2BC || cp == 0xB4 || cp == '`')
        return '\'';
    if (cp == 0xAB || cp == 0xBB || (cp >= 0x201C && cp <= 0x201F) || cp == 0x2039 || cp == 0x203A)
        return '"';
    if (cp == 0x2022 || cp == 0x2219 || cp == 0x22C5 || cp == 0x25CF || cp == 0x30FB)
        return 0xB7;
    return cp;
}

enum { C_SPACE, C_UPPER, C_LOWER, C_DIGIT, C_SIGN };

#define S C_SPACE
#define U C_UPPER
#define L C_LOWER
#define D C_DIGIT
#define X C_SIGN
static const uint8_t ascii[128] = {
    S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, /* 00 */
    S, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, D, D, D, D, D, D, D, D, D, D, X, X, X, X, X, X, /* 20 */
    X, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, X, X, X, X, X, /* 40 */
    X, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, X, X, X, X, X, /* 60 */
};
#undef S
#undef U
#undef L
#undef D
#undef X

static int class_of_long(uint32_t cp)
{
    switch (unicode_class(cp)) {
    case UNICODE_SPACE:
        return C_SPACE;
    case UNICODE_UPPER:
        return C_UPPER;
    case UNICODE_LOWER:
    case UNICODE_LETTER:
        return C_LOWER;
    case UNICODE_DIGIT:
        return C_DIGIT;
    default:
        return C_SIGN;
    }
}

static inline int class_of(uint32_t cp)
{
    return cp < 0x80 ? ascii[cp] : class_of_long(cp);
}

/* The letter or digit cp, whose class is known, in lower case. */
static inline uint32_t lower_of(uint32_t cp, int class)
{
    if (cp < 0x80)
        return class == C_UPPER ? cp + 32 : cp;
    return unicode_lower(cp);
}

static bool letter_at(const char *s, size_t len)
{
    uint32_t cp;
    int class;

    utf8_next(s, len, &cp);
    class = class_of(cp);
    return class == C_UPPER || class == C_LOWER;
}

/* Reads one token of text[at, stop), which does not begin with a space. */
static size_t read_token(const char *text, size_t at, size_t stop, struct platform_token *t)
{
    uint32_t cp, first;
    size_t n = utf8_next(text + at, stop - at, &cp);
    int class = class_of(cp), last = class;
    uint64_t hash = 0xCBF29CE484222325u;

    t->start = (uint32_t)at;
    first = plain_sign(cp);
    t->kind = class == C_SIGN ? PLATFORM_SIGN : class == C_DIGIT ? PLATFORM_NUMBER : PLATFORM_WORD;
    hash = mix(hash, class == C_SIGN ? first : lower_of(cp, class));
    at += n;
    while (at < stop) {
        int c;

        n = utf8_next(text + at, stop - at, &cp);
        c = class_of(cp);
        if (class == C_SIGN) {
            if (c != C_SIGN || plain_sign(cp) != first)
                break;
        } else if (class == C_DIGIT) {
            if (c != C_DIGIT)
                break;
            hash = mix(hash, cp);
        } else if (cp == '-' && at + 1 < stop && last != C_SIGN && letter_at(text + at + 1, stop - at - 1)) {
            hash = mix(hash, cp); /* "e-mail" is one word */
        } else {
            if ((c != C_LOWER && c != C_UPPER) || (c == C_UPPER && last == C_LOWER))
                break;
            hash = mix(hash, lower_of(cp, c));
        }
        last = c;
        at += n;
    }
    if (first == '.' && at - t->start > 1)
        hash = mix(0xCBF29CE484222325u, 0x2026); /* "..." is an ellipsis */
    t->hash = hash;
    t->end = (uint32_t)at;
    t->slot = PLATFORM_UNKNOWN;
    t->class = 0;
    return at;
}

/* Where the filter keeps a word. */
static inline size_t filter_bit(uint64_t hash)
{
    return (size_t)(hash * UINT64_C(0xD6E8FEB86659FD93) >> 48) & (PLATFORM_FILTER - 1);
}

uint32_t platform_slot_of(const struct platform_rules *r, uint64_t hash)
{
    size_t i;

    if (!(r->known[filter_bit(hash) / 64] >> filter_bit(hash) % 64 & 1))
        return PLATFORM_UNKNOWN;
    for (i = (size_t)hash & (r->slots - 1); r->slot[i].used; i = (i + 1) & (r->slots - 1))
        if (r->slot[i].hash == hash)
            return (uint32_t)i;
    return PLATFORM_UNKNOWN;
}

/* Adds the token that begins at text[at] (no white space) and ends before stop; returns where it ends. */
static size_t add_token(const struct platform_rules *r, struct platform_line *out, size_t at, size_t stop)
{
    struct platform_token *t = &out->token[out->count];
    uint64_t bit = (uint64_t)1 << out->count++;

    at = read_token(out->text, at, stop, t);
    out->kinds[t->kind] |= bit;
    t->slot = platform_slot_of(r, t->hash);
    if (t->slot == PLATFORM_UNKNOWN)
        return at;
    t->class = r->slot[t->slot].class;
    if ((t->class & PLATFORM_JOINT) != 0)
        out->joints |= bit;
    if ((t->class & PLATFORM_VERB) != 0)
        out->verbs |= bit;
    return at;
}

static void add_date(struct platform_line *out, const struct dates_found *date)
{
    struct platform_token *t = &out->token[out->count];

    out->kinds[PLATFORM_DATE] |= (uint64_t)1 << out->count++;
    t->kind = PLATFORM_DATE;
    t->hash = HASH_DATE;
    t->start = (uint32_t)date->start;
    t->end = (uint32_t)date->end;
    t->slot = PLATFORM_UNKNOWN;
    t->class = 0;
}

static void read_tokens(const struct platform_rules *r, struct platform_line *out)
{
    const char *text = out->text;
    size_t at = 0, d = 0, len = out->len;

    while (at < len) {
        uint32_t cp;
        size_t n = utf8_next(text + at, len - at, &cp);

        if (class_of(cp) == C_SPACE) {
            at += n;
            continue;
        }
        if (out->count == PLATFORM_TOKENS) {
            out->full = true;
            return;
        }
        if (d < out->date_count && out->date[d].start <= at) {
            add_date(out, &out->date[d]);
            at = out->date[d++].end;
        } else {
            at = add_token(r, out, at, d < out->date_count ? out->date[d].start : len);
        }
    }
}

void platform_read_dated(const struct platform_rules *r, const char *text, size_t len,
                         const struct dates_found *first, struct platform_line *out)
{
    out->text = text;
    out->count = out->date_count = 0;
    out->full = len > LONGEST_LINE;
    out->len = len;
    out->joints = out->verbs = 0;
    memset(out->kinds, 0, sizeof out->kinds);
    if (out->full)
        return;
    if (first != NULL) {
        out->date[out->date_count++] = *first;
        while (out->date_count < PLATFORM_DATES &&
               dates_find(text, len, out->date[out->date_count - 1].end, &out->date[out->date_count]))
            out->date_count++;
    }
    read_tokens(r, out);
}

void platform_read_line(const struct platform_rules *r, const char *text, size_t len,
                        struct platform_line *out)
{
    struct dates_found first;

    platform_read_dated(r, text, len, len <= LONGEST_LINE && dates_find(text, len, 0, &first) ? &first : NULL, out);
}

/* -- reading rules ------------------------------------------------------------------------------------------
 */

struct reader {
    struct platform_rules *r;
    const char *name; /* of the file */
    int line;
    uint32_t platform;
    struct err *e;
};

struct draft {
    struct platform_item item[PLATFORM_ITEMS];
    uint8_t group[PLATFORM_ITEMS]; /* 0, or the number of the optional group */
    size_t count;
    uint8_t groups;
    bool open;
};

static bool wrong(const struct reader *rd, const char *what, const char *text, size_t len)
{
    return err_set(rd->e, ERR_USAGE, "%s:%d: %s '%.*s'", rd->name, rd->line, what, (int)(len > 60 ? 60 : len),
                   text);
}

static bool add_item(const struct reader *rd, struct draft *d, const struct platform_item *item,
                     const char *at)
{
    if (d->count == PLATFORM_ITEMS)
        return wrong(rd, "pattern is too long at", at, strlen(at) > 20 ? 20 : strlen(at));
    d->group[d->count] = d->open ? d->groups : 0;
    d->item[d->count++] = *item;
    return true;
}

static uint32_t add_word(struct platform_rules *r, uint64_t hash)
{
    mem_grow(&r->word, &r->word_cap, r->words + 1, sizeof *r->word);
    r->word[r->words] = hash;
    return (uint32_t)r->words++;
}

/* The words of "a|b|c": each must be one token. */
static bool add_choice(const struct reader *rd, struct draft *d, const char *s, size_t len)
{
    struct platform_item item = {ITEM_WORD, (uint32_t)rd->r->words, 0, false, false};
    size_t at = 0;

    while (at < len) {
        const char *bar = memchr(s + at, '|', len - at);
        size_t stop = bar != NULL ? (size_t)(bar - s) : len;
        struct platform_token t;

        if (stop == at || read_token(s, at, stop, &t) != stop)
            return wrong(rd, "each choice must be one word:", s, len);
        add_word(rd->r, t.hash);
        item.words++;
        at = stop + 1;
    }
    if (s[len - 1] == '|')
        return wrong(rd, "each choice must be one word:", s, len);
    return add_item(rd, d, &item, s);
}

/* One blank-separated piece of a pattern, without the brackets of its group. */
static bool add_piece(const struct reader *rd, struct draft *d, const char *s, size_t len)
{
    size_t at = 0;

    if (len > 1 && memchr(s, '|', len) != NULL)
        return add_choice(rd, d, s, len);
    while (at < len) {
        struct platform_item item = {ITEM_WORD, 0, 1, false, false};
        struct platform_token t;

        if (s[at] == '{') {
            const char *end = memchr(s + at, '}', len - at);
            size_t i, n = end != NULL ? (size_t)(end - s) + 1 - at : 0;

            for (i = 0; i < sizeof field_names / sizeof field_names[0]; i++)
                if (n == strlen(field_names[i].name) && memcmp(s + at, field_names[i].name, n) == 0)
                    break;
            if (i == sizeof field_names / sizeof field_names[0])
                return wrong(rd, "no such field:", s + at, len - at);
            item.kind = field_names[i].kind;
            item.words = 0;
            at += n;
        } else {
            at = read_token(s, at, len, &t);
            item.word = add_word(rd->r, t.hash);
            item.sign = t.kind == PLATFORM_SIGN;
        }
        if (!add_item(rd, d, &item, s))
            return false;
    }
    return true;
}

static bool read_pattern(const struct reader *rd, const char *s, size_t len, struct draft *d)
{
    size_t at = 0;

    memset(d, 0, sizeof *d);
    while (at < len) {
        size_t stop = at;
        bool close;

        if (s[at] == ' ' || s[at] == '\t') {
            at++;
            continue;
        }
        while (stop < len && s[stop] != ' ' && s[stop] != '\t')
            stop++;
        if (s[at] == '[') {
            if (d->open || d->groups == GROUPS)
                return wrong(rd, d->open ? "group in a group:" : "too many groups:", s, len);
            d->open = true;
            d->groups++;
            at++;
        }
        close = stop > at && s[stop - 1] == ']';
        if (close && !d->open)
            return wrong(rd, "']' without '[':", s, len);
        if (stop - (close ? 1 : 0) > at && !add_piece(rd, d, s + at, stop - (close ? 1 : 0) - at))
            return false;
        if (close)
            d->open = false;
        at = stop;
    }
    if (d->open)
        return wrong(rd, "'[' without ']':", s, len);
    if (d->count == 0)
        return wrong(rd, "no pattern:", s, len);
    return true;
}

/* Adds the rule with the groups whose bits are set, the signs around it left out. */
static void add_rule(const struct reader *rd, const struct draft *d, enum platform_role role, unsigned groups)
{
    struct platform_rules *r = rd->r;
    struct platform_rule rule = {.role = role, .platform = rd->platform, .item = (uint32_t)r->items};
    size_t i;

    for (i = 0; i < d->count; i++) {
        const struct platform_item *item = &d->item[i];

        if (d->group[i] != 0 && (groups >> (d->group[i] - 1) & 1) == 0)
            continue;
        if (rule.count == 0 && item->sign)
            continue;
        mem_grow(&r->item, &r->item_cap, r->items + 1, sizeof *r->item);
        r->item[r->items] = *item;
        r->item[r->items++].digits = role == PLATFORM_HEADER;
        rule.count++;
        if (item->kind == ITEM_WORD)
            rule.fixed += item->sign ? 1 : 2;
        else if (item->kind == ITEM_DATE || item->kind == ITEM_VERB)
            rule.fixed += 2;
        else if (item->kind == ITEM_COUNT)
            rule.fixed += 1;
    }
    while (role != PLATFORM_HEADER && rule.count > 0 && r->item[r->items - 1].sign) {
        r->items--;
        rule.count--;
    }
    if (rule.fixed == 0)
        return;
    mem_grow(&r->rule, &r->rule_cap, r->rules + 1, sizeof *r->rule);
    r->rule[r->rules++] = rule;
}

static bool add_class(const struct reader *rd, enum platform_class class, const char *s, size_t len)
{
    struct platform_rules *r = rd->r;
    size_t at = 0;

    while (at < len) {
        struct platform_token t;
        size_t stop = at;

        if (s[at] == ' ' || s[at] == '\t') {
            at++;
            continue;
        }
        while (stop < len && s[stop] != ' ' && s[stop] != '\t')
            stop++;
        if (read_token(s, at, stop, &t) != stop)
            return wrong(rd, "not one word:", s + at, stop - at);
        mem_grow(&r->class_word, &r->class_cap, r->class_words + 1, sizeof *r->class_word);
        r->class_word[r->class_words++] = (struct platform_class_word){t.hash, (uint8_t) class};
        at = stop;
    }
    return true;
}

static bool is_word(const char *s, size_t len, const char *word)
{
    return len == strlen(word) && memcmp(s, word, len) == 0;
}

static bool read_rule(struct reader *rd, const char *s, size_t len)
{
    size_t word = 0, rest, i;
    struct draft d;
    unsigned groups;

    while (word < len && s[word] != ' ' && s[word] != '\t')
        word++;
    for (rest = word; rest < len && (s[rest] == ' ' || s[rest] == '\t'); rest++)
        ;
    if (is_word(s, word, "platform")) {
        struct platform_rules *r = rd->r;

        if (rest == len)
            return wrong(rd, "platform without a name:", s, len);
        mem_grow(&r->platform, &r->platform_cap, r->platforms + 1, sizeof *r->platform);
        r->platform[r->platforms] = mem_strndup(s + rest, len - rest);
        rd->platform = (uint32_t)r->platforms++;
        return true;
    }
    for (i = 0; i < sizeof class_names / sizeof class_names[0]; i++)
        if (is_word(s, word, class_names[i].name))
            return add_class(rd, class_names[i].class, s + rest, len - rest);
    for (i = 0; i < sizeof role_names / sizeof role_names[0]; i++)
        if (is_word(s, word, role_names[i].name))
            break;
    if (i == sizeof role_names / sizeof role_names[0])
        return wrong(rd, "no such kind of rule:", s, word);
    if (rd->platform == UINT32_MAX)
        return wrong(rd, "rule before the first platform:", s, len);
    if (!read_pattern(rd, s + rest, len - rest, &d))
        return false;
    for (groups = 0; groups < 1u << d.groups; groups++)
        add_rule(rd, &d, role_names[i].role, groups);
    return true;
}

struct platform_rules *platform_new(void)
{
    struct platform_rules *r = mem_zalloc(1, sizeof *r);

    r->by_date = r->by_verb = r->by_count = PLATFORM_UNKNOWN;
    return r;
}

bool platform_add(struct platform_rules *r, const char *name, const char *text, size_t len, struct err *e)
{
    struct reader rd = {r, name, 0, UINT32_MAX, e};
    size_t at = 0;

    assert(!r->compiled);
    while (at < len) {
        const char *nl = memchr(text + at, '\n', len - at);
        size_t stop = nl != NULL ? (size_t)(nl - text) : len, from = at, to = stop;

        rd.line++;
        while (from < to && (text[from] == ' ' || text[from] == '\t'))
            from++;
        while (to > from && (text[to - 1] == ' ' || text[to - 1] == '\t' || text[to - 1] == '\r'))
            to--;
        if (from < to && text[from] != '#' && !read_rule(&rd, text + from, to - from))
            return false;
        at = stop + 1;
    }
    return true;
}

/* -- compiling ----------------------------------------------------------------------------------------------
 */

struct filing {
    uint64_t hash;
    uint32_t rule;
};

static int by_hash(const void *a, const void *b)
{
    const struct filing *x = a, *y = b;

    if (x->hash != y->hash)
        return x->hash < y->hash ? -1 : 1;
    return x->rule < y->rule ? -1 : x->rule > y->rule;
}

static struct platform_slot *put(struct platform_rules *r, uint64_t hash)
{
    size_t i = (size_t)hash & (r->slots - 1);

    r->known[filter_bit(hash) / 64] |= UINT64_C(1) << filter_bit(hash) % 64;
    while (r->slot[i].used && r->slot[i].hash != hash)
        i = (i + 1) & (r->slots - 1);
    r->slot[i].used = true;
    r->slot[i].hash = hash;
    return &r->slot[i];
}

/* The item that a rule is filed under: the word item with the fewest choices, the first of those. */
static const struct platform_item *key_item(const struct platform_rules *r, const struct platform_rule *rule)
{
    const struct platform_item *best = NULL;
    size_t i;

    for (i = 0; i < rule->count; i++) {
        const struct platform_item *item = &r->item[rule->item + i];

        if (item->kind == ITEM_WORD && !item->sign && (best == NULL || item->words < best->words))
            best = item;
    }
    return best;
}

static void file_rule(const struct platform_rules *r, uint32_t n, struct filing **f, size_t *count,
                      size_t *cap)
{
    const struct platform_rule *rule = &r->rule[n];
    const struct platform_item *key = key_item(r, rule);
    size_t i;

    mem_grow(f, cap, *count + (key != NULL ? key->words : 1), sizeof **f);
    if (key != NULL) {
        for (i = 0; i < key->words; i++)
            (*f)[(*count)++] = (struct filing){r->word[key->word + i], n};
        return;
    }
    for (i = 0; i < rule->count; i++) {
        enum platform_item_kind kind = r->item[rule->item + i].kind;

        if (kind == ITEM_DATE || kind == ITEM_VERB || kind == ITEM_COUNT) {
            (*f)[(*count)++] = (struct filing){kind == ITEM_DATE   ? HASH_DATE
                                               : kind == ITEM_VERB ? HASH_VERB
                                                                   : HASH_COUNT,
                                               n};
            return;
        }
    }
}

/* The bits of the words of an item; all where it is no word. */
static uint64_t item_bits(const struct platform_rules *r, const struct platform_item *item)
{
    uint64_t bits = 0;
    size_t w;

    if (item->kind != ITEM_WORD)
        return ~UINT64_C(0);
    for (w = 0; w < item->words; w++)
        bits |= platform_bit(r->word[item->word + w]);
    return bits;
}

/* Works out what tells from afar that a rule cannot match. */
static void set_bounds(const struct platform_rules *r, struct platform_rule *rule)
{
    static const struct {
        uint8_t least, most, fields;
    } bounds[] = {
        [ITEM_WORD] = {1, 1, 0},
        [ITEM_NAME] = {1, PLATFORM_NAME_TOKENS, 0},
        [ITEM_PARENT] = {1, PLATFORM_NAME_TOKENS, 0},
        [ITEM_DATE] = {1, 1, PLATFORM_NEEDS_DATE},
        [ITEM_COUNT] = {1, 3, PLATFORM_NEEDS_COUNT},
        [ITEM_VERB] = {1, 1, PLATFORM_NEEDS_VERB},
        [ITEM_JOINT] = {0, PLATFORM_NAME_TOKENS, 0},
        [ITEM_ANY] = {0, PLATFORM_TOKENS, 0},
        [ITEM_ID] = {1, PLATFORM_ID_TOKENS, 0},
    };
    unsigned least = 0, most = 0;
    size_t i;

    for (i = 0; i < rule->count; i++) {
        const struct platform_item *item = &r->item[rule->item + i];

        least += bounds[item->kind].least;
        most += bounds[item->kind].most;
        rule->fields |= bounds[item->kind].fields;
        if (item->kind == ITEM_WORD && item->words == 1)
            rule->need |= item_bits(r, item);
    }
    rule->least = (uint8_t)least;
    rule->most = (uint8_t)(most < PLATFORM_TOKENS ? most : PLATFORM_TOKENS);
    rule->first = item_bits(r, &r->item[rule->item]);
    rule->last = item_bits(r, &r->item[rule->item + rule->count - 1]);
}

void platform_compile(struct platform_rules *r)
{
    struct filing *f = NULL;
    size_t count = 0, cap = 0, i, first;

    for (i = 0; i < r->rules; i++)
        set_bounds(r, &r->rule[i]);
    for (i = 0; i < r->rules; i++)
        file_rule(r, (uint32_t)i, &f, &count, &cap);
    if (count > 0)
        qsort(f, count, sizeof *f, by_hash);
    for (r->slots = 64; r->slots < 4 * (count + r->class_words + r->rules); r->slots *= 2)
        ;
    r->slot = mem_zalloc(r->slots, sizeof *r->slot);
    r->filed = mem_alloc((count + 1) * sizeof *r->filed);
    for (i = 0; i < count; i = first) {
        struct platform_slot *s = put(r, f[i].hash);

        s->first = (uint32_t)i;
        for (first = i; first < count && f[first].hash == f[i].hash; first++)
            r->filed[first] = f[first].rule;
        s->rules = (uint32_t)(first - i);
    }
    for (i = 0; i < r->class_words; i++)
        put(r, r->class_word[i].hash)->class |= r->class_word[i].class;
    for (i = 0; i < r->rules; i++) {
        const struct platform_rule *rule = &r->rule[i];
        const struct platform_item *item = &r->item[rule->item];
        size_t w;

        if (rule->role != PLATFORM_REPLY && rule->role != PLATFORM_BUTTON && rule->role != PLATFORM_SCORE)
            continue;
        for (w = 0; w < item->words; w++)
            put(r, r->word[item->word + w])->buttons = true;
    }
    r->by_date = platform_slot_of(r, HASH_DATE);
    r->by_verb = platform_slot_of(r, HASH_VERB);
    r->by_count = platform_slot_of(r, HASH_COUNT);
    r->compiled = true;
    free(f);
}

/* -- files --------------------------------------------------------------------------------------------------
 */

static bool read_file(const char *path, struct buf *out, struct err *e)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    bool ok = true;
    char chunk[16384];

    if (fd < 0)
        return err_sys(e, "cannot open '%s'", path);
    for (;;) {
        ssize_t n = read(fd, chunk, sizeof chunk);

        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            ok = err_sys(e, "cannot read '%s'", path);
        else if (out->len > FILE_MOST)
            ok = err_set(e, ERR_IO, "rule file '%s' is too large", path);
        if (n <= 0 || !ok)
            break;
        buf_add(out, chunk, (size_t)n);
    }
    close(fd);
    return ok;
}

static int only_rules(const struct dirent *d)
{
    size_t n = strlen(d->d_name);

    return d->d_name[0] != '.' && n > 6 && strcmp(d->d_name + n - 6, ".rules") == 0;
}

/* Adds the rule files of a folder in the order of their names; a folder that is not there holds none. */
static bool add_folder(struct platform_rules *r, const char *folder, bool needed, struct err *e)
{
    struct dirent **entry = NULL;
    int n = scandir(folder, &entry, only_rules, alphasort), i;
    bool ok = true;

    if (n < 0 || (n == 0 && needed)) {
        free(entry);
        if (n < 0 && errno != ENOENT)
            return err_sys(e, "cannot read '%s'", folder);
        return needed ? err_set(e, ERR_IO, "no platform rules in '%s'", folder) : true;
    }
    for (i = 0; i < n; i++) {
        if (ok) {
            char *path = path_join(folder, entry[i]->d_name);
            struct buf text;

            buf_init(&text);
            ok = read_file(path, &text, e) && platform_add(r, path, text.data, text.len, e);
            buf_release(&text);
            free(path);
        }
        free(entry[i]);
    }
    free(entry);
    return ok;
}

struct platform_rules *platform_open(struct err *e)
{
    struct platform_rules *r = platform_new();
    char *shipped = path_program_data("platforms"), *home = path_config_home();
    char *own = path_join(home, "platforms");
    bool ok = add_folder(r, shipped, true, e) && add_folder(r, own, false, e);

    free(shipped);
    free(home);
    free(own);
    if (!ok) {
        platform_close(&r);
        return NULL;
    }
    platform_compile(r);
    return r;
}

void platform_close(struct platform_rules **rp)
{
    struct platform_rules *r = *rp;
    size_t i;

    if (r == NULL)
        return;
    for (i = 0; i < r->platforms; i++)
        free(r->platform[i]);
    free(r->platform);
    free(r->rule);
    free(r->item);
    free(r->word);
    free(r->class_word);
    free(r->slot);
    free(r->filed);
    free(r);
    *rp = NULL;
}
