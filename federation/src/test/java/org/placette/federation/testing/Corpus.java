package org.placette.federation.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * A folder of other projects' payloads beside the checkout. Tests that read it are skipped, with a
 * visible line, where it is absent; {@code -Dplacette.corpus=…} says where it is.
 */
public final class Corpus {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Corpus() {}

  /** A file of the corpus as JSON. */
  public static JsonNode json(String name) {
    try {
      return MAPPER.readTree(Files.readAllBytes(folder().resolve(name)));
    } catch (IOException unreadable) {
      throw new IllegalStateException(name, unreadable);
    }
  }

  /** The folder; skips the calling test without it. */
  public static Path folder() {
    var named = System.getProperty("placette.corpus");
    var places =
        named != null
            ? Stream.of(named)
            : Stream.of("../shared/corpus", "../../shared/corpus", "../../../shared/corpus");
    var found = places.map(Path::of).filter(Files::isDirectory).findFirst();
    if (found.isEmpty()) {
      System.out.println("SKIPPED: no corpus folder here (name it with -Dplacette.corpus=...)");
    }
    Assumptions.assumeTrue(found.isPresent(), "no corpus folder");
    return found.orElseThrow();
  }
}
