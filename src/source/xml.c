/* SPDX-License-Identifier: ISC */
#include "source/xml.h"

#include "source/blank.h"

#include <stdio.h>
#include <string.h>

/* Past what may stand before the root: declaration, comments, document type. */
static size_t skip_prolog(const char *s, size_t len)
{
    size_t at = blank_mark(s, len);

    for (;;) {
        const char *end;

        at = blank_end(s, len, at);
        if (at + 4 <= len && memcmp(s + at, "<!--", 4) == 0) {
            for (at += 4; at + 3 <= len && memcmp(s + at, "-->", 3) != 0; at++)
                continue;
            at += 3;
        } else if (at + 2 <= len && s[at] == '<' && (s[at + 1] == '?' || s[at + 1] == '!')) {
            end = memchr(s + at, '>', len - at);
            if (!end)
                return len;
            at = (size_t)(end - s) + 1;
        } else {
            return at < len ? at : len;
        }
    }
}

bool xml_probe(const char *head, size_t len, const char *name)
{
    size_t at = skip_prolog(head, len), n = strlen(name);

    return len - at > n + 1 && head[at] == '<' && memcmp(head + at + 1, name, n) == 0 &&
           (blank_is(head[at + 1 + n]) || head[at + 1 + n] == '>' || head[at + 1 + n] == '/');
}

static int read_more(void *ctx, char *bytes, int size)
{
    struct stream *s = ctx;
    const char *window;
    size_t n = stream_peek(s, 1, &window);

    if (size <= 0)
        return 0;
    n = n < (size_t)size ? n : (size_t)size;
    memcpy(bytes, window, n);
    stream_take(s, n);
    return (int)n;
}

/* libxml2 takes ten million bytes in one place (parserInternals.h, XML_MAX_TEXT_LENGTH), and says of more that its own
 * look-ahead is huge. */
static const char *words_of(const char *message)
{
    if (!message)
        return "broken XML";
    return strstr(message, "Huge") || strstr(message, "huge") ? "more than 10 MB in one element or attribute" : message;
}

static void keep_fault(void *ctx, xmlErrorPtr error)
{
    struct xml *x = ctx;
    size_t len;

    if (x->fault[0] || !error || error->level < XML_ERR_ERROR)
        return;
    snprintf(x->fault, sizeof x->fault, "line %d: %s", error->line, words_of(error->message));
    len = strcspn(x->fault, "\n");
    x->fault[len] = '\0';
}

bool xml_open(struct xml *x, struct stream *s, struct job *j)
{
    memset(x, 0, sizeof *x);
    x->stream = s;
    x->job = j;
    x->reader = xmlReaderForIO(read_more, NULL, s, NULL, NULL,
                               XML_PARSE_RECOVER | XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING |
                                   XML_PARSE_COMPACT);
    if (!x->reader) {
        job_unit_fault(j, "cannot be read as XML");
        return false;
    }
    xmlTextReaderSetStructuredErrorHandler(x->reader, keep_fault, x);
    return true;
}

void xml_close(struct xml *x)
{
    bool broken = xmlTextReaderReadState(x->reader) == XML_TEXTREADER_MODE_ERROR;

    if (x->fault[0] && !x->job->stopped && !stream_fault(x->stream))
        job_unit_fault(x->job, "%s%s", x->fault, broken ? "; what stands behind it is not read" : "");
    xmlTextReaderSetStructuredErrorHandler(x->reader, NULL, NULL);
    xmlFreeTextReader(x->reader);
    x->reader = NULL;
}

bool xml_next_of(struct xml *x, const char *const *names, size_t count, size_t *which)
{
    while (xmlTextReaderRead(x->reader) == 1) {
        const char *name;

        if (xmlTextReaderNodeType(x->reader) != XML_READER_TYPE_ELEMENT)
            continue;
        name = (const char *)xmlTextReaderConstName(x->reader);
        for (*which = 0; *which < count; (*which)++)
            if (strcmp(name, names[*which]) == 0)
                return true;
    }
    return false;
}

bool xml_next(struct xml *x, const char *name)
{
    size_t which;

    return xml_next_of(x, &name, 1, &which);
}

int xml_depth(const struct xml *x)
{
    return xmlTextReaderDepth(x->reader);
}

bool xml_next_inside(struct xml *x, int depth, const xmlNode **node)
{
    bool empty = xmlTextReaderDepth(x->reader) == depth && xmlTextReaderIsEmptyElement(x->reader) == 1;

    while (!empty && xmlTextReaderRead(x->reader) == 1) {
        int now = xmlTextReaderDepth(x->reader);

        if (now <= depth)
            return false;
        if (now == depth + 1 && xmlTextReaderNodeType(x->reader) == XML_READER_TYPE_ELEMENT) {
            *node = xml_tree(x);
            return true;
        }
    }
    return false;
}

xmlNode *xml_tree(struct xml *x)
{
    return xmlTextReaderExpand(x->reader);
}

static const char *keep(xmlChar *value, struct arena *arena)
{
    const char *copy = NULL;

    if (value && value[0])
        copy = arena_strndup(arena, (const char *)value, strlen((const char *)value));
    xmlFree(value);
    return copy;
}

const char *xml_attribute(struct xml *x, const char *name, struct arena *arena)
{
    return keep(xmlTextReaderGetAttribute(x->reader, BAD_CAST name), arena);
}

const char *xml_node_attribute(const xmlNode *node, const char *name, struct arena *arena)
{
    const char *local = strchr(name, ':');

    return keep(xmlGetProp(node, BAD_CAST(local ? local + 1 : name)), arena);
}

bool xml_is(const xmlNode *node, const char *name)
{
    const char *colon = strchr(name, ':');
    size_t prefix = colon ? (size_t)(colon - name) : 0;

    if (node->type != XML_ELEMENT_NODE || strcmp((const char *)node->name, colon ? colon + 1 : name) != 0)
        return false;
    if (!colon)
        return !node->ns || !node->ns->prefix;
    return node->ns && node->ns->prefix && strlen((const char *)node->ns->prefix) == prefix &&
           memcmp(node->ns->prefix, name, prefix) == 0;
}

xmlNode *xml_child(const xmlNode *node, const char *name)
{
    xmlNode *child;

    for (child = node ? node->children : NULL; child; child = child->next)
        if (xml_is(child, name))
            return child;
    return NULL;
}

const char *xml_text(const xmlNode *node, struct arena *arena)
{
    return node ? keep(xmlNodeGetContent(node), arena) : NULL;
}
