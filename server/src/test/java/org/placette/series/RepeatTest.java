package org.placette.series;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.placette.web.Form;

/** Rules and the dates that they give. */
class RepeatTest {

  private static @Nullable String rule(String choice, String start, String... more) {
    var form = Form.empty().with("repeat", choice);
    for (int i = 0; i < more.length; i += 2) form.with(more[i], more[i + 1]);
    return Repeat.rule(form, LocalDateTime.parse(start));
  }

  private static List<String> dates(String choice, String start, int most, String... more) {
    var from = LocalDateTime.parse(start);
    return Repeat.dates(requireNonNull(rule(choice, start, more)), from, from, null, most).stream()
        .map(date -> date.toLocalDate().toString())
        .toList();
  }

  @Test
  void the_first_saturday_and_the_last_friday_fall_where_people_expect_them() {
    assertEquals(
        List.of("2027-01-02", "2027-02-06", "2027-03-06"), dates("nth", "2027-01-02T10:00", 3));
    assertEquals(
        List.of("2027-01-29", "2027-02-26", "2027-03-26"), dates("last", "2027-01-29T20:00", 3));
    assertEquals(
        List.of("2027-01-05", "2027-01-19", "2027-02-02"),
        dates("fortnightly", "2027-01-05T18:00", 3));
  }

  @Test
  void months_without_a_fifth_friday_or_a_31st_and_years_without_29_february_are_left_out() {
    assertEquals(
        List.of("2027-01-29", "2027-04-30", "2027-07-30"), dates("nth", "2027-01-29T20:00", 3));
    assertEquals(
        List.of("2027-01-31", "2027-03-31", "2027-05-31"), dates("monthly", "2027-01-31T20:00", 3));
    assertEquals(
        List.of("2028-02-29", "2032-02-29", "2036-02-29"), dates("yearly", "2028-02-29T20:00", 3));
    // Told in full: calendars make different things of a yearly rule that begins on that day.
    assertEquals("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", rule("yearly", "2028-02-29T20:00"));
  }

  @Test
  void the_wall_clock_stays_when_summer_time_begins_and_ends() {
    var start = LocalDateTime.parse("2027-03-21T19:00");
    var zone = ZoneId.of("Europe/Paris");
    var hours =
        Repeat.dates(requireNonNull(rule("weekly", "2027-03-21T19:00")), start, start, null, 2)
            .stream()
            .map(date -> date.atZone(zone).toInstant().toString())
            .toList();
    assertEquals(List.of("2027-03-21T18:00:00Z", "2027-03-28T17:00:00Z"), hours);
  }

  @Test
  void an_end_counts_the_last_day_whole_and_a_count_counts_the_first() {
    assertEquals(3, dates("weekly", "2027-01-05T23:30", 9, "repeatUntil", "2027-01-19").size());
    assertEquals(2, dates("weekly", "2027-01-05T23:30", 9, "repeatCount", "2").size());
    assertNull(rule("weekly", "2027-01-05T23:30", "repeatUntil", "2026-01-19"));
    assertNull(rule("never", "2027-01-05T23:30"));
    assertEquals(
        "FREQ=WEEKLY;UNTIL=20270119T225959Z",
        Repeat.exported("FREQ=WEEKLY;UNTIL=20270119T235959", ZoneId.of("Europe/Paris")));
  }

  @Test
  void a_rule_that_never_holds_ends_soon() {
    assertTimeoutPreemptively(
        Duration.ofMinutes(1),
        () -> {
          var start = LocalDateTime.parse("2027-01-05T23:30");
          var impossible = "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30";
          assertTrue(Repeat.dates(impossible, start, start, null, 5).size() <= 1);
          var much = "FREQ=SECONDLY";
          assertTrue(Repeat.dates(much, start, start, null, 5_000).size() <= 500);
        });
  }
}
