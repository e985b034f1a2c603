package org.placette;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.placette.config.Settings;
import org.placette.db.Db;
import org.placette.federation.fetch.AddressGuard.Resolver;
import org.placette.testing.PgExtension;

/** FEDERATION.md tells peers what is understood: it must be what the handlers take. */
@ExtendWith(PgExtension.class)
class FederationPaperTest {

  /** Taken by a handler only to be accepted without effect, so the paper need not promise them. */
  private static final Set<String> WITHOUT_EFFECT = Set.of("Dislike");

  @Test
  void the_paper_names_exactly_the_activities_that_have_an_effect(Db db, @TempDir Path folder)
      throws IOException {
    var vertx = Vertx.vertx();
    try (var village =
        new Neighbourhood(vertx, db, Settings.local(18_999, folder), Resolver.system())) {
      Set<String> handled = new TreeSet<>();
      for (var handler : village.features.handlers()) {
        for (var kind : handler.kinds()) handled.add(kind.type());
      }
      handled.removeAll(WITHOUT_EFFECT);
      assertTrue(handled.size() > 8, "only " + handled);
      assertEquals(handled, promised());
    } finally {
      vertx.close().await();
    }
  }

  private static Set<String> promised() throws IOException {
    var paper = Files.readString(Path.of("../FEDERATION.md"));
    var section = paper.substring(paper.indexOf("## What is understood"));
    section = section.substring(0, section.indexOf("\n## ", 5));
    Set<String> named = new TreeSet<>();
    for (var line : section.lines().filter(l -> l.startsWith("| `")).toList()) {
      var cell = line.substring(2, line.indexOf('|', 2));
      var word = Pattern.compile("`([A-Za-z]+)`").matcher(cell);
      while (word.find()) named.add(word.group(1));
    }
    return named;
  }
}
