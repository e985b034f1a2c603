package org.placette.portability;

import java.util.ArrayList;
import java.util.List;

/** Comma-separated values (RFC 4180), as Mastodon writes and reads them. */
final class CsvLines {

  private static final String FORMULA = "=+-@\t\r";

  private CsvLines() {}

  /** One line. What a spreadsheet would compute is led by an apostrophe. */
  static String line(String... values) {
    var line = new StringBuilder();
    for (int i = 0; i < values.length; i++) {
      if (i > 0) line.append(',');
      var value = values[i].replace('\n', ' ');
      if (!value.isEmpty() && FORMULA.indexOf(value.charAt(0)) >= 0) value = "'" + value;
      var quoted = value.chars().anyMatch(c -> c == ',' || c == '"' || c == '\r');
      line.append(quoted ? '"' + value.replace("\"", "\"\"") + '"' : value);
    }
    return line.append('\n').toString();
  }

  /**
   * Reads the values of every line; empty lines are left out, and the apostrophe of {@link #line}.
   *
   * @param most lines that are read
   */
  static List<List<String>> read(String text, int most) {
    List<List<String>> lines = new ArrayList<>();
    List<String> values = new ArrayList<>();
    var value = new StringBuilder();
    var quoted = false;
    for (int i = 0; i < text.length() && lines.size() < most; i++) {
      var c = text.charAt(i);
      if (quoted) {
        if (c != '"') value.append(c);
        else if (i + 1 < text.length() && text.charAt(i + 1) == '"') value.append(text.charAt(i++));
        else quoted = false;
      } else if (c == '"' && value.isEmpty()) quoted = true;
      else if (c == ',') end(values, value);
      else if (c == '\n') endLine(lines, values, value);
      else if (c != '\r' && c != '\uFEFF') value.append(c);
    }
    if (lines.size() < most) endLine(lines, values, value);
    return lines;
  }

  private static void end(List<String> values, StringBuilder value) {
    var text = value.toString().strip();
    var led = text.length() > 1 && text.charAt(0) == '\'' && FORMULA.indexOf(text.charAt(1)) >= 0;
    values.add(led ? text.substring(1) : text);
    value.setLength(0);
  }

  private static void endLine(List<List<String>> lines, List<String> values, StringBuilder value) {
    end(values, value);
    if (values.size() > 1 || !values.getFirst().isEmpty()) lines.add(List.copyOf(values));
    values.clear();
  }
}
