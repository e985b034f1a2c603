package org.placette.imports;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The lines of a calendar (RFC 5545, section 3.1) before anybody computes with them: made whole
 * again, also where a fold cuts a letter in two, and without those rules that mean nothing for a
 * village but may take hours or all memory to follow. What loses its rule happens once.
 */
final class CalendarText {

  /** Several hours of a day are usual; every second of a year is not. */
  private static final int TIMES_A_DAY = 24;

  private static final int LONGEST_RULE = 1_000;

  /** Rules of clocks in one calendar: two a zone are usual. */
  private static final int CLOCKS = 100;

  private static final Pattern RULE = Pattern.compile("(?i)\\s*(?:RRULE|EXRULE)\\s*[;:]");
  private static final Pattern FINE = Pattern.compile("BY(?:HOUR|MINUTE|SECOND)\\s*=([^;]*)");

  private CalendarText() {}

  /** The text of a calendar. */
  static String of(byte[] bytes) {
    var kept = new StringBuilder(bytes.length);
    var inZone = false;
    var clocks = 0;
    for (var line : unfolded(bytes).split("\r?\n", -1)) {
      var word = line.length() > LONGEST_RULE ? "" : line.strip().toUpperCase(Locale.ROOT);
      if (word.equals("BEGIN:VTIMEZONE")) inZone = true;
      else if (word.equals("END:VTIMEZONE")) inZone = false;
      if (RULE.matcher(line).lookingAt()
          && (!bearable(word, inZone) || inZone && clocks++ >= CLOCKS)) continue;
      kept.append(line).append("\r\n");
    }
    return kept.toString();
  }

  /** A line goes on where the next one begins with a space or a tab; counted in bytes. */
  private static String unfolded(byte[] bytes) {
    var whole = new byte[bytes.length];
    var length = 0;
    for (int i = 0; i < bytes.length; i++) {
      var end = bytes[i] == '\r' && i + 1 < bytes.length && bytes[i + 1] == '\n' ? i + 1 : i;
      var folded =
          bytes[end] == '\n'
              && end + 1 < bytes.length
              && (bytes[end + 1] == ' ' || bytes[end + 1] == '\t');
      if (folded) i = end + 1;
      else whole[length++] = bytes[i];
    }
    return new String(whole, 0, length, StandardCharsets.UTF_8);
  }

  /** A clock changes once or twice a year; what happens does so a few times a day. */
  private static boolean bearable(String rule, boolean inZone) {
    if (rule.isEmpty() || rule.startsWith("EXRULE")) return false;
    if (inZone) return rule.contains("FREQ=YEARLY") && !FINE.matcher(rule).find();
    var times = 1;
    for (var found = FINE.matcher(rule); found.find(); ) {
      times *= found.group(1).split(",", -1).length;
      if (times > TIMES_A_DAY) return false;
    }
    return true;
  }
}
