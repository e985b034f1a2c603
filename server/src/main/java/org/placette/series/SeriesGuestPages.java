package org.placette.series;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.placette.config.Settings;
import org.placette.db.Db;
import org.placette.rsvp.Guest;
import org.placette.rsvp.GuestLimit;
import org.placette.rsvp.Reply;
import org.placette.rsvp.RsvpLetters;
import org.placette.web.ClientAddress;
import org.placette.web.Form;
import org.placette.web.Pages;
import org.placette.web.Problem;
import org.placette.web.Routes;
import org.placette.web.Secrets;

/**
 * Coming to all dates of a series without an account: name and address, one letter, one button.
 * Whoever lost the letter asks for another one with the same address.
 */
public final class SeriesGuestPages implements Routes {

  private final Db db;
  private final Regulars.Guests guests;
  private final RsvpLetters letters;
  private final GuestLimit limit;
  private final Settings settings;
  private final Pages pages;

  public SeriesGuestPages(
      Db db,
      Regulars regulars,
      RsvpLetters letters,
      GuestLimit limit,
      Settings settings,
      Pages pages) {
    this.db = db;
    this.guests = regulars.guests();
    this.letters = letters;
    this.limit = limit;
    this.settings = settings;
    this.pages = pages;
  }

  @Override
  public void mount(Router router) {
    Pages.get(router, "/series/:uuid/guest", this::form);
    router.post("/series/:uuid/guest").handler(this::ask);
    Pages.get(router, "/regular/:secret", this::letter);
    router.post("/regular/:secret").handler(this::answer);
  }

  /** True when people without an account may come to a series. */
  static boolean welcome(Series series, RsvpLetters letters) {
    return letters.enabled()
        && series.endsBefore() == null
        && !series.closed()
        && "yes".equals(series.template().get("guests"))
        && series.template().getOrDefault("joinMode", "free").matches("free|restricted");
  }

  /**
   * The form.
   *
   * @param sent true once the letter is on its way
   */
  public record FormPage(Form form, String name, String words, String path, boolean sent) {}

  private Series welcoming(RoutingContext ctx) {
    try {
      var series = SeriesStore.byUuid(db, 0, UUID.fromString(ctx.pathParam("uuid")));
      if (series != null && welcome(series, letters)) return series;
    } catch (IllegalArgumentException e) {
      // No series has such a name.
    }
    throw new Problem.NotFound();
  }

  private void form(RoutingContext ctx) {
    show(ctx, Form.empty().with("party", 1), welcoming(ctx), false);
  }

  private void show(RoutingContext ctx, Form form, Series series, boolean sent) {
    if (!form.ok()) ctx.response().setStatusCode(422);
    var words = SeriesPages.words(pages.view(ctx), series);
    pages.show(
        ctx, "series/guest.jte", new FormPage(form, series.name(), words, series.path(), sent));
  }

  private void ask(RoutingContext ctx) {
    var series = welcoming(ctx);
    var form = Form.of(ctx);
    var name = form.required("guestName", 100);
    var email = form.required("email", 200);
    var party = party(form);
    if (form.ok() && !email.matches("[^@\\s]{1,64}@[^@\\s]+\\.[^@\\s]+"))
      form.wrong("email", "error.email");
    if (form.ok()) {
      limit.count(ClientAddress.of(ctx, settings), email);
      var view = pages.view(ctx);
      var secret = Secrets.random();
      var who = new Guest(name, email, view.language());
      var about = List.of(series.name(), view.capital(SeriesPages.words(view, series)));
      db.transact(
          tx -> {
            SeriesGuestStore.put(tx, series.id(), who, Secrets.hash(secret), party);
            letters.confirm(
                tx, email, view.language(), "letter.confirmAll", about, "/regular/" + secret);
          });
    }
    show(ctx, form, series, form.ok());
  }

  private static int party(Form form) {
    var text = form.value("party");
    var party = text.isEmpty() ? 1 : text.matches("\\d{1,3}") ? Integer.parseInt(text) : 0;
    if (party < 1 || party > Reply.LARGEST) form.wrong("party", "error.number");
    return party;
  }

  /** A date that is to come and how the guest stands to it. */
  public record Date(ZonedDateTime start, String path, @Nullable String state) {}

  /**
   * What the letter's link shows.
   *
   * @param comes whether they come each time
   * @param saved "yes" or "no" when that was just said; else ""
   */
  public record LetterPage(
      String name,
      String words,
      String path,
      String action,
      boolean comes,
      int party,
      String saved,
      List<Date> dates) {}

  private SeriesGuest guest(RoutingContext ctx) {
    var guest = guests.bySecret(Secrets.hash(ctx.pathParam("secret")));
    if (guest == null) throw new Problem.NotFound();
    return guest;
  }

  private void letter(RoutingContext ctx) {
    letter(ctx, guest(ctx), "");
  }

  private void answer(RoutingContext ctx) {
    var before = guest(ctx);
    var secret = Secrets.hash(ctx.pathParam("secret"));
    switch (Form.of(ctx).value("answer")) {
      case "yes" -> {
        guests.join(secret);
        letter(ctx, guest(ctx), "yes");
      }
      case "no" -> {
        guests.leave(secret);
        letter(ctx, before, "no");
      }
      default -> throw new Problem.BadRequest("There are two answers: yes and no");
    }
  }

  private void letter(RoutingContext ctx, SeriesGuest guest, String saved) {
    var series = Objects.requireNonNull(SeriesStore.byId(db, guest.series()));
    var view = pages.view(ctx);
    ctx.response().putHeader("Cache-Control", "no-store");
    var dates =
        guests.dates(guest).stream()
            .map(
                it ->
                    new Date(it.start().atZone(series.zone()), "/events/" + it.event(), it.state()))
            .toList();
    var comes = guest.confirmed() && !saved.equals("no");
    pages.show(
        ctx,
        view,
        "series/regular.jte",
        new LetterPage(
            series.name(),
            SeriesPages.words(view, series),
            series.path(),
            "/regular/" + ctx.pathParam("secret"),
            comes,
            guest.party(),
            saved,
            dates));
  }
}
