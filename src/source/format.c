/* SPDX-License-Identifier: ISC */
#include "source/format.h"

/* The surer a format's marks, the earlier; text takes anything. */
static const struct format *const formats[] = {
    &wet_format,
    &wxr_format,
    &disqus_format,
    &stackexchange_format,
    &stackexchange_comments_format,
    &trafilatura_format,
    &hn_format,
    &reddit_format,
    &jsonl_format,
    &json_format,
    &mbox_format,
    &mail_format,
    &text_format,
};

const struct format *const *format_rows(size_t *count)
{
    *count = sizeof formats / sizeof formats[0];
    return formats;
}

const struct format *format_of(const char *head, size_t len, bool whole)
{
    const struct format *const *f = formats;

    while (!(*f)->probe(head, len, whole))
        f++;
    return *f;
}
