package org.placette.after;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actors;
import org.placette.event.Event;
import org.placette.event.Events;
import org.placette.media.Media;
import org.placette.media.StoredMedia;
import org.placette.rsvp.Rsvp;
import org.placette.web.Answers;
import org.placette.web.Form;
import org.placette.web.Pages;
import org.placette.web.Problem;
import org.placette.web.Routes;
import org.placette.web.Secrets;
import org.placette.web.Uploads;
import org.placette.web.Visitor;

/** Thanking, and saying how it was, with a browser; guests by the link of their letter. */
public final class AfterPages implements Routes {

  /** How many pictures come with the thanks. */
  private static final int PICTURES = 3;

  private final After after;
  private final Actors actors;
  private final Events events;
  private final Media media;
  private final Pages pages;

  public AfterPages(After after, Actors actors, Events events, Media media, Pages pages) {
    this.after = after;
    this.actors = actors;
    this.events = events;
    this.media = media;
    this.pages = pages;
  }

  @Override
  public void mount(Router router) {
    Pages.get(router, "/events/:uuid/after", ctx -> show(ctx, own(ctx), Form.empty()));
    router.post("/events/:uuid/after").handler(this::thank);
    Pages.get(router, "/events/:uuid/feedback", this::feedback);
    router.post("/events/:uuid/feedback").handler(this::answer);
    Pages.get(router, "/feedback/:secret", this::guest);
    router.post("/feedback/:secret").handler(this::guestAnswer);
  }

  /** The organiser's page. */
  public record Page(
      Event event, String path, Form form, boolean over, boolean thanked, List<Feedback> answers) {
    /** How many said so. */
    public long count(int answer) {
      return answers.stream().filter(it -> it.answer() == answer).count();
    }
  }

  /**
   * The page of somebody who came.
   *
   * @param answers of all, where the organiser shares them
   */
  public record FeedbackPage(
      Event event,
      String path,
      String action,
      Form form,
      boolean asked,
      boolean saved,
      List<Feedback> answers) {
    public long count(int answer) {
      return answers.stream().filter(it -> it.answer() == answer).count();
    }
  }

  private Event event(RoutingContext ctx) {
    try {
      var id = Visitor.of(ctx).actorId();
      var viewer = id == null ? null : actors.byId(id);
      return events.shown(UUID.fromString(ctx.pathParam("uuid")), viewer);
    } catch (IllegalArgumentException e) {
      throw new Problem.NotFound();
    }
  }

  private Event own(RoutingContext ctx) {
    var event = event(ctx);
    if (event.post().actorId() != Visitor.of(ctx).required())
      throw new Problem.Forbidden("This is not yours");
    return event;
  }

  private static String path(Event event) {
    return "/events/" + event.details().uuid();
  }

  private void show(RoutingContext ctx, Event event, Form form) {
    if (!form.ok()) ctx.response().setStatusCode(422);
    var page =
        new Page(
            event, path(event), form, After.over(event), after.thanked(event), after.all(event));
    pages.show(ctx, "after/after.jte", page);
  }

  private void thank(RoutingContext ctx) {
    var event = own(ctx);
    var form = Form.of(ctx);
    var text = form.required("text", 5_000);
    List<StoredMedia> pictures = form.ok() ? pictures(ctx, form, event) : List.of();
    if (!form.ok()) {
      show(ctx, event, form);
      return;
    }
    var organiser = actors.acting(Visitor.of(ctx).required());
    var shared = !form.value("shared").isEmpty();
    var unused = after.thank(organiser, event, text, pictures, shared);
    Answers.redirect(ctx, path(event) + "/after");
  }

  private List<StoredMedia> pictures(RoutingContext ctx, Form form, Event event) {
    List<StoredMedia> found = new ArrayList<>();
    for (int i = 1; i <= PICTURES; i++) {
      var field = "picture" + i;
      var file = Uploads.file(ctx, field);
      if (file == null) continue;
      try {
        found.add(media.store(event.post().actorId(), file, form.upTo("alt" + i, 1_500), null));
      } catch (Problem.Invalid refusal) {
        form.wrong(field, refusal.fields().getOrDefault("file", "error.fileBroken"));
      } catch (Problem.TooLarge refusal) {
        form.wrong(field, "error.fileLarge");
      }
    }
    return found;
  }

  private @Nullable Rsvp mine(Event event, RoutingContext ctx) {
    return after.rsvps().of(event.id(), Visitor.of(ctx).required());
  }

  private void feedback(RoutingContext ctx) {
    var event = event(ctx);
    show(ctx, event, mine(event, ctx), path(event) + "/feedback", saved(ctx));
  }

  private static boolean saved(RoutingContext ctx) {
    return ctx.request().getParam("saved") != null;
  }

  private void show(
      RoutingContext ctx, Event event, @Nullable Rsvp rsvp, String action, boolean saved) {
    var asked = rsvp != null && rsvp.going() && After.over(event);
    var before = after.of(rsvp);
    var form = Form.empty();
    if (before != null) form.with("answer", before.answer()).with("words", before.words());
    var answers = after.shared(event) ? after.all(event) : List.<Feedback>of();
    pages.show(
        ctx,
        "after/feedback.jte",
        new FeedbackPage(event, path(event), action, form, asked, saved, answers));
  }

  private static int answered(Form form) {
    return switch (form.value("answer")) {
      case "1" -> 1;
      case "2" -> 2;
      case "3" -> 3;
      default -> throw new Problem.BadRequest("There are three answers");
    };
  }

  private void answer(RoutingContext ctx) {
    var event = event(ctx);
    var form = Form.of(ctx);
    after.answer(event, mine(event, ctx), answered(form), form.optional("words"));
    Answers.redirect(ctx, path(event) + "/feedback?saved=1");
  }

  private Rsvp guestOf(RoutingContext ctx) {
    ctx.response().putHeader("Cache-Control", "no-store").putHeader("X-Robots-Tag", "noindex");
    var rsvp = after.rsvps().bySecret(Secrets.hash(ctx.pathParam("secret")));
    if (rsvp == null) throw new Problem.NotFound();
    return rsvp;
  }

  private void guest(RoutingContext ctx) {
    var rsvp = guestOf(ctx);
    var event = Objects.requireNonNull(events.byId(rsvp.postId()));
    show(ctx, event, rsvp, "/feedback/" + ctx.pathParam("secret"), saved(ctx));
  }

  private void guestAnswer(RoutingContext ctx) {
    var rsvp = guestOf(ctx);
    var event = Objects.requireNonNull(events.byId(rsvp.postId()));
    var form = Form.of(ctx);
    after.answer(event, rsvp, answered(form), form.optional("words"));
    Answers.redirect(ctx, "/feedback/" + ctx.pathParam("secret") + "?saved=1");
  }
}
