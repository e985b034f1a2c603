package org.placette.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ColourTest {

  private static final Colour WHITE = new Colour(255, 255, 255);
  private static final Colour NIGHT = Colour.oklch(0.24, 0.014, 165);

  @Test
  void whatever_a_place_chooses_words_in_it_can_be_read_on_light_and_on_dark() {
    for (var chosen :
        List.of("#ffff00", "#ffffff", "#000000", "#ff00ff", "#00ffff", "#777777", "#0b57d0")) {
      var colour = Objects.requireNonNull(Colour.of(chosen));
      assertTrue(colour.onLight().contrast(WHITE) >= 4.5, chosen + " " + colour.onLight().hex());
      assertTrue(colour.onDark().contrast(NIGHT) >= 4.5, chosen + " " + colour.onDark().hex());
    }
  }

  @Test
  void a_colour_that_can_be_read_stays_as_it_was_chosen() {
    var blue = Objects.requireNonNull(Colour.of("#0b4fa0"));
    assertEquals("#0b4fa0", blue.onLight().hex());
    assertEquals(21, WHITE.contrast(new Colour(0, 0, 0)), 0.01);
    assertNull(Colour.of("red"));
    assertNull(Colour.of(null));
  }
}
