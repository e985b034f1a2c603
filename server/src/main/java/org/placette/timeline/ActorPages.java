package org.placette.timeline;

import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actor;
import org.placette.actor.Actors;
import org.placette.actor.Byline;
import org.placette.db.Db;
import org.placette.follow.Follows;
import org.placette.group.GroupPages;
import org.placette.group.Groups;
import org.placette.mastodon.RelationshipStore;
import org.placette.post.PostView;
import org.placette.thread.TopicLine;
import org.placette.thread.Topics;
import org.placette.web.Answers;
import org.placette.web.Negotiation;
import org.placette.web.Pages;
import org.placette.web.Problem;
import org.placette.web.Routes;
import org.placette.web.View;

/** The pages of people, associations and groups, from here and from elsewhere. */
public final class ActorPages implements Routes {

  private static final int EVENTS = 20;
  private static final int POSTS = 20;
  private static final int TOPICS = 30;

  private static final Map<String, String> FOLDERS =
      Map.of("users", "Person", "orgs", "Service", "groups", "Group");

  private final Db db;
  private final Actors actors;
  private final Follows follows;
  private final Groups groups;
  private final Pages pages;

  public ActorPages(Db db, Actors actors, Follows follows, Groups groups, Pages pages) {
    this.db = db;
    this.actors = actors;
    this.follows = follows;
    this.groups = groups;
    this.pages = pages;
  }

  @Override
  public void mount(Router router) {
    FOLDERS.forEach(
        (folder, type) -> Pages.get(router, "/" + folder + "/:name", ctx -> local(ctx, type)));
    router
        .routeWithRegex("/@(?<handle>[^/]{1,250})")
        .method(HttpMethod.GET)
        .method(HttpMethod.HEAD)
        .handler(this::byHandle);
  }

  private void local(RoutingContext ctx, String type) {
    if (Negotiation.wantsActivity(ctx)) {
      ctx.next();
      return;
    }
    var actor = actors.localByName(ctx.pathParam("name"));
    if (actor == null || !actor.isType(type)) throw new Problem.NotFound();
    show(ctx, actor);
  }

  private void byHandle(RoutingContext ctx) {
    var handle = ctx.pathParam("handle");
    var at = handle.indexOf('@');
    var name = at < 0 ? handle : handle.substring(0, at);
    var host = at < 0 ? actors.urls().host() : handle.substring(at + 1);
    if (host.equalsIgnoreCase(actors.urls().host())) {
      var actor = actors.localByName(name);
      if (actor == null) throw new Problem.NotFound();
      Answers.redirect(ctx, Byline.of(actor).path());
      return;
    }
    var actor = actors.storedByHandle(name, host);
    if (actor == null) throw new Problem.NotFound();
    show(ctx, actor);
  }

  private void show(RoutingContext ctx, Actor actor) {
    if (actor.deleted()) throw new Problem.Gone();
    if (actor.suspended()) throw new Problem.Forbidden("This account is suspended");
    var view = pages.view(ctx);
    var side = GroupPages.side(groups, actor, view);
    if (side != null && side.theme().isPrivate() && !view.signedIn()) throw new Problem.NotFound();
    var before = HomePages.number(ctx, "before", Long.MAX_VALUE);
    var events = TimelineStore.comingOf(db, view.viewer(), actor.id(), Instant.now(), EVENTS);
    var isGroup = actor.isType("Group");
    var topics =
        isGroup ? Topics.of(db, view.viewer(), actor.id(), before, TOPICS) : List.<TopicLine>of();
    var posts =
        isGroup
            ? List.<PostView>of()
            : TimelineStore.latestOf(db, view.viewer(), actor.id(), before, POSTS);
    var url = actor.url() == null ? actor.uri() : actor.url();
    var page =
        new ListPages.ActorPage(
            Byline.of(actor),
            actor.type(),
            actor.summary() == null ? "" : actor.summary(),
            actor.fields(),
            actor.handle(actors.urls().host()),
            actor.local() ? null : url,
            actor.uri(),
            actor.image(),
            actor.isType("Person") && !actor.indexable(),
            successor(actor),
            view.signedIn() && view.viewer() != actor.id(),
            following(view, actor),
            view.signedIn() && view.viewer() != actor.id()
                ? RelationshipStore.one(db, view.viewer(), actor.id())
                : null,
            side,
            TimelineStore.pinnedOf(db, view.viewer(), actor.id()),
            events,
            topics,
            posts,
            isGroup
                ? topics.size() < TOPICS ? null : "before=" + topics.getLast().lastId()
                : HomePages.next(posts, it -> it.post().id()));
    pages.show(ctx, view, "timeline/actor.jte", page);
  }

  /** Where it moved, by name once it is known here; null for nowhere. */
  private ListPages.@Nullable Successor successor(Actor actor) {
    var uri = actor.movedTo();
    if (uri == null) return null;
    var known = actors.byUri(uri);
    return known == null || known.deleted() || known.suspended()
        ? new ListPages.Successor(uri, uri)
        : new ListPages.Successor(
            Byline.of(known).path(), "@" + known.handle(actors.urls().host()));
  }

  private String following(View view, Actor actor) {
    if (!view.signedIn()) return "none";
    @Nullable Actor viewer = actors.byId(view.viewer());
    var follow = viewer == null ? null : follows.between(viewer, actor);
    return follow == null ? "none" : follow.accepted() ? "accepted" : "pending";
  }
}
