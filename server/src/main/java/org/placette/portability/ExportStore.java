package org.placette.portability;

import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.placette.db.Sql;
import org.placette.post.Post;
import org.placette.post.PostStore;

/** The rows of {@code export}, and everything that an archive is made of. */
final class ExportStore {

  private ExportStore() {}

  static void ask(Sql sql, long id, long actor, Duration life) {
    sql.run(
        """
        insert into export (id, actor_id, expires)
        select $1, $2, now() + $3 * interval '1 second' where not exists (
          select from export where actor_id = $2 and state = 'waiting')
        """,
        id,
        actor,
        life.toSeconds());
  }

  /** Somebody's latest archives. */
  static List<Exports.Export> of(Sql sql, long actor) {
    return sql.list(
        "select * from export where actor_id = $1 and expires > now() order by id desc limit 5",
        ExportStore::export,
        actor);
  }

  static Exports.@Nullable Export one(Sql sql, long actor, long id) {
    return sql.one(
        "select * from export where actor_id = $1 and id = $2 and expires > now()",
        ExportStore::export,
        actor,
        id);
  }

  /** Takes one that waits; after an hour another may try. */
  static Exports.@Nullable Export claim(Sql sql) {
    return sql.one(
        """
        update export set claimed = now() where id = (
          select id from export where state = 'waiting'
            and (claimed is null or claimed < now() - interval '1 hour')
          order by id limit 1 for update skip locked)
        returning *
        """,
        ExportStore::export);
  }

  static boolean ready(Sql sql, long id, String file, long bytes) {
    return sql.update(
            "update export set state = 'ready', file = $2, bytes = $3 where id = $1",
            id,
            file,
            bytes)
        > 0;
  }

  static void failed(Sql sql, long id) {
    sql.update("update export set state = 'failed' where id = $1", id);
  }

  /** The files that may still be fetched, or are being made. */
  static List<String> files(Sql sql) {
    return sql.list(
        "select file from export where file is not null and expires > now()",
        row -> row.getString(0));
  }

  private static Exports.Export export(Row row) {
    return new Exports.Export(
        row.getLong("id"),
        row.getLong("actor_id"),
        row.getString("state"),
        row.getString("file"),
        row.getLong("bytes"),
        row.getOffsetDateTime("asked").toInstant(),
        row.getOffsetDateTime("expires").toInstant());
  }

  /** One's own posts in the order of their ids, those left out that stand for an event. */
  static List<Post> posts(Sql sql, long actor, long after, int limit) {
    return sql.list(
        "select "
            + PostStore.COLUMNS
            + " from post p where p.actor_id = $1 and p.id > $2 and p.companion_of is null"
            + " order by p.id limit $3",
        PostStore::from,
        actor,
        after,
        limit);
  }

  static long countPosts(Sql sql, long actor) {
    return Objects.requireNonNull(
        sql.one(
            "select count(*) from post where actor_id = $1 and companion_of is null",
            row -> row.getLong(0),
            actor));
  }

  /**
   * A line of a file: two texts at most.
   *
   * @param first such as a handle
   * @param second such as a title; empty for none
   */
  record Line(String first, String second) {}

  private static final String HANDLE = "a.username || '@' || coalesce(a.host, $2)";

  /** The lines of one of the files, by its name; the queries stand below. */
  static List<Line> lines(Sql sql, String file, long actor, String host) {
    return sql.list(query(file), row -> new Line(row.getString(0), row.getString(1)), actor, host);
  }

  private static String query(String file) {
    return switch (file) {
      case "following_accounts" ->
          "select "
              + HANDLE
              + ", f.show_reblogs || ',' || f.notify || ',' ||"
              + " coalesce(array_to_string(f.languages, ', '), '') from follow f join actor a on"
              + " a.id = f.target_id where f.actor_id = $1 and f.state = 'accepted' order by f.id";
      case "followers" ->
          "select "
              + HANDLE
              + ", '' from follow f join actor a on a.id = f.actor_id"
              + " where f.target_id = $1 and f.state = 'accepted' order by f.id";
      case "blocked_accounts" ->
          "select "
              + HANDLE
              + ", '' from block b join actor a on a.id = b.target_id"
              + " where b.actor_id = $1 order by b.published";
      case "muted_accounts" ->
          "select "
              + HANDLE
              + ", m.notifications::text from mute m join actor a on a.id ="
              + " m.target_id where m.actor_id = $1 order by m.id";
      case "lists" ->
          "select "
              + HANDLE
              + ", l.title from list l join list_member m on m.list_id = l.id"
              + " join actor a on a.id = m.actor_id where l.owner_id = $1 order by l.id, m.id";
      case "blocked_domains" ->
          "select h.host, $2::text from host_mute h where h.actor_id = $1 order by h.id";
      case "bookmarks" ->
          "select p.uri, $2::text from bookmark k join post p on p.id = k.post_id"
              + " where k.actor_id = $1 order by k.id";
      case "likes" ->
          "select p.uri, $2::text from post_like k join post p on p.id = k.post_id"
              + " where k.actor_id = $1 order by k.published";
      case "answers" ->
          "select coalesce(p.name, p.uri), r.state || $2::text from rsvp r join post p on p.id ="
              + " r.post_id where r.actor_id = $1 order by r.id";
      default -> throw new IllegalArgumentException(file);
    };
  }

  /** What the account itself holds; when each of its sessions began is left out. */
  record Own(String email, String role, String locale, Instant created, String visibility) {}

  static @Nullable Own own(Sql sql, long actor) {
    return sql.one(
        """
        select email, coalesce((select string_agg(distinct role, ' ') from role_grant g
          where g.actor_id = account.actor_id), 'resident'), locale, created, default_visibility
        from account where actor_id = $1
        """,
        row ->
            new Own(
                row.getString(0),
                row.getString(1),
                row.getString(2),
                row.getOffsetDateTime(3).toInstant(),
                row.getString(4)),
        actor);
  }
}
