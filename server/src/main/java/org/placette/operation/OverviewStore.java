package org.placette.operation;

import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.placette.db.Sql;
import org.placette.outbox.Receiver;

/** All that is known of the neighbours, in one query over the tables of others. */
final class OverviewStore {

  private OverviewStore() {}

  static List<NeighbourPages.Line> list(Sql sql, long relayId, long villageId) {
    return sql.list(
        """
        select n.host, n.state, n.added, coalesce(n.problem, p.last_error) as problem,
          p.software, p.version, p.receiver, p.last_success, p.last_received,
          coalesce(ours.state, 'none') as we_follow, coalesce(theirs.state, 'none') as they_follow,
          (select count(*) from actor a join post o on o.actor_id = a.id
            join event e on e.post_id = o.id where a.host = n.host) as events
        from neighbour n
        left join peer p on p.host = n.host
        left join follow ours on ours.actor_id = $1 and ours.target_id = n.actor_id
        left join lateral (
          select f.state from follow f
          where f.actor_id = n.actor_id and f.target_id in ($1, $2)
          order by f.state desc limit 1) theirs on true
        order by (theirs.state = 'pending') desc nulls last, n.host
        limit 500
        """,
        OverviewStore::line,
        relayId,
        villageId);
  }

  private static NeighbourPages.Line line(Row row) {
    var software = row.getString("software");
    var chosen = row.getString("receiver");
    return new NeighbourPages.Line(
        Objects.requireNonNull(row.getString("host")),
        software == null ? "" : software,
        Objects.requireNonNullElse(row.getString("version"), ""),
        Objects.requireNonNull(row.getString("we_follow")),
        Objects.requireNonNull(row.getString("they_follow")),
        row.getBoolean("added"),
        row.getString("state").equals("requested"),
        Trouble.of(row.getString("problem")),
        instant(row, "last_received"),
        instant(row, "last_success"),
        row.getLong("events"),
        chosen == null ? null : Receiver.valueOf(chosen),
        Receiver.of(software));
  }

  private static @Nullable Instant instant(Row row, String column) {
    var time = row.getOffsetDateTime(column);
    return time == null ? null : time.toInstant();
  }

  /**
   * The id of a neighbour's own actor.
   *
   * @return null when it was never found
   */
  static @Nullable String actor(Sql sql, String host) {
    return sql.one(
        "select a.uri from neighbour n join actor a on a.id = n.actor_id where n.host = $1",
        row -> row.getString(0),
        host);
  }

  /** Hosts whose own actor was found. */
  static List<String> hosts(Sql sql) {
    return sql.list(
        "select host from neighbour where actor_id is not null order by host limit 500",
        row -> Objects.requireNonNull(row.getString(0)));
  }
}
