package org.placette.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HtmlTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<script>alert(1)</script>hi",
        "<p onclick=alert(1)>hi</p>",
        "<a href='javascript:alert(1)'>hi</a>",
        "<a href=' java\nscript:alert(1)'>hi</a>",
        "<a href='data:text/html,x'>hi</a>",
        "<svg><style><img src=x onerror=alert(1)></style></svg>",
        "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1"
            + " onerror=alert(1)&gt;'>",
        "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
        "<p style='position:fixed'>hi</p>",
        "<iframe src='//evil'></iframe><form><input name=a><button>b",
        "<textarea></p><script>alert(1)</script>"
      })
  void nothing_active_survives_and_cleaning_again_changes_nothing(String hostile) {
    var clean = Html.clean(hostile);
    var parsed = org.jsoup.Jsoup.parseBodyFragment(clean);
    for (var element : parsed.body().getAllElements()) {
      assertFalse(
          List.of("script", "style", "img", "iframe", "form", "input", "svg", "math", "button")
              .contains(element.normalName()),
          clean);
      element
          .attributes()
          .forEach(
              attribute ->
                  assertFalse(
                      attribute.getKey().startsWith("on") || attribute.getKey().equals("style"),
                      clean));
    }
    assertFalse(parsed.select("a[href^=javascript], a[href^=data]").size() > 0, clean);
    assertEquals(clean, Html.clean(clean));
  }

  @Test
  void what_people_write_is_kept() {
    var rich =
        "<p>Bonjour <a href=\"https://a.example/@b\" class=\"u-url"
            + " mention\">@b</a><br><strong>gras</strong>"
            + " <em>x</em></p><ul><li>un</li></ul><blockquote><p>dit</p></blockquote>";
    var clean = Html.clean(rich);
    assertTrue(clean.contains("class=\"u-url mention\""), clean);
    assertTrue(clean.contains("<ul><li>un</li></ul>"), clean);
    assertTrue(clean.contains("rel=\"nofollow noopener noreferrer\""), clean);
  }

  @Test
  void unknown_blocks_become_paragraphs() {
    assertEquals("<p>a</p><p>b</p>", Html.clean("<div><div>a</div><div>b</div></div>"));
  }

  @Test
  void a_link_that_names_another_host_shows_where_it_leads() {
    var clean = Html.clean("<a href=\"https://evil.example/x\">https://bank.example/x</a>");
    assertTrue(clean.contains("(evil.example)"), clean);
    var hidden =
        Html.clean(
            "<a href=\"https://evil.example\"><span"
                + " class=\"invisible\">https://evil.example/</span><span>bank.example</span></a>");
    var half =
        Html.clean(
            "<a href=\"https://evil.example\"><span class=\"invisible\">https://www.</span>"
                + "<span>bank.example</span></a>");
    assertTrue(hidden.contains("evil.example/"), hidden);
    assertFalse(half.contains("invisible"), half);
    assertTrue(half.contains("(evil.example)"), half);
  }

  @Test
  void direction_overrides_are_removed() {
    assertEquals("<p>ab</p>", Html.clean("<p>a\u202Eb\u2066</p>"));
  }

  @Test
  void deep_and_huge_input_stays_bounded() {
    var deep = org.jsoup.Jsoup.parse(Html.clean("<blockquote>".repeat(5_000) + "x"));
    for (var element : deep.getAllElements()) assertTrue(element.parents().size() < 50);
    assertTrue(Html.clean("<b>".repeat(300_000)).length() <= 3 * Html.MAX_LENGTH);
  }

  @Test
  void text_keeps_paragraphs_apart() {
    assertEquals("a\nb", Html.text("<p>a</p><p>b</p>"));
    assertEquals("a\nb", Html.text("a<br>b"));
  }

  @Test
  void typed_text_becomes_links_tags_and_mentions() {
    var composer =
        new Composer(
            handle ->
                handle.equals("nour@village.example")
                    ? new Composer.Mention(
                        "https://village.example/users/nour",
                        "https://village.example/users/nour",
                        handle)
                    : null,
            "https://ici.example/tags/");
    var composed =
        composer.compose(
            "Bonjour @nour@village.example, venez !\n#Fête https://a.example/x_y_z <b>no</b>");
    assertEquals(List.of("fête"), composed.tags());
    assertEquals(1, composed.mentions().size());
    assertTrue(composed.html().contains("<br>"), composed.html());
    assertTrue(composed.html().contains("href=\"https://a.example/x_y_z\""), composed.html());
    assertTrue(composed.html().contains("&lt;b&gt;no"), composed.html());
    assertTrue(
        composed.html().contains("href=\"https://ici.example/tags/f%C3%AAte\""), composed.html());
  }

  @Test
  void an_address_in_a_word_is_no_mention_and_a_number_no_tag() {
    var composed = Composer.plain().compose("a@b.example #12 &#35; c#d");
    assertEquals(List.of(), composed.tags());
  }

  @Test
  void code_keeps_its_lines() {
    var html = Html.compose("Voici :\n\n```\nun\ndeux\n```\n\n- a\n- b");
    assertTrue(html.contains("<pre><code>un<br>deux<br></code></pre>"), html);
    assertTrue(html.contains("<ul><li>a</li><li>b</li></ul>"), html);
  }
}
