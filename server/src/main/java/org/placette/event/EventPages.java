package org.placette.event;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actor;
import org.placette.actor.Actors;
import org.placette.actor.Byline;
import org.placette.audience.AudienceStore;
import org.placette.db.Db;
import org.placette.db.Ready;
import org.placette.media.Media;
import org.placette.post.Attachment;
import org.placette.post.PostPages;
import org.placette.post.PostView;
import org.placette.post.PostViewStore;
import org.placette.post.Visibility;
import org.placette.text.Markdown;
import org.placette.unsent.UnsentStore.Unsent;
import org.placette.web.Answers;
import org.placette.web.Form;
import org.placette.web.Negotiation;
import org.placette.web.Pages;
import org.placette.web.Problem;
import org.placette.web.Routes;
import org.placette.web.Visitor;

/** The pages of events: reading, writing, changing, cancelling, deleting one. */
public final class EventPages implements Routes {

  private final Db db;
  private final Actors actors;
  private final Events events;
  private final Invitation.Source answers;
  private final BannerForm banners;
  private final Planning planning;
  private final EventDrafts drafts;
  private final Pages pages;
  private final Ready<Asked, EventPage> ready;

  /** A page that strangers ask for. */
  private record Asked(UUID uuid, long after) {}

  /**
   * @param answers knows who comes
   * @param planning knows more events than one
   * @param drafts those that are not published yet
   */
  public EventPages(
      Db db,
      Actors actors,
      Events events,
      Invitation.Source answers,
      Media media,
      Planning planning,
      EventDrafts drafts,
      Pages pages) {
    this.drafts = drafts;
    this.answers = answers;
    this.planning = planning;
    this.banners = new BannerForm(db, media);
    this.db = db;
    this.actors = actors;
    this.events = events;
    this.pages = pages;
    this.ready = new Ready<>(db, 1_000_000, EventPage::size);
  }

  @Override
  public void mount(Router router) {
    Pages.get(router, "/events/:uuid", this::read);
    Pages.get(router, "/compose/event", this::writeNew);
    router.post("/compose/event/clashes").handler(ctx -> around(ctx, null));
    router.post("/events/:uuid/clashes").handler(ctx -> around(ctx, own(ctx)));
    router.post("/events").handler(this::publish);
    router.post("/drafts/:id/publish").handler(this::publishDraft);
    Pages.get(router, "/events/:uuid/edit", this::rewrite);
    router.post("/events/:uuid/edit").handler(this::edit);
    Pages.get(router, "/events/:uuid/cancel", ctx -> ask(ctx, "cancel"));
    router.post("/events/:uuid/cancel").handler(this::cancel);
    Pages.get(router, "/events/:uuid/delete", ctx -> ask(ctx, "delete"));
    router.post("/events/:uuid/delete").handler(this::delete);
  }

  private void read(RoutingContext ctx) {
    if (Negotiation.wantsActivity(ctx)) {
      ctx.next();
      return;
    }
    var view = pages.view(ctx);
    var uuid = uuid(ctx.pathParam("uuid"));
    var after = PostPages.after(ctx);
    // Strangers all see the same.
    var page =
        view.viewer() == 0
            ? ready.get(new Asked(uuid, after), () -> page(uuid, 0, after))
            : page(uuid, view.viewer(), after);
    pages.show(ctx, view, "event/event.jte", page);
  }

  private EventPage page(UUID uuid, long viewer, long after) {
    var found = found(uuid, viewer);
    var shown = found.shown();
    List<PostView> replies = List.of();
    long next = 0;
    if (found.discussed()) {
      var thread =
          PostViewStore.thread(db, viewer, shown.post().id(), after, PostPages.REPLIES + 2);
      replies = thread.stream().filter(it -> it.event() == null).toList();
      if (replies.size() > PostPages.REPLIES) {
        replies = replies.subList(0, PostPages.REPLIES);
        next = replies.getLast().post().id();
      }
    }
    var event = found.event();
    var author = shown.author();
    var host = author.host() == null ? actors.urls().host() : author.host();
    var handle = author.username() + "@" + host;
    return new EventPage(
        event,
        shown,
        room(event),
        found.changed(),
        handle,
        replies,
        next,
        answers.of(event, viewer));
  }

  private @Nullable Byline room(Event event) {
    var id = event.post().audienceId();
    if (id == null || events.rooms().of(event.post()).isEmpty()) return null;
    var group = actors.byId(id);
    return group == null || !group.isType("Group") || group.deleted() ? null : Byline.of(group);
  }

  private EventPageStore.Found found(UUID uuid, long viewer) {
    var found = EventPageStore.byUuid(db, viewer, uuid);
    if (found != null) return found;
    // Tells what was deleted from what never was.
    var unused = events.shown(uuid, null);
    throw new Problem.NotFound();
  }

  /** The event that the path names, for those who may read it. */
  Event readable(RoutingContext ctx) {
    return found(uuid(ctx.pathParam("uuid")), pages.view(ctx).viewer()).event();
  }

  private static UUID uuid(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw new Problem.NotFound();
    }
  }

  private Event own(RoutingContext ctx) {
    var found = found(uuid(ctx.pathParam("uuid")), Visitor.of(ctx).required());
    if (!found.shown().mine()) throw new Problem.Forbidden("This is not yours");
    return found.event();
  }

  private Actor person(RoutingContext ctx) {
    return actors.acting(Visitor.of(ctx).required());
  }

  private static String path(Event event) {
    return "/events/" + event.details().uuid();
  }

  private void writeNew(RoutingContext ctx) {
    var draft = drafts.of(Visitor.of(ctx).required(), ctx.request().getParam("draft"));
    if (draft != null) {
      form(ctx, Form.filled(draft.fields()).with("draft", draft.id()), null);
      return;
    }
    var last = ctx.request().getParam("like");
    if (last == null) {
      var room = ctx.request().getParam("room");
      form(ctx, EventForm.empty(pages.view(ctx).place().zone()).with("room", room), null);
      return;
    }
    // Everything of the last time but the day.
    var event = events.shown(uuid(last), person(ctx));
    var form = EventForm.of(event, Markdown.of(event.post().content()), events.asking(event));
    form.with("startDate", "").with("endDate", "").with("like", last);
    form.with("room", events.rooms().of(event.post()));
    if (event.post().visibility() == Visibility.RING) form.with("audience", "ring");
    form(ctx, form, null);
  }

  private void form(RoutingContext ctx, Form form, @Nullable Event edited) {
    form(ctx, form, edited, List.of());
  }

  private void form(RoutingContext ctx, Form form, @Nullable Event edited, List<Clash> clashes) {
    if (!form.ok()) ctx.response().setStatusCode(422);
    var view = pages.view(ctx);
    var today = LocalDate.ofInstant(view.now(), view.place().zone()).toString();
    var page = EventFormPage.of(form, today, planning).warning(clashes);
    var banner = banner(ctx, form, edited);
    var shown = banner == null ? null : view.picture(banner.url());
    page =
        edited == null
            ? page.among(!AudienceStore.ring(db).isEmpty(), events.rooms().open(person(ctx)), shown)
            : page.changing(path(edited), shown);
    pages.show(ctx, view, "event/form.jte", page);
  }

  /** The picture so far. */
  private @Nullable Attachment banner(RoutingContext ctx, Form form, @Nullable Event edited) {
    if (edited != null) return edited.details().banner();
    var me = Visitor.of(ctx).required();
    var last = form.value("like");
    if (last.isEmpty()) return drafts.picture(me, drafts.of(me, form.value("draft")));
    var event = events.shown(uuid(last), person(ctx));
    return event.post().actorId() == me ? event.details().banner() : null;
  }

  /** What else happens then, unless the person has seen it; empty for nothing. */
  private List<Clash> clashes(
      RoutingContext ctx, Form form, @Nullable NewEvent wanted, @Nullable Event before) {
    if (wanted == null || form.optional("confirmed") != null) return List.of();
    return planning.clashes(person(ctx), form, wanted, before);
  }

  /** What else happens then. */
  public record Around(List<Clash> clashes) {}

  /** The same while somebody still writes, for the form's script: a piece of its page. */
  private void around(RoutingContext ctx, @Nullable Event before) {
    var form = Form.of(ctx);
    // A title comes last to many, and clashes with nothing.
    if (form.value("name").length() < 3) form.with("name", "...");
    var view = pages.view(ctx);
    var wanted = EventForm.read(form, view.language().code(), before);
    var found = clashes(ctx, form, wanted, before);
    pages.show(ctx, view, "event/clashes.jte", new Around(found));
  }

  private void publish(RoutingContext ctx) {
    var author = person(ctx);
    var form = Form.of(ctx);
    var draft = drafts.of(author.id(), form.value("draft"));
    if (form.value("keep").equals("draft")) {
      keep(ctx, author, form, draft, null);
      return;
    }
    var view = pages.view(ctx);
    var wanted = EventForm.read(form, view.language().code(), null);
    var due = EventDrafts.due(form, wanted, view.place().zone(), view.now());
    if (!form.ok()) wanted = null;
    var clashes = clashes(ctx, form, wanted, null);
    if (!clashes.isEmpty()) form(ctx, form, null, clashes);
    else if (wanted != null && due != null) keep(ctx, author, form, draft, due);
    else {
      save(ctx, form, wanted, null, it -> drafts.publish(author, form, it, draft));
      if (form.ok()) drafts.settled(author, draft);
    }
  }

  /** Keeps it unpublished, for good or until its hour has come. */
  private void keep(
      RoutingContext ctx, Actor author, Form form, @Nullable Unsent draft, @Nullable Instant due) {
    var chosen = banners.read(ctx, form, author.id(), banner(ctx, form, null));
    if (form.ok()) chosen = banners.own(author.id(), chosen);
    if (!form.ok()) {
      form(ctx, form, null);
      return;
    }
    if (form.value("language").isEmpty()) form.with("language", pages.view(ctx).language().code());
    var unused = drafts.keep(author, form, chosen, draft, due);
    Answers.redirect(ctx, "/drafts");
  }

  /** Publishes a draft at once; one that is not whole is shown in its form. */
  private void publishDraft(RoutingContext ctx) {
    var author = person(ctx);
    var draft = drafts.of(author.id(), ctx.pathParam("id"));
    if (draft == null) throw new Problem.NotFound();
    try {
      Answers.redirect(ctx, path(drafts.publish(author, draft)));
    } catch (Problem.Invalid refusal) {
      var form = Form.filled(draft.fields()).with("draft", draft.id());
      form.wrong(refusal);
      form(ctx, form, null);
    }
  }

  private void rewrite(RoutingContext ctx) {
    var event = own(ctx);
    form(
        ctx, EventForm.of(event, Markdown.of(event.post().content()), events.asking(event)), event);
  }

  private void edit(RoutingContext ctx) {
    var event = own(ctx);
    var form = Form.of(ctx);
    var language = event.post().language();
    var wanted =
        EventForm.read(
            form, language == null ? pages.view(ctx).language().code() : language, event);
    var clashes = clashes(ctx, form, wanted, event);
    if (!clashes.isEmpty()) form(ctx, form, event, clashes);
    else
      save(
          ctx,
          form,
          wanted,
          event,
          it -> events.edit(person(ctx), event.id(), planning.placed(it, event)));
  }

  /** Stores the banner, then the event; shows the form again when either is refused. */
  private void save(
      RoutingContext ctx,
      Form form,
      @Nullable NewEvent wanted,
      @Nullable Event before,
      Function<NewEvent, Event> use) {
    if (wanted != null) {
      var owner = before == null ? person(ctx).id() : before.post().actorId();
      var chosen = banners.read(ctx, form, owner, banner(ctx, form, before));
      if (form.ok()) {
        if (before == null) chosen = banners.own(owner, chosen);
        try {
          var event = use.apply(wanted.showing(chosen.picture()));
          banners.settle(chosen, event);
          Answers.redirect(ctx, path(event));
          return;
        } catch (Problem.Invalid refusal) {
          banners.drop(chosen);
          form.wrong(refusal);
        }
      }
    }
    form(ctx, form, before);
  }

  private void ask(RoutingContext ctx, String verb) {
    var event = own(ctx);
    var view = pages.view(ctx);
    var cancel = verb.equals("cancel");
    var question =
        new Pages.Question(
            view.t("event." + verb + "Title", event.name()),
            view.t("event." + verb + "Text"),
            path(event) + "/" + verb,
            view.t(cancel ? "event.cancelYes" : "post.deleteYes"),
            view.t("post.keep"),
            path(event));
    pages.show(ctx, view, "question.jte", question);
  }

  private void cancel(RoutingContext ctx) {
    Answers.redirect(ctx, path(events.cancel(person(ctx), own(ctx).id())));
  }

  private void delete(RoutingContext ctx) {
    events.delete(person(ctx), own(ctx).id());
    Answers.redirect(ctx, "/events");
  }
}
