/* SPDX-License-Identifier: ISC */
/* The XML that trafilatura writes: <doc title= author= ...><main/><comments/></doc>, one or many in a
 * file. */
#include "source/format.h"

#include "source/fields.h"
#include "source/html.h"
#include "source/replies.h"
#include "source/xml.h"

#include <string.h>

static bool trafilatura_probe(const char *head, size_t len, bool whole)
{
    (void)whole;
    return xml_probe(head, len, "doc") || xml_probe(head, len, "docs") || xml_probe(head, len, "corpus");
}

static void set_fields(struct record *r, const xmlNode *doc)
{
    static const struct {
        const char *name;
        enum field field;
    } attributes[] = {
        {"title", FIELD_TITLE},       {"author", FIELD_AUTHORS},      {"hostname", FIELD_SITE},
        {"sitename", FIELD_SITE},     {"url", FIELD_URL},             {"source", FIELD_URL},
        {"date", FIELD_PUBLISHED},    {"language", FIELD_LANGUAGE},   {"excerpt", FIELD_STANDFIRST},
        {"description", FIELD_STANDFIRST},
    };
    size_t i;

    for (i = 0; i < sizeof attributes / sizeof attributes[0]; i++) {
        const char *value = xml_node_attribute(doc, attributes[i].name, &r->arena);

        if (value)
            field_set(r, attributes[i].field, value, strlen(value));
    }
}

static void set_comments(struct record *r, const xmlNode *comments)
{
    struct replies replies;
    struct buf text;

    buf_init(&text);
    replies_init(&replies, r);
    if (comments)
        html_add_node(&text, comments);
    if (text.len > 0) { /* one run of text, without structure */
        struct record_comment *c = replies_add(&replies);

        c->id = "1";
        c->text = arena_strndup(&r->arena, text.data, text.len);
    }
    replies_finish(&replies, false);
    replies_release(&replies);
    buf_release(&text);
}

static void read_doc(const xmlNode *doc, struct job *j)
{
    const xmlNode *body = doc ? xml_child(doc, "main") : NULL;
    struct buf text;

    if (!doc) {
        job_fault(j, "broken XML");
        return;
    }
    buf_init(&text);
    html_add_node(&text, body ? body : doc);
    if (text.len == 0) {
        job_skip(j);
    } else {
        record_set_text(j->r, text.data, text.len);
        set_fields(j->r, doc);
        set_comments(j->r, xml_child(doc, "comments"));
        job_give(j);
    }
    buf_release(&text);
}

static void trafilatura_read(struct stream *s, struct job *j)
{
    struct xml x;
    long number = 0;

    if (!xml_open(&x, s, j))
        return;
    while (!j->stopped && xml_next(&x, "doc")) {
        const xmlNode *doc = xml_tree(&x); /* of one that is passed over too: what follows a broken one hangs on it */

        if (job_begin_number(j, ++number))
            read_doc(doc, j);
    }
    xml_close(&x);
}

const struct format trafilatura_format = {"trafilatura", "trafilatura's XML",
                                          trafilatura_probe, trafilatura_read};
