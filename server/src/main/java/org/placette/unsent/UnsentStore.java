package org.placette.unsent;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.placette.db.Retention;
import org.placette.db.Sql;
import org.placette.db.Tx;

/** The rows of {@code unsent}. */
public final class UnsentStore {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST = 100;

  private UnsentStore() {}

  private static final String SELECT =
      "select id, actor_id, fields::text, saved, due, problem from unsent ";

  /**
   * Something begun: the fields of its form.
   *
   * @param due when it is published by itself; null for a mere draft
   * @param problem why it could not be; null when nothing went wrong
   */
  public record Unsent(
      long id,
      long actorId,
      Map<String, String> fields,
      Instant saved,
      @Nullable Instant due,
      @Nullable String problem) {

    /** Whether it is an event, not a message. */
    public boolean event() {
      return "event".equals(fields.get("form"));
    }

    /** Its title or how it begins; empty when it says nothing yet. */
    public String label() {
      var title = fields.getOrDefault(event() ? "name" : "title", "");
      var text = title.isBlank() ? fields.getOrDefault("text", "") : title;
      return beginning(text);
    }

    static String beginning(String text) {
      return text.length() <= 80 ? text : text.substring(0, 80) + "…";
    }
  }

  /**
   * Keeps it, new or instead of what it was.
   *
   * @return false when there are too many already
   */
  public static boolean save(
      Sql sql, long id, long actor, Map<String, String> fields, @Nullable Instant due) {
    return sql.update(
            """
            insert into unsent (id, actor_id, fields, due)
            select $1::bigint, $2::bigint, $3::jsonb, $5::timestamptz
            where (select count(*) from unsent where actor_id = $2 and id <> $1) < $4
            on conflict (id) do update set fields = excluded.fields, saved = now(),
              due = excluded.due, problem = null
              where unsent.actor_id = excluded.actor_id
            """,
            id,
            actor,
            JSON.valueToTree(fields),
            MOST,
            due)
        > 0;
  }

  /** One of somebody's own; null when there is none. */
  public static @Nullable Unsent one(Sql sql, long actor, long id) {
    return sql.one(SELECT + "where actor_id = $1 and id = $2", UnsentStore::from, actor, id);
  }

  /** Somebody's own, those that are published by themselves first. */
  public static List<Unsent> of(Sql sql, long actor) {
    return sql.list(
        SELECT + "where actor_id = $1 order by due, id desc limit $2",
        UnsentStore::from,
        actor,
        MOST);
  }

  /** Forgets one; harmless when there is none. */
  public static void remove(Sql sql, long actor, long id) {
    sql.update("delete from unsent where actor_id = $1 and id = $2", actor, id);
  }

  /** Puts off a message that waits; its form then says the same hour. */
  public static boolean move(Sql sql, long actor, long id, Instant due, String date, String time) {
    return sql.update(
            """
            update unsent set due = $3, problem = null, fields = fields
              || jsonb_build_object('publishDate', $4::text, 'publishTime', $5::text)
            where actor_id = $1 and id = $2 and due is not null and fields->>'form' is null
            """,
            actor,
            id,
            due,
            date,
            time)
        > 0;
  }

  /** Takes back that it is published by itself; it stays as a draft. */
  static void hold(Sql sql, long actor, long id) {
    sql.update(
        "update unsent set due = null, problem = null where actor_id = $1 and id = $2", actor, id);
  }

  /** Those whose hour has come, the oldest first. */
  public static List<Unsent> due(Sql sql) {
    return sql.list(SELECT + "where due <= now() order by due limit 20", UnsentStore::from);
  }

  /** Takes one out to publish it; false when it left or was put off meanwhile. */
  public static boolean take(Tx tx, long actor, Unsent one) {
    return tx.update(
            "delete from unsent where actor_id = $1 and id = $2"
                + " and due is not distinct from $3::timestamptz",
            actor,
            one.id(),
            one.due())
        > 0;
  }

  /** It could not be published, and waits for its author as a draft, unless it was put off. */
  public static void fail(Sql sql, Unsent one, String problem) {
    sql.update(
        "update unsent set due = null, problem = $2 where id = $1 and due = $3",
        one.id(),
        problem,
        one.due());
  }

  private static Unsent from(Row row) {
    OffsetDateTime due = row.getOffsetDateTime(4);
    return new Unsent(
        row.getLong(0),
        row.getLong(1),
        fields(row.getString(2)),
        Objects.requireNonNull(row.getOffsetDateTime(3)).toInstant(),
        due == null ? null : due.toInstant(),
        row.getString(5));
  }

  /** The fields of a form, as they are kept. */
  public static Map<String, String> fields(String json) {
    try {
      return JSON.readValue(json, new TypeReference<Map<String, String>>() {});
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("fields that are no JSON", e);
    }
  }

  /** Why the table exists, and how long its rows live. */
  public static List<Retention.Table> retention() {
    return List.of(
        Retention.Table.aged(
            "unsent",
            "retention.unsent",
            Duration.ofDays(365),
            "id",
            "due is null and saved < now() - :keep"));
  }
}
