package org.placette.web;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * What time it is, as every answer says it (RFC 9110, section 6.6.1); written once a second. Caches
 * count from it, and apps learn by it that the clock of a telephone is wrong.
 */
final class Clock {

  private record Said(long second, String text) {}

  /** The form that section 5.6.7 asks for: two digits for the day, always English. */
  private static final DateTimeFormatter FORM =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private static volatile Said said = new Said(-1, "");

  private Clock() {}

  /** The value of the header {@code Date} now. */
  static String now() {
    var known = said;
    var second = System.currentTimeMillis() / 1000;
    if (known.second == second) return known.text;
    var fresh = new Said(second, FORM.format(Instant.ofEpochSecond(second)));
    said = fresh;
    return fresh.text;
  }
}
