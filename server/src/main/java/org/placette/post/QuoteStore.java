package org.placette.post;

import org.jspecify.annotations.Nullable;
import org.placette.db.Sql;
import org.placette.db.Tx;
import org.placette.notification.NotificationStore;
import org.placette.notification.NotificationStore.Type;

/** What a post's row says of its being quoted: who may do so, and how often it is done. */
public final class QuoteStore {

  private QuoteStore() {}

  /** Tells the author here of what a post quotes; once, and never of one's own quotes. */
  static void tell(Tx tx, long quoting) {
    var found =
        tx.one(
            """
            select q.actor_id, p.actor_id from post p join post q on q.uri = p.quote and q.local
            where p.id = $1 and q.actor_id <> p.actor_id
              and coalesce(p.quote_consent, 'accepted') = 'accepted'
            """,
            row -> new long[] {row.getLong(0), row.getLong(1)},
            quoting);
    if (found != null) NotificationStore.tell(tx, found[0], Type.Quote, found[1], quoting);
  }

  /** Keeps whom its author lets quote a post; null says nothing new. */
  static void quotable(Tx tx, long post, @Nullable Quotable who) {
    if (who == null) return;
    tx.update(
        "update post set quotable = $2 where id = $1 and quotable is distinct from $2",
        post,
        who.word());
  }

  /**
   * Whether an author lets somebody quote a post; where it was written elsewhere, a refusal that is
   * known.
   */
  public static boolean allowed(Sql sql, long post, long by) {
    var found =
        sql.one(
            """
            select 1 from post p join actor a on a.id = p.actor_id
            where p.id = $1 and (p.actor_id = $2 or p.quotable is null
              or p.quotable <> 'nobody' and (p.quotable <> 'followers' or a.host is not null
                or exists (select from follow f where f.actor_id = $2
                  and f.target_id = p.actor_id and f.state = 'accepted')))
            """,
            row -> 1,
            post,
            by);
    return found != null;
  }

  /**
   * Counts anew how often something is quoted, by posts that anybody may read and with consent.
   *
   * @param quoted its uri; null, and what is not stored here, is left alone
   */
  public static void count(Tx tx, @Nullable String quoted) {
    if (quoted == null) return;
    tx.update(
        """
        update post p set quotes_count = n.quotes
        from (select count(*)::int as quotes from post q
            where q.quote = $1 and coalesce(q.quote_consent, 'accepted') = 'accepted'
              and q.visibility in ('public', 'unlisted')) n
        where p.uri = $1 and p.quotes_count <> n.quotes
        """,
        quoted);
  }
}
