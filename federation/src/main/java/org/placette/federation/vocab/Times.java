package org.placette.federation.vocab;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import org.jspecify.annotations.Nullable;

/**
 * Times as peers write them: with or without seconds, fractions or zone ({@code +02:00}, {@code
 * +0000}, {@code Z}); without a zone they are taken as UTC. Years outside 0001 to 9999 are refused,
 * because PostgreSQL and calendars cannot show them.
 */
public final class Times {

  private static final DateTimeFormatter LENIENT =
      new DateTimeFormatterBuilder()
          .parseCaseInsensitive()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .optionalStart()
          .appendLiteral('T')
          .append(DateTimeFormatter.ISO_LOCAL_TIME)
          .optionalStart()
          .appendOffset("+HH:MM", "Z")
          .optionalEnd()
          .optionalStart()
          .appendOffset("+HHMM", "Z")
          .optionalEnd()
          .optionalStart()
          .appendOffset("+HH", "Z")
          .optionalEnd()
          .optionalEnd()
          .toFormatter(java.util.Locale.ROOT);

  private Times() {}

  /** The instant that {@code text} names, or null when it cannot be read. */
  public static @Nullable Instant instant(String text) {
    var time = offset(text);
    return time == null ? null : time.toInstant();
  }

  /** The same with the offset that was written (UTC when none was), or null. */
  public static @Nullable OffsetDateTime offset(String text) {
    try {
      var parsed =
          LENIENT.parseBest(
              text.trim().replace(' ', 'T'),
              OffsetDateTime::from,
              LocalDateTime::from,
              LocalDate::from);
      var time =
          switch (parsed) {
            case OffsetDateTime offset -> offset;
            case LocalDateTime local -> local.atOffset(ZoneOffset.UTC);
            case LocalDate date -> date.atStartOfDay().atOffset(ZoneOffset.UTC);
            default -> throw new DateTimeException("unexpected " + parsed);
          };
      var year = time.get(ChronoField.YEAR);
      return year < 1 || year > 9999 ? null : time;
    } catch (DateTimeException e) {
      return null;
    }
  }
}
