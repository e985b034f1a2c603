package org.placette;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actor;
import org.placette.cli.Platform;
import org.placette.config.Settings;
import org.placette.db.Db;
import org.placette.event.Details;
import org.placette.event.NewEvent;
import org.placette.event.Place;
import org.placette.event.When;
import org.placette.federation.fetch.AddressGuard.Resolver;
import org.placette.federation.fetch.Budget;
import org.placette.post.Change;
import org.placette.post.Posts;

/**
 * The real server with a control port beside it, so that a script can do what a resident does and
 * look at what is stored. For trying foreign servers by hand and in tests; see docs/interop.md.
 *
 * <p>Each verb is a POST of JSON; {@code as} names the local actor, {@code nour} without it.
 */
public final class DrivenVillage implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Db db;
  private final Neighbourhood village;
  private final HttpServer control;

  /** A verb of the control port. */
  @FunctionalInterface
  private interface Verb {
    @Nullable Object run(Actor actor, JsonNode asked);
  }

  /**
   * Wires and serves it, in this process.
   *
   * @param port of the control, 0 for any
   */
  public DrivenVillage(Vertx vertx, Db db, Settings settings, int port) throws IOException {
    this.db = db;
    village = new Neighbourhood(vertx, db, settings, Resolver.system());
    village.serve();
    control = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    control.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    verbs().forEach((name, verb) -> control.createContext("/" + name, x -> answer(x, verb)));
    control.start();
  }

  /** Runs with the settings of the environment, as the real server does, and a control port. */
  public static void main(String[] args) throws IOException {
    var settings = Settings.load(System.getenv(), null);
    var platform = Platform.take(settings);
    var port = Integer.parseInt(args[0]);
    var driven = new DrivenVillage(platform.vertx(), platform.db(), settings, port);
    platform.onClose(driven);
    Runtime.getRuntime().addShutdownHook(new Thread(platform::close));
    System.out.println(
        "{\"origin\":\"%s\",\"control\":\"%s\"}".formatted(settings.origin(), driven.controlUrl()));
  }

  public String controlUrl() {
    return "http://127.0.0.1:" + control.getAddress().getPort();
  }

  private Map<String, Verb> verbs() {
    return Map.ofEntries(
        Map.entry("follow", this::follow),
        Map.entry("unfollow", this::unfollow),
        Map.entry("accept", this::accept),
        Map.entry("note", this::note),
        Map.entry("edit", this::edit),
        Map.entry("delete", this::delete),
        Map.entry("like", (me, a) -> done(() -> village.reactions.like(me, post(a)))),
        Map.entry("unlike", (me, a) -> done(() -> village.reactions.unlike(me, post(a)))),
        Map.entry("announce", (me, a) -> done(() -> village.reactions.announce(me, post(a)))),
        Map.entry("unannounce", (me, a) -> done(() -> village.reactions.unannounce(me, post(a)))),
        Map.entry("event", this::event),
        Map.entry("move", this::moveEvent),
        Map.entry("cancel", (me, a) -> village.events.cancel(me, post(a)).uri()),
        Map.entry("unpublish", (me, a) -> done(() -> village.events.delete(me, post(a)))),
        Map.entry("ask", (me, a) -> village.peers.ask(text(a, "host")).name()),
        Map.entry("state", (me, a) -> state(me)));
  }

  private Actor actor(String name) {
    var known = village.actors.localByName(name);
    if (known != null) return known;
    return db.inTransaction(tx -> village.actors.createLocal(tx, "Person", name, name, null));
  }

  private Object follow(Actor me, JsonNode asked) {
    return village.follows.follow(me, text(asked, "actor"), Budget.perActivity()).uri();
  }

  private Object unfollow(Actor me, JsonNode asked) {
    var other = Objects.requireNonNull(village.actors.byUri(text(asked, "actor")));
    db.transact(tx -> village.follows.unfollow(tx, me, other));
    return "done";
  }

  private Object accept(Actor me, JsonNode asked) {
    var other = Objects.requireNonNull(village.actors.byUri(text(asked, "actor")));
    db.transact(tx -> village.follows.accept(tx, me, other));
    return "done";
  }

  private Object note(Actor me, JsonNode asked) {
    var note = Posts.NewPost.note(text(asked, "content"), "fr");
    if (asked.has("inReplyTo")) {
      var uri = text(asked, "inReplyTo");
      var parent = Objects.requireNonNull(village.remotePosts.resolve(uri, Budget.perActivity()));
      note = note.inReplyTo(parent.id());
    }
    return village.posts.publish(me, note).uri();
  }

  private Object edit(Actor me, JsonNode asked) {
    return village.posts.edit(me, post(asked), Change.of(text(asked, "content"), null, null)).uri();
  }

  private Object delete(Actor me, JsonNode asked) {
    return done(() -> village.posts.delete(me, post(asked)));
  }

  private Object event(Actor me, JsonNode asked) {
    return village.events.publish(me, wanted(asked, UUID.randomUUID())).uri();
  }

  private Object moveEvent(Actor me, JsonNode asked) {
    var before = Objects.requireNonNull(village.events.byId(post(asked)));
    return village.events.edit(me, before.id(), wanted(asked, before.details().uuid())).uri();
  }

  private static NewEvent wanted(JsonNode asked, UUID uuid) {
    var start = ZonedDateTime.of(2027, 5, 1, 18, 0, 0, 0, ZoneId.of("Europe/Paris"));
    start = start.plusDays(asked.path("days").asInt());
    var place =
        new Place(
            null, "Place du marché", "1 rue Haute", "87000", "Limoges", null, "FR", 45.83, 1.26);
    return NewEvent.of(
        text(asked, "name"),
        asked.path("content").asText("Apportez une chaise."),
        "fr",
        Details.of(uuid, When.of(start, start.plusHours(2)), place));
  }

  private ObjectNode state(Actor me) {
    var state = JSON.createObjectNode();
    state.put("actor", me.uri());
    list(
        state,
        "followers",
        "a.uri || ' ' || f.state from follow f join actor a on a.id = f.actor_id where f.target_id"
            + " = "
            + me.id());
    list(
        state,
        "following",
        "a.uri || ' ' || f.state from follow f join actor a on a.id = f.target_id where f.actor_id"
            + " = "
            + me.id());
    list(
        state,
        "posts",
        "p.type || ' ' || p.uri || ' ' || coalesce(p.name, '') || ' ' || p.content from post p"
            + " order by p.id");
    list(
        state,
        "events",
        "p.uri || ' ' || e.status || ' ' || e.start_time from event e join post p on p.id ="
            + " e.post_id order by p.id");
    list(
        state,
        "likes",
        "a.uri || ' ' || p.uri from post_like l join actor a on a.id = l.actor_id join post p on"
            + " p.id = l.post_id");
    list(
        state,
        "announces",
        "a.uri || ' ' || p.uri from announce l join actor a on a.id = l.actor_id join post p on"
            + " p.id = l.post_id");
    list(state, "tombstones", "uri from tombstone");
    list(state, "waiting", "host || ' ' || inbox || ' ' || tries from delivery");
    list(state, "inbox", "activity_uri || ' ' || coalesce(error, '') from inbox");
    return state;
  }

  private void list(ObjectNode state, String name, String query) {
    var array = state.putArray(name);
    List<String> rows = new ArrayList<>(db.list("select " + query, row -> row.getString(0)));
    rows.forEach(array::add);
  }

  private long post(JsonNode asked) {
    var uri = text(asked, "object");
    var found = village.posts.byUri(uri);
    if (found == null) found = village.remotePosts.resolve(uri, Budget.perActivity());
    return Objects.requireNonNull(found, uri).id();
  }

  private static Object done(Runnable work) {
    work.run();
    return "done";
  }

  private static String text(JsonNode asked, String name) {
    return asked.path(name).asText();
  }

  private void answer(HttpExchange exchange, Verb verb) throws IOException {
    byte[] bytes;
    var status = 200;
    try (exchange) {
      try {
        var asked = JSON.readTree(exchange.getRequestBody());
        bytes = JSON.writeValueAsBytes(verb.run(actor(asked.path("as").asText("nour")), asked));
      } catch (RuntimeException e) {
        status = 500;
        bytes = e.toString().getBytes(StandardCharsets.UTF_8);
      }
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  @Override
  public void close() {
    control.stop(0);
    village.close();
  }
}
