package org.placette.rsvp;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.placette.rsvp.Reply.Answer;

/**
 * Texts that answer an event and say nothing else: "oui", "je viens +2", "maybe", "non". Whoever
 * voted in an app that takes one vote only changes their mind in this way. A text of which any part
 * is not known is no answer: a wrong guess would be worse than none.
 *
 * @param party how many come, with whoever wrote it
 * @param bare true for "+1" alone, which many write for "I like this": only who comes already means
 *     one more person
 */
record ShortWords(Answer answer, int party, boolean bare) {

  private static final Pattern MENTION = Pattern.compile("(?:^|\\s)@[\\w.-]+(?:@[\\w.:-]+)?");

  /** Faces and hands, which change nothing beside words. A doubting one is not among them. */
  private static final Pattern DECORATION =
      Pattern.compile(
          "[\\x{1F642}\\x{1F60A}\\x{1F600}-\\x{1F604}\\x{1F609}\\x{1F60D}\\x{1F618}\\x{1F917}"
              + "\\x{1F970}\\x{1F929}\\x{1F44D}\\x{1F44B}\\x{1F64F}\\x{1F389}\\x{1F38A}\\x{1F37B}"
              + "\\x{1F942}\\x{1F377}\\x{1F622}\\x{1F625}\\x{1F62D}\\x{1F61E}\\x{1F614}\\x{1F641}"
              + "\\x{2639}\\x{2764}\\x{2728}\\x{1F3FB}-\\x{1F3FF}\\x{FE0F}]|(?<=\\s):-?[)(](?=\\s|$)");

  /** What people add to be kind; it changes nothing. */
  private static final Pattern POLITE =
      words(
          "merci(?: beaucoup| bien| pour l'invitation| a (?:vous|toi|tous))?",
          "thanks?(?: you)?(?: a lot| so much| very much| for (?:the invit(?:e|ation)|asking))?",
          "(?:je suis )?(?:vraiment )?desole(?:e|s|es)?",
          "(?:i'm |i am |so |very )*sorry",
          "(?:bonjour|bonsoir|salut|coucou|hello|hi)(?: a tous| a toutes| everyone| all)?",
          "helas|malheureusement|unfortunately|sadly|finalement|finally|actually|en fait|ok|oh|ah",
          "super|genial|chouette|great|cool|lovely|parfait|perfect|dommage|with pleasure",
          "avec (?:grand )?plaisir|volontiers|bien sur|bien entendu|of course",
          "(?:a|see you) (?:bientot|demain|samedi|dimanche|lundi|mardi|mercredi|jeudi|vendredi)",
          "see you(?: there| then| soon| tomorrow| all)?|have fun|amusez-vous bien|a\\+",
          "bonne (?:journee|soiree|fete)|bises?|bisous|s'il vous plait|s'il te plait|svp|please",
          "pour moi|for me|from me|cette fois(?:-ci)?|this time|aussi|too");

  private static final String WE = "(?:on|nous)";

  /** All that says yes, and no number. */
  private static final Pattern YES =
      words(
          "ou+i+|ouais|yes+|yep|yup|yeah|sure|absolument|carrement|definitely|absolutely|present",
          "presente?s?|partante?s?|je suis (?:partante?|des votres|la|presente?)",
          "(?:avec (?:grand )?plaisir|volontiers|bien sur|bien entendu|with pleasure|of course)",
          "je (?:viens|viendrai|serai(?: bien)? (?:la|presente?|des"
              + " votres)|participe|participerai)",
          "(?:j'y (?:serai|vais|vas)|j'en suis|j'arrive|j'irai|je confirme|je m'inscris)",
          WE + " (?:vient|viendra|venons|viendrons|y sera|y va|y serons|y allons|arrive|participe)",
          WE + " (?:sera|serons) (?:la|presents|des votres)",
          "(?:vous pouvez |tu peux )?compte[zr]? sur (?:moi|nous)|inscri(?:s|vez)-(?:moi|nous)",
          "(?:i'm|im|i am|we're|we are) (?:coming|in|going|attending)|coming|attending",
          "(?:i'll|i will|we'll|we will) (?:be there|come|attend|join)|count (?:me|us) in|i'm in");

  private static final Pattern NO =
      words(
          "no+n+|no+|nope|nan|not|pas|absente?s?|je suis absente?|sans (?:moi|nous)|pas possible",
          "ce sera sans (?:moi|nous)|(?:c'est )?impossible|pas (?:dispo|disponible|la|libre)",
          "(?:je|on|nous) (?:ne |n')?(?:viens|viendrai|vient|viendra|venons|viendrons)"
              + " (?:pas|plus)",
          "(?:je|on|nous) (?:ne |n')?(?:peux|peut|pouvons|pourrai|pourra|pourrons) (?:pas|plus)"
              + "(?: venir| y (?:aller|etre)| etre (?:la|presente?s?)| participer)?",
          "(?:je|on|nous) (?:ne |n')?(?:suis|serai|est|sera|sommes|serons) (?:pas|plus)"
              + " (?:la|dispo|disponibles?|libres?|presente?s?|des votres)",
          "(?:je )?(?:n')?(?:j')?y (?:serai|vais|irai) (?:pas|plus)|j'annule|annulez?-moi",
          "(?:je|on|nous) (?:n'|n' )y (?:serai|sera|serons|vais|va|irai|allons) (?:pas|plus)",
          "je dois annuler|je me desinscris|desinscri(?:s|vez)-moi|je serai absente?|not coming",
          "(?:i'm|im|i am|we're|we are) not (?:coming|going|attending|able to (?:come|attend|make"
              + " it))|(?:i'm |im |i am )?afraid not|i'm out|count (?:me|us) out",
          "(?:(?:i|we) )?(?:can't|cannot|can not|cant|won't|wont|will not|couldn't)(?: be able to)?"
              + " (?:come|make it|attend|be there|join)",
          "(?:i )?(?:have|need) to cancel|(?:i )?must cancel|i can't|we can't|not possible");

  private static final Pattern MAYBE =
      words(
          "peut[- ]?etre(?: que)?|ptet|p't-etre|maybe|perhaps|possibly|probablement|probably",
          "je (?:viendrai|viens) peut[- ]?etre|on (?:viendra|vient) peut[- ]?etre",
          "(?:(?:je|on) )?(?:ne )?(?:sais|sait) pas(?: encore)?(?: si je (?:viens|viendrai|peux))?",
          "pas sure?|not sure(?: yet)?|i (?:don't|do not|dont) know(?: yet)?|a voir|on verra",
          "(?:i|we) (?:might|may)(?: come| be there| join)?|(?:i'll|we'll|i will) try(?: to come)?",
          "je (?:vais essayer|tacherai|essaierai|essaie)(?: de venir| d'y etre)?|si je peux",
          "if i can");

  private static final List<String> NUMBERS =
      List.of(
          "zero|none",
          "une?|one|an?",
          "deux|two",
          "trois|three",
          "quatre|four",
          "cinq|five",
          "six",
          "sept|seven",
          "huit|eight",
          "neuf|nine",
          "dix|ten");

  private static final String N = "(\\d{1,2}|[a-z]{2,6}|une?)";
  private static final String GUESTS =
      "(?:personnes?|amie?s?|enfants?|invitee?s?|accompagnants?|adultes?|copains?|copines?|autres?"
          + "|people|friends?|kids?|child(?:ren)?|guests?|others?|adults?|more)";

  /** One more of whom no number is said. */
  private static final Pattern WITH_ONE =
      words(
          "(?:avec|et) (?:ma (?:femme|conjointe|compagne|fille|copine|mere|soeur|voisine)"
              + "|mon (?:mari|conjoint|compagnon|fils|copain|pere|frere|voisin|amie?))",
          "(?:with|and) (?:my|a) (?:wife|husband|partner|son|daughter|friend|mum|mother|dad|father"
              + "|sister|brother|neighbour|neighbor|girlfriend|boyfriend)");

  private static final Pattern ALONE =
      words("(?:toute?s? )?seule?|que moi|juste moi|just me|only me|alone|by myself");

  /** So many besides whoever writes. */
  private static final Pattern MORE =
      words(
          "(?:et |and |avec |with )?(?:\\+|plus|and|et)\\s*" + N + "(?: " + GUESTS + ")?",
          "(?:avec|with) " + N + " " + GUESTS);

  /** So many in all. */
  private static final Pattern ALL =
      words(
          "(?:a|venons a|vient a) (" + "[2-6]|deux|trois|quatre|cinq|six|sept|huit|neuf|dix)",
          "(?:nous (?:serons|sommes|venons a)|on (?:sera|est|vient a)|we are|we're|we'll be"
              + "|we will be|pour|for|party of) "
              + N
              + "(?: "
              + GUESTS
              + ")?",
          WE + " ne (?:sera|serons|sommes|est) (?:plus )?que " + N,
          "(?:there (?:will be|are) |all |the |just |only )?" + N + " of us",
          "(?:pour )?" + N + " (?:personnes?|people|places?|adultes?|adults?)");

  private static final Pattern FAMILY =
      words(
          N
              + " (?:adultes?|adults?)(?: et| and|\\s*\\+)? "
              + N
              + " (?:enfants?|kids?|child(?:ren)?)");

  private static Pattern words(String... all) {
    return Pattern.compile("(?<![\\w'+-])(?:" + String.join("|", all) + ")(?![\\w'+-])");
  }

  /** An answer of which nothing is in doubt. */
  ShortWords(Answer answer, int party) {
    this(answer, party, false);
  }

  /** Null when the text says anything else. */
  static @Nullable ShortWords read(String plain) {
    if (plain.length() > 200) return null;
    var text = plainly(plain);
    var bare = POLITE.matcher(text).replaceAll(" ").strip().replaceAll("\\s+", " ");
    return said(bare.isEmpty() ? text : bare);
  }

  private static String plainly(String plain) {
    var text = MENTION.matcher(plain).replaceAll(" ").toLowerCase(Locale.ROOT).replace('’', '\'');
    text = DECORATION.matcher(text).replaceAll(" ");
    text = Normalizer.normalize(text, Normalizer.Form.NFD).replaceAll("\\p{M}", "");
    text = text.replace("œ", "oe").replaceAll("\\+\\s+", "+");
    return text.replaceAll("[!.,;:…\\s\u00a0\u202f]+", " ").strip();
  }

  private static @Nullable ShortWords said(String text) {
    if (text.isEmpty()) return null;
    if (without(text, NO).isEmpty()) return new ShortWords(Answer.NOT_GOING, 1);
    var open = without(text, MAYBE);
    if (!open.equals(text))
      return without(open, YES).isEmpty() ? new ShortWords(Answer.MAYBE, 1) : null;
    return coming(text);
  }

  private static String without(String text, Pattern known) {
    return known.matcher(text).replaceAll(" ").strip();
  }

  /** Yes, a number, or both, and nothing else. */
  private static @Nullable ShortWords coming(String text) {
    var yes = without(text, YES).replaceAll("\\s+", " ");
    if (yes.isEmpty() || ALONE.matcher(yes).matches()) return going(1, false);
    if (WITH_ONE.matcher(yes).matches()) return going(2, false);
    for (var one : List.of(FAMILY, ALL, MORE)) {
      // A number may need the words before it: "on vient à deux".
      for (var words : List.of(yes, text)) {
        var found = one.matcher(words);
        if (found.matches()) {
          var sum = sum(found);
          if (sum >= 0) return going(one == MORE ? 1 + sum : sum, text.equals("+1"));
        }
      }
    }
    return null;
  }

  private static @Nullable ShortWords going(int party, boolean bare) {
    if (party < 1 || party > Reply.LARGEST) return null;
    return new ShortWords(Answer.GOING, party, bare);
  }

  /** Of the numbers that were found; -1 when one is none. */
  private static int sum(java.util.regex.Matcher found) {
    var sum = 0;
    for (int i = 1; i <= found.groupCount(); i++) {
      if (found.group(i) == null) continue;
      var number = number(found.group(i));
      if (number < 0) return -1;
      sum += number;
    }
    return sum;
  }

  private static int number(String word) {
    if (word.matches("\\d+")) return Integer.parseInt(word);
    for (int i = 0; i < NUMBERS.size(); i++) if (word.matches(NUMBERS.get(i))) return i;
    return -1;
  }
}
