package org.placette.post;

import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.placette.db.Ids;
import org.placette.db.Retention;
import org.placette.db.Sql;
import org.placette.db.Tx;
import org.placette.feed.FeedStore;

/** The rows of {@code post}, {@code mention}, {@code post_tag} and {@code tombstone}. */
public final class PostStore {

  /** What {@link #from} reads, of a table or alias {@code p}. */
  public static final String COLUMNS =
      """
      p.id, p.uri, p.url, p.type, p.actor_id, p.audience_id, p.name, p.summary, p.content,
      p.language, p.sensitive, p.visibility, p.in_reply_to, p.in_reply_to_id, p.root_id, p.context,
      p.attachment::text as attachment, p.tag::text as tag, p.poll::text as poll, p.quote,
      p.companion_of, p.published, p.updated, p.likes_count, p.shares_count, p.replies_count
      """;

  private PostStore() {}

  /** Reads a row that holds {@link #COLUMNS}. */
  public static Post from(Row row) {
    return new Post(
        row.getLong("id"),
        row.getString("uri"),
        row.getString("url"),
        row.getString("type"),
        row.getLong("actor_id"),
        row.getLong("audience_id"),
        row.getString("name"),
        row.getString("summary"),
        row.getString("content"),
        row.getString("language"),
        row.getBoolean("sensitive"),
        Visibility.of(row.getString("visibility")),
        row.getString("in_reply_to"),
        row.getLong("in_reply_to_id"),
        row.getLong("root_id"),
        row.getString("context"),
        PostJson.attachments(row.getString("attachment")),
        PostJson.tags(row.getString("tag")),
        PostJson.poll(row.getString("poll")),
        row.getString("quote"),
        row.getLong("companion_of"),
        Objects.requireNonNull(instant(row, "published")),
        instant(row, "updated"),
        row.getInteger("likes_count"),
        row.getInteger("shares_count"),
        row.getInteger("replies_count"));
  }

  private static @Nullable Instant instant(Row row, String column) {
    OffsetDateTime time = row.getOffsetDateTime(column);
    return time == null ? null : time.toInstant();
  }

  static @Nullable Post byUri(Sql sql, String uri) {
    return sql.one("select " + COLUMNS + " from post p where p.uri = $1", PostStore::from, uri);
  }

  static @Nullable Post byId(Sql sql, long id) {
    return sql.one("select " + COLUMNS + " from post p where p.id = $1", PostStore::from, id);
  }

  /** Those of the uris that are stored, in no order. */
  static List<Post> byUris(Sql sql, List<String> uris) {
    return sql.list(
        "select " + COLUMNS + " from post p where p.uri = any($1)",
        PostStore::from,
        (Object) uris.toArray(String[]::new));
  }

  /**
   * Writes a new post with its mentions, tags and place in its thread; posts that were waiting for
   * it become its replies.
   *
   * @param id the id to try first; another is taken when two posts of one moment collide
   * @return null when its uri is stored already or was deleted
   */
  static @Nullable Post insert(Tx tx, long id, Draft draft) {
    for (int attempt = 0; attempt < 5; attempt++) {
      var stored = tryInsert(tx, attempt == 0 ? id : Ids.at(draft.published()), draft);
      if (stored != null) return stored;
      if (byUri(tx, draft.uri()) != null || isDeleted(tx, draft.uri())) return null;
    }
    throw new IllegalStateException("no free id for " + draft.uri());
  }

  private static @Nullable Post tryInsert(Tx tx, long id, Draft draft) {
    var words = draft.words();
    var rows =
        tx.run(
            INSERT,
            id,
            draft.uri(),
            draft.url(),
            draft.type(),
            draft.actorId(),
            draft.addressing().groups().toArray(String[]::new),
            words.name(),
            words.summary(),
            words.content(),
            words.language(),
            words.sensitive(),
            draft.addressing().visibility().word(),
            draft.inReplyTo(),
            draft.context(),
            PostJson.attachments(draft.attachment()),
            PostJson.tags(draft.tag()),
            PostJson.poll(draft.poll()),
            draft.quote(),
            draft.companionOf(),
            draft.root(),
            draft.published(),
            draft.updated(),
            draft.addressing().mentioned().toArray(String[]::new),
            hashtags(draft));
    var found = rows.iterator();
    if (!found.hasNext()) return null;
    var row = found.next();
    var post = from(row);
    var adopted = row.getArrayOfLongs("adopted");
    if (adopted != null && adopted.length > 0)
      tx.update(
          "update post set root_id = $1 where root_id = any($2) and id <> $1",
          post.rootId(),
          adopted);
    FeedStore.posted(tx, post.id());
    return post;
  }

  private static String[] hashtags(Draft draft) {
    return draft.tag().stream().filter(Tag::hashtag).map(Tag::word).toArray(String[]::new);
  }

  private static final String INSERT =
      """
      with p as (
        insert into post (id, uri, url, type, actor_id, audience_id, name, summary, content,
          language, sensitive, visibility, in_reply_to, in_reply_to_id, root_id, context,
          attachment, tag, poll, quote, companion_of, published, updated, replies_count, local)
        select $1::bigint, $2::text, $3::text, $4::text, $5::bigint,
          (select a.id from actor a where a.uri = any($6::text[]) and a.type = 'Group'
            order by array_position($6::text[], a.uri) limit 1),
          $7::text, $8::text, $9::text, $10::text, $11::boolean, $12::text, $13::text, parent.id,
          coalesce(parent.root_id, $20::bigint, $1::bigint), coalesce($14::text, parent.context),
          $15::jsonb, $16::jsonb, $17::jsonb, $18::text, $19::bigint, $21::timestamptz,
          $22::timestamptz,
          (select count(*) from post o where o.in_reply_to = $2 and o.in_reply_to_id is null),
          (select host is null from actor where actor.id = $5)
        from (values (1)) as always left join post parent on parent.uri = $13
        where not exists (select from tombstone t where t.uri = $2)
        on conflict do nothing
        returning *
      ), m as (
        insert into mention (post_id, actor_id)
        select p.id, a.id from p, actor a where a.uri = any($23::text[])
        on conflict do nothing
      ), t as (
        insert into post_tag (post_id, tag)
        select p.id, word from p, unnest($24::text[]) as word
        on conflict do nothing
      ), c as (
        update post set replies_count = post.replies_count + 1
        from p where post.id = p.in_reply_to_id
      ), o as (
        update post set in_reply_to_id = p.id
        from p where post.in_reply_to = p.uri and post.in_reply_to_id is null
        returning post.id
      )
      select %s, (select array_agg(o.id) from o) as adopted from p
      """
          .formatted(COLUMNS);

  /**
   * Replaces what may change of a stored post. The author, the addressing and the place in the
   * thread stay.
   *
   * @return null when it is not stored, belongs to somebody else or is newer than the draft
   */
  static @Nullable Post update(Tx tx, Draft draft) {
    var words = draft.words();
    var post =
        tx.one(
            """
            update post p set url = $3, name = $4, summary = $5, content = $6, language = $7,
              sensitive = $8, attachment = $9, tag = $10, poll = coalesce($11, p.poll),
              quote = $12, updated = $13
            where p.uri = $1 and p.actor_id = $2
              and (p.updated is null or p.updated <= $13)
            returning
            """
                + COLUMNS,
            PostStore::from,
            draft.uri(),
            draft.actorId(),
            draft.url(),
            words.name(),
            words.summary(),
            words.content(),
            words.language(),
            words.sensitive(),
            PostJson.attachments(draft.attachment()),
            PostJson.tags(draft.tag()),
            PostJson.poll(draft.poll()),
            draft.quote(),
            draft.updated());
    if (post == null) return null;
    tx.update(
        "delete from post_tag where post_id = $1 and tag <> all($2)", post.id(), hashtags(draft));
    tx.update(
        """
        insert into post_tag (post_id, tag) select $1, word from unnest($2::text[]) as word
        on conflict do nothing
        """,
        post.id(),
        hashtags(draft));
    tx.update(
        """
        insert into mention (post_id, actor_id)
        select $1, a.id from actor a where a.uri = any($2) on conflict do nothing
        """,
        post.id(),
        draft.addressing().mentioned().toArray(String[]::new));
    return post;
  }

  /** Removes a post and keeps its tombstone; everything that hangs on it goes with it. */
  static void delete(Tx tx, Post post) {
    tx.run(
        """
        with d as (delete from post where id = $1 returning uri, type, published, in_reply_to_id),
        c as (
          update post set replies_count = greatest(0, post.replies_count - 1)
          from d where post.id = d.in_reply_to_id
        )
        insert into tombstone (uri, former_type, published)
        select d.uri, d.type, d.published from d on conflict do nothing
        """,
        post.id());
  }

  /** Remembers that something never seen here was deleted. */
  static void bury(Tx tx, String uri, @Nullable String formerType) {
    tx.update(
        "insert into tombstone (uri, former_type) values ($1, $2) on conflict do nothing",
        uri,
        formerType);
  }

  static boolean isDeleted(Sql sql, String uri) {
    return tombstone(sql, uri) != null;
  }

  static @Nullable Tombstone tombstone(Sql sql, String uri) {
    return sql.one(
        "select uri, former_type, published, deleted from tombstone where uri = $1",
        row ->
            new Tombstone(
                row.getString("uri"),
                row.getString("former_type"),
                instant(row, "published"),
                Objects.requireNonNull(instant(row, "deleted"))),
        uri);
  }

  /** The local actors among those that a post mentions. */
  static List<Long> mentionedHere(Sql sql, long postId) {
    return sql.list(
        """
        select a.id from mention m join actor a on a.id = m.actor_id
        where m.post_id = $1 and a.host is null limit 50
        """,
        row -> row.getLong("id"),
        postId);
  }

  /** What is left of something deleted. */
  record Tombstone(
      String uri, @Nullable String formerType, @Nullable Instant published, Instant deleted) {}

  /**
   * Why the tables of this package exist, and how long their rows live. Tombstones of our own stay,
   * since their ids answer 410 for ever; those of others only keep late copies out.
   *
   * @param origin this server's, as it stands before every id
   */
  public static List<Retention.Table> retention(String origin) {
    var ours = origin.replace("'", "''");
    return List.of(
        Retention.Table.aged(
            "tombstone",
            "retention.tombstone",
            Duration.ofDays(90),
            "uri",
            "deleted < now() - :keep and not starts_with(uri, '" + ours + "/')"),
        Retention.Table.aged(
            "notification",
            "retention.notification",
            Duration.ofDays(180),
            "id",
            "published < now() - :keep"));
  }
}
