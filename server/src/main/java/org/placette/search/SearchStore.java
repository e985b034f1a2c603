package org.placette.search;

import static org.placette.mastodon.StatusStore.ALONE;
import static org.placette.mastodon.StatusStore.HIDDEN;
import static org.placette.mastodon.StatusStore.LISTED;
import static org.placette.mastodon.StatusStore.READABLE;
import static org.placette.mastodon.StatusStore.SEEN;
import static org.placette.mastodon.StatusStore.TABLES;

import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.placette.db.Sql;
import org.placette.mastodon.StatusStore;
import org.placette.mastodon.StatusStore.Seen;

/** Searches, one query for each kind of result, on the word indexes. */
final class SearchStore {

  /** Words are common that so many posts hold. */
  private static final int LOOKED_AT = 5_000;

  /** Among so many of the latest posts a very common word shows itself. */
  private static final int SAMPLE = 200;

  private static final int PEOPLE = 1_000;

  private static final String ACTOR_WORDS =
      "plain_words(a.username || ' ' || coalesce(a.name, '') || ' ' || coalesce(a.host, ''))";

  /** Only members find a private Group of this server by words; others know its whole handle. */
  private static final String FINDABLE =
      "(a.type <> 'Group' or a.host is not null or a.discoverable)";

  private static final String MATCHING =
      "word_stems(coalesce(p.name, '') || ' ' || coalesce(p.summary, '') || ' ' || p.content)"
          + " @@ (select wanted_stems($2::text))";

  /**
   * Posts that the viewer has to do with, events, and posts of people who let themselves be
   * searched and of associations and halls of this place: public ones, and to residents those of
   * its rooms.
   */
  static final String CONCERNING =
      """
       and (p.actor_id = $1
         or not a.limited and (a.indexable or p.type = 'Event' or a.host is null and a.type <> 'Person')
           and (p.visibility = 'public' or p.visibility in ('local', 'ring', 'group') and $1 <> 0)
         or exists (select from mention m where m.post_id = p.id and m.actor_id = $1)
         or exists (select from post_like l where l.post_id = p.id and l.actor_id = $1)
         or exists (select from announce s where s.post_id = p.id and s.actor_id = $1)
         or exists (select from bookmark b where b.post_id = p.id and b.actor_id = $1))
      """;

  /**
   * The same, tried post by post: no index is of use within a case, and half are thought to hold.
   * Whose words are not to be found is asked first, which costs less than to read them.
   */
  private static final String TRIED =
      "case when true" + CONCERNING + " then " + MATCHING + " else false end";

  /** Of a common word no more than so many posts are tried: where few agreed, few of them count. */
  private static final String LATEST =
      """
       and p.id > coalesce(
         (select l.id from post l where l.id < $4 order by l.id desc offset 5000 limit 1), 0)
      """;

  private SearchStore() {}

  /**
   * People by words that their name, username or host begins with: those one follows first, then
   * people from here, then those with many followers here.
   *
   * @param query as {@link Words#prefixes} makes it
   * @param exact a username that goes before all others
   */
  static List<Long> people(
      Sql sql, long viewer, String query, String exact, boolean following, int skip, int limit) {
    return sql.list(
        """
        select a.id from (select a.id, a.username, a.host, a.limited, %s as findable from actor a
            where %s @@ $2::text::tsquery and a.suspended_at is null and a.deleted_at is null
              and a.type <> 'Application' limit %d) a
          left join follow f on f.actor_id = $1 and f.target_id = a.id and f.state = 'accepted'
        where (not a.limited or f.id is not null or lower(a.username) = $3)
          and a.id not in (select b.actor_id from block b where b.target_id = $1)
          and (not $4 or f.id is not null) and (a.findable or f.id is not null)
        order by lower(a.username) = $3 desc, f.id is not null desc, a.host is null desc,
          (select n.followers from actor_count n where n.actor_id = a.id) desc nulls last,
          a.id
        offset $5 limit $6
        """
            .formatted(FINDABLE, ACTOR_WORDS, PEOPLE),
        row -> row.getLong(0),
        viewer,
        query,
        exact,
        following,
        skip,
        limit);
  }

  /** People whose names are nearly so, the likest first. */
  static List<Long> alike(Sql sql, long viewer, String typed, boolean following, int limit) {
    return sql.list(
        """
        select a.id from (select a.id, a.host, %s as findable, word_similarity($2::text,
              plain_name(a.username || ' ' || coalesce(a.name, ''))) as near
            from actor a
            where $2::text <%% plain_name(a.username || ' ' || coalesce(a.name, ''))
              and a.suspended_at is null and a.deleted_at is null and a.type <> 'Application'
            limit 1000) a
          left join follow f on f.actor_id = $1 and f.target_id = a.id and f.state = 'accepted'
        where a.id not in (select b.actor_id from block b where b.target_id = $1)
          and (not $3 or f.id is not null) and (a.findable or f.id is not null)
        order by a.near desc, f.id is not null desc, a.host is null desc, a.id limit $4
        """
            .formatted(FINDABLE),
        row -> row.getLong(0),
        viewer,
        typed,
        following,
        limit);
  }

  /**
   * Which posts are searched.
   *
   * @param query words as people type them: "in quotes", -without, or
   * @param by only this author's; 0 for everybody's
   * @param before only below this id
   * @param after only above this id
   */
  record Wanted(
      String query,
      long by,
      long before,
      long after,
      boolean media,
      boolean replies,
      @Nullable String language) {}

  /**
   * Posts that hold the words, the newest first, among those that the viewer has to do with (wrote,
   * was named in, liked, announced, kept) and public ones of people who let themselves be searched.
   *
   * @param few as {@link #isRare} found it
   */
  static List<Seen> posts(Sql sql, long viewer, Wanted wanted, boolean few, int skip, int limit) {
    var words = !wanted.query().isBlank();
    var rare = words && few;
    return sql.list(
        (rare
                ? "with hits as materialized (select p.id from post p where "
                    + MATCHING
                    + ") select "
                : "select ")
            + ALONE
            + SEEN
            + TABLES
            + " where "
            + (rare ? "p.id in (select id from hits)" : words ? TRIED : "$2::text is not null")
            // Bounds that bound nothing would make a prepared plan expect few rows.
            + (wanted.by() == 0 ? " and $3::bigint is not null" : " and p.actor_id = $3")
            + " and "
            + READABLE
            + " and "
            + LISTED
            + (words && !rare ? LATEST : CONCERNING)
            + (wanted.before() == Long.MAX_VALUE && wanted.after() == 0
                ? " and $4::bigint is not null and $5::bigint is not null"
                : " and p.id < $4 and p.id > $5")
            + (wanted.media() ? " and p.attachment <> '[]'" : "")
            + (wanted.replies() ? " and p.in_reply_to is not null" : "")
            + (wanted.language() == null ? " and $6::text is null" : " and p.language = $6")
            + " and p.actor_id not in "
            + HIDDEN
            + " order by p.id desc offset $7 limit $8",
        StatusStore::seen,
        viewer,
        wanted.query(),
        wanted.by(),
        wanted.before(),
        wanted.after(),
        wanted.language(),
        skip,
        limit);
  }

  /**
   * Whether few posts hold the words. They are then all found in the index of words; otherwise the
   * latest posts are tried one after another, which soon gives a page.
   */
  static boolean isRare(Sql sql, String query) {
    // Of a very common word the index alone has hundreds of thousands of places to tell.
    var latest =
        count(
            sql,
            "select count(*) from (select p.name, p.summary, p.content from post p"
                + " order by p.id desc limit "
                + SAMPLE
                + ") p where $1::bigint = 0 and "
                + MATCHING,
            query);
    if (latest > SAMPLE / 10) return false;
    return count(
            sql,
            "with hits as materialized (select 1 from post p where $1::bigint = 0 and "
                + MATCHING
                + " limit 5000) select count(*) from hits",
            query)
        < LOOKED_AT;
  }

  private static long count(Sql sql, String counting, String query) {
    return Objects.requireNonNull(sql.one(counting, SearchStore::number, 0L, query));
  }

  /**
   * Tags that begin so, with accents or without, in their order: one step in the index for each,
   * however much used. Those are left out whose latest 500 uses all stand in what not everybody may
   * read.
   *
   * @param start as {@link Words#plain} gives it
   */
  static List<String> tags(Sql sql, String start, int skip, int limit) {
    return sql.list(
        """
        with recursive found as (
          (select plain_tag(t.tag) as word, 1 as n from post_tag t
            where plain_tag(t.tag) ~>=~ $1 and starts_with(plain_tag(t.tag), $1)
            order by plain_tag(t.tag) using ~<~ limit 1)
          union all
          select (select plain_tag(t.tag) from post_tag t where plain_tag(t.tag) ~>~ found.word
              and plain_tag(t.tag) ~<~ ($1 || U&'\\FFFF')
              order by plain_tag(t.tag) using ~<~ limit 1), n + 1
          from found where found.word is not null and n < $2::int + $3::int + 50
        )
        select tag.tag from found cross join lateral (
            select distinct latest.tag from (select t.tag, t.post_id from post_tag t
              where plain_tag(t.tag) = found.word order by t.post_id desc limit 500) latest
            join post p on p.id = latest.post_id where p.visibility in ('public', 'unlisted')) tag
        where starts_with(found.word, $1) order by found.word using ~<~, tag.tag
        offset $2 limit $3
        """,
        row -> row.getString(0),
        start,
        skip,
        limit);
  }

  /** The number of a post by its id or page. */
  static @Nullable Long postByAddress(Sql sql, String url) {
    return sql.one(
        """
        select p.id from post p where p.uri = $1
          and p.companion_of is null
        """,
        SearchStore::number,
        url);
  }

  /** The actor whose page this is. */
  static @Nullable Long actorByAddress(Sql sql, String url) {
    return sql.one(
        "select a.id from actor a where a.uri = $1 and a.deleted_at is null",
        SearchStore::number,
        url);
  }

  private static Long number(Row row) {
    return row.getLong(0);
  }
}
