package org.placette.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.junit.jupiter.params.provider.MethodSource;

/** No text of a stranger throws, or leaves anything in a page that could act. */
class TextFuzzTest {

  private static final Set<String> LIVELY =
      Set.of("script", "style", "iframe", "object", "embed", "form", "svg", "math", "base", "link");

  /** Schemes that a browser would run, however they are spaced. */
  private static final Pattern RUNS =
      Pattern.compile("^[\\s\\p{Cntrl}]*(javascript|data|vbscript):");

  static Stream<String> texts() {
    return Stream.of(
        "<p>Bonjour <a href=\"https://a.example/\" class=\"mention hashtag\">@<span>léa</span></a>",
        "<svg><p><style><g title=\"</style><img src onerror=alert(1)>\">",
        "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img"
            + " onerror=1&gt;\">",
        "<a href=\"java\tscript:alert(1)\">x</a><a href=\"&#106;avascript:1\">",
        "<ol start=\"9999999999999\" reversed><li value=\"-1\">",
        "**a** [x](javascript:1) <b> @léa@b.example #é_1 https://é.example/?a=b&c",
        "\ud800 \u202e <p dir=\"rtl\" lang=\"x\">");
  }

  @MethodSource("texts")
  @DictionaryEntries({"<noscript>", "<template>", "<![CDATA[", "srcdoc=", "xlink:href", "<!--"})
  @FuzzTest(maxDuration = "3m")
  void foreign_text_becomes_safe_text(@NotNull String html) {
    var clean = Html.clean(html);
    safe(clean);
    assertEquals(clean, Html.clean(clean), "cleaning again changes nothing");
    var unused = Html.text(html) + Excerpt.of(html, 80) + Markdown.of(clean);
    assertFalse(unused.contains("\u202e") && !html.contains("\u202e"));
  }

  @MethodSource("texts")
  @DictionaryEntries({"](", "```", "    ", "~~", "![", "<http:", "@a@b.c", "#"})
  @FuzzTest(maxDuration = "2m")
  void what_a_person_types_becomes_safe_text(@NotNull String typed) {
    safe(Html.compose(typed));
  }

  private static void safe(String html) {
    var body = Jsoup.parseBodyFragment(html).body();
    for (var element : body.getAllElements()) {
      assertFalse(LIVELY.contains(element.normalName()), html);
      for (var attribute : element.attributes()) {
        var name = attribute.getKey().toLowerCase(Locale.ROOT);
        assertFalse(name.startsWith("on") || name.equals("style") || name.equals("srcdoc"), html);
        var value = attribute.getValue().toLowerCase(Locale.ROOT);
        assertFalse(Set.of("href", "src").contains(name) && RUNS.matcher(value).find(), html);
      }
    }
    assertTrue(html.length() <= 4 * Html.MAX_LENGTH);
  }
}
