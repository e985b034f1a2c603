package org.placette.text;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Custom emoji in words: a code between colons, for which a little picture stands. */
public final class Shortcodes {

  /** A whole tag of HTML, which is left alone with all its attributes, or a code. */
  private static final Pattern PART =
      Pattern.compile("<(?:[^>\"']++|\"[^\"]*+\"|'[^']*+')*+>|:([\\w.+-]{1,64}):");

  private Shortcodes() {}

  /** The codes that may stand in some HTML or plain text, without their colons. */
  public static Set<String> in(String text) {
    Set<String> found = new LinkedHashSet<>();
    var unused =
        replaced(
            text,
            code -> {
              found.add(code);
              return null;
            });
    return found;
  }

  /**
   * HTML with pictures for its codes.
   *
   * @param html safe HTML
   * @param pictures addresses by code; what is not among them stays text
   */
  public static String shown(String html, Map<String, String> pictures) {
    if (pictures.isEmpty()) return html;
    return replaced(
        html,
        code -> {
          var address = pictures.get(code);
          return address == null ? null : picture(code, address);
        });
  }

  private static String picture(String code, String address) {
    var word = ":" + Html.escape(code) + ":";
    return "<img class=\"emoji\" src=\"%s\" alt=\"%s\" title=\"%s\" loading=\"lazy\" decoding=\"async\">"
        .formatted(Html.escape(address), word, word);
  }

  private static String replaced(String html, Replacement with) {
    var matcher = PART.matcher(html);
    var out = new StringBuilder(html.length() + 64);
    int at = 0;
    while (matcher.find(at)) {
      var code = matcher.group(1);
      var instead = code == null ? null : with.of(code);
      out.append(html, at, matcher.start());
      // The colon behind what is no code may be the one before the next.
      at = code != null && instead == null ? matcher.end() - 1 : matcher.end();
      out.append(instead == null ? html.substring(matcher.start(), at) : instead);
    }
    return out.append(html, at, html.length()).toString();
  }

  /** What stands for a code; null to leave it. */
  private interface Replacement {
    @Nullable String of(String code);
  }
}
