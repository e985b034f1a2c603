package org.placette.cli;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.placette.config.Settings;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/**
 * {@code placette train}: starts a whole server on a temporary folder, asks it for a few pages and
 * stops. The build runs it once so that Java can write down which classes a start needs (the AOT
 * cache); it is of no use to anybody else.
 */
@Command(name = "train", hidden = true, description = "Used by the build.")
final class TrainCommand implements Runnable {

  private static final List<String> PAGES =
      List.of(
          "/health",
          "/",
          "/about",
          "/sign-in",
          "/.well-known/nodeinfo",
          "/nodeinfo/2.1",
          "/.well-known/webfinger?resource=acct:relay@%s",
          "/actor",
          "/api/v2/instance",
          "/nowhere");

  @ParentCommand private @Nullable Placette placette;

  @Override
  public void run() {
    try {
      var folder = Files.createTempDirectory("placette-train-");
      try {
        train(folder);
      } finally {
        delete(folder);
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private void train(Path folder) throws IOException {
    int port = freePort();
    var domain = "localhost:" + port;
    var settings =
        Settings.load(
            Map.of(
                "PLACETTE_DOMAIN",
                domain,
                "PLACETTE_LISTEN",
                "127.0.0.1:" + port,
                "PLACETTE_DATA",
                folder.resolve("data").toString()),
            null);
    // Twice, because a warm start is the one that should be fast.
    Platform.take(settings).close();
    try (var platform = Platform.take(settings)) {
      var unused = Objects.requireNonNull(placette).services(platform).serve(false);
      for (var page : PAGES) {
        for (var accept : List.of("text/html", "application/activity+json")) {
          ask(platform, port, page.formatted(domain), accept);
        }
      }
    }
  }

  private static void ask(Platform platform, int port, String page, String accept) {
    var options =
        new RequestOptions()
            .setMethod(HttpMethod.GET)
            .setHost("127.0.0.1")
            .setPort(port)
            .setURI(page)
            .putHeader("Accept", accept)
            .setTimeout(20_000);
    var client = platform.vertx().createHttpClient();
    var body =
        client.request(options).compose(request -> request.send()).compose(r -> r.body()).await();
    System.out.printf("%s as %s: %d bytes%n", page, accept, body.length());
    var unused = client.close().await();
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      return socket.getLocalPort();
    }
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
    }
  }
}
