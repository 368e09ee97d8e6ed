/* SPDX-License-Identifier: ISC */
#include "layout/row.h"

#include "base/unicode.h"
#include "layout/fit.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

/* Columns of a row from the left: marker, unread, star, date, site, headline, comments, minutes. */
enum {
    MARK_AT = 1,
    STAR_AT = 2,
    DATE_AT = 3,
    GAP = 2,
    DAY_COLUMNS = 6,   /* "28 Aug" */
    DATE_COLUMNS = 11, /* "28 Aug 2020" */
    SITE_COLUMNS = 16,
    TITLE_LEAST = 24,
    COMMENTS_COLUMNS = 4, /* "604c" */
    MINUTES_COLUMNS = 6,  /* "12 min" */
};

/* How wide each part is, 0 where it gave way. */
struct fitting {
    int date, site, title, comments, minutes;
};

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

/* Makes the bytes added to the row's text since `from` a run, cut to `columns`. */
static int end_run(struct row *r, size_t from, int column, int columns, enum style style, bool ascii)
{
    struct line_run *run = &r->runs[r->line.run_count];
    int used = fit_cut(&r->text, from, columns, ascii);

    r->line.text = r->text.data;
    if (r->text.len == from)
        return 0;
    assert(r->line.run_count < ROW_RUNS);
    run->start = (uint32_t)from;
    run->len = (uint32_t)(r->text.len - from);
    run->column = (uint16_t)column;
    run->columns = (uint16_t)used;
    run->style = (uint8_t)style;
    r->line.run_count++;
    return used;
}

static void add_run(struct row *r, const char *raw, int column, int columns, enum style style, bool ascii)
{
    size_t from = r->text.len;

    if (columns <= 0)
        return;
    fit_add(&r->text, raw, strlen(raw), ascii);
    end_run(r, from, column, columns, style, ascii);
}

static void add_right(struct row *r, const char *text, int right, enum style style, bool ascii)
{
    int width = (int)strlen(text);

    add_run(r, text, right - width, width, style, ascii);
}

static struct fitting fit_columns(const struct row_options *o)
{
    struct fitting f = {.date = o->year_shown ? DAY_COLUMNS : DATE_COLUMNS,
                        .site = SITE_COLUMNS,
                        .comments = COMMENTS_COLUMNS,
                        .minutes = MINUTES_COLUMNS};
    int *parts[4] = {&f.minutes, &f.comments, &f.site, &f.date}, i;

    if (o->narrow)
        f.minutes = f.comments = f.site = 0;
    for (i = 0; i <= 4; i++) {
        f.title = o->columns - DATE_AT - (f.date ? f.date + GAP : 0) - (f.site ? f.site + GAP : 0) -
                  (f.comments ? f.comments + GAP : 0) - (f.minutes ? f.minutes + GAP : 0);
        if (f.title >= TITLE_LEAST || i == 4)
            break;
        *parts[i] = 0;
    }
    return f;
}

static void add_counts(struct row *r, const struct row_facts *f, const struct fitting *fit,
                       const struct row_options *o)
{
    char text[32];
    int right = o->columns - (fit->minutes ? fit->minutes + GAP : 0);

    if (fit->comments && f->comments > 0) {
        if (f->comments >= 1000000)
            snprintf(text, sizeof text, "%dMc", f->comments / 1000000);
        else if (f->comments >= 1000)
            snprintf(text, sizeof text, "%dkc", f->comments / 1000);
        else
            snprintf(text, sizeof text, "%dc", f->comments);
        add_right(r, text, right, STYLE_META, o->ascii);
    }
    if (fit->minutes && f->minutes > 0) {
        if (f->minutes >= 100)
            snprintf(text, sizeof text, "%d h", (f->minutes + 30) / 60);
        else
            snprintf(text, sizeof text, "%d min", f->minutes);
        add_right(r, text, o->columns, STYLE_META, o->ascii);
    }
}

void row_set(struct row *r, const struct row_facts *f, const struct row_options *o)
{
    struct fitting fit = fit_columns(o);
    int column = DATE_AT;

    begin(r);
    if (f->unread && o->columns > MARK_AT)
        add_run(r, "●", MARK_AT, 1, STYLE_MARK, o->ascii);
    if (f->starred && o->columns > STAR_AT)
        add_run(r, "★", STAR_AT, 1, STYLE_MARK, o->ascii);
    if (fit.date) {
        size_t from = r->text.len;
        struct buf date;

        buf_init(&date);
        row_add_date(&date, f->published, !o->year_shown, false);
        fit_add(&r->text, date.data, date.len, o->ascii);
        end_run(r, from, column, fit.date, STYLE_META, o->ascii);
        buf_release(&date);
        column += fit.date + GAP;
    }
    if (fit.site) {
        if (f->site)
            add_run(r, f->site, column, fit.site, STYLE_META, o->ascii);
        column += fit.site + GAP;
    }
    add_run(r,
            f->title  ? f->title
            : f->file ? f->file
                      : "(no headline)",
            column, fit.title, f->unread ? STYLE_UNREAD : STYLE_READ, o->ascii);
    add_counts(r, f, &fit, o);
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
