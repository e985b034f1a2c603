package org.placette.corpus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.placette.corpus.Script.given;
import static org.placette.corpus.Script.then;

import java.util.HashMap;
import java.util.Map;

/** Follows, likes, boosts, blocks, reports, moves: interact/. */
final class InteractionScripts {

  private static final String LAIN = "http://localtesting.pleroma.lol/users/lain";
  private static final String ADMIN = "http://mastodon.example.org/users/admin";

  private InteractionScripts() {}

  static Map<String, Script> all() {
    Map<String, Script> scripts = new HashMap<>();
    follows(scripts);
    quotes(scripts);
    moderators(scripts);
    bans(scripts);
    reactions(scripts);
    announces(scripts);
    reports(scripts);
    moves(scripts);
    return scripts;
  }

  private static void follows(Map<String, Script> scripts) {
    put(
        scripts,
        "mastodon--follow",
        given(s -> s.plays(LAIN, s.lain.uri()))
            .andThen(
                s -> {
                  s.row("follow", "uri = $1 and target_id = $2", s.id(), s.lain.id())
                      .is("state", "accepted");
                  s.delivered("Accept", ADMIN, "/object/id", s.id());
                }));
    put(
        scripts,
        "mastodon--undo-follow",
        given(
                s -> {
                  s.plays(LAIN, s.lain.uri());
                  s.earlier(s.json().get("object"));
                  s.row("follow", "target_id = $1", s.lain.id());
                })
            .andThen(s -> s.none("follow", "true")));
    put(
        scripts,
        "mastodon--accept-follow",
        given(s -> s.plays(LAIN, s.lain.uri()).asked(s.lain, ADMIN, s.lain.uri() + "#follows/4"))
            .andThen(s -> s.row("follow", "actor_id = $1", s.lain.id()).is("state", "accepted")));
    put(
        scripts,
        "mastodon--reject-follow",
        given(s -> s.plays(LAIN, s.lain.uri()).asked(s.lain, ADMIN, s.lain.uri() + "#follows/4"))
            .andThen(s -> s.none("follow", "true")));
    put(
        scripts,
        "mitra--accept-follow-by-id",
        given(
                s -> {
                  var follow = LocalServer.URLS.at("/activities/7");
                  s.plays(
                      "https://voyager.lemmy.ml/activities/follow/7d782f02-b91d-4455-b6c0-772540f00c2d",
                      follow);
                  s.asked(s.lain, s.actor(), follow);
                })
            .andThen(s -> s.row("follow", "actor_id = $1", s.lain.id()).is("state", "accepted")));
    put(
        scripts,
        "mastodon--block",
        given(
                s -> {
                  s.plays(LAIN, s.lain.uri());
                  s.asked(s.lain, ADMIN, s.lain.uri() + "#follows/4");
                  s.earlier(s.follow(ADMIN + "#f", ADMIN, s.lain.uri()));
                  assertEquals(2, s.count("follow"));
                })
            .andThen(
                s -> {
                  s.none("follow", "true");
                  s.row("block", "actor_id = $1 and target_id = $2", s.idOf(ADMIN), s.lain.id());
                }));
  }

  private static void quotes(Map<String, Script> scripts) {
    put(
        scripts,
        "fep-044f--quote-request",
        given(s -> s.plays("https://example.com/users/alice/statuses/1", s.localPost()))
            .andThen(
                s -> {
                  s.delivered("Accept", s.actor(), "/object/id", s.id());
                  s.row("quote_stamp", "true")
                      .is("quoting", s.json().at("/instrument/id").asText());
                }));
  }

  private static void moderators(Map<String, Script> scripts) {
    var group = "http://enterprise.lemmy.ml/c/main";
    put(
        scripts,
        "lemmy--add-mod",
        given(
                s -> {
                  s.knownBefore(group);
                  var all = Documents.collection(group + "/moderators", s.actor(), s.subject());
                  s.others.serve(all);
                })
            .andThen(
                s -> {
                  assertEquals(2, s.count("group_moderator"));
                  s.row("group_moderator", "uri = $1", s.subject()).is("group_id", s.idOf(group));
                }));
  }

  private static void bans(Map<String, Script> scripts) {
    put(
        scripts,
        "mbin--block-user",
        given(
                s -> {
                  s.plays("https://local.example/users/bob", s.lain.uri());
                  s.others.actor("https://kbin.test/m/test", "Group");
                })
            .andThen(
                s ->
                    s.row("block", "uri = $1", s.id())
                        .is("actor_id", s.idOf("https://kbin.test/m/test"))
                        .is("target_id", s.lain.id())));
  }

  private static void reactions(Map<String, Script> scripts) {
    like(
        scripts,
        "mastodon--like",
        "http://localtesting.pleroma.lol/objects/eb92579d-3417-42a8-8652-2492c2d4f454");
    like(
        scripts,
        "misskey--like-custom-emoji",
        "https://pleroma.local.live/objects/89937a53-2692-4631-bb62-770091267391");
    like(
        scripts,
        "pleroma--emojireact",
        "http://localtesting.pleroma.lol/objects/eb92579d-3417-42a8-8652-2492c2d4f454");
    like(
        scripts,
        "fep-c0e0--emojireact-custom",
        "https://bob.social/objects/57caeb99-424c-4692-b74f-0a6682050932");
    put(
        scripts,
        "fep-c0e0--undo-emojireact",
        given(
                s -> {
                  var reaction = Documents.activity("EmojiReact", s.subject(), s.actor());
                  s.earlier(reaction.put("object", s.localPost()).put("content", "👌"));
                  assertEquals(1, s.count("post_like"));
                })
            .andThen(s -> assertEquals(0, s.count("post_like"))));
    put(
        scripts,
        "friendica--dislike",
        given(
                s ->
                    s.plays(
                        "https://pirati.ca/objects/ec054ce7-2062-3bfa-8687-ca8313624820",
                        s.localPost()))
            .andThen(Stage::unchanged));
  }

  private static void like(Map<String, Script> scripts, String name, String theirs) {
    put(
        scripts,
        name,
        given(s -> s.plays(theirs, s.localPost()))
            .andThen(
                s -> {
                  s.row("post_like", "uri = $1", s.id()).is("actor_id", s.idOf(s.actor()));
                  s.post(s.localPost()).is("likes_count", 1);
                  s.row("notification", "type = 'Like'").is("actor_id", s.lain.id());
                }));
  }

  private static void announces(Map<String, Script> scripts) {
    put(
        scripts,
        "mastodon--announce",
        given(s -> s.serveNote(s.subject(), ADMIN)).andThen(InteractionScripts::boosted));
    put(
        scripts,
        "peertube--announce-video",
        given(s -> s.serveNote(s.subject(), "https://tilvids.com/accounts/thelinuxexperiment"))
            .andThen(InteractionScripts::boosted));
    put(
        scripts,
        "mastodon--announce-private",
        then(
            s -> {
              // What is embedded is served at its id too: a followers-only note of the same author.
              s.post().is("visibility", "followers");
              boosted(s);
            }));
    put(
        scripts,
        "lemmy--announce-create-page",
        then(s -> wrapped(s, "http://enterprise.lemmy.ml/post/7").is("name", "post 4")));
    put(
        scripts,
        "nodebb--announce-create-note",
        then(
            s ->
                wrapped(s, "https://community.nodebb.org/post/102840")
                    .is("name", "Is ActivityPub too complicated?")
                    .is("audience_id", s.idOf(s.actor()))));
  }

  static void boosted(Stage s) {
    var row = s.row("announce", "uri = $1", s.id());
    row.is("actor_id", s.idOf(s.actor()));
    row.is("post_id", s.post().column("id").asText());
  }

  /** The post inside an announced activity, written by its own author. */
  static Row wrapped(Stage s, String uri) {
    var author = s.json().at("/object/object/attributedTo").asText();
    return s.post(uri).is("actor_id", s.idOf(author));
  }

  private static void reports(Map<String, Script> scripts) {
    put(
        scripts,
        "lemmy--flag",
        given(s -> s.plays("http://enterprise.lemmy.ml/post/7", s.localPost()))
            .andThen(s -> report(s).is("content", "report this post")));
    put(
        scripts,
        "mastodon--flag",
        given(
                s ->
                    s.plays("https://example.com/users/1", s.lain.uri())
                        .plays("https://example.com/posts/380590", s.localPost())
                        .plays("https://example.com/posts/380591", s.localPoll("a", "b")))
            .andThen(
                s ->
                    report(s)
                        .has("content", "take a look")
                        .has("objects", s.localPost())
                        .has("objects", s.localPoll("a", "b"))));
    put(
        scripts,
        "mbin--flag-array",
        given(
                s ->
                    s.plays("https://lemmy-test/post/4", s.localPost())
                        .plays("https://lemmy-test/u/BentiGorlich", s.lain.uri()))
            .andThen(s -> report(s).has("content", "dikjhgasdpas")));
  }

  private static Row report(Stage s) {
    return s.row("report", "uri = $1", s.id())
        .is("actor_id", s.idOf(s.actor()))
        .is("target_id", s.lain.id())
        .has("objects", s.localPost());
  }

  private static void moves(Map<String, Script> scripts) {
    put(
        scripts,
        "gotosocial--move",
        given(
                s -> {
                  var target = s.json().get("target").asText();
                  var document = s.others.actorDocument(target, "Person");
                  document.putArray("alsoKnownAs").add(s.actor());
                  s.others.serve(document);
                  s.asked(s.lain, s.actor(), LocalServer.URLS.at("/activities/7"));
                  s.run("update follow set state = 'accepted'");
                })
            .andThen(
                s -> {
                  var target = s.json().get("target").asText();
                  s.actorRow(s.actor()).is("moved_to", target);
                  s.row("follow", "target_id = $1", s.idOf(target)).is("actor_id", s.lain.id());
                  s.delivered("Follow", target, "/object", target);
                }));
  }

  private static void put(Map<String, Script> scripts, String name, Script script) {
    Script.add(scripts, "interact/" + name + ".json", script);
  }
}
