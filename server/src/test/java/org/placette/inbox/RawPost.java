package org.placette.inbox;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.placette.federation.signature.Dialect;
import org.placette.federation.signature.OutgoingRequest;
import org.placette.federation.signature.RequestSigner;
import org.placette.federation.signature.SigningKey;

/**
 * A delivery written byte by byte, so that tests may send what no client would.
 *
 * @param body the bytes that are really sent
 */
@SuppressWarnings("ArrayRecordComponent")
record RawPost(int port, String path, Map<String, String> headers, byte[] body, boolean chunked) {

  /** What came back; headers by lower-case name. */
  record Answer(int status, Map<String, String> headers, String body) {}

  /** An honest delivery, signed now. */
  static RawPost signed(int port, String path, byte[] body, SigningKey key) {
    return signedFor("127.0.0.1:" + port, port, path, body, key, Instant.now());
  }

  static RawPost signedFor(
      String host, int port, String path, byte[] body, SigningKey key, Instant at) {
    var request = OutgoingRequest.post(URI.create("http://" + host + path), body);
    return new RawPost(
        port, path, RequestSigner.sign(request, key, Dialect.CAVAGE, at), body, false);
  }

  RawPost with(String header, String value) {
    Map<String, String> changed = new LinkedHashMap<>(headers);
    changed.put(header, value);
    return new RawPost(port, path, changed, body, chunked);
  }

  RawPost without(String header) {
    Map<String, String> changed = new LinkedHashMap<>(headers);
    changed.remove(header);
    return new RawPost(port, path, changed, body, chunked);
  }

  RawPost body(byte[] other) {
    return new RawPost(port, path, headers, other, chunked);
  }

  RawPost to(String otherPath) {
    return new RawPost(port, otherPath, headers, body, chunked);
  }

  RawPost inChunks() {
    return new RawPost(port, path, headers, body, true);
  }

  Answer send() {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(30_000);
      var out = new ByteArrayOutputStream();
      var head = new StringBuilder("POST " + path + " HTTP/1.1\r\n");
      headers.forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
      head.append("Connection: close\r\n");
      head.append(
          chunked ? "Transfer-Encoding: chunked\r\n" : "Content-Length: " + body.length + "\r\n");
      out.write((head + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
      if (chunked) out.write((Integer.toHexString(body.length) + "\r\n").getBytes("US-ASCII"));
      out.write(body);
      if (chunked) out.write("\r\n0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      try {
        socket.getOutputStream().write(out.toByteArray());
      } catch (IOException e) {
        // A refusal may come before the whole body is sent.
      }
      return read(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Answer read(String text) {
    int end = text.indexOf("\r\n\r\n");
    var head = (end < 0 ? text : text.substring(0, end)).split("\r\n", -1);
    Map<String, String> headers = new LinkedHashMap<>();
    for (int i = 1; i < head.length; i++) {
      var colon = head[i].indexOf(':');
      headers.put(
          head[i].substring(0, colon).toLowerCase(Locale.ROOT),
          head[i].substring(colon + 1).trim());
    }
    var status = Integer.parseInt(head[0].split(" ", -1)[1]);
    return new Answer(status, headers, end < 0 ? "" : text.substring(end + 4));
  }
}
