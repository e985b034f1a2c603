package org.placette.calendar;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.List;
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

  /** How many minutes before an event a calendar may ring. */
  private static final List<String> ALARMS = List.of("30", "120", "1440");

  /**
   * The page.
   *
   * @param alarm how many minutes before each event the calendar rings; empty for not at all
   * @param secret the address that was made just now, shown this once; null otherwise
   * @param since when the address in force was made; null for none
   */
  public record Page(
      String village, String alarm, @Nullable String secret, @Nullable Instant since) {

    /** What may be chosen. */
    public List<String> alarms() {
      return ALARMS;
    }

    /** An address with what was chosen. */
    public String with(String address) {
      if (alarm.isEmpty()) return address;
      return address + (address.contains("?") ? "&" : "?") + "alarm=" + alarm;
    }
  }

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
    var asked = ctx.request().getParam("alarm");
    var alarm = ALARMS.contains(String.valueOf(asked)) ? asked : "";
    var page = new Page(urls.at("/calendar.ics"), alarm, address, since);
    pages.show(ctx, view, "calendar/calendars.jte", page);
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
