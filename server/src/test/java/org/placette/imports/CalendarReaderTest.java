package org.placette.imports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Calendars of others, well meant or not. */
class CalendarReaderTest {

  private static final Instant NOW = Instant.parse("2027-01-01T00:00:00Z");
  private static final ZoneId PARIS = ZoneId.of("Europe/Paris");

  private static List<ImportedEvent> read(String... lines) {
    var text =
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:test\r\n"
            + String.join("\r\n", lines)
            + "\r\nEND:VCALENDAR\r\n";
    return assertTimeoutPreemptively(
        Duration.ofMinutes(1),
        () -> CalendarReader.read(text.getBytes(StandardCharsets.UTF_8), PARIS, NOW).events());
  }

  private static String event(String uid, String... lines) {
    return "BEGIN:VEVENT\r\nUID:"
        + uid
        + "\r\nSUMMARY:Fête\r\n"
        + String.join("\r\n", lines)
        + "\r\nEND:VEVENT";
  }

  @Test
  void times_are_read_on_the_clocks_of_their_zone_and_without_one_on_those_of_the_village() {
    var all =
        read(
            event("1", "DTSTART;TZID=America/Montreal:20270301T180000"),
            event("2", "DTSTART:20270301T180000"),
            event("3", "DTSTART:20270301T180000Z"),
            event("4", "DTSTART;TZID=Nowhere/Land:20270301T180000"),
            event("5", "DTSTART;VALUE=DATE:20270301"));
    assertEquals(
        List.of(
            "2027-03-01T23:00:00Z",
            "2027-03-01T17:00:00Z",
            "2027-03-01T18:00:00Z",
            "2027-03-01T17:00:00Z",
            "2027-02-28T23:00:00Z"),
        all.stream().map(e -> e.start().toString()).toList());
    assertTrue(all.get(4).allDay());
  }

  @Test
  void a_repeated_event_is_expanded_with_its_exceptions_and_its_changes() {
    var all =
        read(
            event(
                "r",
                "DTSTART;TZID=Europe/Paris:20270301T180000",
                "RRULE:FREQ=WEEKLY;COUNT=4",
                "EXDATE;TZID=Europe/Paris:20270308T180000"),
            event(
                "r",
                "RECURRENCE-ID;TZID=Europe/Paris:20270315T180000",
                "DTSTART;TZID=Europe/Paris:20270316T200000"));
    assertEquals(
        List.of("2027-03-01T17:00:00Z", "2027-03-16T19:00:00Z", "2027-03-22T17:00:00Z"),
        all.stream().map(e -> e.start().toString()).sorted().toList());
  }

  @Test
  void rules_without_end_and_calendars_without_bounds_stay_small() {
    assertTrue(read(event("1", "DTSTART:19000101T000000Z", "RRULE:FREQ=SECONDLY")).size() <= 1);
    assertTrue(read(event("2", "DTSTART:19700101T000000Z", "RRULE:FREQ=DAILY")).size() <= 461);
    assertTrue(
        read(event("3", "DTSTART:20270101T000000Z", "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"))
                .size()
            <= 1);
    assertTrue(
        read(event(
                    "4",
                    "DTSTART:20270101T000000Z",
                    "RRULE:FREQ=DAILY;BYHOUR=0,1,2,3;BYMINUTE=0,1,2,3,4,5;BYSECOND=0,1,2,3"))
                .size()
            <= 470);
    var many = new String[4_000];
    for (int i = 0; i < many.length; i++) many[i] = event("m" + i, "DTSTART:20270201T000000Z");
    assertEquals(2_000, read(many).size());
    assertThrows(
        CalendarReader.NotACalendar.class,
        () -> CalendarReader.read(new byte[2 << 20], PARIS, NOW));
    assertThrows(
        CalendarReader.NotACalendar.class,
        () -> CalendarReader.read("<html>".getBytes(StandardCharsets.UTF_8), PARIS, NOW));
  }

  @Test
  void rules_and_clocks_made_to_take_all_memory_are_not_followed() {
    var start = "DTSTART;TZID=X:20270101T100000";
    var all =
        String.join(",", java.util.stream.IntStream.range(0, 60).mapToObj(i -> "" + i).toList());
    var set =
        "RRULE:FREQ=YEARLY;BYDAY=MO,TU,WE,TH,FR,SA,SU;BYHOUR=1,2,3;BYMINUTE=%1$s;BYSE\r\n"
            + " COND=%1$s;BYSETPOS=-1";
    assertEquals(1, read(event("1", start, set.formatted(all))).size());
    assertEquals(
        2,
        read(event("2", start, "RRULE:FREQ=DAILY;COUNT=1;BYHOUR=8,20"), event("3", start)).size());
    assertEquals(
        0,
        read(event("4", "DTSTART:00010101T000000Z", "RRULE:FREQ=YEARLY;INTERVAL=2147483647"))
            .size());
    var half =
        "BEGIN:STANDARD\r\nDTSTART:00010101T000000\r\nRRULE:FREQ=%s\r\n"
            + "TZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\nEND:STANDARD\r\n";
    var zone = "BEGIN:VTIMEZONE\r\nTZID:X\r\n%sEND:VTIMEZONE";
    for (var clocks : List.of(half.formatted("SECONDLY"), half.formatted("YEARLY").repeat(5_000)))
      assertEquals(1, read(zone.formatted(clocks), event("5", start)).size());
  }

  @Test
  void a_fold_may_cut_a_letter_in_two() {
    var text =
        "BEGIN:VCALENDAR\r\n"
            + "BEGIN:VEVENT\r\n"
            + "UID:1\r\n"
            + "DTSTART:20270301T180000Z\r\n"
            + "SUMMARY:F\u00c3\r\n"
            + " \u00aate\r\n"
            + "END:VEVENT\r\n"
            + "END:VCALENDAR\r\n";
    var found =
        CalendarReader.read(text.getBytes(StandardCharsets.ISO_8859_1), PARIS, NOW).events();
    assertEquals("Fête", found.getFirst().name());
  }

  @Test
  void titles_hold_no_line_breaks_and_addresses_no_scripts() {
    var hostile =
        "BEGIN:VEVENT\r\n"
            + "UID:h\r\n"
            + "SUMMARY:Fête\\n"
            + "BEGIN:VEVENT\\n"
            + "\u0007 au\r\n"
            + "  village\r\n"
            + "URL:javascript:alert(1)\r\n"
            + "GEO:999;1\r\n"
            + "DTSTART:20270301T180000Z\r\n"
            + "DTEND:19990101T000000Z\r\n"
            + "END:VEVENT";
    var one = read(hostile).getFirst();
    assertFalse(one.name().contains("\n"));
    assertTrue(one.name().endsWith("au village"), one.name());
    assertEquals(null, one.url());
    assertEquals(null, one.latitude());
    assertEquals(one.start(), one.end());
  }

  @Test
  void a_line_of_half_a_million_folds_is_read_in_time() {
    var folded = "X" + "\r\n X".repeat(200_000);
    assertEquals(1, read("X-LONG:" + folded, event("1", "DTSTART:20270301T180000Z")).size());
  }

  @Test
  void a_title_of_two_lines_is_one_line_whose_words_stay_apart() {
    assertEquals("Bal masqué", CalendarReader.cut("Bal\nmasqué", 200));
    assertEquals("Bal\nmasqué", CalendarReader.cut("Bal\nmasqué", 5_000));
  }

  @Test
  void what_comes_again_without_a_zone_or_in_one_of_outlook_goes_by_the_same_clock_as_the_rest() {
    var rule = "RRULE:FREQ=WEEKLY;COUNT=4";
    var loose = read(event("1", "DTSTART:20270315T200000", rule, "EXDATE:20270322T200000"));
    assertEquals(
        List.of("2027-03-15T19:00:00Z", "2027-03-29T18:00:00Z", "2027-04-05T18:00:00Z"),
        loose.stream().map(e -> e.start().toString()).toList());

    var outlook =
        read(
            event(
                "2",
                "DTSTART;TZID=GMT Standard Time:20270315T200000",
                rule,
                "EXDATE;TZID=GMT Standard Time:20270322T200000"));
    assertEquals(
        List.of("2027-03-15T20:00:00Z", "2027-03-29T19:00:00Z", "2027-04-05T19:00:00Z"),
        outlook.stream().map(e -> e.start().toString()).toList());
    assertEquals("Europe/London", outlook.getFirst().zone().getId());

    var days =
        read(
            event(
                "3",
                "DTSTART;VALUE=DATE:20270327",
                "RRULE:FREQ=DAILY;UNTIL=20270330",
                "EXDATE;VALUE=DATE:20270329"));
    assertEquals(
        List.of("2027-03-26T23:00:00Z", "2027-03-27T23:00:00Z", "2027-03-29T22:00:00Z"),
        days.stream().map(e -> e.start().toString()).toList());
  }
}
