/* SPDX-License-Identifier: ISC */
#include "ui/action.h"

#include <assert.h>
#include <stddef.h>
#include <string.h>

/* Short words for the table's columns. */
enum {
    LIST = 1 << CONTEXT_LIST,
    READER = 1 << CONTEXT_READER,
    THREAD = 1 << CONTEXT_THREAD,
    SELECT = 1 << CONTEXT_SELECT,
    MENU = 1 << CONTEXT_MENU,
    HELP = 1 << CONTEXT_HELP,
    PROMPT = 1 << CONTEXT_PROMPT,
    REPAIR = 1 << CONTEXT_REPAIR,
    VIEWS = LIST | READER | THREAD | MENU | HELP,
    TEXTS = READER | THREAD,
    ALL = VIEWS | SELECT,
    ROW = NEED_ROW,
    ARTICLE = NEED_ROW | NEED_ARTICLE,
    COMMENTS = ARTICLE | NEED_COMMENTS,
    AGAIN = CAN_REPEAT,
    MANY = CAN_REPEAT | CAN_MANY,
};

static const struct action_info actions[ACTION_COUNT] = {
#define ACTION(id, name, contexts, needs, subject, help, ...)                                                 \
    {name, contexts, needs, SUBJECT_##subject, help, {__VA_ARGS__}},
#include "ui/action.def"
#undef ACTION
};

static const char *const contexts[CONTEXT_COUNT] = {"list", "reader", "thread", "select",
                                                    "menu", "help",   "prompt", "repair"};

static const char *const subjects[SUBJECT_COUNT] = {"Moving",  "Articles",   "Gathering", "Folders",     "Reading",
                                                    "Keeping", "Correcting", "Finding",   "The program", "Typing"};

const struct action_info *action_info(enum action a)
{
    assert(a < ACTION_COUNT);
    return &actions[a];
}

int action_count(void)
{
    return ACTION_COUNT;
}

bool action_find(const char *name, enum action *a)
{
    for (int i = 0; i < ACTION_COUNT; i++)
        if (strcmp(actions[i].name, name) == 0) {
            *a = (enum action)i;
            return true;
        }
    return false;
}

const char *action_context_name(enum action_context c)
{
    assert(c < CONTEXT_COUNT);
    return contexts[c];
}

bool action_context_find(const char *name, enum action_context *c)
{
    for (int i = 0; i < CONTEXT_COUNT; i++)
        if (strcmp(contexts[i], name) == 0) {
            *c = (enum action_context)i;
            return true;
        }
    return false;
}

const char *action_subject_name(enum action_subject s)
{
    assert(s < SUBJECT_COUNT);
    return subjects[s];
}
