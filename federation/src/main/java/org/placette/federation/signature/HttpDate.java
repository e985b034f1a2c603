package org.placette.federation.signature;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The date form of RFC 9110 section 5.6.7, {@code Wed, 20 Dec 2023 10:00:00 GMT}. */
final class HttpDate {
  private static final DateTimeFormatter FORM =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
          .withZone(ZoneOffset.UTC);
  private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";

  private HttpDate() {}

  static String format(Instant time) {
    return FORM.format(time);
  }

  /** The instant, or null when the text is no date. The fixed form is read without a formatter. */
  static @Nullable Instant parse(String text) {
    try {
      return text.length() == 29 && text.endsWith(" GMT")
          ? fixed(text)
          : Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text));
    } catch (DateTimeException notADate) {
      return null;
    }
  }

  private static Instant fixed(String text) {
    int month = MONTHS.indexOf(text.substring(8, 11));
    if (month < 0 || month % 3 != 0 || text.charAt(19) != ':' || text.charAt(22) != ':') {
      throw new DateTimeException("not a date");
    }
    LocalDateTime time =
        LocalDateTime.of(
            number(text, 12, 4),
            month / 3 + 1,
            number(text, 5, 2),
            number(text, 17, 2),
            number(text, 20, 2),
            number(text, 23, 2));
    return time.toInstant(ZoneOffset.UTC);
  }

  private static int number(String text, int from, int digits) {
    int value = 0;
    for (int i = from; i < from + digits; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        throw new DateTimeException("not a date");
      }
      value = value * 10 + digit;
    }
    return value;
  }
}
