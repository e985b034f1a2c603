package org.placette.portability;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.placette.db.Db;
import org.placette.db.Ids;
import org.placette.web.Problem;
import org.placette.web.Secrets;

/**
 * Archives of everything about somebody: asked for on a page, made in the background one after the
 * other, kept for a week, given to their owner alone.
 */
public final class Exports {

  private static final Logger LOG = System.getLogger("placette.exports");
  private static final Duration LIFE = Duration.ofDays(7);
  private static final Duration BETWEEN = Duration.ofHours(24);

  private final Vertx vertx;
  private final Db db;
  private final Archive archive;
  private final Path folder;
  private volatile Instant swept = Instant.EPOCH;

  /**
   * @param folder where the archives lie; made when the first one is
   */
  public Exports(Vertx vertx, Db db, Archive archive, Path folder) {
    this.vertx = vertx;
    this.db = db;
    this.archive = archive;
    this.folder = folder;
  }

  /**
   * An archive.
   *
   * @param state waiting, ready or failed
   * @param file its name in the folder; null until it is ready
   */
  public record Export(
      long id,
      long actorId,
      String state,
      @Nullable String file,
      long bytes,
      Instant asked,
      Instant expires) {

    public boolean isReady() {
      return state.equals("ready");
    }

    /** Its size in megabytes, rounded up. */
    public long megabytes() {
      return (bytes + 999_999) / 1_000_000;
    }
  }

  /** Somebody's archives, the newest first. */
  List<Export> of(long actor) {
    return ExportStore.of(db, actor);
  }

  /** Asks for a new one; nothing is done while one waits or is a day young. */
  void ask(long actor) {
    var young = Instant.now().minus(BETWEEN);
    for (var one : of(actor))
      if (one.asked().isAfter(young) && !one.state().equals("failed")) return;
    ExportStore.ask(db, Ids.next(), actor, LIFE);
  }

  /** The file of one; for its owner alone. */
  Path file(long actor, long id) {
    var export = ExportStore.one(db, actor, id);
    var file = export == null ? null : export.file();
    if (file == null) throw new Problem.NotFound();
    return folder.resolve(file);
  }

  /** Makes one that waits; gives how many were made. For a worker. */
  public int makeDue() {
    var export = ExportStore.claim(db);
    if (export == null) {
      sweep();
      return 0;
    }
    var name = Secrets.random() + ".zip";
    var file = folder.resolve(name);
    try {
      vertx.executeBlocking(() -> Files.createDirectories(folder), false).await();
      archive.write(export.actorId(), file);
      var bytes = Objects.requireNonNull(vertx.executeBlocking(() -> Files.size(file)).await());
      if (!ExportStore.ready(db, export.id(), name, bytes)) remove(file);
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "an archive could not be made", e);
      remove(file);
      ExportStore.failed(db, export.id());
    }
    return 1;
  }

  /** Removes, once an hour, what nobody may fetch any more. */
  private void sweep() {
    var now = Instant.now();
    if (swept.isAfter(now.minus(Duration.ofHours(1)))) return;
    swept = now;
    var wanted = new HashSet<>(ExportStore.files(db));
    var unused =
        vertx
            .executeBlocking(
                () -> {
                  if (Files.isDirectory(folder)) sweep(wanted);
                  return true;
                })
            .await();
  }

  private void sweep(HashSet<String> wanted) throws IOException {
    var old = Instant.now().minus(Duration.ofHours(2));
    try (var files = Files.list(folder)) {
      for (var file : files.toList()) {
        var name = String.valueOf(file.getFileName());
        // Another process may be writing one now.
        if (!wanted.contains(name) && Files.getLastModifiedTime(file).toInstant().isBefore(old))
          Files.deleteIfExists(file);
      }
    }
  }

  /** Removes somebody's archives at once. */
  void forget(long actor) {
    for (var export : of(actor)) {
      var file = export.file();
      if (file != null) remove(folder.resolve(file));
    }
  }

  private void remove(Path file) {
    var unused = vertx.executeBlocking(() -> Files.deleteIfExists(file)).await();
  }
}
