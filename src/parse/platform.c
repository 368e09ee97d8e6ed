/* SPDX-License-Identifier: ISC */
/*
 * Matching: a line becomes at most 60 tokens. Every rule is filed under one of its words (or under "date",
 * "verb", "number" where it has none), so that a line is held against those rules only that share a word with
 * it. A rule is then matched over all ways at once: the set of token positions that its first i items can
 * reach is one 64-bit word, so that a match costs items x tokens bit operations and never backtracks.
 */
#include "parse/platform.h"

#include <assert.h>
#include <string.h>

#include "base/mem.h"
#include "parse/platform_rules.h"

enum { NAME_BYTES = 90 };

static uint64_t below(size_t n)
{
    return n >= 64 ? ~(uint64_t)0 : ((uint64_t)1 << n) - 1;
}

/* Number of the lowest bit that is set; set must not be empty. */
static size_t lowest(uint64_t set)
{
    return (size_t)__builtin_ctzll(set);
}

static bool is_count(const struct platform_token *t)
{
    return t->kind == PLATFORM_NUMBER || (t->class & PLATFORM_ONE) != 0;
}

/* Tokens that {n} takes at p: 1, or 3 for "1,234"; 0 where there is no number. */
static size_t count_tokens(const struct platform_line *line, size_t p, size_t to)
{
    const struct platform_token *t = &line->token[p];

    if (p >= to || !is_count(t))
        return 0;
    if (p + 2 < to && t[0].kind == PLATFORM_NUMBER && t[1].kind == PLATFORM_SIGN && t[0].end == t[1].start &&
        t[1].end == t[2].start && strchr(",.'", line->text[t[1].start]) != NULL &&
        t[2].kind == PLATFORM_NUMBER && t[2].end - t[2].start == 3)
        return 3;
    return 1;
}

static bool literal(const struct platform_rules *r, const struct platform_item *item, uint64_t hash)
{
    size_t i;

    for (i = 0; i < item->words; i++)
        if (r->word[item->word + i] == hash)
            return true;
    return false;
}

/* Positions that one of the words of the item leads to. */
static uint64_t step_word(const struct platform_rules *r, const struct platform_item *item,
                          const struct platform_line *line, uint64_t at)
{
    uint64_t next = 0;

    for (; at != 0; at &= at - 1) {
        if (literal(r, item, line->token[lowest(at)].hash))
            next |= (at & -at) << 1;
    }
    return next;
}

/* Positions that a number leads to. */
static uint64_t step_count(const struct platform_item *item, const struct platform_line *line, uint64_t at,
                           size_t to)
{
    uint64_t next = 0;

    for (; at != 0; at &= at - 1) {
        size_t p = lowest(at);
        size_t n = item->digits && line->token[p].kind != PLATFORM_NUMBER ? 0 : count_tokens(line, p, to);

        if (n != 0)
            next |= (uint64_t)1 << (p + n);
    }
    return next;
}

/* Positions that a run of at least least and at most most of the tokens of fit leads to. */
static uint64_t step_run(uint64_t fit, uint64_t at, size_t least, size_t most)
{
    uint64_t next = least == 0 ? at : 0;
    size_t n;

    for (n = 1; n <= most && at != 0; n++) {
        at = (at & fit) << 1;
        if (n >= least)
            next |= at;
    }
    return next;
}

static uint64_t step(const struct platform_rules *r, const struct platform_item *item,
                     const struct platform_line *line, uint64_t at, size_t to)
{
    uint64_t inside = below(to);

    switch (item->kind) {
    case ITEM_WORD:
        return step_word(r, item, line, at & inside);
    case ITEM_DATE:
        return (at & inside & line->kinds[PLATFORM_DATE]) << 1;
    case ITEM_VERB:
        return (at & inside & line->verbs) << 1;
    case ITEM_COUNT:
        return step_count(item, line, at & inside, to);
    case ITEM_NAME:
    case ITEM_PARENT:
        return step_run(inside & ~line->kinds[PLATFORM_DATE], at, 1, PLATFORM_NAME_TOKENS);
    case ITEM_ID:
        return step_run(inside & (line->kinds[PLATFORM_WORD] | line->kinds[PLATFORM_NUMBER]), at, 1,
                        PLATFORM_ID_TOKENS);
    case ITEM_JOINT:
        return step_run(inside & (line->kinds[PLATFORM_SIGN] | line->joints), at, 0, PLATFORM_NAME_TOKENS);
    default: /* anything: every position from the first reached on */
        return at == 0 ? 0 : below(to + 1) & ~below(lowest(at));
    }
}

/* Whether tokens [p, q) are what the item takes. */
static bool takes(const struct platform_rules *r, const struct platform_item *item,
                  const struct platform_line *line, size_t p, size_t q)
{
    return (step(r, item, line, (uint64_t)1 << p, q) >> q & 1) != 0;
}

static struct platform_span span_of(const struct platform_line *line, size_t p, size_t q)
{
    struct platform_span s = {0, 0};

    while (p < q && line->token[q - 1].kind == PLATFORM_SIGN &&
           strchr(")]!?.}\"'*", line->text[line->token[q - 1].start]) == NULL)
        q--;
    while (p < q && line->token[p].kind == PLATFORM_SIGN &&
           strchr("([{\"'@*~", line->text[line->token[p].start]) == NULL)
        p++;
    if (p < q) {
        s.start = line->token[p].start;
        s.end = line->token[q - 1].end;
    }
    return s;
}

static long count_value(const struct platform_line *line, size_t p, size_t q)
{
    long value = 0;
    size_t i;

    if (line->token[p].kind != PLATFORM_NUMBER)
        return 1;
    for (i = line->token[p].start; i < line->token[q - 1].end; i++)
        if (line->text[i] >= '0' && line->text[i] <= '9' && value < 100000000)
            value = value * 10 + (line->text[i] - '0');
    return value;
}

static int date_of(const struct platform_line *line, size_t p)
{
    size_t i;

    for (i = 0; i < line->date_count; i++)
        if (line->date[i].start == line->token[p].start)
            return (int)i;
    return -1;
}

/* Reads the fields off the reached sets, from the end. Where an item may take several runs, a joint takes the
 * longest and all others the shortest that a way to the start exists for. */
static bool read_fields(const struct platform_rules *r, const struct platform_rule *rule,
                        const struct platform_line *line, const uint64_t *reach, size_t from, size_t to,
                        struct platform_match *m)
{
    size_t i = rule->count, q = to;

    m->name = m->parent = (struct platform_span){0, 0};
    m->date = -1;
    m->count = -1;
    m->verb = false;
    while (i-- > 0) {
        const struct platform_item *item = &r->item[rule->item + i];
        size_t p = 0, best = SIZE_MAX;

        for (p = from; p <= q; p++) {
            if ((reach[i] >> p & 1) == 0 || (p == q && item->kind != ITEM_JOINT && item->kind != ITEM_ANY) ||
                !takes(r, item, line, p, q))
                continue;
            best = p;
            if (item->kind == ITEM_JOINT)
                break;
        }
        if (best == SIZE_MAX)
            return false;
        p = best;
        if (item->kind == ITEM_NAME)
            m->name = span_of(line, p, q);
        else if (item->kind == ITEM_PARENT)
            m->parent = span_of(line, p, q);
        else if (item->kind == ITEM_DATE)
            m->date = date_of(line, p);
        else if (item->kind == ITEM_COUNT)
            m->count = count_value(line, p, q);
        else if (item->kind == ITEM_VERB)
            m->verb = true;
        if (item->kind == ITEM_NAME &&
            (m->name.end == m->name.start || m->name.end - m->name.start > NAME_BYTES))
            return false;
        q = p;
    }
    return q == from;
}

static bool match_rule(const struct platform_rules *r, const struct platform_rule *rule,
                       const struct platform_line *line, size_t from, size_t to, struct platform_match *m)
{
    uint64_t reach[PLATFORM_ITEMS + 1];
    size_t i;

    reach[0] = (uint64_t)1 << from;
    for (i = 0; i < rule->count; i++) {
        reach[i + 1] = step(r, &r->item[rule->item + i], line, reach[i], to);
        if (reach[i + 1] == 0)
            return false;
    }
    if ((reach[rule->count] >> to & 1) == 0 || !read_fields(r, rule, line, reach, from, to, m))
        return false;
    m->role = rule->role;
    m->platform = r->platform[rule->platform];
    m->words = rule->fixed;
    return true;
}

/* Tokens that are held against rules, and what tells from afar that a rule cannot match them. */
struct stretch {
    const struct platform_line *line;
    size_t from, to;
    unsigned roles, groups;
    uint64_t all, first, last; /* the bits of all, the first and the last of them */
};

static unsigned groups_of(unsigned roles)
{
    const unsigned header = 1u << PLATFORM_HEADER;
    const unsigned buttons = 1u << PLATFORM_REPLY | 1u << PLATFORM_BUTTON | 1u << PLATFORM_SCORE;

    return ((roles & header) != 0 ? 1u << PLATFORM_HEADERS : 0u) |
           ((roles & buttons) != 0 ? 1u << PLATFORM_BUTTONS : 0u) |
           ((roles & ~(header | buttons)) != 0 ? 1u << PLATFORM_CHROME : 0u);
}

/* Without a branch: nearly all rules are refused, each for a reason of its own. */
static inline bool may_match(const struct platform_filed *f, const struct stretch *s)
{
    size_t n = s->to - s->from;

    return ((f->need & ~s->all) == 0) & ((s->roles & f->role) != 0) & ((f->first & s->first) != 0) &
           ((f->last & s->last) != 0) & (n >= f->least) & (n <= f->most);
}

/* Tries a rule that may match; it is kept where it does and is more exact than what was found. */
static bool try_rule(const struct platform_rules *r, const struct platform_rule *rule, const struct stretch *s,
                     bool found, struct platform_match *best)
{
    struct platform_match m;

    if ((found && rule->fixed <= best->words) || !match_rule(r, rule, s->line, s->from, s->to, &m))
        return found;
    *best = m;
    return true;
}

/* Tries the rules filed under one slot. */
static bool match_slot(const struct platform_rules *r, uint32_t slot, const struct stretch *s, bool found,
                       struct platform_match *best)
{
    unsigned groups = s->groups;

    for (; groups != 0; groups &= groups - 1) {
        const struct platform_files *files = &r->slot[slot].group[__builtin_ctz(groups)];
        const struct platform_filed *f = &r->filed[files->from], *end = f + files->rules;

        if (((files->roles & s->roles) == 0) | ((files->first & s->first) == 0) | ((files->last & s->last) == 0) |
            (files->most < s->to - s->from))
            continue;
        for (; f < end; f++) {
            if (may_match(f, s))
                found = try_rule(r, &r->rule[f->rule], s, found, best);
        }
    }
    return found;
}

static bool match_stretch(const struct platform_rules *r, const struct stretch *s, struct platform_match *out)
{
    const struct platform_line *line = s->line;
    uint64_t rest = 0;
    bool found = false;
    int g;

    for (g = 0; g < PLATFORM_GROUPS; g++)
        rest |= s->groups >> g & 1 ? line->filed[g] : 0;
    for (rest &= below(s->to) & ~below(s->from); rest != 0; rest &= rest - 1)
        found = match_slot(r, line->token[lowest(rest)].slot, s, found, out);
    if ((s->all & PLATFORM_BIT_DATE) != 0 && r->by_date != PLATFORM_UNKNOWN)
        found = match_slot(r, r->by_date, s, found, out);
    if ((s->all & PLATFORM_BIT_VERB) != 0 && r->by_verb != PLATFORM_UNKNOWN)
        found = match_slot(r, r->by_verb, s, found, out);
    if ((s->all & PLATFORM_BIT_COUNT) != 0 && r->by_count != PLATFORM_UNKNOWN)
        found = match_slot(r, r->by_count, s, found, out);
    return found;
}

static bool match_tokens(const struct platform_rules *r, const struct platform_line *line, size_t from,
                         size_t to, unsigned roles, struct platform_match *out)
{
    struct stretch s = {line, from, to, roles, groups_of(roles), 0, 0, 0};
    size_t i;

    if (from >= to)
        return false;
    for (i = from; i < to; i++)
        s.all |= line->token[i].bits;
    s.first = line->token[from].bits;
    s.last = line->token[to - 1].bits;
    return match_stretch(r, &s, out);
}

static void strip_signs(const struct platform_line *line, size_t *from, size_t *to)
{
    while (*from < *to && line->token[*from].kind == PLATFORM_SIGN)
        ++*from;
    while (*to > *from && line->token[*to - 1].kind == PLATFORM_SIGN)
        --*to;
}

bool platform_match(const struct platform_rules *r, const struct platform_line *line, size_t from, size_t to,
                    unsigned roles, struct platform_match *out)
{
    size_t inner_from = from, inner_to = to;
    unsigned header = roles & (1u << PLATFORM_HEADER);
    struct platform_match m;
    bool found = false;

    assert(r->compiled);
    if (line->full)
        return false;
    strip_signs(line, &inner_from, &inner_to);
    if (inner_from == inner_to)
        return false;
    if (header != 0)
        found = match_tokens(r, line, inner_from, to, header, out);
    if (inner_to != to || (roles & ~header) != 0) {
        if (match_tokens(r, line, inner_from, inner_to, inner_to == to ? roles & ~header : roles, &m) &&
            (!found || m.words > out->words)) {
            *out = m;
            found = true;
        }
    }
    return found;
}

/* Length in tokens of the longest button that begins at p; 0 where none does. *none has the bits of tokens that were
 * found to begin none. */
static size_t button_at(const struct platform_rules *r, const struct platform_line *line, size_t p, size_t to,
                        uint64_t *none, struct platform_match *best)
{
    const unsigned roles = 1u << PLATFORM_REPLY | 1u << PLATFORM_BUTTON | 1u << PLATFORM_SCORE;
    struct stretch s = {line, p, p, roles, 1u << PLATFORM_BUTTONS, 0, line->token[p].bits, 0};
    size_t q, longest = 0;

    if (!((line->buttons & ~*none) >> p & 1))
        return 0;
    for (q = p + 1; q <= to && q <= p + 8; q++) {
        struct platform_match m;

        s.last = line->token[q - 1].bits;
        s.all |= s.last;
        s.to = q;
        if (line->token[q - 1].kind == PLATFORM_SIGN || (s.last & r->button_ends) == 0)
            continue;
        if (match_stretch(r, &s, &m)) {
            longest = q - p;
            *best = m;
        }
    }
    if (longest == 0)
        *none |= (uint64_t)1 << p;
    return longest;
}

static void take_button(struct platform_buttons *out, const struct platform_match *m)
{
    out->count++;
    out->reply |= m->role == PLATFORM_REPLY;
    if (m->role == PLATFORM_SCORE && m->count >= 0) {
        out->has_score = true;
        out->score = m->count;
    }
}

/* Buttons and signs from the front of the line; numbers only where a button was seen or follows. */
static void read_front(const struct platform_rules *r, const struct platform_line *line, uint64_t *none,
                       struct platform_buttons *out)
{
    size_t p = 0, to = line->count;

    while (p < to) {
        struct platform_match m;
        size_t n = button_at(r, line, p, to, none, &m);

        if (n > 0) {
            take_button(out, &m);
            p += n;
        } else if (line->token[p].kind == PLATFORM_SIGN || line->token[p].kind == PLATFORM_NUMBER) {
            out->numbers |= line->token[p].kind == PLATFORM_NUMBER;
            p++;
        } else {
            break;
        }
    }
    out->from = p == to || out->count > 0 ? p : 0;
    out->to = to;
}

/* Whether all from token `tail` to the line's end is buttons, signs and numbers, which are then added to b. */
static bool read_tail(const struct platform_rules *r, const struct platform_line *line, size_t tail, uint64_t *none,
                      struct platform_buttons *b)
{
    size_t q = tail, to = line->count;

    while (q < to) {
        struct platform_match m;
        size_t n = button_at(r, line, q, to, none, &m);

        if (n > 0) {
            take_button(b, &m);
            q += n;
        } else if (q > tail && line->token[q].kind != PLATFORM_WORD && line->token[q].kind != PLATFORM_DATE) {
            q++;
        } else {
            return false;
        }
    }
    return true;
}

void platform_read_buttons(const struct platform_rules *r, const struct platform_line *line,
                           struct platform_buttons *out)
{
    size_t to = line->count, tail;
    uint64_t none = 0, begins;

    memset(out, 0, sizeof *out);
    if (line->full) {
        out->to = to;
        return;
    }
    read_front(r, line, &none, out);
    /* the longest tail that begins with a button */
    for (tail = out->from; tail < to; tail++) {
        struct platform_buttons b = *out;

        begins = line->buttons & ~none & below(to) & ~below(tail);
        if (begins == 0)
            return;
        tail = lowest(begins);
        if (line->token[tail].kind == PLATFORM_SIGN && tail > out->from &&
            line->token[tail - 1].kind != PLATFORM_SIGN && tail + 1 < to)
            continue;
        if (read_tail(r, line, tail, &none, &b) && b.count > out->count) {
            *out = b;
            while (tail > out->from && line->token[tail - 1].kind == PLATFORM_SIGN)
                tail--;
            out->to = tail;
            return;
        }
    }
}
