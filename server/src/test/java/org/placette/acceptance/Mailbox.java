package org.placette.acceptance;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A mail server (RFC 5321) that takes everything and keeps it to be read. */
final class Mailbox implements AutoCloseable {

  private final ServerSocket socket;
  private final List<String> letters = new CopyOnWriteArrayList<>();

  Mailbox() throws IOException {
    socket = new ServerSocket(0, 10, InetAddress.getByName("127.0.0.1"));
    Thread.ofVirtual().start(this::serve);
  }

  String url() {
    return "smtp://127.0.0.1:" + socket.getLocalPort();
  }

  /** Letters as they came, headers and all, with soft line breaks taken out. */
  List<String> letters() {
    return letters.stream().map(one -> one.replace("=\r\n", "").replace("=3D", "=")).toList();
  }

  private void serve() {
    try {
      while (true) {
        var client = socket.accept();
        Thread.ofVirtual().start(() -> talk(client));
      }
    } catch (IOException e) {
      // closed
    }
  }

  private void talk(Socket client) {
    try (client) {
      var in =
          new BufferedReader(
              new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
      say(client, "220 here");
      for (var line = in.readLine(); line != null; line = in.readLine()) {
        if (line.startsWith("DATA")) {
          say(client, "354 go on");
          var letter = new StringBuilder();
          for (var one = in.readLine(); !".".equals(one); one = in.readLine())
            letter.append(one).append("\r\n");
          letters.add(letter.toString());
        }
        say(client, line.startsWith("QUIT") ? "221 bye" : "250 yes");
      }
    } catch (IOException e) {
      // the client left
    }
  }

  private static void say(Socket client, String line) throws IOException {
    client.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
    client.getOutputStream().flush();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
