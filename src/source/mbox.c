/* SPDX-License-Identifier: ISC */
/* Mailboxes (RFC 4155), and single messages. */
#include "source/format.h"

#include "source/fields.h"
#include "source/mail.h"
#include "source/mailthread.h"
#include "source/spill.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

/* "From " and something with a clock and a year: what begins a message, and few lines of text. */
static bool is_from_line(const char *line, size_t len)
{
    size_t i, clocks = 0, years = 0;

    if (len < 10 || memcmp(line, "From ", 5) != 0)
        return false;
    for (i = 5; i + 4 <= len; i++) {
        clocks += line[i] == ':' && line[i - 1] >= '0' && line[i - 1] <= '9' && line[i + 1] >= '0' &&
                  line[i + 1] <= '9';
        years += line[i - 1] == ' ' && (memcmp(line + i, "19", 2) == 0 || memcmp(line + i, "20", 2) == 0) &&
                 line[i + 2] >= '0' && line[i + 2] <= '9' && line[i + 3] >= '0' && line[i + 3] <= '9';
    }
    return clocks > 0 && years > 0;
}

static bool mbox_probe(const char *head, size_t len, bool whole)
{
    const char *end = memchr(head, '\n', len);

    (void)whole;
    return end && is_from_line(head, (size_t)(end - head)) &&
           mail_is(end + 1, len - (size_t)(end + 1 - head));
}

static bool mail_probe(const char *head, size_t len, bool whole)
{
    (void)whole;
    return mail_is(head, len);
}

static void add_line(struct buf *message, const char *line, size_t len, bool *overlong)
{
    *overlong = *overlong || message->len + len > STREAM_LONGEST;
    if (*overlong)
        return;
    buf_add(message, line, len);
    buf_add_char(message, '\n');
}

/* The next message without its "From " line, ">From " lines put right, into *message; false at the end.
 * *from says whether a "From " line was seen already, *overlong whether the message is longer than any that is read. */
static bool next_message(struct stream *s, struct buf *message, bool *from, bool *overlong)
{
    struct err e = ERR_INIT;
    const char *line;
    size_t len, quoted;
    bool blank = true;

    buf_clear(message);
    *overlong = false;
    while (stream_line(s, &line, &len)) {
        if (blank && is_from_line(line, len)) {
            bool first = !*from;

            *from = true;
            if (first)
                continue;
            return true;
        }
        if (stream_pass_line(s, &e)) {
            *overlong = true;
            blank = false;
            continue;
        }
        blank = len == 0 || (len == 1 && line[0] == '\r');
        quoted = strspn(line, ">");
        if (quoted > 0 && len - quoted >= 5 && memcmp(line + quoted, "From ", 5) == 0) {
            line++;
            len--;
        }
        add_line(message, line, len, overlong);
    }
    return message->len > 0;
}

static void mbox_read(struct stream *s, struct job *j)
{
    struct spill spill;
    struct arena arena;
    struct buf message;
    bool from = false, overlong;
    char name[24];
    long number = 0;

    spill_init(&spill);
    spill.nearest = true;
    arena_init(&arena);
    buf_init(&message);
    while (spill.fault.status == ERR_NONE && next_message(s, &message, &from, &overlong)) {
        struct mail m;

        number++;
        if (overlong) {
            job_at_number(j, number);
            job_fault(j, "a record of more than %d MiB", STREAM_LONGEST >> 20);
            continue;
        }
        arena_reset(&arena);
        mail_read(message.data, message.len, &arena, &m);
        snprintf(name, sizeof name, "%ld", number);
        mailthread_add(&spill, &m, name, &arena);
    }
    buf_release(&message);
    arena_release(&arena);
    spill_give(&spill, j);
    spill_release(&spill);
}

static void mail_read_one(struct stream *s, struct job *j)
{
    const char *bytes;
    struct mail m;
    size_t len;

    if (!job_begin(j, NULL))
        return;
    len = stream_rest(s, &bytes);
    if (s->overlong)
        return;
    mail_read(bytes, len, &j->r->arena, &m);
    if (m.text[0] == '\0') {
        job_skip(j);
        return;
    }
    record_set_text(j->r, m.text, strlen(m.text));
    if (m.subject)
        field_set(j->r, FIELD_TITLE, m.subject, strlen(m.subject));
    if (m.author)
        field_set(j->r, FIELD_AUTHORS, m.author, strlen(m.author));
    if (m.published)
        field_set(j->r, FIELD_PUBLISHED, m.published, strlen(m.published));
    if (m.list)
        field_set(j->r, FIELD_SITE, m.list, strlen(m.list));
    job_give(j);
}

const struct format mbox_format = {
    "mbox", "mailboxes, mbox files or Maildir folders: each thread is an article", mbox_probe, mbox_read};

const struct format mail_format = {"mail", "single mail messages", mail_probe, mail_read_one};
