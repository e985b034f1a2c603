package org.placette.post;

import io.vertx.core.json.JsonArray;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.placette.actor.ActorEmoji;
import org.placette.actor.Byline;
import org.placette.audience.AudienceStore;
import org.placette.card.LinkCard;
import org.placette.db.Sql;
import org.placette.db.Times;
import org.placette.mastodon.StatusStore;
import org.placette.post.PostView.Occasion;
import org.placette.post.PostView.Quoted;
import org.placette.text.Excerpt;

/** Posts with their authors and the viewer's own marks, read for pages in one query each. */
public final class PostViewStore {

  private static final int QUOTED = 200;

  /**
   * What {@link #from} reads, of {@code post p}, {@code actor a}, {@code event e} (outer). {@code
   * $1} is the viewer's actor, or 0 for a stranger.
   */
  public static final String COLUMNS =
      PostStore.COLUMNS
          + """
          , e.uuid as event_uuid, e.start_time as event_start,
            case when e.display_end_time then e.end_time end as event_end,
            e.timezone as event_zone, e.place_name as event_place,
            e.status = 'CANCELLED' as event_cancelled,
            a.type as author_type, a.username as author_username, a.host as author_host,
            a.name as author_name, a.icon as author_icon, a.emoji as author_emoji, p.card as link_card,
            case when p.quote is not null and coalesce(p.quote_consent, 'accepted') = 'accepted' then (
              select array[q.id::text, coalesce(qe.uuid::text, ''),
                coalesce(nullif(b.name, ''), b.username),
                coalesce(nullif(q.summary, ''), q.name, ''), q.content]
              from post q join actor b on b.id = q.actor_id left join event qe on qe.post_id = q.id
              where q.uri = p.quote and q.visibility in ('public', 'unlisted')
                and b.suspended_at is null and b.deleted_at is null
                and not exists (select from block x where x.actor_id = b.id and x.target_id = $1
                  or x.actor_id = $1 and x.target_id = b.id)) end as quoted,
            p.actor_id = $1 as mine,
            p.poll is not null and (p.actor_id = $1 or exists (select from poll_vote v
              where v.post_id = p.id and v.actor_id = $1)) as voted,
            $1 <> 0 and exists (select from post_like l
              where l.post_id = p.id and l.actor_id = $1) as liked,
            $1 <> 0 and exists (select from announce s
              where s.post_id = p.id and s.actor_id = $1) as shared
          """;

  /** The tables of {@link #COLUMNS}. */
  public static final String TABLES =
      """
      from post p join actor a on a.id = p.actor_id left join event e on e.post_id = p.id
      """;

  /** That the viewer may read the post and its author is welcome. */
  public static final String READABLE = AudienceStore.READABLE;

  /** That the author is nobody whom the viewer blocks, mutes, or whose server is hidden. */
  public static final String WELCOME = StatusStore.WELCOME;

  private PostViewStore() {}

  /** Reads a row that holds {@link #COLUMNS}. */
  public static PostView from(Row row) {
    return new PostView(
        PostStore.from(row),
        byline(row).with(emoji(row)),
        occasion(row),
        row.getBoolean("liked"),
        row.getBoolean("shared"),
        row.getBoolean("mine"),
        row.getBoolean("voted"),
        quoted(row.getArrayOfStrings("quoted")),
        LinkCard.of(row.getJsonObject("link_card")));
  }

  private static @Nullable Occasion occasion(Row row) {
    UUID event = row.getUUID("event_uuid");
    if (event == null) return null;
    var zone = Times.zone(row.getString("event_zone"));
    return new Occasion(
        "/events/" + event,
        Objects.requireNonNull(Times.local(row, "event_start", zone)),
        Times.local(row, "event_end", zone),
        row.getString("event_place"),
        row.getBoolean("event_cancelled"));
  }

  private static @Nullable Quoted quoted(String @Nullable [] parts) {
    if (parts == null) return null;
    var path = parts[1].isEmpty() ? "/posts/" + parts[0] : "/events/" + parts[1];
    return new Quoted(path, parts[2], parts[3].isEmpty() ? Excerpt.of(parts[4], QUOTED) : parts[3]);
  }

  private static Map<String, String> emoji(Row row) {
    return ActorEmoji.pictures(ActorEmoji.read((JsonArray) row.getJson("author_emoji")));
  }

  /** The author of such a row. */
  public static Byline byline(Row row) {
    return Byline.of(
        Objects.requireNonNull(row.getString("author_type")),
        Objects.requireNonNull(row.getString("author_username")),
        row.getString("author_host"),
        row.getString("author_name"),
        row.getString("author_icon"));
  }

  /** One post; null when there is none that the viewer may read. */
  static @Nullable PostView byId(Sql sql, long viewer, long id) {
    return sql.one(
        "select " + COLUMNS + TABLES + "where p.id = $2 and " + READABLE,
        PostViewStore::from,
        viewer,
        id);
  }

  /** Everything below a post that does not begin its thread, in the order of ids. */
  static List<PostView> below(Sql sql, long viewer, long id, long after, int limit) {
    return sql.list(
        """
        with recursive below as (
          select c.id from post c where c.in_reply_to_id = $2
          union
          select c.id from post c join below b on c.in_reply_to_id = b.id
        )
        select
        """
            + COLUMNS
            + TABLES
            + "where p.id in (select id from below) and p.companion_of is null and "
            + READABLE
            + "and"
            + WELCOME
            + "and p.id > $3 order by p.id limit $4",
        PostViewStore::from,
        viewer,
        id,
        after,
        limit);
  }

  /**
   * What was written in a thread below its first post, in the order of ids, with the first post
   * before it when {@code after} is 0.
   */
  public static List<PostView> thread(Sql sql, long viewer, long root, long after, int limit) {
    var first = after == 0 ? byId(sql, viewer, root) : null;
    var found = answers(sql, viewer, root, after, first == null ? limit : limit - 1);
    if (first == null || first.post().companionOf() != null) return found;
    return Stream.concat(Stream.of(first), found.stream()).toList();
  }

  /** A page by the index: a thread of ten thousand answers costs no more than one of ten. */
  private static List<PostView> answers(Sql sql, long viewer, long root, long after, int limit) {
    return sql.list(
        "select "
            + COLUMNS
            + TABLES
            + "where p.root_id = $2 and p.companion_of is null and "
            + READABLE
            + "and"
            + WELCOME
            + "and p.id > $3 and p.id <> $2 order by p.id limit $4",
        PostViewStore::from,
        viewer,
        root,
        after,
        limit);
  }
}
