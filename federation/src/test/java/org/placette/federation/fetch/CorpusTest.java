package org.placette.federation.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.placette.federation.fetch.Problems.assertRefused;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.placette.federation.fetch.FetchProblem.Reason;

/**
 * Documents that other servers really publish, where a collection of them lies beside this project
 * (or where {@code -Dplacette.corpus} says): each is served under its own host's name and has to be
 * read as its index states.
 */
class CorpusTest {

  private static final Path CORPUS = corpus();

  private final Peers peers = new Peers();
  // The documents' hosts all answer here, on the port that their https URLs are rewritten to.
  private final GuardedHttp http =
      new GuardedHttp(
          peers.vertx, peers.rules(), name -> List.of(InetAddress.ofLiteral("127.0.0.1")));

  @BeforeAll
  static void sayWhetherItIsThere() {
    if (!Files.isDirectory(CORPUS))
      System.out.println("CorpusTest SKIPPED: no corpus at " + CORPUS.toAbsolutePath());
    assumeTrue(Files.isDirectory(CORPUS));
  }

  @AfterEach
  void close() {
    http.close();
    peers.close();
  }

  @Test
  void everyWebFingerDocumentResolvesToItsSelfLink() throws IOException {
    var names = files("webfinger");
    for (var file : names) {
      var jrd = local(file);
      var subject = jrd.get("subject").textValue();
      var host = subject.substring(subject.lastIndexOf('@') + 1);
      serve(host.replaceFirst(":.*", "") + "/.well-known/webfinger", "application/jrd+json", jrd);
      var found = new WebFinger(http).resolve(subject);
      assertEquals(subject, "acct:" + found.subject(), file::toString);
      assertEquals(self(jrd), found.actorId(), file::toString);
    }
    said("webfinger", names);
  }

  @Test
  void theImposterIsRefused() throws IOException {
    var jrd = local(CORPUS.resolve("hostile/akkoma--webfinger-imposter.json"));
    serve("bad.com/.well-known/webfinger", "application/jrd+json", jrd);
    assertRefused(
        Reason.NOT_FOUND, () -> new WebFinger(http).resolve("oopsie@bad.com:" + peers.port()));
    serve(
        "notwhereitshouldbe.com/.well-known/webfinger",
        "application/jrd+json",
        (ObjectNode)
            new ObjectMapper()
                .readTree(jrd.toString().replace("bad.com", "notwhereitshouldbe.com")));
    assertRefused(
        Reason.WRONG_ID, () -> new WebFinger(http).resolve("oopsie@bad.com:" + peers.port()));
  }

  @Test
  void hostileDocumentsAreRefusedByTheFetcher() throws IOException {
    var dereferencer = new Dereferencer(new SignedHttp(http));
    var wrongId = local(CORPUS.resolve("hostile/mastodon-spec--note-wrong-id.json"));
    serve("real.address/@foo/1234", Peers.ACTIVITY_JSON, wrongId);
    assertRefused(
        Reason.WRONG_ID, () -> dereferencer.fetch(peers.url("real.address/@foo/1234"), null));
    var spoofed = local(CORPUS.resolve("hostile/pleroma--note-spoofed-upload.json"));
    serve("patch.cx/media/x.json", "application/json", spoofed);
    assertRefused(
        Reason.WRONG_TYPE, () -> dereferencer.fetch(peers.url("patch.cx/media/x.json"), null));
    var html =
        Files.readString(CORPUS.resolve("hostile/gotosocial-spec--html-instead-of-json.json"));
    peers.serve("web.example/page", "text/html", html);
    assertRefused(Reason.WRONG_TYPE, () -> dereferencer.fetch(peers.url("web.example/page"), null));
    peers.serve("web.example/disguised", Peers.ACTIVITY_JSON, html);
    assertRefused(
        Reason.NOT_JSON, () -> dereferencer.fetch(peers.url("web.example/disguised"), null));
  }

  @Test
  void everyNodeInfoDocumentIsUnderstood() throws IOException {
    var names = files("nodeinfo");
    for (var file : names) {
      var json = (ObjectNode) new ObjectMapper().readTree(Files.readString(file));
      if (json.has("software")) {
        var software = NodeInfo.software(json, null);
        assertTrue(file.getFileName().toString().startsWith(software.name()), file::toString);
        assertFalse(software.version().isEmpty(), file::toString);
      } else {
        var first = WebUrl.parse(json.at("/links/0/href").textValue());
        var links = NodeInfo.links(json, first.getRawAuthority(), first);
        var known = String.valueOf(links.document());
        assertTrue(known.endsWith("/nodeinfo/2.1") || known.endsWith("/nodeinfo"), known);
        if (json.toString().contains("#Application"))
          assertEquals(json.at("/links/1/href").textValue(), links.applicationActorId());
      }
    }
    said("nodeinfo", names);
  }

  @Test
  void everyCollectionIsReadAndItsNumbersAreSkipped() throws IOException {
    Map<String, Integer> expected = new TreeMap<>();
    expected.put("akkoma--ordered-array.json", 2);
    expected.put("bookwyrm--replies-page.json", 1);
    expected.put("friendica--followers-no-first.json", 0);
    expected.put("go-ap--page-start-index.json", 1);
    expected.put("lemmy--group-outbox.json", 2);
    expected.put("mastodon--featured-inlined.json", 1);
    expected.put("mastodon--followers-page.json", 12);
    var reader = new CollectionReader(new Dereferencer(new SignedHttp(http)));
    var names =
        Stream.concat(
                files("collections").stream(),
                files("peers").stream().filter(f -> f.toString().contains("collection")))
            .toList();
    for (var file : names) {
      var json = local(file);
      var url = WebUrl.parse(json.get("id").textValue());
      peers.on(
          url.getHost() + url.getPath(),
          request ->
              request
                  .response()
                  .setStatusCode(Objects.equals(request.query(), url.getQuery()) ? 200 : 404)
                  .putHeader("Content-Type", Peers.ACTIVITY_JSON)
                  .end(json.toString()));
      var read = reader.items(url.toString(), null, 100, Budget.perActivity());
      var wanted = expected.get(file.getFileName().toString());
      if (wanted != null) assertEquals(wanted, read.items().size(), file::toString);
      else assertFalse(read.items().isEmpty(), file::toString);
      for (var item : read.items())
        assertTrue(item.id() == null || item.id().startsWith("http"), file::toString);
    }
    said("collections", names);
  }

  private static Path corpus() {
    var given = System.getProperty("placette.corpus", "");
    if (!given.isEmpty()) return Path.of(given);
    return Stream.of("../../shared/corpus", "../../../shared/corpus", "../shared/corpus")
        .map(Path::of)
        .filter(Files::isDirectory)
        .findFirst()
        .orElse(Path.of("../../shared/corpus"));
  }

  private static List<Path> files(String category) throws IOException {
    try (var all = Files.list(CORPUS.resolve(category))) {
      return all.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    }
  }

  private static void said(String category, List<Path> files) {
    System.out.println("CorpusTest: " + files.size() + " of " + category + " read as expected");
  }

  /** A document with every URL of another server rewritten to plain http on our port. */
  private ObjectNode local(Path file) throws IOException {
    var text =
        Files.readString(file)
            .replaceAll("https?://([a-z0-9.-]+\\.[a-z]+)(?=[/\"?])", "http://$1:" + peers.port())
            .replaceAll("(acct:[^\"@]+@[a-zA-Z0-9.-]+)\"", "$1:" + peers.port() + "\"");
    return (ObjectNode) new ObjectMapper().readTree(text);
  }

  private void serve(String place, String type, ObjectNode json) {
    peers.serve(place, type, json.toString());
  }

  private static String self(ObjectNode jrd) {
    for (var link : jrd.get("links"))
      if (link.path("rel").asText().equals("self")) return link.get("href").textValue();
    throw new AssertionError("no self link");
  }
}
