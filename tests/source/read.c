/* SPDX-License-Identifier: ISC */
#include "folder.h"

#include <errno.h>
#include <sys/wait.h>

CHECK(says_what_cannot_be_opened)
{
    struct folder f;
    struct heard h;

    folder_make(&f);
    heard_init(&h);
    assert_int_equal(mkfifo(folder_path(&f, "fifo"), 0600), 0);
    assert_false(heard_read(&h, &f, "gone", 0));
    assert_non_null(strstr(h.faults.data, "/gone': No such file or directory\n"));
    buf_clear(&h.faults);
    assert_false(heard_read(&h, &f, "fifo", 0)); /* and does not wait for a writer */
    assert_non_null(strstr(h.faults.data, "/fifo': not a regular file\n"));
    assert_int_equal(h.tally.records + h.tally.skipped + h.tally.faults, 0);
    heard_release(&h);
    folder_remove(&f);
}

/* A reading that fails, as of a disk: no process has anything at address 0. */
CHECK(tells_a_refusal_of_the_system_from_a_fault_of_the_file)
{
    struct folder f;
    struct heard h;

    if (access("/proc/self/mem", R_OK) != 0)
        skip();
    folder_make(&f);
    heard_init(&h);
    folder_put(&f, "cut.gz", "\x1F\x8B\x08\0\0\0", 6);
    assert_true(heard_read(&h, &f, "cut.gz", 0));
    assert_int_equal(h.tally.faults, 1);
    assert_false(h.tally.refused);
    assert_int_equal(symlink("/proc/self/mem", folder_path(&f, "unread")), 0);
    assert_true(heard_read(&h, &f, "unread", 0));
    assert_non_null(strstr(h.faults.data, strerror(EIO)));
    assert_true(h.tally.refused);
    heard_release(&h);
    folder_remove(&f);
}

CHECK(finds_a_record_again)
{
    struct folder f;
    struct record r;
    struct err e = ERR_INIT;

    folder_make(&f);
    folder_mkdir(&f, "in");
    folder_put_str(&f, "in/a#1.txt", "with a hash");
    record_init(&r);
    assert_true(source_find(f.path, "in/a#1.txt", &r, &e));
    assert_string_equal(r.text.data, "with a hash");
    assert_string_equal(r.locator, "in/a#1.txt");
    assert_true(r.mtime > 1500000000);
    assert_int_equal(r.number, 1);
    assert_true(source_find(folder_path(&f, "in/a#1.txt"), "a#1.txt", &r, &e));
    assert_string_equal(r.locator, "a#1.txt");
    record_release(&r);
    folder_remove(&f);
}

/* A name is any bytes but "/" and zero. */
CHECK(finds_what_has_a_name_of_any_bytes)
{
    static const char *const names[] = {"two\nlines.txt", "\x1b[31m\r.txt", "\xff\xc0\x80.txt", " ", "#1",
                                        "a\\b'\"|$.txt"};
    struct folder f;
    struct record r;
    struct heard walked;
    struct buf expected;
    struct err e = ERR_INIT;

    folder_make(&f);
    record_init(&r);
    heard_init(&walked);
    buf_init(&expected);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        folder_put_str(&f, names[i], "words");
        assert_true(source_find(f.path, names[i], &r, &e));
        assert_string_equal(r.locator, names[i]);
        assert_string_equal(r.text.data, "words");
    }
    assert_true(source_walk(f.path, heard_file, heard_fault, &walked, &e));
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        buf_clear(&expected);
        buf_add_fmt(&expected, "%s\n", names[i]);
        assert_non_null(strstr(walked.lines.data, expected.data));
    }
    assert_string_equal(walked.faults.data, "");
    buf_release(&expected);
    heard_release(&walked);
    record_release(&r);
    folder_remove(&f);
}

CHECK(does_not_find_what_is_not_there_or_outside)
{
    static const char *const wrong[] = {"",           "in",          "in/b.txt",        "in/a.txt#7", "in/a.txt/x",
                                        "/etc/hosts", "../in/a.txt", "in/../in/a.txt", "a.txt",      "in/a.tx"};
    struct folder f;
    size_t i;

    folder_make(&f);
    folder_mkdir(&f, "in");
    folder_put_str(&f, "in/a.txt", "text");
    for (i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        struct err e = ERR_INIT;
        struct record r;

        record_init(&r);
        assert_false(source_find(f.path, wrong[i], &r, &e));
        assert_int_equal(e.status, ERR_IO);
        assert_non_null(strstr(e.text, "has no record"));
        record_release(&r);
    }
    folder_remove(&f);
}

CHECK(reads_standard_input)
{
    int pipe_fds[2];
    pid_t child;
    int status;

    assert_int_equal(pipe(pipe_fds), 0);
    child = fork();
    if (child == 0) {
        struct heard h;
        struct record r;
        struct err e = ERR_INIT;
        bool ok;

        dup2(pipe_fds[0], 0);
        close(pipe_fds[1]);
        heard_init(&h);
        record_init(&r);
        ok = source_read("-", "-", 0, &r, heard_record, heard_fault, &h, &h.tally, &e) &&
             strcmp(h.lines.data, "-=from a pipe\n") == 0;
        record_release(&r);
        heard_release(&h);
        _exit(ok ? 0 : 1);
    }
    assert_int_equal(write(pipe_fds[1], "from ", 5), 5);
    assert_int_equal(write(pipe_fds[1], "a pipe", 6), 6);
    close(pipe_fds[1]);
    close(pipe_fds[0]);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
}

CHECK(the_caller_can_stop)
{
    struct folder f;
    struct heard h;

    folder_make(&f);
    folder_put_str(&f, "a", "text");
    heard_init(&h);
    h.stop_after = 1;
    assert_false(heard_read(&h, &f, "a", 0));
    assert_string_equal(h.lines.data, "a=text\n");
    assert_string_equal(h.faults.data, "");
    heard_release(&h);
    folder_remove(&f);
}

/* What happens to the file between its first record and its second. */
struct mishap {
    struct heard heard;
    const char *path;
    enum { TRUNCATED, REMOVED, REPLACED, GROWN } kind;
    bool done;
};

static bool mishap_record(void *ctx, struct record *r)
{
    struct mishap *m = ctx;
    int fd;

    heard_record(&m->heard, r);
    if (m->done)
        return true;
    m->done = true;
    if (m->kind == TRUNCATED) {
        assert_int_equal(truncate(m->path, 20), 0);
        return true;
    }
    if (m->kind != GROWN)
        assert_int_equal(unlink(m->path), 0);
    if (m->kind != REMOVED) {
        fd = open(m->path, O_WRONLY | O_CREAT | O_APPEND, 0600);
        assert_int_equal(write(fd, "other", 5), 5);
        close(fd);
    }
    return true;
}

CHECK(a_file_may_change_or_vanish_while_it_is_read)
{
    enum { LINES = 20000 }; /* more than is read at once */
    struct buf lines;
    int kind, i;

    buf_init(&lines);
    for (i = 0; i < LINES; i++)
        buf_add_fmt(&lines, "{\"text\": \"article number %d, and some more words\"}\n", i);
    for (kind = TRUNCATED; kind <= GROWN; kind++) {
        struct folder f;
        struct mishap m = {.kind = kind};
        struct record r;
        struct err e = ERR_INIT;

        folder_make(&f);
        folder_put(&f, "f", lines.data, lines.len);
        heard_init(&m.heard);
        record_init(&r);
        m.path = folder_path(&f, "f");
        assert_true(source_read(m.path, "f", 0, &r, mishap_record, heard_fault, &m, &m.heard.tally, &e));
        if (kind == TRUNCATED) { /* what had been read stays; the line that was cut is one fault */
            assert_in_range(m.heard.tally.records, 1, LINES - 1);
            assert_in_range(m.heard.tally.faults, 0, 1);
        } else { /* an open file stays what it was, or is read to where it ends now */
            assert_int_equal(m.heard.tally.records, LINES);
            assert_int_equal(m.heard.tally.faults, kind == GROWN);
        }
        assert_true(m.heard.tally.looked);
        assert_int_equal(m.heard.tally.size, kind == TRUNCATED ? 20 : lines.len + (kind == GROWN ? 5 : 0));
        heard_release(&m.heard);
        record_release(&r);
        folder_remove(&f);
    }
    buf_release(&lines);
}

static bool on_walked(void *ctx, const struct source_file *file)
{
    *(struct source_file *)ctx = *file;
    return true;
}

CHECK(says_of_a_file_what_a_walk_says)
{
    static const char *const names[] = {"a.txt", "inbox"};
    struct folder f;
    size_t i;

    folder_make(&f);
    folder_put_str(&f, "a.txt", "text");
    folder_mkdir(&f, "inbox");
    folder_mkdir(&f, "inbox/cur");
    folder_mkdir(&f, "inbox/new");
    folder_mkdir(&f, "inbox/tmp");
    folder_put_str(&f, "inbox/cur/1:2,S", "From: a@y.example\nSubject: It\n\nIs read.\n");
    for (i = 0; i < sizeof names / sizeof names[0]; i++) {
        struct source_file walked = {0};
        struct err e = ERR_INIT;
        struct heard h;

        heard_init(&h);
        assert_true(source_walk(folder_path(&f, names[i]), on_walked, heard_fault, &walked, &e));
        assert_true(heard_read(&h, &f, names[i], 0));
        assert_true(h.tally.looked);
        assert_int_equal(h.tally.size, walked.size);
        assert_int_equal(h.tally.mtime_ns, walked.mtime_ns);
        heard_release(&h);
    }
    folder_remove(&f);
}

CHECK_MAIN(T(says_of_a_file_what_a_walk_says), T(a_file_may_change_or_vanish_while_it_is_read),
           T(says_what_cannot_be_opened), T(tells_a_refusal_of_the_system_from_a_fault_of_the_file),
           T(finds_a_record_again), T(finds_what_has_a_name_of_any_bytes),
           T(does_not_find_what_is_not_there_or_outside),
           T(reads_standard_input), T(the_caller_can_stop))
