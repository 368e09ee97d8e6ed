/* SPDX-License-Identifier: ISC */
#include "ui/sites.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/unicode.h"

void sites_release(struct site_options *s)
{
    for (size_t i = 0; i < s->count; i++)
        free(s->setting[i].site);
    free(s->setting);
    memset(s, 0, sizeof *s);
}

/* Names are compared as words are searched for: without regard to case and accents. */
static char *folded(const char *name)
{
    struct buf b;

    buf_init(&b);
    unicode_fold(name, strlen(name), &b);
    return buf_steal(&b);
}

bool sites_takes(enum option o)
{
    return o == SET_MEASURE || o == SET_HYPHENATE || o == SET_JUSTIFY || o == SET_LINKS;
}

bool sites_line(struct ui *u, int count, char *const *word, struct err *e)
{
    struct site_options *s = &u->site_options;
    char first[] = "set", *const set[] = {first, count > 2 ? word[2] : NULL, count > 3 ? word[3] : NULL};
    struct options as;
    enum option o;
    bool good;

    if (count != 3 && count != 4)
        return err_set(e, ERR_USAGE, "'site' wants a name and an option with its value");
    options_init(&as);
    good = options_set(&as, count - 1, set, &o, e) &&
           (sites_takes(o) ||
            err_set(e, ERR_USAGE, "'site' sets measure, hyphenate, justify and links, not '%s'", word[2]));
    if (good) {
        mem_grow(&s->setting, &s->cap, s->count + 1, sizeof s->setting[0]);
        s->setting[s->count++] = (struct site_setting){folded(word[1]), o, as.number[o]};
    }
    options_release(&as);
    if (good && u->screen && u->reader.id) {
        sites_apply(u, u->reader.article.site);
        reader_again(&u->reader);
    }
    return good;
}

void sites_apply(struct ui *u, const char *site)
{
    int number[SET_COUNT];
    char *name = site ? folded(site) : NULL;

    memcpy(number, u->set.number, sizeof number);
    for (size_t i = 0; name && i < u->site_options.count; i++)
        if (strcmp(u->site_options.setting[i].site, name) == 0)
            number[u->site_options.setting[i].option] = u->site_options.setting[i].number;
    free(name);
    u->reader.measure = number[SET_MEASURE];
    u->reader.hyphenate = number[SET_HYPHENATE] != 0;
    u->reader.link_numbers = number[SET_LINKS] != 0;
    u->reader.justify = number[SET_JUSTIFY] != 0;
}
