package org.placette;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.placette.config.Settings;
import org.placette.db.Db;
import org.placette.federation.fetch.AddressGuard.Resolver;
import org.placette.mastodon.Api;
import org.placette.testing.PgExtension;

/**
 * docs/client-api.md tells people which calls of apps are served: it is written from the routes.
 * Run this test with PLACETTE_PAPERS=write in the environment to write it anew.
 */
@ExtendWith(PgExtension.class)
class ClientApiPaperTest {

  private static final Path PAPER = Path.of("../docs/client-api.md");

  @Test
  void the_paper_is_what_the_routes_say(Db db, @TempDir Path folder) throws IOException {
    var vertx = Vertx.vertx();
    try (var village =
        new Neighbourhood(vertx, db, Settings.local(18_998, folder), Resolver.system())) {
      var api = new ApiRoutes(village, "0").api();
      assertEquals(ours(api), described());
      var text = paper(api);
      if ("write".equals(System.getenv("PLACETTE_PAPERS"))) Files.writeString(PAPER, text);
      assertEquals(text, Files.readString(PAPER));
    } finally {
      vertx.close().await();
    }
  }

  /** The calls that are ours alone, as {@code /path method}. */
  private static TreeSet<String> ours(Api api) {
    var all = new TreeSet<String>();
    for (var one : api.endpoints()) {
      var path = one.path().replaceAll(":([a-z_]+)", "{$1}");
      if (path.startsWith("/api/placette/"))
        all.add(path + " " + one.method().toLowerCase(Locale.ROOT));
    }
    return all;
  }

  /** The calls of docs/openapi.yaml, in the same words. */
  private static TreeSet<String> described() throws IOException {
    var all = new TreeSet<String>();
    var path = "";
    for (var line : Files.readAllLines(Path.of("../docs/openapi.yaml"))) {
      if (line.matches("  /\\S+:")) path = line.strip().replaceFirst(":$", "");
      if (line.matches("    (get|post|put|patch|delete):"))
        all.add(path + " " + line.strip().replaceFirst(":$", ""));
    }
    return all;
  }

  private static String paper(Api api) throws IOException {
    var rows = new TreeMap<String, String>();
    for (var line : known().lines().filter(l -> !l.startsWith("#")).toList()) {
      var parts = line.split(" ", 3);
      for (var path : spread(parts[2]))
        for (var method : parts[1].split(","))
          rows.put(
              path + " " + method, "| `%s` | `%s` | %s | 404 |".formatted(method, path, parts[0]));
    }
    for (var one : api.endpoints()) {
      var key = one.path() + " " + one.method();
      var before = rows.get(key);
      var tier = before == null ? "–" : before.split("\\|")[3].strip();
      rows.put(
          key, "| `%s` | `%s` | %s | %s |".formatted(one.method(), one.path(), tier, state(one)));
    }
    return """
    # The client API, call by call

    Apps made for Mastodon talk to Placette. This table is written from the routes by
    `ClientApiPaperTest` (run it with `PLACETTE_PAPERS=write`), which also fails when it is out of date.

    Tier: 1, apps cannot work without it; 2, daily use; 3, nice to have; –, nobody's but ours or beyond
    what apps commonly ask. State: *anybody*, *app* (any token) or *person*, with the scope that a token
    needs; 404 is answered as JSON, so that apps fall back. OAuth, WebFinger, NodeInfo and host-meta
    are described in [architecture.md](architecture.md).

    Entities are those of Mastodon 4.3 (`api_versions.mastodon` 3), every attribute, type and null compared with its documentation of July 2026,
    with some attributes of later versions. Where ours differ, it is on purpose:

    - a push subscription's `id` is a number, as apps decode it; a hashtag's `id` is its name;
    - the texts of the instance do not say when they were changed (`updated_at` null); there are no translations of rules;
    - `configuration` lacks what came after 4.3: `timelines_access`, `limited_federation`, descriptions of avatars; an account has no
      `show_media` and no `feature_approval`;
    - `quote_approval` says `manual` where only followers may quote, since the author's server is asked, and `unknown` where the author
      says nothing;
    - who asks a plain question has `voted` true and cannot vote in it through an app; village votes, dates and events they may answer;
    - links that were shared (`trends/links`) name their authors without an account;
    - somebody who has read no notifications yet has a marker for them, `last_read_id` "0";
    - the names of roles are in the place's language; `pleroma`, `local_only` and `placette_audience` are extra;
    - a wrong limit or page is ignored, not refused.

    | Method | Path | Tier | State |
    |---|---|---|---|
    """
        + String.join("\n", rows.values())
        + "\n";
  }

  /** {@code a/{b,c}} stands for {@code a/b} and {@code a/c}. */
  private static List<String> spread(String path) {
    var open = path.indexOf('{');
    if (open < 0) return List.of(path);
    var words = path.substring(open + 1, path.indexOf('}')).split(",");
    return Stream.of(words).map(word -> path.substring(0, open) + word).toList();
  }

  private static String state(Api.Endpoint one) {
    var scope = one.access().scope();
    var who =
        switch (one.access().who()) {
          case ANYBODY -> "anybody";
          case APP -> "app";
          case PERSON -> "person";
        };
    return scope.isEmpty() ? who : who + ", `" + scope + "`";
  }

  private static String known() throws IOException {
    try (var file = ClientApiPaperTest.class.getResourceAsStream("/client-api.txt")) {
      return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
