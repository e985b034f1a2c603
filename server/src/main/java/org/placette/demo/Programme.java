package org.placette.demo;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What goes on in the demo village: events around today, and what people talk about. */
final class Programme {

  private Programme() {}

  /**
   * An event.
   *
   * @param by username of whoever proposes it
   * @param in days from today, in the village's time
   * @param hour hour of its start
   * @param lasts hours
   * @param capacity how many may come; null when there is room for all
   * @param fate what became of it
   */
  record Plan(
      String by,
      String name,
      String text,
      int in,
      int hour,
      int lasts,
      String place,
      String street,
      String category,
      @Nullable Integer capacity,
      Fate fate) {}

  /** What becomes of an event after it was published. */
  enum Fate {
    PLANNED,
    CANCELLED,
    MOVED_BY_A_WEEK
  }

  /**
   * Something said, and the answers to it, of which each comes a little later.
   *
   * @param hoursAgo when it was said
   * @param title for a thread with a title; null for a plain note
   * @param group the theme that it is posted to; null for the village
   */
  record Talk(
      double hoursAgo,
      String by,
      @Nullable String title,
      @Nullable String group,
      String text,
      List<Line> answers) {}

  /** One answer. */
  record Line(String by, String text) {}

  /**
   * Something said below an event.
   *
   * @param event its name
   */
  record Comment(String event, double hoursAgo, Line line) {}

  /** What one should know of a place. */
  static final Map<String, String> NOTES =
      Map.of(
          "Salle des fêtes",
              "120 places. Clé à la mairie, du lundi au vendredi ; accès de plain-pied.",
          "Préau de l’école", "50 places, pas de chauffage. Entrée par la cour.",
          "Bibliothèque", "Deux marches à l’entrée, une rampe sur demande.",
          "Mairie", "Salle du conseil au rez-de-chaussée, boucle magnétique.");

  static final List<Plan> EVENTS =
      List.of(
          new Plan(
              Cast.COMMITTEE,
              "Soupe partagée sur la place",
              "On cuisine ensemble à partir de 17 h, chacun apporte un légume. La soupe est prête à"
                  + " 19 h. Prenez un bol, une cuillère et un pull.\n\n"
                  + "S’il pleut, repli sous la halle. #soupe",
              2,
              19,
              3,
              "Place du Lavoir",
              "Place du Lavoir",
              "FOOD_DRINK",
              40,
              Fate.PLANNED),
          new Plan(
              "jean",
              "Atelier réparation vélo et radio",
              "Apportez ce qui ne marche plus, on regarde ensemble. Pièces à prix coûtant. #repair",
              4,
              18,
              2,
              "Salle des fêtes",
              "3 rue du Moulin",
              "DIY_MAKER_SPACES",
              12,
              Fate.PLANNED),
          new Plan(
              Cast.COMMITTEE,
              "Vide-grenier",
              "Le champ de foire est sous l’eau : on cherche une autre date.",
              5,
              9,
              8,
              "Champ de foire",
              "Route de Varennes",
              "COMMUNITY",
              null,
              Fate.CANCELLED),
          new Plan(
              "emma",
              "Balade des trois hameaux",
              "Onze kilomètres, deux montées, un goûter chez Paul. Chiens en laisse bienvenus.",
              6,
              10,
              4,
              "Parvis de l’église",
              "Place de l’Église",
              "OUTDOORS_ADVENTURE",
              null,
              Fate.PLANNED),
          new Plan(
              Cast.TOWN_HALL,
              "Conseil municipal ouvert",
              "À l’ordre du jour : le four à pain, l’éclairage de nuit, les horaires du bus"
                  + " scolaire. Les questions se posent avant, en réponse à cette annonce.",
              9,
              20,
              2,
              "Mairie",
              "1 place de l’Église",
              "MOVEMENTS_POLITICS",
              60,
              Fate.PLANNED),
          new Plan(
              "nour",
              "Petit déjeuner lecture",
              "Chacun vient avec un livre et trois minutes pour en parler. Café et tartines.",
              13,
              9,
              2,
              "Bibliothèque",
              "8 rue du Moulin",
              "BOOK_CLUBS",
              15,
              Fate.PLANNED),
          new Plan(
              "marc",
              "On rallume le four à pain",
              "Pétrin à 7 h, première fournée à 11 h. Trente pâtons, qui amène du bois ?",
              16,
              7,
              6,
              "Four communal",
              "Chemin du Four",
              "FOOD_DRINK",
              30,
              Fate.PLANNED),
          new Plan(
              "lucie",
              "Ciné-club : Les Vacances de monsieur Hulot",
              "Écran tiré entre les deux platanes, chaises de la salle des fêtes, tisane à"
                  + " volonté.",
              20,
              20,
              2,
              "Préau de l’école",
              "2 rue de l’École",
              "FILM_MEDIA",
              50,
              Fate.MOVED_BY_A_WEEK),
          new Plan(
              "paul",
              "Portes ouvertes au rucher",
              "Combinaisons prêtées, enfants à partir de six ans.",
              27,
              14,
              3,
              "Ferme des Trois Chênes",
              "Les Trois Chênes",
              "SCIENCE_TECH",
              20,
              Fate.PLANNED));

  /** What people ask and answer below events. */
  static final List<Comment> COMMENTS =
      List.of(
          new Comment(
              "Soupe partagée sur la place",
              20,
              new Line("aicha", "Je peux apporter la grande marmite, qui a une voiture ?")),
          new Comment(
              "Soupe partagée sur la place",
              18.5,
              new Line("paul", "Je passe à 16 h 30 par la rue du Moulin, je te prends !")),
          new Comment(
              "Balade des trois hameaux",
              7,
              new Line("odette", "C’est faisable avec une canne ? Au moins la première moitié.")),
          new Comment(
              "Balade des trois hameaux",
              6,
              new Line("emma", "Oui, jusqu’au Breuil c’est plat. Jean t’y reprend en voiture.")));

  static final List<Talk> TALKS =
      List.of(
          new Talk(
              74,
              "odette",
              null,
              "patrimoine",
              "Qui a encore des photos du lavoir avant la guerre ? On en cherche pour l’école.",
              List.of(
                  new Line("jean", "J’ai l’album de mon oncle, je passe demain."),
                  new Line("lucie", "Formidable, les CM2 vous attendent avec un gâteau."))),
          new Talk(
              51,
              "aicha",
              "Trois idées pour l’ancien four à pain",
              "patrimoine",
              "Le mur nord tient encore. On peut :\n\n"
                  + "1. refaire la voûte avec l’association de Varennes ;\n"
                  + "2. poser un toit de lauzes récupérées ;\n"
                  + "3. en faire une journée par mois. Vos avis ?",
              List.of(
                  new Line("marc", "La voûte d’abord. Je connais un chaufournier."),
                  new Line(Cast.TOWN_HALL, "La commune peut prêter l’échafaudage jusqu’au 15."),
                  new Line("odette", "Mon père y faisait cuire les pruneaux. Gardez la porte."))),
          new Talk(
              9,
              Cast.TOWN_HALL,
              null,
              null,
              "**Eau coupée {+2} de 8 h à 12 h**, rue du Moulin et impasse des Lilas. Pensez à"
                  + " remplir une bouilloire. #travaux",
              List.of(
                  new Line(
                      "aicha",
                      "Merci, je dors à ces heures-là, pour une fois que ça tombe bien."))),
          new Talk(
              2.5,
              "nour",
              null,
              "entraide",
              "Qui peut prêter une grande marmite pour la soupe ? Vingt litres au moins. #soupe",
              List.of(
                  new Line("paul", "J’ai celle des confitures. Elle sent un peu le miel."),
                  new Line("nour", "C’est parfait, merci Paul !"))));
}
