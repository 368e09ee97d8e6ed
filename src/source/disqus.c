/* SPDX-License-Identifier: ISC */
/* The export of Disqus: <thread>s, which are pages, and <post>s, which name their thread and their parent. */
#include "source/format.h"

#include "source/html.h"
#include "source/spill.h"
#include "source/when.h"
#include "source/xml.h"

#include <string.h>

static bool disqus_probe(const char *head, size_t len, bool whole)
{
    (void)whole;
    return xml_probe(head, len, "disqus");
}

static const char *id_of(const xmlNode *node, const char *child, const char *prefix, struct arena *arena)
{
    const xmlNode *inner = child ? xml_child(node, child) : node;

    return inner ? spill_name(prefix, xml_node_attribute(inner, "dsq:id", arena), arena) : NULL;
}

static bool says_true(const xmlNode *node, const char *child, struct arena *arena)
{
    const char *value = xml_text(xml_child(node, child), arena);

    return value && strcmp(value, "true") == 0;
}

static void add_node(struct spill *s, const xmlNode *node, bool thread, struct arena *arena)
{
    const char *date = xml_text(xml_child(node, "createdAt"), arena);
    const xmlNode *author = xml_child(node, "author");
    struct spill_post post = {.id = id_of(node, NULL, thread ? "t" : "p", arena)};

    if (!post.id || says_true(node, "isSpam", arena))
        return;
    post.author = xml_text(xml_child(author, "name"), arena);
    post.published = when_keep(date, arena);
    post.text = html_text(xml_text(xml_child(node, "message"), arena), arena);
    post.removed = says_true(node, "isDeleted", arena);
    if (thread) {
        post.name = post.id + 1;
        post.title = xml_text(xml_child(node, "title"), arena);
        post.url = xml_text(xml_child(node, "link"), arena);
        post.site = xml_text(xml_child(node, "forum"), arena);
    } else {
        const char *of = id_of(node, "thread", "t", arena), *parent = id_of(node, "parent", "p", arena);

        post.parent = parent ? parent : of;
        if (parent && of)
            spill_link(s, parent, of);
    }
    spill_add(s, &post);
}

static void disqus_read(struct stream *s, struct job *j)
{
    static const char *const names[] = {"thread", "post"};
    struct spill spill;
    struct arena arena;
    struct xml x;
    size_t which;

    if (!xml_open(&x, s, j))
        return;
    spill_init(&spill);
    arena_init(&arena);
    while (spill.fault.status == ERR_NONE && xml_next_of(&x, names, 2, &which)) {
        xmlNode *node;

        /* The <thread> inside a <post> is read with it. */
        if (which == 0 && xmlTextReaderDepth(x.reader) > 1)
            continue;
        node = xml_tree(&x);
        arena_reset(&arena);
        if (node)
            add_node(&spill, node, which == 0, &arena);
    }
    arena_release(&arena);
    xml_close(&x);
    spill_give(&spill, j);
    spill_release(&spill);
}

const struct format disqus_format = {"disqus", "Disqus exports: pages with their comments",
                                     disqus_probe, disqus_read};
