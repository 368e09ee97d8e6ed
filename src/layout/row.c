/* SPDX-License-Identifier: ISC */
#include "layout/row.h"

#include "base/unicode.h"
#include "base/utf8.h"
#include "layout/fit.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

enum {
    FIRST_AT = 1, /* behind the selection's marker */
    DAY_COLUMNS = 6,   /* "28 Aug" */
    DATE_COLUMNS = 11, /* "28 Aug 2020" */
    TITLE_LEAST = 24,
    TAGS_MOST = 20,
};

static const struct {
    char letter;
    int columns; /* 0: depends on the row */
} fields[ROW_FIELDS] = {
    [ROW_WORDS] = {0, 0},    [ROW_FLAGS] = {'f', 2},    [ROW_DATE] = {'D', 0},    [ROW_SITE] = {'S', 16},
    [ROW_TITLE] = {'T', 0},  [ROW_TAGS] = {'t', 0},     [ROW_COMMENTS] = {'c', 4}, [ROW_MINUTES] = {'r', 6},
    [ROW_NUMBER] = {'i', 7}, [ROW_FILE] = {'p', 24},
};

/* Who gives way first where there is no room for the headline. */
static const enum row_field gives_way[] = {ROW_FILE, ROW_NUMBER, ROW_MINUTES, ROW_COMMENTS,
                                           ROW_TAGS, ROW_SITE,   ROW_DATE};

enum { GIVES_WAY = sizeof gives_way / sizeof gives_way[0] };

/* Where each column of a format begins and how wide it is; 0 where it gave way. */
struct fitting {
    int at[ROW_COLUMNS], columns[ROW_COLUMNS];
};

static bool find_field(char letter, enum row_field *out)
{
    for (int f = ROW_FLAGS; f < ROW_FIELDS; f++)
        if (fields[f].letter == letter) {
            *out = (enum row_field)f;
            return true;
        }
    return false;
}

/* The words from s up to the next field; returns what follows them. */
static const char *take_words(const char *s, struct row_column *c)
{
    size_t len = 0;

    c->field = ROW_WORDS;
    while (*s && (*s != '%' || s[1] == '%') && len + 4 <= ROW_WORDS_MAX) {
        uint32_t cp;
        size_t n = utf8_next(s, strlen(s), &cp);

        memcpy(c->words + len, s, n);
        len += n;
        s += *s == '%' ? 2 : n;
    }
    c->words[len] = '\0';
    return s;
}

static const char *take_field(const char *s, struct row_column *c, struct err *e)
{
    const char *start = s++;

    c->left = *s == '-';
    s += c->left;
    while (*s >= '0' && *s <= '9' && c->columns < 1000)
        c->columns = c->columns * 10 + (*s++ - '0');
    if (find_field(*s, &c->field))
        return s + 1;
    err_set(e, ERR_USAGE, "'%.*s' is no column: there are %%f %%D %%S %%T %%t %%c %%r %%i %%p", (int)(s - start) + 1,
            start);
    return NULL;
}

bool row_format_read(const char *text, struct row_format *out, struct err *e)
{
    struct row_format f = {.count = 0};
    const char *s = text;

    while (s && *s) {
        if (f.count == ROW_COLUMNS)
            return err_set(e, ERR_USAGE, "a list has up to %d columns", ROW_COLUMNS);
        if (*s == '%' && s[1] != '%')
            s = take_field(s, &f.column[f.count++], e);
        else
            s = take_words(s, &f.column[f.count++]);
    }
    if (!s)
        return false;
    *out = f;
    return true;
}

void row_init(struct row *r)
{
    memset(r, 0, sizeof *r);
    buf_init(&r->text);
}

void row_release(struct row *r)
{
    buf_release(&r->text);
    memset(r, 0, sizeof *r);
}

static void begin(struct row *r)
{
    buf_clear(&r->text);
    memset(&r->line, 0, sizeof r->line);
    r->line.runs = r->runs;
    r->line.block = -1;
    r->line.fold = -1;
    r->line.text = r->text.data;
}

/* Makes the bytes added to the row's text since `from` a run, cut to `columns`; none where nothing is left. */
static void end_run(struct row *r, size_t from, int column, int columns, enum style style, bool ascii)
{
    int used = fit_cut(&r->text, from, columns, ascii);

    r->line.text = r->text.data;
    if (r->text.len == from)
        return;
    assert(r->line.run_count < ROW_RUNS);
    r->runs[r->line.run_count++] = (struct line_run){.start = (uint32_t)from,
                                                     .len = (uint32_t)(r->text.len - from),
                                                     .column = (uint16_t)column,
                                                     .columns = (uint16_t)used,
                                                     .style = (uint8_t)style};
}

static void add_run(struct row *r, const char *raw, int column, int columns, enum style style, bool ascii)
{
    size_t from = r->text.len;

    if (columns <= 0)
        return;
    fit_add(&r->text, raw, strlen(raw), ascii);
    end_run(r, from, column, columns, style, ascii);
}

static void add_number(struct row *r, const struct row_column *c, const char *text, int at, int columns, bool ascii)
{
    int width = (int)strlen(text);

    add_run(r, text, c->left || width > columns ? at : at + columns - width, columns, STYLE_META, ascii);
}

/* ---- how wide ---- */

static int own_columns(const struct row_column *c, const struct row_facts *f, const struct row_options *o)
{
    int tags;

    if (c->field == ROW_WORDS)
        return unicode_columns(c->words, strlen(c->words));
    if (c->field == ROW_TAGS) {
        tags = f->tags ? unicode_columns(f->tags, strlen(f->tags)) : 0;
        return tags > (c->columns ? c->columns : TAGS_MOST) ? (c->columns ? c->columns : TAGS_MOST) : tags;
    }
    if (c->columns)
        return c->columns;
    if (c->field == ROW_DATE)
        return o->year_shown ? DAY_COLUMNS : DATE_COLUMNS;
    return fields[c->field].columns;
}

/* The column of the headline, the count where there is none. */
static int title_of(const struct row_format *f)
{
    int i = 0;

    while (i < f->count && f->column[i].field != ROW_TITLE)
        i++;
    return i;
}

/* Takes out a column and the words between it and the headline. */
static void drop(const struct row_format *f, struct fitting *fit, int i, int title)
{
    int step = i < title ? 1 : -1, words = i + step;

    fit->columns[i] = 0;
    if (words >= 0 && words < f->count && f->column[words].field == ROW_WORDS)
        fit->columns[words] = 0;
}

static int used_columns(const struct row_format *f, const struct fitting *fit)
{
    int used = FIRST_AT;

    for (int i = 0; i < f->count; i++)
        used += fit->columns[i];
    return used;
}

static void drop_field(const struct row_format *f, struct fitting *fit, enum row_field field, int title)
{
    for (int i = 0; i < f->count; i++)
        if (f->column[i].field == field && fit->columns[i] > 0)
            drop(f, fit, i, title);
}

static struct fitting fit_columns(const struct row_format *f, const struct row_facts *facts,
                                  const struct row_options *o)
{
    struct fitting fit = {.at = {0}};
    int title = title_of(f), at = FIRST_AT, least = title < f->count ? TITLE_LEAST : 0;

    for (int i = 0; i < f->count; i++)
        fit.columns[i] = f->column[i].field == ROW_TITLE ? 0 : own_columns(&f->column[i], facts, o);
    for (int i = 0; i < f->count; i++)
        if (f->column[i].field == ROW_TAGS && fit.columns[i] == 0)
            drop(f, &fit, i, title);
    for (int n = 0; n < GIVES_WAY; n++)
        if ((o->narrow && gives_way[n] != ROW_DATE) || o->columns - used_columns(f, &fit) < least)
            drop_field(f, &fit, gives_way[n], title);
    if (title < f->count)
        fit.columns[title] = o->columns - used_columns(f, &fit);
    for (int i = 0; i < f->count; i++) {
        fit.at[i] = at;
        if (at + fit.columns[i] > o->columns)
            fit.columns[i] = o->columns - at;
        at += fit.columns[i] > 0 ? fit.columns[i] : 0;
    }
    return fit;
}

/* ---- what ---- */

static void add_flags(struct row *r, const struct row_facts *f, int at, int columns, bool ascii)
{
    const char *first = f->picked ? (ascii ? "+" : "✓") : f->unread ? "●" : NULL;
    const char *second = f->hidden ? (ascii ? "x" : "×") : f->starred ? "★" : NULL;

    if (first && columns > 0)
        add_run(r, first, at, 1, STYLE_MARK, ascii);
    if (second && columns > 1)
        add_run(r, second, at + 1, 1, STYLE_MARK, ascii);
}

static void add_date(struct row *r, const struct row_facts *f, int at, int columns, const struct row_options *o)
{
    size_t from = r->text.len;
    struct buf date;

    buf_init(&date);
    row_add_date(&date, f->published, !o->year_shown, false);
    fit_add(&r->text, date.data, date.len, o->ascii);
    end_run(r, from, at, columns, STYLE_META, o->ascii);
    buf_release(&date);
}

static void name_comments(int comments, char *text, size_t size)
{
    if (comments >= 1000000)
        snprintf(text, size, "%dMc", comments / 1000000);
    else if (comments >= 1000)
        snprintf(text, size, "%dkc", comments / 1000);
    else if (comments > 0)
        snprintf(text, size, "%dc", comments);
}

static void name_minutes(int minutes, char *text, size_t size)
{
    if (minutes >= 100)
        snprintf(text, size, "%d h", (minutes + 30) / 60);
    else if (minutes > 0)
        snprintf(text, size, "%d min", minutes);
}

static void add_text(struct row *r, const char *raw, int at, int columns, enum style style, bool ascii)
{
    if (raw)
        add_run(r, raw, at, columns, style, ascii);
}

static void add_column(struct row *r, const struct row_column *c, const struct row_facts *f, int at, int columns,
                       const struct row_options *o)
{
    char text[32] = "";

    switch (c->field) {
    case ROW_FLAGS:
        add_flags(r, f, at, columns, o->ascii);
        return;
    case ROW_DATE:
        add_date(r, f, at, columns, o);
        return;
    case ROW_TITLE:
        add_text(r, f->title ? f->title : f->file ? f->file : "(no headline)", at, columns,
                 f->hidden ? STYLE_META : f->unread ? STYLE_UNREAD : STYLE_READ, o->ascii);
        return;
    case ROW_SITE:
        add_text(r, f->site, at, columns, STYLE_META, o->ascii);
        return;
    case ROW_TAGS:
        add_text(r, f->tags, at, columns, STYLE_META, o->ascii);
        return;
    case ROW_FILE:
        add_text(r, f->file, at, columns, STYLE_META, o->ascii);
        return;
    case ROW_WORDS:
        if (c->words[strspn(c->words, " ")])
            add_text(r, c->words, at, columns, STYLE_META, o->ascii);
        return;
    case ROW_COMMENTS:
        name_comments(f->comments, text, sizeof text);
        break;
    case ROW_MINUTES:
        name_minutes(f->minutes, text, sizeof text);
        break;
    case ROW_NUMBER:
        if (f->number > 0)
            snprintf(text, sizeof text, "%ld", f->number);
        break;
    case ROW_FIELDS:
        break;
    }
    if (*text)
        add_number(r, c, text, at, columns, o->ascii);
}

void row_set(struct row *r, const struct row_facts *f, const struct row_options *o)
{
    struct row_format usual;
    const struct row_format *format = o->format;
    struct err none = ERR_INIT;
    struct fitting fit;

    if (!format) {
        row_format_read(ROW_FORMAT, &usual, &none);
        format = &usual;
    }
    fit = fit_columns(format, f, o);
    begin(r);
    for (int i = 0; i < format->count; i++)
        if (fit.columns[i] > 0)
            add_column(r, &format->column[i], f, fit.at[i], fit.columns[i], o);
}

static int number(const char *s, int digits, int low, int high)
{
    int n = 0, i;

    for (i = 0; i < digits; i++) {
        if (s[i] < '0' || s[i] > '9')
            return -1;
        n = n * 10 + (s[i] - '0');
    }
    return n >= low && n <= high ? n : -1;
}

void row_add_date(struct buf *out, const char *published, bool year, bool time)
{
    static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
    size_t len = published ? strlen(published) : 0;
    int month = len >= 7 && published[4] == '-' ? number(published + 5, 2, 1, 12) : -1;
    int day = len >= 10 && published[7] == '-' && month > 0 ? number(published + 8, 2, 1, 31) : -1;

    if (len < 4 || number(published, 4, 0, 9999) < 0) {
        buf_add_str(out, "·");
        return;
    }
    if (day > 0)
        buf_add_fmt(out, "%d ", day);
    if (month > 0)
        buf_add(out, months + (month - 1) * 3, 3);
    if (year || month < 0) {
        if (month > 0)
            buf_add_char(out, ' ');
        buf_add(out, published, 4);
    }
    if (time && day > 0 && len >= 16 && published[10] == 'T' && number(published + 11, 2, 0, 23) >= 0 &&
        number(published + 14, 2, 0, 59) >= 0) {
        buf_add_str(out, ", ");
        buf_add(out, published + 11, 5);
    }
}

static void add_part(struct buf *b, const char *raw, bool ascii)
{
    if (!raw || !*raw)
        return;
    if (b->len)
        fit_add(b, "·", 2, ascii);
    if (b->len)
        buf_add_char(b, ' ');
    fit_add(b, raw, strlen(raw), ascii);
    buf_add_char(b, ' ');
}

void row_set_detail(struct row *headline, struct row *about, const struct row_detail *d, int columns,
                    bool ascii)
{
    enum { LOCATOR_LEAST = 8 };
    int left, used;
    struct buf part;

    begin(headline);
    add_run(headline,
            d->title  ? d->title
            : d->file ? d->file
                      : "(no headline)",
            0, columns, STYLE_TEXT, ascii);

    begin(about);
    buf_init(&part);
    if (d->published)
        row_add_date(&part, d->published, true, true);
    add_part(&about->text, part.data, ascii);
    add_part(&about->text, d->author, ascii);
    add_part(&about->text, d->dateline, ascii);
    if (d->locator && *d->locator) {
        used = unicode_columns(about->text.data, about->text.len);
        left = columns - used - (used ? 2 : 0);
        buf_clear(&part);
        fit_add(&part, d->locator, strlen(d->locator), false);
        fit_cut_middle(&part, 0, left, ascii);
        if (left >= LOCATOR_LEAST)
            add_part(&about->text, part.data, ascii);
    }
    if (about->text.len)
        buf_truncate(&about->text, about->text.len - 1);
    end_run(about, 0, 0, columns, STYLE_META, ascii);
    buf_release(&part);
}
