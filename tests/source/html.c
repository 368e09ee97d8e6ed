/* SPDX-License-Identifier: ISC */
#include "../check.h"

#include "base/buf.h"
#include "source/html.h"

static void expect_text(const char *html, const char *text)
{
    struct buf out;

    buf_init(&out);
    html_add_text(&out, html, strlen(html));
    assert_string_equal(out.data, text);
    buf_release(&out);
}

CHECK(paragraphs_and_breaks)
{
    expect_text("One<p>Two <i>words</i>\n  more<p>Three", "One\n\nTwo words more\n\nThree");
    expect_text("<p>a</p>\n<p>b</p>", "a\n\nb");
    expect_text("a<br>b<br/><br>c<br><br><br>d", "a\nb\n\nc\n\nd");
    expect_text("<div>a</div><div>b</div><h2>Head</h2>text", "a\nb\n\nHead\n\ntext");
    expect_text("", "");
    expect_text("just text", "just text");
}

CHECK(entities_and_utf8)
{
    expect_text("It&#x27;s &lt;fine&gt; &amp; na\xC3\xAFve &quot;ok&quot;", "It's <fine> & na\xC3\xAFve \"ok\"");
    expect_text("Привет, мир", "Привет, мир");
}

CHECK(quotes_code_and_lists)
{
    expect_text("<blockquote><p>one</p><p>two</p></blockquote><p>answer</p>", "> one\n>\n> two\n\nanswer");
    expect_text("see<p><pre><code>a = 1\n\n  b = 2\n</code></pre>done", "see\n\n    a = 1\n\n      b = 2\n\ndone");
    expect_text("<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul>after", "- a\n- b\n  - c\n\nafter");
    expect_text("<ol><li>a</li><li>b</li></ol>", "1. a\n2. b");
}

CHECK(links)
{
    expect_text("<a href=\"https://x.org/a/b/c\">https://x.org/a...</a> ok", "https://x.org/a/b/c ok");
    expect_text("see <a href=\"https://x.org/\">this page</a>.", "see this page (https://x.org/).");
    expect_text("<a href=\"/users/1\">@someone</a> hi", "@someone hi");
}

CHECK(scripts_are_left_out)
{
    expect_text("a<script>var b = '<p>';</script><style>p{}</style>c", "ac");
}

CHECK(broken_html_and_deep_nesting)
{
    struct buf deep, out;
    int i;

    expect_text("<p>open <b>bold <i>both</p></b> end", "open bold both\n\nend");
    buf_init(&deep);
    buf_init(&out);
    for (i = 0; i < 5000; i++)
        buf_add_str(&deep, "<blockquote>");
    buf_add_str(&deep, "core");
    html_add_text(&out, deep.data, deep.len);
    buf_release(&deep);
    buf_release(&out);
}

CHECK(knows_html_from_text)
{
    assert_true(html_is("<p>x</p>", 8));
    assert_true(html_is("a<br/>b", 7));
    assert_false(html_is("1 < 2 and <b", 12));
    assert_false(html_is("", 0));
    assert_false(html_is("use the <foo> tag", 17));
}

CHECK_MAIN(T(paragraphs_and_breaks), T(entities_and_utf8), T(quotes_code_and_lists), T(links),
           T(scripts_are_left_out), T(broken_html_and_deep_nesting), T(knows_html_from_text))
