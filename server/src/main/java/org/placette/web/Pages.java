package org.placette.web;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.Utf8ByteOutput;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Shows HTML pages. Templates are compiled with the server; each takes {@code view} and one record,
 * {@code page}. Pages need no script, and their headers forbid whatever they do not need.
 */
public final class Pages implements ProblemPage {

  private static final Logger LOG = System.getLogger("placette.web");

  private static final String OPEN_POLICY =
      "default-src 'none'; style-src 'self'; script-src 'self'; font-src 'self'; "
          + "connect-src 'self'; manifest-src 'self'; "
          + "frame-ancestors 'none'; base-uri 'none'";

  private static final String ELSEWHERE = "placette.formsMayLeadElsewhere";
  private static final String PICTURES = "placette.picturesFrom";
  private static final String POLICY_HEADER = "Content-Security-Policy";

  private final TemplateEngine templates;
  private final Supplier<Place> place;
  private final Function<RoutingContext, String> csrf;
  private final MediaUrls media;
  private final String policy;
  private volatile Sieve sieve = Sieve.OPEN;

  /**
   * @param csrf gives the token for the forms of a page
   * @param media where pictures are shown from
   */
  public Pages(Supplier<Place> place, Function<RoutingContext, String> csrf, MediaUrls media) {
    var elsewhere = media.otherOrigin();
    this.media = media;
    var files = elsewhere == null ? "" : " " + elsewhere;
    this.policy = OPEN_POLICY + "; img-src 'self' data:" + files + "; media-src 'self'" + files;
    this.templates =
        TemplateEngine.createPrecompiled(
            null, ContentType.Html, Pages.class.getClassLoader(), "org.placette.pages");
    this.templates.setBinaryStaticContent(true);
    this.place = place;
    this.csrf = csrf;
  }

  /** Says who knows what visitors do not want to read. */
  public void sieve(Sieve given) {
    sieve = given;
  }

  /** Mounts a page, for GET and HEAD. */
  public static void get(Router router, String path, Handler<RoutingContext> handler) {
    router.route(path).method(HttpMethod.GET).method(HttpMethod.HEAD).handler(handler);
  }

  /**
   * Lets the forms of the page that will be shown lead to other sites: browsers apply {@code
   * form-action} to the redirect that answers a form, too.
   */
  public static void formsMayLeadElsewhere(RoutingContext ctx) {
    ctx.put(ELSEWHERE, true);
  }

  /** The place as pages show it now. */
  public Place place() {
    return place.get();
  }

  /**
   * Lets the page that will be shown have pictures from one other server, which the admin chose.
   *
   * @param origin {@code https://host}
   */
  public static void picturesFrom(RoutingContext ctx, String origin) {
    ctx.put(PICTURES, origin);
  }

  /** What a page for this request knows. */
  public View view(RoutingContext ctx) {
    var here = place.get();
    var visitor = Visitor.of(ctx);
    var own = Language.of(visitor.locale());
    var who = visitor.actorId();
    return new View(
        here,
        Language.of(ctx, own, here.language()),
        visitor,
        () -> csrf.apply(ctx),
        ctx.request().path(),
        Instant.now(),
        media,
        () -> sieve.of(who == null ? 0 : who));
  }

  /**
   * Answers with a page.
   *
   * @param template such as {@code event/event.jte}
   * @param page what the template shows
   */
  public void show(RoutingContext ctx, String template, Object page) {
    show(ctx, view(ctx), template, page);
  }

  /** The same for a view that is there already. */
  public void show(RoutingContext ctx, View view, String template, Object page) {
    var html = render(view, template, page);
    var headers = ctx.response().headers();
    headers.set("Content-Type", "text/html; charset=utf-8");
    headers.set("Content-Language", view.language().code());
    headers.set(POLICY_HEADER, policy(ctx));
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Referrer-Policy", "same-origin");
    headers.set("Vary", "Accept, Accept-Language, Cookie, Signature");
    if (!headers.contains("Cache-Control")) headers.set("Cache-Control", "private, no-cache");
    Answers.end(ctx, html);
  }

  private String policy(RoutingContext ctx) {
    String pictures = ctx.get(PICTURES);
    var all =
        pictures == null ? policy : policy.replace("; img-src ", "; img-src " + pictures + " ");
    return ctx.get(ELSEWHERE) == null ? all + "; form-action 'self'" : all;
  }

  /** A page as bytes. */
  public Buffer render(View view, String template, Object page) {
    var output = new Utf8ByteOutput();
    templates.render(template, Map.of("view", view, "page", page), output);
    return Buffer.buffer(output.toByteArray());
  }

  /**
   * A question before something that cannot be undone.
   *
   * @param action where the yes goes
   * @param back where the no goes
   */
  public record Question(
      String title, String text, String action, String yes, String no, String back) {}

  /**
   * A problem.
   *
   * @param message the detail, in English; empty when the status says all
   */
  public record ProblemView(int status, String message) {

    /** The statuses that have words of their own; others share them. */
    public String family() {
      return switch (status) {
        case 401, 403, 404, 409, 410, 422, 429, 503 -> String.valueOf(status);
        default -> status >= 500 ? "500" : "400";
      };
    }

    /** True when the message says more than the status. */
    public boolean detailed() {
      return status != 404 && status != 410 && status != 429 && !message.isEmpty();
    }
  }

  @Override
  public void show(RoutingContext ctx, int status, String message) {
    ctx.response().putHeader("Cache-Control", "no-store");
    if (status == 401 && ctx.request().method() == HttpMethod.GET) {
      var wanted = URLEncoder.encode(ctx.request().path(), StandardCharsets.UTF_8);
      Answers.redirect(ctx, "/sign-in?next=" + wanted);
      return;
    }
    var page = new ProblemView(status, message);
    try {
      show(ctx, "problem.jte", page);
    } catch (RuntimeException e) {
      // The database that knows the place and the person may be what failed.
      LOG.log(Level.WARNING, "a problem could not be shown as a page", e);
      ProblemPage.PLAIN.show(ctx, status, message);
    }
  }
}
