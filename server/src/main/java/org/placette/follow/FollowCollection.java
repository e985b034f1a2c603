package org.placette.follow;

import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actor;
import org.placette.actor.ActorCollection;
import org.placette.db.Db;
import org.placette.follow.FollowStore.Entry;
import org.placette.web.Problem;

/** The followers of a local actor, or those it follows: ids, the latest first. */
public final class FollowCollection implements ActorCollection {

  private final Db db;
  private final boolean followers;

  private FollowCollection(Db db, boolean followers) {
    this.db = db;
    this.followers = followers;
  }

  /** Both collections. */
  public static List<ActorCollection> both(Db db) {
    return List.of(new FollowCollection(db, true), new FollowCollection(db, false));
  }

  @Override
  public String name() {
    return followers ? "followers" : "following";
  }

  @Override
  public long totalItems(Actor actor) {
    if (FollowStore.hidesMembers(db, actor.id())) return 0;
    return followers
        ? FollowStore.countFollowers(db, actor.id())
        : FollowStore.countFollowing(db, actor.id());
  }

  @Override
  public Page page(Actor actor, @Nullable String cursor, int limit) {
    if (actor.hidesPeople() || FollowStore.hidesMembers(db, actor.id())) return Page.EMPTY;
    var before = before(cursor);
    var entries =
        followers
            ? FollowStore.followers(db, actor.id(), before, limit)
            : FollowStore.following(db, actor.id(), before, limit);
    var items = entries.stream().map(Entry::uri).map(TextNode::valueOf).toList();
    return new Page(items, entries.size() < limit ? null : String.valueOf(entries.getLast().id()));
  }

  private static long before(@Nullable String cursor) {
    try {
      return cursor == null ? Long.MAX_VALUE : Long.parseLong(cursor);
    } catch (NumberFormatException e) {
      throw new Problem.BadRequest("no such page");
    }
  }
}
