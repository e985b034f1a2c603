package org.placette.db;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * What was read of the database, kept ready while this process has written nothing to it, and one
 * second at most (another process may have written). A change made here shows at once. Only for
 * what is the same for everybody who asks with the same key.
 */
public final class Ready<K, V> {

  private record Kept<V>(long version, V value) {}

  private record Reading<V>(long version, Promise<V> done) {}

  private final Db db;
  private final Cache<K, Kept<V>> kept;
  private final ConcurrentMap<K, Reading<@Nullable V>> readings = new ConcurrentHashMap<>();

  /**
   * @param room how much is kept at most, in what the weigher counts
   * @param weigher about how many bytes a value takes
   */
  public Ready(Db db, long room, ToIntFunction<V> weigher) {
    this.db = db;
    this.kept =
        Caffeine.newBuilder()
            .maximumWeight(room)
            .weigher((K key, Kept<V> one) -> weigher.applyAsInt(one.value))
            .expireAfterWrite(Duration.ofSeconds(1))
            .build();
  }

  /** What is ready, or is read now; null, which is not kept, when there is none. */
  public @Nullable V find(K key, Supplier<@Nullable V> read) {
    // Before reading: what is written meanwhile makes the value old.
    var version = db.writes();
    var found = kept.getIfPresent(key);
    if (found != null && found.version == version) return found.value;
    var own = new Reading<@Nullable V>(version, Promise.promise());
    var current = readings.merge(key, own, (old, mine) -> old.version == version ? old : mine);
    // Who holds a connection waits for nobody who may need one.
    if (current == own || db.isInside()) return read(key, own, read);
    try {
      return current.done.future().await();
    } catch (RuntimeException e) {
      return read.get();
    }
  }

  /** Reads for all who ask meanwhile: when a page gets old, many are there at once. */
  private @Nullable V read(K key, Reading<@Nullable V> own, Supplier<@Nullable V> read) {
    try {
      var value = read.get();
      if (value != null) kept.put(key, new Kept<>(own.version, value));
      own.done.tryComplete(value);
      return value;
    } catch (Throwable e) {
      own.done.tryFail(e);
      throw e;
    } finally {
      readings.remove(key, own);
    }
  }

  /** The same of what is always there, or whose reading throws. */
  public V get(K key, Supplier<V> read) {
    return Objects.requireNonNull(find(key, read::get));
  }
}
