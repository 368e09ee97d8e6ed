/* SPDX-License-Identifier: ISC */
#include "term/input.h"

#include <string.h>

#include "base/utf8.h"
#include "conf/key.h"

enum { PASTE_MAX = 1 << 20 };

static const char paste_end[] = "\033[201~";

void input_init(struct input *i, const struct caps *caps)
{
    memset(i, 0, sizeof *i);
    i->caps = caps;
    buf_init(&i->bytes);
    buf_init(&i->paste);
}

void input_release(struct input *i)
{
    buf_release(&i->bytes);
    buf_release(&i->paste);
}

void input_feed(struct input *i, const char *bytes, size_t len)
{
    size_t left = i->bytes.len - i->at;

    memmove(i->bytes.data, i->bytes.data + i->at, left);
    buf_truncate(&i->bytes, left);
    i->at = 0;
    buf_add(&i->bytes, bytes, len);
}

/* Keys named by the final letter of "CSI letter" and "SS3 letter". */
static uint32_t key_by_letter(char c)
{
    switch (c) {
    case 'A':
        return KEY_ARROW_UP;
    case 'B':
        return KEY_ARROW_DOWN;
    case 'C':
        return KEY_ARROW_RIGHT;
    case 'D':
        return KEY_ARROW_LEFT;
    case 'H':
        return KEY_GO_HOME;
    case 'F':
        return KEY_GO_END;
    case 'M':
        return KEY_RETURN;
    case 'Z':
        return KEY_BACK_TAB;
    case 'P':
    case 'Q':
    case 'R':
    case 'S':
        return (uint32_t)(KEY_FUNCTION + 1 + (c - 'P'));
    default:
        return 0;
    }
}

/* Keys named by the number of "CSI number ~". */
static uint32_t key_by_number(int n)
{
    static const uint8_t functions[] = {[11] = 1, [12] = 2, [13] = 3, [14] = 4, [15] = 5, [17] = 6,
                                        [18] = 7, [19] = 8, [20] = 9, [21] = 10, [23] = 11, [24] = 12};

    switch (n) {
    case 1:
    case 7:
        return KEY_GO_HOME;
    case 2:
        return KEY_INSERT;
    case 3:
        return KEY_DELETE;
    case 4:
    case 8:
        return KEY_GO_END;
    case 5:
        return KEY_PAGE_UP;
    case 6:
        return KEY_PAGE_DOWN;
    default:
        if (n > 0 && n < (int)sizeof functions && functions[n])
            return KEY_FUNCTION + functions[n];
        return 0;
    }
}

/* A report "CSI < button ; column ; row M", or m where the button was let go. */
static void take_mouse(const int *number, bool down, struct input_mouse *m)
{
    *m = (struct input_mouse){.button = number[0] & ~(4 | 8 | 16 | 32), /* Shift, Alt, Control; motion */
                              .down = down,
                              .moved = (number[0] & 32) != 0,
                              .row = number[2] - 1,
                              .column = number[1] - 1};
}

/* A control sequence from s, past "ESC [": its length, 0 where it is not whole. *key is 0 where it is none. */
static size_t read_csi(const char *s, size_t len, uint32_t *key, bool *paste, struct input_mouse *mouse)
{
    int number[3] = {0, 0, 0}, part = 0;
    size_t at = 2;

    *key = 0;
    if (len > 2 && s[2] == '[') { /* the Linux console's F1 to F5: ESC [ [ A */
        if (len < 4)
            return 0;
        if (s[3] >= 'A' && s[3] <= 'E')
            *key = (uint32_t)(KEY_FUNCTION + 1 + (s[3] - 'A'));
        return 4;
    }
    for (; at < len && (unsigned char)s[at] >= 0x20 && (unsigned char)s[at] < 0x40; at++) {
        if (s[at] >= '0' && s[at] <= '9' && number[part] < 100000)
            number[part] = number[part] * 10 + (s[at] - '0');
        else if (s[at] == ';' && part < 2)
            part++;
    }
    if (at == len)
        return len < 64 ? 0 : len;
    if ((unsigned char)s[at] < 0x20 || (unsigned char)s[at] > 0x7E)
        return at; /* broken off by something else */
    if (s[at] == '~')
        *key = key_by_number(number[0]);
    else if (len > 2 && s[2] == '<' && (s[at] == 'M' || s[at] == 'm') && part == 2 && number[1] > 0 && number[2] > 0)
        take_mouse(number, s[at] == 'M', mouse);
    else if (s[at] == 'M' && at == 2) /* an old mouse report: three more bytes */
        return len < 6 ? 0 : 6;
    else if (s[at] != 'M' && !strchr("<=>?", s[2])) /* those begin reports, not keys */
        *key = key_by_letter(s[at]);
    *paste = s[at] == '~' && number[0] == 200;
    if (*key && number[1] > 0 && ((number[1] - 1) & 2))
        *key |= KEY_ALT;
    return at + 1;
}

/* Whether "ESC c" begins a string sequence. */
static bool begins_string(char c)
{
    return c == ']' || c == 'P' || c == 'X' || c == '^' || c == '_';
}

/* A string sequence (OSC, DCS, APC, PM, SOS: an answer that nobody asked for) from s; its length with its end,
 * 0 where that has not come. */
static size_t skip_string(const char *s, size_t len)
{
    for (size_t at = 2; at < len; at++) {
        if (s[at] == '\a')
            return at + 1;
        if (s[at] == '\033' && at + 1 < len && s[at + 1] == '\\')
            return at + 2;
    }
    return len > 4096 ? len : 0;
}

/* A key that terminfo names; its length, 0 for none. Sets *partial where s is the start of one. */
static size_t read_named(const struct caps *c, const char *s, size_t len, uint32_t *key, bool *partial)
{
    size_t best = 0;

    for (int k = 0; c && k < c->key_count; k++) {
        size_t have = strlen(c->keys[k].bytes), n = have < len ? have : len;

        if (memcmp(c->keys[k].bytes, s, n) != 0)
            continue;
        if (have > len)
            *partial = true;
        else if (have > best) {
            best = have;
            *key = c->keys[k].key;
        }
    }
    return best;
}

/* A character at s; its length, 0 where it is not whole. */
static size_t read_character(const char *s, size_t len, bool wait_over, uint32_t *key)
{
    unsigned char c = (unsigned char)s[0];
    size_t want = c >= 0xF0 ? 4 : c >= 0xE0 ? 3 : c >= 0xC0 ? 2 : 1;
    size_t used;

    if (len < want && !wait_over)
        return 0;
    used = utf8_next(s, len, key);
    if (*key == '\b')
        *key = KEY_RUBOUT;
    else if (*key == '\n')
        *key = KEY_RETURN;
    return used;
}

/* A character typed with Alt, at s behind its ESC; the length of both, 0 where it is not whole. */
static size_t read_alt(const char *s, size_t len, bool wait_over, uint32_t *key)
{
    size_t used = read_character(s, len, wait_over, key);

    if (*key != 0 && *key != UTF8_BAD)
        *key |= KEY_ALT;
    return used ? used + 1 : 0;
}

/* What begins with ESC. Its length, 0 where it is not whole; *key 0 where it is to be dropped. */
static size_t read_escape(struct input *i, const char *s, size_t len, bool wait_over, uint32_t *key, bool *paste)
{
    bool partial = false;
    size_t used = read_named(i->caps, s, len, key, &partial);

    if (used > 0 || (partial && !wait_over))
        return used;
    if (len > 1 && s[1] == '\033') { /* Esc twice: the first stands alone */
        *key = KEY_ESCAPE;
        return 1;
    }
    if (len > 1 && s[1] == '[')
        used = read_csi(s, len, key, paste, &i->mouse);
    else if (len > 1 && begins_string(s[1]))
        used = len > 2 ? skip_string(s, len) : 0;
    else if (len > 1 && s[1] != 'O')
        return read_alt(s + 1, len - 1, wait_over, key);
    else if (len > 2) {
        *key = key_by_letter(s[2]);
        return 3;
    }
    if (used > 0 || !wait_over)
        return used;
    if (len == 2) { /* Alt with a letter that also begins a sequence */
        *key = (unsigned char)s[1] | (uint32_t)KEY_ALT;
        return 2;
    }
    *key = len == 1 ? KEY_ESCAPE : 0;
    return len;
}

/* Takes pasted bytes up to the end mark; true when it has come. What may be the start of the mark waits. */
static bool take_paste(struct input *i)
{
    const char *s = i->bytes.data + i->at, *end = NULL;
    size_t len = i->bytes.len - i->at, mark = sizeof paste_end - 1;

    for (size_t at = 0; !end && at + mark <= len; at++)
        if (memcmp(s + at, paste_end, mark) == 0)
            end = s + at;
    if (end)
        len = (size_t)(end - s);
    else
        len = len < mark ? 0 : len - (mark - 1);
    buf_add(&i->paste, s, len < PASTE_MAX - i->paste.len ? len : PASTE_MAX - i->paste.len);
    i->at += len + (end ? mark : 0);
    return end != NULL;
}

enum input_event input_next(struct input *i, bool wait_over, uint32_t *key)
{
    for (;;) {
        const char *s = i->bytes.data + i->at;
        size_t len = i->bytes.len - i->at, used;
        bool paste = false;

        *key = 0;
        i->mouse.row = -1;
        if (i->pasting) {
            if (!take_paste(i))
                return INPUT_NONE;
            i->pasting = false;
            return INPUT_PASTE;
        }
        if (len == 0)
            return INPUT_NONE;
        used = s[0] == '\033' ? read_escape(i, s, len, wait_over, key, &paste)
                              : read_character(s, len, wait_over, key);
        if (used == 0)
            return INPUT_PARTIAL;
        i->at += used;
        if (paste) {
            buf_clear(&i->paste);
            i->pasting = true;
        } else if (i->mouse.row >= 0)
            return INPUT_MOUSE;
        else if (*key != 0 && *key != UTF8_BAD)
            return INPUT_KEY;
    }
}
