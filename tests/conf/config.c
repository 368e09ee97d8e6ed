/* SPDX-License-Identifier: ISC */
#include "../check.h"

#include "base/buf.h"
#include "conf/config.h"

#include <sys/stat.h>
#include <unistd.h>

struct seen {
    struct buf lines, faults;
};

static bool take(void *ctx, int count, char *const *word, struct err *e)
{
    struct seen *s = ctx;
    int i;

    if (strcmp(word[0], "bad") == 0)
        return err_set(e, ERR_USAGE, "no command 'bad'");
    for (i = 0; i < count; i++)
        buf_add_fmt(&s->lines, "[%s]", word[i]);
    buf_add_char(&s->lines, '\n');
    return true;
}

static void fault(void *ctx, const char *text)
{
    struct seen *s = ctx;

    buf_add_fmt(&s->faults, "%s\n", text);
}

static char folder[] = "/tmp/cuttings-config-XXXXXX";

static void put(const char *name, const char *text)
{
    FILE *f = fopen(name, "w");

    assert_non_null(f);
    fputs(text, f);
    fclose(f);
}

static int enter(void **state)
{
    (void)state;
    return mkdtemp(folder) && chdir(folder) == 0 ? 0 : -1;
}

static int leave(void **state)
{
    (void)state;
    unlink("config");
    unlink("other");
    return chdir("/") == 0 && rmdir(folder) == 0 ? 0 : -1;
}

static void reads(const char *config, const char *lines, const char *faults)
{
    struct seen s;
    int count, i = 0;
    const char *at;

    buf_init(&s.lines);
    buf_init(&s.faults);
    put("config", config);
    count = config_read("config", false, take, fault, &s);
    assert_string_equal(s.lines.data, lines);
    assert_string_equal(s.faults.data, faults);
    for (at = s.faults.data; (at = strchr(at, '\n')); at++)
        i++;
    assert_int_equal(count, i);
    buf_release(&s.lines);
    buf_release(&s.faults);
}

CHECK(splits_words_and_quotes)
{
    reads("# all of it\n\nset measure 66\r\n  color title bold \"light red\" # warm\n"
          "filter 'new ones' \"a \\\"b\\\" \\\\\"\n",
          "[set][measure][66]\n[color][title][bold][light red]\n[filter][new ones][a \"b\" \\]\n", "");
}

CHECK(joins_lines_and_keeps_their_numbers)
{
    reads("bind \\\nlist \\\n j\nbad\n", "[bind][list][j]\n", "config:4: no command 'bad'\n");
    reads("set a \\", "[set][a]\n", "");
}

CHECK(goes_on_after_a_bad_line)
{
    reads("bad\nset x \"open\nset y\n", "[set][y]\n",
          "config:1: no command 'bad'\nconfig:2: a quote is not closed\n");
}

CHECK(sources_other_files)
{
    put("other", "bind x\nbad\n");
    reads("set a\nsource other\nset b\nsource\n", "[set][a]\n[bind][x]\n[set][b]\n",
          "other:2: no command 'bad'\nconfig:4: source takes one file\n");
}

CHECK(notices_files_that_source_themselves)
{
    struct seen s;

    buf_init(&s.lines);
    buf_init(&s.faults);
    put("config", "source config\nset a\n");
    assert_int_equal(config_read("config", false, take, fault, &s), 1);
    assert_string_equal(s.faults.data, "config:1: more than 8 files source one another\n");
    buf_release(&s.lines);
    buf_release(&s.faults);
}

CHECK(says_when_a_file_is_not_there)
{
    struct seen s;

    buf_init(&s.lines);
    buf_init(&s.faults);
    assert_int_equal(config_read("nowhere", true, take, fault, &s), 0);
    assert_int_equal(config_read("nowhere", false, take, fault, &s), 1);
    assert_string_equal(s.faults.data, "cannot read 'nowhere': No such file or directory\n");
    buf_release(&s.lines);
    buf_release(&s.faults);
}

CHECK(does_one_line)
{
    struct err e = ERR_INIT;
    struct seen s;

    buf_init(&s.lines);
    assert_true(config_do("set measure 60", take, &s, &e));
    assert_true(config_do("  # nothing", take, &s, &e));
    assert_string_equal(s.lines.data, "[set][measure][60]\n");
    assert_false(config_do("bad", take, &s, &e));
    assert_string_equal(e.text, "no command 'bad'");
    buf_release(&s.lines);
}

CHECK(finds_its_place)
{
    char *path;

    setenv("CUTTINGS_CONFIG", "/x/y", 1);
    path = config_path();
    assert_string_equal(path, "/x/y");
    free(path);
    unsetenv("CUTTINGS_CONFIG");
    setenv("XDG_CONFIG_HOME", "/z", 1);
    path = config_path();
    assert_string_equal(path, "/z/cuttings/config");
    free(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(splits_words_and_quotes),
        T(joins_lines_and_keeps_their_numbers),
        T(goes_on_after_a_bad_line),
        T(sources_other_files),
        T(notices_files_that_source_themselves),
        T(says_when_a_file_is_not_there),
        T(does_one_line),
        T(finds_its_place),
    };

    return cmocka_run_group_tests(tests, enter, leave);
}
