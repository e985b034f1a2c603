package org.placette.rsvp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.placette.web.Problem;

/** Nobody has many letters sent, and nobody is sent many. */
class GuestLimitTest {

  @Test
  void a_letterbox_gets_three_an_hour_whoever_asks() {
    var limit = new GuestLimit();
    for (int i = 1; i <= 3; i++) limit.count("192.0.2." + i, "odile@example.org");
    var refusal =
        assertThrows(Problem.TooMany.class, () -> limit.count("192.0.2.4", "Odile@example.org"));
    assertEquals(3_600, refusal.retryAfterSeconds());
    limit.count("192.0.2.4", "jean@example.org");
  }

  @Test
  void a_network_has_ten_an_hour_sent() {
    var limit = new GuestLimit();
    for (int i = 1; i <= 10; i++) limit.count("2001:db8::" + i, "guest" + i + "@example.org");
    assertThrows(Problem.TooMany.class, () -> limit.count("2001:db8::ff", "x@example.org"));
    limit.count("2001:db8:0:1::1", "x@example.org");
  }
}
