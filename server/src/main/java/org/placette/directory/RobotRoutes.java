package org.placette.directory;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.placette.db.Db;
import org.placette.db.Ids;
import org.placette.instance.Instance;
import org.placette.text.Html;
import org.placette.web.Answers;
import org.placette.web.Pages;
import org.placette.web.Routes;

/**
 * What robots may read (RFC 9309) and what there is for search engines (sitemaps.org). Whoever does
 * not want to stand in search engines is not in the list, and their pages say {@code noindex}:
 * naming them in robots.txt would tell everybody who they are.
 */
public final class RobotRoutes implements Routes {

  private static final int MOST = 5_000;
  private static final Duration SHOWN = Duration.ofDays(365);
  private static final List<String> ROOMS =
      List.of("/", "/events", "/posts", "/groups", "/people", "/places", "/tags", "/about");

  /** Robots that gather texts to train language models. */
  private static final List<String> GATHERERS =
      List.of(
          "GPTBot",
          "ClaudeBot",
          "anthropic-ai",
          "CCBot",
          "Google-Extended",
          "Applebot-Extended",
          "Bytespider",
          "meta-externalagent",
          "PerplexityBot",
          "Amazonbot",
          "cohere-ai",
          "Diffbot");

  /** Nobody's reading: forms, what is one's own, what machines ask for. */
  private static final List<String> CLOSED =
      List.of(
          "/admin",
          "/answer/",
          "/api/",
          "/authorize_interaction",
          "/compose",
          "/follow",
          "/from-my-app",
          "/me",
          "/messages",
          "/notifications",
          "/oauth/",
          "/settings",
          "/setup",
          "/sign-in",
          "/signup");

  private final Db db;
  private final Instance instance;
  private final String origin;

  /**
   * @param origin this server's
   */
  public RobotRoutes(Db db, Instance instance, String origin) {
    this.db = db;
    this.instance = instance;
    this.origin = origin;
  }

  @Override
  public void mount(Router router) {
    Pages.get(router, "/robots.txt", this::robots);
    Pages.get(router, "/sitemap.xml", this::sitemap);
  }

  private void robots(RoutingContext ctx) {
    var text = new StringBuilder();
    if (!instance.word("instance.training", "off").equals("on")) {
      GATHERERS.forEach(name -> text.append("User-agent: ").append(name).append('\n'));
      text.append("Disallow: /\n\n");
    }
    text.append("User-agent: *\n");
    if (found()) {
      CLOSED.forEach(path -> text.append("Disallow: ").append(path).append('\n'));
      text.append("\nSitemap: ").append(origin).append("/sitemap.xml\n");
    } else {
      text.append("Disallow: /\n");
    }
    ctx.response().putHeader("Cache-Control", "public, max-age=3600");
    Answers.text(ctx, "text/plain; charset=utf-8", text.toString());
  }

  private boolean found() {
    return instance.word("instance.search", "on").equals("on");
  }

  private void sitemap(RoutingContext ctx) {
    var xml =
        new StringBuilder(
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
            """);
    if (found()) {
      ROOMS.forEach(path -> xml.append(line(path, "")));
      for (var place : DirectoryStore.indexed(db, Ids.floor(Instant.now().minus(SHOWN)), MOST)) {
        var changed = place.changed();
        xml.append(line(place.path(), changed == null ? "" : changed.toString()));
      }
    }
    ctx.response().putHeader("Cache-Control", "public, max-age=3600");
    Answers.text(ctx, "application/xml; charset=utf-8", xml.append("</urlset>\n").toString());
  }

  private String line(String path, String changed) {
    var day = changed.isEmpty() ? "" : "<lastmod>" + changed + "</lastmod>";
    return "<url><loc>" + Html.escape(origin + path) + "</loc>" + day + "</url>\n";
  }
}
