/* SPDX-License-Identifier: ISC */
/*
 * Words and phrases that tell what a line is: one dictionary for all languages, matched in one pass.
 * Knows: share/phrases (its README tells the format), parse/terms. Owns: its tables, until phrases_free.
 * Fails: reading a file can, naming file and line; matching never does.
 *
 * Words are those of parse/terms, but that all numbers are one. Phrases are runs of words in a trie whose
 * nodes lie in one hash table, so that a word of the text costs one look-up, whatever the number of phrases.
 */
#ifndef PARSE_PHRASES_H
#define PARSE_PHRASES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "parse/terms.h"

enum { PHRASES_LANGUAGES = 32 };

/* Classes of phrase; phrases_class_name gives the name that the files use. */
#define PHRASES_CLASSES(X)                                                                                    \
    X(BY, "by")                       /* opens a byline: by, von, text: */                                    \
    X(ROLE, "role")                   /* what a writer is: correspondent, staff writer */                     \
    X(PUBLISHED, "published")         /* before a date: published, updated, erstellt am */                    \
    X(UPDATED, "updated")             /* before the date of a change */                                       \
    X(EVENT, "event")                 /* before a date that is no publication: on sale, starts */             \
    X(AGENCY, "agency")               /* news agencies */                                                     \
    X(CREDIT, "credit")               /* a picture's credit: photo, getty images */                           \
    X(SHARE, "share")                 /* sharing buttons */                                                   \
    X(SUBSCRIBE, "subscribe")         /* sign-ups, newsletters, paywalls */                                   \
    X(APPEAL, "appeal")               /* asks for money or support */                                         \
    X(LEGAL, "legal")                 /* copyright, privacy, cookies, imprint */                              \
    X(NAVIGATION, "navigation")       /* home, menu, search, next page */                                     \
    X(RELATED, "related")             /* read also, more on the subject */                                    \
    X(MORE, "more")                   /* read more, weiterlesen */                                            \
    X(TAGS, "tags")                   /* tags, filed under */                                                 \
    X(ADVERT, "advert")               /* advertisement, sponsored */                                          \
    X(TOPIC, "topic")                 /* names of a paper's departments */                                    \
    X(READTIME, "readtime")           /* 5 min read */                                                        \
    X(COMMENT_COUNT, "comment-count") /* 5 comments */                                                        \
    X(COMMENT_HEAD, "comment-head")   /* comments, responses, join the discussion */                          \
    X(COMMENT_FORM, "comment-form")   /* leave a reply, your address will not be published */                 \
    X(COMMENT_SORT, "comment-sort")   /* oldest, most voted */                                                \
    X(REPLY, "reply")                 /* reply, antworten */                                                  \
    X(SAYS, "says")                   /* NAME says: */                                                        \
    X(FIELD, "field")                 /* name, e-mail, website */                                             \
    X(VOTE, "vote")                   /* like, report, flag */                                                \
    X(PERSON, "person")               /* I, you, thanks: words of conversation */                             \
    X(HOUSE, "house")                 /* we, our, us: the paper of itself */                                  \
    X(SPEECH, "speech")               /* said, told, according to: words of reporting */                      \
    X(GIVEN_NAME, "given-name")       /* first names */                                                       \
    X(CONNECTOR, "connector")         /* and, und, et between names */                                        \
    X(ORGANISATION, "organisation")   /* words of the names of firms and papers */                            \
    X(PAPER, "paper")                 /* words that the names of papers hold: times, post, news */            \
    X(MESSAGE_FROM, "message-from")   /* a message from NAME, support NAME */                                 \
    X(ABOUT_AUTHOR, "about-author")   /* about the author, more articles by */

#define PHRASES_ENUM(id, name) PHRASES_##id,
enum phrases_class { PHRASES_CLASSES(PHRASES_ENUM) PHRASES_CLASS_COUNT };
#undef PHRASES_ENUM

/* What was found in a run of text: bit 1 << class in each mask. */
struct phrases_hits {
    uint64_t any, start, end, whole; /* somewhere; at its start; at its end; from start to end */
    uint64_t held;                   /* somewhere, even where such a phrase does not count: what no part of it lacks */
    uint32_t words;                  /* words of the run */
    uint32_t function_words;         /* of these, function words of any language */
};

/* Takes each word of the text while it is matched. Bit 0 of a hash is set where the word is content: not a
 * function word, not a number, longer than two bytes. */
struct phrases_words {
    uint32_t *hash; /* grown by mem_grow, freed by the caller */
    size_t count, cap;
};

struct phrases;

/* Reads every *.txt in the data folder's "phrases". NULL and e on a fault. */
struct phrases *phrases_open(struct err *e);
void phrases_free(struct phrases **p);

/* Adds the phrases of one file's text; name is for messages. For tests and phrases_open. */
struct phrases *phrases_new(void);
bool phrases_add_text(struct phrases *p, const char *name, const char *text, size_t len, struct err *e);

/* Matches s. words (which may be NULL) takes a hash of each word, numbers told apart. */
void phrases_match(const struct phrases *p, const char *s, size_t len, struct phrases_hits *hits,
                   struct phrases_words *words);

/* The same for the words of a text that are known already; words must not be NULL. languages (which may be NULL) has
 * PHRASES_LANGUAGES counts, one a language, added to. */
void phrases_match_words(const struct phrases *p, const struct terms_word *word, size_t count,
                         struct phrases_hits *hits, uint32_t *languages, struct phrases_words *words);

/* The code ("en") of language i, NULL behind the last. */
const char *phrases_language(const struct phrases *p, size_t i);

/* Length in bytes of the longest phrase of the class that s begins with, or that ends at its end; 0 for none. */
size_t phrases_prefix(const struct phrases *p, enum phrases_class class, const char *s, size_t len);
size_t phrases_suffix(const struct phrases *p, enum phrases_class class, const char *s, size_t len);

/* The classes of all phrases that s ends with: a bit 1 << class for each that phrases_suffix finds. */
uint64_t phrases_ends(const struct phrases *p, const char *s, size_t len);

const char *phrases_class_name(enum phrases_class class);

#endif
