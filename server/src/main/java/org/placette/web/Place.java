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

  /** True when its colour is not the style sheet's. */
  public boolean coloured() {
    return hue != HUE;
  }
}
