/* SPDX-License-Identifier: ISC */
/*
 * The words and line shapes of comment platforms, read from rule files and compiled into one table.
 * Knows: base/path, parse/dates. Owns: the compiled rules, read-only after platform_open.
 * Fails: with a struct err naming file and line where a rule is wrong; matching cannot fail.
 *
 * A rule file is UTF-8, one rule a line, `#` begins a comment line. The first word of a line says what the
 * rest is:
 *
 *   platform NAME     the rules that follow belong to NAME
 *   heading PATTERN   begins a thread; {n} in it is the page's own count
 *   empty PATTERN     says that there are no comments yet
 *   form PATTERN      the form for a new comment
 *   field PATTERN     a field or a small word of that form; says less than form
 *   closed PATTERN    ends a thread: no more comments are taken
 *   other PATTERN     begins another part of the page: other articles, the author, a newsletter
 *   control PATTERN   other chrome of a thread: sorting, loading, logging in
 *   nav PATTERN       leads away from the thread: to its other pages, to its feed
 *   reply PATTERN     a button that ends a comment; several may share a line
 *   button PATTERN    a button of a comment that need not end it
 *   score PATTERN     as button, with the comment's score in {n}
 *   header PATTERN    the line that names author and perhaps date, before or after the text
 *   answer PATTERN    names the comment answered in {parent}
 *   nest PATTERN      begins the answers to the comment above, up to a reply button of its own
 *   badge PATTERN     a line between name and text: a rank, a place
 *   pingback PATTERN  stands for a link from elsewhere, not for a comment
 *   removed PATTERN   stands where a comment's text was taken away
 *   verb WORD...      words of speech: what {verb} matches
 *   joint WORD...     words that join name and date: what {joint} matches, with any punctuation, or nothing
 *   one WORD...       words for 1: what {n} matches besides numbers
 *   greet WORD...     words that stand before the name of the one addressed
 *   bye WORD...       words with which one takes leave: no line of them is a name
 *   person WORD...    words of the first and second person
 *   test ROLE LINE    a line of a page that must be what ROLE, one of the words above, says; `none`: nothing
 *
 * A PATTERN must match the whole line, without the signs around it (a header's last sign counts). It is words
 * (in any case), signs, and fields: {name} {parent} {date} {n} {verb} {joint}; {*} is anything, {id} a run of
 * letters and digits. `a|b` is either word, `[a b]` may be missing.
 */
#ifndef PARSE_PLATFORM_H
#define PARSE_PLATFORM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "parse/dates.h"
#include "parse/terms.h"

enum platform_role {
    PLATFORM_HEADING,
    PLATFORM_EMPTY,
    PLATFORM_FORM,
    PLATFORM_FIELD,
    PLATFORM_CLOSED,
    PLATFORM_OTHER,
    PLATFORM_CONTROL,
    PLATFORM_NAV,
    PLATFORM_REPLY,
    PLATFORM_BUTTON,
    PLATFORM_SCORE,
    PLATFORM_HEADER,
    PLATFORM_ANSWER,
    PLATFORM_NEST,
    PLATFORM_BADGE,
    PLATFORM_PINGBACK,
    PLATFORM_REMOVED,
    PLATFORM_ROLES
};

enum { PLATFORM_TOKENS = 60, PLATFORM_DATES = 2 };

#define PLATFORM_UNKNOWN UINT32_MAX

enum platform_class {
    PLATFORM_VERB = 1 << 0,
    PLATFORM_JOINT = 1 << 1,
    PLATFORM_ONE = 1 << 2,
    PLATFORM_GREET = 1 << 3,
    PLATFORM_PERSON = 1 << 4,
    PLATFORM_BYE = 1 << 5,
};

enum platform_token_kind {
    PLATFORM_WORD,
    PLATFORM_NUMBER,
    PLATFORM_SIGN,
    PLATFORM_DATE,
    PLATFORM_KINDS
};

/* Rules that are asked for together. */
enum platform_group { PLATFORM_CHROME, PLATFORM_BUTTONS, PLATFORM_HEADERS, PLATFORM_GROUPS };

struct platform_token {
    uint64_t hash; /* of the folded word or sign */
    uint64_t bits; /* what tells from afar what it cannot be: platform_rules.h */
    uint32_t start, end;
    uint32_t slot; /* where the rules know it, PLATFORM_UNKNOWN where they do not */
    uint8_t kind;  /* platform_token_kind */
    uint8_t class; /* platform_class bits */
};

/* A line taken apart, for matching. Offsets are bytes of the line. */
struct platform_line {
    const char *text;
    size_t len;
    struct platform_token token[PLATFORM_TOKENS];
    size_t count;
    struct dates_found date[PLATFORM_DATES];
    size_t date_count;
    uint64_t kinds[PLATFORM_KINDS]; /* a bit a token: those of each platform_token_kind */
    uint64_t joints, verbs, counts; /* the same: words of these classes; numbers and words for one */
    uint64_t filed[PLATFORM_GROUPS]; /* the same: words under which rules of the group are filed */
    uint64_t buttons;               /* the same: words with which buttons begin, and counts */
    bool full; /* it has more tokens than fit: only its beginning is known */
};

struct platform_span {
    size_t start, end; /* bytes of the line; equal where there is none */
};

struct platform_match {
    enum platform_role role;
    const char *platform; /* its name */
    struct platform_span name, parent;
    int date;   /* index into the line's dates, -1 */
    long count; /* of {n}, -1 */
    bool verb;  /* it has a word of speech */
    int words;  /* how many words it fixes: how strong it is */
};

/* What the buttons in a line are. */
struct platform_buttons {
    size_t from, to; /* the tokens that are no button: [from, to); equal where the whole line is buttons */
    bool reply;      /* one of them ends a comment */
    size_t count;    /* how many */
    bool numbers;    /* there were numbers among them */
    bool has_score;
    long score;
};

struct platform_rules;

/* Reads every .rules file of the program's data and then of the user's configuration folder, whose tests must hold;
 * those of the program's own files are held by its own tests. */
struct platform_rules *platform_open(struct err *e);
void platform_close(struct platform_rules **r);

/* An empty set, and adding the rules of one text (name is for messages) to it: false and e at the first bad
 * one. */
struct platform_rules *platform_new(void);
bool platform_add(struct platform_rules *r, const char *name, const char *text, size_t len, struct err *e);

/* Must be called after the last platform_add and before matching. */
void platform_compile(struct platform_rules *r);

/* Holds the `test` lines of the rules added against all of them: false and e, naming file and line, at the first that
 * does not hold. Must be called after platform_compile. */
bool platform_check(const struct platform_rules *r, struct err *e);

/* How many `test` lines there are. */
size_t platform_tests(const struct platform_rules *r);

/* The word for the role in rule files. */
const char *platform_role_name(enum platform_role role);

/* Takes the len bytes at text, which are borrowed, apart. */
void platform_read_line(const struct platform_rules *r, const char *text, size_t len,
                        struct platform_line *out);

/* What is known of a line before. */
struct platform_known {
    const struct terms_word *word; /* its words, their bytes counted from its start */
    size_t words;
    bool dated;                      /* dates were looked for in it */
    const struct dates_found *first; /* the first one that dates_find finds; NULL where there is none */
};

void platform_read_known(const struct platform_rules *r, const char *text, size_t len,
                         const struct platform_known *known, struct platform_line *out);

/* The most exact rule among roles (bits 1 << role) that matches the whole of tokens [from, to), the signs
 * around them apart. False where none does. */
bool platform_match(const struct platform_rules *r, const struct platform_line *line, size_t from, size_t to,
                    unsigned roles, struct platform_match *out);

/* Takes the buttons off both ends of the line. */
void platform_read_buttons(const struct platform_rules *r, const struct platform_line *line,
                           struct platform_buttons *out);

#endif
