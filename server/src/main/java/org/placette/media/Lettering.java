package org.placette.media;

import java.awt.Font;
import java.awt.Shape;
import java.awt.font.FontRenderContext;
import java.awt.font.TextLayout;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Scanner;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Words as outlines. Latin letters are in the server itself, so that pictures look the same on a
 * machine without any font; other scripts take a font of the machine when it has one, and are left
 * out otherwise. Nothing that somebody writes makes it fail.
 */
public final class Lettering {

  private static final Pattern PART = Pattern.compile("([MLQCZ])([-0-9 ]*)");
  private static final double EM = 1000;
  private static final Map<Integer, Letter> LETTERS = read();

  private Lettering() {}

  private record Letter(double advance, Path2D shape) {}

  /**
   * Words in one line.
   *
   * @param shape begins at 0, its baseline at 0
   * @param width how far the next word begins
   */
  public record Line(Shape shape, double width) {}

  private static Map<Integer, Letter> read() {
    var all = new HashMap<Integer, Letter>();
    try (var in = Objects.requireNonNull(Lettering.class.getResourceAsStream("letters.txt"));
        var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))) {
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("#")) continue;
        var parts = line.split(" ", 3);
        var path = path(parts[2]);
        all.put(Integer.parseInt(parts[0], 16), new Letter(Double.parseDouble(parts[1]), path));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Map.copyOf(all);
  }

  private static Path2D path(String text) {
    var path = new Path2D.Double(Path2D.WIND_NON_ZERO);
    var parts = PART.matcher(text);
    while (parts.find()) {
      var at = new Scanner(parts.group(2));
      switch (parts.group(1).charAt(0)) {
        case 'M' -> path.moveTo(at.nextInt(), -at.nextInt());
        case 'L' -> path.lineTo(at.nextInt(), -at.nextInt());
        case 'Q' -> path.quadTo(at.nextInt(), -at.nextInt(), at.nextInt(), -at.nextInt());
        case 'C' ->
            path.curveTo(
                at.nextInt(),
                -at.nextInt(),
                at.nextInt(),
                -at.nextInt(),
                at.nextInt(),
                -at.nextInt());
        default -> path.closePath();
      }
    }
    return path;
  }

  /** What can be written of a text: one line, without pictograms and what no font here has. */
  public static String writable(String text) {
    var clean = new StringBuilder();
    Normalizer.normalize(text, Normalizer.Form.NFC)
        .codePoints()
        .map(c -> Character.isSpaceChar(c) || Character.isWhitespace(c) ? ' ' : c)
        .filter(c -> LETTERS.containsKey(c) || elsewhere(c))
        .forEach(clean::appendCodePoint);
    return clean.toString().strip().replaceAll(" +", " ");
  }

  /** True for a letter of another script that a font of this machine has. */
  private static boolean elsewhere(int c) {
    var kind = Character.getType(c);
    var pictogram =
        kind == Character.OTHER_SYMBOL
            || kind == Character.MODIFIER_SYMBOL
            || kind == Character.PRIVATE_USE
            || kind == Character.SURROGATE
            || kind == Character.FORMAT
            || kind == Character.CONTROL
            || kind == Character.UNASSIGNED
            || (c >= 0xfe00 && c <= 0xfe0f);
    var font = pictogram ? null : Machine.FONT;
    return font != null && font.canDisplay(c);
  }

  /** A line of what {@link #writable} left. */
  public static Line line(String text, double size) {
    var font = Machine.FONT;
    if (font != null && !text.isEmpty() && !text.codePoints().allMatch(LETTERS::containsKey)) {
      var frame = new FontRenderContext(null, true, true);
      var layout = new TextLayout(text, font.deriveFont((float) size), frame);
      return new Line(layout.getOutline(null), layout.getAdvance());
    }
    var all = new Path2D.Double(Path2D.WIND_NON_ZERO);
    double x = 0;
    for (var c : text.codePoints().toArray()) {
      var letter = LETTERS.get(c);
      if (letter == null) continue;
      var move = AffineTransform.getScaleInstance(size / EM, size / EM);
      move.translate(x, 0);
      all.append(letter.shape().getPathIterator(move), false);
      x += letter.advance();
    }
    return new Line(all, x * size / EM);
  }

  /** The fonts of the machine, looked for when a text needs them first. */
  private static final class Machine {

    static final @Nullable Font FONT = find();

    private static @Nullable Font find() {
      try {
        var font = new Font(Font.SANS_SERIF, Font.BOLD, 100);
        return font.canDisplay('a') ? font : null;
      } catch (RuntimeException | LinkageError | InternalError e) {
        // A small server has no fonts, or not even the library that finds them.
        return null;
      }
    }
  }
}
