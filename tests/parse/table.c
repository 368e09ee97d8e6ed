/* SPDX-License-Identifier: ISC */
#include "../check.h"

#include "parse/table.h"

#include <sys/stat.h>
#include <unistd.h>

CHECK(lines_come_without_comments_and_white_space)
{
    static const char text[] = "; first\n\n  one two \r\n\t; third\nthree";
    struct table_reader r;
    const char *line;
    size_t len;

    table_start(&r, text, sizeof text - 1);
    assert_true(table_line(&r, &line, &len));
    assert_int_equal(r.number, 3);
    assert_int_equal(len, 7);
    assert_memory_equal(line, "one two", 7);
    assert_true(table_line(&r, &line, &len));
    assert_int_equal(r.number, 5);
    assert_memory_equal(line, "three", 5);
    assert_false(table_line(&r, &line, &len));
}

CHECK(words_come_off_the_front)
{
    const char *s = "one \ttwo", *word;
    size_t len = strlen(s), n;

    assert_true(table_word(&s, &len, &word, &n));
    assert_int_equal(n, 3);
    assert_memory_equal(word, "one", 3);
    assert_true(table_word(&s, &len, &word, &n));
    assert_memory_equal(word, "two", 3);
    assert_false(table_word(&s, &len, &word, &n));
}

static bool integer(const char *s, long *value)
{
    return table_integer(s, strlen(s), value);
}

static bool number(const char *s, float *value)
{
    return table_number(s, strlen(s), value);
}

CHECK(numbers_are_read_whole_or_not_at_all)
{
    static const char *const none[] = {"", "-", "1x", "x1", "1 ", "--1"};
    static const char *const floats[] = {"0", "-0.0441", "2.5", "123456789", "1e3", "16777217", "0.1", "-.5"};
    long whole;
    float value;

    assert_true(integer("-12", &whole) && whole == -12);
    assert_true(integer("999999999", &whole) && whole == 999999999);
    assert_false(integer("1234567890", &whole));
    for (size_t i = 0; i < sizeof none / sizeof none[0]; i++) {
        assert_false(integer(none[i], &whole));
        if (strcmp(none[i], "") == 0 || i > 1)
            assert_false(number(none[i], &value));
    }
    for (size_t i = 0; i < sizeof floats / sizeof floats[0]; i++) {
        assert_true(number(floats[i], &value));
        assert_true(value >= strtof(floats[i], NULL) && value <= strtof(floats[i], NULL));
    }
}

static void put(const char *folder, const char *name)
{
    char path[200];
    FILE *f;

    snprintf(path, sizeof path, "%s/%s", folder, name);
    f = fopen(path, "w");
    assert_non_null(f);
    fputs(name, f);
    fclose(f);
}

CHECK(folders_are_listed_in_one_order)
{
    char folder[] = "/tmp/cuttings-test-XXXXXX";
    static const char *const there[] = {"b.txt", "B.txt", "a.txt", ".txt", ".c.txt", "a.rules"};
    struct err e = ERR_INIT;
    struct buf text;
    char **names, path[200];
    size_t count, i;

    assert_non_null(mkdtemp(folder));
    for (i = 0; i < sizeof there / sizeof there[0]; i++)
        put(folder, there[i]);
    assert_true(table_list(folder, ".txt", &names, &count, &e));
    assert_int_equal(count, 3);
    assert_string_equal(names[0], "B.txt");
    assert_string_equal(names[1], "a.txt");
    assert_string_equal(names[2], "b.txt");
    for (i = 0; i < count; i++)
        free(names[i]);
    free(names);
    buf_init(&text);
    snprintf(path, sizeof path, "%s/a.txt", folder);
    assert_true(table_read(path, &text, &e));
    assert_string_equal(text.data, "a.txt");
    assert_false(table_list(path, ".txt", &names, &count, &e)); /* no folder */
    assert_non_null(strstr(e.text, "Not a directory"));
    err_clear(&e);
    for (i = 0; i < sizeof there / sizeof there[0]; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, there[i]);
        assert_int_equal(unlink(path), 0);
    }
    assert_int_equal(rmdir(folder), 0);
    assert_false(table_list(folder, ".txt", &names, &count, &e)); /* not there */
    assert_non_null(strstr(e.text, "cannot open '"));
    err_clear(&e);
    assert_int_equal(count, 0);
    assert_false(table_read(folder, &text, &e));
    assert_non_null(strstr(e.text, "cannot open '"));
    buf_release(&text);
}

CHECK_MAIN(T(lines_come_without_comments_and_white_space), T(words_come_off_the_front),
           T(numbers_are_read_whole_or_not_at_all), T(folders_are_listed_in_one_order))
