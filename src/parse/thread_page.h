/* SPDX-License-Identifier: ISC */
/*
 * What is known of one page while its thread is looked for: shared by the thread*.c files, by nobody else.
 * Knows: parse/thread. Owns: struct parse_thread owns its arrays. Fails: never.
 *
 * The way: every line gets a mark (thread_mark.c); marks make units, which are author and date of one
 * comment, on one line or more (thread_unit.c); units or buttons make records inside a region, and the region
 * is weighed (thread_weigh.c, thread_find.c); records become comments (thread_build.c) with parents
 * (thread_parent.c).
 */
#ifndef PARSE_THREAD_PAGE_H
#define PARSE_THREAD_PAGE_H

#include <stdint.h>

#include "parse/thread.h"

enum mark_kind {
    MARK_TEXT,
    MARK_HEADING,
    MARK_EMPTY,
    MARK_FORM,
    MARK_FIELD,
    MARK_CLOSED,
    MARK_OTHER, /* begins another part of the page; no part of the thread itself */
    MARK_CONTROL,
    MARK_NAV,
    MARK_BUTTONS,
    MARK_HEADER, /* names an author: with a date, or with a word of speech */
    MARK_DATE,   /* nothing but a date, and perhaps buttons */
    MARK_NUMBER,
    MARK_ANSWER,
    MARK_NEST, /* begins the answers to the comment above */
    MARK_BADGE,
    MARK_PINGBACK,
    MARK_REMOVED,
};

#define THREAD_NO_DATE UINT32_MAX

struct mark {
    uint8_t kind;    /* mark_kind */
    bool reply;      /* a button that ends a comment */
    bool verb;       /* a header with a word of speech */
    bool weak;       /* a header in form, a sentence in words: believed beside others of its form only */
    bool date_first; /* a header whose date stands before the name */
    bool prose;      /* text that says something */
    bool leave;      /* words with which one takes leave, or greets */
    bool has_score;
    uint8_t words; /* how much the matching rule fixed */
    int8_t name;   /* how much it looks like a bare name: below 0 not at all, to 10 */
    uint32_t date; /* of thread.dates */
    long count;    /* of a heading or a number, else -1 */
    long score;
    struct platform_span author, parent; /* bytes of the text; equal where there is none */
};

/* Lines [from, to) that name one comment. */
struct unit {
    size_t from, to;
    uint8_t shape; /* unit_shape bits: units of one page's habit are equal in it */
    bool verb, strong, weak;
    uint32_t date;
    struct platform_span author, parent;
};

enum unit_shape {
    UNIT_VERB = 1 << 0,
    UNIT_INLINE = 1 << 1,     /* name and date on one line */
    UNIT_DATE_FIRST = 1 << 2, /* the date stands before the name */
    UNIT_DATED = 1 << 3,
    UNIT_TIMED = 1 << 4,  /* with a time of day, or relative */
    UNIT_WORDED = 1 << 5, /* "Posted by", "Comment by" */
    UNIT_CLOCK = 1 << 6,  /* with a time of day only */
};

/* Lines [from, to) of one comment; its unit may stand at either end. */
struct found_comment {
    size_t from, to;
    size_t text_from, text_to; /* lines of the body, chrome among them */
    size_t subject; /* the line above the unit that says what it is about; SIZE_MAX where none does */
    struct platform_span author, parent;
    uint32_t date;
    long score;
    bool has_score, removed, pingback;
    int indent;
};

/* What the reader said of a line. */
struct told {
    size_t line;
    enum fix_answer answer;
    bool sure;
    struct platform_span name;
};

/* Whether a line is talk: what is worked out where it is asked for. */
enum thread_talk { TALK_UNKNOWN, TALK_NO, TALK_YES, TALK_NO_WORD };

enum { THREAD_TALK_BYTES = 300 /* of a line that are listened to */ };

/* Whether a word of the line tells that somebody talks to somebody. */
bool parse_thread_talk_words(const struct platform_line *line);

struct parse_thread {
    const struct platform_rules *rules;
    const struct lines *lines;
    const struct features *features; /* or NULL */
    bool day_first;

    struct mark *mark; /* one a line */
    size_t marks, mark_cap;
    uint8_t *talk; /* enum thread_talk, one a line */
    size_t talk_cap;
    struct dates_found *dates;
    size_t date_count, date_cap;
    struct unit *unit;
    size_t units, unit_cap;
    struct found_comment *comment;
    size_t comments, comment_cap;
    struct parse_thread_line *line; /* one a line */
    size_t line_cap;
    size_t *scratch;
    size_t scratch_cap;
    struct told *told;
    size_t told_count, told_cap;

    size_t region_from, region_to; /* lines; equal where there is none */
    long stated;
    float weight; /* of the best plan: what spoke for it, believed or not */
};

/* Fills t->mark and t->dates. */
void parse_thread_mark(struct parse_thread *t);

/* Fills t->unit from the marks of lines [from, to). */
void parse_thread_units(struct parse_thread *t, size_t from, size_t to);

/* The number that lines [from, to) give a comment, on a line of its own, before or in the author's name; -1
 * where they give none. */
long parse_thread_number(const struct parse_thread *t, size_t from, size_t to, struct platform_span author);

/* What the reader said, brought into the marks; what it weighs that t->comment has it so; the first line that
 * he said to be a comment's (SIZE_MAX: none); and brought into t->comment where that has it otherwise. */
void parse_thread_told_marks(struct parse_thread *t);
float parse_thread_told_weight(struct parse_thread *t);
size_t parse_thread_told_first(const struct parse_thread *t);
void parse_thread_told_records(struct parse_thread *t);

/* Whether lines i and on are the numbers of pages: 1, 2, 3. */
bool parse_thread_is_pager(const struct parse_thread *t, size_t i);

/* Whether the mark is chrome: neither text nor anything of a comment. */
bool mark_is_chrome(const struct mark *m);

/* Finds who answers whom among a's comments; first is the index of the first of them. */
void parse_thread_parents(const struct parse_thread *t, struct article *a, size_t first);

/* How much the line looks like a bare name, -10 to 10, from its shape alone. */
int parse_thread_name_shape(const struct lines *l, size_t i);

#endif
