/* SPDX-License-Identifier: ISC */
#include "conf/theme.h"

#include "base/path.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const struct {
    const char *name;
    unsigned bit;
} attributes[] = {
    {"bold", STYLE_BOLD},           {"dim", STYLE_DIM},         {"italic", STYLE_ITALIC},
    {"underline", STYLE_UNDERLINE}, {"reverse", STYLE_REVERSE},
};

static const char *const names[8] = {"black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"};

/* The palette that xterm has by default; terminals differ in the first 16, but not by much. */
static const unsigned first_sixteen[16] = {0x000000, 0xcd0000, 0x00cd00, 0xcdcd00, 0x0000ee, 0xcd00cd,
                                           0x00cdcd, 0xe5e5e5, 0x7f7f7f, 0xff0000, 0x00ff00, 0xffff00,
                                           0x5c5cff, 0xff00ff, 0x00ffff, 0xffffff};

void theme_init(struct theme *t)
{
    int s;

    for (s = 0; s < STYLE_COUNT; s++)
        t->look[s] = (struct theme_look){style_info((enum style)s)->attr, THEME_OWN, THEME_OWN};
}

static bool find_attribute(const char *word, unsigned *bit)
{
    size_t i;

    for (i = 0; i < sizeof attributes / sizeof attributes[0]; i++) {
        if (strcmp(attributes[i].name, word) == 0) {
            *bit = attributes[i].bit;
            return true;
        }
    }
    return false;
}

/* Digits alone, of the base, exactly `digits` of them or any number where that is 0. */
static bool read_number(const char *word, int base, size_t digits, long most, int *out)
{
    size_t len = strspn(word, base == 16 ? "0123456789abcdefABCDEF" : "0123456789");
    long value;

    if (len == 0 || word[len] || len > 8 || (digits && len != digits))
        return false;
    value = strtol(word, NULL, base);
    if (value > most)
        return false;
    *out = (int)value;
    return true;
}

static bool find_color(const char *word, int *color)
{
    static const char bright[] = "bright-";
    bool is_bright = strncmp(word, bright, sizeof bright - 1) == 0;
    const char *name = is_bright ? word + sizeof bright - 1 : word;
    int i;

    if (strcmp(word, "default") == 0) {
        *color = THEME_OWN;
        return true;
    }
    for (i = 0; i < 8; i++) {
        if (strcmp(names[i], name) == 0) {
            *color = is_bright ? i + 8 : i;
            return true;
        }
    }
    if (read_number(word + (word[0] == '#'), 16, 6, 0xffffff, color)) {
        *color |= THEME_RGB;
        return true;
    }
    return read_number(word, 10, 0, 255, color);
}

bool theme_color(struct theme *t, int count, char *const *word, struct err *e)
{
    struct theme_look look = {0, THEME_OWN, THEME_OWN};
    bool has_foreground = false, has_background = false;
    enum style style;
    int i;

    if (count < 2)
        return err_set(e, ERR_USAGE, "color needs a style");
    if (!style_find(word[1], &style))
        return err_set(e, ERR_USAGE, "no style '%s'", word[1]);
    for (i = 2; i < count; i++) {
        unsigned bit;

        if (find_attribute(word[i], &bit)) {
            look.attr |= bit;
        } else if (strcmp(word[i], "on") == 0 && i + 1 < count && !has_background) {
            if (!find_color(word[++i], &look.background))
                return err_set(e, ERR_USAGE, "no colour '%s'", word[i]);
            has_background = true;
        } else if (!has_foreground && !has_background && find_color(word[i], &look.foreground)) {
            has_foreground = true;
        } else {
            return err_set(e, ERR_USAGE, "no colour or attribute '%s' here", word[i]);
        }
    }
    t->look[style] = look;
    return true;
}

struct reading {
    struct theme *theme;
    config_fault_fn *fault; /* the caller's */
    void *ctx;
};

static void pass_fault(void *ctx, const char *text)
{
    struct reading *r = ctx;

    r->fault(r->ctx, text);
}

static bool do_line(void *ctx, int count, char *const *word, struct err *e)
{
    struct reading *r = ctx;

    if (strcmp(word[0], "color") != 0)
        return err_set(e, ERR_USAGE, "a theme has color lines only, not '%s'", word[0]);
    return theme_color(r->theme, count, word, e);
}

/* The file of the theme called name, to be freed; NULL where there is none. */
static char *find_file(const char *name)
{
    char *home = path_config_home(), *themes = path_join(home, "themes"), *file = path_join(themes, name);

    free(themes);
    free(home);
    if (access(file, F_OK) == 0)
        return file;
    free(file);
    home = path_program_data("themes");
    file = path_join(home, name);
    free(home);
    if (access(file, F_OK) == 0)
        return file;
    free(file);
    return NULL;
}

bool theme_read(struct theme *t, const char *name, config_fault_fn *fault, void *ctx, struct err *e)
{
    struct reading r = {t, fault, ctx};
    char *file = NULL;

    if (*name && *name != '.' && !strchr(name, '/'))
        file = find_file(name);
    if (!file)
        return err_set(e, ERR_USAGE, "no theme '%s'", name);
    theme_init(t);
    config_read(file, false, do_line, pass_fault, &r);
    free(file);
    return true;
}

/* Red, green and blue of number n of xterm's palette of 256. */
static unsigned palette(int n)
{
    static const unsigned steps[6] = {0, 0x5f, 0x87, 0xaf, 0xd7, 0xff};
    unsigned grey;

    if (n < 16)
        return first_sixteen[n];
    if (n < 232)
        return steps[(n - 16) / 36] << 16 | steps[(n - 16) / 6 % 6] << 8 | steps[(n - 16) % 6];
    grey = 8 + 10 * (unsigned)(n - 232);
    return grey << 16 | grey << 8 | grey;
}

/* How far two colours are apart: squares weighted as the eye takes red, green and blue. */
static int distance(unsigned a, unsigned b)
{
    int red = (int)(a >> 16 & 255) - (int)(b >> 16 & 255), green = (int)(a >> 8 & 255) - (int)(b >> 8 & 255),
        blue = (int)(a & 255) - (int)(b & 255);

    return 3 * red * red + 6 * green * green + blue * blue;
}

int theme_fit(int color, int colors)
{
    int count = colors >= 256 ? 256 : colors >= 16 ? 16 : 8, best = 0, least = INT_MAX, i;
    unsigned rgb;

    if (color == THEME_OWN || colors < 8)
        return THEME_OWN;
    if (color < count)
        return color;
    if (color < 16)
        return color - 8;
    rgb = color & THEME_RGB ? (unsigned)color & 0xffffff : palette(color);
    for (i = count == 256 ? 16 : 0; i < count; i++) {
        int d = distance(palette(i), rgb);

        if (d < least) {
            least = d;
            best = i;
        }
    }
    return best;
}
