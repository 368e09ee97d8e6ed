/* SPDX-License-Identifier: ISC */
#include "source/fields.h"

#include "base/mem.h"
#include "base/unicode.h"
#include "base/utf8.h"
#include "source/blank.h"
#include "source/source.h"
#include "source/when.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { NAME_SIZE = 32 };

static const char *const field_names[FIELD_COUNT] = {
    "text",     "title",    "standfirst", "authors", "site", "url",    "published",
    "language", "comments", "inside",     "crawled", "id",   "parent", "score",
};

/* Names in lower case without "_", "-" and blanks, the surest first. */
static const struct {
    enum field field;
    const char *names;
} known[] = {
    {FIELD_TEXT,
     "text rawcontent maintext articlebody articletext fulltext content body contenttext textcontent "
     "bodytext plaintext article storytext story selftext cooked contenthtml bodyhtml html markdown "
     "document message comment commenttext commentbody"},
    {FIELD_TITLE, "title headline articletitle fancytitle titlepage titlerss subject heading name"},
    {FIELD_STANDFIRST, "standfirst subtitle subheadline dek deck lead description excerpt summary abstract"},
    {FIELD_AUTHORS, "authors author byline creator dccreator writer by username user"},
    {FIELD_SITE,
     "sitename site sourcename publisher publication newspaper outlet website sourcedomain domain "
     "sourcehostname hostname host source"},
    {FIELD_URL, "url canonicalurl link permalink sourceurl originalurl uri href warctargeturi source"},
    {FIELD_PUBLISHED, "published publishedat publisheddate datepublished datepublish publishdate pubdate "
                      "publicationdate dateposted createdat createdutc created date time datetime"},
    {FIELD_LANGUAGE, "language lang languagecode inlanguage locale"},
    {FIELD_COMMENTS, "comments replies children responses commentlist"},
    {FIELD_INSIDE, "meta metadata source article document doc data attributes fields item payload pagemeta"},
    {FIELD_CRAWLED, "dump"},
    {FIELD_ID, "id commentid objectid postid cid"},
    {FIELD_PARENT, "parentid parent parentcommentid replyto inreplyto"},
    {FIELD_SCORE, "score points likes ups upvotes votes"},
};

/* Names of the configuration, before all others. Set before reading begins, never while it runs. */
static struct {
    enum field field;
    char name[NAME_SIZE];
} *extra;
static size_t extra_count, extra_cap;

/* name without case and separators, zero-terminated; false where it is too long to be one. */
static bool normal_name(const char *name, size_t len, char out[NAME_SIZE])
{
    size_t i, n = 0;

    for (i = 0; i < len; i++) {
        char c = name[i];

        if (c == '_' || c == '-' || c == ' ' || c == '.' || c == ':')
            continue;
        if (n + 1 == NAME_SIZE)
            return false;
        out[n++] = c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
    }
    out[n] = '\0';
    return n > 0;
}

bool source_name(const char *field, const char *name, struct err *e)
{
    char normal[NAME_SIZE];
    int f;

    for (f = 0; f < FIELD_COUNT && strcmp(field, field_names[f]) != 0; f++)
        continue;
    if (f == FIELD_COUNT)
        return err_set(e, ERR_USAGE, "no field is called '%s'", field);
    if (!normal_name(name, strlen(name), normal))
        return err_set(e, ERR_USAGE, "'%s' cannot be a field's name", name);
    mem_grow(&extra, &extra_cap, extra_count + 1, sizeof *extra);
    extra[extra_count].field = (enum field)f;
    memcpy(extra[extra_count++].name, normal, sizeof normal);
    return true;
}

struct row {
    char name[NAME_SIZE];
    struct field_match match;
};

/* The table's names in order, made once. */
static struct row *rows;
static size_t row_count;
static pthread_once_t rows_once = PTHREAD_ONCE_INIT;

static int by_name(const void *a, const void *b)
{
    return strcmp(((const struct row *)a)->name, ((const struct row *)b)->name);
}

static void make_rows(void)
{
    size_t i, cap = 0;

    for (i = 0; i < sizeof known / sizeof known[0]; i++) {
        const char *at = known[i].names;
        int rank = FIELD_RANK_MAX / 2;

        for (; *at; rank--) {
            size_t len = strcspn(at, " ");

            mem_grow(&rows, &cap, row_count + 1, sizeof *rows);
            rows[row_count].match = (struct field_match){known[i].field, rank};
            normal_name(at, len, rows[row_count++].name);
            at += len + (at[len] == ' ');
        }
    }
    mem_sort(rows, row_count, sizeof *rows, by_name);
}

size_t field_find(const char *name, size_t len, struct field_match out[FIELD_MATCHES])
{
    char normal[NAME_SIZE];
    size_t i, count = 0, low = 0, high;

    if (!normal_name(name, len, normal))
        return 0;
    pthread_once(&rows_once, make_rows);
    for (i = 0; i < extra_count && count < FIELD_MATCHES; i++)
        if (strcmp(extra[i].name, normal) == 0)
            out[count++] = (struct field_match){extra[i].field, FIELD_RANK_MAX};
    high = row_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (strcmp(rows[middle].name, normal) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < row_count && count < FIELD_MATCHES && strcmp(rows[low].name, normal) == 0; low++)
        out[count++] = rows[low].match;
    return count;
}

/* ISO 639-3 (and 639-2/B) codes beside their two letters, for the languages that corpora are sorted by. */
static const char iso_639[] =
    "eng en deu de ger de fra fr fre fr spa es por pt ita it nld nl dut nl rus ru ukr uk bel be bul bg srp "
    "sr "
    "hrv hr bos bs slv sl mkd mk mac mk pol pl ces cs cze cs slk sk slo sk hun hu ron ro rum ro ell el gre "
    "el "
    "tur tr ara ar heb he fas fa per fa urd ur hin hi ben bn tam ta tel te mal ml kan kn mar mr guj gu pan "
    "pa "
    "zho zh chi zh cmn zh jpn ja kor ko vie vi tha th ind id msa ms may ms tgl tl swe sv nor no nob nb nno "
    "nn "
    "dan da fin fi isl is ice is est et lav lv lit lt cat ca eus eu baq eu glg gl cym cy wel cy gle ga sqi "
    "sq "
    "alb sq hye hy arm hy kat ka geo ka aze az kaz kk uzb uz lat la afr af swa sw mlt mt epo eo ";

/* English and own names, as some formats write them. */
static const char language_words[] =
    "english en german de deutsch de french fr spanish es portuguese pt italian it dutch nl russian ru "
    "ukrainian uk polish pl chinese zh japanese ja korean ko arabic ar turkish tr swedish sv czech cs ";

/* The word after word in a list of pairs. */
static bool look_up(const char *pairs, const char *word, char out[4])
{
    size_t len = strlen(word);

    while (*pairs) {
        size_t key = strcspn(pairs, " ");

        if (key == len && strncmp(pairs, word, len) == 0) {
            memcpy(out, pairs + key + 1, 2);
            out[2] = '\0';
            return true;
        }
        pairs += key + 4;
    }
    return false;
}

bool field_language(const char *tag, size_t len, char out[4])
{
    char word[16];
    size_t n = 0;

    while (n < len && n + 1 < sizeof word && ((tag[n] | 32) >= 'a' && (tag[n] | 32) <= 'z')) {
        word[n] = (char)(tag[n] | 32);
        n++;
    }
    word[n] = '\0';
    if (n < len && !strchr("-_,; ", tag[n]))
        return false;
    if (n == 2) {
        memcpy(out, word, 3);
        return true;
    }
    return look_up(n == 3 ? iso_639 : language_words, word, out);
}

static void trim(const char **s, size_t *len)
{
    uint32_t cp;
    size_t step;

    while (*len > 0) {
        step = utf8_next(*s, *len, &cp);
        if (!unicode_is_space(cp))
            break;
        *s += step;
        *len -= step;
    }
    while (*len > 0) {
        step = utf8_prev(*s, *len, &cp);
        if (!unicode_is_space(cp))
            break;
        *len -= step;
    }
}

/* One line of text in the arena, runs of white space made one blank; NULL for what says nothing. */
static const char *clean(struct record *r, const char *text, size_t len)
{
    char *copy;
    size_t i, n = 0;

    trim(&text, &len);
    if (len == 0 || (len == 4 && (strncasecmp(text, "null", 4) == 0 || memcmp(text, "None", 4) == 0)) ||
        (len == 3 && strncasecmp(text, "nan", 3) == 0))
        return NULL;
    copy = arena_strndup(&r->arena, text, len);
    for (i = 0; i < len; i++) {
        if (copy[i] == '\0')
            continue;
        if (!blank_is(copy[i]))
            copy[n++] = copy[i];
        else if (n > 0 && copy[n - 1] != ' ')
            copy[n++] = ' ';
    }
    copy[n] = '\0';
    return n ? copy : NULL;
}

static void add_author(struct record *r, const char *name, size_t len)
{
    const char *clean_name, **all;
    size_t i;

    if (r->author_count == FIELD_AUTHORS_MOST)
        return;
    trim(&name, &len);
    if (len > 3 && strncasecmp(name, "by ", 3) == 0) {
        name += 3;
        len -= 3;
    }
    clean_name = clean(r, name, len);
    if (!clean_name || strncasecmp(clean_name, "http", 4) == 0 || strlen(clean_name) > 200)
        return;
    for (i = 0; i < r->author_count; i++)
        if (strcmp(r->authors[i], clean_name) == 0)
            return;
    all = arena_alloc(&r->arena, (r->author_count + 1) * sizeof *all);
    if (r->author_count)
        memcpy(all, r->authors, r->author_count * sizeof *all);
    all[r->author_count++] = clean_name;
    r->authors = all;
    r->given |= RECORD_AUTHORS;
}

/* Whether every part of the list between commas has two words: "Ann Lee, Bo Fox", but not "Lee, Ann". */
static bool is_comma_list(const char *s, size_t len)
{
    const char *end = s + len;

    while (s < end) {
        const char *comma = memchr(s, ',', (size_t)(end - s));
        const char *part_end = comma ? comma : end;
        size_t part = (size_t)(part_end - s);

        trim(&s, &part);
        if (part == 0 || !memchr(s, ' ', part))
            return false;
        s = comma ? comma + 1 : end;
    }
    return true;
}

static void add_authors(struct record *r, const char *s, size_t len)
{
    char separator = memchr(s, ';', len)     ? ';'
                     : memchr(s, '|', len)   ? '|'
                     : is_comma_list(s, len) ? ','
                                             : '\0';
    const char *end = s + len;

    while (separator && s < end) {
        const char *at = memchr(s, separator, (size_t)(end - s));

        add_author(r, s, (size_t)((at ? at : end) - s));
        s = at ? at + 1 : end;
    }
    if (!separator)
        add_author(r, s, len);
}

/* The next byte of s from *at on that is no white space, and past it; 0 at the end. */
static char next_ink(const char *s, size_t len, size_t *at)
{
    *at = blank_end(s, len, *at);
    return *at < len ? s[(*at)++] : '\0';
}

/* A summary that only repeats how the text begins is none. */
static bool repeats_text(const struct record *r, const char *summary)
{
    size_t len = strlen(summary), at = 0, in_text = 0, i;

    for (i = 0; i < 40; i++) {
        char c = next_ink(summary, len, &at);

        if (c == '\0')
            break;
        if (c != next_ink(r->text.data, r->text.len, &in_text))
            return false;
    }
    return true;
}

static void set_date(struct record *r, const char *text, size_t len)
{
    char *copy = mem_strndup(text, len), out[WHEN_SIZE];

    if (when_read(copy, out)) {
        r->published = arena_strndup(&r->arena, out, strlen(out));
        r->given |= RECORD_PUBLISHED;
    }
    free(copy);
}

static void set_string(struct record *r, const char **field, unsigned bit, const char *text, size_t len)
{
    const char *value = clean(r, text, len);

    if (!value)
        return;
    *field = value;
    r->given |= bit;
}

bool field_is_url(const char *text, size_t len)
{
    return (len > 7 && memcmp(text, "http://", 7) == 0) || (len > 8 && memcmp(text, "https://", 8) == 0);
}

void field_set(struct record *r, enum field f, const char *text, size_t len)
{
    char language[4];

    switch (f) {
    case FIELD_TITLE:
        set_string(r, &r->title, RECORD_TITLE, text, len);
        break;
    case FIELD_STANDFIRST:
        set_string(r, &r->standfirst, RECORD_STANDFIRST, text, len);
        if (r->standfirst && repeats_text(r, r->standfirst)) {
            r->standfirst = NULL;
            r->given &= ~(unsigned)RECORD_STANDFIRST;
        }
        break;
    case FIELD_AUTHORS:
        add_authors(r, text, len);
        break;
    case FIELD_SITE:
        if (!field_is_url(text, len))
            set_string(r, &r->site, RECORD_SITE, text, len);
        break;
    case FIELD_URL:
        if (field_is_url(text, len))
            set_string(r, &r->url, RECORD_URL, text, len);
        break;
    case FIELD_PUBLISHED:
        set_date(r, text, len);
        break;
    case FIELD_LANGUAGE:
        if (field_language(text, len, language))
            set_string(r, &r->language, RECORD_LANGUAGE, language, strlen(language));
        break;
    default:
        break;
    }
}
