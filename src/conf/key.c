/* SPDX-License-Identifier: ISC */
#include "conf/key.h"

#include <string.h>

#include "base/utf8.h"

static const struct {
    const char *name;
    uint32_t key;
} names[] = {
    {"Space", ' '},
    {"Enter", KEY_RETURN},
    {"Tab", KEY_TABULATOR},
    {"Esc", KEY_ESCAPE},
    {"Backspace", KEY_RUBOUT},
    {"Up", KEY_ARROW_UP},
    {"Down", KEY_ARROW_DOWN},
    {"Left", KEY_ARROW_LEFT},
    {"Right", KEY_ARROW_RIGHT},
    {"PgUp", KEY_PAGE_UP},
    {"PgDn", KEY_PAGE_DOWN},
    {"Home", KEY_GO_HOME},
    {"End", KEY_GO_END},
    {"Insert", KEY_INSERT},
    {"Delete", KEY_DELETE},
    {"S-Tab", KEY_BACK_TAB},
    {"F10", KEY_FUNCTION + 10},
    {"F11", KEY_FUNCTION + 11},
    {"F12", KEY_FUNCTION + 12},
    {"F1", KEY_FUNCTION + 1},
    {"F2", KEY_FUNCTION + 2},
    {"F3", KEY_FUNCTION + 3},
    {"F4", KEY_FUNCTION + 4},
    {"F5", KEY_FUNCTION + 5},
    {"F6", KEY_FUNCTION + 6},
    {"F7", KEY_FUNCTION + 7},
    {"F8", KEY_FUNCTION + 8},
    {"F9", KEY_FUNCTION + 9},
};

enum { NAMES = sizeof names / sizeof names[0] };

/* Of keys that send the same byte, the one that people mean. */
static uint32_t one_of_many(uint32_t control)
{
    switch (control) {
    case '\n':
        return KEY_RETURN;
    case '\b':
        return KEY_RUBOUT;
    default:
        return control;
    }
}

/* A whole token that is the name of a key. */
static bool read_name(const char *s, size_t len, uint32_t *key)
{
    for (int i = 0; i < NAMES; i++)
        if (strlen(names[i].name) == len && memcmp(names[i].name, s, len) == 0) {
            *key = names[i].key;
            return true;
        }
    return false;
}

/* One key at the start of s; its length in bytes, 0 where there is none. */
static size_t read_key(const char *s, size_t len, uint32_t *key)
{
    size_t used;

    if (len > 2 && s[0] == 'M' && s[1] == '-') {
        if (read_name(s + 2, len - 2, key))
            used = len - 2;
        else if ((used = read_key(s + 2, len - 2, key)) == 0 || (*key & KEY_ALT))
            return 0;
        *key |= KEY_ALT;
        return used + 2;
    }
    if (len > 1 && s[0] == '^' && ((s[1] >= '@' && s[1] <= '_') || (s[1] >= 'a' && s[1] <= 'z'))) {
        *key = one_of_many(KEY_CONTROL(s[1]));
        return *key ? 2 : 0;
    }
    used = utf8_next(s, len, key);
    if (*key < ' ' || *key == 0x7F || (*key == UTF8_BAD && used == 1))
        return 0;
    return used;
}

bool key_parse(const char *notation, struct key_sequence *out)
{
    const char *s = notation;

    out->count = 0;
    while (*(s += strspn(s, " "))) {
        const char *token = s;
        size_t len = strcspn(s, " ");
        uint32_t key;

        for (size_t used; len > 0; s += used, len -= used) {
            used = s == token && read_name(s, len, &key) ? len : read_key(s, len, &key);
            if (used == 0 || out->count == KEY_SEQUENCE_MAX)
                return false;
            out->key[out->count++] = key;
        }
    }
    return out->count > 0;
}

/* The name of a key, NULL where it has none. */
static const char *name_of(uint32_t key)
{
    for (int i = 0; i < NAMES; i++)
        if (names[i].key == key)
            return names[i].name;
    return NULL;
}

void key_add_name(struct buf *out, uint32_t key)
{
    const char *name;

    if (key & KEY_ALT) {
        buf_add_str(out, "M-");
        key &= ~(uint32_t)KEY_ALT;
    }
    if ((name = name_of(key)))
        buf_add_str(out, name);
    else if (key < ' ')
        buf_add_fmt(out, "^%c", (char)(key + '@'));
    else
        buf_add_cp(out, key);
}

/* Whether the key is written as one character, so that it can stand in a run such as "zo". */
static bool is_plain(uint32_t key)
{
    return key > ' ' && key < KEY_BEYOND && key != KEY_RUBOUT;
}

/* Whether the run of plain keys from the first-th on can be written without spaces: not where it would read as a
 * name or as a control, like "U p" or "^ D". */
static bool can_join(const struct key_sequence *s, int first)
{
    struct buf run;
    uint32_t as_name;
    bool can;

    buf_init(&run);
    for (int i = first; i < s->count && is_plain(s->key[i]); i++)
        key_add_name(&run, s->key[i]);
    can = !read_name(run.data, run.len, &as_name) && !memchr(run.data, '^', run.len) && !strstr(run.data, "M-");
    buf_release(&run);
    return can;
}

void key_add_sequence(struct buf *out, const struct key_sequence *s)
{
    bool joined = false;

    for (int i = 0; i < s->count; i++) {
        bool plain = is_plain(s->key[i]);

        if (i == 0 || !plain || !is_plain(s->key[i - 1])) {
            if (i > 0)
                buf_add_char(out, ' ');
            joined = plain && can_join(s, i);
        } else if (!joined) {
            buf_add_char(out, ' ');
        }
        key_add_name(out, s->key[i]);
    }
}
