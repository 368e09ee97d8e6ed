/* SPDX-License-Identifier: ISC */
/*
 * All that the screen is at: what the handlers change and the views paint.
 * Knows: the parts of ui/. Owns: them. Fails: never.
 * Handlers (do_*, one for each row of ui/action.def, in the file of its subject) change this and nothing on the
 * screen; views (paint_*) put this on the screen and change nothing. The loop in ui/ui.c stands between.
 */
#ifndef UI_STATE_H
#define UI_STATE_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "base/buf.h"
#include "conf/key.h"
#include "conf/option.h"
#include "conf/theme.h"
#include "doc/fix.h"
#include "corpus/corpus.h"
#include "corpus/groups.h"
#include "corpus/view.h"
#include "term/term.h"
#include "term/term_window.h"
#include "ui/action.h"
#include "ui/find.h"
#include "ui/keymap.h"
#include "ui/list.h"
#include "ui/menu.h"
#include "ui/picks.h"
#include "ui/places.h"
#include "ui/prompt.h"
#include "ui/reader.h"
#include "ui/snippets.h"
#include "ui/ui.h"
#include "ui/undo.h"

struct pane {
    int row, column, rows, columns; /* rows or columns 0: not shown */
};

/* What is typed at the bottom has taken the list's place, or the list stands as it was opened. */
struct results {
    bool shown;          /* the list shows the results of a search */
    char *query;         /* the list as it was before: query, order, selection */
    enum corpus_order order;
    bool reverse;
    int64_t selected;
    bool accepted;       /* the words are whole: ranked, and the last one no beginning */
    bool due;            /* the prompt's text changed; the results must be read */
    long told_at;        /* when it was shown how far the search is, in ms */
};

/* Queries under a name, of the configuration's `filter` lines. */
struct folders {
    struct folders_folder {
        char *name, *query;
    } *folder;
    size_t count, cap;
};

/* What keys do that the reader has given more than one thing to do. */
struct macros {
    struct macro {
        char **step;
        int count;
    } *macro;
    size_t count, cap;
};

/* Options for the pages of single sites; of two for the same the later one holds. */
struct site_options {
    struct site_setting {
        char *site; /* folded */
        enum option option;
        int number;
    } *setting;
    size_t count, cap;
};

/* A search through the list's headlines, going on beside the keys. */
struct scan {
    bool running;
    int direction;
    int64_t at;      /* the article looked at last */
    int64_t from;    /* the one where it began */
    bool wrapped;
    bool failed;     /* it went all round for nothing */
    long seen;
};

/* A line is picked, to say what it is. */
struct repairing {
    bool on;
    int line;               /* of the page */
    size_t start, end;      /* the line of the article's text that it shows */
    bool said;              /* an answer was given that no rule was made of: */
    enum fix_answer answer; /* which, and of the line at which byte */
    size_t said_at;
};

/* What a letter is waited for. */
enum letter_for { LETTER_NONE, LETTER_MARK, LETTER_GO };

/* What the note that is being written is for. */
struct noting {
    int64_t note; /* that it takes the place of, 0 for none */
    int comment;  /* else the passage in the open article */
    size_t start, end;
};

struct ui {
    struct corpus *corpus;
    const struct ui_options *options;
    struct term *term;
    struct screen *screen;
    struct keymap *keymap;
    struct options set;
    struct theme theme;
    struct row_format format;  /* columns of the list */
    bool ascii;
    bool hyperlinks;           /* addresses are made clickable */

    int rows, columns;
    bool wide;                 /* list and reader stand side by side */
    struct pane list_pane, reader_pane, detail_pane;

    bool reading;              /* the reading pane has the keys, not the list */
    bool help;                 /* the help overlay lies over all */
    enum action_context help_context;
    int help_top;
    struct menu menu;          /* lies over the panes where it is open */
    struct noting noting;
    bool pressed;              /* the mouse's button went down on text, there: */
    struct line_place pressed_at;
    struct list list;
    struct reader reader;
    struct prompt prompt;
    struct results results;
    struct scan scan;
    struct find list_find;     /* the pattern for headlines */
    int find_direction;        /* in which n goes on: 1 or -1 */
    struct line_place find_from; /* where the reader stood when the prompt opened */
    struct line_place find_caret; /* and the caret of a passage */
    int64_t find_from_id;

    int64_t detail;            /* the article that the detail lines tell of, 0 for none */
    int detail_columns;        /* the width that they were set for */
    bool detail_old;           /* what they tell may have changed */
    int64_t progress_of;       /* the article whose progress is told */
    int progress_top;          /* the line on top of the page that its progress is told for */
    struct row headline, about, row; /* detail lines; the row being painted */
    bool rest_due;             /* something follows when the keys rest */

    struct folders folders;
    struct snippets snippets;
    struct buf spark;          /* how many of the results each month has */
    long spark_of;             /* of which list: list.opened */
    int spark_columns;         /* the width of the list that it was written for */
    struct groups *spark_groups; /* while they are counted, NULL for not */
    long spark_begun;            /* of which list that is */
    struct macros macros;
    struct site_options site_options;
    struct corpus_view *counting; /* what the folder or the groups being counted are of, NULL for none */
    struct groups *groups;        /* the groups being counted, NULL for none */
    enum groups_by groups_by;
    long groups_shown;            /* of so many articles they are shown */
    char *next;                /* the corpus to be opened after this one, NULL for none */
    struct picks picks;
    bool for_picked;           /* the next action is for all that are picked */
    bool tag_picked;           /* the tags being typed are */
    struct buf tags;           /* the last line of tags */
    enum action last;          /* the last action that can be repeated, ACTION_NONE for none */
    long last_count;

    struct places places;
    struct undo undo;
    struct repairing repairing;
    enum letter_for letter_for;

    struct key_sequence typed; /* keys of a sequence not yet whole */
    int faults;                /* of lines read, beside the one that message tells */
    long count;                /* typed before a motion, 0 for none */
    struct buf message;        /* on the status line until the next key */
    bool message_is_error;
    struct buf fold_hint;      /* what fold lines say of the key that opens them */
    struct corpus_progress progress;
    bool news_due;             /* the corpus has changed */
    long news_at;              /* when it was looked at last, in ms */
    bool touched;              /* a key was pressed */
    FILE *trace;               /* names of the actions done go there, NULL for none */
    bool quit;
};

/* Says something on the status line until the next key. */
void ui_say(struct ui *u, const char *format, ...) __attribute__((format(printf, 2, 3)));
void ui_complain(struct ui *u, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The context that keys are looked up in. */
enum action_context ui_context(const struct ui *u);

/* The article that actions mean: the open one, else the selected one; 0 for none. */
int64_t ui_article(const struct ui *u);

/* Whether an action has a meaning where the keys go now; says so where not. */
bool ui_works(struct ui *u, enum action a);

/* Does an action, its needs checked, as a key would. */
void ui_act(struct ui *u, enum action a, long count);

/* Types text into the line at the bottom. */
void typing_insert(struct ui *u, const char *text, size_t len);

/* Opens the selected article in the reading pane and gives it the keys. False where it cannot be read. */
bool ui_read(struct ui *u);

/* Opens any article, be it in the list or not. ui_show leaves the keys where they are. */
bool ui_open(struct ui *u, int64_t id);
bool ui_show(struct ui *u, int64_t id);

/* Notes the place here before a jump; takes the letter that a mark was waiting for. */
void keeping_leave(struct ui *u);
void keeping_letter(struct ui *u, uint32_t key);

/* Notes what reading has come to: an article whose end was seen is read. */
void ui_note_reading(struct ui *u);

/* Goes back to the list, the place kept. */
void ui_to_list(struct ui *u);

/* The handlers. count is what was typed before the key, 0 for nothing. */
typedef void ui_handler(struct ui *u, long count);

#define ACTION(id, ...) ui_handler do_##id;
#include "ui/action.def"
#undef ACTION

#endif
