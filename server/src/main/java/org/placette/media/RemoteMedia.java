package org.placette.media;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.file.OpenOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.placette.federation.fetch.FetchProblem;
import org.placette.federation.fetch.GuardedHttp;
import org.placette.federation.fetch.WebUrl;

/**
 * Pictures of other servers, fetched when somebody first looks at one and kept on disk within a
 * bound. A picture that is large is kept small. One picture is fetched once however many look, and
 * one that cannot be had is not asked for again for a while.
 */
public final class RemoteMedia {

  private static final Logger LOG = Logger.getLogger(RemoteMedia.class.getName());

  private static final int FETCHED_BYTES = 16 << 20;
  private static final long AS_IT_IS_BYTES = 1 << 20;
  private static final long ANIMATION_BYTES = 5 << 20;
  private static final long AS_IT_IS_PIXELS = 4_000_000;
  private static final int SMALLER_PIXELS = 1280 * 960;
  private static final int AT_ONCE = 64;

  /**
   * How far the disk may be behind before the network waits. When a server closes its connection
   * after each answer, what comes while the network waits is lost.
   */
  private static final int AHEAD_BYTES = 4 << 20;

  private static final Map<String, String> ACCEPT =
      Map.of("Accept", "image/avif,image/webp,image/png,image/jpeg,image/gif;q=0.9,image/*;q=0.5");

  private final Vertx vertx;
  private final GuardedHttp http;
  private final Pictures pictures;
  private final Predicate<String> refused;
  private final PictureCache cache;

  private final ConcurrentHashMap<String, Promise<PictureCache.Kept>> loading =
      new ConcurrentHashMap<>();
  private final Cache<String, Unavailable> failed =
      Caffeine.newBuilder().maximumSize(5_000).expireAfterWrite(Duration.ofMinutes(10)).build();

  private final LongAdder hits = new LongAdder();
  private final LongAdder misses = new LongAdder();
  private final LongAdder failures = new LongAdder();

  /**
   * @param media has pictures made smaller
   * @param data the data folder; files are in its folder {@code cache/remote}
   * @param most bytes of all files together
   * @param refused whether a host is one that this server does not talk to
   */
  public RemoteMedia(
      Vertx vertx, GuardedHttp http, Media media, Path data, long most, Predicate<String> refused) {
    this.vertx = vertx;
    this.http = http;
    this.pictures = media.pictures();
    this.refused = refused;
    cache = new PictureCache(data.resolve("cache").resolve("remote"), most);
  }

  /** Begins to find out what is kept already; until that is known it may be fetched again. */
  public void start() {
    cache.begin(vertx);
  }

  /** A picture that cannot be had now. */
  static final class Unavailable extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** 404 when it is not there or no picture, 502 when its server does not answer, 503 if busy. */
    final int status;

    Unavailable(int status, String why) {
      super(why, null, false, false);
      this.status = status;
    }
  }

  /** The name of the file of an address. */
  static String name(String url) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(url.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /**
   * The file of a picture; fetches it when it is not there.
   *
   * @throws Unavailable when it cannot be had
   */
  PictureCache.Kept get(String url) {
    var name = name(url);
    var known = cache.find(name);
    if (known != null) {
      hits.increment();
      if (known.isStale()) {
        var unused = vertx.executeBlocking(() -> touched(name, known), false);
      }
      return known;
    }
    var before = failed.getIfPresent(name);
    if (before != null) throw before;
    return fetch(name, url);
  }

  /** Forgets a file that somebody removed. */
  void forget(String url) {
    cache.forget(name(url));
  }

  private boolean touched(String name, PictureCache.Kept known) {
    cache.touch(name, known);
    return true;
  }

  private PictureCache.Kept fetch(String name, String url) {
    if (loading.size() >= AT_ONCE) throw new Unavailable(503, "busy");
    var mine = Promise.<PictureCache.Kept>promise();
    var theirs = loading.putIfAbsent(name, mine);
    if (theirs != null) return theirs.future().await();
    try {
      misses.increment();
      var kept = load(name, url);
      mine.complete(kept);
      return kept;
    } catch (RuntimeException e) {
      var why = e instanceof Unavailable known ? known : unavailable(e);
      failures.increment();
      if (why.status != 503) failed.put(name, why);
      LOG.log(Level.FINE, "No picture from {0}: {1}", new Object[] {url, why.getMessage()});
      mine.fail(why);
      throw why;
    } finally {
      loading.remove(name, mine);
    }
  }

  private static Unavailable unavailable(RuntimeException e) {
    if (e instanceof FetchProblem problem) {
      return new Unavailable(problem.reason().isPassing() ? 502 : 404, problem.toString());
    }
    if (e instanceof org.placette.web.Problem.TooMany) return new Unavailable(503, "busy");
    if (!(e instanceof Pictures.Unreadable)) LOG.log(Level.WARNING, "A picture was not kept", e);
    return new Unavailable(404, e.toString());
  }

  private PictureCache.Kept load(String name, String url) {
    var address = WebUrl.parse(url);
    if (refused.test(address.getHost())) throw new Unavailable(404, "a host that is blocked");
    var place = Aside.run(vertx, () -> cache.place(name));
    var part = place.resolveSibling(name + ".part");
    try {
      download(url, part);
      var found = Aside.run(vertx, () -> look(part));
      if (found.asItIs()) {
        return Aside.run(
            vertx,
            () -> {
              var file = place.resolveSibling(name + "." + found.kind().ending());
              Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
              return cache.put(name, file, found.kind());
            });
      }
      var job =
          new PictureJob(
              part, found.kind(), found.orientation(), "", place, SMALLER_PIXELS, SMALLER_PIXELS);
      var small = pictures.process(job).small();
      return Aside.run(
          vertx,
          () ->
              cache.put(
                  name, place.resolveSibling(name + "." + small.kind().ending()), small.kind()));
    } finally {
      Aside.run(vertx, () -> Files.deleteIfExists(part));
    }
  }

  private void download(String url, Path part) {
    var open = new AtomicReference<@Nullable AsyncFile>();
    try {
      var answer =
          http.download(WebUrl.parse(url), ACCEPT, () -> opened(part, open), FETCHED_BYTES);
      var unused = answer.successful();
      if (answer.status() != 200) throw new Unavailable(404, "status " + answer.status());
    } finally {
      // Closed already when the body came whole.
      closed(open.get());
    }
  }

  private AsyncFile opened(Path part, AtomicReference<@Nullable AsyncFile> open) {
    closed(open.get());
    var options = new OpenOptions().setCreate(true).setWrite(true).setTruncateExisting(true);
    var file = vertx.fileSystem().open(part.toString(), options).await();
    file.setWriteQueueMaxSize(AHEAD_BYTES);
    open.set(file);
    return file;
  }

  private static void closed(@Nullable AsyncFile file) {
    if (file == null) return;
    try {
      var unused = file.close().await();
    } catch (IllegalStateException e) {
      // It was closed.
    }
  }

  /** What came, and whether it may be served as it is. */
  private record Found(FileKind kind, int orientation, boolean asItIs) {}

  private static Found look(Path part) throws IOException {
    var bytes = Files.size(part);
    var kind = Sniffer.sniff(part);
    if (kind == FileKind.AVIF && bytes <= 2 * AS_IT_IS_BYTES) return new Found(kind, 1, true);
    if (kind == null || !kind.decoded()) throw new Unavailable(404, "no picture");
    var header = PictureHeader.read(part, kind);
    if (header == null || header.pixels() > Intake.PIXELS)
      throw new Unavailable(404, "a picture without sense or end");
    var light = bytes <= (kind == FileKind.GIF ? ANIMATION_BYTES : AS_IT_IS_BYTES);
    return new Found(kind, header.orientation(), light && header.pixels() <= AS_IT_IS_PIXELS);
  }

  /**
   * What is kept, and what had to leave for other pictures since the server started.
   *
   * @param evicted how many pictures left
   */
  public record Figures(long files, long bytes, long evicted, long evictedBytes) {}

  /** What is kept now, and what left. */
  public Figures figures() {
    return cache.figures();
  }

  /** What is kept, found and lost, as Prometheus text. */
  public String metrics() {
    return cache.metrics()
        + """
        # TYPE placette_remote_media_hits_total counter
        placette_remote_media_hits_total %d
        # TYPE placette_remote_media_fetched_total counter
        placette_remote_media_fetched_total %d
        # TYPE placette_remote_media_failed_total counter
        placette_remote_media_failed_total %d
        """
            .formatted(hits.sum(), misses.sum() - failures.sum(), failures.sum());
  }
}
