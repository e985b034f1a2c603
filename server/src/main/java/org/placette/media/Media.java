package org.placette.media;

import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.placette.db.Db;
import org.placette.db.Ids;
import org.placette.db.Retention;
import org.placette.db.Sql;
import org.placette.db.Tx;
import org.placette.web.MediaUrls;
import org.placette.web.Problem;

/**
 * What people upload. A file waits 24 hours for a post that shows it; its rows are the truth, and
 * files whose row has left are removed soon after.
 */
public final class Media implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger(Media.class.getName());

  /** Longest description, in characters. */
  public static final int LONGEST = 1500;

  /** The largest picture, in bytes. */
  public static final long PICTURE_BYTES = Intake.PICTURE_BYTES;

  /** The largest other file, in bytes. */
  public static final long FILE_BYTES = Intake.FILE_BYTES;

  /** The most pixels of a picture. */
  public static final long PIXELS = Intake.PIXELS;

  private static final int LOOSE = 80;

  private final Db db;
  private final MediaUrls urls;
  private final Pictures pictures;
  private final Intake intake;
  private final AtomicBoolean sweeping = new AtomicBoolean();
  private volatile @Nullable Thread sweeper;

  /**
   * @param data the data folder; files are in its folder {@code media}
   */
  public Media(Vertx vertx, Db db, MediaUrls urls, Path data) {
    this.db = db;
    this.urls = urls;
    pictures = new Pictures(vertx);
    intake = new Intake(vertx, data.resolve("media"), pictures);
  }

  /** What the tables keep. */
  public static List<Retention.Table> retention() {
    return List.of(
        Retention.Table.aged(
            "media",
            "retention.media",
            Duration.ofDays(1),
            "id",
            "post_id is null and not kept and loose_since < now() - :keep"),
        Retention.Table.owned("media_gone", "retention.media_gone"));
  }

  /** Begins to remove, every hour, what nobody uses. */
  public void start() {
    sweeper = Thread.ofVirtual().name("media-sweeper").start(this::loop);
  }

  private void loop() {
    try {
      Thread.sleep(Duration.ofMinutes(2));
      while (true) {
        sweep();
        Thread.sleep(Duration.ofHours(1));
      }
    } catch (InterruptedException e) {
      // closed
    }
  }

  /** Removes uploads that no post took within 24 hours, and files without a row. */
  public void sweep() {
    if (!sweeping.compareAndSet(false, true)) return;
    try {
      while (MediaStore.deleteExpired(db) > 0) LOG.fine("unused uploads removed");
      for (var names = MediaStore.gone(db); !names.isEmpty(); names = MediaStore.gone(db)) {
        for (var name : names) intake.remove(name);
        MediaStore.forget(db, names);
      }
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "Files that nobody uses stay for now", e);
    } finally {
      sweeping.set(false);
    }
  }

  /**
   * Takes a file that arrived; waits until its small picture is made.
   *
   * @param owner the local actor whose it is
   * @param file moved away or left; the caller removes what is left
   * @param description plain text; null for none
   * @throws Problem Invalid when it is none of the kinds taken here, or too large in pixels;
   *     TooLarge when it is too large in bytes; TooMany when too much waits already
   */
  public StoredMedia store(
      long owner, Path file, @Nullable String description, @Nullable Focus focus) {
    var words = described(description);
    if (MediaStore.loose(db, owner) >= LOOSE) throw Refusal.MANY.problem();
    var taken = intake.take(file);
    var media =
        new StoredMedia(
            Ids.next(),
            owner,
            null,
            taken.name(),
            taken.kind(),
            taken.bytes(),
            taken.size(),
            taken.small(),
            taken.blurhash(),
            focus == null ? Focus.CENTRE : focus,
            words,
            Instant.now());
    try {
      MediaStore.insert(db, media);
    } catch (RuntimeException e) {
      intake.remove(taken.name());
      throw e;
    }
    return media;
  }

  /**
   * Another of the same picture, for another post.
   *
   * @throws Problem.NotFound when it is not there, or somebody else's
   */
  public StoredMedia copy(Sql sql, long owner, long id) {
    var found = MediaStore.byIds(sql, owner, List.of(id));
    if (found.isEmpty()) throw new Problem.NotFound();
    var copy = found.getFirst().named(Ids.next(), intake.copy(found.getFirst().name()));
    MediaStore.insert(sql, copy);
    return copy;
  }

  private static @Nullable String described(@Nullable String description) {
    if (description == null || description.isBlank()) return null;
    if (description.length() > LONGEST) throw Refusal.LONG.problem();
    return description.strip();
  }

  /**
   * Those of {@code owner} with these ids, in their order.
   *
   * @throws Problem.Invalid when one is not there, or somebody else's
   */
  public List<StoredMedia> byIds(Sql sql, long owner, List<Long> ids) {
    if (ids.isEmpty()) return List.of();
    var found = MediaStore.byIds(sql, owner, ids);
    if (found.size() != ids.stream().distinct().count()) throw missing();
    return found;
  }

  /** Those of {@code owner} with these ids that are still there, in their order. */
  List<StoredMedia> still(Sql sql, long owner, List<Long> ids) {
    return ids.isEmpty() ? List.of() : MediaStore.byIds(sql, owner, ids);
  }

  /** The files of some posts, by post, each in its order; one query. */
  public Map<Long, List<StoredMedia>> byPosts(Sql sql, List<Long> posts) {
    Map<Long, List<StoredMedia>> all = new HashMap<>();
    if (posts.isEmpty()) return all;
    for (var one : MediaStore.byPosts(sql, posts)) {
      var post = one.postId();
      if (post != null) all.computeIfAbsent(post, id -> new ArrayList<>()).add(one);
    }
    return all;
  }

  /**
   * One of {@code owner}.
   *
   * @throws Problem.NotFound when it is not there, or somebody else's
   */
  public StoredMedia byId(long owner, long id) {
    var found = MediaStore.byIds(db, owner, List.of(id));
    if (found.isEmpty()) throw new Problem.NotFound();
    return found.getFirst();
  }

  /**
   * Gives files to a post, in this order; those that it had and that are not named are freed.
   *
   * @throws Problem.Invalid when one belongs to another post or person
   */
  public void attach(Tx tx, long owner, List<Long> ids, long postId) {
    if (MediaStore.attach(tx, owner, ids, postId) != ids.stream().distinct().count())
      throw missing();
    MediaStore.detach(tx, postId, ids);
  }

  private static Problem missing() {
    return new Problem.Invalid(
        "Validation failed: one of the files is not there or used already",
        Map.of("media_ids", "error.file"));
  }

  /** Somebody's files in the order of their ids, after one of them. */
  public List<StoredMedia> of(long owner, long after, int limit) {
    return MediaStore.of(db, owner, after, limit);
  }

  /** Where the file of it is; it may have gone meanwhile. */
  public Path path(StoredMedia media) {
    return intake.folder(media.name()).resolve("original." + media.kind().ending());
  }

  /** The small picture of what an address of ours shows; null when there is none. */
  public @Nullable Path small(@Nullable String url) {
    var start = urls.file("");
    if (url == null || !url.startsWith(start)) return null;
    var name = url.substring(start.length()).replaceFirst("/.*", "");
    if (!name.matches("[0-9a-f]{32}")) return null;
    for (var kind : List.of(FileKind.PNG, FileKind.JPEG)) {
      var file = intake.folder(name).resolve("small." + kind.ending());
      if (file.toFile().isFile()) return file;
    }
    return null;
  }

  /** Nothing that waits holds a file any more; harmless when it left already. */
  public void release(long owner, long id) {
    try {
      var stored = byId(owner, id);
      db.transact(tx -> keep(tx, stored, false));
    } catch (Problem.NotFound e) {
      // It left already.
    }
  }

  /** Keeps a file without a post, for a portrait or a banner; or no more. */
  public void keep(Tx tx, StoredMedia media, boolean kept) {
    MediaStore.keep(tx, media.id(), kept);
  }

  /** Frees the file behind an address, when it is one of ours: what a portrait was before. */
  public void free(Tx tx, @Nullable String url) {
    var start = urls.file("");
    if (url == null || !url.startsWith(start)) return;
    var name = url.substring(start.length()).replaceFirst("/.*", "");
    var media = MediaStore.byName(tx, name);
    if (media != null) MediaStore.keep(tx, media.id(), false);
  }

  /**
   * Changes the words and the focus of a file of {@code owner}.
   *
   * @param description null to leave it, empty for none
   * @param focus null to leave it
   */
  public StoredMedia update(
      long owner, long id, @Nullable String description, @Nullable Focus focus) {
    var now = byId(owner, id);
    var words = description == null ? now.description() : described(description);
    var point = focus == null ? now.focus() : focus;
    if (MediaStore.describe(db, owner, id, words, point) == 0) throw new Problem.NotFound();
    return byId(owner, id);
  }

  /**
   * Deletes a file that no post shows.
   *
   * @throws Problem.NotFound when it is not there
   * @throws Problem.Invalid when a post shows it
   */
  public void delete(long owner, long id) {
    var media = byId(owner, id);
    if (media.postId() != null || MediaStore.delete(db, owner, id) == 0)
      throw new Problem.Invalid("Media is used by a status", Map.of());
    sweep();
  }

  /** The address of the file. */
  public String original(StoredMedia media) {
    return urls.file(media.original());
  }

  /** The address of its small picture; null for what is no picture. */
  public @Nullable String preview(StoredMedia media) {
    var path = media.preview();
    return path == null ? null : urls.file(path);
  }

  /** Addresses, also of other servers' pictures. */
  public MediaUrls urls() {
    return urls;
  }

  Intake intake() {
    return intake;
  }

  /** For the cache, which has pictures made smaller too. */
  Pictures pictures() {
    return pictures;
  }

  @Override
  public void close() {
    var thread = sweeper;
    if (thread != null) thread.interrupt();
    pictures.close();
  }
}
