package org.placette.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actor;
import org.placette.actor.ActorCollection;
import org.placette.actor.Actors;
import org.placette.post.GroupVoice;
import org.placette.post.Post;
import org.placette.post.PostObject;
import org.placette.post.Posts;
import org.placette.post.Reactions;
import org.placette.web.Problem;

/**
 * What an actor published, as Create activities with their objects. The relay and the Group of the
 * whole place give coming events first and nothing else: peers that begin to follow them read one
 * page. A theme gives what it passed on (FEP-1b12).
 */
public final class OutboxCollection implements ActorCollection {

  private static final int MOST = 200;

  private final Actors actors;
  private final Posts posts;
  private final Events events;
  private final Reactions reactions;

  public OutboxCollection(Actors actors, Posts posts, Events events, Reactions reactions) {
    this.actors = actors;
    this.posts = posts;
    this.events = events;
    this.reactions = reactions;
  }

  @Override
  public String name() {
    return "outbox";
  }

  @Override
  public long totalItems(Actor actor) {
    if (events.forAll(actor)) return events.upcomingBy(actor, MOST).size();
    return actor.isType("Group") ? reactions.passedCount(actor) : posts.publishedCount(actor);
  }

  @Override
  public Page page(Actor actor, @Nullable String cursor, int limit) {
    List<JsonNode> items = new ArrayList<>();
    if (events.forAll(actor)) {
      for (var event : events.upcomingBy(actor, limit * 2)) items.add(create(event.post(), event));
      return new Page(items, null);
    }
    if (actor.isType("Group")) return passed(actor, cursor, limit);
    var found = new ArrayList<>(posts.publishedBy(actor, before(cursor), limit + 1));
    var more = found.size() > limit;
    if (more) found.removeLast();
    var sides = events.byPosts(found.stream().filter(p -> p.type().equals("Event")).toList());
    for (var post : found) items.add(create(post, sides.get(post.id())));
    return new Page(items, more ? String.valueOf(found.getLast().id()) : null);
  }

  private Page passed(Actor group, @Nullable String cursor, int limit) {
    var found = new ArrayList<>(reactions.passedBy(group, before(cursor), limit + 1));
    var more = found.size() > limit;
    if (more) found.removeLast();
    List<JsonNode> items = new ArrayList<>();
    for (var one : found) items.add(GroupVoice.announce(one.uri(), group, one.post()));
    return new Page(items, more ? String.valueOf(found.getLast().id()) : null);
  }

  private static long before(@Nullable String cursor) {
    try {
      return cursor == null ? Long.MAX_VALUE : Long.parseLong(cursor);
    } catch (NumberFormatException e) {
      throw new Problem.BadRequest("no such page");
    }
  }

  private ObjectNode create(Post post, @Nullable Event event) {
    var author = actors.byId(post.actorId());
    if (author == null) throw new Problem.NotFound();
    var audience = post.audienceId() == null ? null : actors.byId(post.audienceId());
    var object =
        event == null
            ? PostObject.of(post, author, audience, actors.urls())
            : EventObject.of(event, author, audience, actors.urls());
    return PostObject.wrap("Create", post.uri() + "#create", author, object, post.published());
  }
}
