package org.placette.board;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.placette.db.Db;
import org.placette.event.Events;
import org.placette.web.Answers;
import org.placette.web.Pages;
import org.placette.web.Problem;
import org.placette.web.QrCode;
import org.placette.web.Routes;
import org.placette.web.View;

/** The screen of the hall, the kiosk, posters, the weekly bulletin, and the codes on paper. */
public final class BoardPages implements Routes {

  private static final Pattern CODE = Pattern.compile("[0-9a-f]{6}");

  private static final int SLIDES = 8;
  private static final int LINES = 6;
  private static final int NOTICES = 4;
  private static final int KIOSK = 60;
  private static final int BULLETIN = 120;
  private static final int TALKS = 5;

  /** How long a slide stays, in seconds. */
  private static final int USUAL = 12;

  private static final int SHORTEST = 3;
  private static final int LONGEST = 120;

  private final Db db;
  private final Events events;
  private final Pages pages;

  public BoardPages(Db db, Events events, Pages pages) {
    this.db = db;
    this.events = events;
    this.pages = pages;
  }

  @Override
  public void mount(Router router) {
    Pages.get(router, "/panneau", this::panel);
    Pages.get(router, "/borne", this::kiosk);
    Pages.get(router, "/borne/agenda", this::kioskAgenda);
    Pages.get(router, "/borne/notices", this::kioskNotices);
    Pages.get(router, "/borne/events/:uuid", this::kioskEvent);
    Pages.get(router, "/events/:uuid/poster", this::poster);
    Pages.get(router, "/bulletin", this::bulletin);
    Pages.get(router, "/e/:code", this::code);
  }

  /**
   * What the screen shows.
   *
   * @param week the next events, for the first slide
   * @param events one slide each
   * @param notices one slide each, safe HTML
   * @param shown the slide that is shown first, from 0
   * @param seconds how long each stays
   * @param calm one slide alone that never moves, for e-ink
   */
  public record Panel(
      List<BoardEvent> week,
      List<BoardEvent> events,
      List<String> notices,
      int shown,
      int seconds,
      boolean calm,
      QrCode qr) {

    /** How many slides there are. */
    public int slides() {
      return calm ? 1 : 1 + events.size() + notices.size();
    }

    /** Where a browser without script goes next, and after how many seconds. */
    public String refresh() {
      if (calm) return "900;url=/panneau?calm=1";
      return seconds + ";url=/panneau?seconds=" + seconds + "&slide=" + (shown + 1) % slides();
    }

    /** The code of an event, for phones. */
    public QrCode qr(View view, BoardEvent event) {
      return QrCode.of(view.absolute(event.shortPath()));
    }
  }

  private void panel(RoutingContext ctx) {
    var view = pages.view(ctx);
    var from = view.now();
    var coming = BoardStore.between(db, from, from.plus(days(21)), false, SLIDES);
    var panel =
        new Panel(
            coming.subList(0, Math.min(LINES, coming.size())),
            coming,
            BoardStore.notices(db, NOTICES),
            0,
            number(ctx, "seconds", USUAL, SHORTEST, LONGEST),
            ctx.request().getParam("calm") != null,
            QrCode.of(view.place().origin()));
    var shown = number(ctx, "slide", 0, 0, panel.slides() - 1);
    var page =
        new Panel(
            panel.week, panel.events, panel.notices, shown, panel.seconds, panel.calm, panel.qr);
    pages.show(ctx, view, "board/panel.jte", page);
  }

  private static Duration days(int days) {
    return Duration.ofDays(days);
  }

  /**
   * What the kiosk shows on one of its pages.
   *
   * @param when today, week or month
   */
  public record Kiosk(String when, List<BoardEvent> events, List<String> notices, QrCode qr) {}

  private void kiosk(RoutingContext ctx) {
    var view = pages.view(ctx);
    var today = BoardStore.between(db, view.now(), tomorrow(view), false, LINES);
    var notices = BoardStore.notices(db, NOTICES);
    var page = new Kiosk("today", today, notices, QrCode.of(view.place().origin()));
    pages.show(ctx, view, "board/kiosk.jte", page);
  }

  private void kioskAgenda(RoutingContext ctx) {
    var view = pages.view(ctx);
    var asked = ctx.request().getParam("when");
    var when = asked == null || !List.of("today", "month").contains(asked) ? "week" : asked;
    var until =
        switch (when) {
          case "today" -> tomorrow(view);
          case "month" -> view.now().plus(days(31));
          default -> view.now().plus(days(7));
        };
    var found = BoardStore.between(db, view.now(), until, true, KIOSK);
    var qr = QrCode.of(view.absolute("/events"));
    pages.show(ctx, view, "board/kiosk-agenda.jte", new Kiosk(when, found, List.of(), qr));
  }

  private void kioskNotices(RoutingContext ctx) {
    var view = pages.view(ctx);
    var notices = BoardStore.notices(db, KIOSK);
    var qr = QrCode.of(view.place().origin());
    pages.show(ctx, view, "board/kiosk-notices.jte", new Kiosk("", List.of(), notices, qr));
  }

  private static Instant tomorrow(View view) {
    var zone = view.place().zone();
    return LocalDate.ofInstant(view.now(), zone).plusDays(1).atStartOfDay(zone).toInstant();
  }

  /**
   * An event on paper, or at the kiosk.
   *
   * @param lines of the address, the name of the place first
   * @param html the text, safe HTML
   * @param alt what is on the picture; empty when nobody said
   * @param language of the text; null when unknown
   */
  public record Poster(
      BoardEvent event,
      List<String> lines,
      String html,
      String alt,
      @Nullable String language,
      QrCode qr) {}

  private void poster(RoutingContext ctx) {
    one(ctx, "board/poster.jte");
  }

  private void kioskEvent(RoutingContext ctx) {
    one(ctx, "board/kiosk-event.jte");
  }

  /** What a stranger may read, whoever asks: it is for everybody who passes. */
  private void one(RoutingContext ctx, String template) {
    var view = pages.view(ctx);
    var uuid = uuid(ctx.pathParam("uuid"));
    var event = events.shown(uuid, null);
    var board = BoardStore.byUuid(db, uuid);
    if (board == null) throw new Problem.NotFound();
    var details = event.details();
    var place = details.place();
    var banner = details.banner();
    var page =
        new Poster(
            board,
            place == null ? List.of() : place.lines(),
            event.post().content(),
            banner == null || banner.name() == null ? "" : banner.name(),
            event.post().language(),
            QrCode.of(view.absolute(board.shortPath())));
    pages.show(ctx, view, template, page);
  }

  private static UUID uuid(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw new Problem.NotFound();
    }
  }

  /**
   * One week on one sheet.
   *
   * @param first its Monday
   * @param days those with events, in order
   * @param before the week before, as in {@code ?week=}
   */
  public record Bulletin(
      LocalDate first,
      List<Day> days,
      List<String> notices,
      List<Talk> talks,
      String before,
      String next,
      QrCode qr) {}

  /** A day of the bulletin. */
  public record Day(LocalDate date, List<BoardEvent> events) {}

  private void bulletin(RoutingContext ctx) {
    var view = pages.view(ctx);
    var zone = view.place().zone();
    var first = monday(ctx.request().getParam("week"), LocalDate.ofInstant(view.now(), zone));
    var from = first.atStartOfDay(zone).toInstant();
    var to = first.plusDays(7).atStartOfDay(zone).toInstant();
    var found = BoardStore.between(db, from, to, true, BULLETIN);
    var days =
        first
            .datesUntil(first.plusDays(7))
            .map(day -> new Day(day, on(day, first, found, zone)))
            .filter(day -> !day.events().isEmpty())
            .toList();
    var page =
        new Bulletin(
            first,
            days,
            BoardStore.notices(db, NOTICES),
            BoardStore.talk(db, from.minus(days(7)), TALKS),
            week(first.minusWeeks(1)),
            week(first.plusWeeks(1)),
            QrCode.of(view.place().origin()));
    pages.show(ctx, view, "board/bulletin.jte", page);
  }

  /** What goes on since before the week stands on its Monday. */
  private static List<BoardEvent> on(
      LocalDate day, LocalDate first, List<BoardEvent> all, ZoneId zone) {
    return all.stream()
        .filter(
            it -> {
              var start = it.card().start().withZoneSameInstant(zone).toLocalDate();
              return start.equals(day) || day.equals(first) && start.isBefore(first);
            })
        .toList();
  }

  /** The Monday of {@code 2026-W48}; from Thursday on people prepare the week after. */
  static LocalDate monday(@Nullable String week, LocalDate today) {
    try {
      if (week != null) {
        var date = LocalDate.parse(week + "-1", DateTimeFormatter.ISO_WEEK_DATE);
        if (date.getYear() >= 1970 && date.getYear() < 2200) return date;
      }
    } catch (DateTimeException e) {
      throw new Problem.NotFound();
    }
    var monday = today.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
    return today.getDayOfWeek().getValue() < DayOfWeek.THURSDAY.getValue()
        ? monday
        : monday.plusWeeks(1);
  }

  private static String week(LocalDate monday) {
    return monday.format(DateTimeFormatter.ISO_WEEK_DATE).substring(0, 8);
  }

  private void code(RoutingContext ctx) {
    var code = ctx.pathParam("code").toLowerCase(Locale.ROOT);
    var found = CODE.matcher(code).matches() ? BoardStore.byCode(db, code) : null;
    if (found == null) throw new Problem.NotFound();
    Answers.redirect(ctx, found.card().path());
  }

  private static int number(RoutingContext ctx, String name, int usual, int least, int most) {
    var text = ctx.request().getParam(name);
    if (text == null || !text.matches("\\d{1,4}")) return usual;
    return Math.clamp(Integer.parseInt(text), least, most);
  }
}
