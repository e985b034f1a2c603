package org.placette.digest;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.placette.digest.Source.Pace;
import org.placette.mail.MailChoices;
import org.placette.web.Answers;
import org.placette.web.Form;
import org.placette.web.Pages;
import org.placette.web.Problem;
import org.placette.web.Routes;
import org.placette.web.Visitor;

/** Where residents choose what they are told, how soon, and when not. */
public final class DigestPages implements Routes {

  private static final String HERE = "/settings/notifications";

  private final Digests digests;
  private final MailChoices eventLetters;
  private final BooleanSupplier letters;
  private final Supplier<String> pushKey;
  private final Pages pages;

  /**
   * @param eventLetters who wants a letter for each change of an event
   * @param letters whether letters can be sent
   * @param pushKey by what push services know this server
   */
  public DigestPages(
      Digests digests,
      MailChoices eventLetters,
      BooleanSupplier letters,
      Supplier<String> pushKey,
      Pages pages) {
    this.digests = digests;
    this.eventLetters = eventLetters;
    this.letters = letters;
    this.pushKey = pushKey;
    this.pages = pages;
  }

  /** A kind of news, and how soon it is told. */
  public record Line(String source, String pace) {}

  /**
   * The page.
   *
   * @param letters whether the person wants letters, and about each event
   * @param sends whether this place sends any
   */
  public record Page(
      Form form,
      List<Line> lines,
      String agenda,
      @Nullable Integer quietFrom,
      @Nullable Integer quietUntil,
      boolean letters,
      boolean events,
      boolean sends,
      String pushKey,
      boolean saved) {

    public List<String> paces() {
      return List.of("now", "daily", "weekly", "never");
    }
  }

  @Override
  public void mount(Router router) {
    Pages.get(router, HERE, this::ask);
    router.post(HERE).handler(this::change);
    Pages.get(router, "/settings/mail", ctx -> Answers.redirect(ctx, HERE));
    Pages.get(router, "/letters/end/:secret", this::askEnd);
    router.post("/letters/end/:secret").handler(this::end);
  }

  private void ask(RoutingContext ctx) {
    var me = Visitor.of(ctx).required();
    show(ctx, Form.empty(), digests.of(me), eventLetters.wants(me));
  }

  private void show(RoutingContext ctx, Form form, Choice choice, boolean events) {
    var view = pages.view(ctx);
    if (!form.ok()) ctx.response().setStatusCode(422);
    var lines =
        Arrays.stream(Source.values())
            .filter(it -> it != Source.CARE || view.staff())
            .map(it -> new Line(it.word(), choice.pace(it).word()))
            .toList();
    var saved = ctx.request().getParam("saved") != null;
    pages.show(
        ctx,
        view,
        "digest/settings.jte",
        new Page(
            form,
            lines,
            choice.agenda().word(),
            choice.quietFrom(),
            choice.quietUntil(),
            choice.letters(),
            events,
            letters.getAsBoolean(),
            pushKey.get(),
            saved));
  }

  private void change(RoutingContext ctx) {
    var me = Visitor.of(ctx).required();
    var form = Form.of(ctx);
    var before = digests.of(me);
    Map<Source, Pace> paces = new EnumMap<>(Source.class);
    for (var source : Source.values())
      paces.put(source, pace(form, source.word(), before.pace(source)));
    var agenda = pace(form, "agenda", before.agenda());
    if (agenda == Pace.NOW) form.wrong("agenda", "error.choice");
    var from = hour(form, "quietFrom");
    var until = hour(form, "quietUntil");
    if (from == null != (until == null)) form.wrong("quietFrom", "error.quiet");
    if (from != null && from.equals(until)) form.wrong("quietFrom", "error.quiet");
    var choice = new Choice(!form.value("letters").isEmpty(), paces, agenda, from, until);
    var events = !form.value("events.letters").isEmpty();
    if (!form.ok()) {
      show(ctx, form, choice, events);
      return;
    }
    digests.choose(me, choice);
    if (events != eventLetters.wants(me)) eventLetters.choose(me, events);
    Answers.redirect(ctx, HERE + "?saved=1");
  }

  /** A button, since programs that look through letters follow links. */
  private void askEnd(RoutingContext ctx) {
    var view = pages.view(ctx);
    var question =
        new Pages.Question(
            view.t("digest.endTitle"),
            view.t("digest.endText"),
            "/letters/end/" + secret(ctx),
            view.t("digest.endYes"),
            view.t("digest.endNo"),
            "/");
    pages.show(ctx, view, "question.jte", question);
  }

  private void end(RoutingContext ctx) {
    if (!digests.end(secret(ctx))) throw new Problem.NotFound();
    var view = pages.view(ctx);
    pages.show(ctx, view, "digest/ended.jte", view);
  }

  private static UUID secret(RoutingContext ctx) {
    try {
      return UUID.fromString(ctx.pathParam("secret"));
    } catch (IllegalArgumentException e) {
      throw new Problem.NotFound();
    }
  }

  private static Pace pace(Form form, String field, Pace otherwise) {
    var word = form.value(field);
    if (word.isEmpty()) return otherwise;
    try {
      return Pace.valueOf(word.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      form.wrong(field, "error.choice");
      return otherwise;
    }
  }

  private static @Nullable Integer hour(Form form, String field) {
    var text = form.value(field);
    if (text.isEmpty()) return null;
    if (text.matches("1?\\d|2[0-3]")) return Integer.valueOf(text);
    form.wrong(field, "error.choice");
    return null;
  }
}
