package org.placette.digest;

import io.vertx.sqlclient.Row;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.placette.db.Sql;
import org.placette.db.Tx;
import org.placette.digest.Source.Pace;
import org.placette.text.Excerpt;

/** All SQL of this package. */
final class DigestStore {

  private static final int WORDS = 140;

  private DigestStore() {}

  /** The next eight o'clock, and the next on a Friday, in the row's zone. */
  private static final String NEXT_DAY =
      "((date_trunc('day', now() at time zone %1$s) + interval '1 day 8 hours') at time zone %1$s)";

  private static final String NEXT_WEEK =
      """
      ((date_trunc('week', now() at time zone %1$s) + interval '4 days 8 hours'
        + case when now() at time zone %1$s
            >= date_trunc('week', now() at time zone %1$s) + interval '4 days 8 hours'
          then interval '7 days' else interval '0' end) at time zone %1$s)
      """;

  static @Nullable Choice of(Sql sql, long actor) {
    return sql.one(
        """
        select now_types, daily_types, weekly_types, agenda, quiet_from, quiet_until, letters
        from notice_choice where actor_id = $1
        """,
        row ->
            new Choice(
                row.getBoolean(6),
                Choice.paces(texts(row, 0), texts(row, 1), texts(row, 2)),
                Pace.valueOf(Objects.requireNonNull(row.getString(3)).toUpperCase(Locale.ROOT)),
                row.getInteger(4),
                row.getInteger(5)),
        actor);
  }

  private static List<String> texts(Row row, int column) {
    return Arrays.asList(row.getArrayOfStrings(column));
  }

  /** Who wants letters from now on is not told what was before. */
  static void put(Sql sql, long actor, Choice choice, String zone) {
    sql.update(
        """
        insert into notice_choice (actor_id, now_types, daily_types, weekly_types, agenda,
          quiet_from, quiet_until, zone, letters, now_mark, daily_mark, weekly_mark, daily_due,
          weekly_due)
        select $1, $2, $3, $4, $5, $6, $7, $8::text, $9, m.last, m.last, m.last, %s, %s
        from (select coalesce(max(id), 0) as last from notification where actor_id = $1) m
        on conflict (actor_id) do update set now_types = excluded.now_types,
          daily_types = excluded.daily_types, weekly_types = excluded.weekly_types,
          agenda = excluded.agenda, quiet_from = excluded.quiet_from,
          quiet_until = excluded.quiet_until, zone = excluded.zone, letters = excluded.letters,
          now_mark = case when notice_choice.letters then notice_choice.now_mark
            else excluded.now_mark end,
          daily_mark = case when notice_choice.letters then notice_choice.daily_mark
            else excluded.daily_mark end,
          weekly_mark = case when notice_choice.letters then notice_choice.weekly_mark
            else excluded.weekly_mark end,
          daily_due = case when notice_choice.letters then notice_choice.daily_due
            else excluded.daily_due end,
          weekly_due = case when notice_choice.letters then notice_choice.weekly_due
            else excluded.weekly_due end
        """
            .formatted(NEXT_DAY.formatted("$8::text"), NEXT_WEEK.formatted("$8::text")),
        actor,
        choice.types(Pace.NOW),
        choice.types(Pace.DAILY),
        choice.types(Pace.WEEKLY),
        choice.agenda().word(),
        choice.quietFrom(),
        choice.quietUntil(),
        zone,
        choice.letters());
    // Browsers are woken for what is told at once; apps have their own choice.
    sql.update(
        "update push_subscription set alerts = $2 where actor_id = $1 and session_hash is not null",
        actor,
        choice.types(Pace.NOW));
  }

  /** Who has not chosen yet and is let in. */
  static List<Long> without(Sql sql, int most) {
    return sql.list(
        """
        select o.actor_id from account o
        where not exists (select from notice_choice c where c.actor_id = o.actor_id)
          and not exists (select from sign_up w where w.actor_id = o.actor_id)
        limit $1
        """,
        row -> row.getLong(0),
        most);
  }

  /** What comes in a letter of its own to those who asked for that is not told twice. */
  private static final String ELSEWHERE =
      """
       and not (n.type in ('RsvpAccepted', 'RsvpFreed', 'EventReminder', 'EventUpdate')
         and exists (select from mail_choice l where l.actor_id = n.actor_id and l.events))
      """;

  /**
   * Somebody whose letter is due.
   *
   * @param secret ends the letters
   * @param mark the last notification that was told at this pace
   */
  record Due(
      long actor,
      String email,
      String locale,
      ZoneId zone,
      List<String> types,
      long mark,
      boolean agenda,
      UUID secret) {}

  /** The next whose daily or weekly letter is due, locked until the transaction ends. */
  static @Nullable Due due(Tx tx, Pace pace) {
    var column = pace.word();
    return tx.one(
        """
        select c.actor_id, o.email, o.locale, c.zone, c.%1$s_types, c.%1$s_mark,
          c.agenda = '%1$s' as agenda, c.secret
        from notice_choice c join account o on o.actor_id = c.actor_id
          join actor a on a.id = c.actor_id and a.suspended_at is null and a.deleted_at is null
        where c.%1$s_due <= now() and c.letters limit 1 for update of c skip locked
        """
            .formatted(column),
        DigestStore::due);
  }

  /** The next who is told something at once, and not in quiet hours. */
  static @Nullable Due dueNow(Tx tx) {
    return tx.one(
        """
        select c.actor_id, o.email, o.locale, c.zone, c.now_types, c.now_mark, false as agenda, c.secret
        from notice_choice c join account o on o.actor_id = c.actor_id
          join actor a on a.id = c.actor_id and a.suspended_at is null and a.deleted_at is null
        where c.now_due <= now() and c.letters and c.now_types <> '{}'
          and exists (select from notification n where n.actor_id = c.actor_id
            and n.id > c.now_mark and not n.filtered and n.type = any(c.now_types)
        """
            + ELSEWHERE
            + """
              ) and (c.quiet_from is null or not (case when c.quiet_from < c.quiet_until
                then extract(hour from now() at time zone c.zone) >= c.quiet_from
                  and extract(hour from now() at time zone c.zone) < c.quiet_until
                else extract(hour from now() at time zone c.zone) >= c.quiet_from
                  or extract(hour from now() at time zone c.zone) < c.quiet_until end))
            limit 1 for update of c skip locked
            """,
        DigestStore::due);
  }

  private static Due due(Row row) {
    return new Due(
        row.getLong(0),
        Objects.requireNonNull(row.getString(1)),
        Objects.requireNonNull(row.getString(2)),
        ZoneId.of(Objects.requireNonNull(row.getString(3))),
        texts(row, 4),
        row.getLong(5),
        row.getBoolean(6),
        row.getUUID(7));
  }

  /** Notes what was told, and when the next letter is due. */
  static void told(Tx tx, long actor, Pace pace, long mark) {
    var next =
        switch (pace) {
          case DAILY -> NEXT_DAY.formatted("zone");
          case WEEKLY -> NEXT_WEEK.formatted("zone");
          default -> "now() + interval '10 minutes'";
        };
    tx.update(
        "update notice_choice set %1$s_mark = greatest(%1$s_mark, $2), %1$s_due = %2$s where actor_id = $1"
            .formatted(pace.word(), next),
        actor,
        mark);
  }

  /** Ends every letter to whoever holds the secret; false when nobody does. */
  static boolean end(Sql sql, UUID secret) {
    return sql.update(
            """
            update notice_choice set letters = false where secret = $1
            """,
            secret)
        > 0;
  }

  /**
   * Something to tell.
   *
   * @param group the handle of the Group that somebody asks to join; null for everything else
   */
  record Line(long id, String type, String from, String about, @Nullable String group) {}

  /** What somebody has been told on the page since then, the earliest first. */
  static List<Line> lines(Tx tx, Due due, int most) {
    return tx.list(
        """
        select n.id, n.type, coalesce(nullif(a.name, ''), a.username),
          coalesce(p.name, nullif(g.name, ''), g.username), p.content, g.username
        from notification n join actor a on a.id = n.from_actor_id
          left join post p on p.id = n.post_id left join actor g on g.id = n.group_id
        where n.actor_id = $1 and n.id > $2 and n.type = any($3) and not n.filtered
          and a.suspended_at is null
        """
            + ELSEWHERE
            + " order by n.id limit $4",
        DigestStore::line,
        due.actor(),
        due.mark(),
        due.types().toArray(String[]::new),
        most);
  }

  private static Line line(Row row) {
    var title = row.getString(3);
    var content = row.getString(4);
    var about = title != null ? title : content == null ? "" : Excerpt.of(content, WORDS);
    return new Line(
        row.getLong(0),
        Objects.requireNonNull(row.getString(1)),
        Objects.requireNonNull(row.getString(2)),
        about,
        row.getString(5));
  }

  /** An event for the letter. */
  record Coming(String name, ZonedDateTime start, @Nullable String place, boolean cancelled) {}

  /** The place's own events of the next days, the soonest first. */
  static List<Coming> coming(Tx tx, int days, ZoneId zone) {
    return tx.list(
        """
        select p.name, e.start_time, coalesce(e.place_name, e.address_locality), e.status
        from event e join post p on p.id = e.post_id join actor a on a.id = p.actor_id
        where p.local and p.visibility = 'public' and a.suspended_at is null
          and e.start_time between now() and now() + $1 * interval '1 day'
        order by e.start_time limit 20
        """,
        row ->
            new Coming(
                Objects.requireNonNull(row.getString(0)),
                row.getOffsetDateTime(1).atZoneSameInstant(zone),
                row.getString(2),
                "CANCELLED".equals(row.getString(3))),
        days);
  }
}
