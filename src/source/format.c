/* SPDX-License-Identifier: ISC */
#include "source/format.h"

static const struct format formats[] = {
    {"wet", "WET files of Common Crawl: the text of each page", wet_probe, wet_read},
    {"wxr", "WordPress exports: posts and pages with their comments", wxr_probe, wxr_read},
    {"disqus", "Disqus exports: pages with their comments", disqus_probe, disqus_read},
    {"stackexchange", "Stack Exchange's Posts.xml, and Comments.xml beside it: questions with answers and comments",
     stackexchange_probe, stackexchange_read},
    {"stackexchange-comments", "Stack Exchange's Comments.xml alone", stackexchange_comments_probe,
     stackexchange_comments_read},
    {"trafilatura", "trafilatura's XML", trafilatura_probe, trafilatura_read},
    {"hn", "Hacker News: items, table rows or search hits, one a line; stories with their comments", hn_probe, hn_read},
    {"reddit", "Reddit dumps: submissions and comments, one a line", reddit_probe, reddit_read},
    {"jsonl", "JSON Lines: one object a line, its fields found by their names", jsonl_probe, jsonl_read},
    {"json", "JSON: one object, several, or an array of them", json_probe, json_read},
    {"mbox", "mailboxes: each thread of messages is an article", mbox_probe, mbox_read},
    {"mail", "single mail messages, as Maildir keeps them", mail_probe, mail_read_one},
    {"text", "plain text in any of the known encodings: one file, one article", text_probe, text_read},
};

const struct format *format_rows(size_t *count)
{
    *count = sizeof formats / sizeof formats[0];
    return formats;
}

const struct format *format_of(const char *head, size_t len, bool whole)
{
    const struct format *f = formats;

    while (!f->probe(head, len, whole))
        f++; /* the last takes anything */
    return f;
}
