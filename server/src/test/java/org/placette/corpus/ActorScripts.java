package org.placette.corpus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.placette.corpus.Script.given;
import static org.placette.corpus.Script.then;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.placette.actor.KeyRefused;
import org.placette.federation.fetch.FetchProblem;

/** Actors and their keys: actors/, the keys of signatures/, and changes of actors. */
final class ActorScripts {

  private ActorScripts() {}

  static Map<String, Script> all() {
    Map<String, Script> scripts = new HashMap<>();
    people(scripts);
    others(scripts);
    keys(scripts);
    changes(scripts);
    return scripts;
  }

  private static void people(Map<String, Script> scripts) {
    put(
        scripts,
        "akkoma--person-no-name",
        then(
            s -> {
              s.me().lacks("name").is("username", "mewmew");
              var known = Objects.requireNonNull(s.server.actors.byUri(s.id()));
              assertEquals("mewmew", known.displayName());
            }));
    put(scripts, "friendica--person", then(s -> s.me().is("manually_approves_followers", true)));
    put(
        scripts,
        "gotosocial--person",
        then(s -> s.me().is("discoverable", false).counts("fields", 2).has("fields", "maybe!")));
    put(
        scripts,
        "kroeg--person",
        then(s -> s.me().is("username", "puckipedia").lacks("shared_inbox")));
    put(
        scripts,
        "mastodon--person",
        then(
            s -> s.me().is("indexable", true).has("featured", "/featured").has("fields", "value")));
    put(
        scripts,
        "mastodon--person-moved",
        then(s -> s.me().has("also_known_as", "https://indieweb.social/users/stefanbohacek")));
    put(
        scripts,
        "mastodon-spec--person-odd-fields",
        then(
            s ->
                s.me()
                    .counts("fields", 2)
                    .hasNo("fields", "non-string")
                    .is("icon", "https://foo.test/icon.png")));
    put(
        scripts,
        "misskey--person",
        then(s -> s.me().is("shared_inbox", "https://misskey.io/inbox")));
    put(scripts, "peertube--person", then(s -> s.me().has("icon", "c27b672d")));
    put(scripts, "pleroma--person", then(s -> s.me().is("host", "remote.example")));
    put(scripts, "smithereen--person", then(s -> s.me().has("icon", "c:573:572")));
    put(scripts, "wordpress--person", then(s -> s.me().counts("fields", 2)));
  }

  private static void others(Map<String, Script> scripts) {
    for (var group :
        new String[] {
          "discourse--group", "lemmy--group", "mobilizon--group", "peertube--group-channel"
        }) put(scripts, group, then(s -> s.me().is("type", "Group")));
    put(
        scripts,
        "gancio--application",
        then(s -> s.me().is("type", "Application").counts("fields", 1)));
    put(scripts, "lemmy--application", then(s -> s.me().is("type", "Application")));
    put(scripts, "mastodon--service", then(s -> s.me().is("type", "Service")));
    put(
        scripts,
        "mastodon--application",
        // See CorpusTest.WRONG: the host 0001 is an IPv4 address, so the shape is tried elsewhere.
        given(s -> s.plays("https://0001/", "https://m0001.example/"))
            .andThen(
                s -> {
                  s.me().is("type", "Application").is("username", "0001");
                  s.none("actor_key", "actor_id = $1", s.idOf(s.id()));
                  assertThrows(
                      KeyRefused.class, () -> s.server.keys.find(s.id() + "#main-key", false));
                }));
  }

  private static void keys(Map<String, Script> scripts) {
    put(
        scripts,
        "fedify--person-key-array",
        // The index wants the keys read and the actor refused.
        then(
            s -> {
              assertThrows(FetchProblem.class, () -> s.learn(s.id()));
              s.none("actor", "uri = $1", s.id());
            }));
    put(
        scripts,
        "gotosocial--person-key-stub",
        given(
                s -> {
                  // The whole actor, as it was seen before the stub.
                  var whole = (ObjectNode) s.others.actorDocument(s.id(), "Person");
                  whole.put("name", "Example").set("publicKey", s.json().get("publicKey"));
                  s.others.serve(whole);
                  s.learn(s.id());
                })
            .andThen(s -> s.me().is("name", "Example").has("inbox", "/inbox")));
    Script.add(
        scripts,
        "signatures/fep-8b32--actor-key.json",
        then(
            s -> {
              // It has neither a name nor an RSA key: a key document, no actor to store.
              assertThrows(FetchProblem.class, () -> s.learn(s.id()));
              s.none("actor", "uri = $1", s.id());
            }));
    Script.add(
        scripts,
        "signatures/mastodon--ldsig-actor.json",
        then(
            s -> {
              var key = s.server.keys.find(s.id() + "#main-key", false);
              assertEquals("RSA", key.key().getAlgorithm());
              assertEquals(s.id(), key.owner().uri());
            }));
  }

  private static void changes(Map<String, Script> scripts) {
    Script.add(
        scripts,
        "update-delete/mastodon--update-person.json",
        given(
                s -> {
                  s.knownBefore(s.actor());
                  var now = (ObjectNode) s.json().get("object");
                  s.others.publish(now);
                  s.others.serve(now);
                })
            .andThen(s -> s.actorRow(s.actor()).is("name", "gargle").counts("fields", 2)));
    Script.add(
        scripts,
        "interact/mbin--update-group.json",
        given(
                s -> {
                  s.knownBefore("https://kbin.test/m/test");
                  s.others.serve(s.json().get("object"));
                })
            .andThen(s -> s.actorRow("https://kbin.test/m/test").is("name", "test")));
    for (var file : new String[] {"lemmy--delete-user", "mastodon--delete-actor-embedded"}) {
      Script.add(
          scripts,
          "update-delete/" + file + ".json",
          given(
                  s -> {
                    var note = Documents.note(s.actor() + "/n/1", s.actor());
                    s.earlier(Documents.create(note));
                    s.others.gone(s.actor());
                  })
              .andThen(
                  s -> {
                    s.none("actor", "uri = $1 and deleted_at is null", s.actor());
                    s.none("post", "true");
                  }));
    }
  }

  private static void put(Map<String, Script> scripts, String name, Script script) {
    Script.add(scripts, "actors/" + name + ".json", script);
  }
}
