package org.placette.calendar;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Urls;
import org.placette.db.Db;
import org.placette.web.Answers;
import org.placette.web.Pages;
import org.placette.web.Routes;
import org.placette.web.Secrets;
import org.placette.web.Visitor;

/** Where people find the calendars, and make or end the secret address of their own. */
public final class CalendarPages implements Routes {

  private final Db db;
  private final Urls urls;
  private final Pages pages;

  public CalendarPages(Db db, Urls urls, Pages pages) {
    this.db = db;
    this.urls = urls;
    this.pages = pages;
  }

  /**
   * The page.
   *
   * @param secret the address that was made just now, shown this once; null otherwise
   * @param since when the address in force was made; null for none
   */
  public record Page(String village, @Nullable String secret, @Nullable Instant since) {}

  @Override
  public void mount(Router router) {
    Pages.get(router, "/calendars", ctx -> show(ctx, null));
    router.post("/calendars/link").handler(this::link);
    router.post("/calendars/unlink").handler(this::unlink);
  }

  private void show(RoutingContext ctx, @Nullable String secret) {
    var view = pages.view(ctx);
    var since = view.signedIn() ? CalendarStore.linked(db, view.viewer()) : null;
    var address = secret == null ? null : urls.at("/calendar/" + secret + ".ics");
    if (secret != null) ctx.response().putHeader("Cache-Control", "no-store");
    pages.show(
        ctx, view, "calendar/calendars.jte", new Page(urls.at("/calendar.ics"), address, since));
  }

  private void link(RoutingContext ctx) {
    var me = Visitor.of(ctx).required();
    var secret = Secrets.random();
    CalendarStore.link(db, me, Secrets.hash(secret));
    show(ctx, secret);
  }

  private void unlink(RoutingContext ctx) {
    var unused = CalendarStore.unlink(db, Visitor.of(ctx).required());
    Answers.redirect(ctx, "/calendars");
  }
}
