package org.placette.care;

import io.vertx.sqlclient.Row;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.placette.care.Measure.Action;
import org.placette.care.Measure.State;
import org.placette.db.Sql;
import org.placette.db.Tx;

/** The tables {@code measure} and {@code appeal}, and the marks that measures leave elsewhere. */
final class MeasureStore {

  private static final String SELECT =
      """
      select m.*, p.content as appeal_content, p.state as appeal_state, p.answer as appeal_answer,
        p.published as appeal_published
      from measure m left join appeal p on p.measure_id = m.id
      """;

  private MeasureStore() {}

  static void insert(Tx tx, long id, @Nullable Long by, Measures.Order order, State state) {
    tx.update(
        """
        insert into measure (id, report_id, target_id, post_id, post_uri, excerpt, action, reason,
          rule_ids, state, by_id)
        values ($1, $2, $3, $4, coalesce((select uri from post where id = $4), ''), $5, $6, $7, $8,
          $9, $10)
        """,
        id,
        order.report(),
        order.target().id(),
        order.post(),
        order.excerpt(),
        order.action().word(),
        order.reason(),
        order.rules().toArray(String[]::new),
        state.word(),
        by);
  }

  static @Nullable Measure byId(Sql sql, long id) {
    return sql.one(SELECT + " where m.id = $1", MeasureStore::measure, id);
  }

  /** The same, locked until the transaction ends. */
  static @Nullable Measure lock(Tx tx, long id) {
    return tx.one(SELECT + " where m.id = $1 for update of m", MeasureStore::measure, id);
  }

  /** What holds or held for somebody, the latest first, at most 50. */
  static List<Measure> of(Sql sql, long target) {
    return sql.list(
        SELECT + " where m.target_id = $1 order by m.id desc limit 50",
        MeasureStore::measure,
        target);
  }

  /** Those that wait for a second person, or whose appeal waits; the oldest first, at most 50. */
  static List<Measure> waiting(Sql sql, boolean appeals) {
    var which = appeals ? "p.state = 'open'" : "m.state = 'proposed'";
    return sql.list(SELECT + " where " + which + " order by m.id limit 50", MeasureStore::measure);
  }

  static void state(Tx tx, long id, State state, @Nullable Long second) {
    tx.update(
        """
        update measure set state = $2, second_id = coalesce($3, second_id),
          ended = case when $2 = 'applied' then null else now() end
        where id = $1
        """,
        id,
        state.word(),
        second);
  }

  /** Whether something else of that kind still holds for somebody. */
  static boolean holds(Tx tx, long target, List<Action> actions) {
    return tx.one(
            """
            select 1 from measure where target_id = $1 and state = 'applied' and action = any($2)
            limit 1
            """,
            row -> 1,
            target,
            actions.stream().map(Action::word).toArray(String[]::new))
        != null;
  }

  static void limit(Tx tx, long actor, boolean limited) {
    tx.update(
        "update actor set limited_at = case when $2 then now() end where id = $1", actor, limited);
  }

  static void appeal(Tx tx, long measure, String text) {
    tx.update("insert into appeal (measure_id, content) values ($1, $2)", measure, text);
  }

  static void decide(Tx tx, long measure, boolean granted, String answer, long by) {
    tx.update(
        """
        update appeal set state = $2, answer = $3, decided_by = $4, decided = now()
        where measure_id = $1
        """,
        measure,
        granted ? "granted" : "refused",
        answer,
        by);
  }

  /** Whether somebody besides these two moderates here. */
  static boolean others(Sql sql, long one, long other) {
    return sql.one(
            """
            select 1 from granted g join actor a on a.id = g.actor_id
            where g.permission = 'MODERATE' and g.group_id is null and g.actor_id not in ($1, $2)
              and a.suspended_at is null and a.deleted_at is null limit 1
            """,
            row -> 1,
            one,
            other)
        != null;
  }

  /** The latest measure that keeps somebody out; null when none does. */
  static @Nullable Long keepingOut(Sql sql, long actor) {
    return sql.one(
        """
        select id from measure where target_id = $1 and state = 'applied'
          and action in ('suspend', 'delete_account') order by id desc limit 1
        """,
        row -> row.getLong(0),
        actor);
  }

  static void pass(Sql sql, long measure, byte[] hash) {
    sql.update("update measure set pass_hash = $2 where id = $1", measure, hash);
  }

  /** Whom a pass is for; null when it is none. */
  static @Nullable Measure byPass(Sql sql, byte[] hash) {
    return sql.one(SELECT + " where m.pass_hash = $1", MeasureStore::measure, (Object) hash);
  }

  /** An account that was to be deleted so long ago that nobody will undo it. */
  static @Nullable Measure dueDeletion(Tx tx) {
    return tx.one(
        SELECT
            + """
             where m.action = 'delete_account' and m.state = 'applied'
              and m.published < now() - interval '30 days'
              and p.state is distinct from 'open'
            limit 1 for update of m skip locked
            """,
        MeasureStore::measure);
  }

  static void forget(Tx tx, long actor) {
    tx.update("delete from account where actor_id = $1", actor);
  }

  static @Nullable String email(Sql sql, long actor) {
    return sql.one(
        "select email || ' ' || locale from account where actor_id = $1",
        row -> row.getString(0),
        actor);
  }

  /** What the server hid by itself of these posts and still is hidden. */
  static List<Measure> automatic(Tx tx, List<String> posts) {
    return tx.list(
        SELECT
            + " where m.by_id is null and m.action = 'hide' and m.state = 'applied'"
            + " and m.post_uri = any($1) for update of m",
        MeasureStore::measure,
        (Object) posts.toArray(String[]::new));
  }

  private static Measure measure(Row row) {
    var content = row.getString("appeal_content");
    var appeal =
        content == null
            ? null
            : new Measure.Appeal(
                content,
                Objects.requireNonNull(row.getString("appeal_state")),
                Objects.requireNonNull(row.getString("appeal_answer")),
                row.getOffsetDateTime("appeal_published").toInstant());
    return new Measure(
        row.getLong("id"),
        row.getLong("report_id"),
        row.getLong("target_id"),
        row.getLong("post_id"),
        Objects.requireNonNull(row.getString("excerpt")),
        Action.valueOf(row.getString("action").toUpperCase(Locale.ROOT)),
        Objects.requireNonNull(row.getString("reason")),
        Arrays.asList(row.getArrayOfStrings("rule_ids")),
        State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
        row.getLong("by_id"),
        row.getLong("second_id"),
        row.getOffsetDateTime("published").toInstant(),
        appeal);
  }
}
