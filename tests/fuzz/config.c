/* SPDX-License-Identifier: ISC */
/*
 * libFuzzer target: any bytes as lines of the configuration, and as the notation of keys. What is refused is refused
 * with a reason; keys that are read are written so that they are read again.
 */
#include "must.h"

#include "base/buf.h"
#include "base/mem.h"
#include "conf/config.h"
#include "conf/key.h"
#include "conf/option.h"
#include "conf/theme.h"

#include <string.h>

struct configured {
    struct options options;
    struct theme theme;
};

static bool take_line(void *ctx, int count, char *const *word, struct err *e)
{
    struct configured *c = ctx;
    enum option changed;

    MUST(count > 0);
    if (strcmp(word[0], "set") == 0)
        return options_set(&c->options, count - 1, word + 1, &changed, e);
    if (strcmp(word[0], "color") == 0)
        return theme_color(&c->theme, count - 1, word + 1, e);
    return err_set(e, ERR_USAGE, "'%s' is no command", word[0]);
}

static void check_lines(char *text)
{
    struct configured c;
    char *line, *rest = text;

    options_init(&c.options);
    theme_init(&c.theme);
    while ((line = strsep(&rest, "\n"))) {
        struct err e = ERR_INIT;

        MUST(config_do(line, take_line, &c, &e) || e.text[0]);
    }
    options_release(&c.options);
}

static void check_key(const char *text)
{
    struct key_sequence keys, again;
    struct buf name;

    if (!key_parse(text, &keys))
        return;
    buf_init(&name);
    key_add_sequence(&name, &keys);
    MUST(key_parse(name.data, &again) && again.count == keys.count);
    MUST(memcmp(again.key, keys.key, (size_t)keys.count * sizeof *keys.key) == 0);
    buf_release(&name);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = mem_strndup((const char *)data, size);

    check_key(text);
    check_lines(text);
    free(text);
    return 0;
}
