package org.placette.federation.fetch;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.streams.WriteStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.zip.GZIPInputStream;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.placette.federation.fetch.FetchProblem.Reason;

/**
 * One request and its answer on one connection: reads up to a limit, until a deadline, and cuts the
 * connection at either.
 *
 * @param limit the most bytes to read, on the wire and again after decompression
 * @param excerpt true when a longer or slower body is cut and not an error (answers to a delivery)
 * @param file where the body of a success goes while it arrives; null to keep it in memory
 * @param place asked for when a body that is kept in memory turns out to be large
 */
record Exchange(
    URI url,
    int limit,
    boolean excerpt,
    Deadline deadline,
    @Nullable WriteStream<Buffer> file,
    LargeAnswers.Place place) {

  private static final long EXCERPT_MILLIS = 3000;

  /** How often a request is sent again that met a closed connection. */
  private static final int CLOSED_TRIES = 2;

  /**
   * A connection that was already closed shows it within a round trip, or once a busy machine has
   * time to look; a server that works on the request for longer than this may have had its effect.
   */
  private static final long STALE_NANOS = 5_000_000_000L;

  /** The head of an answer and its body as it came. */
  @SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
  record Received(int status, Map<String, String> headers, byte[] raw) {}

  /**
   * Sends the request once connected and awaits the whole answer. Some servers (snac) close each
   * connection without having said so, and a pool may hand such a one out: the request is then sent
   * again (RFC 9112 section 9.5). Deliveries can be repeated too, receivers know them by their id.
   *
   * @param connect gives a connection, another one at each call
   */
  Received run(Supplier<Future<HttpClientRequest>> connect, byte @Nullable [] body) {
    for (int closed = 0; ; closed++) {
      var begun = System.nanoTime();
      try {
        return once(connect.get(), body);
      } catch (ClosedUnanswered e) {
        var lasted = System.nanoTime() - begun;
        if (closed == CLOSED_TRIES || lasted > STALE_NANOS)
          throw new FetchProblem(e.reason, url + ": connection closed");
      }
    }
  }

  /** The connection ended before the answer began. */
  private static final class ClosedUnanswered extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final Reason reason;

    ClosedUnanswered(Reason reason) {
      super(null, null, false, false);
      this.reason = reason;
    }
  }

  private Received once(Future<HttpClientRequest> connecting, byte @Nullable [] body) {
    HttpClientRequest request;
    try {
      request = connecting.timeout(deadline.millisLeft(url), TimeUnit.MILLISECONDS).await();
    } catch (Throwable e) {
      // A connection that comes free too late is given back.
      connecting.onSuccess(HttpClientRequest::reset);
      if (isClosed(e)) throw new ClosedUnanswered(Reason.CONNECT);
      throw problem(e, url, Reason.CONNECT);
    }
    request.exceptionHandler(e -> {}); // the answer's future says it too
    var answered = new AtomicBoolean();
    try {
      // Attached before anything is sent: on a foreign thread the answer could otherwise be over
      // before anybody listens.
      var answer =
          request
              .response()
              .compose(
                  response -> {
                    answered.set(true);
                    return read(response);
                  })
              .timeout(deadline.millisLeft(url), TimeUnit.MILLISECONDS);
      if (body == null) request.end();
      else request.end(Buffer.buffer(body));
      return answer.await();
    } catch (Throwable e) {
      request.reset();
      if (!answered.get() && isClosed(e)) throw new ClosedUnanswered(Reason.BROKEN);
      throw problem(e, url, Reason.BROKEN);
    }
  }

  private static boolean isClosed(Throwable failure) {
    for (Throwable e = failure; e != null; e = e.getCause()) {
      if (e instanceof HttpClosedException) return true;
      if (e instanceof SocketException && !(e instanceof ConnectException)) return true;
    }
    return false;
  }

  private Future<Received> read(HttpClientResponse response) {
    Map<String, String> headers = new TreeMap<>();
    for (var header : response.headers()) {
      headers.merge(
          header.getKey().toLowerCase(Locale.ROOT), header.getValue(), (a, b) -> a + ", " + b);
    }
    var kept = file != null && response.statusCode() == 200;
    var body = excerpt ? excerptOf(response) : kept ? intoFile(response) : bodyOf(response);
    return body.map(raw -> new Received(response.statusCode(), headers, raw));
  }

  private Future<byte[]> bodyOf(HttpClientResponse response) {
    Promise<byte[]> whole = Promise.promise();
    var bytes = new ByteArrayOutputStream();
    response.exceptionHandler(whole::tryFail);
    response.endHandler(end -> whole.tryComplete(bytes.toByteArray()));
    response.handler(
        chunk -> {
          var before = bytes.size();
          if (before + chunk.length() > limit) {
            whole.tryFail(tooLarge());
            return;
          }
          bytes.writeBytes(chunk.getBytes());
          var usual = LargeAnswers.USUAL_BYTES;
          if (before <= usual && bytes.size() > usual) waitForPlace(response);
        });
    return whole.future();
  }

  /** The rest comes once there is room for it, or not before the deadline. */
  private void waitForPlace(HttpClientResponse response) {
    var context = Objects.requireNonNull(Vertx.currentContext());
    response.pause();
    place.take(() -> context.runOnContext(now -> response.resume()));
  }

  /**
   * Writes the body down as it comes, no faster than the disk takes it; the bytes given are none.
   */
  private Future<byte[]> intoFile(HttpClientResponse response) {
    Promise<byte[]> whole = Promise.promise();
    var out = Objects.requireNonNull(file);
    var size = new AtomicLong();
    response.exceptionHandler(whole::tryFail);
    out.exceptionHandler(whole::tryFail);
    response.endHandler(
        end -> out.end().onSuccess(v -> whole.tryComplete(new byte[0])).onFailure(whole::tryFail));
    response.handler(
        chunk -> {
          // Of an answer that failed, more may be on its way, and the file is closed already.
          if (whole.future().isComplete()) return;
          if (size.addAndGet(chunk.length()) > limit) {
            whole.tryFail(tooLarge());
            return;
          }
          var unused = out.write(chunk).onFailure(whole::tryFail);
          if (out.writeQueueFull()) {
            response.pause();
            out.drainHandler(v -> response.resume());
          }
        });
    return whole.future();
  }

  /** The beginning of the body; what it lacks, or how it ends, changes nothing about the status. */
  private Future<byte[]> excerptOf(HttpClientResponse response) {
    Promise<byte[]> beginning = Promise.promise();
    var bytes = new ByteArrayOutputStream();
    response.exceptionHandler(e -> beginning.tryComplete(bytes.toByteArray()));
    response.endHandler(end -> beginning.tryComplete(bytes.toByteArray()));
    response.handler(
        chunk -> {
          var room = Math.min(limit - bytes.size(), chunk.length());
          if (room > 0) bytes.writeBytes(chunk.getBytes(0, room));
          if (room < chunk.length() && beginning.tryComplete(bytes.toByteArray()))
            response.request().reset();
        });
    var patience = Math.min(EXCERPT_MILLIS, deadline.millisLeft(url));
    return beginning
        .future()
        .timeout(patience, TimeUnit.MILLISECONDS)
        .recover(
            slow -> {
              response.request().reset();
              return Future.succeededFuture(new byte[0]);
            });
  }

  /** The answer with its body decompressed, still within the limit. */
  FetchResponse response(Received received) {
    var encoding = received.headers.getOrDefault("content-encoding", "").strip();
    var body =
        switch (encoding.toLowerCase(Locale.ROOT)) {
          case "", "identity" -> received.raw;
          case "gzip", "x-gzip" -> {
            // What was written down stayed packed.
            if (file != null)
              throw new FetchProblem(Reason.WRONG_TYPE, "packed although not asked for: " + url);
            yield unpack(received.raw);
          }
          default ->
              throw new FetchProblem(Reason.WRONG_TYPE, "unknown encoding " + encoding + " " + url);
        };
    return new FetchResponse(url, received.status, received.headers, body);
  }

  private byte[] unpack(byte[] raw) {
    if (raw.length == 0 || excerpt) return new byte[0];
    try (var in = new GZIPInputStream(new ByteArrayInputStream(raw))) {
      var body = in.readNBytes(limit + 1);
      if (body.length > limit) throw tooLarge();
      return body;
    } catch (IOException e) {
      throw new FetchProblem(Reason.BROKEN, "bad gzip from " + url);
    }
  }

  private FetchProblem tooLarge() {
    return new FetchProblem(Reason.TOO_LARGE, url + " is larger than " + limit + " bytes");
  }

  /** What a failure of the network means. */
  static FetchProblem problem(Throwable failure, URI url, Reason otherwise) {
    for (Throwable e = failure; e != null; e = e.getCause()) {
      if (e instanceof FetchProblem known) return known;
      if (e instanceof SSLException)
        return new FetchProblem(Reason.TLS, url + ": " + e.getMessage());
      if (e instanceof SocketException)
        return new FetchProblem(otherwise, url + ": " + e.getMessage());
      if (e instanceof TimeoutException) return new FetchProblem(Reason.TIMEOUT, url.toString());
    }
    return new FetchProblem(otherwise, url + ": " + failure.getMessage());
  }
}
