package org.placette.filter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.placette.db.Ids;
import org.placette.db.Sql;
import org.placette.db.Tx;

/** All SQL about filters. */
final class FilterStore {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String SELECT =
      """
      select f.id, f.title, f.context, f.action, f.expires,
        coalesce((select json_agg(json_build_object('id', k.id::text, 'keyword', k.keyword,
            'whole', k.whole_word) order by k.id) from filter_keyword k
          where k.filter_id = f.id), '[]')::text as keywords,
        coalesce((select json_agg(json_build_object('id', s.id::text, 'post', s.post_id::text)
            order by s.id) from filter_status s where s.filter_id = f.id), '[]')::text as posts
      from filter f where f.owner_id = $1
      """;

  private FilterStore() {}

  static List<Filter> all(Sql sql, long owner) {
    return sql.list(SELECT + " order by f.id", FilterStore::from, owner);
  }

  static long count(Sql sql, long owner) {
    var found =
        sql.one("select count(*) from filter where owner_id = $1", row -> row.getLong(0), owner);
    return found == null ? 0 : found;
  }

  static @Nullable Filter one(Sql sql, long owner, long id) {
    return sql.one(SELECT + " and f.id = $2", FilterStore::from, owner, id);
  }

  /** The filter that a keyword belongs to. */
  static @Nullable Filter ofKeyword(Sql sql, long owner, long keyword) {
    return sql.one(
        SELECT + " and f.id = (select filter_id from filter_keyword where id = $2)",
        FilterStore::from,
        owner,
        keyword);
  }

  /** The filter that a single post belongs to. */
  static @Nullable Filter ofPost(Sql sql, long owner, long post) {
    return sql.one(
        SELECT + " and f.id = (select filter_id from filter_status where id = $2)",
        FilterStore::from,
        owner,
        post);
  }

  /** Stores what a filter is, without its keywords and posts. */
  static void put(
      Tx tx,
      long owner,
      long id,
      String title,
      List<String> context,
      String action,
      @Nullable Instant expires) {
    tx.update(
        """
        insert into filter (id, owner_id, title, context, action, expires)
        values ($1, $2, $3, $4, $5, $6)
        on conflict (id) do update set title = excluded.title, context = excluded.context,
          action = excluded.action, expires = excluded.expires
          where filter.owner_id = excluded.owner_id
        """,
        id,
        owner,
        title,
        context.toArray(String[]::new),
        action,
        expires);
  }

  static void delete(Sql sql, long owner, long id) {
    sql.update("delete from filter where owner_id = $1 and id = $2", owner, id);
  }

  static long addKeyword(Sql sql, long filter, String keyword, boolean whole) {
    var id = Ids.next();
    sql.update(
        "insert into filter_keyword (id, filter_id, keyword, whole_word) values ($1, $2, $3, $4)",
        id,
        filter,
        keyword,
        whole);
    return id;
  }

  /** Changes a keyword of that filter; null leaves a part as it is. */
  static void changeKeyword(
      Sql sql, long filter, long id, @Nullable String keyword, @Nullable Boolean whole) {
    sql.update(
        """
        update filter_keyword set keyword = coalesce($3, keyword),
          whole_word = coalesce($4, whole_word)
        where id = $1 and filter_id = $2
        """,
        id,
        filter,
        keyword,
        whole);
  }

  static void removeKeyword(Sql sql, long filter, long id) {
    sql.update("delete from filter_keyword where id = $1 and filter_id = $2", id, filter);
  }

  static long addPost(Sql sql, long filter, long post) {
    var id = Ids.next();
    var added =
        sql.update(
            """
            insert into filter_status (id, filter_id, post_id)
            select $1, $2, p.id from post p where p.id = $3 on conflict do nothing
            """,
            id,
            filter,
            post);
    return added > 0 ? id : 0;
  }

  static void removePost(Sql sql, long filter, long id) {
    sql.update("delete from filter_status where id = $1 and filter_id = $2", id, filter);
  }

  private static Filter from(Row row) {
    var expires = row.getOffsetDateTime("expires");
    List<Filter.Keyword> keywords = new ArrayList<>();
    for (var one : read(row.getString("keywords")))
      keywords.add(
          new Filter.Keyword(
              one.path("id").asText(),
              one.path("keyword").asText(),
              one.path("whole").asBoolean()));
    List<Filter.Post> posts = new ArrayList<>();
    for (var one : read(row.getString("posts")))
      posts.add(new Filter.Post(one.path("id").asText(), one.path("post").asText()));
    return new Filter(
        String.valueOf(row.getLong("id")),
        row.getString("title"),
        List.of(row.getArrayOfStrings("context")),
        expires == null ? null : expires.toInstant(),
        row.getString("action"),
        keywords,
        posts);
  }

  private static JsonNode read(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("json that cannot be read", e);
    }
  }
}
