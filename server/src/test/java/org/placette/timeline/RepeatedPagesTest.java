package org.placette.timeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.placette.Village;
import org.placette.db.Db;
import org.placette.testing.PgExtension;

/** A page of posts that is asked for again at once is not read again, and never shows the past. */
@ExtendWith(PgExtension.class)
class RepeatedPagesTest {

  private static final String HOME = "/api/v1/timelines/home?limit=1";

  private static Village village;
  private static Village.Person nour;
  private static Village.Person emma;

  @BeforeAll
  static void start(Db db, @TempDir Path folder) {
    village = Village.start(db, folder);
    nour = village.person("nour");
    emma = village.person("emma");
  }

  @AfterAll
  static void stop() {
    village.close();
  }

  private static String post(String text) {
    return nour.app().post("/api/v1/statuses", Map.of("status", text)).path("id").asText();
  }

  @Test
  void it_is_not_read_again_within_the_second(Db db) {
    var id = post("As it was");
    try (var elsewhere = Db.open(village.vertx(), db.database(), 1)) {
      // Slow machines take more than the second, and the village itself may write meanwhile.
      for (int attempt = 1; ; attempt++) {
        var first = nour.app().call("GET", HOME);
        // Another process, of whose writing this one hears nothing.
        elsewhere.update(
            "update post set content = $1 where id = $2", "try " + attempt, Long.valueOf(id));
        var again = nour.app().call("GET", HOME);
        var same = first.response().body().equals(again.response().body());
        if (same && first.header("Link").equals(again.header("Link"))) break;
        assertTrue(attempt < 100, "read anew each time");
      }
    }
  }

  @Test
  void what_is_written_shows_at_once_and_everybody_sees_their_own_marks() {
    for (int i = 0; i < 20; i++) {
      var id = post("Number " + i);
      assertEquals(id, nour.app().get(HOME).get(0).path("id").asText());
      var author = "/api/v1/accounts/" + nour.id() + "/statuses?limit=1";
      assertEquals(id, emma.app().get(author).get(0).path("id").asText());
      assertEquals(id, nour.app().get(author).get(0).path("id").asText());
      emma.app().post("/api/v1/statuses/" + id + "/favourite", Map.of());
      assertTrue(emma.app().get(author).get(0).path("favourited").asBoolean());
      assertFalse(nour.app().get(author).get(0).path("favourited").asBoolean());
      assertEquals(1, nour.app().get(author).get(0).path("favourites_count").asInt());
    }
  }
}
