package org.placette.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;

/** A mail server on loopback that takes every letter and keeps it as it came. */
public final class Letterbox implements AutoCloseable {

  private final ServerSocket socket;
  private final List<Mail> mails = new CopyOnWriteArrayList<>();
  private volatile Runnable waiting = () -> {};

  public Letterbox() throws IOException {
    socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::serve);
  }

  /** Something to do now and then while a letter is waited for, such as to wake its writer. */
  public void whileWaiting(Runnable something) {
    waiting = something;
  }

  /** For PLACETTE_SMTP_URL. */
  public String url() {
    return "smtp://127.0.0.1:" + socket.getLocalPort();
  }

  /** A letter as it came. */
  public record Mail(String to, String raw) {

    private static final Pattern WORD =
        Pattern.compile("=\\?UTF-8\\?([QB])\\?([^?]*)\\?=(?:\\s+(?==\\?))?");

    /** A header, unfolded and decoded; "" when it is not there. */
    public String header(String name) {
      var head = raw.substring(0, raw.indexOf("\n\n")).replaceAll("\n[ \t]+", " ");
      for (var line : head.split("\n"))
        if (line.toLowerCase().startsWith(name.toLowerCase() + ":"))
          return decoded(line.substring(name.length() + 1).strip());
      return "";
    }

    private static String decoded(String header) {
      return WORD.matcher(header)
          .replaceAll(
              m ->
                  java.util.regex.Matcher.quoteReplacement(
                      m.group(1).equals("B")
                          ? new String(
                              Base64.getDecoder().decode(m.group(2)), StandardCharsets.UTF_8)
                          : printable(m.group(2).replace('_', ' '))));
    }

    private static String printable(String text) {
      var bytes = new java.io.ByteArrayOutputStream();
      var joined = text.replace("=\n", "");
      for (int i = 0; i < joined.length(); i++) {
        if (joined.charAt(i) == '=' && i + 2 < joined.length()) {
          bytes.write(Integer.parseInt(joined.substring(i + 1, i + 3), 16));
          i += 2;
        } else {
          bytes.write(joined.charAt(i));
        }
      }
      return bytes.toString(StandardCharsets.UTF_8);
    }

    /** The plain text. */
    public String text() {
      var part = raw.substring(raw.indexOf("text/plain"));
      var body = part.substring(part.indexOf("\n\n") + 2);
      var end = body.indexOf("\n--");
      body = end < 0 ? body : body.substring(0, end);
      var head = part.substring(0, part.indexOf("\n\n")).toLowerCase();
      if (head.contains("base64"))
        return new String(Base64.getMimeDecoder().decode(body), StandardCharsets.UTF_8);
      return head.contains("quoted-printable") ? printable(body) : body;
    }
  }

  /** Waits for a letter whose subject begins so. */
  public Mail take(String to, String subject) throws InterruptedException {
    for (int i = 0; i < 900; i++) {
      for (var mail : mails)
        if (mail.to().equals(to) && mail.header("Subject").startsWith(subject)) {
          mails.remove(mail);
          return mail;
        }
      waiting.run();
      Thread.sleep(100);
    }
    throw new AssertionError(
        "no letter \""
            + subject
            + "\" to "
            + to
            + ": "
            + mails.stream().map(m -> m.to() + " " + m.header("Subject")).toList());
  }

  private void serve() {
    while (!socket.isClosed()) {
      try {
        var client = socket.accept();
        Thread.ofVirtual().start(() -> talk(client));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void talk(Socket client) {
    try (client;
        var in =
            new BufferedReader(
                new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8))) {
      var to = "";
      say(client, "220 here");
      for (var line = in.readLine(); line != null; line = in.readLine()) {
        var word = line.toUpperCase();
        if (word.startsWith("RCPT")) to = line.replaceFirst(".*<(.*)>.*", "$1");
        if (word.startsWith("DATA")) {
          say(client, "354 go on");
          var raw = new StringBuilder();
          for (var text = in.readLine(); text != null && !text.equals("."); text = in.readLine())
            raw.append(text.startsWith("..") ? text.substring(1) : text).append('\n');
          mails.add(new Mail(to, raw.toString()));
        }
        say(client, word.startsWith("QUIT") ? "221 bye" : "250 ok");
        if (word.startsWith("QUIT")) return;
      }
    } catch (IOException e) {
      // The letters that came are kept.
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
