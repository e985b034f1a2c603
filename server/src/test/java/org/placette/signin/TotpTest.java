package org.placette.signin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TotpTest {

  private static final byte[] SECRET = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);

  @Test
  void codes_are_those_of_rfc_6238_appendix_b() {
    Map.of(
            59L, "94287082",
            1111111109L, "07081804",
            1111111111L, "14050471",
            1234567890L, "89005924",
            2000000000L, "69279037",
            20000000000L, "65353130")
        .forEach(
            (seconds, code) ->
                assertEquals(
                    code, Totp.code(SECRET, Totp.step(Instant.ofEpochSecond(seconds)), 8)));
  }

  @Test
  void secrets_are_written_as_rfc_4648_section_10_does() {
    assertEquals("MZXW6YTBOI", Totp.base32("foobar".getBytes(StandardCharsets.US_ASCII)));
    assertEquals("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", Totp.base32(SECRET));
  }

  @Test
  void a_code_is_taken_half_a_minute_early_or_late_and_never_twice() {
    var now = Instant.ofEpochSecond(1234567890);
    var step = Totp.step(now);
    for (var near = step - 1; near <= step + 1; near++)
      assertEquals(near, Totp.matching(SECRET, Totp.code(SECRET, near, 6), now, 0));
    assertEquals(-1, Totp.matching(SECRET, Totp.code(SECRET, step + 2, 6), now, 0));
    assertEquals(-1, Totp.matching(SECRET, Totp.code(SECRET, step, 6), now, step));
    assertEquals(-1, Totp.matching(SECRET, "", now, 0));
  }
}
