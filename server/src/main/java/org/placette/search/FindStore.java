package org.placette.search;

import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.Objects;
import org.placette.actor.Byline;
import org.placette.db.Sql;
import org.placette.db.Times;
import org.placette.post.PostView;
import org.placette.post.PostViewStore;

/** What the search page asks for, one bounded query for each kind. {@code $1} is the viewer. */
final class FindStore {

  private static final int LOOKED_AT = 500;

  private static final String MATCHING =
      """
      word_stems(coalesce(p.name, '') || ' ' || coalesce(p.summary, '') || ' ' || p.content)
        @@ (select wanted_stems($2::text))
      """;

  /** Actors that hide themselves, and private groups of others, are not found. */
  private static final String FINDABLE =
      """
       a.suspended_at is null and a.deleted_at is null and a.type <> 'Application'
         and (a.discoverable or a.id = $1
           or a.type = 'Group' and exists (select from follow f where f.actor_id = $1
             and f.target_id = a.id and f.state = 'accepted'))
         and not exists (select from block b where b.actor_id = a.id and b.target_id = $1)
      """;

  private FindStore() {}

  /** People and associations, or Groups, by words that their names begin with. */
  static List<Byline> named(Sql sql, long viewer, String prefixes, boolean groups, int limit) {
    return sql.list(
        """
        select a.type as author_type, a.username as author_username, a.host as author_host,
          a.name as author_name, a.icon as author_icon
        from (select a.* from actor a
            where plain_words(a.username || ' ' || coalesce(a.name, '') || ' '
              || coalesce(a.host, '')) @@ $2::text::tsquery limit 1000) a
        where (a.type = 'Group') = $3 and
        """
            + FINDABLE
            + " order by a.host is not null, lower(coalesce(a.name, a.username)), a.id limit $4",
        PostViewStore::byline,
        viewer,
        prefixes,
        groups,
        limit);
  }

  /** People and associations, or Groups, whose names are nearly so, the likest first. */
  static List<Byline> alike(Sql sql, long viewer, String typed, int limit, boolean groups) {
    return sql.list(
        """
        select a.type as author_type, a.username as author_username, a.host as author_host,
          a.name as author_name, a.icon as author_icon
        from (select a.*, word_similarity($2::text,
              plain_name(a.username || ' ' || coalesce(a.name, ''))) as near
            from actor a
            where $2::text <% plain_name(a.username || ' ' || coalesce(a.name, ''))
            limit 1000) a
        where (a.type = 'Group') = $4 and
        """
            + FINDABLE
            + " order by a.near desc, a.host is not null, a.id limit $3",
        PostViewStore::byline,
        viewer,
        typed,
        limit,
        groups);
  }

  /**
   * Messages with these words: one's own, those that one has to do with, and public ones of people
   * who let themselves be found; nothing of whom one hides.
   */
  static List<PostView> posts(Sql sql, long viewer, String typed, int limit) {
    return sql.list(
        "with hits as materialized (select p.id from post p where "
            + MATCHING
            + " order by p.id desc limit $4) select "
            + PostViewStore.COLUMNS
            + PostViewStore.TABLES
            + " where p.id in (select id from hits) and p.type <> 'Event'"
            + " and p.companion_of is null and "
            + PostViewStore.READABLE
            + "and"
            + PostViewStore.WELCOME
            + SearchStore.CONCERNING
            + " order by p.id desc limit $3",
        PostViewStore::from,
        viewer,
        typed,
        limit,
        LOOKED_AT);
  }

  /** Events with these words, those to come first and the soonest of them first. */
  static List<Finds.Happening> events(Sql sql, long viewer, String typed, int limit) {
    return sql.list(
        "with hits as materialized (select p.id from post p where p.type = 'Event' and "
            + MATCHING
            + " order by p.id desc limit $4) select "
            + PostViewStore.COLUMNS
            + ", e.start_time, e.timezone "
            + PostViewStore.TABLES
            + " where p.id in (select id from hits) and e.post_id is not null and "
            + PostViewStore.READABLE
            + "and"
            + PostViewStore.WELCOME
            + """
             order by e.start_time < now(), abs(extract(epoch from e.start_time - now())) limit $3
            """,
        FindStore::happening,
        viewer,
        typed,
        limit,
        LOOKED_AT);
  }

  private static Finds.Happening happening(Row row) {
    var start = Objects.requireNonNull(row.getOffsetDateTime("start_time"));
    return new Finds.Happening(
        PostViewStore.from(row), start.atZoneSameInstant(Times.zone(row.getString("timezone"))));
  }
}
