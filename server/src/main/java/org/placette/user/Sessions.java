package org.placette.user;

import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.placette.config.Settings;
import org.placette.web.Answers;
import org.placette.web.ClientAddress;
import org.placette.web.Csrf;
import org.placette.web.Routes;
import org.placette.web.Secrets;
import org.placette.web.Visitor;

/** The browser's session: a cookie with a secret. Mounted before every other route. */
public final class Sessions implements Routes {

  /** What may stand between a right password and an open session. */
  public interface Step {

    /**
     * Where the browser goes first; null when the person may come in at once.
     *
     * @param next where it goes in the end: a path of this site
     */
    @Nullable String before(Account account, String next);

    /** Whether one can sign in with a link by e-mail. */
    boolean letters();
  }

  private final Users users;
  private final Settings settings;
  private final Csrf csrf;

  public Sessions(Users users, Settings settings, Csrf csrf) {
    this.users = users;
    this.settings = settings;
    this.csrf = csrf;
  }

  @Override
  public void mount(Router router) {
    router.route().handler(this::recognise);
  }

  private void recognise(RoutingContext ctx) {
    var cookie = ctx.request().getCookie(name());
    var visitor = cookie == null ? null : users.visitor(cookie.getValue());
    var known = visitor == null ? Visitor.anonymous(csrf.held(ctx)) : visitor;
    known.in(ctx);
    users.noteVisit(known);
    // A page made for one person must not be shown to the next.
    if (known.signedIn()) ctx.response().putHeader("Cache-Control", "private, no-store");
    ctx.next();
  }

  /** Whether the request comes from somebody who is signed in; before {@link #mount}'s turn. */
  public boolean signedIn(RoutingContext ctx) {
    var cookie = ctx.request().getCookie(name());
    return cookie != null && users.visitor(cookie.getValue()) != null;
  }

  /**
   * Signs the browser in after a right password, or asks for more first; answers the request.
   *
   * @param next where it goes then: a path of this site
   */
  public void enter(RoutingContext ctx, Account account, String next) {
    var step = users.step().before(account, next);
    if (step == null) open(ctx, account);
    Answers.redirect(ctx, step == null ? next : step);
  }

  /** Signs the browser in. */
  public void open(RoutingContext ctx, Account account) {
    var secret = users.openSession(account, ctx.request().getHeader("User-Agent"));
    ctx.response().addCookie(cookie(secret).setMaxAge(Users.SESSION.toSeconds()));
  }

  /** Signs the browser out. */
  public void close(RoutingContext ctx) {
    var cookie = ctx.request().getCookie(name());
    if (cookie != null) users.closeSession(cookie.getValue());
    ctx.response().addCookie(cookie("").setMaxAge(0));
  }

  /** The key of the session that this request belongs to; null when it belongs to none. */
  public @Nullable String key(RoutingContext ctx) {
    var cookie = ctx.request().getCookie(name());
    return cookie == null ? null : HexFormat.of().formatHex(Secrets.hash(cookie.getValue()));
  }

  /** Where the request comes from, for limits of tries. */
  public String address(RoutingContext ctx) {
    return ClientAddress.of(ctx, settings);
  }

  private Cookie cookie(String value) {
    return Cookie.cookie(name(), value)
        .setPath("/")
        .setHttpOnly(true)
        .setSecure(settings.scheme().equals("https"))
        .setSameSite(CookieSameSite.LAX);
  }

  private String name() {
    return settings.scheme().equals("https") ? "__Host-session" : "session";
  }
}
