/* SPDX-License-Identifier: ISC */
/*
 * parse-speed FOLDER [MEGABYTES]: parses the folder's .txt files over and over, until so many megabytes (200) have
 * gone through, and prints how fast that went. Reading and decoding are done before the clock starts.
 */
#include "base/mem.h"
#include "base/path.h"
#include "parse/parse.h"
#include "parse/table.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static struct record *records;
static size_t count, cap;

static size_t read_folder(const char *folder)
{
    DIR *d = opendir(folder);
    struct dirent *entry;
    size_t bytes = 0;

    while (d && (entry = readdir(d)) != NULL) {
        size_t len = strlen(entry->d_name);
        char *path;
        struct buf text;

        if (len < 5 || strcmp(entry->d_name + len - 4, ".txt") != 0)
            continue;
        path = path_join(folder, entry->d_name);
        buf_init(&text);
        if (table_read(path, &text, NULL)) {
            mem_grow(&records, &cap, count + 1, sizeof *records);
            record_init(&records[count]);
            record_set_text(&records[count++], text.data, text.len);
            bytes += text.len;
        }
        buf_release(&text);
        free(path);
    }
    if (d)
        closedir(d);
    return bytes;
}

static double now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

int main(int argc, char **argv)
{
    double wanted = argc > 2 ? strtod(argv[2], NULL) * 1e6 : 200e6, done = 0, start, opened;
    struct err e = ERR_INIT;
    struct article a;
    struct parser *p;
    size_t i;

    if (argc < 2 || read_folder(argv[1]) == 0) {
        fprintf(stderr, "usage: parse-speed FOLDER [MEGABYTES]\n");
        return ERR_USAGE;
    }
    setenv("CUTTINGS_DATADIR", BENCH_DATADIR, 0); /* this source's own, where no other is asked for */
    start = now();
    p = parse_open(&e);
    if (p == NULL) {
        fprintf(stderr, "parse-speed: %s\n", e.text);
        return e.status;
    }
    opened = now();
    article_init(&a);
    while (done < wanted) {
        for (i = 0; i < count && done < wanted; i++) {
            article_reset(&a);
            parse_article(p, &records[i], NULL, &a);
            done += (double)records[i].text.len;
        }
    }
    printf("%.1f MB/s of processor time (%.0f MB); opening the tables took %.1f ms\n",
           done / 1e6 / (now() - opened), done / 1e6, (opened - start) * 1e3);
    article_release(&a);
    for (i = 0; i < count; i++)
        record_release(&records[i]);
    free(records);
    parse_close(&p);
    return 0;
}
