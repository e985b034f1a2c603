package org.placette.web;

import java.util.HexFormat;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * An sRGB colour, and what pages make of a place's own: tones of its hue on which words can be
 * read, whatever was chosen (WCAG 2.2, 1.4.3). Hue, chroma and lightness are those of OKLCH.
 *
 * @param red 0 to 255, as the others
 */
public record Colour(int red, int green, int blue) {

  /** The green of plane trees, which the style sheet has by itself. */
  public static final Colour USUAL = oklch(0.42, 0.085, 165);

  /** A little more than the 4.5 that words need. */
  private static final double READABLE = 5;

  /** A colour in the way that forms send it, such as {@code #3a7f5c}; null for anything else. */
  public static @Nullable Colour of(@Nullable String text) {
    if (text == null || !text.matches("#?[0-9a-fA-F]{6}")) return null;
    var all = HexFormat.fromHexDigits(text.substring(text.length() - 6));
    return new Colour(all >> 16 & 255, all >> 8 & 255, all & 255);
  }

  /** A colour of a hue in degrees, as strong as screens can show it. */
  public static Colour oklch(double lightness, double chroma, double hue) {
    for (var c = chroma; c > 0; c -= 0.004) {
      var found = inGamut(lightness, c, hue);
      if (found != null) return found;
    }
    var grey = inGamut(lightness, 0, 0);
    return grey == null ? new Colour(255, 255, 255) : grey;
  }

  private static @Nullable Colour inGamut(double lightness, double chroma, double hue) {
    var a = chroma * Math.cos(Math.toRadians(hue));
    var b = chroma * Math.sin(Math.toRadians(hue));
    var l = cube(lightness + 0.3963377774 * a + 0.2158037573 * b);
    var m = cube(lightness - 0.1055613458 * a - 0.0638541728 * b);
    var s = cube(lightness - 0.0894841775 * a - 1.2914855480 * b);
    var red = byteOf(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s);
    var green = byteOf(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s);
    var blue = byteOf(-0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s);
    return red < 0 || green < 0 || blue < 0 ? null : new Colour(red, green, blue);
  }

  private static double cube(double x) {
    return x * x * x;
  }

  /** A linear part as a byte; -1 outside of what can be shown. */
  private static int byteOf(double linear) {
    var encoded = linear <= 0.0031308 ? 12.92 * linear : 1.055 * Math.pow(linear, 1 / 2.4) - 0.055;
    var rounded = (int) Math.round(encoded * 255);
    return encoded < -0.002 || encoded > 1.002 ? -1 : Math.clamp(rounded, 0, 255);
  }

  private static double linear(int part) {
    var x = part / 255.0;
    return x <= 0.04045 ? x / 12.92 : Math.pow((x + 0.055) / 1.055, 2.4);
  }

  /** The same hue as light as wanted, 0 to 1. */
  public Colour at(double lightness) {
    var lch = lch();
    return oklch(lightness, lch[1], lch[2]);
  }

  /** Lightness, chroma and hue. */
  private double[] lch() {
    double r = linear(red);
    double g = linear(green);
    double b = linear(blue);
    var l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
    var m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
    var s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
    var y = 0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s;
    var u = 1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s;
    var v = 0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s;
    return new double[] {y, Math.hypot(u, v), (Math.toDegrees(Math.atan2(v, u)) + 360) % 360};
  }

  private double luminance() {
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
  }

  /** How much one stands out from the other, 1 to 21. */
  public double contrast(Colour other) {
    var one = luminance() + 0.05;
    var two = other.luminance() + 0.05;
    return Math.max(one, two) / Math.min(one, two);
  }

  /** The tone of it for words and buttons on light paper: itself where it can be read. */
  public Colour onLight() {
    var lch = lch();
    var paper = oklch(0.975, 0.008, 85);
    var soft = softLight();
    return toned(-0.01, tone -> tone.contrast(paper) > READABLE && tone.contrast(soft) > READABLE)
        .from(lch[0]);
  }

  /** The same on dark paper. */
  public Colour onDark() {
    var paper = oklch(0.24, 0.014, lch()[2]);
    var soft = softDark();
    return toned(0.01, tone -> tone.contrast(paper) > READABLE && tone.contrast(soft) > READABLE)
        .from(0.72);
  }

  private interface Tones {
    Colour from(double lightness);
  }

  private Tones toned(double step, Predicate<Colour> readable) {
    var lch = lch();
    return begin -> {
      var lightness = begin;
      var tone = oklch(lightness, lch[1], lch[2]);
      while (!readable.test(tone) && (step < 0 ? lightness > 0.1 : lightness < 0.98)) {
        lightness += step;
        tone = oklch(lightness, lch[1], lch[2]);
      }
      return tone;
    };
  }

  private Colour softLight() {
    var lch = lch();
    return oklch(0.935, Math.min(lch[1], 0.035), lch[2]);
  }

  private Colour softDark() {
    var lch = lch();
    return oklch(0.32, Math.min(lch[1], 0.04), lch[2]);
  }

  /** What the style sheet takes over from this colour. */
  String theme() {
    return """
    :root{--hue:%.0f;--place:%s;--place-soft:%s}\
    @media (prefers-color-scheme:dark){:root{--place:%s;--place-soft:%s}}\
    """
        .formatted(lch()[2], onLight().hex(), softLight().hex(), onDark().hex(), softDark().hex());
  }

  /** Six digits. */
  public String code() {
    return "%02x%02x%02x".formatted(red, green, blue).toLowerCase(Locale.ROOT);
  }

  /** As style sheets and forms write it. */
  public String hex() {
    return "#" + code();
  }
}
