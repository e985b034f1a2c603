package org.placette.oauth;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.placette.user.BrowserSession;
import org.placette.user.Sessions;
import org.placette.user.Users;
import org.placette.web.Answers;
import org.placette.web.Pages;
import org.placette.web.Problem;
import org.placette.web.Routes;
import org.placette.web.Visitor;

/** The apps and browsers that act for a person, each of which can be sent away. */
public final class ConnectionPages implements Routes {

  private final Tokens tokens;
  private final Users users;
  private final Sessions sessions;
  private final Pages pages;

  public ConnectionPages(OauthParts parts, Users users, Sessions sessions, Pages pages) {
    this.tokens = parts.tokens();
    this.users = users;
    this.sessions = sessions;
    this.pages = pages;
  }

  /** An app with a token; the name is null for a token of the command line. */
  public record ConnectedApp(
      long id,
      @Nullable String name,
      @Nullable String website,
      List<String> words,
      Instant since,
      @Nullable Instant lastUsed) {}

  /**
   * The page.
   *
   * @param current the key of the session that looks at it
   */
  public record Page(
      List<ConnectedApp> apps, List<BrowserSession> browsers, @Nullable String current) {}

  @Override
  public void mount(Router router) {
    Pages.get(router, "/settings/apps", this::show);
    router.post("/settings/apps/revoke").handler(this::revoke);
    router.post("/settings/sessions/end").handler(this::end);
  }

  private void show(RoutingContext ctx) {
    var me = Visitor.of(ctx).required();
    var view = pages.view(ctx);
    var apps =
        tokens.connections(me).stream()
            .map(
                it ->
                    new ConnectedApp(
                        it.tokenId(),
                        it.name(),
                        it.website(),
                        ScopeWords.of(it.scopes(), view),
                        it.since(),
                        it.lastUsed()))
            .toList();
    var page = new Page(apps, users.sessions(me), sessions.key(ctx));
    pages.show(ctx, view, "oauth/connections.jte", page);
  }

  private void revoke(RoutingContext ctx) {
    var me = Visitor.of(ctx).required();
    if (!tokens.revoke(me, number(ctx.request().getFormAttribute("token"))))
      throw new Problem.NotFound();
    Answers.redirect(ctx, "/settings/apps");
  }

  private void end(RoutingContext ctx) {
    var me = Visitor.of(ctx).required();
    var key = ctx.request().getFormAttribute("session");
    if (key == null || !users.endSession(me, key)) throw new Problem.NotFound();
    Answers.redirect(ctx, "/settings/apps");
  }

  private static long number(@Nullable String text) {
    try {
      return Long.parseLong(String.valueOf(text));
    } catch (NumberFormatException e) {
      throw new Problem.NotFound();
    }
  }
}
