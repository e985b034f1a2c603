package org.placette.acceptance;

import com.microsoft.playwright.options.ColorScheme;
import java.util.List;
import org.placette.web.Language;

/**
 * How somebody comes to the pages.
 *
 * @param width of their screen
 * @param script false where the browser runs none
 * @param keys true for who has a keyboard and no mouse
 */
record Way(int width, boolean script, ColorScheme scheme, Language language, boolean keys) {

  /**
   * Every width, and each of the others both ways: an old phone without script, a tablet in the
   * dark and in English, a desk without a mouse.
   */
  static final List<Way> ALL =
      List.of(
          new Way(360, false, ColorScheme.LIGHT, Language.FR, false),
          new Way(768, true, ColorScheme.DARK, Language.EN, false),
          new Way(1280, true, ColorScheme.LIGHT, Language.FR, true));

  /** As a name of files and tests. */
  String word() {
    return String.join(
        "-",
        String.valueOf(width),
        script ? "script" : "plain",
        scheme == ColorScheme.DARK ? "dark" : "light",
        language.code(),
        keys ? "keys" : "mouse");
  }
}
