package org.placette.actor;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.placette.federation.fetch.FetchProblem;
import org.placette.federation.fetch.WebUrl;
import org.placette.web.Problem;
import org.placette.web.ReadyAnswers;
import org.placette.web.Routes;

/**
 * From handles and addresses to local actors (RFC 7033), from the server's own address to its actor
 * (FEP-d556), and where to ask (RFC 6415).
 */
public final class WebFingerRoutes implements Routes {

  private static final String ACTIVITY = "application/activity+json";
  private static final String PROFILED =
      "application/ld+json; profile=\"https://www.w3.org/ns/activitystreams\"";
  private static final String SERVICE = "https://www.w3.org/ns/activitystreams#Service";
  private static final Map<String, String> HEADERS =
      Map.of(
          "content-type", "application/jrd+json; charset=utf-8",
          "cache-control", "public, max-age=60",
          "access-control-allow-origin", "*");

  private final Actors actors;
  private final Urls urls;
  private final ReadyAnswers quick;

  public WebFingerRoutes(Actors actors, ReadyAnswers quick) {
    this.actors = actors;
    this.urls = actors.urls();
    this.quick = quick;
  }

  @Override
  public void mount(Router router) {
    router.get("/.well-known/webfinger").handler(this::webFinger);
    router.get("/.well-known/host-meta").handler(this::hostMeta);
    router.get("/.well-known/host-meta.json").handler(this::hostMetaJson);
  }

  private void webFinger(RoutingContext context) {
    var resource = context.request().getParam("resource");
    if (resource == null || resource.isBlank() || resource.length() > 1_000) {
      throw new Problem.BadRequest("The parameter resource is missing.");
    }
    var jrd = isOurOrigin(resource) ? server(resource) : account(actor(resource));
    quick.answer(context.request(), HEADERS, jrd.toString());
  }

  private boolean isOurOrigin(String resource) {
    var url = WebUrl.parseOrNull(resource);
    return url != null
        && url.getRawPath().equals("/")
        && url.getRawQuery() == null
        && isOurHost(url.getRawAuthority());
  }

  private boolean isOurHost(String authority) {
    try {
      return WebUrl.host(authority).equals(WebUrl.host(urls.host()));
    } catch (FetchProblem e) {
      // A test's or a home network's odd host name is still our own when it is spelled the same.
      return authority.equalsIgnoreCase(urls.host());
    }
  }

  private Actor actor(String resource) {
    var found = resource.contains("://") ? byAddress(resource) : byHandle(resource);
    if (found == null) throw new Problem.NotFound();
    if (found.deleted()) throw new Problem.Gone();
    if (found.suspended()) throw new Problem.Forbidden("This account is suspended");
    return found;
  }

  private @Nullable Actor byHandle(String resource) {
    var text = resource.regionMatches(true, 0, "acct:", 0, 5) ? resource.substring(5) : resource;
    if (text.startsWith("@")) text = text.substring(1);
    var at = text.lastIndexOf('@');
    if (at < 1 || !isOurHost(text.substring(at + 1))) return null;
    var name = text.substring(0, at);
    // Mastodon's instance actors go by the host's own name.
    return isOurHost(name) ? actors.relay() : actors.localByName(name);
  }

  private @Nullable Actor byAddress(String resource) {
    var url = WebUrl.parseOrNull(resource);
    if (url == null || !isOurHost(url.getRawAuthority())) return null;
    var parts = url.getRawPath().split("/");
    if (parts.length == 2 && parts[1].equals("actor")) return actors.relay();
    if (parts.length == 2 && parts[1].startsWith("@")) {
      return actors.localByName(parts[1].substring(1));
    }
    if (parts.length != 3) return null;
    var actor = actors.localByName(parts[2]);
    var path = "/" + parts[1] + "/" + parts[2].toLowerCase(Locale.ROOT);
    return actor != null && actor.uri().equals(urls.at(path)) ? actor : null;
  }

  private ObjectNode account(Actor actor) {
    var jrd = JsonNodeFactory.instance.objectNode();
    jrd.put("subject", "acct:" + urls.handle(actor.username()));
    var aliases = jrd.putArray("aliases").add(actor.uri());
    var page = actor.url();
    if (page != null && !page.equals(actor.uri())) aliases.add(page);
    var links = jrd.putArray("links");
    links.addObject().put("rel", "self").put("type", ACTIVITY).put("href", actor.uri());
    links.addObject().put("rel", "self").put("type", PROFILED).put("href", actor.uri());
    links
        .addObject()
        .put("rel", "http://webfinger.net/rel/profile-page")
        .put("type", "text/html")
        .put("href", page == null ? actor.uri() : page);
    if (actor.icon() != null) {
      links.addObject().put("rel", "http://webfinger.net/rel/avatar").put("href", actor.icon());
    }
    if (actor.isType("Person")) intents(links);
    return jrd;
  }

  /** Where people of this place are sent what they would like to act on (FEP-3b86). */
  private void intents(ArrayNode links) {
    var door = urls.at("/authorize_interaction?uri=");
    links
        .addObject()
        .put("rel", "http://ostatus.org/schema/1.0/subscribe")
        .put("template", door + "{uri}");
    for (var intent : List.of("Follow", "Object"))
      links
          .addObject()
          .put("rel", "https://w3id.org/fep/3b86/" + intent)
          .put("template", door + "{object}");
  }

  private ObjectNode server(String resource) {
    var jrd = JsonNodeFactory.instance.objectNode().put("subject", resource);
    var relay = actors.relay().uri();
    var links = jrd.putArray("links");
    links.addObject().put("rel", SERVICE).put("type", PROFILED).put("href", relay);
    links.addObject().put("rel", "self").put("type", ACTIVITY).put("href", relay);
    return jrd;
  }

  private String template() {
    return urls.at("/.well-known/webfinger?resource={uri}");
  }

  private void hostMeta(RoutingContext context) {
    var accept = context.request().getHeader("accept");
    if (accept != null && accept.contains("json") && !accept.contains("xml")) {
      hostMetaJson(context);
      return;
    }
    var xml =
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <XRD xmlns="http://docs.oasis-open.org/ns/xri/xrd-1.0">
          <Link rel="lrdd" type="application/jrd+json" template="%s"/>
        </XRD>
        """
            .formatted(template());
    var unused =
        context
            .response()
            .putHeader("content-type", "application/xrd+xml; charset=utf-8")
            .putHeader("access-control-allow-origin", "*")
            .putHeader("vary", "Accept")
            .end(xml);
  }

  private void hostMetaJson(RoutingContext context) {
    var jrd = JsonNodeFactory.instance.objectNode();
    jrd.putArray("links")
        .addObject()
        .put("rel", "lrdd")
        .put("type", "application/jrd+json")
        .put("template", template());
    var response = context.response();
    HEADERS.forEach(response::putHeader);
    var unused = response.putHeader("vary", "Accept").end(jrd.toString());
  }
}
