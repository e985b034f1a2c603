package org.placette.media;

import io.vertx.sqlclient.Row;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.placette.db.Sql;

/** The tables {@code media} and {@code media_gone}. */
final class MediaStore {

  private static final String COLUMNS =
      """
      id, actor_id, post_id, name, kind, small_kind, bytes, width, height, small_width,
      small_height, blurhash, focus_x, focus_y, description, created
      """;

  private MediaStore() {}

  static void insert(Sql sql, StoredMedia media) {
    var size = media.size();
    var small = media.small();
    sql.update(
        """
        insert into media (id, actor_id, name, kind, small_kind, bytes, width, height, small_width,
          small_height, blurhash, focus_x, focus_y, description, created)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
        """,
        media.id(),
        media.actorId(),
        media.name(),
        media.kind(),
        small == null ? null : small.kind(),
        media.bytes(),
        size == null ? null : size.width(),
        size == null ? null : size.height(),
        small == null ? null : small.size().width(),
        small == null ? null : small.size().height(),
        media.blurhash(),
        (float) media.focus().x(),
        (float) media.focus().y(),
        media.description(),
        media.created());
  }

  /** Those of one owner, in the order of the ids. */
  static List<StoredMedia> byIds(Sql sql, long actorId, List<Long> ids) {
    return sql.list(
        "select "
            + COLUMNS
            + " from media where actor_id = $1 and id = any($2) order by array_position($2, id)",
        MediaStore::read,
        actorId,
        ids.toArray(Long[]::new));
  }

  /** Those of some posts, in their order within each. */
  static List<StoredMedia> of(Sql sql, long actorId, long after, int limit) {
    return sql.list(
        "select " + COLUMNS + " from media where actor_id = $1 and id > $2 order by id limit $3",
        MediaStore::read,
        actorId,
        after,
        limit);
  }

  static List<StoredMedia> byPosts(Sql sql, List<Long> posts) {
    return sql.list(
        "select " + COLUMNS + " from media where post_id = any($1) order by post_id, position, id",
        MediaStore::read,
        (Object) posts.toArray(Long[]::new));
  }

  static @Nullable StoredMedia byName(Sql sql, String name) {
    return sql.one("select " + COLUMNS + " from media where name = $1", MediaStore::read, name);
  }

  /** How many of an owner's files are used by nothing. */
  static long loose(Sql sql, long actorId) {
    var count =
        sql.one(
            "select count(*) from media where actor_id = $1 and post_id is null and not kept",
            row -> row.getLong(0),
            actorId);
    return count == null ? 0 : count;
  }

  static int attach(Sql sql, long actorId, List<Long> ids, long postId) {
    return sql.update(
        """
        update media set post_id = $3, position = array_position($2, id)
        where actor_id = $1 and id = any($2) and (post_id is null or post_id = $3)
        """,
        actorId,
        ids.toArray(Long[]::new),
        postId);
  }

  /** Frees those of a post that it shows no more. */
  static void detach(Sql sql, long postId, List<Long> kept) {
    sql.update(
        "update media set post_id = null where post_id = $1 and id <> all($2)",
        postId,
        kept.toArray(Long[]::new));
  }

  static void keep(Sql sql, long id, boolean kept) {
    sql.update("update media set kept = $2 where id = $1", id, kept);
  }

  static int describe(Sql sql, long actorId, long id, @Nullable String description, Focus focus) {
    return sql.update(
        """
        update media set description = $3, focus_x = $4, focus_y = $5
        where id = $2 and actor_id = $1
        """,
        actorId,
        id,
        description,
        (float) focus.x(),
        (float) focus.y());
  }

  static int delete(Sql sql, long actorId, long id) {
    return sql.update(
        "delete from media where id = $2 and actor_id = $1 and post_id is null", actorId, id);
  }

  static int deleteExpired(Sql sql) {
    return sql.update(
        """
        delete from media where id in (
          select id from media
          where post_id is null and not kept and loose_since < now() - interval '24 hours'
          limit 1000)
        """);
  }

  static List<String> gone(Sql sql) {
    return sql.list("select name from media_gone order by gone limit 500", row -> row.getString(0));
  }

  static void forget(Sql sql, List<String> names) {
    sql.update(
        "delete from media_gone where name = any($1)", (Object) names.toArray(String[]::new));
  }

  private static StoredMedia read(Row row) {
    var small = row.getString("small_kind");
    var focus = new Focus(rounded(row.getFloat("focus_x")), rounded(row.getFloat("focus_y")));
    return new StoredMedia(
        row.getLong("id"),
        row.getLong("actor_id"),
        row.getLong("post_id"),
        row.getString("name"),
        FileKind.valueOf(row.getString("kind")),
        row.getLong("bytes"),
        size(row.getInteger("width"), row.getInteger("height")),
        small == null
            ? null
            : new StoredMedia.Small(
                FileKind.valueOf(small),
                new StoredMedia.Size(
                    row.getInteger("small_width"), row.getInteger("small_height"))),
        row.getString("blurhash"),
        focus,
        row.getString("description"),
        row.get(OffsetDateTime.class, "created").toInstant());
  }

  private static double rounded(float value) {
    return Math.round(value * 10_000) / 10_000.0;
  }

  private static StoredMedia.@Nullable Size size(
      @Nullable Integer width, @Nullable Integer height) {
    return width == null || height == null ? null : new StoredMedia.Size(width, height);
  }
}
