/* SPDX-License-Identifier: ISC */
#include "folder.h"

static void expect_str(const char *bytes, const char *lines, long skipped, long faults)
{
    expect_records(bytes, strlen(bytes), lines, skipped, faults);
}

CHECK(one_object_over_many_lines)
{
    expect_str("{\n  \"title\": \"T\",\n  \"maintext\": \"the {text} \\\" ] \"\n}\n", "f#1=the {text} \" ] \n", 0, 0);
}

CHECK(an_array_of_objects)
{
    expect_str("[{\"text\": \"one\"}, {\"text\": \"two\"}]", "f#1=one\nf#2=two\n", 0, 0);
    expect_str(" [\n {\"text\": \"one\",\n \"meta\": {\"a\": [1, {\"b\": 2}]}},\n {}\n,\n{\"text\":\"three\"}\n]\n",
               "f#1=one\nf#3=three\n", 1, 0);
}

CHECK(several_objects_after_each_other)
{
    expect_str("{\n\"text\": \"one\"\n}\n{\n\"text\": \"two\"\n}\n", "f#1=one\nf#2=two\n", 0, 0);
}

CHECK(a_bad_object_costs_no_other)
{
    expect_str("[{\"text\": \"one\"}, {\"text\": two}, {\"text\": \"three\"}]", "f#1=one\nf#3=three\n", 0, 1);
    expect_str("[{\"text\": \"one\"}, {\"text\": \"cut", "f#1=one\n", 0, 1);
}

CHECK_MAIN(T(one_object_over_many_lines), T(an_array_of_objects), T(several_objects_after_each_other),
           T(a_bad_object_costs_no_other))
