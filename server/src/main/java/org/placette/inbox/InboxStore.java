package org.placette.inbox;

import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.placette.db.Sql;
import org.placette.db.Tx;
import org.placette.federation.vocab.AsObject;

/** All SQL about {@code inbox}, {@code inbox_seen} and {@code undone}. */
final class InboxStore {

  private static final int LONGEST_ERROR = 2_000;

  private InboxStore() {}

  /**
   * Stores activities that were never seen before, in one statement.
   *
   * @param entries no two of one fingerprint
   * @param holder the process that will work on them at once; null for any
   * @return the numbers of those stored; the others had been accepted earlier
   */
  static Set<Long> insert(Sql sql, List<Entry> entries, @Nullable UUID holder) {
    return new HashSet<>(
        sql.list(
            """
            with given as (
                select * from unnest($1::uuid[], $2::bigint[], $3::text[], $4::text[],
                    $5::bigint[], $6::boolean[], $7::bytea[])
                  as t (fingerprint, id, activity_uri, actor_uri, order_key, trusted, body)),
              fresh as (
                insert into inbox_seen (fingerprint)
                select fingerprint from given order by fingerprint
                on conflict do nothing
                returning fingerprint)
            insert into inbox (id, activity_uri, actor_uri, order_key, trusted, body, received,
              holder)
            select id, activity_uri, actor_uri, order_key, trusted, body, now(), $8
            from given join fresh using (fingerprint)
            order by id
            returning id
            """,
            row -> row.getLong(0),
            entries.stream().map(Entry::fingerprint).toArray(UUID[]::new),
            entries.stream().map(Entry::id).toArray(Long[]::new),
            entries.stream().map(Entry::activityUri).toArray(String[]::new),
            entries.stream().map(Entry::actorUri).toArray(String[]::new),
            entries.stream().map(Entry::orderKey).toArray(Long[]::new),
            entries.stream().map(Entry::trusted).toArray(Boolean[]::new),
            entries.stream().map(entry -> Buffer.buffer(entry.body())).toArray(Buffer[]::new),
            holder));
  }

  /**
   * Takes rows that nobody works on, oldest first; none about a thing that another process is at
   * work on.
   *
   * @param bytes how large they may be together, the first whatever its size
   */
  static List<Entry> claim(Sql sql, UUID holder, int limit, long bytes) {
    return sql
        .list(
            """
            with first as (
                select id, order_key, octet_length(body) as size from inbox
                where holder is null and parked is null and due <= now()
                order by id limit $2
                for update skip locked),
              free as (
                select id, order_key from (select id, order_key, size,
                    sum(size) over (order by id) as together from first) s
                where together = size or together <= $3),
              other as (
                select order_key from inbox where holder <> $1 and holder is not null)
            update inbox set holder = $1
            where id in (select id from free where order_key not in (select order_key from other))
            returning id, activity_uri, actor_uri, trusted, body, received, tries, order_key
            """,
            InboxStore::entry,
            holder,
            limit,
            bytes)
        .stream()
        .sorted((a, b) -> Long.compare(a.id(), b.id()))
        .toList();
  }

  private static Entry entry(Row row) {
    var body = row.getBuffer(4).getBytes();
    return new Entry(
        row.getLong(0),
        new UUID(0, 0),
        row.getString(1),
        row.getString(2),
        OrderKeys.of(Entry.read(body)),
        row.getLong(7),
        row.getBoolean(3),
        body,
        row.getOffsetDateTime(5).toInstant(),
        row.getInteger(6));
  }

  /** Removes rows that this process holds; gives those that were still its own. */
  static Set<Long> finish(Tx tx, Collection<Long> ids, UUID holder) {
    return new HashSet<>(
        tx.list(
            "delete from inbox where id = any($1) and holder = $2 returning id",
            row -> row.getLong(0),
            ids.toArray(Long[]::new),
            holder));
  }

  /** Puts a row back for later, or parks it for the admin. */
  static void postpone(
      Sql sql, long id, UUID holder, long delaySeconds, boolean park, String error) {
    sql.update(
        """
        update inbox set holder = null, tries = tries + 1, error = $4,
          due = now() + $3 * interval '1 second', parked = case when $5 then now() end
        where id = $1 and holder = $2
        """,
        id,
        holder,
        delaySeconds,
        error.length() > LONGEST_ERROR ? error.substring(0, LONGEST_ERROR) : error,
        park);
  }

  /** How many rows wait, and how many were parked after too many failures. */
  static InboxWorker.Backlog backlog(Sql sql) {
    var backlog =
        sql.one(
            "select count(*) filter (where parked is null), count(parked) from inbox",
            row -> new InboxWorker.Backlog(row.getLong(0), row.getLong(1)));
    return backlog == null ? new InboxWorker.Backlog(0, 0) : backlog;
  }

  /** Remembers that an activity was undone before it came. */
  static void undo(Tx tx, AsObject undone, String actorUri) {
    tx.update(
        "insert into undone (activity_uri, actor_uri) values ($1, $2) on conflict do nothing",
        undone.id(),
        actorUri);
  }

  /** Of these activities those that were undone before they came; forgets them. */
  static Set<String> takeUndone(Tx tx, Collection<Entry> entries) {
    return new HashSet<>(
        tx.list(
            """
            delete from undone
            using unnest($1::text[], $2::text[]) as late (activity_uri, actor_uri)
            where undone.activity_uri = late.activity_uri and undone.actor_uri = late.actor_uri
            returning undone.activity_uri
            """,
            row -> row.getString(0),
            entries.stream().map(Entry::activityUri).toArray(String[]::new),
            entries.stream().map(Entry::actorUri).toArray(String[]::new)));
  }
}
