package org.placette.corpus;

import static org.placette.corpus.Script.given;
import static org.placette.corpus.Script.then;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;

/** Events and their places: events/. */
final class EventScripts {

  private EventScripts() {}

  static Map<String, Script> all() {
    Map<String, Script> scripts = new HashMap<>();
    put(scripts, "gancio--create-event", gancio());
    put(scripts, "mobilizon--create-event", mobilizon());
    put(
        scripts,
        "mastodon-spec--event-html-summary",
        then(
            s -> {
              s.post().is("name", "Fediverse Birthday Party").has("summary", "<strong>FooBar");
              s.event().has("start_time", "2024-01-31T19:00:00").lacks("end_time");
              s.event().has("place_name", "FooBar");
            }));
    put(
        scripts,
        "fep-8a8e--event-full",
        authored()
            .andThen(
                s -> {
                  s.post().is("name", "New Year's Party");
                  s.event()
                      .has("start_time", "2015-01-01T07:00:00")
                      .has("organizers", "https://example.social/users/johnmastodon")
                      .has("organizers", "https://example.events/actors/eventorganizer");
                }));
    put(
        scripts,
        "fep-8a8e--event-organizers-null",
        authored().andThen(s -> s.event().lacks("organizers").is("timezone", "Europe/Rome")));
    put(
        scripts,
        "gancio--place-string-address",
        then(
            s ->
                s.event()
                    .has("place_name", "simple string address")
                    .has("street_address", "Simple string address")));
    put(
        scripts,
        "gancio--places-mixed",
        then(
            s ->
                s.event()
                    .is("place_name", "Location with a name")
                    .has("online_url", "https://virtual.location.org")));
    return scripts;
  }

  static Script gancio() {
    return then(
        s -> {
          s.post().is("name", "Demo event").has("tag", "test").is("visibility", "public");
          s.event().is("place_name", "Colosseo").has("start_time", "2021-07-14T15:30:57");
        });
  }

  static Script mobilizon() {
    return then(
        s -> {
          s.post().is("name", "My first event").is("visibility", "public");
          s.event()
              .is("place_name", "Locaux de Framasoft")
              .is("street_address", "10 Rue Jangot")
              .is("postal_code", "69007")
              .is("address_locality", "Lyon")
              .is("address_region", "Auvergne Rhône Alpes")
              .is("address_country", "France")
              .is("website", "https://google.com")
              .has("start_time", "2018-02-12T14:08:20")
              .lacks("end_time");
        });
  }

  /** See CorpusTest.WRONG: the examples have no author, so one of their host is added. */
  static Script authored() {
    return given(
        s -> {
          var document = (ObjectNode) s.json();
          document.put("attributedTo", "https://example.org/actor").put("to", Documents.PUBLIC);
          s.others.actor("https://example.org/actor", "Application").serve(document);
        });
  }

  /** An event of gancio's in which one part is the sample. */
  static ObjectNode around(JsonNode location) {
    var id = "https://gancio.example/federation/m/1";
    var event = Documents.note(id, "https://gancio.example/federation/u/gancio");
    event.put("type", "Event").put("name", "Around a place").put("startTime", "2027-03-07T12:00Z");
    event.set("location", location);
    return event;
  }

  private static void put(Map<String, Script> scripts, String name, Script script) {
    Script.add(scripts, "events/" + name + ".json", script);
  }
}
