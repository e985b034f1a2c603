package org.placette.instance;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.placette.media.Drawn;
import org.placette.media.Media;
import org.placette.web.Answers;
import org.placette.web.Colour;
import org.placette.web.Pages;
import org.placette.web.Problem;
import org.placette.web.Routes;
import org.placette.web.StaticFiles;

/**
 * What lets browsers install the place (W3C Web Application Manifest): its name and sign, the
 * service worker at the root, and the page that is shown without a network.
 */
public final class InstalledRoutes implements Routes {

  private static final Pattern ICON = Pattern.compile("(wide-|full-)?(\\d{1,3})\\.png");
  private static final List<Integer> SIDES = List.of(32, 96, 180, 192, 512);

  private final Pages pages;
  private final Media media;
  private final Drawn drawn;

  public InstalledRoutes(Pages pages, Media media, Drawn drawn) {
    this.media = media;
    this.drawn = drawn;
    this.pages = pages;
  }

  @Override
  public void mount(Router router) {
    Pages.get(router, "/manifest.webmanifest", this::manifest);
    Pages.get(router, "/icon/:file", this::icon);
    Pages.get(router, "/favicon.ico", ctx -> icon(ctx, 32, PlaceIcon.Edge.ROUNDED));
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
            .put("short_name", shorter(name))
            .put("description", place.motto())
            .put("lang", view.language().code())
            .put("start_url", "/?from=installed")
            .put("scope", "/")
            .put("display", "standalone")
            .put("background_color", "#faf7f1")
            .put("theme_color", (colour == null ? Colour.USUAL : colour).onLight().hex());
    var icons = json.putArray("icons");
    icon(icons, place.icon("192.png"), 192, "any");
    icon(icons, place.icon("512.png"), 512, "any");
    icon(icons, place.icon("wide-192.png"), 192, "maskable");
    icon(icons, place.icon("wide-512.png"), 512, "maskable");
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

  /** What stands below an icon: a name as far as a whole word, some twelve letters are seen. */
  private static String shorter(String name) {
    if (name.length() <= 20) return name;
    var space = name.lastIndexOf(' ', 20);
    return space > 5 ? name.substring(0, space) : name.substring(0, 20);
  }

  private static void icon(ArrayNode icons, String address, int side, String purpose) {
    icons
        .addObject()
        .put("src", address)
        .put("sizes", side + "x" + side)
        .put("type", "image/png")
        .put("purpose", purpose);
  }

  private void icon(RoutingContext ctx) {
    var file = ICON.matcher(ctx.pathParam("file"));
    if (!file.matches()) throw new Problem.NotFound();
    var edge =
        switch (file.group(1)) {
          case "wide-" -> PlaceIcon.Edge.WIDE;
          case "full-" -> PlaceIcon.Edge.FULL;
          case null, default -> PlaceIcon.Edge.ROUNDED;
        };
    icon(ctx, Integer.parseInt(file.group(2)), edge);
  }

  private void icon(RoutingContext ctx, int side, PlaceIcon.Edge edge) {
    if (!SIDES.contains(side)) throw new Problem.NotFound();
    var place = pages.place();
    var icon = PlaceIcon.of(place, media.small(place.logo()), side, edge);
    drawn.send(ctx, icon.toString(), icon::draw);
  }

  /** At the root: a worker serves only what lies below its own address. */
  private static void worker(RoutingContext ctx) {
    ctx.response().putHeader("Cache-Control", "no-cache");
    StaticFiles.serve(ctx, "service-worker.js");
  }
}
