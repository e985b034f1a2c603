package org.placette.schedule;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.placette.db.Retention;
import org.placette.db.Sql;
import org.placette.db.Tx;
import org.placette.mastodon.PageStore;
import org.placette.mastodon.Paging;
import org.placette.post.PostDrafts;
import org.placette.post.WantedPost;
import org.placette.unsent.UnsentPages;

/** The rows of {@code scheduled_post}. */
final class ScheduleStore {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String SELECT =
      """
      select id, actor_id, due, wanted::text as wanted, application::text as application
      from scheduled_post
      """;

  /** Those of apps and those of the browser, of one person: few enough to be put in order. */
  private static final String ALL =
      """
      select * from (
        select id, due, wanted::text as wanted, null as fields
        from scheduled_post where actor_id = $1
        union all
        select id, due, null, fields::text
        from unsent where actor_id = $1 and due is not null and fields->>'form' is null) s
      """;

  private ScheduleStore() {}

  /** A post that waits. */
  record Row(
      long id, long actorId, Instant due, WantedPost wanted, @Nullable JsonNode application) {}

  /** A post that waits, as apps are told of it. */
  record Listed(long id, Instant due, WantedPost wanted) {}

  private static Row from(io.vertx.sqlclient.Row row) {
    return new Row(
        row.getLong("id"),
        row.getLong("actor_id"),
        row.getOffsetDateTime("due").toInstant(),
        WantedPost.of(row.getString("wanted")),
        read(row.getString("application")));
  }

  private static @Nullable JsonNode read(@Nullable String json) {
    try {
      return json == null ? null : JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a jsonb column that is no JSON", e);
    }
  }

  static void add(
      Tx tx, long id, long actor, Instant due, WantedPost wanted, @Nullable JsonNode app) {
    tx.update(
        """
        insert into scheduled_post (id, actor_id, due, wanted, media_ids, application)
        values ($1, $2, $3, $4, $5, $6)
        """,
        id,
        actor,
        due,
        wanted.json(),
        wanted.media().toArray(Long[]::new),
        app);
  }

  static int count(Sql sql, long actor) {
    return Objects.requireNonNull(
        sql.one(
            "select count(*)::int from scheduled_post where actor_id = $1",
            row -> row.getInteger(0),
            actor));
  }

  static @Nullable Row one(Sql sql, long actor, long id) {
    return sql.one(SELECT + "where id = $1 and actor_id = $2", ScheduleStore::from, id, actor);
  }

  static List<Listed> page(Sql sql, long actor, Paging page) {
    return PageStore.page(
        sql, ALL + "where id < $2 and id > $3", "id", page, ScheduleStore::listed, actor);
  }

  /** One of a person's, from whichever place; null when there is none. */
  static @Nullable Listed listed(Sql sql, long actor, long id) {
    return sql.one(ALL + "where id = $2", ScheduleStore::listed, actor, id);
  }

  private static Listed listed(io.vertx.sqlclient.Row row) {
    var wanted = row.getString("wanted");
    return new Listed(
        row.getLong("id"),
        row.getOffsetDateTime("due").toInstant(),
        wanted == null ? PostDrafts.wanted(row.getString("fields")) : WantedPost.of(wanted));
  }

  static boolean move(Sql sql, long actor, long id, Instant due) {
    return sql.update(
            "update scheduled_post set due = $3, problem = null where id = $1 and actor_id = $2",
            id,
            actor,
            due)
        > 0;
  }

  static boolean change(Sql sql, long actor, long id, Instant due, WantedPost wanted) {
    return sql.update(
            """
            update scheduled_post set due = $3, wanted = $4, problem = null
            where id = $1 and actor_id = $2
            """,
            id,
            actor,
            due,
            wanted.json())
        > 0;
  }

  /** All of one person's, the next first: there are never many. */
  static List<UnsentPages.Timed> timed(Sql sql, long actor) {
    return sql.list(
        """
        select id, due, wanted->>'text' as words, problem is not null as failed
        from scheduled_post where actor_id = $1 order by due, id
        """,
        row ->
            new UnsentPages.Timed(
                row.getLong("id"),
                Objects.requireNonNullElse(row.getString("words"), ""),
                row.getOffsetDateTime("due").toInstant(),
                row.getBoolean("failed")),
        actor);
  }

  static boolean remove(Sql sql, long actor, long id) {
    return sql.update("delete from scheduled_post where id = $1 and actor_id = $2", id, actor) > 0;
  }

  static List<Row> due(Sql sql) {
    return sql.list(
        SELECT + "where problem is null and due <= now() order by due limit 20",
        ScheduleStore::from);
  }

  /** Takes one out, unless somebody else did or its author moved it. */
  static boolean take(Tx tx, long id, Instant due) {
    return tx.update("delete from scheduled_post where id = $1 and due = $2", id, due) > 0;
  }

  static void fail(Sql sql, long id, String problem) {
    sql.update("update scheduled_post set problem = $2 where id = $1", id, problem);
  }

  static Retention.Table retention() {
    return Retention.Table.owned("scheduled_post", "retention.scheduled_post");
  }
}
