package org.placette.text;

import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/**
 * Markdown that this project wrote itself, with headings and pictures. Never for people's words.
 */
public final class OwnText {

  private static final Parser PARSER = Parser.builder().build();
  private static final HtmlRenderer RENDERER = HtmlRenderer.builder().escapeHtml(true).build();

  private OwnText() {}

  public static String html(String markdown) {
    return RENDERER.render(PARSER.parse(markdown));
  }
}
