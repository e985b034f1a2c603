package org.placette.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;

/** Ports for servers that must know theirs before they listen, because it is part of every id. */
public final class Ports {

  /** Below those that the system hands out by itself, so that no connection takes one meanwhile. */
  private static final int FIRST = 12_000;

  private static final int COUNT = 20_000;

  /** How many a process usually has for itself. */
  private static final int ROOM = 250;

  /** Two forks of one run never begin in the same room. */
  private static final long FORK = Long.getLong("placette.fork", 0) % 2;

  private static final AtomicInteger NEXT =
      new AtomicInteger((int) ((ProcessHandle.current().pid() * 2 + FORK) * ROOM % COUNT));

  private Ports() {}

  /** A port of the loopback that nobody listens on now; each is given once in a run. */
  public static int free() {
    for (int tries = 0; tries < COUNT; tries++) {
      var port = FIRST + Math.floorMod(NEXT.getAndIncrement(), COUNT);
      try (var socket = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"))) {
        return socket.getLocalPort();
      } catch (IOException e) {
        // Somebody listens there.
      }
    }
    throw new IllegalStateException("no free port");
  }
}
