package org.placette.search;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** What people type into a search box, made ready for the word indexes. */
final class Words {

  private static final Pattern MARKS = Pattern.compile("[\\u0300-\\u036f]");
  private static final Pattern OTHER = Pattern.compile("[^\\p{L}\\p{N}]+");
  private static final int MOST = 10;

  private Words() {}

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
}
