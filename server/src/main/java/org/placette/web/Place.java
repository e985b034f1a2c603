package org.placette.web;

import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * The neighbourhood as its pages show it.
 *
 * @param name plain text
 * @param motto one line of plain text; empty when nobody gave one
 * @param colour its own; null for the usual one
 * @param logo the address of its sign; null for the usual one
 * @param banner the address of the picture that link previews show; null for the usual one
 * @param language its first language
 * @param zone where its clocks are
 * @param origin {@code scheme://host}
 * @param handle what one follows, without the leading at sign
 */
public record Place(
    String name,
    String motto,
    @Nullable Colour colour,
    @Nullable String logo,
    @Nullable String banner,
    Language language,
    ZoneId zone,
    String origin,
    String handle) {

  private static final ZoneId FRANCE = ZoneId.of("Europe/Paris");

  /**
   * A colour as it is stored; null when nobody chose.
   *
   * @param hue what early versions stored: degrees of OKLCH
   */
  public static @Nullable Colour colour(String stored, String hue) {
    var chosen = Colour.of(stored);
    if (chosen == null && hue.matches("\\d{1,3}"))
      chosen = Colour.oklch(0.42, 0.085, Integer.parseInt(hue));
    return Colour.USUAL.equals(chosen) ? null : chosen;
  }

  /**
   * The address of the sign that is drawn for it, another one after each change.
   *
   * @param file its size, such as {@code 192.png}
   */
  public String icon(String file) {
    var all = name + "\n" + (colour == null ? "" : colour.code()) + "\n" + logo;
    return "/icon/" + file + "?v=" + Integer.toHexString(all.hashCode());
  }

  /** A zone as it is stored; that of France when nobody chose. */
  public static ZoneId zone(String stored) {
    return ZoneId.getAvailableZoneIds().contains(stored) ? ZoneId.of(stored) : FRANCE;
  }
}
