package org.placette.federation.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.placette.federation.fetch.Problems.assertRefused;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.placette.federation.fetch.FetchProblem.Reason;

/** One canonical form for every spelling of a URL. */
class WebUrlTest {

  @Test
  void spellingsOfOneUrlBecomeTheSame() {
    var url = "https://xn--caf-dma.example/a%20b?q=%C3%A9";
    for (var spelling :
        List.of(
            url,
            "HTTPS://CAFÉ.example:443/a b?q=é",
            "https://café.example./a%20b?q=é#part",
            "https://ｃａｆé。example/a b?q=%C3%A9"))
      assertEquals(url, WebUrl.parse(spelling).toString(), spelling);
    assertEquals("https://a.example/", WebUrl.parse("https://a.example").toString());
    assertEquals(
        "https://a.example/?q=100%25", WebUrl.parse("https://a.example?q=100%").toString());
    assertEquals("http://a.example:443/", WebUrl.parse("http://a.example:443").toString());
    assertEquals("https://[2a01::1]:8443/x", WebUrl.parse("https://[2A01::1]:8443/x").toString());
  }

  @Test
  void sameMeansTheSameResource() {
    var url = WebUrl.parse("https://a.example/users/lou");
    assertTrue(WebUrl.same("https://A.example:443/users/lou#main-key", url));
    for (var other :
        List.of(
            "https://a.example/users/Lou",
            "https://a.example/users/lou/",
            "http://a.example/users/lou",
            "")) assertFalse(WebUrl.same(other, url), other);
  }

  @Test
  void whatIsNoPlainWebUrlIsRefused() {
    for (var odd :
        List.of(
            "",
            "a.example",
            "ftp://a.example/",
            "https:/a.example",
            "https:///x",
            "javascript:x",
            "https://u:p@a.example/",
            "https://a.example\\@b.example/",
            "https://a_b.example/",
            "https://a..example/",
            "https://-a.example/",
            "https://a.example:99999/",
            "https://a.example:22/",
            "https://a.example:/",
            "https://a.example:x/",
            "https://a.example/\u0000",
            "https://a.example/a\r\nHost: b",
            "https://a b.example/",
            "https://[",
            "https://[:a]x/",
            "https://[]/",
            "https://a.example/" + "x".repeat(3000)))
      assertRefused(Reason.BAD_URL, () -> WebUrl.parse(odd));
  }

  @Test
  void redirectsAreResolvedAgainstWhereTheyCameFrom() {
    var base = URI.create("https://a.example/x/y?q=1");
    assertEquals("https://a.example/x/z", WebUrl.resolve(base, "z").toString());
    assertEquals("https://a.example/x/y?r=2", WebUrl.resolve(base, "?r=2").toString());
    assertEquals("https://b.example/", WebUrl.resolve(base, "//b.example").toString());
    assertEquals("http://b.example/", WebUrl.resolve(base, "HTTP://b.example").toString());
    assertRefused(Reason.BAD_URL, () -> WebUrl.resolve(base, "data:text/plain,x"));
  }
}
