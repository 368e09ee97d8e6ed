/* SPDX-License-Identifier: ISC */
#include "folder.h"

#include <sys/socket.h>
#include <sys/un.h>

static void expect_walk(const struct folder *f, const char *lines, const char *const faults[])
{
    struct heard h;
    struct err e = ERR_INIT;
    size_t i;

    heard_init(&h);
    assert_true(source_walk(f->path, heard_file, heard_fault, &h, &e));
    assert_int_equal(e.status, ERR_NONE);
    assert_string_equal(h.lines.data, lines);
    for (i = 0; faults[i]; i++)
        assert_non_null(strstr(h.faults.data, faults[i]));
    if (i == 0)
        assert_string_equal(h.faults.data, "");
    heard_release(&h);
}

static const char *const none[] = {NULL};

CHECK(gives_files_in_byte_order_and_leaves_hidden_ones_out)
{
    struct folder f;

    folder_make(&f);
    folder_mkdir(&f, "b");
    folder_mkdir(&f, ".git");
    folder_put_str(&f, "b/z.txt", "z");
    folder_put_str(&f, "b/Z.txt", "Z");
    folder_put_str(&f, "b/.hidden", "no");
    folder_put_str(&f, ".git/config", "no");
    folder_put_str(&f, "\xC3\xA4.txt", "a");
    folder_put_str(&f, "a.txt", "a");
    folder_put_str(&f, "b.txt", "b");
    expect_walk(&f, "a.txt\nb/Z.txt\nb/z.txt\nb.txt\n\xC3\xA4.txt\n", none);
    folder_remove(&f);
}

CHECK(a_corpus_may_be_one_file)
{
    struct folder f;
    struct heard h;
    struct err e = ERR_INIT;

    folder_make(&f);
    folder_put_str(&f, "one.txt", "1");
    heard_init(&h);
    assert_true(source_walk(folder_path(&f, "one.txt"), heard_file, heard_fault, &h, &e));
    assert_string_equal(h.lines.data, "one.txt\n");
    heard_release(&h);
    folder_remove(&f);
}

CHECK(follows_links_and_notices_loops)
{
    struct folder f;
    static const char *const faults[] = {"dangling: a link to nothing", "self: Too many levels", NULL};

    folder_make(&f);
    folder_mkdir(&f, "a");
    folder_put_str(&f, "a/x.txt", "x");
    assert_int_equal(symlink("..", folder_path(&f, "a/up")), 0);
    assert_int_equal(symlink("a", folder_path(&f, "again")), 0);
    assert_int_equal(symlink("a/x.txt", folder_path(&f, "link.txt")), 0);
    assert_int_equal(symlink("nowhere", folder_path(&f, "dangling")), 0);
    assert_int_equal(symlink("self", folder_path(&f, "self")), 0);
    expect_walk(&f, "a/x.txt\nlink.txt\n", faults);
    folder_remove(&f);
}

static bool hear_link(void *ctx, const struct source_file *file)
{
    struct buf *heard = ctx;
    size_t linked = file->linked ? file->linked - (size_t)(file->name - file->path) : 0;

    buf_add_fmt(heard, "%s %.*s\n", file->name, (int)linked, file->name);
    return true;
}

CHECK(says_which_link_led_to_a_file)
{
    struct folder f;
    struct buf heard;
    struct err e = ERR_INIT;

    folder_make(&f);
    buf_init(&heard);
    folder_mkdir(&f, "b");
    folder_mkdir(&f, "b/in");
    folder_put_str(&f, "b/in/x.txt", "x");
    folder_put_str(&f, "z.txt", "z");
    assert_int_equal(symlink("b", folder_path(&f, "a")), 0);
    assert_int_equal(symlink("../../z.txt", folder_path(&f, "b/in/y.txt")), 0);
    assert_true(source_walk(f.path, hear_link, NULL, &heard, &e));
    assert_string_equal(heard.data, "a/in/x.txt a\na/in/y.txt a/in/y.txt\nz.txt \n");
    buf_release(&heard);
    folder_remove(&f);
}

CHECK(passes_what_is_no_file)
{
    struct folder f;
    static const char *const faults[] = {"fifo: neither a file nor a folder", "sock: neither", NULL};
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);

    folder_make(&f);
    assert_int_equal(mkfifo(folder_path(&f, "fifo"), 0600), 0);
    snprintf(address.sun_path, sizeof address.sun_path, "%s", folder_path(&f, "sock"));
    assert_int_equal(bind(fd, (struct sockaddr *)&address, sizeof address), 0);
    folder_put_str(&f, "x.txt", "x");
    expect_walk(&f, "x.txt\n", faults);
    close(fd);
    folder_remove(&f);
}

CHECK(passes_a_folder_that_may_not_be_read)
{
    struct folder f;
    static const char *const faults[] = {"locked: Permission denied", NULL};
    uid_t me = geteuid();

    if (me == 0)
        assert_int_equal(seteuid(65534), 0); /* root may read everything */
    folder_make(&f);
    folder_mkdir(&f, "locked");
    folder_put_str(&f, "locked/a.txt", "a");
    folder_put_str(&f, "b.txt", "b");
    assert_int_equal(chmod(folder_path(&f, "locked"), 0), 0);
    expect_walk(&f, "b.txt\n", faults);
    folder_remove(&f);
    assert_int_equal(seteuid(me), 0);
}

CHECK(refuses_what_is_no_corpus)
{
    static const char *const paths[][2] = {
        {"/nonexistent/x", "cannot open '/nonexistent/x': No such file or directory"},
        {"/dev/null", "cannot open '/dev/null': neither a file nor a folder"},
    };
    size_t i;

    for (i = 0; i < 2; i++) {
        struct heard h;
        struct err e = ERR_INIT;

        heard_init(&h);
        assert_false(source_walk(paths[i][0], heard_file, heard_fault, &h, &e));
        assert_int_equal(e.status, ERR_IO);
        assert_string_equal(e.text, paths[i][1]);
        heard_release(&h);
    }
}

CHECK(stops_when_told)
{
    struct folder f;
    struct heard h;
    struct err e = ERR_INIT;

    folder_make(&f);
    folder_mkdir(&f, "a");
    folder_put_str(&f, "a/1", "1");
    folder_put_str(&f, "a/2", "2");
    folder_put_str(&f, "b", "b");
    heard_init(&h);
    h.stop_after = 1;
    assert_true(source_walk(f.path, heard_file, heard_fault, &h, &e));
    assert_string_equal(h.lines.data, "a/1\n");
    heard_release(&h);
    folder_remove(&f);
}

static void make_many(struct folder *f, int count)
{
    char name[20];

    folder_make(f);
    for (int i = 0; i < count; i++) {
        snprintf(name, sizeof name, "%04d", i);
        folder_put(f, name, "12345678", (size_t)i % 8);
    }
}

static bool remove_the_last(void *ctx, const struct source_file *file)
{
    char *last;

    heard_file(ctx, file);
    assert_true(asprintf(&last, "%.*s2999", (int)strlen(file->path) - 4, file->path) > 0);
    unlink(last);
    free(last);
    return true;
}

CHECK(what_vanishes_meanwhile_is_no_fault)
{
    struct folder f;
    struct heard h;
    struct err e = ERR_INIT;

    make_many(&f, 3000); /* more than are looked at together */
    heard_init(&h);
    assert_true(source_walk(f.path, remove_the_last, heard_fault, &h, &e));
    assert_non_null(strstr(h.lines.data, "2997\n2998\n"));
    assert_null(strstr(h.lines.data, "2999"));
    assert_string_equal(h.faults.data, "");
    heard_release(&h);
    folder_remove(&f);
}

/* What a walk over many entries has to give: a file each, a folder of two in between, and one link to the first. */
struct many {
    struct heard heard; /* of faults */
    struct folder folder;
    int next;
};

static bool hear_many(void *ctx, const struct source_file *file)
{
    struct many *m = ctx;
    char name[20];

    if (m->next == 1500 && strncmp(file->name, "1499x/", 6) == 0)
        return true;
    snprintf(name, sizeof name, "%04d", m->next);
    assert_string_equal(file->name, name);
    assert_int_equal(file->size, m->next == 2000 ? 0 : m->next % 8);
    assert_int_equal(file->linked != 0, m->next == 2000);
    m->next++;
    return true;
}

/* They are looked at by two threads. */
CHECK(a_folder_of_many_entries_is_given_in_order)
{
    struct many m;
    struct err e = ERR_INIT;

    make_many(&m.folder, 3000);
    folder_mkdir(&m.folder, "1499x");
    folder_put_str(&m.folder, "1499x/a", "a");
    folder_put_str(&m.folder, "1499x/b", "b");
    assert_int_equal(unlink(folder_path(&m.folder, "2000")), 0);
    assert_int_equal(symlink("0000", folder_path(&m.folder, "2000")), 0);
    assert_int_equal(symlink("nowhere", folder_path(&m.folder, "2500x")), 0);
    for (int turn = 0; turn < 20; turn++) {
        heard_init(&m.heard);
        m.next = 0;
        assert_true(source_walk(m.folder.path, hear_many, heard_fault, &m, &e));
        assert_int_equal(m.next, 3000);
        assert_true(strstr(m.heard.faults.data, "/2500x: a link to nothing\n"));
        heard_release(&m.heard);
    }
    folder_remove(&m.folder);
}

CHECK(very_deep_folders_are_a_fault_not_a_crash)
{
    struct folder f;
    static const char *const faults[] = {"folders too deep", NULL};
    int i, here = open(".", O_RDONLY);

    folder_make(&f);
    folder_put_str(&f, "x", "x");
    assert_int_equal(chdir(f.path), 0);
    for (i = 0; i < 150; i++) {
        assert_int_equal(mkdir("d", 0700), 0);
        assert_int_equal(chdir("d"), 0);
    }
    expect_walk(&f, "x\n", faults);
    assert_int_equal(fchdir(here), 0);
    close(here);
    folder_remove(&f);
}

CHECK_MAIN(T(gives_files_in_byte_order_and_leaves_hidden_ones_out), T(a_corpus_may_be_one_file),
           T(follows_links_and_notices_loops), T(says_which_link_led_to_a_file), T(passes_what_is_no_file),
           T(passes_a_folder_that_may_not_be_read), T(refuses_what_is_no_corpus), T(stops_when_told),
           T(what_vanishes_meanwhile_is_no_fault),
           T(a_folder_of_many_entries_is_given_in_order), T(very_deep_folders_are_a_fault_not_a_crash))
