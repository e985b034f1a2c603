package org.placette.post;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.placette.db.Retention;
import org.placette.db.Sql;

/** What posts were before they were changed: the rows of {@code post_revision}. */
public final class RevisionStore {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST = 100;

  private RevisionStore() {}

  /** One state of a post. */
  public record Revision(
      Instant published,
      @Nullable String name,
      @Nullable String summary,
      String content,
      @Nullable String language,
      boolean sensitive,
      JsonNode attachment,
      JsonNode tag,
      @Nullable JsonNode poll) {}

  /** Every state that is known, the present one last. */
  public static List<Revision> of(Sql sql, long post) {
    return sql.list(
        """
        select published, name, summary, content, sensitive, attachment::text as attachment,
          tag::text as tag, poll::text as poll, language from (
          select published, name, summary, content, sensitive, attachment, tag, poll, language
          from post_revision where post_id = $1
          union all
          select coalesce(updated, published), name, summary, content, sensitive, attachment, tag,
            poll, language from post where id = $1) as state
        order by published limit $2
        """,
        RevisionStore::from,
        post,
        MOST);
  }

  private static Revision from(Row row) {
    var poll = row.getString("poll");
    return new Revision(
        row.getOffsetDateTime("published").toInstant(),
        row.getString("name"),
        row.getString("summary"),
        row.getString("content"),
        row.getString("language"),
        row.getBoolean("sensitive"),
        read(row.getString("attachment")),
        read(row.getString("tag")),
        poll == null ? null : options(read(poll)));
  }

  private static JsonNode options(JsonNode poll) {
    var shown = JsonNodeFactory.instance.objectNode();
    var options = shown.putArray("options");
    for (var one : poll.path("options"))
      options.addObject().put("title", one.path("name").asText());
    return shown;
  }

  private static JsonNode read(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a jsonb column that is no JSON", e);
    }
  }

  static Retention.Table retention() {
    return Retention.Table.owned("post_revision", "retention.post_revision");
  }
}
