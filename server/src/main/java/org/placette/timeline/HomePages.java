package org.placette.timeline;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actors;
import org.placette.db.Db;
import org.placette.db.Ids;
import org.placette.notification.KeptAside;
import org.placette.post.PostView;
import org.placette.web.Answers;
import org.placette.web.Form;
import org.placette.web.Negotiation;
import org.placette.web.Pages;
import org.placette.web.Problem;
import org.placette.web.Routes;
import org.placette.web.View;
import org.placette.web.Visitor;

/** The first page, the conversations, what the place is, what is new for somebody. */
public final class HomePages implements Routes {

  private static final int EVENTS_AT_HOME = 6;
  private static final int POSTS_AT_HOME = 6;
  private static final int FEW = 3;
  private static final int NOTICES = 3;
  private static final int NEIGHBOURS = 12;
  private static final Duration TALKED = Duration.ofDays(14);
  private static final int PAGE = 20;

  private final Db db;
  private final Actors actors;
  private final Pages pages;
  private final KeptAside kept;

  public HomePages(Db db, Actors actors, Pages pages) {
    this.db = db;
    this.actors = actors;
    this.pages = pages;
    kept = new KeptAside(db);
  }

  @Override
  public void mount(Router router) {
    Pages.get(router, "/", this::home);
    Pages.get(router, "/posts", ctx -> talk(ctx, null));
    Pages.get(router, "/tags/:tag", ctx -> talk(ctx, ctx.pathParam("tag")));
    Pages.get(router, "/actor", HomePages::actor);
    Pages.get(router, "/notifications", this::news);
    router.post("/notifications").handler(this::decide);
  }

  private void home(RoutingContext ctx) {
    var view = pages.view(ctx);
    var page =
        new ListPages.Home(
            HomeStore.notices(db, NOTICES),
            TimelineStore.coming(db, Instant.now(), Instant.EPOCH, 0, EVENTS_AT_HOME),
            talked(view),
            HomeStore.neighbours(db, NEIGHBOURS));
    pages.show(ctx, view, "timeline/home.jte", page);
  }

  /** What people from here talk about these days; without that, the latest. */
  private List<PostView> talked(View view) {
    var since = Ids.floor(Instant.now().minus(TALKED));
    var talked = HomeStore.talked(db, view.viewer(), since, POSTS_AT_HOME);
    return talked.size() >= FEW
        ? talked
        : TimelineStore.latest(db, view.viewer(), Long.MAX_VALUE, POSTS_AT_HOME);
  }

  private void talk(RoutingContext ctx, @Nullable String tag) {
    var view = pages.view(ctx);
    var before = number(ctx, "before", Long.MAX_VALUE);
    var word = tag == null ? null : tag.toLowerCase(Locale.ROOT);
    var posts =
        word == null
            ? TimelineStore.latest(db, view.viewer(), before, PAGE)
            : TimelineStore.tagged(db, view.viewer(), word, before, PAGE);
    var next = next(posts, it -> it.post().id());
    pages.show(ctx, view, "timeline/talk.jte", new ListPages.Talk(posts, word, next));
  }

  private static void actor(RoutingContext ctx) {
    if (Negotiation.wantsActivity(ctx)) ctx.next();
    else Answers.redirect(ctx, "/about");
  }

  private void news(RoutingContext ctx) {
    var person = Visitor.of(ctx).required();
    var news = TimelineStore.news(db, person, number(ctx, "before", Long.MAX_VALUE), PAGE);
    if (!news.isEmpty()) ReadingStore.seen(db, person, news.getFirst().id());
    var first = ctx.request().getParam("before") == null;
    var aside = first ? TimelineStore.kept(db, person, PAGE) : List.<ListPages.Aside>of();
    var page = new ListPages.NewsPage(news, aside, next(news, News::id));
    pages.show(ctx, "timeline/news.jte", page);
  }

  private void decide(RoutingContext ctx) {
    var person = Visitor.of(ctx).required();
    var form = Form.of(ctx);
    if (!form.value("from").matches("\\d{1,18}")) throw new Problem.NotFound();
    var from = Long.parseLong(form.value("from"));
    switch (form.value("answer")) {
      case "yes" -> kept.accept(person, from);
      case "no" -> kept.dismiss(person, from);
      default -> throw new Problem.BadRequest("There are two answers: yes and no");
    }
    Answers.redirect(ctx, "/notifications");
  }

  /** The query of the page after a full one. */
  static <T> @Nullable String next(List<T> page, ToLongFunction<T> id) {
    return page.size() < PAGE ? null : "before=" + id.applyAsLong(page.getLast());
  }

  /** A number in the query. */
  static long number(RoutingContext ctx, String name, long otherwise) {
    var text = ctx.request().getParam(name);
    if (text == null) return otherwise;
    try {
      var number = Long.parseLong(text);
      var longest = Duration.ofDays(365_000).toMillis();
      if (number < 0 || (name.equals("start") && number > longest)) throw new Problem.NotFound();
      return number;
    } catch (NumberFormatException e) {
      throw new Problem.NotFound();
    }
  }
}
