/* SPDX-License-Identifier: ISC */
#include "parse/datewords.h"

#include <string.h>

#include "base/unicode.h"
#include "base/utf8.h"

/* Sorted by bytes, so that it can be searched; tests/parse/dates.c holds it so. */
static const struct dateword words[] = {
    {"a", W_ONE, 1}, {"abr", W_MONTH, 4}, {"abril", W_MONTH, 4}, {"acum", W_VOR, 0}, {"aedt", W_ZONE, 0},
    {"aest", W_ZONE, 0}, {"ago", W_LOOSE, 8}, {"agosto", W_MONTH, 8}, {"alle", W_AT, 0},
    {"am", W_NOON, 0}, {"an", W_ONE, 1}, {"anni", W_UNIT, 525600}, {"anno", W_UNIT, 525600},
    {"année", W_UNIT, 525600}, {"années", W_UNIT, 525600}, {"ano", W_UNIT, 525600},
    {"anos", W_UNIT, 525600}, {"ans", W_UNIT, 525600}, {"aout", W_MONTH, 8}, {"août", W_MONTH, 8},
    {"apr", W_MONTH, 4}, {"april", W_MONTH, 4}, {"aprile", W_MONTH, 4}, {"ara", W_LOOSE, 12},
    {"aralık", W_MONTH, 12}, {"as", W_AT, 0}, {"at", W_AT, 0}, {"atrás", W_AGO, 0}, {"aug", W_MONTH, 8},
    {"august", W_MONTH, 8}, {"augusti", W_MONTH, 8}, {"augustus", W_MONTH, 8}, {"avr", W_MONTH, 4},
    {"avril", W_MONTH, 4}, {"ay", W_UNIT, 43800}, {"ayer", W_DAY, 1440}, {"año", W_UNIT, 525600},
    {"años", W_UNIT, 525600}, {"ağu", W_MONTH, 8}, {"ağustos", W_MONTH, 8}, {"bst", W_ZONE, 0},
    {"bugün", W_DAY, 0}, {"březen", W_MONTH, 3}, {"března", W_MONTH, 3}, {"cdt", W_ZONE, 0},
    {"cest", W_ZONE, 0}, {"cet", W_ZONE, 0}, {"cst", W_ZONE, 0}, {"cuma", W_WEEKDAY, 0},
    {"cumartesi", W_WEEKDAY, 0}, {"cze", W_MONTH, 6}, {"czerwca", W_MONTH, 6}, {"czerwiec", W_MONTH, 6},
    {"czwartek", W_WEEKDAY, 0}, {"d", W_UNIT, 1440}, {"dag", W_UNIT, 1440}, {"dagar", W_UNIT, 1440},
    {"dagen", W_UNIT, 1440}, {"dakika", W_UNIT, 1}, {"day", W_UNIT, 1440}, {"days", W_UNIT, 1440},
    {"de", W_OF, 0}, {"dec", W_MONTH, 12}, {"december", W_MONTH, 12}, {"decembre", W_MONTH, 12},
    {"del", W_OF, 0}, {"den", W_UNIT, 1440}, {"dez", W_MONTH, 12}, {"dezember", W_MONTH, 12},
    {"dezembro", W_MONTH, 12}, {"di", W_WEEKDAY, 0}, {"dia", W_UNIT, 1440}, {"dias", W_UNIT, 1440},
    {"dic", W_MONTH, 12}, {"dicembre", W_MONTH, 12}, {"diciembre", W_MONTH, 12},
    {"dienstag", W_WEEKDAY, 0}, {"dim", W_WEEKDAY, 0}, {"dimanche", W_WEEKDAY, 0},
    {"dinsdag", W_WEEKDAY, 0}, {"dnes", W_DAY, 0}, {"dni", W_UNIT, 1440}, {"dny", W_UNIT, 1440},
    {"do", W_WEEKDAY, 0}, {"domenica", W_WEEKDAY, 0}, {"domingo", W_WEEKDAY, 0},
    {"donderdag", W_WEEKDAY, 0}, {"donnerstag", W_WEEKDAY, 0}, {"duben", W_MONTH, 4},
    {"dubna", W_MONTH, 4}, {"dzień", W_UNIT, 1440}, {"dzisiaj", W_DAY, 0}, {"dziś", W_DAY, 0},
    {"déc", W_MONTH, 12}, {"décembre", W_MONTH, 12}, {"día", W_UNIT, 1440}, {"días", W_UNIT, 1440},
    {"dün", W_DAY, 1440}, {"edt", W_ZONE, 0}, {"een", W_ONE, 1}, {"einem", W_ONE, 1}, {"einen", W_ONE, 1},
    {"einer", W_ONE, 1}, {"eki", W_MONTH, 10}, {"ekim", W_MONTH, 10}, {"en", W_ONE, 1},
    {"ene", W_MONTH, 1}, {"enero", W_MONTH, 1}, {"er", W_ORDINAL, 0}, {"est", W_ZONE, 0},
    {"ett", W_ONE, 1}, {"eyl", W_MONTH, 9}, {"eylül", W_MONTH, 9}, {"fa", W_AGO, 0}, {"feb", W_MONTH, 2},
    {"febbraio", W_MONTH, 2}, {"feber", W_MONTH, 2}, {"febr", W_MONTH, 2}, {"febrero", W_MONTH, 2},
    {"februar", W_MONTH, 2}, {"februari", W_MONTH, 2}, {"february", W_MONTH, 2}, {"feira", W_WEEKDAY, 0},
    {"fev", W_MONTH, 2}, {"fevereiro", W_MONTH, 2}, {"fr", W_WEEKDAY, 0}, {"fredag", W_WEEKDAY, 0},
    {"freitag", W_WEEKDAY, 0}, {"fri", W_WEEKDAY, 0}, {"friday", W_WEEKDAY, 0}, {"fév", W_MONTH, 2},
    {"févr", W_MONTH, 2}, {"février", W_MONTH, 2}, {"för", W_VOR, 0}, {"geleden", W_AGO, 0},
    {"gen", W_LOOSE, 1}, {"genn", W_MONTH, 1}, {"gennaio", W_MONTH, 1}, {"gestern", W_DAY, 1440},
    {"giorni", W_UNIT, 1440}, {"giorno", W_UNIT, 1440}, {"giovedì", W_WEEKDAY, 0},
    {"gisteren", W_DAY, 1440}, {"giu", W_MONTH, 6}, {"giugno", W_MONTH, 6}, {"gmt", W_ZONE, 0},
    {"godz", W_AT, 0}, {"godzin", W_UNIT, 60}, {"godzina", W_UNIT, 60}, {"godzinie", W_AT, 0},
    {"godziny", W_UNIT, 60}, {"godzinę", W_UNIT, 60}, {"gru", W_MONTH, 12}, {"grudnia", W_MONTH, 12},
    {"grudzień", W_MONTH, 12}, {"gün", W_UNIT, 1440}, {"h", W_UNIT, 60}, {"hace", W_VOR, 0},
    {"hafta", W_UNIT, 10080}, {"haziran", W_MONTH, 6}, {"heure", W_UNIT, 60}, {"heures", W_UNIT, 60},
    {"heute", W_DAY, 0}, {"hier", W_DAY, 1440}, {"hodin", W_UNIT, 60}, {"hodina", W_UNIT, 60},
    {"hodinami", W_UNIT, 60}, {"hodinu", W_UNIT, 60}, {"hodiny", W_UNIT, 60}, {"hoje", W_DAY, 0},
    {"hora", W_UNIT, 60}, {"horas", W_UNIT, 60}, {"hour", W_UNIT, 60}, {"hours", W_UNIT, 60},
    {"hoy", W_DAY, 0}, {"hr", W_UNIT, 60}, {"hrs", W_UNIT, 60}, {"há", W_VOR, 0}, {"idag", W_DAY, 0},
    {"ieri", W_DAY, 1440}, {"igår", W_DAY, 1440}, {"il", W_VOR, 0}, {"ist", W_ZONE, 0},
    {"jaar", W_UNIT, 525600}, {"jahr", W_UNIT, 525600}, {"jahre", W_UNIT, 525600},
    {"jahren", W_UNIT, 525600}, {"jan", W_MONTH, 1}, {"janeiro", W_MONTH, 1}, {"januar", W_MONTH, 1},
    {"januari", W_MONTH, 1}, {"january", W_MONTH, 1}, {"janv", W_MONTH, 1}, {"janvier", W_MONTH, 1},
    {"jedną", W_ONE, 1}, {"jeu", W_WEEKDAY, 0}, {"jeudi", W_WEEKDAY, 0}, {"jour", W_UNIT, 1440},
    {"jours", W_UNIT, 1440}, {"jueves", W_WEEKDAY, 0}, {"juil", W_MONTH, 7}, {"juillet", W_MONTH, 7},
    {"juin", W_MONTH, 6}, {"jul", W_MONTH, 7}, {"julho", W_MONTH, 7}, {"juli", W_MONTH, 7},
    {"julio", W_MONTH, 7}, {"july", W_MONTH, 7}, {"jun", W_MONTH, 6}, {"june", W_MONTH, 6},
    {"junho", W_MONTH, 6}, {"juni", W_MONTH, 6}, {"junio", W_MONTH, 6}, {"jän", W_MONTH, 1},
    {"jänner", W_MONTH, 1}, {"kas", W_LOOSE, 11}, {"kasım", W_MONTH, 11}, {"kl", W_AT, 0},
    {"klo", W_AT, 0}, {"květen", W_MONTH, 5}, {"května", W_MONTH, 5}, {"kwi", W_MONTH, 4},
    {"kwiecień", W_MONTH, 4}, {"kwietnia", W_MONTH, 4}, {"la", W_AT, 0}, {"las", W_AT, 0},
    {"lat", W_UNIT, 525600}, {"lata", W_UNIT, 525600}, {"leden", W_MONTH, 1}, {"ledna", W_MONTH, 1},
    {"lety", W_UNIT, 525600}, {"lip", W_LOOSE, 7}, {"lipca", W_MONTH, 7}, {"lipiec", W_MONTH, 7},
    {"lis", W_LOOSE, 11}, {"listopad", W_MONTH, 11}, {"listopada", W_MONTH, 11},
    {"listopadu", W_MONTH, 11}, {"lug", W_MONTH, 7}, {"luglio", W_MONTH, 7}, {"lun", W_WEEKDAY, 0},
    {"lundi", W_WEEKDAY, 0}, {"lunedì", W_WEEKDAY, 0}, {"lunes", W_WEEKDAY, 0}, {"lut", W_LOOSE, 2},
    {"lutego", W_MONTH, 2}, {"luty", W_MONTH, 2}, {"lördag", W_WEEKDAY, 0}, {"maand", W_UNIT, 43800},
    {"maandag", W_WEEKDAY, 0}, {"maanden", W_UNIT, 43800}, {"maart", W_MONTH, 3}, {"mag", W_LOOSE, 5},
    {"maggio", W_MONTH, 5}, {"mai", W_LOOSE, 5}, {"maio", W_MONTH, 5}, {"maj", W_MONTH, 5},
    {"maja", W_MONTH, 5}, {"mar", W_MONTH, 3}, {"marca", W_MONTH, 3}, {"march", W_MONTH, 3},
    {"mardi", W_WEEKDAY, 0}, {"mars", W_MONTH, 3}, {"mart", W_MONTH, 3}, {"martedì", W_WEEKDAY, 0},
    {"martes", W_WEEKDAY, 0}, {"marz", W_MONTH, 3}, {"marzec", W_MONTH, 3}, {"marzo", W_MONTH, 3},
    {"março", W_MONTH, 3}, {"may", W_LOOSE, 5}, {"mayo", W_MONTH, 5}, {"mayıs", W_MONTH, 5},
    {"mdt", W_ZONE, 0}, {"mei", W_MONTH, 5}, {"mer", W_WEEKDAY, 0}, {"mercoledì", W_WEEKDAY, 0},
    {"mercredi", W_WEEKDAY, 0}, {"mes", W_UNIT, 43800}, {"mese", W_UNIT, 43800}, {"meses", W_UNIT, 43800},
    {"mesi", W_UNIT, 43800}, {"mesz", W_ZONE, 0}, {"mez", W_ZONE, 0}, {"mi", W_WEEKDAY, 0},
    {"miesiąc", W_UNIT, 43800}, {"miesiące", W_UNIT, 43800}, {"miesięcy", W_UNIT, 43800},
    {"min", W_UNIT, 1}, {"mins", W_UNIT, 1}, {"minut", W_UNIT, 1}, {"minuta", W_UNIT, 1},
    {"minute", W_UNIT, 1}, {"minuten", W_UNIT, 1}, {"minuter", W_UNIT, 1}, {"minutes", W_UNIT, 1},
    {"minuti", W_UNIT, 1}, {"minuto", W_UNIT, 1}, {"minutos", W_UNIT, 1}, {"minutu", W_UNIT, 1},
    {"minuty", W_UNIT, 1}, {"minuut", W_UNIT, 1}, {"mittwoch", W_WEEKDAY, 0}, {"miércoles", W_WEEKDAY, 0},
    {"mo", W_WEEKDAY, 0}, {"mois", W_UNIT, 43800}, {"mon", W_WEEKDAY, 0}, {"monat", W_UNIT, 43800},
    {"monate", W_UNIT, 43800}, {"monaten", W_UNIT, 43800}, {"monday", W_WEEKDAY, 0},
    {"montag", W_WEEKDAY, 0}, {"month", W_UNIT, 43800}, {"months", W_UNIT, 43800}, {"mrt", W_MONTH, 3},
    {"msk", W_ZONE, 0}, {"mst", W_ZONE, 0}, {"mär", W_MONTH, 3}, {"märz", W_MONTH, 3},
    {"månad", W_UNIT, 43800}, {"månader", W_UNIT, 43800}, {"måndag", W_WEEKDAY, 0},
    {"mês", W_UNIT, 43800}, {"měsíc", W_UNIT, 43800}, {"měsíce", W_UNIT, 43800},
    {"měsíci", W_UNIT, 43800}, {"měsíců", W_UNIT, 43800}, {"nd", W_ORDINAL, 0}, {"neděle", W_WEEKDAY, 0},
    {"niedziela", W_WEEKDAY, 0}, {"nisan", W_MONTH, 4}, {"nov", W_MONTH, 11}, {"november", W_MONTH, 11},
    {"novembre", W_MONTH, 11}, {"novembro", W_MONTH, 11}, {"noviembre", W_MONTH, 11}, {"o", W_AT, 0},
    {"oca", W_MONTH, 1}, {"ocak", W_MONTH, 1}, {"oct", W_MONTH, 10}, {"october", W_MONTH, 10},
    {"octobre", W_MONTH, 10}, {"octubre", W_MONTH, 10}, {"of", W_OF, 0}, {"oggi", W_DAY, 0},
    {"okt", W_MONTH, 10}, {"oktober", W_MONTH, 10}, {"om", W_AT, 0}, {"on", W_AT, 0},
    {"onsdag", W_WEEKDAY, 0}, {"ontem", W_DAY, 1440}, {"ora", W_UNIT, 60}, {"ore", W_UNIT, 60},
    {"ott", W_MONTH, 10}, {"ottobre", W_MONTH, 10}, {"out", W_LOOSE, 10}, {"outubro", W_MONTH, 10},
    {"pazar", W_WEEKDAY, 0}, {"pazartesi", W_WEEKDAY, 0}, {"paź", W_MONTH, 10},
    {"październik", W_MONTH, 10}, {"października", W_MONTH, 10}, {"pdt", W_ZONE, 0},
    {"perşembe", W_WEEKDAY, 0}, {"piątek", W_WEEKDAY, 0}, {"pm", W_NOON, 12}, {"pondělí", W_WEEKDAY, 0},
    {"poniedziałek", W_WEEKDAY, 0}, {"prosince", W_MONTH, 12}, {"prosinec", W_MONTH, 12},
    {"pst", W_ZONE, 0}, {"pátek", W_WEEKDAY, 0}, {"před", W_VOR, 0}, {"quarta", W_WEEKDAY, 0},
    {"quinta", W_WEEKDAY, 0}, {"rd", W_ORDINAL, 0}, {"rok", W_UNIT, 525600}, {"rokem", W_UNIT, 525600},
    {"roky", W_UNIT, 525600}, {"sa", W_WEEKDAY, 0}, {"saat", W_UNIT, 60}, {"sabato", W_WEEKDAY, 0},
    {"salı", W_WEEKDAY, 0}, {"sam", W_WEEKDAY, 0}, {"samedi", W_WEEKDAY, 0}, {"samstag", W_WEEKDAY, 0},
    {"saniye", W_UNIT, 0}, {"sat", W_WEEKDAY, 0}, {"saturday", W_WEEKDAY, 0}, {"sec", W_UNIT, 0},
    {"second", W_UNIT, 0}, {"seconde", W_UNIT, 0}, {"seconden", W_UNIT, 0}, {"secondes", W_UNIT, 0},
    {"secondi", W_UNIT, 0}, {"seconds", W_UNIT, 0}, {"secs", W_UNIT, 0}, {"sedan", W_AGO, 0},
    {"segunda", W_WEEKDAY, 0}, {"segundo", W_UNIT, 0}, {"segundos", W_UNIT, 0}, {"sekund", W_UNIT, 0},
    {"sekunde", W_UNIT, 0}, {"sekunden", W_UNIT, 0}, {"sekunder", W_UNIT, 0}, {"sekundy", W_UNIT, 0},
    {"semaine", W_UNIT, 10080}, {"semaines", W_UNIT, 10080}, {"semana", W_UNIT, 10080},
    {"semanas", W_UNIT, 10080}, {"sep", W_MONTH, 9}, {"sept", W_MONTH, 9}, {"september", W_MONTH, 9},
    {"septembre", W_MONTH, 9}, {"septiembre", W_MONTH, 9}, {"set", W_LOOSE, 9}, {"setembro", W_MONTH, 9},
    {"setiembre", W_MONTH, 9}, {"settembre", W_MONTH, 9}, {"settimana", W_UNIT, 10080},
    {"settimane", W_UNIT, 10080}, {"sexta", W_WEEKDAY, 0}, {"sie", W_MONTH, 8}, {"sierpień", W_MONTH, 8},
    {"sierpnia", W_MONTH, 8}, {"so", W_WEEKDAY, 0}, {"sobota", W_WEEKDAY, 0}, {"sonnabend", W_WEEKDAY, 0},
    {"sonntag", W_WEEKDAY, 0}, {"srpen", W_MONTH, 8}, {"srpna", W_MONTH, 8}, {"st", W_ORDINAL, 0},
    {"std", W_UNIT, 60}, {"stunde", W_UNIT, 60}, {"stunden", W_UNIT, 60}, {"sty", W_MONTH, 1},
    {"styczeń", W_MONTH, 1}, {"stycznia", W_MONTH, 1}, {"středa", W_WEEKDAY, 0}, {"sun", W_WEEKDAY, 0},
    {"sunday", W_WEEKDAY, 0}, {"sábado", W_WEEKDAY, 0}, {"söndag", W_WEEKDAY, 0}, {"tag", W_UNIT, 1440},
    {"tage", W_UNIT, 1440}, {"tagen", W_UNIT, 1440}, {"tem", W_LOOSE, 8}, {"temmuz", W_MONTH, 7},
    {"temu", W_AGO, 0}, {"terça", W_WEEKDAY, 0}, {"th", W_ORDINAL, 0}, {"thu", W_WEEKDAY, 0},
    {"thur", W_WEEKDAY, 0}, {"thurs", W_WEEKDAY, 0}, {"thursday", W_WEEKDAY, 0}, {"timmar", W_UNIT, 60},
    {"timme", W_UNIT, 60}, {"tisdag", W_WEEKDAY, 0}, {"today", W_DAY, 0}, {"torsdag", W_WEEKDAY, 0},
    {"tue", W_WEEKDAY, 0}, {"tues", W_WEEKDAY, 0}, {"tuesday", W_WEEKDAY, 0}, {"tydzień", W_UNIT, 10080},
    {"tygodni", W_UNIT, 10080}, {"tygodnie", W_UNIT, 10080}, {"týden", W_UNIT, 10080},
    {"týdny", W_UNIT, 10080}, {"týdnů", W_UNIT, 10080}, {"uhr", W_UHR, 0}, {"um", W_AT, 0},
    {"uma", W_ONE, 1}, {"un", W_ONE, 1}, {"una", W_ONE, 1}, {"une", W_ONE, 1}, {"utc", W_ZONE, 0},
    {"uur", W_UNIT, 60}, {"v", W_AT, 0}, {"vandaag", W_DAY, 0}, {"ve", W_AT, 0}, {"vecka", W_UNIT, 10080},
    {"veckor", W_UNIT, 10080}, {"ven", W_WEEKDAY, 0}, {"vendredi", W_WEEKDAY, 0},
    {"venerdì", W_WEEKDAY, 0}, {"viernes", W_WEEKDAY, 0}, {"vor", W_VOR, 0}, {"vrijdag", W_WEEKDAY, 0},
    {"včera", W_DAY, 1440}, {"w", W_UNIT, 10080}, {"wczoraj", W_DAY, 1440}, {"wed", W_WEEKDAY, 0},
    {"wednesday", W_WEEKDAY, 0}, {"week", W_UNIT, 10080}, {"weeks", W_UNIT, 10080},
    {"weken", W_UNIT, 10080}, {"wk", W_UNIT, 10080}, {"wks", W_UNIT, 10080}, {"woche", W_UNIT, 10080},
    {"wochen", W_UNIT, 10080}, {"woensdag", W_WEEKDAY, 0}, {"wrz", W_MONTH, 9}, {"wrzesień", W_MONTH, 9},
    {"września", W_MONTH, 9}, {"wtorek", W_WEEKDAY, 0}, {"year", W_UNIT, 525600},
    {"years", W_UNIT, 525600}, {"yesterday", W_DAY, 1440}, {"yr", W_UNIT, 525600},
    {"yrs", W_UNIT, 525600}, {"yıl", W_UNIT, 525600}, {"z", W_ZONE, 0}, {"zaterdag", W_WEEKDAY, 0},
    {"zondag", W_WEEKDAY, 0}, {"září", W_MONTH, 9}, {"ª", W_ORDINAL, 0}, {"º", W_ORDINAL, 0},
    {"à", W_AT, 0}, {"às", W_AT, 0}, {"år", W_UNIT, 525600}, {"çarşamba", W_WEEKDAY, 0},
    {"ère", W_ORDINAL, 0}, {"önce", W_AGO, 0}, {"únor", W_MONTH, 2}, {"února", W_MONTH, 2},
    {"úterý", W_WEEKDAY, 0}, {"červen", W_MONTH, 6}, {"července", W_MONTH, 7}, {"červenec", W_MONTH, 7},
    {"června", W_MONTH, 6}, {"čtvrtek", W_WEEKDAY, 0}, {"říjen", W_MONTH, 10}, {"října", W_MONTH, 10},
    {"środa", W_WEEKDAY, 0}, {"şub", W_MONTH, 2}, {"şubat", W_MONTH, 2}, {"ο", W_ORDINAL, 0},
    {"авг", W_MONTH, 8}, {"август", W_MONTH, 8}, {"августа", W_MONTH, 8}, {"апр", W_MONTH, 4},
    {"апрель", W_MONTH, 4}, {"апреля", W_MONTH, 4}, {"бер", W_MONTH, 3}, {"березень", W_MONTH, 3},
    {"березня", W_MONTH, 3}, {"в", W_AT, 0}, {"вер", W_MONTH, 9}, {"вересень", W_MONTH, 9},
    {"вересня", W_MONTH, 9}, {"воскресенье", W_WEEKDAY, 0}, {"вс", W_WEEKDAY, 0}, {"вт", W_WEEKDAY, 0},
    {"вторник", W_WEEKDAY, 0}, {"вчера", W_DAY, 1440}, {"вчора", W_DAY, 1440}, {"вівторок", W_WEEKDAY, 0},
    {"год", W_UNIT, 525600}, {"года", W_UNIT, 525600}, {"годин", W_UNIT, 60}, {"година", W_UNIT, 60},
    {"години", W_UNIT, 60}, {"годину", W_UNIT, 60}, {"гру", W_MONTH, 12}, {"грудень", W_MONTH, 12},
    {"грудня", W_MONTH, 12}, {"дек", W_MONTH, 12}, {"декабрь", W_MONTH, 12}, {"декабря", W_MONTH, 12},
    {"день", W_UNIT, 1440}, {"дней", W_UNIT, 1440}, {"дня", W_UNIT, 1440}, {"дні", W_UNIT, 1440},
    {"днів", W_UNIT, 1440}, {"жов", W_MONTH, 10}, {"жовтень", W_MONTH, 10}, {"жовтня", W_MONTH, 10},
    {"июл", W_MONTH, 7}, {"июль", W_MONTH, 7}, {"июля", W_MONTH, 7}, {"июн", W_MONTH, 6},
    {"июнь", W_MONTH, 6}, {"июня", W_MONTH, 6}, {"кві", W_MONTH, 4}, {"квітень", W_MONTH, 4},
    {"квітня", W_MONTH, 4}, {"лет", W_UNIT, 525600}, {"лип", W_MONTH, 7}, {"липень", W_MONTH, 7},
    {"липня", W_MONTH, 7}, {"лис", W_MONTH, 11}, {"листопада", W_MONTH, 11}, {"лют", W_MONTH, 2},
    {"лютий", W_MONTH, 2}, {"лютого", W_MONTH, 2}, {"май", W_MONTH, 5}, {"мар", W_MONTH, 3},
    {"март", W_MONTH, 3}, {"марта", W_MONTH, 3}, {"мая", W_MONTH, 5}, {"месяц", W_UNIT, 43800},
    {"месяца", W_UNIT, 43800}, {"месяцев", W_UNIT, 43800}, {"минут", W_UNIT, 1}, {"минута", W_UNIT, 1},
    {"минуту", W_UNIT, 1}, {"минуты", W_UNIT, 1}, {"місяць", W_UNIT, 43800}, {"місяці", W_UNIT, 43800},
    {"місяців", W_UNIT, 43800}, {"назад", W_AGO, 0}, {"недели", W_UNIT, 10080}, {"недель", W_UNIT, 10080},
    {"неделю", W_UNIT, 10080}, {"неделя", W_UNIT, 10080}, {"неділя", W_WEEKDAY, 0}, {"ноя", W_MONTH, 11},
    {"нояб", W_MONTH, 11}, {"ноябрь", W_MONTH, 11}, {"ноября", W_MONTH, 11}, {"о", W_AT, 0},
    {"окт", W_MONTH, 10}, {"октябрь", W_MONTH, 10}, {"октября", W_MONTH, 10}, {"пʼятниця", W_WEEKDAY, 0},
    {"пн", W_WEEKDAY, 0}, {"понедельник", W_WEEKDAY, 0}, {"понеділок", W_WEEKDAY, 0},
    {"пт", W_WEEKDAY, 0}, {"пятница", W_WEEKDAY, 0}, {"роки", W_UNIT, 525600}, {"років", W_UNIT, 525600},
    {"рік", W_UNIT, 525600}, {"сб", W_WEEKDAY, 0}, {"сегодня", W_DAY, 0}, {"секунд", W_UNIT, 0},
    {"секунду", W_UNIT, 0}, {"секунды", W_UNIT, 0}, {"сен", W_MONTH, 9}, {"сент", W_MONTH, 9},
    {"сентябрь", W_MONTH, 9}, {"сентября", W_MONTH, 9}, {"сер", W_MONTH, 8}, {"середа", W_WEEKDAY, 0},
    {"серпень", W_MONTH, 8}, {"серпня", W_MONTH, 8}, {"ср", W_WEEKDAY, 0}, {"среда", W_WEEKDAY, 0},
    {"суббота", W_WEEKDAY, 0}, {"субота", W_WEEKDAY, 0}, {"сьогодні", W_DAY, 0}, {"січ", W_MONTH, 1},
    {"січень", W_MONTH, 1}, {"січня", W_MONTH, 1}, {"тиждень", W_UNIT, 10080}, {"тижні", W_UNIT, 10080},
    {"тижнів", W_UNIT, 10080}, {"тому", W_AGO, 0}, {"тра", W_MONTH, 5}, {"травень", W_MONTH, 5},
    {"травня", W_MONTH, 5}, {"фев", W_MONTH, 2}, {"февр", W_MONTH, 2}, {"февраль", W_MONTH, 2},
    {"февраля", W_MONTH, 2}, {"хвилин", W_UNIT, 1}, {"хвилина", W_UNIT, 1}, {"хвилини", W_UNIT, 1},
    {"хвилину", W_UNIT, 1}, {"час", W_UNIT, 60}, {"часа", W_UNIT, 60}, {"часов", W_UNIT, 60},
    {"чер", W_MONTH, 6}, {"червень", W_MONTH, 6}, {"червня", W_MONTH, 6}, {"четверг", W_WEEKDAY, 0},
    {"чт", W_WEEKDAY, 0}, {"янв", W_MONTH, 1}, {"январь", W_MONTH, 1}, {"января", W_MONTH, 1},
};

enum { WORDS = sizeof words / sizeof words[0], LONGEST = 24 };

const struct dateword *dateword_at(size_t i)
{
    return i < WORDS ? &words[i] : NULL;
}

const struct dateword *dateword_find(const char *s, size_t len)
{
    char low[LONGEST + 4];
    size_t n = 0, i = 0, from = 0, to = WORDS;

    if (len == 0 || len > LONGEST)
        return NULL;
    while (i < len && n < LONGEST) {
        uint32_t cp;

        i += utf8_next(s + i, len - i, &cp);
        if (cp < 0x80)
            low[n++] = (char)(cp >= 'A' && cp <= 'Z' ? cp + 32 : cp);
        else
            n += utf8_encode(unicode_lower(cp), low + n);
    }
    low[n] = '\0';
    while (from < to) {
        size_t mid = from + (to - from) / 2;
        int order = strcmp(low, words[mid].text);

        if (order == 0)
            return &words[mid];
        if (order < 0)
            to = mid;
        else
            from = mid + 1;
    }
    return NULL;
}
