package org.placette.datepoll;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.placette.audience.AudienceStore;
import org.placette.datepoll.DatePoll.Slot;
import org.placette.db.Retention;
import org.placette.db.Sql;
import org.placette.db.Times;
import org.placette.db.Tx;

/** The rows of {@code date_poll}, {@code date_poll_slot} and {@code date_poll_answer}. */
final class DatePollStore {

  private static final String SELECT =
      """
      select d.id, d.post_id, p.actor_id, p.visibility, p.name, p.content, p.language,
        coalesce(nullif(a.name, ''), a.username) as organiser, d.timezone, d.place_name, d.guests,
        d.chosen, e.uuid, (p.poll->>'endTime')::timestamptz as end_time,
        d.chosen is not null or p.poll->>'closed' is not null
          or coalesce((p.poll->>'endTime')::timestamptz < now(), false) as over,
        s.starts, s.ends
      from date_poll d join post p on p.id = d.post_id join actor a on a.id = p.actor_id
        left join event e on e.post_id = d.event_id
        cross join lateral (
          select array_agg(start_time order by position) as starts,
            array_agg(end_time order by position) as ends
          from date_poll_slot where poll_id = d.id) as s
      """;

  private static final String BALLOTS =
      """
      select b.id, b.actor_id, coalesce(nullif(a.name, ''), a.username, b.guest_name) as name,
        a.host, b.comment, b.choices
      from date_poll_answer b left join actor a on a.id = b.actor_id
      """;

  private DatePollStore() {}

  static void add(Tx tx, long id, long post, NewDatePoll wanted) {
    tx.update(
        """
        insert into date_poll (id, post_id, timezone, place_name, guests)
        values ($1, $2, $3, $4, $5)
        """,
        id,
        post,
        wanted.zone().getId(),
        wanted.place(),
        wanted.guests());
    slots(tx, id, 0, wanted.slots());
  }

  /** Writes dates behind those that are there. */
  static void slots(Tx tx, long id, int first, List<Slot> slots) {
    var rows =
        java.util.stream.IntStream.range(0, slots.size())
            .mapToObj(i -> row(id, first + i, slots.get(i)))
            .toList();
    var unused =
        tx.batch(
            "insert into date_poll_slot (poll_id, position, start_time, end_time)"
                + " values ($1, $2, $3, $4)",
            rows);
  }

  private static Tuple row(long id, int position, Slot slot) {
    var end = slot.end();
    return Tuple.of(
        id,
        position,
        slot.start().atOffset(ZoneOffset.UTC),
        end == null ? null : end.atOffset(ZoneOffset.UTC));
  }

  static @Nullable DatePoll byId(Sql sql, long id) {
    return sql.one(SELECT + "where d.id = $1", DatePollStore::from, id);
  }

  static @Nullable DatePoll byPost(Sql sql, long post) {
    return sql.one(SELECT + "where d.post_id = $1", DatePollStore::from, post);
  }

  /** Those that are open to the viewer's answer, the latest first. */
  static List<DatePoll> open(Sql sql, long viewer, int limit) {
    return sql.list(
        SELECT
            + """
            where d.chosen is null and p.poll->>'closed' is null
              and coalesce((p.poll->>'endTime')::timestamptz > now(), true)
              and
            """
            + AudienceStore.READABLE
            + " order by d.id desc limit $2",
        DatePollStore::from,
        viewer,
        limit);
  }

  private static DatePoll from(Row row) {
    var starts = row.getArrayOfOffsetDateTimes("starts");
    var ends = row.getArrayOfOffsetDateTimes("ends");
    List<Slot> slots =
        java.util.stream.IntStream.range(0, starts.length)
            .mapToObj(i -> new Slot(starts[i].toInstant(), instant(ends[i])))
            .toList();
    return new DatePoll(
        row.getLong("id"),
        row.getLong("post_id"),
        row.getLong("actor_id"),
        row.getString("visibility"),
        Objects.requireNonNullElse(row.getString("name"), ""),
        row.getString("content"),
        row.getString("language"),
        row.getString("organiser"),
        Times.zone(row.getString("timezone")),
        row.getString("place_name"),
        row.getBoolean("guests"),
        slots,
        instant(row.getOffsetDateTime("end_time")),
        row.getBoolean("over"),
        row.getInteger("chosen"),
        row.getUUID("uuid"));
  }

  private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
    return time == null ? null : time.toInstant();
  }

  /** All answers in the order in which they came; at most 500. */
  static List<Ballot> ballots(Sql sql, long poll) {
    return sql.list(
        BALLOTS + "where b.poll_id = $1 order by b.id limit 500", DatePollStore::ballot, poll);
  }

  static @Nullable Ballot of(Sql sql, long poll, long actor) {
    return sql.one(
        BALLOTS + "where b.poll_id = $1 and b.actor_id = $2", DatePollStore::ballot, poll, actor);
  }

  static @Nullable Ballot bySecret(Sql sql, long poll, byte[] secret) {
    return sql.one(
        BALLOTS + "where b.poll_id = $1 and b.secret = $2", DatePollStore::ballot, poll, secret);
  }

  private static Ballot ballot(Row row) {
    return new Ballot(
        row.getLong("id"),
        row.getLong("actor_id"),
        row.getString("name"),
        row.getString("host"),
        row.getString("comment"),
        Arrays.stream(row.getArrayOfShorts("choices")).map(it -> Choice.of((int) it)).toList());
  }

  private static Short[] stored(List<Choice> choices) {
    return choices.stream().map(it -> (short) it.ordinal()).toArray(Short[]::new);
  }

  static void put(
      Tx tx,
      long id,
      long poll,
      long actor,
      List<Choice> choices,
      @Nullable String comment,
      boolean comments) {
    tx.update(
        """
        insert into date_poll_answer as b (id, poll_id, actor_id, choices, comment)
        values ($1, $2, $3, $4, $5)
        on conflict (poll_id, actor_id) do update set choices = excluded.choices, updated = now(),
          comment = case when $6 then excluded.comment else b.comment end
        """,
        id,
        poll,
        actor,
        stored(choices),
        comment,
        comments);
  }

  static void putGuest(
      Tx tx,
      long id,
      long poll,
      String name,
      byte[] secret,
      List<Choice> choices,
      @Nullable String comment) {
    tx.update(
        """
        insert into date_poll_answer (id, poll_id, guest_name, secret, choices, comment)
        values ($1, $2, $3, $4, $5, $6)
        on conflict (secret) do update set guest_name = excluded.guest_name,
          choices = excluded.choices, comment = excluded.comment, updated = now()
        """,
        id,
        poll,
        name,
        secret,
        stored(choices),
        comment);
  }

  static void remove(Tx tx, long ballot) {
    tx.update("delete from date_poll_answer where id = $1", ballot);
  }

  static void chose(Tx tx, long poll, int position, long event) {
    tx.update(
        "update date_poll set chosen = $2, event_id = $3 where id = $1", poll, position, event);
  }

  static List<Retention.Table> retention() {
    return List.of(
        Retention.Table.owned("date_poll", "retention.date_poll"),
        Retention.Table.owned("date_poll_slot", "retention.date_poll"),
        Retention.Table.aged(
            "date_poll_answer",
            "retention.date_poll_answer",
            java.time.Duration.ofDays(90),
            "id",
            "(select max(s.start_time) from date_poll_slot s where s.poll_id ="
                + " date_poll_answer.poll_id) < now() - :keep"));
  }
}
