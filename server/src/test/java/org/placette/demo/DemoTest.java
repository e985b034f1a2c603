package org.placette.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** The words of the demo. */
class DemoTest {

  @Test
  void french_is_set_with_spaces_that_do_not_break() {
    assertEquals(
        "«\u00a0Oui\u00a0» à 19\u00a0h\u00a030\u00a0!", Demo.typeset("« Oui » à 19 h 30 !"));
  }
}
