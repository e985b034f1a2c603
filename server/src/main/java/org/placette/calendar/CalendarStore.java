package org.placette.calendar;

import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Byline;
import org.placette.audience.AudienceStore;
import org.placette.calendar.EventCalendar.Entry;
import org.placette.db.Retention;
import org.placette.db.Sql;
import org.placette.event.EventStore;
import org.placette.post.PostView;
import org.placette.post.PostViewStore;

/** What feeds hold, one query for each, and the rows of {@code calendar_link}. */
final class CalendarStore {

  /** At most so many events stand in a calendar; the soonest count. */
  static final int EVENTS = 1_000;

  private static final String SELECT =
      "select "
          + EventStore.COLUMNS
          + """
          , a.type as author_type, a.username as author_username, a.host as author_host,
            a.name as author_name, a.icon as author_icon, a.uri as author_uri, o.series_id, o.planned,
            o.sequence as series_sequence
          from chosen join event e on e.post_id = chosen.post_id join post p on p.id = e.post_id
            join actor a on a.id = p.actor_id
            left join series_occurrence o on o.post_id = e.post_id
          where a.suspended_at is null
          """;

  /** Which events, before anything is joined to them: no plan then sorts all there are. */
  private static String chosen(String which) {
    return "with chosen as materialized (select e.post_id from event e join post p"
        + " on p.id = e.post_id where "
        + which
        + ") "
        + SELECT;
  }

  private static final String LATER =
      " and e.start_time > $1 order by e.start_time, e.post_id limit " + EVENTS;

  private CalendarStore() {}

  /** Events that begin after a moment, the soonest first. */
  static List<Entry> events(Sql sql, Scope scope, Instant since) {
    return switch (scope) {
      case Scope.Village all ->
          sql.list(
              soonest("p.visibility = 'public'" + (all.neighbours() ? "" : " and p.local")),
              CalendarStore::entry,
              since);
      case Scope.Of of ->
          sql.list(
              soonest(
                  """
                  p.visibility = 'public' and (p.actor_id = $2 or p.audience_id = $2
                    or p.id in (select s.post_id from announce s where s.actor_id = $2))
                  """),
              CalendarStore::entry,
              since,
              of.actor());
      case Scope.Tagged tagged ->
          sql.list(
              soonest(
                  """
                  p.visibility = 'public'
                    and p.id in (select t.post_id from post_tag t where t.tag = $2)
                  """),
              CalendarStore::entry,
              since,
              tagged.tag());
      case Scope.At at ->
          sql.list(
              soonest("p.visibility = 'public' and e.place_id = $2"),
              CalendarStore::entry,
              since,
              at.place());
      case Scope.One one ->
          sql.list(
              chosen("e.uuid = $1 and" + AudienceStore.readableBy("$2::bigint")),
              CalendarStore::entry,
              one.uuid(),
              one.viewer());
      case Scope.Dates dates ->
          sql.list(
              soonest(
                  """
                  p.id in (select o.post_id from series_occurrence o where o.series_id in (
                    with recursive onwards (id) as (select $2::bigint
                      union select s.continued_by from series s join onwards n on s.id = n.id
                        where s.continued_by is not null)
                    select id from onwards)) and
                  """
                      + AudienceStore.readableBy("$3::bigint")),
              CalendarStore::entry,
              since,
              dates.series(),
              dates.viewer());
      case Scope.Mine mine -> sql.list(soonest(MINE), CalendarStore::entry, since, mine.actor());
    };
  }

  private static String soonest(String which) {
    return chosen(which + LATER) + " order by e.start_time, e.post_id";
  }

  private static final String MINE =
      """
      (p.id in (select r.post_id from rsvp r
          where r.actor_id = $2 and r.state in ('going', 'maybe', 'waiting', 'requested'))
        or p.actor_id = $2
        or p.visibility = 'public' and p.actor_id in (select f.target_id from follow f
          where f.actor_id = $2 and f.state = 'accepted')
        or p.visibility in ('public', 'group') and p.audience_id in (
          select f.target_id from follow f where f.actor_id = $2 and f.state = 'accepted'))
      and
      """
          + AudienceStore.readableBy("$2::bigint");

  private static Entry entry(Row row) {
    var author = PostViewStore.byline(row);
    var event = EventStore.from(row);
    Long series = row.getLong("series_id");
    var repeated =
        series == null
            ? null
            : new EventCalendar.Repeated(
                series,
                row.getLocalDateTime("planned"),
                row.getInteger("series_sequence") != event.details().sequence());
    return new Entry(event, author.name(), row.getString("author_uri"), repeated);
  }

  /** Events as feeds tell them, the latest published first. */
  static List<Entry> news(Sql sql, Scope scope, int limit) {
    var order = " order by e.post_id desc limit " + limit;
    return switch (scope) {
      case Scope.Of of ->
          sql.list(
              chosen("p.visibility = 'public' and (p.actor_id = $1 or p.audience_id = $1)" + order)
                  + " order by p.id desc",
              CalendarStore::entry,
              of.actor());
      case Scope.Tagged tagged ->
          sql.list(
              chosen(
                      """
                      p.visibility = 'public'
                        and p.id in (select t.post_id from post_tag t where t.tag = $1)
                      """
                          + order)
                  + " order by p.id desc",
              CalendarStore::entry,
              tagged.tag());
      default ->
          sql.list(
              chosen("p.visibility = 'public' and p.local" + order) + " order by p.id desc",
              CalendarStore::entry);
    };
  }

  /** What was written and is no event, the latest first. */
  static List<PostView> posts(Sql sql, Scope scope, int limit) {
    var which =
        switch (scope) {
          case Scope.Of of -> "(p.actor_id = $2 or p.audience_id = $2) and $3 = ''";
          case Scope.Tagged tagged ->
              "p.id in (select t.post_id from post_tag t where t.tag = $3) and $2 = 0";
          default -> "p.local and $2 = 0 and $3 = ''";
        };
    var actor = scope instanceof Scope.Of of ? of.actor() : 0L;
    var tag = scope instanceof Scope.Tagged tagged ? tagged.tag() : "";
    return sql.list(
        "select "
            + PostViewStore.COLUMNS
            + PostViewStore.TABLES
            + "where p.visibility = 'public' and p.companion_of is null and p.type <> 'Event'"
            + " and p.in_reply_to is null and a.suspended_at is null and "
            + which
            + " order by p.id desc limit "
            + limit,
        PostViewStore::from,
        0L,
        actor,
        tag);
  }

  /** Makes or replaces somebody's secret address. */
  static void link(Sql sql, long actor, byte[] secret) {
    sql.update(
        """
        insert into calendar_link (actor_id, secret) values ($1, $2)
        on conflict (actor_id) do update set secret = excluded.secret, published = now()
        """,
        actor,
        io.vertx.core.buffer.Buffer.buffer(secret));
  }

  static boolean unlink(Sql sql, long actor) {
    return sql.update("delete from calendar_link where actor_id = $1", actor) > 0;
  }

  /** Since when somebody has a secret address; null for none. */
  static @Nullable Instant linked(Sql sql, long actor) {
    return sql.one(
        "select published from calendar_link where actor_id = $1",
        row -> row.getOffsetDateTime(0).toInstant(),
        actor);
  }

  /** Whose secret address it is. */
  record Owner(long actor, Byline who) {}

  static @Nullable Owner owner(Sql sql, byte[] secret) {
    return sql.one(
        """
        select a.id, a.type as author_type, a.username as author_username, a.host as author_host,
          a.name as author_name, a.icon as author_icon
        from calendar_link l join actor a on a.id = l.actor_id
        where l.secret = $1 and a.suspended_at is null and a.deleted_at is null
        """,
        row -> new Owner(row.getLong("id"), PostViewStore.byline(row)),
        io.vertx.core.buffer.Buffer.buffer(secret));
  }

  static List<Retention.Table> retention() {
    return List.of(Retention.Table.owned("calendar_link", "retention.calendar_link"));
  }
}
