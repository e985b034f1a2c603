package org.placette.cli;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLException;
import org.placette.config.DataFolder;
import org.placette.config.Settings;
import org.placette.config.StartFailure;

/** What an administrator would look at first, one finding after the other. */
final class Checkup {

  private static final long NTP_EPOCH_SECONDS = 2_208_988_800L;
  private static final int TIMEOUT_MILLIS = 5_000;

  enum Grade {
    FINE("ok"),
    UNSURE("?"),
    WRONG("WRONG");

    private final String word;

    Grade(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }
  }

  /** What was found, and when it is not fine, what to do. */
  record Finding(Grade grade, String text) {}

  private final Settings settings;
  private final List<Finding> findings = new ArrayList<>();
  private final boolean loopback;
  private boolean running;

  Checkup(Settings settings) {
    this.settings = settings;
    this.loopback = settings.domain().matches("(localhost|127\\..*|\\[::1])(:[0-9]+)?");
  }

  List<Finding> all() {
    running = Files.isDirectory(settings.data()) && isHeld();
    disk();
    keys();
    database();
    clock();
    port();
    name();
    outside();
    mail();
    return findings;
  }

  private boolean isHeld() {
    var folder = DataFolder.tryTake(settings.data());
    folder.ifPresent(DataFolder::close);
    return folder.isEmpty();
  }

  private void disk() {
    try {
      var folder = existing(settings.data());
      long free = Files.getFileStore(folder).getUsableSpace() >> 20;
      var text = "%s has %,d MB free".formatted(settings.data(), free);
      if (free < 300) add(Grade.WRONG, text + ": make room, or the database stops");
      else add(free < 2_000 ? Grade.UNSURE : Grade.FINE, text);
    } catch (IOException e) {
      add(Grade.WRONG, "%s cannot be read (%s)".formatted(settings.data(), e));
    }
  }

  private static Path existing(Path folder) {
    var found = folder;
    while (!Files.exists(found)) found = Objects.requireNonNull(found.getParent());
    return found;
  }

  private void keys() {
    if (!Files.isDirectory(settings.data())) return;
    try (var files = Files.walk(settings.data(), 2)) {
      var open =
          files
              .filter(file -> file.getFileName().toString().matches("password|.*key.*"))
              .filter(Files::isRegularFile)
              .filter(Checkup::isReadByOthers)
              .toList();
      if (open.isEmpty()) add(Grade.FINE, "keys can be read by their owner only");
      else add(Grade.WRONG, "others can read %s: run chmod 600 on it".formatted(open.getFirst()));
    } catch (IOException e) {
      add(Grade.WRONG, "the data folder cannot be searched (%s)".formatted(e));
    }
  }

  private static boolean isReadByOthers(Path file) {
    try {
      var permissions = Files.getPosixFilePermissions(file);
      return permissions.contains(PosixFilePermission.OTHERS_READ)
          || permissions.contains(PosixFilePermission.GROUP_READ);
    } catch (IOException e) {
      return false;
    }
  }

  private void database() {
    if (!running && !Files.exists(settings.data()) && settings.databaseUrl().isEmpty()) {
      add(Grade.FINE, "no database yet: the first start makes it");
      return;
    }
    try (var platform = Platform.join(settings)) {
      var begin = System.nanoTime();
      var state = PlatformStore.state(platform.db());
      var took = Duration.ofNanos(System.nanoTime() - begin);
      add(
          state.durable() ? Grade.FINE : Grade.WRONG,
          "PostgreSQL %s answers after %d ms, %s in %s%s"
              .formatted(
                  state.version(),
                  took.toMillis(),
                  state.size(),
                  platform.database(),
                  state.durable() ? "" : ": fsync or full_page_writes is off, set them to on"));
      var apart = Duration.between(state.now(), Instant.now()).abs();
      if (apart.toSeconds() > 30) {
        add(Grade.WRONG, "the database's clock is %d s off ours".formatted(apart.toSeconds()));
      }
    } catch (StartFailure e) {
      add(Grade.WRONG, "database: " + e.getMessage());
    } catch (RuntimeException e) {
      add(
          Grade.WRONG,
          "database: %s. Is it running, and the address right?".formatted(e.getMessage()));
    }
  }

  /** Signatures carry the time; a server whose clock is off is refused by everybody. */
  private void clock() {
    try (var socket = new DatagramSocket()) {
      socket.setSoTimeout(3_000);
      var question = new byte[48];
      question[0] = 0x23;
      var server = new InetSocketAddress("pool.ntp.org", 123);
      if (server.isUnresolved()) throw new IOException("pool.ntp.org is not found");
      socket.send(new DatagramPacket(question, question.length, server));
      var answer = new DatagramPacket(new byte[48], 48);
      socket.receive(answer);
      long seconds =
          Integer.toUnsignedLong(ByteBuffer.wrap(answer.getData()).getInt(40)) - NTP_EPOCH_SECONDS;
      long off = Math.abs(seconds - Instant.now().getEpochSecond());
      if (off < 10) add(Grade.FINE, "the clock is right");
      else add(Grade.WRONG, "the clock is %d s off: run timedatectl set-ntp true".formatted(off));
    } catch (IOException e) {
      add(Grade.UNSURE, "the clock could not be compared (%s)".formatted(e.getMessage()));
    }
  }

  private void port() {
    var listen = settings.listen();
    if (running) {
      try (var socket = new Socket()) {
        socket.connect(new InetSocketAddress(listen.host(), listen.port()), TIMEOUT_MILLIS);
        add(Grade.FINE, "the server runs and listens on " + listen);
      } catch (IOException e) {
        add(
            Grade.WRONG,
            "a server runs, but not on %s: is PLACETTE_LISTEN the same here and there?"
                .formatted(listen));
      }
      return;
    }
    try (var socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(listen.host(), listen.port()));
      add(Grade.FINE, "no server runs, and %s is free for it".formatted(listen));
    } catch (IOException e) {
      add(
          Grade.WRONG,
          "%s cannot be listened on (%s): stop what uses it, or choose another PLACETTE_LISTEN"
              .formatted(listen, e.getMessage()));
    }
  }

  private void name() {
    if (loopback) {
      add(Grade.UNSURE, settings.domain() + " is this machine only: nobody else can reach it");
      return;
    }
    try {
      var addresses = InetAddress.getAllByName(host());
      add(
          Grade.FINE,
          "%s is %s"
              .formatted(
                  host(),
                  Arrays.stream(addresses)
                      .map(InetAddress::getHostAddress)
                      .collect(Collectors.joining(", "))));
    } catch (IOException e) {
      add(
          Grade.WRONG,
          "%s has no address: make an A (and AAAA) record for it at your registrar"
              .formatted(host()));
    }
  }

  private String host() {
    return settings.domain().replaceFirst(":[0-9]+$", "");
  }

  /** Asks for our own relay by its public name, as a neighbour would. */
  private void outside() {
    if (!running) return;
    var address =
        settings.origin() + "/.well-known/webfinger?resource=acct:relay@" + settings.domain();
    try {
      var connection = (HttpURLConnection) URI.create(address).toURL().openConnection();
      connection.setConnectTimeout(TIMEOUT_MILLIS);
      connection.setReadTimeout(TIMEOUT_MILLIS);
      int status = connection.getResponseCode();
      if (status == 200) add(Grade.FINE, settings.origin() + " answers as a neighbour would ask");
      else {
        add(
            Grade.WRONG,
            "%s answers %d: does your proxy pass every path and the Host header on to %s?"
                .formatted(address, status, settings.listen()));
      }
      if (connection instanceof HttpsURLConnection https) certificate(https);
    } catch (SSLException e) {
      add(Grade.WRONG, "%s: its certificate is not valid (%s)".formatted(host(), e.getMessage()));
    } catch (IOException e) {
      add(
          Grade.WRONG,
          "%s cannot be reached (%s): open ports 80 and 443, and start the proxy"
              .formatted(settings.origin(), e.getMessage()));
    }
  }

  private void certificate(HttpsURLConnection connection) throws SSLException {
    if (connection.getServerCertificates()[0] instanceof X509Certificate certificate) {
      var left = Duration.between(Instant.now(), certificate.getNotAfter().toInstant()).toDays();
      add(
          left < 7 ? Grade.WRONG : Grade.FINE,
          "the certificate is good for %d days%s"
              .formatted(left, left < 7 ? ": see why it is not renewed" : ""));
    }
  }

  private void mail() {
    if (settings.smtpUrl().isEmpty()) {
      add(Grade.UNSURE, "no mail: set PLACETTE_SMTP_URL so that people can get a new password");
      return;
    }
    var uri = URI.create(settings.smtpUrl());
    int port = uri.getPort() > 0 ? uri.getPort() : uri.getScheme().equals("smtps") ? 465 : 587;
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(uri.getHost(), port), TIMEOUT_MILLIS);
      add(Grade.FINE, "the mail server %s:%d can be reached".formatted(uri.getHost(), port));
    } catch (IOException e) {
      add(
          Grade.WRONG,
          "the mail server %s:%d cannot be reached (%s); many hosts block port 25, try 587"
              .formatted(uri.getHost(), port, e.getMessage()));
    }
  }

  private void add(Grade grade, String text) {
    findings.add(new Finding(grade, text));
  }
}
