/* SPDX-License-Identifier: ISC */
/* Pages of our own in languages and scripts that the model was not fitted to: shape and place must do. */
#include "page.h"


static enum kind kind_at(const struct article *a, const char *text)
{
    const char *found = strstr(a->text, text);
    size_t at, i;

    assert_non_null(found);
    at = (size_t)(found - a->text);
    for (i = 0; i < a->block_count; i++) {
        if (a->blocks[i].start <= at && at < a->blocks[i].end)
            return a->blocks[i].kind;
    }
    fail_msg("'%s' is in no block", text);
    return KIND_COUNT;
}

static void assert_page(const char *text, const char *language, const char *title, const char *body)
{
    struct parsed p;

    parse_text(&p, text, strlen(text));
    assert_string_equal(p.article.language, language);
    assert_string_equal(p.article.title, title);
    assert_true(kind_info(kind_at(&p.article, body))->body);
    parsed_release(&p);
}

CHECK(chinese)
{
    assert_page("老磨坊修缮九年后重新开放\n\n2021年3月14日\n\n"
                "河边的老磨坊将于五月重新开放，镇议会星期五表示，这座建筑在围栏后面空置了整整九年。\n\n"
                "光是水轮的修复就花了三个冬天，因为制作叶片的橡木必须先找到、砍伐并且晾干，而河水不会等待木匠。\n\n"
                "志愿者们说，他们几乎已经放弃了，后来水轮终于转动起来，谁也不愿意回家。\n",
                "zh", "老磨坊修缮九年后重新开放", "光是水轮的修复");
}

CHECK(japanese)
{
    assert_page("古い水車小屋が九年ぶりに再開\n\n2021年3月14日\n\n"
                "川のほとりの古い水車小屋が五月に再び扉を開くと、町議会が金曜日に発表した。建物は九年間使われていなかった。\n\n"
                "水車の修理だけで三回の冬がかかった。羽根に使う樫の木を探し、切り、乾かさなければならなかったからだ。\n\n"
                "ボランティアの人たちは、もう少しであきらめるところだったと話している。\n",
                "ja", "古い水車小屋が九年ぶりに再開", "水車の修理だけで");
}

CHECK(arabic)
{
    assert_page("الطاحونة القديمة تفتح أبوابها من جديد\n\n"
                "ستفتح الطاحونة القديمة الواقعة على ضفة النهر أبوابها من جديد في شهر مايو، كما أعلن مجلس البلدة يوم "
                "الجمعة، بعد تسع سنوات ظل فيها المبنى فارغا خلف السياج.\n\n"
                "استغرق إصلاح العجلة وحدها ثلاثة فصول شتاء، لأن خشب البلوط كان يجب أن يوجد ويقطع ويجفف قبل أن يصنع "
                "منه النجارون ما يلزم.\n",
                "ar", "الطاحونة القديمة تفتح أبوابها من جديد", "استغرق إصلاح");
}

CHECK(hebrew)
{
    assert_page("הטחנה הישנה תיפתח מחדש אחרי תשע שנים\n\n"
                "הטחנה הישנה שעל גדת הנהר תיפתח מחדש בחודש מאי, כך הודיעה מועצת העיירה ביום שישי, אחרי תשע שנים שבהן "
                "עמד הבניין ריק מאחורי גדר.\n\n"
                "תיקון הגלגל לבדו נמשך שלושה חורפים, כי את עץ האלון צריך היה למצוא, לכרות ולייבש, והנהר לא חיכה "
                "לנגרים.\n",
                "he", "הטחנה הישנה תיפתח מחדש אחרי תשע שנים", "תיקון הגלגל");
}

CHECK(russian)
{
    assert_page("Старую мельницу откроют после девяти лет ремонта\n\nАвтор: Мария Лаптева\n\n14 марта 2021\n\n"
                "Старая мельница на берегу реки снова откроет свои двери в мае, сообщил в пятницу городской совет. "
                "Девять лет здание стояло пустым за забором.\n\n"
                "Только на ремонт колеса ушло три зимы, потому что дуб нужно было найти, срубить и высушить, а река не "
                "хотела ждать плотников.\n",
                "ru", "Старую мельницу откроют после девяти лет ремонта", "Только на ремонт");
}

CHECK(thai)
{
    struct parsed p;
    static const char text[] = "โรงสีเก่าริมแม่น้ำจะเปิดอีกครั้ง\n\n"
                               "โรงสีเก่าริมแม่น้ำจะเปิดประตูอีกครั้งในเดือนพฤษภาคม"
                               "หลังจากที่อาคารว่างเปล่ามาเก้าปีสภาเมือง"
                               "กล่าวเมื่อวันศุกร์ที่ผ่านมาและเชิญชวนทุกคนมาเยี่ยมชม\n";

    parse_text(&p, text, strlen(text));
    assert_string_equal(p.article.language, "th");
    assert_int_equal(p.article.block_count, 2);
    parsed_release(&p);
}

CHECK(words_alone_have_no_language)
{
    struct parsed p;

    parse_text(&p, "1234 5678\n--- ***\n", 18);
    assert_null(p.article.language);
    parsed_release(&p);
}

static unsigned on_all(void *ctx, uint64_t line)
{
    return line == *(const uint64_t *)ctx ? 40 : 0;
}

static unsigned on_this(void *ctx, uint64_t line)
{
    *(uint64_t *)ctx = line;
    return 0;
}

/* The name of a line, as a page that holds nothing else tells it. */
static uint64_t digest_of_line(const char *line)
{
    uint64_t digest = 0;
    struct parse_site site = {.pages_with = on_this, .ctx = &digest, .pages = 50};
    struct record r;
    struct article a;

    record_init(&r);
    article_init(&a);
    record_set_text(&r, line, strlen(line));
    parse_article(the_parser(), &r, &site, &a);
    article_release(&a);
    record_release(&r);
    return digest;
}

/* A line that stands on many pages of its site is the site's, even where it reads like the text. */
CHECK(a_line_of_the_whole_site_is_no_part_of_the_text)
{
    static const char voice[] = "The harbour office asks all readers of these pages to keep the quay clear of carts "
                                "and boxes when the evening boat is expected.";
    static const char text[] =
        "Ferry Returns to Low Island\n\n"
        "The ferry to Low Island will sail again from Monday, the harbour master said, after a winter in which the "
        "ship lay in the yard for a new engine.\n\n"
        "The harbour office asks all readers of these pages to keep the quay clear of carts and "
        "boxes when the evening boat is expected.\n\n"
        "It will leave at seven in the morning and at five in the afternoon, and on market days there will be a third "
        "crossing at noon for those who carry goods.\n";
    uint64_t digest = digest_of_line(
        "THE harbour office asks all readers of these pages: to keep the quay clear of carts "
        "and boxes, when the evening boat is expected!");
    struct parse_site site = {.pages_with = on_all, .ctx = &digest, .pages = 50};
    struct record r;
    struct article a;

    record_init(&r);
    article_init(&a);
    record_set_text(&r, text, strlen(text));
    parse_article(the_parser(), &r, NULL, &a);
    assert_int_equal(kind_at(&a, voice), KIND_PARAGRAPH);
    article_reset(&a);
    parse_article(the_parser(), &r, &site, &a);
    assert_false(kind_info(kind_at(&a, voice))->body);
    assert_true(kind_info(kind_at(&a, "It will leave"))->body);
    article_release(&a);
    record_release(&r);
}

CHECK_MAIN(T(chinese), T(japanese), T(arabic), T(hebrew), T(russian), T(thai), T(words_alone_have_no_language),
           T(a_line_of_the_whole_site_is_no_part_of_the_text))
