package org.placette.web;

import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.placette.config.Settings;

/**
 * Forms can only be sent from pages of this site: the secret of the session (or, before sign-in, of
 * a cookie) must come back in the hidden field {@code csrf}, and a browser's Origin must be ours.
 */
public final class Csrf implements Routes {

  /** The hidden field that every form has. */
  public static final String FIELD = "csrf";

  // Looks at isStale itself: an app's window has no page to go back to.
  private static final Set<String> ASKS_ANEW = Set.of("/oauth/authorize", "/oauth/authorize/");

  private final Settings settings;

  public Csrf(Settings settings) {
    this.settings = settings;
  }

  @Override
  public void mount(Router router) {
    router.route().handler(this::check);
  }

  /** The secret for the forms of the page that is being written. */
  public String token(RoutingContext ctx) {
    ReadyPages.isPersonal(ctx);
    var visitor = Visitor.of(ctx);
    if (visitor.csrf() != null) return visitor.csrf();
    var fresh = Secrets.random();
    ctx.response()
        .addCookie(
            Cookie.cookie(cookie(), fresh)
                .setPath("/")
                .setHttpOnly(true)
                .setSecure(secure())
                .setSameSite(CookieSameSite.LAX));
    Visitor.anonymous(fresh).in(ctx);
    return fresh;
  }

  /** The secret that a visitor without a session holds; null when no form was shown yet. */
  public @Nullable String held(RoutingContext ctx) {
    var cookie = ctx.request().getCookie(cookie());
    return cookie == null || cookie.getValue().length() < 40 ? null : cookie.getValue();
  }

  private String cookie() {
    return secure() ? "__Host-form" : "form";
  }

  private boolean secure() {
    return settings.scheme().equals("https");
  }

  private void check(RoutingContext ctx) {
    if (!isForm(ctx)) {
      ctx.next();
      return;
    }
    var origin = ctx.request().getHeader("Origin");
    if (origin != null && !isOurs(ctx, origin))
      throw new Problem.Forbidden("This form was sent from another site");
    if (isStale(ctx) && !ASKS_ANEW.contains(String.valueOf(ctx.request().path())))
      throw new Problem.Forbidden("This form is too old. Go back, reload the page and try again");
    ctx.next();
  }

  /** True when the form that was sent is none that this visitor was shown. */
  public static boolean isStale(RoutingContext ctx) {
    return !Secrets.same(Visitor.of(ctx).csrf(), ctx.request().getFormAttribute(FIELD));
  }

  /** Only what a browser sends by itself with cookies: not the API, which goes by its token. */
  private static boolean isForm(RoutingContext ctx) {
    if (ctx.request().method() != HttpMethod.POST) return false;
    var path = ctx.request().path();
    if (path == null || path.startsWith("/api/") || path.endsWith("/inbox")) return false;
    return !path.startsWith("/oauth/") || path.startsWith("/oauth/authorize");
  }

  private boolean isOurs(RoutingContext ctx, String origin) {
    if (origin.equalsIgnoreCase(settings.origin())) return true;
    var authority = ctx.request().authority();
    return authority != null
        && origin
            .toLowerCase(Locale.ROOT)
            .endsWith("://" + authority.toString().toLowerCase(Locale.ROOT));
  }
}
