package org.placette.outbox;

import io.vertx.sqlclient.Row;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.placette.db.Sql;

/** All SQL about {@code peer}, and who is behind an audience. */
final class PeerStore {

  private PeerStore() {}

  /**
   * An inbox with what is known of its host's software.
   *
   * @param boards as {@link Target} has it
   * @param known false when the host should be asked what it runs
   */
  record Found(
      String host,
      String inbox,
      @Nullable String sharedInbox,
      Receiver receiver,
      boolean boards,
      boolean known) {}

  private static final String COLUMNS =
      """
      actor.host, actor.inbox, actor.shared_inbox, peer.receiver, peer.software,
        coalesce(peer.software_at > now() - interval '7 days', false)
      """;

  /** Who follows one of these local actors, remote and accepted, one row per inbox. */
  static List<Found> followers(Sql sql, Collection<Long> actorIds) {
    return sql.list(
        """
        select distinct %s
        from follow join actor on actor.id = follow.actor_id
        left join peer on peer.host = actor.host
        where follow.target_id = any($1) and follow.state = 'accepted'
          and actor.host is not null and actor.suspended_at is null and actor.deleted_at is null
        """
            .formatted(COLUMNS),
        PeerStore::found,
        (Object) actorIds.toArray(Long[]::new));
  }

  /** The remote ones of these actors. */
  static List<Found> actors(Sql sql, Collection<Long> actorIds) {
    return sql.list(
        """
        select distinct %s
        from actor left join peer on peer.host = actor.host
        where actor.id = any($1) and actor.host is not null and actor.deleted_at is null
        """
            .formatted(COLUMNS),
        PeerStore::found,
        (Object) actorIds.toArray(Long[]::new));
  }

  private static Found found(Row row) {
    return new Found(
        row.getString(0),
        row.getString(1),
        row.getString(2),
        receiver(row.getString(3), row.getString(4)),
        Receiver.boards(row.getString(4)),
        row.getBoolean(5));
  }

  private static Receiver receiver(@Nullable String chosen, @Nullable String software) {
    return chosen == null ? Receiver.of(software) : Receiver.valueOf(chosen);
  }

  static @Nullable Peer peer(Sql sql, String host) {
    return sql.one(
        """
        select host, software, version, receiver, last_success, last_failure, failures,
          failed_days, retry_at, last_error
        from peer where host = $1
        """,
        PeerStore::peer,
        host);
  }

  static List<Peer> failing(Sql sql, int limit) {
    return sql.list(
        """
        select host, software, version, receiver, last_success, last_failure, failures,
          failed_days, retry_at, last_error
        from peer where failures > 0 order by failed_days desc, host limit $1
        """,
        PeerStore::peer,
        limit);
  }

  private static Peer peer(Row row) {
    var success = row.getOffsetDateTime(4);
    var failure = row.getOffsetDateTime(5);
    var retry = row.getOffsetDateTime(8);
    return new Peer(
        row.getString(0),
        row.getString(1),
        row.getString(2),
        receiver(row.getString(3), row.getString(1)),
        row.getString(3) != null,
        success == null ? null : success.toInstant(),
        failure == null ? null : failure.toInstant(),
        row.getInteger(6),
        row.getInteger(7),
        retry == null ? null : retry.toInstant(),
        row.getString(9));
  }

  /** Of these hosts those whose software was not asked for in the last days. */
  static List<String> unknown(Sql sql, Collection<String> hosts) {
    return sql.list(
        """
        select host from unnest($1::text[]) as t (host)
        where not exists (
          select from peer
          where peer.host = t.host and software_at > now() - case
            when software is null then interval '1 day' else interval '7 days' end)
        """,
        row -> row.getString(0),
        (Object) hosts.toArray(String[]::new));
  }

  /** Keeps what a host says of itself; a failed look keeps what was known. */
  static void learned(Sql sql, String host, @Nullable String software, @Nullable String version) {
    sql.update(
        """
        insert into peer as p (host, software, version, software_at) values ($1, $2, $3, now())
        on conflict (host) do update set software = coalesce(excluded.software, p.software),
          version = coalesce(excluded.version, p.version), software_at = now(), updated = now()
        """,
        host,
        software,
        version);
  }

  /** It sent us something. */
  static void heard(Sql sql, String host) {
    sql.update(
        """
        insert into peer (host, last_received) values ($1, now())
        on conflict (host) do update set last_received = now(), updated = now()
        """,
        host);
  }

  static void choose(Sql sql, String host, @Nullable Receiver receiver) {
    sql.update(
        """
        insert into peer (host, receiver) values ($1, $2)
        on conflict (host) do update set receiver = excluded.receiver, updated = now()
        """,
        host,
        receiver);
  }
}
