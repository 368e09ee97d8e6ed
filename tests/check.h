/* SPDX-License-Identifier: ISC */
/*
 * What every test program includes: cmocka with what it wants before it, and the main function.
 * Knows: cmocka. A test program names its tests in one CHECK_MAIN(...) at its end.
 */
#ifndef TESTS_CHECK_H
#define TESTS_CHECK_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* A test function; cmocka's state is not used. */
#define CHECK(name) static void name(void **state __attribute__((unused)))

#define CHECK_MAIN(...)                                                                                       \
    int main(void)                                                                                            \
    {                                                                                                         \
        const struct CMUnitTest tests[] = {__VA_ARGS__};                                                      \
                                                                                                              \
        return cmocka_run_group_tests_name(__FILE__, tests, NULL, NULL);                                      \
    }

#define T(name) cmocka_unit_test(name)

/* Whether a sanitizer is in the program that takes and keeps memory in ways of its own. gcc and clang say so
 * differently. */
#ifdef __has_feature
#define CHECK_SANITIZED (__has_feature(address_sanitizer) || __has_feature(thread_sanitizer))
#elif defined __SANITIZE_ADDRESS__ || defined __SANITIZE_THREAD__
#define CHECK_SANITIZED 1
#else
#define CHECK_SANITIZED 0
#endif

#endif
