package org.placette.post;

import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.placette.db.Ids;
import org.placette.db.Signals;
import org.placette.db.Sql;
import org.placette.db.Tx;
import org.placette.feed.FeedStore;

/**
 * The rows of {@code post_like}, {@code announce} and {@code featured}, and the counts they make.
 */
final class ReactionStore {

  private ReactionStore() {}

  /**
   * Somebody's reaction to a post.
   *
   * @param uri the id of its activity
   */
  record Reaction(String uri, long actorId, long postId) {}

  /** Records a Like once; false when the actor likes it already. */
  static boolean like(
      Tx tx, long actor, long post, String uri, @Nullable String content, Instant published) {
    return tx.update(
            """
            with l as (
              insert into post_like (actor_id, post_id, uri, content, published, id)
              values ($1, $2, $3, $4, $5, $6)
              on conflict do nothing returning post_id
            )
            update post set likes_count = likes_count + 1 from l where post.id = l.post_id
            """,
            actor,
            post,
            uri,
            content,
            published,
            Ids.next())
        > 0;
  }

  static @Nullable Reaction likeOf(Sql sql, long actor, long post) {
    return sql.one(
        "select uri, actor_id, post_id from post_like where actor_id = $1 and post_id = $2",
        ReactionStore::reaction,
        actor,
        post);
  }

  static @Nullable Reaction likeByUri(Sql sql, String uri) {
    return sql.one(
        "select uri, actor_id, post_id from post_like where uri = $1",
        ReactionStore::reaction,
        uri);
  }

  static boolean unlike(Tx tx, long actor, long post) {
    return tx.update(
            """
            with l as (
              delete from post_like where actor_id = $1 and post_id = $2 returning post_id
            )
            update post set likes_count = greatest(0, likes_count - 1)
            from l where post.id = l.post_id
            """,
            actor,
            post)
        > 0;
  }

  /** Records an Announce to everybody once; false when the actor announced it already. */
  static boolean announce(Tx tx, long actor, long post, String uri, Instant published) {
    return announce(tx, actor, post, uri, published, Visibility.PUBLIC);
  }

  /** The same for those whom it is for: everybody, or the actor's followers. */
  static boolean announce(
      Tx tx, long actor, long post, String uri, Instant published, Visibility to) {
    var done =
        tx.update(
                """
                with a as (
                  insert into announce (id, uri, actor_id, post_id, published, visibility)
                  values ($1, $2, $3, $4, $5, $6)
                  on conflict do nothing returning post_id
                )
                update post set shares_count = shares_count + 1 from a where post.id = a.post_id
                """,
                Ids.next(),
                uri,
                actor,
                post,
                published,
                to.word())
            > 0;
    if (done) FeedStore.announced(tx, actor, post);
    return done;
  }

  static @Nullable Reaction announceOf(Sql sql, long actor, long post) {
    return sql.one(
        "select uri, actor_id, post_id from announce where actor_id = $1 and post_id = $2",
        ReactionStore::reaction,
        actor,
        post);
  }

  /** The open posts that a Group announced, the newest announce first. */
  static List<Reactions.Passed> passedBy(Sql sql, long group, long before, int limit) {
    return sql.list(
        """
        select s.id, s.uri, p.uri as post from announce s join post p on p.id = s.post_id
        where s.actor_id = $1 and s.id < $2 and p.visibility in ('public', 'unlisted')
        order by s.id desc limit $3
        """,
        row -> new Reactions.Passed(row.getLong("id"), row.getString("uri"), row.getString("post")),
        group,
        before,
        limit);
  }

  static long passedCount(Sql sql, long group) {
    var count =
        sql.one(
            """
            select count(*) from announce s join post p on p.id = s.post_id
            where s.actor_id = $1 and p.visibility in ('public', 'unlisted')
            """,
            row -> row.getLong(0),
            group);
    return count == null ? 0 : count;
  }

  /** Whom somebody's announce of a post is for. */
  static Visibility announcedTo(Sql sql, long actor, long post) {
    var word =
        sql.one(
            "select visibility from announce where actor_id = $1 and post_id = $2",
            row -> row.getString(0),
            actor,
            post);
    return word == null ? Visibility.PUBLIC : Visibility.of(word);
  }

  /** The post that an announce of this number brings; null when there is no such announce. */
  static @Nullable Long postOf(Sql sql, long announce) {
    return sql.one("select post_id from announce where id = $1", row -> row.getLong(0), announce);
  }

  /** The number of somebody's announce of a post; null when there is none. */
  static @Nullable Long announceId(Sql sql, long actor, long post) {
    return sql.one(
        "select id from announce where actor_id = $1 and post_id = $2",
        row -> row.getLong(0),
        actor,
        post);
  }

  static @Nullable Reaction announceByUri(Sql sql, String uri) {
    return sql.one(
        "select uri, actor_id, post_id from announce where uri = $1", ReactionStore::reaction, uri);
  }

  static boolean unannounce(Tx tx, long actor, long post) {
    Long id =
        tx.one(
            """
            with a as (
              delete from announce where actor_id = $1 and post_id = $2 returning id, post_id
            )
            update post set shares_count = greatest(0, shares_count - 1)
            from a where post.id = a.post_id returning a.id
            """,
            row -> row.getLong(0),
            actor,
            post);
    if (id != null) tx.signal(new Signals.Signal("gone", id, "public," + actor));
    return id != null;
  }

  /** Pins a post of the actor's own or posted to it; at most 100 stay pinned. */
  static void feature(Tx tx, long actor, long post) {
    tx.update(
        """
        insert into featured (actor_id, post_id)
        select $1::bigint, p.id from post p
        where p.id = $2 and (p.actor_id = $1 or p.audience_id = $1)
          and (select count(*) from featured f where f.actor_id = $1) < 100
        on conflict do nothing
        """,
        actor,
        post);
  }

  static boolean isFeatured(Sql sql, long actor, long post) {
    return sql.one(
            "select 1 from featured where actor_id = $1 and post_id = $2", row -> 1, actor, post)
        != null;
  }

  static int featuredCount(Sql sql, long actor) {
    var count =
        sql.one(
            "select count(*)::int from featured where actor_id = $1",
            row -> row.getInteger(0),
            actor);
    return count == null ? 0 : count;
  }

  static void unfeature(Tx tx, long actor, long post) {
    tx.update("delete from featured where actor_id = $1 and post_id = $2", actor, post);
  }

  /** The uris of what an actor pinned, newest first. */
  static List<String> featured(Sql sql, long actor) {
    return sql.list(
        """
        select p.uri from featured f join post p on p.id = f.post_id
        where f.actor_id = $1 and p.visibility in ('public', 'unlisted')
        order by f.published desc limit 100
        """,
        row -> row.getString("uri"),
        actor);
  }

  /** Whether an actor follows a Group, which is what makes a member. */
  static boolean isMember(Sql sql, long group, long actor) {
    return sql.one(
            "select 1 from follow where actor_id = $1 and target_id = $2 and state = 'accepted'",
            row -> 1,
            actor,
            group)
        != null;
  }

  private static Reaction reaction(Row row) {
    return new Reaction(row.getString(0), row.getLong(1), row.getLong(2));
  }
}
