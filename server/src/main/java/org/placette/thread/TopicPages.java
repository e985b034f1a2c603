package org.placette.thread;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actor;
import org.placette.actor.Actors;
import org.placette.actor.Byline;
import org.placette.db.Db;
import org.placette.post.PostPages;
import org.placette.post.PostView;
import org.placette.post.PostViewStore;
import org.placette.thread.TopicPage.Branch;
import org.placette.web.Answers;
import org.placette.web.Form;
import org.placette.web.Negotiation;
import org.placette.web.Pages;
import org.placette.web.Problem;
import org.placette.web.Routes;
import org.placette.web.View;
import org.placette.web.Visitor;

/** The page of a discussion, as a tree or in order of time; at the address of its first post. */
public final class TopicPages implements Routes {

  /** Answers to the first post on one page of the tree. */
  private static final int ANSWERS = 20;

  private final Db db;
  private final Actors actors;
  private final Topics topics;
  private final MissingReplies missing;
  private final Pages pages;

  public TopicPages(Db db, Actors actors, Topics topics, MissingReplies missing, Pages pages) {
    this.db = db;
    this.actors = actors;
    this.topics = topics;
    this.missing = missing;
    this.pages = pages;
  }

  @Override
  public void mount(Router router) {
    Pages.get(router, "/posts/:id", this::atPost);
    Pages.get(router, "/threads/:id", this::atThread);
    act(router, "close", (who, root) -> topics.close(who, root, true));
    act(router, "open", (who, root) -> topics.close(who, root, false));
    act(router, "pin", (who, root) -> topics.pin(who, root, true));
    act(router, "unpin", (who, root) -> topics.pin(who, root, false));
    router
        .post("/threads/:id/slow")
        .handler(
            ctx -> done(ctx, (me, root) -> topics.slow(me, root, (int) field(ctx, "minutes"))));
    router
        .post("/threads/:id/answer")
        .handler(ctx -> done(ctx, (me, root) -> topics.answer(me, root, field(ctx, "post"))));
    router.post("/threads/:id/official").handler(this::speak);
    router
        .post("/threads/:id/move")
        .handler(ctx -> done(ctx, (me, root) -> topics.move(me, root, field(ctx, "group"))));
  }

  private void act(Router router, String verb, ObjLongConsumer<Actor> what) {
    router.post("/threads/:id/" + verb).handler(ctx -> done(ctx, what));
  }

  private void speak(RoutingContext ctx) {
    var text = Form.of(ctx).value("text");
    var language = pages.view(ctx).language().code();
    done(
        ctx,
        (me, root) -> {
          var unused = topics.speak(me, root, field(ctx, "body"), text, language);
        });
  }

  private void done(RoutingContext ctx, ObjLongConsumer<Actor> what) {
    var me = actors.acting(Visitor.of(ctx).required());
    var root = number(ctx.pathParam("id"));
    what.accept(me, root);
    Answers.redirect(ctx, "/posts/" + root);
  }

  private static long field(RoutingContext ctx, String name) {
    return number(Form.of(ctx).value(name));
  }

  private static long number(@Nullable String text) {
    try {
      return Long.parseLong(String.valueOf(text));
    } catch (NumberFormatException e) {
      throw new Problem.NotFound();
    }
  }

  /** The page of a first post is its discussion's; any other goes on to the next route. */
  private void atPost(RoutingContext ctx) {
    if (Negotiation.wantsActivity(ctx)) {
      ctx.next();
      return;
    }
    var view = pages.view(ctx);
    var id = number(ctx.pathParam("id"));
    var shown = first(view, id);
    if (shown == null || shown.event() != null || shown.post().rootId() != id) ctx.next();
    else show(ctx, view, id, shown);
  }

  private void atThread(RoutingContext ctx) {
    if (Negotiation.wantsActivity(ctx)) {
      ctx.next();
      return;
    }
    var view = pages.view(ctx);
    var root = number(ctx.pathParam("id"));
    var shown = first(view, root);
    if (shown != null && shown.event() != null) {
      Answers.redirect(ctx, shown.event());
      return;
    }
    if (shown == null && TreeStore.buried(db, root) == null) throw new Problem.NotFound();
    if (shown != null && shown.post().rootId() != root)
      Answers.redirect(ctx, "/threads/" + shown.post().rootId());
    else show(ctx, view, root, shown);
  }

  private @Nullable PostView first(View view, long id) {
    return TreeStore.view(db, view.viewer(), id);
  }

  private void show(RoutingContext ctx, View view, long root, @Nullable PostView shown) {
    var flat = "flat".equals(ctx.request().getParam("view"));
    var after = PostPages.after(ctx);
    var topic = topics.of(root);
    var part = flat ? line(view, root, after) : tree(view, root, after);
    // Of what nobody may read nothing is shown, not even that something was removed.
    if (shown == null && part.branches().isEmpty()) throw new Problem.NotFound();
    var group = topic == null ? null : actors.byId(topic.groupId());
    var answer = topic == null || topic.answerId() == null ? null : first(view, topic.answerId());
    var care = topic != null && topics.mayCare(topic, view.viewer()) ? topics.care(topic) : null;
    if (topic != null && view.signedIn()) TopicStore.seen(db, view.viewer(), root);
    if (shown != null && view.signedIn()) missing.look(shown.post());
    var page =
        new TopicPage(
            root,
            shown,
            topic,
            group == null ? null : Byline.of(group),
            answer,
            part.branches(),
            flat,
            part.next(),
            care,
            topic == null || shown == null ? List.of() : topics.voices(view.viewer()));
    pages.show(ctx, view, "thread/thread.jte", page);
  }

  private record Part(List<Branch> branches, long next) {}

  /** In order of time, with the places of what was removed. */
  private Part line(View view, long root, long after) {
    var limit = PostPages.REPLIES;
    var found =
        PostViewStore.thread(db, view.viewer(), root, Math.max(after, 1), limit + 1).stream()
            .filter(it -> it.post().id() != root)
            .toList();
    var more = found.size() > limit;
    var first = more ? found.subList(0, limit) : found;
    var last = more ? first.getLast().post().id() : Long.MAX_VALUE;
    Map<Long, Branch> places = new java.util.TreeMap<>();
    for (var it : first) places.put(it.post().id(), new Branch(it, it.post().id(), List.of(), 0));
    for (var id : TreeStore.removed(db, root, after, last, limit))
      places.put(id, new Branch(null, id, List.of(), 0));
    return new Part(List.copyOf(places.values()), more ? last : 0);
  }

  /** As a tree: what hangs below something that the viewer may not read hangs one step higher. */
  private Part tree(View view, long root, long after) {
    var nodes = TreeStore.shape(db, root, after, ANSWERS + 1);
    var firsts = nodes.stream().filter(n -> n.depth() == 1).map(TreeStore.Node::id).toList();
    var more = firsts.size() > ANSWERS;
    var cut = more ? firsts.get(ANSWERS) : 0;
    var kept = nodes.stream().filter(node -> node.id() != cut || cut == 0).toList();
    var ids = kept.stream().filter(n -> !n.removed()).map(TreeStore.Node::id).toList();
    Map<Long, PostView> views = new HashMap<>();
    for (var it : TreeStore.views(db, view.viewer(), ids)) views.put(it.post().id(), it);
    Map<Long, List<TreeStore.Node>> below = new HashMap<>();
    for (var node : kept)
      below.computeIfAbsent(node.parent(), parent -> new ArrayList<>()).add(node);
    return new Part(branches(root, below, views), more ? firsts.get(ANSWERS - 1) : 0);
  }

  private static List<Branch> branches(
      long parent, Map<Long, List<TreeStore.Node>> below, Map<Long, PostView> views) {
    List<Branch> all = new ArrayList<>();
    for (var node : Objects.requireNonNullElse(below.get(parent), List.<TreeStore.Node>of())) {
      var children = branches(node.id(), below, views);
      var it = views.get(node.id());
      if (it != null) {
        var hidden = Math.max(0, it.post().repliesCount() - children.size());
        all.add(new Branch(it, node.id(), children, hidden));
      } else if (!node.removed()) all.addAll(children);
      else if (!children.isEmpty()) all.add(new Branch(null, node.id(), children, 0));
    }
    return all;
  }
}
