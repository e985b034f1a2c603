package org.placette.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import org.junit.jupiter.api.Test;

class DatesTest {

  private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
  private static final Dates FR = Dates.of(Language.FR);
  private static final Dates EN = Dates.of(Language.EN);

  private static ZonedDateTime at(int month, int day, int hour, int minute) {
    return ZonedDateTime.of(2026, month, day, hour, minute, 0, 0, PARIS);
  }

  /** Unbreakable spaces are told from others by what they become here. */
  private static String seen(String text) {
    return text.replace('\u00a0', '~');
  }

  @Test
  void an_evening_is_told_in_both_languages() {
    var start = at(11, 25, 19, 0);
    var end = at(11, 25, 22, 0);
    assertEquals("mercredi 25 novembre 2026, 19~h – 22~h", seen(FR.range(start, end)));
    assertEquals("Wednesday 25 November 2026, 7 – 10~pm", seen(EN.range(start, end)));
  }

  @Test
  void an_open_end_is_left_out_and_the_first_of_a_month_is_called_so() {
    assertEquals("mardi 1ᵉʳ décembre 2026", FR.whole(at(12, 1, 20, 30)));
    assertEquals("mardi 1ᵉʳ décembre 2026, 20~h~30", seen(FR.range(at(12, 1, 20, 30), null)));
    assertEquals("Tuesday 1 December 2026, 8:30~pm", seen(EN.range(at(12, 1, 20, 30), null)));
  }

  @Test
  void what_comes_every_year_has_no_weekday() {
    assertEquals("1ᵉʳ mai", FR.everyYear(at(5, 1, 18, 30)));
    assertEquals("29 November", EN.everyYear(at(11, 29, 18, 30)));
  }

  @Test
  void a_feast_that_ends_after_midnight_stays_on_its_evening() {
    assertEquals("20~h – 1~h", seen(FR.hours(at(7, 13, 20, 0), at(7, 14, 1, 0))));
    assertEquals("8~pm – 1~am", seen(EN.hours(at(7, 13, 20, 0), at(7, 14, 1, 0))));
  }

  @Test
  void several_days_name_the_last_one() {
    var start = at(12, 4, 18, 0);
    var end = at(12, 6, 17, 0);
    assertEquals("18~h, jusqu’au 6 déc.", seen(FR.hours(start, end)));
    assertEquals(
        "du vendredi 4 décembre 2026 à 18~h, au dimanche 6 décembre, 17~h",
        seen(FR.range(start, end)));
    assertEquals(
        "Friday 4 December 2026, 6~pm – Sunday 6 December, 5~pm", seen(EN.range(start, end)));
  }

  @Test
  void what_was_written_lately_is_told_by_day() {
    var now = Instant.parse("2026-11-25T12:00:00Z");
    var before = Instant.parse("2026-11-24T17:04:00Z");
    assertEquals("hier, 18~h~04", seen(FR.moment(before, PARIS, now)));
    assertEquals("yesterday, 6:04~pm", seen(EN.moment(before, PARIS, now)));
    assertEquals(
        "1ᵉʳ mai 2026, 10~h", seen(FR.moment(Instant.parse("2026-05-01T08:00:00Z"), PARIS, now)));
  }

  @Test
  void a_zone_without_a_name_is_told_as_people_say_it() {
    assertEquals("Europe/Paris", Dates.name(PARIS));
    assertEquals("UTC", Dates.name(ZoneOffset.UTC));
    assertEquals("UTC", Dates.name(ZoneId.of("Etc/UTC")));
    assertEquals("UTC+02:00", Dates.name(ZoneId.of("+02:00")));
  }
}
