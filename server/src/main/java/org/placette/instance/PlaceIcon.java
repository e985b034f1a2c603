package org.placette.instance;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.placette.media.Lettering;
import org.placette.web.Colour;
import org.placette.web.Place;

/**
 * The sign of the place on screens of telephones and in tabs: its logo on paper, or else the first
 * letter of its name on its colour.
 *
 * @param letter empty when none of its letters can be drawn
 * @param colour six digits
 * @param logo a small picture of this server's own making; null for none
 * @param side in pixels
 * @param shape what its edges are
 */
record PlaceIcon(String letter, String colour, @Nullable Path logo, int side, Edge shape) {

  /** Rounded for tabs; full for systems that round it; wide, of which only the middle is sure. */
  enum Edge {
    ROUNDED,
    FULL,
    WIDE
  }

  private static final Logger LOG = Logger.getLogger(PlaceIcon.class.getName());
  private static final Color PAPER = new Color(0xfffdf8);

  static PlaceIcon of(Place place, @Nullable Path logo, int side, Edge shape) {
    var name = Lettering.writable(place.name()).codePoints().filter(Character::isLetterOrDigit);
    var first = name.mapToObj(Character::toString).findFirst().orElse("");
    var colour = place.colour() == null ? Colour.USUAL : place.colour();
    return new PlaceIcon(
        first.toUpperCase(Locale.ROOT), colour.onLight().code(), logo, side, shape);
  }

  BufferedImage draw() {
    var image = new BufferedImage(side, side, BufferedImage.TYPE_INT_ARGB);
    var g = image.createGraphics();
    try {
      g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
      g.setRenderingHint(
          RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
      var sign = logo == null ? null : read(logo);
      var round = shape == Edge.ROUNDED ? side * 0.44 : 0;
      var ground = new RoundRectangle2D.Double(0, 0, side, side, round, round);
      g.setColor(sign == null ? new Color(Integer.parseInt(colour, 16)) : PAPER);
      g.fill(ground);
      if (sign == null) letter(g);
      else {
        g.setClip(ground);
        picture(g, sign);
      }
      return image;
    } finally {
      g.dispose();
    }
  }

  private static @Nullable BufferedImage read(Path file) {
    try {
      return ImageIO.read(file.toFile());
    } catch (IOException e) {
      LOG.log(Level.WARNING, "The logo cannot be read: {0}", e.getMessage());
      return null;
    }
  }

  /** A square logo fills the icon; another one stands in its middle. */
  private void picture(Graphics2D g, BufferedImage sign) {
    var width = sign.getWidth();
    var height = sign.getHeight();
    var square = Math.max(width, height) < 1.1 * Math.min(width, height);
    var room = shape == Edge.WIDE ? 0.62 : square ? 1 : 0.86;
    var scale = side * room / Math.max(width, height);
    var smaller = halved(sign, scale);
    var w = (int) Math.round(width * scale);
    var h = (int) Math.round(height * scale);
    g.drawImage(smaller, (side - w) / 2, (side - h) / 2, w, h, null);
  }

  /** A picture that is made much smaller is halved first, or it would flicker. */
  private static BufferedImage halved(BufferedImage picture, double scale) {
    var now = picture;
    for (var left = scale; left < 0.5 && now.getWidth() > 2 && now.getHeight() > 2; left *= 2) {
      var half =
          new BufferedImage(now.getWidth() / 2, now.getHeight() / 2, BufferedImage.TYPE_INT_ARGB);
      var g = half.createGraphics();
      g.setRenderingHint(
          RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
      g.drawImage(now, 0, 0, half.getWidth(), half.getHeight(), null);
      g.dispose();
      now = half;
    }
    return now;
  }

  private void letter(Graphics2D g) {
    var outline = letter.isEmpty() ? dot() : Lettering.line(letter, 1000).shape();
    var bounds = outline.getBounds2D();
    var room = side * (shape == Edge.WIDE ? 0.42 : 0.56);
    var scale = room / Math.max(bounds.getHeight(), bounds.getWidth());
    var at = AffineTransform.getTranslateInstance(side / 2.0, side / 2.0);
    at.scale(scale, scale);
    at.translate(-bounds.getCenterX(), -bounds.getCenterY());
    g.setColor(PAPER);
    g.fill(at.createTransformedShape(outline));
  }

  private static Shape dot() {
    return new Ellipse2D.Double(0, 0, 100, 100);
  }
}
