/* SPDX-License-Identifier: ISC */
/* The handlers of subject "Typing": the line at the bottom. */
#include "ui/finding.h"

void do_prompt_accept(struct ui *u, long count)
{
    (void)count;
    finding_accepted(u);
}

void do_prompt_cancel(struct ui *u, long count)
{
    (void)count;
    finding_cancelled(u);
}

/* Rubbing out in an empty line leaves it, as in less and vi. */
void do_prompt_rubout(struct ui *u, long count)
{
    (void)count;
    if (u->prompt.text.len == 0)
        finding_cancelled(u);
    else if (prompt_rubout(&u->prompt))
        finding_changed(u);
}

static void changed(struct ui *u, bool any)
{
    if (any)
        finding_changed(u);
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
