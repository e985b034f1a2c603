package org.placette.media;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Files on disk up to a number of bytes: when there are more, those that were not looked at for the
 * longest time leave. What is there is known from the folder, so a restart forgets nothing but some
 * looks of the last hour. Calls touch the disk and belong on a worker thread, but for {@link
 * #find}.
 */
final class PictureCache {

  private static final Logger LOG = Logger.getLogger(PictureCache.class.getName());
  private static final long TOUCH_MILLIS = 3_600_000;

  private final Path folder;
  private final long most;
  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by the lock; the first is the one that leaves next.
  private final LinkedHashMap<String, Kept> kept = new LinkedHashMap<>(256, 0.75f, true);
  private long bytes;

  private final LongAdder evicted = new LongAdder();
  private final LongAdder evictedBytes = new LongAdder();

  /**
   * A file.
   *
   * @param looked when it was last said on disk that somebody looked at it
   */
  record Kept(Path file, FileKind kind, long bytes, long looked) {

    /** True when the file should be touched, for the order after a restart. */
    boolean isStale() {
      return System.currentTimeMillis() - looked > TOUCH_MILLIS;
    }
  }

  /**
   * @param most bytes of all files together
   */
  PictureCache(Path folder, long most) {
    this.folder = folder;
    this.most = most;
  }

  /** Begins to find out what is there, on a worker thread; until then nothing counts as kept. */
  void begin(Vertx vertx) {
    var unused =
        vertx
            .executeBlocking(
                () -> {
                  load();
                  return this;
                },
                false)
            .onFailure(e -> LOG.log(Level.WARNING, folder + " cannot be read", e));
  }

  /** Finds out what is there, in the order in which it was last looked at. */
  void load() throws IOException {
    Files.createDirectories(folder);
    List<Map.Entry<String, Kept>> found = new ArrayList<>();
    try (var files = Files.walk(folder, 2)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        var name = file.getFileName().toString();
        var dot = name.indexOf('.');
        var kind = dot == 64 ? FileKind.ofEnding(name.substring(dot + 1)) : null;
        if (kind == null) Files.deleteIfExists(file);
        else {
          var looked = Files.getLastModifiedTime(file).toMillis();
          found.add(
              Map.entry(name.substring(0, dot), new Kept(file, kind, Files.size(file), looked)));
        }
      }
    }
    found.sort(Comparator.comparingLong(one -> one.getValue().looked()));
    for (var one : found) add(one.getKey(), one.getValue());
    evict();
  }

  /** Where a file of this name goes, without its ending; its folder is made. */
  Path place(String name) throws IOException {
    return Files.createDirectories(folder.resolve(name.substring(0, 2))).resolve(name);
  }

  /** A file that is there; null otherwise. */
  @Nullable Kept find(String name) {
    lock.lock();
    try {
      return kept.get(name);
    } finally {
      lock.unlock();
    }
  }

  /** Takes a file that was put at its {@link #place}, with its ending. */
  Kept put(String name, Path file, FileKind kind) throws IOException {
    var one = new Kept(file, kind, Files.size(file), System.currentTimeMillis());
    add(name, one);
    evict();
    return one;
  }

  private void add(String name, Kept one) {
    lock.lock();
    try {
      var before = kept.put(name, one);
      bytes += one.bytes() - (before == null ? 0 : before.bytes());
    } finally {
      lock.unlock();
    }
  }

  /** Remembers on disk that somebody looked. */
  void touch(String name, Kept one) {
    try {
      var now = System.currentTimeMillis();
      Files.setLastModifiedTime(one.file(), FileTime.fromMillis(now));
      add(name, new Kept(one.file(), one.kind(), one.bytes(), now));
    } catch (IOException e) {
      forget(name);
    }
  }

  /** Forgets a file that is not there any more. */
  void forget(String name) {
    lock.lock();
    try {
      var before = kept.remove(name);
      if (before != null) bytes -= before.bytes();
    } finally {
      lock.unlock();
    }
  }

  private void evict() {
    List<Kept> leaving = new ArrayList<>();
    lock.lock();
    try {
      for (var all = kept.values().iterator(); bytes > most && all.hasNext(); ) {
        var one = all.next();
        all.remove();
        bytes -= one.bytes();
        leaving.add(one);
      }
    } finally {
      lock.unlock();
    }
    if (leaving.isEmpty()) return;
    long freed = 0;
    for (var one : leaving) {
      try {
        Files.deleteIfExists(one.file());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      freed += one.bytes();
    }
    evicted.add(leaving.size());
    evictedBytes.add(freed);
    LOG.log(
        Level.INFO,
        "{0} pictures of other servers left the cache ({1} KB)",
        new Object[] {leaving.size(), freed / 1024});
  }

  /** Size and losses. */
  RemoteMedia.Figures figures() {
    lock.lock();
    try {
      return new RemoteMedia.Figures(kept.size(), bytes, evicted.sum(), evictedBytes.sum());
    } finally {
      lock.unlock();
    }
  }

  /** The same as Prometheus text. */
  String metrics() {
    var now = figures();
    return """
    # TYPE placette_remote_media_bytes gauge
    placette_remote_media_bytes %d
    # TYPE placette_remote_media_files gauge
    placette_remote_media_files %d
    # TYPE placette_remote_media_evicted_total counter
    placette_remote_media_evicted_total %d
    # TYPE placette_remote_media_evicted_bytes_total counter
    placette_remote_media_evicted_bytes_total %d
    """
        .formatted(now.bytes(), now.files(), now.evicted(), now.evictedBytes());
  }
}
