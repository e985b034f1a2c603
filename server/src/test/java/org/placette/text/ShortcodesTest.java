package org.placette.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Custom emoji in words. */
class ShortcodesTest {

  private static final Map<String, String> CAT = Map.of("cat", "https://a.example/\"c.png");
  private static final String SHOWN =
      "<img class=\"emoji\" src=\"https://a.example/&quot;c.png\" alt=\":cat:\" title=\":cat:\""
          + " loading=\"lazy\" decoding=\"async\">";

  @Test
  void a_code_becomes_its_picture_and_what_is_no_code_stays() {
    assertEquals(
        "<p>10:30:45 " + SHOWN + SHOWN + ":dog:</p>",
        Shortcodes.shown("<p>10:30:45 :cat::cat::dog:</p>", CAT));
    assertEquals("a:b" + SHOWN, Shortcodes.shown("a:b:cat:", CAT));
  }

  @Test
  void attributes_are_left_alone() {
    var link = "<a href=\"https://x.example/:cat:?a>b\" title='\":cat:'>";
    assertEquals(link + SHOWN + "</a>", Shortcodes.shown(link + ":cat:</a>", CAT));
  }

  @Test
  void the_codes_of_a_text_are_found() {
    assertEquals(Set.of("b", "cat", "30"), Shortcodes.in("a:b:cat: 10:30:45"));
  }
}
