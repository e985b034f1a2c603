package org.placette.datepoll;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.placette.datepoll.DatePoll.Slot;
import org.placette.post.Visibility;
import org.placette.web.Form;

/** The forms of a date poll: to ask, and to answer. */
final class DatePollForm {

  private static final int AT_FIRST = 4;

  private DatePollForm() {}

  /** An empty one. */
  static Form empty() {
    return Form.empty().with("rows", AT_FIRST).with("audience", "public");
  }

  /** How many dates it has fields for. */
  static int rows(Form form) {
    try {
      return Math.clamp(Integer.parseInt(form.value("rows")), 2, DatePolls.MOST_DATES);
    } catch (NumberFormatException e) {
      return AT_FIRST;
    }
  }

  /** The same with fields for more dates. */
  static Form longer(Form form) {
    return form.with("rows", Math.min(rows(form) + 4, DatePolls.MOST_DATES));
  }

  /**
   * Reads it; what is wrong is said in the form.
   *
   * @param zone of the place
   * @return null when something is wrong
   */
  static @Nullable NewDatePoll read(Form form, String language, ZoneId zone, Instant now) {
    var name = form.required("name", 200);
    if (name.length() < 3) form.wrong("name", "error.name");
    var text = form.upTo("text", 5_000);
    var place = form.upTo("placeName", 200);
    var slots = slots(form, zone, now);
    if (form.ok() && slots.size() < 2) form.wrong("date1", "error.dates");
    var audience = audience(form);
    var until = until(form, zone, now);
    if (!form.ok()) return null;
    return new NewDatePoll(
        name,
        text == null ? "" : text,
        language,
        zone,
        place,
        audience,
        audience == Visibility.PUBLIC && !form.value("guests").isEmpty(),
        until,
        slots);
  }

  private static Visibility audience(Form form) {
    return switch (form.value("audience")) {
      case "local" -> Visibility.LOCAL;
      case "ring" -> Visibility.RING;
      default -> Visibility.PUBLIC;
    };
  }

  /** The dates of its rows, in their order; what is wrong is said in the form. */
  static List<Slot> slots(Form form, ZoneId zone, Instant now) {
    List<Slot> slots = new ArrayList<>();
    for (int i = 1; i <= rows(form); i++) {
      var slot = slot(form, i, zone, now);
      if (slot != null) slots.add(slot);
    }
    if (slots.stream().map(Slot::start).distinct().count() < slots.size())
      form.wrong("date1", "error.datesTwice");
    slots.sort(java.util.Comparator.comparing(Slot::start));
    return slots;
  }

  private static @Nullable Slot slot(Form form, int row, ZoneId zone, Instant now) {
    var field = "date" + row;
    var from = form.value("from" + row);
    if (form.value(field).isEmpty()) {
      if (!from.isEmpty()) form.wrong(field, "error.date");
      return null;
    }
    try {
      var date = LocalDate.parse(form.value(field));
      if (from.isEmpty()) {
        form.wrong("from" + row, "error.time");
        return null;
      }
      var start = date.atTime(LocalTime.parse(from)).atZone(zone);
      if (start.toInstant().isBefore(now) || start.getYear() > 2199)
        form.wrong(field, "error.past");
      return new Slot(start.toInstant(), end(form.value("to" + row), start));
    } catch (DateTimeException e) {
      form.wrong(field, "error.date");
      return null;
    }
  }

  private static @Nullable Instant end(String text, ZonedDateTime start) {
    if (text.isEmpty()) return null;
    var end = start.with(LocalTime.parse(text));
    // A feast from 20 h to 1 h ends the next day.
    return (end.isAfter(start) ? end : end.plusDays(1)).toInstant();
  }

  private static @Nullable Instant until(Form form, ZoneId zone, Instant now) {
    if (form.value("until").isEmpty()) return null;
    try {
      var until = LocalDate.parse(form.value("until")).atTime(23, 59).atZone(zone).toInstant();
      if (until.isBefore(now)) form.wrong("until", "error.past");
      return until;
    } catch (DateTimeException e) {
      form.wrong("until", "error.date");
      return null;
    }
  }

  /** What is said to each date. */
  static List<Choice> choices(Form form, int dates) {
    List<Choice> all = new ArrayList<>();
    for (int i = 0; i < dates; i++) all.add(Choice.of(form.value("choice" + i)));
    return all;
  }
}
