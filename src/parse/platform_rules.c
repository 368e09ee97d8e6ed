/* SPDX-License-Identifier: ISC */
/* Reading rule files into the compiled form. */
#include "parse/platform_rules.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/utf8.h"
#include "parse/table.h"

enum { GROUPS = 5 };

struct role_name {
    const char *name;
    enum platform_role role;
};

static const struct role_name role_names[] = {
    {"heading", PLATFORM_HEADING},   {"empty", PLATFORM_EMPTY},     {"form", PLATFORM_FORM},
    {"other", PLATFORM_OTHER},       {"closed", PLATFORM_CLOSED},   {"field", PLATFORM_FIELD},
    {"control", PLATFORM_CONTROL},   {"nav", PLATFORM_NAV},         {"reply", PLATFORM_REPLY},
    {"button", PLATFORM_BUTTON},     {"score", PLATFORM_SCORE},     {"header", PLATFORM_HEADER},
    {"answer", PLATFORM_ANSWER},     {"nest", PLATFORM_NEST},       {"badge", PLATFORM_BADGE},
    {"pingback", PLATFORM_PINGBACK}, {"removed", PLATFORM_REMOVED},
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

enum { QUOTED = 60 }; /* bytes of a wrong rule that are said */

static bool wrong(const struct reader *rd, const char *what, const char *text, size_t len)
{
    return err_set(rd->e, ERR_USAGE, "%s:%d: %s '%.*s'", rd->name, rd->line, what, (int)utf8_floor(text, len, QUOTED),
                   text);
}

/* s is the piece of the pattern that the item is part of. */
static bool add_item(const struct reader *rd, struct draft *d, const struct platform_item *item, const char *s,
                     size_t len)
{
    if (d->count == PLATFORM_ITEMS)
        return wrong(rd, "pattern is too long at", s, len);
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

        if (stop == at || platform_read_token(s, at, stop, &t) != stop)
            return wrong(rd, "each choice must be one word:", s, len);
        add_word(rd->r, t.hash);
        item.words++;
        at = stop + 1;
    }
    if (s[len - 1] == '|')
        return wrong(rd, "each choice must be one word:", s, len);
    return add_item(rd, d, &item, s, len);
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
            at = platform_read_token(s, at, len, &t);
            item.word = add_word(rd->r, t.hash);
            item.sign = t.kind == PLATFORM_SIGN;
        }
        if (!add_item(rd, d, &item, s, len))
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
        if (platform_read_token(s, at, stop, &t) != stop)
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

/* "ROLE LINE": what the line of a page must be. */
static bool add_test(const struct reader *rd, const char *s, size_t len)
{
    struct platform_rules *r = rd->r;
    struct platform_test t = {NULL, NULL, true, PLATFORM_ROLES};
    struct buf place;
    size_t word = 0, i;

    while (word < len && s[word] != ' ' && s[word] != '\t')
        word++;
    for (i = 0; i < sizeof role_names / sizeof role_names[0]; i++)
        if (is_word(s, word, role_names[i].name))
            t.role = role_names[i].role;
    t.any = !is_word(s, word, "none");
    if (word == len || (t.any && t.role == PLATFORM_ROLES))
        return wrong(rd, word == len ? "no line to test:" : "no such kind of rule:", s, word);
    buf_init(&place);
    buf_add_fmt(&place, "%s:%d", rd->name, rd->line);
    t.place = mem_strndup(place.data, place.len);
    buf_release(&place);
    t.text = mem_strndup(s + word + 1, len - word - 1);
    mem_grow(&r->test, &r->test_cap, r->tests + 1, sizeof *r->test);
    r->test[r->tests++] = t;
    return true;
}

const char *platform_role_name(enum platform_role role)
{
    size_t i;

    for (i = 0; i + 1 < sizeof role_names / sizeof role_names[0]; i++)
        if (role_names[i].role == role)
            break;
    return role_names[i].name;
}

static void forget_tests(struct platform_rules *r)
{
    while (r->tests > 0) {
        struct platform_test *t = &r->test[--r->tests];

        free(t->place);
        free(t->text);
    }
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
    if (is_word(s, word, "test"))
        return add_test(rd, s + rest, len - rest);
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
    uint32_t group, rule;
};

static int by_hash(const void *a, const void *b)
{
    const struct filing *x = a, *y = b;

    if (x->hash != y->hash)
        return x->hash < y->hash ? -1 : 1;
    if (x->group != y->group)
        return x->group < y->group ? -1 : 1;
    return x->rule < y->rule ? -1 : x->rule > y->rule;
}

static struct platform_slot *put(struct platform_rules *r, uint64_t hash)
{
    size_t i = (size_t)hash & (r->places - 1);

    while (r->place[i] != 0 && r->slot[r->place[i] - 1].hash != hash)
        i = (i + 1) & (r->places - 1);
    if (r->place[i] == 0) {
        r->known[platform_filter_bit(hash) / 64] |= UINT64_C(1) << platform_filter_bit(hash) % 64;
        r->place[i] = (uint32_t)++r->slots;
        r->slot[r->slots - 1].hash = hash;
    }
    return &r->slot[r->place[i] - 1];
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

static enum platform_group group_of(enum platform_role role)
{
    if (role == PLATFORM_HEADER)
        return PLATFORM_HEADERS;
    return role == PLATFORM_REPLY || role == PLATFORM_BUTTON || role == PLATFORM_SCORE ? PLATFORM_BUTTONS
                                                                                      : PLATFORM_CHROME;
}

static void file_rule(const struct platform_rules *r, uint32_t n, struct filing **f, size_t *count,
                      size_t *cap)
{
    const struct platform_rule *rule = &r->rule[n];
    const struct platform_item *key = key_item(r, rule);
    uint32_t group = group_of(rule->role);
    size_t i;

    mem_grow(f, cap, *count + (key != NULL ? key->words : 1), sizeof **f);
    if (key != NULL) {
        for (i = 0; i < key->words; i++)
            (*f)[(*count)++] = (struct filing){r->word[key->word + i], group, n};
        return;
    }
    for (i = 0; i < rule->count; i++) {
        enum platform_item_kind kind = r->item[rule->item + i].kind;

        if (kind == ITEM_DATE || kind == ITEM_VERB || kind == ITEM_COUNT) {
            (*f)[(*count)++] = (struct filing){kind == ITEM_DATE   ? PLATFORM_HASH_DATE
                                               : kind == ITEM_VERB ? PLATFORM_HASH_VERB
                                                                   : PLATFORM_HASH_COUNT,
                                               group, n};
            return;
        }
    }
}

/* The bits of what an item can be; all where it can be anything. */
static uint64_t item_bits(const struct platform_rules *r, const struct platform_item *item)
{
    uint64_t bits = 0;
    size_t w;

    switch (item->kind) {
    case ITEM_WORD:
        for (w = 0; w < item->words; w++)
            bits |= platform_bit(r->word[item->word + w]);
        return bits;
    case ITEM_DATE:
        return PLATFORM_BIT_DATE;
    case ITEM_VERB:
        return PLATFORM_BIT_VERB;
    case ITEM_COUNT:
        return PLATFORM_BIT_COUNT;
    default:
        return ~UINT64_C(0);
    }
}

/* Works out what tells from afar that a rule cannot match. */
static void set_bounds(const struct platform_rules *r, const struct platform_rule *rule, struct platform_filed *f)
{
    static const struct {
        uint8_t least, most;
    } bounds[] = {
        [ITEM_WORD] = {1, 1},
        [ITEM_NAME] = {1, PLATFORM_NAME_TOKENS},
        [ITEM_PARENT] = {1, PLATFORM_NAME_TOKENS},
        [ITEM_DATE] = {1, 1},
        [ITEM_COUNT] = {1, 3},
        [ITEM_VERB] = {1, 1},
        [ITEM_JOINT] = {0, PLATFORM_NAME_TOKENS},
        [ITEM_ANY] = {0, PLATFORM_TOKENS},
        [ITEM_ID] = {1, PLATFORM_ID_TOKENS},
    };
    unsigned least = 0, most = 0;
    size_t i;

    for (i = 0; i < rule->count; i++) {
        const struct platform_item *item = &r->item[rule->item + i];
        uint64_t bits = item_bits(r, item);

        least += bounds[item->kind].least;
        most += bounds[item->kind].most;
        if ((bits & (bits - 1)) == 0)
            f->need |= bits;
    }
    f->role = UINT32_C(1) << rule->role;
    f->least = (uint8_t)least;
    f->most = (uint8_t)(most < PLATFORM_TOKENS ? most : PLATFORM_TOKENS);
    f->first = item_bits(r, &r->item[rule->item]);
    f->last = item_bits(r, &r->item[rule->item + rule->count - 1]);
}

/* Files the count rules of f, which are of one word and group, from place `from` on. */
static void file_group(struct platform_rules *r, const struct filing *f, size_t from, size_t count)
{
    struct platform_slot *s = put(r, f->hash);
    struct platform_files *files = &s->group[f->group];
    size_t i;

    files->from = (uint32_t)from;
    files->rules = (uint32_t)count;
    for (i = 0; i < count; i++) {
        struct platform_filed *filed = &r->filed[from + i];

        filed->rule = f[i].rule;
        set_bounds(r, &r->rule[filed->rule], filed);
        files->roles |= filed->role;
        files->first |= filed->first;
        files->last |= filed->last;
        files->most = filed->most > files->most ? filed->most : files->most;
    }
}

void platform_compile(struct platform_rules *r)
{
    struct filing *f = NULL;
    size_t count = 0, cap = 0, i, first, most;

    for (i = 0; i < r->rules; i++)
        file_rule(r, (uint32_t)i, &f, &count, &cap);
    mem_sort(f, count, sizeof *f, by_hash);
    most = count + r->class_words + r->words; /* what is filed, of a class, or begins a button */
    for (r->places = 64; r->places <= 2 * most; r->places *= 2)
        ;
    r->place = mem_zalloc(r->places, sizeof *r->place);
    r->slot = mem_zalloc(most, sizeof *r->slot);
    r->filed = mem_zalloc(count + 1, sizeof *r->filed);
    for (i = 0; i < count; i = first) {
        for (first = i; first < count && f[first].hash == f[i].hash && f[first].group == f[i].group;)
            first++;
        file_group(r, &f[i], i, first - i);
    }
    for (i = 0; i < r->class_words; i++)
        put(r, r->class_word[i].hash)->class |= r->class_word[i].class;
    for (i = 0; i < r->rules; i++) {
        const struct platform_rule *rule = &r->rule[i];
        const struct platform_item *item = &r->item[rule->item];
        size_t w;

        if (group_of(rule->role) != PLATFORM_BUTTONS)
            continue;
        for (w = 0; w < item->words; w++)
            put(r, r->word[item->word + w])->buttons = true;
        r->button_ends |= item_bits(r, item + rule->count - 1);
    }
    r->by_date = platform_slot_of(r, PLATFORM_HASH_DATE);
    r->by_verb = platform_slot_of(r, PLATFORM_HASH_VERB);
    r->by_count = platform_slot_of(r, PLATFORM_HASH_COUNT);
    r->compiled = true;
    free(f);
}

/* -- files --------------------------------------------------------------------------------------------------
 */

/* Adds the rule files of a folder in the order of their names; a folder that is not there holds none. */
static bool add_folder(struct platform_rules *r, const char *folder, bool needed, struct err *e)
{
    char **names;
    size_t count, i;
    bool ok;

    if (!needed && access(folder, F_OK) != 0)
        return true;
    ok = table_list(folder, ".rules", &names, &count, e);
    if (ok && needed && count == 0)
        ok = err_set(e, ERR_IO, "no platform rules in '%s'", folder);
    for (i = 0; i < count; i++) {
        char *path = path_join(folder, names[i]);
        struct buf text;

        buf_init(&text);
        ok = ok && table_read(path, &text, e) && platform_add(r, path, text.data, text.len, e);
        buf_release(&text);
        free(path);
        free(names[i]);
    }
    free(names);
    return ok;
}

struct platform_rules *platform_open(struct err *e)
{
    struct platform_rules *r = platform_new();
    char *shipped = path_program_data("platforms"), *home = path_config_home();
    char *own = path_join(home, "platforms");
    bool ok = add_folder(r, shipped, true, e);

    forget_tests(r);
    ok = ok && add_folder(r, own, false, e);
    free(shipped);
    free(home);
    free(own);
    if (ok) {
        platform_compile(r);
        ok = platform_check(r, e);
    }
    if (!ok)
        platform_close(&r);
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
    forget_tests(r);
    free(r->test);
    free(r->slot);
    free(r->place);
    free(r->filed);
    free(r);
    *rp = NULL;
}
