/* SPDX-License-Identifier: ISC */
#include "doc/markdown.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

#include "base/indent.h"
#include "base/unicode.h"
#include "base/utf8.h"
#include "doc/comment.h"

enum { DEEPEST = 12 }; /* quotes in quotes */

static bool is_one_of(const char *set, char c)
{
    return c != '\0' && strchr(set, c);
}

/* Whether a line that goes on so would begin a heading, a list, a rule, a fence or the like: how many bytes stand
 * before the one to be escaped; -1 where nothing is. */
static int mark_at_start(const char *s, size_t len)
{
    size_t digits = 0;

    if (len > 0 && is_one_of("#-+=~:", s[0]))
        return 0;
    while (digits < len && isdigit((unsigned char)s[digits]))
        digits++;
    if (digits > 0 && digits < 10 && digits < len && (s[digits] == '.' || s[digits] == ')'))
        return (int)digits;
    return -1;
}

/* One line without its end. */
static void add_escaped(struct buf *out, const char *s, size_t len)
{
    int mark;
    size_t at = 0;

    while (at < len && (s[at] == ' ' || s[at] == '\t'))
        at++; /* four blanks would make code of it */
    s += at;
    len -= at;
    while (len > 0 && (s[len - 1] == ' ' || s[len - 1] == '\t' || s[len - 1] == '\r'))
        len--; /* two blanks at the end would break the line */
    mark = mark_at_start(s, len);
    for (size_t i = 0; i < len; i++) {
        if ((int)i == mark || is_one_of("\\`*_[]<>&|", s[i]))
            buf_add_char(out, '\\');
        buf_add_char(out, s[i]);
    }
}

static void end_line(struct buf *out)
{
    while (out->len > 0 && out->data[out->len - 1] == ' ')
        buf_truncate(out, out->len - 1);
}

/* A line of code stands as it is, that many columns in; an empty line parts it from text before it. */
static void add_code(struct buf *out, const char *s, size_t len, int columns, const char *prefix, bool after_text)
{
    if (after_text) {
        buf_add_str(out, prefix);
        end_line(out);
        buf_add_char(out, '\n');
    }
    buf_add_fmt(out, "%s%*s", prefix, columns, "");
    buf_add(out, s, len);
}

/* As markdown_add_text; what stands further in than other lines is code where it may be. */
static void add_lines(struct buf *out, const char *s, size_t len, const char *prefix, bool code)
{
    int least = code ? indent_least(s, len) : 0;
    bool text = false; /* the line before is some */

    for (size_t at = 0; at <= len;) {
        size_t span = 0, blanks = 0;
        int columns;

        while (at + span < len && s[at + span] != '\n')
            span++;
        while (blanks < span && (s[at + blanks] == ' ' || s[at + blanks] == '\t'))
            blanks++;
        columns = code && blanks < span ? indent_of(s, at + blanks) - least : 0;
        if (at > 0)
            buf_add_char(out, '\n');
        if (columns >= INDENT_CODE) {
            add_code(out, s + at + blanks, span - blanks, columns, prefix, text);
        } else {
            buf_add_str(out, prefix);
            add_escaped(out, s + at, span);
        }
        text = blanks < span && columns < INDENT_CODE;
        end_line(out);
        at += span + 1;
    }
}

void markdown_add_text(struct buf *out, const char *s, size_t len, const char *prefix)
{
    add_lines(out, s, len, prefix, false);
}

void markdown_add_line(struct buf *out, const char *s, size_t len)
{
    struct buf line;

    buf_init(&line);
    for (size_t at = 0, used; at < len; at += used) {
        uint32_t cp;

        used = utf8_next(s + at, len - at, &cp);
        if (!unicode_is_space(cp))
            buf_add(&line, s + at, used);
        else if (line.len > 0 && line.data[line.len - 1] != ' ')
            buf_add_char(&line, ' ');
    }
    add_escaped(out, line.data, line.len);
    buf_release(&line);
}

static void add_string(struct buf *out, const char *s)
{
    markdown_add_line(out, s, strlen(s));
}

static void add_part(struct buf *out, const char *s, bool *first)
{
    if (!s)
        return;
    buf_add_str(out, *first ? "" : " · ");
    add_string(out, s);
    *first = false;
}

static void add_head(struct buf *out, const struct article *a)
{
    bool first = true;

    if (a->title) {
        buf_add_str(out, "# ");
        add_string(out, a->title);
        buf_add_str(out, "\n\n");
    }
    add_part(out, a->site, &first);
    for (size_t i = 0; i < a->author_count; i++)
        add_part(out, a->authors[i], &first);
    add_part(out, a->published, &first);
    add_part(out, a->url, &first);
    if (!first)
        buf_add_str(out, "\n\n");
}

/* A list's own marker, which Markdown gives anew. */
static size_t marker(const char *s, size_t len)
{
    static const char *const marks[] = {"- ", "* ", "• ", "– ", "· ", "◦ "};

    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
        if (len > strlen(marks[i]) && memcmp(s, marks[i], strlen(marks[i])) == 0)
            return strlen(marks[i]);
    return 0;
}

/* How many marks of a quote the line begins with; *skip: what they take. */
static int quote_depth(const char *s, size_t len, size_t *skip)
{
    int depth = 0;
    size_t at = 0;

    for (*skip = 0; at < len && is_one_of("> ", s[at]); at++) {
        if (s[at] != '>')
            continue;
        depth++;
        *skip = at + 1;
    }
    return depth;
}

/* The marks of a text's quotes are given anew. Of a line that is quoted less deep than the one before, Markdown would
 * take no note without an empty one between. */
static void add_quote(struct buf *out, const char *s, size_t len)
{
    struct buf prefix;
    int before = 0;

    buf_init(&prefix);
    for (size_t at = 0, span; at < len; at += span + 1) {
        const char *end = memchr(s + at, '\n', len - at);
        size_t skip;
        int depth;

        span = end ? (size_t)(end - s) - at : len - at;
        depth = quote_depth(s + at, span, &skip);
        depth = depth > DEEPEST ? DEEPEST : depth < 1 ? 1 : depth;
        buf_clear(&prefix);
        for (int i = 0; i < depth; i++)
            buf_add_str(&prefix, "> ");
        buf_add_str(out, at > 0 ? "\n" : "");
        if (depth < before) {
            markdown_add_text(out, "", 0, prefix.data);
            buf_add_char(out, '\n');
        }
        markdown_add_text(out, s + at + skip, span - skip, prefix.data);
        before = depth;
    }
    buf_release(&prefix);
}

/* least: in how many columns the article's lines stand at least. */
static void add_block(struct buf *out, const struct article *a, const struct article_block *b, int least)
{
    const char *s = a->text + b->start;
    size_t len = b->end - b->start, blanks = strspn(s, " \t"), skip;
    int columns = indent_of(a->text, b->start + blanks) - least;

    if (columns >= INDENT_CODE && !marker(s + blanks, len - blanks) && len <= INDENT_LONGEST &&
        (b->kind == KIND_PARAGRAPH || b->kind == KIND_LIST_ITEM)) {
        add_code(out, s + blanks, len - blanks, columns, "", false);
        buf_add_str(out, "\n\n");
        return;
    }
    switch (b->kind) {
    case KIND_SECTION:
        buf_add_str(out, "## ");
        markdown_add_line(out, s, len);
        break;
    case KIND_STANDFIRST:
    case KIND_CAPTION:
        buf_add_char(out, '*');
        markdown_add_line(out, s, len);
        buf_add_char(out, '*');
        break;
    case KIND_QUOTE:
        add_quote(out, s, len);
        break;
    case KIND_LIST_ITEM:
        skip = marker(s, len);
        buf_add_str(out, "- ");
        markdown_add_line(out, s + skip, len - skip);
        break;
    default:
        markdown_add_text(out, s, len, "");
    }
    buf_add_str(out, "\n\n");
}

static bool is_shown(const struct article_block *b)
{
    return (kind_info(b->kind)->body || b->kind == KIND_CAPTION) && !(b->flags & ARTICLE_DOUBLE);
}

static int depth_of(const struct article *a, int id)
{
    int depth = 0;

    for (int parent; depth < DEEPEST && (parent = comment_parent(a, id)) > 0 && parent < id; depth++)
        id = parent;
    return depth;
}

static void add_comment(struct buf *out, const struct article *a, const struct article_comment *c)
{
    struct buf prefix;

    buf_init(&prefix);
    for (int depth = depth_of(a, c->id); depth >= 0; depth--)
        buf_add_str(&prefix, "> ");
    buf_add_str(out, prefix.data);
    buf_add_str(out, "**");
    add_string(out, c->author && *c->author ? c->author : c->removed ? "[removed]" : "anonymous");
    buf_add_str(out, "**");
    if (c->published) {
        buf_add_str(out, " · ");
        add_string(out, c->published);
    }
    buf_add_char(out, '\n');
    markdown_add_text(out, "", 0, prefix.data);
    buf_add_char(out, '\n');
    add_lines(out, c->text, strlen(c->text), prefix.data, true);
    buf_add_str(out, "\n\n");
    buf_release(&prefix);
}

void markdown_add_article(struct buf *out, const struct article *a)
{
    int least = indent_least(a->text, a->len);

    add_head(out, a);
    for (size_t i = 0; i < a->block_count; i++)
        if (is_shown(&a->blocks[i]))
            add_block(out, a, &a->blocks[i], least);
    if (a->comment_count > 0)
        buf_add_fmt(out, "## %zu comment%s\n\n", a->comment_count, a->comment_count == 1 ? "" : "s");
    for (size_t i = 0; i < a->comment_count; i++)
        add_comment(out, a, comment_glance(a, (int)i + 1));
    while (out->len > 1 && out->data[out->len - 1] == '\n' && out->data[out->len - 2] == '\n')
        buf_truncate(out, out->len - 1);
}
