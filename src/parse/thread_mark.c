/* SPDX-License-Identifier: ISC */
/* What each line of a page would be in a thread, seen alone. */
#include "parse/thread_page.h"

#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "parse/features.h"

enum { MARKED_BYTES = 360, NAME_MOST = 60 };

static bool ends_with(const char *s, size_t len, const char *marks)
{
    return len > 0 && (unsigned char)s[len - 1] < 0x80 && strchr(marks, s[len - 1]) != NULL;
}

static bool has_url(const char *s, size_t len)
{
    size_t i;

    for (i = 0; i + 3 < len; i++)
        if ((s[i] == ':' && s[i + 1] == '/' && s[i + 2] == '/') || memcmp(s + i, "www.", 4) == 0)
            return true;
    return false;
}

int parse_thread_name_shape(const struct lines *l, size_t i)
{
    const struct lines_line *n = &l->line[i];
    const char *s = l->text + n->start;
    size_t len = n->end - n->start;
    int score = 4;

    if (n->chars > NAME_MOST || n->words == 0 || n->words > 8)
        return -10;
    if (has_url(s, len))
        return memcmp(s, "http", 4) == 0 && n->words == 2 ? 6 : -6;
    if (n->words <= 3)
        score += 2;
    else
        score -= (int)n->words - 3;
    if (n->capital == n->words)
        score += 2;
    else if (n->words > 1 && n->capital == 0)
        score -= 3;
    if (n->words >= 4 && n->capital + 2 < n->words)
        score -= 3;
    if (ends_with(s, len, "!?:;,"))
        score -= 7;
    else if (ends_with(s, len, "."))
        score -=
            n->words <= 3 && len > 2 && s[len - 2] != '.' && (n->words == 1 || s[len - 3] == ' ') ? 1 : 6;
    if (n->count[LINES_COMMA] > 0)
        score -= 2;
    if (n->count[LINES_QUOTE] > 1)
        score -= 3;
    if (n->count[LINES_UPPER] + n->count[LINES_LOWER] + n->count[LINES_LETTER] == 0)
        score -= n->count[LINES_DIGIT] == n->chars ? 3 : 8;
    if (n->count[LINES_BAR] > 0)
        score -= 2;
    if (s[0] == '@' || s[0] == '#' || s[0] == '>')
        score -= 2;
    return score;
}

static bool is_prose(const struct lines_line *n)
{
    if (n->wide > 8)
        return true;
    return n->words >= 12 || (n->words >= 4 && n->count[LINES_STOP] > 0) || n->chars >= 70;
}

static uint32_t keep_date(struct parse_thread *t, const struct lines_line *n, const struct dates_found *d)
{
    mem_grow(&t->dates, &t->date_cap, t->date_count + 1, sizeof *t->dates);
    t->dates[t->date_count] = *d;
    t->dates[t->date_count].start += n->start;
    t->dates[t->date_count].end += n->start;
    return (uint32_t)t->date_count++;
}

/* The date of the line that says most: a whole date before a relative one before a time. */
static int best_date(const struct platform_line *line)
{
    int best = -1;
    size_t i;

    for (i = 0; i < line->date_count; i++) {
        const struct dates_found *d = &line->date[i];
        const struct dates_found *b = best >= 0 ? &line->date[best] : NULL;

        if (b == NULL || (b->year == 0 && d->year != 0) || (b->time_only && !d->time_only))
            best = (int)i;
    }
    return best;
}

/* Whether tokens [from, to) are dates, signs and words that join, with a date among them. */
static bool only_date(const struct platform_line *line, size_t from, size_t to)
{
    size_t i, words = 0;
    bool date = false;

    for (i = from; i < to; i++) {
        const struct platform_token *k = &line->token[i];

        if (k->kind == PLATFORM_DATE)
            date = true;
        else if (k->kind == PLATFORM_WORD && (k->class & PLATFORM_JOINT) != 0 && words < 3)
            words++;
        else if (k->kind == PLATFORM_NUMBER && i > from && line->token[i - 1].kind == PLATFORM_SIGN &&
                 line->text[line->token[i - 1].start] == '#')
            continue;
        else if (k->kind != PLATFORM_SIGN)
            return false;
    }
    return date;
}

static bool only_number(const struct platform_line *line, long *value)
{
    size_t i, numbers = 0;

    for (i = 0; i < line->count; i++) {
        if (line->token[i].kind == PLATFORM_NUMBER) {
            size_t b;

            numbers++;
            for (*value = 0, b = line->token[i].start; b < line->token[i].end && *value < 100000000; b++)
                if (line->text[b] >= '0' && line->text[b] <= '9')
                    *value = *value * 10 + (line->text[b] - '0');
            if (i > 0 && line->text[line->token[i - 1].start] == '-')
                *value = -*value;
        } else if (line->token[i].kind != PLATFORM_SIGN) {
            return false;
        }
    }
    return numbers == 1;
}

static enum mark_kind kind_of(enum platform_role role)
{
    switch (role) {
    case PLATFORM_HEADING:
        return MARK_HEADING;
    case PLATFORM_EMPTY:
        return MARK_EMPTY;
    case PLATFORM_FORM:
        return MARK_FORM;
    case PLATFORM_FIELD:
        return MARK_FIELD;
    case PLATFORM_CLOSED:
        return MARK_CLOSED;
    case PLATFORM_OTHER:
        return MARK_OTHER;
    case PLATFORM_NAV:
        return MARK_NAV;
    case PLATFORM_HEADER:
        return MARK_HEADER;
    case PLATFORM_ANSWER:
        return MARK_ANSWER;
    case PLATFORM_NEST:
        return MARK_NEST;
    case PLATFORM_BADGE:
        return MARK_BADGE;
    case PLATFORM_PINGBACK:
        return MARK_PINGBACK;
    case PLATFORM_REMOVED:
        return MARK_REMOVED;
    case PLATFORM_REPLY:
    case PLATFORM_BUTTON:
    case PLATFORM_SCORE:
        return MARK_BUTTONS;
    default:
        return MARK_CONTROL;
    }
}

static struct platform_span moved(struct platform_span s, const struct lines_line *n)
{
    if (s.end > s.start) {
        s.start += n->start;
        s.end += n->start;
    }
    return s;
}

/* Over the full stop behind "Anna W." and "Bert jun.", which a rule takes for a sign behind the name. */
static size_t over_stop(const struct platform_line *line, struct platform_span name)
{
    static const char *const ends[] = {"jun", "sen", "jr", "sr", "Jr", "Sr"};
    size_t word = name.end, len, i;

    if (name.end == name.start || name.end >= line->len || line->text[name.end] != '.')
        return name.end;
    while (word > name.start && line->text[word - 1] != ' ')
        word--;
    len = name.end - word;
    if (word > name.start && len == 1 && line->text[word] >= 'A' && line->text[word] <= 'Z')
        return name.end + 1;
    for (i = 0; i < sizeof ends / sizeof ends[0]; i++)
        if (word > name.start && len == strlen(ends[i]) && memcmp(line->text + word, ends[i], len) == 0)
            return name.end + 1;
    return name.end;
}

static void take_match(struct parse_thread *t, const struct lines_line *n, const struct platform_line *line,
                       const struct platform_match *m, struct mark *out)
{
    int date = m->date >= 0 ? m->date : m->role == PLATFORM_HEADER ? best_date(line) : -1;

    out->kind = (uint8_t)kind_of(m->role);
    out->words = (uint8_t)(m->words > 250 ? 250 : m->words);
    out->verb = m->verb;
    out->count = m->count;
    out->author = moved((struct platform_span){m->name.start, over_stop(line, m->name)}, n);
    out->parent = moved(m->parent, n);
    if (date < 0)
        return;
    if (line->date_count > 1 && best_date(line) >= 0 && m->role == PLATFORM_HEADER)
        date = best_date(line);
    out->date_first = line->date[date].start < m->name.start;
    out->date = keep_date(t, n, &line->date[date]);
}

/* A header without a word of speech is a guess: what must not stand in it. */
static bool header_holds(const struct platform_line *line, const struct platform_match *m)
{
    size_t len = m->name.end - m->name.start, i, words = 0, small = 0;
    const char *s = line->text + m->name.start;

    if (m->role != PLATFORM_HEADER)
        return true;
    /* "And then, as nobody spoke, the mayor said:" is of a story */
    if (m->verb && m->date < 0)
        return len <= 50 && memchr(s, ',', len) == NULL && memchr(s, '"', len) == NULL;
    if (m->verb || m->words >= 5)
        return true;
    if (line->token[0].kind == PLATFORM_SIGN && line->text[line->token[0].start] != '@' &&
        line->text[line->token[0].start] != '#' && line->text[line->token[0].start] != '(' &&
        line->text[line->token[0].start] != '[' && (m->date < 0 || line->date[m->date].year == 0))
        return false; /* a dash before it: whose words were quoted */
    if (m->date >= 0 && line->date[m->date].time_only && m->words < 4)
        return false;
    if (len > 50 || ends_with(s, len, "!?;:") || ends_with(line->text, line->len, "!?"))
        return false;
    for (i = 0; i < line->count; i++) {
        const struct platform_token *k = &line->token[i];

        if (k->start < m->name.start || k->end > m->name.end || k->kind != PLATFORM_WORD)
            continue;
        words++;
        small += line->text[k->start] >= 'a' && line->text[k->start] <= 'z' && k->end - k->start > 1;
    }
    return words <= 7 && (words <= 2 || small * 2 <= words);
}

/* "Jonas B.": the stop is the name's. */
static bool ends_in_initial(const char *s, size_t len)
{
    return len > 3 && s[len - 1] == '.' && s[len - 2] >= 'A' && s[len - 2] <= 'Z' &&
           (s[len - 3] == ' ' || s[len - 3] == '.');
}

/* "http://example.com/ Anna": how a list for readers without scripts gives the author and his page. */
static bool url_name(const struct lines_line *n, const char *text, struct mark *out)
{
    const char *s = text + n->start, *blank;
    size_t len = n->end - n->start;

    if (len < 12 || memcmp(s, "http", 4) != 0 || n->words < 2 || n->words > 6)
        return false;
    blank = memchr(s, ' ', len);
    if (blank == NULL || has_url(blank + 1, len - (size_t)(blank + 1 - s)) ||
        (ends_with(s, len, ".!?:;,") && !ends_in_initial(s, len)))
        return false;
    out->kind = MARK_HEADER;
    out->words = 4;
    out->author = (struct platform_span){n->start + (size_t)(blank + 1 - s), n->end};
    return true;
}

/* Names that end in a word of speech without a blank between: "Lenasagt:". */
static bool glued_verb(const struct lines_line *n, const char *text, struct mark *out)
{
    static const struct {
        const char *text;
        size_t len;
    } verbs[] = {
#define VERB(text) {text, sizeof text - 1}
        VERB("says:"), VERB("said:"), VERB("sagt:"), VERB("sagte:"), VERB("schreibt:"), VERB("dice:"), VERB("dit:"),
        VERB("zegt:"), VERB("より:"), VERB("より："), VERB("说道："), VERB("說道："), VERB("说："), VERB("說："),
#undef VERB
    };
    const char *s = text + n->start;
    size_t len = n->end - n->start, i;

    for (i = 0; i < sizeof verbs / sizeof verbs[0] && len <= NAME_MOST; i++) {
        size_t v = verbs[i].len;

        if (len <= v || s[len - 1] != verbs[i].text[v - 1] || memcmp(s + len - v, verbs[i].text, v) != 0 ||
            s[len - v - 1] == ' ')
            continue;
        out->kind = MARK_HEADER;
        out->verb = true;
        out->words = 4;
        out->author = (struct platform_span){n->start, n->end - v};
        return true;
    }
    return false;
}

bool parse_thread_talk_words(const struct platform_line *line)
{
    size_t k;

    for (k = 0; k < line->count; k++)
        if ((line->token[k].class & PLATFORM_PERSON) != 0 ||
            (k == 0 && (line->token[k].class & PLATFORM_GREET) != 0))
            return true;
    return false;
}

/* Takes line i apart, with the date that is known of it. */
static void read_line(struct parse_thread *t, size_t i, struct platform_line *line)
{
    const struct lines_line *n = &t->lines->line[i];
    const struct features_line *x = t->features ? &t->features->line[i] : NULL;
    const char *s = t->lines->text + n->start;
    size_t len = n->end - n->start;
    struct platform_known known = {t->lines->word + n->first_word, n->word_count, false, NULL};

    if (x != NULL && x->date_sought) {
        known.dated = true;
        known.first = x->has_date ? &x->date : NULL;
    }
    platform_read_known(t->rules, s, len, &known, line);
    if (len <= THREAD_TALK_BYTES)
        t->talk[i] = parse_thread_talk_words(line) ? TALK_YES : TALK_NO_WORD;
}

/* "Best wishes", "Hello": how a text begins or ends, and no name. */
static bool takes_leave(const struct platform_line *line)
{
    size_t i;

    if (line->token[0].class & PLATFORM_GREET)
        return line->count <= 2;
    for (i = 0; i < line->count && i < 5; i++)
        if (line->token[i].class & PLATFORM_BYE)
            return true;
    return false;
}

static void mark_words(struct parse_thread *t, const struct lines_line *n, const struct platform_line *line,
                       struct mark *out)
{
    const unsigned chrome = 1u << PLATFORM_HEADING | 1u << PLATFORM_EMPTY | 1u << PLATFORM_FORM |
                            1u << PLATFORM_FIELD | 1u << PLATFORM_CLOSED | 1u << PLATFORM_OTHER |
                            1u << PLATFORM_CONTROL | 1u << PLATFORM_NAV | 1u << PLATFORM_ANSWER |
                            1u << PLATFORM_NEST | 1u << PLATFORM_BADGE | 1u << PLATFORM_PINGBACK |
                            1u << PLATFORM_REMOVED;
    struct platform_buttons b;
    struct platform_match m, h;
    bool other;

    platform_read_buttons(t->rules, line, &b);
    out->reply = b.reply;
    out->has_score = b.has_score;
    out->score = b.score;
    other = platform_match(t->rules, line, 0, line->count, chrome, &m);
    if (b.from == b.to && b.count > 0 && !(other && m.words > 4 && b.count < 2)) {
        out->kind = MARK_BUTTONS;
        /* "Reply to Anna" is a button below Anna's text, and above another it says whom that one answers */
        if (other && m.role == PLATFORM_ANSWER && b.count == 1)
            out->parent = moved(m.parent, n);
        return;
    }
    if (b.has_score && b.from == 0 && b.to > 0 && b.to <= 5 &&
        platform_match(t->rules, line, 0, line->count, 1u << PLATFORM_HEADER, &h)) {
        take_match(t, n, line, &h, out);
        return;
    }
    if (only_date(line, b.from, b.to)) {
        out->kind = MARK_DATE;
        out->date = keep_date(t, n, &line->date[best_date(line)]);
        return;
    }
    if (platform_match(t->rules, line, b.from, b.to, 1u << PLATFORM_HEADER, &h) &&
        (!other || h.words > m.words)) {
        bool weak = !header_holds(line, &h);

        if (!weak || (!other && n->words <= 14)) {
            take_match(t, n, line, &h, out);
            out->weak = weak;
            return;
        }
    }
    if (other) {
        out->reply = false;
        take_match(t, n, line, &m, out);
        return;
    }
    if (b.count > 0 && out->prose)
        out->reply = false;
    if (url_name(n, t->lines->text, out))
        return;
    if (glued_verb(n, t->lines->text, out))
        return;
    if (n->words > 12)
        out->reply = false;
}

static void mark_line(struct parse_thread *t, size_t i, struct platform_line *line)
{
    const struct lines_line *n = &t->lines->line[i];
    struct mark *out = &t->mark[i];
    long value = 0;

    memset(out, 0, sizeof *out);
    out->date = THREAD_NO_DATE;
    out->count = -1;
    out->name = (int8_t)parse_thread_name_shape(t->lines, i);
    out->prose = is_prose(n);
    if (n->end - n->start > MARKED_BYTES)
        return;
    read_line(t, i, line);
    if (line->full || line->count == 0)
        return;
    if (only_number(line, &value)) {
        out->kind = MARK_NUMBER;
        out->count = value;
        return;
    }
    out->leave = n->words <= 5 && takes_leave(line);
    if (out->name > 0 && out->leave)
        out->name = -5;
    mark_words(t, n, line, out);
}

/* A field's word stands for itself only in a form: where a form's line or two other fields are near. */
static void settle_fields(struct parse_thread *t)
{
    size_t i, last_form = SIZE_MAX, last_field = SIZE_MAX;

    for (i = 0; i < t->marks; i++) {
        struct mark *m = &t->mark[i];

        if (m->kind == MARK_FORM) {
            last_form = i;
        } else if (m->kind == MARK_FIELD) {
            bool near =
                (last_form != SIZE_MAX && i - last_form <= 6) ||
                (last_field != SIZE_MAX && i - last_field <= 2) ||
                (i + 1 < t->marks && (t->mark[i + 1].kind == MARK_FIELD || t->mark[i + 1].kind == MARK_FORM));

            last_field = i;
            if (near && last_form != SIZE_MAX && i - last_form <= 6)
                last_form = i;
            if (!near && (m->prose || t->lines->line[i].words > 3)) {
                m->kind = MARK_TEXT;
                m->date = THREAD_NO_DATE;
            }
        }
    }
}

/* "Comments" among the fields of a form is one of them. */
static void settle_headings(struct parse_thread *t)
{
    size_t i;

    for (i = 0; i < t->marks; i++) {
        struct mark *m = &t->mark[i];
        const struct lines_line *n = &t->lines->line[i];
        bool before = i > 0 && (t->mark[i - 1].kind == MARK_FORM || t->mark[i - 1].kind == MARK_FIELD);
        bool behind = i + 1 < t->marks && t->mark[i + 1].kind == MARK_FIELD;

        if (m->kind != MARK_HEADING || m->words > 2)
            continue;
        if (n->count[LINES_QUOTE] + n->count[LINES_SYMBOL] > 1)
            m->kind = MARK_TEXT;
        else if ((before && m->count < 0) || behind)
            m->kind = MARK_FIELD;
        else if (m->count < 0 && i + 1 < t->marks && t->mark[i + 1].kind == MARK_NUMBER &&
                 t->mark[i + 1].count > 1)
            m->count = t->mark[i + 1]
                           .count; /* "Comments", and their number on the next line; 1 may number the first */
    }
}

bool mark_is_chrome(const struct mark *m)
{
    switch (m->kind) {
    case MARK_HEADING:
    case MARK_EMPTY:
    case MARK_FORM:
    case MARK_FIELD:
    case MARK_CLOSED:
    case MARK_CONTROL:
    case MARK_NAV:
    case MARK_BUTTONS:
    case MARK_NEST:
        return true;
    default:
        return false;
    }
}

void parse_thread_mark(struct parse_thread *t)
{
    struct platform_line line;
    size_t i;

    t->marks = t->lines->count;
    t->date_count = 0;
    mem_grow(&t->mark, &t->mark_cap, t->marks + 1, sizeof *t->mark);
    mem_grow(&t->talk, &t->talk_cap, t->marks + 1, sizeof *t->talk);
    memset(t->talk, TALK_UNKNOWN, t->marks + 1);
    for (i = 0; i < t->marks; i++)
        mark_line(t, i, &line);
    settle_headings(t);
    settle_fields(t);
}
