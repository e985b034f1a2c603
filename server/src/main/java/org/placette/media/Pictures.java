package org.placette.media;

import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.placette.web.Problem;

/**
 * Has pictures decoded and made smaller by {@link PictureProcess}, one at a time: there is never
 * more than one decoded picture on the machine, and none in the server's own memory. The process is
 * started when it is needed and ends when it has had nothing to do for a while.
 */
final class Pictures implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger(Pictures.class.getName());

  private static final long IDLE_SECONDS = 30;
  private static final long JOB_SECONDS = 30;
  private static final int WAITING = 32;

  /** Enough for one picture of 17 million pixels and its smaller copy. */
  private static final String HEAP = "-Xmx208m";

  private final Vertx vertx;
  private final WorkerExecutor one;
  private final AtomicInteger waiting = new AtomicInteger();

  // Both only on the single thread of `one`, but for the timer that ends a job.
  private volatile @Nullable Process process;
  private long lastUsed;

  private volatile boolean closed;

  Pictures(Vertx vertx) {
    this.vertx = vertx;
    one = vertx.createSharedWorkerExecutor("pictures", 1);
  }

  /**
   * Does a job; waits for those before it.
   *
   * @throws Problem.TooMany when too many wait already
   * @throws Unreadable when the picture cannot be decoded
   */
  PictureJob.Result process(PictureJob job) {
    if (waiting.incrementAndGet() > WAITING) {
      waiting.decrementAndGet();
      throw new Problem.TooMany(10);
    }
    try {
      var result = one.executeBlocking(() -> run(job), false).await();
      if (!result.failure().isEmpty()) throw new Unreadable(result.failure());
      return result;
    } finally {
      waiting.decrementAndGet();
    }
  }

  /** A file that says it is a picture and is none that can be decoded. */
  static final class Unreadable extends RuntimeException {
    private static final long serialVersionUID = 1;

    Unreadable(String why) {
      super(why, null, false, false);
    }
  }

  private PictureJob.Result run(PictureJob job) {
    Process worker;
    try {
      worker = started();
    } catch (IOException e) {
      throw new IllegalStateException("the picture process does not start", e);
    }
    var timer = vertx.setTimer(TimeUnit.SECONDS.toMillis(JOB_SECONDS), late -> end(worker));
    try {
      job.write(new DataOutputStream(worker.getOutputStream()));
      return PictureJob.Result.read(new DataInputStream(worker.getInputStream()));
    } catch (IOException e) {
      end(worker);
      LOG.log(Level.WARNING, "A picture ended the picture process: {0}", job.kind());
      return PictureJob.Result.failed("the decoder gave up");
    } finally {
      vertx.cancelTimer(timer);
      lastUsed = System.nanoTime();
      vertx.setTimer(
          TimeUnit.SECONDS.toMillis(IDLE_SECONDS) + 100,
          later -> {
            if (!closed) one.executeBlocking(this::rest);
          });
    }
  }

  private @Nullable Void rest() {
    var idle = System.nanoTime() - lastUsed > TimeUnit.SECONDS.toNanos(IDLE_SECONDS);
    var worker = process;
    if (idle && worker != null) end(worker);
    return null;
  }

  private void end(Process worker) {
    worker.destroyForcibly();
    if (process == worker) process = null;
  }

  private Process started() throws IOException {
    var running = process;
    if (running != null && running.isAlive()) return running;
    var builder =
        new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                HEAP,
                "-Xss512k",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:ReservedCodeCacheSize=16m",
                "-XX:MaxMetaspaceSize=48m",
                "-Djava.awt.headless=true",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                PictureProcess.class.getName()));
    // It needs no setting, and settings hold passwords.
    builder.environment().clear();
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    var fresh = builder.start();
    process = fresh;
    return fresh;
  }

  @Override
  public void close() {
    closed = true;
    one.close();
    var worker = process;
    if (worker != null) end(worker);
  }
}
