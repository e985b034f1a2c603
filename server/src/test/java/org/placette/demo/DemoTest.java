package org.placette.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

/** The words of the demo. */
class DemoTest {

  @Test
  void french_is_set_with_spaces_that_do_not_break() {
    assertEquals(
        "«\u00a0Oui\u00a0» à 19\u00a0h\u00a030\u00a0!", Demo.typeset("« Oui » à 19 h 30 !"));
  }

  @Test
  void nobody_writes_at_night_and_the_order_stays() {
    var before = Instant.EPOCH;
    for (var hour = Instant.parse("2026-11-20T00:00:00Z");
        hour.isBefore(Instant.parse("2026-11-22T00:00:00Z"));
        hour = hour.plusSeconds(900)) {
      var said = Demo.awake(hour);
      var clock = said.atZone(ZoneId.of("Europe/Paris")).getHour();
      assertTrue(clock >= 8 && clock < 22, hour + " becomes " + said);
      assertTrue(said.isAfter(before) && !said.isAfter(hour), hour + " becomes " + said);
      before = said;
    }
  }
}
