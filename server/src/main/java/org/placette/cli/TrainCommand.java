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
import org.placette.config.StartFailure;
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
    prepare(settings);
    try (var platform = Platform.take(settings)) {
      var unused = Objects.requireNonNull(placette).services(platform).serve(false);
      for (var page : PAGES) {
        for (var accept : List.of("text/html", "application/activity+json")) {
          ask(platform, port, page.formatted(domain), accept);
        }
      }
    }
  }

  /**
   * The first start, in a process of its own: what only a first start needs should not be written
   * down, because a warm one would carry it in memory for nothing.
   */
  private static void prepare(Settings settings) throws IOException {
    var java = ProcessHandle.current().info().command().orElse("java");
    var builder =
        new ProcessBuilder(
                java,
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                "org.placette.Main",
                "neighbour",
                "list")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.INHERIT);
    builder.environment().keySet().removeIf(name -> name.startsWith("PLACETTE_"));
    builder.environment().put("PLACETTE_DOMAIN", settings.domain());
    builder.environment().put("PLACETTE_DATA", settings.data().toString());
    try {
      int status = builder.start().waitFor();
      if (status != 0) throw new StartFailure("The first start of the training run failed.");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartFailure("The training run was interrupted.", e);
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
