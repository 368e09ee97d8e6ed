/* SPDX-License-Identifier: ISC */
#include "../check.h"

#include "source/fields.h"
#include "source/object.h"
#include "source/source.h"

/* What the object gives, one field a line, in the order of the record's bits; "-" for no article. */
static char *fields_of(const char *json)
{
    struct err e = ERR_INIT;
    json_t *object = object_load(json, strlen(json), NULL, &e);
    struct record r;
    struct buf out;
    size_t i;

    assert_non_null(object);
    record_init(&r);
    buf_init(&out);
    if (!object_read(object, &r)) {
        buf_add_str(&out, "-");
    } else {
        buf_add_fmt(&out, "text=%s\n", r.text.data);
        if (r.given & RECORD_TITLE)
            buf_add_fmt(&out, "title=%s\n", r.title);
        for (i = 0; i < r.author_count; i++)
            buf_add_fmt(&out, "author=%s\n", r.authors[i]);
        assert_int_equal(r.author_count > 0, (r.given & RECORD_AUTHORS) != 0);
        if (r.given & RECORD_SITE)
            buf_add_fmt(&out, "site=%s\n", r.site);
        if (r.given & RECORD_URL)
            buf_add_fmt(&out, "url=%s\n", r.url);
        if (r.given & RECORD_PUBLISHED)
            buf_add_fmt(&out, "published=%s\n", r.published);
        if (r.given & RECORD_LANGUAGE)
            buf_add_fmt(&out, "language=%s\n", r.language);
        if (r.given & RECORD_STANDFIRST)
            buf_add_fmt(&out, "standfirst=%s\n", r.standfirst);
        for (i = 0; i < r.comment_count; i++)
            buf_add_fmt(&out, "comment %s<%s %s %s %ld: %s\n", r.comments[i].id,
                        r.comments[i].parent ? r.comments[i].parent : "-",
                        r.comments[i].author ? r.comments[i].author : "-",
                        r.comments[i].published ? r.comments[i].published : "-", r.comments[i].score,
                        r.comments[i].text);
    }
    record_release(&r);
    json_decref(object);
    return buf_steal(&out);
}

static void expect_fields(const char *json, const char *fields)
{
    char *got = fields_of(json);

    assert_string_equal(got, fields);
    free(got);
}

CHECK(a_title_and_comments_are_an_article_only_with_a_link_or_an_id)
{
    char *got = fields_of("{\"title\":\"T\",\"comments\":[{\"text\":\"c\"}]}");

    assert_string_equal(got, "-");
    free(got);
    got = fields_of("{\"id\":7,\"title\":\"T\",\"comments\":[{\"text\":\"c\"}]}");
    assert_int_equal(strncmp(got, "text=T\n", 7), 0);
    free(got);
}

CHECK(the_formats_of_known_corpora)
{
    /* C4 and mC4: the time stamp is the crawl's */
    expect_fields("{\"text\": \"T\", \"timestamp\": \"2019-04-25T12:57:54Z\", \"url\": \"https://a.org/x\"}",
                  "text=T\nurl=https://a.org/x\n");
    /* FineWeb: so is the date beside a dump */
    expect_fields("{\"text\": \"T\", \"id\": \"<urn:uuid:1>\", \"dump\": \"CC-MAIN-2013-20\", \"url\": "
                  "\"http://a.org\", \"date\": \"2013-05-18T05:48:54Z\", \"language\": \"en\", "
                  "\"language_score\": 0.9}",
                  "text=T\nurl=http://a.org\nlanguage=en\n");
    /* CC-News */
    expect_fields("{\"title\": \"A\", \"text\": \"T\", \"domain\": \"a.org\", \"date\": \"2017-03-01 00:00:00\", "
                  "\"description\": \"Lead\", \"url\": \"http://a.org/1\", \"image_url\": null}",
                  "text=T\ntitle=A\nsite=a.org\nurl=http://a.org/1\npublished=2017-03-01\nstandfirst=Lead\n");
    /* news-please */
    expect_fields("{\"authors\": [\"Ann Lee\", \"Bo Fox\"], \"date_download\": \"2020-01-01 00:00:01\", "
                  "\"date_publish\": \"2019-12-31 17:05:00\", \"maintext\": \"T\", \"title\": \"A\", "
                  "\"source_domain\": \"a.org\", \"language\": \"de\", \"title_page\": null}",
                  "text=T\ntitle=A\nauthor=Ann Lee\nauthor=Bo Fox\nsite=a.org\npublished=2019-12-31T17:05\n"
                  "language=de\n");
    /* RealNews */
    expect_fields("{\"title\": \"A\", \"text\": \"T\", \"summary\": \"\", \"authors\": [], \"publish_date\": "
                  "\"01-31-2017\", \"domain\": \"a.org\", \"warc_date\": \"2019-01-01T00:00:00Z\"}",
                  "text=T\ntitle=A\nsite=a.org\npublished=2017-01-31\n");
    /* RedPajama 1T and v2 */
    expect_fields("{\"text\": \"T\", \"meta\": {\"url\": \"http://a.org/\", \"language\": \"en\", \"timestamp\": "
                  "\"2020-01-01\"}}",
                  "text=T\nurl=http://a.org/\nlanguage=en\n");
    expect_fields("{\"raw_content\": \"T\", \"url\": \"http://a.org/\", \"date_download\": \"2020-01-01\", "
                  "\"source_domain\": \"a.org\", \"title\": \"A\"}",
                  "text=T\ntitle=A\nsite=a.org\nurl=http://a.org/\n");
    /* trafilatura */
    expect_fields("{\"title\": \"A\", \"author\": \"Ann Lee; Bo Fox\", \"source-hostname\": \"The Post\", "
                  "\"hostname\": \"post.org\", \"date\": \"2020-02-03\", \"source\": \"https://post.org/a\", "
                  "\"excerpt\": null, \"text\": \"T\", \"comments\": \"I agree.\"}",
                  "text=T\ntitle=A\nauthor=Ann Lee\nauthor=Bo Fox\nsite=The Post\nurl=https://post.org/a\n"
                  "published=2020-02-03\ncomment #1<- - - 0: I agree.\n");
}

CHECK(schema_org_and_nested_objects)
{
    expect_fields("{\"headline\": \"A\", \"articleBody\": \"T\", \"datePublished\": \"2020-08-28T23:40:00+02:00\", "
                  "\"author\": [{\"@type\": \"Person\", \"name\": \"By Ann Lee\"}], \"publisher\": {\"name\": "
                  "\"The Post\"}, \"inLanguage\": \"en-GB\"}",
                  "text=T\ntitle=A\nauthor=Ann Lee\nsite=The Post\npublished=2020-08-28T23:40\nlanguage=en\n");
    expect_fields("{\"_source\": {\"article\": {\"title\": \"A\", \"content\": \"T\"}, \"source\": {\"name\": "
                  "\"Post\"}}}",
                  "text=T\ntitle=A\nsite=Post\n");
}

CHECK(authors_in_one_string)
{
    expect_fields("{\"text\": \"T\", \"byline\": \"By Ann Lee, Bo Fox\"}", "text=T\nauthor=Ann Lee\nauthor=Bo Fox\n");
    expect_fields("{\"text\": \"T\", \"author\": \"Lee, Ann\"}", "text=T\nauthor=Lee, Ann\n");
    expect_fields("{\"text\": \"T\", \"author\": \"nan\"}", "text=T\n");
}

CHECK(a_null_does_not_hide_a_weaker_name)
{
    expect_fields("{\"text\": null, \"content\": \"T\", \"title\": \"\", \"headline\": \"A\"}", "text=T\ntitle=A\n");
}

CHECK(text_in_parts_and_in_html)
{
    expect_fields("{\"body\": [\"one\", {\"text\": \"two\"}]}", "text=one\n\ntwo\n");
    expect_fields("{\"content\": \"<p>one</p><p>two &amp; three</p>\"}", "text=one\n\ntwo & three\n");
}

CHECK(a_description_that_repeats_the_text_is_none)
{
    expect_fields("{\"text\": \"The town\\nhall burnt.\", \"description\": \"The town hall burnt.\"}",
                  "text=The town\nhall burnt.\n");
}

CHECK(comments_with_parents)
{
    expect_fields("{\"text\": \"T\", \"id\": 1, \"comments\": [{\"id\": 3, \"parent_id\": 2, \"user\": \"b\", "
                  "\"text\": \"re\"}, {\"id\": 2, \"parent_id\": 1, \"author\": {\"name\": \"a\"}, \"points\": 4, "
                  "\"body\": \"<p>first</p>\", \"created_at\": \"2020-01-01\"}]}",
                  "text=T\ncomment 2<- a 2020-01-01 4: first\ncomment 3<2 b - 0: re\n");
    expect_fields("{\"id\": 8863, \"title\": \"A link\", \"url\": \"http://a.org\", \"author\": \"d\", \"text\": "
                  "null, \"children\": [{\"id\": 9, \"author\": \"x\", \"text\": \"<p>Nice&#x27;s\", \"children\": "
                  "[{\"id\": 10, \"author\": null, \"text\": null, \"children\": [{\"id\": 11, \"author\": \"z\", "
                  "\"text\": \"deep\", \"children\": []}]}]}]}",
                  "text=A link\n\nhttp://a.org\ntitle=A link\nauthor=d\nurl=http://a.org\n"
                  "comment 9<- x - 0: Nice's\ncomment 10<9 - - 0: \ncomment 11<10 z - 0: deep\n");
}

CHECK(what_is_no_article)
{
    expect_fields("{}", "-");
    expect_fields("{\"title\": \"A\", \"text\": \"  \"}", "-");
    expect_fields("{\"text\": 7}", "-");
}

CHECK(names_of_the_configuration)
{
    struct err e = ERR_INIT;

    assert_true(source_name("text", "Story-HTML", &e));
    expect_fields("{\"story_html\": \"T\", \"text\": \"other\"}", "text=T\n");
    assert_false(source_name("texts", "x", &e));
    assert_string_equal(e.text, "no field is called 'texts'");
}

CHECK(a_score_is_what_a_number_can_hold)
{
    expect_fields("{\"text\": \"t\", \"comments\": [{\"id\": 1, \"score\": -7, \"text\": \"a\"}, "
                  "{\"id\": 2, \"score\": 1e300, \"text\": \"b\"}, {\"id\": 3, \"score\": 2.9, \"text\": \"c\"}]}",
                  "text=t\ncomment 1<- - - -7: a\ncomment 2<- - - 0: b\ncomment 3<- - - 2: c\n");
}

CHECK(a_list_of_authors_has_an_end)
{
    json_t *object = json_object(), *names = json_array();
    struct record r;

    for (int i = 0; i < 3 * FIELD_AUTHORS_MOST; i++)
        json_array_append_new(names, json_sprintf("Ann %d", i));
    json_object_set_new(object, "text", json_string("t"));
    json_object_set_new(object, "authors", names);
    record_init(&r);
    assert_true(object_read(object, &r));
    assert_int_equal(r.author_count, FIELD_AUTHORS_MOST);
    assert_string_equal(r.authors[FIELD_AUTHORS_MOST - 1], "Ann 499");
    record_release(&r);
    json_decref(object);
}

CHECK_MAIN(T(a_title_and_comments_are_an_article_only_with_a_link_or_an_id),
           T(the_formats_of_known_corpora), T(schema_org_and_nested_objects), T(authors_in_one_string),
           T(a_null_does_not_hide_a_weaker_name), T(text_in_parts_and_in_html),
           T(a_description_that_repeats_the_text_is_none), T(comments_with_parents), T(what_is_no_article),
           T(a_score_is_what_a_number_can_hold), T(a_list_of_authors_has_an_end), T(names_of_the_configuration))
