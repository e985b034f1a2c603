package org.placette.corpus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actor;
import org.placette.db.Db;
import org.placette.federation.fetch.Budget;
import org.placette.federation.signature.Dialect;
import org.placette.testing.FakeHosts;

/**
 * One sample in play: a server with its people and nothing else, the foreign hosts that the sample
 * names, and what can be said about the server afterwards.
 */
final class Stage {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  final Sample sample;
  final LocalServer server;
  final FakeHosts others;
  final Actor lain;
  private final Stored stored;
  private final Map<String, String> ours = new LinkedHashMap<>();
  private Map<String, String> before = Map.of();
  private Map<String, Long> refusedBefore = Map.of();
  private FakeHosts.@Nullable Answer answer;

  Stage(Sample sample, LocalServer server, Db db, FakeHosts others, Actor lain) {
    this.sample = sample;
    this.server = server;
    stored = new Stored(db);
    this.others = others;
    this.lain = lain;
  }

  /** From now on {@code theirs} in the payload is written as {@code mine}. */
  Stage plays(String theirs, String mine) {
    ours.put(theirs, mine);
    return this;
  }

  /** The payload with what is ours put in its place. */
  String text() {
    var text = sample.text();
    for (var one : ours.entrySet()) text = text.replace(one.getKey(), one.getValue());
    return text;
  }

  /** The payload; an empty object where it is no JSON. */
  JsonNode json() {
    try {
      return JSON.readTree(text());
    } catch (IOException e) {
      return JSON.createObjectNode();
    }
  }

  /** The id of what the activity is about, or of the document itself. */
  String subject() {
    var object = json().path("object");
    if (object.isTextual()) return object.asText();
    var id = object.isObject() ? object.path("id") : json().path("id");
    assertTrue(id.isTextual(), () -> "no id to look for in " + sample.file());
    return id.asText();
  }

  /** The id in {@code actor}; "" for none. */
  String actor() {
    return Documents.idOf(json().path("actor"));
  }

  /** The id of the payload itself. */
  String id() {
    return json().path("id").asText();
  }

  /** Another payload of the same folder. */
  JsonNode sibling(String name) {
    try {
      return JSON.readTree(sample.path().resolveSibling(name).toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Serves an actor for every id that the payload names as one. */
  void serveActors() {
    for (var id : Documents.actors(json())) {
      if (!id.startsWith(LocalServer.URLS.origin())) others.actor(id, Documents.actorType(id));
    }
    var signer = sample.signer();
    if (signer != null) others.actor(signer, "Person");
  }

  /** Serves the objects that are embedded in the payload at their own ids. */
  void serveObjects() {
    for (var object : Documents.embedded(json())) {
      if (!others.serves(object.path("id").asText())) others.serve(object);
    }
  }

  /** Serves a public note, as what an id leads to. */
  Stage serveNote(String id, String author) {
    others.actor(author, "Person").serve(Documents.note(id, author));
    return this;
  }

  /** Makes the server fetch and store an actor. */
  void learn(String uri) {
    var _ = server.actors.resolve(uri, Budget.perActivity());
  }

  /** An actor that the server has known for a while, under another name. */
  Stage knownBefore(String uri) {
    others.actor(uri, Documents.actorType(uri));
    learn(uri);
    return this;
  }

  /** What the payload changes or deletes was published earlier, by the payload's actor. */
  Stage storedBefore(String type) {
    var before = Documents.note(subject(), actor()).put("type", type).put("name", "Before");
    return earlier(Documents.create(before));
  }

  /** One of our people has asked to follow somebody. */
  Stage asked(Actor follower, String target, String uri) {
    knownBefore(target);
    stored.asked(follower.id(), idOf(target), uri);
    return this;
  }

  /** A Follow of somebody. */
  JsonNode follow(String id, String follower, String target) {
    return Documents.activity("Follow", id, follower).put("object", target);
  }

  /** A public post of one of our people; always the same one. */
  String localPost() {
    return local("/posts/1", "Note", null);
  }

  /** An open poll of one of our people. */
  String localPoll(String one, String other) {
    var options = "[{'name':'%s','votes':0},{'name':'%s','votes':0}]".formatted(one, other);
    var poll = "{'multiple':false,'options':%s,'voters':0}".formatted(options);
    return local("/posts/2", "Question", poll.replace('\'', '"'));
  }

  /** An event of one of our people, to which everybody may come. */
  String localEvent() {
    var uri = local("/events/6b0c3f52-8a0e-4b51-9d2e-6f5f3f0f1a77", "Event", null);
    stored.event(uri);
    return uri;
  }

  /** One of our people has asked for a place at an event elsewhere. */
  Stage joined(String event, String organiser, String join) {
    knownBefore(organiser);
    stored.joined(event, idOf(organiser), lain.id(), join);
    return this;
  }

  private String local(String path, String type, @Nullable String poll) {
    var uri = LocalServer.URLS.at(path);
    stored.post(uri, type, lain.id(), poll);
    return uri;
  }

  /** Delivers the payload as its index says, and waits until it has had its effect. */
  void deliver() {
    remember();
    var signer = sample.signer();
    if (signer == null) signer = actor().isEmpty() ? "https://nobody.example/actor" : actor();
    others.actor(signer, "Person");
    answer = post(text(), signer);
    settle();
  }

  /** Delivers something else beforehand; it must be accepted and have its effect. */
  Stage earlier(JsonNode activity) {
    var actor = Documents.idOf(activity.path("actor"));
    others.actor(actor, Documents.actorType(actor));
    var _ = remember();
    assertEquals(202, post(activity.toString(), actor).status(), "what was sent beforehand");
    settle();
    assertEquals(refusedBefore, server.inbox.refusals().counts(), "what was sent beforehand");
    return this;
  }

  private FakeHosts.Answer post(String body, String signer) {
    var inbox = LocalServer.URLS.at("/inbox");
    var bytes = body.getBytes(StandardCharsets.UTF_8);
    // Both dialects get their share.
    var dialect = sample.file().hashCode() % 2 == 0 ? Dialect.CAVAGE : Dialect.RFC9421;
    return others.deliver(inbox, server.port(), bytes, others.key(signer), dialect);
  }

  private void settle() {
    var end = Instant.now().plus(PATIENCE);
    while (count("inbox") > 0) {
      var error = stored.one("select to_jsonb(i) - 'body' from inbox i where tries > 0 limit 1");
      assertTrue(error == null, () -> "failed unexpectedly: " + error);
      assertTrue(Instant.now().isBefore(end), "it was not processed in time");
      pause();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(5);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Notes the state of the database, to be compared later. */
  Map<String, String> remember() {
    before = stored.effects();
    refusedBefore = server.inbox.refusals().counts();
    return before;
  }

  /** What the delivery was answered. */
  int status() {
    return answered().status();
  }

  /** The delivery was answered 202 and nothing was refused. */
  void accepted() {
    var given = answered();
    assertEquals(202, given.status(), given::body);
    assertEquals(Map.of(), refusals(), "reasons for a refusal");
  }

  /** The delivery was refused by name, at the door or later, and left nothing. */
  void refused() {
    var given = answered();
    var atTheDoor = given.status() / 100 == 4;
    assertTrue(atTheDoor || given.status() == 202, () -> "answered " + given);
    assertTrue(!refusals().isEmpty(), () -> "no reason was given, answered " + given);
    if (atTheDoor) assertTrue(given.body().contains("error"), given::body);
    unchanged();
  }

  /** Nothing that anybody could see has changed. */
  void unchanged() {
    assertEquals(before, stored.effects(), "what is stored");
  }

  /** Reasons for which something was refused since the delivery, with how often. */
  Map<String, Long> refusals() {
    Map<String, Long> now = new TreeMap<>(server.inbox.refusals().counts());
    refusedBefore.forEach((reason, count) -> now.merge(reason, -count, Long::sum));
    now.values().removeIf(count -> count == 0);
    return now;
  }

  /** How many rows a table has. */
  int count(String table) {
    return stored.count(table);
  }

  /** The one row of a table that meets a condition. */
  Row row(String table, String condition, @Nullable Object... values) {
    var found = stored.first(table, condition, values);
    assertNotNull(found, () -> "no row in " + table + " where " + condition + List.of(values));
    return new Row(found);
  }

  /** That there is no such row. */
  void none(String table, String condition, @Nullable Object... values) {
    var found = stored.first(table, condition, values);
    assertTrue(found == null, () -> "in " + table + ": " + found);
  }

  /** The stored post that the payload is about. */
  Row post() {
    return post(subject());
  }

  Row post(String uri) {
    return row("post", "uri = $1", uri);
  }

  /** The event side of the stored post that the payload is about. */
  Row event() {
    return row("event", "post_id = (select id from post where uri = $1)", subject());
  }

  /** The stored remote actor. */
  Row actorRow(String uri) {
    return row("actor", "uri = $1", uri);
  }

  /** The stored actor that the payload describes. */
  Row me() {
    return actorRow(id());
  }

  /** The number of a stored actor. */
  Long idOf(String uri) {
    return actorRow(uri).column("id").asLong();
  }

  /**
   * That an activity reached an actor, signed.
   *
   * @param pointer where in it {@code value} stands (RFC 6901)
   */
  void delivered(String type, String actor, String pointer, String value) {
    var end = Instant.now().plus(PATIENCE);
    while (others.seen().stream()
        .filter(seen -> seen.method().equals("POST") && seen.signed())
        .filter(seen -> seen.url().equals(actor + "/inbox"))
        .map(FakeHosts.Seen::json)
        .noneMatch(
            json ->
                json.path("type").asText().equals(type)
                    && json.at(pointer).asText().equals(value))) {
      assertTrue(Instant.now().isBefore(end), () -> "no " + type + " came to " + actor);
      pause();
    }
  }

  void run(String sql, @Nullable Object... values) {
    stored.run(sql, values);
  }

  private FakeHosts.Answer answered() {
    if (answer == null) throw new AssertionError("nothing was delivered");
    return answer;
  }
}
