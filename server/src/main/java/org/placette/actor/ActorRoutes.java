package org.placette.actor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.placette.web.Negotiation;
import org.placette.web.Problem;
import org.placette.web.ReadyAnswers;
import org.placette.web.Routes;

/**
 * Local actors and what hangs below them, as ActivityStreams. A browser's request goes on to the
 * next route, which is the page. Needs no signature (an instance actor must be readable unsigned,
 * or two servers that demand signatures ask each other without end).
 */
public final class ActorRoutes implements Routes {

  private static final int PAGE = 20;
  private static final Map<String, String> HEADERS =
      Map.of(
          "content-type", "application/activity+json; charset=utf-8",
          "vary", "Accept, Signature",
          "cache-control", "public, max-age=60",
          "access-control-allow-origin", "*");

  /** Where the actors of a type live, except for the instance actor. */
  private static final Map<String, String> FOLDERS =
      Map.of("users", "Person", "orgs", "Service", "groups", "Group");

  private final Actors actors;
  private final ReadyAnswers quick;
  private final Map<String, ActorCollection> collections;

  /**
   * @param collections those that features fill; the others are empty
   */
  public ActorRoutes(Actors actors, ReadyAnswers quick, List<ActorCollection> collections) {
    this.actors = actors;
    this.quick = quick;
    this.collections =
        collections.stream().collect(Collectors.toMap(ActorCollection::name, c -> c));
  }

  @Override
  public void mount(Router router) {
    get(router, "/actor", context -> document(context, actors.relay()));
    get(router, "/actor/:collection", context -> collection(context, actors.relay()));
    FOLDERS.forEach(
        (folder, type) -> {
          get(router, "/" + folder + "/:name", context -> document(context, named(context, type)));
          get(
              router,
              "/" + folder + "/:name/:collection",
              context -> collection(context, named(context, type)));
        });
  }

  private static void get(
      Router router, String path, io.vertx.core.Handler<RoutingContext> handler) {
    router.route(path).method(HttpMethod.GET).method(HttpMethod.HEAD).handler(handler);
  }

  /** The actor of the path's name, if it is of that type; null leaves the answer to others. */
  private @Nullable Actor named(RoutingContext context, String type) {
    var actor = actors.localByName(context.pathParam("name"));
    return actor != null && actor.isType(type) ? actor : null;
  }

  private void document(RoutingContext context, @Nullable Actor actor) {
    if (!Negotiation.wantsActivity(context)) {
      context.next();
      return;
    }
    var shown = shown(actor);
    quick.answer(context.request(), HEADERS, ActorDocument.of(actors, shown).toString());
  }

  private static Actor shown(@Nullable Actor actor) {
    if (actor == null) throw new Problem.NotFound();
    if (actor.deleted()) throw new Problem.Gone();
    // Not 410: servers that hear it forget for ever what may come back.
    if (actor.suspended()) throw new Problem.Forbidden("This account is suspended");
    return actor;
  }

  private void collection(RoutingContext context, @Nullable Actor actor) {
    var name = context.pathParam("collection");
    var source = collections.get(name);
    if (source == null && !isEmptyCollection(name, actor) || !Negotiation.wantsActivity(context)) {
      context.next();
      return;
    }
    var shown = shown(actor);
    var id = shown.uri() + "/" + name;
    var isPage = context.request().getParam("page") != null;
    var cursor = context.request().getParam("cursor");
    if (cursor != null && cursor.length() > 200) throw new Problem.BadRequest("no such page");
    var json = isPage ? page(source, shown, id, cursor) : whole(source, shown, id);
    quick.answer(context.request(), HEADERS, json.toString());
  }

  private static boolean isEmptyCollection(String name, @Nullable Actor actor) {
    return List.of("outbox", "followers", "following", "featured", "upcoming").contains(name)
        || actor != null && actor.isType("Group") && ActorDocument.GROUP_COLLECTIONS.contains(name);
  }

  private static ObjectNode whole(@Nullable ActorCollection source, Actor actor, String id) {
    var json = start(id, "OrderedCollection").put("attributedTo", actor.uri());
    var total = source == null ? 0 : source.totalItems(actor);
    json.put("totalItems", total);
    // The featured collection is read whole by its readers, so it has no pages.
    if (source == null || source.name().equals("featured")) {
      var items = source == null ? List.<JsonNode>of() : source.page(actor, null, PAGE).items();
      return json.set("orderedItems", array(items));
    }
    return json.put("first", id + "?page=true");
  }

  private static ObjectNode page(
      @Nullable ActorCollection source, Actor actor, String id, @Nullable String cursor) {
    var page = source == null ? ActorCollection.Page.EMPTY : source.page(actor, cursor, PAGE);
    var own = cursor == null ? id + "?page=true" : at(id, cursor);
    var json = start(own, "OrderedCollectionPage").put("partOf", id);
    if (source != null) json.put("totalItems", source.totalItems(actor));
    var next = page.next();
    if (next != null) json.put("next", at(id, next));
    return json.set("orderedItems", array(page.items()));
  }

  private static ObjectNode start(String id, String type) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("@context", "https://www.w3.org/ns/activitystreams")
        .put("id", id)
        .put("type", type);
  }

  private static JsonNode array(List<? extends JsonNode> items) {
    return JsonNodeFactory.instance.arrayNode().addAll(List.copyOf(items));
  }

  private static String at(String id, String cursor) {
    return id + "?page=true&cursor=" + URLEncoder.encode(cursor, StandardCharsets.UTF_8);
  }
}
