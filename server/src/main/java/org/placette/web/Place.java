package org.placette.web;

import java.time.ZoneId;

/**
 * The neighbourhood as its pages show it.
 *
 * @param name plain text
 * @param motto one line of plain text; empty when nobody gave one
 * @param hue its colour in degrees of OKLCH, 0 to 359
 * @param language its first language
 * @param zone where its clocks are
 * @param origin {@code scheme://host}
 * @param handle what one follows, without the leading at sign
 */
public record Place(
    String name,
    String motto,
    int hue,
    Language language,
    ZoneId zone,
    String origin,
    String handle) {

  /** The green of plane trees, which the style sheet has by itself. */
  public static final int HUE = 165;

  private static final ZoneId FRANCE = ZoneId.of("Europe/Paris");

  /** A hue as it is stored; the usual one when nobody chose. */
  public static int hue(String stored) {
    return stored.matches("\\d{1,3}") ? Integer.parseInt(stored) % 360 : HUE;
  }

  /** A zone as it is stored; that of France when nobody chose. */
  public static ZoneId zone(String stored) {
    return ZoneId.getAvailableZoneIds().contains(stored) ? ZoneId.of(stored) : FRANCE;
  }

  /** True when its colour is not the style sheet's. */
  public boolean coloured() {
    return hue != HUE;
  }
}
