package org.placette.instance;

import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.placette.db.Sql;

/** All SQL about neighbours. */
final class NeighbourStore {

  private NeighbourStore() {}

  static @Nullable Neighbour get(Sql sql, String host) {
    return sql.one("select * from neighbour where host = $1", NeighbourStore::neighbour, host);
  }

  /** Somebody here wants it as a neighbour. */
  static void add(Sql sql, String host) {
    sql.run(
        """
        insert into neighbour (host, added, state) values ($1, true, 'requested')
        on conflict (host) do update
          set added = true, state = 'requested', problem = null, attempts = 0, next_at = now()
        """,
        host);
  }

  static void found(Sql sql, String host, long actorId) {
    sql.update(
        """
        update neighbour set actor_id = $2, state = 'found', problem = null, attempts = 0
        where host = $1
        """,
        host,
        actorId);
  }

  /** It asked to follow us; whoever added it stays the one who did. */
  static void asked(Sql sql, String host, long actorId) {
    sql.run(
        """
        insert into neighbour (host, actor_id, added, state) values ($1, $2, false, 'found')
        on conflict (host) do update set actor_id = coalesce(neighbour.actor_id, excluded.actor_id)
        """,
        host,
        actorId);
  }

  static void wantReplay(Sql sql, String host) {
    sql.update("update neighbour set replay = true, next_at = now() where host = $1", host);
  }

  static void wantBackfill(Sql sql, String host) {
    sql.update("update neighbour set backfill = true, next_at = now() where host = $1", host);
  }

  static void replayed(Sql sql, String host) {
    sql.update("update neighbour set replay = false, attempts = 0 where host = $1", host);
  }

  static void backfilled(Sql sql, String host) {
    sql.update("update neighbour set backfill = false, attempts = 0 where host = $1", host);
  }

  /** The work did not succeed; it is tried again then, or never when {@code last}. */
  static void postpone(Sql sql, String host, String problem, Duration delay, boolean last) {
    sql.update(
        """
        update neighbour set problem = $2, attempts = attempts + 1,
          next_at = now() + $3 * interval '1 second',
          state = case when $4 and state = 'requested' then 'failed' else state end,
          replay = replay and not $4, backfill = backfill and not $4
        where host = $1
        """,
        host,
        problem,
        delay.toSeconds(),
        last);
  }

  /** Why it is no neighbour, or null to forget that. */
  static void problem(Sql sql, String host, @Nullable String problem) {
    sql.update("update neighbour set problem = $2 where host = $1", host, problem);
  }

  static boolean remove(Sql sql, String host) {
    return sql.update("delete from neighbour where host = $1", host) > 0;
  }

  /** It was refused: nothing is left of a host that nobody here added. */
  static void forgetAsker(Sql sql, String host) {
    sql.update("delete from neighbour where host = $1 and not added", host);
  }

  /** Takes one piece of work that is due and keeps it from other processes for five minutes. */
  static @Nullable Neighbour claim(Sql sql) {
    return sql.one(
        """
        update neighbour set next_at = now() + interval '5 minutes'
        where host = (
          select host from neighbour
          where (state = 'requested' or replay or backfill) and next_at <= now()
          order by next_at limit 1 for update skip locked)
        returning *
        """,
        NeighbourStore::neighbour);
  }

  /**
   * A neighbour as people see it: the follows between its actor and ours.
   *
   * @param weFollow none, pending or accepted
   */
  record Line(Neighbour neighbour, String weFollow, String theyFollow) {}

  static List<Line> list(Sql sql, long relayId, long villageId) {
    return sql.list(
        """
        select n.*, coalesce(ours.state, 'none') as we_follow,
          coalesce(theirs.state, 'none') as they_follow
        from neighbour n
        left join follow ours on ours.actor_id = $1 and ours.target_id = n.actor_id
        left join lateral (
          select f.state from follow f
          where f.actor_id = n.actor_id and f.target_id in ($1, $2)
          order by f.state limit 1) theirs on true
        order by n.host
        """,
        row -> new Line(neighbour(row), row.getString("we_follow"), row.getString("they_follow")),
        relayId,
        villageId);
  }

  /** Actors of a host that follow our relay or Group, or asked to. */
  static List<Long> askers(Sql sql, String host, long relayId, long villageId) {
    return sql.list(
        """
        select distinct f.actor_id from follow f join actor a on a.id = f.actor_id
        where a.host = $1 and a.type in ('Application', 'Service') and f.target_id in ($2, $3)
        """,
        row -> row.getLong(0),
        host,
        relayId,
        villageId);
  }

  private static Neighbour neighbour(Row row) {
    return new Neighbour(
        row.getString("host"),
        row.getLong("actor_id"),
        row.getBoolean("added"),
        row.getString("state"),
        row.getString("problem"),
        row.getBoolean("replay"),
        row.getBoolean("backfill"),
        row.getInteger("attempts"));
  }
}
