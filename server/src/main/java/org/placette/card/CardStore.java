package org.placette.card;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.placette.db.Retention;
import org.placette.db.Sql;
import org.placette.db.Tx;

/** The rows of {@code card} and {@code card_wanted}, and the column {@code post.card}. */
public final class CardStore {

  /** A link that spreads makes many servers ask at once: each waits for a while of its own. */
  private static final int SPREAD_MILLIS = 20_000;

  private CardStore() {}

  /** Remembers that a post's link is to be looked at. */
  public static void want(Tx tx, List<Long> posts, List<String> urls) {
    if (posts.isEmpty()) return;
    var due = Instant.now().plusMillis(ThreadLocalRandom.current().nextInt(SPREAD_MILLIS));
    tx.update(
        """
        insert into card_wanted (post_id, url, due)
        select w.post, w.url, $3 from unnest($1::bigint[], $2::text[]) as w(post, url)
        on conflict (post_id) do update set url = excluded.url, due = excluded.due
        """,
        posts.toArray(Long[]::new),
        urls.toArray(String[]::new),
        due.atOffset(ZoneOffset.UTC));
  }

  /**
   * Takes the card from under a post that has another link now.
   *
   * @param link null when it has none
   */
  public static void forget(Tx tx, long post, @Nullable String link) {
    tx.update(
        "update post set card = null where id = $1 and card is not null"
            + " and card->>'url' is distinct from $2",
        post,
        link);
  }

  /** The next link to look at; others leave it alone for ten minutes. Null when none is due. */
  static @Nullable String take(Sql sql) {
    return sql.one(
        """
        update card_wanted set due = now() + interval '10 minutes'
        where url = (select url from card_wanted where due <= now() order by due limit 1
          for update skip locked)
        returning url
        """,
        row -> row.getString(0));
  }

  /** True when the link was looked at within a week. */
  static boolean known(Sql sql, String url) {
    return sql.one(
            "select 1 from card where url = $1 and fetched > now() - interval '7 days'",
            row -> 1,
            url)
        != null;
  }

  static void keep(Sql sql, String url, @Nullable JsonNode body) {
    sql.update(
        """
        insert into card (url, body) values ($1, $2)
        on conflict (url) do update set body = excluded.body, fetched = now()
        """,
        url,
        body);
  }

  /** Shows a link's card under all posts that wait for it. */
  static void show(Tx tx, String url) {
    tx.update(
        """
        with done as (delete from card_wanted where url = $1 returning post_id)
        update post p set card = c.body from done, card c
        where p.id = done.post_id and c.url = $1 and c.body is not null
        """,
        url);
  }

  /** Why its tables exist, and how long their rows live. */
  public static List<Retention.Table> retention() {
    return List.of(
        Retention.Table.aged(
            "card", "retention.card", Duration.ofDays(30), "url", "fetched < now() - :keep"),
        Retention.Table.owned("card_wanted", "retention.card_wanted"));
  }
}
