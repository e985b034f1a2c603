package org.placette;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.placette.config.Settings;
import org.placette.db.Db;
import org.placette.federation.fetch.AddressGuard.Resolver;
import org.placette.testing.PgExtension;
import org.placette.testing.Ports;

@ExtendWith(PgExtension.class)
class MetricsTest {

  @Test
  void metrics_are_served_on_their_own_address_and_nowhere_else(Db db, @TempDir Path folder)
      throws Exception {
    var port = Ports.free();
    var settings =
        Settings.load(
            Map.of(
                "PLACETTE_LISTEN",
                "127.0.0.1:0",
                "PLACETTE_DATA",
                folder.toString(),
                "PLACETTE_METRICS_LISTEN",
                "127.0.0.1:" + port),
            null);
    var vertx = Vertx.vertx();
    try (var village = new Neighbourhood(vertx, db, settings, Resolver.system())) {
      village.serve();
      var metrics = get("http://127.0.0.1:" + port + "/metrics");
      assertEquals(200, metrics.statusCode());
      for (var name : new String[] {"placette_inbox_waiting 0", "placette_deliveries_waiting 0"}) {
        assertTrue(metrics.body().contains(name), metrics.body());
      }
      assertEquals(404, get("http://127.0.0.1:" + village.port() + "/metrics").statusCode());
    } finally {
      vertx.close().await();
    }
  }

  private static HttpResponse<String> get(String address) throws Exception {
    try (var client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(URI.create(address)).build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }
}
