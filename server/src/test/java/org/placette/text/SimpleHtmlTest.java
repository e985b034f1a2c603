package org.placette.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** One pass gives what the parser gives, or nothing. */
class SimpleHtmlTest {

  private static final List<String> PIECES =
      List.of(
          "<p>",
          "</p>",
          "<br>",
          "<ul>",
          "</ul>",
          "<li>",
          "</li>",
          "<ol start=\"3\">",
          "</ol>",
          "<blockquote>",
          "</blockquote>",
          "<strong>",
          "</strong>",
          "<h2>",
          "</h2>",
          "<em>",
          "</em>",
          "<a href=\"https://a.example/?a=1&amp;b=2>\" rel=\"nofollow noopener\">",
          "</a>",
          "<hr>",
          "<pre>",
          "</pre>",
          "<td>",
          "<!-- -->",
          "<",
          ">",
          "&",
          "&amp;",
          "&nbsp;",
          "&eacute;",
          "&#39;",
          " ",
          "  ",
          "\n",
          "\t",
          "\r",
          "un",
          "deux",
          "é",
          "\uFEFF",
          "😀",
          "<script>",
          "</script>",
          "<p",
          "</",
          "\"",
          "<svg>",
          "<span class=\"invisible\">",
          "</span>",
          "\u00a0");

  @Test
  void any_pieces_of_html_have_the_text_that_the_parser_gives() {
    var random = new Random(7);
    var simple = 0;
    for (int i = 0; i < 4_000; i++) {
      var html = new StringBuilder();
      for (int n = random.nextInt(9); n >= 0; n--)
        html.append(PIECES.get(random.nextInt(PIECES.size())));
      simple += same(html.toString());
      simple += same(Html.clean(html.toString()));
    }
    assertTrue(simple > 1_000, simple + " were simple");
  }

  private static int same(String html) {
    var text = SimpleHtml.of(html);
    if (text == null) return 0;
    assertEquals(Html.parsed(html), text, html);
    return 1;
  }

  @Test
  void what_people_write_needs_no_parser() {
    var html =
        Html.clean(
            "<p>Bonjour&nbsp;<b>à tous</b><br>et à <a href='https://a.example/?a&b'>vous</a>"
                + " &lt;3</p>"
                + "<ul><li>un</li><li><p>deux</p></li></ul><blockquote><p>dit</p></blockquote>");
    var text = SimpleHtml.of(html);
    assertNotNull(text, html);
    assertEquals("Bonjour\u00a0à tous\net à vous <3\nun\ndeux\n\ndit", text);
  }
}
