package org.placette.post;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actors;
import org.placette.db.Db;
import org.placette.web.Answers;
import org.placette.web.Problem;

/**
 * Threads and replies as collections of ids (FEP-7888, FEP-f228; events.md 2.6): in order of time,
 * the root first, in pages of fifty once there are more, with an ETag.
 */
public final class Threads {

  private static final int PAGE = 50;

  /** From how many posts on a thread is not counted at each request. */
  private static final int LARGE = 500;

  private final Db db;
  private final Actors actors;
  private final Cache<Long, Integer> large =
      Caffeine.newBuilder().maximumSize(1_000).expireAfterWrite(Duration.ofSeconds(10)).build();

  public Threads(Db db, Actors actors) {
    this.db = db;
    this.actors = actors;
  }

  /**
   * Answers with the thread of a root that everybody may read.
   *
   * @param id the collection's own id
   */
  public void thread(RoutingContext ctx, Post root, String id) {
    var after = after(ctx);
    var size = size(root.id());
    var listed =
        new ArrayList<>(ThreadStore.thread(db, root.id(), after == null ? -1 : after, PAGE + 1));
    var collection = head(id, after, size, listed);
    if (root.name() != null) collection.put("name", root.name());
    var owner = actors.byId(root.audienceId() == null ? root.actorId() : root.audienceId());
    if (owner != null) collection.put("attributedTo", owner.uri());
    if (root.audienceId() != null && owner != null) collection.put("audience", owner.uri());
    collection.put("url", root.page());
    answer(ctx, collection, id, size, after, listed);
  }

  /** How many there are; what takes long to count is counted at most every ten seconds. */
  private int size(long root) {
    var known = large.getIfPresent(root);
    if (known != null) return known;
    var size = ThreadStore.threadSize(db, root);
    if (size > LARGE) large.put(root, size);
    return size;
  }

  /** Answers with what directly answers a post. */
  public void replies(RoutingContext ctx, Post parent, String id) {
    var after = after(ctx);
    var listed =
        new ArrayList<>(ThreadStore.replies(db, parent.id(), after == null ? 0 : after, PAGE + 1));
    var collection = head(id, after, parent.repliesCount(), listed);
    answer(ctx, collection, id, parent.repliesCount(), after, listed);
  }

  private static ObjectNode head(
      String id, @Nullable Long after, int size, List<ThreadStore.Listed> listed) {
    var collection =
        JsonNodeFactory.instance
            .objectNode()
            .put("@context", "https://www.w3.org/ns/activitystreams");
    var paged = listed.size() > PAGE || after != null;
    if (after != null)
      return collection
          .put("id", id + "?after=" + after)
          .put("type", "OrderedCollectionPage")
          .put("partOf", id)
          .put("totalItems", size);
    collection.put("id", id).put("type", "OrderedCollection").put("totalItems", size);
    return paged ? collection.put("first", id + "?after=-1") : collection;
  }

  private static void answer(
      RoutingContext ctx,
      ObjectNode collection,
      String id,
      int size,
      @Nullable Long after,
      List<ThreadStore.Listed> listed) {
    var more = listed.size() > PAGE;
    if (more) listed.removeLast();
    if (!more || after != null) {
      var items = collection.putArray("orderedItems");
      listed.forEach(one -> items.add(one.uri()));
    }
    if (more && after != null) collection.put("next", id + "?after=" + listed.getLast().id());
    var last = listed.isEmpty() ? 0 : listed.getLast().id();
    var etag = "W/\"" + size + "-" + last + "-" + (after == null ? "" : after) + "\"";
    ctx.response().putHeader("ETag", etag);
    if (etag.equals(ctx.request().getHeader("If-None-Match"))) {
      ctx.response().setStatusCode(304).end();
      return;
    }
    Answers.activity(ctx, collection);
  }

  private static @Nullable Long after(RoutingContext ctx) {
    var text = ctx.request().getParam("after");
    if (text == null) return null;
    try {
      return Long.valueOf(text);
    } catch (NumberFormatException e) {
      throw new Problem.BadRequest("no such page");
    }
  }
}
