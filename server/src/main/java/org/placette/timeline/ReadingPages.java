package org.placette.timeline;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actors;
import org.placette.actor.Byline;
import org.placette.audience.AudienceStore;
import org.placette.db.Db;
import org.placette.post.PostView;
import org.placette.post.Posts;
import org.placette.post.Visibility;
import org.placette.timeline.ReadingStore.Waiting;
import org.placette.web.Answers;
import org.placette.web.Form;
import org.placette.web.Pages;
import org.placette.web.Problem;
import org.placette.web.Routes;
import org.placette.web.Visitor;

/**
 * What residents have for themselves: everything that is theirs on one page, what those they follow
 * write, what they put aside, messages.
 */
public final class ReadingPages implements Routes {

  private static final int PAGE = 20;
  private static final int LONGEST = 10_000;

  private final Db db;
  private final Actors actors;
  private final Posts posts;
  private final Pages pages;

  public ReadingPages(Db db, Actors actors, Posts posts, Pages pages) {
    this.db = db;
    this.actors = actors;
    this.posts = posts;
    this.pages = pages;
  }

  /** Everything of one's own. */
  public record Own(Byline who, String handle, Waiting waiting) {
    public long news() {
      return waiting.news();
    }

    public long messages() {
      return waiting.messages();
    }

    public long requests() {
      return waiting.requests();
    }

    /** How many want an account and name this resident as somebody who knows them. */
    public long vouches() {
      return waiting.vouches();
    }
  }

  /**
   * A post in a list.
   *
   * @param by the name of whoever shared it; null when nobody did
   */
  public record Line(PostView post, @Nullable String by) {}

  /**
   * A list of posts.
   *
   * @param kind home or bookmarks: which words it has
   */
  public record Reading(String kind, List<Line> lines, @Nullable String next) {}

  /**
   * A thread of direct posts.
   *
   * @param others the names of everybody else in it
   * @param from who wrote the last one
   * @param mine whether that was the reader
   */
  public record Conversation(
      long last,
      boolean unread,
      String others,
      Byline from,
      boolean mine,
      String about,
      Instant published) {}

  /** All of them, with the form for a new one. */
  public record Messages(Form form, List<Conversation> conversations, @Nullable String next) {}

  @Override
  public void mount(Router router) {
    Pages.get(router, "/me", this::own);
    Pages.get(router, "/home", ctx -> list(ctx, "home"));
    Pages.get(router, "/bookmarks", ctx -> list(ctx, "bookmarks"));
    Pages.get(router, "/messages", this::messages);
    router.post("/messages").handler(this::send);
    Pages.get(router, "/messages/:id", this::open);
    router.post("/posts/:id/bookmark").handler(ctx -> mark(ctx, true));
    router.post("/posts/:id/unbookmark").handler(ctx -> mark(ctx, false));
  }

  private void own(RoutingContext ctx) {
    var me = actors.acting(Visitor.of(ctx).required());
    var handle = me.handle(actors.urls().host());
    var page = new Own(Byline.of(me), handle, ReadingStore.waiting(db, me.id()));
    pages.show(ctx, "reading/me.jte", page);
  }

  private void list(RoutingContext ctx, String kind) {
    var me = Visitor.of(ctx).required();
    var before = HomePages.number(ctx, "before", Long.MAX_VALUE);
    var entries =
        kind.equals("home")
            ? ReadingStore.home(db, me, before, PAGE)
            : ReadingStore.bookmarks(db, me, before, PAGE);
    var lines = entries.stream().map(it -> new Line(it.post(), it.by())).toList();
    var next = HomePages.next(entries, ReadingStore.Entry::id);
    pages.show(ctx, "reading/list.jte", new Reading(kind, lines, next));
  }

  private void mark(RoutingContext ctx, boolean on) {
    var me = Visitor.of(ctx).required();
    var id = id(ctx);
    if (!AudienceStore.reads(db, me, id)) throw new Problem.NotFound();
    if (on) ReadingStore.bookmark(db, me, id);
    else ReadingStore.unbookmark(db, me, id);
    Answers.redirect(ctx, on ? "/bookmarks" : "/posts/" + id);
  }

  private static long id(RoutingContext ctx) {
    var text = ctx.pathParam("id");
    if (!text.matches("\\d{1,19}")) throw new Problem.NotFound();
    return Long.parseLong(text);
  }

  private void messages(RoutingContext ctx) {
    var form = Form.empty().with("to", ctx.request().getParam("to"));
    show(ctx, form);
  }

  private void show(RoutingContext ctx, Form form) {
    var me = Visitor.of(ctx).required();
    if (!form.ok()) ctx.response().setStatusCode(422);
    var before = HomePages.number(ctx, "before", Long.MAX_VALUE);
    var all = ReadingStore.conversations(db, me, before, PAGE);
    var next = HomePages.next(all, Conversation::last);
    pages.show(ctx, "reading/messages.jte", new Messages(form, all, next));
  }

  /** Reads a conversation: it is not new any more. */
  private void open(RoutingContext ctx) {
    var id = id(ctx);
    ReadingStore.read(db, Visitor.of(ctx).required(), id);
    Answers.redirect(ctx, "/posts/" + id);
  }

  private void send(RoutingContext ctx) {
    var me = actors.acting(Visitor.of(ctx).required());
    var form = Form.of(ctx);
    var to = form.required("to", 300).replaceFirst("^@", "");
    var text = form.required("text", LONGEST);
    if (form.ok() && !known(to)) form.wrong("to", "follow.notFound");
    if (form.ok()) {
      try {
        var language = pages.view(ctx).language().code();
        var note = Posts.NewPost.note("@" + to + " " + text, language).to(Visibility.DIRECT);
        Answers.redirect(ctx, "/posts/" + posts.publish(me, note).id());
        return;
      } catch (Problem.Invalid refusal) {
        form.wrong(refusal);
      }
    }
    show(ctx, form);
  }

  /** A message goes to people who are known here; others are followed or looked for first. */
  private boolean known(String handle) {
    if (!handle.matches("[\\w.-]+(@[\\w.:-]+)?")) return false;
    var at = handle.indexOf('@');
    var host = at < 0 ? actors.urls().host() : handle.substring(at + 1);
    var name = at < 0 ? handle : handle.substring(0, at);
    var found =
        host.equalsIgnoreCase(actors.urls().host())
            ? actors.localByName(name)
            : actors.storedByHandle(name, host);
    return Objects.nonNull(found) && !found.suspended() && !found.deleted();
  }
}
