/* SPDX-License-Identifier: ISC */
/*
 * A parser of a few lines in the place of the real one, so that these tests say nothing about parsing: the
 * first line is the title, a line "DATE ..." the date, "COMMENT ..." a comment, every other line a paragraph.
 */
#ifndef TESTS_CORPUS_FAKE_H
#define TESTS_CORPUS_FAKE_H

/* How many records it has parsed since the program began. */
long fake_parsed(void);

/* Calls fn for each record parsed from now on, in the thread that parses. */
void fake_inside(void (*fn)(void));

/* Writes one byte to fd for each record parsed from now on. */
void fake_report_to(int fd);

#endif
