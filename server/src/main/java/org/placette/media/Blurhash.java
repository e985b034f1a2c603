package org.placette.media;

/**
 * A picture as some 28 letters, shown while it loads (the BlurHash format: cosine components in
 * linear light, base 83).
 */
final class Blurhash {

  private static final String DIGITS =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz#$%*+,-.:;=?@[]^_{|}~";
  private static final int ACROSS = 4;
  private static final int DOWN = 3;

  private Blurhash() {}

  /** The letters for a small picture; its alpha is ignored. */
  static String of(Pixels picture) {
    var factors = new double[ACROSS * DOWN][];
    for (int j = 0; j < DOWN; j++) {
      for (int i = 0; i < ACROSS; i++) factors[j * ACROSS + i] = factor(picture, i, j);
    }
    double greatest = 0;
    for (int i = 1; i < factors.length; i++) {
      for (var part : factors[i]) greatest = Math.max(greatest, Math.abs(part));
    }
    var scale = (int) Math.max(0, Math.min(82, Math.floor(greatest * 166 - 0.5)));
    var unit = (scale + 1) / 166.0;
    var text = new StringBuilder(28);
    digits(text, (ACROSS - 1) + (DOWN - 1) * 9, 1);
    digits(text, scale, 1);
    var mean = factors[0];
    digits(text, (encoded(mean[0]) << 16) + (encoded(mean[1]) << 8) + encoded(mean[2]), 4);
    for (int i = 1; i < factors.length; i++) {
      var value = 0;
      for (var part : factors[i]) value = value * 19 + step(part / unit);
      digits(text, value, 2);
    }
    return text.toString();
  }

  private static double[] factor(Pixels picture, int i, int j) {
    double red = 0;
    double green = 0;
    double blue = 0;
    for (int y = 0; y < picture.height(); y++) {
      var vertical = Math.cos(Math.PI * j * y / picture.height());
      for (int x = 0; x < picture.width(); x++) {
        var basis = vertical * Math.cos(Math.PI * i * x / picture.width());
        var pixel = picture.argb()[y * picture.width() + x];
        red += basis * linear((pixel >> 16) & 0xff);
        green += basis * linear((pixel >> 8) & 0xff);
        blue += basis * linear(pixel & 0xff);
      }
    }
    var scale = (i == 0 && j == 0 ? 1.0 : 2.0) / ((double) picture.width() * picture.height());
    return new double[] {red * scale, green * scale, blue * scale};
  }

  private static int step(double value) {
    var root = Math.copySign(Math.sqrt(Math.abs(value)), value);
    return (int) Math.max(0, Math.min(18, Math.floor(root * 9 + 9.5)));
  }

  private static double linear(int value) {
    var part = value / 255.0;
    return part <= 0.04045 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4);
  }

  private static int encoded(double linear) {
    var part = Math.max(0, Math.min(1, linear));
    var value = part <= 0.0031308 ? part * 12.92 : 1.055 * Math.pow(part, 1 / 2.4) - 0.055;
    return (int) (value * 255 + 0.5);
  }

  private static void digits(StringBuilder text, int value, int length) {
    for (int i = length - 1; i >= 0; i--) {
      text.append(DIGITS.charAt(value / (int) Math.pow(83, i) % 83));
    }
  }
}
