package org.placette.event;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** A title on two lines at most, whatever it is. */
class EventBannerTest {

  @Test
  void a_long_title_is_cut_after_two_lines() {
    assertEquals(List.of("Bal"), EventBanner.lines(" Bal "));
    assertEquals(
        List.of("Soupe partagée sur la", "place du village"),
        EventBanner.lines("Soupe partagée sur la place du village"));
    assertEquals(
        List.of("Assemblée générale", "extraordinaire de l’ass…"),
        EventBanner.lines("Assemblée générale extraordinaire de l’association des amis du lavoir"));
  }
}
