package org.placette.instance;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import org.placette.web.Answers;
import org.placette.web.Colour;
import org.placette.web.Pages;
import org.placette.web.Routes;
import org.placette.web.StaticFiles;

/**
 * What lets browsers install the place (W3C Web Application Manifest): its name and sign, the
 * service worker at the root, and the page that is shown without a network.
 */
public final class InstalledRoutes implements Routes {

  private final Pages pages;

  public InstalledRoutes(Pages pages) {
    this.pages = pages;
  }

  @Override
  public void mount(Router router) {
    Pages.get(router, "/manifest.webmanifest", this::manifest);
    Pages.get(router, "/service-worker.js", InstalledRoutes::worker);
    Pages.get(router, "/offline", ctx -> pages.show(ctx, "instance/offline.jte", ""));
  }

  private void manifest(RoutingContext ctx) {
    var view = pages.view(ctx);
    var place = view.place();
    var colour = place.colour();
    var name = place.name();
    var json =
        JsonNodeFactory.instance
            .objectNode()
            .put("id", "/")
            .put("name", name)
            .put("short_name", name.length() > 20 ? name.substring(0, 20) : name)
            .put("description", place.motto())
            .put("lang", view.language().code())
            .put("start_url", "/?from=installed")
            .put("scope", "/")
            .put("display", "standalone")
            .put("background_color", "#faf7f1")
            .put("theme_color", (colour == null ? Colour.USUAL : colour).onLight().hex());
    var icons = json.putArray("icons");
    icons
        .addObject()
        .put("src", view.asset("icon.png"))
        .put("sizes", "400x400")
        .put("type", "image/png");
    icons
        .addObject()
        .put("src", view.asset("favicon.svg"))
        .put("sizes", "any")
        .put("type", "image/svg+xml");
    var shortcuts = json.putArray("shortcuts");
    shortcuts.addObject().put("name", view.t("nav.events")).put("url", "/events");
    shortcuts.addObject().put("name", view.t("nav.compose")).put("url", "/compose");
    ctx.response()
        .putHeader("Cache-Control", "public, max-age=3600")
        .putHeader("Vary", "Accept-Language, Cookie");
    Answers.bytes(
        ctx,
        "application/manifest+json",
        Buffer.buffer(json.toString().getBytes(StandardCharsets.UTF_8)));
  }

  /** At the root: a worker serves only what lies below its own address. */
  private static void worker(RoutingContext ctx) {
    ctx.response().putHeader("Cache-Control", "no-cache");
    StaticFiles.serve(ctx, "service-worker.js");
  }
}
