/* SPDX-License-Identifier: ISC */
/*
 * Pages made of the shapes in which comments stand on real ones: where the name is, where the date, and what is
 * between them, before the comment or after it; in four languages, with text of our own. Each must come back whole.
 */
#include "page.h"

#include "base/buf.h"

enum { COMMENTS = 7 };

enum language { EN, DE, FR, ES, LANGUAGES };

static const char *const codes[] = {"en", "de", "fr", "es"};

static const char *const stories[] = {
    "The ferry to Holm will run again\n\nAfter three winters on the quay the ferry to the island of Holm is to run "
    "again from the first of May, the council said on Tuesday.\n\nThe ship was laid up when its engine failed in a "
    "storm, and for a long time nobody was found who would pay for a new one. The islanders, of whom there are two "
    "hundred, went by mail boat meanwhile.\n\nThe new engine was built in the yard at Norrby. It burns less "
    "than half "
    "of what the old one did, and the crossing takes ten minutes less than it used to.\n\n",
    "Die Fähre nach Holm fährt wieder\n\nNach drei Wintern am Kai soll die Fähre zur Insel Holm vom ersten "
    "Mai an wieder fahren, wie der Gemeinderat am Dienstag mitteilte.\n\nDas Schiff lag still, seit in einem "
    "Sturm die "
    "Maschine ausgefallen war, und lange fand sich niemand, der eine neue bezahlen wollte. Die zweihundert "
    "Bewohner der "
    "Insel nahmen in dieser Zeit das Postboot.\n\nDie neue Maschine wurde in der Werft von Norrby gebaut. Sie "
    "braucht "
    "weniger als die Hälfte des Treibstoffs, und die Überfahrt dauert zehn Minuten weniger als bisher.\n\n",
    "Le bac de Holm reprend la mer\n\nAprès trois hivers à quai, le bac qui relie l’île de Holm "
    "au continent reprendra son service le premier mai, a annoncé la mairie mardi.\n\nLe navire était "
    "immobilisé depuis qu’une tempête avait eu raison de son moteur, et personne ne voulait en payer "
    "un autre. Les deux cents habitants ont dû prendre le bateau de la poste.\n\nLe nouveau moteur a été "
    "construit au chantier de Norrby. Il consomme deux fois moins que l’ancien, et la traversée dure dix "
    "minutes de moins qu’auparavant.\n\n",
    "El transbordador de Holm vuelve a navegar\n\nDespués de tres inviernos en el muelle, el transbordador de "
    "la isla "
    "de Holm volverá a navegar el primero de mayo, anunció el martes el ayuntamiento.\n\nEl barco estaba parado "
    "desde que una tormenta dañó el motor, y durante mucho tiempo nadie quiso pagar otro. Los doscientos "
    "habitantes de la isla tuvieron que usar el barco del correo.\n\nEl nuevo motor se construyó en el astillero de "
    "Norrby. Consume menos de la mitad que el anterior, y la travesía dura diez minutos menos que antes.\n\n"};

static const char *const names[COMMENTS] = {"Ingrid Moe",  "harbour_cat", "T. Okafor", "Pelle",
                                            "Marta Quill", "oldsalt77",   "Jonas B."};

/* A bar stands for the end of a paragraph. */
static const char *const words[LANGUAGES][COMMENTS] = {
    {"At last! We have waited so long for this that my children hardly know what the island looks like from the sea.",
     "Who paid for the engine in the end? The paper does not say.",
     "I worked on the old one for eleven years. She was a good ship, and it was not her fault.|They should have "
    "listened "
     "to the engineers when there was still time to do it cheaply.",
     "Great news, thank you all.",
     "Ten minutes less is nothing. What we need is a boat in the evening, so that one can go to the theatre and "
    "be home "
     "before midnight.",
     "I do not believe it until I see it leave the quay with my own eyes.",
     "The mail boat was fine for me. It took its time, but the coffee was better, and one met everybody.|Still, "
    "I am glad "
     "for those who have to take their cars across."},
    {"Endlich! Wir haben so lange darauf gewartet, dass meine Kinder kaum noch wissen, wie die Insel vom Meer "
    "aus aussieht.",
     "Wer hat die Maschine denn nun bezahlt? Im Artikel steht es nicht.",
     "Ich habe elf Jahre auf dem Schiff gearbeitet. Es war ein gutes Schiff, und es konnte nichts dafür.|Man "
     "hätte auf die Ingenieure hören sollen, als es noch billig gewesen wäre.",
     "Schöne Nachricht, danke an alle.",
     "Zehn Minuten weniger sind nichts. Was wir brauchen, ist ein Boot am Abend, damit man ins Theater gehen und vor "
     "Mitternacht zu Hause sein kann.",
     "Ich glaube es erst, wenn ich mit eigenen Augen sehe, wie sie ablegt.",
     "Mir war das Postboot gerade recht. Es ließ sich Zeit, aber der Kaffee war besser, und man traf jeden.|Trotzdem "
     "freue ich mich für alle, die ihr Auto mitnehmen müssen."},
    {"Enfin ! Nous avons attendu si longtemps que mes enfants ne savent plus à quoi ressemble l’île vue de "
     "la mer.",
     "Qui a payé le moteur, en fin de compte ? L’article ne le dit pas.",
     "J’ai travaillé onze ans sur ce bateau. Il était solide et ce n’était pas sa faute.|"
     "On aurait dû écouter les ingénieurs quand cela ne coûtait presque rien.",
     "Bonne nouvelle, merci à tous.",
     "Dix minutes de moins, ce n’est rien. Il nous faut un bateau le soir, pour aller au théâtre et "
     "rentrer avant minuit.",
     "Je n’y croirai que lorsque je le verrai quitter le quai de mes propres yeux.",
     "Le bateau de la poste me suffisait. Il prenait son temps, mais le café était meilleur et on y rencontrait "
     "tout le monde.|Je suis content tout de même pour ceux qui doivent emmener leur voiture."},
    {"¡Por fin! Hemos esperado tanto que mis hijos ya no saben cómo se ve la isla desde el mar.",
     "¿Quién pagó el motor al final? El artículo no lo dice.",
     "Trabajé once años en ese barco. Era un buen barco y no tenía la culpa de nada.|Tenían que "
     "haber escuchado a los ingenieros cuando todavía era barato.",
     "Muy buena noticia, gracias a todos.",
     "Diez minutos menos no son nada. Lo que necesitamos es un barco por la noche, para ir al teatro y volver "
    "antes de "
     "las doce.",
     "No me lo creeré hasta que lo vea salir del muelle con mis propios ojos.",
     "A mí me bastaba el barco del correo. Iba despacio, pero el café era mejor y uno se encontraba con "
     "todos.|De todos modos me alegro por los que tienen que llevar el coche."}};

static const char *const months[LANGUAGES][4] = {{"March", "April", "May", "June"},
                                                 {"März", "April", "Mai", "Juni"},
                                                 {"mars", "avril", "mai", "juin"},
                                                 {"marzo", "abril", "mayo", "junio"}};
static const char *const heading[] = {"Comments", "Kommentare", "Commentaires", "Comentarios"};
static const char *const closing[] = {"Leave a Reply", "Schreibe einen Kommentar", "Laisser un commentaire",
                                      "Deja un comentario"};

/*
 * Shapes, in signs: N name, D day, T day and time, t time alone, U address, # number, S "says:", O "on" (and a space
 * on either side), A "posted by", R "reply"; X the comment. All else stands for itself.
 */
struct shape {
    const char *name, *signs;
    unsigned languages; /* bits; 0 for all */
};

#define ONLY(l) (1u << (l))

static const struct shape shapes[] = {
    {"name, then date", "N\nT\nX\n\n", 0},
    {"name and date, blank line after each", "N\n\nT\n\nX\n\n", 0},
    {"name and date on one line", "N T\nX\n\n", 0},
    {"says, then date", "N S\nT\n\nX\n\n", 0},
    {"says, then date, closed by reply", "N S\nT\n\nX\n\nR\n\n", 0},
    {"posted by, bar, after", "X\n\nA N | T\n\n", 0},
    {"posted by, after", "X\n\nA N O T\n\n", 0},
    {"says, date after", "N S\nX\n\nT\n\n", 0},
    {"number, name, date", "# N T\nX\n\n", 0},
    {"address and name", "U N\nX\n\n", ONLY(EN)},
    {"date, slash, name says", "D / N S\nX\n\n", ONLY(EN) | ONLY(DE)},
    {"by name on date, after", "X\nby N on T.\n\n", ONLY(EN)},
    {"glued name and date, closed by reply", "NT\nX\nR\n\n", ONLY(EN)},
    {"name on date", "N O T\nX\n\n", 0},
    {"comment number, posted by, after", "X\n\nComment ## - Posted by: N at T\n\n", ONLY(EN)},
    {"date, then name", "T\nN\nX\n\n", 0},
    {"name, dash, date", "N - D\n\nX\n\n", 0},
    {"name, long dash, date", "N — T\n\nX\n\n", 0},
    {"on date name said", "On T N said:\nX\n\n", ONLY(EN)},
    {"name on date said", "N on T said:\nX\n\n", ONLY(EN)},
    {"says alone", "N S\nX\n\n", 0},
    {"name, posted date", "N\nPosted T\nX\n\n", ONLY(EN)},
    {"number, full stop, name, dash, date", "#. N - D\n\nX\n\n", 0},
    {"date, long dash, name", "T — N\n\nX\n\n", 0},
    {"name, bar, date", "N | T\n\nX\n\n", 0},
    {"name, dot, ago, reply below", "N • 2 years ago\n\nX\n\n3 • Reply • Share ›\n\n",
     ONLY(EN)},
    {"forum: date, number, name, rank", "T\n##\nN\nMember\n\nX\n\n", ONLY(EN)},
};

static void add_day(struct buf *b, enum language l, int i)
{
    const char *month = months[l][i / 2];
    int day = 3 + i * 3;

    if (l == EN)
        buf_add_fmt(b, "%s %d, 2012", month, day);
    else
        buf_add_fmt(b, l == DE ? "%d. %s 2012" : l == ES ? "%d de %s de 2012" : "%d %s 2012", day, month);
}

static void add_sign(struct buf *b, char sign, enum language l, int i)
{
    static const char *const says[] = {"says:", "sagt:", "dit :", "dice:"};
    static const char *const on[] = {"on", "am", "le", "el"};
    static const char *const by[] = {"Posted by:", "Kommentar von", "Rédigé par", "Publicado por:"};
    static const char *const reply[] = {"Reply", "Antworten", "Répondre", "Responder"};
    static const char *const at[] = {" at ", " um ", " à ", " a las "};

    switch (sign) {
    case 'N':
        buf_add_str(b, names[i]);
        break;
    case 'T':
        add_day(b, l, i);
        buf_add_str(b, at[l]);
        if (l == EN)
            buf_add_fmt(b, "%d:%02d %s", 1 + i, 7 * i + 5, i % 2 ? "am" : "pm");
        else
            buf_add_fmt(b, "%d:%02d%s", 9 + i, 7 * i + 5, l == DE ? " Uhr" : "");
        break;
    case 'D':
        add_day(b, l, i);
        break;
    case 'U':
        buf_add_fmt(b, "http://reader%d.example/", i);
        break;
    case '#':
        buf_add_fmt(b, "%d", i + 1);
        break;
    case 'S':
        buf_add_str(b, says[l]);
        break;
    case 'O':
        buf_add_str(b, on[l]);
        break;
    case 'A':
        buf_add_str(b, by[l]);
        break;
    case 'R':
        buf_add_str(b, reply[l]);
        break;
    case 'X':
        for (const char *s = words[l][i]; *s; s++)
            buf_add_str(b, *s == '|' ? "\n\n" : (char[]){*s, '\0'});
        break;
    default:
        buf_add_char(b, sign);
    }
}

/* A sign is one where no other letter of a word stands beside it; "##" is "#" and the number. */
static void add_comment(struct buf *b, const char *signs, enum language l, int i)
{
    for (const char *s = signs; *s; s++) {
        bool inside = (s > signs && s[-1] >= 'a' && s[-1] <= 'z') || (s[1] >= 'a' && s[1] <= 'z');

        if (s[0] == '#' && s[1] == '#') {
            buf_add_char(b, *s++);
            add_sign(b, '#', l, i);
        } else if (inside)
            buf_add_char(b, *s);
        else
            add_sign(b, *s, l, i);
    }
}

/* What is wrong with what came back, "" for nothing. */
static void compare(struct buf *out, const struct article *a, enum language l, int count)
{
    size_t wrong = 0;
    struct buf text;

    buf_init(&text);
    for (int i = 0; i < count && a->comment_count == (size_t)count; i++) {
        const struct article_comment *c = &a->comments[i];

        buf_clear(&text);
        add_sign(&text, 'X', l, i);
        if (!c->author || strcmp(c->author, names[i]) != 0) {
            if (!wrong++)
                buf_add_fmt(out, "author %d is '%s'", i + 1, c->author ? c->author : "");
        } else if (strcmp(c->text, text.data) != 0 && !wrong++)
            buf_add_fmt(out, "text %d is '%.60s'", i + 1, c->text);
    }
    if (a->comment_count != (size_t)count)
        buf_add_fmt(out, "%zu comments", a->comment_count);
    buf_release(&text);
}

enum frame { HEADED = 1, CLOSED = 2 };

/* Makes the page of a shape with so many comments, and adds what is wrong with what the parser says of it. */
static void try_shape(struct buf *out, const struct shape *s, enum language l, int count, unsigned frame)
{
    struct parsed p;
    struct buf page, fault;

    buf_init(&page);
    buf_init(&fault);
    buf_add_str(&page, stories[l]);
    if (frame & HEADED)
        buf_add_fmt(&page, "%s\n\n", heading[l]);
    for (int i = 0; i < count; i++)
        add_comment(&page, s->signs, l, i);
    if (frame & CLOSED)
        buf_add_fmt(&page, "%s\n", closing[l]);
    parse_text(&p, page.data, page.len);
    compare(&fault, &p.article, l, count);
    if (fault.len)
        buf_add_fmt(out, "%s, %s: %s\n", s->name, codes[l], fault.data);
    parsed_release(&p);
    buf_release(&fault);
    buf_release(&page);
}

static void try_all(int count, unsigned frame)
{
    struct buf faults;

    buf_init(&faults);
    for (size_t i = 0; i < sizeof shapes / sizeof shapes[0]; i++)
        for (int l = 0; l < LANGUAGES; l++)
            if (!shapes[i].languages || shapes[i].languages & ONLY(l))
                try_shape(&faults, &shapes[i], (enum language)l, count, frame);
    if (faults.len)
        fail_msg("%s", faults.data);
    buf_release(&faults);
}

CHECK(every_shape_is_read_below_a_heading)
{
    try_all(COMMENTS, HEADED | CLOSED);
    try_all(COMMENTS, HEADED);
}

CHECK(every_shape_is_read_by_its_own_repetition)
{
    try_all(COMMENTS, CLOSED);
    try_all(COMMENTS, 0);
}

CHECK(few_of_a_shape_are_enough)
{
    try_all(4, 0);
    try_all(3, HEADED | CLOSED);
    try_all(1, HEADED | CLOSED);
}

CHECK_MAIN(T(every_shape_is_read_below_a_heading), T(every_shape_is_read_by_its_own_repetition),
           T(few_of_a_shape_are_enough))
