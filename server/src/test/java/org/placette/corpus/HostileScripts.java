package org.placette.corpus;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.placette.corpus.Script.given;
import static org.placette.corpus.Script.then;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.placette.actor.KeyRefused;

/** What must not have its way: hostile/, and forged signatures. */
final class HostileScripts {

  private static final String ALICE = "https://good.example/users/alice";

  private HostileScripts() {}

  static Map<String, Script> all() {
    Map<String, Script> scripts = new HashMap<>();
    put(scripts, "mastodon--announce-fake-embedded-note", announced());
    put(scripts, "mastodon--person-null-inbox", then(s -> s.none("actor", "uri = $1", s.id())));
    put(
        scripts,
        "pleroma--person-stolen-keyid",
        then(
            s -> {
              s.none("actor_key", "id like 'http://mastodon.example.org/%'");
              assertThrows(
                  KeyRefused.class,
                  () ->
                      s.server.keys.find(
                          "http://mastodon.example.org/users/admin#main-key", false));
            }));
    put(
        scripts,
        "synthetic--accept-unsolicited",
        ours(s -> s.asked(s.server.actors.village(), ALICE, LocalServer.URLS.at("/follows/9"))));
    put(scripts, "synthetic--undo-foreign-follow", ours(s -> s.earlier(s.json().get("object"))));
    put(
        scripts,
        "synthetic--activity-signer-mismatch",
        given(s -> s.earlier(Documents.create(Documents.note("https://good.example/n/3", ALICE)))));
    put(
        scripts,
        "synthetic--update-foreign-object",
        given(s -> s.earlier(Documents.create(Documents.note("https://good.example/n/4", ALICE)))));
    put(
        scripts,
        "synthetic--mass-recipients",
        ours(s -> s.plays(LocalServer.URLS.at("/users/u1\""), s.lain.uri() + "\""))
            .andThen(HostileScripts::fewResolved));
    put(scripts, "synthetic--note-xss", then(HostileScripts::harmless));
    put(
        scripts,
        "synthetic--published-future",
        then(
            s -> {
              var published = Instant.parse(s.post().column("published").asText());
              assertTrue(published.isBefore(Instant.now().plusSeconds(1)), published::toString);
            }));
    signatures(scripts);
    return scripts;
  }

  /** The copy is not believed; what its own host serves is. */
  private static Script announced() {
    return given(
            s -> {
              var author = s.json().at("/object/attributedTo").asText();
              s.serveNote(s.subject(), author);
            })
        .andThen(
            s -> {
              s.post().has("content", "What was there before").hasNo("content", "public toot");
              InteractionScripts.boosted(s);
            });
  }

  private static Script ours(java.util.function.Consumer<Stage> given) {
    return given(
        s -> {
          s.plays("https://local.example/users/village", s.server.actors.village().uri());
          s.plays("https://local.example", LocalServer.URLS.origin());
          given.accept(s);
        });
  }

  private static void fewResolved(Stage s) {
    var strangers = s.others.lookups().stream().filter(h -> h.matches("host\\d+\\.example"));
    assertTrue(strangers.distinct().count() <= 20, "hosts of recipients were asked");
    assertTrue(s.count("notification") <= 1, "one of the mentioned lives here");
  }

  private static void harmless(Stage s) {
    var post = s.post();
    for (var column : new String[] {"content", "summary", "url", "tag", "attachment", "name"}) {
      for (var part :
          new String[] {
            "<script",
            "onclick",
            "onerror",
            "onbegin",
            "javascript:",
            "data:",
            "<svg",
            "<iframe",
            "<style",
            "<math",
            "<b>"
          }) post.hasNo(column, part);
    }
    post.has("content", "hi");
  }

  private static void signatures(Map<String, Script> scripts) {
    Script.add(
        scripts, "signatures/derived--create-proof-tampered.json", given(HostileScripts::prover));
    Script.add(
        scripts,
        "signatures/fep-8b32--create-eddsa-jcs-2022.json",
        given(HostileScripts::prover).andThen(s -> s.post().is("content", "Hello world")));
    Script.add(
        scripts,
        "signatures/mastodon--ldsig-create.json",
        then(s -> s.post().is("content", "<p>This is a test toot. Please ignore.</p>")));
    Script.add(
        scripts,
        "signatures/mastodon--ldsig-create-tampered.json",
        given(
                s ->
                    // Its own host serves what was really written.
                    s.others.serve(s.sibling("mastodon--ldsig-create.json").get("object")))
            .andThen(
                s -> {
                  // What was forwarded is never read: what its host serves takes its place.
                  s.none("post", "content like '%azaza%'");
                }));
  }

  /** The actor of FEP-8b32 with its published Ed25519 key beside an RSA key. */
  private static void prover(Stage s) {
    var document = s.others.actorDocument(s.actor(), "Person");
    document.set("assertionMethod", s.sibling("fep-8b32--actor-key.json").get("assertionMethod"));
    s.others.serve(document);
  }

  private static void put(Map<String, Script> scripts, String name, Script script) {
    Script.add(scripts, "hostile/" + name + ".json", script);
  }
}
