/* SPDX-License-Identifier: ISC */
#include "wire.h"

#include "base/door.h"
#include "base/mem.h"
#include "base/utf8.h"

#include <curses.h>
#include <stdlib.h>
#include <string.h>
#include <term.h>
#include <wchar.h>

enum { LONGEST = 64, MARKS = 5, SEEN = 1 << 14 };

struct wire {
    TERMINAL *terminal;
    char **caps; /* as terminfo holds them */
    size_t count, cap;
    char *seen[SEEN]; /* sequences that were found allowed, by hash */
};

/* What xterm documents and terminfo has no name for: the stack of titles, the mouse turned on and off, and pictures
 * held until they are whole. */
static const char *const documented[] = {
    "\033[22;2t",    "\033[23;2t",    "\033[?1002h",   "\033[?1002l",
    "\033[?1006h",   "\033[?1006l",   "\033[?2026h",   "\033[?2026l",
};

static void add_cap(struct wire *w, const char *name)
{
    const char *s = tigetstr(name);

    if (!s || s == (char *)-1 || !strchr(s, '\033'))
        return;
    mem_grow(&w->caps, &w->cap, w->count + 1, sizeof *w->caps);
    w->caps[w->count++] = mem_strdup(s);
}

struct wire *wire_new(const char *type)
{
    static const char *const extended[] = {"BE", "BD", "Sync"};
    struct wire *w = mem_zalloc(1, sizeof *w);
    int found;

    if (setupterm(type, 1, &found) != OK) {
        free(w);
        return NULL;
    }
    w->terminal = cur_term;
    for (size_t i = 0; strnames[i]; i++)
        add_cap(w, strnames[i]);
    for (size_t i = 0; i < sizeof extended / sizeof extended[0]; i++)
        add_cap(w, extended[i]);
    return w;
}

void wire_free(struct wire **w)
{
    if (!*w)
        return;
    for (size_t i = 0; i < (*w)->count; i++)
        free((*w)->caps[i]);
    for (size_t i = 0; i < SEEN; i++)
        free((*w)->seen[i]);
    free((*w)->caps);
    del_curterm((*w)->terminal);
    free(*w);
    *w = NULL;
}

/* The length of the sequence that begins with ESC at s; 0 where it does not end. */
static size_t sequence(const char *s, size_t len)
{
    size_t at = 2;

    if (len < 2)
        return 0;
    if (s[1] == '[') {
        while (at < len && (unsigned char)s[at] >= 0x20 && (unsigned char)s[at] < 0x40)
            at++;
        return at < len ? at + 1 : 0;
    }
    if (memchr("]P_^X", s[1], 5)) {
        for (; at < len; at++) {
            if (s[at] == '\a')
                return at + 1;
            if (s[at] == '\033' && at + 1 < len && s[at + 1] == '\\')
                return at + 2;
        }
        return 0;
    }
    while (at - 1 < len && (unsigned char)s[at - 1] >= 0x20 && (unsigned char)s[at - 1] < 0x30)
        at++;
    return at <= len ? at : 0;
}

/* Whether one of the sequences in text is the one at s. */
static bool holds(const char *text, const char *s, size_t len)
{
    size_t have;

    for (; (text = strchr(text, '\033')); text += have ? have : 1) {
        have = sequence(text, strlen(text));
        if (have == len && memcmp(text, s, len) == 0)
            return true;
    }
    return false;
}

/* All nine parameters are given: tiparm reads as many as the capability has. */
static const char *expand(const char *cap, int one, int two)
{
    return tiparm(cap, one, two, 0, 0, 0, 0, 0, 0, 0);
}

/* Whether the capability, with numbers that the sequence itself may have been made of, is the sequence. */
static bool can_make(const char *cap, const char *s, size_t len)
{
    static const int offsets[] = {0, 1, 30, 40, 82, 92};
    long numbers[8] = {0};
    char text[LONGEST + 1];
    int count = 0;

    if (!strchr(cap, '%'))
        return holds(cap, s, len);
    if (len > LONGEST)
        return false;
    memcpy(text, s, len);
    text[len] = '\0';
    for (char *at = text; *at && count < 8;) {
        if (*at >= '0' && *at <= '9')
            numbers[count++] = strtol(at, &at, 10);
        else
            at++;
    }
    if (strstr(cap, "%p2"))
        return holds(expand(cap, (int)numbers[0] - 1, (int)numbers[1] - 1), s, len);
    for (int n = 0; n < (count ? count : 1); n++)
        for (size_t i = 0; i < sizeof offsets / sizeof offsets[0]; i++)
            if (numbers[n] >= offsets[i] && holds(expand(cap, (int)numbers[n] - offsets[i], 0), s, len))
                return true;
    return false;
}

static bool is_named(struct wire *w, const char *s, size_t len)
{
    size_t hash = 5381;
    bool ok = false;

    for (size_t i = 0; i < len; i++)
        hash = hash * 33 + (unsigned char)s[i];
    hash %= SEEN;
    if (w->seen[hash] && strlen(w->seen[hash]) == len && memcmp(w->seen[hash], s, len) == 0)
        return true;
    for (size_t i = 0; !ok && i < sizeof documented / sizeof documented[0]; i++)
        ok = strlen(documented[i]) == len && memcmp(documented[i], s, len) == 0;
    for (size_t i = 0; !ok && i < w->count; i++)
        ok = can_make(w->caps[i], s, len);
    if (ok) {
        free(w->seen[hash]);
        w->seen[hash] = mem_strndup(s, len);
    }
    return ok;
}

/* ---- characters ---- */

static bool within(uint32_t cp, uint32_t first, uint32_t last)
{
    return cp >= first && cp <= last;
}

/* What changes the direction, hides, or is nothing. */
static bool is_forbidden(uint32_t cp)
{
    return within(cp, 0, 0x1F) || within(cp, 0x7F, 0x9F) || cp == 0xAD || cp == 0x61C || within(cp, 0x180B, 0x180F) ||
           within(cp, 0x200B, 0x200B) || within(cp, 0x200E, 0x200F) || within(cp, 0x2028, 0x202E) ||
           within(cp, 0x2060, 0x206F) || within(cp, 0xD800, 0xF8FF) || within(cp, 0xFDD0, 0xFDEF) ||
           within(cp, 0xFE00, 0xFE0F) || cp == 0xFEFF || within(cp, 0xFFF0, 0xFFFB) || (cp & 0xFFFE) == 0xFFFE ||
           cp >= 0xE0000;
}

/* Letters whose form a joiner may change. */
static bool takes_joiner(uint32_t cp)
{
    return within(cp, 0x0600, 0x109F) || within(cp, 0x1780, 0x18AF) || within(cp, 0x1B00, 0x1BFF) ||
           within(cp, 0xA800, 0xABFF) || within(cp, 0x11000, 0x11FFF);
}

/* Text of which no byte is a control; ends says whether line ends and tabs are. */
static bool is_text(const char *s, size_t len, bool ends)
{
    uint32_t cp, last = 0;
    int marks = 0;

    for (size_t at = 0, used; at < len; at += used, last = cp) {
        used = utf8_next(s + at, len - at, &cp);
        if (ends && (cp == '\n' || cp == '\t'))
            continue;
        if ((cp == UTF8_BAD && used == 1) || is_forbidden(cp) || wcwidth((wchar_t)cp) < 0)
            return false;
        if ((cp == 0x200C || cp == 0x200D) && !takes_joiner(last) && wcwidth((wchar_t)last) != 0)
            return false;
        marks = wcwidth((wchar_t)cp) == 0 ? marks + 1 : 0;
        if (marks > MARKS)
            return false;
    }
    return true;
}

static bool decode64(const char *s, size_t len, struct buf *out)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    uint32_t bits = 0;
    int have = 0;

    for (size_t i = 0; i < len && s[i] != '='; i++) {
        const char *digit = strchr(digits, s[i]);

        if (!digit || !*digit)
            return false;
        bits = bits << 6 | (uint32_t)(digit - digits);
        have += 6;
        if (have >= 8)
            buf_add_char(out, (char)(bits >> (have -= 8) & 0xFF));
    }
    return len % 4 == 0;
}

/* OSC 2 ; TEXT ST, OSC 8 ; id=NUMBER ; ADDRESS ST, OSC 8 ; ; ST, and OSC 52 ; c ; BASE64 BEL. */
static bool is_command(const char *s, size_t len)
{
    size_t body = s[len - 1] == '\a' ? len - 1 : len - 2, at = 8;
    struct buf copied;
    bool ok;

    if (len > 4 && memcmp(s, "\033]2;", 4) == 0)
        return is_text(s + 4, body - 4, false);
    if (len == 7 && memcmp(s, "\033]8;;", 5) == 0)
        return true;
    if (len > 10 && memcmp(s, "\033]8;id=", 7) == 0) {
        for (at = 7; at < body && s[at] >= '0' && s[at] <= '9'; at++)
            continue;
        if (at == 7 || at == body || s[at] != ';')
            return false;
        for (at++; at < body && s[at] > ' ' && s[at] <= '~'; at++)
            continue;
        return at == body;
    }
    if (len < 9 || memcmp(s, "\033]52;c;", 7) != 0)
        return false;
    buf_init(&copied);
    ok = decode64(s + 7, body - 7, &copied) && is_text(copied.data, copied.len, true);
    buf_release(&copied);
    return ok;
}

static bool complain(const char *s, size_t len, const char *what, struct buf *why)
{
    buf_add_str(why, what);
    buf_add_str(why, ": ");
    for (size_t i = 0; i < len && i < 40; i++)
        buf_add_fmt(why, (unsigned char)s[i] > ' ' && (unsigned char)s[i] < 0x7F ? "%c" : "\\x%02x",
                    (unsigned char)s[i]);
    return false;
}

bool wire_check(struct wire *w, const char *bytes, size_t len, struct buf *why)
{
    for (size_t at = 0; at < len;) {
        size_t end = at, used;

        while (end < len && !memchr("\033\r\n\b\t", bytes[end], 5))
            end++;
        if (!is_text(bytes + at, end - at, false))
            return complain(bytes + at, end - at, "characters that drive or hide", why);
        at = end;
        if (at == len)
            break;
        used = 1;
        if (bytes[at] == '\033') {
            used = sequence(bytes + at, len - at);
            if (used == 0)
                return complain(bytes + at, len - at, "a sequence that does not end", why);
            if (bytes[at + 1] == ']' ? !is_command(bytes + at, used) : !is_named(w, bytes + at, used))
                return complain(bytes + at, used, "no sequence of this terminal", why);
        }
        at += used;
    }
    return true;
}
