/* SPDX-License-Identifier: ISC */
/* The handlers of subject "Typing": the line at the bottom. */
#include <string.h>

#include "base/mem.h"
#include "ui/command.h"
#include "ui/complete.h"
#include "ui/finding.h"
#include "ui/gathering.h"
#include "ui/selecting.h"

/* The line says what it is for: commands and tags are done when it is accepted, what finds follows every change. */
static void line_changed(struct ui *u)
{
    if (prompt_finds(u->prompt.kind))
        finding_changed(u);
}

static void line_left(struct ui *u)
{
    if (!prompt_finds(u->prompt.kind))
        prompt_end(&u->prompt, false);
    else
        finding_cancelled(u);
}

void typing_insert(struct ui *u, const char *text, size_t len)
{
    if (prompt_insert(&u->prompt, text, len))
        line_changed(u);
}

void do_prompt_accept(struct ui *u, long count)
{
    (void)count;
    if (u->prompt.kind == PROMPT_COMMAND) {
        prompt_end(&u->prompt, true);
        command_do(u, u->prompt.text.data);
    } else if (u->prompt.kind == PROMPT_NOTE) {
        prompt_end(&u->prompt, true);
        selecting_note_typed(u, u->prompt.text.data);
    } else if (u->prompt.kind == PROMPT_TAG) {
        prompt_end(&u->prompt, true);
        u->for_picked = u->tag_picked;
        gathering_tag(u, u->prompt.text.data);
    } else
        finding_accepted(u);
}

void do_prompt_cancel(struct ui *u, long count)
{
    (void)count;
    line_left(u);
}

/* Rubbing out in an empty line leaves it, as in less and vi. */
void do_prompt_rubout(struct ui *u, long count)
{
    (void)count;
    if (u->prompt.text.len == 0)
        line_left(u);
    else if (prompt_rubout(&u->prompt))
        line_changed(u);
}

static void changed(struct ui *u, bool any)
{
    if (any)
        line_changed(u);
}

void do_prompt_delete(struct ui *u, long count)
{
    (void)count;
    changed(u, prompt_delete(&u->prompt));
}

void do_prompt_rubout_word(struct ui *u, long count)
{
    (void)count;
    changed(u, prompt_rubout_word(&u->prompt));
}

void do_prompt_rubout_all(struct ui *u, long count)
{
    (void)count;
    changed(u, prompt_rubout_all(&u->prompt));
}

void do_prompt_delete_rest(struct ui *u, long count)
{
    (void)count;
    changed(u, prompt_delete_rest(&u->prompt));
}

void do_prompt_left(struct ui *u, long count)
{
    (void)count;
    prompt_move(&u->prompt, -1);
}

void do_prompt_right(struct ui *u, long count)
{
    (void)count;
    prompt_move(&u->prompt, 1);
}

void do_prompt_start(struct ui *u, long count)
{
    (void)count;
    prompt_move(&u->prompt, -2);
}

void do_prompt_end(struct ui *u, long count)
{
    (void)count;
    prompt_move(&u->prompt, 2);
}

void do_prompt_older(struct ui *u, long count)
{
    (void)count;
    changed(u, prompt_recall(&u->prompt, 1));
}

void do_prompt_newer(struct ui *u, long count)
{
    (void)count;
    changed(u, prompt_recall(&u->prompt, -1));
}

/* How many bytes all the words begin with. */
static size_t common_start(const struct buf *words)
{
    size_t common = strlen(words->data);

    for (size_t at = 0; at < words->len; at += strlen(words->data + at) + 1)
        while (strncmp(words->data, words->data + at, common) != 0)
            common--;
    return common;
}

/* Completes as far as all that is possible agrees, and says what there is where that is nothing more. */
void do_prompt_complete(struct ui *u, long count)
{
    struct buf words;
    size_t from, common, typed;

    (void)count;
    if (prompt_finds(u->prompt.kind))
        return;
    buf_init(&words);
    if (u->prompt.kind == PROMPT_TAG)
        complete_tag(u, u->prompt.text.data, u->prompt.cursor, &words, &from);
    else
        complete_line(u, u->prompt.text.data, u->prompt.cursor, &words, &from);
    common = words.len ? common_start(&words) : 0;
    typed = u->prompt.cursor - from;
    if (common > typed)
        prompt_insert(&u->prompt, words.data + typed, common - typed);
    if (words.len && strlen(words.data) + 1 == words.len) {
        if (words.data[words.len - 2] != '/') /* what lies in a folder comes next */
            prompt_insert(&u->prompt, " ", 1);
    } else if (common <= typed) {
        for (size_t i = 0; i + 1 < words.len; i++)
            if (words.data[i] == '\0')
                words.data[i] = ' ';
        ui_say(u, "%s", words.len ? words.data : "nothing begins so");
    }
    buf_release(&words);
}
