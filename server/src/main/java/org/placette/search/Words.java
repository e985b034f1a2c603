package org.placette.search;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.placette.actor.Urls;

/** What people type into a search box, made ready for the word indexes. */
final class Words {

  private static final Pattern MARKS = Pattern.compile("[\\u0300-\\u036f]");
  private static final Pattern OTHER = Pattern.compile("[^\\p{L}\\p{N}]+");
  private static final Pattern AFTER = Pattern.compile("/?([?#].*)?$");
  private static final int MOST = 10;

  /** Of so many words, with so many letters, a slip is looked for. */
  private static final int FEW = 4;

  private static final int SWAPPED = 4;
  private static final int LONGEST = 20;

  private Words() {}

  /**
   * An address as people copy it: of this server's pages without what comes after a question mark
   * or a hash sign.
   */
  static String address(Urls urls, String typed) {
    return urls.isOurs(typed) ? AFTER.matcher(typed).replaceFirst("") : typed;
  }

  /** Lower case, without accents. */
  static String plain(String text) {
    return MARKS
        .matcher(Normalizer.normalize(text, Normalizer.Form.NFKD))
        .replaceAll("")
        .toLowerCase(Locale.ROOT);
  }

  /** A tsquery of words that must all begin something; empty when there are none. */
  static String prefixes(String text) {
    List<String> all = new ArrayList<>();
    for (var word : OTHER.split(plain(text))) {
      if (word.isEmpty()) continue;
      all.add("'" + word + "':*");
      if (all.size() == MOST) break;
    }
    return String.join(" & ", all);
  }

  /**
   * The same, where in one word or another two neighbouring letters may have changed places: the
   * slip that leaves too little in common with the name for it to be called alike.
   *
   * @return empty when no word is long enough for it
   */
  static String swapped(String text) {
    List<String> all = new ArrayList<>();
    var any = false;
    for (var word : OTHER.split(plain(text))) {
      if (word.isEmpty()) continue;
      var ways = new LinkedHashSet<>(List.of(word));
      if (word.length() >= SWAPPED && word.length() <= LONGEST) ways.addAll(swaps(word));
      any = any || ways.size() > 1;
      all.add("('" + String.join("':* | '", ways) + "':*)");
      if (all.size() == FEW) break;
    }
    return any ? String.join(" & ", all) : "";
  }

  private static List<String> swaps(String word) {
    List<String> all = new ArrayList<>();
    for (var i = 1; i < word.length(); i++) {
      var letters = new StringBuilder(word);
      letters.setCharAt(i, word.charAt(i - 1));
      letters.setCharAt(i - 1, word.charAt(i));
      all.add(letters.toString());
    }
    return all;
  }
}
