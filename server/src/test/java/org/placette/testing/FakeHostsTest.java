package org.placette.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.placette.federation.fetch.Cidr;
import org.placette.federation.fetch.Dereferencer;
import org.placette.federation.fetch.FetchProblem;
import org.placette.federation.fetch.FetchRules;
import org.placette.federation.fetch.GuardedHttp;
import org.placette.federation.fetch.SignedHttp;

class FakeHostsTest {

  @Test
  void many_hosts_are_played_over_both_schemes_at_their_usual_ports(@TempDir Path folder) {
    var vertx = Vertx.vertx();
    var rules =
        FetchRules.strict("Placette test")
            .allowing(Cidr.parseList("127.0.0.1/32"))
            .withPlainHttp(true);
    try (var fake = new FakeHosts(vertx, List.of("lemmy.example", "one-label"), folder);
        var http = new GuardedHttp(vertx, rules.trusting(fake.authority()), fake.resolver())) {
      var documents = new Dereferencer(new SignedHttp(http));
      for (var id : List.of("https://lemmy.example/u/lou", "http://one-label/?author=3")) {
        fake.actor(id, "Person");
        assertEquals(id, documents.fetch(id, fake.key(id)).id());
        assertEquals(new FakeHosts.Seen("GET", id, true, ""), fake.seen().getLast());
      }
      assertThrows(FetchProblem.class, () -> documents.fetch("https://other.example/", null));
      assertEquals("other.example", fake.lookups().getLast());
    } finally {
      vertx.close().await();
    }
  }
}
