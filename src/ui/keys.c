/* SPDX-License-Identifier: ISC */
#include "ui/keys.h"

#include "ui/macro.h"

enum { COUNT_MAX = 99999999 };

/* A digit that counts: not where text is typed, and 0 only behind another. */
static bool take_digit(struct ui *u, uint32_t key)
{
    if (key < '0' || key > '9' || u->typed.count > 0 || (key == '0' && u->count == 0))
        return false;
    u->count = u->count * 10 + (long)(key - '0');
    if (u->count > COUNT_MAX)
        u->count = COUNT_MAX;
    return true;
}

static void type_character(struct ui *u, uint32_t key)
{
    struct buf b;

    if (key >= KEY_BEYOND || key < ' ')
        return;
    buf_init(&b);
    buf_add_cp(&b, key);
    typing_insert(u, b.data, b.len);
    buf_release(&b);
}

static void say_unknown(struct ui *u)
{
    struct buf b;

    buf_init(&b);
    key_add_sequence(&b, &u->typed);
    ui_say(u, "%s means nothing here", b.data);
    buf_release(&b);
}

void keys_take(struct ui *u, uint32_t key)
{
    enum action_context c = ui_context(u);
    enum action a = ACTION_NONE;
    enum keymap_answer answer;
    int macro = -1;

    buf_clear(&u->message);
    u->touched = true;
    if (u->letter_for != LETTER_NONE) {
        keeping_letter(u, key);
        return;
    }
    if (c != CONTEXT_PROMPT && take_digit(u, key))
        return;
    u->typed.key[u->typed.count++] = key;
    answer = keymap_find(u->keymap, c, &u->typed, &a, &macro);
    if (answer == KEYMAP_MORE)
        return;
    if (answer != KEYMAP_NONE) {
        long count = u->count;

        u->count = 0;
        u->typed.count = 0; /* a line may be typed next */
        if (answer == KEYMAP_MACRO)
            macro_run(u, macro, count > 0 ? count : 1);
        else
            ui_act(u, a, count);
        return;
    }
    if (c == CONTEXT_PROMPT && u->typed.count == 1)
        type_character(u, key);
    else if (u->typed.count == 1 || key != KEY_ESCAPE)
        say_unknown(u);
    u->typed.count = 0;
    u->count = 0;
}

void keys_paste(struct ui *u)
{
    size_t len;
    const char *text = term_pasted(u->term, &len);

    buf_clear(&u->message);
    if (u->prompt.kind == PROMPT_NONE)
        ui_say(u, "pasted text is not taken for keys");
    else
        typing_insert(u, text, len);
}
