package org.placette.post;

import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.placette.db.Retention;
import org.placette.db.Sql;
import org.placette.db.Tx;

/** The rows of {@code quote_stamp}, and what is known of the consent to the quotes in posts. */
public final class StampStore {

  private StampStore() {}

  /**
   * A QuoteAuthorization that was given here.
   *
   * @param author who wrote what is quoted
   * @param quoting the id of what quotes it
   * @param quoted the id of what is quoted
   */
  public record Stamp(UUID id, String author, String quoting, String quoted) {}

  /** Why the table exists, and how long its rows live. */
  public static List<Retention.Table> retention() {
    return List.of(Retention.Table.owned("quote_stamp", "retention.quote_stamp"));
  }

  /** Lets something quote a post of this server; the same stamp each time. */
  public static UUID give(Tx tx, long post, String quoting, long by) {
    var found =
        tx.one(
            """
            insert into quote_stamp (post_id, quoting, by_id) values ($1, $2, $3)
            on conflict (post_id, quoting) do update set by_id = excluded.by_id
            returning id
            """,
            row -> row.getUUID(0),
            post,
            quoting,
            by);
    if (found == null) throw new IllegalStateException("no stamp was stored");
    return found;
  }

  /** A stamp that still holds; null when there is none, or what it was about is not open. */
  public static @Nullable Stamp byId(Sql sql, UUID id) {
    return sql.one(
        """
        select s.id, a.uri, s.quoting, p.uri
        from quote_stamp s join post p on p.id = s.post_id join actor a on a.id = p.actor_id
        where s.id = $1 and p.visibility in ('public', 'unlisted')
          and a.suspended_at is null and a.deleted_at is null
          and not exists (select from block b where b.actor_id = p.actor_id and b.target_id = s.by_id)
        """,
        StampStore::stamp,
        id);
  }

  private static Stamp stamp(Row row) {
    return new Stamp(row.getUUID(0), row.getString(1), row.getString(2), row.getString(3));
  }

  /** Keeps what is known of the consent to the quote in a post; what was taken back stays so. */
  public static void keep(Tx tx, long post, Consent consent) {
    tx.update(
        "update post set quote_consent = $2, quote_stamp = $3 where id = $1"
            + " and quote_consent is distinct from 'revoked'",
        post,
        consent.state().word(),
        consent.stamp());
  }

  /** Who was asked takes back what a stamp said; gives whether any post here relied on it. */
  public static boolean revoke(Tx tx, String stamp) {
    var quoted =
        tx.list(
            """
            update post set quote_consent = 'revoked', quote_stamp = null where quote_stamp = $1
            returning quote
            """,
            row -> row.getString(0),
            stamp);
    for (var one : quoted) QuoteStore.count(tx, one);
    return !quoted.isEmpty();
  }

  /** Takes a stamp of this server back; null when none was given. */
  public static @Nullable Stamp take(Tx tx, long post, String quoting) {
    return tx.one(
        """
        with gone as (delete from quote_stamp where post_id = $1 and quoting = $2
          returning id, quoting)
        select gone.id, a.uri, gone.quoting, p.uri
        from gone join post p on p.id = $1 join actor a on a.id = p.actor_id
        """,
        StampStore::stamp,
        post,
        quoting);
  }

  /** Whether consent to a quote was taken back. */
  public static boolean isRevoked(Sql sql, String quoting) {
    return sql.one(
            "select 1 from post where uri = $1 and quote_consent = 'revoked'", row -> 1, quoting)
        != null;
  }

  /** Whether a post relies on a stamp. */
  public static boolean relied(Sql sql, String stamp) {
    return sql.one("select 1 from post where quote_stamp = $1 limit 1", row -> 1, stamp) != null;
  }
}
