/* SPDX-License-Identifier: ISC */
#include "source/html.h"

#include "source/blank.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <libxml/HTMLparser.h>

enum { DEEPEST = 200 }; /* elements below each other that are still walked */

/* Text on its way out: white space is collapsed, line ends wait until there is something to set apart. */
struct writer {
    struct buf *out;
    size_t start;      /* of this fragment in out */
    struct buf prefix; /* what each line begins with: "> ", blanks */
    size_t common;     /* how much of it an empty line due has: the least since the last word */
    int ends;          /* line ends due before the next word */
    bool space;        /* a blank due before the next word */
    bool pre;          /* inside <pre>: white space counts */
    bool tei;          /* the names are TEI's */
    int item;          /* number of the next list item, 0 in a list without numbers */
    int depth;
};

static void break_line(struct writer *w, int ends)
{
    if (w->ends < ends)
        w->ends = ends;
    if (w->common > w->prefix.len)
        w->common = w->prefix.len;
    w->space = false;
}

/* Writes the line ends that are due, each line with its prefix. */
static void settle(struct writer *w)
{
    bool first = w->out->len == w->start;

    if (first)
        buf_add(w->out, w->prefix.data, w->prefix.len);
    for (; !first && w->ends > 0; w->ends--) {
        size_t len = w->prefix.len;

        if (w->ends > 1) /* an empty line needs no blanks at its end */
            for (len = w->common < len ? w->common : len; len > 0 && w->prefix.data[len - 1] == ' '; len--)
                continue;
        buf_add_char(w->out, '\n');
        buf_add(w->out, w->prefix.data, len);
    }
    if (w->space && w->ends == 0 && !first)
        buf_add_char(w->out, ' ');
    w->ends = 0;
    w->common = SIZE_MAX;
    w->space = false;
}

static void write_text(struct writer *w, const char *s)
{
    while (*s) {
        size_t n;

        if (w->pre && *s == '\n') {
            w->ends++; /* empty lines of code stay */
            s++;
            continue;
        }
        if (!w->pre && blank_is(*s)) {
            w->space = w->ends == 0;
            s++;
            continue;
        }
        n = w->pre ? strcspn(s, "\n") : strcspn(s, " \t\n\v\f\r");
        settle(w);
        buf_add(w->out, s, n);
        s += n;
    }
}

enum tag_kind { INLINE, BLOCK, PARAGRAPH, HIDDEN, BREAK, QUOTE, PRE, LIST, NUMBERED, ITEM, LINK, CELL };

static const struct {
    const char *name;
    enum tag_kind kind;
} tags[] = {
    {"p", PARAGRAPH},       {"h1", PARAGRAPH},    {"h2", PARAGRAPH},     {"h3", PARAGRAPH},
    {"h4", PARAGRAPH},      {"h5", PARAGRAPH},    {"h6", PARAGRAPH},     {"figure", PARAGRAPH},
    {"table", PARAGRAPH},   {"hr", PARAGRAPH},    {"dl", PARAGRAPH},     {"section", PARAGRAPH},
    {"article", PARAGRAPH}, {"aside", PARAGRAPH}, {"div", BLOCK},        {"tr", BLOCK},
    {"dt", BLOCK},          {"dd", BLOCK},        {"figcaption", BLOCK}, {"header", BLOCK},
    {"footer", BLOCK},      {"address", BLOCK},   {"script", HIDDEN},    {"style", HIDDEN},
    {"head", HIDDEN},       {"noscript", HIDDEN}, {"template", HIDDEN},  {"iframe", HIDDEN},
    {"svg", HIDDEN},        {"br", BREAK},        {"blockquote", QUOTE}, {"pre", PRE},
    {"ul", LIST},           {"ol", NUMBERED},     {"li", ITEM},          {"a", LINK},
    {"td", CELL},           {"th", CELL},
};

/* Those of TEI; "head" is a heading there. */
static const struct {
    const char *name;
    enum tag_kind kind;
} tei_tags[] = {
    {"head", PARAGRAPH}, {"fw", HIDDEN},   {"lb", BREAK},       {"quote", QUOTE},
    {"list", LIST},      {"item", ITEM},   {"ref", LINK},       {"row", BLOCK},
    {"cell", CELL},      {"code", INLINE}, {"graphic", HIDDEN},
};

static enum tag_kind kind_of(const char *name, bool tei)
{
    size_t i;

    for (i = 0; tei && i < sizeof tei_tags / sizeof tei_tags[0]; i++)
        if (strcmp(name, tei_tags[i].name) == 0)
            return tei_tags[i].kind;
    for (i = 0; i < sizeof tags / sizeof tags[0]; i++)
        if (strcmp(name, tags[i].name) == 0)
            return tags[i].kind;
    return INLINE;
}

static void walk(struct writer *w, xmlNode *node);

/* Walks what is inside with more in front of each line. */
static void walk_prefixed(struct writer *w, const xmlNode *node, const char *prefix)
{
    size_t outer = w->prefix.len;

    buf_add_str(&w->prefix, prefix);
    walk(w, node->children);
    buf_truncate(&w->prefix, outer);
}

static void walk_item(struct writer *w, const xmlNode *node)
{
    char mark[24];
    size_t outer = w->prefix.len;

    if (w->item > 0)
        snprintf(mark, sizeof mark, "%d. ", w->item++);
    else
        snprintf(mark, sizeof mark, "- ");
    break_line(w, 1);
    settle(w);
    buf_add_str(w->out, mark);
    buf_add_fmt(&w->prefix, "%*s", (int)strlen(mark), "");
    walk(w, node->children);
    buf_truncate(&w->prefix, outer);
    break_line(w, 1);
}

/* Forums shorten what they show of an address ("https://a.b/c..."): then the address itself is meant. */
static bool is_shortened(const char *shown, size_t len, const char *href)
{
    if (len >= 3 && memcmp(shown + len - 3, "...", 3) == 0)
        len -= 3;
    return len > 0 && strncmp(shown, href, len) == 0;
}

static void walk_link(struct writer *w, xmlNode *node)
{
    xmlChar *value = xmlGetProp(node, BAD_CAST(w->tei ? "target" : "href"));
    const char *href = (const char *)value;
    size_t before;

    if (w->ends || w->space)
        settle(w);
    before = w->out->len;
    walk(w, node->children);
    if (href && (strncmp(href, "http://", 7) == 0 || strncmp(href, "https://", 8) == 0)) {
        if (is_shortened(w->out->data + before, w->out->len - before, href)) {
            buf_truncate(w->out, before);
            buf_add_str(w->out, href);
        } else if (w->out->len > before && !memchr(w->out->data + before, '\n', w->out->len - before)) {
            buf_add_fmt(w->out, " (%s)", href);
        }
    }
    xmlFree(value);
}

static void walk_list(struct writer *w, const xmlNode *node, int first)
{
    int outer = w->item;

    break_line(w, outer == -1 ? 2 : 1);
    w->item = first;
    walk(w, node->children);
    w->item = outer;
    break_line(w, outer == -1 ? 2 : 1);
}

static void walk_pre(struct writer *w, const xmlNode *node)
{
    bool outer = w->pre;

    break_line(w, 2);
    w->pre = true;
    walk_prefixed(w, node, "    ");
    w->pre = outer;
    w->ends = 0;
    break_line(w, 2);
}

static void walk_element(struct writer *w, xmlNode *node)
{
    enum tag_kind kind = kind_of((const char *)node->name, w->tei);

    switch (kind) {
    case HIDDEN:
        return;
    case BREAK:
        w->ends += w->ends < 2; /* two of them make a paragraph */
        w->space = false;
        return;
    case QUOTE:
        break_line(w, 2);
        walk_prefixed(w, node, "> ");
        break_line(w, 2);
        return;
    case PRE:
        walk_pre(w, node);
        return;
    case LIST:
    case NUMBERED:
        walk_list(w, node, kind == NUMBERED);
        return;
    case ITEM:
        walk_item(w, node);
        return;
    case LINK:
        walk_link(w, node);
        return;
    default:
        break;
    }
    if (kind != INLINE && kind != CELL)
        break_line(w, kind == PARAGRAPH ? 2 : 1);
    walk(w, node->children);
    if (kind == CELL)
        w->space = w->ends == 0;
    else if (kind != INLINE)
        break_line(w, kind == PARAGRAPH ? 2 : 1);
}

static void walk(struct writer *w, xmlNode *node)
{
    if (w->depth >= DEEPEST)
        return;
    w->depth++;
    for (; node; node = node->next) {
        if (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE)
            write_text(w, (const char *)node->content);
        else if (node->type == XML_ELEMENT_NODE)
            walk_element(w, node);
    }
    w->depth--;
}

bool html_is(const char *s, size_t len)
{
    static const char *const marks[] = {"</p>",  "<p>",     "<p ",           "<br",    "</div>",
                                        "</a>",  "</ul>",   "</i>",          "</pre>", "</strong>",
                                        "</em>", "</span>", "</blockquote>", "</h2>",  "</body>"};
    const char *at = memchr(s, '<', len);

    while (at) {
        size_t left = len - (size_t)(at - s), i;

        for (i = 0; i < sizeof marks / sizeof marks[0]; i++)
            if (left >= strlen(marks[i]) && memcmp(at, marks[i], strlen(marks[i])) == 0)
                return true;
        at = memchr(at + 1, '<', left - 1);
    }
    return false;
}

void html_add_text(struct buf *out, const char *html, size_t len)
{
    struct writer w = {.out = out, .start = out->len, .common = SIZE_MAX, .item = -1};
    htmlDocPtr doc;

    if (len == 0 || len > 1 << 30)
        return;
    doc = htmlReadMemory(html, (int)len, NULL, "UTF-8",
                         HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET);
    if (!doc)
        return;
    buf_init(&w.prefix);
    walk(&w, xmlDocGetRootElement(doc));
    buf_release(&w.prefix);
    xmlFreeDoc(doc);
}

const char *html_text(const char *html, struct arena *arena)
{
    struct buf text;
    const char *copy;

    if (!html)
        return "";
    buf_init(&text);
    html_add_text(&text, html, strlen(html));
    copy = arena_strndup(arena, text.data, text.len);
    buf_release(&text);
    return copy;
}

void html_add_node(struct buf *out, const xmlNode *node)
{
    struct writer w = {.out = out, .start = out->len, .common = SIZE_MAX, .item = -1, .tei = true};

    buf_init(&w.prefix);
    walk(&w, node->children);
    buf_release(&w.prefix);
}
