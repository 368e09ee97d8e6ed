/* SPDX-License-Identifier: ISC */
#include "ui/keymap.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

struct binding {
    struct key_sequence keys;
    enum action action; /* ACTION_NONE for a macro */
    int macro;
    bool changed;
};

struct map {
    struct binding *bindings;
    size_t count, cap;
};

struct keymap {
    struct map map[CONTEXT_COUNT];
};

/* Whether one of the two begins with the other. */
static bool overlap(const struct key_sequence *a, const struct key_sequence *b)
{
    int n = a->count < b->count ? a->count : b->count;

    return memcmp(a->key, b->key, (size_t)n * sizeof a->key[0]) == 0;
}

static void add(struct map *m, const struct key_sequence *keys, enum action a, int macro, bool changed)
{
    mem_grow(&m->bindings, &m->cap, m->count + 1, sizeof m->bindings[0]);
    m->bindings[m->count++] = (struct binding){*keys, a, macro, changed};
}

static bool put(struct map *m, const struct key_sequence *keys, enum action a, int macro)
{
    size_t kept = 0;

    for (size_t i = 0; i < m->count; i++)
        if (!overlap(&m->bindings[i].keys, keys))
            m->bindings[kept++] = m->bindings[i];
    m->count = kept;
    if (a != ACTION_NONE || macro >= 0)
        add(m, keys, a, macro, true);
    return true;
}

struct keymap *keymap_new(void)
{
    struct keymap *m = mem_zalloc(1, sizeof *m);

    for (int a = 0; a < ACTION_COUNT; a++) {
        const struct action_info *info = action_info((enum action)a);

        for (int k = 0; k < ACTION_KEYS && info->keys[k]; k++) {
            struct key_sequence keys;
            bool good = key_parse(info->keys[k], &keys);

            assert(good);
            for (int c = 0; good && c < CONTEXT_COUNT; c++)
                if (info->contexts & (1u << c))
                    add(&m->map[c], &keys, (enum action)a, -1, false); /* none shadows another one */
        }
    }
    return m;
}

void keymap_free(struct keymap **m)
{
    if (!*m)
        return;
    for (int c = 0; c < CONTEXT_COUNT; c++)
        free((*m)->map[c].bindings);
    free(*m);
    *m = NULL;
}

/* Whether the keys may mean something else there: a line can always be accepted and left. */
static bool is_free(enum action_context c, const struct key_sequence *s, const char *keys, struct err *e)
{
    if (c == CONTEXT_PROMPT && s->count == 1 && (s->key[0] == KEY_RETURN || s->key[0] == KEY_ESCAPE))
        return err_set(e, ERR_USAGE, "'%s' cannot be bound anew in 'prompt'", keys);
    return true;
}

bool keymap_bind(struct keymap *m, enum action_context c, const char *keys, enum action a, struct err *e)
{
    struct key_sequence s;

    if (!key_parse(keys, &s))
        return err_set(e, ERR_USAGE, "'%s' is no key", keys);
    if (a != ACTION_NONE && !(action_info(a)->contexts & (1u << c)))
        return err_set(e, ERR_USAGE, "'%s' does not work in '%s'", action_info(a)->name, action_context_name(c));
    return is_free(c, &s, keys, e) && put(&m->map[c], &s, a, -1);
}

bool keymap_bind_macro(struct keymap *m, enum action_context c, const char *keys, int macro, struct err *e)
{
    struct key_sequence s;

    if (!key_parse(keys, &s))
        return err_set(e, ERR_USAGE, "'%s' is no key", keys);
    return is_free(c, &s, keys, e) && put(&m->map[c], &s, ACTION_NONE, macro);
}

bool keymap_macro_key(const struct keymap *m, enum action_context c, int n, struct key_sequence *out, int *macro)
{
    const struct map *map = &m->map[c];

    for (size_t i = 0; i < map->count; i++)
        if (map->bindings[i].macro >= 0 && n-- == 0) {
            *out = map->bindings[i].keys;
            *macro = map->bindings[i].macro;
            return true;
        }
    return false;
}

enum keymap_answer keymap_find(const struct keymap *m, enum action_context c, const struct key_sequence *s,
                               enum action *a, int *macro)
{
    const struct map *map = &m->map[c];

    for (size_t i = 0; i < map->count; i++)
        if (overlap(&map->bindings[i].keys, s) && map->bindings[i].keys.count >= s->count) {
            if (map->bindings[i].keys.count > s->count)
                return KEYMAP_MORE;
            *a = map->bindings[i].action;
            if (macro)
                *macro = map->bindings[i].macro;
            return map->bindings[i].macro >= 0 ? KEYMAP_MACRO : KEYMAP_ACTION;
        }
    return KEYMAP_NONE;
}

bool keymap_key(const struct keymap *m, enum action_context c, enum action a, int n, struct key_sequence *out,
                bool *changed)
{
    const struct map *map = &m->map[c];

    for (size_t i = 0; i < map->count; i++)
        if (map->bindings[i].action == a && n-- == 0) {
            *out = map->bindings[i].keys;
            if (changed)
                *changed = map->bindings[i].changed;
            return true;
        }
    return false;
}
