package org.placette.operation;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * What is written goes to whoever asked, piece by piece: the next one waits until the last one left
 * for the network, so that a slow line slows the writer and fills no memory. Used by one thread of
 * its own.
 */
final class ResponseOutput extends OutputStream {

  /** A line over which not one piece passes for so long is dead. */
  private static final int PATIENCE_SECONDS = 60;

  private final Context context;
  private final HttpServerResponse response;

  ResponseOutput(Context context, HttpServerResponse response) {
    this.context = context;
    this.response = response;
  }

  @Override
  public void write(int one) throws IOException {
    write(new byte[] {(byte) one}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int count) throws IOException {
    if (count == 0) return;
    var piece = Buffer.buffer(count).appendBytes(bytes, offset, count);
    await(() -> response.write(piece));
  }

  /** Says that this was all. */
  void finish() throws IOException {
    await(response::end);
  }

  /** Ends it so that the other side sees that something is missing. */
  void abort() {
    context.runOnContext(
        v -> {
          var unused = response.reset();
        });
  }

  private void await(Supplier<Future<Void>> step) throws IOException {
    Promise<Void> done = Promise.promise();
    context.runOnContext(
        v -> {
          if (response.closed()) done.fail(new IOException("the other side has gone"));
          else {
            var unused = step.get().onComplete(done);
          }
        });
    try {
      done.future()
          .toCompletionStage()
          .toCompletableFuture()
          .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("the other side does not read on", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    }
  }
}
