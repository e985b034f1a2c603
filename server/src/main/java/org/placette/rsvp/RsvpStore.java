package org.placette.rsvp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.placette.db.Ids;
import org.placette.db.Sql;
import org.placette.db.Tx;
import org.placette.rsvp.Rsvp.Door;
import org.placette.rsvp.Rsvp.State;
import org.placette.web.Language;

/** The rows of {@code rsvp}. */
final class RsvpStore {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String COLUMNS =
      """
      r.id, r.post_id, r.actor_id, r.guest_name, r.guest_email, r.state, r.party, r.note, r.door,
      r.activity_uri, r.activity::text as activity, r.listed, r.waiting_since, r.confirm_by,
      r.checked_in, r.published, r.language
      """;

  private RsvpStore() {}

  /**
   * What decides about places, locked until the transaction ends.
   *
   * @param capacity null when there is room for all
   * @param taken places that are taken
   */
  record Room(
      @Nullable Integer capacity,
      int taken,
      boolean cancelled,
      Instant start,
      @Nullable Instant end,
      String joinMode,
      boolean guests) {

    /** How many more fit. */
    int free() {
      return capacity == null ? Integer.MAX_VALUE / 2 : Math.max(0, capacity - taken);
    }

    boolean over(Instant now) {
      return (end == null ? start.plusSeconds(2 * 3600) : end).isBefore(now);
    }
  }

  /** Null when there is no such event. Whoever holds it decides alone. */
  static @Nullable Room lock(Tx tx, long post) {
    var found =
        tx.one(
            """
            select maximum_attendee_capacity, status, start_time, end_time, join_mode,
              anonymous_participation
            from event where post_id = $1 for update
            """,
            row ->
                new Room(
                    row.getInteger(0),
                    0,
                    row.getString(1).equals("CANCELLED"),
                    row.getOffsetDateTime(2).toInstant(),
                    instant(row, "end_time"),
                    row.getString(4),
                    row.getBoolean(5)),
            post);
    if (found == null) return null;
    // Counted after the lock was got: another statement sees what the one before has committed.
    return new Room(
        found.capacity,
        taken(tx, post),
        found.cancelled,
        found.start,
        found.end,
        found.joinMode,
        found.guests);
  }

  static int taken(Sql sql, long post) {
    return Objects.requireNonNull(
        sql.one(
            "select coalesce(sum(party), 0)::int from rsvp where post_id = $1 and state = 'going'",
            row -> row.getInteger(0),
            post));
  }

  static @Nullable Rsvp of(Sql sql, long post, long actor) {
    return sql.one(
        "select " + COLUMNS + " from rsvp r where r.post_id = $1 and r.actor_id = $2",
        RsvpStore::from,
        post,
        actor);
  }

  static @Nullable Rsvp ofGuest(Sql sql, long post, String email) {
    return sql.one(
        "select "
            + COLUMNS
            + " from rsvp r where r.post_id = $1 and lower(r.guest_email) = lower($2)",
        RsvpStore::from,
        post,
        email);
  }

  static @Nullable Rsvp bySecret(Sql sql, byte[] hash) {
    var link = " from rsvp r where r.secret = $1 or r.earlier @> array[$1]";
    return sql.one("select " + COLUMNS + link, RsvpStore::from, hash);
  }

  static @Nullable Rsvp byActivity(Sql sql, String uri) {
    return sql.one(
        "select " + COLUMNS + " from rsvp r where r.activity_uri = $1", RsvpStore::from, uri);
  }

  /** Of an event by its ActivityPub id. */
  static @Nullable Rsvp ofUri(Sql sql, String event, long actor) {
    return sql.one(
        "select "
            + COLUMNS
            + " from rsvp r join post p on p.id = r.post_id where p.uri = $1 and r.actor_id = $2",
        RsvpStore::from,
        event,
        actor);
  }

  static @Nullable Rsvp byId(Sql sql, long id) {
    return sql.one("select " + COLUMNS + " from rsvp r where r.id = $1", RsvpStore::from, id);
  }

  /** Writes an attendee's answer, new or changed. */
  static Rsvp put(Tx tx, long post, long actor, State state, Reply reply, Instant now) {
    var activity = reply.activity();
    return Objects.requireNonNull(
        tx.one(
            """
            insert into rsvp as r (id, post_id, actor_id, state, party, note, door, activity_uri,
              activity, listed, waiting_since, updated)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, coalesce($10, false),
              case when $4 = 'waiting' then $11::timestamptz end, $11)
            on conflict (post_id, actor_id) do update set state = excluded.state,
              party = excluded.party, note = coalesce(excluded.note, r.note), door = excluded.door,
              activity_uri = coalesce(excluded.activity_uri, r.activity_uri),
              activity = coalesce(excluded.activity, r.activity),
              listed = coalesce($10, r.listed),
              waiting_since = case when excluded.state <> 'waiting' then null
                else coalesce(r.waiting_since, excluded.waiting_since) end,
              confirm_by = null, updated = excluded.updated
            returning
            """
                + COLUMNS,
            RsvpStore::from,
            Ids.next(),
            post,
            actor,
            state.word(),
            reply.party(),
            reply.note(),
            reply.door().word(),
            activity == null ? null : activity.path("id").textValue(),
            activity,
            reply.listed(),
            now));
  }

  /** Writes what a guest said, who has not yet shown that the address is theirs. */
  static Rsvp putGuest(Tx tx, long post, Guest guest, byte[] secret, State state, Reply reply) {
    return Objects.requireNonNull(
        tx.one(
            """
            insert into rsvp as r (id, post_id, guest_name, guest_email, secret, state, party, note,
              door, language)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
            on conflict (post_id, (lower(guest_email))) where guest_email is not null
            do update set secret = excluded.secret, earlier = '{}', updated = now(),
              guest_name = case when r.state = 'unconfirmed' then excluded.guest_name
                else r.guest_name end,
              party = case when r.state = 'unconfirmed' then excluded.party else r.party end,
              note = case when r.state = 'unconfirmed' then excluded.note else r.note end,
              language = case when r.state = 'unconfirmed' or r.language is null
                then excluded.language else r.language end
            returning
            """
                + COLUMNS,
            RsvpStore::from,
            Ids.next(),
            post,
            guest.name(),
            guest.email(),
            secret,
            state.word(),
            reply.party(),
            reply.note(),
            reply.door().word(),
            guest.code()));
  }

  /** Another secret for a guest's next letter; those of the last ten are good all the same. */
  static void secret(Tx tx, long id, byte[] secret) {
    var earlier = "earlier = (array_remove(array[secret], null) || earlier)[1:10]";
    tx.update("update rsvp set secret = $2, " + earlier + " where id = $1", id, secret);
  }

  /** Moves an answer to another state. */
  static Rsvp move(
      Tx tx, long id, State state, int party, @Nullable Instant confirmBy, Instant now) {
    return Objects.requireNonNull(
        tx.one(
            """
            update rsvp r set state = $2, party = $3, confirm_by = $4, updated = $5,
              waiting_since = case when $2 = 'waiting' then $5::timestamptz end
            where r.id = $1 returning
            """
                + COLUMNS,
            RsvpStore::from,
            id,
            state.word(),
            party,
            confirmBy,
            now));
  }

  /** Those who wait and would fit, in the order in which they came. */
  static @Nullable Rsvp nextWaiting(Tx tx, long post, int free) {
    return tx.one(
        "select "
            + COLUMNS
            + """
             from rsvp r where r.post_id = $1 and r.state = 'waiting' and r.party <= $2
            order by r.waiting_since, r.id limit 1
            """,
        RsvpStore::from,
        post,
        free);
  }

  /** Places of those who moved up and did not say in time that they still come. */
  static List<Rsvp> unconfirmed(Tx tx, Instant now) {
    return tx.list(
        "select "
            + COLUMNS
            + """
             from rsvp r where r.confirm_by < $1 and r.state = 'going'
            order by r.confirm_by limit 50 for update skip locked
            """,
        RsvpStore::from,
        now);
  }

  static void count(Tx tx, long post, int taken) {
    tx.update(
        """
        update event set participant_count = $2 where post_id = $1 and participant_count <> $2
        """,
        post,
        taken);
    votes(tx, post);
  }

  /** Counts answers, as polls show them: yes, maybe, no. */
  static void votes(Tx tx, long post) {
    tx.update(
        """
        update event e set votes = v.votes from (select array[
            count(*) filter (where state in ('going', 'waiting', 'requested')),
            count(*) filter (where state = 'maybe'),
            count(*) filter (where state = 'declined')]::integer[] as votes
          from rsvp where post_id = $1) as v
        where e.post_id = $1 and e.votes <> v.votes
        """,
        post);
  }

  static void checkIn(Sql sql, long id, boolean here, Instant now) {
    sql.update("update rsvp set checked_in = $2 where id = $1", id, here ? now : null);
  }

  /** An attendee with a name and an address to show. */
  record Attendee(
      Rsvp rsvp, String name, @Nullable String username, @Nullable String host, boolean local) {}

  /**
   * Attendees in the order in which they answered.
   *
   * @param after the id of the last of the page before; 0 for the first
   */
  static List<Attendee> list(Sql sql, long post, List<String> states, long after, int limit) {
    return sql.list(
        "select "
            + COLUMNS
            + """
            , coalesce(nullif(a.name, ''), a.username, r.guest_name) as shown, a.username, a.host
            from rsvp r left join actor a on a.id = r.actor_id
            where r.post_id = $1 and r.state = any($2) and r.id > $3 order by r.id limit $4
            """,
        row ->
            new Attendee(
                from(row),
                Objects.requireNonNullElse(row.getString("shown"), ""),
                row.getString("username"),
                row.getString("host"),
                row.getString("username") != null && row.getString("host") == null),
        post,
        states.toArray(String[]::new),
        after,
        limit);
  }

  /** Somebody's answer and the event that it is about. */
  record Joined(long id, long post) {}

  /** Somebody's answers, the latest first. */
  static List<Joined> joined(Sql sql, long actor, List<String> states, long before, int limit) {
    return sql.list(
        """
        select id, post_id from rsvp where actor_id = $1 and state = any($2) and id < $3
        order by id desc limit $4
        """,
        row -> new Joined(row.getLong(0), row.getLong(1)),
        actor,
        states.toArray(String[]::new),
        before,
        limit);
  }

  /** Those who come, may come or wait, after an answer, in the order of their answers. */
  static List<Rsvp> told(Sql sql, long post, long after, int limit) {
    return sql.list(
        "select "
            + COLUMNS
            + """
             from rsvp r where r.post_id = $1 and r.id > $2
              and r.state in ('going', 'maybe', 'waiting', 'requested')
            order by r.id limit $3
            """,
        RsvpStore::from,
        post,
        after,
        limit);
  }

  /** The actors of other servers who come, may come or wait: whom a change concerns. */
  static List<Long> concerned(Sql sql, long post) {
    return sql.list(
        """
        select r.actor_id from rsvp r join actor a on a.id = r.actor_id
        where r.post_id = $1 and a.host is not null
          and r.state in ('going', 'maybe', 'waiting', 'requested')
        order by r.id limit 5000
        """,
        row -> row.getLong(0),
        post);
  }

  private static Rsvp from(Row row) {
    return new Rsvp(
        row.getLong("id"),
        row.getLong("post_id"),
        row.getLong("actor_id"),
        row.getString("guest_name"),
        row.getString("guest_email"),
        State.of(row.getString("state")),
        row.getInteger("party"),
        row.getString("note"),
        Door.of(row.getString("door")),
        row.getString("activity_uri"),
        json(row.getString("activity")),
        row.getBoolean("listed"),
        instant(row, "waiting_since"),
        instant(row, "confirm_by"),
        instant(row, "checked_in"),
        Objects.requireNonNull(instant(row, "published")),
        Language.of(row.getString("language")));
  }

  private static @Nullable ObjectNode json(@Nullable String text) {
    try {
      return text == null ? null : (ObjectNode) JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("jsonb that cannot be read", e);
    }
  }

  private static @Nullable Instant instant(Row row, String column) {
    OffsetDateTime time = row.getOffsetDateTime(column);
    return time == null ? null : time.toInstant();
  }
}
