package org.placette;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.placette.config.Settings;
import org.placette.db.Db;
import org.placette.demo.Cast;
import org.placette.federation.fetch.AddressGuard.Resolver;
import org.placette.testing.PgExtension;
import org.placette.testing.Ports;

/** The village that one sees with {@code placette run --demo}. */
@ExtendWith(PgExtension.class)
class DemoVillageTest {

  @Test
  void the_demo_fills_an_empty_place_once_and_its_home_page_shows_what_is_coming(
      Db db, @TempDir Path data) throws Exception {
    var vertx = Vertx.vertx();
    try (var village =
        new Neighbourhood(vertx, db, Settings.local(Ports.free(), data), Resolver.system())) {
      Main.fill(village);
      Main.fill(village);
      village.serve();
      var home = get(village.port(), "/");
      assertTrue(home.contains(Cast.VILLAGE), home);
      assertTrue(home.contains("Soupe partagée sur la place"), home);
      assertTrue(home.contains("Annulé"), home);
      assertFalse(home.contains("{+"), home);
      assertTrue(get(village.port(), "/groups/village").contains("<h1>" + Cast.VILLAGE));
      assertTrue(get(village.port(), "/users/nour").contains("Nour Benali"));
    } finally {
      vertx.close().await();
    }
  }

  private static String get(int port, String path) throws Exception {
    var uri = URI.create("http://127.0.0.1:" + port + path);
    var request =
        HttpRequest.newBuilder(uri)
            .header("Accept", "text/html")
            .header("Accept-Language", "fr")
            .build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
  }
}
