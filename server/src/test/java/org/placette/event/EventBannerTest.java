package org.placette.event;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.placette.Village;
import org.placette.db.Db;
import org.placette.media.Lettering;
import org.placette.testing.PgExtension;
import org.placette.testing.Walker;
import org.placette.web.Dates;

/** An event without a picture has one that is drawn, for pages and for link previews alike. */
@ExtendWith(PgExtension.class)
class EventBannerTest {

  @TempDir private static Path data = Path.of("");

  private static Village village;
  private static Walker guest;
  private static Db db;

  @BeforeAll
  static void open(Db given) {
    db = given;
    village = Village.start(db, data);
    guest = village.guest();
  }

  @AfterAll
  static void close() {
    village.close();
  }

  private static String published(String person, String name) {
    var event =
        village
            .person(person)
            .app()
            .post(
                "/api/placette/v1/events",
                Map.of("name", name, "start_time", "2031-07-14T19:00:00Z", "language", "fr"));
    return event.at("/card/url").asText().substring(village.origin().length());
  }

  @Test
  void a_preview_of_its_link_finds_a_picture_of_1200_by_630() throws IOException {
    var path = published("claire", "Fête de l’été : bal, soupe 🎉 et أهلا 村のお祭り");
    var page = guest.get(path).html();
    var url = page.select("meta[property=og:image]").attr("content");
    assertTrue(url.startsWith(village.origin() + path + "/banner.png"), url);
    assertEquals("1200", page.select("meta[property=og:image:width]").attr("content"));
    assertEquals("630", page.select("meta[property=og:image:height]").attr("content"));
    var alt = page.select("meta[property=og:image:alt]").attr("content");
    assertTrue(alt.contains("Fête de l’été") && alt.contains("14 juillet 2031"), alt);
    assertEquals("summary_large_image", page.select("meta[name=twitter:card]").attr("content"));
    var sent = guest.activity(path).body();
    assertEquals(url, sent.at("/image/url").asText());
    assertEquals(url, sent.at("/attachment/0/url").asText());
    assertEquals("image/png", sent.at("/attachment/0/mediaType").asText());

    var short1 = url.substring(village.origin().length());
    var answer = guest.raw(short1);
    assertEquals("image/png", answer.headers().firstValue("content-type").orElse(""));
    var picture = ImageIO.read(new ByteArrayInputStream(guest.bytes(short1)));
    assertNotNull(picture);
    assertEquals(List.of(1200, 630), List.of(picture.getWidth(), picture.getHeight()));
    var tag = answer.headers().firstValue("etag").orElse("");
    assertEquals(304, guest.raw(short1, "If-None-Match", tag).statusCode());
    assertArrayEquals(guest.bytes(short1), guest.bytes(short1));
  }

  @Test
  void who_may_not_see_an_event_learns_nothing_from_its_picture() {
    var path = published("odile", "Surprise pour Claire");
    assertEquals(200, guest.raw(path + "/banner.png").statusCode());
    db.update("update post set visibility = 'followers' where name = 'Surprise pour Claire'");
    for (var picture : List.of("/banner.png", "/banner.svg"))
      assertEquals(404, guest.raw(path + picture).statusCode());
    assertEquals(404, guest.raw("/events/nothing/banner.png").statusCode());
  }

  @Test
  void whatever_a_title_holds_it_is_drawn_within_the_picture() {
    var tile = new Dates.Tile("lundi", "9", "févr.");
    for (var title :
        List.of(
            "",
            "🎉🎉",
            "w".repeat(200),
            "\ud83d",
            "عيد الجيران",
            "邻里节".repeat(60),
            "é".repeat(90))) {
      var picture = new EventPicture(tile, title, title, "Annulé", title, "7a1f4d", 42);
      assertEquals(1200, picture.draw().getWidth(), title);
      for (var line : EventPicture.wrapped(Lettering.writable(title), 66, 3))
        assertTrue(line.width() <= 740.5, title);
    }
  }

  @Test
  void a_long_title_is_cut_after_two_lines() {
    assertEquals(List.of("Bal"), EventBanner.lines(" Bal "));
    assertEquals(
        List.of("Soupe partagée sur la", "place du village"),
        EventBanner.lines("Soupe partagée sur la place du village"));
    assertEquals(
        List.of("Assemblée générale", "extraordinaire de l’ass…"),
        EventBanner.lines("Assemblée générale extraordinaire de l’association des amis du lavoir"));
  }
}
