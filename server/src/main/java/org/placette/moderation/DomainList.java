package org.placette.moderation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.placette.moderation.DomainLimit.Severity;

/** Lists of limited domains as servers exchange them: CSV with Mastodon's columns. */
final class DomainList {

  static final String HEADER =
      "#domain,#severity,#reject_media,#reject_reports,#public_comment,#obfuscate";

  private static final int MOST = 20_000;
  private static final int LONGEST = 1_000;

  private DomainList() {}

  /**
   * What a list says.
   *
   * @param wrong numbers of lines that cannot be read, at most ten
   */
  record Read(List<DomainLimit> limits, List<Integer> wrong) {}

  static String write(List<DomainLimit> limits) {
    var text = new StringBuilder(HEADER).append("\r\n");
    for (var one : limits)
      text.append(one.domain())
          .append(',')
          .append(one.severity().word())
          .append(',')
          .append(title(one.rejectMedia()))
          .append(',')
          .append(title(one.rejectReports()))
          .append(',')
          .append(cell(one.publicComment()))
          .append(',')
          .append(title(one.obfuscate()))
          .append("\r\n");
    return text.toString();
  }

  private static String title(boolean yes) {
    return yes ? "true" : "false";
  }

  /** A cell that no table program takes for a formula (T33). */
  private static String cell(String text) {
    var plain = text.replaceAll("\\p{Cntrl}+", " ").strip();
    if (!plain.isEmpty() && "=+-@".indexOf(plain.charAt(0)) >= 0) plain = "'" + plain;
    if (!plain.contains(",") && !plain.contains("\"")) return plain;
    return '"' + plain.replace("\"", "\"\"") + '"';
  }

  /** Reads a list; columns may be missing or in another order, and the first line may be data. */
  static Read read(String text) {
    List<DomainLimit> limits = new ArrayList<>();
    List<Integer> wrong = new ArrayList<>();
    var columns = List.of(HEADER.split(","));
    var number = 0;
    for (var line : text.split("\\R", MOST + 2)) {
      number++;
      if (line.isBlank() || limits.size() >= MOST) continue;
      var cells = cells(line.replace("\uFEFF", ""));
      var heads = cells.stream().map(DomainList::head).toList();
      if (number == 1 && heads.contains("#domain")) {
        columns = heads;
        continue;
      }
      var limit = limit(columns, cells);
      if (limit != null) limits.add(limit);
      else if (wrong.size() < 10) wrong.add(number);
    }
    return new Read(limits, wrong);
  }

  private static String head(String cell) {
    var name = cell.strip().toLowerCase(Locale.ROOT);
    return name.startsWith("#") ? name : "#" + name;
  }

  private static @org.jspecify.annotations.Nullable DomainLimit limit(
      List<String> columns, List<String> cells) {
    var domain = DomainPolicy.name(cell(columns, cells, "#domain").replace("*.", ""));
    // A starred name says nothing: other places hide what they block that way.
    if (domain == null || domain.contains("*") || !domain.contains(".")) return null;
    var severity =
        switch (cell(columns, cells, "#severity").toLowerCase(Locale.ROOT)) {
          case "", "suspend", "block" -> Severity.SUSPEND;
          case "silence", "limit" -> Severity.SILENCE;
          case "noop" -> Severity.NOOP;
          default -> null;
        };
    if (severity == null) return null;
    var comment = cell(columns, cells, "#public_comment");
    return new DomainLimit(
        domain,
        severity,
        yes(cell(columns, cells, "#reject_media")),
        yes(cell(columns, cells, "#reject_reports")),
        comment.substring(0, Math.min(LONGEST, comment.length())),
        yes(cell(columns, cells, "#obfuscate")),
        "");
  }

  private static boolean yes(String cell) {
    return cell.equalsIgnoreCase("true");
  }

  private static String cell(List<String> columns, List<String> cells, String name) {
    var at = columns.indexOf(name);
    return at < 0 || at >= cells.size() ? "" : cells.get(at).strip();
  }

  private static List<String> cells(String line) {
    List<String> cells = new ArrayList<>();
    var cell = new StringBuilder();
    var quoted = false;
    for (var i = 0; i < line.length(); i++) {
      var c = line.charAt(i);
      if (quoted && c == '"' && i + 1 < line.length() && line.charAt(i + 1) == '"') {
        cell.append(c);
        i++;
      } else if (c == '"') quoted = !quoted;
      else if (c == ',' && !quoted) {
        cells.add(cell.toString());
        cell.setLength(0);
      } else cell.append(c);
    }
    cells.add(cell.toString());
    return cells;
  }
}
