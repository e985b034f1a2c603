package org.placette.imports;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import java.time.Instant;
import java.time.ZoneId;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** A calendar from anywhere is read, or said to be none. */
class CalendarFuzzTest {

  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
  private static final ZoneId VILLAGE = ZoneId.of("Europe/Paris");

  static Stream<String> calendars() {
    return Stream.of(
        """
        BEGIN:VCALENDAR
        VERSION:2.0
        BEGIN:VTIMEZONE
        TZID:Nowhere
        BEGIN:STANDARD
        DTSTART:19700101T000000
        TZOFFSETFROM:+0200
        TZOFFSETTO:+0100
        RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
        END:STANDARD
        END:VTIMEZONE
        BEGIN:VEVENT
        UID:1@a.example
        DTSTART;TZID=Nowhere:20261201T183000
        DURATION:PT2H
        RRULE:FREQ=SECONDLY;INTERVAL=1
        EXDATE:20261208T183000
        SUMMARY:Chorale\\, salle\\nA
        URL:javascript:1
        END:VEVENT
        END:VCALENDAR
        """,
        """
        BEGIN:VCALENDAR
        BEGIN:VEVENT
        DTSTART;VALUE=DATE:20270229
        DTEND;VALUE=DATE:20200101
        RRULE:FREQ=MONTHLY;BYDAY=5FR;COUNT=999999999
        RECURRENCE-ID:x
        GEO:1e400;x
        END:VEVENT
        END:VCALENDAR
        """);
  }

  @MethodSource("calendars")
  @DictionaryEntries({"BYSETPOS=-1", "BYYEARDAY=366", "UNTIL=", "RDATE:", "TZID=", "FREQ=HOURLY"})
  @FuzzTest(maxDuration = "2m")
  void a_calendar_is_read_or_refused(@NotNull String text) {
    try {
      for (var event : CalendarReader.read(text.getBytes(UTF_8), VILLAGE, NOW).events())
        assertTrue(event.name().lines().count() <= 1);
    } catch (CalendarReader.NotACalendar none) {
      assertTrue(none.getMessage() != null);
    }
  }
}
