package org.placette.corpus;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.placette.db.Db;
import org.placette.db.Ids;

/** What the server has stored, and what a sample takes for granted there. */
final class Stored {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** What a refused or ignored activity must leave as it is. */
  private static final List<String> EFFECTS =
      List.of(
          "post",
          "event",
          "mention",
          "post_tag",
          "post_like",
          "announce",
          "follow",
          "block",
          "report",
          "tombstone",
          "featured",
          "notification",
          "rsvp",
          "activity");

  private final Db db;

  Stored(Db db) {
    this.db = db;
  }

  /** A follow that waits for its answer. */
  void asked(long follower, long target, String uri) {
    run(
        """
        insert into follow (id, uri, actor_id, target_id, state)
        values ($1, $2, $3, $4, 'pending')
        """,
        Ids.next(),
        uri,
        follower,
        target);
  }

  /** A public post, once. */
  void post(String uri, String type, long author, @Nullable String poll) {
    if (first("post", "uri = $1", uri) != null) return;
    run(
        """
        insert into post (id, uri, type, actor_id, content, visibility, root_id, published, poll)
        values ($1, $2, $3, $4, '<p>Bonjour</p>', 'public', $1, now(), $5::text::jsonb)
        """,
        Ids.next(),
        uri,
        type,
        author,
        poll);
  }

  /** Makes a stored post an event to come. */
  void event(String uri) {
    run(
        """
        insert into event (post_id, uuid, start_time, timezone)
        select id, '6b0c3f52-8a0e-4b51-9d2e-6f5f3f0f1a77', now() + interval '9 days', 'Europe/Paris'
        from post where uri = $1 on conflict do nothing
        """,
        uri);
  }

  /** An event elsewhere, and that somebody has asked for a place at it. */
  void joined(String event, long organiser, long guest, String join) {
    var id = Ids.next();
    run(
        """
        insert into post (id, uri, type, name, actor_id, content, visibility, root_id, published)
        values ($1, $2, 'Event', 'Ailleurs', $3, '', 'public', $1, now())
        """,
        id,
        event,
        organiser);
    run(
        """
        insert into event (post_id, uuid, start_time, timezone)
        values ($1, gen_random_uuid(), now() + interval '9 days', 'UTC')
        """,
        id);
    run(
        """
        insert into rsvp (id, post_id, actor_id, state, door, activity_uri)
        values ($1, $2, $3, 'requested', 'web', $4)
        """,
        Ids.next(),
        id,
        guest,
        join);
  }

  /** All that a refused or ignored activity must leave as it is, by table. */
  Map<String, String> effects() {
    Map<String, String> state = new LinkedHashMap<>();
    for (var table : EFFECTS) {
      var rows =
          db.one(
              "select string_agg(to_jsonb(t)::text, '\n' order by to_jsonb(t)::text) from %s t"
                  .formatted(table),
              row -> String.valueOf(row.getString(0)));
      state.put(table, String.valueOf(rows));
    }
    return state;
  }

  /** How many rows a table has. */
  int count(String table) {
    var count = db.one("select count(*) from " + table, row -> row.getInteger(0));
    return count == null ? 0 : count;
  }

  /** A row of a table that meets a condition; null when none does. */
  @Nullable ObjectNode first(String table, String condition, @Nullable Object... values) {
    return one("select to_jsonb(t) from %s t where %s".formatted(table, condition), values);
  }

  /** What a query gives as JSON first; null when nothing. */
  @Nullable ObjectNode one(String query, @Nullable Object... values) {
    var text = db.one(query, row -> row.getJson(0).toString(), values);
    try {
      return text == null ? null : (ObjectNode) JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void run(String sql, @Nullable Object... values) {
    var _ = db.run(sql, values);
  }
}
