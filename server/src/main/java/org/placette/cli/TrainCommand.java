package org.placette.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.placette.config.Settings;
import org.placette.config.StartFailure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/**
 * {@code placette train}: starts a whole server on a temporary folder, delivers to it, looks at its
 * pages and stops. The build runs it once so that Java can write down which classes a start needs
 * and which code is hot (the AOT cache); it is of no use to anybody else.
 */
@Command(name = "train", hidden = true, description = "Used by the build.")
final class TrainCommand implements Runnable {

  /** How often each; the counts decide what Java takes for hot. */
  private static final int NOTES = 2_000;

  private static final int VISITS = 60;
  private static final int EVENT_VISITS = 1_500;

  private static final List<String> PAGES =
      List.of(
          "/",
          "/health",
          "/about",
          "/sign-in",
          "/@nour",
          "/users/nour",
          "/users/nour/outbox",
          "/.well-known/nodeinfo",
          "/nodeinfo/2.1",
          "/.well-known/webfinger?resource=acct:relay@%s",
          "/actor",
          "/api/v1/instance",
          "/api/v2/instance",
          "/api/v1/timelines/public?limit=20",
          "/nowhere");
  private static final List<String> APP_PAGES =
      List.of(
          "/api/v1/timelines/home?limit=20",
          "/api/v1/notifications",
          "/api/v1/accounts/verify_credentials");
  private static final Pattern EVENT = Pattern.compile("/events/[0-9a-f-]{36}");

  @ParentCommand private @Nullable Placette placette;

  @Option(
      names = "--first-start",
      hidden = true,
      description = "Only fills the data folder, in a process of its own.")
  private boolean firstStart;

  @Override
  public void run() {
    if (firstStart) {
      serve(Objects.requireNonNull(placette).settings(), true, (services, platform) -> {});
      return;
    }
    try {
      var folder = Files.createTempDirectory("placette-train-");
      try {
        train(folder);
      } finally {
        delete(folder);
      }
      noteThePlace();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Writes beside the program where it lies. Java takes a cache along to another folder, and a
   * first start there fails: packages of a sealed jar (JAR specification) would come from two
   * places. The launcher leaves a cache alone that was made elsewhere.
   */
  private static void noteThePlace() throws IOException {
    var program = Path.of(System.getProperty("java.class.path")).toRealPath();
    if (!program.toString().endsWith(".jar")) return;
    Files.writeString(
        program.resolveSibling("placette.aot.place"),
        Objects.requireNonNull(program.getParent()) + "\n");
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
                "PLACETTE_ALLOW_PRIVATE",
                "127.0.0.0/8",
                "PLACETTE_DATA",
                folder.resolve("data").toString()),
            null);
    prepare(settings);
    serve(settings, false, (services, platform) -> rehearse(services, platform, domain));
  }

  private void serve(Settings settings, boolean demo, BiConsumer<Services, Platform> then) {
    try (var platform = Platform.take(settings)) {
      var services = Objects.requireNonNull(placette).services(platform);
      var unused = services.serve(demo);
      then.accept(services, platform);
    }
  }

  private static void rehearse(Services services, Platform platform, String domain) {
    var origin = "http://" + domain;
    var token = services.createToken("nour", Set.of("read"));
    try (var rehearsal = new Rehearsal(platform.vertx(), URI.create(origin))) {
      var pages = PAGES.stream().map(page -> page.formatted(domain)).toList();
      var html = Map.of("Accept", "text/html");
      var objects = Map.of("Accept", "application/activity+json");
      var event = EVENT.matcher(rehearsal.visit(pages, html, VISITS));
      var unused = rehearsal.visit(pages, objects, VISITS);
      if (!event.find()) throw new IllegalStateException("The demo village has no event.");
      var events = List.of(event.group());
      rehearsal.deliver(origin + "/users/nour", NOTES);
      // A cookie keeps the page from being given as it was made for another.
      unused =
          rehearsal.visit(events, Map.of("Accept", "text/html", "Cookie", "a=b"), EVENT_VISITS);
      unused = rehearsal.visit(events, objects, VISITS);
      unused = rehearsal.visit(APP_PAGES, Map.of("Authorization", "Bearer " + token), VISITS);
      while (!PlatformStore.isIdle(platform.db())) LockSupport.parkNanos(50_000_000);
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
                "train",
                "--first-start")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.INHERIT);
    builder.environment().keySet().removeIf(name -> name.startsWith("PLACETTE_"));
    builder.environment().put("PLACETTE_DOMAIN", settings.domain());
    builder.environment().put("PLACETTE_LISTEN", "127.0.0.1:" + settings.listen().port());
    builder.environment().put("PLACETTE_DATA", settings.data().toString());
    try {
      int status = builder.start().waitFor();
      if (status != 0) throw new StartFailure("The first start of the training run failed.");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartFailure("The training run was interrupted.", e);
    }
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
