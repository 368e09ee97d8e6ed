/* SPDX-License-Identifier: ISC */
#include "layout/hyphen.h"

#include "base/buf.h"
#include "base/mem.h"
#include "base/unicode.h"
#include "base/utf8.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#ifdef HAVE_LIBHYPHEN

#include <dirent.h>
#include <hyphen.h>

enum { WORD_LETTERS = 5, WORD_BYTES = 90 }; /* shortest and longest word divided; libhyphen's limit is 100 */

struct hyphen {
    HyphenDict *dictionary;
    bool utf8; /* else ISO 8859-1 */
};

/* How well the file called name serves language: 0 not at all. */
static int fitness(const char *name, const char *language)
{
    size_t whole = strlen(language), bare = strcspn(language, "_-"), len;

    if (strncmp(name, "hyph_", 5) != 0)
        return 0;
    name += 5;
    if (strncmp(name, language, whole) == 0 && strcmp(name + whole, ".dic") == 0)
        return 3;
    if (strncmp(name, language, bare) != 0)
        return 0;
    name += bare;
    if (strcmp(name, ".dic") == 0)
        return 2;
    len = strlen(name);
    return *name == '_' && len > 4 && strcmp(name + len - 4, ".dic") == 0 ? 1 : 0;
}

/* Sets *name to the file of the directory that serves language best, the first by name of equals. */
static bool find_file(const char *directory, const char *language, struct buf *name)
{
    DIR *d = opendir(directory);
    const struct dirent *e;
    int best = 0;

    while (d && (e = readdir(d))) {
        int fit = fitness(e->d_name, language);

        if (fit > best || (fit && fit == best && strcmp(e->d_name, name->data) < 0)) {
            best = fit;
            buf_clear(name);
            buf_add_str(name, e->d_name);
        }
    }
    if (d)
        closedir(d);
    return best > 0;
}

struct hyphen *hyphen_open(const char *language, const char *directory)
{
    struct hyphen *h = NULL;
    HyphenDict *dictionary = NULL;
    struct buf name, path;

    if (!directory)
        directory = "/usr/share/hyphen";
    buf_init(&name);
    buf_init(&path);
    if (*language && find_file(directory, language, &name)) {
        buf_add_fmt(&path, "%s/%s", directory, name.data);
        dictionary = hnj_hyphen_load(path.data);
    }
    if (dictionary && !dictionary->utf8 && strcmp(dictionary->cset, "ISO8859-1") != 0) {
        hnj_hyphen_free(dictionary);
        dictionary = NULL;
    }
    if (dictionary) {
        h = mem_zalloc(1, sizeof *h);
        h->dictionary = dictionary;
        h->utf8 = dictionary->utf8;
    }
    buf_release(&path);
    buf_release(&name);
    return h;
}

void hyphen_free(struct hyphen **h)
{
    if (!*h)
        return;
    hnj_hyphen_free((*h)->dictionary);
    free(*h);
    *h = NULL;
}

/* Writes the word in the dictionary's character set and in lower case; at[i] is where letter i begins.
 * Returns how many letters it has, 0 where it cannot be divided. */
static size_t letters_of(const struct hyphen *h, const char *s, size_t len, struct buf *word, size_t *at)
{
    size_t from = 0, count = 0;

    while (from < len) {
        uint32_t cp;
        size_t step = utf8_next(s + from, len - from, &cp);

        if (!unicode_is_letter(cp))
            return 0;
        at[count++] = from;
        cp = unicode_lower(cp);
        if (h->utf8)
            buf_add_cp(word, cp);
        else if (cp < 0x100)
            buf_add_char(word, (char)cp);
        else
            return 0;
        from += step;
    }
    return count < WORD_LETTERS || word->len > WORD_BYTES ? 0 : count;
}

static void free_changes(char **rep, int *pos, int *cut, size_t count)
{
    size_t i;

    for (i = 0; rep && i < count; i++)
        free(rep[i]);
    free(rep);
    free(pos);
    free(cut);
}

size_t hyphen_word(struct hyphen *h, const char *s, size_t len, size_t points[HYPHEN_POINTS])
{
    char marks[WORD_BYTES + 5] = {0}, **rep = NULL;
    int *pos = NULL, *cut = NULL;
    size_t at[WORD_BYTES], letters, i, found = 0;
    struct buf word;

    if (len > WORD_BYTES)
        return 0;
    buf_init(&word);
    letters = letters_of(h, s, len, &word, at);
    if (letters &&
        hnj_hyphen_hyphenate2(h->dictionary, word.data, (int)word.len, marks, NULL, &rep, &pos, &cut) == 0) {
        for (i = 0; i + 1 < letters && found < HYPHEN_POINTS; i++) {
            if ((marks[i] & 1) && !(rep && rep[i]))
                points[found++] = at[i + 1];
        }
    }
    free_changes(rep, pos, cut, word.len);
    buf_release(&word);
    return found;
}

#else

struct hyphen *hyphen_open(const char *language, const char *directory)
{
    (void)language;
    (void)directory;
    return NULL;
}

void hyphen_free(struct hyphen **h)
{
    *h = NULL;
}

size_t hyphen_word(struct hyphen *h, const char *s, size_t len, size_t points[HYPHEN_POINTS])
{
    (void)h;
    (void)s;
    (void)len;
    (void)points;
    return 0;
}

#endif
