package org.placette.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ExcerptTest {

  @Test
  void paragraphs_become_one_line_and_links_keep_their_words_together() {
    assertEquals(
        "Soupe & pain <ce soir> #fête",
        Excerpt.of(
            "<p>Soupe &amp; pain</p><p>&lt;ce soir&gt;<br><a href=\"/tags/f\">#f<b>ête</b></a></p>",
            80));
  }

  @Test
  void a_long_text_ends_between_two_words() {
    assertEquals("Qui peut prêter une…", Excerpt.of("<p>Qui peut prêter une marmite ?</p>", 22));
  }

  @Test
  void a_tag_that_never_ends_ends_the_text() {
    assertEquals("a", Excerpt.of("a<b", 10));
  }
}
