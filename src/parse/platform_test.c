/* SPDX-License-Identifier: ISC */
/* The tests in rule files, held against the rules. */
#include "parse/platform_rules.h"

#include <string.h>

/* What rules say of the line; false where no rule matches it. */
static bool role_of(const struct platform_rules *r, const char *text, enum platform_role *role)
{
    const unsigned buttons = 1u << PLATFORM_REPLY | 1u << PLATFORM_BUTTON | 1u << PLATFORM_SCORE;
    struct platform_line line;
    struct platform_buttons b;
    struct platform_match m;

    platform_read_line(r, text, strlen(text), &line);
    platform_read_buttons(r, &line, &b);
    if (b.from == b.to && b.count > 0) {
        *role = b.reply ? PLATFORM_REPLY : b.has_score ? PLATFORM_SCORE : PLATFORM_BUTTON;
        return true;
    }
    if (!platform_match(r, &line, 0, line.count, ((1u << PLATFORM_ROLES) - 1) & ~buttons, &m))
        return false;
    *role = m.role;
    return true;
}

bool platform_check(const struct platform_rules *r, struct err *e)
{
    size_t i;

    for (i = 0; i < r->tests; i++) {
        const struct platform_test *t = &r->test[i];
        enum platform_role role = PLATFORM_ROLES;
        bool found = role_of(r, t->text, &role);

        if (found != t->any || (found && role != t->role))
            return err_set(e, ERR_USAGE, "%s: this line is for %s: '%s'", t->place,
                           found ? platform_role_name(role) : "no rule", t->text);
    }
    return true;
}

size_t platform_tests(const struct platform_rules *r)
{
    return r->tests;
}
