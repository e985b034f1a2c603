package org.placette.rsvp;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.placette.rsvp.Reply.Answer;

/**
 * Texts that answer an event and say nothing else: "oui", "je viens +2", "maybe", "non". Whoever
 * voted in an app that takes one vote only changes their mind in this way.
 *
 * @param party how many come, with whoever wrote it
 */
record ShortWords(Answer answer, int party) {

  private static final Pattern MENTION = Pattern.compile("(?:^|\\s)@[\\w.-]+(?:@[\\w.:-]+)?");

  /** What people add to be kind; it changes nothing. */
  private static final Pattern POLITE =
      Pattern.compile(
          "\\b(?:merci(?: beaucoup)?|thanks?(?: you| a lot)?|desolee?s?|sorry|helas|avec"
              + " plaisir|volontiers|with pleasure|bien sur|of"
              + " course|finalement|malheureusement|unfortunately|bonjour|hello|super|great)\\b");

  private static final Pattern YES =
      Pattern.compile(
          "(?:oui|yes|je viens|on vient|nous venons|j'y serai|j'arrive|i'm coming|im coming|"
              + "i am coming|we're coming|present|presente)?\\s*(?:\\+\\s*(\\d{1,2}))?");

  private static final Set<String> NO =
      Set.of(
          "non",
          "no",
          "je ne viens pas",
          "je viens pas",
          "je ne viens plus",
          "i'm not coming",
          "im not coming",
          "not coming",
          "pas possible");

  private static final Set<String> MAYBE = Set.of("peut-etre", "peut etre", "maybe", "perhaps");

  /** Null when the text says anything else. */
  static @Nullable ShortWords read(String plain) {
    if (plain.length() > 200) return null;
    var text =
        MENTION
            .matcher(plain)
            .replaceAll(" ")
            .toLowerCase(Locale.ROOT)
            .replace('’', '\'')
            .replaceAll("[êéè]", "e")
            .replace('û', 'u')
            .replaceAll("[!.,;…\\s]+", " ");
    text = POLITE.matcher(text).replaceAll(" ").replaceAll("\\s+", " ").strip();
    if (text.isEmpty()) return null;
    if (NO.contains(text)) return new ShortWords(Answer.NOT_GOING, 1);
    if (MAYBE.contains(text)) return new ShortWords(Answer.MAYBE, 1);
    var yes = YES.matcher(text);
    if (!yes.matches()) return null;
    var more = yes.group(1) == null ? 0 : Integer.parseInt(yes.group(1));
    return more >= Reply.LARGEST ? null : new ShortWords(Answer.GOING, 1 + more);
  }
}
