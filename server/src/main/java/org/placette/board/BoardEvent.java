package org.placette.board;

import org.jspecify.annotations.Nullable;
import org.placette.event.EventCard;

/**
 * An event as walls show it.
 *
 * @param code the six letters that lead to its page when typed after {@code /e/}
 * @param banner the address of its picture; null for none
 */
public record BoardEvent(EventCard card, String code, @Nullable String banner) {

  /** What is typed, or read by a phone: short, so that its picture is coarse and easy to read. */
  public String shortPath() {
    return "/e/" + code;
  }

  /** The path of its page at the kiosk. */
  public String kioskPath() {
    return "/borne" + card.path();
  }
}
