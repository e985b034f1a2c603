package org.placette.corpus;

import static org.placette.corpus.Script.given;

import java.util.HashMap;
import java.util.Map;

/** Answers to events, of both dialects. */
final class RsvpScripts {

  private static final String MOBILIZON_EVENT = "http://mobilizon.test/events/some-uuid";

  private RsvpScripts() {}

  static Map<String, Script> all() {
    Map<String, Script> scripts = new HashMap<>();
    var joined =
        given(s -> s.plays(MOBILIZON_EVENT, s.localEvent()))
            .andThen(
                s -> {
                  s.row("rsvp", "true").is("state", "going").is("activity_uri", s.id());
                  s.delivered("Accept", s.actor(), "/object/id", s.id());
                });
    scripts.put("events/mobilizon--join-signed.json", joined);
    scripts.put("peers/mobilizon--join-event.json", joined);
    scripts.put(
        "events/mobilizon--leave.json",
        given(
                s -> {
                  var event = s.localEvent();
                  s.plays(MOBILIZON_EVENT, event);
                  var join = Documents.activity("Join", s.actor() + "/join/7", s.actor());
                  s.earlier(join.put("object", event));
                })
            .andThen(s -> s.row("rsvp", "true").is("state", "declined")));
    // See CorpusTest.WRONG: the ids are moved to the actor's host.
    scripts.put(
        "events/pleroma-tests--join.json",
        given(
                s -> {
                  s.plays("https://mobilizon.mkljczk.pl/", "https://mobilizon.org/");
                  s.plays(
                      "https://pleroma.mkljczk.pl/objects/b800bdb9-2cbb-40b6-9b29-196cfbd42398",
                      s.localEvent());
                })
            .andThen(s -> s.row("rsvp", "true").is("state", "going").lacks("note")));
    scripts.put("events/mobilizon--accept-join.json", accepted());
    said(scripts, "accept", "going");
    said(scripts, "tentativeaccept", "maybe");
    said(scripts, "reject", "declined");
    scripts.put(
        "peers/synthetic-wordpress--ignore-join.json",
        given(
                s -> {
                  var join = LocalServer.URLS.at("/activities/123");
                  s.plays("https://placette.example/activities/join/123", join);
                  s.joined("https://blog.example/?p=7", s.actor(), join);
                })
            .andThen(s -> s.row("rsvp", "true").is("state", "refused")));
    return scripts;
  }

  private static Script accepted() {
    return given(
            s -> {
              var join = LocalServer.URLS.at("/activities/9");
              s.plays("https://mobilizon.mkljczk.pl/", "https://mobilizon.org/");
              s.plays("https://pleroma.mkljczk.pl/users/mkljczk", s.lain.uri());
              s.plays(
                  "https://pleroma.mkljczk.pl/activities/7d1f3986-8b2c-48c2-b89e-d27ba8459777",
                  join);
              var event = s.json().at("/object/object").asText();
              s.joined(event, s.actor(), join);
            })
        .andThen(s -> s.row("rsvp", "true").is("state", "going"));
  }

  private static void said(Map<String, Script> scripts, String word, String state) {
    scripts.put(
        "peers/synthetic-friendica--" + word + "-event.json",
        given(s -> s.plays("https://placette.example/events/2027/42", s.localEvent()))
            .andThen(s -> s.row("rsvp", "true").is("state", state).is("door", "accept")));
  }
}
