/* SPDX-License-Identifier: ISC */
#include "../check.h"

#include <math.h>
#include <sys/stat.h>
#include <unistd.h>

#include "conf/theme.h"

static int faults;
static char last[600];

static void note(void *ctx, const char *text)
{
    faults += *(int *)ctx;
    snprintf(last, sizeof last, "%s", text);
}

static bool do_color(void *ctx, int count, char *const *word, struct err *e)
{
    return theme_color(ctx, count, word, e);
}

/* The look that a line gives its style, starting from the default theme. */
static struct theme_look look_of(const char *line, enum style style)
{
    struct theme t;
    struct err e = ERR_INIT;

    theme_init(&t);
    if (!config_do(line, do_color, &t, &e))
        fail_msg("%s: %s", line, e.text);
    return t.look[style];
}

static void refuses(const char *line, const char *why)
{
    struct theme t, before;
    struct err e = ERR_INIT;

    theme_init(&t);
    before = t;
    assert_false(config_do(line, do_color, &t, &e));
    assert_string_equal(e.text, why);
    assert_memory_equal(&t, &before, sizeof t);
}

CHECK(reads_color_lines)
{
    struct theme_look l = look_of("color title bold underline red on 0a0B0c", STYLE_TITLE);

    assert_int_equal(l.attr, STYLE_BOLD | STYLE_UNDERLINE);
    assert_int_equal(l.foreground, 1);
    assert_int_equal(l.background, THEME_RGB | 0x0a0b0c);
    l = look_of("color text bright-cyan", STYLE_TEXT);
    assert_int_equal(l.foreground, 14);
    assert_int_equal(l.background, THEME_OWN);
    l = look_of("color text \"#00ff00\"", STYLE_TEXT);
    assert_int_equal(l.foreground, THEME_RGB | 0x00ff00);
    l = look_of("color text on 255", STYLE_TEXT);
    assert_int_equal(l.foreground, THEME_OWN);
    assert_int_equal(l.background, 255);
    l = look_of("color meta default", STYLE_META);
    assert_int_equal(l.attr, 0);
    assert_int_equal(l.foreground, THEME_OWN);
}

CHECK(refuses_what_is_wrong_and_says_which_word)
{
    refuses("color", "color needs a style");
    refuses("color headline red", "no style 'headline'");
    refuses("color title rouge", "no colour or attribute 'rouge' here");
    refuses("color title 256", "no colour or attribute '256' here");
    refuses("color title 12345", "no colour or attribute '12345' here");
    refuses("color title '##12345'", "no colour or attribute '##12345' here");
    refuses("color title -1", "no colour or attribute '-1' here");
    refuses("color title red blue", "no colour or attribute 'blue' here");
    refuses("color title red on", "no colour or attribute 'on' here");
    refuses("color title on mauve", "no colour 'mauve'");
    refuses("color title on red on blue", "no colour or attribute 'on' here");
}

CHECK(fits_colours_to_the_terminal)
{
    assert_int_equal(theme_fit(THEME_OWN, 256), THEME_OWN);
    assert_int_equal(theme_fit(3, 0), THEME_OWN);
    assert_int_equal(theme_fit(11, 8), 3);
    assert_int_equal(theme_fit(11, 16), 11);
    assert_int_equal(theme_fit(200, 256), 200);
    assert_int_equal(theme_fit(THEME_RGB | 0xff0000, 256), 196);
    assert_int_equal(theme_fit(THEME_RGB | 0x808080, 256), 244);
    assert_int_equal(theme_fit(THEME_RGB | 0xff0000, 16), 9);
    assert_int_equal(theme_fit(196, 16), 9);
    assert_int_equal(theme_fit(THEME_RGB | 0xf00808, 8), 1);
    assert_int_equal(theme_fit(THEME_RGB | 0x000000, 8), 0);
}

CHECK(reads_every_theme_that_is_shipped)
{
    static const char *const names[] = {"contrast", "dark", "default", "light", "plain"};
    size_t i;
    int one = 1;

    for (i = 0; i < sizeof names / sizeof names[0]; i++) {
        struct theme t;
        struct err e = ERR_INIT;

        faults = 0;
        if (!theme_read(&t, names[i], note, &one, &e))
            fail_msg("%s", e.text);
        if (faults)
            fail_msg("%s", last);
    }
}

CHECK(ships_the_defaults_as_a_theme)
{
    struct theme read, made;
    struct err e = ERR_INIT;
    int one = 1, s;

    memset(&made, 0, sizeof made);
    theme_init(&made);
    assert_true(theme_read(&read, "default", note, &one, &e));
    for (s = 0; s < STYLE_COUNT; s++)
        if (memcmp(&read.look[s], &made.look[s], sizeof made.look[s]) != 0)
            fail_msg("themes/default differs at %s", style_info((enum style)s)->name);
}

/* Relative luminance of one of the first eight colours at full strength (WCAG 2.1). */
static double luminance(int color)
{
    double red = color & 1, green = color >> 1 & 1, blue = color >> 2 & 1;

    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

CHECK(keeps_the_contrast_theme_in_contrast)
{
    struct theme t;
    struct err e = ERR_INIT;
    int one = 1, s;

    assert_true(theme_read(&t, "contrast", note, &one, &e));
    for (s = 0; s < STYLE_COUNT; s++) {
        double front, back;

        assert_false(t.look[s].attr & STYLE_DIM);
        assert_in_range(t.look[s].foreground, 0, 15);
        assert_in_range(t.look[s].background, 0, 15);
        front = luminance(t.look[s].foreground % 8);
        back = luminance(t.look[s].background % 8);
        if ((fmax(front, back) + 0.05) / (fmin(front, back) + 0.05) < 7)
            fail_msg("%s is hard to read", style_info((enum style)s)->name);
    }
}

CHECK(prefers_the_readers_own_theme_and_reports_its_faults)
{
    char folder[] = "/tmp/cuttings-theme-XXXXXX", path[128];
    struct theme t;
    struct err e = ERR_INIT;
    int one = 1;
    FILE *f;

    assert_non_null(mkdtemp(folder));
    setenv("XDG_CONFIG_HOME", folder, 1);
    snprintf(path, sizeof path, "%s/cuttings", folder);
    assert_int_equal(mkdir(path, 0700), 0);
    snprintf(path, sizeof path, "%s/cuttings/themes", folder);
    assert_int_equal(mkdir(path, 0700), 0);
    snprintf(path, sizeof path, "%s/cuttings/themes/dark", folder);
    f = fopen(path, "w");
    assert_non_null(f);
    fputs("color title green\ncolour text red\ncolor meta blue\n", f);
    fclose(f);
    faults = 0;
    assert_true(theme_read(&t, "dark", note, &one, &e));
    assert_int_equal(t.look[STYLE_TITLE].foreground, 2);
    assert_int_equal(t.look[STYLE_META].foreground, 4);
    assert_int_equal(faults, 1);
    assert_non_null(strstr(last, "dark:2: a theme has color lines only, not 'colour'"));
    assert_int_equal(unlink(path), 0);
    snprintf(path, sizeof path, "%s/cuttings/themes", folder);
    assert_int_equal(rmdir(path), 0);
    snprintf(path, sizeof path, "%s/cuttings", folder);
    assert_int_equal(rmdir(path), 0);
    assert_int_equal(rmdir(folder), 0);
}

CHECK(knows_no_theme_outside_its_folders)
{
    struct theme t;
    struct err e = ERR_INIT;
    int one = 1;

    assert_false(theme_read(&t, "../phrases", note, &one, &e));
    assert_string_equal(e.text, "no theme '../phrases'");
    err_clear(&e);
    assert_false(theme_read(&t, "", note, &one, &e));
    err_clear(&e);
    assert_false(theme_read(&t, "no-such", note, &one, &e));
    assert_string_equal(e.text, "no theme 'no-such'");
}

CHECK_MAIN(T(reads_color_lines), T(refuses_what_is_wrong_and_says_which_word), T(fits_colours_to_the_terminal),
           T(reads_every_theme_that_is_shipped), T(ships_the_defaults_as_a_theme),
           T(keeps_the_contrast_theme_in_contrast), T(prefers_the_readers_own_theme_and_reports_its_faults),
           T(knows_no_theme_outside_its_folders))
