/* SPDX-License-Identifier: ISC */
#include "source/mail.h"

#include "base/buf.h"
#include "base/charset.h"
#include "source/html.h"

#include <pthread.h>
#include <string.h>
#include <strings.h>

#include <gmime/gmime.h>

enum { DEEPEST = 20 }; /* parts within parts */

static pthread_once_t once = PTHREAD_ONCE_INIT;

/* ---- Is it one ---- */

/* The length of the field name at s, 0 where no field begins there. */
static size_t field_name_len(const char *s, size_t len)
{
    size_t n = 0;

    while (n < len && n < 60 && s[n] > ' ' && s[n] < 0x7F && s[n] != ':')
        n++;
    return n > 0 && n < len && s[n] == ':' ? n : 0;
}

bool mail_is(const char *head, size_t len)
{
    static const char *const typical[] = {"From",        "Date",        "Subject",      "Message-ID",
                                          "Received",    "To",          "MIME-Version", "Content-Type",
                                          "Return-Path", "Delivered-To"};
    size_t at = 0, found = 0, i;

    while (at < len && head[at] != '\n' && head[at] != '\r') {
        size_t n = field_name_len(head + at, len - at);
        const char *end = memchr(head + at, '\n', len - at);

        if (n == 0 && (at == 0 || (head[at] != ' ' && head[at] != '\t')))
            return false;
        for (i = 0; n > 0 && i < sizeof typical / sizeof typical[0]; i++)
            found += strlen(typical[i]) == n && strncasecmp(head + at, typical[i], n) == 0;
        at = end ? (size_t)(end - head) + 1 : len;
    }
    return found >= 3;
}

/* ---- Its text ---- */

/* A part's bytes, with quoted-printable and base64 undone. */
static void part_bytes(GMimePart *part, struct buf *out)
{
    GMimeDataWrapper *content = g_mime_part_get_content(part);
    GMimeStream *memory;
    GByteArray *bytes;

    if (!content)
        return;
    memory = g_mime_stream_mem_new();
    g_mime_data_wrapper_write_to_stream(content, memory);
    bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(memory));
    if (bytes)
        buf_add(out, bytes->data, bytes->len);
    g_object_unref(memory);
}

/* Whether the stated encoding is one that says nothing, or one that our own guess reads as well. */
static bool must_guess(const char *charset)
{
    return !charset || !*charset || strcasecmp(charset, "us-ascii") == 0 ||
           strcasecmp(charset, "ascii") == 0 || strcasecmp(charset, "utf-8") == 0 ||
           strcasecmp(charset, "utf8") == 0 || strncasecmp(charset, "unknown", 7) == 0;
}

/* RFC 3676: a line that ends in a blank goes on in the next one, unless either is quoted or begins a
 * signature; a blank before a line is only there to guard it. */
static void add_flowed(struct buf *out, const char *s, size_t len)
{
    const char *end = s + len;
    bool open = false;

    while (s < end) {
        const char *newline = memchr(s, '\n', (size_t)(end - s));
        size_t n = (size_t)((newline ? newline : end) - s);
        bool alone;

        if (n > 0 && s[n - 1] == '\r')
            n--;
        alone = n == 0 || s[0] == '>' || (n == 3 && memcmp(s, "-- ", 3) == 0);
        if (open && alone)
            buf_add_char(out, '\n');
        if (n > 0 && s[0] == ' ')
            buf_add(out, s + 1, n - 1);
        else
            buf_add(out, s, n);
        open = !alone && s[n - 1] == ' ';
        if (!open)
            buf_add_char(out, '\n');
        s = newline ? newline + 1 : end;
    }
}

static void add_plain(struct buf *out, const char *s, size_t len)
{
    size_t i;

    for (i = 0; i < len; i++)
        if (s[i] != '\r' || i + 1 == len || s[i + 1] != '\n')
            buf_add_char(out, s[i]);
}

static void add_text_part(struct buf *out, GMimePart *part)
{
    GMimeContentType *type = g_mime_object_get_content_type(GMIME_OBJECT(part));
    const char *charset = g_mime_content_type_get_parameter(type, "charset");
    const char *format = g_mime_content_type_get_parameter(type, "format");
    struct buf bytes, text;
    char *converted;

    buf_init(&bytes);
    buf_init(&text);
    if (must_guess(charset) || !(converted = g_mime_text_part_get_text(GMIME_TEXT_PART(part)))) {
        part_bytes(part, &bytes);
        charset_decode(charset_guess(bytes.data, bytes.len), bytes.data, bytes.len, &text, NULL);
    } else {
        buf_add_str(&text, converted);
        g_free(converted);
    }
    if (out->len > 0 && text.len > 0)
        buf_add_str(out, out->data[out->len - 1] == '\n' ? "\n" : "\n\n");
    if (g_mime_content_type_is_type(type, "text", "html"))
        html_add_text(out, text.data, text.len);
    else if (format && strcasecmp(format, "flowed") == 0)
        add_flowed(out, text.data, text.len);
    else
        add_plain(out, text.data, text.len);
    buf_release(&bytes);
    buf_release(&text);
}

static bool is_text(GMimeObject *part, const char *subtype)
{
    return GMIME_IS_TEXT_PART(part) &&
           g_mime_content_type_is_type(g_mime_object_get_content_type(part), "text", subtype);
}

/* Of the forms of the same content, the plain one; else the last that can be read. */
static GMimeObject *choose(GMimeMultipart *alternative)
{
    GMimeObject *best = NULL;
    int i;

    for (i = 0; i < g_mime_multipart_get_count(alternative); i++) {
        GMimeObject *part = g_mime_multipart_get_part(alternative, i);

        if (is_text(part, "plain"))
            return part;
        if (is_text(part, "html") || GMIME_IS_MULTIPART(part))
            best = part;
    }
    return best;
}

static void add_part(struct buf *out, GMimeObject *part, int depth)
{
    const char *disposition;
    int i;

    if (!part || depth > DEEPEST)
        return;
    if (GMIME_IS_MULTIPART(part)) {
        if (g_mime_content_type_is_type(g_mime_object_get_content_type(part), "multipart", "alternative")) {
            add_part(out, choose(GMIME_MULTIPART(part)), depth + 1);
            return;
        }
        for (i = 0; i < g_mime_multipart_get_count(GMIME_MULTIPART(part)); i++)
            add_part(out, g_mime_multipart_get_part(GMIME_MULTIPART(part), i), depth + 1);
        return;
    }
    disposition = g_mime_object_get_disposition(part);
    if (disposition && strcasecmp(disposition, "attachment") == 0)
        return;
    if (is_text(part, "plain") || is_text(part, "html"))
        add_text_part(out, GMIME_PART(part));
}

/* ---- Its fields ---- */

static const char *keep(struct arena *arena, const char *s)
{
    return s && *s ? arena_strndup(arena, s, strlen(s)) : NULL;
}

static void set_references(GMimeMessage *message, struct arena *arena, struct mail *out)
{
    static const char *const headers[] = {"In-Reply-To", "References"};
    GMimeReferences *lists[2] = {NULL, NULL};
    int i, k, count = 0;

    for (i = 0; i < 2; i++) {
        const char *value = g_mime_object_get_header(GMIME_OBJECT(message), headers[i]);

        lists[i] = value ? g_mime_references_parse(NULL, value) : NULL;
        count += lists[i] ? g_mime_references_length(lists[i]) : 0;
    }
    out->references = arena_alloc(arena, ((size_t)count + 1) * sizeof *out->references);
    /* In-Reply-To counts only where there are no References; its first id is the one answered. */
    if (lists[1] && g_mime_references_length(lists[1]) > 0)
        for (k = 0; k < g_mime_references_length(lists[1]); k++)
            out->references[out->reference_count++] =
                keep(arena, g_mime_references_get_message_id(lists[1], k));
    else if (lists[0] && g_mime_references_length(lists[0]) > 0)
        out->references[out->reference_count++] = keep(arena, g_mime_references_get_message_id(lists[0], 0));
    while (out->reference_count > 0 && !out->references[out->reference_count - 1])
        out->reference_count--;
    for (i = 0; i < 2; i++)
        if (lists[i])
            g_mime_references_free(lists[i]);
}

static const char *author_of(GMimeMessage *message, struct arena *arena)
{
    InternetAddressList *from = g_mime_message_get_from(message);
    InternetAddress *first =
        from && internet_address_list_length(from) > 0 ? internet_address_list_get_address(from, 0) : NULL;
    const char *name = first ? internet_address_get_name(first) : NULL;

    if ((!name || !*name) && first && INTERNET_ADDRESS_IS_MAILBOX(first))
        name = internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(first));
    return keep(arena, name);
}

static const char *date_of(GMimeMessage *message, struct arena *arena)
{
    GDateTime *date = g_mime_message_get_date(message);
    char *text = date ? g_date_time_format(date, "%Y-%m-%dT%H:%M") : NULL;
    const char *copy = NULL;

    if (text && strlen(text) == 16 && strncmp(text, "1970-01-01", 10) != 0)
        copy = keep(arena, text);
    g_free(text);
    return copy;
}

/* "Harbour talk <harbour.lists.example>" gives its name, else what is between the brackets. */
static const char *list_of(GMimeMessage *message, struct arena *arena)
{
    const char *value = g_mime_object_get_header(GMIME_OBJECT(message), "List-Id");
    const char *bracket = value ? strchr(value, '<') : NULL;
    size_t len = bracket ? (size_t)(bracket - value) : value ? strlen(value) : 0;

    while (len > 0 && (value[len - 1] == ' ' || value[len - 1] == '"' || value[len - 1] == '\t'))
        len--;
    while (len > 0 && (value[0] == ' ' || value[0] == '"')) {
        value++;
        len--;
    }
    if (len == 0 && bracket) {
        value = bracket + 1;
        len = strcspn(value, ">");
    }
    return len > 0 ? arena_strndup(arena, value, len) : NULL;
}

const char *mail_bare_subject(const char *subject)
{
    static const char *const prefixes[] = {"re:", "fwd:", "fw:", "aw:", "wg:", "sv:", "antw:", "rif:"};
    size_t i;

    for (i = 0; i < sizeof prefixes / sizeof prefixes[0]; i++) {
        size_t len = strlen(prefixes[i]);

        subject += strspn(subject, " \t");
        if (strncasecmp(subject, prefixes[i], len) != 0)
            continue;
        subject += len;
        i = (size_t)-1; /* from the first one again: "Re: AW: Re: " */
    }
    return subject + strspn(subject, " \t");
}

void mail_read(const char *bytes, size_t len, struct arena *arena, struct mail *out)
{
    GMimeStream *stream;
    GMimeParser *parser;
    GMimeMessage *message;
    struct buf text;

    pthread_once(&once, g_mime_init);
    memset(out, 0, sizeof *out);
    out->text = "";
    stream = g_mime_stream_mem_new_with_buffer(bytes, len);
    parser = g_mime_parser_new_with_stream(stream);
    message = g_mime_parser_construct_message(parser, NULL);
    if (message) {
        out->id = keep(arena, g_mime_message_get_message_id(message));
        out->subject = keep(arena, g_mime_message_get_subject(message));
        out->author = author_of(message, arena);
        out->published = date_of(message, arena);
        out->list = list_of(message, arena);
        set_references(message, arena, out);
        buf_init(&text);
        add_part(&text, g_mime_message_get_mime_part(message), 0);
        while (text.len > 0 && (text.data[text.len - 1] == '\n' || text.data[text.len - 1] == ' '))
            buf_truncate(&text, text.len - 1);
        out->text = arena_strndup(arena, text.data, text.len);
        buf_release(&text);
        g_object_unref(message);
    }
    g_object_unref(parser);
    g_object_unref(stream);
}
