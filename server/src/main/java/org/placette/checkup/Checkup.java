package org.placette.checkup;

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
import org.placette.checkup.Finding.Grade;
import org.placette.config.DataFolder;
import org.placette.config.Settings;
import org.placette.config.StartFailure;

/** What an administrator would look at first, one finding after the other. */
public final class Checkup {

  private static final long NTP_EPOCH_SECONDS = 2_208_988_800L;
  private static final int TIMEOUT_MILLIS = 5_000;

  private final Settings settings;
  private final List<Finding> findings = new ArrayList<>();
  private final boolean loopback;
  private final boolean running;
  private final Ground ground;

  /**
   * @param running whether a server runs on these settings
   * @param ground asks the database
   */
  public Checkup(Settings settings, boolean running, Ground ground) {
    this.settings = settings;
    this.running = running;
    this.ground = ground;
    this.loopback = settings.domain().matches("(localhost|127\\..*|\\[::1])(:[0-9]+)?");
  }

  /** Whether a server has the data folder now. */
  public static boolean isRunning(Settings settings) {
    if (!Files.isDirectory(settings.data())) return false;
    var folder = DataFolder.tryTake(settings.data());
    folder.ifPresent(DataFolder::close);
    return folder.isEmpty();
  }

  /** Looks at everything; blocks for seconds, so it belongs on a thread of its own. */
  public List<Finding> all() {
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

  private void disk() {
    try {
      var folder = existing(settings.data());
      long free = Files.getFileStore(folder).getUsableSpace() >> 20;
      if (free < 300) add(Grade.WRONG, "disk.full", settings.data(), free);
      else if (free < 2_000) add(Grade.UNSURE, "disk.low", settings.data(), free);
      else add(Grade.FINE, "disk.fine", settings.data(), free);
    } catch (IOException e) {
      add(Grade.WRONG, "disk.unread", settings.data(), e);
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
      if (open.isEmpty()) add(Grade.FINE, "keys.fine");
      else add(Grade.WRONG, "keys.open", open.getFirst());
    } catch (IOException e) {
      add(Grade.WRONG, "keys.unread", e);
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
      add(Grade.FINE, "database.none");
      return;
    }
    try {
      var state = ground.look();
      add(
          state.durable() ? Grade.FINE : Grade.WRONG,
          state.durable() ? "database.fine" : "database.unsafe",
          state.version(),
          state.took().toMillis(),
          state.size(),
          state.where());
      var apart = Duration.between(state.now(), Instant.now()).abs();
      if (apart.toSeconds() > 30) add(Grade.WRONG, "database.clock", apart.toSeconds());
    } catch (StartFailure e) {
      add(Grade.WRONG, "database.refused", String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      add(Grade.WRONG, "database.away", String.valueOf(e.getMessage()));
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
      if (off < 10) add(Grade.FINE, "clock.fine");
      else add(Grade.WRONG, "clock.off", off);
    } catch (IOException e) {
      add(Grade.UNSURE, "clock.unknown", reason(e));
    }
  }

  private void port() {
    var listen = settings.listen();
    if (running) {
      try (var socket = new Socket()) {
        socket.connect(new InetSocketAddress(listen.host(), listen.port()), TIMEOUT_MILLIS);
        add(Grade.FINE, "port.fine", listen);
      } catch (IOException e) {
        add(Grade.WRONG, "port.elsewhere", listen);
      }
      return;
    }
    try (var socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(listen.host(), listen.port()));
      add(Grade.FINE, "port.free", listen);
    } catch (IOException e) {
      add(Grade.WRONG, "port.taken", listen, reason(e));
    }
  }

  private void name() {
    if (loopback) {
      add(Grade.UNSURE, "name.loopback", settings.domain());
      return;
    }
    try {
      var addresses = InetAddress.getAllByName(host());
      add(
          Grade.FINE,
          "name.fine",
          host(),
          Arrays.stream(addresses)
              .map(InetAddress::getHostAddress)
              .collect(Collectors.joining(", ")));
    } catch (IOException e) {
      add(Grade.WRONG, "name.none", host());
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
      if (status == 200) add(Grade.FINE, "outside.fine", settings.origin());
      else add(Grade.WRONG, "outside.status", address, status, settings.listen());
      if (connection instanceof HttpsURLConnection https) certificate(https);
    } catch (SSLException e) {
      add(Grade.WRONG, "outside.certificate", host(), reason(e));
    } catch (IOException e) {
      add(Grade.WRONG, "outside.none", settings.origin(), reason(e));
    }
  }

  private void certificate(HttpsURLConnection connection) throws SSLException {
    if (connection.getServerCertificates()[0] instanceof X509Certificate certificate) {
      var left = Duration.between(Instant.now(), certificate.getNotAfter().toInstant()).toDays();
      if (left < 7) add(Grade.WRONG, "certificate.ends", left);
      else add(Grade.FINE, "certificate.fine", left);
    }
  }

  private void mail() {
    if (settings.smtpUrl().isEmpty()) {
      add(Grade.UNSURE, "mail.none");
      return;
    }
    var uri = URI.create(settings.smtpUrl());
    int port = uri.getPort() > 0 ? uri.getPort() : uri.getScheme().equals("smtps") ? 465 : 587;
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(uri.getHost(), port), TIMEOUT_MILLIS);
      add(Grade.FINE, "mail.fine", uri.getHost() + ":" + port);
    } catch (IOException e) {
      add(Grade.WRONG, "mail.away", uri.getHost() + ":" + port, reason(e));
    }
  }

  private static String reason(IOException e) {
    return String.valueOf(e.getMessage());
  }

  private void add(Grade grade, String key, Object... values) {
    findings.add(new Finding(grade, key, List.of(values)));
  }
}
