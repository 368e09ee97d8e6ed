/* SPDX-License-Identifier: ISC */
/*
 * The cache file's format: its tables, how they are made, and how a file is told to be one.
 * Knows: store/db. Owns: nothing. Fails: through the connection's sticky fault.
 */
#ifndef STORE_SCHEMA_H
#define STORE_SCHEMA_H

#include "base/buf.h"
#include "store/db.h"

/*
 * The cache holds nothing that cannot be made again from the corpus. It is one SQLite file in WAL mode, with
 * one writer and any number of readers, which never wait for it. application_id is SCHEMA_APPLICATION and
 * user_version SCHEMA_VERSION; a file of another version is made anew, never converted.
 *
 * meta      name, value: "next" (the next article id; ids are never used twice), "parser" (PARSE_VERSION of
 * what is stored), "words" (version of the tokenizer), "state" (the last entry of the reading log that the
 *           flags here reflect), "tagged" (whether it has any tag), "turn" (the last one given to a site's verdicts),
 *           "repair", "rule" (the last corrections and rules of the reader, store/repairs.h, that the articles here
 *           show), "rules-file", "rules-sites" (a digest of the rules file, and the sites that it named).
 * root      id, path: the corpora that were opened into this cache, by real path.
 * file      one row a file of a root. key is the name with "/" as byte 1: in its order a folder's content
 * follows the folder's name directly, as the walk finds it, so that the check for changes is a merge of two
 *           sorted lists and no look-up. size, mtime, inode, device: when one differs the file is read again.
 *           state: 0 to be read, 1 read. records: how many are stored, so that an interrupted index goes on.
 * article   one row an article: what the list shows of it, its file and its number therein (seq), the rest of
 * its locator after the file's name (tail), its identity (digest, of the source bytes), and the keys of its
 *           place in those orders whose keys are long. flags: bits 0 read, 1 starred, 2 hidden, mirrored from the
 *           reading state so that the list can count and filter without it.
 *           slot: its number in the full-text index, which rises with the date; see store/slot.h.
 *           origin: the site whose repeats bore on it (0: none known), turn: the verdicts of that site that it
 *           was parsed by, voice: a digest of those that met a line of it, 0 where none did.
 *           extra: what the format said of it beside the text, as a number (record_extra): a dump that is fetched
 *           again may have the same text and more comments.
 * site      what the pages of a site repeat; see store/sites.h. id: a digest of its name. pages: how many were
 *           counted, and when verdicts were made last (judged). turn: a number that rises with each change of
 *           any site's verdicts; settled: the turn that all its articles were parsed by, lower while some
 *           are to be parsed again. lines: of each line its key, in how many pages it stands, and its verdict
 *           (8, 4 and 1 bytes, the highest first). What is removed stays counted: a site does not lose its
 *           voice.
 * body      the article's text, once, with its outline; see store/codec.h.
 * talk      the comments of long threads in pieces (store/pieces.h); id: the article's << 24 and the piece's number.
 * place     the orders of the list: (ord, key, id) by rising key. Keys are bytes that sort by memcmp, made in
 *           store/order.c. ord ORDER_IDENTITY leads from the first eight bytes of a digest to the articles.
 * rank      what makes "row number 734,211" and "1,000,000 articles, 12 unread" cheap: for each order, runs
 *           of neighbouring places with their counts (level 0), and runs of those (level 1); see store/rank.h.
 * words     the full-text index (FTS5, contentless): title, body, comment, author, site, facts; rowid is the
 *           article's slot. What is fed to it has been cut and folded before; see store/words.h.
 * begins    the articles with a word that begins with some one, two or three characters; see store/begins.h.
 * form      of words that are not their own stem in a language of articles that have them, the stem; store/forms.h.
 * fault     what could not be read, for `cuttings check`.
 */
enum {
    SCHEMA_APPLICATION = 0x43747467, /* "Cttg" */
    SCHEMA_VERSION = 11,
};

enum schema_state {
    SCHEMA_READY,
    SCHEMA_EMPTY,   /* no tables yet */
    SCHEMA_OTHER,   /* a cache of another version */
    SCHEMA_FOREIGN, /* a database of another program */
};

/* What db is; a fault (a file that is no database) sticks in db. */
enum schema_state schema_state(struct db *db);

/* Lets readers go on while one writes. Two that make a file at once can be in each other's way here, where SQLite
 * does not wait: that is no fault, whoever comes too late finds the mode set, by the other or the next time. */
void schema_use_wal(struct db *db);

/* Makes the tables in an empty file. */
bool schema_create(struct db *db);

/* Numbers that the cache keeps by name, in meta; absent where there is none. What is there already is not written: a
 * transaction that changes nothing costs no write. */
int64_t schema_number(struct db *db, const char *name, int64_t absent);
bool schema_set_number(struct db *db, const char *name, int64_t n);

/* The same for texts: adds the one called name to out; false where there is none. */
bool schema_text(struct db *db, const char *name, struct buf *out);
bool schema_set_text(struct db *db, const char *name, const char *text);

/* The settings that each connection needs. */
bool schema_tune_writer(struct db *db);
bool schema_tune_reader(struct db *db);

/* Leaves a reader of so many caches at once its share of memory for each. */
bool schema_share(struct db *db, int caches);

/* Takes the memory that a writer needs while much is written, and gives it back: at first it has little. */
bool schema_toil(struct db *db);
bool schema_rest(struct db *db);

#endif
