package org.placette.unsent;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.placette.db.Retention;
import org.placette.db.Sql;

/** The rows of {@code unsent}. */
public final class UnsentStore {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST = 100;

  private UnsentStore() {}

  /** Something begun: the fields of its form. */
  public record Unsent(long id, Map<String, String> fields, Instant saved) {

    /** Its title or how it begins; empty when it says nothing yet. */
    public String label() {
      var title = fields.getOrDefault("title", "");
      var text = title.isBlank() ? fields.getOrDefault("text", "") : title;
      return text.length() <= 80 ? text : text.substring(0, 80) + "…";
    }
  }

  /**
   * Keeps it, new or instead of what it was.
   *
   * @return false when there are too many already
   */
  static boolean save(Sql sql, long id, long actor, Map<String, String> fields) {
    return sql.update(
            """
            insert into unsent (id, actor_id, fields) select $1::bigint, $2::bigint, $3::jsonb
            where (select count(*) from unsent where actor_id = $2 and id <> $1) < $4
            on conflict (id) do update set fields = excluded.fields, saved = now()
              where unsent.actor_id = excluded.actor_id
            """,
            id,
            actor,
            JSON.valueToTree(fields),
            MOST)
        > 0;
  }

  /** One of somebody's own; null when there is none. */
  public static @Nullable Unsent one(Sql sql, long actor, long id) {
    return sql.one(
        "select id, fields::text, saved from unsent where actor_id = $1 and id = $2",
        UnsentStore::from,
        actor,
        id);
  }

  static List<Unsent> of(Sql sql, long actor) {
    return sql.list(
        "select id, fields::text, saved from unsent where actor_id = $1 order by id desc limit $2",
        UnsentStore::from,
        actor,
        MOST);
  }

  /** Forgets one; harmless when there is none. */
  public static void remove(Sql sql, long actor, long id) {
    sql.update("delete from unsent where actor_id = $1 and id = $2", actor, id);
  }

  private static Unsent from(Row row) {
    try {
      return new Unsent(
          row.getLong(0),
          JSON.readValue(row.getString(1), new TypeReference<Map<String, String>>() {}),
          Objects.requireNonNull(row.getOffsetDateTime(2)).toInstant());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("fields that are no JSON", e);
    }
  }

  /** Why the table exists, and how long its rows live. */
  public static List<Retention.Table> retention() {
    return List.of(
        Retention.Table.aged(
            "unsent", "retention.unsent", Duration.ofDays(365), "id", "saved < now() - :keep"));
  }
}
