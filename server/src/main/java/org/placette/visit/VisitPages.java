package org.placette.visit;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actor;
import org.placette.actor.Actors;
import org.placette.actor.Byline;
import org.placette.config.Settings;
import org.placette.federation.fetch.Budget;
import org.placette.federation.fetch.FetchProblem;
import org.placette.federation.fetch.GuardedHttp;
import org.placette.federation.fetch.WebUrl;
import org.placette.post.RemotePosts;
import org.placette.web.Answers;
import org.placette.web.ClientAddress;
import org.placette.web.Form;
import org.placette.web.Limit;
import org.placette.web.Pages;
import org.placette.web.Problem;
import org.placette.web.Routes;
import org.placette.web.Visitor;

/**
 * The way from a page here to the same thing on one's own server, which is asked for by name and
 * remembered by the browser alone; and the way in for people of this place who come from elsewhere.
 */
public final class VisitPages implements Routes {

  private final Actors actors;
  private final RemotePosts posts;
  private final HomeServer servers;
  private final Settings settings;
  private final Pages pages;
  private final Limit asked = new Limit(30, Duration.ofMinutes(10));

  public VisitPages(
      Actors actors, RemotePosts posts, GuardedHttp http, Settings settings, Pages pages) {
    this.actors = actors;
    this.posts = posts;
    this.servers = new HomeServer(http);
    this.settings = settings;
    this.pages = pages;
  }

  /**
   * The page.
   *
   * @param to what it is about: a handle without the leading at sign, or an address of this server
   * @param there where the visitor may go on, with the host that it leads to; null before they said
   */
  public record Page(Form form, String to, @Nullable URI there) {

    /** The host that a link leads to: people read it before they go. */
    public String host() {
      return there == null ? "" : there.getRawAuthority();
    }
  }

  @Override
  public void mount(Router router) {
    Pages.get(router, "/from-my-app", this::away);
    Pages.get(router, "/authorize_interaction", this::back);
  }

  private void away(RoutingContext ctx) {
    var to = Objects.requireNonNullElse(ctx.request().getParam("to"), "");
    var typed = ctx.request().getParam("server");
    if (to.isEmpty()) to = actors.urls().handle("village");
    if (!about(to)) throw new Problem.NotFound();
    var form = Form.empty().with("server", typed).with("to", to);
    ctx.response().putHeader("X-Robots-Tag", "noindex");
    if (typed == null || typed.isBlank()) {
      if (typed != null) form.wrong("server", "error.required");
      show(ctx, new Page(form, to, null));
      return;
    }
    var home = HomeServer.Typed.of(typed);
    if (home == null) {
      form.wrong("server", "error.server");
      show(ctx, new Page(form, to, null));
      return;
    }
    asked.count(ClientAddress.network(ClientAddress.of(ctx, settings)));
    var actor = !to.contains("://");
    var door = servers.door(home, actor ? "acct:" + to : to, actor);
    ctx.response().putHeader("Cache-Control", "no-store");
    show(ctx, new Page(form.with("server", home), to, door));
  }

  private void show(RoutingContext ctx, Page page) {
    if (!page.form().ok()) ctx.response().setStatusCode(422);
    pages.show(ctx, "visit/visit.jte", page);
  }

  /** Only a handle, or what stands on this server: nobody is sent off with anything else. */
  private boolean about(String to) {
    if (to.length() > 500) return false;
    return to.contains("://")
        ? to.startsWith(settings.origin() + "/") && WebUrl.parseOrNull(to) != null
        : to.matches("[\\w.-]+@[\\w.:-]+");
  }

  private void back(RoutingContext ctx) {
    var uri = Objects.requireNonNullElse(ctx.request().getParam("uri"), "").strip();
    if (uri.isEmpty() || uri.length() > 2_000) throw new Problem.NotFound();
    var viewer = Visitor.of(ctx);
    if (!viewer.signedIn()) {
      Answers.redirect(
          ctx, "/sign-in?next=" + encoded("/authorize_interaction?uri=" + encoded(uri)));
      return;
    }
    asked.count("person " + viewer.required());
    try {
      Answers.redirect(ctx, path(uri));
    } catch (FetchProblem e) {
      var form = Form.empty().with("handle", uri);
      form.wrong("handle", "follow.notFound");
      ctx.response().setStatusCode(422);
      pages.show(ctx, "follow/follow.jte", form);
    }
  }

  /** The page here of what an address names. */
  private String path(String uri) {
    if (!uri.contains("://")) return Byline.of(person(uri)).path();
    var own = settings.origin() + "/";
    if (uri.startsWith(own)) return "/" + uri.substring(own.length()).replaceFirst("^[/\\\\]+", "");
    var known = actors.byUri(uri);
    if (known != null) return Byline.of(known).path();
    var budget = Budget.perActivity();
    try {
      var post = posts.resolve(uri, budget);
      if (post != null) return "/posts/" + post.id();
    } catch (FetchProblem e) {
      if (e.reason().isPassing()) throw e;
    }
    return Byline.of(actors.resolve(uri, budget)).path();
  }

  private Actor person(String uri) {
    var bare = uri.replaceFirst("^(acct:)?@?", "");
    var at = bare.lastIndexOf('@');
    if (at < 1) throw new Problem.NotFound();
    var name = bare.substring(0, at);
    var host = bare.substring(at + 1);
    var ours = host.equalsIgnoreCase(actors.urls().host());
    var known = ours ? actors.localByName(name) : actors.storedByHandle(name, host);
    if (known != null) return known;
    if (ours) throw new Problem.NotFound();
    return actors.byHandle(bare, Budget.perActivity());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
