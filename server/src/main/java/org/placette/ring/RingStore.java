package org.placette.ring;

import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.placette.db.Sql;

/** All SQL about the ring. */
final class RingStore {

  private RingStore() {}

  /**
   * A neighbour as the ring sees it.
   *
   * @param actorId its own actor; null until it was found
   * @param mutual whether each side's own actor follows the other's
   * @param confirmed when somebody here confirmed it; null for nobody
   * @param by who did; null when nobody did or they are gone
   * @param problem why a confirmation ended: key or follow; null for none
   */
  record Line(
      String host,
      @Nullable Long actorId,
      boolean mutual,
      @Nullable Instant confirmed,
      @Nullable String by,
      @Nullable String problem) {}

  private static final String LINES =
      """
      select n.host, n.actor_id, n.confirmed_at, c.username, n.ring_problem,
        exists (select from follow f where f.actor_id = $1 and f.target_id = n.actor_id
          and f.state = 'accepted')
        and exists (select from follow f where f.target_id = $1 and f.actor_id = n.actor_id
          and f.state = 'accepted') as mutual
      from neighbour n left join actor c on c.id = n.confirmed_by
      """;

  static List<Line> all(Sql sql, long relay) {
    return sql.list(LINES + "order by n.host limit 200", RingStore::line, relay);
  }

  static @Nullable Line one(Sql sql, long relay, String host) {
    return sql.one(LINES + "where n.host = $2 for update of n", RingStore::line, relay, host);
  }

  private static Line line(Row row) {
    OffsetDateTime at = row.getOffsetDateTime("confirmed_at");
    return new Line(
        row.getString("host"),
        row.getLong("actor_id"),
        row.getBoolean("mutual"),
        at == null ? null : at.toInstant(),
        row.getString("username"),
        row.getString("ring_problem"));
  }

  /** The public keys of these actors, each with its id, by actor. */
  static Map<Long, List<String>> keys(Sql sql, List<Long> actors) {
    Map<Long, List<String>> keys = new HashMap<>();
    sql.list(
            "select actor_id, id, public_key from actor_key where actor_id = any($1)",
            row ->
                Map.entry(
                    row.getLong(0),
                    row.getString(1)
                        + " "
                        + Base64.getEncoder().encodeToString(row.getBuffer(2).getBytes())),
            (Object) actors.toArray(Long[]::new))
        .forEach(
            key -> keys.computeIfAbsent(key.getKey(), id -> new ArrayList<>()).add(key.getValue()));
    return keys;
  }

  static void confirm(Sql sql, String host, long by) {
    sql.update(
        """
        update neighbour set confirmed_at = now(), confirmed_by = $2, ring_problem = null
        where host = $1
        """,
        host,
        by);
  }

  static void leave(Sql sql, String host) {
    sql.update(
        """
        update neighbour set confirmed_at = null, confirmed_by = null, ring_problem = null
        where host = $1
        """,
        host);
  }
}
