package org.placette.outbox;

import io.vertx.sqlclient.Row;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.placette.db.Ids;
import org.placette.db.Sql;
import org.placette.db.Tx;

/** All SQL about {@code activity} and {@code delivery}. */
final class OutboxStore {

  private static final int LONGEST_ERROR = 500;

  private OutboxStore() {}

  /** Stores an activity; gives its number, or that of the one that has this id already. */
  static long insert(Tx tx, SentActivity activity) {
    var id =
        tx.one(
            """
            insert into activity (id, uri, actor_id, type, body, is_public)
            values ($1, $2, $3, $4, $5, $6)
            on conflict (uri) do update set uri = excluded.uri
            returning id
            """,
            row -> row.getLong(0),
            activity.id(),
            activity.uri(),
            activity.actorId(),
            activity.type(),
            activity.body(),
            activity.isPublic());
    return Objects.requireNonNull(id);
  }

  /** One row per target; a host that counts as dead gets no second one. */
  static void enqueue(
      Tx tx, long activityId, long actorId, long orderKey, Collection<Target> targets) {
    tx.update(
        """
        insert into delivery (id, activity_id, actor_id, inbox, host, order_key)
        select t.id, $4, $5, t.inbox, t.host, $6
        from unnest($1::bigint[], $2::text[], $3::text[]) as t (id, inbox, host)
        left join peer on peer.host = t.host
        where coalesce(peer.failed_days, 0) < $7
          or not exists (select from delivery d where d.host = t.host)
        """,
        targets.stream().map(target -> Ids.next()).toArray(Long[]::new),
        targets.stream().map(Target::inbox).toArray(String[]::new),
        targets.stream().map(Target::host).toArray(String[]::new),
        activityId,
        actorId,
        orderKey,
        Backoff.DEAD_AFTER_DAYS);
  }

  static @Nullable SentActivity activity(Sql sql, String uri) {
    return sql.one(
        """
        select id, uri, actor_id, type, body, is_public and not exists (
          select from post p where p.visibility = 'hidden'
            and strpos(activity.body, '"' || p.uri || '"') > 0) as is_public
        from activity where uri = $1
        """,
        OutboxStore::sent,
        uri);
  }

  private static SentActivity sent(Row row) {
    return new SentActivity(
        row.getLong(0),
        row.getString(1),
        row.getLong(2),
        row.getString(3),
        row.getString(4),
        row.getBoolean(5));
  }

  static Map<Long, String> bodies(Sql sql, Collection<Long> ids) {
    Map<Long, String> bodies = new HashMap<>();
    record Body(long id, String text) {}
    for (var body :
        sql.list(
            "select id, body from activity where id = any($1)",
            row -> new Body(row.getLong(0), row.getString(1)),
            (Object) ids.toArray(Long[]::new))) {
      bodies.put(body.id(), body.text());
    }
    return bodies;
  }

  /**
   * Takes due rows that nobody works on: of each (host, object) only the oldest, and none for hosts
   * that are resting or {@code full}.
   */
  static List<Delivery> claim(Sql sql, UUID holder, Collection<String> full, int limit) {
    return sql
        .list(
            """
            with mine as (
              select d.id, coalesce(peer.failures, 0) as failures,
                coalesce(peer.software = 'wordpress', false) as one_by_one
              from delivery d left join peer on peer.host = d.host
              where d.holder is null and d.due <= now()
                and (peer.retry_at is null or peer.retry_at <= now())
                and d.host <> all($2::text[])
                and not exists (
                  select from delivery earlier
                  where earlier.host = d.host and earlier.order_key = d.order_key
                    and earlier.id < d.id)
              order by d.due, d.id limit $3
              for update of d skip locked)
            update delivery set holder = $1 from mine where delivery.id = mine.id
            returning delivery.id, activity_id, actor_id, inbox, host, tries, mine.failures,
              published, mine.one_by_one
            """,
            row ->
                new Delivery(
                    row.getLong(0),
                    row.getLong(1),
                    row.getLong(2),
                    row.getString(3),
                    row.getString(4),
                    row.getInteger(5),
                    row.getInteger(6),
                    row.getOffsetDateTime(7).toInstant(),
                    row.getBoolean(8)),
            holder,
            full.toArray(String[]::new),
            limit)
        .stream()
        .sorted((a, b) -> Long.compare(a.id(), b.id()))
        .toList();
  }

  /** Writes down what became of attempts, all at once. */
  static void complete(Tx tx, List<Outcome> outcomes, UUID holder) {
    var over = outcomes.stream().filter(Outcome::isOver).toList();
    if (!over.isEmpty()) {
      tx.update("delete from delivery where id = any($1) and holder = $2", ids(over), holder);
    }
    var untried = outcomes.stream().filter(o -> o.kind() == Outcome.Kind.UNTRIED).toList();
    if (!untried.isEmpty()) {
      tx.update(
          "update delivery set holder = null where id = any($1) and holder = $2",
          ids(untried),
          holder);
    }
    var later =
        outcomes.stream()
            .filter(o -> o.kind() == Outcome.Kind.RETRY || o.kind() == Outcome.Kind.HOST_AWAY)
            .toList();
    if (later.isEmpty()) return;
    tx.update(
        """
        update delivery set holder = null, tries = tries + 1, error = t.error,
          due = now() + t.delay * interval '1 ms'
        from unnest($1::bigint[], $2::bigint[], $3::text[]) as t (id, delay, error)
        where delivery.id = t.id and holder = $4
        """,
        ids(later),
        later.stream().map(o -> o.delay().toMillis()).toArray(Long[]::new),
        later.stream().map(OutboxStore::error).toArray(String[]::new),
        holder);
  }

  private static Long[] ids(List<Outcome> outcomes) {
    return outcomes.stream().map(o -> o.delivery().id()).toArray(Long[]::new);
  }

  private static String error(Outcome outcome) {
    var text = outcome.reason().replace('\0', ' ');
    return text.length() > LONGEST_ERROR ? text.substring(0, LONGEST_ERROR) : text;
  }

  /** A successful delivery ends every rest of its host, and is the only thing that does. */
  static void hostsAnswered(Tx tx, Collection<String> hosts) {
    tx.update(
        """
        insert into peer (host, last_success)
        select host, now() from unnest($1::text[]) as t (host) order by host
        on conflict (host) do update set last_success = now(), failures = 0, failed_days = 0,
          last_failed_day = null, retry_at = null, last_error = null, updated = now()
        """,
        (Object) hosts.stream().sorted().toArray(String[]::new));
  }

  /** Lets hosts rest that did not answer; one rest counts as one failure. */
  static void hostsFailed(Tx tx, Collection<Outcome> outcomes) {
    Map<String, Outcome> byHost = new LinkedHashMap<>();
    for (var outcome : outcomes) byHost.putIfAbsent(outcome.delivery().host(), outcome);
    var one = new ArrayList<>(byHost.values());
    one.sort((a, b) -> a.delivery().host().compareTo(b.delivery().host()));
    tx.update(
        """
        insert into peer as p (host, last_failure, failures, failed_days, last_failed_day, retry_at,
          last_error)
        select host, now(), 1, 1, $4, now() + delay * interval '1 ms', error
        from unnest($1::text[], $2::bigint[], $3::text[]) as t (host, delay, error)
        on conflict (host) do update set last_failure = now(), last_error = excluded.last_error,
          failures = p.failures + (coalesce(p.retry_at, now()) <= now())::int,
          failed_days = p.failed_days + (p.last_failed_day is distinct from $4)::int,
          last_failed_day = $4, updated = now(),
          retry_at = case
            when p.failed_days + (p.last_failed_day is distinct from $4)::int >= $5
            then now() + interval '1 day'
            else greatest(p.retry_at, excluded.retry_at) end
        """,
        one.stream().map(o -> o.delivery().host()).toArray(String[]::new),
        one.stream().map(o -> o.delay().toMillis()).toArray(Long[]::new),
        one.stream().map(OutboxStore::error).toArray(String[]::new),
        LocalDate.now(ZoneOffset.UTC),
        Backoff.DEAD_AFTER_DAYS);
  }

  /** How many deliveries wait. */
  static long waiting(Sql sql) {
    return Objects.requireNonNullElse(
        sql.one("select count(*) from delivery", row -> row.getLong(0)), 0L);
  }
}
