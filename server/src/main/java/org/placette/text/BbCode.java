package org.placette.text;

import java.util.regex.Pattern;

/**
 * The square-bracket markup of forums, as HTML. Hubzilla sends the text of its events in it where
 * HTML is expected.
 */
public final class BbCode {

  private static final Pattern ANY =
      Pattern.compile(
          "\\[/?(b|i|u|s|[uz]rl|[iz]mg|z?mg|quote|code|size|color|font|center|list|ul|ol|li|h[1-6]|hl"
              + "|spoiler|table|tr|td|th|hr|video|audio|attachment|map|nobb|share)"
              + "(=[^\\]\\[]{0,2000})?\\]");
  private static final Pattern SIMPLE = Pattern.compile("\\[(/?)([bius])\\]");
  private static final Pattern BARE_LINK =
      Pattern.compile("\\[[uz]rl\\]([^\\[\\]]{1,2000})\\[/[uz]rl\\]");
  private static final Pattern LINK =
      Pattern.compile("\\[[uz]rl=([^\\]\\[]{1,2000})\\](.{0,2000}?)\\[/[uz]rl\\]", Pattern.DOTALL);

  private BbCode() {}

  /** Whether a text has such marks and none of HTML. */
  public static boolean marks(String text) {
    return text.indexOf('<') < 0 && ANY.matcher(text).find();
  }

  /**
   * HTML of it, still to be cleaned: bold, italic, underlined, struck out and linked text; of other
   * marks only what they hold.
   */
  public static String html(String text) {
    var html = text.replace("\"", "&quot;").replace("\r\n", "\n").replace("\n", "<br>");
    html = SIMPLE.matcher(html).replaceAll("<$1$2>");
    html = BARE_LINK.matcher(html).replaceAll("<a href=\"$1\">$1</a>");
    html = LINK.matcher(html).replaceAll("<a href=\"$1\">$2</a>");
    return ANY.matcher(html).replaceAll("");
  }
}
