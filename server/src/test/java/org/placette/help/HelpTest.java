package org.placette.help;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.placette.Village;
import org.placette.db.Db;
import org.placette.testing.PgExtension;
import org.placette.web.Language;

/** The guides exist in both languages, say the same things, and lead nowhere in vain. */
@ExtendWith(PgExtension.class)
class HelpTest {

  @Test
  void both_languages_have_the_same_parts_in_their_own_words() {
    for (var guide : HelpPages.GUIDES) {
      var fr = Jsoup.parse(HelpPages.html(Language.FR, guide));
      var en = Jsoup.parse(HelpPages.html(Language.EN, guide));
      for (var part : List.of("h1", "h2", "li", "p", "a", "img"))
        assertEquals(fr.select(part).size(), en.select(part).size(), guide + " " + part);
      assertEquals(fr.select("a").eachAttr("href"), en.select("a").eachAttr("href"), guide);
      assertNotEquals(fr.text(), en.text());
      assertTrue(fr.select("img").eachAttr("alt").stream().noneMatch(String::isBlank), guide);
    }
  }

  @Test
  void every_link_and_picture_of_a_guide_is_there(Db db, @TempDir Path data) {
    try (var village = Village.start(db, data)) {
      var owner = village.newcomer("nour", "owner");
      List<String> broken = new ArrayList<>();
      for (var guide : HelpPages.GUIDES) {
        var page = owner.get("/help/" + guide);
        assertEquals(1, page.count("h1"), guide);
        for (var link : page.html().select(".guide a, .guide img")) {
          var address = link.hasAttr("href") ? link.attr("href") : link.attr("src");
          if (owner.raw(address).statusCode() != 200) broken.add(guide + ": " + address);
        }
      }
      assertEquals(List.of(), broken);
      assertEquals(404, owner.get("/help/nothing").status());
    }
  }
}
