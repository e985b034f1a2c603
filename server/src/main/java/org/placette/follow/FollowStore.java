package org.placette.follow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.placette.db.Ids;
import org.placette.db.Sql;
import org.placette.db.Tx;
import org.placette.feed.FeedStore;

/** All SQL about follows. */
final class FollowStore {

  private static final ObjectMapper JSON = new ObjectMapper();

  private FollowStore() {}

  static @Nullable Follow between(Sql sql, long actorId, long targetId) {
    return sql.one(
        "select * from follow where actor_id = $1 and target_id = $2",
        FollowStore::follow,
        actorId,
        targetId);
  }

  static @Nullable Follow byUri(Sql sql, String uri) {
    return sql.one("select * from follow where uri = $1", FollowStore::follow, uri);
  }

  /** Locks both actors' follow against a second answer at the same time. */
  static @Nullable Follow lock(Tx tx, long id) {
    return tx.one("select * from follow where id = $1 for update", FollowStore::follow, id);
  }

  /**
   * Stores a Follow. Sent again, it takes the place of the one before and keeps its state; an id
   * that belongs to another pair of actors is not taken over.
   */
  static Follow put(Tx tx, String uri, long actorId, long targetId, ObjectNode activity) {
    var owner = byUri(tx, uri);
    var taken = owner != null && (owner.actorId() != actorId || owner.targetId() != targetId);
    var id = Ids.next();
    return Objects.requireNonNull(
        tx.one(
            """
            insert into follow as known (id, uri, actor_id, target_id, state, activity)
            values ($1, $2, $3, $4, 'pending', $5)
            on conflict (actor_id, target_id) do update
              set uri = excluded.uri, activity = excluded.activity
            returning *
            """,
            FollowStore::follow,
            id,
            taken ? uri + "#" + id : uri,
            actorId,
            targetId,
            activity));
  }

  /** False when it was accepted already. */
  static boolean accept(Tx tx, long id) {
    var pair =
        tx.one(
            """
            update follow set state = 'accepted', accepted_at = now()
            where id = $1 and state = 'pending' returning actor_id, target_id
            """,
            FollowStore::pair,
            id);
    if (pair != null) FeedStore.followed(tx, pair.actorId, pair.targetId);
    return pair != null;
  }

  static void delete(Tx tx, long id) {
    var pair =
        tx.one(
            "delete from follow where id = $1 returning actor_id, target_id",
            FollowStore::pair,
            id);
    if (pair == null) return;
    FeedStore.unfollowed(tx, pair.actorId, pair.targetId);
    FollowPageStore.unendorse(tx, pair.actorId, pair.targetId);
  }

  private record Pair(long actorId, long targetId) {}

  private static Pair pair(Row row) {
    return new Pair(row.getLong(0), row.getLong(1));
  }

  /** True when the one has blocked the other; the table belongs to moderation. */
  static boolean blocks(Sql sql, long actorId, long targetId) {
    return sql.one(
            "select 1 from block where actor_id = $1 and target_id = $2",
            row -> 1,
            actorId,
            targetId)
        != null;
  }

  /** Every follow, either way, of a remote actor's with local ones: the local side's ids. */
  static List<Long> localFollowers(Sql sql, long targetId) {
    return sql.list(
        """
        select f.actor_id from follow f join actor a on a.id = f.actor_id
        where f.target_id = $1 and a.host is null and a.deleted_at is null
        order by f.id
        """,
        row -> row.getLong(0),
        targetId);
  }

  /** Requests that wait for a local actor's answer, the oldest first. */
  static List<Follow> waiting(Sql sql, long targetId, long after, int limit) {
    return sql.list(
        """
        select * from follow where target_id = $1 and state = 'pending' and id > $2
        order by id limit $3
        """,
        FollowStore::follow,
        targetId,
        after,
        limit);
  }

  /** True for a private group, whose members are known to its members alone. */
  static boolean hidesMembers(Sql sql, long actor) {
    return sql.one(
            "select 1 from theme where actor_id = $1 and access = 'private'", row -> 1, actor)
        != null;
  }

  /** The same for one viewer: members know each other. */
  static boolean hidesMembers(Sql sql, long actor, long viewer) {
    return sql.one(
            """
            select 1 from theme where actor_id = $1 and access = 'private' and not exists (
              select from follow where actor_id = $2 and target_id = $1 and state = 'accepted')
            """,
            row -> 1,
            actor,
            viewer)
        != null;
  }

  /**
   * One entry of a list of followers or followed.
   *
   * @param id the follow's number, for the next page
   * @param uri the other actor
   */
  record Entry(long id, String uri) {}

  static List<Entry> followers(Sql sql, long targetId, long before, int limit) {
    return sql.list(
        """
        select f.id, a.uri from follow f join actor a on a.id = f.actor_id
        where f.target_id = $1 and f.state = 'accepted' and f.id < $2 and a.suspended_at is null
        order by f.id desc limit $3
        """,
        row -> new Entry(row.getLong(0), row.getString(1)),
        targetId,
        before,
        limit);
  }

  static List<Entry> following(Sql sql, long actorId, long before, int limit) {
    return sql.list(
        """
        select f.id, a.uri from follow f join actor a on a.id = f.target_id
        where f.actor_id = $1 and f.state = 'accepted' and f.id < $2 and a.suspended_at is null
        order by f.id desc limit $3
        """,
        row -> new Entry(row.getLong(0), row.getString(1)),
        actorId,
        before,
        limit);
  }

  static long countFollowers(Sql sql, long targetId) {
    return count(sql, "select followers from actor_count where actor_id = $1", targetId);
  }

  static long countFollowing(Sql sql, long actorId) {
    return count(sql, "select following from actor_count where actor_id = $1", actorId);
  }

  private static long count(Sql sql, String query, long id) {
    return Objects.requireNonNullElse(sql.one(query, row -> row.getLong(0), id), 0L);
  }

  private static Follow follow(Row row) {
    return new Follow(
        row.getLong("id"),
        row.getString("uri"),
        row.getLong("actor_id"),
        row.getLong("target_id"),
        row.getString("state").equals("accepted"),
        activity(row.getJson("activity")),
        row.getOffsetDateTime("published").toInstant());
  }

  private static ObjectNode activity(@Nullable Object json) {
    if (json == null) return JSON.createObjectNode();
    try {
      return (ObjectNode) JSON.readTree(json.toString());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a stored Follow cannot be read", e);
    }
  }
}
