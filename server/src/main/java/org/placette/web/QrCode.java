package org.placette.web;

import io.nayuki.qrcodegen.QrCode.Ecc;

/**
 * A QR code (ISO/IEC 18004) as one path of an SVG.
 *
 * @param size modules on each side, with the quiet zone around
 * @param path dark modules, one unit each
 */
public record QrCode(int size, String path) {

  private static final int QUIET = 4;

  /** The code of a text, which may be some hundred characters long. */
  public static QrCode of(String text) {
    var code = io.nayuki.qrcodegen.QrCode.encodeText(text, Ecc.MEDIUM);
    var path = new StringBuilder();
    for (var y = 0; y < code.size; y++) {
      for (var x = 0; x < code.size; x++) {
        var from = x;
        while (x < code.size && code.getModule(x, y)) x++;
        if (x == from) continue;
        path.append('M').append(from + QUIET).append(' ').append(y + QUIET);
        path.append('h').append(x - from).append("v1h").append(from - x).append('z');
      }
    }
    return new QrCode(code.size + 2 * QUIET, path.toString());
  }
}
