package org.placette.corpus;

import static org.placette.corpus.Script.given;
import static org.placette.corpus.Script.then;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;
import org.placette.federation.fetch.Budget;

/** Notes, articles, pages, videos and polls: create/. */
final class StatusScripts {

  private StatusScripts() {}

  static Map<String, Script> all() {
    Map<String, Script> scripts = new HashMap<>();
    notes(scripts);
    fedidev(scripts);
    titled(scripts);
    polls(scripts);
    quotes(scripts);
    changed(scripts);
    return scripts;
  }

  private static void notes(Map<String, Script> scripts) {
    put(
        scripts,
        "akkoma--note-source-string",
        then(s -> s.post().has("content", "7 million").has("tag", "twittermigration")));
    put(
        scripts,
        "gotosocial-spec--note-html-in-summary",
        then(s -> s.post().hasNo("summary", "<").hasNo("name", "<").has("name", "WARNING")));
    put(
        scripts,
        "mastodon--create-note",
        then(s -> s.post().is("language", "en").is("visibility", "unlisted")));
    put(
        scripts,
        "mastodon--create-note-attachment",
        then(s -> s.post().counts("attachment", 1).has("attachment", "334ce029e7bfb920.jpg")));
    put(
        scripts,
        "mastodon--create-note-contentmap",
        given(s -> s.plays("http://localtesting.pleroma.lol/users/lain", s.lain.uri()))
            .andThen(
                s -> {
                  s.post().has("content", "lain").is("language", "en").is("summary", "cw");
                  s.row("mention", "actor_id = $1", s.lain.id());
                  s.row("notification", "actor_id = $1 and type = 'Mention'", s.lain.id());
                }));
    put(
        scripts,
        "mitra--create-note-link-tag",
        then(s -> s.post().has("tag", "objects/9").hasNo("tag", "\"@objects")));
    put(scripts, "mitra--create-note-proof", then(s -> s.post().is("language", "da")));
    put(scripts, "misskey-spec--note-null-term", then(s -> s.post().has("content", "foo")));
    put(scripts, "pixelfed--note", then(s -> s.post().counts("attachment", 1).has("tag", "mazda")));
    put(
        scripts,
        "pleroma--create-note",
        then(s -> s.post().is("in_reply_to", "https://enterprise.lemmy.ml/post/55143")));
    put(
        scripts,
        "pleroma--note-emoji-in-summary",
        then(s -> s.post().has("summary", ":joker_smile:").has("tag", "joker_smile.png")));
    put(
        scripts,
        "soapbox--note-no-mentions-in-content",
        then(s -> s.post().is("visibility", "unlisted").has("tag", "lain.com/users/lain")));
    put(
        scripts,
        "streams--create-note",
        then(s -> s.post().has("in_reply_to", "gleasonator.com/objects/102eb097")));
    put(
        scripts,
        "wordpress--note",
        then(s -> s.post().is("url", "https://pfefferle.org?c=148").is("language", "en")));
    put(scripts, "hubzilla--create-image", then(s -> s.post().has("attachment", ".jpg")));
    put(scripts, "lemmy--private-message", then(s -> s.none("post", "visibility <> 'direct'")));
    put(scripts, "pleroma--chat-message", then(s -> s.none("post", "true")));
  }

  private static void fedidev(Map<String, Script> scripts) {
    put(
        scripts,
        "fedidev--attachment-embedded-note",
        then(s -> s.post().lacks("attachment").hasNo("content", "just a note")));
    put(
        scripts,
        "fedidev--attachment-payto-link",
        then(s -> s.post().hasNo("attachment", "payto")));
    put(
        scripts,
        "fedidev--attachment-url-list",
        then(s -> s.post().counts("attachment", 1).has("attachment", "fedidev.fun/images/00")));
    put(scripts, "fedidev--emoji-missing-icon", then(s -> s.post().lacks("tag")));
    put(scripts, "fedidev--tag-mention-missing-type", then(s -> s.post().lacks("tag")));
    for (var form : new String[] {"embedded-note", "link"}) {
      put(
          scripts,
          "fedidev--in-reply-to-" + form,
          then(s -> s.post().is("in_reply_to", "https://fedidev.fun/assets/note1.jsonap")));
    }
  }

  private static void titled(Map<String, Script> scripts) {
    put(
        scripts,
        "bookwyrm--article-review",
        then(
            s ->
                s.post()
                    .is("type", "Article")
                    .has("name", "Death's End")
                    .has("attachment", "e7a6")));
    put(
        scripts,
        "friendica--create-page",
        then(s -> s.post().is("type", "Article").is("name", "From Friendica to Lemmy")));
    put(
        scripts,
        "ghost--create-article",
        then(
            s ->
                s.post()
                    .is("type", "Article")
                    .is("name", "Post title")
                    .is("summary", "Post excerpt")
                    .is("visibility", "public")
                    .has("attachment", "456_feature.jpg")));
    put(
        scripts,
        "lemmy--create-page",
        given(
                s -> {
                  s.others.actor("https://enterprise.lemmy.ml/c/main", "Group");
                  s.learn("https://enterprise.lemmy.ml/c/main");
                })
            .andThen(
                s ->
                    s.post()
                        .is("type", "Page")
                        .is("name", "test post")
                        .has("attachment", "xl8W7FZfk9.jpg")
                        .is("language", "ko")
                        .is("audience_id", s.idOf("https://enterprise.lemmy.ml/c/main"))));
    put(
        scripts,
        "nodebb--article",
        then(
            s ->
                s.post()
                    .is("type", "Article")
                    .is("name", "Welcome to your NodeBB!")
                    .is("url", "https://bb.devnull.land/post/1")
                    .has("summary", "Welcome to your brand new")
                    .hasNo("summary", "<")));
    put(
        scripts,
        "peertube--create-video",
        then(
            s ->
                s.post()
                    .is("type", "Video")
                    .has("url", "framatube.org/videos/watch/6050732a")
                    .has("content", "<")
                    .is("actor_id", s.idOf("https://framatube.org/accounts/framasoft"))));
    put(
        scripts,
        "prismo--create-article-url-map",
        then(s -> s.post().is("type", "Article").is("url", "https://prismo.news/posts/83")));
  }

  private static void polls(Map<String, Script> scripts) {
    put(
        scripts,
        "mastodon--create-question",
        then(s -> s.post().has("poll", "Dunno").has("poll", "2019-05-11").has("poll", "false")));
    put(
        scripts,
        "mastodon-spec--note-poll-vote-counts",
        then(
            s ->
                s.post()
                    .has("poll", "\"multiple\":true")
                    .has("poll", "Yellow")
                    .has("poll", "10")
                    .has("poll", "\"closed\":\"")));
    put(
        scripts,
        "misskey--poll-no-end",
        then(s -> s.post().has("poll", "Broken af").hasNo("poll", "endTime\":\"")));
    put(
        scripts,
        "mastodon--vote",
        given(
                s ->
                    s.plays(
                        "https://testing.uguu.ltd/objects/9d300947-2dcb-445d-8978-9a3b4b84fa14",
                        s.localPoll("suya..", "suya...")))
            .andThen(s -> s.none("post", "uri like '%#votes/387'")));
  }

  private static final String ALICE = "https://example.com/users/alice";
  private static final String BOB = "https://example.org/users/bob";
  private static final String QUOTING = BOB + "/statuses/1";

  private static void quotes(Map<String, Script> scripts) {
    for (var form : new String[] {"all-forms", "authorized"}) {
      put(
          scripts,
          "fep-044f--note-quote-" + form,
          then(
              s ->
                  s.post()
                      .is("quote", "https://example.com/users/alice/statuses/1")
                      .is("quote_consent", "pending")));
    }
    put(
        scripts,
        "fep-044f--quote-authorization",
        given(
                s -> {
                  s.serveNote(s.json().path("interactionTarget").asText(), ALICE);
                  s.others.actor(BOB, "Person").serve(s.json());
                  var quoting = (ObjectNode) s.sibling("fep-044f--note-quote-authorized.json");
                  s.others.serve(quoting.put("id", QUOTING).put("attributedTo", BOB));
                })
            .andThen(
                s -> {
                  var _ = s.server.posts.resolve(QUOTING, Budget.perActivity());
                  s.post(QUOTING).is("quote_consent", "accepted").is("quote_stamp", s.id());
                }));
    put(
        scripts,
        "misskey--note-quote",
        then(s -> s.post().has("quote", "https://example.com/objects/43479e20")));
  }

  private static void changed(Map<String, Script> scripts) {
    put(
        scripts,
        "ghost--update-article",
        given(s -> s.storedBefore("Article"))
            .andThen(
                s ->
                    s.post()
                        .is("name", "Updated Post Title")
                        .has("content", "Updated post content")));
    put(
        scripts,
        "mastodon--note-edited-likes",
        given(s -> s.storedBefore("Note"))
            .andThen(s -> s.post().is("content", "<p>test</p>").is("language", "pl")));
    Script.add(
        scripts,
        "update-delete/lemmy--update-page.json",
        given(s -> s.storedBefore("Page")).andThen(s -> s.post().is("name", "test post 1")));
    for (var deleted :
        new String[] {
          "friendica--delete", "lemmy--delete-page", "mastodon--delete-tombstone", "pleroma--delete"
        }) {
      Script.add(
          scripts,
          "update-delete/" + deleted + ".json",
          given(s -> s.storedBefore("Note"))
              .andThen(
                  s -> {
                    s.none("post", "uri = $1", s.subject());
                    s.row("tombstone", "uri = $1", s.subject());
                  }));
    }
  }

  private static void put(Map<String, Script> scripts, String name, Script script) {
    Script.add(scripts, "create/" + name + ".json", script);
  }
}
