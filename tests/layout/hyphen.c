/* SPDX-License-Identifier: ISC */
#include "../check.h"

#include "base/buf.h"
#include "layout/hyphen.h"

#include <sys/stat.h>
#include <unistd.h>

/* A directory with patterns of our own: a few, in two character sets. */
static char directory[] = "/tmp/cuttings-hyphen-XXXXXX";

static void write_file(const char *name, const char *text)
{
    char path[64];
    FILE *f;

    snprintf(path, sizeof path, "%s/%s", directory, name);
    f = fopen(path, "w");
    assert_non_null(f);
    fputs(text, f);
    fclose(f);
}

static void divides(struct hyphen *h, const char *word, const char *out)
{
    size_t points[HYPHEN_POINTS], count = hyphen_word(h, word, strlen(word), points), i, at = 0;
    struct buf b;

    buf_init(&b);
    for (i = 0; i < count; i++) {
        buf_add(&b, word + at, points[i] - at);
        buf_add_char(&b, '-');
        at = points[i];
    }
    buf_add_str(&b, word + at);
    assert_string_equal(b.data, out);
    buf_release(&b);
}

CHECK(divides_words_by_patterns)
{
    struct hyphen *h = hyphen_open("qx", directory);

#ifndef HAVE_LIBHYPHEN
    assert_null(h);
    skip();
#endif
    assert_non_null(h);
    divides(h, "newspaper", "news-paper");
    divides(h, "NEWSPAPER", "NEWS-PAPER");
    divides(h, "ёлочка", "ёлоч-ка");
    divides(h, "news", "news");
    divides(h, "newspaper1", "newspaper1");
    divides(h, "schiffahrt", "schiffahrt");
    divides(h, "", "");
    hyphen_free(&h);
    assert_null(h);
    hyphen_free(&h);
}

CHECK(finds_the_nearest_patterns)
{
    struct hyphen *h;

#ifndef HAVE_LIBHYPHEN
    skip();
#endif
    h = hyphen_open("qx_YY", directory);
    assert_non_null(h);
    divides(h, "newspaper", "news-paper");
    hyphen_free(&h);
    h = hyphen_open("qz", directory);
    assert_non_null(h);
    divides(h, "n\xC3\xA9wspaper", "n\xC3\xA9ws-paper");
    divides(h, "ёлочкаws", "ёлочкаws");
    hyphen_free(&h);
    assert_null(hyphen_open("zz", directory));
    assert_null(hyphen_open("qy", directory));
    assert_null(hyphen_open("", directory));
    assert_null(hyphen_open("qx", "/no/such/directory"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {T(divides_words_by_patterns), T(finds_the_nearest_patterns)};
    static const char *files[] = {"hyph_qx.dic", "hyph_qz_BB.dic", "hyph_qz_AA.dic", "hyph_qy.dic"};
    char path[64];
    int failed;
    size_t i;

    if (!mkdtemp(directory))
        return 1;
    write_file(files[0], "UTF-8\nLEFTHYPHENMIN 2\nRIGHTHYPHENMIN 2\ns1p\nч1к\nf1f/ff=f,1,2\n");
    write_file(files[1], "UTF-8\nw1s\n");
    write_file(files[2], "ISO8859-1\nLEFTHYPHENMIN 2\nRIGHTHYPHENMIN 2\n\xE9"
                         "ws1p\n");
    write_file(files[3], "KOI8-R\na1b\n");
    failed = cmocka_run_group_tests_name(__FILE__, tests, NULL, NULL);
    for (i = 0; i < sizeof files / sizeof files[0]; i++) {
        snprintf(path, sizeof path, "%s/%s", directory, files[i]);
        unlink(path);
    }
    rmdir(directory);
    return failed;
}
