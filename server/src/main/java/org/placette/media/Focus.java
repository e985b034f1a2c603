package org.placette.media;

import org.jspecify.annotations.Nullable;
import org.placette.web.Problem;

/**
 * The point of a picture to keep in sight when it is cropped.
 *
 * @param x from -1 (left) to 1 (right)
 * @param y from -1 (bottom) to 1 (top)
 */
public record Focus(double x, double y) {

  /** The middle. */
  public static final Focus CENTRE = new Focus(0, 0);

  /**
   * Reads {@code x,y}; null for nothing.
   *
   * @throws Problem.Invalid when it is no pair of numbers
   */
  public static @Nullable Focus read(@Nullable String text) {
    if (text == null || text.isBlank()) return null;
    var parts = text.split(",", -1);
    try {
      if (parts.length == 2) {
        return new Focus(
            within(Double.parseDouble(parts[0])), within(Double.parseDouble(parts[1])));
      }
    } catch (NumberFormatException e) {
      // The answer below says it.
    }
    throw new Refusal("the focus is two numbers such as 0.5,-0.2", "error.focus").problem();
  }

  private static double within(double value) {
    if (Double.isNaN(value)) throw new NumberFormatException();
    return Math.max(-1, Math.min(1, value));
  }
}
