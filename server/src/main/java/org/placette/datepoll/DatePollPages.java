package org.placette.datepoll;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actor;
import org.placette.actor.Actors;
import org.placette.config.Settings;
import org.placette.event.Clash;
import org.placette.event.NewEvent;
import org.placette.event.Place;
import org.placette.text.Markdown;
import org.placette.web.Answers;
import org.placette.web.ClientAddress;
import org.placette.web.Form;
import org.placette.web.Limit;
import org.placette.web.Pages;
import org.placette.web.Problem;
import org.placette.web.Routes;
import org.placette.web.Secrets;
import org.placette.web.View;
import org.placette.web.Visitor;

/** Asking for a date, answering, choosing one; with a browser, with or without an account. */
public final class DatePollPages implements Routes {

  /** What pages need to know of the rest of the village. */
  public record Around(
      BiFunction<Long, NewEvent, List<Clash>> clashes, Supplier<List<Place>> places) {}

  private final DatePolls polls;
  private final Actors actors;
  private final Around around;
  private final Settings settings;
  private final Pages pages;
  private final Limit guests = new Limit(20, Duration.ofHours(1));

  public DatePollPages(
      DatePolls polls, Actors actors, Around around, Settings settings, Pages pages) {
    this.polls = polls;
    this.actors = actors;
    this.around = around;
    this.settings = settings;
    this.pages = pages;
  }

  @Override
  public void mount(Router router) {
    Pages.get(router, "/dates", this::list);
    Pages.get(router, "/compose/dates", this::writeNew);
    router.post("/dates").handler(this::propose);
    Pages.get(router, "/dates/:id", ctx -> show(ctx, found(ctx), Form.empty(), null));
    router.post("/dates/:id/answer").handler(this::answer);
    router.post("/dates/:id/withdraw").handler(this::withdraw);
    Pages.get(router, "/dates/:id/mine/:secret", this::guest);
    router.post("/dates/:id/mine/:secret").handler(this::guestAnswer);
    router.post("/dates/:id/mine/:secret/withdraw").handler(this::guestWithdraw);
    Pages.get(router, "/dates/:id/choose", this::confirm);
    router.post("/dates/:id/choose").handler(this::choose);
    Pages.get(
        router, "/dates/:id/add", ctx -> addForm(ctx, own(ctx), Form.empty().with("rows", 2)));
    router.post("/dates/:id/add").handler(this::add);
    router.post("/dates/:id/close").handler(this::close);
  }

  private DatePoll found(RoutingContext ctx) {
    try {
      var viewer = Visitor.of(ctx).actorId();
      return polls.shown(Long.parseLong(ctx.pathParam("id")), viewer == null ? 0 : viewer);
    } catch (NumberFormatException e) {
      throw new Problem.NotFound();
    }
  }

  private Actor person(RoutingContext ctx) {
    return actors.acting(Visitor.of(ctx).required());
  }

  /** The polls that want answers. */
  public record ListPage(List<DatePoll> polls) {}

  private void list(RoutingContext ctx) {
    pages.show(ctx, "datepoll/list.jte", new ListPage(polls.open(pages.view(ctx).viewer())));
  }

  /**
   * The form to ask.
   *
   * @param rows how many dates it has fields for
   * @param ring whether there are neighbours to ask
   */
  public record FormPage(Form form, int rows, String today, List<Place> places, boolean ring) {

    /** Whom one may ask. */
    public List<String> audiences() {
      return ring ? List.of("public", "ring", "local") : List.of("public", "local");
    }

    public boolean mayGrow() {
      return rows < DatePolls.MOST_DATES;
    }
  }

  private void writeNew(RoutingContext ctx) {
    var unused = person(ctx);
    form(ctx, DatePollForm.empty());
  }

  private void form(RoutingContext ctx, Form form) {
    if (!form.ok()) ctx.response().setStatusCode(422);
    var view = pages.view(ctx);
    var today = LocalDate.ofInstant(view.now(), view.place().zone()).toString();
    var page =
        new FormPage(
            form, DatePollForm.rows(form), today, around.places().get(), polls.neighbours());
    pages.show(ctx, view, "datepoll/form.jte", page);
  }

  private void propose(RoutingContext ctx) {
    var organiser = person(ctx);
    var form = Form.of(ctx);
    if (form.optional("more") != null) {
      form(ctx, DatePollForm.longer(form));
      return;
    }
    var view = pages.view(ctx);
    var wanted = DatePollForm.read(form, view.language().code(), view.place().zone(), view.now());
    if (wanted == null) form(ctx, form);
    else Answers.redirect(ctx, polls.propose(organiser, wanted).path());
  }

  /**
   * The poll.
   *
   * @param mine the viewer's answer; null while there is none
   * @param secret of a guest's link; null without one
   * @param named whether the viewer may see who said what
   */
  public record Page(
      DatePoll poll,
      Form form,
      List<Tally> tallies,
      List<Ballot> ballots,
      @Nullable Ballot mine,
      @Nullable String secret,
      boolean organiser,
      boolean signedIn,
      boolean named) {

    /** Where an answer is sent. */
    public String action() {
      if (secret != null) return poll.path() + "/mine/" + secret;
      return poll.path() + "/answer";
    }

    public String withdrawal() {
      return secret == null ? poll.path() + "/withdraw" : action() + "/withdraw";
    }

    /** Whether the viewer may answer. */
    public boolean asks() {
      return !poll.over() && (signedIn || poll.guests());
    }

    /** What the form holds at first; null while nobody chose. */
    public @Nullable Choice choice(int position) {
      var typed = form.value("choice" + position);
      if (!typed.isEmpty()) return Choice.of(typed);
      return mine == null || !mine.answered(position) ? null : mine.choice(position);
    }

    /** Whether there are such dates. */
    public boolean freshDates() {
      for (int i = 0; i < poll.slots().size(); i++) if (fresh(i)) return true;
      return false;
    }

    /** Whether the viewer answered before a date was added. */
    public boolean fresh(int position) {
      return asks() && mine != null && !mine.answered(position);
    }
  }

  private void show(RoutingContext ctx, DatePoll poll, Form form, @Nullable String secret) {
    if (!form.ok()) ctx.response().setStatusCode(422);
    var view = pages.view(ctx);
    var ballots = polls.ballots(poll);
    var guest = secret == null ? null : polls.bySecret(poll, Secrets.hash(secret));
    if (secret != null && guest == null) throw new Problem.NotFound();
    var mine = guest == null && view.signedIn() ? polls.of(poll, view.viewer()) : guest;
    var page =
        new Page(
            poll,
            filled(form, mine),
            Tally.of(poll.slots().size(), ballots),
            ballots,
            mine,
            secret,
            view.viewer() == poll.actorId(),
            view.signedIn(),
            view.signedIn() || guest != null);
    pages.show(ctx, view, "datepoll/datepoll.jte", page);
  }

  private static Form filled(Form form, @Nullable Ballot mine) {
    if (mine == null || !form.values().isEmpty()) return form;
    return form.with("comment", mine.comment()).with("guestName", mine.name());
  }

  private void answer(RoutingContext ctx) {
    var poll = found(ctx);
    var form = Form.of(ctx);
    var id = Visitor.of(ctx).actorId();
    var choices = DatePollForm.choices(form, poll.slots().size());
    var comment = form.upTo("comment", 300);
    if (id != null) {
      if (form.ok()) polls.answer(poll, actors.acting(id), choices, comment);
      if (form.ok()) Answers.redirect(ctx, poll.path() + "#answers");
      else show(ctx, poll, form, null);
      return;
    }
    var name = form.required("guestName", 100);
    if (!form.ok()) {
      show(ctx, poll, form, null);
      return;
    }
    guests.count(ClientAddress.network(ClientAddress.of(ctx, settings)));
    var secret = Secrets.random();
    polls.answer(poll, name, Secrets.hash(secret), choices, comment);
    Answers.redirect(ctx, poll.path() + "/mine/" + secret);
  }

  private void withdraw(RoutingContext ctx) {
    var poll = found(ctx);
    polls.withdraw(poll, polls.of(poll, person(ctx).id()));
    Answers.redirect(ctx, poll.path());
  }

  private static String secret(RoutingContext ctx) {
    // The address is the key: it stays on this page.
    ctx.response().putHeader("Cache-Control", "no-store").putHeader("X-Robots-Tag", "noindex");
    return ctx.pathParam("secret");
  }

  private void guest(RoutingContext ctx) {
    show(ctx, found(ctx), Form.empty(), secret(ctx));
  }

  private void guestAnswer(RoutingContext ctx) {
    var poll = found(ctx);
    var secret = secret(ctx);
    var form = Form.of(ctx);
    var before = polls.bySecret(poll, Secrets.hash(secret));
    if (before == null) throw new Problem.NotFound();
    var choices = DatePollForm.choices(form, poll.slots().size());
    var comment = form.upTo("comment", 300);
    var name = form.required("guestName", 100);
    if (form.ok()) {
      polls.answer(poll, name, Secrets.hash(secret), choices, comment);
      Answers.redirect(ctx, poll.path() + "/mine/" + secret + "#answers");
    } else {
      show(ctx, poll, form, secret);
    }
  }

  private void guestWithdraw(RoutingContext ctx) {
    var poll = found(ctx);
    polls.withdraw(poll, polls.bySecret(poll, Secrets.hash(secret(ctx))));
    Answers.redirect(ctx, poll.path());
  }

  /**
   * The last look before a date is chosen.
   *
   * @param coming who said yes
   */
  public record ChoosePage(
      DatePoll poll, int position, List<Ballot> coming, List<Clash> clashes, Form form) {
    public DatePoll.Slot slot() {
      return poll.slots().get(position);
    }
  }

  private DatePoll own(RoutingContext ctx) {
    var poll = found(ctx);
    if (poll.actorId() != Visitor.of(ctx).required())
      throw new Problem.Forbidden("This is not your poll");
    if (poll.chosen() != null) throw new Problem.Forbidden("A date was chosen already");
    return poll;
  }

  /**
   * The form for more dates.
   *
   * @param rows how many it has fields for
   */
  public record AddPage(DatePoll poll, Form form, int rows, String today) {
    public boolean mayGrow() {
      return rows + poll.slots().size() < DatePolls.MOST_DATES;
    }
  }

  private void addForm(RoutingContext ctx, DatePoll poll, Form form) {
    if (poll.over()) throw new Problem.Forbidden("This poll is over");
    if (!form.ok()) ctx.response().setStatusCode(422);
    var view = pages.view(ctx);
    var today = LocalDate.ofInstant(view.now(), poll.zone()).toString();
    var rows = Math.min(DatePollForm.rows(form), DatePolls.MOST_DATES - poll.slots().size());
    pages.show(ctx, view, "datepoll/add.jte", new AddPage(poll, form, rows, today));
  }

  private void add(RoutingContext ctx) {
    var poll = own(ctx);
    var form = Form.of(ctx);
    if (form.optional("more") != null) {
      addForm(ctx, poll, DatePollForm.longer(form));
      return;
    }
    var slots = DatePollForm.slots(form, poll.zone(), pages.view(ctx).now());
    if (form.ok()) {
      try {
        polls.add(person(ctx), poll, slots);
        Answers.redirect(ctx, poll.path());
        return;
      } catch (Problem.Invalid refusal) {
        form.wrong(refusal);
      }
    }
    addForm(ctx, poll, form);
  }

  private void close(RoutingContext ctx) {
    var poll = own(ctx);
    polls.close(person(ctx), poll);
    Answers.redirect(ctx, poll.path());
  }

  private static int position(DatePoll poll, @Nullable String text) {
    try {
      var position = Integer.parseInt(String.valueOf(text));
      if (position >= 0 && position < poll.slots().size()) return position;
    } catch (NumberFormatException e) {
      // said below
    }
    throw new Problem.NotFound();
  }

  private void confirm(RoutingContext ctx) {
    var poll = own(ctx);
    var position = position(poll, ctx.request().getParam("date"));
    var coming =
        polls.ballots(poll).stream().filter(b -> b.choice(position) == Choice.YES).toList();
    var clashes = around.clashes().apply(poll.actorId(), polls.wanted(poll, position));
    View view = pages.view(ctx);
    var form = Form.empty().with("text", Markdown.of(poll.description()));
    var page = new ChoosePage(poll, position, coming, clashes, form);
    pages.show(ctx, view, "datepoll/choose.jte", page);
  }

  private void choose(RoutingContext ctx) {
    var poll = own(ctx);
    var form = Form.of(ctx);
    var position = position(poll, form.value("date"));
    var text = form.upTo("text", 20_000);
    var event = polls.choose(person(ctx), poll, position, text == null ? "" : text);
    Answers.redirect(ctx, "/events/" + event.details().uuid());
  }
}
