package org.placette.corpus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.placette.corpus.Script.given;
import static org.placette.corpus.Script.then;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;

/** Events, RSVPs and groups of the peers that a neighbourhood meets most: peers/. */
final class PeerScripts {

  private static final String NOUR = "https://placette.example/users/nour";

  private PeerScripts() {}

  static Map<String, Script> all() {
    Map<String, Script> scripts = new HashMap<>();
    events(scripts);
    follows(scripts);
    lemmy(scripts);
    forums(scripts);
    actors(scripts);
    return scripts;
  }

  private static void events(Map<String, Script> scripts) {
    // The word is the payload's own category, which is none.
    put(
        scripts,
        "mobilizon--create-event",
        EventScripts.mobilizon().andThen(s -> s.event().hasNo("category", "TODO")));
    put(
        scripts,
        "mobilizon--create-event-group-private",
        then(s -> s.none("post", "visibility in ('public', 'unlisted')")));
    put(scripts, "gancio--create-event-2021", EventScripts.gancio());
    put(scripts, "gancio--location-name-only", place("place_name", "Location with a name"));
    put(scripts, "gancio--location-no-id", place("place_name", "Location without id"));
    put(scripts, "gancio--location-postal", place("address_locality", "Fediverse Town"));
    put(
        scripts,
        "gancio--location-string-address",
        place("street_address", "Simple string address"));
    put(
        scripts,
        "gancio--location-virtual",
        then(
            s ->
                s.event().has("online_url", "https://virtual.location.org").is("is_online", true)));
    put(
        scripts,
        "synthetic-mobilizon--announce-event-by-relay",
        given(
                s -> {
                  var event = (ObjectNode) s.json().get("object").deepCopy();
                  s.others.serve(event.put("name", "As its own page says"));
                })
            .andThen(
                s -> {
                  s.post().is("name", "As its own page says").is("visibility", "public");
                  s.event().is("timezone", "Europe/Paris");
                  InteractionScripts.boosted(s);
                }));
    put(
        scripts,
        "synthetic-mobilizon--delete-event",
        given(
                s -> {
                  var event = Documents.note(s.subject(), "https://mobilizon.example/@velo");
                  event
                      .put("type", "Event")
                      .put("name", "Gone")
                      .put("startTime", "2027-03-07T12:00Z");
                  s.earlier(Documents.create(event));
                  s.others.gone(s.subject());
                })
            .andThen(
                s -> {
                  s.none("post", "true");
                  s.none("event", "true");
                }));
    put(
        scripts,
        "synthetic-wordpress--create-event-bridge",
        then(
            s -> {
              s.post().is("uri", "https://blog.example/?p=123").is("name", "Open stage");
              s.event()
                  .is("join_mode", "external")
                  .has("external_participation_url", "/event/open-stage/")
                  .is("category", "MUSIC")
                  .has("place_name", "Hall");
            }));
    put(
        scripts,
        "synthetic-gathio--create-event-dm",
        given(s -> s.plays(NOUR, s.lain.uri()))
            .andThen(
                s -> {
                  s.post().is("name", "Picnic").is("visibility", "direct");
                  s.event().is("place_name", "Park");
                }));
    put(
        scripts,
        "synthetic-mastodon--poll-vote",
        given(s -> s.plays("https://placette.example/polls/9", s.localPoll("Saturday", "Sunday")))
            .andThen(s -> s.none("post", "uri like '%#votes/5'")));
  }

  private static Script place(String column, String value) {
    return then(s -> s.event().is(column, value).is("is_online", false));
  }

  private static void follows(Map<String, Script> scripts) {
    put(
        scripts,
        "mastodon--accept-follow",
        given(
                s -> {
                  var follow = LocalServer.URLS.at("/activities/7");
                  s.plays("http://mobilizon.test/@thomas1", s.lain.uri());
                  s.plays("http://mobilizon.test/follows/fdfds", follow);
                  s.asked(s.lain, s.actor(), follow);
                })
            .andThen(s -> s.row("follow", "true").is("state", "accepted")));
    put(
        scripts,
        "mastodon--reject-follow",
        given(
                s -> {
                  s.plays("http://localtesting.pleroma.lol/users/lain", s.lain.uri());
                  s.asked(s.lain, s.actor(), s.lain.uri() + "#follows/4");
                })
            .andThen(s -> s.none("follow", "true")));
    put(
        scripts,
        "mastodon--follow-group",
        given(s -> s.plays("https://ds9.lemmy.ml/c/testcom", s.server.actors.village().uri()))
            .andThen(
                s -> {
                  s.row("follow", "uri = $1", s.id()).is("state", "accepted");
                  s.delivered("Accept", s.actor(), "/object/id", s.id());
                }));
    put(
        scripts,
        "mastodon--announce",
        given(s -> s.serveNote(s.subject(), s.actor())).andThen(InteractionScripts::boosted));
  }

  private static void lemmy(Map<String, Script> scripts) {
    put(
        scripts,
        "lemmy--announce-create-page",
        then(
            s ->
                InteractionScripts.wrapped(s, "http://enterprise.lemmy.ml/post/7")
                    .is("name", "post 4")));
    put(
        scripts,
        "lemmy--create-page",
        given(
                s -> {
                  var village = s.server.actors.village().uri();
                  s.plays("http://enterprise.lemmy.ml/c/main", village);
                  s.plays("https://enterprise.lemmy.ml/c/main", village);
                  s.earlier(s.follow("http://ds9.lemmy.ml/f/1", s.actor(), village));
                })
            .andThen(
                s -> {
                  s.post().is("audience_id", s.server.actors.village().id());
                  s.delivered(
                      "Announce", s.actor(), "/object/object/id", "http://ds9.lemmy.ml/post/1");
                }));
    put(scripts, "lemmy--update-page", then(s -> s.post().is("name", "test post 1")));
    put(
        scripts,
        "lemmy--object-page",
        then(s -> s.post().is("name", "Post title").is("language", "fr")));
    put(
        scripts,
        "lemmy--delete-page",
        given(s -> s.storedBefore("Page")).andThen(s -> s.none("post", "true")));
    put(
        scripts,
        "lemmy--like-note",
        given(s -> s.storedBefore("Note")).andThen(s -> s.post().is("likes_count", 1)));
  }

  private static void forums(Map<String, Script> scripts) {
    put(
        scripts,
        "nodebb--announce-note",
        then(
            s -> {
              s.post().is("name", "Is ActivityPub too complicated?");
              InteractionScripts.boosted(s);
            }));
    put(
        scripts,
        "nodebb--announce-create-note",
        given(
                s -> {
                  var same = s.sibling("nodebb--announce-note.json");
                  s.others.actor("https://community.nodebb.org/uid/14929", "Person");
                  s.others.serve(same.get("object"));
                  s.earlier(same);
                  assertEquals(1, s.count("post"));
                })
            .andThen(
                s -> {
                  assertEquals(1, s.count("post"));
                  assertEquals(1, s.count("announce"));
                }));
    put(
        scripts,
        "nodebb--object-article",
        then(s -> s.post().is("type", "Article").is("name", "Welcome to your NodeBB!")));
  }

  private static void actors(Map<String, Script> scripts) {
    for (var group : new String[] {"discourse", "lemmy", "nodebb", "mobilizon", "wordpress"}) {
      put(
          scripts,
          group + "--actor-group",
          then(
              s -> {
                s.me().is("type", "Group");
                s.row("actor_key", "actor_id = $1", s.idOf(s.id())).is("algorithm", "RSA");
              }));
    }
    put(
        scripts,
        "mobilizon--actor-person",
        then(
            s -> {
              s.me().is("type", "Person");
              s.row("actor_key", "actor_id = $1", s.idOf(s.id())).is("algorithm", "RSA");
            }));
    put(scripts, "gancio--actor-application", then(s -> s.me().is("type", "Application")));
  }

  private static void put(Map<String, Script> scripts, String name, Script script) {
    Script.add(scripts, "peers/" + name + ".json", script);
  }
}
