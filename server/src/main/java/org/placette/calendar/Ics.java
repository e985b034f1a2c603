package org.placette.calendar;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Writes iCalendar lines (RFC 5545, section 3.1): escaped, folded at 75 octets, ended by CRLF. No
 * text can begin a line of its own, whatever it holds.
 */
final class Ics {

  private static final int OCTETS = 75;
  private static final DateTimeFormatter LOCAL =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss", Locale.ROOT);
  private static final DateTimeFormatter UTC =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final StringBuilder out = new StringBuilder(8_192);

  Ics begin(String component) {
    return line("BEGIN:" + component);
  }

  Ics end(String component) {
    return line("END:" + component);
  }

  /** A property whose value is text; left out when there is none. */
  Ics text(String name, @Nullable String value) {
    return value == null || value.isBlank() ? this : line(name + ":" + escape(value));
  }

  /** A property whose value has a form of its own, such as a number or a URI. */
  Ics value(String name, @Nullable String value) {
    return value == null || value.isBlank() ? this : line(name + ":" + bare(value));
  }

  /** Several texts, parted by commas. */
  Ics texts(String name, Iterable<String> values) {
    var all = new StringBuilder();
    for (var value : values) {
      if (value.isBlank()) continue;
      if (!all.isEmpty()) all.append(',');
      all.append(escape(value));
    }
    return all.isEmpty() ? this : line(name + ":" + all);
  }

  /** A moment in UTC. */
  Ics utc(String name, Instant instant) {
    return line(name + ":" + utc(instant));
  }

  /** A time on the clocks of its zone; in UTC when the zone has no name that others know. */
  Ics time(String name, ZonedDateTime time) {
    var zone = time.getZone();
    if (!named(zone)) return utc(name, time.toInstant());
    return line(name + ";TZID=" + zone.getId() + ":" + local(time));
  }

  /** True for a zone that is more than an offset. */
  static boolean named(ZoneId zone) {
    return !(zone.normalized() instanceof ZoneOffset);
  }

  static String utc(Instant instant) {
    return UTC.format(instant);
  }

  static String local(ZonedDateTime time) {
    return LOCAL.format(time);
  }

  /** A quoted parameter value (RFC 5545, section 3.2): there is no way to escape a quote in it. */
  static String quoted(String value) {
    return '"' + bare(value).replace('"', '\'') + '"';
  }

  /** TEXT (RFC 5545, section 3.3.11). */
  static String escape(String value) {
    var text = new StringBuilder(value.length() + 16);
    for (int at = 0; at < value.length(); at++) {
      var c = value.charAt(at);
      switch (c) {
        case '\\', ';', ',' -> text.append('\\').append(c);
        case '\n' -> text.append("\\n");
        case '\t' -> text.append(c);
        default -> {
          if (!Character.isISOControl(c)) text.append(c);
        }
      }
    }
    return text.toString();
  }

  /** Without anything that ends a line. */
  private static String bare(String value) {
    var text = new StringBuilder(value.length());
    value.chars().filter(c -> !Character.isISOControl(c)).forEach(c -> text.append((char) c));
    return text.toString();
  }

  /** Writes one content line, folded between characters. */
  Ics line(String line) {
    var octets = 0;
    for (int at = 0; at < line.length(); ) {
      var point = line.codePointAt(at);
      var size = point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
      if (octets + size > OCTETS) {
        out.append("\r\n ");
        octets = 1;
      }
      out.appendCodePoint(point);
      octets += size;
      at += Character.charCount(point);
    }
    out.append("\r\n");
    return this;
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
