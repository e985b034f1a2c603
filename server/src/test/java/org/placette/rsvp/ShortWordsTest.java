package org.placette.rsvp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What people write below an event, and what it says; "-" where nothing may be guessed. */
class ShortWordsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          @claire@fleurs.example Oui ! | GOING 1
          Ouiiii 🎉 | GOING 1
          Oui, avec plaisir, merci ! | GOING 1
          Avec plaisir ! | GOING 1
          Je viens. À samedi ! | GOING 1
          Bonjour, je serai là 🙂 | GOING 1
          Finalement oui, je viens | GOING 1
          Comptez sur moi | GOING 1
          J’y serai | GOING 1
          présente ! | GOING 1
          Oui, seule | GOING 1
          Yes please! | GOING 1
          I’ll be there, thanks | GOING 1
          Count me in! | GOING 1
          Oui +2 | GOING 3
          oui, + 2 enfants | GOING 3
          oui à deux | GOING 2
          On vient à quatre ! | GOING 4
          On sera 3 | GOING 3
          Nous serons cinq | GOING 5
          Oui, nous serons 5 personnes. | GOING 5
          Oui pour 2 | GOING 2
          2 adultes et 3 enfants | GOING 5
          Je viens avec ma femme | GOING 2
          oui avec deux amis | GOING 3
          Finalement, nous ne serons que 2 | GOING 2
          yes +1 | GOING 2
          Yes, two of us | GOING 2
          we'll be 4 | GOING 4
          Yes, with my wife | GOING 2
          I'm coming with 2 friends | GOING 3
          yes for two | GOING 2
          non | NOT_GOING 1
          Nooon 😢 | NOT_GOING 1
          Non merci | NOT_GOING 1
          Désolée, finalement je ne viens plus | NOT_GOING 1
          Non désolé, je ne pourrai pas venir | NOT_GOING 1
          Je peux pas, dommage ! | NOT_GOING 1
          On ne sera pas là | NOT_GOING 1
          je serai absente | NOT_GOING 1
          Ce sera sans moi cette fois | NOT_GOING 1
          J'annule, désolé | NOT_GOING 1
          Je n’y serai pas | NOT_GOING 1
          Sorry, can’t make it | NOT_GOING 1
          No, I won't be able to come | NOT_GOING 1
          I’m not coming. | NOT_GOING 1
          Not this time, sorry | NOT_GOING 1
          Pas cette fois | NOT_GOING 1
          pas maintenant | -
          Peut-être… | MAYBE 1
          peut etre que oui | MAYBE 1
          Je ne sais pas encore | MAYBE 1
          Oui, peut-être | MAYBE 1
          maybe :) | MAYBE 1
          Not sure yet | MAYBE 1
          I'll try to come | MAYBE 1
          Oui mais à quelle heure ? | -
          Oui ? | -
          Oui et non | -
          Oui 🤔 | -
          Non, je viens ! | -
          Peut-être pas | -
          Peut-être +2 | -
          Non plus | -
          Pas de problème | -
          no problem | -
          No way! | -
          Merci | -
          👍 | -
          super | -
          ok | -
          Oui à 20h | -
          oui à 20 | -
          +50 | -
          oui avec les enfants | -
          yes with the kids | -
          J’ai deux questions | -
          On est 8 à avoir perdu la clé | -
          Je viens de voir l'affiche | -
          On verra bien qui vient | -
          Non mais quelle bonne idée | -
          Plus un seul gâteau | -
          pour moi | -
          See you there | -
          """)
  void reads(String text, String expected) {
    var said = ShortWords.read(text);
    assertEquals(expected, said == null ? "-" : said.answer() + " " + said.party());
  }
}
