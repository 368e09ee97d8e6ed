/* SPDX-License-Identifier: ISC */
/*
 * Lines of cells: what layout/ makes and term/ paints.
 * Knows: conf/style. Owns: its runs and bytes. Fails: never.
 * Bytes in a line have passed the door (base/door): they are safe to send to a terminal, and valid UTF-8.
 */
#ifndef LAYOUT_LINE_H
#define LAYOUT_LINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "conf/style.h"

/* Where in the article a character stands: the only kind of place that survives a reflow. */
struct line_place {
    int comment;   /* 0: the article's own text; else the id of the comment */
    size_t offset; /* byte of the article's text, or of the comment's text */
};

/* A run of clusters of one style at one column. */
struct line_run {
    uint32_t start, len; /* bytes of the line's text */
    uint16_t column;     /* where it begins, from the left of the pane */
    uint16_t columns;    /* how wide it is */
    uint16_t link;       /* number of the address that it is part of, from 1; 0 for none */
    uint8_t style;       /* enum style */
};

struct line {
    const char *text; /* bytes of all runs; borrowed from the page */
    const struct line_run *runs;
    int run_count;
    struct line_place place;     /* of its first character */
    struct line_place place_end; /* just past its last one */
    int block;                   /* number of the block it shows, -1 for none */
    int fold;                    /* number of the fold that it stands for, -1 for none */
    bool is_text;                /* it shows characters of the article's text, or of a comment's, found by place */
};

#endif
