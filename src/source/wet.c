/* SPDX-License-Identifier: ISC */
/*
 * WET files of Common Crawl: WARC (ISO 28500) whose conversion records hold the text of pages. A record's end
 * is where its Content-Length says; its text may well contain "WARC/1.0".
 */
#include "source/format.h"

#include "source/fields.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

struct header {
    char type[16], language[16];
    struct buf url;
    long long length; /* -1: not stated */
};

static bool wet_probe(const char *head, size_t len, bool whole)
{
    (void)whole;
    return len >= 10 && (memcmp(head, "WARC/1.", 7) == 0 || memcmp(head, "WARC/0.", 7) == 0);
}

static void copy_word(char *out, size_t size, const char *value, size_t len)
{
    len = len < size - 1 ? len : size - 1;
    memcpy(out, value, len);
    out[len] = '\0';
}

static void take_field(struct header *h, const char *line, size_t len)
{
    const char *colon = memchr(line, ':', len);
    const char *value = colon ? colon + 1 : line + len, *end = line + len;
    size_t name = colon ? (size_t)(colon - line) : 0;

    while (value < end && (*value == ' ' || *value == '\t'))
        value++;
    if (name == 9 && strncasecmp(line, "WARC-Type", name) == 0) {
        copy_word(h->type, sizeof h->type, value, (size_t)(end - value));
    } else if (name == 15 && strncasecmp(line, "WARC-Target-URI", name) == 0) {
        buf_clear(&h->url);
        buf_add(&h->url, value, (size_t)(end - value));
    } else if (name == 32 && strncasecmp(line, "WARC-Identified-Content-Language", name) == 0) {
        copy_word(h->language, sizeof h->language, value, (size_t)(end - value));
    } else if (name == 14 && strncasecmp(line, "Content-Length", name) == 0) {
        char number[24], *after;

        copy_word(number, sizeof number, value, (size_t)(end - value));
        h->length = strtoll(number, &after, 10);
        if (after == number || h->length < 0)
            h->length = -1;
    }
}

/* Reads a record's header. False at the end of the stream, or where no header is: *bad says which. */
static bool read_header(struct stream *s, struct header *h, bool *bad)
{
    const char *line;
    size_t len;

    h->type[0] = h->language[0] = '\0';
    h->length = -1;
    buf_clear(&h->url);
    *bad = false;
    do {
        if (!stream_line(s, &line, &len))
            return false;
    } while (len == 0 || (len == 1 && line[0] == '\r'));
    *bad = len < 8 || memcmp(line, "WARC/", 5) != 0;
    if (*bad)
        return false;
    while (stream_line(s, &line, &len)) {
        if (len > 0 && line[len - 1] == '\r')
            len--;
        if (len == 0)
            break;
        take_field(h, line, len);
    }
    *bad = h->length < 0;
    return !*bad;
}

/* After a broken record, the next line that can only be a header's first. */
static void find_header(struct stream *s)
{
    const char *bytes;
    size_t len;

    while (stream_peek(s, 10, &bytes) > 0 && !wet_probe(bytes, stream_peek(s, 10, &bytes), true))
        if (!stream_line(s, &bytes, &len))
            break;
}

/* The record whose header was read: its text is the stream's next h->length bytes. */
static void read_record(struct stream *s, struct job *j, const struct header *h)
{
    size_t len = (size_t)h->length, have;
    const char *text;

    if (!j->wanted || strcmp(h->type, "conversion") != 0 || len == 0) {
        stream_skip(s, len); /* a response may be long: it is not held in memory */
        if (strcmp(h->type, "warcinfo") != 0)
            job_skip(j);
        return;
    }
    if (len > STREAM_LONGEST) {
        job_fault(j, "a record of more than %d MiB", STREAM_LONGEST >> 20);
        stream_skip(s, len);
        return;
    }
    have = stream_peek(s, len, &text);
    if (have >= len) {
        record_set_text(j->r, text, len);
        field_set(j->r, FIELD_URL, h->url.data, h->url.len);
        field_set(j->r, FIELD_LANGUAGE, h->language, strlen(h->language));
        job_give(j);
    } else if (!stream_fault(s)) {
        job_fault(j, "cut short: %zu of %zu bytes", have, len);
    }
    stream_take(s, have < len ? have : len);
}

static void wet_read(struct stream *s, struct job *j)
{
    struct header h;
    long number = 0;
    bool bad;

    buf_init(&h.url);
    while (!j->stopped) {
        if (read_header(s, &h, &bad)) {
            job_begin_number(j, ++number);
            read_record(s, j, &h);
        } else if (bad) {
            job_begin_number(j, ++number);
            job_fault(j, "not a WARC record");
            find_header(s);
        } else {
            break;
        }
    }
    buf_release(&h.url);
}

const struct format wet_format = {"wet", "WET files of Common Crawl: the text of each page",
                                  wet_probe, wet_read};
