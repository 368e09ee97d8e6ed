/* SPDX-License-Identifier: ISC */
#include "../check.h"

#include "base/buf.h"
#include "source/replies.h"

struct given {
    const char *id, *parent, *published, *text;
};

static void expect_order(const struct given *given, size_t count, bool by_date, const char *expected)
{
    struct replies replies;
    struct record r;
    struct buf out;
    size_t i;

    record_init(&r);
    buf_init(&out);
    replies_init(&replies, &r);
    for (i = 0; i < count; i++) {
        struct record_comment *c = replies_add(&replies);

        c->id = given[i].id;
        c->parent = given[i].parent;
        c->published = given[i].published;
        c->text = given[i].text ? given[i].text : "";
    }
    replies_finish(&replies, by_date);
    for (i = 0; i < r.comment_count; i++)
        buf_add_fmt(&out, "%s<%s%s%s ", r.comments[i].id, r.comments[i].parent ? r.comments[i].parent : "-",
                    r.comments[i].text[0] ? "=" : "", r.comments[i].text);
    assert_string_equal(out.data, expected);
    replies_release(&replies);
    buf_release(&out);
    record_release(&r);
}

CHECK(children_after_their_parent)
{
    static const struct given given[] = {
        {"c", "b", NULL, NULL},  {"a", NULL, NULL, NULL}, {"d", "a", NULL, NULL},
        {"b", NULL, NULL, NULL}, {"e", "d", NULL, NULL},
    };

    expect_order(given, 5, false, "a<- d<a e<d b<- c<b ");
    expect_order(given, 0, false, "");
}

CHECK(siblings_by_date)
{
    static const struct given given[] = {
        {"a", NULL, "2020-01-03", NULL},
        {"b", NULL, "2020-01-01", NULL},
        {"c", NULL, "2020-01-02", NULL},
    };

    expect_order(given, 3, true, "b<- c<- a<- ");
    expect_order(given, 3, false, "a<- b<- c<- ");
}

CHECK(missing_parents_rings_and_doubles)
{
    static const struct given given[] = {
        {"a", "x", NULL, "short"}, {"b", "x", NULL, NULL},     {"c", "d", NULL, NULL},
        {"d", "c", NULL, NULL},    {"a", "x", NULL, "longer"}, {"e", "e", NULL, NULL},
    };

    expect_order(given, 6, false, "c<- d<c e<- x<-=[missing] a<x=longer b<x ");
}

CHECK(a_chain_as_long_as_a_dump)
{
    enum { COUNT = 50000 };
    struct replies replies;
    struct record r;
    int i;

    record_init(&r);
    replies_init(&replies, &r);
    for (i = COUNT - 1; i >= 0; i--) {
        char id[16];
        struct record_comment *c = replies_add(&replies);

        snprintf(id, sizeof id, "%d", i);
        c->id = arena_strndup(&r.arena, id, strlen(id));
        snprintf(id, sizeof id, "%d", i - 1);
        c->parent = i ? arena_strndup(&r.arena, id, strlen(id)) : NULL;
    }
    replies_finish(&replies, true);
    assert_int_equal(r.comment_count, COUNT);
    assert_string_equal(r.comments[COUNT - 1].id, "49999");
    replies_release(&replies);
    record_release(&r);
}

CHECK_MAIN(T(children_after_their_parent), T(siblings_by_date), T(missing_parents_rings_and_doubles),
           T(a_chain_as_long_as_a_dump))
