package org.placette.web;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The language in which something is written or held. */
public final class Spoken {

  private static final List<String> OFFERED =
      List.of(
          "fr", "en", "br", "ca", "co", "eu", "gsw", "oc", "ar", "de", "es", "it", "nl", "pl", "pt",
          "ro", "ru", "tr", "uk");

  private Spoken() {}

  /** The languages to choose from, by their tags; one that was chosen elsewhere stays. */
  public static List<String> offered(String chosen) {
    if (chosen.isEmpty() || OFFERED.contains(chosen)) return OFFERED;
    return Stream.concat(OFFERED.stream(), Stream.of(chosen)).toList();
  }

  /** What a language is called in itself. */
  public static String called(String tag) {
    // Java knows this one by its English name alone.
    if (tag.equals("co")) return "corsu";
    var locale = Locale.forLanguageTag(tag);
    var name = locale.getDisplayName(locale);
    return name.isEmpty() ? tag : name;
  }

  /** The one that was chosen, a BCP 47 tag of a language and at most one more part. */
  public static String read(Form form, String otherwise) {
    var chosen = form.value("language");
    if (chosen.isEmpty() || chosen.equals(otherwise)) return otherwise;
    if (chosen.matches("[a-z]{2,3}(-[A-Za-z0-9]{2,8})?")) return chosen;
    form.wrong("language", "error.language");
    return otherwise;
  }
}
