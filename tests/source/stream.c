/* SPDX-License-Identifier: ISC */
#include "../check.h"

#include <fcntl.h>
#include <unistd.h>

#include "source/stream.h"

/* Bytes handed out a few at a time, with a fault after `broken` of them. */
struct drip {
    const char *bytes;
    size_t len, at, step, broken;
};

static ssize_t drip_read(void *ctx, char *bytes, size_t size, struct err *e)
{
    struct drip *d = ctx;
    size_t n = d->step < size ? d->step : size;

    if (d->at >= d->broken) {
        err_set(e, ERR_IO, "the tap is broken");
        return -1;
    }
    n = n < d->len - d->at ? n : d->len - d->at;
    memcpy(bytes, d->bytes + d->at, n);
    d->at += n;
    return (ssize_t)n;
}

static void expect_lines(struct stream *s, const char *const lines[])
{
    const char *line;
    size_t len, i;

    for (i = 0; lines[i]; i++) {
        assert_true(stream_line(s, &line, &len));
        assert_int_equal(len, strlen(lines[i]));
        assert_memory_equal(line, lines[i], len);
    }
    assert_false(stream_line(s, &line, &len));
    assert_false(stream_line(s, &line, &len));
}

CHECK(lines_at_every_size_of_read)
{
    static const char *const lines[] = {"first", "", "third\r", "no end", NULL};
    size_t step;

    for (step = 1; step < 24; step++) {
        struct drip d = {"first\n\nthird\r\nno end", 20, 0, step, 99};
        struct stream s;

        stream_init(&s, drip_read, &d);
        expect_lines(&s, lines);
        assert_null(stream_fault(&s));
        stream_release(&s);
    }
}

CHECK(peek_take_and_skip)
{
    struct drip d = {"0123456789", 10, 0, 3, 99};
    struct stream s;
    const char *bytes;

    stream_init(&s, drip_read, &d);
    assert_true(stream_peek(&s, 4, &bytes) >= 4);
    assert_memory_equal(bytes, "0123", 4);
    stream_take(&s, 2);
    assert_int_equal(stream_skip(&s, 3), 3);
    assert_int_equal(stream_peek(&s, 99, &bytes), 5);
    assert_memory_equal(bytes, "56789", 5);
    assert_int_equal(stream_skip(&s, 99), 5);
    assert_int_equal(stream_peek(&s, 1, &bytes), 0);
    stream_release(&s);
}

CHECK(a_fault_ends_it_after_what_was_read)
{
    static const char *const lines[] = {"one", "tw", NULL};
    struct drip d = {"one\ntwo\nthree\n", 14, 0, 2, 6};
    struct stream s;

    stream_init(&s, drip_read, &d);
    expect_lines(&s, lines);
    assert_non_null(stream_fault(&s));
    assert_string_equal(stream_fault(&s)->text, "the tap is broken");
    stream_release(&s);
}

CHECK(the_window_does_not_grow_with_the_stream)
{
    size_t len = 20 << 20, lines = 0, n;
    char *bytes = malloc(len);
    struct drip d = {bytes, len, 0, len, len + 1};
    struct stream s;
    const char *line;
    size_t i;

    for (i = 0; i < len; i++)
        bytes[i] = i % 1000 == 999 ? '\n' : 'x';
    stream_init(&s, drip_read, &d);
    while (stream_line(&s, &line, &n))
        lines++;
    assert_int_equal(lines, len / 1000 + 1);
    assert_true(s.window.cap <= 2 << 20);
    stream_release(&s);
    free(bytes);
}

CHECK(rest_is_all_that_is_left)
{
    struct drip d = {"a\nbcd", 5, 0, 1, 99};
    struct stream s;
    const char *bytes;
    size_t len;

    stream_init(&s, drip_read, &d);
    assert_true(stream_line(&s, &bytes, &len));
    assert_int_equal(stream_rest(&s, &bytes), 3);
    assert_memory_equal(bytes, "bcd", 3);
    stream_release(&s);
}

CHECK(a_descriptor_that_cannot_be_read)
{
    int fd = open("/", O_RDONLY);
    struct stream s;
    const char *bytes;

    stream_init_fd(&s, fd, 0);
    assert_int_equal(stream_peek(&s, 1, &bytes), 0);
    assert_non_null(stream_fault(&s));
    assert_string_equal(stream_fault(&s)->text, "Is a directory");
    assert_int_equal(stream_peek(&s, 1, &bytes), 0);
    stream_release(&s);
    close(fd);
}

/* How much is read of a file of five bytes that is told to be of another size, and whether one look ended it. */
static size_t bytes_read(size_t told, bool *ended)
{
    FILE *file = tmpfile();
    struct stream s;
    const char *bytes;
    size_t len;

    assert_non_null(file);
    assert_int_equal(write(fileno(file), "abcde", 5), 5);
    assert_int_equal(lseek(fileno(file), 0, SEEK_SET), 0);
    stream_init_fd(&s, fileno(file), told);
    stream_peek(&s, 1, &bytes);
    *ended = s.ended;
    len = stream_rest(&s, &bytes);
    stream_release(&s);
    fclose(file);
    return len;
}

CHECK(a_file_of_known_size_ends_there_and_one_of_another_where_it_ends)
{
    bool ended;

    assert_int_equal(bytes_read(5, &ended), 5);
    assert_true(ended);
    assert_int_equal(bytes_read(3, &ended), 5);
    assert_false(ended);
    assert_int_equal(bytes_read(9, &ended), 5);
    assert_false(ended);
    assert_int_equal(bytes_read(0, &ended), 5);
    assert_false(ended);
}

CHECK_MAIN(T(a_file_of_known_size_ends_there_and_one_of_another_where_it_ends),
           T(a_descriptor_that_cannot_be_read), T(lines_at_every_size_of_read), T(peek_take_and_skip),
           T(a_fault_ends_it_after_what_was_read), T(the_window_does_not_grow_with_the_stream),
           T(rest_is_all_that_is_left))
