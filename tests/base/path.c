/* SPDX-License-Identifier: ISC */
#include "../check.h"
#include "../dice.h"

#include "base/path.h"

#include <sys/stat.h>
#include <unistd.h>

static void expect(char *got, const char *want)
{
    assert_string_equal(got, want);
    free(got);
}

CHECK(joins)
{
    expect(path_join("a", "b"), "a/b");
    expect(path_join("a/", "b"), "a/b");
    expect(path_join("", "b"), "b");
    expect(path_join("a", "/b"), "/b");
    expect(path_join("/", "b"), "/b");
}

CHECK(base)
{
    assert_string_equal(path_base("a/b.txt"), "b.txt");
    assert_string_equal(path_base("b.txt"), "b.txt");
    assert_string_equal(path_base("/"), "/");
    assert_string_equal(path_base(""), "");
    assert_string_equal(path_base("a/"), "a/");
}

CHECK(real)
{
    expect(path_real("/tmp/../tmp/."), "/tmp");
    expect(path_real("/nonexistent/../x"), "/nonexistent/../x");
}

CHECK(places_of_the_user)
{
    setenv("HOME", "/u/ann", 1);
    unsetenv("XDG_CONFIG_HOME");
    setenv("XDG_DATA_HOME", "relative", 1); /* must be ignored */
    setenv("XDG_CACHE_HOME", "/c", 1);
    expect(path_config_home(), "/u/ann/.config/cuttings");
    expect(path_data_home(), "/u/ann/.local/share/cuttings");
    expect(path_cache_home(), "/c/cuttings");
    unsetenv("HOME");
    expect(path_config_home(), "/nonexistent/.config/cuttings");
}

CHECK(program_data)
{
    setenv("CUTTINGS_DATADIR", "/d", 1);
    expect(path_program_data("sample"), "/d/sample");
    setenv("CUTTINGS_DATADIR", "", 1);
    expect(path_program_data("x"), CUTTINGS_DATADIR "/x");
}

CHECK(tells_when_a_file_changed)
{
    struct stat st = {.st_mtim = {.tv_sec = 1598658011, .tv_nsec = 5}};
    struct stat late = {.st_mtim = {.tv_sec = 32503680000}}, later = late; /* the year 3000 */

    later.st_mtim.tv_sec++;
    assert_true(path_changed(&st) == 1598658011000000005);
    assert_true(path_changed(&late) != path_changed(&later));
}

CHECK(makes_folders)
{
    char top[] = "/tmp/cuttings-test-XXXXXX", *deep, *file;
    struct err e = ERR_INIT;
    struct stat st;

    assert_non_null(mkdtemp(top));
    deep = path_join(top, "a/b/c");
    assert_true(path_make_folder(deep, &e));
    assert_true(path_make_folder(deep, &e)); /* there already */
    assert_int_equal(stat(deep, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0700);
    file = path_join(deep, "f");
    fclose(fopen(file, "w"));
    free(deep);
    assert_false(path_make_folder(file, &e)); /* there already, but no folder */
    assert_non_null(strstr(e.text, "File exists"));
    err_clear(&e);
    assert_false(path_make_folder("", &e));
    err_clear(&e);
    deep = path_join(file, "below");
    assert_false(path_make_folder(deep, &e));
    assert_int_equal(e.status, ERR_IO);
    assert_non_null(strstr(e.text, "cannot make folder '"));
    unlink(file);
    free(deep);
    free(file);
    for (deep = path_join(top, "a/b/c"); strlen(deep) >= strlen(top); *strrchr(deep, '/') = '\0')
        assert_int_equal(rmdir(deep), 0);
    free(deep);
}

/* By bytes, not as a locale would: capitals and letters beyond ASCII have their places. */
CHECK(sorts_names)
{
    char b[] = "b", capital[] = "B", longer[] = "ba", beyond[] = "\xC3\xA9", *names[] = {beyond, longer, b, capital};

    path_sort(names, 4);
    assert_ptr_equal(names[0], capital);
    assert_ptr_equal(names[1], b);
    assert_ptr_equal(names[2], longer);
    assert_ptr_equal(names[3], beyond);
    path_sort(NULL, 0);
}

static int by_bytes(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Names that begin alike, differ early or late or not at all, and are of any bytes. */
CHECK(sorts_names_as_bytes_are_compared)
{
    enum { MOST = 200, LONGEST = 24 };
    char text[MOST][LONGEST + 1], *names[MOST], *want[MOST];
    uint64_t seed = 7;
    size_t turn, count, len, i, n;

    for (turn = 0; turn < 300; turn++) {
        const char *few = turn % 2 ? "ab" : "a\x01\x7F\x80\xFF";
        size_t same = dice(&seed, 12);

        count = dice(&seed, MOST + 1);
        for (i = 0; i < count; i++) {
            len = same + dice(&seed, LONGEST + 1 - same);
            for (n = 0; n < len; n++)
                text[i][n] = n < same ? 'x' : few[dice(&seed, strlen(few))];
            text[i][len] = '\0';
            names[i] = want[i] = text[i];
        }
        path_sort(names, count);
        qsort(want, count, sizeof *want, by_bytes);
        for (i = 0; i < count; i++)
            assert_string_equal(names[i], want[i]);
    }
}

CHECK_MAIN(T(joins), T(base), T(real), T(places_of_the_user), T(program_data), T(tells_when_a_file_changed),
           T(makes_folders), T(sorts_names), T(sorts_names_as_bytes_are_compared))
