package org.placette.post;

import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actor;
import org.placette.db.Retention;
import org.placette.db.Signals;
import org.placette.db.Sql;
import org.placette.db.Tx;
import org.placette.feed.ConversationStore;
import org.placette.notification.NotificationStore;

/** The rows of {@code post}, {@code mention}, {@code post_tag} and {@code tombstone}. */
public final class PostStore {

  /** What {@link #from} reads, of a table or alias {@code p}. */
  public static final String COLUMNS =
      """
      p.id, p.uri, p.url, p.type, p.actor_id, p.audience_id, p.name, p.summary, p.content,
      p.language, p.sensitive, p.visibility, p.in_reply_to, p.in_reply_to_id, p.root_id, p.context,
      p.attachment::text as attachment, p.tag::text as tag, p.poll::text as poll, p.quote,
      p.quote_stamp, p.quotable, p.companion_of, p.published, p.updated, p.likes_count, p.shares_count, p.replies_count
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
        row.getString("quote_stamp"),
        Quotable.of(row.getString("quotable")),
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

  /** The stored post of an ActivityPub id; null when there is none. */
  public static @Nullable Post byUri(Sql sql, String uri) {
    return sql.one("select " + COLUMNS + " from post p where p.uri = $1", PostStore::from, uri);
  }

  /** The id of the one event that an actor has, if it stands below the actor's own; else null. */
  static @Nullable String onlyEvent(Sql sql, Actor actor) {
    var all =
        sql.list(
            "select uri from post where actor_id = $1 and type = 'Event' limit 2",
            row -> row.getString(0),
            actor.id());
    return all.size() == 1 && all.getFirst().startsWith(actor.uri() + "/") ? all.getFirst() : null;
  }

  /** The post of that number, whoever may see it; null when there is none. */
  public static @Nullable Post byId(Sql sql, long id) {
    return sql.one("select " + COLUMNS + " from post p where p.id = $1", PostStore::from, id);
  }

  /** A post whose row nobody else changes until the transaction ends; null when it is gone. */
  public static @Nullable Post lock(Tx tx, long id) {
    return tx.one(
        "select " + COLUMNS + " from post p where p.id = $1 for update", PostStore::from, id);
  }

  /** Those of the uris that are stored, in no order. */
  static List<Post> byUris(Sql sql, List<String> uris) {
    return sql.list(
        "select " + COLUMNS + " from post p where p.uri = any($1)",
        PostStore::from,
        (Object) uris.toArray(String[]::new));
  }

  /** Keeps the present text of a post as a former one, when another takes its place. */
  private static final String REVISION =
      """
      with former as (
        insert into post_revision (post_id, published, name, summary, content, sensitive,
          attachment, tag, poll, language)
        select p.id, coalesce(p.updated, p.published), p.name, p.summary, p.content, p.sensitive,
          p.attachment, p.tag, p.poll, p.language
        from post p where p.uri = $1 and p.actor_id = $2
          and (p.updated is null or p.updated <= $13)
          and p.companion_of is null
          and (p.content <> $6 or p.name is distinct from $4 or p.summary is distinct from $5
            or p.attachment <> $9::jsonb or p.sensitive <> $8
            or p.type = 'Event' and p.language is distinct from $7
            or jsonb_path_query_array(p.poll, '$.options[*].name') is distinct from
              jsonb_path_query_array(coalesce($11, p.poll), '$.options[*].name'))
        on conflict do nothing
      )
      """;

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
            REVISION
                + """
                update post p set url = $3, name = $4, summary = $5, content = $6, language = $7,
                  sensitive = $8, attachment = $9, tag = $10, poll = coalesce($11, p.poll),
                  quote = $12,
                  updated = case when p.type <> 'Event' and p.content = $6
                    and p.name is not distinct from $4 and p.summary is not distinct from $5
                    and p.attachment = $9::jsonb and p.sensitive = $8
                    and jsonb_path_query_array(p.poll, '$.options[*].name') is not distinct from
                      jsonb_path_query_array(coalesce($11, p.poll), '$.options[*].name')
                    then p.updated else $13 end
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
    Preview.changed(tx, post, draft);
    tx.update(
        "delete from post_tag where post_id = $1 and tag <> all($2)",
        post.id(),
        NewPostStore.hashtags(draft).toArray(String[]::new));
    tx.update(
        """
        insert into post_tag (post_id, tag) select $1, word from unnest($2::text[]) as word
        on conflict do nothing
        """,
        post.id(),
        NewPostStore.hashtags(draft).toArray(String[]::new));
    var unused = address(tx, post.id(), draft.addressing().mentioned());
    NotificationStore.edited(tx, post.id());
    tx.signal("edit", post.id());
    return post;
  }

  /** Notes that a post names actors; gives those of this server that it did not name before. */
  static List<Long> address(Tx tx, long post, List<String> actors) {
    return tx.list(
        """
        with named as (
          insert into mention (post_id, actor_id)
          select $1, a.id from actor a where a.uri = any($2) on conflict do nothing
          returning actor_id)
        select a.id from named n join actor a on a.id = n.actor_id where a.host is null
        """,
        row -> row.getLong(0),
        post,
        actors.toArray(String[]::new));
  }

  /** Removes a post and keeps its tombstone; everything that hangs on it goes with it. */
  static void delete(Tx tx, Post post) {
    if (post.visibility() == Visibility.DIRECT) ConversationStore.removing(tx, post.id());
    var readers = readers(tx, post);
    tx.run(
        """
        with d as (delete from post where id = $1
          returning id, uri, type, published, in_reply_to_id, root_id, visibility),
        c as (
          update post set replies_count = greatest(0, post.replies_count - 1)
          from d where post.id = d.in_reply_to_id and counts_below(d.visibility, post.visibility)
        ), s as (select from post where in_reply_to_id = $1 limit 1)
        insert into tombstone (uri, former_type, published, shown, post_id, root_id, parent_id)
        select d.uri, d.type, d.published, d.visibility in ('public', 'unlisted'),
          case when stood then d.id end, case when stood then d.root_id end,
          case when stood then d.in_reply_to_id end
        from d cross join lateral (select exists (select from s) and counts_below(d.visibility,
            coalesce((select r.visibility from post r where r.id = d.root_id and r.id <> d.id),
              d.visibility)) as stood) as place
        on conflict do nothing
        """,
        post.id());
    QuoteStore.count(tx, post.quote());
    tx.signal(new Signals.Signal("gone", post.id(), post.visibility().word() + readers));
  }

  /** Takes a post back from the screens of those who could read it. */
  static void gone(Tx tx, Post post) {
    var about = post.visibility().word() + readers(tx, post);
    tx.signal(new Signals.Signal("gone", post.id(), about));
  }

  /** Whose followers may have read it, then who else: their apps hear when it goes. */
  private static String readers(Tx tx, Post post) {
    var author = "," + post.actorId();
    if (post.visibility() == Visibility.GROUP)
      return post.audienceId() == null ? author : "," + post.audienceId() + author;
    if (post.visibility() != Visibility.FOLLOWERS && post.visibility() != Visibility.DIRECT)
      return author;
    var all =
        tx.list(
            """
            select m.actor_id from mention m join account o on o.actor_id = m.actor_id
            where m.post_id = $1 limit 100
            """,
            row -> "," + row.getLong(0),
            post.id());
    return author + String.join("", all);
  }

  /** Remembers that something never seen here was deleted. */
  static void bury(Tx tx, String uri, @Nullable String formerType) {
    tx.update(
        "insert into tombstone (uri, former_type) values ($1, $2) on conflict do nothing",
        uri,
        formerType);
  }

  /**
   * Forgets what was deleted when something published after it bears its id: Gancio gives the
   * number of its last event, once deleted, to the next one. A late copy is as old as what was
   * deleted.
   */
  static void reborn(Tx tx, String uri, Instant published) {
    tx.update(
        "delete from tombstone where uri = $1 and coalesce(published, deleted) < $2",
        uri,
        published);
  }

  static boolean isDeleted(Sql sql, String uri) {
    return sql.one("select 1 from tombstone where uri = $1", row -> true, uri) != null;
  }

  /** What is left of something that everybody might read; null when there is nothing to tell. */
  static @Nullable Tombstone tombstone(Sql sql, String uri) {
    return sql.one(
        "select uri, former_type, published, deleted from tombstone where uri = $1 and shown",
        row ->
            new Tombstone(
                row.getString("uri"),
                row.getString("former_type"),
                instant(row, "published"),
                Objects.requireNonNull(instant(row, "deleted"))),
        uri);
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
        Retention.Table.owned("post", "retention.post"),
        Retention.Table.owned("mention", "retention.mention"),
        Retention.Table.owned("post_tag", "retention.post_tag"),
        Retention.Table.owned("post_like", "retention.post_like"),
        Retention.Table.owned("announce", "retention.announce"),
        Retention.Table.owned("featured", "retention.featured"));
  }
}
