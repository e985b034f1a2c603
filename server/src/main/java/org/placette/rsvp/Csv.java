package org.placette.rsvp;

import java.util.List;

/**
 * Lines of comma-separated values (RFC 4180) that a spreadsheet takes for text: what would begin a
 * formula there is led by an apostrophe.
 */
final class Csv {

  private static final String FORMULA = "=+-@\t\r";

  private Csv() {}

  static void line(StringBuilder to, List<String> values) {
    for (int i = 0; i < values.size(); i++) {
      if (i > 0) to.append(',');
      to.append('"').append(safe(values.get(i)).replace("\"", "\"\"")).append('"');
    }
    to.append("\r\n");
  }

  /** The value as a spreadsheet shows it, and never computes. */
  static String safe(String value) {
    // Some skip blanks before they look for a formula.
    var start = value.stripLeading();
    var formula =
        !value.isEmpty() && FORMULA.indexOf(value.charAt(0)) >= 0
            || !start.isEmpty() && FORMULA.indexOf(start.charAt(0)) >= 0;
    return formula ? "'" + value : value;
  }
}
