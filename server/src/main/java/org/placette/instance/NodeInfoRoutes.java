package org.placette.instance;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.placette.actor.Actors;
import org.placette.web.Problem;
import org.placette.web.ReadyAnswers;
import org.placette.web.Routes;

/**
 * NodeInfo 2.0 and 2.1, and the link to the instance actor (FEP-2677) after the schemas' links,
 * because some readers take the first link for the document.
 */
public final class NodeInfoRoutes implements Routes {

  private static final String SCHEMA = "http://nodeinfo.diaspora.software/ns/schema/";
  private static final String APPLICATION = "https://www.w3.org/ns/activitystreams#Application";

  private final Instance instance;
  private final Actors actors;
  private final ReadyAnswers quick;
  private final String version;
  private final BooleanSupplier openRegistrations;

  /**
   * @param version the version of Placette
   * @param openRegistrations whether strangers may make an account without being asked
   */
  public NodeInfoRoutes(
      Instance instance,
      Actors actors,
      ReadyAnswers quick,
      String version,
      BooleanSupplier openRegistrations) {
    this.instance = instance;
    this.actors = actors;
    this.quick = quick;
    this.version = version;
    this.openRegistrations = openRegistrations;
  }

  @Override
  public void mount(Router router) {
    router.get("/.well-known/nodeinfo").handler(this::links);
    router.get("/nodeinfo/:version").handler(this::document);
  }

  private void links(RoutingContext context) {
    var json = JsonNodeFactory.instance.objectNode();
    var links = json.putArray("links");
    for (var schema : new String[] {"2.0", "2.1"}) {
      links
          .addObject()
          .put("rel", SCHEMA + schema)
          .put("href", actors.urls().at("/nodeinfo/" + schema));
    }
    links.addObject().put("rel", APPLICATION).put("href", actors.urls().relay());
    var unused =
        context
            .response()
            .putHeader("content-type", "application/json; charset=utf-8")
            .putHeader("access-control-allow-origin", "*")
            .putHeader("cache-control", "public, max-age=300")
            .end(json.toString());
  }

  private void document(RoutingContext context) {
    var asked = context.pathParam("version");
    if (!asked.equals("2.0") && !asked.equals("2.1")) throw new Problem.NotFound();
    var type = "application/json; profile=\"" + SCHEMA + asked + "#\"; charset=utf-8";
    quick.answer(
        context.request(),
        Map.of(
            "content-type", type,
            "cache-control", "public, max-age=300",
            "access-control-allow-origin", "*"),
        describe(asked).toString());
  }

  private ObjectNode describe(String asked) {
    var json = JsonNodeFactory.instance.objectNode().put("version", asked);
    json.putObject("software").put("name", "placette").put("version", version);
    json.putArray("protocols").add("activitypub");
    var services = json.putObject("services");
    services.putArray("inbound");
    services.putArray("outbound");
    json.put("openRegistrations", openRegistrations.getAsBoolean());
    var counts = instance.counts();
    var usage = json.putObject("usage");
    usage
        .putObject("users")
        .put("total", counts.users())
        .put("activeMonth", counts.activeMonth())
        .put("activeHalfyear", counts.activeHalfyear());
    usage.put("localPosts", counts.posts()).put("localComments", counts.comments());
    json.putObject("metadata")
        .put("nodeName", instance.name())
        .put("nodeDescription", instance.motto())
        // By this word libraries know which client API they meet.
        .putObject("upstream")
        .put("name", "mastodon");
    return json;
  }
}
