package org.placette.text;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Degrees on the map: six places, about ten centimetres, and never more than that in writing. */
public final class Degrees {

  private static final double PLACES = 1e6;

  private Degrees() {}

  /** The nearest with six places: what was computed, or kept in binary, has a tail of others. */
  public static @Nullable Double rounded(@Nullable Double degrees) {
    return degrees == null ? null : Math.round(degrees * PLACES) / PLACES;
  }

  /** As people and calendars write it: without an exponent. */
  public static String text(double degrees) {
    return BigDecimal.valueOf(degrees).stripTrailingZeros().toPlainString();
  }
}
