package org.placette.media;

import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.ext.web.RoutingContext;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.Supplier;
import javax.imageio.ImageIO;
import org.placette.web.FileAnswer;

/**
 * Pictures that this server draws itself, as PNG: each once, kept on disk while it is looked at. At
 * most one is drawn per processor; whoever asks waits for those before.
 */
public final class Drawn {

  private static final long MOST_BYTES = 20_000_000;
  private static final String KEPT = "public, max-age=3600";

  private final Vertx vertx;
  private final PictureCache cache;
  private final WorkerExecutor drawers;

  /**
   * @param data the data folder; files are in its folder {@code cache/drawn}
   */
  public Drawn(Vertx vertx, Path data) {
    this.vertx = vertx;
    cache = new PictureCache(data.resolve("cache").resolve("drawn"), MOST_BYTES);
    var processors = Runtime.getRuntime().availableProcessors();
    drawers = vertx.createSharedWorkerExecutor("drawers", processors);
  }

  /** Begins to find out what is kept already. */
  public void start() {
    cache.begin(vertx);
  }

  /**
   * Answers with a picture.
   *
   * @param what all that it depends on
   * @param drawing draws it; called on a worker thread, and only when it is not kept
   */
  public void send(RoutingContext ctx, String what, Supplier<BufferedImage> drawing) {
    var name = RemoteMedia.name(what);
    var known = cache.find(name);
    if (known == null || !known.file().toFile().isFile()) {
      known = drawers.executeBlocking(() -> made(name, drawing), false).await();
    } else if (known.isStale()) {
      var old = known;
      var unused =
          vertx.executeBlocking(
              () -> {
                cache.touch(name, old);
                return old;
              },
              false);
    }
    FileAnswer.send(ctx, known.file(), "image/png", true, name.substring(0, 32), KEPT);
  }

  private PictureCache.Kept made(String name, Supplier<BufferedImage> drawing) throws IOException {
    var place = cache.place(name);
    var file = place.resolveSibling(name + "." + FileKind.PNG.ending());
    var part = Files.createTempFile(place.getParent(), "drawn", ".part");
    try {
      ImageIO.setUseCache(false);
      ImageIO.write(drawing.get(), "png", part.toFile());
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(part);
    }
    return cache.put(name, file, FileKind.PNG);
  }
}
