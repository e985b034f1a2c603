package org.placette.testing;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** One page of another origin, under every address: where a web client comes from. */
public final class WebApp implements AutoCloseable {

  private final HttpServer server;

  private WebApp(HttpServer server) {
    this.server = server;
  }

  /** Serves it on a port of its own. */
  public static WebApp of(byte[] page) throws IOException {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.getResponseHeaders().set("Content-Type", "text/html");
          exchange.sendResponseHeaders(200, page.length);
          exchange.getResponseBody().write(page);
          exchange.close();
        });
    server.start();
    return new WebApp(server);
  }

  /** Where it is, without a slash at its end. */
  public String origin() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
